/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking what a new question, scale, answer scale, questionnaire or variant is. */

#include <glib/gi18n.h>

#include "ui/dhk-instrument-dialog.h"
#include "ui/dhk-variable-fields.h"

/* Choices ------------------------------------------------------------------- */

static void
append (GtkStringList *names, const DhkText *label)
{
  gtk_string_list_append (names, dhk_text_get (label, dhk_language_of_messages ()));
}

static GtkStringList *
list_items (const DhkInstrument *instrument, const char *first)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  if (first != NULL)
    gtk_string_list_append (names, first);
  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    gtk_string_list_append (names, dhk_instrument_get_item (instrument, i)->id);
  return names;
}

static GtkStringList *
list_answers (const DhkInstrument *instrument)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    append (names, &dhk_instrument_get_answer_scale (instrument, i)->label);
  return names;
}

static GtkStringList *
list_targets (const DhkInstrument *instrument)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Nobody: the own work"));
  for (guint i = 0; i < dhk_instrument_get_n_targets (instrument); i++)
    append (names, &dhk_instrument_get_target (instrument, i)->label);
  return names;
}

/* A question ------------------------------------------------------------------ */

enum
{
  NEW_TEXT,
  NEW_ITEM,
  NEW_ANSWERS,
  NEW_TARGET
};

static DhkInstrument *
add_question (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  return dhk_instrument_with_question_added (
      instrument, dhk_instrument_page_get_questionnaire (self->page), self->place,
      (int) dhk_instrument_dialog_get_choice (self, NEW_ITEM) - 1,
      dhk_instrument_dialog_get_choice (self, NEW_ANSWERS),
      (int) dhk_instrument_dialog_get_choice (self, NEW_TARGET) - 1,
      dhk_instrument_page_get_language (self->page),
      dhk_instrument_dialog_get_text (self, NEW_TEXT), error);
}

/* An item that is there has its answers already. */
static void
item_chosen_cb (GtkDropDown *item, GParamSpec *pspec, gpointer answers)
{
  gtk_widget_set_sensitive (GTK_WIDGET (answers), gtk_drop_down_get_selected (item) == 0);
}

void
dhk_instrument_page_ask_question (DhkInstrumentPage *page, int after)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  const DhkQuestion *before
      = &dhk_instrument_get_questionnaire (instrument, dhk_instrument_page_get_questionnaire (page))
             ->questions[after];
  guint answers = before->item >= 0
                      ? dhk_instrument_get_item (instrument, (guint) before->item)->answer_scale
                      : 0;
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Add a Question"),
      _ ("An item that other questionnaires ask too is compared with theirs; a new item stands "
         "alone. Put it into a scale on the tab Scales."),
      _ ("_Add"), add_question);

  self->place = after;
  self->focus = g_strdup_printf ("question-%d", after + 1);
  dhk_instrument_dialog_add_text (self, _ ("Wording"), "");
  dhk_instrument_dialog_add_choice (self, _ ("Item"), list_items (instrument, _ ("A new item")), 0);
  dhk_instrument_dialog_add_choice (self, _ ("Answers"), list_answers (instrument), answers);
  dhk_instrument_dialog_add_choice (self, _ ("About"), list_targets (instrument),
                                    (guint) (before->target + 1));
  g_signal_connect (self->fields[NEW_ITEM], "notify::selected", G_CALLBACK (item_chosen_cb),
                    self->fields[NEW_ANSWERS]);
  dhk_instrument_dialog_present (self);
}

/* A background question ------------------------------------------------------------ */

static DhkInstrument *
add_background (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  return dhk_variable_fields_apply (self, instrument,
                                    dhk_instrument_page_get_questionnaire (self->page),
                                    dhk_instrument_page_get_language (self->page), NULL, error);
}

void
dhk_instrument_page_ask_background (DhkInstrumentPage *page)
{
  const DhkVariableProposal nothing = { .text = "" };
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Add a Background Question"),
      _ ("Something about the respondent, to compare groups by. It is asked with the other "
         "background questions."),
      _ ("_Add"), add_background);

  self->focus = g_strdup ("add-background");
  dhk_variable_fields_add (self, dhk_instrument_page_get_instrument (page),
                           dhk_instrument_page_get_questionnaire (page), &nothing);
  dhk_instrument_dialog_present (self);
}

/* A scale ----------------------------------------------------------------------- */

static DhkInstrument *
add_scale (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  guint item = dhk_instrument_dialog_get_choice (self, 1);

  return dhk_instrument_with_scale_added (instrument, dhk_instrument_page_get_language (self->page),
                                          dhk_instrument_dialog_get_text (self, 0), &item, 1,
                                          error);
}

void
dhk_instrument_page_ask_scale (DhkInstrumentPage *page)
{
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Add a Scale"),
      _ ("Its other items are ticked in the scale itself; they have the same "
         "answers as the first."),
      _ ("_Add"), add_scale);

  self->focus = g_strdup ("add-scale");
  dhk_instrument_dialog_add_text (self, _ ("Name"), "");
  dhk_instrument_dialog_add_choice (
      self, _ ("First item"), list_items (dhk_instrument_page_get_instrument (page), NULL), 0);
  dhk_instrument_dialog_present (self);
}

/* Answers ------------------------------------------------------------------------- */

static DhkInstrument *
add_answers (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (dhk_instrument_dialog_get_text (self, 1), ";", 101);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (labels, parts[i]);
  g_ptr_array_add (labels, NULL);
  return dhk_instrument_with_answer_scale_added (
      instrument, dhk_instrument_page_get_language (self->page),
      dhk_instrument_dialog_get_text (self, 0), (const char *const *) labels->pdata, error);
}

