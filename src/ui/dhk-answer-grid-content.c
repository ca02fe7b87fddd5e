/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the grid: answers, what is selected, and that as text. */

#include "ui/dhk-answer-grid-private.h"

/* Content ----------------------------------------------------------------- */

gboolean
dhk_answer_grid_is_empty (DhkAnswerGrid *self)
{
  return self->list == NULL || self->rows->len == 0 || self->questions->len == 0;
}

guint32
dhk_answer_grid_get_row (DhkAnswerGrid *self, guint position)
{
  g_assert (position < self->rows->len);
  return g_array_index (self->rows, guint32, position);
}

const DhkQuestion *
dhk_answer_grid_get_question (DhkAnswerGrid *self, guint column)
{
  g_assert (column < self->questions->len);
  return g_ptr_array_index (self->questions, column);
}

gboolean
dhk_answer_grid_is_same (const DhkQuestion *a, const DhkQuestion *b)
{
  if (a->item >= 0 || b->item >= 0)
    return a->item == b->item && a->target == b->target;
  return a->variable == b->variable;
}

static const DhkPendingAnswer *
find_pending (DhkAnswerGrid *self, guint row, const DhkQuestion *question)
{
  gint64 respondent;

  if (self->pending->len == 0)
    return NULL;
  respondent = dhk_respondents_get_id (self->list, row);
  for (guint i = self->pending->len; i > 0; i--)
    {
      const DhkPendingAnswer *pending = &g_array_index (self->pending, DhkPendingAnswer, i - 1);

      if (pending->respondent == respondent
          && dhk_answer_grid_is_same (&pending->question, question))
        return pending;
    }
  return NULL;
}

int
dhk_answer_grid_get_answer (DhkAnswerGrid *self,
                            guint row,
                            const DhkQuestion *question,
                            double *number,
                            gboolean *is_corrected)
{
  const DhkPendingAnswer *pending;

  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), DHK_MISSING_NOT_ASKED);

  pending = find_pending (self, row, question);
  if (pending != NULL)
    {
      *number = pending->number;
      *is_corrected = TRUE;
      return pending->code;
    }
  *number = dhk_respondents_get_value (self->list, row, question);
  *is_corrected = dhk_respondents_is_hand_edited_at (self->list, row, question);
  return dhk_respondents_get_code (self->list, row, question);
}

/* Selection --------------------------------------------------------------- */

GArray *
dhk_answer_grid_dup_selected (DhkAnswerGrid *self)
{
  GArray *selected = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), selected);

  if (dhk_answer_grid_is_empty (self))
    return selected;
  for (guint i = MIN (self->row, self->anchor_row); i <= MAX (self->row, self->anchor_row); i++)
    {
      gint64 respondent = dhk_respondents_get_id (self->list, dhk_answer_grid_get_row (self, i));

      g_array_append_val (selected, respondent);
    }
  return selected;
}

/* Clipboard --------------------------------------------------------------- */

static void
append_cell (DhkAnswerGrid *self, GString *text, guint32 row, guint column)
{
  const DhkQuestion *question = dhk_answer_grid_get_question (self, column);
  gboolean is_corrected;
  double number;
  int code = dhk_answer_grid_get_answer (self, row, question, &number, &is_corrected);
  g_autofree char *cell
      = dhk_answer_dup_short (dhk_respondents_get_instrument (self->list), question, code, number);

  g_string_append (text, cell);
}

char *
dhk_answer_grid_dup_text (DhkAnswerGrid *self)
{
  GString *text = g_string_new (NULL);
  guint first_row = MIN (self->row, self->anchor_row);
  guint last_row = MAX (self->row, self->anchor_row);
  guint first = MIN (self->column, self->anchor_column);
  guint last = MAX (self->column, self->anchor_column);
  gboolean has_heads = first_row < last_row || first < last;

  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), NULL);

  if (dhk_answer_grid_is_empty (self))
    return g_string_free (text, FALSE);
  for (guint i = first; has_heads && i <= last; i++)
    g_string_append_printf (text, "\t%s", (const char *) g_ptr_array_index (self->heads, i));
  for (guint position = first_row; position <= last_row; position++)
    {
      guint32 row = dhk_answer_grid_get_row (self, position);

      if (has_heads)
        {
          g_autofree char *name = dhk_answer_dup_name (self->list, row);

          g_string_append_printf (text, "\n%s\t", name);
        }
      for (guint i = first; i <= last; i++)
        {
          if (i > first)
            g_string_append_c (text, '\t');
          append_cell (self, text, row, i);
        }
    }
  return g_string_free (text, FALSE);
}
