/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in the cells of a table: counts, and means of scales.
 */
#include <math.h>
#include <string.h>

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

/* Several choices ------------------------------------------------------------- */

typedef struct
{
  guint n_choices;
  const gint8 **codes; /* per choice: chosen or not, by row */
  guint *n;            /* per choice, and last who answered */
} Tally;

/* Adds a respondent; FALSE when nothing is known of any choice. */
static gboolean
tally_row (const Tally *self, guint row)
{
  gboolean answered = FALSE;

  for (guint i = 0; i < self->n_choices; i++)
    {
      answered |= self->codes[i][row] >= 0;
      self->n[i] += self->codes[i][row] == DHK_CHOSEN;
    }
  self->n[self->n_choices] += answered;
  return answered;
}

static void
add_choice_counts (DhkResult *result, guint group, const Tally *tally)
{
  for (guint i = 0; i <= tally->n_choices; i++)
    {
      DhkCount count
          = { .group = group, .category = i < tally->n_choices ? (int) i : -1, .n = tally->n[i] };

      g_array_append_val (result->counts, count);
    }
}

static void
count_choices (DhkRun *self, const DhkChoices *choices)
{
  g_autofree gboolean *counted = g_new0 (gboolean, MAX (dhk_frame_get_n_rows (self->frame), 1));
  g_autofree const gint8 **codes = g_new (const gint8 *, choices->n_choices);
  g_autofree guint *n = g_new0 (guint, choices->n_choices + 1);
  g_autofree guint *n_together = g_new0 (guint, choices->n_choices + 1);
  const Tally tally = { choices->n_choices, codes, n };
  const Tally together = { choices->n_choices, codes, n_together };

  for (guint i = 0; i < choices->n_choices; i++)
    codes[i] = dhk_frame_get_categories (self->frame, choices->first + i);
  for (guint group = 0; group < self->n_groups; group++)
    {
      memset (n, 0, sizeof (guint) * (choices->n_choices + 1));
      for (guint i = 0; i < self->rows[group]->len; i++)
        {
          guint row = g_array_index (self->rows[group], guint, i);

          tally_row (&tally, row);
          if (!counted[row] && !tally_row (&together, row))
            dhk_run_add_left_out (self, row, choices->first, FALSE);
          counted[row] = TRUE;
        }
      add_choice_counts (self->result, group, &tally);
    }
  add_choice_counts (self->result, DHK_ALL_GROUPS, &together);
}

/* Categories --------------------------------------------------------------------- */

static void
count_categories (DhkRun *self)
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

void
dhk_run_counts (DhkRun *self)
{
  int choices = self->analysis->row_choices;

  if (choices >= 0)
    count_choices (self, dhk_instrument_get_choices (self->analysis->instrument, (guint) choices));
  else
    count_categories (self);
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
