/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making an instrument without any part, and freeing it with all of them. */

#include "study/dhk-instrument-private.h"

/* Freeing -------------------------------------------------------------------- */

void
dhk_answer_clear (DhkAnswer *self)
{
  dhk_text_clear (&self->label);
}

void
dhk_category_clear (DhkCategory *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  g_strfreev (self->aliases);
}

void
dhk_band_clear (DhkBand *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
}

void
dhk_question_clear (DhkQuestion *self)
{
  dhk_text_clear (&self->text);
  dhk_text_clear (&self->stem);
  dhk_text_clear (&self->whole);
  g_free (self->licence);
}

void
dhk_replacement_clear (DhkReplacement *self)
{
  g_free (self->from);
  g_free (self->to);
}

static void
answer_scale_clear (DhkAnswerScale *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  for (guint i = 0; i < self->n_answers; i++)
    dhk_answer_clear (&self->answers[i]);
  g_free (self->answers);
  for (guint i = 0; i < self->n_missing; i++)
    dhk_answer_clear (&self->missing[i]);
  g_free (self->missing);
}

static void
variable_clear (DhkVariable *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  for (guint i = 0; i < self->n_categories; i++)
    dhk_category_clear (&self->categories[i]);
  g_free (self->categories);
  for (guint i = 0; i < self->n_bands; i++)
    dhk_band_clear (&self->bands[i]);
  g_free (self->bands);
  g_strfreev (self->heads);
}

static void
choices_clear (DhkChoices *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  for (guint i = 0; i < self->n_choices; i++)
    dhk_category_clear (&self->choices[i]);
  g_free (self->choices);
  g_strfreev (self->heads);
}

static void
role_clear (DhkRole *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  dhk_text_clear (&self->plural);
  g_free (self->colour);
}

static void
target_clear (DhkTarget *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  dhk_text_clear (&self->plural);
  g_free (self->suffix);
}

static void
perspective_clear (DhkPerspective *self)
{
  dhk_text_clear (&self->label);
}

static void
item_clear (DhkItem *self)
{
  g_free (self->id);
}

static void
scale_clear (DhkScale *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  dhk_text_clear (&self->description);
  g_free (self->items);
  g_free (self->reversed);
}

static void
questionnaire_clear (DhkQuestionnaire *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  for (guint i = 0; i < self->n_questions; i++)
    dhk_question_clear (&self->questions[i]);
  g_free (self->questions);
  g_strfreev (self->file_hints);
}

static void
variant_clear (DhkVariant *self)
{
  g_free (self->id);
  dhk_text_clear (&self->label);
  for (guint i = 0; i < self->n_replacements; i++)
    dhk_replacement_clear (&self->replacements[i]);
  g_free (self->replacements);
}

static void
self_rating_free (DhkSelfRating *self)
{
  dhk_text_clear (&self->label);
  dhk_text_clear (&self->introduction);
  for (guint i = 0; i < DHK_N_FINDINGS; i++)
    dhk_text_clear (&self->findings[i]);
  g_free (self->forms);
  g_free (self->background);
  g_free (self);
}

/* Life ----------------------------------------------------------------------- */

static GArray *
new_array (gsize size, gpointer clear)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) size);

  g_array_set_clear_func (array, (GDestroyNotify) clear);
  return array;
}

DhkInstrument *
dhk_instrument_new_empty (void)
{
  DhkInstrument *self = g_new0 (DhkInstrument, 1);

  g_atomic_ref_count_init (&self->refs);
  self->answer_scales = new_array (sizeof (DhkAnswerScale), answer_scale_clear);
  self->variables = new_array (sizeof (DhkVariable), variable_clear);
  self->choices = new_array (sizeof (DhkChoices), choices_clear);
  self->roles = new_array (sizeof (DhkRole), role_clear);
  self->targets = new_array (sizeof (DhkTarget), target_clear);
  self->perspectives = new_array (sizeof (DhkPerspective), perspective_clear);
  self->items = new_array (sizeof (DhkItem), item_clear);
  self->scales = new_array (sizeof (DhkScale), scale_clear);
  self->questionnaires = new_array (sizeof (DhkQuestionnaire), questionnaire_clear);
  self->variants = new_array (sizeof (DhkVariant), variant_clear);
  return self;
}

DhkInstrument *
dhk_instrument_ref (DhkInstrument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_instrument_unref (DhkInstrument *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->xml, g_bytes_unref);
  g_free (self->id);
  g_free (self->version);
  g_free (self->plan_id);
  g_free (self->based_on);
  dhk_text_clear (&self->title);
  g_array_unref (self->answer_scales);
  g_array_unref (self->variables);
  g_array_unref (self->choices);
  g_array_unref (self->roles);
  g_array_unref (self->targets);
  g_array_unref (self->perspectives);
  g_array_unref (self->items);
  g_array_unref (self->scales);
  g_array_unref (self->questionnaires);
  g_array_unref (self->variants);
  g_clear_pointer (&self->self_rating, self_rating_free);
  g_free (self->asked);
  g_free (self);
}
