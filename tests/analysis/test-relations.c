/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reliability and correlations on frames that can be worked out by hand.
 */
#include <math.h>

#include "analysis/dhk-result.h"

#define NEAR(found, expected) g_assert_cmpfloat_with_epsilon (found, expected, 1e-12)

/* x = 1 2 3 4 and y = 2 1 4 3: variances 5/3, covariance 1, r = ,6; α of both is ,75. */
static const int x[] = { 1, 2, 3, 4 };
static const int y[] = { 2, 1, 4, 3 };

typedef struct
{
  DhkInstrument *instrument;
  guint first; /* two scales that the first type is asked about the first target */
  guint second;
  int age;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_found = 0;

  self->instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  g_assert_no_error (error);
  self->age = dhk_instrument_find_variable (self->instrument, "age");
  for (guint i = 0; i < dhk_instrument_get_n_scales (self->instrument) && n_found < 2; i++)
    if (dhk_instrument_is_asked (self->instrument, i, 0, 0))
      {
        *(n_found == 0 ? &self->first : &self->second) = i;
        n_found++;
      }
  g_assert_cmpuint (n_found, ==, 2);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  dhk_instrument_unref (self->instrument);
}

static void
answer_all (Fixture *self, DhkFrameBuilder *builder, guint row, guint scale, int code)
{
  const DhkScale *it = dhk_instrument_get_scale (self->instrument, scale);

  for (guint i = 0; i < it->n_items; i++)
    {
      g_assert_false (it->reversed[i]);
      dhk_frame_builder_set_answer (builder, row, it->items[i], 0, code);
    }
}

/* Four respondents with x and y on the two scales and x as their age; a fifth with x alone. */
static DhkFrame *
new_frame (Fixture *self)
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, 5);

  for (guint i = 0; i < 5; i++)
    {
      guint row = dhk_frame_builder_add_row (builder, i + 1, 0);

      answer_all (self, builder, row, self->first, x[i % 4]);
      if (i == 4)
        continue;
      answer_all (self, builder, row, self->second, y[i]);
      dhk_frame_builder_set_number (builder, row, (guint) self->age, 10 + x[i]);
    }
  return dhk_frame_builder_finish (builder);
}

static DhkAnalysis *
new_analysis (Fixture *self, DhkAnalysisKind kind)
{
  DhkAnalysis *analysis = dhk_analysis_new (self->instrument, kind);
  DhkGroup group = dhk_group_init (0, 0);

  g_array_append_val (analysis->scales, self->first);
  g_array_append_val (analysis->scales, self->second);
  g_array_append_val (analysis->groups, group);
  return analysis;
}

static void
correlations_are_pairwise (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) frame = new_frame (self);
  g_autoptr (DhkAnalysis) analysis = new_analysis (self, DHK_ANALYSIS_CORRELATIONS);
  g_autoptr (DhkResult) result = NULL;
  const DhkCorrelationResult *age, *scales;
  guint variable = (guint) self->age;

  g_array_append_val (analysis->variables, variable);
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  g_assert_cmpuint (result->correlations->len, ==, 3);

  age = &g_array_index (result->correlations, DhkCorrelationResult, 1);
  g_assert_cmpint (age->x_variable, ==, self->age);
  g_assert_cmpint (age->x_scale, ==, -1);
  g_assert_cmpuint (age->y_scale, ==, self->second);
  NEAR (age->r, 0.6);

  scales = &g_array_index (result->correlations, DhkCorrelationResult, 2);
  g_assert_cmpint (scales->x_scale, ==, (int) self->first);
  g_assert_cmpuint (scales->n, ==, 4);
  NEAR (scales->r, 0.6);
  g_assert_cmpfloat (scales->ci_low, <, 0.6);
  g_assert_cmpfloat (scales->ci_high, >, 0.6);

  /* Age and the first scale lie on a line: r is 1 and has no p. */
  g_assert_nonnull (g_array_index (result->correlations, DhkCorrelationResult, 0).undefined);

  g_assert_cmpuint (result->numbers->len, ==, 1);
  NEAR (g_array_index (result->numbers, DhkNumberCell, 0).mean, 12.5);
  g_assert_cmpuint (g_array_index (result->numbers, DhkNumberCell, 0).n, ==, 4);
}

