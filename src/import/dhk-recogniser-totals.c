/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows of totals that somebody wrote under the responses. They are no
 * respondents: a row is one when it says so where a response has its number or
 * time; or when it has no time and says so elsewhere, or its figures are sums or
 * means of those above, or are no possible answers at all.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Only so many of the last rows are added up. */
#define LAST_ROWS 3

static const DhkWord *
peek_word (DhkRecogniser *self, guint row, int column, DhkWordText *text)
{
  return column < 0 ? NULL : dhk_recogniser_peek_word (self, row, (guint) column, text);
}

static gboolean
is_filled (DhkRecogniser *self, guint row, int column)
{
  DhkWordText text;
  const DhkWord *word = peek_word (self, row, column, &text);

  return word != NULL && !dhk_word_is_blank (word);
}

static DhkTotalWord
find_total (const DhkWord *word)
{
  return word != NULL && word->cell->kind == DHK_CELL_TEXT ? dhk_head_words_find_total (word->fold)
                                                           : DHK_TOTAL_NONE;
}

/* What a response must have and a total cannot: a sum or a count of times is none. */
static gboolean
has_time (DhkRecogniser *self, guint row)
{
  const int columns[] = { self->started, self->completed };

  DhkWordText text;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (is_filled (self, row, columns[i])
        && dhk_recogniser_may_be_time (peek_word (self, row, columns[i], &text)))
      return TRUE;
  return FALSE;
}

/* Where a response has its number and times, a word for totals leaves no doubt. */
static gboolean
is_marked (DhkRecogniser *self, guint row)
{
  DhkWordText text;

  return find_total (peek_word (self, row, self->form_id, &text)) == DHK_TOTAL_CLEAR
         || find_total (peek_word (self, row, self->started, &text)) != DHK_TOTAL_NONE
         || find_total (peek_word (self, row, self->completed, &text)) != DHK_TOTAL_NONE;
}

/* Its first cell says so, or any cell of a row that else has figures only. */
static gboolean
says_total (DhkRecogniser *self, guint row)
{
  gboolean first = TRUE;
  gboolean said = FALSE;

  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (self, row, c, &text);
      DhkTotalWord total = find_total (word);

      if (dhk_word_is_blank (word))
        continue;
      if (first && total == DHK_TOTAL_CLEAR)
        return TRUE;
      if (total == DHK_TOTAL_NONE && !dhk_labels_is_number (word))
        return FALSE;
      said |= total != DHK_TOTAL_NONE;
      first = FALSE;
    }
  return said;
}

/* Sum and number of the numbers above; FALSE when the cell itself is none. */
static gboolean
add_above (DhkRecogniser *self, guint row, guint column, double *sum, guint *n, double *value)
{
  DhkWordText text;
  const DhkWord *word = dhk_recogniser_peek_word (self, row, column, &text);
  int code;

  if (word->cell->kind == DHK_CELL_NUMBER)
    *value = word->cell->number;
  else if (dhk_labels_parse_code (word, &code))
    *value = code;
  else
    return FALSE;

  *sum = 0;
  *n = 0;
  for (guint above = 0; above < row; above++)
    {
      word = dhk_recogniser_peek_word (self, above, column, &text);
      if (g_hash_table_contains (self->asides, GUINT_TO_POINTER (above)))
        continue;
      if (word->cell->kind == DHK_CELL_NUMBER)
        *sum += word->cell->number;
      else if (dhk_labels_parse_code (word, &code))
        *sum += code;
      else
        continue;
      (*n)++;
    }
  return TRUE;
}

/* All its figures are sums, or all are means, and some are no possible answer. */
static gboolean
adds_up (DhkRecogniser *self, guint row)
{
  gboolean sums = TRUE;
  gboolean means = TRUE;
  gboolean large = FALSE;
  gboolean broken = FALSE;
  guint n_figures = 0;

  for (guint c = 0; c < self->columns->len && (sums || means); c++)
    {
      double sum, value;
      guint n;

      if ((int) c == self->form_id || !is_filled (self, row, (int) c))
        continue;
      if (!add_above (self, row, c, &sum, &n, &value) || n < 3)
        return FALSE;
      n_figures++;
      sums = sums && fabs (value - sum) < 0.005;
      means = means && fabs (value - sum / n) < 0.051;
      large |= value > 20;
      broken |= fabs (value - nearbyint (value)) > 0.005;
    }
  return n_figures >= 2 && ((sums && large) || (means && broken));
}

typedef struct
{
  guint n_figures;    /* answers to a question for a number */
  guint n_possible;   /* figures that are codes of their answer scale */
  guint n_impossible; /* figures that are none, or stand where categories do */
  guint n_words;
} Figures;

static void
weigh_answer (DhkRecogniser *self, guint question, const DhkWord *word, Figures *figures)
{
  const DhkAnswerScale *scale = dhk_recogniser_get_scale (self, question);
  int code;

  if (find_total (word) != DHK_TOTAL_NONE)
    return;
  if (dhk_recogniser_get_labels (self, question) == NULL)
    figures->n_figures += dhk_labels_is_number (word) ? 1 : 0;
  else if (!dhk_labels_is_number (word))
    figures->n_words++;
  else if (scale != NULL && dhk_labels_parse_code (word, &code)
           && dhk_answer_scale_find (scale, code) != NULL)
    figures->n_possible++;
  else
    figures->n_impossible++;
}

