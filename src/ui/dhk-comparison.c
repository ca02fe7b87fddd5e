/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-comparison.h"

/* Viewpoints -------------------------------------------------------------- */

static gboolean
is_listed (const GArray *viewpoints, const DhkViewpoint *viewpoint)
{
  for (guint i = 0; i < viewpoints->len; i++)
    {
      const DhkViewpoint *other = &g_array_index (viewpoints, DhkViewpoint, i);

      if (other->role == viewpoint->role && other->target == viewpoint->target)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_asked_anything (DhkInstrument *instrument, const DhkViewpoint *viewpoint)
{
  for (guint scale = 0; scale < dhk_instrument_get_n_scales (instrument); scale++)
    if (dhk_instrument_is_asked (instrument, scale, viewpoint->role, viewpoint->target))
      return TRUE;
  return FALSE;
}

static void
add_viewpoint (GArray *viewpoints, DhkInstrument *instrument, guint role, int target)
{
  const DhkViewpoint viewpoint = { role, target };

  if (!is_listed (viewpoints, &viewpoint) && is_asked_anything (instrument, &viewpoint))
    g_array_append_val (viewpoints, viewpoint);
}

GArray *
dhk_comparison_list_viewpoints (DhkInstrument *instrument)
{
  GArray *viewpoints = g_array_new (FALSE, TRUE, sizeof (DhkViewpoint));

  for (guint i = 0; i < dhk_instrument_get_n_perspectives (instrument); i++)
    {
      const DhkPerspective *perspective = dhk_instrument_get_perspective (instrument, i);

      add_viewpoint (viewpoints, instrument, perspective->role, perspective->target);
    }
  for (guint role = 0; role < dhk_instrument_get_n_roles (instrument); role++)
    add_viewpoint (viewpoints, instrument, role, DHK_NO_TARGET);
  return viewpoints;
}

/* Scales and groups ------------------------------------------------------- */

static const DhkViewpoint *
get_viewpoint (const DhkComparison *self, guint i)
{
  return &g_array_index (self->viewpoints, DhkViewpoint, i);
}

static gboolean
is_asked (const DhkComparison *self, guint scale, guint viewpoint)
{
  const DhkViewpoint *from = get_viewpoint (self, viewpoint);

  return dhk_instrument_is_asked (self->instrument, scale, from->role, from->target);
}

gboolean
dhk_comparison_can_show (const DhkComparison *self, guint scale)
{
  if (self->side_by_side != DHK_SIDE_BY_SIDE_VIEWPOINTS)
    return is_asked (self, scale, self->viewpoint);

  for (guint i = 0; i < self->viewpoints->len; i++)
    if (is_asked (self, scale, i))
      return TRUE;
  return FALSE;
}

static void
add_scales (const DhkComparison *self, DhkAnalysis *analysis)
{
  for (guint scale = 0; scale < dhk_instrument_get_n_scales (self->instrument); scale++)
    if (self->scales[scale] && dhk_comparison_can_show (self, scale))
      g_array_append_val (analysis->scales, scale);
}

static DhkGroup
create_group (const DhkComparison *self, guint viewpoint)
{
  const DhkViewpoint *from = get_viewpoint (self, viewpoint);
  DhkGroup group = dhk_group_init (from->role, from->target);

  for (guint i = 0; i < dhk_instrument_get_n_variables (self->instrument); i++)
    group.categories[i] = self->only[i];
  return group;
}

/* A role taken together beside its own parts would show the same people twice. */
static gboolean
is_single_type (const DhkComparison *self, guint viewpoint)
{
  return get_viewpoint (self, viewpoint)->role < dhk_instrument_get_n_types (self->instrument);
}

static gboolean
is_asked_any_of (const DhkComparison *self, const DhkAnalysis *analysis, guint viewpoint)
{
  for (guint i = 0; i < analysis->scales->len; i++)
    if (is_asked (self, g_array_index (analysis->scales, guint, i), viewpoint))
      return TRUE;
  return FALSE;
}

static void
add_group (DhkAnalysis *analysis, const DhkFrame *frame, const DhkGroup *group)
{
  for (guint row = 0; row < dhk_frame_get_n_rows (frame); row++)
    if (dhk_group_contains (group, frame, row))
      {
        g_array_append_vals (analysis->groups, group, 1);
        return;
      }
}

static void
add_viewpoint_groups (const DhkComparison *self, const DhkFrame *frame, DhkAnalysis *analysis)
{
  for (guint i = 0; i < self->viewpoints->len; i++)
    if (is_single_type (self, i) && is_asked_any_of (self, analysis, i))
      {
        const DhkGroup group = create_group (self, i);

        add_group (analysis, frame, &group);
      }
}

static void
add_category_groups (const DhkComparison *self, const DhkFrame *frame, DhkAnalysis *analysis)
{
  const DhkVariable *variable
      = dhk_instrument_get_variable (self->instrument, (guint) self->side_by_side);
  guint n = variable->kind == DHK_VARIABLE_CATEGORY ? variable->n_categories : variable->n_bands;

  for (guint i = 0; i < n; i++)
    {
      DhkGroup group = create_group (self, self->viewpoint);

      group.categories[self->side_by_side] = (gint8) i;
      add_group (analysis, frame, &group);
    }
}

/* Tests -------------------------------------------------------------------------------------------
 */

static void
add_pairs (DhkAnalysis *analysis)
{
  for (guint a = 0; a < analysis->groups->len; a++)
    for (guint b = a + 1; b < analysis->groups->len; b++)
      {
        const DhkGroupPair pair = { a, b };

        if (dhk_groups_exclude (analysis->instrument,
                                &g_array_index (analysis->groups, DhkGroup, a),
                                &g_array_index (analysis->groups, DhkGroup, b)))
          g_array_append_val (analysis->pairs, pair);
      }
}

static void
choose_design (const DhkComparison *self, DhkAnalysis *analysis)
{
  guint n = analysis->groups->len;
  gboolean is_one_viewpoint = self->side_by_side != DHK_SIDE_BY_SIDE_VIEWPOINTS;

  if (!is_one_viewpoint)
    add_pairs (analysis);
  if (n < 2 || (!is_one_viewpoint && analysis->pairs->len == 0))
    analysis->design = DHK_DESIGN_NONE;
  else if (is_one_viewpoint || analysis->pairs->len == n * (n - 1) / 2)
    analysis->design = n == 2 ? DHK_DESIGN_T : DHK_DESIGN_ANOVA;
  else
    analysis->design = DHK_DESIGN_PAIRS;

  if (analysis->design != DHK_DESIGN_PAIRS)
    g_array_set_size (analysis->pairs, 0);
  g_free (analysis->family);
  analysis->family = g_strdup (is_one_viewpoint ? "compare" : "compare-viewpoints");
}

DhkAnalysis *
dhk_comparison_create_analysis (const DhkComparison *self, const DhkFrame *frame)
{
  g_autoptr (DhkAnalysis) analysis = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (frame != NULL, NULL);

  analysis = dhk_analysis_new (self->instrument, DHK_ANALYSIS_MEANS);
  add_scales (self, analysis);
  if (self->side_by_side == DHK_SIDE_BY_SIDE_VIEWPOINTS)
    add_viewpoint_groups (self, frame, analysis);
  else
    add_category_groups (self, frame, analysis);
  if (analysis->scales->len == 0 || analysis->groups->len == 0)
    return NULL;

  choose_design (self, analysis);
  return g_steal_pointer (&analysis);
}
