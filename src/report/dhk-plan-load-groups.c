/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "base/dhk-xml.h"
#include "report/dhk-plan-load.h"

/* The category or band called `id`, or -1. */
static int
find_category (const DhkVariable *variable, const char *id)
{
  if (variable->kind == DHK_VARIABLE_CATEGORY)
    return dhk_variable_find_category (variable, id);
  for (guint i = 0; i < variable->n_bands; i++)
    if (g_strcmp0 (variable->bands[i].id, id) == 0)
      return (int) i;
  return -1;
}

static int
find_variable (DhkPlanLoader *self, const xmlNode *node)
{
  g_autofree char *id = dhk_xml_dup_attribute (node, "variable");
  int variable = dhk_instrument_find_variable (self->instrument, id);

  if (variable < 0)
    dhk_plan_refuse (self, node, _ ("the instrument has no variable “%s”."), id);
  return variable;
}

static gboolean
read_where (DhkPlanLoader *self, const xmlNode *node, DhkGroup *group)
{
  g_autofree char *id = dhk_xml_dup_attribute (node, "category");
  int variable = find_variable (self, node);
  int category;

  if (variable < 0)
    return FALSE;
  category = find_category (dhk_instrument_get_variable (self->instrument, (guint) variable), id);
  if (category < 0)
    return dhk_plan_refuse (self, node, _ ("this variable has no category or band “%s”."), id);
  if (group->categories[variable] >= 0)
    return dhk_plan_refuse (self, node, _ ("“%s” is a second condition on the same variable."), id);
  group->categories[variable] = (gint8) category;
  return TRUE;
}

gboolean
dhk_plan_read_group (DhkPlanLoader *self, const xmlNode *node, DhkGroup *group)
{
  g_autofree char *role_id = dhk_xml_dup_attribute (node, "role");
  g_autofree char *target_id = dhk_xml_dup_attribute (node, "over");
  int role = dhk_instrument_find_role (self->instrument, role_id);
  int target = DHK_NO_TARGET;

  if (role < 0)
    return dhk_plan_refuse (self, node, _ ("the instrument has no respondents called “%s”."),
                            role_id);
  if (target_id != NULL)
    {
      target = dhk_instrument_find_target (self->instrument, target_id);
      if (target < 0)
        return dhk_plan_refuse (self, node, _ ("the instrument has no target “%s”."), target_id);
    }

  *group = dhk_group_init ((guint) role, target);
  for (xmlNode *it = dhk_xml_first (node, "where"); it != NULL; it = dhk_xml_next (it, "where"))
    if (!read_where (self, it, group))
      return FALSE;
  return TRUE;
}

static gboolean
add_group (DhkPlanLoader *self, const xmlNode *node, DhkAnalysis *analysis, const DhkGroup *group)
{
  g_autofree char *role = dhk_xml_dup_attribute (node, "role");

  for (guint i = 0; i < analysis->groups->len; i++)
    {
      const DhkGroup *it = &g_array_index (analysis->groups, DhkGroup, i);

      if (it->role == group->role && it->target == group->target
          && memcmp (it->categories, group->categories, sizeof it->categories) == 0)
        return dhk_plan_refuse (self, node, _ ("this group of “%s” is in the table twice."), role);
    }
  g_array_append_val (analysis->groups, *group);
  return TRUE;
}

/* The categories of a split in the order that the plan or else the instrument gives. */
static GArray *
read_order (DhkPlanLoader *self, const xmlNode *node, const DhkVariable *variable)
{
  g_autofree char *order = dhk_xml_dup_attribute (node, "order");
  g_autoptr (GArray) categories = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (GStrv) ids = NULL;
  int n = (int) (variable->kind == DHK_VARIABLE_CATEGORY ? variable->n_categories
                                                         : variable->n_bands);

  if (order == NULL)
    {
      for (int i = 0; i < n; i++)
        g_array_append_val (categories, i);
      if (n > 0)
        return g_steal_pointer (&categories);
      dhk_plan_refuse (self, node, _ ("the variable “%s” has no bands to compare."), variable->id);
      return NULL;
    }

  ids = g_strsplit_set (order, " \t\r\n", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      int category;

      if (*ids[i] == '\0')
        continue;
      category = find_category (variable, ids[i]);
      if (category < 0)
        {
          dhk_plan_refuse (self, node, _ ("this variable has no category or band “%s”."), ids[i]);
          return NULL;
        }
      g_array_append_val (categories, category);
    }
  return g_steal_pointer (&categories);
}

static gboolean
read_split (DhkPlanLoader *self, const xmlNode *node, DhkAnalysis *analysis)
{
  g_autofree char *total = dhk_xml_dup_attribute (node, "total");
  g_autoptr (GArray) categories = NULL;
  int variable = find_variable (self, node);
  DhkGroup group;

  if (variable < 0 || !dhk_plan_read_group (self, node, &group))
    return FALSE;
  categories
      = read_order (self, node, dhk_instrument_get_variable (self->instrument, (guint) variable));
  if (categories == NULL)
    return FALSE;

  for (guint i = 0; i < categories->len; i++)
    {
      DhkGroup part = group;

      part.categories[variable] = (gint8) g_array_index (categories, int, i);
      if (!add_group (self, node, analysis, &part))
        return FALSE;
    }
  if (g_strcmp0 (total, "yes") != 0)
    return TRUE;
  group.is_total = TRUE;
  return add_group (self, node, analysis, &group);
}

gboolean
dhk_plan_read_groups (DhkPlanLoader *self, const xmlNode *table, DhkAnalysis *analysis)
{
  for (xmlNode *it = dhk_xml_first (table, NULL); it != NULL; it = dhk_xml_next (it, NULL))
    {
      DhkGroup group;

      if (xmlStrEqual (it->name, (const xmlChar *) "split"))
        {
          if (!read_split (self, it, analysis))
            return FALSE;
        }
      else if (xmlStrEqual (it->name, (const xmlChar *) "group"))
        {
          if (!dhk_plan_read_group (self, it, &group) || !add_group (self, it, analysis, &group))
            return FALSE;
        }
    }
  return TRUE;
}
