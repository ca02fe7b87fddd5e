/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The answer scales, variables, roles, targets and perspectives of an instrument. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-number.h"
#include "base/dhk-text.h"
#include "study/dhk-frame.h"
#include "study/dhk-instrument-load.h"
#include "study/dhk-missing.h"

#define MAX_ANSWER_SCALES 100
#define MAX_CODE 100
#define MAX_CATEGORIES 100
#define MAX_BANDS 100
#define MAX_TYPES 32 /* the bits of DhkRole.types */
#define MAX_ROLES 64
#define MAX_TARGETS 16
#define MAX_PERSPECTIVES 500

gboolean
dhk_loader_note_meaning (GHashTable *meanings, const char *text, guint meaning)
{
  g_autofree char *folded = dhk_text_fold (text);
  gpointer known;

  if (g_hash_table_lookup_extended (meanings, folded, NULL, &known))
    return GPOINTER_TO_UINT (known) == meaning;
  g_hash_table_insert (meanings, g_steal_pointer (&folded), GUINT_TO_POINTER (meaning));
  return TRUE;
}

gboolean
dhk_loader_note_label (GHashTable *meanings, const DhkText *label, guint meaning)
{
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (label->in[i] != NULL && !dhk_loader_note_meaning (meanings, label->in[i], meaning))
      return FALSE;
  return TRUE;
}

gboolean
dhk_loader_fail_two_meanings (DhkLoader *self, const xmlNode *node)
{
  return dhk_loader_fail (self, node,
                          _ ("a label or another name here already means something else."));
}

/* Answer scales ----------------------------------------------------------------- */

static gboolean
read_answer (
    DhkLoader *self, const xmlNode *node, GArray *answers, GHashTable *meanings, DhkAnswer *answer)
{
  if (!dhk_loader_get_int (self, node, "code", &answer->code))
    return FALSE;
  dhk_loader_read_texts (node, &answer->label);
  /* Negative codes say why an answer is missing. */
  if (answer->code < 0 || answer->code > MAX_CODE)
    return dhk_loader_fail (self, node, _ ("the code %d is not from 0 to %d."), answer->code,
                            MAX_CODE);
  if (answers->len > 0 && answer->code <= g_array_index (answers, DhkAnswer, answers->len - 1).code)
    return dhk_loader_fail (self, node, _ ("the code %d does not come after the code before it."),
                            answer->code);
  if (!dhk_loader_note_label (meanings, &answer->label, (guint) answer->code))
    return dhk_loader_fail_two_meanings (self, node);
  return TRUE;
}

static gboolean
read_missing_label (DhkLoader *self,
                    const xmlNode *node,
                    const GArray *missing,
                    GHashTable *meanings,
                    DhkAnswer *label)
{
  g_autofree char *id = dhk_xml_dup_attribute (node, "kind");
  DhkMissing kind = DHK_MISSING_EMPTY;

  dhk_loader_read_texts (node, &label->label);
  if (!dhk_missing_parse_id (g_strstrip (id), &kind))
    return dhk_loader_fail (self, node, _ ("“%s” is no kind of missing answer."), id);
  label->code = kind;
  for (guint i = 0; i < missing->len; i++)
    if (g_array_index (missing, DhkAnswer, i).code == label->code)
      return dhk_loader_fail (self, node, _ ("this kind of missing answer has a label already."));
  if (!dhk_loader_note_label (meanings, &label->label, (guint) (MAX_CODE - label->code)))
    return dhk_loader_fail_two_meanings (self, node);
  return TRUE;
}

static gboolean
read_missing_labels (DhkLoader *self,
                     const xmlNode *node,
                     GHashTable *meanings,
                     DhkAnswerScale *scale)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, TRUE, sizeof (DhkAnswer));

  g_array_set_clear_func (missing, (GDestroyNotify) dhk_answer_clear);
  for (xmlNode *child = dhk_xml_first (node, "missing"); child != NULL;
       child = dhk_xml_next (child, "missing"))
    {
      DhkAnswer label = { 0 };
      gboolean read = read_missing_label (self, child, missing, meanings, &label);

      g_array_append_val (missing, label);
      if (!read)
        return FALSE;
    }
  scale->n_missing = missing->len;
  scale->missing = (DhkAnswer *) (gpointer) g_array_free (g_steal_pointer (&missing), FALSE);
  return TRUE;
}

static gboolean
read_answers (DhkLoader *self, const xmlNode *node, DhkAnswerScale *scale)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, TRUE, sizeof (DhkAnswer));
  g_autoptr (GHashTable) meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (answers, (GDestroyNotify) dhk_answer_clear);
  for (xmlNode *child = dhk_xml_first (node, "answer"); child != NULL;
       child = dhk_xml_next (child, "answer"))
    {
      DhkAnswer answer = { 0 };
      gboolean read = read_answer (self, child, answers, meanings, &answer);

      g_array_append_val (answers, answer);
      if (!read)
        return FALSE;
    }
  scale->n_answers = answers->len;
  scale->answers = (DhkAnswer *) (gpointer) g_array_free (g_steal_pointer (&answers), FALSE);
  return read_missing_labels (self, node, meanings, scale);
}

