/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The raw rows of an import, compressed by chunks. Those of a long file are made
 * by another thread while this one stores the answers.
 *
 * A chunk of lines is one zlib stream, whose first byte is never PACKED_MARK. A chunk of rows packed by
 * columns begins with that mark; then come the number of its rows, the size of its lists, their size
 * when they are deflated (32 bits each, the lowest first), the lists as a zlib stream, and the codes. Whoever
 * takes rows out of a chunk writes lines.
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

/* Of packed rows: the lines that they make. */
#define PACKED_LIMIT (1024 * 1024)
#define PACKED_ROWS 4096
#define PACKED_MARK 1
#define PACKED_HEAD 13

/* So many compressed chunks wait to be written, at most. */
#define MAX_WAITING 4

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
  guint n_packed;   /* so many rows are about as many as are packed together; too */
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

/* Streams ----------------------------------------------------------------------------------- */

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

static char *
inflate (gconstpointer data, gsize size, gsize inflated_size)
{
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor ();
  g_autofree char *inflated = g_malloc (inflated_size + 1);
  enum libdeflate_result result;

  g_assert (decompressor != NULL);
  result = libdeflate_zlib_decompress (decompressor, data, size, inflated, inflated_size, NULL);
  libdeflate_free_decompressor (decompressor);
  return result == LIBDEFLATE_SUCCESS ? g_steal_pointer (&inflated) : NULL;
}

/* Packed rows --------------------------------------------------------------------------- */

static void
append_word (GByteArray *bytes, gsize word)
{
  guint32 little = GUINT32_TO_LE ((guint32) word);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static gsize
read_word (const guint8 *bytes)
{
  guint32 little;

  memcpy (&little, bytes, sizeof little);
  return GUINT32_FROM_LE (little);
}

static GBytes *
join_packed (const DhkPackedRows *packed)
{
  static const guint8 mark = PACKED_MARK;
  g_autoptr (GBytes) lists = dhk_raw_deflate ((const char *) packed->lists, packed->lists_size);
  GByteArray *bytes = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (lists, &size);

  g_byte_array_append (bytes, &mark, 1);
  append_word (bytes, packed->n_rows);
  append_word (bytes, packed->lists_size);
  append_word (bytes, size);
  g_byte_array_append (bytes, data, (guint) size);
  if (packed->codes_size > 0)
    g_byte_array_append (bytes, packed->codes, (guint) packed->codes_size);
  return g_byte_array_free_to_bytes (bytes);
}

/* The lines of packed rows, or NULL. */
static char *
unpack (const guint8 *data, gsize size, gsize lines_size)
{
  g_autofree guint8 *lists = NULL;
  DhkPackedRows packed = { .size = lines_size };
  gsize deflated;

  if (size < PACKED_HEAD || lines_size > PACKED_LIMIT)
    return NULL;
  packed.n_rows = (guint) read_word (data + 1);
  packed.lists_size = read_word (data + 5);
  deflated = read_word (data + 9);
  if (packed.lists_size > PACKED_LIMIT || deflated > size - PACKED_HEAD)
    return NULL;
  lists = (guint8 *) inflate (data + PACKED_HEAD, deflated, packed.lists_size);
  if (lists == NULL)
    return NULL;
  packed.lists = lists;
  packed.codes = data + PACKED_HEAD + deflated;
  packed.codes_size = size - PACKED_HEAD - deflated;
  return dhk_packed_rows_dup_lines (&packed);
}

GBytes *
dhk_raw_inflate (const char *data, gsize size, gint64 inflated_size)
{
  char *text;

  if (data == NULL || size == 0 || inflated_size <= 0 || inflated_size > CHUNK_LIMIT)
    return NULL;
  if (data[0] == PACKED_MARK)
    text = unpack ((const guint8 *) data, size, (gsize) inflated_size);
  else
    text = inflate (data, size, (gsize) inflated_size);
  return text != NULL ? g_bytes_new_take (text, (gsize) inflated_size) : NULL;
}

/* Writing -------------------------------------------------------------------------------- */

/* As many rows as make lines of about that size. */
static void
plan_rows (DhkRawWriter *self, const DhkPackedRows *packed)
{
  gsize n = PACKED_LIMIT / 4 * 3 * (gsize) packed->n_rows / packed->size;

  self->n_packed = (guint) CLAMP (n, 1, PACKED_ROWS);
}

/* FALSE when the rows that come are to be written as lines. */
static gboolean
pack_chunk (DhkRawWriter *self, Chunk *chunk)
{
  for (; self->n_packed > 0; self->n_packed /= 2)
    {
      guint n = MIN (self->n_packed, dhk_draft_file_get_n_rows (self->file) - self->at);
      g_autoptr (DhkRowPacker) packer = dhk_row_packer_new (n, PACKED_LIMIT);
      DhkPackedRows packed;

      if (!dhk_draft_file_pack_raw (self->file, self->at, packer))
        return FALSE;
      if (dhk_row_packer_is_full (packer))
        continue;
      packed = dhk_row_packer_get (packer);
      plan_rows (self, &packed);
      /* What may be an address is looked for in lines. */
      if (dhk_row_packer_has_at (packer))
        return FALSE;
      chunk->n_rows = n;
      chunk->size = packed.size;
      chunk->deflated = join_packed (&packed);
      self->at += n;
      return TRUE;
    }
  self->n_packed = 1;
  return FALSE;
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
  chunk = g_new0 (Chunk, 1);
  if (pack_chunk (self, chunk))
    return chunk;
  text = g_string_sized_new (CHUNK_SIZE + CHUNK_SIZE / 16);
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
  self->n_packed = PACKED_ROWS;
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

/* Reading -------------------------------------------------------------------------------- */

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
