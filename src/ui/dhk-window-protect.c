/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>

#include "store/dhk-store-backup.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-window-private.h"

#define FILE_DATA "dhk-window-protect-file"

/* Opening and making ------------------------------------------------------------------- */

/* The file that is being asked about waits on the window. */
static void
keep_file (DhkWindow *self, GFile *file)
{
  g_object_set_data_full (G_OBJECT (self), FILE_DATA, g_object_ref (file), g_object_unref);
}

static void
open_with (const char *password, gpointer owner)
{
  g_autoptr (GFile) file = g_object_steal_data (G_OBJECT (owner), FILE_DATA);

  if (file != NULL && password != NULL)
    dhk_window_open_protected (DHK_WINDOW (owner), file, password);
}

gboolean
dhk_window_ask_for_study (DhkWindow *self, GFile *file, const GError *error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;
  gboolean again;

  g_return_val_if_fail (DHK_IS_WINDOW (self), FALSE);
  if (!g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD))
    return FALSE;
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  heading = g_strdup_printf (_ ("Password of “%s”"), name);
  /* The second time it was not the right one. */
  again = g_object_get_data (G_OBJECT (file), FILE_DATA) != NULL;
  g_object_set_data (G_OBJECT (file), FILE_DATA, GINT_TO_POINTER (TRUE));
  keep_file (self, file);
  dhk_secret_ask (GTK_WIDGET (self),
                  &(DhkSecretQuestion){
                      .heading = heading,
                      .body = again ? error->message
                                    : _ ("This study is protected. Without the password nobody can "
                                         "open it; there is no other way in."),
                      .accept = _ ("_Open"),
                      .topic = "safety" },
                  open_with);
  return TRUE;
}

static const char *
get_explanation (void)
{
  return _ ("From then on the study can be read only while it is open here; its copies and backups "
            "are protected too. That helps when a computer or a stick is lost or lent. It does not "
            "help against somebody at this computer while the study is open, nor for what you "
            "print or export. Nobody can open the study without the password: keep it safe.");
}

static void
create_with (const char *password, gpointer owner)
{
  g_autoptr (GFile) file = g_object_steal_data (G_OBJECT (owner), FILE_DATA);

  if (file != NULL && password != NULL)
    dhk_window_create_with_password (DHK_WINDOW (owner), file, password);
}

void
dhk_window_create_protected (DhkWindow *self, GFile *file)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  keep_file (self, file);
  dhk_secret_ask (GTK_WIDGET (self),
                  &(DhkSecretQuestion){ .heading = _ ("Protect the New Study"),
                                        .body = get_explanation (),
                                        .accept = _ ("_Create"),
                                        .topic = "safety",
                                        .is_new = TRUE },
                  create_with);
}

/* The password of the study that is open --------------------------------------------------- */

typedef struct
{
  DhkWindow *window;
  const char *done;
  const char *failed;
} Turn;

static void
turned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Turn *turn = user_data;
  g_autoptr (DhkWindow) self = turn->window;
  g_autoptr (GError) error = NULL;

  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    dhk_message_toast (GTK_WIDGET (self), turn->done, NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), turn->failed, error);
}

static void
set_password (DhkWindow *self, const char *old, const char *password)
{
  Turn *turn;

  if (self->session == NULL)
    return;
  turn = g_new0 (Turn, 1);
  turn->window = g_object_ref (self);
  turn->done = password == NULL ? _ ("The study has no password any more")
               : old == NULL    ? _ ("The study is protected")
                                : _ ("The password was changed");
  turn->failed = _ ("The password was not changed");
  dhk_session_set_password_async (self->session, old, password, turned_cb, turn);
}

static void
protect_with (const char *password, gpointer owner)
{
  if (password != NULL)
    set_password (DHK_WINDOW (owner), NULL, password);
}

typedef struct
{
  AdwMessageDialog *dialog;
  DhkWindow *window;
  GtkEditable *old;
  GtkEditable *new;
  GtkEditable *again;
} Changing;

static void
changing_changed_cb (GtkEditable *editable, gpointer user_data)
{
  Changing *changing = user_data;
  gboolean has_old = *gtk_editable_get_text (changing->old) != '\0';
  const char *new = gtk_editable_get_text (changing->new);

  adw_message_dialog_set_response_enabled (changing->dialog, "remove", has_old && *new == '\0');
  adw_message_dialog_set_response_enabled (
      changing->dialog, "change",
      has_old && *new != '\0' && g_str_equal (new, gtk_editable_get_text (changing->again)));
}

static void
changing_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autofree Changing *changing = user_data;
  g_autoptr (DhkWindow) self = changing->window;

  if (g_str_equal (response, "change"))
    set_password (self, gtk_editable_get_text (changing->old),
                  gtk_editable_get_text (changing->new));
  else if (g_str_equal (response, "remove"))
    set_password (self, gtk_editable_get_text (changing->old), NULL);
  /* libadwaita 1.2 looks at a focused row once more after it is gone. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  g_signal_handlers_disconnect_by_data (changing->old, changing);
  g_signal_handlers_disconnect_by_data (changing->new, changing);
  g_signal_handlers_disconnect_by_data (changing->again, changing);
  gtk_editable_set_text (changing->old, "");
  gtk_editable_set_text (changing->new, "");
  gtk_editable_set_text (changing->again, "");
}

static GtkEditable *
add_entry (Changing *changing, GtkWidget *box, const char *title)
{
  GtkWidget *label = gtk_label_new (title);
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  GtkWidget *entry = gtk_entry_new_with_buffer (buffer);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_entry_set_visibility (GTK_ENTRY (entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_PASSWORD);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  g_signal_connect (entry, "changed", G_CALLBACK (changing_changed_cb), changing);
  return GTK_EDITABLE (entry);
}

static void
ask_to_change (DhkWindow *self)
{
  Changing *changing = g_new0 (Changing, 1);
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  changing->window = g_object_ref (self);
  changing->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Password of This Study"),
      _ ("The backups get the new password too. A study without a password can be read by "
         "everybody who has the file.")));
  dhk_help_set_topic (changing->dialog, "safety");
  adw_message_dialog_add_responses (changing->dialog, "cancel", _ ("_Cancel"), "remove",
                                    _ ("_Remove Password"), "change", _ ("C_hange Password"), NULL);
  adw_message_dialog_set_response_appearance (changing->dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (changing->dialog, "change", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (changing->dialog, "change");
  adw_message_dialog_set_close_response (changing->dialog, "cancel");
  changing->old = add_entry (changing, group, _ ("The password it has now"));
  changing->new = add_entry (changing, group, _ ("New password"));
  changing->again = add_entry (changing, group, _ ("The same password again"));
  adw_message_dialog_set_extra_child (changing->dialog, group);
  changing_changed_cb (changing->old, changing);
  g_signal_connect (changing->dialog, "response", G_CALLBACK (changing_response_cb), changing);
  gtk_window_present (GTK_WINDOW (changing->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (changing->old));
}

void
dhk_window_change_password (DhkWindow *self)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->session != NULL);

  if (dhk_session_is_encrypted (self->session))
    ask_to_change (self);
  else
    dhk_secret_ask (GTK_WIDGET (self),
                    &(DhkSecretQuestion){ .heading = _ ("Protect This Study"),
                                          .body = get_explanation (),
                                          .accept = _ ("_Protect"),
                                          .topic = "safety",
                                          .is_new = TRUE },
                    protect_with);
}
