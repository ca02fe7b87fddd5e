/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * When a response began and ended. Of cells that differ in their digits only, nearly every row having its
 * own, the digits are read without making their text.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/dhk-halves.h"
#include "import/dhk-column-guess.h"

/* Rows that are read together. */
#define BLOCK 512

/* A workbook that lost its formats shows dates as days since 1900. */
#define FIRST_DAY 20000.0
#define LAST_DAY 80000.0
#define DAY_OF_1970 25569.0
#define SECONDS_PER_DAY 86400.0

static gboolean
is_day (double day)
{
  return day > FIRST_DAY && day < LAST_DAY;
}

gboolean
dhk_recogniser_may_be_time (const DhkWord *word)
{
  double number;

  switch (word->cell->kind)
    {
    case DHK_CELL_DATE:
      return is_day (word->cell->number / SECONDS_PER_DAY + DAY_OF_1970);
    case DHK_CELL_NUMBER:
      return is_day (word->cell->number);
    case DHK_CELL_TEXT:
      return !(dhk_column_number_parse (word->text, DHK_NUMBERS_DECIMAL_POINT, &number)
               || dhk_column_number_parse (word->text, DHK_NUMBERS_DECIMAL_COMMA, &number))
             || is_day (number);
    case DHK_CELL_EMPTY:
    case DHK_CELL_BOOLEAN:
    case DHK_CELL_ERROR:
    case DHK_CELL_MISSING:
    default:
      return FALSE;
    }
}

static gboolean
read_day (double day, gint64 *seconds)
{
  if (!is_day (day))
    return FALSE;
  *seconds = llround ((day - DAY_OF_1970) * SECONDS_PER_DAY);
  return TRUE;
}

static gboolean
read_time (const DhkWord *word, DhkDateOrder order, gint64 *seconds)
{
  double value = 0;

  switch (word->cell->kind)
    {
    case DHK_CELL_DATE:
      value = word->cell->number;
      break;
    case DHK_CELL_NUMBER:
      return read_day (word->cell->number, seconds);
    case DHK_CELL_TEXT:
      if (order == DHK_DATES_NONE)
        return (dhk_column_number_parse (word->text, DHK_NUMBERS_DECIMAL_POINT, &value)
                || dhk_column_number_parse (word->text, DHK_NUMBERS_DECIMAL_COMMA, &value))
               && read_day (value, seconds);
      if (order == DHK_DATES_CONTRADICTORY || !dhk_column_date_parse (word->text, order, &value))
        return FALSE;
      break;
    case DHK_CELL_EMPTY:
    case DHK_CELL_BOOLEAN:
    case DHK_CELL_ERROR:
    case DHK_CELL_MISSING:
    default:
      return FALSE;
    }
  *seconds = llround (value);
  return TRUE;
}

/* A column of times --------------------------------------------------------------- */

typedef enum
{
  FORM_OTHER, /* read each by its text */
  FORM_SECONDS,
  FORM_SHOWN_SECONDS,
  FORM_DAYS,
  FORM_DATE,
} FormKind;

/* A shape of the column. */
typedef struct
{
  FormKind kind;
  DhkDateForm date;
  DhkDateForm weighed; /* the same, for the order of day and month */
} Form;

/* What a value of the column says. */
typedef enum
{
  NOT_READ,
  NO_TIME,
  BAD_TIME,
  GOOD_TIME,
} State;

typedef struct
{
  DhkRecogniser *recogniser;
  guint column;
  const DhkRawColumn *cells;
  guint n_values;
  gboolean completed;
  Form *forms;     /* of the shapes */
  State *states;   /* of the listed values */
  gint64 *seconds; /* the same */

  /* What is found. */
  DhkDateEvidence evidence;
  gboolean any_text;
  GArray *bad; /* guint: rows whose time is none */
} Column;

/* Started and completed, those that are there. */
typedef struct
{
  Column columns[2];
  guint n;
  gboolean apart; /* neither looks at what the other one makes */
  DhkDateOrder order;
} Times;

