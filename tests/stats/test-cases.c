/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Description with weights, change of single cases, and agreement of raters:
 * examples of the literature, and laws that are special to these methods.
 */

#include <glib.h>
#include <math.h>

#include "stats/dhk-change.h"
#include "stats/dhk-full-description.h"
#include "stats/dhk-kappa.h"
#include "stats/dhk-raters.h"

#define CONFIDENCE 0.95
#define N_CASES 10000
#define MAX_N 40
#define assert_status(result, expected) g_assert_cmpint ((result).status, ==, expected)
#define assert_close(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-12 * (1 + fabs ((double) (b))))

/* Weights */

/* Random values with whole weights, and the same data with each row repeated. */
typedef struct
{
  gsize n;
  double values[MAX_N];
  double weight[MAX_N];
  gsize n_repeated;
  double repeated[MAX_N * 4];
} Weighted;

static Weighted
random_weighted (void)
{
  Weighted self = { .n = (gsize) g_test_rand_int_range (3, MAX_N) };

  for (gsize i = 0; i < self.n; i++)
    {
      int times = g_test_rand_int_range (-1, 5);

      self.values[i]
          = g_test_rand_int_range (0, 10) == 0 ? NAN : g_test_rand_int_range (1, 8) / 4.0;
      self.weight[i] = times < 0 ? NAN : times;
      for (int j = 0; j < times; j++)
        self.repeated[self.n_repeated++] = self.values[i];
    }
  return self;
}

static void
assert_same_order (const DhkOrderStatistics *a, const DhkOrderStatistics *b)
{
  assert_status (*a, b->status);
  if (a->status != DHK_STATS_OK)
    return;
  assert_close (a->median, b->median);
  assert_close (a->p05_type2, b->p05_type2);
  assert_close (a->p75_type2, b->p75_type2);
  assert_close (a->p25_type6, b->p25_type6);
  assert_close (a->p95_type6, b->p95_type6);
  assert_close (a->p05_type7, b->p05_type7);
  assert_close (a->p75_type7, b->p75_type7);
  assert_close (a->hinge_low, b->hinge_low);
  assert_close (a->hinge_high, b->hinge_high);
}

static void
whole_weights_repeat_rows (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      Weighted data = random_weighted ();
      DhkFullDescription a = dhk_describe_fully (data.values, data.weight, data.n, CONFIDENCE);
      DhkFullDescription b = dhk_describe_fully (data.repeated, NULL, data.n_repeated, CONFIDENCE);

      assert_status (a, b.status);
      g_assert_cmpfloat (a.n, ==, b.n);
      g_assert_cmpfloat (a.n_missing, ==, b.n_missing);
      assert_same_order (&a.order, &b.order);
      assert_status (a.skewness, b.skewness.status);
      assert_status (a.kurtosis, b.kurtosis.status);
      g_assert_cmpuint (a.mode.n_modes, ==, b.mode.n_modes);
      if (a.status != DHK_STATS_OK)
        continue;
      assert_close (a.mean, b.mean);
      assert_close (a.sd, b.sd);
      assert_close (a.mean_ci.low, b.mean_ci.low);
      if (a.kurtosis.status == DHK_STATS_OK)
        {
          assert_close (a.skewness.type2, b.skewness.type2);
          assert_close (a.kurtosis.type2, b.kurtosis.type2);
        }
    }
}

static void
full_description_agrees_with_the_fast_one (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      Weighted data = random_weighted ();
      DhkFullDescription a = dhk_describe_fully (data.values, NULL, data.n, CONFIDENCE);
      DhkDescription b = dhk_describe (data.values, data.n, CONFIDENCE);

      assert_status (a, b.status);
      assert_status (a.order, b.order.status);
      if (b.status != DHK_STATS_OK)
        continue;
      assert_close (a.mean, b.mean);
      assert_close (a.sd, b.sd);
      assert_close (a.mean_ci.high, b.ci.high);
      g_assert_cmpfloat (a.order.median, ==, b.order.median);
      g_assert_cmpfloat (a.order.min, ==, b.order.min);
    }
}

