/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-pages-view.h"

#include <math.h>

#include "ui/dhk-page-sheet.h"

#define MIN_ZOOM 0.25
#define MAX_ZOOM 4.0
#define ZOOM_STEP 1.1

/* Beside a page: the padding of the box that holds them, and a scroll bar. */
#define MARGINS 60
#define PIXELS_PER_POINT (96.0 / 72.0)

struct _DhkPagesView
{
  GtkWidget parent_instance;

  /* Children, built in init */
  GtkWidget *scroller;
  GtkWidget *box;

  /* Owned */
  DhkPages *pages;
  double zoom;
  gboolean is_fitted; /* until somebody zooms, a page is as wide as there is room */
  guint fit_source;
};

G_DEFINE_FINAL_TYPE (DhkPagesView, dhk_pages_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ZOOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What is in sight -------------------------------------------------------- */

static GtkAdjustment *
get_adjustment (DhkPagesView *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static gboolean
get_bounds (DhkPagesView *self, GtkWidget *sheet, double *top, double *bottom)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (sheet, self->box, &bounds))
    return FALSE;
  *top = bounds.origin.y;
  *bottom = *top + bounds.size.height;
  return TRUE;
}

static void
update_sight (DhkPagesView *self)
{
  double from = gtk_adjustment_get_value (get_adjustment (self));
  double room = MAX (gtk_adjustment_get_page_size (get_adjustment (self)), 1);

  for (GtkWidget *sheet = gtk_widget_get_first_child (self->box); sheet != NULL;
       sheet = gtk_widget_get_next_sibling (sheet))
    {
      double top, bottom;
      gboolean in_sight = get_bounds (self, sheet, &top, &bottom) && bottom > from - room / 2
                          && top < from + room * 1.5;

      dhk_page_sheet_set_in_sight (DHK_PAGE_SHEET (sheet), in_sight);
    }
}

/* Zoom -------------------------------------------------------------------- */

