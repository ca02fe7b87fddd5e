/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pearson's r between the scales of a group, and between its number variables
 * and its scales; pairwise complete. What has no value in a group has no r there.
 */
#include <math.h>

#include "analysis/dhk-run.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-describe.h"

static const double *
get_x (const DhkRun *self, int variable, int scale, int target)
{
  if (variable >= 0)
    return dhk_frame_get_numbers (self->frame, (guint) variable);
  return dhk_frame_get_scores (self->frame, (guint) scale, target);
}

static void
add_correlation (DhkRun *self,
                 int x_variable,
                 int x_scale,
                 guint y_scale,
                 const DhkGroup *group,
                 const GArray *rows)
{
  const double *x = get_x (self, x_variable, x_scale, group->target);
  const double *y = dhk_frame_get_scores (self->frame, y_scale, group->target);
  DhkCorrelationResult result
      = { .x_variable = x_variable, .x_scale = x_scale, .y_scale = y_scale, .group = *group };
  DhkCorrelation pearson;

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      self->x[i] = x != NULL ? x[row] : NAN;
      self->y[i] = y[row];
    }
  pearson = dhk_pearson (self->x, self->y, rows->len, self->analysis->confidence);
  result.n = (guint) pearson.n;
  result.r = pearson.r;
  result.p = pearson.p;
  result.ci_low = pearson.ci.low;
  result.ci_high = pearson.ci.high;
  result.undefined = dhk_run_reason (pearson.status);
  g_array_append_val (self->result->correlations, result);
}

/* FALSE when nobody in the group has the number. */
static gboolean
add_number (DhkRun *self, guint variable, guint group)
{
  const double *numbers = dhk_frame_get_numbers (self->frame, variable);
  const GArray *rows = self->rows[group];
  DhkNumberCell cell = { .variable = variable, .group = group };
  DhkDescription description;

  for (guint i = 0; numbers != NULL && i < rows->len; i++)
    if (!isnan (numbers[g_array_index (rows, guint, i)]))
      self->x[cell.n++] = numbers[g_array_index (rows, guint, i)];
  if (cell.n == 0)
    return FALSE;

  description = dhk_describe (self->x, cell.n, self->analysis->confidence);
  cell.mean = description.mean;
  cell.sd = description.sd;
  g_array_append_val (self->result->numbers, cell);
  return TRUE;
}

static void
correlate_scales (DhkRun *self, guint group)
{
  const GArray *scales = self->analysis->scales;

  for (guint i = 0; i < scales->len; i++)
    for (guint j = i + 1; j < scales->len; j++)
      {
        guint x = g_array_index (scales, guint, i);
        guint y = g_array_index (scales, guint, j);

        if (dhk_result_get_cell (self->result, x, group) != NULL
            && dhk_result_get_cell (self->result, y, group) != NULL)
          add_correlation (self, -1, (int) x, y, dhk_run_get_group (self, group),
                           self->rows[group]);
      }
}

gboolean
dhk_run_correlations (DhkRun *self, GError **error)
{
  const GArray *scales = self->analysis->scales;
  const GArray *variables = self->analysis->variables;

  for (guint group = 0; group < self->n_groups; group++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      for (guint i = 0; i < variables->len; i++)
        {
          guint variable = g_array_index (variables, guint, i);

          if (!add_number (self, variable, group))
            continue;
          for (guint j = 0; j < scales->len; j++)
            {
              guint scale = g_array_index (scales, guint, j);

              if (dhk_result_get_cell (self->result, scale, group) != NULL)
                add_correlation (self, (int) variable, -1, scale, dhk_run_get_group (self, group),
                                 self->rows[group]);
            }
        }
      correlate_scales (self, group);
    }
  return TRUE;
}

gboolean
dhk_run_extras (DhkRun *self, GError **error)
{
  const GArray *extras = self->analysis->extras;
  guint n_rows = dhk_frame_get_n_rows (self->frame);

  for (guint i = 0; i < extras->len; i++)
    {
      const DhkExtraCorrelation *extra = &g_array_index (extras, DhkExtraCorrelation, i);
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      for (guint row = 0; row < n_rows; row++)
        if (dhk_group_contains (&extra->group, self->frame, row))
          g_array_append_val (rows, row);
      add_correlation (self, -1, (int) extra->x, extra->y, &extra->group, rows);
    }
  return TRUE;
}
