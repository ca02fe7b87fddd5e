/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-xlsx-package.h"

#include "base/dhk-ahead.h"
#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <zip.h>

/* What is inflated at a time: long parts are, in a thread, while what is there is parsed. */
#define PIECE (64 * 1024)
#define LONG_PIECE (256 * 1024)
#define LONG_FROM (1024 * 1024)
#define N_AHEAD 2
#define MAX_PARTS 65536
/* Sheets pack to a tenth or so; rows of equal empty cells to a fiftieth. */
#define MAX_RATIO 200
#define RATIO_FROM (1024 * 1024)

struct _DhkXlsxPackage
{
  DhkSource *source;
  zip_t *zip;
  GHashTable *parts; /* folded name -> index + 1 */

  guint64 position; /* of the zip source */
  zip_error_t source_error;
};

static zip_int64_t
source_read (DhkXlsxPackage *self, void *data, zip_uint64_t length)
{
  gssize n = dhk_source_read_at (self->source, self->position, data, length, NULL);

  if (n < 0)
    {
      zip_error_set (&self->source_error, ZIP_ER_READ, 0);
      return -1;
    }
  self->position += (guint64) n;
  return n;
}

static zip_int64_t
source_seek (DhkXlsxPackage *self, void *data, zip_uint64_t length)
{
  zip_int64_t offset = zip_source_seek_compute_offset (
      self->position, dhk_source_get_size (self->source), data, length, &self->source_error);

  if (offset < 0)
    return -1;
  self->position = (guint64) offset;
  return 0;
}

static zip_int64_t
source_tell_size (DhkXlsxPackage *self, zip_stat_t *st)
{
  zip_stat_init (st);
  st->valid = ZIP_STAT_SIZE;
  st->size = dhk_source_get_size (self->source);
  return sizeof *st;
}

/* The zip library reads through the one open file. */
static zip_int64_t
source_cb (void *userdata, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
  DhkXlsxPackage *self = userdata;

  switch ((int) command)
    {
    case ZIP_SOURCE_OPEN:
      self->position = 0;
      return 0;
    case ZIP_SOURCE_READ:
      return source_read (self, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_STAT:
      return source_tell_size (self, data);
    case ZIP_SOURCE_SEEK:
      return source_seek (self, data, length);
    case ZIP_SOURCE_TELL:
      return (zip_int64_t) self->position;
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data (&self->source_error, data, length);
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap (
          ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
          ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default:
      zip_error_set (&self->source_error, ZIP_ER_OPNOTSUPP, 0);
      return -1;
    }
}

static gboolean
set_error (GError **error, DhkImportError code, const char *sentence)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, (int) code, sentence);
  return FALSE;
}

static gboolean
set_damaged (GError **error)
{
  return set_error (
      error, DHK_IMPORT_ERROR_DAMAGED,
      _ ("The workbook is damaged or cut off, so it cannot be read whole. Nothing was taken over. "
         "Download or save the file again."));
}

/* Part names know no case; some programs write backslashes. */
static char *
fold_name (const char *name)
{
  char *folded = g_ascii_strdown (name[0] == '/' || name[0] == '\\' ? name + 1 : name, -1);

  return g_strdelimit (folded, "\\", '/');
}

static gboolean
climbs_out (const char *folded)
{
  g_auto (GStrv) steps = g_strsplit (folded, "/", -1);

  return g_strv_contains ((const char *const *) steps, "..");
}

static gboolean
package_check_part (const zip_stat_t *st, GError **error)
{
  if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st->encryption_method != ZIP_EM_NONE)
    return set_error (error, DHK_IMPORT_ERROR_ENCRYPTED,
                      _ ("The file is protected with a password. Open it in the program that made "
                         "it, save it without "
                         "a password, and import that file."));
  if ((st->valid & ZIP_STAT_COMP_METHOD) != 0 && st->comp_method != ZIP_CM_STORE
      && st->comp_method != ZIP_CM_DEFLATE)
    return set_error (error, DHK_IMPORT_ERROR_DAMAGED,
                      _ ("The workbook is packed in a way that spreadsheet programs do not use. "
                         "Save it anew in a "
                         "spreadsheet program and import that file."));
  if ((st->valid & ZIP_STAT_SIZE) != 0 && (st->valid & ZIP_STAT_COMP_SIZE) != 0
      && st->size > RATIO_FROM && st->size / MAX_RATIO > st->comp_size)
    return set_error (error, DHK_IMPORT_ERROR_HOSTILE,
                      _ ("A part of the workbook would unpack to more than two hundred times its "
                         "size, as no real "
                         "workbook does. It was not opened."));
  return TRUE;
}

