/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is different between two versions of an instrument. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit.h"
#include "study/dhk-missing.h"

typedef struct
{
  const DhkInstrument *before;
  const DhkInstrument *after;
  DhkLanguage language;
  GPtrArray *changes;
} Comparison;

static void G_GNUC_PRINTF (2, 3) note (Comparison *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->changes, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
is_same_text (const DhkText *a, const DhkText *b)
{
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (g_strcmp0 (a->in[i], b->in[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Questions -------------------------------------------------------------------- */

static const char *
get_key (const DhkInstrument *instrument, const DhkQuestion *question)
{
  return question->item >= 0
             ? dhk_instrument_get_item (instrument, (guint) question->item)->id
             : dhk_instrument_get_variable (instrument, (guint) question->variable)->id;
}

static const char *
get_target (const DhkInstrument *instrument, const DhkQuestion *question)
{
  return question->target >= 0
             ? dhk_instrument_get_target (instrument, (guint) question->target)->id
             : "";
}

/* The question that asks the same in another version, or NULL. */
static const DhkQuestion *
find_question (const DhkInstrument *from,
               const DhkQuestion *question,
               const DhkInstrument *in,
               const DhkQuestionnaire *questionnaire)
{
  for (guint i = 0; i < questionnaire->n_questions; i++)
    {
      const DhkQuestion *other = &questionnaire->questions[i];

      if ((other->item >= 0) == (question->item >= 0)
          && strcmp (get_key (in, other), get_key (from, question)) == 0
          && strcmp (get_target (in, other), get_target (from, question)) == 0)
        return other;
    }
  return NULL;
}

static void
compare_questions (Comparison *self, const DhkQuestionnaire *old, const DhkQuestionnaire *new)
{
  const char *name = dhk_text_get (&new->label, self->language);
  const DhkQuestion *last_stem = NULL;

  for (guint i = 0; i < new->n_questions; i++)
    {
      const DhkQuestion *question = &new->questions[i];
      const DhkQuestion *was = find_question (self->after, question, self->before, old);

      if (was == NULL)
        note (self, _ ("%s: question “%s” added"), name,
              dhk_text_get (&question->text, self->language));
      else if (!is_same_text (&was->text, &question->text))
        note (self, _ ("%s: question %u reads “%s”"), name, i + 1,
              dhk_text_get (&question->text, self->language));
      else if (was->source != question->source || strcmp (was->licence, question->licence) != 0)
        note (self, _ ("%s: question %u has another source"), name, i + 1);
      /* Once for the questions that share it. */
      if (was != NULL && !is_same_text (&was->stem, &question->stem)
          && (last_stem == NULL || !is_same_text (&last_stem->stem, &question->stem)))
        {
          note (self, _ ("%s: above question %u stands “%s”"), name, i + 1,
                dhk_text_get (&question->stem, self->language));
          last_stem = question;
        }
    }
  for (guint i = 0; i < old->n_questions; i++)
    if (find_question (self->before, &old->questions[i], self->after, new) == NULL)
      note (self, _ ("%s: question “%s” removed"), name,
            dhk_text_get (&old->questions[i].text, self->language));
}

/* Whether the questions that both ask stand in another order. */
static gboolean
is_reordered (Comparison *self, const DhkQuestionnaire *old, const DhkQuestionnaire *new)
{
  const DhkQuestion *last = NULL;

  for (guint i = 0; i < new->n_questions; i++)
    {
      const DhkQuestion *was = find_question (self->after, &new->questions[i], self->before, old);

      if (was == NULL)
        continue;
      if (last != NULL && was < last)
        return TRUE;
      last = was;
    }
  return FALSE;
}

static void
list_removed_questionnaires (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->before); i++)
    {
      const DhkQuestionnaire *old = dhk_instrument_get_questionnaire (self->before, i);

      if (dhk_instrument_find_questionnaire (self->after, old->id) < 0)
        note (self, _ ("questionnaire “%s” removed"), dhk_text_get (&old->label, self->language));
    }
}

static void
compare_questionnaires (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->after); i++)
    {
      const DhkQuestionnaire *new = dhk_instrument_get_questionnaire (self->after, i);
      int found = dhk_instrument_find_questionnaire (self->before, new->id);
      const DhkQuestionnaire *old;

      if (found < 0)
        {
          note (self, _ ("questionnaire “%s” added"), dhk_text_get (&new->label, self->language));
          continue;
        }
      old = dhk_instrument_get_questionnaire (self->before, (guint) found);
      if (!is_same_text (&old->label, &new->label))
        note (self, _ ("“%s” is called “%s”"), dhk_text_get (&old->label, self->language),
              dhk_text_get (&new->label, self->language));
      compare_questions (self, old, new);
      if (is_reordered (self, old, new))
        note (self, _ ("%s: the questions stand in another order"),
              dhk_text_get (&new->label, self->language));
    }
  list_removed_questionnaires (self);
}

/* Answers ---------------------------------------------------------------------- */

static int
find_answer_scale (const DhkInstrument *instrument, const char *id)
{
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    if (strcmp (dhk_instrument_get_answer_scale (instrument, i)->id, id) == 0)
      return (int) i;
  return -1;
}

static const DhkAnswer *
find_missing (const DhkAnswerScale *scale, int kind)
{
  for (guint i = 0; i < scale->n_missing; i++)
    if (scale->missing[i].code == kind)
      return &scale->missing[i];
  return NULL;
}

static void
compare_missing (Comparison *self, const DhkAnswerScale *old, const DhkAnswerScale *new)
{
  const char *name = dhk_text_get (&new->label, self->language);

  for (guint i = 0; i < new->n_missing; i++)
    {
      const DhkAnswer *was = find_missing (old, new->missing[i].code);

      if (was == NULL || !is_same_text (&was->label, &new->missing[i].label))
        note (self, _ ("%s: “%s” counts as %s"), name,
              dhk_text_get (&new->missing[i].label, self->language),
              dhk_missing_get_label ((DhkMissing) new->missing[i].code, self->language));
    }
  for (guint i = 0; i < old->n_missing; i++)
    if (find_missing (new, old->missing[i].code) == NULL)
      note (self, _ ("%s: choice “%s” removed"), name,
            dhk_text_get (&old->missing[i].label, self->language));
}

static void
compare_answers (Comparison *self, const DhkAnswerScale *old, const DhkAnswerScale *new)
{
  const char *name = dhk_text_get (&new->label, self->language);

  for (guint i = 0; i < new->n_answers; i++)
    {
      const DhkAnswer *was = dhk_answer_scale_find (old, new->answers[i].code);
      const char *label = dhk_text_get (&new->answers[i].label, self->language);

      if (was == NULL)
        note (self, _ ("%s: answer %d “%s” added"), name, new->answers[i].code, label);
      else if (!is_same_text (&was->label, &new->answers[i].label))
        note (self, _ ("%s: answer %d reads “%s”"), name, new->answers[i].code, label);
    }
  for (guint i = 0; i < old->n_answers; i++)
    if (dhk_answer_scale_find (new, old->answers[i].code) == NULL)
      note (self, _ ("%s: answer %d “%s” removed"), name, old->answers[i].code,
            dhk_text_get (&old->answers[i].label, self->language));
  if (!is_same_text (&old->label, &new->label))
    note (self, _ ("“%s” is called “%s”"), dhk_text_get (&old->label, self->language), name);
  compare_missing (self, old, new);
}

/* Items that are answered with other answers, or are gone. */
static void
compare_items (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_items (self->before); i++)
    {
      const DhkItem *old = dhk_instrument_get_item (self->before, i);
      int found = dhk_instrument_find_item (self->after, old->id);
      const DhkAnswerScale *answers;

      if (found < 0)
        {
          note (self, _ ("item “%s” removed"), old->id);
          continue;
        }
      answers = dhk_instrument_get_answer_scale (
          self->after, dhk_instrument_get_item (self->after, (guint) found)->answer_scale);
      if (strcmp (dhk_instrument_get_answer_scale (self->before, old->answer_scale)->id,
                  answers->id)
          != 0)
        note (self, _ ("“%s” is answered with “%s”"), old->id,
              dhk_text_get (&answers->label, self->language));
    }
}

