/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words and versions. */

#include "study/dhk-instrument-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit-private.h"

/* Words ---------------------------------------------------------------------- */

DhkInstrument *
dhk_instrument_with_title (DhkInstrument *self,
                           DhkLanguage language,
                           const char *text,
                           GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit, dhk_edit_set_text (&edit, dhk_edit_part (&edit, "title"), language, text));
}

DhkInstrument *
dhk_instrument_with_questionnaire_label (DhkInstrument *self,
                                         guint questionnaire,
                                         DhkLanguage language,
                                         const char *text,
                                         GError **error)
{
  DhkEdit edit;
  xmlNode *node;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  node = dhk_xml_first (dhk_edit_questionnaire (&edit, questionnaire), "label");
  return dhk_edit_finish (&edit, dhk_edit_set_text (&edit, node, language, text));
}

static const DhkQuestion *
get_question (const DhkInstrument *self, guint questionnaire, guint question)
{
  const DhkQuestionnaire *asked;

  if (questionnaire >= dhk_instrument_get_n_questionnaires (self))
    return NULL;
  asked = dhk_instrument_get_questionnaire (self, questionnaire);
  return question < asked->n_questions ? &asked->questions[question] : NULL;
}

static gboolean
set_terms (DhkEdit *edit, xmlNode *node, DhkSource source, const char *licence)
{
  g_autofree char *id = dhk_edit_dup_licence (edit, licence);

  if (id == NULL)
    return FALSE;
  dhk_edit_set_attribute (node, "source", source == DHK_SOURCE_QUOTED ? "quoted" : "own-wording");
  dhk_edit_set_attribute (node, "licence", id);
  return TRUE;
}

static gboolean
set_wording (DhkEdit *edit, xmlNode *node, DhkLanguage language, const char *text)
{
  return dhk_edit_set_text (edit, node, language, text)
         && set_terms (edit, node, DHK_SOURCE_OWN_WORDING, _ ("Worded for this study."));
}

static xmlNode *
find_choice (DhkEdit *edit, const DhkChoices *choices, guint choice)
{
  xmlNode *node
      = dhk_edit_find (dhk_edit_part (edit, "variables"), "choices-variable", "id", choices->id);

  return dhk_edit_nth (node, "choice", choice);
}

/* "What helped you? – School": what is the same says whether the question or the choice is worded anew. */
static gboolean
set_choice_wording (DhkEdit *edit,
                    xmlNode *node,
                    const DhkQuestion *question,
                    DhkLanguage language,
                    const char *text)
{
  const DhkChoices *choices = dhk_instrument_get_question_choices (edit->instrument, question);
  guint choice = (guint) question->variable - choices->first;
  const char *label = dhk_text_get (&choices->choices[choice].label, language);
  g_autofree char *before = g_strconcat (dhk_text_get (&question->whole, language), " – ", NULL);
  g_autofree char *behind = g_strconcat (" – ", label, NULL);
  g_autofree char *whole = NULL;

  if (g_str_has_prefix (text, before))
    return dhk_edit_set_text (edit, dhk_xml_first (find_choice (edit, choices, choice), "label"),
                              language, text + strlen (before));
  if (!g_str_has_suffix (text, behind))
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                          _ ("Change the question before the dash or the choice behind it, one at "
                             "a time: “%s%s”."),
                          before, label);
  whole = g_strndup (text, strlen (text) - strlen (behind));
  return set_wording (edit, node, language, whole);
}

