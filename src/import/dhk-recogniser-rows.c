/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a file: raw text without personal columns, times, identity, content. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-column-guess.h"

/* Raw text -------------------------------------------------------------- */

/* A column without a head may hold names: until a person says what it is, it is not kept. */
static gboolean
is_kept (const DhkColumnWork *column)
{
  if (column->role == DHK_COLUMN_PERSONAL)
    return FALSE;
  if (column->head[0] == '\0')
    return column->n_filled > 0 && column->role != DHK_COLUMN_ASKED;
  return TRUE;
}

static GArray *
list_kept (DhkRecogniser *self)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint c = 0; c < self->columns->len; c++)
    if (is_kept (dhk_recogniser_get_column (self, c)))
      g_array_append_val (kept, c);
  return kept;
}

static void
set_raw_head (DhkRecogniser *self, const GArray *kept)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < kept->len; i++)
    {
      guint column = g_array_index (kept, guint, i);

      if (i > 0)
        g_string_append_c (line, ',');
      dhk_text_append_csv (line, dhk_recogniser_get_column (self, column)->head, DHK_CSV_AS_IS);
    }
  self->file->raw_head = g_strdup (line->str);
}

/* Times -------------------------------------------------------------------- */

/* A workbook that lost its formats shows dates as days since 1900. */
#define FIRST_DAY 20000.0
#define LAST_DAY 80000.0
#define DAY_OF_1970 25569.0
#define SECONDS_PER_DAY 86400.0

/* Texts of both columns of times, one after the other. */
typedef struct
{
  DhkRecogniser *recogniser;
  int columns[2];
  guint n_columns;
  guint n_texts;
  DhkWordText text;
} Texts;

static const char *
get_time_text (gsize place, gpointer user_data)
{
  Texts *self = user_data;
  guint n_rows = self->recogniser->rows->len;
  const DhkWord *word
      = dhk_recogniser_peek_word (self->recogniser, (guint) (place % n_rows),
                                  (guint) self->columns[place / n_rows], &self->text);

  if (word->cell->kind != DHK_CELL_TEXT)
    return NULL;
  self->n_texts++;
  return word->text;
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
  Texts texts = { .recogniser = self };
  DhkDateGuess guess;
  DhkDateOrder order;

  if (self->started >= 0)
    texts.columns[texts.n_columns++] = self->started;
  if (self->completed >= 0)
    texts.columns[texts.n_columns++] = self->completed;
  guess = dhk_column_dates_guess_each (get_time_text, &texts,
                                       (gsize) texts.n_columns * self->rows->len);
  if (texts.n_texts == 0)
    return DHK_DATES_NONE;
  if (guess.order == DHK_DATES_NONE || guess.order == DHK_DATES_YMD)
    return guess.order;
  order = settle_order (self, guess);
  if (!guess.certain && guess.order == DHK_DATES_MDY && order == DHK_DATES_MDY)
    dhk_draft_file_add_note (self->file, DHK_NOTE_INFORMATION, 0,
                             _ ("Dates were read with the month first, as forms write them."));
  return order;
}

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

static void
read_times (DhkRecogniser *self)
{
  DhkDateOrder order = guess_order (self);
  g_autoptr (GArray) unread = g_array_new (FALSE, FALSE, sizeof (guint));
  const int columns[] = { self->started, self->completed };

  for (guint row = 0; row < self->rows->len; row++)
    {
      gboolean bad = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          const DhkWord *word;
          DhkWordText text;
          gint64 seconds = 0;

          if (columns[i] < 0)
            continue;
          word = dhk_recogniser_peek_word (self, row, (guint) columns[i], &text);
          bad |= !dhk_word_is_blank (word) && !read_time (word, order, &seconds);
          dhk_row_source_set_time (self->source, row, i == 1, seconds);
        }
      if (bad && order != DHK_DATES_CONTRADICTORY
          && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)))
        g_array_append_val (unread, row);
    }
  if (unread->len > 0)
    {
      g_autofree char *lines = dhk_recogniser_list_lines (self, unread);

      dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION,
                               dhk_recogniser_get_line (self, g_array_index (unread, guint, 0)),
                               ngettext ("The time of %u row could not be read (line %s).",
                                         "The times of %u rows could not be read (lines %s).",
                                         unread->len),
                               unread->len, lines);
    }
}

