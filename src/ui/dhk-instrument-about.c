/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a question's row has no place for: its answers, its section, where its wording comes from. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-instrument-dialog.h"

/* Terms --------------------------------------------------------------------- */

/* The terms that wordings of this instrument come under, each once. Lent strings. */
static GPtrArray *
list_terms (const DhkInstrument *instrument)
{
  GPtrArray *terms = g_ptr_array_new ();

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      for (guint k = 0; k < asked->n_questions; k++)
        if (!g_ptr_array_find_with_equal_func (terms, asked->questions[k].licence, g_str_equal,
                                               NULL))
          g_ptr_array_add (terms, asked->questions[k].licence);
    }
  return terms;
}

static void
terms_chosen_cb (GtkDropDown *terms, GParamSpec *pspec, gpointer other)
{
  gtk_widget_set_sensitive (GTK_WIDGET (other),
                            gtk_drop_down_get_selected (terms) + 1
                                == g_list_model_get_n_items (gtk_drop_down_get_model (terms)));
}

/* Three fields: where the wording comes from, its terms, other terms. */
static void
add_terms (DhkInstrumentDialog *self, const DhkQuestion *question)
{
  g_autoptr (GPtrArray) known = list_terms (dhk_instrument_page_get_instrument (self->page));
  GtkStringList *sources = gtk_string_list_new (NULL);
  GtkStringList *terms = gtk_string_list_new (NULL);
  guint selected = 0;
  GtkDropDown *choice;
  GtkWidget *other;

  gtk_string_list_append (sources, _ ("Quoted from a publication"));
  gtk_string_list_append (sources, _ ("Own wording"));
  dhk_instrument_dialog_add_choice (self, _ ("Source"), sources,
                                    question->source == DHK_SOURCE_QUOTED ? 0 : 1);
  for (guint i = 0; i < known->len; i++)
    {
      gtk_string_list_append (terms, g_ptr_array_index (known, i));
      if (strcmp (g_ptr_array_index (known, i), question->licence) == 0)
        selected = i;
    }
  gtk_string_list_append (terms, _ ("Other terms"));
  choice = dhk_instrument_dialog_add_choice (self, _ ("Licence"), terms, selected);
  other = dhk_instrument_dialog_add_text (self, _ ("Other terms"), "");
  gtk_widget_set_sensitive (other, FALSE);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (terms_chosen_cb), other);
}

static DhkSource
get_source (DhkInstrumentDialog *self, guint first)
{
  return dhk_instrument_dialog_get_choice (self, first) == 0 ? DHK_SOURCE_QUOTED
                                                             : DHK_SOURCE_OWN_WORDING;
}

static char *
dup_terms (DhkInstrumentDialog *self, guint first, const DhkInstrument *instrument)
{
  g_autoptr (GPtrArray) known = list_terms (instrument);
  guint chosen = dhk_instrument_dialog_get_choice (self, first + 1);

  return g_strdup (chosen < known->len ? g_ptr_array_index (known, chosen)
                                       : dhk_instrument_dialog_get_text (self, first + 2));
}

static DhkInstrument *
set_scale_terms (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  g_autofree char *terms = dup_terms (self, 0, instrument);

  return dhk_instrument_with_scale_terms (instrument, (guint) self->place, get_source (self, 0),
                                          terms, error);
}

/* Any question that asks an item of the scale, or NULL. */
static const DhkQuestion *
find_question (const DhkInstrument *instrument, const DhkScale *scale)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      for (guint k = 0; k < asked->n_questions; k++)
        for (guint n = 0; n < scale->n_items; n++)
          if (asked->questions[k].item == (int) scale->items[n])
            return &asked->questions[k];
    }
  return NULL;
}

void
dhk_instrument_page_ask_terms (DhkInstrumentPage *page, guint index)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  const DhkScale *scale = dhk_instrument_get_scale (instrument, index);
  const DhkQuestion *question = find_question (instrument, scale);
  DhkInstrumentDialog *self;

  if (question == NULL)
    return;
  self = dhk_instrument_dialog_new (
      page, dhk_text_get (&scale->label, dhk_instrument_page_get_language (page)),
      _ ("Where the wordings of this scale come from, in every questionnaire, and under which "
         "terms "
         "they may be used."),
      _ ("C_hange"), set_scale_terms);
  self->place = (int) index;
  self->focus = g_strdup ("add-scale");
  add_terms (self, question);
  dhk_instrument_dialog_present (self);
}

/* A question ------------------------------------------------------------------- */

static const DhkQuestionnaire *
get_asked (DhkInstrumentPage *page, const DhkInstrument *instrument)
{
  return dhk_instrument_get_questionnaire (instrument,
                                           dhk_instrument_page_get_questionnaire (page));
}

static gboolean
is_same_section (const DhkQuestion *a, const DhkQuestion *b)
{
  if (a->item < 0 || b->item < 0 || a->target != b->target)
    return FALSE;
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (g_strcmp0 (a->stem.in[i], b->stem.in[i]) != 0)
      return FALSE;
  return TRUE;
}

