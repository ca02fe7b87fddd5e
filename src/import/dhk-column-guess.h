/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the column of a text file writes its numbers and its dates.
 *
 * Decided for one column of one file from its texts alone; never by the
 * machine's locale. A column whose texts contradict each other, or leave it
 * open, is the person's question.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Numbers */

typedef enum
{
  DHK_NUMBERS_NONE,          /* not a column of numbers */
  DHK_NUMBERS_WHOLE,         /* whole numbers only: both styles read them alike */
  DHK_NUMBERS_DECIMAL_COMMA, /* 0,435 and 1.234,5 */
  DHK_NUMBERS_DECIMAL_POINT, /* 0.435 and 1,234.5 */
  DHK_NUMBERS_OPEN,          /* texts like 1.234 or 1,234: a thousand or a fraction */
  DHK_NUMBERS_CONTRADICTORY, /* both 1,5 and 1.5 occur */
} DhkColumnNumbers;

/**
 * DhkNumberGuess:
 * @style: the verdict; NONE unless more than half of the texts are numbers
 * @n_texts: texts that are not blank
 * @n_numbers: of these, numbers in some style
 * @n_comma: texts that are numbers only with a decimal comma
 * @n_point: texts that are numbers only with a decimal point
 * @n_open: texts that mean one thing in either style and not the same
 * @n_grouped: texts that are numbers in one style only, with groups of thousands
 */
typedef struct
{
  DhkColumnNumbers style;
  gsize n_texts;
  gsize n_numbers;
  gsize n_comma;
  gsize n_point;
  gsize n_open;
  gsize n_grouped;
} DhkNumberGuess;

/**
 * dhk_column_numbers_guess:
 * @texts: (array length=n_texts): the column's cells; %NULL and blank ones are passed over
 */
DhkNumberGuess dhk_column_numbers_guess (const char *const *texts, gsize n_texts);

/**
 * DhkTextFunc:
 *
 * Returns: the text at a place, lent until the next one is asked for; %NULL to pass over it
 */
typedef const char *(*DhkTextFunc) (gsize place, gpointer user_data);

/**
 * dhk_column_numbers_guess_each:
 *
 * The same from texts that are not all there at once.
 */
DhkNumberGuess dhk_column_numbers_guess_each (DhkTextFunc func, gpointer user_data, gsize n_texts);

/**
 * dhk_number_guess_weigh:
 *
 * Returns: the verdict on the numbers alone, however many other texts there are
 */
DhkColumnNumbers dhk_number_guess_weigh (const DhkNumberGuess *guess);

/**
 * dhk_column_number_parse:
 * @style: WHOLE, DECIMAL_COMMA or DECIMAL_POINT
 * @value: (out): the number, when %TRUE
 *
 * Groups of thousands may be set off by the other sign, a space, a
 * non-breaking or thin space, or an apostrophe, in right groups of three.
 *
 * Returns: whether the whole text is one finite number in this style
 */
gboolean dhk_column_number_parse (const char *text, DhkColumnNumbers style, double *value);

/* Dates */

typedef enum
{
  DHK_DATES_NONE,          /* not a column of dates */
  DHK_DATES_YMD,           /* 2023-03-14, also with T, fractions of a second, Z */
  DHK_DATES_DMY,           /* 14-3-2023, 14/03/23, 14.3.2023 */
  DHK_DATES_MDY,           /* 3/14/2023, 3/14/23 */
  DHK_DATES_CONTRADICTORY, /* both 14/3 and 3/14 occur */
} DhkDateOrder;

/**
 * DhkDateGuess:
 * @order: the verdict; NONE unless more than half of the texts are dates
 * @certain: %FALSE when no day is above 12, so that custom decided: slashes
 *   are month first (how Forms exports come out of a CSV), dashes and points
 *   are day first
 * @n_texts: texts that are not blank
 * @n_dates: of these, dates
 */
typedef struct
{
  DhkDateOrder order;
  gboolean certain;
  gsize n_texts;
  gsize n_dates;
} DhkDateGuess;

/**
 * dhk_column_dates_guess:
 * @texts: (array length=n_texts): the column's cells; %NULL and blank ones are passed over
 */
DhkDateGuess dhk_column_dates_guess (const char *const *texts, gsize n_texts);

/* The same, from texts that are not all there at once. All zeros is where it begins. */
typedef struct
{
  gsize n_texts, n_dates;
  gsize n_dmy, n_mdy;    /* that are dates in this order only */
  gsize n_slash, n_dash; /* in either, with slashes or with another sign */
} DhkDateEvidence;

/* A text that stands there `n` times. */
void dhk_date_evidence_add (DhkDateEvidence *self, const char *text, gsize n);

/* What another column tells. */
void dhk_date_evidence_merge (DhkDateEvidence *self, const DhkDateEvidence *other);
DhkDateGuess dhk_date_evidence_judge (const DhkDateEvidence *self);

/**
 * dhk_column_date_parse:
 * @order: YMD, DMY or MDY; a text with the year first is read in any order
 * @seconds: (out): seconds since 1970-01-01 00:00 of the wall clock (a zone
 *   in the text is ignored), when %TRUE
 *
 * A date, or a date with a time (h:mm, h:mm:ss, with a fraction, AM or PM).
 * Years of two digits are 1969 to 2068.
 *
 * Returns: whether the whole text is one real date in this order
 */
gboolean dhk_column_date_parse (const char *text, DhkDateOrder order, double *seconds);

/* Dates that differ in their digits only: where which digits stand is found once for all. */
typedef struct
{
  guint8 n_digits[6]; /* of the parts of the date in their order, hour, minute, second */
  char sign;          /* between day, month and year */
  char half;          /* 'A' or 'P': of the day, or '\0' */
  guint64 divisor;    /* what is above it is the date */
  guint64 day;        /* the last one, and what was found */
  double midnight;
  gboolean is_day;
  int says;
} DhkDateForm;

/**
 * dhk_date_form_init:
 * @zeros: such a text with zeros for its digits
 *
 * Returns: whether it is written plainly; of other texts dhk_column_date_parse() knows more
 */
gboolean dhk_date_form_init (DhkDateForm *self, const char *zeros);

/**
 * dhk_date_form_read:
 * @digits: the digits of the text, as one number
 * @order: always the same one for a form
 *
 * Says of the text what dhk_column_date_parse() says.
 */
gboolean
dhk_date_form_read (DhkDateForm *self, guint64 digits, DhkDateOrder order, double *seconds);

/* What dhk_date_evidence_add() does of the text; not with a form that dates are read by. */
void dhk_date_evidence_add_digits (DhkDateEvidence *self, DhkDateForm *form, guint64 digits);

G_END_DECLS