static void
set_zoom (DhkPagesView *self, double zoom)
{
  GtkAdjustment *adjustment;
  double place;

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (fabs (zoom - self->zoom) < 1e-6)
    return;

  adjustment = get_adjustment (self);
  place = gtk_adjustment_get_value (adjustment) * zoom / self->zoom;
  self->zoom = zoom;
  for (GtkWidget *sheet = gtk_widget_get_first_child (self->box); sheet != NULL;
       sheet = gtk_widget_get_next_sibling (sheet))
    dhk_page_sheet_set_zoom (DHK_PAGE_SHEET (sheet), zoom);
  /* The room grows only at the next layout; ask for enough now. */
  gtk_adjustment_set_upper (adjustment, MAX (gtk_adjustment_get_upper (adjustment),
                                             place + gtk_adjustment_get_page_size (adjustment)));
  gtk_adjustment_set_value (adjustment, place);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

void
dhk_pages_view_set_zoom (DhkPagesView *self, double zoom)
{
  g_return_if_fail (DHK_IS_PAGES_VIEW (self));

  self->is_fitted = FALSE;
  set_zoom (self, zoom);
}

static void
fit (DhkPagesView *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - MARGINS;

  if (self->is_fitted && self->pages != NULL && room > 0)
    set_zoom (self, MIN (1, room / (dhk_pages_get_paper (self->pages)->width * PIXELS_PER_POINT)));
}

static gboolean
fit_cb (gpointer user_data)
{
  DhkPagesView *self = DHK_PAGES_VIEW (user_data);

  self->fit_source = 0;
  fit (self);
  return G_SOURCE_REMOVE;
}

double
dhk_pages_view_get_zoom (DhkPagesView *self)
{
  g_return_val_if_fail (DHK_IS_PAGES_VIEW (self), 1);
  return self->zoom;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  DhkPagesView *self = DHK_PAGES_VIEW (user_data);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  dhk_pages_view_set_zoom (self, self->zoom * pow (ZOOM_STEP, -dy));
  return TRUE;
}

/* Moving ------------------------------------------------------------------ */

void
dhk_pages_view_scroll_to (DhkPagesView *self, guint page)
{
  GtkWidget *sheet;
  double top, bottom;

  g_return_if_fail (DHK_IS_PAGES_VIEW (self));

  sheet = gtk_widget_get_first_child (self->box);
  for (guint i = 0; i < page && sheet != NULL; i++)
    sheet = gtk_widget_get_next_sibling (sheet);
  if (sheet != NULL && get_bounds (self, sheet, &top, &bottom))
    gtk_adjustment_set_value (get_adjustment (self), top - 12);
}

/* How far a key moves, in pixels. */
static gboolean
get_step (DhkPagesView *self, guint keyval, double *step)
{
  double room = gtk_adjustment_get_page_size (get_adjustment (self));

  switch (keyval)
    {
    case GDK_KEY_Up:
      *step = -48;
      return TRUE;
    case GDK_KEY_Down:
      *step = 48;
      return TRUE;
    case GDK_KEY_Page_Up:
      *step = -room * 0.9;
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_space:
      *step = room * 0.9;
      return TRUE;
    case GDK_KEY_Home:
      *step = -G_MAXINT;
      return TRUE;
    case GDK_KEY_End:
      *step = G_MAXINT;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  DhkPagesView *self = DHK_PAGES_VIEW (user_data);
  GtkAdjustment *adjustment = get_adjustment (self);
  double step;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !get_step (self, keyval, &step))
    return FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
  return TRUE;
}

/* Life -------------------------------------------------------------------- */

void
dhk_pages_view_set_pages (DhkPagesView *self, DhkPages *pages)
{
  GtkWidget *sheet;

  g_return_if_fail (DHK_IS_PAGES_VIEW (self));

  if (self->pages == pages)
    return;
  while ((sheet = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), sheet);
  g_clear_pointer (&self->pages, dhk_pages_unref);
  if (pages == NULL)
    return;

  self->pages = dhk_pages_ref (pages);
  fit (self);
  for (guint i = 0; i < dhk_pages_get_n (pages); i++)
    {
      sheet = dhk_page_sheet_new (pages, i);
      dhk_page_sheet_set_zoom (DHK_PAGE_SHEET (sheet), self->zoom);
      dhk_page_sheet_set_in_sight (DHK_PAGE_SHEET (sheet), i == 0);
      gtk_box_append (GTK_BOX (self->box), sheet);
    }
}

static void
dhk_pages_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DhkPagesView *self = DHK_PAGES_VIEW (widget);

  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
  if (self->is_fitted && self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
dhk_pages_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  DhkPagesView *self = DHK_PAGES_VIEW (widget);

  gtk_widget_measure (self->scroller, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
dhk_pages_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, DHK_PAGES_VIEW (object)->zoom);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dhk_pages_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ZOOM:
      dhk_pages_view_set_zoom (DHK_PAGES_VIEW (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dhk_pages_view_dispose (GObject *object)
{
  DhkPagesView *self = DHK_PAGES_VIEW (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->scroller != NULL)
    g_signal_handlers_disconnect_by_data (get_adjustment (self), self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->pages, dhk_pages_unref);

  G_OBJECT_CLASS (dhk_pages_view_parent_class)->dispose (object);
}

static void
dhk_pages_view_class_init (DhkPagesViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dhk_pages_view_dispose;
  object_class->get_property = dhk_pages_view_get_property;
  object_class->set_property = dhk_pages_view_set_property;
  widget_class->measure = dhk_pages_view_measure;
  widget_class->size_allocate = dhk_pages_view_size_allocate;

  properties[PROP_ZOOM]
      = g_param_spec_double ("zoom", NULL, NULL, MIN_ZOOM, MAX_ZOOM, 1,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "pagesview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dhk_pages_view_init (DhkPagesView *self)
{
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *key = gtk_event_controller_key_new ();

  self->zoom = 1;
  self->is_fitted = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "pages");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (get_adjustment (self), "value-changed", G_CALLBACK (update_sight),
                            self);
  g_signal_connect_swapped (get_adjustment (self), "changed", G_CALLBACK (update_sight), self);
}

GtkWidget *
dhk_pages_view_new (void)
{
  return g_object_new (DHK_TYPE_PAGES_VIEW, NULL);
}
