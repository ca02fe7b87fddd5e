/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The names of groups: what tells one from its fellows, and what all share.
 * Totals take no part in deciding what differs: a total is everybody where its
 * parts are told apart.
 */
#include "analysis/dhk-analysis.h"

#include <glib/gi18n-lib.h>

static const DhkGroup *
get_group (const DhkAnalysis *self, guint i)
{
  return &g_array_index (self->groups, DhkGroup, i);
}

static gboolean
same_perspective (const DhkGroup *a, const DhkGroup *b)
{
  return a->role == b->role && a->target == b->target;
}

/* The group that others are compared with: the first that is no total, else the first. */
static guint
get_first (const DhkAnalysis *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (!get_group (self, i)->is_total)
      return i;
  return 0;
}

gboolean
dhk_analysis_perspectives_differ (const DhkAnalysis *self)
{
  const DhkGroup *first;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->groups->len == 0)
    return FALSE;
  first = get_group (self, get_first (self));
  for (guint i = 0; i < self->groups->len; i++)
    if (!get_group (self, i)->is_total && !same_perspective (get_group (self, i), first))
      return TRUE;
  return FALSE;
}

gboolean
dhk_analysis_variable_differs (const DhkAnalysis *self, guint variable)
{
  const DhkGroup *first;

  g_return_val_if_fail (self != NULL && variable < DHK_MAX_VARIABLES, FALSE);

  if (self->groups->len == 0)
    return FALSE;
  first = get_group (self, get_first (self));
  for (guint i = 0; i < self->groups->len; i++)
    if (!get_group (self, i)->is_total
        && get_group (self, i)->categories[variable] != first->categories[variable])
      return TRUE;
  return FALSE;
}

static const char *
get_category_label (const DhkVariable *variable, int category, DhkLanguage language)
{
  if (variable->kind == DHK_VARIABLE_CATEGORY)
    return dhk_text_get (&variable->categories[category].label, language);
  return dhk_text_get (&variable->bands[category].label, language);
}

static const char *
get_perspective_label (const DhkAnalysis *self, const DhkGroup *group, DhkLanguage language)
{
  /* Counts are of people, not of views. */
  if (self->kind == DHK_ANALYSIS_COUNTS)
    return dhk_text_get (&dhk_instrument_get_role (self->instrument, group->role)->plural,
                         language);
  return dhk_instrument_get_perspective_label (self->instrument, group->role, group->target,
                                               language);
}

static char *
join (GPtrArray *parts)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/* TRUE when a total is one of its perspective's own, not of all perspectives together. */
static gboolean
has_fellows (const DhkAnalysis *self, const DhkGroup *total)
{
  for (guint i = 0; i < self->groups->len; i++)
    if (!get_group (self, i)->is_total && same_perspective (get_group (self, i), total))
      return TRUE;
  return FALSE;
}

char *
dhk_analysis_dup_group_label (const DhkAnalysis *self, guint group, DhkLanguage language)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const DhkGroup *it;
  guint n_variables;

  g_return_val_if_fail (self != NULL && group < self->groups->len, NULL);

  it = get_group (self, group);
  if (dhk_analysis_perspectives_differ (self) && (!it->is_total || has_fellows (self, it)))
    g_ptr_array_add (parts, (gpointer) get_perspective_label (self, it, language));

  n_variables = dhk_instrument_get_n_variables (self->instrument);
  for (guint i = 0; i < n_variables; i++)
    if (it->categories[i] >= 0 && dhk_analysis_variable_differs (self, i))
      g_ptr_array_add (
          parts, (gpointer) get_category_label (dhk_instrument_get_variable (self->instrument, i),
                                                it->categories[i], language));

  if (it->is_total)
    g_ptr_array_add (parts, (gpointer) dhk_translate (language, N_ ("Total")));
  else if (parts->len == 0)
    g_ptr_array_add (parts, (gpointer) get_perspective_label (self, it, language));
  return join (parts);
}

char *
dhk_analysis_dup_common_label (const DhkAnalysis *self, DhkLanguage language)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const DhkGroup *first;
  guint n_variables;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->groups->len == 0)
    return g_strdup ("");

  first = get_group (self, get_first (self));
  if (!dhk_analysis_perspectives_differ (self))
    g_ptr_array_add (parts, (gpointer) get_perspective_label (self, first, language));
  n_variables = dhk_instrument_get_n_variables (self->instrument);
  for (guint i = 0; i < n_variables; i++)
    if (first->categories[i] >= 0 && !dhk_analysis_variable_differs (self, i))
      g_ptr_array_add (
          parts, (gpointer) get_category_label (dhk_instrument_get_variable (self->instrument, i),
                                                first->categories[i], language));
  return join (parts);
}
