/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A study with its key file.
 *
 * The key file is written first, then the study. Each import that kept names has a mark, which
 * its entries in the key file carry and which the study gets in the transaction that stores
 * the import. So after a kill in between it is known which entries are of nobody, also when somebody else got
 * their numbers since. With its mark the study keeps whose names went away; that is how it
 * knows that a key file is an older copy.
 */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file-private.h"

#define SETTING_PERSONAL "personal-columns"
#define SETTING_STUDY "key-file-study"
#define SETTING_IMPORT "key-file-import:"

/* What to do with names ------------------------------------------------------------------------ */

DhkPersonal
dhk_store_get_personal (DhkStore *self)
{
  g_autofree char *value = dhk_store_get_setting (self, SETTING_PERSONAL);

  return value == NULL                 ? DHK_PERSONAL_UNDECIDED
         : g_str_equal (value, "keep") ? DHK_PERSONAL_KEEP
                                       : DHK_PERSONAL_DROP;
}

gboolean
dhk_store_set_personal (DhkStore *self, DhkPersonal personal, GError **error)
{
  static const char *const values[] = { NULL, "drop", "keep" };

  return dhk_store_set_setting (self, SETTING_PERSONAL, values[personal], error);
}

/* Marks ------------------------------------------------------------------------------------------ */

typedef struct
{
  DhkStore *store;
  GHashTable *marks; /* of imports that the study has -> whose names, as text */
} Known;

static void
known_clear (Known *self)
{
  g_clear_pointer (&self->marks, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static gboolean
load_marks (Known *self, DhkStore *store, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store, "SELECT key, value FROM setting WHERE key GLOB '" SETTING_IMPORT "*'", error);
  int found;

  self->store = store;
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    g_hash_table_insert (self->marks,
                         g_strdup (dhk_sql_text (statement, 0) + strlen (SETTING_IMPORT)),
                         g_strdup (dhk_sql_text (statement, 1)));
  return found == 0;
}

/* Whether an entry is of a response that the study has: undone imports can come back. */
static gboolean
is_known (const DhkKeyEntry *entry, gpointer user_data)
{
  const Known *known = user_data;
  gint64 respondent = dhk_store_find_pseudonym (known->store, entry->pseudonym);
  gint64 n = 0;

  return respondent != 0 && g_hash_table_contains (known->marks, entry->import)
         && dhk_sql_get_int (known->store, NULL, &n,
                             "SELECT count (*) FROM respondent_record WHERE id = ? AND "
                             "ifnull (identity, '') = dhk_hash (?)",
                             "it", respondent, entry->identity)
                == 1
         && n == 1;
}

/* Takes out whom the study does not have. FALSE when that cannot be known, or written. */
static gboolean
sweep (DhkStore *self, DhkKeyFile *key_file, gboolean write, GError **error)
{
  g_auto (Known) known = { NULL };

  if (!load_marks (&known, self, error))
    return FALSE;
  return (dhk_key_file_filter (key_file, is_known, &known) == 0 && !write)
         || dhk_key_file_write (key_file, error);
}

/* "1-40 45" of ascending numbers. */
static char *
describe_numbers (const GArray *numbers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 first = g_array_index (numbers, gint64, i);
      gint64 last = first;

      while (i + 1 < numbers->len && g_array_index (numbers, gint64, i + 1) == last + 1)
        last = g_array_index (numbers, gint64, ++i);
      g_string_append_printf (text, text->len > 0 ? " %ld" : "%ld", (glong) first);
      if (last > first)
        g_string_append_printf (text, "-%ld", (glong) last);
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  gint64 first;
  gint64 last;
} Range;

static Range
parse_range (const char *text)
{
  Range range;
  char *end;

  range.first = g_ascii_strtoll (text, &end, 10);
  range.last = *end == '-' ? g_ascii_strtoll (end + 1, NULL, 10) : range.first;
  return range;
}

/* How many of a range of respondents are in the study and not in the key file. */
static guint
count_range (DhkStore *self, Range range)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT pseudonym FROM respondent_record WHERE id BETWEEN ? AND ?", NULL);
  guint n = 0;

  if (statement == NULL)
    return 0;
  dhk_sql_bind (statement, "ii", range.first, range.last);
  while (dhk_sql_step (self, statement, NULL) == 1)
    n += dhk_key_file_find (self->key_file, dhk_sql_text (statement, 0)) == NULL;
  return n;
}

