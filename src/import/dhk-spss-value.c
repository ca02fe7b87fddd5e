/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Formats, values and texts of data files of SPSS as cells have them. */

#include "import/dhk-spss.h"

#include "import/dhk-xlsx-value.h"

#include <math.h>
#include <string.h>

/* Seconds from the Gregorian reform, where SPSS counts from, to 1970-01-01. */
#define REFORM_SECONDS 12219379200.0
#define LAST_SECONDS 253402300799.0 /* the end of the year 9999 */
/* Whole numbers up to here are written digit by digit. */
#define MAX_PLAIN 1e15

/* Formats ---------------------------------------------------------------- */

typedef enum
{
  FORMAT_PLAIN,
  FORMAT_DAY,
  FORMAT_MOMENT,
  FORMAT_TIME,
} FormatClass;

static const struct
{
  guint8 kind;
  const char *name;
} format_kinds[] = {
  { 1, "A" },      { 2, "AHEX" },    { 3, "COMMA" },     { 4, "DOLLAR" }, { 5, "F" },
  { 6, "IB" },     { 7, "PIBHEX" },  { 8, "P" },         { 9, "PIB" },    { 10, "PK" },
  { 11, "RB" },    { 12, "RBHEX" },  { 15, "Z" },        { 16, "N" },     { 17, "E" },
  { 20, "DATE" },  { 21, "TIME" },   { 22, "DATETIME" }, { 23, "ADATE" }, { 24, "JDATE" },
  { 25, "DTIME" }, { 26, "WKDAY" },  { 27, "MONTH" },    { 28, "MOYR" },  { 29, "QYR" },
  { 30, "WKYR" },  { 31, "PCT" },    { 32, "DOT" },      { 33, "CCA" },   { 34, "CCB" },
  { 35, "CCC" },   { 36, "CCD" },    { 37, "CCE" },      { 38, "EDATE" }, { 39, "SDATE" },
  { 40, "MTIME" }, { 41, "YMDHMS" },
};

/* Asked for every date: without a search. */
static FormatClass
get_class (const DhkSpssFormat *format)
{
  static const guint8 classes[] = {
    [20] = FORMAT_DAY,    [21] = FORMAT_TIME, [22] = FORMAT_MOMENT, [23] = FORMAT_DAY,
    [24] = FORMAT_DAY,    [25] = FORMAT_TIME, [28] = FORMAT_DAY,    [29] = FORMAT_DAY,
    [30] = FORMAT_DAY,    [38] = FORMAT_DAY,  [39] = FORMAT_DAY,    [40] = FORMAT_TIME,
    [41] = FORMAT_MOMENT,
  };

  return format->kind < G_N_ELEMENTS (classes) ? (FormatClass) classes[format->kind] : FORMAT_PLAIN;
}

char *
dhk_spss_format_to_text (const DhkSpssFormat *format, gboolean is_text)
{
  const char *name = is_text ? "A" : "F";

  for (guint i = 0; i < G_N_ELEMENTS (format_kinds); i++)
    if (format_kinds[i].kind == format->kind)
      name = format_kinds[i].name;
  if (format->decimals != 0 || strcmp (name, "F") == 0)
    return g_strdup_printf ("%s%u.%u", name, format->width, format->decimals);
  return g_strdup_printf ("%s%u", name, format->width);
}

DhkColumnType
dhk_spss_format_get_type (const DhkSpssFormat *format)
{
  switch (get_class (format))
    {
    case FORMAT_DAY:
    case FORMAT_MOMENT:
      return DHK_COLUMN_DATE;
    case FORMAT_TIME:
      return DHK_COLUMN_TIME;
    case FORMAT_PLAIN:
    default:
      return DHK_COLUMN_NUMBER;
    }
}

/* Values ---------------------------------------------------------------- */

static void
append_number (GString *text, double value)
{
  char digits[24];
  guint at = sizeof digits;
  gint64 whole;

  if (!(fabs (value) < MAX_PLAIN) || rint (value) < value || rint (value) > value)
    {
      dhk_xlsx_number_append (text, value);
      return;
    }
  whole = (gint64) value;
  do
    {
      digits[--at] = (char) ('0' + (int) ABS (whole % 10));
      whole /= 10;
    }
  while (whole != 0);
  if (value < 0)
    digits[--at] = '-';
  g_string_append_len (text, digits + at, (gssize) (sizeof digits - at));
}