static void
assert_same_shape (const DhkShape *a, const DhkShape *b)
{
  assert_status (*a, b->status);
  g_assert_true (isnan (a->se) ? isnan (b->se) : fabs (a->se - b->se) <= 0);
  if (a->status != DHK_STATS_OK)
    return;
  g_assert_cmpfloat (a->type1, ==, b->type1);
  g_assert_cmpfloat (a->type2, ==, b->type2);
  g_assert_cmpfloat (a->type3, ==, b->type3);
}

static void
parts_of_a_description_stand_alone (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      Weighted data = random_weighted ();
      DhkFullDescription whole = dhk_describe_fully (data.values, data.weight, data.n, CONFIDENCE);
      DhkOrderStatistics order = dhk_order_statistics (data.values, data.weight, data.n);
      DhkMode mode = dhk_mode (data.values, data.weight, data.n);
      DhkShape skewness = dhk_skewness (data.values, data.weight, data.n);
      DhkShape kurtosis = dhk_kurtosis (data.values, data.weight, data.n);

      assert_same_order (&order, &whole.order);
      assert_same_shape (&skewness, &whole.skewness);
      assert_same_shape (&kurtosis, &whole.kurtosis);
      assert_status (mode, whole.mode.status);
      g_assert_cmpuint (mode.n_modes, ==, whole.mode.n_modes);
      if (mode.n_modes > 0)
        g_assert_cmpfloat (mode.value, ==, whole.mode.value);
    }
}

static void
parts_make_the_whole (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      Weighted data = random_weighted ();
      gsize cut = (gsize) g_test_rand_int_range (0, (gint32) data.n + 1);
      DhkSummary whole = dhk_summarise (data.values, data.n);
      DhkSummary parts[]
          = { dhk_summarise (data.values, cut), dhk_summarise (data.values + cut, data.n - cut) };
      DhkSummary combined = dhk_combine_summaries (parts, 2);

      g_assert_cmpuint (combined.n, ==, whole.n);
      if (whole.n < 2)
        continue;
      assert_close (combined.mean, whole.mean);
      assert_close (combined.sd, whole.sd);
    }
  g_assert_true (isnan (dhk_combine_summaries (NULL, 0).mean));
}

static void
fewer_than_two_cases_in_weight (void)
{
  const double values[] = { 1, 2, 3 };
  const double light[] = { 0.25, 0.25, 0.25 }, heavier[] = { 0.5, 0.5, 0.5 };
  DhkFullDescription d = dhk_describe_fully (values, light, 3, CONFIDENCE);

  assert_status (d, DHK_STATS_TOO_FEW);
  g_assert_cmpfloat (d.mean, ==, 2);
  d = dhk_describe_fully (values, heavier, 3, CONFIDENCE);
  assert_status (d, DHK_STATS_OK);
  assert_close (d.variance, 2);
  assert_status (d.mean_ci, DHK_STATS_TOO_FEW);
}

static void
frequencies_add_up (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      Weighted data = random_weighted ();
      DhkFrequency table[MAX_N];
      DhkFrequencies all = dhk_frequencies (data.values, data.weight, data.n, table);
      double count = 0, percent = 0;

      for (gsize j = 0; j < all.n_values; j++)
        {
          count += table[j].count;
          percent += table[j].percent;
          g_assert_true (j == 0 || table[j].value > table[j - 1].value);
        }
      if (all.status != DHK_STATS_OK)
        continue;
      g_assert_cmpfloat (count, ==, all.n);
      assert_close (percent + all.missing_percent, 100);
      assert_close (table[all.n_values - 1].cumulative_percent, 100);
    }
}

/* Change */