static void
compare_answer_scales (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (self->after); i++)
    {
      const DhkAnswerScale *new = dhk_instrument_get_answer_scale (self->after, i);
      int found = find_answer_scale (self->before, new->id);

      if (found < 0)
        note (self, _ ("answers “%s” added"), dhk_text_get (&new->label, self->language));
      else
        compare_answers (self, dhk_instrument_get_answer_scale (self->before, (guint) found), new);
    }
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (self->before); i++)
    {
      const DhkAnswerScale *old = dhk_instrument_get_answer_scale (self->before, i);

      if (find_answer_scale (self->after, old->id) < 0)
        note (self, _ ("answers “%s” removed"), dhk_text_get (&old->label, self->language));
    }
  compare_items (self);
}

/* Scales ----------------------------------------------------------------------- */

/* The place of an item in a scale of another version, or -1. */
static int
find_scale_item (const DhkInstrument *instrument, const DhkScale *scale, const char *id)
{
  for (guint i = 0; i < scale->n_items; i++)
    if (strcmp (dhk_instrument_get_item (instrument, scale->items[i])->id, id) == 0)
      return (int) i;
  return -1;
}

static void
compare_scale (Comparison *self, const DhkScale *old, const DhkScale *new)
{
  const char *name = dhk_text_get (&new->label, self->language);

  if (!is_same_text (&old->label, &new->label))
    note (self, _ ("Scale %s is called “%s”"), dhk_text_get (&old->label, self->language), name);
  if (!is_same_text (&old->description, &new->description))
    note (self, _ ("Scale %s has another description"), name);
  for (guint i = 0; i < new->n_items; i++)
    {
      const char *id = dhk_instrument_get_item (self->after, new->items[i])->id;
      int was = find_scale_item (self->before, old, id);

      if (was < 0)
        note (self, _ ("Scale %s: “%s” added"), name, id);
      else if (old->reversed[was] != new->reversed[i])
        note (self,
              new->reversed[i] ? _ ("Scale %s: “%s” counts reversed")
                               : _ ("Scale %s: “%s” no longer counts reversed"),
              name, id);
    }
  for (guint i = 0; i < old->n_items; i++)
    {
      const char *id = dhk_instrument_get_item (self->before, old->items[i])->id;

      if (find_scale_item (self->after, new, id) < 0)
        note (self, _ ("Scale %s: “%s” taken out"), name, id);
    }
  if (old->min_answered != new->min_answered)
    note (self,
          ngettext ("Scale %s: a score needs %u answered item",
                    "Scale %s: a score needs %u answered items", new->min_answered),
          name, new->min_answered);
}