/* Lists the parts. Packed sizes that add up to more than the file are parts
 * that lie over each other. */
static gboolean
package_list (DhkXlsxPackage *self, GError **error)
{
  zip_int64_t n_parts = zip_get_num_entries (self->zip, 0);
  guint64 packed = 0;

  if (n_parts > MAX_PARTS)
    return set_error (error, DHK_IMPORT_ERROR_HOSTILE,
                      _ ("The file holds more parts than any workbook does. It was not opened."));

  for (zip_uint64_t i = 0; i < (zip_uint64_t) n_parts; i++)
    {
      g_autofree char *folded = NULL;
      zip_stat_t st;

      if (zip_stat_index (self->zip, i, 0, &st) != 0 || (st.valid & ZIP_STAT_NAME) == 0)
        return set_damaged (error);
      folded = fold_name (st.name);
      if (climbs_out (folded))
        return set_error (error, DHK_IMPORT_ERROR_HOSTILE,
                          _ ("The file holds parts whose names lead out of it, a known trick. It "
                             "was not opened."));
      if (g_str_has_suffix (folded, "/"))
        continue;

      packed += (st.valid & ZIP_STAT_COMP_SIZE) != 0 ? st.comp_size : 0;
      if (packed > dhk_source_get_size (self->source))
        return set_error (
            error, DHK_IMPORT_ERROR_HOSTILE,
            _ ("Parts of the workbook lie over each other, a known trick. It was not opened."));
      if (!g_hash_table_insert (self->parts, g_steal_pointer (&folded), GSIZE_TO_POINTER (i + 1)))
        return set_error (
            error, DHK_IMPORT_ERROR_HOSTILE,
            _ ("The workbook holds two parts of the same name, so it is not clear which counts. It "
               "was not opened. Save it anew in a spreadsheet program and import that file."));
    }

  return TRUE;
}

DhkXlsxPackage *
dhk_xlsx_package_open (DhkSource *source, GError **error)
{
  g_autoptr (DhkXlsxPackage) self = g_new0 (DhkXlsxPackage, 1);
  zip_source_t *zip_source;
  zip_error_t zip_error;

  self->source = dhk_source_ref (source);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  zip_error_init (&self->source_error);
  zip_error_init (&zip_error);

  zip_source = zip_source_function_create (source_cb, self, &zip_error);
  if (zip_source != NULL)
    {
      self->zip = zip_open_from_source (zip_source, ZIP_RDONLY, &zip_error);
      if (self->zip == NULL)
        zip_source_free (zip_source);
    }
  zip_error_fini (&zip_error);
  if (self->zip == NULL)
    {
      set_damaged (error);
      return NULL;
    }

  return package_list (self, error) ? g_steal_pointer (&self) : NULL;
}

void
dhk_xlsx_package_free (DhkXlsxPackage *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  zip_error_fini (&self->source_error);
  g_hash_table_unref (self->parts);
  dhk_source_unref (self->source);
  g_free (self);
}

gboolean
dhk_xlsx_package_has_part (DhkXlsxPackage *self, const char *name)
{
  g_autofree char *folded = fold_name (name);

  return g_hash_table_contains (self->parts, folded);
}

char *
dhk_xlsx_package_dup_target (const char *base, const char *target)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  g_auto (GStrv) base_steps = g_strsplit (base, "/", -1);
  g_auto (GStrv) steps = g_strsplit (target, "/", -1);

  if (target[0] != '/')
    for (guint i = 0; base_steps[i] != NULL && base_steps[i + 1] != NULL; i++)
      g_ptr_array_add (path, base_steps[i]);

  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (g_str_equal (steps[i], "") || g_str_equal (steps[i], "."))
        continue;
      if (!g_str_equal (steps[i], ".."))
        g_ptr_array_add (path, steps[i]);
      else if (path->len == 0)
        return NULL;
      else
        g_ptr_array_set_size (path, (int) path->len - 1);
    }
  g_ptr_array_add (path, NULL);

  return g_strjoinv ("/", (char **) path->pdata);
}

