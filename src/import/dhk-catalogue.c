/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-catalogue.h"

#include "base/dhk-text.h"
#include "import/dhk-head-key.h"

struct _DhkCatalogue
{
  GHashTable *hits; /* folded head -> GArray of DhkHit */
};

/* Takes the key. The first kind that was added for a question stays: texts come before names. */
static void
add_hit (DhkCatalogue *self, char *key, DhkHit hit)
{
  GArray *hits = g_hash_table_lookup (self->hits, key);

  if (hits == NULL)
    {
      hits = g_array_new (FALSE, FALSE, sizeof (DhkHit));
      g_hash_table_insert (self->hits, key, hits);
    }
  else
    g_free (key);

  for (guint i = 0; i < hits->len; i++)
    {
      const DhkHit *known = &g_array_index (hits, DhkHit, i);

      if (known->questionnaire == hit.questionnaire && known->question == hit.question)
        return;
    }
  g_array_append_val (hits, hit);
}

/* Also without the punctuation that closes it: programs drop and add it. */
static void
add_text (DhkCatalogue *self, const char *text, DhkHit hit)
{
  char *key = dhk_text_fold (text);
  gsize length = dhk_head_key_trim (key);

  if (length > 0 && key[length] != '\0')
    add_hit (self, g_strndup (key, length), hit);
  if (key[0] == '\0')
    g_free (key);
  else
    add_hit (self, key, hit);
}

static void
add_wordings (DhkCatalogue *self, DhkInstrument *instrument, const DhkText *text, DhkHit hit)
{
  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    {
      if (text->in[language] == NULL)
        continue;
      hit.kind = DHK_HIT_TEXT;
      add_text (self, text->in[language], hit);
      hit.kind = DHK_HIT_VARIANT;
      for (guint v = 0; v < dhk_instrument_get_n_variants (instrument); v++)
        {
          const DhkVariant *variant = dhk_instrument_get_variant (instrument, v);
          g_autofree char *other = dhk_variant_apply (variant, text->in[language]);

          hit.variant = v;
          if (other != NULL)
            add_text (self, other, hit);
        }
    }
}

static void
add_names (DhkCatalogue *self, DhkInstrument *instrument, const DhkQuestion *question, DhkHit hit)
{
  if (question->item >= 0)
    {
      g_autofree char *name
          = dhk_instrument_dup_column_name (instrument, (guint) question->item, question->target);

      hit.kind = DHK_HIT_NAME;
      add_text (self, name, hit);
    }
  else if (question->variable >= 0)
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      hit.kind = DHK_HIT_NAME;
      add_text (self, variable->id, hit);
      hit.kind = DHK_HIT_HEAD;
      for (char **head = variable->heads; head != NULL && *head != NULL; head++)
        add_text (self, *head, hit);
    }
}

/* Programs with a box for own words call the column of the choices so. */
static const char *const behind_all[] = { "Selected Choice", "Geselecteerde keuze" };

static void
add_all (DhkCatalogue *self, const char *head, DhkHit hit)
{
  hit.kind = DHK_HIT_ALL;
  add_text (self, head, hit);
  for (guint i = 0; i < G_N_ELEMENTS (behind_all); i++)
    {
      g_autofree char *longer = g_strdup_printf ("%s - %s", head, behind_all[i]);

      add_text (self, longer, hit);
    }
}

/* The heads of a column with all choices: the wording, and what means the variable. */
static void
add_whole (DhkCatalogue *self,
           DhkInstrument *instrument,
           const DhkChoices *choices,
           const DhkText *wording,
           DhkHit hit)
{
  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    {
      if (wording->in[language] == NULL)
        continue;
      add_all (self, wording->in[language], hit);
      for (guint v = 0; v < dhk_instrument_get_n_variants (instrument); v++)
        {
          g_autofree char *other = dhk_variant_apply (dhk_instrument_get_variant (instrument, v),
                                                      wording->in[language]);

          if (other != NULL)
            add_all (self, other, hit);
        }
    }
  add_all (self, choices->id, hit);
  for (char **head = choices->heads; *head != NULL; head++)
    add_all (self, *head, hit);
}

/* Takes `above`. */
static void
add_choice_key (DhkCatalogue *self, char *above, const char *label, DhkHit hit)
{
  g_autofree char *fold = dhk_text_fold (label);

  above[dhk_head_key_trim (above)] = '\0';
  fold[dhk_head_key_trim (fold)] = '\0';
  add_hit (self, dhk_catalogue_dup_choice_key (above, fold), hit);
  g_free (above);
}

static void
add_choice (DhkCatalogue *self, const char *above, const DhkCategory *choice, DhkHit hit)
{
  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    if (choice->label.in[language] != NULL)
      add_choice_key (self, dhk_text_fold (above), choice->label.in[language], hit);
  for (char **alias = choice->aliases; *alias != NULL; alias++)
    add_choice_key (self, dhk_text_fold (above), *alias, hit);
}

/* The heads of a column of one choice: below the wording; alone a choice says nothing. */
static void
add_choices (DhkCatalogue *self,
             DhkInstrument *instrument,
             const DhkChoices *choices,
             const DhkQuestion *question,
             DhkHit hit)
{
  const DhkCategory *choice = &choices->choices[(guint) question->variable - choices->first];

  hit.kind = DHK_HIT_TEXT;
  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    {
      const char *stem = question->whole.in[language];

      if (stem == NULL)
        continue;
      add_choice (self, stem, choice, hit);
      for (guint i = 0; i < G_N_ELEMENTS (behind_all); i++)
        {
          g_autofree char *longer = g_strdup_printf ("%s - %s", stem, behind_all[i]);

          add_choice (self, longer, choice, hit);
        }
      for (guint v = 0; v < dhk_instrument_get_n_variants (instrument); v++)
        {
          g_autofree char *other
              = dhk_variant_apply (dhk_instrument_get_variant (instrument, v), stem);

          if (other != NULL)
            add_choice (self, other, choice, hit);
        }
    }
  if ((guint) question->variable == choices->first)
    add_whole (self, instrument, choices, &question->whole, hit);
}

char *
dhk_catalogue_dup_choice_key (const char *above, const char *choice)
{
  return g_strdup_printf ("%s\t%s", above, choice);
}

DhkCatalogue *
dhk_catalogue_new (DhkInstrument *instrument)
{
  DhkCatalogue *self;

  g_return_val_if_fail (instrument != NULL, NULL);

  self = g_new0 (DhkCatalogue, 1);
  self->hits
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < questionnaire->n_questions; q++)
        {
          const DhkQuestion *question = &questionnaire->questions[q];
          const DhkChoices *choices = dhk_instrument_get_question_choices (instrument, question);
          DhkHit hit = { .questionnaire = i, .question = q };

          if (choices != NULL)
            add_choices (self, instrument, choices, question, hit);
          else
            add_wordings (self, instrument, &question->text, hit);
          add_names (self, instrument, question, hit);
        }
    }
  return self;
}

void
dhk_catalogue_free (DhkCatalogue *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->hits);
  g_free (self);
}

const GArray *
dhk_catalogue_find (DhkCatalogue *self, const char *folded)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (folded != NULL, NULL);

  return g_hash_table_lookup (self->hits, folded);
}

guint
dhk_catalogue_count (const GArray *hits, guint questionnaire)
{
  guint n = 0;

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    if (g_array_index (hits, DhkHit, i).questionnaire == questionnaire)
      n++;
  return n;
}
