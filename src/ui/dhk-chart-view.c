/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-chart-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "chart/dhk-draw.h"
#include "ui/dhk-message.h"

#define MIN_WIDTH 300
#define PICTURE_WIDTH 800
#define PICTURE_SCALE 2
#define PICTURE_FONT 14.667

struct _DhkChartView
{
  GtkWidget parent_instance;

  /* Children, built in init */
  GtkWidget *box;
  GtkWidget *area;
  GtkWidget *values;

  /* Owned */
  DhkChart *chart;
  int focus; /* mark under the pointer or the keyboard focus, or -1 */
};

G_DEFINE_FINAL_TYPE (DhkChartView, dhk_chart_view, GTK_TYPE_WIDGET)

/* Drawing ----------------------------------------------------------------- */

/* The interface font in pixels, text zoom included. */
static double
get_font_size (DhkChartView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (dpi > 0 ? dpi : 96) / 72;
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  DhkChartView *self = DHK_CHART_VIEW (user_data);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (self->chart != NULL)
    dhk_chart_draw (self->chart, cr, width, height, get_font_size (self),
                    dark ? DHK_LOOK_DARK : DHK_LOOK_LIGHT, self->focus);
}

GdkTexture *
dhk_chart_view_create_texture (DhkChartView *self)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;
  int height, stride;

  g_return_val_if_fail (DHK_IS_CHART_VIEW (self), NULL);

  if (self->chart == NULL)
    return NULL;
  height = (int) dhk_chart_get_natural_height (self->chart, PICTURE_WIDTH, PICTURE_FONT);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, PICTURE_WIDTH * PICTURE_SCALE,
                                        height * PICTURE_SCALE);
  cr = cairo_create (surface);
  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  dhk_chart_draw (self->chart, cr, PICTURE_WIDTH, height, PICTURE_FONT, DHK_LOOK_LIGHT, -1);
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) stride * height * PICTURE_SCALE);
  texture = gdk_memory_texture_new (PICTURE_WIDTH * PICTURE_SCALE, height * PICTURE_SCALE,
                                    GDK_MEMORY_DEFAULT, bytes, stride);
  cairo_surface_destroy (surface);
  return texture;
}

static void
update_height (DhkChartView *self)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), MIN_WIDTH);
  int height = 0;

  if (self->chart != NULL)
    height = (int) dhk_chart_get_natural_height (self->chart, width, get_font_size (self));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), height);
  gtk_widget_queue_draw (self->area);
}

static gboolean
update_height_cb (gpointer user_data)
{
  update_height (DHK_CHART_VIEW (user_data));
  return G_SOURCE_REMOVE;
}

/* A width known only now wants another height: asked for in the next round of the loop. */
static void
resize_cb (GtkDrawingArea *area, int width, int height, gpointer user_data)
{
  DhkChartView *self = DHK_CHART_VIEW (user_data);

  if (self->chart != NULL
      && (int) dhk_chart_get_natural_height (self->chart, width, get_font_size (self)) != height)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_height_cb, g_object_ref (self), g_object_unref);
}

/* The focused mark -------------------------------------------------------- */

