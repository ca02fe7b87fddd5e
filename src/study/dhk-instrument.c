/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-instrument.h"

#include <string.h>

#include "study/dhk-instrument-private.h"

/* What it is ----------------------------------------------------------------- */

const char *
dhk_instrument_get_id (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
dhk_instrument_get_version (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

const DhkText *
dhk_instrument_get_title (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->title;
}

const char *
dhk_instrument_get_based_on (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->based_on;
}

const char *
dhk_instrument_get_plan_id (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan_id;
}

GBytes *
dhk_instrument_get_xml (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->xml;
}

/* The parts ------------------------------------------------------------------ */

int
dhk_instrument_find_in (const GArray *array, const char *id)
{
  gsize size = g_array_get_element_size ((GArray *) array);

  if (id == NULL)
    return -1;
  for (guint i = 0; i < array->len; i++)
    if (strcmp (*(char *const *) (gconstpointer) (array->data + i * size), id) == 0)
      return (int) i;
  return -1;
}

guint
dhk_instrument_get_n_answer_scales (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->answer_scales->len;
}

const DhkAnswerScale *
dhk_instrument_get_answer_scale (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->answer_scales->len, NULL);

  return &g_array_index (self->answer_scales, DhkAnswerScale, i);
}

guint
dhk_instrument_get_n_variables (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->variables->len;
}

const DhkVariable *
dhk_instrument_get_variable (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->variables->len, NULL);

  return &g_array_index (self->variables, DhkVariable, i);
}

int
dhk_instrument_find_variable (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->variables, id);
}

int
dhk_variable_find_category (const DhkVariable *variable, const char *id)
{
  g_return_val_if_fail (variable != NULL && id != NULL, -1);

  for (guint i = 0; i < variable->n_categories; i++)
    if (strcmp (variable->categories[i].id, id) == 0)
      return (int) i;
  return -1;
}

guint
dhk_instrument_get_n_choices (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->choices->len;
}

const DhkChoices *
dhk_instrument_get_choices (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->choices->len, NULL);

  return &g_array_index (self->choices, DhkChoices, i);
}

int
dhk_instrument_find_choices (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->choices, id);
}

const DhkChoices *
dhk_instrument_get_question_choices (const DhkInstrument *self, const DhkQuestion *question)
{
  int choices = -1;

  g_return_val_if_fail (self != NULL && question != NULL, NULL);

  if (question->variable >= 0)
    choices = dhk_instrument_get_variable (self, (guint) question->variable)->choices;
  return choices < 0 ? NULL : dhk_instrument_get_choices (self, (guint) choices);
}

guint
dhk_instrument_get_n_types (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_types;
}

guint
dhk_instrument_get_n_roles (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->roles->len;
}

const DhkRole *
dhk_instrument_get_role (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->roles->len, NULL);

  return &g_array_index (self->roles, DhkRole, i);
}

const char *
dhk_instrument_get_respondent_word (const DhkInstrument *self,
                                    guint questionnaire,
                                    DhkLanguage language)
{
  const DhkQuestionnaire *own = dhk_instrument_get_questionnaire (self, questionnaire);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self); i++)
    if (i != questionnaire && dhk_instrument_get_questionnaire (self, i)->type == own->type)
      return dhk_text_get (&own->label, language);
  return dhk_text_get (&dhk_instrument_get_role (self, (guint) own->type)->label, language);
}

int
dhk_instrument_find_role (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->roles, id);
}

guint
dhk_instrument_get_n_targets (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->targets->len;
}

const DhkTarget *
dhk_instrument_get_target (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->targets->len, NULL);

  return &g_array_index (self->targets, DhkTarget, i);
}

int
dhk_instrument_find_target (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->targets, id);
}

guint
dhk_instrument_get_n_perspectives (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->perspectives->len;
}

const DhkPerspective *
dhk_instrument_get_perspective (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->perspectives->len, NULL);

  return &g_array_index (self->perspectives, DhkPerspective, i);
}

const char *
dhk_instrument_get_perspective_label (const DhkInstrument *self,
                                      guint role,
                                      int target,
                                      DhkLanguage language)
{
  g_return_val_if_fail (self != NULL && role < self->roles->len, "");

  for (guint i = 0; i < self->perspectives->len; i++)
    {
      const DhkPerspective *perspective = &g_array_index (self->perspectives, DhkPerspective, i);

      if (perspective->role == role && perspective->target == target)
        return dhk_text_get (&perspective->label, language);
    }
  return dhk_text_get (&g_array_index (self->roles, DhkRole, role).label, language);
}

guint
dhk_instrument_get_n_items (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const DhkItem *
dhk_instrument_get_item (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->items->len, NULL);

  return &g_array_index (self->items, DhkItem, i);
}

int
dhk_instrument_find_item (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->items, id);
}

guint
dhk_instrument_get_n_scales (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->scales->len;
}

const DhkScale *
dhk_instrument_get_scale (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->scales->len, NULL);

  return &g_array_index (self->scales, DhkScale, i);
}

int
dhk_instrument_find_scale (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->scales, id);
}

guint
dhk_instrument_get_n_questionnaires (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->questionnaires->len;
}

const DhkQuestionnaire *
dhk_instrument_get_questionnaire (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->questionnaires->len, NULL);

  return &g_array_index (self->questionnaires, DhkQuestionnaire, i);
}

int
dhk_instrument_find_questionnaire (const DhkInstrument *self, const char *id)
{
  g_return_val_if_fail (self != NULL, -1);

  return dhk_instrument_find_in (self->questionnaires, id);
}

guint
dhk_instrument_get_n_variants (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->variants->len;
}

const DhkVariant *
dhk_instrument_get_variant (const DhkInstrument *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->variants->len, NULL);

  return &g_array_index (self->variants, DhkVariant, i);
}

const DhkSelfRating *
dhk_instrument_get_self_rating (const DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->self_rating;
}