guint
dhk_store_count_missing_names (DhkStore *self)
{
  g_auto (Known) known = { NULL };
  GHashTableIter iter;
  gpointer mark, numbers;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_assert (self->owner == g_thread_self ());

  if (self->key_file == NULL || !load_marks (&known, self, NULL))
    return 0;
  g_hash_table_iter_init (&iter, known.marks);
  while (g_hash_table_iter_next (&iter, &mark, &numbers))
    if (!dhk_key_file_has_import (self->key_file, mark))
      {
        g_auto (GStrv) ranges = g_strsplit (numbers, " ", -1);

        for (guint i = 0; ranges[i] != NULL; i++)
          n += count_range (self, parse_range (ranges[i]));
      }
  return n;
}

/* The key file ------------------------------------------------------------------------------------ */

gboolean
dhk_store_take_key_file (DhkStore *self, DhkKeyFile *key_file, GError **error)
{
  g_autoptr (DhkKeyFile) taken = key_file;
  g_autofree char *study = NULL;
  gboolean fresh;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  g_clear_pointer (&self->key_file, dhk_key_file_free);
  if (taken == NULL)
    return TRUE;
  study = dhk_store_get_setting (self, SETTING_STUDY);
  if (study == NULL)
    {
      study = g_uuid_string_random ();
      if (!dhk_store_set_setting (self, SETTING_STUDY, study, error))
        return FALSE;
    }
  fresh = dhk_key_file_get_study (taken)[0] == '\0';
  if (!fresh && strcmp (dhk_key_file_get_study (taken), study) != 0)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("This key file belongs to another study. Nothing was changed; choose "
                              "the key file of “%s”, or a new one."),
                           self->name);
  dhk_key_file_set_study (taken, study);
  if (!sweep (self, taken, fresh, error))
    return FALSE;
  self->key_file = g_steal_pointer (&taken);
  return TRUE;
}

DhkKeyFile *
dhk_store_get_key_file (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->key_file;
}

GFile *
dhk_key_file_get_place (GFile *study)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (G_IS_FILE (study), NULL);

  base = g_file_get_basename (study);
  folder = g_file_get_parent (study);
  if (g_str_has_suffix (base, ".driehoek"))
    base[strlen (base) - strlen (".driehoek")] = '\0';
  name = g_strconcat (base, "." DHK_KEY_FILE_SUFFIX, NULL);
  return folder != NULL ? g_file_get_child (folder, name) : g_file_new_for_path (name);
}

/* While a draft is stored ---------------------------------------------------------------------------- */

gboolean
dhk_store_check_personal (DhkStore *self, DhkDraft *draft, GError **error)
{
  GPtrArray *files = dhk_draft_get_files (draft);

  for (guint i = 0; i < files->len; i++)
    if (((DhkDraftFile *) g_ptr_array_index (files, i))->personal_heads != NULL
        && self->key_file == NULL)
      return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                             _ ("Names and addresses are to be kept, but no key file is open. "
                                "Nothing was stored; open the key file, or drop them."));
  return TRUE;
}

void
dhk_store_add_key (DhkStore *self, gint64 respondent, const DhkDraftFile *file, guint row)
{
  g_auto (DhkDraftRow) found = { 0 };
  char **texts = row < file->personal->len ? g_ptr_array_index (file->personal, row) : NULL;
  g_autofree char *pseudonym = NULL;
  g_autofree char *source = dhk_store_dup_masked (file->name);

  if (texts == NULL)
    return;
  dhk_draft_file_read_row (file, row, &found);
  pseudonym = dhk_store_dup_pseudonym (self, respondent);
  dhk_key_file_add (self->key_file, pseudonym, found.identity, source, file->personal_heads, texts);
  if (self->named == NULL)
    self->named = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->named, respondent);
}

/* Respondents of a questionnaire by their identity; 0 where two have the same. */
static GHashTable *
load_identities (DhkStore *self, const char *questionnaire, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT dhk_hash_text (r.identity), r.id FROM respondent_record r "
                         "JOIN import_batch b ON b.id = r.batch "
                         "WHERE b.active AND r.questionnaire = ? AND r.identity IS NOT NULL",
                         error);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  int step;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "t", questionnaire);
  while ((step = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 *id = g_new (gint64, 1);
      const char *identity = dhk_sql_text (statement, 0);

      *id = g_hash_table_contains (found, identity) ? 0 : sqlite3_column_int64 (statement, 1);
      g_hash_table_replace (found, g_strdup (identity), id);
    }
  return step == 0 ? g_steal_pointer (&found) : NULL;
}

