/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that the tabs of the page Questionnaire are made of. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-text-row.h"

GtkWidget *
dhk_instrument_page_add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = dhk_instrument_page_take_row (list, "row");

  if (row == NULL)
    {
      row = dhk_text_row_new ();
      dhk_instrument_page_put_row (list, row, "row");
    }
  dhk_text_row_set (DHK_TEXT_ROW (row), title, subtitle);
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

static GtkWidget *
create_text (DhkTextApply apply)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  g_object_set_data (G_OBJECT (row), "apply", (gpointer) apply);
  g_signal_connect (row, "entry-activated", G_CALLBACK (row_entered_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (row_left_cb), NULL);
  gtk_widget_add_controller (row, focus);
  return row;
}

static void
set_text (GtkWidget *row, const char *text)
{
  gtk_widget_remove_css_class (row, "error");
  if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "text"), text) == 0
      && strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), text) == 0)
    return;
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (text), g_free);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_set_tooltip_text (row, text);
}

GtkWidget *
dhk_instrument_page_add_text (DhkInstrumentPage *self,
                              GtkListBox *list,
                              const char *title,
                              const char *text,
                              DhkTextApply apply)
{
  /* Rows that do the same have the same buttons. */
  g_autofree char *kind = g_strdup_printf ("%p", (gpointer) apply);
  GtkWidget *row = list != NULL ? dhk_instrument_page_take_row (list, kind) : NULL;

  if (row == NULL)
    {
      row = create_text (apply);
      if (list != NULL)
        dhk_instrument_page_put_row (list, row, kind);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  set_text (row, text);
  return row;
}

/* Buttons ----------------------------------------------------------------- */

/* Asked for when it is wanted: setting the text asks the display where the pointer is. */
static gboolean
tooltip_cb (
    GtkWidget *button, int x, int y, gboolean by_key, GtkTooltip *tooltip, gpointer user_data)
{
  gtk_tooltip_set_text (tooltip, g_object_get_data (G_OBJECT (button), "label"));
  return TRUE;
}

/* Of a button that was there before only what is new is said. */
static void
set_label (GtkWidget *button, const char *label)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (button), "label"), label) == 0)
    return;
  g_object_set_data_full (G_OBJECT (button), "label", g_strdup (label), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static GtkWidget *
create_button (DhkInstrumentPage *self, GtkWidget *row, const char *icon, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_has_tooltip (button, TRUE);
  g_signal_connect (button, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  if (ADW_IS_ENTRY_ROW (row))
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  else if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  else
    dhk_text_row_add_suffix (DHK_TEXT_ROW (row), button);
  return button;
}

void
dhk_instrument_page_renew_buttons (GtkWidget *row)
{
  g_object_set_data (G_OBJECT (row), "n-buttons", NULL);
}

GtkWidget *
dhk_instrument_page_add_button (
    DhkInstrumentPage *self, GtkWidget *row, const char *icon, const char *label, GCallback clicked)
{
  GPtrArray *buttons = g_object_get_data (G_OBJECT (row), "buttons");
  guint place = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "n-buttons"));
  GtkWidget *button;

  if (buttons == NULL)
    {
      buttons = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (row), "buttons", buttons,
                              (GDestroyNotify) g_ptr_array_unref);
    }
  if (place == buttons->len)
    g_ptr_array_add (buttons, create_button (self, row, icon, clicked));
  button = g_ptr_array_index (buttons, place);
  set_label (button, label);
  g_object_set_data (G_OBJECT (row), "n-buttons", GUINT_TO_POINTER (place + 1));
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