static void
compare_scales (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_scales (self->after); i++)
    {
      const DhkScale *new = dhk_instrument_get_scale (self->after, i);
      int found = dhk_instrument_find_scale (self->before, new->id);

      if (found < 0)
        note (self, _ ("Scale %s added"), dhk_text_get (&new->label, self->language));
      else
        compare_scale (self, dhk_instrument_get_scale (self->before, (guint) found), new);
    }
  for (guint i = 0; i < dhk_instrument_get_n_scales (self->before); i++)
    {
      const DhkScale *old = dhk_instrument_get_scale (self->before, i);

      if (dhk_instrument_find_scale (self->after, old->id) < 0)
        note (self, _ ("Scale %s removed"), dhk_text_get (&old->label, self->language));
    }
}

/* Variants --------------------------------------------------------------------- */

static gboolean
is_same_variant (const DhkVariant *a, const DhkVariant *b)
{
  if (strcmp (a->id, b->id) != 0 || !is_same_text (&a->label, &b->label)
      || a->n_replacements != b->n_replacements)
    return FALSE;
  for (guint i = 0; i < a->n_replacements; i++)
    if (strcmp (a->replacements[i].from, b->replacements[i].from) != 0
        || strcmp (a->replacements[i].to, b->replacements[i].to) != 0)
      return FALSE;
  return TRUE;
}

static const DhkVariant *
find_variant (const DhkInstrument *instrument, const char *id)
{
  for (guint i = 0; i < dhk_instrument_get_n_variants (instrument); i++)
    if (strcmp (dhk_instrument_get_variant (instrument, i)->id, id) == 0)
      return dhk_instrument_get_variant (instrument, i);
  return NULL;
}

static void
compare_variants (Comparison *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_variants (self->after); i++)
    {
      const DhkVariant *new = dhk_instrument_get_variant (self->after, i);
      const DhkVariant *old = find_variant (self->before, new->id);

      if (old == NULL)
        note (self, _ ("Variant “%s” added"), dhk_text_get (&new->label, self->language));
      else if (!is_same_variant (old, new))
        note (self, _ ("Variant “%s” replaces other words"),
              dhk_text_get (&new->label, self->language));
    }
  for (guint i = 0; i < dhk_instrument_get_n_variants (self->before); i++)
    {
      const DhkVariant *old = dhk_instrument_get_variant (self->before, i);

      if (find_variant (self->after, old->id) == NULL)
        note (self, _ ("Variant “%s” removed"), dhk_text_get (&old->label, self->language));
    }
}

GPtrArray *
dhk_instrument_list_changes (const DhkInstrument *before,
                             const DhkInstrument *after,
                             DhkLanguage language)
{
  Comparison self = { .before = before, .after = after, .language = language };

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  self.changes = g_ptr_array_new_with_free_func (g_free);
  if (!is_same_text (dhk_instrument_get_title (before), dhk_instrument_get_title (after)))
    note (&self, _ ("The title is “%s”"),
          dhk_text_get (dhk_instrument_get_title (after), language));
  compare_questionnaires (&self);
  compare_answer_scales (&self);
  compare_scales (&self);
  compare_variants (&self);
  return self.changes;
}