static void
append_ranges (GArray *ranges, const char *numbers)
{
  g_auto (GStrv) texts = g_strsplit (numbers, " ", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      Range range = parse_range (texts[i]);

      g_array_append_val (ranges, range);
    }
}

/* Whose names this key file got once: who is not in it any more was taken out. */
static GArray *
load_named (DhkStore *self, GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  g_auto (Known) known = { NULL };
  GHashTableIter iter;
  gpointer mark, numbers;

  if (!load_marks (&known, self, error))
    return NULL;
  g_hash_table_iter_init (&iter, known.marks);
  while (g_hash_table_iter_next (&iter, &mark, &numbers))
    if (dhk_key_file_has_import (self->key_file, mark))
      append_ranges (ranges, numbers);
  return g_steal_pointer (&ranges);
}

static gboolean
is_in (const GArray *ranges, gint64 number)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);

      if (number >= range->first && number <= range->last)
        return TRUE;
    }
  return FALSE;
}

static guint
find_nameless_rows (
    DhkStore *self, DhkDraftFile *file, GHashTable *identities, const GArray *named, gboolean take)
{
  guint n = 0;

  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      DhkRowFate fate = dhk_draft_file_get_fate (file, i);
      g_auto (DhkDraftRow) row = { 0 };
      g_autofree char *pseudonym = NULL;
      const gint64 *respondent;

      if (fate != DHK_ROW_PRESENT && fate != DHK_ROW_CHANGED)
        continue;
      dhk_draft_file_read_row (file, i, &row);
      respondent = row.identity != NULL ? g_hash_table_lookup (identities, row.identity) : NULL;
      if (respondent == NULL || *respondent == 0 || is_in (named, *respondent))
        continue;
      pseudonym = dhk_store_dup_pseudonym (self, *respondent);
      if (pseudonym == NULL || dhk_key_file_find (self->key_file, pseudonym) != NULL)
        continue;
      if (take)
        dhk_store_add_key (self, *respondent, file, i);
      n++;
    }
  return n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gint64
dhk_store_find_nameless (DhkStore *self, DhkDraft *draft, gboolean take, GError **error)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  g_autoptr (GArray) named = NULL;
  gint64 n = 0;

  if (self->key_file == NULL)
    return 0;
  named = load_named (self, error);
  if (named == NULL)
    return -1;
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);
      g_autoptr (GHashTable) identities = NULL;

      file->nameless = 0;
      if (file->personal == NULL || file->questionnaire < 0)
        continue;
      identities = load_identities (
          self,
          dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire)->id,
          error);
      if (identities == NULL)
        return -1;
      file->nameless = find_nameless_rows (self, file, identities, named, take);
      n += file->nameless;
    }
  return n;
}

static gboolean
store_mark (DhkStore *self, const char *mark, GError **error)
{
  g_autofree char *key = g_strconcat (SETTING_IMPORT, mark, NULL);
  g_autofree char *numbers = NULL;

  g_array_sort (self->named, compare_numbers);
  numbers = describe_numbers (self->named);
  return dhk_store_set_setting (self, key, numbers, error);
}

gboolean
dhk_store_end_with_keys (DhkStore *self, gboolean ok, GError **error)
{
  g_autofree char *mark = NULL;
  gboolean has_names = self->named != NULL && self->named->len > 0;

  if (!has_names)
    return dhk_store_end (self, ok, error);
  /* First the key file: what it has too many is swept, what it has too few is lost. */
  mark = g_uuid_string_random ();
  dhk_key_file_end_import (self->key_file, mark);
  ok = ok && store_mark (self, mark, error) && dhk_key_file_write (self->key_file, error);
  g_array_set_size (self->named, 0);
  if (!ok)
    dhk_key_file_revert (self->key_file);
  if (dhk_store_end (self, ok, error))
    return TRUE;
  if (ok)
    sweep (self, self->key_file, FALSE, NULL);
  return FALSE;
}
