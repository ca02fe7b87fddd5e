/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that the tabs of the page Questionnaire are made of. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-instrument-page-private.h"

void
dhk_instrument_page_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

GtkListBox *
dhk_instrument_page_add_list (GtkBox *box, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe = g_markup_escape_text (description != NULL ? description : "", -1);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), safe_title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), safe);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (box, group);
  return GTK_LIST_BOX (list);
}

GtkWidget *
dhk_instrument_page_add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", title, subtitle);
  g_autofree char *safe = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (list, row);
  return row;
}

/* Texts that can be changed ----------------------------------------------- */

static void
apply_text (GtkWidget *row)
{
  DhkInstrumentPage *self
      = DHK_INSTRUMENT_PAGE (gtk_widget_get_ancestor (row, DHK_TYPE_INSTRUMENT_PAGE));
  DhkTextApply apply = (DhkTextApply) g_object_get_data (G_OBJECT (row), "apply");
  const char *known = g_object_get_data (G_OBJECT (row), "text");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  if (self == NULL || self->updating || strcmp (known, text) == 0)
    return;
  if (apply (self, row, text))
    {
      gtk_widget_remove_css_class (row, "error");
      g_object_set_data_full (G_OBJECT (row), "text", g_strdup (text), g_free);
      return;
    }
  /* What was typed stays to be mended; the draft has the text before it. */
  gtk_widget_add_css_class (row, "error");
}

static void
row_entered_cb (AdwEntryRow *row, gpointer user_data)
{
  apply_text (GTK_WIDGET (row));
}

static void
row_left_cb (GtkEventControllerFocus *controller, gpointer user_data)
{
  apply_text (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
}

GtkWidget *
dhk_instrument_page_add_text (DhkInstrumentPage *self,
                              GtkListBox *list,
                              const char *title,
                              const char *text,
                              DhkTextApply apply)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_set_tooltip_text (row, text);
  g_object_set_data (G_OBJECT (row), "apply", (gpointer) apply);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (text), g_free);
  g_signal_connect (row, "entry-activated", G_CALLBACK (row_entered_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (row_left_cb), NULL);
  gtk_widget_add_controller (row, focus);
  if (list != NULL)
    gtk_list_box_append (list, row);
  return row;
}

GtkWidget *
dhk_instrument_page_add_button (
    DhkInstrumentPage *self, GtkWidget *row, const char *icon, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  else if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* Places ------------------------------------------------------------------ */

void
dhk_instrument_page_set_place (GtkWidget *widget, int first, int second)
{
  g_object_set_data (G_OBJECT (widget), "first", GINT_TO_POINTER (first));
  g_object_set_data (G_OBJECT (widget), "second", GINT_TO_POINTER (second));
}

int
dhk_instrument_page_get_place (GtkWidget *widget, guint which)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), which == 0 ? "first" : "second"));
}
