/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows of totals that somebody wrote under the responses. They are no
 * respondents: a row is one when its first cell says so, or when it has
 * neither number nor time and its figures are sums or means of those above.
 */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Only so many of the last rows are added up. */
#define LAST_ROWS 3

static gboolean
is_filled (DhkRecogniser *self, guint row, int column)
{
  return column >= 0 && !dhk_word_is_blank (dhk_recogniser_get_word (self, row, (guint) column));
}

static gboolean
says_total (DhkRecogniser *self, guint row)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkWord *word = dhk_recogniser_get_word (self, row, c);

      if (dhk_word_is_blank (word))
        continue;
      return word->cell->kind == DHK_CELL_TEXT && dhk_head_words_is_total (word->fold);
    }
  return FALSE;
}

/* Sum and number of the numbers above; FALSE when the cell itself is none. */
static gboolean
add_above (DhkRecogniser *self, guint row, guint column, double *sum, guint *n, double *value)
{
  const DhkWord *word = dhk_recogniser_get_word (self, row, column);
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
      word = dhk_recogniser_get_word (self, above, column);
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

      if (dhk_word_is_blank (dhk_recogniser_get_word (self, row, c)))
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

void
dhk_recogniser_find_totals (DhkRecogniser *self)
{
  guint n_rows = self->rows->len;

  for (guint row = 0; row < n_rows; row++)
    if (!is_filled (self, row, self->started) && !is_filled (self, row, self->completed)
        && says_total (self, row))
      g_hash_table_insert (self->asides, GUINT_TO_POINTER (row),
                           g_strdup (_ ("a row of totals, no respondent")));

  for (guint row = n_rows - MIN (LAST_ROWS, n_rows); row < n_rows; row++)
    if (!g_hash_table_contains (self->asides, GUINT_TO_POINTER (row))
        && !is_filled (self, row, self->started) && !is_filled (self, row, self->completed)
        && !is_filled (self, row, self->form_id) && adds_up (self, row))
      g_hash_table_insert (self->asides, GUINT_TO_POINTER (row),
                           g_strdup (_ ("its figures are the totals of the rows above")));
}