gboolean
dhk_loader_read_answer_scales (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->answer_scales;
  const xmlNode *part = dhk_loader_part (root, "answer-scales");

  for (xmlNode *node = dhk_xml_first (part, "answer-scale"); node != NULL;
       node = dhk_xml_next (node, "answer-scale"))
    {
      DhkAnswerScale scale = { .id = dhk_loader_dup_new_id (self, node, array, MAX_ANSWER_SCALES) };
      gboolean read;

      if (scale.id == NULL)
        return FALSE;
      dhk_loader_read_label (node, "label", &scale.label);
      read = read_answers (self, node, &scale);
      g_array_append_val (array, scale);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* Variables ----------------------------------------------------------------------- */

static gboolean
read_categories (DhkLoader *self, const xmlNode *node, DhkVariable *variable)
{
  g_autoptr (GArray) categories = g_array_new (FALSE, TRUE, sizeof (DhkCategory));
  g_autoptr (GHashTable) meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_set_clear_func (categories, (GDestroyNotify) dhk_category_clear);
  for (xmlNode *child = dhk_xml_first (node, "category"); child != NULL;
       child = dhk_xml_next (child, "category"))
    {
      DhkCategory category
          = { .id = dhk_loader_dup_new_id (self, child, categories, MAX_CATEGORIES) };
      gboolean clear;

      if (category.id == NULL)
        return FALSE;
      dhk_loader_read_label (child, "label", &category.label);
      category.aliases = dhk_loader_dup_strings (child, "alias");
      clear = dhk_loader_note_label (meanings, &category.label, categories->len);
      for (guint i = 0; clear && category.aliases[i] != NULL; i++)
        clear = dhk_loader_note_meaning (meanings, category.aliases[i], categories->len);
      g_array_append_val (categories, category);
      if (!clear)
        return dhk_loader_fail_two_meanings (self, child);
    }
  variable->n_categories = categories->len;
  variable->categories
      = (DhkCategory *) (gpointer) g_array_free (g_steal_pointer (&categories), FALSE);
  return TRUE;
}

static gboolean
get_number (DhkLoader *self, const xmlNode *node, const char *name, double *number)
{
  g_autofree char *text = dhk_loader_dup_attribute (node, name);

  if (text == NULL || !dhk_number_from_file (text, number))
    return dhk_loader_fail (self, node, _ ("“%s” must be a number with a decimal point."), name);
  return TRUE;
}

static gboolean
read_band (DhkLoader *self, const xmlNode *node, const GArray *bands, DhkBand *band)
{
  dhk_loader_read_texts (node, &band->label);
  if (!get_number (self, node, "from", &band->low)
      || !get_number (self, node, "below", &band->high))
    return FALSE;
  if (band->low >= band->high
      || (bands->len > 0 && band->low < g_array_index (bands, DhkBand, bands->len - 1).high))
    return dhk_loader_fail (self, node, _ ("the ranges do not rise, or they overlap."));
  return TRUE;
}

static gboolean
read_number (DhkLoader *self, const xmlNode *node, DhkVariable *variable)
{
  g_autoptr (GArray) bands = g_array_new (FALSE, TRUE, sizeof (DhkBand));

  g_array_set_clear_func (bands, (GDestroyNotify) dhk_band_clear);
  if (!get_number (self, node, "minimum", &variable->minimum)
      || !get_number (self, node, "maximum", &variable->maximum))
    return FALSE;
  if (variable->minimum >= variable->maximum)
    return dhk_loader_fail (self, node, _ ("the minimum is not below the maximum."));

  for (xmlNode *child = dhk_xml_first (node, "range"); child != NULL;
       child = dhk_xml_next (child, "range"))
    {
      DhkBand band = { .id = dhk_loader_dup_new_id (self, child, bands, MAX_BANDS) };
      gboolean read;

      if (band.id == NULL)
        return FALSE;
      read = read_band (self, child, bands, &band);
      g_array_append_val (bands, band);
      if (!read)
        return FALSE;
    }
  variable->n_bands = bands->len;
  variable->bands = (DhkBand *) (gpointer) g_array_free (g_steal_pointer (&bands), FALSE);
  return TRUE;
}

static gboolean
read_variable (DhkLoader *self, const xmlNode *node, GHashTable *heads, DhkVariable *variable)
{
  guint meaning = self->instrument->variables->len;

  dhk_loader_read_label (node, "label", &variable->label);
  variable->heads = dhk_loader_dup_strings (node, "head");
  for (guint i = 0; variable->heads[i] != NULL; i++)
    if (!dhk_loader_note_meaning (heads, variable->heads[i], meaning))
      return dhk_loader_fail_two_meanings (self, node);

  if (strcmp ((const char *) node->name, "category-variable") == 0)
    {
      variable->kind = DHK_VARIABLE_CATEGORY;
      return read_categories (self, node, variable);
    }
  variable->kind = DHK_VARIABLE_NUMBER;
  return read_number (self, node, variable);
}

gboolean
dhk_loader_read_variables (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->variables;
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const xmlNode *part = dhk_loader_part (root, "variables");

  for (xmlNode *node = dhk_xml_first (part, NULL); node != NULL; node = dhk_xml_next (node, NULL))
    {
      DhkVariable variable = { .choices = -1 };
      gboolean read;

      if (strcmp ((const char *) node->name, "choices-variable") == 0)
        {
          if (!dhk_loader_read_choices (self, node, heads))
            return FALSE;
          continue;
        }
      variable.id = dhk_loader_dup_new_id (self, node, array, DHK_MAX_VARIABLES);
      if (variable.id == NULL)
        return FALSE;
      if (dhk_instrument_find_choices (self->instrument, variable.id) >= 0)
        {
          dhk_loader_fail (self, node, _ ("the id “%s” is used twice."), variable.id);
          g_free (variable.id);
          return FALSE;
        }
      read = read_variable (self, node, heads, &variable);
      g_array_append_val (array, variable);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* Respondent types and roles -------------------------------------------------------- */

static gboolean
read_members (DhkLoader *self, const xmlNode *node, DhkRole *role)
{
  for (xmlNode *child = dhk_xml_first (node, "member"); child != NULL;
       child = dhk_xml_next (child, "member"))
    {
      guint type;

      if (!dhk_loader_find (self, child, "type", self->instrument->roles, &type))
        return FALSE;
      if (type >= self->instrument->n_types)
        return dhk_loader_fail (self, child, _ ("a role is made of respondent types only."));
      if (role->types & (1u << type))
        return dhk_loader_fail (self, child, _ ("this respondent type is named twice."));
      role->types |= 1u << type;
    }
  return TRUE;
}

gboolean
dhk_loader_read_roles (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->roles;
  const xmlNode *part = dhk_loader_part (root, "respondent-types");

  for (xmlNode *node = dhk_xml_first (part, NULL); node != NULL; node = dhk_xml_next (node, NULL))
    {
      gboolean is_type = strcmp ((const char *) node->name, "respondent-type") == 0;
      DhkRole role
          = { .id = dhk_loader_dup_new_id (self, node, array, is_type ? MAX_TYPES : MAX_ROLES) };
      gboolean read = TRUE;

      if (role.id == NULL)
        return FALSE;
      role.colour = dhk_loader_dup_attribute (node, "colour");
      dhk_loader_read_label (node, "label", &role.label);
      dhk_loader_read_label (node, "plural", &role.plural);
      if (is_type)
        role.types = 1u << self->instrument->n_types++;
      else
        read = read_members (self, node, &role);
      g_array_append_val (array, role);
      if (!read)
        return FALSE;
    }
  return TRUE;
}

/* Targets and perspectives ------------------------------------------------------------ */

gboolean
dhk_loader_read_targets (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->targets;
  const xmlNode *part = dhk_loader_part (root, "targets");

  for (xmlNode *node = dhk_xml_first (part, "target"); node != NULL;
       node = dhk_xml_next (node, "target"))
    {
      DhkTarget target = { .id = dhk_loader_dup_new_id (self, node, array, MAX_TARGETS) };
      gboolean twice = FALSE;

      if (target.id == NULL)
        return FALSE;
      target.suffix = dhk_loader_dup_attribute (node, "suffix");
      dhk_loader_read_label (node, "label", &target.label);
      dhk_loader_read_label (node, "plural", &target.plural);
      for (guint i = 0; i < array->len; i++)
        twice |= strcmp (g_array_index (array, DhkTarget, i).suffix, target.suffix) == 0;
      g_array_append_val (array, target);
      if (twice)
        return dhk_loader_fail (self, node, _ ("another target has the same suffix."));
    }
  return TRUE;
}

gboolean
dhk_loader_read_perspectives (DhkLoader *self, const xmlNode *root)
{
  GArray *array = self->instrument->perspectives;
  const xmlNode *part = dhk_loader_part (root, "perspectives");

  for (xmlNode *node = dhk_xml_first (part, "perspective"); node != NULL;
       node = dhk_xml_next (node, "perspective"))
    {
      DhkPerspective perspective = { 0 };

      if (!dhk_loader_find (self, node, "role", self->instrument->roles, &perspective.role)
          || !dhk_loader_find_target (self, node, &perspective.target))
        return FALSE;
      for (guint i = 0; i < array->len; i++)
        {
          const DhkPerspective *other = &g_array_index (array, DhkPerspective, i);

          if (other->role == perspective.role && other->target == perspective.target)
            return dhk_loader_fail (self, node, _ ("this perspective is described twice."));
        }
      if (array->len >= MAX_PERSPECTIVES)
        return dhk_loader_fail (self, node,
                                _ ("there are more of these than the program can hold (%u)."),
                                MAX_PERSPECTIVES);
      dhk_loader_read_texts (node, &perspective.label);
      g_array_append_val (array, perspective);
    }
  return TRUE;
}
