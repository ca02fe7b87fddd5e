/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: the key file of the study, before it is open. */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>

#include "ui/dhk-help-window.h"
#include "ui/dhk-key-ask.h"
#include "ui/dhk-window-private.h"

static void
begin_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);

  if (self->session == NULL)
    return;
  if (g_str_equal (response, "begin"))
    dhk_key_ask (GTK_WIDGET (self), self->session, dhk_window_show_keys);
  else if (g_str_equal (response, "choose"))
    dhk_key_choose (GTK_WIDGET (self), self->session, dhk_window_show_keys);
}

/* Names are kept nowhere yet, or the key file is not where it was. */
static void
ask_to_begin (DhkWindow *self, gboolean is_kept)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), is_kept ? _ ("The Key File Is Not Here") : _ ("This Study Keeps No Names"),
      is_kept
          ? _ ("It is not in the folder of the study. Choose where it lies.")
          : _ ("Names and addresses in imported files are dropped; the study has pseudonyms only. "
               "Later imports can keep them in a key file: an encrypted file of its own, by which "
               "you can find out whose answers these are. Importing a file once more brings the "
               "names of those who are in the study already.")));

  dhk_help_set_topic (dialog, "safety");
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "choose",
                                    _ ("_Open a Key File…"), NULL);
  if (!is_kept)
    adw_message_dialog_add_response (dialog, "begin", _ ("_Keep Names…"));
  adw_message_dialog_set_default_response (dialog, is_kept ? "choose" : "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (begin_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dhk_window_show_key_file (DhkWindow *self)
{
  g_autoptr (GFile) place = NULL;
  gboolean is_kept;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->session != NULL);

  place = dhk_key_file_get_place (dhk_session_get_file (self->session));
  is_kept = dhk_session_get_personal (self->session) == DHK_PERSONAL_KEEP;
  if (dhk_session_has_key_file (self->session))
    dhk_window_show_keys (GTK_WIDGET (self));
  else if (is_kept && g_file_query_exists (place, NULL))
    dhk_key_ask (GTK_WIDGET (self), self->session, dhk_window_show_keys);
  else
    ask_to_begin (self, is_kept);
}
