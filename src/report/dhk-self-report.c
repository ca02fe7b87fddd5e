/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-self-report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "report/dhk-table-build.h"

static const DhkScale *
get_ideal (const DhkSelfProfile *self)
{
  return dhk_instrument_get_scale (self->instrument, self->rating->ideal);
}

static const DhkScale *
get_actual (const DhkSelfProfile *self)
{
  return dhk_instrument_get_scale (self->instrument, self->rating->actual);
}

/* Words ------------------------------------------------------------------------------- */

char *
dhk_self_profile_dup_group_label (const DhkSelfProfile *self, DhkLanguage language)
{
  guint type;
  const char *plural;
  g_autofree char *n = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->group == NULL)
    return NULL;
  type = dhk_instrument_get_questionnaire (self->instrument, self->questionnaire)->type;
  plural = dhk_text_get (&dhk_instrument_get_role (self->instrument, type)->plural, language);
  n = self->group_least == self->group_most
          ? g_strdup_printf ("n = %u", self->group_most)
          : g_strdup_printf ("n = %u–%u", self->group_least, self->group_most);
  if (self->group_variable >= 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (self->instrument, (guint) self->group_variable);

      return g_strdup_printf (
          "%s, %s (%s)", plural,
          dhk_text_get (&variable->categories[self->group_category].label, language), n);
    }
  return g_strdup_printf ("%s (%s)", plural, n);
}

static char *
dup_sentence (const DhkSelfProfile *self, DhkFindingKind finding, DhkLanguage language)
{
  g_autoptr (GArray) found = dhk_self_profile_list (self, finding);
  GString *text;

  if (found->len == 0)
    return NULL;

  text = g_string_new (dhk_text_get (&self->rating->findings[finding], language));
  for (guint i = 0; i < found->len; i++)
    {
      const DhkSelfPair *pair
          = &g_array_index (self->pairs, DhkSelfPair, g_array_index (found, guint, i));
      g_autofree char *label = dhk_voice_lower_first (dhk_text_get (pair->label, language));

      g_string_append_printf (text, "%s %s", i == 0 ? ":" : ";", label);
    }
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

char **
dhk_self_profile_dup_sentences (const DhkSelfProfile *self, DhkLanguage language)
{
  /* What asks for attention first. */
  static const DhkFindingKind order[]
      = { DHK_FINDING_IDEAL, DHK_FINDING_BOTH, DHK_FINDING_ACTUAL, DHK_FINDING_NEITHER };
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *sentence = dup_sentence (self, order[i], language);

      if (sentence != NULL)
        g_strv_builder_add (sentences, sentence);
    }
  if (self->n_open > 0)
    {
      g_autofree char *sentence = g_strdup_printf (
          dhk_translate_plural (language, "You left %u question open; it is not in this profile.",
                                "You left %u questions open; they are not in this profile.",
                                self->n_open),
          self->n_open);

      g_strv_builder_add (sentences, sentence);
    }
  return g_strv_builder_end (sentences);
}

/* The table ------------------------------------------------------------------------------ */

