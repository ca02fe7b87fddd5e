/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-instrument-dialog.h"

#include <glib/gi18n.h>

#include "ui/dhk-drop-down.h"

static void
dialog_free (gpointer data)
{
  DhkInstrumentDialog *self = data;

  g_object_unref (self->owner);
  g_free (self->focus);
  g_free (self);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkInstrumentDialog *self = user_data;

  if (g_strcmp0 (response, "accept") == 0)
    self->take (self);
}

static void
take_on_page (DhkInstrumentDialog *self)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (!dhk_instrument_page_is_editing (self->page))
    return;
  next = self->apply (self, dhk_instrument_page_get_instrument (self->page), &error);
  dhk_instrument_page_take (self->page, next, error, TRUE, self->focus);
}

static gboolean
has_all_texts (DhkInstrumentDialog *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (GTK_IS_EDITABLE (self->fields[i]) && gtk_widget_get_sensitive (self->fields[i])
        && !dhk_instrument_dialog_has_text (self, i))
      return FALSE;
  return TRUE;
}

DhkInstrumentDialog *
dhk_instrument_dialog_new (DhkInstrumentPage *page,
                           const char *heading,
                           const char *body,
                           const char *accept,
                           DhkDialogApply apply)
{
  DhkInstrumentDialog *self
      = dhk_instrument_dialog_new_over (GTK_WIDGET (page), heading, body, accept, take_on_page);

  self->page = page;
  self->apply = apply;
  return self;
}

DhkInstrumentDialog *
dhk_instrument_dialog_new_over (
    GtkWidget *owner, const char *heading, const char *body, const char *accept, DhkDialogTake take)
{
  DhkInstrumentDialog *self = g_new0 (DhkInstrumentDialog, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);
  GtkWidget *list = gtk_list_box_new ();

  self->owner = g_object_ref (owner);
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->list = GTK_LIST_BOX (list);
  self->take = take;
  self->is_whole = has_all_texts;
  adw_message_dialog_add_responses (self->dialog, "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "accept");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 460, -1);
  adw_message_dialog_set_extra_child (self->dialog, list);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), self,
                         (GClosureNotify) (gpointer) dialog_free, 0);
  return self;
}

static void
enter_cb (GtkWidget *row, gpointer dialog)
{
  if (!adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"))
    return;
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_close (GTK_WINDOW (dialog));
}

GtkWidget *
dhk_instrument_dialog_add_text (DhkInstrumentDialog *self, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect (row, "entry-activated", G_CALLBACK (enter_cb), self->dialog);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (dhk_instrument_dialog_check), self);
  g_signal_connect_swapped (row, "notify::sensitive", G_CALLBACK (dhk_instrument_dialog_check),
                            self);
  gtk_list_box_append (self->list, row);
  self->fields[self->n_fields++] = row;
  return row;
}

GtkDropDown *
dhk_instrument_dialog_add_choice (DhkInstrumentDialog *self,
                                  const char *title,
                                  GtkStringList *names,
                                  guint selected)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  /* The dialog stays within the window. */
  dhk_drop_down_set_length (GTK_DROP_DOWN (choice), 3, 32);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  gtk_list_box_append (self->list, row);
  self->fields[self->n_fields++] = choice;
  return GTK_DROP_DOWN (choice);
}

void
dhk_instrument_dialog_check (DhkInstrumentDialog *self)
{
  adw_message_dialog_set_response_enabled (self->dialog, "accept", self->is_whole (self));
}

void
dhk_instrument_dialog_present (DhkInstrumentDialog *self)
{
  dhk_instrument_dialog_check (self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  gtk_widget_grab_focus (self->fields[0]);
}

const char *
dhk_instrument_dialog_get_text (DhkInstrumentDialog *self, guint field)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->fields[field]));
}

gboolean
dhk_instrument_dialog_has_text (DhkInstrumentDialog *self, guint field)
{
  g_autofree char *text = g_strstrip (g_strdup (dhk_instrument_dialog_get_text (self, field)));

  return *text != '\0';
}

guint
dhk_instrument_dialog_get_choice (DhkInstrumentDialog *self, guint field)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (self->fields[field]));
}