/* Jacobson and Truax's own example, p. 14: from 47.5 to 32.5, SD 7.5, reliability .80. */
static void
reliable_change_of_the_article (void)
{
  const double before[] = { 47.5, 40, 40, NAN }, after[] = { 32.5, 45, 49.5, 3 };
  DhkReliableChangeOptions options
      = { DHK_RELIABLE_CHANGE_JACOBSON_TRUAX_1991, 0.80, 7.5, CONFIDENCE, 1 };
  DhkCaseChange cases[4];
  DhkReliableChange result = dhk_reliable_change (before, after, 4, &options, cases);

  assert_status (result, DHK_STATS_OK);
  g_assert_cmpfloat_with_epsilon (result.sem, 3.35, 0.005);
  g_assert_cmpfloat_with_epsilon (result.se_difference, 4.74, 0.005);
  g_assert_cmpfloat_with_epsilon (cases[0].rci, -3.16, 0.005);
  g_assert_cmpint (cases[0].verdict, ==, DHK_CHANGE_IMPROVED);
  g_assert_cmpint (cases[1].verdict, ==, DHK_CHANGE_UNCHANGED);
  g_assert_cmpint (cases[2].verdict, ==, DHK_CHANGE_DETERIORATED);
  assert_status (cases[3], DHK_STATS_NO_DATA);
  g_assert_cmpuint (result.n_improved + result.n_deteriorated + result.n_unchanged, ==, 3);
}

static void
goals_of_the_formula (void)
{
  const double expected[] = { 0, 0, 0 }, better[] = { 1, 1, 1 }, beyond[] = { 1, 3, NAN };
  const double weights[] = { 2, 2, 2 };

  g_assert_cmpfloat (dhk_goal_attainment (expected, NULL, 3, 0.3).t, ==, 50);
  g_assert_cmpfloat_with_epsilon (dhk_goal_attainment (better, NULL, 3, 0.3).t, 63.69, 0.005);
  assert_close (dhk_goal_attainment (better, weights, 3, 0.3).t,
                dhk_goal_attainment (better, NULL, 3, 0.3).t);
  assert_status (dhk_goal_attainment (beyond, NULL, 3, 0.3), DHK_STATS_BAD_ARGUMENT);
  assert_status (dhk_goal_attainment (beyond + 2, NULL, 1, 0.3), DHK_STATS_NO_DATA);
  assert_status (dhk_goal_attainment (better, NULL, 3, 1.5), DHK_STATS_BAD_ARGUMENT);
}

/* Raters */

static void
judges_who_agree (void)
{
  const double a[] = { 1, 2, 3.3, 0.1 }, b[] = { 2, 3, 4.3, 1.1 };
  const double *same[] = { a, a }, *shifted[] = { a, b };
  DhkIccRaters result = dhk_icc_raters (same, 2, 4, CONFIDENCE);

  assert_status (result, DHK_STATS_OK);
  g_assert_cmpfloat (result.icc1_1.icc, ==, 1);
  g_assert_cmpfloat (result.icc2_k.icc, ==, 1);
  assert_status (result.test1, DHK_STATS_NO_VARIANCE);
  assert_status (result.icc3_1.icc_ci, DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (result.ms_within, ==, 0);

  result = dhk_icc_raters (shifted, 2, 4, CONFIDENCE);
  g_assert_cmpfloat_with_epsilon (result.icc3_1.icc, 1, 1e-15);
  g_assert_cmpfloat (result.icc2_1.icc, <, 0.9);
  assert_status (dhk_icc_raters (same, 1, 4, CONFIDENCE), DHK_STATS_TOO_FEW_ITEMS);
  assert_status (dhk_icc_raters (same, 2, 4, 1), DHK_STATS_BAD_ARGUMENT);
}

/* Two judges: the ICC of consistency for the mean is Cronbach's α, and the pooled SD within cases
 * is the square root of the mean square within. */
static void
spread_is_the_mean_square_within (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      double ratings[3][MAX_N];
      const double *columns[] = { ratings[0], ratings[1], ratings[2] };
      gsize n = (gsize) g_test_rand_int_range (3, MAX_N);
      double offset = g_test_rand_bit () ? 0 : 1e9;
      DhkCaseSpread cases[MAX_N];
      DhkRaterSpread spread;
      DhkIccRaters icc;

      for (gsize row = 0; row < n; row++)
        for (guint j = 0; j < 3; j++)
          ratings[j][row] = offset + g_test_rand_int_range (0, 10) / 2.0;
      spread = dhk_rater_spread (columns, 3, n, cases);
      icc = dhk_icc_raters (columns, 3, n, CONFIDENCE);
      assert_status (spread, DHK_STATS_OK);
      assert_close (spread.sd_within * spread.sd_within, icc.ms_within);
    }
}

