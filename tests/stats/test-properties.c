/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Identities that hold for any data, on random data whose seed is printed (run
 * with --seed to repeat).
 */

#include "stats/dhk-anova.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-reliability.h"
#include "stats/dhk-studentized-range.h"
#include "stats/dhk-ttest.h"

#include <glib.h>
#include <math.h>

#define N_CASES 10000
#define MAX_N 60
#define MAX_K 6
#define CONFIDENCE 0.95

#define assert_close(a, b, relative) assert_close_at (a, b, relative, G_STRLOC)

static void
assert_close_at (double a, double b, double relative, const char *where)
{
  if (isnan (a) && isnan (b))
    return;
  if (!(fabs (a - b) <= relative * fmax (fabs (a), fabs (b))))
    g_error ("%s: %.17g is not %.17g", where, a, b);
}

/* Several groups with an offset and a scale of their own, some values missing;
 * answers on a scale of five in half of the cases. */
typedef struct
{
  guint n;
  guint k;
  double values[MAX_N];
  int group[MAX_N];
} Sample;

static double
random_value (gboolean answers)
{
  return answers ? g_test_rand_int_range (1, 6) : g_test_rand_double_range (-10, 10);
}

static Sample
random_sample (guint k)
{
  Sample sample = { (guint) g_test_rand_int_range ((gint32) k * 4, MAX_N), k, { 0 }, { 0 } };
  gboolean answers = g_test_rand_bit ();

  for (guint i = 0; i < sample.n; i++)
    {
      sample.values[i]
          = g_test_rand_int_range (0, 20) == 0 && i >= 3 * k ? NAN : random_value (answers);
      sample.group[i] = (int) (i < 3 * k ? i % k : (guint) g_test_rand_int_range (0, (gint32) k));
    }
  return sample;
}

static void
summaries_of (const Sample *sample, DhkSummary *summaries)
{
  DhkDescription descriptions[MAX_K];

  g_assert_cmpint (dhk_describe_groups (sample->values, sample->group, sample->n, sample->k,
                                        CONFIDENCE, descriptions),
                   ==, DHK_STATS_OK);
  for (guint g = 0; g < sample->k; g++)
    summaries[g] = (DhkSummary){ descriptions[g].n, descriptions[g].mean, descriptions[g].sd };
}

static DhkAnova
anova_of (const Sample *sample)
{
  return dhk_anova_one_way (sample->values, sample->group, sample->n, sample->k);
}

static guint
column_of (const Sample *sample, int group, double *column)
{
  guint n = 0;

  for (guint i = 0; i < sample->n; i++)
    if (sample->group[i] == group)
      column[n++] = sample->values[i];
  return n;
}

static void
t_squared_is_f (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      Sample sample = random_sample (2);
      double a[MAX_N], b[MAX_N];
      guint n_a = column_of (&sample, 0, a), n_b = column_of (&sample, 1, b);
      DhkAnova anova = anova_of (&sample);
      DhkTTest t = dhk_t_test (DHK_T_STUDENT, a, n_a, b, n_b, CONFIDENCE);

      g_assert_cmpint (anova.status, ==, t.status);
      if (t.status != DHK_STATS_OK)
        continue;
      if (fabs (t.t) > 1e-3)
        assert_close (t.t * t.t, anova.f, 1e-10);
      assert_close (t.p, anova.p, 1e-10);
      g_assert_true (t.ci.low < t.difference && t.difference < t.ci.high);
    }
}

static void
two_means_need_no_tukey (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      Sample sample = random_sample (2);
      DhkSummary summaries[2];
      DhkAnova anova = anova_of (&sample);
      DhkPair pair;
      DhkTTest t;

      summaries_of (&sample, summaries);
      t = dhk_t_test_from_summary (DHK_T_STUDENT, summaries[0], summaries[1], CONFIDENCE);
      if (t.status != DHK_STATS_OK)
        continue;
      dhk_tukey_kramer (summaries, 2, anova.mse, anova.df2, CONFIDENCE, &pair);
      assert_close (pair.p, t.p, 1e-10);
      assert_close (pair.se, t.se, 1e-12);
      assert_close (pair.ci.low - pair.ci.high, t.ci.low - t.ci.high, 1e-10);
    }
}

static void
summary_gives_what_data_give (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      Sample sample = random_sample ((guint) g_test_rand_int_range (2, MAX_K + 1));
      DhkSummary summaries[MAX_K];
      DhkAnova data = anova_of (&sample), summary;

      summaries_of (&sample, summaries);
      summary = dhk_anova_from_summary (summaries, sample.k);
      g_assert_cmpint (data.status, ==, summary.status);
      if (data.status != DHK_STATS_OK)
        continue;
      assert_close (data.ss_within, summary.ss_within, 1e-12);
      assert_close (data.df2, summary.df2, 0);
      if (data.f > 1e-3)
        {
          assert_close (data.f, summary.f, 1e-9);
          assert_close (data.p, summary.p, 1e-9);
          assert_close (data.eta_squared, summary.eta_squared, 1e-9);
        }
    }
}

