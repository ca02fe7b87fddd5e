/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scrolling the grid, and placing what stands over its cells. */

#include "ui/dhk-answer-grid-private.h"

static void
scrolled_cb (DhkAnswerGrid *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dhk_answer_grid_set_adjustment (DhkAnswerGrid *self,
                                GtkOrientation orientation,
                                GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_clear_object (&self->adjustments[orientation]);
  if (adjustment == NULL)
    return;
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
widen (GtkAdjustment *adjustment, double upper)
{
  if (adjustment != NULL)
    gtk_adjustment_set_upper (adjustment, MAX (upper, gtk_adjustment_get_page_size (adjustment)));
}

void
dhk_answer_grid_take_extent (DhkAnswerGrid *self)
{
  widen (self->adjustments[GTK_ORIENTATION_HORIZONTAL],
         dhk_answer_grid_get_edge (self, self->questions->len));
  widen (self->adjustments[GTK_ORIENTATION_VERTICAL], (double) self->rows->len * self->row_height);
}

/* `start` and `end` are of the focused cell: what is in sight of it stays so when room is lost. */
static void
configure (DhkAnswerGrid *self,
           GtkOrientation orientation,
           double upper,
           double page,
           double step,
           double start,
           double end)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double value;

  page = MAX (page, 1);
  upper = MAX (upper, page);
  if (adjustment == NULL)
    return;
  value = gtk_adjustment_get_value (adjustment);
  if (start >= value && end <= value + gtk_adjustment_get_page_size (adjustment))
    value = MIN (MAX (value, end - page), start);
  /* This is where the content is placed: no new placing may be asked for. */
  g_signal_handlers_block_by_func (adjustment, scrolled_cb, self);
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, upper - page), 0, upper, step, page * 0.9,
                            page);
  g_signal_handlers_unblock_by_func (adjustment, scrolled_cb, self);
}

void
dhk_answer_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (widget);
  guint n_rows = self->list != NULL ? self->rows->len : 0;
  GdkRectangle area;

  configure (self, GTK_ORIENTATION_HORIZONTAL,
             dhk_answer_grid_get_edge (self, self->questions != NULL ? self->questions->len : 0),
             width - self->head_width, self->row_height * 2,
             dhk_answer_grid_get_edge (self, self->column),
             dhk_answer_grid_get_edge (self, self->column + 1));
  configure (self, GTK_ORIENTATION_VERTICAL, (double) n_rows * self->row_height,
             height - self->head_height, self->row_height * 3,
             (double) self->row * self->row_height, ((double) self->row + 1) * self->row_height);
  area = dhk_answer_grid_get_focus_area (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
    else if (gtk_widget_get_visible (child))
      gtk_widget_size_allocate (child, &area, -1);
}
