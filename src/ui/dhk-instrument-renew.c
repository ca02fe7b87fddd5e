/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of the page Questionnaire, made again: what was there before is taken once more where it
 * is of the same kind, so that nothing flickers, no place is lost, and little is to be measured.
 */

#include "ui/dhk-instrument-page-private.h"

#define KIND "dhk-kind"   /* of a child or a row */
#define PLACE "dhk-place" /* of a box or a list: how many were made again */
#define LIST "dhk-list"   /* of a group: its list; of a box: the list that is being made */

static guint
get_place (gpointer container)
{
  return GPOINTER_TO_UINT (g_object_get_data (container, PLACE));
}

static void
set_place (gpointer container, guint place)
{
  g_object_set_data (container, PLACE, GUINT_TO_POINTER (place));
}

static gboolean
is_of_kind (gpointer widget, const char *kind)
{
  return g_strcmp0 (g_object_get_data (widget, KIND), kind) == 0;
}

void
dhk_instrument_page_set_kind (GtkWidget *widget, const char *kind)
{
  g_object_set_data_full (G_OBJECT (widget), KIND, g_strdup (kind), g_free);
}

/* Rows -------------------------------------------------------------------- */

GtkWidget *
dhk_instrument_page_take_row (GtkListBox *list, const char *kind)
{
  guint place = get_place (list);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) place);

  if (row == NULL || !is_of_kind (row, kind))
    return NULL;
  set_place (list, place + 1);
  dhk_instrument_page_renew_buttons (GTK_WIDGET (row));
  return GTK_WIDGET (row);
}

void
dhk_instrument_page_put_row (GtkListBox *list, GtkWidget *row, const char *kind)
{
  guint place = get_place (list);
  GtkListBoxRow *before = gtk_list_box_get_row_at_index (list, (int) place);

  dhk_instrument_page_set_kind (row, kind);
  if (before != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (before));
  gtk_list_box_insert (list, row, (int) place);
  set_place (list, place + 1);
}

/* The last row, when it was not made again. */
static gboolean
remove_row (GtkListBox *list)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (list));

  if (last == NULL || gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (last)) < (int) get_place (list))
    return FALSE;
  gtk_list_box_remove (list, last);
  return TRUE;
}

/* Boxes ------------------------------------------------------------------- */

/* Child `place` of the box, or NULL. */
static GtkWidget *
get_child (GtkBox *box, guint place)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box));

  for (guint i = 0; i < place && child != NULL; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_last_made (GtkBox *box)
{
  guint place = get_place (box);

  return place > 0 ? get_child (box, place - 1) : NULL;
}

static void
set_list (GtkBox *box, GtkListBox *list)
{
  GtkListBox *before = g_object_get_data (G_OBJECT (box), LIST);

  while (before != NULL && remove_row (before))
    ;
  g_object_set_data (G_OBJECT (box), LIST, list);
  if (list != NULL)
    set_place (list, 0);
}

void
dhk_instrument_page_begin (GtkBox *box)
{
  set_place (box, 0);
  /* Of work that was not ended there may be a list; its rows are looked at once more. */
  g_object_set_data (G_OBJECT (box), LIST, NULL);
}

GtkWidget *
dhk_instrument_page_take_child (GtkBox *box, const char *kind)
{
  GtkWidget *child = get_child (box, get_place (box));

  set_list (box, NULL);
  while (child != NULL && !is_of_kind (child, kind))
    child = gtk_widget_get_next_sibling (child);
  if (child == NULL)
    return NULL;
  gtk_box_reorder_child_after (box, child, get_last_made (box));
  set_place (box, get_place (box) + 1);
  return child;
}

void
dhk_instrument_page_put_child (GtkBox *box, GtkWidget *child, const char *kind)
{
  set_list (box, NULL);
  dhk_instrument_page_set_kind (child, kind);
  gtk_box_insert_child_after (box, child, get_last_made (box));
  set_place (box, get_place (box) + 1);
}

gboolean
dhk_instrument_page_end (GtkBox *box)
{
  GtkWidget *child = get_child (box, get_place (box));
  GtkListBox *list = child != NULL ? g_object_get_data (G_OBJECT (child), LIST) : NULL;

  set_list (box, NULL);
  if (child == NULL)
    return FALSE;
  if (list != NULL)
    set_place (list, 0);
  if (list == NULL || !remove_row (list))
    gtk_box_remove (box, child);
  return TRUE;
}

GtkListBox *
dhk_instrument_page_add_list (GtkBox *box, const char *title, const char *description)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe = g_markup_escape_text (description != NULL ? description : "", -1);
  g_autofree char *kind = g_strdup_printf ("%s\n%s", safe_title, safe);
  GtkWidget *group = dhk_instrument_page_take_child (box, kind);
  GtkListBox *list;

  if (group == NULL)
    {
      group = adw_preferences_group_new ();
      list = GTK_LIST_BOX (gtk_list_box_new ());
      gtk_list_box_set_selection_mode (list, GTK_SELECTION_NONE);
      gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
      gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), safe_title);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), safe);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (list));
      g_object_set_data (G_OBJECT (group), LIST, list);
      dhk_instrument_page_put_child (box, group, kind);
    }
  list = g_object_get_data (G_OBJECT (group), LIST);
  set_list (box, list);
  return list;
}

/* The focus --------------------------------------------------------------- */

static void
find_named (GtkWidget *widget, const char *name, GtkWidget **found)
{
  if (g_strcmp0 (gtk_widget_get_name (widget), name) == 0)
    *found = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && *found == NULL;
       child = gtk_widget_get_next_sibling (child))
    find_named (child, name, found);
}

/* The rows got their places: the focus is brought into view. */
static gboolean
show_focus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkWidget *viewport = user_data;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    {
      if (gtk_widget_get_height (focus) == 0)
        return G_SOURCE_CONTINUE;
      if (gtk_widget_compute_bounds (focus, viewport, &bounds))
        {
          double top = gtk_adjustment_get_value (place) + bounds.origin.y;

          gtk_adjustment_clamp_page (place, top, top + bounds.size.height);
        }
    }
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  return G_SOURCE_REMOVE;
}

void
dhk_instrument_page_restore_focus (DhkInstrumentPage *self)
{
  g_autofree char *name = g_steal_pointer (&self->focus);
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self->tabs), GTK_TYPE_VIEWPORT);
  GtkWidget *found = NULL;

  if (name != NULL)
    find_named (GTK_WIDGET (self->tabs), name, &found);
  if (found == NULL)
    return;
  /* A row that has no place yet is taken to be at the top: the page would jump there. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_widget_grab_focus (found);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->tabs), show_focus_cb, viewport, NULL);
}
