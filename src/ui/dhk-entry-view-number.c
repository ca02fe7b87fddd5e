/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entry view: another number for a form that was typed under the wrong one. */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-entry-view-private.h"
#include "ui/dhk-message.h"

typedef struct
{
  DhkEntryView *view;
  DhkEntryForm form;
  GtkWidget *entry; /* lent by the dialog */
  guint wanted;
} Wish;

static void
wish_free (gpointer data, GClosure *closure)
{
  Wish *wish = data;

  g_object_unref (wish->view);
  g_free (wish);
}

static gboolean
take_number (GtkWidget *entry, guint *number)
{
  guint64 found = 0;

  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (entry)), 10, 1,
                                   DHK_ENTRY_MAX_NUMBER, &found, NULL))
    return FALSE;
  *number = (guint) found;
  return TRUE;
}

static void
renumbered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  DhkEntryView *self = wish->view;
  g_autoptr (GError) error = NULL;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, NULL, &error))
    dhk_message_show_error (GTK_WIDGET (self), _ ("The form keeps its number"), error);
  else if (self->sheet != NULL && self->form.batch == wish->form.batch
           && self->form.pass == wish->form.pass && self->form.number == wish->form.number)
    dhk_entry_view_reload (self, wish->wanted);
  wish_free (wish, NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Wish *wish = user_data;
  Wish *work;

  if (!g_str_equal (response, "change") || !take_number (wish->entry, &wish->wanted)
      || wish->view->session == NULL)
    return;
  work = g_memdup2 (wish, sizeof *wish);
  g_object_ref (work->view);
  dhk_session_renumber_entry_async (work->view->session, &work->form, work->wanted, renumbered_cb,
                                    work);
}

static void
changed_cb (GtkEditable *entry, gpointer user_data)
{
  guint number;

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (user_data), "change",
                                           take_number (GTK_WIDGET (entry), &number));
}

void
dhk_entry_view_ask_number (DhkEntryView *self)
{
  g_autofree char *heading = g_strdup_printf (_ ("Another number for form %u"), self->form.number);
  g_autofree char *number = g_strdup_printf ("%u", self->form.number);
  GtkWidget *dialog;
  Wish *wish;

  /* A form on which nothing was typed has none yet. */
  if (!self->sheet->exists || self->n_saving > 0)
    return;
  wish = g_new0 (Wish, 1);
  wish->view = g_object_ref (self);
  wish->form = self->form;
  wish->entry = gtk_entry_new ();
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                                   _ ("The answers stay as they are."));
  gtk_editable_set_text (GTK_EDITABLE (wish->entry), number);
  gtk_entry_set_activates_default (GTK_ENTRY (wish->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (wish->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Number of the form"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), wish->entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "change",
                                    _ ("C_hange"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "change",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "change");
  g_signal_connect (wish->entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), wish, wish_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (wish->entry);
  gtk_editable_select_region (GTK_EDITABLE (wish->entry), 0, -1);
}
