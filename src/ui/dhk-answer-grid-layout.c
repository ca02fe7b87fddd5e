/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where things are in the grid. */

#include <glib/gi18n.h>
#include <math.h>

#include "ui/dhk-answer-grid-private.h"

#define MAX_COLUMN_WIDTH 150
#define MIN_COLUMN_WIDTH 40

/* Measures ---------------------------------------------------------------- */

static int
measure_text (DhkAnswerGrid *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
measure_column (DhkAnswerGrid *self, guint column)
{
  const DhkQuestion *question = dhk_answer_grid_get_question (self, column);
  g_autofree char *head
      = g_strdup_printf ("%s ▼", (const char *) g_ptr_array_index (self->heads, column));
  int width = measure_text (self, head);

  if (question->item < 0)
    {
      DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      for (guint i = 0; i < variable->n_categories; i++)
        width = MAX (width, measure_text (self, dhk_text_get (&variable->categories[i].label,
                                                              dhk_language_of_messages ())));
      width = MIN (width, MAX_COLUMN_WIDTH);
    }
  return MAX (width + 2 * DHK_GRID_PADDING, MIN_COLUMN_WIDTH);
}

static void
measure_heads (DhkAnswerGrid *self)
{
  DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);
  guint n = dhk_respondents_get_n (self->list);
  int width = 0;
  int excluded = measure_text (self, _ ("excluded"));

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      g_autofree char *name
          = g_strdup_printf ("%s %u", dhk_answer_get_kind (instrument, i), MAX (n, 1));

      width = MAX (width, measure_text (self, name));
    }
  self->head_width = MIN (width, 220) + 3 * DHK_GRID_PADDING + excluded;
}

void
dhk_answer_grid_measure_all (DhkAnswerGrid *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "Mg8");
  int edge = 0;
  int height;

  g_hash_table_remove_all (self->layouts);
  pango_layout_get_pixel_size (layout, NULL, &height);
  self->row_height = height + 10;
  self->head_height = height + 14;
  g_array_set_size (self->edges, 0);
  if (self->list != NULL)
    measure_heads (self);
  for (guint i = 0; self->list != NULL && i < self->questions->len; i++)
    {
      g_array_append_val (self->edges, edge);
      edge += measure_column (self, i);
    }
  g_array_append_val (self->edges, edge);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
dhk_answer_grid_get_edge (DhkAnswerGrid *self, guint column)
{
  return self->edges->len > 0 ? g_array_index (self->edges, int, MIN (column, self->edges->len - 1))
                              : 0;
}

guint
dhk_answer_grid_find_column (DhkAnswerGrid *self, double x)
{
  guint low = 0;
  guint high = self->questions != NULL ? self->questions->len : 0;

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (dhk_answer_grid_get_edge (self, middle) <= x)
        low = middle;
      else
        high = middle;
    }
  return low;
}

double
dhk_answer_grid_get_scroll (DhkAnswerGrid *self, GtkOrientation orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  return adjustment != NULL ? floor (gtk_adjustment_get_value (adjustment)) : 0;
}

GdkRectangle
dhk_answer_grid_get_focus_area (DhkAnswerGrid *self)
{
  GdkRectangle area = { 0, 0, 1, 1 };

  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), area);

  if (dhk_answer_grid_is_empty (self))
    return area;
  area.x = self->head_width + dhk_answer_grid_get_edge (self, self->column)
           - (int) dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_HORIZONTAL);
  area.width = dhk_answer_grid_get_edge (self, self->column + 1)
               - dhk_answer_grid_get_edge (self, self->column);
  area.y = self->head_height
           + (int) CLAMP ((double) self->row * self->row_height
                              - dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_VERTICAL),
                          -1e6, 1e6);
  area.height = self->row_height;
  return area;
}

gboolean
dhk_answer_grid_get_sight (DhkAnswerGrid *self, guint *first, guint *last)
{
  double top;
  double bottom;

  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), FALSE);

  if (dhk_answer_grid_is_empty (self) || self->row_height == 0)
    return FALSE;
  top = dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_VERTICAL);
  bottom = top + MAX (gtk_widget_get_height (GTK_WIDGET (self)) - self->head_height, 0);
  *first
      = dhk_answer_grid_get_row (self, MIN ((guint) (top / self->row_height), self->rows->len - 1));
  *last = dhk_answer_grid_get_row (self,
                                   MIN ((guint) (bottom / self->row_height), self->rows->len - 1));
  return TRUE;
}