/* Figures only, and what they say is no answer that anybody could give. */
static gboolean
is_no_answer (DhkRecogniser *self, guint row)
{
  Figures figures = { 0 };

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (self, row, c, &text);

      if (column->role == DHK_COLUMN_QUESTION && !dhk_word_is_blank (word))
        weigh_answer (self, (guint) column->question, word, &figures);
    }
  if (figures.n_words > 0)
    return FALSE;
  if (figures.n_possible + figures.n_impossible == 0)
    return figures.n_figures > 0;
  return figures.n_impossible > figures.n_possible;
}

static void
set_aside (DhkRecogniser *self, guint row, const char *reason)
{
  g_hash_table_insert (self->asides, GUINT_TO_POINTER (row), g_strdup (reason));
}

/* What a cell where a response has its number or times says, told once for each value. */
typedef enum
{
  SAYS_MORE,      /* has to be looked at */
  SAYS_NO_TOTAL,  /* no word for totals, and no time */
  SAYS_TIME,      /* surely a time */
  SAYS_TIME_OR_NO /* a time when its number is a day of these decades */
} Says;

typedef struct
{
  const DhkRawColumn *cells; /* NULL: there is no such column */
  guint8 *says;              /* Says, by value */
} Signs;

static Says
judge_value (const DhkWord *word)
{
  if (dhk_word_is_blank (word))
    return SAYS_NO_TOTAL;
  if (word->cell->kind != DHK_CELL_TEXT)
    return word->cell->kind == DHK_CELL_ERROR || word->cell->kind == DHK_CELL_BOOLEAN
               ? SAYS_NO_TOTAL
               : SAYS_TIME_OR_NO;
  for (const char *p = word->fold; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      return SAYS_MORE;
  /* With these signs it is no number, whatever its digits. */
  return strpbrk (word->text + 1, ":/-") != NULL && dhk_recogniser_may_be_time (word) ? SAYS_TIME
                                                                                      : SAYS_MORE;
}

/* No word for totals is digits only. */
static gboolean
is_digits (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static void
read_signs (DhkRecogniser *self, int column, Signs *signs)
{
  guint n;

  if (column < 0)
    return;
  signs->cells = dhk_raw_table_get_column (self->sheet->table, (guint) column);
  n = dhk_raw_column_get_n_values (signs->cells) + dhk_raw_column_get_n_shapes (signs->cells);
  signs->says = g_malloc (n);
  for (guint value = 0; value < n; value++)
    {
      const DhkWord *word = dhk_sheet_get_listed_word (self->sheet, (guint) column, value);

      signs->says[value]
          = (guint8) (column == self->form_id && is_digits (word->text) ? SAYS_NO_TOTAL
                                                                        : judge_value (word));
    }
}

/* A row with a time and without a word for totals, as nearly all are. */
static gboolean
is_plain_row (DhkRecogniser *self, const Signs *signs, guint row)
{
  guint place = g_array_index (self->rows, guint, row);
  gboolean timed = FALSE;

  for (guint i = 0; i < 3; i++)
    {
      Says says;
      DhkCellText text;

      if (signs[i].cells == NULL)
        continue;
      says = (Says) signs[i].says[dhk_raw_column_get_value (signs[i].cells, place)];
      if (says == SAYS_MORE)
        return FALSE;
      if (i == 0 || timed)
        continue;
      if (says == SAYS_TIME_OR_NO)
        {
          const DhkCell cell = dhk_raw_column_get_cell (signs[i].cells, place, &text);
          const DhkWord word = { .cell = &cell };

          timed = dhk_recogniser_may_be_time (&word);
        }
      else
        timed = says == SAYS_TIME;
    }
  return timed;
}

void
dhk_recogniser_find_totals (DhkRecogniser *self)
{
  Signs signs[3] = { { NULL } };
  guint n_rows = self->rows->len;
  gboolean timed = self->started >= 0 || self->completed >= 0;

  read_signs (self, self->form_id, &signs[0]);
  read_signs (self, self->started, &signs[1]);
  read_signs (self, self->completed, &signs[2]);
  for (guint row = 0; row < n_rows; row++)
    {
      gboolean unsigned_row;

      if (is_plain_row (self, signs, row))
        continue;
      if (is_marked (self, row))
        set_aside (self, row, _ ("a row of totals, no respondent"));
      if (g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)) || has_time (self, row))
        continue;
      /* Without the time or the number that the form gives every response. */
      unsigned_row = timed || (self->form_id >= 0 && !is_filled (self, row, self->form_id));
      if (says_total (self, row) || (unsigned_row && is_no_answer (self, row)))
        set_aside (self, row, _ ("a row of totals, no respondent"));
    }

  for (guint row = n_rows - MIN (LAST_ROWS, n_rows); row < n_rows; row++)
    if (!g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)) && !has_time (self, row)
        && (timed || !is_filled (self, row, self->form_id)) && adds_up (self, row))
      set_aside (self, row, _ ("its figures are the totals of the rows above"));
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    g_free (signs[i].says);
}
