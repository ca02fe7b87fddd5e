/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a column writes its dates. */

#include "import/dhk-column-guess.h"

#include <string.h>

#include "import/dhk-calendar.h"
#include "import/dhk-column-text.h"

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
  text = dhk_text_skip_spaces (text);
  if (g_ascii_strncasecmp (text, "AM", 2) == 0 || g_ascii_strncasecmp (text, "PM", 2) == 0)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (g_ascii_tolower (*text) == 'p' ? 12 : 0);
      text = dhk_text_skip_spaces (text + 2);
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
  text = dhk_text_skip_spaces (text);
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
  if (*dhk_text_skip_spaces (text) == '\0')
    return TRUE;
  if (*text == ',')
    text++;
  return dhk_text_skip_spaces (text) > text
         && take_time (dhk_text_skip_spaces (text), &date->of_day);
}

static gboolean
date_in_order (const Date *date, DhkDateOrder order, double *seconds)
{
  int year, month, day;

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

  if (!dhk_calendar_is_day (year, month, day))
    return FALSE;
  *seconds = (double) dhk_calendar_count_days (year, month, day) * 86400.0 + date->of_day;
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

/* Texts that differ in digits only --------------------------------------------- */

/* A number of at most `most` digits, which are zeros here. */
static guint
count_zeros (const char **text, guint most)
{
  guint n = 0;

  while (**text == '0' && n < most)
    {
      (*text)++;
      n++;
    }
  return **text == '0' ? 0 : n;
}

static gboolean
init_day (DhkDateForm *self, const char **text)
{
  for (guint i = 0; i < 3; i++)
    {
      self->n_digits[i] = (guint8) count_zeros (text, i == 1 ? 2 : 4);
      if (self->n_digits[i] == 0)
        return FALSE;
      if (i == 0)
        self->sign = **text;
      if (i < 2 && (**text != self->sign || (**text != '-' && **text != '/' && **text != '.')))
        return FALSE;
      if (i < 2)
        (*text)++;
    }
  if (self->n_digits[0] == 4)
    return self->n_digits[2] <= 2;
  return self->n_digits[0] <= 2 && (self->n_digits[2] == 2 || self->n_digits[2] == 4);
}

static gboolean
init_time (DhkDateForm *self, const char *text)
{
  for (guint i = 0; i < 3; i++)
    {
      self->n_digits[3 + i] = (guint8) count_zeros (&text, 2);
      if (self->n_digits[3 + i] == 0)
        return FALSE;
      if (*text != ':')
        break;
      if (i < 2)
        text++;
    }
  if (self->n_digits[4] == 0)
    return FALSE;
  while (*text == ' ')
    text++;
  if (strcmp (text, "AM") == 0 || strcmp (text, "PM") == 0)
    {
      self->half = *text;
      text += 2;
    }
  return *text == '\0';
}

gboolean
dhk_date_form_init (DhkDateForm *self, const char *zeros)
{
  const char *text = zeros;

  g_return_val_if_fail (self != NULL && zeros != NULL, FALSE);

  *self = (DhkDateForm){ .divisor = 1, .day = G_MAXUINT64 };
  if (!init_day (self, &text))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (*text != ' ' && *text != 'T')
    return FALSE;
  if (!init_time (self, text + 1))
    return FALSE;
  for (guint i = 3; i < 6; i++)
    for (guint n = 0; n < self->n_digits[i]; n++)
      self->divisor *= 10;
  return TRUE;
}

static gint
take_last (guint *digits, guint8 n)
{
  const guint power = n == 2 ? 100 : n == 1 ? 10 : n == 4 ? 10000 : 1;
  gint number = (gint) (*digits % power);

  *digits /= power;
  return number;
}

/* The time of day as seconds, or -1. */
static gint
read_time (const DhkDateForm *self, guint digits)
{
  gint second = take_last (&digits, self->n_digits[5]);
  gint minute = take_last (&digits, self->n_digits[4]);
  gint hour = (gint) digits;

  if (self->half != '\0')
    {
      if (hour < 1 || hour > 12)
        return -1;
      hour = hour % 12 + (self->half == 'P' ? 12 : 0);
    }
  return hour > 23 || minute > 59 || second > 59 ? -1 : hour * 3600 + minute * 60 + second;
}

/* The date of the digits; FALSE when their time is none. The same day comes again and again. */
static gboolean
read_date (DhkDateForm *self, guint64 digits, Date *date, gboolean *again)
{
  guint64 day = digits / self->divisor;
  gint of_day = self->divisor > 1 ? read_time (self, (guint) (digits % self->divisor)) : 0;
  guint rest = (guint) day;

  if (of_day < 0 || day > G_MAXUINT32)
    return FALSE;
  *again = day == self->day;
  self->day = day;
  date->of_day = of_day;
  if (*again)
    return TRUE;
  date->sign = self->sign;
  for (guint i = 3; i > 0; i--)
    {
      date->n_digits[i - 1] = self->n_digits[i - 1];
      date->part[i - 1] = take_last (&rest, self->n_digits[i - 1]);
    }
  return TRUE;
}

gboolean
dhk_date_form_read (DhkDateForm *self, guint64 digits, DhkDateOrder order, double *seconds)
{
  Date date;
  gboolean again;

  g_return_val_if_fail (self != NULL && seconds != NULL, FALSE);

  if (!read_date (self, digits, &date, &again))
    return FALSE;
  if (!again)
    {
      double of_day = date.of_day;

      date.of_day = 0;
      self->is_day = date_in_order (&date, order, &self->midnight);
      date.of_day = of_day;
    }
  *seconds = self->midnight + date.of_day;
  return self->is_day;
}

/* The order of days and months --------------------------------------------------- */

/* What a date says about it. */
typedef enum
{
  SAYS_NOTHING, /* it is none */
  SAYS_YMD,
  SAYS_YMD_WRONGLY,
  SAYS_DMY,
  SAYS_MDY,
  SAYS_EITHER_BY_SLASH,
  SAYS_EITHER_BY_DASH,
} Says;

static Says
judge_date (const Date *date)
{
  gboolean dmy, mdy;
  double seconds;

  if (date->n_digits[0] == 4)
    return date_in_order (date, DHK_DATES_YMD, &seconds) ? SAYS_YMD : SAYS_YMD_WRONGLY;
  dmy = date_in_order (date, DHK_DATES_DMY, &seconds);
  mdy = date_in_order (date, DHK_DATES_MDY, &seconds);
  if (dmy && mdy)
    return date->sign == '/' ? SAYS_EITHER_BY_SLASH : SAYS_EITHER_BY_DASH;
  if (dmy)
    return SAYS_DMY;
  return mdy ? SAYS_MDY : SAYS_NOTHING;
}

static void
add_evidence (DhkDateEvidence *self, Says says, gsize n)
{
  self->n_texts += n;
  self->n_dates += says != SAYS_NOTHING && says != SAYS_YMD_WRONGLY ? n : 0;
  self->n_dmy += says == SAYS_DMY ? n : 0;
  self->n_mdy += says == SAYS_MDY ? n : 0;
  self->n_slash += says == SAYS_EITHER_BY_SLASH ? n : 0;
  self->n_dash += says == SAYS_EITHER_BY_DASH ? n : 0;
}

void
dhk_date_evidence_add (DhkDateEvidence *self, const char *text, gsize n)
{
  Date date;

  g_return_if_fail (self != NULL);

  if (!dhk_text_is_nothing (text))
    add_evidence (self, take_date (text, &date) ? judge_date (&date) : SAYS_NOTHING, n);
}

void
dhk_date_evidence_add_digits (DhkDateEvidence *self, DhkDateForm *form, guint64 digits)
{
  Date date;
  gboolean again;

  g_return_if_fail (self != NULL && form != NULL);

  if (!read_date (form, digits, &date, &again))
    {
      add_evidence (self, SAYS_NOTHING, 1);
      return;
    }
  if (!again)
    form->says = (int) judge_date (&date);
  add_evidence (self, (Says) form->says, 1);
}

void
dhk_date_evidence_merge (DhkDateEvidence *self, const DhkDateEvidence *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  self->n_texts += other->n_texts;
  self->n_dates += other->n_dates;
  self->n_dmy += other->n_dmy;
  self->n_mdy += other->n_mdy;
  self->n_slash += other->n_slash;
  self->n_dash += other->n_dash;
}

DhkDateGuess
dhk_date_evidence_judge (const DhkDateEvidence *self)
{
  DhkDateGuess guess = { DHK_DATES_NONE, TRUE, self->n_texts, self->n_dates };

  if (guess.n_dates == 0 || guess.n_dates <= guess.n_texts - guess.n_dates)
    guess.order = DHK_DATES_NONE;
  else if (self->n_dmy > 0 && self->n_mdy > 0)
    guess.order = DHK_DATES_CONTRADICTORY;
  else if (self->n_dmy > 0)
    guess.order = DHK_DATES_DMY;
  else if (self->n_mdy > 0)
    guess.order = DHK_DATES_MDY;
  else if (self->n_slash + self->n_dash == 0)
    guess.order = DHK_DATES_YMD;
  else
    {
      guess.order = self->n_slash >= self->n_dash ? DHK_DATES_MDY : DHK_DATES_DMY;
      guess.certain = FALSE;
    }
  return guess;
}

DhkDateGuess
dhk_column_dates_guess (const char *const *texts, gsize n_texts)
{
  DhkDateEvidence evidence = { 0 };

  for (gsize i = 0; i < n_texts; i++)
    dhk_date_evidence_add (&evidence, texts[i], 1);
  return dhk_date_evidence_judge (&evidence);
}
