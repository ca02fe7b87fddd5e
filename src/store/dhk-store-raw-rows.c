/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The raw rows of an import one by one: looked at, or made empty. */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  gint64 number;
  guint n_rows;
  GBytes *text; /* inflated; every row ends with a line feed */
} Chunk;

static void
chunk_clear (Chunk *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chunk, chunk_clear)

static GArray *
list_chunks (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT chunk FROM raw_chunk WHERE batch = ? ORDER BY chunk", error);
  g_autoptr (GArray) chunks = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", batch);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 number = sqlite3_column_int64 (statement, 0);

      g_array_append_val (chunks, number);
    }
  return found == 0 ? g_steal_pointer (&chunks) : NULL;
}

static gboolean
load_chunk (DhkStore *self, gint64 batch, gint64 number, Chunk *chunk, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT n_rows, size, deflated FROM raw_chunk WHERE batch = ? AND chunk = ?", error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "ii", batch, number);
  found = dhk_sql_step (self, statement, error);
  if (found < 0)
    return FALSE;
  chunk->number = number;
  if (found == 1)
    {
      chunk->n_rows = (guint) sqlite3_column_int64 (statement, 0);
      chunk->text = dhk_raw_inflate (sqlite3_column_blob (statement, 2),
                                     (gsize) sqlite3_column_bytes (statement, 2),
                                     sqlite3_column_int64 (statement, 1));
    }
  return chunk->text != NULL
         || dhk_store_fail_damaged (self, _ ("its raw rows cannot be read"), error);
}

/* A row ends at a line feed outside quotation marks. The length without it. */
static gsize
measure_row (const char *text, gsize size)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < size; i++)
    if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == '\n' && !quoted)
      return i;
  return size;
}

guint
dhk_raw_count_rows (const char *text, gsize size)
{
  guint n = 0;

  for (gsize at = 0; at < size; n++)
    at += measure_row (text + at, size - at) + 1;
  return n;
}

gboolean
dhk_store_visit_raw (
    DhkStore *self, gint64 batch, DhkRawVisit visit, gpointer user_data, GError **error)
{
  g_autoptr (GArray) chunks = list_chunks (self, batch, error);
  guint row = 0;

  if (chunks == NULL)
    return FALSE;
  for (guint i = 0; i < chunks->len; i++)
    {
      g_auto (Chunk) chunk = { 0 };
      const char *text;
      gsize size;

      if (!load_chunk (self, batch, g_array_index (chunks, gint64, i), &chunk, error))
        return FALSE;
      text = g_bytes_get_data (chunk.text, &size);
      for (gsize at = 0; at < size; row++)
        {
          gsize length = measure_row (text + at, size - at);

          if (!visit (row, text + at, length, user_data))
            return TRUE;
          at += length + 1;
        }
    }
  return TRUE;
}

static gboolean
is_blank (const gboolean *blank, guint n_rows, guint row)
{
  return blank == NULL || (row < n_rows && blank[row]);
}

static gboolean
rewrite_chunk (DhkStore *self,
               gint64 batch,
               const Chunk *chunk,
               guint first,
               const gboolean *blank,
               guint n_rows,
               GError **error)
{
  g_autoptr (GString) rewritten = NULL;
  g_autoptr (GBytes) deflated = NULL;
  gsize size;
  const char *text = g_bytes_get_data (chunk->text, &size);
  guint row = first;

  rewritten = g_string_sized_new (size);
  for (gsize at = 0; at < size; row++)
    {
      gsize length = measure_row (text + at, size - at);

      if (!is_blank (blank, n_rows, row))
        g_string_append_len (rewritten, text + at, (gssize) length);
      g_string_append_c (rewritten, '\n');
      at += length + 1;
    }
  deflated = dhk_raw_deflate (rewritten->str, rewritten->len);
  return dhk_sql_run (self, error,
                      "UPDATE raw_chunk SET size = ?, deflated = ? WHERE batch = ? AND chunk = ?",
                      "ibii", (gint64) rewritten->len, deflated, batch, chunk->number);
}

gboolean
dhk_store_blank_raw (
    DhkStore *self, gint64 batch, const gboolean *blank, guint n_rows, GError **error)
{
  g_autoptr (GArray) chunks = list_chunks (self, batch, error);
  guint first = 0;

  if (chunks == NULL)
    return FALSE;
  for (guint i = 0; i < chunks->len; i++)
    {
      g_auto (Chunk) chunk = { 0 };
      gboolean touched = FALSE;

      if (!load_chunk (self, batch, g_array_index (chunks, gint64, i), &chunk, error))
        return FALSE;
      for (guint row = first; row < first + chunk.n_rows; row++)
        touched = touched || is_blank (blank, n_rows, row);
      if (touched && !rewrite_chunk (self, batch, &chunk, first, blank, n_rows, error))
        return FALSE;
      first += chunk.n_rows;
    }
  return TRUE;
}
