/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entry view: what is on the screen at each stage. */

#include <glib/gi18n.h>

#include "ui/dhk-entry-view-private.h"

/* The keys of the reasons, in the order of the cards. */
static const struct
{
  DhkEntryKind kind;
  const char *words;
} reasons[] = {
  { DHK_ENTRY_EMPTY, N_ ("nothing filled in") },
  { DHK_ENTRY_TWO_MARKS, N_ ("two marks") },
  { DHK_ENTRY_ILLEGIBLE, N_ ("cannot be read") },
  { DHK_ENTRY_OUT_OF_RANGE, N_ ("not one of the answers") },
  { DHK_ENTRY_NOT_APPLICABLE, N_ ("does not apply") },
};

const DhkQuestion *
dhk_entry_view_get_question (DhkEntryView *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);

  return &dhk_instrument_get_questionnaire (instrument, self->questionnaire)
              ->questions[self->question];
}

static void
set_stage (DhkEntryView *self, DhkEntryStage stage, const char *child)
{
  self->stage = stage;
  gtk_stack_set_visible_child_name (self->stages, child);
  g_string_truncate (self->digits, 0);
  g_clear_pointer (&self->refused, g_free);
  dhk_entry_view_say (self, NULL);
}

static void
update_head (DhkEntryView *self)
{
  g_autofree char *form = g_strdup_printf (_ ("Form %u"), self->sheet->number);
  g_autofree char *place
      = self->n_several > 1
            /* Translators: questions 3 to 7 of 20 */
            ? g_strdup_printf (_ ("%u–%u of %u"), self->question + 1,
                               self->question + self->n_several, self->sheet->n_answers)
            : g_strdup_printf (_ ("%u of %u"), self->question + 1, self->sheet->n_answers);
  gboolean asks = self->stage == DHK_ENTRY_STAGE_QUESTION || self->stage == DHK_ENTRY_STAGE_MISSING;

  gtk_label_set_text (self->form_label, self->stage == DHK_ENTRY_STAGE_NUMBER ? "" : form);
  gtk_label_set_text (self->place_label, asks ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          asks || self->stage == DHK_ENTRY_STAGE_SUMMARY);
  gtk_progress_bar_set_fraction (self->progress,
                                 asks ? (double) self->question / self->sheet->n_answers : 1.0);
}

void
dhk_entry_view_say (DhkEntryView *self, const char *sentence)
{
  gtk_label_set_text (self->message, sentence != NULL ? sentence : "");
}

/* Which form ------------------------------------------------------------------ */

static guint
count_typed (const DhkEntrySheet *sheet)
{
  guint n = 0;

  for (guint i = 0; i < sheet->n_answers; i++)
    n += sheet->answers[i].kind != DHK_ENTRY_OPEN ? 1 : 0;
  return n;
}

void
dhk_entry_view_show_number (DhkEntryView *self)
{
  g_autofree char *number = g_strdup_printf ("%u", self->sheet->number);
  g_autofree char *hint = NULL;

  set_stage (self, DHK_ENTRY_STAGE_NUMBER, "number");
  update_head (self);
  if (self->sheet->complete)
    hint = g_strdup (_ ("This form is complete. What you type corrects it."));
  else if (self->sheet->exists)
    hint = g_strdup_printf (_ ("This form was begun: %u of %u answered."),
                            count_typed (self->sheet), self->sheet->n_answers);
  gtk_label_set_text (self->number_hint,
                      hint != NULL ? hint : _ ("The number that is on the paper. Enter goes on."));
  gtk_editable_set_text (self->number_entry, number);
  gtk_widget_grab_focus (GTK_WIDGET (self->number_entry));
  gtk_editable_select_region (self->number_entry, 0, -1);
}

/* Questions ------------------------------------------------------------------- */

static void
show_cards (DhkEntryView *self, const DhkEntryAnswer *answer)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autofree gboolean *ticked = g_new0 (gboolean, self->choices->len + 1);
  int active = -1;

  for (guint i = 0; i < self->choices->len; i++)
    {
      const DhkAnswerChoice *choice = g_ptr_array_index (self->choices, i);

      g_ptr_array_add (keys, choice->key);
      g_ptr_array_add (labels, choice->label);
      if (self->n_several > 0)
        ticked[i] = answer[i].kind == DHK_ENTRY_ANSWERED && answer[i].code == DHK_CHOSEN;
      else if (answer->kind == DHK_ENTRY_ANSWERED && answer->code == choice->code)
        active = (int) i;
    }
  if (self->n_several > 0)
    dhk_entry_cards_set_several (self->cards, (const char *const *) keys->pdata,
                                 (const char *const *) labels->pdata, self->choices->len, ticked,
                                 MIN (self->ticked, (int) self->choices->len - 1));
  else
    dhk_entry_cards_set (self->cards, (const char *const *) keys->pdata,
                         (const char *const *) labels->pdata, self->choices->len, active);
  dhk_entry_cards_focus (self->cards);
}

