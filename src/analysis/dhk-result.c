/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/dhk-result.h"

#include "analysis/dhk-run.h"

void
dhk_test_free (gpointer data)
{
  DhkTest *test = data;

  g_free (test->family);
  g_array_unref (test->groups);
  g_array_unref (test->pairs);
  g_free (test);
}

void
dhk_reliability_free (gpointer data)
{
  DhkReliabilityResult *reliability = data;

  g_array_unref (reliability->items);
  g_free (reliability);
}

static DhkResult *
dhk_result_new (DhkAnalysis *analysis)
{
  DhkResult *self = g_new0 (DhkResult, 1);
  gsize n_index
      = (gsize) dhk_instrument_get_n_scales (analysis->instrument) * analysis->groups->len;

  g_atomic_ref_count_init (&self->refs);
  self->analysis = dhk_analysis_ref (analysis);
  self->cells = g_array_new (FALSE, FALSE, sizeof (DhkCell));
  self->counts = g_array_new (FALSE, FALSE, sizeof (DhkCount));
  self->group_n = g_array_new (FALSE, FALSE, sizeof (guint));
  self->group_scored = g_array_new (FALSE, FALSE, sizeof (guint));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (DhkNumberCell));
  self->tests = g_ptr_array_new_with_free_func (dhk_test_free);
  self->reliabilities = g_ptr_array_new_with_free_func (dhk_reliability_free);
  self->correlations = g_array_new (FALSE, FALSE, sizeof (DhkCorrelationResult));
  self->left_out = g_array_new (FALSE, FALSE, sizeof (DhkLeftOut));
  self->cell_index = g_new (int, MAX (n_index, 1));
  for (gsize i = 0; i < n_index; i++)
    self->cell_index[i] = -1;
  return self;
}

static gboolean
run_kind (DhkRun *run, GError **error)
{
  switch (run->analysis->kind)
    {
    case DHK_ANALYSIS_COUNTS:
      dhk_run_counts (run);
      return TRUE;
    case DHK_ANALYSIS_MEANS:
      return dhk_run_cells (run, error) && dhk_run_tests (run, error)
             && dhk_run_extras (run, error);
    case DHK_ANALYSIS_RELIABILITY:
      return dhk_run_reliability (run, error);
    case DHK_ANALYSIS_CORRELATIONS:
      return dhk_run_cells (run, error) && dhk_run_correlations (run, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

DhkResult *
dhk_analysis_run (DhkAnalysis *analysis, DhkFrame *frame, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkResult) result = NULL;
  g_auto (DhkRun) run = { 0 };

  g_return_val_if_fail (analysis != NULL && frame != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  result = dhk_result_new (analysis);
  dhk_run_init (&run, analysis, frame, cancellable, result);
  if (!run_kind (&run, error))
    return NULL;
  return g_steal_pointer (&result);
}

DhkResult *
dhk_result_ref (DhkResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_result_unref (DhkResult *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->cells);
  g_array_unref (self->counts);
  g_array_unref (self->group_n);
  g_array_unref (self->group_scored);
  g_array_unref (self->numbers);
  g_ptr_array_unref (self->tests);
  g_ptr_array_unref (self->reliabilities);
  g_array_unref (self->correlations);
  g_array_unref (self->left_out);
  g_free (self->cell_index);
  dhk_analysis_unref (self->analysis);
  g_free (self);
}

const DhkCell *
dhk_result_get_cell (const DhkResult *self, guint scale, guint group)
{
  int index;

  g_return_val_if_fail (self != NULL && group < self->analysis->groups->len, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self->analysis->instrument), NULL);

  index = self->cell_index[(gsize) scale * self->analysis->groups->len + group];
  return index >= 0 ? &g_array_index (self->cells, DhkCell, index) : NULL;
}

const DhkCount *
dhk_result_get_count (const DhkResult *self, guint group, int category)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->counts->len; i++)
    {
      const DhkCount *it = &g_array_index (self->counts, DhkCount, i);

      if (it->group == group && it->category == category)
        return it;
    }
  return NULL;
}
