/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking what a new question or scale is. */

#include <glib/gi18n.h>

#include "ui/dhk-instrument-page-private.h"

typedef struct
{
  DhkInstrumentPage *page;
  int after;
  GtkWidget *text;
  GtkDropDown *item;
  GtkDropDown *answers;
  GtkDropDown *target;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->page);
  g_free (self);
}

/* Choices ------------------------------------------------------------------- */

static GtkStringList *
list_items (const DhkInstrument *instrument)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("A new item"));
  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    gtk_string_list_append (names, dhk_instrument_get_item (instrument, i)->id);
  return names;
}

static GtkStringList *
list_answers (const DhkInstrument *instrument)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    gtk_string_list_append (names,
                            dhk_text_get (&dhk_instrument_get_answer_scale (instrument, i)->label,
                                          dhk_language_of_messages ()));
  return names;
}

static GtkStringList *
list_targets (const DhkInstrument *instrument)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Nobody: the own work"));
  for (guint i = 0; i < dhk_instrument_get_n_targets (instrument); i++)
    gtk_string_list_append (names, dhk_text_get (&dhk_instrument_get_target (instrument, i)->label,
                                                 dhk_language_of_messages ()));
  return names;
}

static GtkDropDown *
add_choice (GtkListBox *list, const char *title, GtkStringList *names)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  gtk_list_box_append (list, row);
  return GTK_DROP_DOWN (choice);
}

static GtkListBox *
create_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 420, -1);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
add_entry (GtkListBox *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (list, row);
  return row;
}

static AdwMessageDialog *
create_dialog (DhkInstrumentPage *self, const char *heading, const char *body, GtkListBox *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "add",
                                    _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (list));
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
enter_cb (GtkWidget *row, gpointer dialog)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "add");
  gtk_window_close (GTK_WINDOW (dialog));
}

/* A question ------------------------------------------------------------------ */

static void
question_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *self = user_data;
  g_autofree char *focus = g_strdup_printf ("question-%d", self->after + 1);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (g_strcmp0 (response, "add") != 0 || !dhk_instrument_page_is_editing (self->page))
    return;
  next = dhk_instrument_with_question_added (
      dhk_instrument_page_get_instrument (self->page),
      dhk_instrument_page_get_questionnaire (self->page), self->after,
      (int) gtk_drop_down_get_selected (self->item) - 1, gtk_drop_down_get_selected (self->answers),
      (int) gtk_drop_down_get_selected (self->target) - 1,
      dhk_instrument_page_get_language (self->page),
      gtk_editable_get_text (GTK_EDITABLE (self->text)), &error);
  dhk_instrument_page_take (self->page, next, error, TRUE, focus);
}

/* An item that is there has its answers already. */
static void
item_chosen_cb (GtkDropDown *item, GParamSpec *pspec, gpointer user_data)
{
  Question *self = user_data;

  gtk_widget_set_sensitive (GTK_WIDGET (self->answers), gtk_drop_down_get_selected (item) == 0);
}

void
dhk_instrument_page_ask_question (DhkInstrumentPage *page, int after)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  const DhkQuestion *before
      = &dhk_instrument_get_questionnaire (instrument, dhk_instrument_page_get_questionnaire (page))
             ->questions[after];
  GtkListBox *list = create_list ();
  Question *self = g_new0 (Question, 1);
  AdwMessageDialog *dialog;

  self->page = g_object_ref (page);
  self->after = after;
  self->text = add_entry (list, _ ("Wording"));
  self->item = add_choice (list, _ ("Item"), list_items (instrument));
  self->answers = add_choice (list, _ ("Answers"), list_answers (instrument));
  self->target = add_choice (list, _ ("About"), list_targets (instrument));
  gtk_drop_down_set_enable_search (self->item, FALSE);
  gtk_drop_down_set_selected (self->target, (guint) (before->target + 1));
  if (before->item >= 0)
    gtk_drop_down_set_selected (
        self->answers, dhk_instrument_get_item (instrument, (guint) before->item)->answer_scale);
  dialog = create_dialog (
      page, _ ("Add a Question"),
      _ ("An item that other questionnaires ask too is compared with theirs; a new item stands "
         "alone. Put it into a scale on the tab Scales."),
      list);
  g_signal_connect (self->item, "notify::selected", G_CALLBACK (item_chosen_cb), self);
  g_signal_connect (self->text, "entry-activated", G_CALLBACK (enter_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (question_answered_cb), self,
                         (GClosureNotify) (gpointer) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (self->text);
}

/* A scale ----------------------------------------------------------------------- */

static void
scale_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *self = user_data;
  g_autoptr (GError) error = NULL;
  guint item = gtk_drop_down_get_selected (self->item);
  DhkInstrument *next;

  if (g_strcmp0 (response, "add") != 0 || !dhk_instrument_page_is_editing (self->page))
    return;
  next = dhk_instrument_with_scale_added (dhk_instrument_page_get_instrument (self->page),
                                          dhk_instrument_page_get_language (self->page),
                                          gtk_editable_get_text (GTK_EDITABLE (self->text)), &item,
                                          1, &error);
  dhk_instrument_page_take (self->page, next, error, TRUE, "add-scale");
}

void
dhk_instrument_page_ask_scale (DhkInstrumentPage *page)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  GtkListBox *list = create_list ();
  GtkStringList *names = gtk_string_list_new (NULL);
  Question *self = g_new0 (Question, 1);
  AdwMessageDialog *dialog;

  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    gtk_string_list_append (names, dhk_instrument_get_item (instrument, i)->id);
  self->page = g_object_ref (page);
  self->text = add_entry (list, _ ("Name"));
  self->item = add_choice (list, _ ("First item"), names);
  dialog = create_dialog (page, _ ("Add a Scale"),
                          _ ("Its other items are ticked in the scale itself; they have the same "
                             "answers as the first."),
                          list);
  g_signal_connect (self->text, "entry-activated", G_CALLBACK (enter_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (scale_answered_cb), self,
                         (GClosureNotify) (gpointer) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (self->text);
}
