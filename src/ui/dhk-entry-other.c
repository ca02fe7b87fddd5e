/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-entry-other.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "study/dhk-answer-key.h"

static const DhkEntryKind kinds[] = {
  DHK_ENTRY_EMPTY,        DHK_ENTRY_TWO_MARKS,      DHK_ENTRY_ILLEGIBLE,
  DHK_ENTRY_OUT_OF_RANGE, DHK_ENTRY_NOT_APPLICABLE,
};

typedef struct
{
  GtkWidget *owner;
  DhkInstrument *instrument;
  guint questionnaire;
  DhkEntryPair pair;
  DhkEntryOtherChosen chosen;
  GPtrArray *choices; /* NULL: a number */
  GtkWidget *number;  /* lent by the dialog */
  GtkWidget *list;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *self = data;

  g_object_unref (self->owner);
  dhk_instrument_unref (self->instrument);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self);
}

static const DhkVariable *
get_variable (Asked *self)
{
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (self->instrument, self->questionnaire)
             ->questions[self->pair.question];

  return dhk_instrument_get_variable (self->instrument, (guint) question->variable);
}

/* What is chosen now; FALSE when it is no answer. */
static gboolean
take_answer (Asked *self, DhkEntryAnswer *answer)
{
  guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->list));
  guint n_answers = self->choices != NULL ? self->choices->len : 1;

  *answer = (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED };
  if (place >= n_answers)
    {
      answer->kind = kinds[MIN (place - n_answers, G_N_ELEMENTS (kinds) - 1)];
      return TRUE;
    }
  if (self->choices != NULL)
    {
      answer->code = ((DhkAnswerChoice *) g_ptr_array_index (self->choices, place))->code;
      return TRUE;
    }
  return dhk_answer_key_parse_number (gtk_editable_get_text (GTK_EDITABLE (self->number)),
                                      &answer->number)
         && answer->number >= get_variable (self)->minimum
         && answer->number <= get_variable (self)->maximum;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Asked *self = user_data;
  DhkEntryAnswer answer;

  if (g_str_equal (response, "choose") && take_answer (self, &answer))
    self->chosen (&self->pair, &answer, self->owner);
}

static void
update_cb (Asked *self)
{
  GtkRoot *dialog = gtk_widget_get_root (self->list);
  DhkEntryAnswer answer;

  if (self->number != NULL)
    gtk_widget_set_sensitive (self->number,
                              gtk_drop_down_get_selected (GTK_DROP_DOWN (self->list)) == 0);
  if (ADW_IS_MESSAGE_DIALOG (dialog))
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "choose",
                                             take_answer (self, &answer));
}

static GtkWidget *
create_list (Asked *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  if (self->choices == NULL)
    gtk_string_list_append (words, _ ("The number above"));
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    {
      const DhkAnswerChoice *choice = g_ptr_array_index (self->choices, i);
      g_autofree char *text = g_strdup_printf ("%s  %s", choice->key, choice->label);

      gtk_string_list_append (words, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const DhkEntryAnswer answer = { .kind = kinds[i] };
      g_autofree char *text = dhk_entry_answer_describe (self->instrument, self->questionnaire,
                                                         self->pair.question, &answer);

      gtk_string_list_append (words, text);
    }
  return gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
}

static GtkWidget *
create_content (Asked *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (self->choices == NULL)
    {
      self->number = gtk_entry_new ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Number"), -1);
      gtk_entry_set_activates_default (GTK_ENTRY (self->number), TRUE);
      g_signal_connect_swapped (self->number, "changed", G_CALLBACK (update_cb), self);
      gtk_box_append (GTK_BOX (box), self->number);
    }
  self->list = create_list (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answer"), -1);
  g_signal_connect_swapped (self->list, "notify::selected", G_CALLBACK (update_cb), self);
  gtk_box_append (GTK_BOX (box), self->list);
  return box;
}

void
dhk_entry_other_ask (GtkWidget *owner,
                     DhkInstrument *instrument,
                     guint questionnaire,
                     const DhkEntryPair *pair,
                     DhkEntryOtherChosen chosen)
{
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (instrument, questionnaire)->questions[pair->question];
  g_autofree char *heading
      = g_strdup_printf (_ ("Form %u, question %u"), pair->number, pair->question + 1);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (owner)), heading,
                                dhk_text_get (&question->text, dhk_language_of_messages ()));
  Asked *self = g_new0 (Asked, 1);

  self->owner = g_object_ref (owner);
  self->instrument = dhk_instrument_ref (instrument);
  self->questionnaire = questionnaire;
  self->pair = *pair;
  self->chosen = chosen;
  self->choices = dhk_question_list_choices (instrument, question, dhk_language_of_messages ());
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_content (self));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "choose",
                                    _ ("C_hoose"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "choose",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "choose");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, asked_free, 0);
  update_cb (self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (self->number != NULL ? self->number : self->list);
}
