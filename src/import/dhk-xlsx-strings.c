/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  TAG_SI,
  TAG_T,
  TAG_R,
  TAG_R_PH,
};
static const char *const names[] = { "si", "t", "r", "rPh", NULL };

struct _DhkXlsxStrings
{
  GString *texts;  /* each ended by a NUL byte */
  GArray *offsets; /* of guint64, one more than there are texts */

  /* while reading */
  guint skip_depth; /* inside a phonetic reading, or 0 */
  gboolean in_text;
};

static void
strings_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  DhkXlsxStrings *self = data;

  if (tag == TAG_R_PH && self->skip_depth == 0)
    self->skip_depth = depth;
  self->in_text = tag == TAG_T && self->skip_depth == 0 && (depth == 3 || depth == 4);
}

static void
strings_text (DhkXmlStream *stream, const char *text, gsize length, gpointer data)
{
  DhkXlsxStrings *self = data;
  guint64 start;

  if (!self->in_text)
    return;

  start = g_array_index (self->offsets, guint64, self->offsets->len - 1);
  if (self->texts->len + length - start > DHK_MAX_CELL_BYTES)
    dhk_xml_stream_fail (
        stream, g_error_new_literal (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                                     _ ("A cell of the workbook holds more than a million bytes of "
                                        "text; a spreadsheet allows 32,767 characters. It was not "
                                        "opened.")));
  else
    g_string_append_len (self->texts, text, (gssize) length);
}

static void
strings_end (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  DhkXlsxStrings *self = data;
  guint64 end;

  self->in_text = FALSE;
  if (depth == self->skip_depth)
    self->skip_depth = 0;
  if (tag != TAG_SI || depth != 2)
    return;

  dhk_xlsx_text_decode (self->texts,
                        g_array_index (self->offsets, guint64, self->offsets->len - 1));
  g_string_append_c (self->texts, '\0');
  end = self->texts->len;
  g_array_append_val (self->offsets, end);
}

static const DhkXmlHandler handler = { names, strings_start, strings_text, strings_end };

DhkXlsxStrings *
dhk_xlsx_strings_read (DhkXlsxPackage *package,
                       const char *part,
                       const DhkReadShare *share,
                       GError **error)
{
  g_autoptr (DhkXlsxStrings) self = g_new0 (DhkXlsxStrings, 1);
  const guint64 zero = 0;

  self->texts = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (self->offsets, zero);

  /* A workbook without texts need not have the part. */
  if (part != NULL && dhk_xlsx_package_has_part (package, part)
      && !dhk_xlsx_package_parse (package, part, &handler, self, share, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
dhk_xlsx_strings_free (DhkXlsxStrings *self)
{
  g_string_free (self->texts, TRUE);
  g_array_unref (self->offsets);
  g_free (self);
}

const char *
dhk_xlsx_strings_get (DhkXlsxStrings *self, guint64 index, gsize *length)
{
  guint64 start, end;

  if (index >= self->offsets->len - 1)
    return NULL;

  start = g_array_index (self->offsets, guint64, index);
  end = g_array_index (self->offsets, guint64, index + 1);
  *length = (gsize) (end - start - 1);
  return self->texts->str + start;
}

/* The code of an escape "_xHHHH_" at @text, or -1. */
static int
escape_code (const char *text, const char *end)
{
  int code = 0;

  if (end - text < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      code = code * 16 + digit;
    }

  return code;
}

void
dhk_xlsx_text_decode (GString *text, gsize from)
{
  const char *end = text->str + text->len;
  const char *in = memchr (text->str + from, '_', text->len - from);
  char *out;

  if (in == NULL)
    return;

  /* An escape of seven bytes never becomes longer. */
  out = text->str + (in - text->str);
  while (in < end)
    {
      int code = escape_code (in, end);
      gunichar character;

      if (code < 0)
        {
          *out++ = *in++;
          continue;
        }
      in += 7;
      character = (gunichar) code;
      if (code >= 0xD800 && code < 0xDC00)
        {
          int low = escape_code (in, end);

          if (low >= 0xDC00 && low < 0xE000)
            {
              character = 0x10000 + (((gunichar) code - 0xD800) << 10) + ((gunichar) low - 0xDC00);
              in += 7;
            }
        }
      if (character == 0 || (character >= 0xD800 && character < 0xE000))
        character = 0xFFFD;
      out += g_unichar_to_utf8 (character, out);
    }
  g_string_truncate (text, (gsize) (out - text->str));
}
