/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Erasing a respondent. First one transaction takes everything out that is about them; what
 * it deletes, SQLite overwrites with zeros. Then the same is done to the backups, and the file is
 * written anew, since bytes can stay where pages were rearranged. A program that is killed in
 * between does the rest when the study is opened again: until it is done, the study keeps the
 * number of the respondent, by which backups are searched for who has no identity.
 */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-owner.h"
#include "store/dhk-store-respondents.h"

/* Who it is --------------------------------------------------------------------------- */

/* Every record of the same response: also in imports that were undone or taken out. */
static GArray *
list_records (DhkStore *self, gint64 respondent, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT o.id FROM respondent_record r JOIN respondent_record o "
                         "ON o.id = r.id OR (o.questionnaire = r.questionnaire "
                         "AND o.identity = r.identity) WHERE r.id = ?",
                         error);
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", respondent);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 record = sqlite3_column_int64 (statement, 0);

      g_array_append_val (records, record);
    }
  if (found == 0 && records->len == 0)
    {
      dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                      _ ("This respondent is no longer in the study, so nothing was changed."));
      return NULL;
    }
  return found == 0 ? g_steal_pointer (&records) : NULL;
}

static gboolean
is_theirs (const GArray *records, gint64 owner)
{
  for (guint i = 0; i < records->len; i++)
    if (g_array_index (records, gint64, i) == owner)
      return TRUE;
  return FALSE;
}

static gboolean
remember_identities (DhkStore *self, gint64 record, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self,
      "SELECT dhk_hash_text (identity) FROM respondent_record WHERE id = ?1 "
      "AND identity IS NOT NULL "
      "UNION SELECT identity FROM aside_row WHERE respondent = ?1 AND identity IS NOT NULL",
      error);
  g_autoptr (GPtrArray) identities = g_ptr_array_new_with_free_func (g_free);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", record);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    g_ptr_array_add (identities, g_strdup (dhk_sql_text (statement, 0)));
  for (guint i = 0; found == 0 && i < identities->len; i++)
    if (!dhk_erased_add (self, g_ptr_array_index (identities, i), error))
      return FALSE;
  return found == 0;
}

/* Who has no identity is known in a copy of the study by the place in a file or a batch. */
static gboolean
remember_places (DhkStore *self, const GArray *records, GError **error)
{
  g_autoptr (GHashTable) names = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      gint64 *record = &g_array_index (records, gint64, i);
      gint64 nameless = 0;
      const char *name;

      if (dhk_sql_get_int (self, error, &nameless,
                           "SELECT identity IS NULL FROM respondent_record WHERE id = ?", "i",
                           *record)
          < 0)
        return FALSE;
      if (nameless == 0)
        continue;
      if (names == NULL)
        names = dhk_merge_name_nameless (self, error);
      if (names == NULL)
        return FALSE;
      name = g_hash_table_lookup (names, record);
      if (name != NULL && !dhk_erased_add (self, name, error))
        return FALSE;
    }
  return TRUE;
}

/* Imported rows -------------------------------------------------------------------------- */

static gboolean
blank_batch (DhkStore *self, gint64 batch, const GArray *records, GError **error)
{
  g_autoptr (GArray) owners = dhk_store_load_owners (self, batch, error);
  g_autofree gboolean *blank = NULL;
  gboolean any = FALSE;

  if (owners == NULL)
    return FALSE;

  /* Whose rows they are was not kept then: the text of all of them goes, no answer does. */
  if (owners->len == 0)
    return dhk_store_blank_raw (self, batch, NULL, 0, error)
           && dhk_sql_run (self, error, "UPDATE aside_row SET raw = '' WHERE batch = ?", "i",
                           batch);
  blank = g_new0 (gboolean, owners->len);
  for (guint i = 0; i < owners->len; i++)
    {
      gint64 *owner = &g_array_index (owners, gint64, i);

      if (*owner == 0 || !is_theirs (records, *owner))
        continue;
      blank[i] = TRUE;
      *owner = 0;
      any = TRUE;
    }
  return !any
         || (dhk_store_blank_raw (self, batch, blank, owners->len, error)
             && dhk_store_write_owners (self, batch, (const gint64 *) (gpointer) owners->data,
                                        owners->len, error));
}

/* In all imports of the questionnaire of one of the records. */
static gboolean
blank_rows (DhkStore *self, const GArray *records, guint i, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT id FROM import_batch WHERE kind <> 'paper' AND questionnaire = "
                         "(SELECT questionnaire FROM respondent_record WHERE id = ?) ORDER BY id",
                         error);
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", g_array_index (records, gint64, i));
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 batch = sqlite3_column_int64 (statement, 0);

      g_array_append_val (batches, batch);
    }
  for (guint b = 0; found == 0 && b < batches->len; b++)
    if (!blank_batch (self, g_array_index (batches, gint64, b), records, error))
      return FALSE;
  return found == 0;
}

/* Everything about them ----------------------------------------------------------------- */

static gboolean
delete_record (DhkStore *self, gint64 record, GError **error)
{
  gint64 paper = 0;
  int found = dhk_sql_get_int (self, error, &paper,
                               "SELECT b.id FROM import_batch b JOIN respondent_record r ON "
                               "r.batch = b.id WHERE r.id = ? AND b.kind = 'paper'",
                               "i", record);

  /* Sheets, values, hand corrections and typed forms go with the record. */
  return found >= 0 && remember_identities (self, record, error)
         && dhk_sql_run (self, error, "DELETE FROM aside_row WHERE respondent = ?", "i", record)
         && dhk_sql_run (self, error, "DELETE FROM journal_change WHERE respondent = ?", "i",
                         record)
         && dhk_sql_run (self, error, "DELETE FROM respondent_record WHERE id = ?", "i", record)
         && (found == 0
             || dhk_sql_run (self, error, "DELETE FROM import_batch WHERE id = ?", "i", paper));
}

