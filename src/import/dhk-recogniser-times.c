/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * When a response began and ended. Of cells that differ in their digits only, nearly every row having its
 * own, the digits are read without making their text.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
  Form *forms;     /* of the shapes */
  State *states;   /* of the listed values */
  gint64 *seconds; /* the same */
} Column;

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
column_init (Column *self, DhkRecogniser *recogniser, guint column)
{
  guint n_shapes;

  self->recogniser = recogniser;
  self->column = column;
  self->cells = dhk_raw_table_get_column (recogniser->sheet->table, column);
  self->n_values = dhk_raw_column_get_n_values (self->cells);
  n_shapes = dhk_raw_column_get_n_shapes (self->cells);
  self->states = g_new0 (State, self->n_values);
  self->seconds = g_new0 (gint64, self->n_values);
  self->forms = g_new0 (Form, n_shapes);
  for (guint i = 0; i < n_shapes; i++)
    self->forms[i].kind = init_form (
        &self->forms[i], dhk_sheet_get_listed_word (recogniser->sheet, column, self->n_values + i));
}

static void
column_clear (Column *self)
{
  g_free (self->states);
  g_free (self->seconds);
  g_free (self->forms);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Column, column_clear)

/* The values and digits of `n` rows of the list. */
static void
look_up (const Column *self, guint first, guint n, guint *values, guint64 *digits)
{
  dhk_raw_column_look_up (self->cells, &g_array_index (self->recogniser->rows, guint, first), n,
                          values, digits);
}

/* The order of day and month --------------------------------------------------------- */

static void
weigh_row (Column *self, guint row, guint value, guint64 digits, DhkDateEvidence *evidence)
{
  Form *form = &self->forms[value - self->n_values];
  DhkWordText text;

  if (form->kind == FORM_DATE)
    dhk_date_evidence_add_digits (evidence, &form->date, digits);
  else if (form->kind == FORM_OTHER)
    dhk_date_evidence_add (
        evidence, dhk_recogniser_peek_word (self->recogniser, row, self->column, &text)->text, 1);
}

/* TRUE when there are texts in the column. */
static gboolean
weigh_column (DhkRecogniser *recogniser, guint column, DhkDateEvidence *evidence)
{
  g_auto (Column) self = { NULL };
  g_autofree gsize *counts = NULL;
  guint values[BLOCK];
  guint64 digits[BLOCK];
  gboolean any = FALSE;

  column_init (&self, recogniser, column);
  counts = g_new0 (gsize, self.n_values);
  for (guint first = 0; first < recogniser->rows->len; first += BLOCK)
    {
      guint n = MIN (BLOCK, recogniser->rows->len - first);

      look_up (&self, first, n, values, digits);
      for (guint i = 0; i < n; i++)
        if (values[i] < self.n_values)
          counts[values[i]]++;
        else
          weigh_row (&self, first + i, values[i], digits[i], evidence);
    }
  for (guint value = 0; value < self.n_values + dhk_raw_column_get_n_shapes (self.cells); value++)
    if (dhk_raw_column_get_listed (self.cells, value)->kind == DHK_CELL_TEXT
        && (value >= self.n_values || counts[value] > 0))
      {
        any = TRUE;
        if (value < self.n_values)
          dhk_date_evidence_add (evidence,
                                 dhk_sheet_get_listed_word (recogniser->sheet, column, value)->text,
                                 counts[value]);
      }
  return any;
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
guess_order (DhkRecogniser *self)
{
  const int columns[] = { self->started, self->completed };
  DhkDateEvidence evidence = { 0 };
  gboolean any = FALSE;
  DhkDateGuess guess;
  DhkDateOrder order;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i] >= 0)
      any |= weigh_column (self, (guint) columns[i], &evidence);
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

/* `bad` is set for rows whose time is none. */
static void
read_block (
    Column *self, gboolean completed, guint first, guint n, DhkDateOrder order, gboolean *bad)
{
  guint values[BLOCK];
  guint64 digits[BLOCK];

  look_up (self, first, n, values, digits);
  for (guint i = 0; i < n; i++)
    {
      gint64 seconds = 0;
      State state = values[i] < self->n_values
                        ? read_listed (self, values[i], order, &seconds)
                        : read_row (self, first + i, values[i], digits[i], order, &seconds);

      bad[i] |= state == BAD_TIME;
      dhk_row_source_set_time (self->recogniser->source, first + i, completed,
                               state == GOOD_TIME ? seconds : 0);
    }
}

static void
note_unread (DhkRecogniser *self, const GArray *unread)
{
  g_autofree char *lines = NULL;

  if (unread->len == 0)
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
  DhkDateOrder order = guess_order (self);
  g_autoptr (GArray) unread = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (Column) started = { NULL };
  g_auto (Column) completed = { NULL };

  if (self->started >= 0)
    column_init (&started, self, (guint) self->started);
  if (self->completed >= 0)
    column_init (&completed, self, (guint) self->completed);
  for (guint first = 0; first < self->rows->len; first += BLOCK)
    {
      guint n = MIN (BLOCK, self->rows->len - first);
      gboolean bad[BLOCK] = { FALSE };

      if (self->started >= 0)
        read_block (&started, FALSE, first, n, order, bad);
      if (self->completed >= 0)
        read_block (&completed, TRUE, first, n, order, bad);
      for (guint row = first; order != DHK_DATES_CONTRADICTORY && row < first + n; row++)
        if (bad[row - first] && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)))
          g_array_append_val (unread, row);
    }
  note_unread (self, unread);
}
