/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which questions of an outline become items, which background variables, and which have no place. */

#include <string.h>

#include "import/dhk-outline.h"

static gboolean
have_same_answers (const DhkOutlineQuestion *a, const DhkOutlineQuestion *b)
{
  if (a->answers->len != b->answers->len)
    return FALSE;
  for (guint i = 0; i < a->answers->len; i++)
    {
      const DhkOutlineAnswer *one = g_ptr_array_index (a->answers, i);
      const DhkOutlineAnswer *other = g_ptr_array_index (b->answers, i);

      if (one->code != other->code || strcmp (one->label, other->label) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Codes as given when all are there and rise, else places. */
static void
settle_codes (DhkOutlineQuestion *question)
{
  int last = -1;
  gboolean rises = TRUE;

  for (guint i = 0; i < question->answers->len; i++)
    {
      const DhkOutlineAnswer *answer = g_ptr_array_index (question->answers, i);

      rises = rises && answer->code > last && answer->code <= 100;
      last = answer->code;
    }
  for (guint i = 0; !rises && i < question->answers->len; i++)
    ((DhkOutlineAnswer *) g_ptr_array_index (question->answers, i))->code = (int) i + 1;
}

/* Which questions share answers: those are items of one answer scale. */
static void
find_groups (DhkOutline *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      DhkOutlineQuestion *question = g_ptr_array_index (self->questions, i);

      if (question->answers->len == 0 || question->several)
        continue;
      settle_codes (question);
      question->group = G_MAXUINT;
      for (guint k = 0; k < i && question->group == G_MAXUINT; k++)
        {
          DhkOutlineQuestion *other = g_ptr_array_index (self->questions, k);

          if (other->answers->len > 0 && !other->several && have_same_answers (question, other))
            {
              question->group = other->group;
              question->is_item = other->is_item = TRUE;
            }
        }
      if (question->group == G_MAXUINT)
        question->group = self->n_groups++;
      question->is_item = question->is_item || question->in_grid;
    }
}

gboolean
dhk_outline_has_items (const DhkOutline *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    if (((const DhkOutlineQuestion *) g_ptr_array_index (self->questions, i))->is_item)
      return TRUE;
  return FALSE;
}

/* Where no two questions share answers, those with three or more are taken for items. */
static void
choose_items (DhkOutline *self)
{
  find_groups (self);
  if (dhk_outline_has_items (self))
    return;
  for (guint i = 0; i < self->questions->len; i++)
    {
      DhkOutlineQuestion *question = g_ptr_array_index (self->questions, i);

      question->is_item = question->answers->len >= 3 && !question->several;
    }
}

/* More background variables than an instrument holds: the last ones go. */
static void
leave_out_variables (DhkOutline *self)
{
  guint n = 0;

  for (guint i = 0; i < self->questions->len;)
    {
      const DhkOutlineQuestion *question = g_ptr_array_index (self->questions, i);
      guint needed = question->is_item ? 0 : question->several ? question->answers->len : 1;

      if (!question->is_item
          && (n + needed > DHK_MAX_VARIABLES
              || (question->answers->len == 1 && !question->several)))
        {
          g_ptr_array_remove_index (self->questions, i);
          self->n_left_out++;
          continue;
        }
      n += needed;
      i++;
    }
}

void
dhk_outline_sort (DhkOutline *self)
{
  choose_items (self);
  leave_out_variables (self);
}