static void
show_number_answer (DhkEntryView *self, const DhkEntryAnswer *answer)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  g_autofree char *text
      = answer->kind == DHK_ENTRY_ANSWERED
            ? dhk_entry_answer_describe (instrument, self->questionnaire, self->question, answer)
            : g_strdup ("");

  gtk_editable_set_text (self->number_answer, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->number_answer));
  gtk_editable_select_region (self->number_answer, 0, -1);
}

static void
say_what_stands (DhkEntryView *self, const DhkEntryAnswer *answer)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  if (answer->kind == DHK_ENTRY_OPEN || answer->kind == DHK_ENTRY_ANSWERED)
    return;
  words = dhk_entry_answer_describe (instrument, self->questionnaire, self->question, answer);
  /* Translators: what was typed about a question without an answer: "nothing filled in". */
  sentence = g_strdup_printf (_ ("Typed: %s"), words);
  dhk_entry_view_say (self, sentence);
}

static void
update_hint (DhkEntryView *self)
{
  const DhkAnswerChoice *first;
  const DhkAnswerChoice *last;
  g_autofree char *hint = NULL;

  if (self->choices == NULL || self->choices->len == 0)
    {
      gtk_label_set_text (
          self->hint,
          _ ("Enter: store the number · -: no answer · Backspace: back · Esc: stop · ?: keys"));
      return;
    }
  first = g_ptr_array_index (self->choices, 0);
  last = g_ptr_array_index (self->choices, self->choices->len - 1);
  if (self->n_several > 0)
    hint = g_strdup_printf (
        _ ("%s–%s: tick, and again to untick · -: no answer · Enter: on · Backspace: back · Esc: "
           "stop · ?: keys"),
        first->key, last->key);
  else
    hint = g_strdup_printf (
        _ ("%s–%s: answer · -: no answer · Enter: on · Backspace: back · Esc: stop · ?: keys"),
        first->key, last->key);
  gtk_label_set_text (self->hint, hint);
}

static void
update_wording (DhkEntryView *self)
{
  const DhkQuestion *question = dhk_entry_view_get_question (self);
  DhkLanguage language = dhk_language_of_messages ();
  const char *stem = dhk_text_get (&question->stem, language);
  const char *text
      = dhk_text_get (self->n_several > 0 ? &question->whole : &question->text, language);

  gtk_label_set_text (self->stem, stem);
  gtk_widget_set_visible (GTK_WIDGET (self->stem), stem[0] != '\0');
  gtk_label_set_text (self->wording, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number_answer),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
dhk_entry_view_show_question (DhkEntryView *self, guint question)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, self->questionnaire);
  const DhkChoices *several
      = dhk_instrument_get_question_choices (instrument, &form->questions[question]);
  guint first = dhk_instrument_find_first_choice (instrument, form, question, NULL);
  const DhkEntryAnswer *answer = &self->sheet->answers[first];

  if (first != self->question)
    self->ticked = -1;
  self->question = first;
  self->n_several = several != NULL ? several->n_choices : 0;
  set_stage (self, DHK_ENTRY_STAGE_QUESTION, "question");
  update_head (self);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = several != NULL
                      ? dhk_choices_list_choices (several, dhk_language_of_messages ())
                      : dhk_question_list_choices (instrument, dhk_entry_view_get_question (self),
                                                   dhk_language_of_messages ());
  gtk_widget_set_visible (GTK_WIDGET (self->cards), self->choices != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->number_answer), self->choices == NULL);
  update_wording (self);
  update_hint (self);
  say_what_stands (self, answer);
  if (self->choices != NULL)
    show_cards (self, answer);
  else
    show_number_answer (self, answer);
}

