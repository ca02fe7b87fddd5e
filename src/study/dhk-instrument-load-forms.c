/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The items, scales, questionnaires and variants of an instrument. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-load.h"

#define MAX_ITEMS 2000
#define MAX_SCALES 500
#define MAX_QUESTIONNAIRES 32
#define MAX_QUESTIONS 5000 /* in all questionnaires together */
#define MAX_VARIANTS 32
#define MAX_REPLACEMENTS 100

/* Items ----------------------------------------------------------------------------- */

gboolean
dhk_loader_read_items (DhkLoader *self, const xmlNode *root)
{
  DhkInstrument *instrument = self->instrument;
  GArray *array = instrument->items;
  const xmlNode *part = dhk_loader_part (root, "items");

  for (xmlNode *node = dhk_xml_first (part, "item"); node != NULL;
       node = dhk_xml_next (node, "item"))
    {
      DhkItem item = { .id = dhk_loader_dup_new_id (self, node, array, MAX_ITEMS) };
      gboolean found;

      if (item.id == NULL)
        return FALSE;
      found
          = dhk_loader_find (self, node, "answers", instrument->answer_scales, &item.answer_scale);
      g_array_append_val (array, item);
      if (!found)
        return FALSE;
    }
  /* Items and targets are known: room for who is asked what. */
  instrument->asked = g_new0 (guint32, (gsize) array->len * (instrument->targets->len + 1));
  return TRUE;
}

/* Scales ------------------------------------------------------------------------------ */

static gboolean
read_scale_item (DhkLoader *self, const xmlNode *node, DhkScale *scale, guint *item)
{
  const DhkItem *found;

  if (!dhk_loader_find (self, node, "ref", self->instrument->items, item))
    return FALSE;
  found = &g_array_index (self->instrument->items, DhkItem, *item);
  for (guint i = 0; i < scale->n_items; i++)
    if (scale->items[i] == *item)
      return dhk_loader_fail (self, node, _ ("“%s” is in this scale twice."), found->id);
  if (scale->n_items > 0 && found->answer_scale != scale->answer_scale)
    return dhk_loader_fail (
        self, node,
        _ ("“%s” is answered with other answers than the items before it: they cannot "
           "be averaged."),
        found->id);
  scale->answer_scale = found->answer_scale;
  return TRUE;
}

static gboolean
read_scale (DhkLoader *self, const xmlNode *node, DhkScale *scale)
{
  guint n_items = 0;
  int min_answered;

  dhk_loader_read_label (node, "label", &scale->label);
  dhk_loader_read_label (node, "description", &scale->description);
  if (!dhk_loader_get_int (self, node, "min-answered", &min_answered))
    return FALSE;

  for (xmlNode *child = dhk_xml_first (node, "item"); child != NULL;
       child = dhk_xml_next (child, "item"))
    n_items++;
  if (n_items > MAX_ITEMS)
    return dhk_loader_fail (
        self, node, _ ("there are more of these than the program can hold (%u)."), MAX_ITEMS);
  scale->items = g_new0 (guint, n_items);
  scale->reversed = g_new0 (gboolean, n_items);
  for (xmlNode *child = dhk_xml_first (node, "item"); child != NULL;
       child = dhk_xml_next (child, "item"))
    {
      g_autofree char *reversed = dhk_loader_dup_attribute (child, "reversed");
      guint item;

      if (!read_scale_item (self, child, scale, &item))
        return FALSE;
      scale->reversed[scale->n_items] = g_strcmp0 (reversed, "yes") == 0;
      scale->items[scale->n_items++] = item;
    }
  if (min_answered > (int) n_items)
    return dhk_loader_fail (
        self, node,
        ngettext ("a score needs %d answered items, but the scale has only %u item.",
                  "a score needs %d answered items, but the scale has only %u items.", n_items),
        min_answered, n_items);
  scale->min_answered = (guint) min_answered;
  return TRUE;
}