static void
an_extra_correlation_stands_beside_the_means (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) frame = new_frame (self);
  g_autoptr (DhkAnalysis) analysis = new_analysis (self, DHK_ANALYSIS_MEANS);
  g_autoptr (DhkResult) result = NULL;
  DhkExtraCorrelation extra
      = { .x = self->first, .y = self->second, .group = dhk_group_init (0, 0) };

  g_array_append_val (analysis->extras, extra);
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  g_assert_cmpuint (result->correlations->len, ==, 1);
  NEAR (g_array_index (result->correlations, DhkCorrelationResult, 0).r, 0.6);
  g_assert_cmpuint (result->cells->len, ==, 2);
}

static void
alpha_is_listwise (Fixture *self, gconstpointer data)
{
  const DhkScale *scale = dhk_instrument_get_scale (self->instrument, self->first);
  DhkFrameBuilder *builder = dhk_frame_builder_new (self->instrument, 5);
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkAnalysis) analysis = new_analysis (self, DHK_ANALYSIS_RELIABILITY);
  g_autoptr (DhkResult) result = NULL;
  const DhkReliabilityResult *alpha, *empty;
  double k = scale->n_items, half = k / 2;

  /* Half of the items answer x, the other half y: the variance of the sum is
   * k²/4 (5/3 + 5/3 + 2·1). The fifth respondent skips the last item. */
  for (guint i = 0; i < 5; i++)
    {
      guint row = dhk_frame_builder_add_row (builder, i + 1, 0);

      for (guint item = 0; item < scale->n_items - (i == 4 ? 1 : 0); item++)
        dhk_frame_builder_set_answer (builder, row, scale->items[item], 0,
                                      item < scale->n_items / 2 ? x[i % 4] : y[i % 4]);
    }
  frame = dhk_frame_builder_finish (builder);
  result = dhk_analysis_run (analysis, frame, NULL, NULL);

  g_assert_cmpuint (result->reliabilities->len, ==, 2);
  alpha = g_ptr_array_index (result->reliabilities, 0);
  g_assert_cmpuint (alpha->n, ==, 4);
  NEAR (alpha->alpha, k / (k - 1) * (1 - k * 5 / 3 / (half * half * (10.0 / 3 + 2))));
  g_assert_cmpuint (alpha->items->len, ==, scale->n_items);
  g_assert_null (alpha->undefined);

  /* Asked, but answered by nobody: a row that says so. */
  empty = g_ptr_array_index (result->reliabilities, 1);
  g_assert_cmpuint (empty->n, ==, 0);
  g_assert_true (isnan (empty->alpha));
  g_assert_nonnull (empty->undefined);
}

static void
what_a_group_is_not_asked_has_no_row (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) frame = new_frame (self);
  g_autoptr (DhkAnalysis) analysis = new_analysis (self, DHK_ANALYSIS_RELIABILITY);
  g_autoptr (DhkResult) result = NULL;

  g_array_index (analysis->groups, DhkGroup, 0).target = DHK_NO_TARGET;
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  g_assert_cmpuint (result->reliabilities->len, ==, 0);
}

static void
bands_of_a_number_are_groups (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) frame = new_frame (self);
  g_autoptr (DhkAnalysis) analysis = new_analysis (self, DHK_ANALYSIS_MEANS);
  g_autoptr (DhkResult) result = NULL;
  const DhkVariable *age = dhk_instrument_get_variable (self->instrument, (guint) self->age);
  guint n = 0;

  g_array_set_size (analysis->groups, 0);
  for (guint band = 0; band < age->n_bands; band++)
    {
      DhkGroup group = dhk_group_init (0, 0);

      group.categories[self->age] = (gint8) band;
      g_array_append_val (analysis->groups, group);
    }
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  for (guint i = 0; i < result->group_n->len; i++)
    {
      n += g_array_index (result->group_n, guint, i);
      for (guint row = 0; row < 5; row++)
        g_assert_cmpint (
            dhk_group_contains (&g_array_index (analysis->groups, DhkGroup, i), frame, row), ==,
            row < 4 && 10 + x[row] >= age->bands[i].low && 10 + x[row] < age->bands[i].high);
    }
  g_assert_cmpuint (n, ==, 4);
  /* The fifth has no age. */
  g_assert_cmpuint (result->left_out->len, ==, 1);
  g_assert_cmpuint (g_array_index (result->left_out, DhkLeftOut, 0).n, ==, 1);
}

#define ADD(name) g_test_add ("/analysis/relations/" #name, Fixture, NULL, set_up, name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (correlations_are_pairwise);
  ADD (an_extra_correlation_stands_beside_the_means);
  ADD (alpha_is_listwise);
  ADD (what_a_group_is_not_asked_has_no_row);
  ADD (bands_of_a_number_are_groups);
  return g_test_run ();
}
