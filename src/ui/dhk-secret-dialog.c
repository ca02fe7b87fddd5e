/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-secret-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/dhk-seal.h"
#include "ui/dhk-help-window.h"

typedef struct
{
  GtkWidget *owner;
  DhkSecretGiven given;
  AdwMessageDialog *dialog;
  GtkEditable *password;
  GtkEditable *again; /* NULL: typed once */
  GtkLabel *remark;   /* NULL: typed once */
  gboolean may_be_empty;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->owner);
  g_free (asking);
}

/* Short enough to be tried out by somebody who has the file. */
#define SHORT_PASSWORD 10

static const char *
get_remark (const Asking *asking, const char *text, gboolean alike)
{
  if (!alike && *gtk_editable_get_text (asking->again) != '\0')
    return _ ("The two are not the same yet.");
  if (*text != '\0' && g_utf8_strlen (text, -1) < SHORT_PASSWORD)
    return _ (
        "This is short and can be guessed. Four words that do not belong together are safer.");
  return "";
}

static void
changed_cb (GtkEditable *editable, gpointer user_data)
{
  Asking *asking = user_data;
  const char *text = gtk_editable_get_text (asking->password);
  gboolean alike
      = asking->again == NULL || g_str_equal (text, gtk_editable_get_text (asking->again));

  if (asking->remark != NULL)
    gtk_label_set_text (asking->remark, get_remark (asking, text, alike));
  adw_message_dialog_set_response_enabled (asking->dialog, "accept",
                                           alike && (*text != '\0' || asking->may_be_empty));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Asking *asking = user_data;
  char *password = g_strdup (gtk_editable_get_text (asking->password));

  /* libadwaita 1.2 looks at a focused row once more after it is gone. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  gtk_editable_set_text (asking->password, "");
  if (asking->again != NULL)
    gtk_editable_set_text (asking->again, "");
  if (g_str_equal (response, "accept"))
    asking->given (*password != '\0' ? password : NULL, asking->owner);
  dhk_secret_free (password);
  asking_free (asking);
}

/* A plain entry, from one to the next with a single Tab; its buffer is not swapped out. */
static GtkEditable *
add_entry (GtkWidget *box, const char *title)
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
  return GTK_EDITABLE (entry);
}

void
dhk_secret_ask (GtkWidget *owner, const DhkSecretQuestion *question, DhkSecretGiven given)
{
  Asking *asking;
  GtkRoot *root;
  GtkWidget *box;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (question != NULL && given != NULL);

  root = gtk_widget_get_root (owner);
  asking = g_new0 (Asking, 1);
  asking->owner = g_object_ref (owner);
  asking->given = given;
  asking->may_be_empty = question->may_be_empty;
  asking->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (root), question->heading, question->body));
  dhk_help_set_topic (asking->dialog, question->topic);
  adw_message_dialog_add_responses (asking->dialog, "cancel", _ ("_Cancel"), "accept",
                                    question->accept, NULL);
  adw_message_dialog_set_response_appearance (asking->dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asking->dialog, "accept");
  adw_message_dialog_set_close_response (asking->dialog, "cancel");

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  asking->password = add_entry (box, _ ("Password"));
  if (question->is_new)
    {
      asking->again = add_entry (box, _ ("The same password again"));
      asking->remark = GTK_LABEL (gtk_label_new (""));
      gtk_label_set_wrap (asking->remark, TRUE);
      gtk_label_set_xalign (asking->remark, 0);
      /* A dialog that grows under the hand is a nuisance: there is room for the longer one. */
      gtk_label_set_max_width_chars (asking->remark, 36);
      gtk_widget_set_size_request (GTK_WIDGET (asking->remark), -1, 40);
      gtk_label_set_yalign (asking->remark, 0);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (asking->remark));
      g_signal_connect (asking->again, "changed", G_CALLBACK (changed_cb), asking);
    }
  adw_message_dialog_set_extra_child (asking->dialog, box);
  g_signal_connect (asking->password, "changed", G_CALLBACK (changed_cb), asking);
  changed_cb (asking->password, asking);
  g_signal_connect (asking->dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (asking->password));
}