/* Hours may be more than a day has: formats of time are also for durations. */
static void
append_time (GString *text, double seconds)
{
  gint64 milliseconds = (gint64) round (fabs (seconds) * 1000.0);

  g_string_append_printf (text, "%s%02d:%02d:%02d", seconds < 0 ? "-" : "",
                          (int) (milliseconds / 3600000), (int) (milliseconds / 60000 % 60),
                          (int) (milliseconds / 1000 % 60));
  if (milliseconds % 1000 != 0)
    g_string_append_printf (text, ".%03d", (int) (milliseconds % 1000));
}

DhkCellKind
dhk_spss_value_append (
    GString *text, const DhkSpssFormat *format, DhkColumnType type, double value, double *seconds)
{
  double since_1970 = value - REFORM_SECONDS;

  *seconds = value;
  if (!isfinite (value))
    {
      g_string_append (text, value > 0 ? "inf" : "-inf");
      *seconds = 0;
      return DHK_CELL_ERROR;
    }
  if (type == DHK_COLUMN_TIME && fabs (value) < LAST_SECONDS / 1000)
    {
      append_time (text, value);
      return DHK_CELL_DATE;
    }
  if (type == DHK_COLUMN_DATE && value >= 0 && since_1970 <= LAST_SECONDS)
    {
      gboolean day = get_class (format) == FORMAT_DAY;

      *seconds = since_1970;
      dhk_xlsx_date_append (text, day ? floor (since_1970 / 86400) * 86400 : since_1970,
                            day ? DHK_XLSX_DATE : DHK_XLSX_DATE_TIME);
      return DHK_CELL_DATE;
    }
  append_number (text, value);
  return type == DHK_COLUMN_NUMBER ? DHK_CELL_NUMBER : DHK_CELL_ERROR;
}

/* Texts ---------------------------------------------------------------- */

gboolean
dhk_spss_text_init (DhkSpssText *self, const char *encoding)
{
  static const char probe[] = "Az09 _.";
  g_autofree char *out = NULL;
  gsize n_out = 0;

  memset (self, 0, sizeof *self);
  self->is_utf8
      = g_ascii_strcasecmp (encoding, "UTF-8") == 0 || g_ascii_strcasecmp (encoding, "UTF8") == 0;
  if (self->is_utf8)
    return TRUE;

  /* Names and codes are compared as bytes; an encoding that has other letters for
   * the first 128 is none that SPSS writes on a computer of this age. */
  out = g_convert (probe, -1, "UTF-8", encoding, NULL, &n_out, NULL);
  if (out == NULL || strcmp (out, probe) != 0)
    return FALSE;
  self->converter = g_iconv_open ("UTF-8", encoding);
  return self->converter != (GIConv) -1;
}

void
dhk_spss_text_clear (DhkSpssText *self)
{
  if (self->converter != NULL && self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  self->converter = NULL;
}

static void
append_utf8 (DhkSpssText *self, GString *out, const char *bytes, gsize length)
{
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *stop;

      g_utf8_validate_len (bytes, (gsize) (end - bytes), &stop);
      g_string_append_len (out, bytes, stop - bytes);
      if (stop == end)
        return;
      /* SPSS fills a field to its last byte and may halve a letter there. Of a letter with a zero
       * byte in it GLib says the same, wherever that is. */
      if (g_utf8_get_char_validated (stop, end - stop) == (gunichar) -2
          && memchr (stop, '\0', (gsize) (end - stop)) == NULL)
        return;
      self->broken = TRUE;
      g_string_append (out, "\xef\xbf\xbd");
      bytes = stop + 1;
    }
}

static void
append_converted (DhkSpssText *self, GString *out, const char *bytes, gsize length)
{
  char *in = (char *) bytes;
  char piece[1024];

  g_iconv (self->converter, NULL, NULL, NULL, NULL);
  while (length > 0)
    {
      char *to = piece;
      gsize room = sizeof piece;
      gsize before = length;

      g_iconv (self->converter, &in, &length, &to, &room);
      g_string_append_len (out, piece, to - piece);
      if (length > 0 && length == before && to == piece)
        {
          /* Stuck at a byte without a meaning, or at a letter that was cut. */
          self->broken = TRUE;
          g_string_append (out, "\xef\xbf\xbd");
          in++;
          length--;
        }
    }
}

void
dhk_spss_text_append (DhkSpssText *self, GString *out, const char *bytes, gsize length)
{
  gsize i = 0;

  while (i < length && (guint8) bytes[i] < 0x80)
    i++;
  if (i == length)
    g_string_append_len (out, bytes, (gssize) length);
  else if (self->is_utf8)
    append_utf8 (self, out, bytes, length);
  else
    append_converted (self, out, bytes, length);
}
