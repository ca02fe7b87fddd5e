/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-plan-load.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-xml.h"

void
dhk_plan_read_texts (const xmlNode *node, const char *child, DhkText *text)
{
  const xmlNode *parent = dhk_xml_first (node, child);

  for (const xmlNode *it = parent != NULL ? dhk_xml_first (parent, "text") : NULL; it != NULL;
       it = dhk_xml_next (it, "text"))
    {
      g_autofree char *code = dhk_xml_dup_attribute (it, "lang");
      DhkLanguage language;

      if (dhk_language_parse (code, &language) && text->in[language] == NULL)
        text->in[language] = dhk_xml_dup_text (it);
    }
}

gboolean
dhk_plan_refuse (DhkPlanLoader *self, const xmlNode *node, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  return dhk_xml_fail (self->error, DHK_XML_ERROR_REFERENCE, self->name, node, "%s", message);
}

/* Scales and variables ----------------------------------------------------- */

/* Each id of the list in `node`; `find` gives its index. */
static gboolean
read_ids (DhkPlanLoader *self,
          const xmlNode *node,
          int (*find) (const DhkInstrument *, const char *),
          const char *unknown,
          GArray *indexes)
{
  g_autofree char *text = dhk_xml_dup_text (node);
  g_auto (GStrv) ids = g_strsplit (text, " ", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      int found;
      guint index;

      if (*ids[i] == '\0')
        continue;
      found = find (self->instrument, ids[i]);
      if (found < 0)
        return dhk_xml_fail (self->error, DHK_XML_ERROR_REFERENCE, self->name, node, "%s “%s”.",
                             unknown, ids[i]);
      index = (guint) found;
      for (guint j = 0; j < indexes->len; j++)
        if (g_array_index (indexes, guint, j) == index)
          return dhk_plan_refuse (self, node, _ ("“%s” stands here twice."), ids[i]);
      g_array_append_val (indexes, index);
    }
  return TRUE;
}

static gboolean
read_variables (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  const xmlNode *node = dhk_xml_first (table, "variables");

  if (node == NULL)
    return TRUE;
  if (!read_ids (self, node, dhk_instrument_find_variable, _ ("the instrument has no variable"),
                 analysis->variables))
    return FALSE;
  for (guint i = 0; i < analysis->variables->len; i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (
          self->instrument, g_array_index (analysis->variables, guint, i));

      if (variable->kind != DHK_VARIABLE_NUMBER)
        return dhk_plan_refuse (self, node, _ ("“%s” is not a number, so it has no correlation."),
                                variable->id);
    }
  return TRUE;
}

static gboolean
read_scales (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  const xmlNode *node = dhk_xml_first (table, "scales");

  if (node == NULL)
    return TRUE;
  return read_ids (self, node, dhk_instrument_find_scale, _ ("the instrument has no scale"),
                   analysis->scales);
}

/* A row that no group can fill is a mistake in the plan. */
static gboolean
check_asked (DhkPlanLoader *self, const xmlNode *table, const DhkAnalysis *analysis)
{
  for (guint i = 0; i < analysis->scales->len; i++)
    {
      guint scale = g_array_index (analysis->scales, guint, i);
      gboolean asked = FALSE;

      for (guint j = 0; j < analysis->groups->len && !asked; j++)
        {
          const DhkGroup *group = &g_array_index (analysis->groups, DhkGroup, j);

          asked = dhk_instrument_is_asked (self->instrument, scale, group->role, group->target);
        }
      if (!asked)
        return dhk_plan_refuse (self, dhk_xml_first (table, "scales"),
                                _ ("no group of this table is asked the scale “%s”."),
                                dhk_instrument_get_scale (self->instrument, scale)->id);
    }
  return TRUE;
}

static gboolean
read_extras (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  for (const xmlNode *it = dhk_xml_first (table, "correlation"); it != NULL;
       it = dhk_xml_next (it, "correlation"))
    {
      static const char *const ends[2] = { "x", "y" };
      DhkExtraCorrelation extra;
      guint scales[2];

      if (!dhk_plan_read_group (self, it, &extra.group))
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        {
          g_autofree char *id = dhk_xml_dup_attribute (it, ends[i]);
          int found = dhk_instrument_find_scale (self->instrument, id);

          if (found < 0)
            return dhk_plan_refuse (self, it, _ ("the instrument has no scale “%s”."), id);
          scales[i] = (guint) found;
          if (!dhk_instrument_is_asked (self->instrument, scales[i], extra.group.role,
                                        extra.group.target))
            return dhk_plan_refuse (self, it, _ ("this group is not asked the scale “%s”."), id);
        }
      extra.x = scales[0];
      extra.y = scales[1];
      g_array_append_val (analysis->extras, extra);
    }
  return TRUE;
}

/* Tests ------------------------------------------------------------------- */

static const DhkGroup *
get_group (const DhkAnalysis *analysis, guint i)
{
  return &g_array_index (analysis->groups, DhkGroup, i);
}

