/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Erasing a respondent from the Responses page: asked twice, and said what it cannot reach. */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-message.h"
#include "ui/dhk-responses-private.h"

typedef struct
{
  DhkResponsesPage *page; /* owned, until the question is asked */
  gint64 respondent;
  char *name;
  char *number; /* to be typed */
} Erasure;

static void
erasure_free (gpointer data)
{
  Erasure *self = data;

  g_free (self->name);
  g_free (self->number);
  g_free (self);
}

static void
erase_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (user_data);
  Erasure *erasure = g_object_get_data (G_OBJECT (dialog), "erasure");

  if (!g_str_equal (response, "erase") || self->session == NULL)
    return;
  dhk_session_erase_async (
      self->session, erasure->respondent, dhk_responses_changed_cb,
      dhk_responses_change_new (self, g_strdup_printf (_ ("%s erased"), erasure->name),
                                _ ("The respondent was not erased wholly"), FALSE));
}

static void
number_typed_cb (GtkEditable *entry, gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (user_data);
  Erasure *erasure = g_object_get_data (G_OBJECT (dialog), "erasure");
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "erase", g_str_equal (text, erasure->number));
}

static void
ask_again (DhkResponsesPage *self, Erasure *erasure)
{
  g_autofree char *heading = g_strdup_printf (_ ("Erase %s for ever?"), erasure->name);
  g_autofree char *body = g_strdup_printf (
      _ ("This cannot be undone. To be sure that it is the right one, type the number %s."),
      erasure->number);
  AdwMessageDialog *dialog = dhk_responses_create_dialog (self, heading, body);
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Number of the respondent"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Number of the respondent"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_response (dialog, "erase", _ ("_Erase for Ever"));
  adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "erase", FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "erasure", erasure, erasure_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (number_typed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (erase_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
erase_asked_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (user_data);

  if (g_str_equal (response, "go-on") && self->session != NULL)
    ask_again (self, g_object_steal_data (G_OBJECT (dialog), "erasure"));
}

/* A reason that was given to several people at once is the others' too: nobody can tell whom it names. */
static void
append_shared_reasons (GString *body, GPtrArray *history)
{
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const DhkHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->n_sharing == 0)
        continue;
      g_string_append (body, "\n\n");
      g_string_append_printf (
          body,
          ngettext ("%u other was excluded with the same words, which stay there: “%s”. If they "
                    "name the one who is erased, that stays as well.",
                    "%u others were excluded with the same words, which stay there: “%s”. If they "
                    "name the one who is erased, that stays as well.",
                    entry->n_sharing),
          entry->n_sharing, entry->text);
    }
}

static void
ask (DhkResponsesPage *self, Erasure *erasure, GPtrArray *history)
{
  g_autofree char *heading = g_strdup_printf (_ ("Erase %s?"), erasure->name);
  g_autoptr (GString) body = g_string_new (
      _ ("Erasing is for somebody who asks for it. All answers go, the imported rows they came "
         "from, their history and what undo remembers of them, in this study and in the backups "
         "beside it; a backup that does not open with the password of this study is removed. "
         "The study is written anew, so that nothing of them is left in the file.\n\n"
         "What stays is that somebody was erased today, and a mark by which a later import "
         "leaves them out. Copies of the study and the files you imported from are yours to "
         "clean.\n\nTo leave somebody out of the tables, exclude them instead."));
  AdwMessageDialog *dialog;

  append_shared_reasons (body, history);
  dialog = dhk_responses_create_dialog (self, heading, body->str);
  gtk_widget_add_css_class (GTK_WIDGET (dialog), "much-text");
  adw_message_dialog_add_response (dialog, "go-on", _ ("_Go On…"));
  adw_message_dialog_set_response_appearance (dialog, "go-on", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "erasure", erasure, erasure_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (erase_asked_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
history_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Erasure *erasure = user_data;
  g_autoptr (DhkResponsesPage) self = erasure->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history
      = dhk_session_load_history_finish (DHK_SESSION (source), result, &error);

  erasure->page = NULL;
  if (history != NULL && self->session != NULL)
    {
      ask (self, erasure, history);
      return;
    }
  erasure_free (erasure);
  if (self->session != NULL)
    dhk_message_show_error (GTK_WIDGET (self), _ ("Nobody was erased"), error);
}

void
dhk_responses_erase_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  Erasure *erasure;
  const DhkQuestion *question;
  guint row;

  if (self->list == NULL || !dhk_answer_grid_get_focus (self->grid, &row, &question))
    return;
  erasure = g_new0 (Erasure, 1);
  erasure->page = g_object_ref (self);
  erasure->respondent = dhk_respondents_get_id (self->list, row);
  erasure->name = dhk_answer_dup_name (self->list, row);
  erasure->number = g_strdup_printf ("%u", dhk_respondents_get_number (self->list, row));
  dhk_session_load_history_async (self->session, erasure->respondent, NULL, history_loaded_cb,
                                  erasure);
}
