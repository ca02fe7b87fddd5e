/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in the cells of a table: counts, and means of scales.
 */
#include <math.h>

#include "analysis/dhk-run.h"
#include "stats/dhk-describe.h"

static void
add_counts (DhkResult *result, guint group, const guint *n, guint n_categories)
{
  DhkCount total = { .group = group, .category = -1 };

  for (guint i = 0; i < n_categories; i++)
    {
      DhkCount count = { .group = group, .category = (int) i, .n = n[i] };

      g_array_append_val (result->counts, count);
      total.n += n[i];
    }
  g_array_append_val (result->counts, total);
}

void
dhk_run_counts (DhkRun *self)
{
  guint variable = (guint) self->analysis->row_variable;
  const gint8 *categories = dhk_frame_get_categories (self->frame, variable);
  guint n_rows = dhk_frame_get_n_rows (self->frame);
  guint n_categories
      = dhk_instrument_get_variable (self->analysis->instrument, variable)->n_categories;
  g_autofree guint *together = g_new0 (guint, MAX (n_categories, 1));
  g_autofree gboolean *counted = g_new0 (gboolean, MAX (n_rows, 1));

  for (guint group = 0; group < self->n_groups; group++)
    {
      g_autofree guint *n = g_new0 (guint, MAX (n_categories, 1));

      for (guint i = 0; i < self->rows[group]->len; i++)
        {
          guint row = g_array_index (self->rows[group], guint, i);

          if (categories[row] >= 0)
            n[categories[row]]++;
          if (!counted[row] && categories[row] >= 0)
            together[categories[row]]++;
          else if (!counted[row])
            dhk_run_add_left_out (self, row, variable, FALSE);
          counted[row] = TRUE;
        }
      add_counts (self->result, group, n, n_categories);
    }
  add_counts (self->result, DHK_ALL_GROUPS, together, n_categories);
}

static void
add_cell (DhkRun *self, guint scale, guint group, const double *values, guint n)
{
  DhkDescription description = dhk_describe (values, n, self->analysis->confidence);
  DhkCell cell = { .scale = scale,
                   .group = group,
                   .n = n,
                   .mean = description.mean,
                   .sd = description.sd,
                   .se = description.se,
                   .ci_low = description.ci.low,
                   .ci_high = description.ci.high };

  self->result->cell_index[(gsize) scale * self->n_groups + group] = (int) self->result->cells->len;
  g_array_append_val (self->result->cells, cell);
}

/* Respondents of a group with a score on one of the scales at least: the n of a column's head. */
static guint
count_scored (const DhkRun *self, guint group)
{
  const GArray *rows = self->rows[group];
  const GArray *scales = self->analysis->scales;
  int target = dhk_run_get_group (self, group)->target;
  g_autofree const double **scores = g_new (const double *, MAX (scales->len, 1));
  guint n = 0;

  for (guint i = 0; i < scales->len; i++)
    scores[i] = dhk_frame_get_scores (self->frame, g_array_index (scales, guint, i), target);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      guint scale = 0;

      while (scale < scales->len && isnan (scores[scale][row]))
        scale++;
      if (scale < scales->len)
        n++;
    }
  return n;
}

gboolean
dhk_run_cells (DhkRun *self, GError **error)
{
  const GArray *scales = self->analysis->scales;

  for (guint i = 0; i < scales->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      for (guint group = 0; group < self->n_groups; group++)
        {
          guint scale = g_array_index (scales, guint, i);
          guint n = dhk_run_gather (self, scale, group, self->x);

          if (n > 0)
            add_cell (self, scale, group, self->x, n);
        }
    }
  for (guint group = 0; group < self->n_groups; group++)
    {
      guint n = count_scored (self, group);

      g_array_append_val (self->result->group_scored, n);
    }
  return TRUE;
}
