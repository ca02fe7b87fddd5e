/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-entry-new-batch.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-message.h"
#include "ui/dhk-session-entry.h"

/* What is wished for: of the dialog while it is open, then of the job. */
typedef struct
{
  GtkWidget *owner;
  DhkSession *session;
  DhkEntryBatchMade made;
  char *name;
  guint questionnaire;

  /* Lent by the dialog, while it is open */
  AdwMessageDialog *dialog;
  GtkEditable *entry;
  GtkDropDown *drop_down;
} Wish;

static void
wish_free (Wish *self)
{
  g_object_unref (self->owner);
  g_object_unref (self->session);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static void ask (Wish *self, const char *reason);

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = NULL;
  gpointer found = NULL;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, &found, &error))
    {
      g_autofree char *reason = dhk_message_from_error (error);

      if (gtk_widget_get_root (self->owner) != NULL)
        ask (g_steal_pointer (&self), reason);
      return;
    }
  id = found;
  self->made (*id, self->owner);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Wish) self = user_data;

  if (!g_str_equal (response, "make"))
    return;
  g_free (self->name);
  self->name = g_strdup (gtk_editable_get_text (self->entry));
  self->questionnaire = gtk_drop_down_get_selected (self->drop_down);
  dhk_session_new_entry_batch_async (self->session, self->name, self->questionnaire, made_cb, self);
  g_steal_pointer (&self);
}

static void
changed_cb (GtkEditable *entry, gpointer user_data)
{
  Wish *self = user_data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (self->dialog, "make", text[0] != '\0');
}

static GtkWidget *
create_questionnaires (Wish *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    gtk_string_list_append (labels,
                            dhk_text_get (&dhk_instrument_get_questionnaire (instrument, i)->label,
                                          dhk_language_of_messages ()));
  return gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
}

/* `reason`: why it could not be made before, or NULL. */
static GtkWidget *
create_reason (const char *reason)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_label_set_text (GTK_LABEL (label), reason != NULL ? reason : "");
  gtk_widget_set_visible (label, reason != NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  return label;
}

static GtkWidget *
append_field (GtkWidget *fields, const char *title, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (fields), box);
  return box;
}

static GtkWidget *
create_fields (Wish *self, const char *reason)
{
  GtkWidget *fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *drop_down = create_questionnaires (self);

  self->entry = GTK_EDITABLE (entry);
  self->drop_down = GTK_DROP_DOWN (drop_down);
  gtk_entry_set_max_length (GTK_ENTRY (entry), DHK_ENTRY_MAX_NAME);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (self->entry, self->name != NULL ? self->name : "");
  gtk_drop_down_set_selected (self->drop_down, self->questionnaire);
  gtk_box_append (GTK_BOX (append_field (fields, _ ("Name"), entry)), create_reason (reason));
  append_field (fields, _ ("Questionnaire"), drop_down);
  return fields;
}

/* A message dialog closes with any answer: after one that failed it comes back as it was. Takes `self`. */
static void
ask (Wish *self, const char *reason)
{
  self->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (self->owner)), _ ("New Batch"),
      _ ("A pile of paper forms of one questionnaire. Each form in it has its own number.")));
  adw_message_dialog_set_extra_child (self->dialog, create_fields (self, reason));
  adw_message_dialog_add_responses (self->dialog, "cancel", _ ("_Cancel"), "make",
                                    _ ("_Begin Typing"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "make");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_response_enabled (self->dialog, "make", self->name != NULL);
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
dhk_entry_ask_new_batch (GtkWidget *owner, DhkSession *session, DhkEntryBatchMade made)
{
  Wish *self;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (DHK_IS_SESSION (session));
  g_return_if_fail (made != NULL);

  self = g_new0 (Wish, 1);
  self->owner = g_object_ref (owner);
  self->session = g_object_ref (session);
  self->made = made;
  ask (self, NULL);
}
