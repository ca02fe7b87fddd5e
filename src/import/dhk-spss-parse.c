/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ReadStat's view of the file: the checked dictionary from memory, the rest by position. */

#include "import/dhk-spss-private.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define PIECE (256 * 1024)

static int
open_cb (const char *path, void *data)
{
  return 0;
}

static int
close_cb (void *data)
{
  return 0;
}

static readstat_off_t
seek_cb (readstat_off_t offset, readstat_io_flags_t whence, void *data)
{
  DhkSpssPlace *self = data;
  gint64 from = whence == READSTAT_SEEK_SET   ? 0
                : whence == READSTAT_SEEK_CUR ? (gint64) self->at
                                              : (gint64) self->size;
  gint64 to;

  if (__builtin_add_overflow (from, (gint64) offset, &to) || to < 0 || (guint64) to > self->size)
    return -1;
  self->at = (guint64) to;
  return (readstat_off_t) to;
}

/* From what was checked, where that is in memory; else from the file. */
static gssize
read_some (DhkSpssPlace *self, guint8 *buffer, gsize n)
{
  const GByteArray *start = self->spss->start;
  const GByteArray *trailer = self->spss->trailer;

  if (start != NULL && self->at < start->len)
    {
      n = MIN (n, start->len - (gsize) self->at);
      memcpy (buffer, start->data + self->at, n);
      return (gssize) n;
    }
  if (trailer != NULL && self->at >= self->spss->trailer_offset
      && self->at - self->spss->trailer_offset < trailer->len)
    {
      gsize from = (gsize) (self->at - self->spss->trailer_offset);

      n = MIN (n, trailer->len - from);
      memcpy (buffer, trailer->data + from, n);
      return (gssize) n;
    }
  if (self->at < self->piece_at || self->at - self->piece_at >= self->n_piece)
    {
      gssize got = dhk_source_read_at (self->spss->source, self->at, self->piece, PIECE, NULL);

      if (got <= 0)
        return got;
      self->piece_at = self->at;
      self->n_piece = (gsize) got;
    }
  n = MIN (n, self->n_piece - (gsize) (self->at - self->piece_at));
  memcpy (buffer, self->piece + (self->at - self->piece_at), n);
  return (gssize) n;
}

static ssize_t
read_cb (void *buffer, size_t n, void *data)
{
  DhkSpssPlace *self = data;
  gsize done = 0;

  while (done < n)
    {
      gssize got = read_some (self, (guint8 *) buffer + done, n - done);

      if (got < 0)
        return -1;
      if (got == 0)
        break;
      done += (gsize) got;
      self->at += (guint64) got;
    }
  return (ssize_t) done;
}

static readstat_error_t
update_cb (long size, readstat_progress_handler handler, void *data, void *place)
{
  return READSTAT_OK;
}

static gboolean
set_error (readstat_error_t status, GError **error)
{
  switch ((int) status)
    {
    case READSTAT_OK:
    case READSTAT_ERROR_USER_ABORT:
    /* Cases are counted by us, against what the file said. */
    case READSTAT_ERROR_ROW_COUNT_MISMATCH:
      return TRUE;
    case READSTAT_ERROR_MALLOC:
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                           _ ("There was not enough memory to read the data file of SPSS. Close "
                              "other programs and try again."));
      return FALSE;
    case READSTAT_ERROR_READ:
    case READSTAT_ERROR_SEEK:
      return dhk_spss_refuse_cut (error);
    default:
      return dhk_spss_refuse_damaged (error);
    }
}

gboolean
dhk_spss_parse (DhkSpss *self,
                readstat_variable_handler variable,
                readstat_value_label_handler labels,
                readstat_value_handler value,
                gpointer data,
                DhkSpssPlace *place,
                GError **error)
{
  readstat_parser_t *parser = readstat_parser_init ();
  /* Of a portable file ReadStat prints letters in the encoding of the locale. */
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  locale_t before = utf8 != (locale_t) 0 ? uselocale (utf8) : (locale_t) 0;
  readstat_error_t status;

  *place = (DhkSpssPlace){ .spss = self, .size = dhk_source_get_size (self->source) };
  place->piece = g_malloc (PIECE);
  readstat_set_open_handler (parser, open_cb);
  readstat_set_close_handler (parser, close_cb);
  readstat_set_seek_handler (parser, seek_cb);
  readstat_set_read_handler (parser, read_cb);
  readstat_set_update_handler (parser, update_cb);
  readstat_set_io_ctx (parser, place);
  readstat_set_variable_handler (parser, variable);
  readstat_set_value_label_handler (parser, labels);
  readstat_set_value_handler (parser, value);
  if (!self->portable)
    {
      /* Texts come as the file has them; we know more of their encoding. */
      readstat_set_file_character_encoding (parser, "WINDOWS-1252");
      readstat_set_handler_character_encoding (parser, NULL);
    }
  status = self->portable ? readstat_parse_por (parser, "", data)
                          : readstat_parse_sav (parser, "", data);
  readstat_parser_free (parser);
  g_clear_pointer (&place->piece, g_free);
  if (utf8 != (locale_t) 0)
    {
      uselocale (before);
      freelocale (utf8);
    }
  return set_error (status, error);
}
