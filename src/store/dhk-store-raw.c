/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The raw rows of an import, compressed by chunks. Those of a long file are made
 * by another thread while this one stores the answers.
 */

#include "store/dhk-store-ready.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <libdeflate.h>
#include <string.h>

#include "base/dhk-ahead.h"
#include "base/dhk-text.h"

#define CHUNK_SIZE (256 * 1024)
#define CHUNK_LIMIT (32 * 1024 * 1024)
#define ROWS_AT_ONCE 64

/* So many compressed chunks wait to be written, at most. */
#define MAX_WAITING 8

typedef struct
{
  guint n_rows;
  gsize size;
  GBytes *deflated;
} Chunk;

struct _DhkRawWriter
{
  DhkDraftFile *file;
  guint at;         /* the next row; the making thread's */
  gint64 n_written; /* chunks */
  DhkAhead *chunks; /* Chunk */
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
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_clear_pointer (&chunk->deflated, g_bytes_unref);
  g_free (chunk);
}

/* The next rows until they are a chunk; NULL at the end. */
static gpointer
make_chunk (gpointer data)
{
  DhkRawWriter *self = data;
  guint n_rows = dhk_draft_file_get_n_rows (self->file);
  g_autoptr (GString) text = NULL;
  Chunk *chunk;

  if (self->at == n_rows)
    return NULL;
  text = g_string_sized_new (CHUNK_SIZE + CHUNK_SIZE / 16);
  chunk = g_new0 (Chunk, 1);
  while (self->at < n_rows && text->len < CHUNK_SIZE)
    {
      guint n = MIN (ROWS_AT_ONCE, n_rows - self->at);

      /* Long rows are taken one by one. */
      if (chunk->n_rows > 0 && text->len / chunk->n_rows * n > CHUNK_SIZE)
        n = 1;
      dhk_draft_file_append_raw (self->file, self->at, n, text);
      self->at += n;
      chunk->n_rows += n;
    }
  if (memchr (text->str, '@', text->len) != NULL)
    {
      g_autofree char *masked = dhk_store_dup_masked (text->str);

      g_string_assign (text, masked);
    }
  chunk->size = text->len;
  chunk->deflated = dhk_raw_deflate (text->str, text->len);
  g_assert (chunk->deflated != NULL);
  return chunk;
}

DhkRawWriter *
dhk_raw_writer_new (DhkDraftFile *file)
{
  DhkRawWriter *self = g_new0 (DhkRawWriter, 1);
  guint n_rows = dhk_draft_file_get_n_rows (file);

  self->file = file;
  /* Those of another study are stored as they lie there. */
  if (file->is_merged)
    self->at = n_rows;
  self->chunks = dhk_ahead_new ("dhk-raw-rows", n_rows >= DHK_ROWS_FOR_THREAD ? MAX_WAITING : 0,
                                make_chunk, chunk_free, self);
  return self;
}

void
dhk_raw_writer_free (DhkRawWriter *self)
{
  dhk_ahead_free (self->chunks);
  g_free (self);
}

static gboolean
write_chunks (DhkRawWriter *self, DhkStore *store, gint64 batch, gboolean wait, GError **error)
{
  Chunk *chunk;

  while ((chunk = wait ? dhk_ahead_take (self->chunks) : dhk_ahead_try (self->chunks)) != NULL)
    {
      gboolean ok = dhk_sql_run (store, error,
                                 "INSERT INTO raw_chunk (batch, chunk, n_rows, size, deflated) "
                                 "VALUES (?, ?, ?, ?, ?)",
                                 "iiiib", batch, self->n_written++, (gint64) chunk->n_rows,
                                 (gint64) chunk->size, chunk->deflated);

      chunk_free (chunk);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

gboolean
dhk_raw_writer_write (DhkRawWriter *self, DhkStore *store, gint64 batch, GError **error)
{
  return write_chunks (self, store, batch, FALSE, error);
}

gboolean
dhk_raw_writer_finish (DhkRawWriter *self, DhkStore *store, gint64 batch, GError **error)
{
  return write_chunks (self, store, batch, TRUE, error);
}

GBytes *
dhk_raw_deflate (const char *data, gsize size)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (1);
  gsize bound = libdeflate_zlib_compress_bound (compressor, size);
  char *deflated = g_malloc (bound);
  gsize length;

  g_assert (compressor != NULL);
  length = libdeflate_zlib_compress (compressor, data, size, deflated, bound);
  g_assert (length > 0);
  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (g_realloc (deflated, length), length);
}

GBytes *
dhk_raw_inflate (const char *data, gsize size, gint64 inflated_size)
{
  struct libdeflate_decompressor *decompressor;
  g_autofree char *inflated = NULL;
  enum libdeflate_result result;

  if (inflated_size <= 0 || inflated_size > CHUNK_LIMIT)
    return NULL;
  decompressor = libdeflate_alloc_decompressor ();
  g_assert (decompressor != NULL);
  inflated = g_malloc ((gsize) inflated_size);
  result = libdeflate_zlib_decompress (decompressor, data, size, inflated, (gsize) inflated_size,
                                       NULL);
  libdeflate_free_decompressor (decompressor);
  if (result != LIBDEFLATE_SUCCESS)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&inflated), (gsize) inflated_size);
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