/* A step that was about nobody else stays as a place in the journal; undo goes past it. */
static gboolean
empty_steps (DhkStore *self, GError **error)
{
  return dhk_sql_run (self, error,
                      "UPDATE journal_step SET kind = 'erased', subject = '', n = 0, batch = 0 "
                      "WHERE (kind IN ('answer', 'exclude', 'include', 'keep', 'take') OR kind "
                      "LIKE 'entry-%') "
                      "AND kind <> 'entry-batch' "
                      "AND step NOT IN (SELECT step FROM journal_change) "
                      "AND step NOT IN (SELECT step FROM entry_change)",
                      "")
         /* What was about others too counts those only. */
         && dhk_sql_run (self, error,
                         "UPDATE journal_step SET n = (SELECT count (*) FROM journal_change c "
                         "WHERE c.step = journal_step.step) WHERE kind IN ('exclude', 'include', "
                         "'keep', 'take')",
                         "");
}

static gboolean
erase_records (DhkStore *self, const GArray *records, GError **error)
{
  if (!remember_places (self, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!blank_rows (self, records, i, error))
      return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!delete_record (self, g_array_index (records, gint64, i), error))
      return FALSE;
  return empty_steps (self, error)
         && dhk_sql_run (self, error,
                         "INSERT INTO erasure (day, n) VALUES (date ('now'), 1) "
                         "ON CONFLICT (day) DO UPDATE SET n = n + 1",
                         "");
}

static gboolean
erase (DhkStore *self, gint64 respondent, GError **error)
{
  g_autoptr (GArray) records = list_records (self, respondent, error);

  return records != NULL && erase_records (self, records, error)
         && dhk_sql_run (self, error, "UPDATE study SET erase_pending = ?", "i", respondent);
}

/* Backups ------------------------------------------------------------------------------------ */

typedef struct
{
  DhkErased *erased; /* everybody who was, ever */
  gint64 respondent; /* the last one */
} Search;

/* Who has no identity was typed in from paper: there the number says who it is. */
static GArray *
find_in_backup (DhkStore *backup, const Search *search, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      backup, "SELECT id, dhk_hash_text (identity) FROM respondent_record", error);
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (backup, statement, error)) == 1)
    {
      gint64 record = sqlite3_column_int64 (statement, 0);
      gboolean has_identity = sqlite3_column_type (statement, 1) != SQLITE_NULL;

      if (has_identity
              ? search->erased != NULL
                    && dhk_erased_holds_identity (search->erased, dhk_sql_text (statement, 1))
              : record == search->respondent)
        g_array_append_val (records, record);
    }
  return found == 0 ? g_steal_pointer (&records) : NULL;
}

static gboolean
erase_in_backup (DhkStore *backup, gpointer user_data, GError **error)
{
  g_autoptr (GArray) records = find_in_backup (backup, user_data, error);

  if (records == NULL)
    return FALSE;
  return records->len == 0
         || (dhk_store_begin (backup, error)
             && dhk_store_end (backup, erase_records (backup, records, error), error));
}

static gboolean
erase_in_backups (DhkStore *self, gint64 respondent, GError **error)
{
  g_autoptr (DhkErased) erased = NULL;
  Search search = { .respondent = respondent };

  if (!dhk_erased_load (self, &erased, error))
    return FALSE;
  search.erased = erased;
  return dhk_store_rewrite_backups (self, erase_in_backup, &search, error);
}

gboolean
dhk_store_finish_erasing (DhkStore *self, GError **error)
{
  gint64 pending = 0;

  if (dhk_sql_get_int (self, error, &pending, "SELECT erase_pending FROM study", "") != 1)
    return FALSE;
  if (pending == 0)
    return TRUE;
  return erase_in_backups (self, pending, error) && dhk_store_shred_leftovers (self, error)
         && dhk_sql_exec (self, "VACUUM", error) && dhk_store_begin (self, error)
         && dhk_store_end (
             self, dhk_sql_run (self, error, "UPDATE study SET erase_pending = 0", ""), error);
}

/* What the key file knows, when it is at hand; else it is swept when it is attached again. */
static gboolean
erase_in_key_file (DhkStore *self, const char *pseudonym, GError **error)
{
  DhkKeyFile *key_file = dhk_store_get_key_file (self);

  return key_file == NULL || pseudonym == NULL || dhk_key_file_remove (key_file, pseudonym, error);
}

gboolean
dhk_store_erase (DhkStore *self, gint64 respondent, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *pseudonym = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  pseudonym = dhk_store_dup_pseudonym (self, respondent);
  /* What an earlier one left to do comes first. */
  if (!dhk_store_finish_erasing (self, error) || !dhk_store_begin (self, error)
      || !dhk_store_end (self, erase (self, respondent, error), error))
    return FALSE;
  if (erase_in_key_file (self, pseudonym, &local) && dhk_store_finish_erasing (self, &local))
    return TRUE;
  g_set_error (error, local->domain, local->code,
               _ ("The respondent was erased, but the file of the study could not be cleaned "
                  "wholly yet; that is tried again when it is opened. %s"),
               local->message);
  return FALSE;
}

guint
dhk_store_count_erased (DhkStore *self)
{
  gint64 n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_assert (self->owner == g_thread_self ());

  dhk_sql_get_int (self, NULL, &n, "SELECT ifnull (sum (n), 0) FROM erasure", "");
  return (guint) n;
}