/* The first question of each section. */
static GArray *
list_sections (const DhkQuestionnaire *asked)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < asked->n_questions; i++)
    if (asked->questions[i].item >= 0
        && (i == 0 || !is_same_section (&asked->questions[i - 1], &asked->questions[i])))
      g_array_append_val (sections, i);
  return sections;
}

static guint
find_section (const DhkQuestionnaire *asked, const GArray *sections, guint question)
{
  guint found = 0;

  for (guint i = 0; i < sections->len; i++)
    if (g_array_index (sections, guint, i) <= question)
      found = i;
  return found;
}

static void
replace (DhkInstrument **draft, DhkInstrument *next)
{
  g_clear_pointer (draft, dhk_instrument_unref);
  *draft = next;
}

enum
{
  ABOUT_ANSWERS,
  ABOUT_SECTION,
  ABOUT_SOURCE
};

/* Only what is different: each is a change of its own. */
static DhkInstrument *
change_item (DhkInstrumentDialog *self, DhkInstrument *draft, GError **error)
{
  guint questionnaire = dhk_instrument_page_get_questionnaire (self->page);
  const DhkQuestionnaire *asked = get_asked (self->page, draft);
  guint item = (guint) asked->questions[self->place].item;
  guint answers = dhk_instrument_dialog_get_choice (self, ABOUT_ANSWERS);
  g_autoptr (GArray) sections = list_sections (asked);
  guint section = dhk_instrument_dialog_get_choice (self, ABOUT_SECTION);
  guint now = find_section (asked, sections, (guint) self->place);

  if (dhk_instrument_get_item (draft, item)->answer_scale != answers)
    replace (&draft, dhk_instrument_with_item_answers (draft, &item, 1, answers, error));
  if (draft != NULL && section != now)
    replace (&draft, dhk_instrument_with_question_in_section (
                         draft, questionnaire, (guint) self->place,
                         g_array_index (sections, guint, section), error));
  return draft;
}

static DhkInstrument *
change_question (DhkInstrumentDialog *self, DhkInstrument *instrument, GError **error)
{
  const DhkQuestion *question = &get_asked (self->page, instrument)->questions[self->place];
  guint first = question->item >= 0 ? ABOUT_SOURCE : 0;
  g_autofree char *terms = dup_terms (self, first, instrument);
  gboolean is_item = question->item >= 0;
  DhkInstrument *draft = dhk_instrument_ref (instrument);

  if (question->source != get_source (self, first) || strcmp (question->licence, terms) != 0)
    replace (&draft, dhk_instrument_with_terms (
                         draft, dhk_instrument_page_get_questionnaire (self->page),
                         (guint) self->place, get_source (self, first), terms, error));
  return draft != NULL && is_item ? change_item (self, draft, error) : draft;
}

static void
add_places (DhkInstrumentDialog *self, const DhkInstrument *instrument)
{
  const DhkQuestionnaire *asked = get_asked (self->page, instrument);
  const DhkQuestion *question = &asked->questions[self->place];
  g_autoptr (GArray) sections = list_sections (asked);
  GtkStringList *answers = gtk_string_list_new (NULL);
  GtkStringList *names = gtk_string_list_new (NULL);
  DhkLanguage language = dhk_instrument_page_get_language (self->page);

  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    gtk_string_list_append (answers,
                            dhk_text_get (&dhk_instrument_get_answer_scale (instrument, i)->label,
                                          dhk_language_of_messages ()));
  dhk_instrument_dialog_add_choice (
      self, _ ("Answers"), answers,
      dhk_instrument_get_item (instrument, (guint) question->item)->answer_scale);
  for (guint i = 0; i < sections->len; i++)
    {
      const DhkQuestion *first = &asked->questions[g_array_index (sections, guint, i)];
      const char *stem = dhk_text_get (&first->stem, language);
      g_autofree char *name = g_strdup_printf (
          "%s · %s",
          dhk_instrument_get_perspective_label (instrument, asked->type, first->target,
                                                dhk_language_of_messages ()),
          *stem != '\0' ? stem : _ ("Statements"));

      gtk_string_list_append (names, name);
    }
  dhk_instrument_dialog_add_choice (self, _ ("Section"), names,
                                    find_section (asked, sections, (guint) self->place));
}

void
dhk_instrument_page_ask_about_question (DhkInstrumentPage *page, guint question)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (page);
  const DhkQuestion *asked = &get_asked (page, instrument)->questions[question];
  g_autofree char *heading = g_strdup_printf (_ ("Question %u"), question + 1);
  DhkInstrumentDialog *self = dhk_instrument_dialog_new (
      page, heading, dhk_text_get (&asked->text, dhk_instrument_page_get_language (page)),
      _ ("C_hange"), change_question);

  self->place = (int) question;
  self->focus = g_strdup_printf ("question-%u", question);
  if (asked->item >= 0)
    add_places (self, instrument);
  add_terms (self, asked);
  dhk_instrument_dialog_present (self);
}
