/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-slices.h"

/* Making takes a tenth of what measuring and drawing in the same frame do: none more after so many us. */
#define TIME 4000

#define DATA "dhk-slices"

typedef struct
{
  DhkPieceFunc func;
  guint place;
  guint n;
  guint tick;
  gulong destroyed;
} Slices;

/* TRUE while something is left. A piece may stop or start the work that it belongs to. */
static gboolean
make_some (GtkWidget *widget, guint most, gint64 time)
{
  gint64 end = g_get_monotonic_time () + time;
  Slices *self = g_object_get_data (G_OBJECT (widget), DATA);

  for (guint i = 0; i < most && (i == 0 || g_get_monotonic_time () < end); i++)
    {
      Slices *before = self;
      gboolean more = self->func (widget, self->place++);

      self = g_object_get_data (G_OBJECT (widget), DATA);
      if (self == NULL || self != before)
        return self != NULL;
      if (!more)
        {
          dhk_slices_stop (widget);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
slice_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Slices *self = g_object_get_data (G_OBJECT (widget), DATA);

  if (self != NULL)
    make_some (widget, self->n, TIME);
  return G_SOURCE_CONTINUE;
}

void
dhk_slices_start (GtkWidget *widget, DhkPieceFunc func, guint n)
{
  Slices *self;

  g_return_if_fail (GTK_IS_WIDGET (widget) && func != NULL && n > 0);

  dhk_slices_stop (widget);
  self = g_new0 (Slices, 1);
  self->func = func;
  self->n = n;
  self->tick = gtk_widget_add_tick_callback (widget, slice_cb, NULL, NULL);
  self->destroyed = g_signal_connect (widget, "destroy", G_CALLBACK (dhk_slices_stop), NULL);
  g_object_set_data_full (G_OBJECT (widget), DATA, self, g_free);
  make_some (widget, n, TIME);
}

void
dhk_slices_finish (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (dhk_slices_is_at_work (widget))
    make_some (widget, G_MAXUINT, G_TIME_SPAN_DAY);
}

void
dhk_slices_stop (GtkWidget *widget)
{
  Slices *self;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  self = g_object_get_data (G_OBJECT (widget), DATA);
  if (self == NULL)
    return;
  g_signal_handler_disconnect (widget, self->destroyed);
  gtk_widget_remove_tick_callback (widget, self->tick);
  g_object_set_data (G_OBJECT (widget), DATA, NULL);
}

gboolean
dhk_slices_is_at_work (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  return g_object_get_data (G_OBJECT (widget), DATA) != NULL;
}