void
dhk_instrument_page_ask_answers (DhkInstrumentPage *page)
{
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Add Answers"),
      _ ("The answers from the lowest to the highest, with a semicolon between them; the first "
         "gets "
         "the code 1. Choose them for a question with its button “More”."),
      _ ("_Add"), add_answers);

  self->focus = g_strdup ("add-answers");
  dhk_instrument_dialog_add_text (self, _ ("Name"), "");
  dhk_instrument_dialog_add_text (self, _ ("Answers, such as: never; sometimes; always"), "");
  dhk_instrument_dialog_present (self);
}

static DhkInstrument *
set_code (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  guint64 code;

  if (!g_ascii_string_to_unsigned (dhk_instrument_dialog_get_text (self, 0), 10, 0, G_MAXINT, &code,
                                   NULL))
    code = G_MAXINT;
  return dhk_instrument_with_answer_code (instrument, (guint) self->place, self->second, (int) code,
                                          error);
}

void
dhk_instrument_page_ask_code (DhkInstrumentPage *page, guint answer_scale, int code)
{
  g_autofree char *digits = g_strdup_printf ("%d", code);
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Code of the Answer"),
      _ ("The number that stands for this answer in scores and exports, from 0 to 100."),
      _ ("C_hange"), set_code);

  self->place = (int) answer_scale;
  self->second = code;
  self->focus = g_strdup_printf ("new-answer-%u", answer_scale);
  dhk_instrument_dialog_add_text (self, _ ("Code"), digits);
  dhk_instrument_dialog_present (self);
}

/* A questionnaire ------------------------------------------------------------------- */

static DhkInstrument *
copy_questionnaire (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  return dhk_instrument_with_questionnaire_copied (
      instrument, dhk_instrument_page_get_questionnaire (self->page),
      (int) dhk_instrument_dialog_get_choice (self, 1) - 1,
      dhk_instrument_dialog_get_text (self, 2), dhk_instrument_page_get_language (self->page),
      dhk_instrument_dialog_get_text (self, 0), error);
}

static void
type_chosen_cb (GtkDropDown *type, GParamSpec *pspec, gpointer name)
{
  gtk_widget_set_sensitive (GTK_WIDGET (name), gtk_drop_down_get_selected (type) == 0);
}

/* The new one is the last, and is what one wants to word now. */
static void
copied_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkInstrumentPage *page = DHK_INSTRUMENT_PAGE (user_data);
  guint n = dhk_instrument_get_n_questionnaires (dhk_instrument_page_get_instrument (page));

  if (g_strcmp0 (response, "accept") == 0
      && n > g_list_model_get_n_items (gtk_drop_down_get_model (page->questionnaires)))
    dhk_instrument_page_show_questionnaire (page, n - 1);
}

void
dhk_instrument_page_ask_copy (DhkInstrumentPage *page)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  GtkStringList *types = gtk_string_list_new (NULL);
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Copy the Questionnaire"),
      _ ("The copy asks the same items, so its answers are compared with those of the others. Then "
         "word its questions for whom it is."),
      _ ("_Copy"), copy_questionnaire);

  self->focus = g_strdup ("names-title");
  dhk_instrument_dialog_add_text (self, _ ("Name"), "");
  gtk_string_list_append (types, _ ("A new respondent type"));
  for (guint i = 0; i < dhk_instrument_get_n_types (instrument); i++)
    append (types, &dhk_instrument_get_role (instrument, i)->label);
  dhk_instrument_dialog_add_choice (self, _ ("For"), types, 0);
  dhk_instrument_dialog_add_text (self, _ ("Name of the respondent type"), "");
  g_signal_connect (self->fields[1], "notify::selected", G_CALLBACK (type_chosen_cb),
                    self->fields[2]);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (copied_cb), page, 0);
  dhk_instrument_dialog_present (self);
}

/* Variants ---------------------------------------------------------------------------- */

static DhkInstrument *
add_variant (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  return dhk_instrument_with_variant_added (
      instrument, dhk_instrument_page_get_language (self->page),
      dhk_instrument_dialog_get_text (self, 0), dhk_instrument_dialog_get_text (self, 1),
      dhk_instrument_dialog_get_text (self, 2), error);
}

void
dhk_instrument_page_ask_variant (DhkInstrumentPage *page)
{
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Add a Variant"),
      _ ("The same questionnaires with another word everywhere: for an organisation that uses "
         "words of its own. An import knows both."),
      _ ("_Add"), add_variant);

  self->focus = g_strdup ("add-variant");
  dhk_instrument_dialog_add_text (self, _ ("Name"), "");
  dhk_instrument_dialog_add_text (self, _ ("Word"), "");
  dhk_instrument_dialog_add_text (self, _ ("Replaced by"), "");
  dhk_instrument_dialog_present (self);
}

static DhkInstrument *
add_word (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  return dhk_instrument_with_replacement (instrument, (guint) self->place,
                                          dhk_instrument_dialog_get_text (self, 0),
                                          dhk_instrument_dialog_get_text (self, 1), error);
}

void
dhk_instrument_page_ask_word (DhkInstrumentPage *page, guint variant)
{
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, _ ("Replace a Word"), _ ("In every question, in either language."), _ ("_Add"),
      add_word);

  self->place = (int) variant;
  self->focus = g_strdup_printf ("add-word-%u", variant);
  dhk_instrument_dialog_add_text (self, _ ("Word"), "");
  dhk_instrument_dialog_add_text (self, _ ("Replaced by"), "");
  dhk_instrument_dialog_present (self);
}
