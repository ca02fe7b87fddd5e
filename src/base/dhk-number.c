/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-number.h"

#include <math.h>
#include <string.h>

DhkNumberStyle
dhk_number_style_for_language (DhkLanguage language)
{
  return language == DHK_LANGUAGE_NL ? DHK_NUMBER_STYLE_DUTCH : DHK_NUMBER_STYLE_ENGLISH;
}

/* Rounds the decimal digits of `text` ("123.4565", no exponent) half up to
 * `decimals` places. Works on digits so that 3.125 and 0.285, whose doubles lie
 * a hair beside, round as their printed digits do. */
static char *
round_digits (const char *text, guint decimals)
{
  const char *point = strchr (text, '.');
  gsize whole = point != NULL ? (gsize) (point - text) : strlen (text);
  gsize fraction = point != NULL ? strlen (point + 1) : 0;
  GString *digits = g_string_new ("0");
  gboolean up;

  g_string_append_len (digits, text, (gssize) whole);
  for (guint i = 0; i < decimals; i++)
    g_string_append_c (digits, i < fraction ? point[1 + i] : '0');

  up = fraction > decimals && point[1 + decimals] >= '5';
  for (gsize i = digits->len; up && i-- > 0;)
    {
      up = digits->str[i] == '9';
      digits->str[i] = up ? '0' : (char) (digits->str[i] + 1);
    }

  if (decimals > 0)
    g_string_insert_c (digits, (gssize) (digits->len - decimals), '.');
  while (digits->str[0] == '0' && g_ascii_isdigit (digits->str[1]))
    g_string_erase (digits, 0, 1);
  return g_string_free (digits, FALSE);
}

/* |value| rounded, with a decimal point, and whether anything is left of it. */
static char *
format_absolute (double value, guint decimals)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* 15 significant digits: what a double carries without noise. A second pass
   * with fixed decimals keeps exponents out of the text. */
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", fabs (value));
  if (strchr (buffer, 'e') != NULL)
    {
      char wide[400];

      g_ascii_formatd (wide, sizeof wide, "%.20f", fabs (value));
      return round_digits (wide, decimals);
    }
  return round_digits (buffer, decimals);
}

static char *
with_style (char *text, gboolean negative, gboolean leading_zero, DhkNumberStyle style)
{
  g_autofree char *owned = text;
  const char *shown = owned;
  char *result, *point;

  if (strspn (owned, "0.") == strlen (owned))
    negative = FALSE;
  if (!leading_zero && owned[0] == '0' && owned[1] == '.')
    shown = owned + 1;

  /* U+2212: a real minus sign, as wide as the digits. */
  result = g_strconcat (negative ? "\xe2\x88\x92" : "", shown, NULL);
  point = strchr (result, '.');
  if (point != NULL && style == DHK_NUMBER_STYLE_DUTCH)
    *point = ',';
  return result;
}

char *
dhk_number_format_fixed (double value, guint decimals, DhkNumberStyle style)
{
  if (!isfinite (value))
    return g_strdup ("–");
  return with_style (format_absolute (value, decimals), value < 0, TRUE, style);
}

static char *
format_p (double value, DhkNumberStyle style)
{
  if (value < 0.001)
    return g_strdup (style == DHK_NUMBER_STYLE_DUTCH ? "< ,001" : "< .001");
  /* A probability just below 1 is not certainty. */
  if (value > 0.999)
    return g_strdup (style == DHK_NUMBER_STYLE_DUTCH ? "> ,999" : "> .999");
  return with_style (format_absolute (value, 3), FALSE, FALSE, style);
}

char *
dhk_number_format (DhkNumberKind kind, double value, DhkNumberStyle style)
{
  if (!isfinite (value))
    return g_strdup ("–");

  switch (kind)
    {
    case DHK_NUMBER_COUNT:
      return with_style (format_absolute (value, 0), value < 0, TRUE, style);
    case DHK_NUMBER_R:
    case DHK_NUMBER_ALPHA:
    case DHK_NUMBER_ETA_SQUARED:
      return with_style (format_absolute (value, 2), value < 0, FALSE, style);
    case DHK_NUMBER_P:
      return format_p (value, style);
    case DHK_NUMBER_DF:
      return with_style (format_absolute (value, fabs (value - round (value)) < 1e-9 ? 0 : 2),
                         value < 0, TRUE, style);
    case DHK_NUMBER_PERCENT:
      return with_style (format_absolute (value, 1), value < 0, TRUE, style);
    case DHK_NUMBER_MEAN:
    case DHK_NUMBER_SD:
    case DHK_NUMBER_STATISTIC:
    case DHK_NUMBER_D:
      return with_style (format_absolute (value, 2), value < 0, TRUE, style);
    default:
      g_return_val_if_reached (g_strdup ("–"));
    }
}

char *
dhk_number_format_equation (const char *symbol,
                            DhkNumberKind kind,
                            double value,
                            DhkNumberStyle style)
{
  g_autofree char *text = dhk_number_format (kind, value, style);

  g_return_val_if_fail (symbol != NULL, NULL);

  if (text[0] == '<' || text[0] == '>')
    return g_strconcat (symbol, " ", text, NULL);
  return g_strconcat (symbol, " = ", text, NULL);
}

const char *
dhk_number_to_file (double value, char *buffer)
{
  g_return_val_if_fail (buffer != NULL, "");

  if (!isfinite (value))
    buffer[0] = '\0';
  else
    for (int digits = 15; digits <= 17; digits++)
      {
        char format[] = "%.15g";

        format[3] = (char) ('0' + digits - 10);
        g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, format, value);
        /* Equal to the bit: the shortest text that reads back the same. */
        if (memcmp (&(double){ g_ascii_strtod (buffer, NULL) }, &value, sizeof value) == 0)
          break;
      }
  return buffer;
}

gboolean
dhk_number_from_file (const char *text, double *value)
{
  double number;
  char *end;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (text[strspn (text, "+-0123456789.eE")] != '\0' || strpbrk (text, "0123456789") == NULL)
    return FALSE;
  number = g_ascii_strtod (text, &end);
  if (*end != '\0' || !isfinite (number))
    return FALSE;
  *value = number;
  return TRUE;
}