static void
shift_and_scale_change_no_test (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      Sample sample = random_sample ((guint) g_test_rand_int_range (2, MAX_K + 1)), moved = sample;
      double shift = g_test_rand_int_range (-1000, 1000),
             scale = ldexp (1, g_test_rand_int_range (-20, 20));
      DhkAnova before = anova_of (&sample), after;
      DhkCorrelation r, r_moved;

      for (guint i = 0; i < sample.n; i++)
        moved.values[i] = (sample.values[i] + shift) * scale;
      after = anova_of (&moved);
      r = dhk_pearson (sample.values, sample.values + 1, sample.n - 1, CONFIDENCE);
      r_moved = dhk_pearson (moved.values, sample.values + 1, sample.n - 1, CONFIDENCE);
      g_assert_cmpint (before.status, ==, after.status);
      if (before.status == DHK_STATS_OK && before.f > 1e-3)
        {
          assert_close (before.f, after.f, 1e-8);
          assert_close (before.ss_total * scale * scale, after.ss_total, 1e-9);
        }
      if (r.status == DHK_STATS_OK && fabs (r.r) > 1e-3)
        assert_close (r.r, r_moved.r, 1e-8);
    }
}

static void
order_changes_nothing (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      Sample sample = random_sample ((guint) g_test_rand_int_range (2, MAX_K + 1)),
             shuffled = sample;
      DhkAnova before = anova_of (&sample), after;
      DhkDescription all, all_shuffled;

      for (guint i = sample.n - 1; i > 0; i--)
        {
          guint j = (guint) g_test_rand_int_range (0, (gint32) i + 1);
          double value = shuffled.values[i];
          int group = shuffled.group[i];

          shuffled.values[i] = shuffled.values[j];
          shuffled.group[i] = shuffled.group[j];
          shuffled.values[j] = value;
          shuffled.group[j] = group;
        }
      for (guint i = 0; i < sample.n; i++)
        shuffled.group[i] = (int) sample.k - 1 - shuffled.group[i];
      after = anova_of (&shuffled);
      g_assert_cmpint (before.status, ==, after.status);
      if (before.status == DHK_STATS_OK)
        {
          assert_close (before.ss_within, after.ss_within, 1e-14);
          if (before.f > 1e-6)
            assert_close (before.p, after.p, 1e-12);
        }
      all = dhk_describe (sample.values, sample.n, CONFIDENCE);
      all_shuffled = dhk_describe (shuffled.values, sample.n, CONFIDENCE);
      assert_close (all.mean, all_shuffled.mean, 1e-15);
      assert_close (all.sd, all_shuffled.sd, 1e-15);
      assert_close (all.order.median, all_shuffled.order.median, 0);
    }
}

static void
welch_is_student_at_equal_spread (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      size_t n = (size_t) g_test_rand_int_range (2, 500);
      double sd = g_test_rand_double_range (0.1, 10);
      DhkSummary a = { n, g_test_rand_double_range (-5, 5), sd };
      DhkSummary b = { n, g_test_rand_double_range (-5, 5), sd };
      DhkTTest student = dhk_t_test_from_summary (DHK_T_STUDENT, a, b, CONFIDENCE);
      DhkTTest welch = dhk_t_test_from_summary (DHK_T_WELCH, a, b, CONFIDENCE);

      assert_close (student.t, welch.t, 1e-13);
      assert_close (student.df, welch.df, 1e-13);
      assert_close (student.p, welch.p, 1e-10);
      assert_close (student.cohen_d, welch.cohen_d, 1e-14);
    }
}

/* α of two items from r and SDs; α if dropped is the α of the others. */
static void
alpha_is_consistent (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      double columns[MAX_K][MAX_N];
      const double *items[MAX_K], *others[MAX_K];
      DhkItemReliability each[MAX_K];
      DhkReliability all, rest;
      guint k = (guint) g_test_rand_int_range (3, MAX_K + 1),
            n = (guint) g_test_rand_int_range (5, MAX_N);
      guint dropped = (guint) g_test_rand_int_range (0, (gint32) k), n_others = 0;
      DhkCorrelation r;
      double sum[MAX_N] = { 0 };

      for (guint j = 0; j < k; j++)
        {
          for (guint i = 0; i < n; i++)
            columns[j][i] = random_value (j % 2 == 0);
          items[j] = columns[j];
          if (j != dropped)
            others[n_others++] = columns[j];
        }
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n_others; j++)
          sum[i] += others[j][i];
      all = dhk_cronbach_alpha (items, k, n, CONFIDENCE, each);
      rest = dhk_cronbach_alpha (others, n_others, n, CONFIDENCE, NULL);
      r = dhk_pearson (columns[dropped], sum, n, CONFIDENCE);
      g_assert_cmpint (all.status, ==, DHK_STATS_OK);
      g_assert_cmpint (rest.status, ==, DHK_STATS_OK);
      if (fabs (rest.alpha) > 1e-3)
        assert_close (each[dropped].alpha_if_dropped, rest.alpha, 1e-9);
      if (fabs (r.r) > 1e-3)
        assert_close (each[dropped].item_rest_r, r.r, 1e-9);
      g_assert_true (all.ci.low < all.alpha && all.alpha < all.ci.high);
    }
}

