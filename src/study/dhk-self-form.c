/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-self-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static DhkSelfStep *
new_step (guint n_choices)
{
  DhkSelfStep *self = g_new0 (DhkSelfStep, 1);

  self->digits = g_new0 (char *, n_choices + 1);
  self->labels = g_new0 (char *, n_choices + 1);
  self->chosen = -1;
  return self;
}

void
dhk_self_step_free (DhkSelfStep *self)
{
  if (self == NULL)
    return;
  g_free (self->stem);
  g_free (self->text);
  g_strfreev (self->digits);
  g_strfreev (self->labels);
  g_free (self);
}

static void
set_choice (DhkSelfStep *self, guint i, int digit, const char *label)
{
  self->digits[i] = g_strdup_printf ("%d", digit);
  self->labels[i] = g_strdup (label);
}

DhkSelfStep *
dhk_self_form_get_who (DhkInstrument *instrument, DhkLanguage language, int form)
{
  const DhkSelfRating *rating;
  DhkSelfStep *self;

  g_return_val_if_fail (instrument != NULL, NULL);

  rating = dhk_instrument_get_self_rating (instrument);
  g_return_val_if_fail (rating != NULL, NULL);
  if (rating->n_forms < 2)
    return NULL;
  self = new_step (rating->n_forms);
  self->text = g_strdup (_ ("Who are you?"));
  for (guint i = 0; i < rating->n_forms; i++)
    {
      guint type = dhk_instrument_get_questionnaire (instrument, rating->forms[i])->type;

      set_choice (self, i, (int) i + 1,
                  dhk_text_get (&dhk_instrument_get_role (instrument, type)->label, language));
      if ((int) rating->forms[i] == form)
        self->chosen = (int) i;
    }
  return self;
}

/* Steps ----------------------------------------------------------------------------------- */

/* The question of the response's questionnaire about an item or a variable, or NULL. */
static const DhkQuestion *
find_question (DhkInstrument *instrument, const DhkResponse *response, int item, int variable)
{
  int form
      = dhk_instrument_find_questionnaire (instrument, dhk_response_get_questionnaire (response));
  const DhkQuestionnaire *questionnaire;

  if (form < 0)
    return NULL;
  questionnaire = dhk_instrument_get_questionnaire (instrument, (guint) form);
  for (guint i = 0; i < questionnaire->n_questions; i++)
    if (questionnaire->questions[i].item == item && questionnaire->questions[i].variable == variable
        && questionnaire->questions[i].target == DHK_NO_TARGET)
      return &questionnaire->questions[i];
  return NULL;
}

static DhkSelfStep *
get_variable_step (DhkInstrument *instrument,
                   const DhkResponse *response,
                   const DhkResponseAnswer *answer,
                   DhkLanguage language)
{
  int index = dhk_instrument_find_variable (instrument, answer->variable);
  const DhkQuestion *question = find_question (instrument, response, -1, index);
  const DhkVariable *variable;
  DhkSelfStep *self;

  if (index < 0)
    return NULL;
  variable = dhk_instrument_get_variable (instrument, (guint) index);
  self = new_step (variable->n_categories);
  self->text
      = g_strdup (dhk_text_get (question != NULL ? &question->text : &variable->label, language));
  for (guint i = 0; i < variable->n_categories; i++)
    {
      set_choice (self, i, (int) i + 1, dhk_text_get (&variable->categories[i].label, language));
      if (g_strcmp0 (variable->categories[i].id, answer->category) == 0)
        self->chosen = (int) i;
    }
  return self;
}

static const DhkAnswerScale *
get_answers (DhkInstrument *instrument, int item)
{
  return dhk_instrument_get_answer_scale (
      instrument, dhk_instrument_get_item (instrument, (guint) item)->answer_scale);
}

static DhkSelfStep *
get_item_step (DhkInstrument *instrument,
               const DhkResponse *response,
               const DhkResponseAnswer *answer,
               DhkLanguage language)
{
  int item = dhk_instrument_find_item (instrument, answer->item);
  const DhkQuestion *question = find_question (instrument, response, item, -1);
  const DhkAnswerScale *answers;
  DhkSelfStep *self;

  if (item < 0 || question == NULL)
    return NULL;
  answers = get_answers (instrument, item);
  self = new_step (answers->n_answers);
  self->stem = g_strdup (dhk_text_get (&question->stem, language));
  self->text = g_strdup (dhk_text_get (&question->text, language));
  for (guint i = 0; i < answers->n_answers; i++)
    {
      set_choice (self, i, answers->answers[i].code,
                  dhk_text_get (&answers->answers[i].label, language));
      if (answers->answers[i].code == answer->code)
        self->chosen = (int) i;
    }
  return self;
}

DhkSelfStep *
dhk_self_form_get_step (DhkInstrument *instrument,
                        const DhkResponse *response,
                        guint i,
                        DhkLanguage language)
{
  const DhkResponseAnswer *answer;
  DhkSelfStep *self;

  g_return_val_if_fail (instrument != NULL && response != NULL, NULL);
  g_return_val_if_fail (i < dhk_response_get_n_answers (response), NULL);

  answer = dhk_response_get_answer (response, i);
  self = answer->item != NULL ? get_item_step (instrument, response, answer, language)
                              : get_variable_step (instrument, response, answer, language);
  /* A file may ask what this instrument does not know: shown empty, and passed by. */
  if (self == NULL)
    {
      self = new_step (0);
      self->text = g_strdup (_ ("This question is not in the questionnaire any more."));
    }
  for (guint k = 0; k < dhk_response_get_n_answers (response); k++)
    if (dhk_response_get_answer (response, k)->item != NULL)
      {
        self->total++;
        if (k == i)
          self->number = self->total;
      }
  return self;
}

void
dhk_self_form_answer (DhkInstrument *instrument, DhkResponse *response, guint i, int choice)
{
  const DhkResponseAnswer *answer;

  g_return_if_fail (instrument != NULL && response != NULL);
  g_return_if_fail (i < dhk_response_get_n_answers (response));

  answer = dhk_response_get_answer (response, i);
  if (answer->item != NULL)
    {
      int item = dhk_instrument_find_item (instrument, answer->item);
      const DhkAnswerScale *answers = item >= 0 ? get_answers (instrument, item) : NULL;

      if (answers != NULL && choice < (int) answers->n_answers)
        dhk_response_set_code (response, answer->item,
                               choice >= 0 ? answers->answers[choice].code : DHK_RESPONSE_OPEN);
    }
  else
    {
      int index = dhk_instrument_find_variable (instrument, answer->variable);
      const DhkVariable *variable
          = index >= 0 ? dhk_instrument_get_variable (instrument, (guint) index) : NULL;

      if (variable != NULL && choice < (int) variable->n_categories)
        dhk_response_set_category (response, answer->variable,
                                   choice >= 0 ? variable->categories[choice].id : NULL);
    }
}

guint
dhk_self_form_find_open (const DhkResponse *response)
{
  g_return_val_if_fail (response != NULL, 0);

  for (guint i = 0; i < dhk_response_get_n_answers (response); i++)
    {
      const DhkResponseAnswer *answer = dhk_response_get_answer (response, i);

      if (answer->item != NULL ? answer->code < 0 : answer->category == NULL)
        return i;
    }
  return 0;
}