static void
add_heads (DhkTable *table, const DhkSelfProfile *self, const DhkVoice *voice)
{
  const char *ideal = dhk_text_get (&get_ideal (self)->label, voice->language);
  const char *actual = dhk_text_get (&get_actual (self)->label, voice->language);
  DhkTableRow *row = dhk_table_add_row (table, TRUE);

  dhk_table_row_add (row, "", 1, DHK_ALIGN_START, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Your answers")), 3, DHK_ALIGN_CENTRE, FALSE);
  if (self->group != NULL)
    dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Group (M)")), 2, DHK_ALIGN_CENTRE, FALSE);

  row = dhk_table_add_row (table, TRUE);
  dhk_table_row_add (row, "", 1, DHK_ALIGN_START, FALSE);
  dhk_table_row_add (row, ideal, 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, actual, 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, dhk_voice_get (voice, N_ ("Difference")), 1, DHK_ALIGN_CENTRE, FALSE);
  if (self->group == NULL)
    return;
  dhk_table_row_add (row, ideal, 1, DHK_ALIGN_CENTRE, FALSE);
  dhk_table_row_add (row, actual, 1, DHK_ALIGN_CENTRE, FALSE);
}

static void
add_code (DhkTableRow *row, int code)
{
  dhk_table_row_take (row, code >= 0 ? g_strdup_printf ("%d", code) : g_strdup ("–"), 1,
                      DHK_ALIGN_DECIMAL, FALSE);
}

static void
add_difference (DhkTableRow *row, const DhkSelfPair *pair)
{
  int difference = pair->ideal - pair->actual;
  char *text;

  if (pair->finding < 0)
    text = g_strdup ("–");
  else
    text = g_strdup_printf ("%s%d", difference < 0 ? "−" : "", ABS (difference));
  dhk_table_row_take (row, text, 1, DHK_ALIGN_DECIMAL, FALSE);
}

static void
append_answers (GString *note,
                const DhkSelfProfile *self,
                const DhkScale *scale,
                DhkLanguage language)
{
  const DhkAnswerScale *answers
      = dhk_instrument_get_answer_scale (self->instrument, scale->answer_scale);
  const DhkAnswer *low = &answers->answers[0], *high = &answers->answers[answers->n_answers - 1];

  g_string_append_printf (note, " %s: %d %s … %d %s.", dhk_text_get (&scale->label, language),
                          low->code, dhk_text_get (&low->label, language), high->code,
                          dhk_text_get (&high->label, language));
}

static char *
dup_note (const DhkSelfProfile *self, const DhkVoice *voice)
{
  const char *ideal = dhk_text_get (&get_ideal (self)->label, voice->language);
  const char *actual = dhk_text_get (&get_actual (self)->label, voice->language);
  g_autofree char *group = dhk_self_profile_dup_group_label (self, voice->language);
  GString *note = g_string_new (NULL);

  /* Translators: the names of two scales */
  g_string_append_printf (note, dhk_voice_get (voice, N_ ("Difference = %s minus %s.")), ideal,
                          actual);
  append_answers (note, self, get_ideal (self), voice->language);
  append_answers (note, self, get_actual (self), voice->language);
  if (group != NULL)
    {
      g_string_append_c (note, ' ');
      g_string_append_printf (note, dhk_voice_get (voice, N_ ("Group: %s; M = mean.")), group);
    }
  if (self->group != NULL && self->group->is_sample)
    g_string_append_printf (note, " %s", dhk_voice_get (voice, DHK_MARKING_SAMPLE));
  return g_string_free (note, FALSE);
}

DhkTable *
dhk_self_profile_new_table (const DhkSelfProfile *self, DhkLanguage language, DhkNumberStyle style)
{
  const DhkVoice voice = { language, style };
  DhkTable *table;

  g_return_val_if_fail (self != NULL, NULL);

  table = dhk_table_new_empty (self->group != NULL ? 6 : 4);
  table->title = g_strdup (dhk_text_get (&self->rating->label, language));
  add_heads (table, self, &voice);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const DhkSelfPair *pair = &g_array_index (self->pairs, DhkSelfPair, i);
      DhkTableRow *row = dhk_table_add_row (table, FALSE);

      dhk_table_row_take (row,
                          g_strdup_printf ("%u. %s", i + 1, dhk_text_get (pair->label, language)),
                          1, DHK_ALIGN_START, FALSE);
      add_code (row, pair->ideal);
      add_code (row, pair->actual);
      add_difference (row, pair);
      if (self->group == NULL)
        continue;
      dhk_table_row_add_number (row, &voice, DHK_NUMBER_MEAN, pair->group_ideal, FALSE);
      dhk_table_row_add_number (row, &voice, DHK_NUMBER_MEAN, pair->group_actual, FALSE);
    }
  table->note_label = g_strdup (dhk_voice_get (&voice, N_ ("Note.")));
  table->note = dup_note (self, &voice);
  return table;
}

/* The pages ------------------------------------------------------------------------------ */

static void
add_figure (DhkDocument *document,
            DhkSelfProfile *self,
            DhkTable *table,
            const char *title,
            gboolean quadrant)
{
  DhkBlock *block = dhk_document_add_block (document, DHK_BLOCK_FIGURE, title);

  block->table = dhk_table_ref (table);
  block->profile = dhk_self_profile_ref (self);
  block->is_quadrant = quadrant;
}

DhkDocument *
dhk_self_profile_new_document (DhkSelfProfile *self, DhkLanguage language, DhkNumberStyle style)
{
  g_autoptr (DhkTable) table = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_auto (GStrv) sentences = NULL;
  g_autofree char *day = NULL;
  g_autofree char *subtitle = NULL;
  DhkDocument *document;

  g_return_val_if_fail (self != NULL, NULL);

  document = dhk_document_new (language, style);
  dhk_document_add_block (document, DHK_BLOCK_TITLE, dhk_text_get (&self->rating->label, language));
  time = g_date_time_new_from_unix_utc (self->saved);
  /* Translators: a date, see g_date_time_format(). */
  day = time != NULL ? g_date_time_format (time, dhk_translate (language, N_ ("%Y-%m-%d"))) : NULL;
  subtitle = g_strdup_printf (dhk_translate (language, N_ ("My profile of %s")),
                              day != NULL ? day : "–");
  dhk_document_add_block (document, DHK_BLOCK_SUBTITLE, subtitle);

  sentences = dhk_self_profile_dup_sentences (self, language);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    dhk_document_add_block (document, DHK_BLOCK_PARAGRAPH, *sentence);
  table = dhk_self_profile_new_table (self, language, style);
  add_figure (document, self, table, dhk_translate (language, N_ ("What I answered, part by part")),
              FALSE);
  dhk_document_add_block (document, DHK_BLOCK_TABLE, NULL)->table = dhk_table_ref (table);
  add_figure (document, self, table,
              dhk_translate (language, N_ ("Both answers together; the numbers are those of the "
                                           "parts")),
              TRUE);
  return document;
}