/* Inflating ------------------------------------------------------------------------ */

typedef struct
{
  zip_int64_t n; /* below zero: the part cannot be read any further */
  char text[];
} Piece;

typedef struct
{
  zip_file_t *file;
  gsize size; /* of a piece */
  gboolean ended;
} Inflating;

static gpointer
inflate_piece (gpointer user_data)
{
  Inflating *self = user_data;
  Piece *piece;

  if (self->ended)
    return NULL;
  piece = g_malloc (sizeof *piece + self->size);
  piece->n = zip_fread (self->file, piece->text, self->size);
  self->ended = piece->n <= 0;
  return piece;
}

/* What a part goes through. */
typedef struct
{
  zip_stat_t st;
  DhkXmlStream *stream;
  const DhkXmlHandler *handler;
  gpointer data;
  const DhkReadShare *share;
} Parsing;

static gboolean
feed (const Parsing *self, const char *piece, gsize length, GError **error)
{
  if (self->handler->feed != NULL)
    return self->handler->feed (self->stream, piece, length, self->data, error);
  return dhk_xml_stream_feed (self->stream, piece, length, error);
}

/* Parses piece by piece, never more than the head announced. */
static gboolean
stream_part (const Parsing *self, DhkAhead *pieces, GError **error)
{
  guint64 inflated = 0;

  for (;;)
    {
      g_autofree Piece *piece = dhk_ahead_take (pieces);

      if (piece == NULL || piece->n < 0)
        return set_damaged (error);
      if (piece->n == 0)
        break;
      inflated += (guint64) piece->n;
      if (inflated > self->st.size)
        return set_error (error, DHK_IMPORT_ERROR_DAMAGED,
                          _ ("A part of the workbook is larger than the file says it is. It was "
                             "not opened. Download or save the file again."));
      if (!dhk_read_share_go_on (self->share, (double) inflated / (double) self->st.size, error)
          || !feed (self, piece->text, (gsize) piece->n, error))
        return FALSE;
    }

  if (inflated != self->st.size)
    return set_damaged (error);

  return feed (self, NULL, 0, error);
}

static gboolean
inflate_part (const Parsing *self, zip_file_t *file, GError **error)
{
  gboolean is_long = self->st.size >= LONG_FROM;
  /* libxml2 is not given more than this at once. */
  Inflating inflating
      = { file, is_long && self->handler->feed != NULL ? LONG_PIECE : PIECE, FALSE };
  g_autoptr (DhkAhead) pieces
      = dhk_ahead_new ("dhk-inflate", is_long ? N_AHEAD : 0, inflate_piece, g_free, &inflating);

  return stream_part (self, pieces, error);
}

gboolean
dhk_xlsx_package_parse (DhkXlsxPackage *self,
                        const char *name,
                        const DhkXmlHandler *handler,
                        gpointer data,
                        const DhkReadShare *share,
                        GError **error)
{
  const zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  g_autofree char *folded = fold_name (name);
  g_autoptr (DhkXmlStream) stream = NULL;
  gsize index = GPOINTER_TO_SIZE (g_hash_table_lookup (self->parts, folded));
  Parsing parsing = { .handler = handler, .data = data, .share = share };
  zip_file_t *file;
  gboolean ok;

  if (index == 0)
    return set_error (error, DHK_IMPORT_ERROR_DAMAGED,
                      _ ("The workbook names a part that it does not hold. Nothing was taken over. "
                         "Download or save the file again."));
  if (zip_stat_index (self->zip, index - 1, 0, &parsing.st) != 0
      || (parsing.st.valid & wanted) != wanted)
    return set_damaged (error);
  if (!package_check_part (&parsing.st, error))
    return FALSE;
  file = zip_fopen_index (self->zip, index - 1, 0);
  if (file == NULL)
    return set_damaged (error);

  stream = parsing.stream = dhk_xml_stream_new (handler, data);
  ok = inflate_part (&parsing, file, error);
  zip_fclose (file);

  return ok;
}
