/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: batches, and which form is next. */

#include "store/dhk-store-entry-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Batches --------------------------------------------------------------------------------- */

void
dhk_entry_batch_free (DhkEntryBatch *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

static gboolean
check_name (DhkStore *self, const char *name, GError **error)
{
  gint64 n = 0;

  if (name[0] == '\0' || g_utf8_strlen (name, -1) > DHK_ENTRY_MAX_NAME)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("Give the batch a name of at most %d characters."),
                           DHK_ENTRY_MAX_NAME);
  if (dhk_sql_get_int (self, error, &n,
                       "SELECT count (*) FROM entry_batch WHERE active AND name = ?", "t", name)
      != 1)
    return FALSE;
  return n == 0
         || dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                            _ ("There is a batch “%s” already. Give this one another name."), name);
}

static gboolean
insert_batch (DhkStore *self, const char *name, guint questionnaire, gint64 *batch, GError **error)
{
  const char *id = dhk_instrument_get_questionnaire (self->instrument, questionnaire)->id;
  gint64 step;

  if (dhk_sql_get_int (self, error, batch, "SELECT ifnull (max (id), 0) + 1 FROM entry_batch", "")
      != 1)
    return FALSE;
  step = dhk_journal_append (self, DHK_ENTRY_STEP_BATCH, name, 0, *batch, error);
  return step != 0
         && dhk_sql_run (self, error,
                         "INSERT INTO entry_batch (id, name, questionnaire, made) "
                         "VALUES (?, ?, ?, ?)",
                         "itti", *batch, name, id, g_get_real_time () / G_USEC_PER_SEC);
}

gint64
dhk_store_entry_new_batch (DhkStore *self, const char *name, guint questionnaire, GError **error)
{
  g_autofree char *masked = NULL;
  gint64 batch = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self->instrument), 0);
  g_assert (self->owner == g_thread_self ());

  masked = dhk_store_dup_masked (name);
  g_strstrip (masked);
  if (!dhk_store_begin (self, error))
    return 0;
  if (!check_name (self, masked, error))
    {
      dhk_store_roll_back (self);
      return 0;
    }
  return dhk_store_end (self, insert_batch (self, masked, questionnaire, &batch, error), error)
             ? batch
             : 0;
}

static GArray *
load_batch_ids (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT id FROM entry_batch WHERE active ORDER BY id DESC", error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  return found == 0 ? g_steal_pointer (&ids) : NULL;
}

static gboolean
count_forms (DhkStore *self, DhkEntryBatch *batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT pass, count (*), sum (complete) FROM entry_form "
                         "WHERE batch = ? AND active GROUP BY pass",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", batch->id);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gboolean first = sqlite3_column_int (statement, 0) == DHK_ENTRY_FIRST;

      *(first ? &batch->n_forms : &batch->n_second) = (guint) sqlite3_column_int (statement, 1);
      *(first ? &batch->n_complete : &batch->n_second_complete)
          = (guint) sqlite3_column_int (statement, 2);
    }
  return found == 0;
}

static gboolean
fill_batch (DhkStore *self, DhkEntryBatch *batch, GError **error)
{
  g_autoptr (DhkEntryComparison) comparison = dhk_store_entry_compare (self, batch->id, error);
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT name, made FROM entry_batch WHERE id = ?", error);

  if (comparison == NULL || statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", batch->id);
  if (dhk_sql_step (self, statement, error) != 1)
    return FALSE;
  batch->name = g_strdup (dhk_sql_text (statement, 0));
  batch->made = sqlite3_column_int64 (statement, 1);
  batch->questionnaire = comparison->questionnaire;
  for (guint i = 0; i < comparison->pairs->len; i++)
    {
      const DhkEntryPair *pair = &g_array_index (comparison->pairs, DhkEntryPair, i);

      batch->n_differences += pair->differs && !pair->settled ? 1 : 0;
      batch->n_settled += pair->settled ? 1 : 0;
    }
  return count_forms (self, batch, error);
}

GPtrArray *
dhk_store_entry_list_batches (DhkStore *self, GError **error)
{
  g_autoptr (GPtrArray) batches
      = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_entry_batch_free);
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  ids = load_batch_ids (self, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      DhkEntryBatch *batch = g_new0 (DhkEntryBatch, 1);

      batch->id = g_array_index (ids, gint64, i);
      g_ptr_array_add (batches, batch);
      if (!fill_batch (self, batch, error))
        return NULL;
    }
  return ids != NULL ? g_steal_pointer (&batches) : NULL;
}

/* Which form is next ------------------------------------------------------------------------ */

static int
propose_first (DhkStore *self, gint64 batch, guint after, gint64 *number, GError **error)
{
  int found = 0;

  if (after == 0)
    found = dhk_sql_get_int (self, error, number,
                             "SELECT number FROM entry_form WHERE batch = ? AND pass = 1 "
                             "AND active AND NOT complete ORDER BY number LIMIT 1",
                             "i", batch);
  if (found != 0)
    return found;
  /* The first number above `after` (or above all) without a complete form. */
  return dhk_sql_get_int (
      self, error, number,
      "WITH done (number) AS (SELECT number FROM entry_form WHERE batch = ?1 AND pass = 1 "
      "AND active AND complete) "
      "SELECT min (n) FROM (SELECT CASE WHEN ?2 > 0 THEN ?2 ELSE "
      "ifnull ((SELECT max (number) FROM done), 0) END + 1 AS n "
      "UNION ALL SELECT number + 1 FROM done WHERE number > ?2) "
      "WHERE n NOT IN (SELECT number FROM done) AND n > ?2",
      "ii", batch, (gint64) after);
}

static int
propose_second (DhkStore *self, gint64 batch, guint after, gint64 *number, GError **error)
{
  return dhk_sql_get_int (
      self, error, number,
      "SELECT number FROM entry_form WHERE batch = ?1 AND pass = 1 AND active AND complete "
      "AND number NOT IN (SELECT number FROM entry_form WHERE batch = ?1 AND pass = 2 "
      "AND active AND complete) ORDER BY number <= ?2, number LIMIT 1",
      "ii", batch, (gint64) after);
}

gboolean
dhk_store_entry_propose (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint after, guint *number, GError **error)
{
  gint64 found_number = 0;
  int found;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (number != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  found = pass == DHK_ENTRY_FIRST ? propose_first (self, batch, after, &found_number, error)
                                  : propose_second (self, batch, after, &found_number, error);
  *number = (guint) CLAMP (found_number, 0, DHK_ENTRY_MAX_NUMBER);
  return found >= 0;
}