static void
set_focus (DhkChartView *self, int mark)
{
  g_autofree char *text = NULL;

  if (self->focus == mark)
    return;
  self->focus = mark;
  if (mark >= 0)
    text = dhk_chart_dup_mark_text (self->chart, (guint) mark);
  gtk_label_set_text (GTK_LABEL (self->values), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  gtk_widget_queue_draw (self->area);
}

static int
pick (DhkChartView *self, double x, double y)
{
  if (self->chart == NULL)
    return -1;
  return dhk_chart_pick (self->chart, gtk_widget_get_width (self->area),
                         gtk_widget_get_height (self->area), get_font_size (self), x, y);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  DhkChartView *self = DHK_CHART_VIEW (user_data);

  set_focus (self, pick (self, x, y));
}

static void
leave_cb (GtkEventController *controller, gpointer user_data)
{
  set_focus (DHK_CHART_VIEW (user_data), -1);
}

static gboolean
query_tooltip_cb (
    GtkWidget *area, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  DhkChartView *self = DHK_CHART_VIEW (user_data);
  int mark = keyboard ? self->focus : pick (self, x, y);
  g_autofree char *text = NULL;

  if (mark < 0)
    return FALSE;
  text = dhk_chart_dup_mark_text (self->chart, (guint) mark);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static gboolean
is_drawn (DhkChartView *self, int mark)
{
  return g_array_index (self->chart->marks, DhkChartMark, mark).n > 0;
}

static gboolean
move_focus (DhkChartView *self, int step)
{
  int n = self->chart != NULL ? (int) self->chart->marks->len : 0;
  int mark = self->focus < 0 && step < 0 ? n : self->focus;

  for (mark += step; mark >= 0 && mark < n; mark += step)
    if (is_drawn (self, mark))
      {
        set_focus (self, mark);
        return TRUE;
      }
  return n > 0;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  DhkChartView *self = DHK_CHART_VIEW (user_data);

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return move_focus (self, -1);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return move_focus (self, 1);
    case GDK_KEY_Escape:
      if (self->focus < 0)
        return FALSE;
      set_focus (self, -1);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Copying ----------------------------------------------------------------- */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GdkTexture) texture = dhk_chart_view_create_texture (DHK_CHART_VIEW (widget));

  if (texture == NULL)
    return;
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  dhk_message_toast (widget, _ ("Chart copied"), NULL, NULL);
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  g_autoptr (GdkTexture) texture = dhk_chart_view_create_texture (DHK_CHART_VIEW (user_data));

  return texture != NULL ? gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture) : NULL;
}

/* Life -------------------------------------------------------------------- */

void
dhk_chart_view_set_chart (DhkChartView *self, DhkChart *chart)
{
  g_return_if_fail (DHK_IS_CHART_VIEW (self));

  if (self->chart == chart)
    return;
  set_focus (self, -1);
  g_clear_pointer (&self->chart, dhk_chart_unref);
  self->chart = chart != NULL ? dhk_chart_ref (chart) : NULL;
  gtk_widget_set_visible (self->box, chart != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart != NULL ? chart->alternative : "", -1);
  update_height (self);
}

DhkChart *
dhk_chart_view_get_chart (DhkChartView *self)
{
  g_return_val_if_fail (DHK_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

static void
dhk_chart_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dhk_chart_view_parent_class)->css_changed (widget, change);
  update_height (DHK_CHART_VIEW (widget));
}

static void
dhk_chart_view_dispose (GObject *object)
{
  DhkChartView *self = DHK_CHART_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->chart, dhk_chart_unref);

  G_OBJECT_CLASS (dhk_chart_view_parent_class)->dispose (object);
}

static void
dhk_chart_view_class_init (DhkChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_chart_view_dispose;
  widget_class->css_changed = dhk_chart_view_css_changed;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy",
                                       NULL);
}

static void
add_controllers (DhkChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->area, motion);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare_cb), self);
  gtk_widget_add_controller (self->area, GTK_EVENT_CONTROLLER (drag));
}

static void
dhk_chart_view_init (DhkChartView *self)
{
  self->focus = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), MIN_WIDTH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_cb, self, NULL);
  gtk_widget_set_hexpand (self->area, TRUE);
  gtk_widget_set_has_tooltip (self->area, TRUE);
  g_signal_connect (self->area, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
  g_signal_connect (self->area, "resize", G_CALLBACK (resize_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->area);

  /* Always one line high, so that nothing jumps. */
  self->values = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->values), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->values, "caption");
  gtk_widget_add_css_class (self->values, "numeric");
  gtk_box_append (GTK_BOX (self->box), self->values);

  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->box, FALSE);
}

GtkWidget *
dhk_chart_view_new (void)
{
  return g_object_new (DHK_TYPE_CHART_VIEW, NULL);
}
