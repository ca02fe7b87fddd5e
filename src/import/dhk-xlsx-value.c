/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-xlsx-value.h"

#include "base/dhk-number.h"

#include <math.h>

#define DAY_SECONDS 86400
#define DAY_MILLISECONDS (G_GINT64_CONSTANT (86400000))
/* Day zero of the two calendars of Excel, counted from 1970-01-01. The 1900
 * one has a 29 February 1900, day 60; the days before it are one further. */
#define EPOCH_1900 (-25569)
#define EPOCH_1904 (-24107)
#define PHANTOM_DAY 60
#define LAST_DAY_1900 2958465
#define LAST_DAY_1904 (LAST_DAY_1900 - 1462)

/* Longest run of digits that every double tells apart. */
#define EXACT_DIGITS 15

static const double powers[]
    = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* Up to fifteen digits and a power of ten that a double holds exactly: one
 * division then rounds rightly, and the text is the shortest there is, but for zeros at its end. */
gboolean
dhk_xlsx_digits_parse (const char *text, gsize length, double *value, gboolean *plain)
{
  const char *end = text + length;
  const char *in = text;
  gint64 digits = 0;
  guint n_digits = 0, n_fraction = 0;
  gboolean point = FALSE;

  if (in < end && *in == '-')
    in++;
  if (end - in > 1 && in[0] == '0' && in[1] != '.')
    return FALSE;

  for (; in < end; in++)
    {
      if (*in == '.' && !point && n_digits > 0)
        point = TRUE;
      else if (!g_ascii_isdigit (*in) || ++n_digits > EXACT_DIGITS)
        return FALSE;
      else
        {
          digits = digits * 10 + (*in - '0');
          n_fraction += point ? 1 : 0;
        }
    }
  if (n_digits == 0 || (point && n_fraction == 0) || (digits == 0 && length > 1))
    return FALSE;

  *plain = !(point && end[-1] == '0');
  *value = (double) (text[0] == '-' ? -digits : digits) / powers[n_fraction];
  return TRUE;
}

gboolean
dhk_xlsx_number_parse (const char *text, gsize length, double *value, gboolean *plain)
{
  g_autofree char *trimmed = NULL;

  if (dhk_xlsx_digits_parse (text, length, value, plain))
    return TRUE;

  *plain = FALSE;
  trimmed = g_strstrip (g_strndup (text, length));
  return dhk_number_from_file (trimmed, value);
}

void
dhk_xlsx_number_append (GString *text, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  /* A zero with a sign is still a zero to a person. */
  g_string_append (text, fpclassify (value) == FP_ZERO ? "0" : dhk_number_to_file (value, number));
}

gboolean
dhk_xlsx_date_seconds (double serial, gboolean date1904, double *seconds)
{
  int epoch = date1904 ? EPOCH_1904 : EPOCH_1900;
  double day = floor (serial);
  double milliseconds;

  if (!(serial >= 0) || day > (date1904 ? LAST_DAY_1904 : LAST_DAY_1900))
    return FALSE;
  if (!date1904 && day >= PHANTOM_DAY && day < PHANTOM_DAY + 1)
    return FALSE;
  if (!date1904 && day < PHANTOM_DAY)
    epoch++;

  milliseconds = round ((serial - day) * (double) DAY_MILLISECONDS);
  *seconds = ((day + epoch) * (double) DAY_MILLISECONDS + milliseconds) / 1000.0;
  return TRUE;
}

/* Calendar of days since 1970-01-01 (Howard Hinnant's algorithm, years from 1 March). */
static void
civil_from_days (gint64 days, gint64 *year, int *month, int *day)
{
  gint64 era, of_era, year_of_era, of_year, shifted_month;

  days += 719468;
  era = (days >= 0 ? days : days - 146096) / 146097;
  of_era = days - era * 146097;
  year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted_month = (5 * of_year + 2) / 153;
  *day = (int) (of_year - (153 * shifted_month + 2) / 5 + 1);
  *month = (int) (shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  *year = year_of_era + era * 400 + (*month <= 2);
}

static char *
put_two (char *out, int number)
{
  *out++ = (char) ('0' + number / 10 % 10);
  *out++ = (char) ('0' + number % 10);
  return out;
}

static char *
put_time (char *out, gint64 of_day)
{
  int rest = (int) (of_day % 3600000);

  out = put_two (out, (int) (of_day / 3600000));
  *out++ = ':';
  out = put_two (out, rest / 60000);
  *out++ = ':';
  out = put_two (out, rest / 1000 % 60);
  if (rest % 1000 != 0)
    {
      *out++ = '.';
      *out++ = (char) ('0' + rest / 100 % 10);
      out = put_two (out, rest % 100);
    }
  return out;
}

/* Of the years that dates are read for, which have four digits. */
static char *
put_day (char *out, gint64 days)
{
  gint64 year;
  int month, day;

  civil_from_days (days, &year, &month, &day);
  out = put_two (out, (int) (year / 100));
  out = put_two (out, (int) (year % 100));
  *out++ = '-';
  out = put_two (out, month);
  *out++ = '-';
  return put_two (out, day);
}

void
dhk_xlsx_date_append (GString *text, double seconds, DhkXlsxStyle style)
{
  gint64 milliseconds = (gint64) round (seconds * 1000.0);
  gint64 days = (gint64) floor (seconds / DAY_SECONDS);
  gint64 of_day = milliseconds - days * DAY_MILLISECONDS;
  char buffer[64];
  char *out = buffer;

  if (style != DHK_XLSX_TIME)
    {
      out = put_day (out, days);
      if (style != DHK_XLSX_DATE || of_day != 0)
        *out++ = ' ';
    }
  if (style != DHK_XLSX_DATE || of_day != 0)
    out = put_time (out, of_day);
  g_string_append_len (text, buffer, out - buffer);
}
