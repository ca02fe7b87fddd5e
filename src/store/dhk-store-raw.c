/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The raw rows of an import, compressed by chunks. Chunks of a long file are
 * compressed by other threads while this one stores the answers.
 */

#include "store/dhk-store-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"

#define CHUNK_SIZE (256 * 1024)
#define CHUNK_LIMIT (32 * 1024 * 1024)

typedef struct
{
  DhkDraftFile *file;
  guint first;
  guint n_rows;
  gsize size;
  GBytes *deflated; /* NULL until compressed */
} Chunk;

struct _DhkRawWriter
{
  GPtrArray *chunks;
  GThreadPool *pool; /* NULL when there is one chunk */
};

/*
 * The import room leaves personal columns out and masks addresses in texts; what
 * is written here is looked at once more, file names too.
 */
char *
dhk_store_dup_masked (const char *text)
{
  char *masked = text != NULL && strchr (text, '@') != NULL ? dhk_text_mask_emails (text) : NULL;

  return masked != NULL ? masked : g_strdup (text);
}

static void
chunk_free (Chunk *chunk)
{
  g_clear_pointer (&chunk->deflated, g_bytes_unref);
  g_free (chunk);
}

static const char *
get_raw (DhkDraftFile *file, guint row)
{
  const char *raw = row < file->raw->len ? g_ptr_array_index (file->raw, row) : NULL;

  return raw != NULL ? raw : "";
}

static GBytes *
convert (GConverter *converter, const char *data, gsize size, gsize guess, gsize limit)
{
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) guess);
  gsize done = 0;
  GConverterResult result;

  g_byte_array_set_size (out, (guint) guess);
  for (gsize at = 0;;)
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result
          = g_converter_convert (converter, data + at, size - at, out->data + done, out->len - done,
                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR && out->len >= limit)
        return NULL;
      if (result == G_CONVERTER_ERROR && n_read == 0 && out->len - done > 64)
        return NULL;
      at += n_read;
      done += n_written;
      if (result == G_CONVERTER_FINISHED)
        break;
      if (out->len - done < 64)
        g_byte_array_set_size (out, (guint) MIN ((gsize) out->len * 2, limit + 64));
    }
  g_byte_array_set_size (out, (guint) done);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
compress_chunk (gpointer data, gpointer user_data)
{
  Chunk *chunk = data;
  g_autoptr (GString) text = g_string_sized_new (CHUNK_SIZE);
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1));

  for (guint row = chunk->first; row < chunk->first + chunk->n_rows; row++)
    {
      g_string_append (text, get_raw (chunk->file, row));
      g_string_append_c (text, '\n');
    }
  if (strchr (text->str, '@') != NULL)
    {
      g_autofree char *masked = dhk_store_dup_masked (text->str);

      g_string_assign (text, masked);
    }
  chunk->size = text->len;
  chunk->deflated = convert (compressor, text->str, text->len, text->len + text->len / 1000 + 128,
                             G_MAXUINT / 2);
}

DhkRawWriter *
dhk_raw_writer_new (DhkDraftFile *file)
{
  DhkRawWriter *self = g_new0 (DhkRawWriter, 1);
  Chunk *chunk = NULL;
  gsize size = 0;

  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) chunk_free);
  for (guint row = 0; row < file->rows->len; row++)
    {
      if (chunk == NULL || size >= CHUNK_SIZE)
        {
          chunk = g_new0 (Chunk, 1);
          chunk->file = file;
          chunk->first = row;
          size = 0;
          g_ptr_array_add (self->chunks, chunk);
        }
      chunk->n_rows++;
      size += strlen (get_raw (file, row)) + 1;
    }
  if (self->chunks->len > 1)
    {
      self->pool = g_thread_pool_new (compress_chunk, NULL, (int) MIN (g_get_num_processors (), 8),
                                      FALSE, NULL);
      for (guint i = 0; i < self->chunks->len; i++)
        g_thread_pool_push (self->pool, g_ptr_array_index (self->chunks, i), NULL);
    }
  return self;
}

static void
wait_for_chunks (DhkRawWriter *self, gboolean unneeded)
{
  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), unneeded, TRUE);
}

void
dhk_raw_writer_free (DhkRawWriter *self)
{
  wait_for_chunks (self, TRUE);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

gboolean
dhk_raw_writer_finish (DhkRawWriter *self, DhkStore *store, gint64 batch, GError **error)
{
  wait_for_chunks (self, FALSE);
  for (guint i = 0; i < self->chunks->len; i++)
    {
      Chunk *chunk = g_ptr_array_index (self->chunks, i);

      if (chunk->deflated == NULL)
        compress_chunk (chunk, NULL);
      g_assert (chunk->deflated != NULL);
      if (!dhk_sql_run (store, error,
                        "INSERT INTO raw_chunk (batch, chunk, n_rows, size, deflated) "
                        "VALUES (?, ?, ?, ?, ?)",
                        "iiiib", batch, (gint64) i, (gint64) chunk->n_rows, (gint64) chunk->size,
                        chunk->deflated))
        return FALSE;
      g_clear_pointer (&chunk->deflated, g_bytes_unref);
    }
  return TRUE;
}

GBytes *
dhk_raw_deflate (const char *data, gsize size)
{
  g_autoptr (GConverter) compressor
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1));

  return convert (compressor, data, size, size + size / 1000 + 128, G_MAXUINT / 2);
}

GBytes *
dhk_raw_inflate (const char *data, gsize size, gint64 inflated_size)
{
  g_autoptr (GConverter) decompressor
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GBytes) bytes = NULL;

  if (inflated_size > 0 && inflated_size <= CHUNK_LIMIT)
    bytes = convert (decompressor, data, size, (gsize) inflated_size + 128,
                     (gsize) inflated_size + 128);
  if (bytes == NULL || g_bytes_get_size (bytes) != (gsize) inflated_size)
    return NULL;
  return g_steal_pointer (&bytes);
}

static gboolean
append_chunk (DhkStore *self, DhkStatement *statement, GString *text, GError **error)
{
  gint64 size = sqlite3_column_int64 (statement, 0);
  g_autoptr (GBytes) bytes = dhk_raw_inflate (sqlite3_column_blob (statement, 1),
                                              (gsize) sqlite3_column_bytes (statement, 1), size);

  if (bytes == NULL)
    return dhk_store_fail_damaged (self, _ ("its raw rows cannot be read"), error);
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) size);
  return TRUE;
}

char *
dhk_store_dup_raw (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) head = NULL;
  g_autoptr (DhkStatement) chunks = NULL;
  g_autoptr (GString) text = g_string_new ("");
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  head = dhk_sql_prepare (self, "SELECT raw_head FROM import_batch WHERE id = ?", error);
  chunks = dhk_sql_prepare (
      self, "SELECT size, deflated FROM raw_chunk WHERE batch = ? ORDER BY chunk", error);
  if (head == NULL || chunks == NULL)
    return NULL;
  dhk_sql_bind (head, "i", batch);
  found = dhk_sql_step (self, head, error);
  if (found == 0)
    g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                         _ ("This import is no longer in the study."));
  if (found != 1)
    return NULL;
  g_string_append_printf (text, "%s\n", dhk_sql_text (head, 0));
  dhk_sql_bind (chunks, "i", batch);
  while ((found = dhk_sql_step (self, chunks, error)) == 1)
    if (!append_chunk (self, chunks, text, error))
      return NULL;
  return found == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