gboolean
dhk_loader_read_scales (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->scales;
  const xmlNode *part = dhk_loader_part (root, "scales");

  for (xmlNode *node = dhk_xml_first (part, "scale"); node != NULL;
       node = dhk_xml_next (node, "scale"))
    {
      DhkScale scale = { .id = dhk_loader_dup_new_id (self, node, array, MAX_SCALES) };
      gboolean read;

      if (scale.id == NULL)
        return FALSE;
      read = read_scale (self, node, &scale);
      g_array_append_val (array, scale);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* Questionnaires ------------------------------------------------------------------------ */

/* The several choices that a question names, or NULL. */
static const DhkChoices *
find_choices (DhkLoader *self, const xmlNode *node)
{
  g_autofree char *id = dhk_loader_dup_attribute (node, "variable");
  int found = id != NULL ? dhk_instrument_find_choices (self->instrument, id) : -1;

  return found >= 0 ? dhk_instrument_get_choices (self->instrument, (guint) found) : NULL;
}

/* `choice`: which of several choices. */
static gboolean
read_question (DhkLoader *self,
               const xmlNode *node,
               const xmlNode *grid,
               guint type,
               guint choice,
               DhkQuestion *question)
{
  g_autofree char *source = dhk_loader_dup_attribute (node, "source");
  g_autofree char *licence = dhk_loader_dup_attribute (node, "licence");
  const char *terms = g_hash_table_lookup (self->licences, licence);
  guint index;

  dhk_loader_read_texts (node, &question->text);
  question->source = g_strcmp0 (source, "quoted") == 0 ? DHK_SOURCE_QUOTED : DHK_SOURCE_OWN_WORDING;
  if (terms == NULL)
    return dhk_loader_fail (self, node, _ ("there is no licence “%s” in this file."), licence);
  question->licence = g_strdup (terms);

  if (grid == NULL)
    {
      const DhkChoices *choices = find_choices (self, node);

      if (choices != NULL)
        {
          dhk_loader_word_choice (choices, choice, question);
          return TRUE;
        }
      if (!dhk_loader_find (self, node, "variable", self->instrument->variables, &index))
        return FALSE;
      question->variable = (int) index;
      return TRUE;
    }
  dhk_loader_read_label (grid, "stem", &question->stem);
  if (!dhk_loader_find_target (self, grid, &question->target)
      || !dhk_loader_find (self, node, "item", self->instrument->items, &index))
    return FALSE;
  question->item = (int) index;
  *dhk_instrument_get_asked (self->instrument, index, question->target) |= 1u << type;
  return TRUE;
}

static gboolean
add_question (DhkLoader *self,
              const xmlNode *node,
              const xmlNode *grid,
              guint type,
              guint choice,
              GArray *questions)
{
  DhkQuestion question = { .item = -1, .variable = -1, .target = DHK_NO_TARGET };
  gboolean read;

  if (++self->n_questions > MAX_QUESTIONS)
    return dhk_loader_fail (
        self, node, _ ("there are more of these than the program can hold (%u)."), MAX_QUESTIONS);

  read = read_question (self, node, grid, type, choice, &question);
  g_array_append_val (questions, question);
  if (!read)
    return FALSE;
  for (guint i = 0; i + 1 < questions->len; i++)
    {
      const DhkQuestion *other = &g_array_index (questions, DhkQuestion, i);

      if (other->item == question.item && other->variable == question.variable
          && other->target == question.target)
        return dhk_loader_fail (self, node, _ ("this questionnaire already asks this."));
    }
  return TRUE;
}

static gboolean
read_questions (DhkLoader *self, const xmlNode *node, guint type, GArray *questions)
{
  for (xmlNode *child = dhk_xml_first (node, NULL); child != NULL;
       child = dhk_xml_next (child, NULL))
    {
      if (strcmp ((const char *) child->name, "question") == 0)
        {
          const DhkChoices *choices = find_choices (self, child);

          for (guint i = 0; i < (choices != NULL ? choices->n_choices : 1); i++)
            if (!add_question (self, child, NULL, type, i, questions))
              return FALSE;
        }
      else if (strcmp ((const char *) child->name, "grid") == 0)
        {
          for (xmlNode *row = dhk_xml_first (child, "question"); row != NULL;
               row = dhk_xml_next (row, "question"))
            if (!add_question (self, row, child, type, 0, questions))
              return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_questionnaire (DhkLoader *self, const xmlNode *node, DhkQuestionnaire *questionnaire)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, TRUE, sizeof (DhkQuestion));

  g_array_set_clear_func (questions, (GDestroyNotify) dhk_question_clear);
  dhk_loader_read_label (node, "label", &questionnaire->label);
  questionnaire->file_hints = dhk_loader_dup_strings (node, "file-hint");
  if (!dhk_loader_find (self, node, "type", self->instrument->roles, &questionnaire->type))
    return FALSE;
  if (questionnaire->type >= self->instrument->n_types)
    return dhk_loader_fail (self, node, _ ("a questionnaire belongs to one respondent type."));
  if (!read_questions (self, node, questionnaire->type, questions))
    return FALSE;
  questionnaire->n_questions = questions->len;
  questionnaire->questions
      = (DhkQuestion *) (gpointer) g_array_free (g_steal_pointer (&questions), FALSE);
  return TRUE;
}

gboolean
dhk_loader_read_questionnaires (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->questionnaires;
  const xmlNode *part = dhk_loader_part (root, "questionnaires");

  for (xmlNode *node = dhk_xml_first (part, "questionnaire"); node != NULL;
       node = dhk_xml_next (node, "questionnaire"))
    {
      DhkQuestionnaire questionnaire
          = { .id = dhk_loader_dup_new_id (self, node, array, MAX_QUESTIONNAIRES) };
      gboolean read;

      if (questionnaire.id == NULL)
        return FALSE;
      read = read_questionnaire (self, node, &questionnaire);
      g_array_append_val (array, questionnaire);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* Variants -------------------------------------------------------------------------------- */

static gboolean
read_replacements (DhkLoader *self, const xmlNode *node, DhkVariant *variant)
{
  g_autoptr (GArray) replacements = g_array_new (FALSE, TRUE, sizeof (DhkReplacement));

  g_array_set_clear_func (replacements, (GDestroyNotify) dhk_replacement_clear);
  for (xmlNode *child = dhk_xml_first (node, "replace"); child != NULL;
       child = dhk_xml_next (child, "replace"))
    {
      DhkReplacement replacement
          = { dhk_loader_dup_attribute (child, "from"), dhk_loader_dup_attribute (child, "to") };

      g_array_append_val (replacements, replacement);
      for (guint i = 0; i + 1 < replacements->len; i++)
        if (strcmp (g_array_index (replacements, DhkReplacement, i).from, replacement.from) == 0)
          return dhk_loader_fail (self, child, _ ("“%s” is replaced twice in this variant."),
                                  replacement.from);
      if (replacements->len > MAX_REPLACEMENTS)
        return dhk_loader_fail (self, child,
                                _ ("there are more of these than the program can hold (%u)."),
                                MAX_REPLACEMENTS);
    }
  variant->n_replacements = replacements->len;
  variant->replacements
      = (DhkReplacement *) (gpointer) g_array_free (g_steal_pointer (&replacements), FALSE);
  return TRUE;
}

gboolean
dhk_loader_read_variants (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->variants;
  const xmlNode *part = dhk_xml_first (root, "variants");

  if (part == NULL)
    return TRUE;
  for (xmlNode *node = dhk_xml_first (part, "variant"); node != NULL;
       node = dhk_xml_next (node, "variant"))
    {
      DhkVariant variant = { .id = dhk_loader_dup_new_id (self, node, array, MAX_VARIANTS) };
      gboolean read;

      if (variant.id == NULL)
        return FALSE;
      dhk_loader_read_label (node, "label", &variant.label);
      read = read_replacements (self, node, &variant);
      g_array_append_val (array, variant);
      if (!read)
        return FALSE;
    }
  return TRUE;
}
