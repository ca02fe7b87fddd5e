/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-answer-key.h"

#include <string.h>

#include "base/dhk-number.h"

static void
choice_free (gpointer data)
{
  DhkAnswerChoice *self = data;

  g_free (self->key);
  g_free (self->label);
  g_free (self);
}

static void
add_choice (GPtrArray *choices, int code, int key, const DhkText *label, DhkLanguage language)
{
  DhkAnswerChoice *choice = g_new0 (DhkAnswerChoice, 1);

  choice->code = code;
  choice->key = g_strdup_printf ("%d", key);
  choice->label = g_strdup (dhk_text_get (label, language));
  g_ptr_array_add (choices, choice);
}

GPtrArray *
dhk_choices_list_choices (const DhkChoices *choices, DhkLanguage language)
{
  GPtrArray *list;

  g_return_val_if_fail (choices != NULL, NULL);

  list = g_ptr_array_new_with_free_func (choice_free);
  for (guint i = 0; i < choices->n_choices; i++)
    add_choice (list, (int) i, (int) i + 1, &choices->choices[i].label, language);
  return list;
}

gboolean
dhk_question_is_number (const DhkInstrument *instrument, const DhkQuestion *question)
{
  g_return_val_if_fail (question != NULL, FALSE);

  return question->variable >= 0
         && dhk_instrument_get_variable (instrument, (guint) question->variable)->kind
                == DHK_VARIABLE_NUMBER;
}

GPtrArray *
dhk_question_list_choices (const DhkInstrument *instrument,
                           const DhkQuestion *question,
                           DhkLanguage language)
{
  GPtrArray *choices;

  if (dhk_question_is_number (instrument, question))
    return NULL;
  choices = g_ptr_array_new_with_free_func (choice_free);
  if (question->variable >= 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      for (guint i = 0; i < variable->n_categories; i++)
        add_choice (choices, (int) i, (int) i + 1, &variable->categories[i].label, language);
    }
  else
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, (guint) question->item);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (instrument, item->answer_scale);

      for (guint i = 0; i < scale->n_answers; i++)
        add_choice (choices, scale->answers[i].code, scale->answers[i].code,
                    &scale->answers[i].label, language);
    }
  return choices;
}

DhkAnswerKey
dhk_answer_key_match (const GPtrArray *choices, const char *digits, int *code)
{
  gboolean exact = FALSE;
  gboolean longer = FALSE;

  g_return_val_if_fail (choices != NULL, DHK_ANSWER_KEY_NONE);
  g_return_val_if_fail (digits != NULL && digits[0] != '\0', DHK_ANSWER_KEY_NONE);

  for (guint i = 0; i < choices->len; i++)
    {
      const DhkAnswerChoice *choice = g_ptr_array_index (choices, i);

      if (strcmp (choice->key, digits) == 0)
        {
          exact = TRUE;
          *code = choice->code;
        }
      else if (g_str_has_prefix (choice->key, digits))
        longer = TRUE;
    }
  if (exact)
    return longer ? DHK_ANSWER_KEY_MORE : DHK_ANSWER_KEY_WHOLE;
  return longer ? DHK_ANSWER_KEY_BEGIN : DHK_ANSWER_KEY_NONE;
}

gboolean
dhk_answer_key_parse_number (const char *text, double *number)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  plain = g_strstrip (g_strdup (text));
  /* One decimal sign: "1.234,5" could be two numbers. */
  if (strchr (plain, ',') != NULL && strchr (plain, '.') != NULL)
    return FALSE;
  g_strdelimit (plain, ",", '.');
  return dhk_number_from_file (plain, number);
}