static FormKind
init_form (Form *self, const DhkWord *zeros)
{
  switch (zeros->cell->kind)
    {
    case DHK_CELL_DATE:
      /* Its text is made of its number, so it says the same. */
      return dhk_date_form_init (&self->date, zeros->text) ? FORM_SHOWN_SECONDS : FORM_SECONDS;
    case DHK_CELL_NUMBER:
      return FORM_DAYS;
    case DHK_CELL_TEXT:
      /* A text that is cleaned is not made of the cell's digits alone. */
      return strcmp (zeros->text, zeros->cell->text) == 0
                     && dhk_date_form_init (&self->date, zeros->text)
                 ? FORM_DATE
                 : FORM_OTHER;
    case DHK_CELL_EMPTY:
    case DHK_CELL_BOOLEAN:
    case DHK_CELL_ERROR:
    case DHK_CELL_MISSING:
    default:
      return FORM_OTHER;
    }
}

static void
column_init (Column *self, DhkRecogniser *recogniser, guint column, gboolean completed)
{
  guint n_shapes;

  self->recogniser = recogniser;
  self->column = column;
  self->completed = completed;
  self->bad = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cells = dhk_raw_table_get_column (recogniser->sheet->table, column);
  self->n_values = dhk_raw_column_get_n_values (self->cells);
  n_shapes = dhk_raw_column_get_n_shapes (self->cells);
  self->states = g_new0 (State, self->n_values);
  self->seconds = g_new0 (gint64, self->n_values);
  self->forms = g_new0 (Form, n_shapes);
  for (guint i = 0; i < n_shapes; i++)
    {
      Form *form = &self->forms[i];

      form->kind = init_form (
          form, dhk_sheet_get_listed_word (recogniser->sheet, column, self->n_values + i));
      form->weighed = form->date;
    }
}

static void
column_clear (Column *self)
{
  g_free (self->states);
  g_free (self->seconds);
  g_free (self->forms);
  g_array_unref (self->bad);
}

/* Words that are made one by one, and kept, are made in one thread only. */
static gboolean
has_other_form (const Column *self)
{
  for (guint i = 0; i < dhk_raw_column_get_n_shapes (self->cells); i++)
    if (self->forms[i].kind == FORM_OTHER)
      return TRUE;
  return FALSE;
}

static void
times_init (Times *self, DhkRecogniser *recogniser)
{
  const int columns[] = { recogniser->started, recogniser->completed };

  *self = (Times){ .apart = columns[0] != columns[1] };
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      Column *column = &self->columns[self->n];

      if (columns[i] < 0)
        continue;
      column_init (column, recogniser, (guint) columns[i], i == 1);
      self->apart = self->apart && !has_other_form (column);
      self->n++;
    }
}

