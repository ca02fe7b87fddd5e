/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-private.h"
#include "study/dhk-instrument.h"
#include "study/dhk-missing.h"

void
dhk_answer_scale_get_range (const DhkAnswerScale *self, int *lowest, int *highest)
{
  g_return_if_fail (self != NULL && self->n_answers > 0);

  if (lowest != NULL)
    *lowest = self->answers[0].code;
  if (highest != NULL)
    *highest = self->answers[self->n_answers - 1].code;
}

const DhkAnswer *
dhk_answer_scale_find (const DhkAnswerScale *self, int code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->n_answers; i++)
    if (self->answers[i].code == code)
      return &self->answers[i];
  return NULL;
}

guint32 *
dhk_instrument_get_asked (const DhkInstrument *self, guint item, int target)
{
  g_assert (item < self->items->len);
  g_assert (target >= DHK_NO_TARGET && target < (int) self->targets->len);

  return &self->asked[item * (self->targets->len + 1) + (guint) (target + 1)];
}

guint32
dhk_instrument_get_scale_types (const DhkInstrument *self, guint scale, int target)
{
  const DhkScale *wanted = &g_array_index (self->scales, DhkScale, scale);
  guint32 types = G_MAXUINT32;

  for (guint i = 0; i < wanted->n_items; i++)
    types &= *dhk_instrument_get_asked (self, wanted->items[i], target);
  return types;
}

gboolean
dhk_instrument_is_asked (const DhkInstrument *self, guint scale, guint role, int target)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scale < self->scales->len && role < self->roles->len, FALSE);
  g_return_val_if_fail (target >= DHK_NO_TARGET && target < (int) self->targets->len, FALSE);

  return (dhk_instrument_get_scale_types (self, scale, target)
          & g_array_index (self->roles, DhkRole, role).types)
         != 0;
}

char *
dhk_instrument_dup_column_name (const DhkInstrument *self, guint item, int target)
{
  g_return_val_if_fail (self != NULL && item < self->items->len, NULL);
  g_return_val_if_fail (target >= DHK_NO_TARGET && target < (int) self->targets->len, NULL);

  if (target == DHK_NO_TARGET)
    return g_strdup (g_array_index (self->items, DhkItem, item).id);
  return g_strconcat (g_array_index (self->items, DhkItem, item).id, "_",
                      g_array_index (self->targets, DhkTarget, target).suffix, NULL);
}

/* Whether `from` stands at `text`, where the first letter may have either case. */
static gboolean
starts_with_word (const char *text, const char *from)
{
  gunichar a = g_utf8_get_char (text);
  gunichar b = g_utf8_get_char (from);

  return g_unichar_tolower (a) == g_unichar_tolower (b)
         && g_str_has_prefix (g_utf8_next_char (text), g_utf8_next_char (from));
}

/* Appends `to` in place of `from` at `text`, its first letter in the case of the text's. */
static void
append_replacement (GString *result, const char *text, const DhkReplacement *replacement)
{
  gunichar found = g_utf8_get_char (text);
  gunichar first = g_utf8_get_char (replacement->to);

  if (found != g_utf8_get_char (replacement->from))
    first = g_unichar_isupper (found) ? g_unichar_toupper (first) : g_unichar_tolower (first);
  g_string_append_unichar (result, first);
  g_string_append (result, g_utf8_next_char (replacement->to));
}

char *
dhk_variant_apply (const DhkVariant *self, const char *text)
{
  g_autoptr (GString) result = NULL;
  gboolean changed = FALSE;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), NULL);

  result = g_string_sized_new (strlen (text) + 16);
  /* One pass, so that what one replacement wrote is not replaced by the next. */
  for (const char *p = text; *p != '\0';)
    {
      const DhkReplacement *found = NULL;

      for (guint i = 0; i < self->n_replacements && found == NULL; i++)
        if (starts_with_word (p, self->replacements[i].from))
          found = &self->replacements[i];
      if (found != NULL)
        {
          append_replacement (result, p, found);
          changed = TRUE;
          /* Upper and lower case may have different lengths in UTF-8. */
          p = g_utf8_next_char (p) + strlen (g_utf8_next_char (found->from));
        }
      else
        {
          g_string_append_unichar (result, g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }
    }
  return changed ? g_string_free (g_steal_pointer (&result), FALSE) : NULL;
}

char *
dhk_choices_dup_chosen (const DhkChoices *self, const gint8 *codes, DhkLanguage language)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean answered = FALSE;

  g_return_val_if_fail (self != NULL && codes != NULL, NULL);

  for (guint i = 0; i < self->n_choices; i++)
    {
      answered |= codes[i] >= 0;
      if (codes[i] == DHK_CHOSEN)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                                dhk_text_get (&self->choices[i].label, language));
    }
  if (list->len > 0)
    return g_string_free (g_steal_pointer (&list), FALSE);
  return g_strdup (answered ? dhk_translate (language, N_ ("none of the choices"))
                            : dhk_missing_get_label ((DhkMissing) codes[0], language));
}

guint
dhk_instrument_find_first_choice (const DhkInstrument *self,
                                  const DhkQuestionnaire *questionnaire,
                                  guint question,
                                  guint *n)
{
  const DhkChoices *choices;

  g_return_val_if_fail (self != NULL && questionnaire != NULL, 0);
  g_return_val_if_fail (question < questionnaire->n_questions, 0);

  choices = dhk_instrument_get_question_choices (self, &questionnaire->questions[question]);
  if (n != NULL)
    *n = choices != NULL ? choices->n_choices : 1;
  return choices == NULL
             ? question
             : question - ((guint) questionnaire->questions[question].variable - choices->first);
}
