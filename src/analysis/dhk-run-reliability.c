/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cronbach's alpha per scale and group. Listwise, from the codes as answered with
 * reversed items turned; a scale that the group is not asked has no row.
 */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "analysis/dhk-run.h"
#include "stats/dhk-reliability.h"

static const char *
get_reason (DhkStatsStatus status)
{
  if (status == DHK_STATS_NO_DATA)
    return N_ ("nobody answered every item");
  if (status == DHK_STATS_TOO_FEW)
    return N_ ("only one respondent answered every item");
  return dhk_run_reason (status);
}

/* The answers of the group's members to one item, reversed where the scale says so. */
static void
fill_column (const DhkRun *self, const DhkScale *scale, guint item, guint group, double *column)
{
  const DhkInstrument *instrument = self->analysis->instrument;
  const gint8 *answers = dhk_frame_get_answers (self->frame, scale->items[item],
                                                dhk_run_get_group (self, group)->target);
  const GArray *rows = self->rows[group];
  int lowest, highest;

  dhk_answer_scale_get_range (dhk_instrument_get_answer_scale (instrument, scale->answer_scale),
                              &lowest, &highest);
  for (guint i = 0; i < rows->len; i++)
    {
      int code = answers != NULL ? answers[g_array_index (rows, guint, i)] : -1;

      if (code < 0)
        column[i] = NAN;
      else
        column[i] = scale->reversed[item] ? lowest + highest - code : code;
    }
}

static void
add_reliability (DhkRun *self, guint index, guint group)
{
  const DhkScale *scale = dhk_instrument_get_scale (self->analysis->instrument, index);
  gsize n = self->rows[group]->len;
  g_autofree double *columns = g_new (double, MAX (n * scale->n_items, 1));
  g_autofree const double **items = g_new (const double *, MAX (scale->n_items, 1));
  g_autofree DhkItemReliability *each = g_new (DhkItemReliability, MAX (scale->n_items, 1));
  DhkReliabilityResult *result = g_new0 (DhkReliabilityResult, 1);
  DhkReliability alpha;

  for (guint i = 0; i < scale->n_items; i++)
    {
      fill_column (self, scale, i, group, columns + n * i);
      items[i] = columns + n * i;
    }
  alpha = dhk_cronbach_alpha (items, scale->n_items, n, self->analysis->confidence, each);

  result->scale = index;
  result->group = group;
  result->n = (guint) alpha.n;
  result->alpha = alpha.alpha;
  result->ci_low = alpha.ci.low;
  result->ci_high = alpha.ci.high;
  result->undefined = get_reason (alpha.status);
  result->items = g_array_new (FALSE, FALSE, sizeof (DhkItemResult));
  for (guint i = 0; i < scale->n_items && alpha.status == DHK_STATS_OK; i++)
    {
      DhkItemResult item = { .item = scale->items[i],
                             .mean = each[i].mean,
                             .sd = each[i].sd,
                             .item_rest_r = each[i].item_rest_r,
                             .alpha_if_dropped = each[i].alpha_if_dropped };

      g_array_append_val (result->items, item);
    }
  g_ptr_array_add (self->result->reliabilities, result);
}

gboolean
dhk_run_reliability (DhkRun *self, GError **error)
{
  const GArray *scales = self->analysis->scales;

  for (guint i = 0; i < scales->len; i++)
    for (guint group = 0; group < self->n_groups; group++)
      {
        const DhkGroup *members = dhk_run_get_group (self, group);
        guint scale = g_array_index (scales, guint, i);

        if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
          return FALSE;
        /* Like a cell: where there is nobody, there is no row. */
        if (self->rows[group]->len > 0
            && dhk_instrument_is_asked (self->analysis->instrument, scale, members->role,
                                        members->target))
          add_reliability (self, scale, group);
      }
  return TRUE;
}