static void
times_clear (Times *self)
{
  for (guint i = 0; i < self->n; i++)
    column_clear (&self->columns[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Times, times_clear)

typedef void (*TimesFunc) (guint column, gpointer times);

static void
for_each_column (Times *self, TimesFunc func)
{
  if (self->n == 2 && self->apart)
    dhk_both_do (self->columns[0].recogniser->rows->len, func, self);
  else
    for (guint i = 0; i < self->n; i++)
      func (i, self);
}

/* The values and digits of `n` rows of the list. */
static void
look_up (const Column *self, guint first, guint n, guint *values, guint64 *digits)
{
  dhk_raw_column_look_up (self->cells, &g_array_index (self->recogniser->rows, guint, first), n,
                          values, digits);
}

/* The order of day and month --------------------------------------------------------- */

static void
weigh_row (Column *self, guint row, guint value, guint64 digits)
{
  Form *form = &self->forms[value - self->n_values];
  DhkWordText text;

  if (form->kind == FORM_DATE)
    dhk_date_evidence_add_digits (&self->evidence, &form->weighed, digits);
  else if (form->kind == FORM_OTHER)
    dhk_date_evidence_add (
        &self->evidence,
        dhk_recogniser_peek_word (self->recogniser, row, self->column, &text)->text, 1);
}

static void
weigh_column (guint index, gpointer times)
{
  Column *self = &((Times *) times)->columns[index];
  const GArray *rows = self->recogniser->rows;
  g_autofree gsize *counts = g_new0 (gsize, self->n_values);
  guint n_listed = self->n_values + dhk_raw_column_get_n_shapes (self->cells);
  guint values[BLOCK];
  guint64 digits[BLOCK];

  for (guint first = 0; first < rows->len; first += BLOCK)
    {
      guint n = MIN (BLOCK, rows->len - first);

      look_up (self, first, n, values, digits);
      for (guint i = 0; i < n; i++)
        if (values[i] < self->n_values)
          counts[values[i]]++;
        else
          weigh_row (self, first + i, values[i], digits[i]);
    }
  for (guint value = 0; value < n_listed; value++)
    if (dhk_raw_column_get_listed (self->cells, value)->kind == DHK_CELL_TEXT
        && (value >= self->n_values || counts[value] > 0))
      {
        self->any_text = TRUE;
        if (value < self->n_values)
          dhk_date_evidence_add (
              &self->evidence,
              dhk_sheet_get_listed_word (self->recogniser->sheet, self->column, value)->text,
              counts[value]);
      }
}

/* Only a person can tell, or may tell better. */
static DhkDateOrder
settle_order (DhkRecogniser *self, DhkDateGuess guess)
{
  gboolean open = guess.order == DHK_DATES_CONTRADICTORY;
  int column = self->started >= 0 ? self->started : self->completed;
  const char *answer;

  dhk_asker_begin (self->asker, g_strdup_printf ("%s:dates", self->slug),
                   g_strdup_printf (open ? _ ("The dates in “%s” contradict each other. Which "
                                              "comes first, the day or the month?")
                                         : _ ("Which comes first in the dates of “%s”, the day or "
                                              "the month?"),
                                    self->file->name),
                   dhk_recogniser_dup_examples (self, (guint) column));
  dhk_recogniser_about (self, "dates", "");
  dhk_asker_choice (self->asker, "day-first", g_strdup (_ ("The day")));
  dhk_asker_choice (self->asker, "month-first", g_strdup (_ ("The month")));
  dhk_asker_choice (self->asker, "none", g_strdup (_ ("Neither: do not read the times")));
  answer = open ? dhk_asker_end (self->asker, NULL)
                : dhk_asker_decide (self->asker,
                                    guess.order == DHK_DATES_DMY ? "day-first" : "month-first");
  if (answer == NULL || strcmp (answer, "none") == 0)
    return DHK_DATES_CONTRADICTORY;
  return strcmp (answer, "day-first") == 0 ? DHK_DATES_DMY : DHK_DATES_MDY;
}

/* Both columns of times are written by one program: they are judged together. */
static DhkDateOrder
guess_order (DhkRecogniser *self, Times *times)
{
  DhkDateEvidence evidence = { 0 };
  gboolean any = FALSE;
  DhkDateGuess guess;
  DhkDateOrder order;

  for_each_column (times, weigh_column);
  for (guint i = 0; i < times->n; i++)
    {
      dhk_date_evidence_merge (&evidence, &times->columns[i].evidence);
      any |= times->columns[i].any_text;
    }
  if (!any)
    return DHK_DATES_NONE;
  guess = dhk_date_evidence_judge (&evidence);
  if (guess.order == DHK_DATES_NONE || guess.order == DHK_DATES_YMD)
    return guess.order;
  order = settle_order (self, guess);
  if (!guess.certain && guess.order == DHK_DATES_MDY && order == DHK_DATES_MDY)
    dhk_draft_file_add_note (self->file, DHK_NOTE_INFORMATION, 0,
                             _ ("Dates were read with the month first, as forms write them."));
  return order;
}

/* The times ------------------------------------------------------------------------------ */

static State
read_word (const DhkWord *word, DhkDateOrder order, gint64 *seconds)
{
  if (dhk_word_is_blank (word))
    return NO_TIME;
  return read_time (word, order, seconds) ? GOOD_TIME : BAD_TIME;
}

static State
read_listed (Column *self, guint value, DhkDateOrder order, gint64 *seconds)
{
  if (self->states[value] == NOT_READ)
    self->states[value]
        = read_word (dhk_sheet_get_listed_word (self->recogniser->sheet, self->column, value),
                     order, &self->seconds[value]);
  *seconds = self->seconds[value];
  return self->states[value];
}

static State
read_row (Column *self, guint row, guint value, guint64 digits, DhkDateOrder order, gint64 *seconds)
{
  Form *form = &self->forms[value - self->n_values];
  gboolean has_order = order != DHK_DATES_NONE && order != DHK_DATES_CONTRADICTORY;
  double number;
  DhkWordText text;

  switch (form->kind)
    {
    case FORM_SHOWN_SECONDS:
      if (dhk_date_form_read (&form->date, digits, DHK_DATES_YMD, &number))
        {
          *seconds = llround (number);
          return GOOD_TIME;
        }
      G_GNUC_FALLTHROUGH;
    case FORM_SECONDS:
      *seconds = llround (dhk_raw_column_read_digits (self->cells, value, digits));
      return GOOD_TIME;
    case FORM_DAYS:
      return read_day (dhk_raw_column_read_digits (self->cells, value, digits), seconds) ? GOOD_TIME
                                                                                         : BAD_TIME;
    case FORM_DATE:
      if (!has_order)
        break;
      if (!dhk_date_form_read (&form->date, digits, order, &number))
        return BAD_TIME;
      *seconds = llround (number);
      return GOOD_TIME;
    case FORM_OTHER:
    default:
      break;
    }
  return read_word (dhk_recogniser_peek_word (self->recogniser, row, self->column, &text), order,
                    seconds);
}

static void
read_block (Column *self, guint first, guint n, DhkDateOrder order)
{
  guint values[BLOCK];
  guint64 digits[BLOCK];

  look_up (self, first, n, values, digits);
  for (guint row = first; row < first + n; row++)
    {
      guint value = values[row - first];
      gint64 seconds = 0;
      State state = value < self->n_values
                        ? read_listed (self, value, order, &seconds)
                        : read_row (self, row, value, digits[row - first], order, &seconds);

      if (state == BAD_TIME)
        g_array_append_val (self->bad, row);
      dhk_row_source_set_time (self->recogniser->source, row, self->completed,
                               state == GOOD_TIME ? seconds : 0);
    }
}

static void
read_column (guint index, gpointer data)
{
  Times *times = data;
  Column *self = &times->columns[index];
  guint n_rows = self->recogniser->rows->len;

  for (guint first = 0; first < n_rows; first += BLOCK)
    read_block (self, first, MIN (BLOCK, n_rows - first), times->order);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* Rows of which a time is none, once each. */
static GArray *
list_unread (DhkRecogniser *self, const Times *times)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *unread = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < times->n; i++)
    g_array_append_vals (bad, times->columns[i].bad->data, times->columns[i].bad->len);
  g_array_sort (bad, compare_rows);
  for (guint i = 0; i < bad->len; i++)
    {
      guint row = g_array_index (bad, guint, i);

      if ((i == 0 || g_array_index (bad, guint, i - 1) != row)
          && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)))
        g_array_append_val (unread, row);
    }
  return unread;
}

static void
note_unread (DhkRecogniser *self, const Times *times)
{
  g_autoptr (GArray) unread = list_unread (self, times);
  g_autofree char *lines = NULL;

  if (unread->len == 0 || times->order == DHK_DATES_CONTRADICTORY)
    return;
  lines = dhk_recogniser_list_lines (self, unread);
  dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION,
                           dhk_recogniser_get_line (self, g_array_index (unread, guint, 0)),
                           ngettext ("The time of %u row could not be read (line %s).",
                                     "The times of %u rows could not be read (lines %s).",
                                     unread->len),
                           unread->len, lines);
}

void
dhk_recogniser_read_times (DhkRecogniser *self)
{
  g_auto (Times) times = { .n = 0 };

  times_init (&times, self);
  times.order = guess_order (self, &times);
  for_each_column (&times, read_column);
  note_unread (self, &times);
}
