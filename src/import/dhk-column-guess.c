/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-column-guess.h"

#include "import/dhk-column-text.h"

#include <math.h>
#include <string.h>

/* A number longer than this is not one that anybody answered. */
#define MAX_NUMBER 64
#define NO_SIGN '\0'

/* A text taken apart into what both styles can be tried on: only ASCII
 * digits, '.', ',', ' ' (any space or apostrophe between groups), and an
 * exponent. */
typedef struct
{
  gboolean negative;
  char body[MAX_NUMBER + 1];
  char exponent[8];
} Parts;

static gboolean
is_grouping (gunichar c)
{
  return dhk_text_is_space (c) || c == '\'' || c == 0x2019;
}

static gboolean
take_exponent (const char **text, Parts *parts)
{
  const char *start = *text + 1;
  const char *end = start;

  end += *end == '+' || *end == '-';
  while (g_ascii_isdigit (*end))
    end++;
  if (!g_ascii_isdigit (end[-1]) || end - start >= (gssize) sizeof parts->exponent)
    return FALSE;
  memcpy (parts->exponent, start, (gsize) (end - start));
  *text = end;

  return TRUE;
}

static gboolean
take_apart (const char *text, Parts *parts)
{
  guint n = 0;

  *parts = (Parts){ 0 };
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  text = dhk_text_skip_spaces (text);
  if (*text == '+' || *text == '-')
    parts->negative = *text++ == '-';
  else if (g_utf8_get_char (text) == 0x2212) /* minus sign */
    {
      parts->negative = TRUE;
      text = g_utf8_next_char (text);
    }

  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if ((c == 'e' || c == 'E') && n > 0)
        {
          if (!take_exponent (&text, parts))
            return FALSE;
          break;
        }
      if (is_grouping (c))
        {
          if (*dhk_text_skip_spaces (text) == '\0')
            break;
          c = ' ';
        }
      else if (c > 127 || (!g_ascii_isdigit ((char) c) && c != '.' && c != ','))
        return FALSE;
      if (n >= MAX_NUMBER)
        return FALSE;
      parts->body[n++] = (char) c;
      text = g_utf8_next_char (text);
    }

  return *dhk_text_skip_spaces (text) == '\0';
}

/* Whether the digits before the decimal sign are whole, or in groups of
 * three set off by one sign that is not the decimal one. */
static gboolean
take_whole (const char *body, char decimal, GString *digits, const char **after)
{
  char sign = NO_SIGN;
  guint in_group = 0, n_groups = 0;

  for (; *body != '\0' && *body != decimal; body++)
    {
      if (g_ascii_isdigit (*body))
        {
          g_string_append_c (digits, *body);
          in_group++;
          continue;
        }
      if ((sign != NO_SIGN && *body != sign) || in_group == 0 || in_group > 3
          || (n_groups > 0 && in_group != 3) || digits->str[0] == '0')
        return FALSE;
      sign = *body;
      n_groups++;
      in_group = 0;
    }
  *after = body;

  return n_groups == 0 || in_group == 3;
}

static gboolean
parse_parts (const Parts *parts, char decimal, double *value)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *fraction;
  gsize n_digits;

  if (!take_whole (parts->body, decimal, digits, &fraction))
    return FALSE;
  n_digits = digits->len;
  if (*fraction != '\0')
    {
      gsize n = strspn (fraction + 1, "0123456789");

      if (fraction[1 + n] != '\0')
        return FALSE;
      g_string_append_c (digits, '.');
      g_string_append_len (digits, fraction + 1, (gssize) n);
      n_digits += n;
    }
  if (n_digits == 0)
    return FALSE;
  if (parts->exponent[0] != '\0')
    g_string_append_printf (digits, "e%s", parts->exponent);

  *value = g_ascii_strtod (digits->str, NULL);
  if (parts->negative)
    *value = -*value;

  return isfinite (*value);
}

gboolean
dhk_column_number_parse (const char *text, DhkColumnNumbers style, double *value)
{
  Parts parts;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  g_return_val_if_fail (style == DHK_NUMBERS_WHOLE || style == DHK_NUMBERS_DECIMAL_COMMA
                            || style == DHK_NUMBERS_DECIMAL_POINT,
                        FALSE);

  if (!take_apart (text, &parts))
    return FALSE;
  if (style == DHK_NUMBERS_WHOLE && strpbrk (parts.body, ".,") != NULL)
    return FALSE;

  return parse_parts (&parts, style == DHK_NUMBERS_DECIMAL_COMMA ? ',' : '.', value);
}

static void
guess_number (const char *text, DhkNumberGuess *guess)
{
  double by_comma, by_point;
  gboolean comma, point;
  Parts parts;

  if (!take_apart (text, &parts))
    return;
  comma = parse_parts (&parts, ',', &by_comma);
  point = parse_parts (&parts, '.', &by_point);
  if (!comma && !point)
    return;

  guess->n_numbers++;
  if (comma && !point)
    guess->n_comma++;
  else if (point && !comma)
    guess->n_point++;
  else if (memcmp (&by_comma, &by_point, sizeof by_comma) != 0)
    guess->n_open++;
  if (comma != point && strpbrk (parts.body, ".,") != strrchr (parts.body, comma ? ',' : '.'))
    guess->n_grouped++;
}

/* 1.234 beside 0,5 may be a thousand, or a fraction of somebody who writes otherwise: only
 * a column that groups its thousands in so many signs says which. */
DhkColumnNumbers
dhk_number_guess_weigh (const DhkNumberGuess *guess)
{
  g_return_val_if_fail (guess != NULL, DHK_NUMBERS_NONE);

  if (guess->n_comma > 0 && guess->n_point > 0)
    return DHK_NUMBERS_CONTRADICTORY;
  if (guess->n_open > 0 && guess->n_grouped == 0)
    return DHK_NUMBERS_OPEN;
  if (guess->n_comma > 0)
    return DHK_NUMBERS_DECIMAL_COMMA;
  if (guess->n_point > 0)
    return DHK_NUMBERS_DECIMAL_POINT;
  return DHK_NUMBERS_WHOLE;
}

static const char *
get_text (gsize place, gpointer user_data)
{
  return ((const char *const *) user_data)[place];
}

DhkNumberGuess
dhk_column_numbers_guess (const char *const *texts, gsize n_texts)
{
  return dhk_column_numbers_guess_each (get_text, (gpointer) texts, n_texts);
}

DhkNumberGuess
dhk_column_numbers_guess_each (DhkTextFunc func, gpointer user_data, gsize n_texts)
{
  DhkNumberGuess guess = { DHK_NUMBERS_NONE };

  for (gsize i = 0; i < n_texts; i++)
    {
      const char *text = func (i, user_data);

      if (dhk_text_is_nothing (text))
        continue;
      guess.n_texts++;
      guess_number (text, &guess);
    }

  if (guess.n_numbers == 0 || guess.n_numbers <= guess.n_texts - guess.n_numbers)
    guess.style = DHK_NUMBERS_NONE;
  else
    guess.style = dhk_number_guess_weigh (&guess);

  return guess;
}
