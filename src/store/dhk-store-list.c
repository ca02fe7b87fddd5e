/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-private.h"

#include <string.h>

#include "base/dhk-data.h"

static void
batch_free (gpointer data)
{
  DhkBatch *self = data;

  g_free (self->file_name);
  g_free (self->questionnaire);
  g_free (self);
}

static void
aside_row_free (gpointer data)
{
  DhkAsideRow *self = data;

  g_free (self->file_name);
  g_free (self->raw);
  g_free (self->reason);
  g_free (self);
}

GPtrArray *
dhk_store_list_batches (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement
      = dhk_sql_prepare (self,
                         "SELECT id, file_name, questionnaire, imported, added, present, aside "
                         "FROM import_batch WHERE active AND kind <> 'paper' "
                         "ORDER BY id DESC",
                         error);
  if (statement == NULL)
    return NULL;
  batches = g_ptr_array_new_with_free_func (batch_free);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      DhkBatch *batch = g_new0 (DhkBatch, 1);

      batch->id = sqlite3_column_int64 (statement, 0);
      batch->file_name = g_strdup (dhk_sql_text (statement, 1));
      batch->questionnaire = g_strdup (dhk_sql_text (statement, 2));
      batch->when = sqlite3_column_int64 (statement, 3);
      batch->added = (guint) sqlite3_column_int64 (statement, 4);
      batch->present = (guint) sqlite3_column_int64 (statement, 5);
      batch->aside = (guint) sqlite3_column_int64 (statement, 6);
      g_ptr_array_add (batches, batch);
    }
  return found == 0 ? g_steal_pointer (&batches) : NULL;
}

GPtrArray *
dhk_store_list_aside (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self,
                               "SELECT b.file_name, a.line, a.raw, a.reason FROM aside_row a "
                               "JOIN import_batch b ON b.id = a.batch "
                               "WHERE b.active AND (?1 = 0 OR b.id = ?1) ORDER BY a.id",
                               error);
  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", batch);
  rows = g_ptr_array_new_with_free_func (aside_row_free);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      DhkAsideRow *row = g_new0 (DhkAsideRow, 1);

      row->file_name = g_strdup (dhk_sql_text (statement, 0));
      row->line = (guint64) sqlite3_column_int64 (statement, 1);
      row->raw = g_strdup (dhk_sql_text (statement, 2));
      row->reason = g_strdup (dhk_sql_text (statement, 3));
      g_ptr_array_add (rows, row);
    }
  return found == 0 ? g_steal_pointer (&rows) : NULL;
}

/* Whether a file with this hash is one of the sample's, which are built in. */
static gboolean
is_of_sample (const char *sha256)
{
  g_auto (GStrv) names = dhk_data_list (DHK_DATA_SAMPLE);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", DHK_DATA_SAMPLE, names[i], NULL);
      g_autoptr (GBytes) bytes = dhk_data_load (path);
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      if (strcmp (hash, sha256) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
dhk_store_holds_sample (DhkStore *self)
{
  g_autoptr (DhkStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (self, "SELECT DISTINCT sha256 FROM import_batch WHERE active", NULL);
  while (statement != NULL && dhk_sql_step (self, statement, NULL) == 1)
    if (is_of_sample (dhk_sql_text (statement, 0)))
      return TRUE;
  return FALSE;
}
