/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-page-sheet.h"

#include <glib/gi18n.h>

/* GTK's logical pixels are 1/96 inch, paper is measured in 1/72. */
#define PIXELS_PER_POINT (96.0 / 72.0)

struct _DhkPageSheet
{
  GtkWidget parent_instance;

  DhkPages *pages;
  guint page;
  double zoom;
  gboolean in_sight;
};

G_DEFINE_FINAL_TYPE (DhkPageSheet, dhk_page_sheet, GTK_TYPE_WIDGET)

static void
dhk_page_sheet_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  DhkPageSheet *self = DHK_PAGE_SHEET (widget);
  const DhkPaper *paper = dhk_pages_get_paper (self->pages);
  double points = orientation == GTK_ORIENTATION_HORIZONTAL ? paper->width : paper->height;

  *minimum = *natural = (int) (points * PIXELS_PER_POINT * self->zoom + 0.5);
}

static void
dhk_page_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DhkPageSheet *self = DHK_PAGE_SHEET (widget);
  graphene_rect_t area;
  cairo_t *cr;

  if (!self->in_sight)
    return;
  graphene_rect_init (&area, 0, 0, (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_scale (cr, PIXELS_PER_POINT * self->zoom, PIXELS_PER_POINT * self->zoom);
  dhk_pages_draw (self->pages, self->page, cr);
  cairo_destroy (cr);
}

static void
dhk_page_sheet_finalize (GObject *object)
{
  DhkPageSheet *self = DHK_PAGE_SHEET (object);

  g_clear_pointer (&self->pages, dhk_pages_unref);

  G_OBJECT_CLASS (dhk_page_sheet_parent_class)->finalize (object);
}

static void
dhk_page_sheet_class_init (DhkPageSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dhk_page_sheet_finalize;
  widget_class->measure = dhk_page_sheet_measure;
  widget_class->snapshot = dhk_page_sheet_snapshot;

  gtk_widget_class_set_css_name (widget_class, "pagesheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
dhk_page_sheet_init (DhkPageSheet *self)
{
  self->zoom = 1;
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
dhk_page_sheet_new (DhkPages *pages, guint page)
{
  DhkPageSheet *self;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (pages != NULL, NULL);

  self = g_object_new (DHK_TYPE_PAGE_SHEET, NULL);
  self->pages = dhk_pages_ref (pages);
  self->page = page;
  label = g_strdup_printf (_ ("Page %u of %u"), page + 1, dhk_pages_get_n (pages));
  text = dhk_pages_dup_text (pages, page);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return GTK_WIDGET (self);
}

void
dhk_page_sheet_set_zoom (DhkPageSheet *self, double zoom)
{
  g_return_if_fail (DHK_IS_PAGE_SHEET (self));

  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
dhk_page_sheet_set_in_sight (DhkPageSheet *self, gboolean in_sight)
{
  g_return_if_fail (DHK_IS_PAGE_SHEET (self));

  if (self->in_sight == in_sight)
    return;
  self->in_sight = in_sight;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