DhkInstrument *
dhk_instrument_with_wording (DhkInstrument *self,
                             guint questionnaire,
                             guint question,
                             DhkLanguage language,
                             const char *text,
                             GError **error)
{
  DhkEdit edit;
  const DhkQuestion *asked;
  xmlNode *node;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (get_question (self, questionnaire, question) != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  node = dhk_edit_question (&edit, questionnaire, question);
  asked = get_question (self, questionnaire, question);
  return dhk_edit_finish (&edit, dhk_instrument_get_question_choices (self, asked) != NULL
                                     ? set_choice_wording (&edit, node, asked, language, text)
                                     : set_wording (&edit, node, language, text));
}

DhkInstrument *
dhk_instrument_with_stem (DhkInstrument *self,
                          guint questionnaire,
                          guint question,
                          DhkLanguage language,
                          const char *text,
                          GError **error)
{
  DhkEdit edit;
  g_autofree char *plain = NULL;
  xmlNode *stem, *grid;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (get_question (self, questionnaire, question) != NULL, NULL);
  g_return_val_if_fail (get_question (self, questionnaire, question)->item >= 0, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  plain = dhk_edit_dup_checked (&edit, text, TRUE);
  if (plain == NULL)
    return dhk_edit_finish (&edit, FALSE);
  grid = dhk_edit_question (&edit, questionnaire, question)->parent;
  stem = dhk_xml_first (grid, "stem");
  if (stem == NULL && *plain != '\0')
    {
      xmlNode *first = dhk_xml_first (grid, "question");

      stem = xmlNewNode (NULL, (const xmlChar *) "stem");
      xmlAddPrevSibling (first, stem);
      if (stem->prev != NULL && xmlIsBlankNode (stem->prev))
        xmlAddNextSibling (stem, xmlNewText (stem->prev->content));
    }
  /* The last language takes the stem along. */
  if (stem != NULL && *plain == '\0' && dhk_edit_nth (stem, "text", 1) == NULL)
    {
      if (dhk_edit_find (stem, "text", "lang", dhk_language_get_code (language)) != NULL)
        dhk_edit_remove (stem);
      return dhk_edit_finish (&edit, TRUE);
    }
  return dhk_edit_finish (&edit, stem == NULL || dhk_edit_set_text (&edit, stem, language, plain));
}

DhkInstrument *
dhk_instrument_with_terms (DhkInstrument *self,
                           guint questionnaire,
                           guint question,
                           DhkSource source,
                           const char *licence,
                           GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && licence != NULL, NULL);
  g_return_val_if_fail (get_question (self, questionnaire, question) != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit,
      set_terms (&edit, dhk_edit_question (&edit, questionnaire, question), source, licence));
}

static gboolean
is_in_scale (const DhkScale *scale, int item)
{
  for (guint i = 0; i < scale->n_items; i++)
    if ((int) scale->items[i] == item)
      return TRUE;
  return FALSE;
}

DhkInstrument *
dhk_instrument_with_scale_terms (
    DhkInstrument *self, guint scale, DhkSource source, const char *licence, GError **error)
{
  DhkEdit edit;
  const DhkScale *of;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL && licence != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  of = dhk_instrument_get_scale (self, scale);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (self, i);

      for (guint k = 0; ok && k < asked->n_questions; k++)
        if (is_in_scale (of, asked->questions[k].item))
          ok = set_terms (&edit, dhk_edit_question (&edit, i, k), source, licence);
    }
  return dhk_edit_finish (&edit, ok);
}

/* Versions ------------------------------------------------------------------- */

static gboolean
is_version (const char *text)
{
  if (*text == '\0' || strlen (text) > 32)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '.' && *p != '-')
      return FALSE;
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_version (DhkInstrument *self,
                             const char *version,
                             const DhkInstrument *based_on,
                             GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && version != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  if (!is_version (version))
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                     _ ("A version is named with letters, digits, points and hyphens, at most 32: "
                        "“2” or “2026-pilot”."));
      return dhk_edit_finish (&edit, FALSE);
    }
  dhk_edit_set_attribute (edit.root, "version", version);
  if (based_on != NULL)
    {
      g_autofree char *source = g_strdup_printf ("%s %s", dhk_instrument_get_id (based_on),
                                                 dhk_instrument_get_version (based_on));

      dhk_edit_set_attribute (edit.root, "based-on", source);
    }
  return dhk_edit_finish (&edit, TRUE);
}

char *
dhk_instrument_dup_next_version (const DhkInstrument *self)
{
  const char *version;
  const char *digits;
  guint64 number;

  g_return_val_if_fail (self != NULL, NULL);

  version = dhk_instrument_get_version (self);
  digits = version + strlen (version);
  while (digits > version && g_ascii_isdigit (digits[-1]))
    digits--;
  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32, &number, NULL))
    return strlen (version) <= 30 ? g_strdup_printf ("%s-2", version) : g_strdup ("2");
  {
    g_autofree char *head = g_strndup (version, (gsize) (digits - version));
    g_autofree char *next = g_strdup_printf ("%s%" G_GUINT64_FORMAT, head, number + 1);

    return strlen (next) <= 32 ? g_steal_pointer (&next) : g_strdup ("2");
  }
}