/* Respondents who stand in two columns are no independent groups. */
static gboolean
check_exclusive (
    DhkPlanLoader *self, const xmlNode *node, const DhkAnalysis *analysis, guint a, guint b)
{
  g_autofree char *numbers = g_strdup_printf ("%u–%u", a + 1, b + 1);

  if (dhk_groups_exclude (self->instrument, get_group (analysis, a), get_group (analysis, b)))
    return TRUE;
  return dhk_plan_refuse (
      self, node, _ ("groups %s share respondents, so they cannot be tested as independent."),
      numbers);
}

static gboolean
check_all_exclusive (DhkPlanLoader *self, const xmlNode *node, const DhkAnalysis *analysis)
{
  guint n = 0;

  for (guint i = 0; i < analysis->groups->len; i++)
    {
      if (get_group (analysis, i)->is_total)
        continue;
      n++;
      for (guint j = i + 1; j < analysis->groups->len; j++)
        if (!get_group (analysis, j)->is_total && !check_exclusive (self, node, analysis, i, j))
          return FALSE;
    }
  if (analysis->design == DHK_DESIGN_T && n != 2)
    return dhk_plan_refuse (self, node, _ ("a t test compares two groups."));
  if (n < 2)
    return dhk_plan_refuse (self, node, _ ("a test needs at least two groups."));
  return TRUE;
}

static gboolean
read_pair (DhkPlanLoader *self, const xmlNode *node, DhkAnalysis *analysis)
{
  int a = dhk_xml_get_int (node, "a", 0);
  int b = dhk_xml_get_int (node, "b", 0);
  g_autofree char *text = g_strdup_printf ("%d–%d", a, b);
  DhkGroupPair pair = { (guint) a - 1, (guint) b - 1 };

  if (a < 1 || b < 1 || pair.a >= analysis->groups->len || pair.b >= analysis->groups->len
      || a == b)
    return dhk_plan_refuse (self, node, _ ("“%s” is no pair of groups of this table."), text);
  if (get_group (analysis, pair.a)->is_total || get_group (analysis, pair.b)->is_total)
    return dhk_plan_refuse (self, node, _ ("a total takes no part in a test (pair “%s”)."), text);
  for (guint i = 0; i < analysis->pairs->len; i++)
    {
      const DhkGroupPair *it = &g_array_index (analysis->pairs, DhkGroupPair, i);

      if ((it->a == pair.a && it->b == pair.b) || (it->a == pair.b && it->b == pair.a))
        return dhk_plan_refuse (self, node, _ ("“%s” stands here twice."), text);
    }
  if (!check_exclusive (self, node, analysis, pair.a, pair.b))
    return FALSE;
  g_array_append_val (analysis->pairs, pair);
  return TRUE;
}

static gboolean
read_test (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  const xmlNode *node = dhk_xml_first (table, "test");
  g_autofree char *design = NULL;

  if (node == NULL)
    return TRUE;
  design = dhk_xml_dup_attribute (node, "design");
  analysis->family = dhk_xml_dup_attribute (node, "family");
  if (g_strcmp0 (design, "pairs") != 0)
    {
      analysis->design = g_strcmp0 (design, "t") == 0 ? DHK_DESIGN_T : DHK_DESIGN_ANOVA;
      return check_all_exclusive (self, node, analysis);
    }
  analysis->design = DHK_DESIGN_PAIRS;
  for (const xmlNode *it = dhk_xml_first (node, "pair"); it != NULL; it = dhk_xml_next (it, "pair"))
    if (!read_pair (self, it, analysis))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------------- */

static DhkAnalysisKind
read_kind (const xmlNode *table)
{
  static const char *const kinds[] = { "counts", "means", "reliability", "correlations" };
  g_autofree char *kind = dhk_xml_dup_attribute (table, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      return (DhkAnalysisKind) i;
  /* The schema lets nothing else through. */
  g_return_val_if_reached (DHK_ANALYSIS_COUNTS);
}

static gboolean
read_row_variable (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  g_autofree char *id = dhk_xml_dup_attribute (table, "rows");

  analysis->row_choices = dhk_instrument_find_choices (self->instrument, id);
  if (analysis->row_choices >= 0)
    return TRUE;
  analysis->row_variable = dhk_instrument_find_variable (self->instrument, id);
  if (analysis->row_variable < 0)
    return dhk_plan_refuse (self, table, _ ("the instrument has no variable “%s”."), id);
  if (dhk_instrument_get_variable (self->instrument, (guint) analysis->row_variable)->kind
      != DHK_VARIABLE_CATEGORY)
    return dhk_plan_refuse (self, table, _ ("“%s” has no categories to count."), id);
  return TRUE;
}

DhkAnalysis *
dhk_plan_read_analysis (DhkPlanLoader *self, const xmlNode *table)
{
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (self->instrument, read_kind (table));

  if (analysis->kind == DHK_ANALYSIS_COUNTS && !read_row_variable (self, table, analysis))
    return NULL;
  if (!read_scales (self, table, analysis) || !read_variables (self, table, analysis)
      || !dhk_plan_read_groups (self, table, analysis) || !check_asked (self, table, analysis)
      || !read_extras (self, table, analysis) || !read_test (self, table, analysis))
    return NULL;
  return g_steal_pointer (&analysis);
}