static void
quantile_undoes_probability (void)
{
  for (int c = 0; c < 500; c++)
    {
      double p = g_test_rand_double_range (1e-6, 1 - 1e-6);
      double df1 = g_test_rand_int_range (1, 2000), df2 = g_test_rand_int_range (1, 100000);
      int k = g_test_rand_int_range (2, 30);

      assert_close (dhk_f_upper (dhk_f_quantile (p, df1, df2), df1, df2), 1 - p, 1e-9);
      assert_close (dhk_t_two_sided (dhk_t_quantile (p, df2), df2), 2 * fmin (p, 1 - p), 1e-9);
      assert_close (dhk_chi_squared_upper (dhk_chi_squared_quantile (p, df1), df1), 1 - p, 1e-9);
      assert_close (dhk_normal_upper (dhk_normal_quantile (p)), 1 - p, 1e-9);
      assert_close (dhk_ptukey_upper (dhk_qtukey (p, k, df1), k, df1), 1 - p, 1e-9);
    }
}

/* The integral for k = 3 is exact; k = 4 lies between it and Bonferroni. A
 * family that remembers says what a fresh one says. */
static void
range_of_many_means_is_bounded (void)
{
  for (int c = 0; c < 500; c++)
    {
      double q = g_test_rand_double_range (0.1, 8), df = g_test_rand_int_range (1, 400);
      double pair = dhk_t_two_sided (q / G_SQRT2, df), last = pair;
      DhkStudentizedRange range;

      for (int k = 3; k <= 12; k++)
        {
          double p = dhk_ptukey_upper (q, k, df);

          g_assert_cmpfloat (p, >=, last - 1e-13);
          g_assert_cmpfloat (p, <=, fmin (1, pair * k * (k - 1) / 2) + 1e-13);
          last = p;
        }
      g_assert_true (dhk_studentized_range_init (&range, 5, df));
      dhk_studentized_range_quantile (&range, 0.95);
      g_assert_cmpfloat (dhk_studentized_range_upper (&range, q), ==, dhk_ptukey_upper (q, 5, df));
    }
}

static void
holm_orders_and_bounds (void)
{
  const double p[] = { 0.01, 0.04, NAN, 0.03, 0.005 };
  const double expected[] = { 0.03, 0.06, NAN, 0.06, 0.02 };
  double adjusted[G_N_ELEMENTS (p)];

  g_assert_cmpint (dhk_holm (p, G_N_ELEMENTS (p), adjusted), ==, DHK_STATS_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (p); i++)
    assert_close (adjusted[i], expected[i], 1e-14);
}

/* Printed, not asked for: 25 families of four means make 150 pairs. */
static void
speed_of_a_small_study (void)
{
  DhkSummary groups[4] = { { 60, 3.9, 0.9 }, { 50, 3.7, 0.9 }, { 64, 4.1, 0.8 }, { 40, 3.5, 1 } };

  for (size_t k = 3; k <= 4; k++)
    {
      size_t n_families = 150 / dhk_pair_count (k);
      double sum = 0;

      g_test_timer_start ();
      for (size_t i = 0; i < n_families; i++)
        {
          DhkPair pairs[6];
          DhkAnova anova;

          groups[0].mean += 0.01;
          anova = dhk_anova_from_summary (groups, k);
          dhk_tukey_kramer (groups, k, anova.mse, anova.df2, CONFIDENCE, pairs);
          sum += pairs[0].p;
        }
      g_assert_cmpfloat (sum, >, 0);
      g_test_timer_elapsed ();
      g_test_minimized_result (g_test_timer_last (), "150 Tukey pairs of %d means: %.2f ms",
                               (int) k, 1000 * g_test_timer_last ());
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/properties/t_squared_is_f", t_squared_is_f);
  g_test_add_func ("/stats/properties/two_means_need_no_tukey", two_means_need_no_tukey);
  g_test_add_func ("/stats/properties/summary_gives_what_data_give", summary_gives_what_data_give);
  g_test_add_func ("/stats/properties/shift_and_scale_change_no_test",
                   shift_and_scale_change_no_test);
  g_test_add_func ("/stats/properties/order_changes_nothing", order_changes_nothing);
  g_test_add_func ("/stats/properties/welch_is_student_at_equal_spread",
                   welch_is_student_at_equal_spread);
  g_test_add_func ("/stats/properties/alpha_is_consistent", alpha_is_consistent);
  g_test_add_func ("/stats/properties/quantile_undoes_probability", quantile_undoes_probability);
  g_test_add_func ("/stats/properties/range_of_many_means_is_bounded",
                   range_of_many_means_is_bounded);
  g_test_add_func ("/stats/properties/holm_orders_and_bounds", holm_orders_and_bounds);
  g_test_add_func ("/stats/properties/speed_of_a_small_study", speed_of_a_small_study);
  return g_test_run ();
}
