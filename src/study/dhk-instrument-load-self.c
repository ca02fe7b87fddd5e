/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The self-rating of an instrument: what a person can fill in alone. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-load.h"

/* TRUE when the questionnaire has a question about the variable. */
static gboolean
has_variable (const DhkQuestionnaire *questionnaire, guint variable)
{
  for (guint i = 0; i < questionnaire->n_questions; i++)
    if (questionnaire->questions[i].variable == (int) variable)
      return TRUE;
  return FALSE;
}

static gboolean
has_scale (const DhkQuestionnaire *questionnaire, const DhkScale *scale)
{
  for (guint i = 0; i < scale->n_items; i++)
    {
      gboolean found = FALSE;

      for (guint q = 0; q < questionnaire->n_questions && !found; q++)
        found = questionnaire->questions[q].item == (int) scale->items[i]
                && questionnaire->questions[q].target == DHK_NO_TARGET;
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* Pairs are made by place, and drawn on one axis as they were answered. */
static gboolean
check_scales (DhkLoader *self, const xmlNode *node, const DhkSelfRating *rating)
{
  const DhkScale *ideal = &g_array_index (self->instrument->scales, DhkScale, rating->ideal);
  const DhkScale *actual = &g_array_index (self->instrument->scales, DhkScale, rating->actual);
  int low, high, actual_low, actual_high;

  if (rating->ideal == rating->actual || ideal->n_items != actual->n_items)
    return dhk_loader_fail (self, node, _ ("the two scales must have as many items."));
  for (guint i = 0; i < ideal->n_items; i++)
    if (ideal->reversed[i] || actual->reversed[i])
      return dhk_loader_fail (self, node, _ ("items of a self-rating cannot be reversed."));
  dhk_answer_scale_get_range (
      &g_array_index (self->instrument->answer_scales, DhkAnswerScale, ideal->answer_scale), &low,
      &high);
  dhk_answer_scale_get_range (
      &g_array_index (self->instrument->answer_scales, DhkAnswerScale, actual->answer_scale),
      &actual_low, &actual_high);
  if (low != actual_low || high != actual_high)
    return dhk_loader_fail (self, node, _ ("the answers of both scales must have the same codes."));
  return TRUE;
}

static gboolean
read_forms (DhkLoader *self, const xmlNode *node, DhkSelfRating *rating)
{
  const DhkInstrument *instrument = self->instrument;

  rating->forms = g_new0 (guint, instrument->questionnaires->len);
  for (xmlNode *child = dhk_xml_first (node, "form"); child != NULL;
       child = dhk_xml_next (child, "form"))
    {
      const DhkQuestionnaire *questionnaire;
      guint form;

      if (!dhk_loader_find (self, child, "questionnaire", instrument->questionnaires, &form))
        return FALSE;
      for (guint i = 0; i < rating->n_forms; i++)
        if (rating->forms[i] == form)
          return dhk_loader_fail (self, child, _ ("this questionnaire is named twice."));
      questionnaire = &g_array_index (instrument->questionnaires, DhkQuestionnaire, form);
      if (!has_scale (questionnaire, &g_array_index (instrument->scales, DhkScale, rating->ideal))
          || !has_scale (questionnaire,
                         &g_array_index (instrument->scales, DhkScale, rating->actual)))
        return dhk_loader_fail (self, child,
                                _ ("this questionnaire does not ask all items of both scales."));
      rating->forms[rating->n_forms++] = form;
    }
  return TRUE;
}

static gboolean
read_background (DhkLoader *self, const xmlNode *node, DhkSelfRating *rating)
{
  const DhkInstrument *instrument = self->instrument;

  rating->background = g_new0 (guint, instrument->variables->len);
  for (xmlNode *child = dhk_xml_first (node, "background"); child != NULL;
       child = dhk_xml_next (child, "background"))
    {
      guint variable;

      if (!dhk_loader_find (self, child, "variable", instrument->variables, &variable))
        return FALSE;
      for (guint i = 0; i < rating->n_background; i++)
        if (rating->background[i] == variable)
          return dhk_loader_fail (self, child, _ ("this variable is named twice."));
      if (g_array_index (instrument->variables, DhkVariable, variable).kind
          != DHK_VARIABLE_CATEGORY)
        return dhk_loader_fail (self, child, _ ("only a variable with categories can be asked."));
      for (guint i = 0; i < rating->n_forms; i++)
        if (!has_variable (
                &g_array_index (instrument->questionnaires, DhkQuestionnaire, rating->forms[i]),
                variable))
          return dhk_loader_fail (self, child,
                                  _ ("not every questionnaire of the self-rating asks this."));
      rating->background[rating->n_background++] = variable;
    }
  return TRUE;
}

gboolean
dhk_loader_read_self_rating (DhkLoader *self, const xmlNode *root)
{
  const xmlNode *node = dhk_xml_first (root, "self-rating");
  DhkSelfRating *rating;
  guint n = 0;

  if (node == NULL)
    return TRUE;

  rating = g_new0 (DhkSelfRating, 1);
  self->instrument->self_rating = rating;
  dhk_loader_read_label (node, "label", &rating->label);
  dhk_loader_read_label (node, "introduction", &rating->introduction);
  /* The schema fixes their order. */
  for (xmlNode *child = dhk_xml_first (node, "finding"); child != NULL;
       child = dhk_xml_next (child, "finding"))
    {
      g_assert (n < DHK_N_FINDINGS);
      dhk_loader_read_texts (child, &rating->findings[n++]);
    }
  return dhk_loader_find (self, node, "ideal", self->instrument->scales, &rating->ideal)
         && dhk_loader_find (self, node, "actual", self->instrument->scales, &rating->actual)
         && check_scales (self, node, rating) && read_forms (self, node, rating)
         && read_background (self, node, rating);
}