static void
kappa_of_swapped_raters_is_the_same (void)
{
  for (guint i = 0; i < N_CASES; i++)
    {
      double a[MAX_N], b[MAX_N];
      gsize n = (gsize) g_test_rand_int_range (2, MAX_N);
      DhkKappaWeights weights = (DhkKappaWeights) g_test_rand_int_range (0, 3);
      DhkKappa one, other;

      for (gsize row = 0; row < n; row++)
        {
          a[row] = g_test_rand_int_range (0, 3);
          b[row] = g_test_rand_int_range (0, 4);
        }
      one = dhk_kappa (a, b, n, weights, CONFIDENCE, NULL);
      other = dhk_kappa (b, a, n, weights, CONFIDENCE, NULL);
      assert_status (one, other.status);
      if (one.status != DHK_STATS_OK)
        continue;
      g_assert_cmpfloat (one.kappa, <=, 1);
      assert_close (one.kappa, other.kappa);
      assert_close (one.se, other.se);
      if (one.test.status == DHK_STATS_OK)
        assert_close (one.test.z, other.test.z);
    }
}

static void
kappa_at_its_ends (void)
{
  const double a[] = { 1, 2, 1, 2 }, opposite[] = { 2, 1, 2, 1 }, one[] = { 1, 1, 1, 1 };
  const double above[] = { 2, 3, 5, 2 };
  double many[2 * DHK_KAPPA_MAX_CATEGORIES];
  DhkKappa k = dhk_kappa (a, a, 4, DHK_KAPPA_UNWEIGHTED, CONFIDENCE, NULL);

  g_assert_cmpfloat (k.kappa, ==, 1);
  g_assert_cmpfloat (k.se, ==, 0);
  g_assert_cmpfloat (dhk_kappa (a, opposite, 4, DHK_KAPPA_LINEAR, CONFIDENCE, NULL).kappa, ==, -1);
  k = dhk_kappa (a, one, 4, DHK_KAPPA_UNWEIGHTED, CONFIDENCE, NULL);
  g_assert_cmpfloat (k.kappa, ==, 0);
  assert_status (k.kappa_ci, DHK_STATS_NO_VARIANCE);
  k = dhk_kappa (a, above, 4, DHK_KAPPA_LINEAR, CONFIDENCE, NULL);
  g_assert_cmpfloat (k.kappa, ==, 0);
  assert_status (k.test, DHK_STATS_NO_VARIANCE);
  assert_status (k.kappa_ci, DHK_STATS_NO_VARIANCE);
  assert_status (dhk_kappa (one, one, 4, DHK_KAPPA_QUADRATIC, CONFIDENCE, NULL),
                 DHK_STATS_NO_VARIANCE);
  for (gsize i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (double) i;
  assert_status (dhk_kappa (many, many, G_N_ELEMENTS (many), DHK_KAPPA_LINEAR, CONFIDENCE, NULL),
                 DHK_STATS_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/cases/whole_weights_repeat_rows", whole_weights_repeat_rows);
  g_test_add_func ("/stats/cases/full_description_agrees_with_the_fast_one",
                   full_description_agrees_with_the_fast_one);
  g_test_add_func ("/stats/cases/parts_of_a_description_stand_alone",
                   parts_of_a_description_stand_alone);
  g_test_add_func ("/stats/cases/parts_make_the_whole", parts_make_the_whole);
  g_test_add_func ("/stats/cases/fewer_than_two_cases_in_weight", fewer_than_two_cases_in_weight);
  g_test_add_func ("/stats/cases/frequencies_add_up", frequencies_add_up);
  g_test_add_func ("/stats/cases/reliable_change_of_the_article", reliable_change_of_the_article);
  g_test_add_func ("/stats/cases/goals_of_the_formula", goals_of_the_formula);
  g_test_add_func ("/stats/cases/judges_who_agree", judges_who_agree);
  g_test_add_func ("/stats/cases/spread_is_the_mean_square_within",
                   spread_is_the_mean_square_within);
  g_test_add_func ("/stats/cases/kappa_of_swapped_raters_is_the_same",
                   kappa_of_swapped_raters_is_the_same);
  g_test_add_func ("/stats/cases/kappa_at_its_ends", kappa_at_its_ends);
  return g_test_run ();
}