void
dhk_entry_view_refuse (DhkEntryView *self, const char *typed)
{
  const DhkAnswerChoice *first = g_ptr_array_index (self->choices, 0);
  const DhkAnswerChoice *last = g_ptr_array_index (self->choices, self->choices->len - 1);
  g_autofree char *sentence = g_strdup_printf (
      _ ("%s is not an answer to this question: the answers are %s to %s. Nothing "
         "was stored. Is it on the paper like this? Press - and then 4."),
      typed, first->key, last->key);

  dhk_entry_view_say (self, sentence);
  g_free (self->refused);
  self->refused = g_strdup (typed);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
dhk_entry_view_refuse_number (DhkEntryView *self, const char *typed)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  const DhkVariable *variable = dhk_instrument_get_variable (
      instrument, (guint) dhk_entry_view_get_question (self)->variable);
  DhkEntryAnswer low = { .kind = DHK_ENTRY_ANSWERED, .number = variable->minimum };
  DhkEntryAnswer high = { .kind = DHK_ENTRY_ANSWERED, .number = variable->maximum };
  g_autofree char *from
      = dhk_entry_answer_describe (instrument, self->questionnaire, self->question, &low);
  g_autofree char *to
      = dhk_entry_answer_describe (instrument, self->questionnaire, self->question, &high);
  g_autofree char *sentence = g_strdup_printf (
      _ ("%s is not a number from %s to %s. Nothing was stored. Is it on the paper "
         "like this? Press - and then 4."),
      typed, from, to);

  dhk_entry_view_say (self, sentence);
  g_free (self->refused);
  self->refused = g_strdup (typed);
  gtk_editable_select_region (self->number_answer, 0, -1);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Why there is no answer --------------------------------------------------------- */

void
dhk_entry_view_show_missing (DhkEntryView *self)
{
  static const char *const keys[] = { "1", "2", "3", "4", "5" };
  const char *labels[G_N_ELEMENTS (reasons)];
  const DhkEntryAnswer *answer = &self->sheet->answers[self->question];
  g_autofree char *refused = g_steal_pointer (&self->refused);
  g_autofree char *typed = NULL;
  int active = -1;

  G_STATIC_ASSERT (G_N_ELEMENTS (keys) == G_N_ELEMENTS (reasons));

  set_stage (self, DHK_ENTRY_STAGE_MISSING, "question");
  update_head (self);
  self->refused = g_steal_pointer (&refused);
  if (self->refused != NULL)
    typed = g_strdup_printf (_ ("“%s”, not one of the answers"), self->refused);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      labels[i] = _ (reasons[i].words);
      if (reasons[i].kind == DHK_ENTRY_OUT_OF_RANGE && typed != NULL)
        labels[i] = typed;
      if (reasons[i].kind == answer->kind)
        active = (int) i;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->cards), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->number_answer), FALSE);
  dhk_entry_cards_set (self->cards, keys, labels, G_N_ELEMENTS (reasons), active);
  dhk_entry_cards_focus (self->cards);
  dhk_entry_view_say (self, _ ("Why is there no answer?"));
  gtk_label_set_text (self->hint, _ ("1–5: reason · Backspace: back to the answers"));
}

void
dhk_entry_view_choose_card (DhkEntryView *self, guint place)
{
  DhkEntryAnswer answer = { .kind = DHK_ENTRY_ANSWERED };

  if (self->stage == DHK_ENTRY_STAGE_MISSING && place < G_N_ELEMENTS (reasons))
    {
      answer.kind = reasons[place].kind;
      if (answer.kind == DHK_ENTRY_OUT_OF_RANGE && self->refused != NULL)
        {
          g_autofree char *note
              = g_utf8_substring (self->refused, 0, MIN (g_utf8_strlen (self->refused, -1), 7));

          g_strlcpy (answer.note, note, sizeof answer.note);
        }
    }
  else if (self->stage == DHK_ENTRY_STAGE_QUESTION && self->n_several > 0
           && place < self->n_several)
    {
      dhk_entry_view_tick (self, place);
      return;
    }
  else if (self->stage == DHK_ENTRY_STAGE_QUESTION && self->choices != NULL
           && place < self->choices->len)
    answer.code = ((DhkAnswerChoice *) g_ptr_array_index (self->choices, place))->code;
  else
    return;
  dhk_entry_view_answer (self, &answer);
}

/* The end of a form -------------------------------------------------------------- */

static void
append_missing (DhkEntryView *self, GString *text, guint q)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (instrument, self->questionnaire)->questions[q];
  const DhkEntryAnswer *answer = &self->sheet->answers[q];
  g_autofree char *words
      = answer->kind == DHK_ENTRY_OPEN
            ? g_strdup (_ ("not typed; becomes “nothing filled in”"))
            : dhk_entry_answer_describe (instrument, self->questionnaire, q, answer);

  g_string_append_printf (text, "%s%u  %s — %s", text->len > 0 ? "\n" : "", q + 1,
                          dhk_text_get (&question->text, dhk_language_of_messages ()), words);
}

void
dhk_entry_view_show_summary (DhkEntryView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = NULL;
  guint n_answered = 0;

  set_stage (self, DHK_ENTRY_STAGE_SUMMARY, "summary");
  update_head (self);
  for (guint q = 0; q < self->sheet->n_answers; q++)
    if (self->sheet->answers[q].kind == DHK_ENTRY_ANSWERED)
      n_answered++;
    else
      append_missing (self, text, q);
  title = g_strdup_printf (ngettext ("%u of %u question answered", "%u of %u questions answered",
                                     self->sheet->n_answers),
                           n_answered, self->sheet->n_answers);
  gtk_label_set_text (self->summary_title, title);
  gtk_label_set_text (self->summary_text, text->len > 0 ? text->str : _ ("Nothing is missing."));
  gtk_widget_grab_focus (self->summary_button);
}

void
dhk_entry_view_show_done (DhkEntryView *self)
{
  self->stage = DHK_ENTRY_STAGE_DONE;
  dhk_entry_view_forget_ahead (self);
  gtk_stack_set_visible_child_name (self->stages, "done");
  gtk_label_set_text (self->form_label, "");
  gtk_label_set_text (self->place_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_grab_focus (self->done_button);
}
