/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-column-guess.h"

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
is_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x00A0 || c == 0x202F || c == 0x2009 || c == 0xFEFF;
}

static gboolean
is_grouping (gunichar c)
{
  return is_space (c) || c == '\'' || c == 0x2019;
}

static const char *
skip_spaces (const char *text)
{
  while (*text != '\0' && is_space (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *skip_spaces (text) == '\0';
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
  text = skip_spaces (text);
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
          if (*skip_spaces (text) == '\0')
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

  return *skip_spaces (text) == '\0';
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

      if (is_blank (text))
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

/* Dates */

/* A date as three numbers in the order of the text. */
typedef struct
{
  int part[3];
  int n_digits[3];
  char sign;
  double of_day;
} Date;

static int
take_number (const char **text, int max_digits, int *n_digits)
{
  int number = 0;

  *n_digits = 0;
  while (g_ascii_isdigit (**text) && *n_digits < max_digits)
    {
      number = number * 10 + (*(*text)++ - '0');
      (*n_digits)++;
    }

  return *n_digits > 0 && !g_ascii_isdigit (**text) ? number : -1;
}

static double
take_fraction (const char **text)
{
  double fraction = 0, unit = 0.1;

  if (**text != '.' && **text != ',')
    return 0;
  for ((*text)++; g_ascii_isdigit (**text); (*text)++, unit /= 10)
    fraction += unit * (**text - '0');

  return fraction;
}

/* What may stand after the time and changes nothing on the wall clock. */
static void
skip_zone (const char **text)
{
  if (**text == 'Z')
    (*text)++;
  else if (**text == '+' || **text == '-')
    *text += 1 + strspn (*text + 1, "0123456789:");
}

static gboolean
take_time (const char *text, double *of_day)
{
  int hour, minute, second = 0, n;
  double fraction = 0;

  hour = take_number (&text, 2, &n);
  if (hour < 0 || *text++ != ':')
    return FALSE;
  minute = take_number (&text, 2, &n);
  if (minute < 0)
    return FALSE;
  if (*text == ':')
    {
      text++;
      second = take_number (&text, 2, &n);
      fraction = take_fraction (&text);
    }
  skip_zone (&text);
  text = skip_spaces (text);
  if (g_ascii_strncasecmp (text, "AM", 2) == 0 || g_ascii_strncasecmp (text, "PM", 2) == 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (*text) == 'p' ? 12 : 0);
      text = skip_spaces (text + 2);
    }
  if (*text != '\0' || hour > 23 || minute > 59 || second < 0 || second > 59)
    return FALSE;

  *of_day = hour * 3600 + minute * 60 + second + fraction;
  return TRUE;
}

static gboolean
take_date (const char *text, Date *date)
{
  *date = (Date){ 0 };
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  text = skip_spaces (text);
  for (guint i = 0; i < 3; i++)
    {
      date->part[i] = take_number (&text, 4, &date->n_digits[i]);
      if (date->part[i] < 0)
        return FALSE;
      if (i == 0)
        date->sign = *text;
      /* strchr() finds the end of a text in any set. */
      if (i < 2 && (*text == '\0' || *text != date->sign || strchr ("-/.", *text++) == NULL))
        return FALSE;
    }
  if (date->n_digits[1] > 2 || (date->n_digits[0] > 2 && date->n_digits[0] != 4))
    return FALSE;
  if (date->n_digits[0] == 4 ? date->n_digits[2] > 2
                             : date->n_digits[2] != 2 && date->n_digits[2] != 4)
    return FALSE;

  if (*text == 'T' && g_ascii_isdigit (text[1]))
    return take_time (text + 1, &date->of_day);
  if (*skip_spaces (text) == '\0')
    return TRUE;
  if (*text == ',')
    text++;
  return skip_spaces (text) > text && take_time (skip_spaces (text), &date->of_day);
}

static gboolean
date_in_order (const Date *date, DhkDateOrder order, double *seconds)
{
  int year, month, day;
  GDate calendar;

  if (date->n_digits[0] == 4)
    {
      year = date->part[0];
      month = date->part[1];
      day = date->part[2];
    }
  else if (order == DHK_DATES_YMD)
    return FALSE;
  else
    {
      year = date->part[2];
      if (date->n_digits[2] == 2)
        year += year < 69 ? 2000 : 1900;
      month = date->part[order == DHK_DATES_DMY ? 1 : 0];
      day = date->part[order == DHK_DATES_DMY ? 0 : 1];
    }

  if (year < 1 || month > 12
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&calendar, 1);
  g_date_set_dmy (&calendar, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  /* Julian day 1 of GLib is 0001-01-01; 1970-01-01 is 719163. */
  *seconds = ((double) g_date_get_julian (&calendar) - 719163.0) * 86400.0 + date->of_day;

  return TRUE;
}

gboolean
dhk_column_date_parse (const char *text, DhkDateOrder order, double *seconds)
{
  Date date;

  g_return_val_if_fail (text != NULL && seconds != NULL, FALSE);
  g_return_val_if_fail (order == DHK_DATES_YMD || order == DHK_DATES_DMY || order == DHK_DATES_MDY,
                        FALSE);

  return take_date (text, &date) && date_in_order (&date, order, seconds);
}

/* What one column's dates say about their order. */
typedef struct
{
  gsize n_ymd, n_dmy, n_mdy, n_slash, n_dash;
} Evidence;

static gboolean
weigh_date (const char *text, Evidence *evidence)
{
  gboolean dmy, mdy;
  double seconds;
  Date date;

  if (!take_date (text, &date))
    return FALSE;
  if (date.n_digits[0] == 4)
    {
      evidence->n_ymd++;
      return date_in_order (&date, DHK_DATES_YMD, &seconds);
    }
  dmy = date_in_order (&date, DHK_DATES_DMY, &seconds);
  mdy = date_in_order (&date, DHK_DATES_MDY, &seconds);
  if (dmy && !mdy)
    evidence->n_dmy++;
  else if (mdy && !dmy)
    evidence->n_mdy++;
  else if (dmy)
    (*(date.sign == '/' ? &evidence->n_slash : &evidence->n_dash))++;

  return dmy || mdy;
}

DhkDateGuess
dhk_column_dates_guess (const char *const *texts, gsize n_texts)
{
  return dhk_column_dates_guess_each (get_text, (gpointer) texts, n_texts);
}

DhkDateGuess
dhk_column_dates_guess_each (DhkTextFunc func, gpointer user_data, gsize n_texts)
{
  DhkDateGuess guess = { DHK_DATES_NONE, TRUE };
  Evidence evidence = { 0 };

  for (gsize i = 0; i < n_texts; i++)
    {
      const char *text = func (i, user_data);

      if (is_blank (text))
        continue;
      guess.n_texts++;
      guess.n_dates += weigh_date (text, &evidence) ? 1 : 0;
    }

  if (guess.n_dates == 0 || guess.n_dates <= guess.n_texts - guess.n_dates)
    guess.order = DHK_DATES_NONE;
  else if (evidence.n_dmy > 0 && evidence.n_mdy > 0)
    guess.order = DHK_DATES_CONTRADICTORY;
  else if (evidence.n_dmy > 0)
    guess.order = DHK_DATES_DMY;
  else if (evidence.n_mdy > 0)
    guess.order = DHK_DATES_MDY;
  else if (evidence.n_slash + evidence.n_dash == 0)
    guess.order = DHK_DATES_YMD;
  else
    {
      guess.order = evidence.n_slash >= evidence.n_dash ? DHK_DATES_MDY : DHK_DATES_DMY;
      guess.certain = FALSE;
    }

  return guess;
}
