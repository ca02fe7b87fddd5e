/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Background variables and the questions that ask them. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "study/dhk-instrument-edit-private.h"

/* Of the schema. A longer head is known by the question's wording alone. */
#define LONGEST_HEAD 200

/* A variable ----------------------------------------------------------------- */

static gboolean
add_categories (DhkEdit *edit, xmlNode *variable, DhkLanguage language, const char *const *labels)
{
  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *id = dhk_edit_dup_new_id (variable, labels[i], "category");
      xmlNode *category = dhk_edit_append (variable, "category");

      dhk_edit_set_attribute (category, "id", id);
      if (!dhk_edit_append_text (edit, category, "label", language, labels[i]))
        return FALSE;
    }
  return TRUE;
}

static void
set_number (xmlNode *variable, const char *name, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  dhk_edit_set_attribute (variable, name, dhk_number_to_file (number, buffer));
}

/* Unlike any variable and item, and the number of a respondent: each is a column of an export. Owned. */
static char *
dup_id (DhkEdit *edit, const char *name)
{
  xmlNode *part = dhk_edit_part (edit, "variables");
  g_autofree char *id = dhk_edit_dup_new_id (part, name, "background");
  g_autofree char *other = NULL;

  if (strcmp (id, "id") != 0
      && dhk_edit_find (dhk_edit_part (edit, "items"), "item", "id", id) == NULL)
    return g_steal_pointer (&id);
  other = g_strdup_printf ("background-%s", id);
  return dhk_edit_dup_new_id (part, other, "background");
}

/* Its id (owned), or NULL with a sentence. */
static char *
add_variable (DhkEdit *edit, const DhkNewVariable *new, DhkLanguage language)
{
  xmlNode *part = dhk_edit_part (edit, "variables");
  g_autofree char *id = dup_id (edit, new->name);
  xmlNode *node
      = dhk_edit_append (part, new->labels != NULL ? "category-variable" : "number-variable");

  dhk_edit_set_attribute (node, "id", id);
  if (new->labels == NULL)
    {
      set_number (node, "minimum", new->minimum);
      set_number (node, "maximum", new->maximum);
    }
  if (!dhk_edit_append_text (edit, node, "label", language, new->name))
    return NULL;
  if (new->head != NULL && g_utf8_strlen (new->head, -1) <= LONGEST_HEAD)
    {
      g_autofree char *head = dhk_edit_dup_checked (edit, new->head, FALSE);

      if (head == NULL)
        return NULL;
      dhk_edit_set_content (dhk_edit_append (node, "head"), head);
    }
  if (new->labels != NULL && !add_categories (edit, node, language, new->labels))
    return NULL;
  return g_steal_pointer (&id);
}

/* What is new about it goes together, or a sentence says what does not. */
static gboolean
is_sound (DhkEdit *edit, const DhkNewVariable *new)
{
  if (new->labels != NULL && (new->labels[0] == NULL || new->labels[1] == NULL))
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                          _ ("A choice needs two answers or more, with a semicolon between them."));
  if (new->labels == NULL
      && !(isfinite (new->minimum) && isfinite (new->maximum) && new->minimum < new->maximum))
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                          _ ("A number needs the smallest and the largest that can be, such as "
                             "0; 100."));
  return TRUE;
}

/* Asking it ------------------------------------------------------------------ */

/* Behind the background questions that the questionnaire begins with. */
static xmlNode *
add_place (DhkEdit *edit, guint questionnaire)
{
  xmlNode *node = dhk_edit_questionnaire (edit, questionnaire);
  xmlNode *last = dhk_xml_first (node, NULL);
  xmlNode *next = last;

  while ((next = dhk_xml_next (next, NULL)) != NULL
         && strcmp ((const char *) next->name, "grid") != 0)
    last = next;
  return dhk_edit_insert_after (last, "question");
}

static gboolean
ask_variable (DhkEdit *edit,
              guint questionnaire,
              const char *variable,
              DhkLanguage language,
              const char *text)
{
  g_autofree char *licence = dhk_edit_dup_licence (edit, _ ("Worded for this study."));
  g_autofree char *plain = dhk_edit_dup_checked (edit, text, FALSE);
  xmlNode *node;

  if (licence == NULL || plain == NULL)
    return FALSE;
  node = add_place (edit, questionnaire);
  dhk_edit_set_attribute (node, "variable", variable);
  dhk_edit_set_attribute (node, "source", "own-wording");
  dhk_edit_set_attribute (node, "licence", licence);
  return dhk_edit_set_text (edit, node, language, plain);
}

DhkInstrument *
dhk_instrument_with_variable_added (DhkInstrument *self,
                                    guint questionnaire,
                                    const DhkNewVariable *variable,
                                    DhkLanguage language,
                                    const char *text,
                                    GError **error)
{
  DhkEdit edit;
  g_autofree char *id = NULL;

  g_return_val_if_fail (self != NULL && variable != NULL && variable->name != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  if (is_sound (&edit, variable))
    id = add_variable (&edit, variable, language);
  return dhk_edit_finish (&edit,
                          id != NULL && ask_variable (&edit, questionnaire, id, language, text));
}

static gboolean
is_asked (const DhkQuestionnaire *asked, guint variable)
{
  for (guint i = 0; i < asked->n_questions; i++)
    if (asked->questions[i].item < 0 && asked->questions[i].variable == (int) variable)
      return TRUE;
  return FALSE;
}

DhkInstrument *
dhk_instrument_with_variable_asked (DhkInstrument *self,
                                    guint questionnaire,
                                    guint variable,
                                    DhkLanguage language,
                                    const char *text,
                                    GError **error)
{
  DhkEdit edit;
  const DhkVariable *known;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  g_return_val_if_fail (variable < dhk_instrument_get_n_variables (self), NULL);
  known = dhk_instrument_get_variable (self, variable);
  /* One of several choices is asked with the others. */
  g_return_val_if_fail (known->choices < 0, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  if (is_asked (dhk_instrument_get_questionnaire (self, questionnaire), variable))
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                     _ ("This questionnaire already asks “%s”."),
                     dhk_text_get (&known->label, dhk_language_of_messages ()));
      return dhk_edit_finish (&edit, FALSE);
    }
  return dhk_edit_finish (&edit, ask_variable (&edit, questionnaire, known->id, language, text));
}