void
dhk_recogniser_add_rows (DhkRecogniser *self)
{
  g_autoptr (GArray) kept = list_kept (self);

  set_raw_head (self, kept);
  dhk_recogniser_find_totals (self);
  dhk_recogniser_settle_rows (self);
  /* Which rows count is settled now. */
  g_hash_table_remove_all (self->tallies);
  self->file->found = self->rows->len;
  self->source = dhk_row_source_new (self->sheet, self->rows, self->asides);
  for (guint i = 0; i < kept->len; i++)
    dhk_row_source_keep_column (self->source, g_array_index (kept, guint, i));
  dhk_row_source_set_form_id (self->source, self->form_id);
  if (self->shape->kind == DHK_SHAPE_LIMESURVEY || self->shape->kind == DHK_SHAPE_QUALTRICS)
    {
      dhk_row_source_trust_form_id (self->source);
      self->file->numbers_tell = self->form_id >= 0 && self->started < 0;
    }
  if (self->questionnaire != NULL)
    dhk_row_source_set_questionnaire (self->source, self->questionnaire->id,
                                      self->questionnaire->n_questions);
  read_times (self);
}

/* The end --------------------------------------------------------------------- */

static gboolean
has_answers (const gint8 *codes, guint n)
{
  for (guint q = 0; q < n; q++)
    if (codes[q] >= 0 || codes[q] == DHK_MISSING_UNREADABLE)
      return TRUE;
  return FALSE;
}

#define BLOCK 256

static void
set_empty_aside (DhkRecogniser *self)
{
  guint n = self->file->n_questions;
  g_autofree gint8 *codes = g_new (gint8, (gsize) n * BLOCK + 1);

  for (guint first = 0; first < self->rows->len; first += BLOCK)
    {
      guint part = MIN (BLOCK, self->rows->len - first);

      dhk_draft_file_read_codes (self->file, first, part, codes);
      for (guint i = 0; i < part; i++)
        if (!has_answers (codes + (gsize) i * n, n)
            && dhk_draft_file_get_fate (self->file, first + i) != DHK_ROW_ASIDE)
          dhk_draft_file_set_aside (self->file, first + i, "%s",
                                    _ ("no answers and no background"));
    }
}

static void
give_rows (DhkRecogniser *self)
{
  GHashTableIter iter;
  gpointer row, reason;

  dhk_row_source_give (g_steal_pointer (&self->source), self->file);
  g_hash_table_iter_init (&iter, self->asides);
  while (g_hash_table_iter_next (&iter, &row, &reason))
    dhk_draft_file_set_aside (self->file, GPOINTER_TO_UINT (row), "%s", (const char *) reason);
}

static void
emit_columns (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *work = dhk_recogniser_get_column (self, c);
      gboolean personal = work->role == DHK_COLUMN_PERSONAL;
      DhkDraftColumn *column;

      if (work->head[0] == '\0' && work->n_filled == 0)
        continue;
      column = dhk_draft_file_add_column (self->file, c, personal ? "[personal]" : work->head,
                                          work->role);
      column->question = work->question;
      column->reason = work->reason != NULL ? g_strdup (work->reason)
                                            : g_strdup (_ ("no question has this text"));
      column->decision = g_strdup (work->asked);
      if (!personal && work->role != DHK_COLUMN_FORM_ID && work->role != DHK_COLUMN_STARTED
          && work->role != DHK_COLUMN_COMPLETED)
        column->key = dhk_recogniser_dup_key (self, c);
      if (!personal && is_kept (work))
        column->examples = dhk_recogniser_dup_examples (self, c);
    }
}

/* While the questionnaire is open, so is every column that may be a question. */
static void
open_columns (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role != DHK_COLUMN_UNMATCHED || column->hits == NULL)
        continue;
      column->role = DHK_COLUMN_ASKED;
      column->reason = g_strdup (_ ("depends on the questionnaire"));
    }
}

void
dhk_recogniser_seal (DhkRecogniser *self)
{
  if (self->questionnaire == NULL)
    open_columns (self);
  emit_columns (self);
  give_rows (self);
  if (self->questionnaire != NULL)
    set_empty_aside (self);
}
