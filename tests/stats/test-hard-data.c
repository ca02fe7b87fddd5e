/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * No data, too little data, data without spread, infinite data, huge offsets:
 * a defined result or a named reason. Every reason is produced here.
 */

#include "stats/dhk-anova.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-reliability.h"
#include "stats/dhk-ttest.h"

#include <float.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#define CONFIDENCE 0.95

#define assert_nan(x) g_assert_true (isnan (x))
#define assert_status(result, wanted) g_assert_cmpint ((result).status, ==, wanted)

static void
every_status_has_a_reason (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int status = DHK_STATS_OK; status <= DHK_STATS_NO_MEMORY; status++)
    {
      const char *reason = dhk_stats_status_reason ((DhkStatsStatus) status);

      g_assert_cmpstr (reason, !=, dhk_stats_status_reason ((DhkStatsStatus) 999));
      g_assert_true (g_hash_table_add (seen, (char *) reason));
    }
}

/* Describe */

static void
describe_nothing (void)
{
  const double missing[] = { NAN, NAN };
  DhkDescription d = dhk_describe (NULL, 0, CONFIDENCE);

  assert_status (d, DHK_STATS_NO_DATA);
  assert_nan (d.mean);
  d = dhk_describe (missing, 2, CONFIDENCE);
  assert_status (d, DHK_STATS_NO_DATA);
  g_assert_cmpuint (d.n, ==, 0);
  g_assert_cmpuint (d.n_missing, ==, 2);
  assert_nan (d.order.median);
}

static void
describe_one_value (void)
{
  const double one[] = { NAN, 4 };
  DhkDescription d = dhk_describe (one, 2, CONFIDENCE);

  assert_status (d, DHK_STATS_TOO_FEW);
  g_assert_cmpfloat (d.mean, ==, 4);
  g_assert_cmpfloat (d.order.median, ==, 4);
  assert_nan (d.sd);
  assert_nan (d.ci.low);
}

static void
describe_without_spread (void)
{
  double same[1000];
  DhkDescription d;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    same[i] = 0.1;
  d = dhk_describe (same, G_N_ELEMENTS (same), CONFIDENCE);
  assert_status (d, DHK_STATS_OK);
  g_assert_cmpfloat (d.sd, ==, 0);
  g_assert_cmpfloat (d.mean, ==, 0.1);
  g_assert_cmpfloat (d.ci.low, ==, d.ci.high);
}

static void
describe_infinite_and_huge (void)
{
  const double infinite[] = { 1, INFINITY, 3 };
  const double both[] = { -INFINITY, INFINITY };
  const double huge[] = { DBL_MAX, DBL_MAX, -DBL_MAX };
  const double offset[] = { 1e15 + 1, 1e15 + 2, 1e15 + 3 };
  DhkDescription d = dhk_describe (infinite, 3, CONFIDENCE);

  assert_status (d, DHK_STATS_NOT_FINITE);
  assert_nan (d.mean);
  assert_nan (d.sd);
  g_assert_cmpfloat (d.order.median, ==, 3);
  assert_status (dhk_describe (both, 2, CONFIDENCE), DHK_STATS_NOT_FINITE);
  assert_status (dhk_describe (huge, 3, CONFIDENCE), DHK_STATS_NOT_FINITE);
  d = dhk_describe (offset, 3, CONFIDENCE);
  assert_status (d, DHK_STATS_OK);
  g_assert_cmpfloat (d.sd, ==, 1);
  g_assert_cmpfloat (d.mean, ==, 1e15 + 2);
}

static void
describe_bad_arguments (void)
{
  const double values[] = { 1, 2 };
  const int outside[] = { 0, 2 };
  DhkDescription groups[2];

  assert_status (dhk_describe (values, 2, 1), DHK_STATS_BAD_ARGUMENT);
  assert_status (dhk_describe (values, 2, NAN), DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_describe_groups (values, outside, 2, 2, CONFIDENCE, groups), ==,
                   DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_describe_groups (NULL, NULL, 0, 2, CONFIDENCE, groups), ==, DHK_STATS_OK);
  assert_status (groups[1], DHK_STATS_NO_DATA);
}

static void
describe_a_summary (void)
{
  DhkDescription d = dhk_description_from_summary ((DhkSummary){ 25, 4, 1 }, CONFIDENCE);

  assert_status (d, DHK_STATS_OK);
  g_assert_cmpfloat (d.se, ==, 0.2);
  g_assert_cmpfloat_with_epsilon (d.ci.high, 4 + 0.2 * 2.063898561628022, 1e-12);
  assert_nan (d.order.median);
  assert_status (dhk_description_from_summary ((DhkSummary){ 0, 4, 1 }, CONFIDENCE),
                 DHK_STATS_NO_DATA);
  assert_status (dhk_description_from_summary ((DhkSummary){ 1, 4, NAN }, CONFIDENCE),
                 DHK_STATS_TOO_FEW);
  assert_status (dhk_description_from_summary ((DhkSummary){ 9, NAN, 1 }, CONFIDENCE),
                 DHK_STATS_NOT_FINITE);
  assert_status (dhk_description_from_summary ((DhkSummary){ 9, 4, -1 }, CONFIDENCE),
                 DHK_STATS_BAD_ARGUMENT);
}

/* The median of every order and of many ties, against sorting */
static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
median_is_that_of_the_sorted (void)
{
  for (int c = 0; c < 3000; c++)
    {
      double x[80], sorted[80], expected;
      gsize n = (gsize) g_test_rand_int_range (1, 80);
      int spread = g_test_rand_int_range (1, 30), kind = g_test_rand_int_range (0, 4);

      for (gsize i = 0; i < n; i++)
        x[i] = kind == 0   ? (double) i
               : kind == 1 ? -(double) i
               : kind == 2 ? fabs ((double) i - (double) n / 2)
                           : g_test_rand_int_range (0, spread);
      memcpy (sorted, x, sizeof x);
      qsort (sorted, n, sizeof *sorted, compare_doubles);
      expected = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2] + sorted[n / 2 - 1]) / 2;
      g_assert_cmpfloat (dhk_describe (x, n, CONFIDENCE).order.median, ==, expected);
    }
}

/* Analysis of variance and post hoc */

static void
anova_leaves_out_empty_groups (void)
{
  const double values[] = { 1, 2, 3, 5, 6, 7, NAN, 99 };
  const int group[] = { 0, 0, 0, 2, 2, 2, 1, -1 };
  DhkAnova a = dhk_anova_one_way (values, group, 8, 4);

  assert_status (a, DHK_STATS_OK);
  g_assert_cmpuint (a.n_groups, ==, 2);
  g_assert_cmpuint (a.n, ==, 6);
  g_assert_cmpfloat (a.df1, ==, 1);
  g_assert_cmpfloat (a.df2, ==, 4);
  g_assert_cmpfloat_with_epsilon (a.f, 24, 1e-12);
}

static void
anova_with_a_group_of_one (void)
{
  const double values[] = { 1, 2, 3, 9 };
  const int group[] = { 0, 0, 0, 1 };
  const DhkSummary summary[] = { { 3, 2, 1 }, { 1, 9, NAN } };
  DhkAnova a = dhk_anova_one_way (values, group, 4, 2);

  assert_status (a, DHK_STATS_OK);
  g_assert_cmpfloat (a.df2, ==, 2);
  g_assert_cmpfloat_with_epsilon (a.f, dhk_anova_from_summary (summary, 2).f, 1e-12);
}

static void
anova_without_an_answer (void)
{
  const double values[] = { 1, 2, 3, 4 }, same[] = { 0.1, 0.1, 0.1, 0.1 };
  const double within_same[] = { 1.1, 1.1, 2.3, 2.3 }, infinite[] = { 1, 2, INFINITY, 4 };
  const double huge[] = { DBL_MAX, -DBL_MAX, DBL_MAX, 1 };
  const int pairs[] = { 0, 0, 1, 1 }, each[] = { 0, 1, 2, 3 }, one[] = { 0, 0, 0, 0 };
  DhkAnova a;

  assert_status (dhk_anova_one_way (NULL, NULL, 0, 3), DHK_STATS_NO_DATA);
  assert_status (dhk_anova_one_way (values, one, 4, 1), DHK_STATS_TOO_FEW_GROUPS);
  assert_status (dhk_anova_one_way (values, each, 4, 4), DHK_STATS_TOO_FEW);
  assert_status (dhk_anova_one_way (values, each, 4, 3), DHK_STATS_BAD_ARGUMENT);
  assert_status (dhk_anova_one_way (infinite, pairs, 4, 2), DHK_STATS_NOT_FINITE);
  assert_status (dhk_anova_one_way (huge, pairs, 4, 2), DHK_STATS_NOT_FINITE);

  a = dhk_anova_one_way (same, pairs, 4, 2);
  assert_status (a, DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (a.ss_total, ==, 0);
  assert_nan (a.eta_squared);
  a = dhk_anova_one_way (within_same, pairs, 4, 2);
  assert_status (a, DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (a.ss_within, ==, 0);
  g_assert_cmpfloat (a.eta_squared, ==, 1);
  assert_nan (a.f);
}

static void
anova_of_bad_summaries (void)
{
  const DhkSummary negative[] = { { 3, 2, -1 }, { 3, 9, 1 } },
                   unknown[] = { { 3, NAN, 1 }, { 3, 9, 1 } };
  const DhkSummary none[] = { { 0, NAN, NAN }, { 0, NAN, NAN } },
                   flat[] = { { 5, 2, 0 }, { 5, 2, 0 } };

  assert_status (dhk_anova_from_summary (negative, 2), DHK_STATS_BAD_ARGUMENT);
  assert_status (dhk_anova_from_summary (unknown, 2), DHK_STATS_NOT_FINITE);
  assert_status (dhk_anova_from_summary (none, 2), DHK_STATS_NO_DATA);
  assert_status (dhk_anova_from_summary (flat, 2), DHK_STATS_NO_VARIANCE);
  assert_status (dhk_anova_from_summary (NULL, 0), DHK_STATS_NO_DATA);
}

static void
post_hoc_leaves_out_empty_groups (void)
{
  const DhkSummary groups[] = { { 10, 3, 1 }, { 0, NAN, NAN }, { 8, 4, 1 }, { 1, 5, NAN } };
  const DhkSummary without[] = { { 10, 3, 1 }, { 8, 4, 1 }, { 1, 5, NAN } };
  DhkPair pairs[6], others[3];

  g_assert_cmpuint (dhk_pair_count (4), ==, 6);
  g_assert_cmpint (dhk_tukey_kramer (groups, 4, 1, 16, CONFIDENCE, pairs), ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_tukey_kramer (without, 3, 1, 16, CONFIDENCE, others), ==, DHK_STATS_OK);
  assert_status (pairs[0], DHK_STATS_NO_DATA);
  assert_nan (pairs[0].difference);
  assert_status (pairs[1], DHK_STATS_OK);
  g_assert_cmpfloat (pairs[1].difference, ==, -1);
  g_assert_cmpfloat (pairs[1].p, ==, others[0].p);
  g_assert_cmpfloat (pairs[5].ci.low, ==, others[2].ci.low);
}

static void
post_hoc_without_an_answer (void)
{
  const DhkSummary groups[] = { { 10, 3, 1 }, { 8, 4, 1 } }, one[] = { { 10, 3, 1 }, { 0, 0, 0 } };
  const DhkSummary unknown[] = { { 10, 3, 1 }, { 8, NAN, 1 } };
  const double wrong[] = { 0.1, 1.1 };
  double adjusted[2];
  DhkPair pair;

  g_assert_cmpint (dhk_tukey_kramer (groups, 2, 0, 16, CONFIDENCE, &pair), ==,
                   DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (pair.difference, ==, -1);
  assert_nan (pair.p);
  g_assert_cmpint (dhk_tukey_kramer (groups, 2, 1, 0, CONFIDENCE, &pair), ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (dhk_tukey_kramer (groups, 2, NAN, 9, CONFIDENCE, &pair), ==,
                   DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_tukey_kramer (groups, 2, -1, 9, CONFIDENCE, &pair), ==,
                   DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_tukey_kramer (groups, 2, 1, 9, 0, &pair), ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_tukey_kramer (one, 2, 1, 9, CONFIDENCE, &pair), ==,
                   DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpint (dhk_tukey_kramer (unknown, 2, 1, 9, CONFIDENCE, &pair), ==,
                   DHK_STATS_NOT_FINITE);
  assert_status (pair, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (dhk_holm (wrong, 2, adjusted), ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_holm (NULL, 0, NULL), ==, DHK_STATS_OK);
}

/* t test and correlation */

static void
t_test_without_an_answer (void)
{
  const double one[] = { 4 }, same[] = { 2, 2, 2 }, some[] = { 1, 2, 4 },
               infinite[] = { 1, INFINITY };
  DhkTTest t = dhk_t_test (DHK_T_STUDENT, NULL, 0, some, 3, CONFIDENCE);

  assert_status (t, DHK_STATS_NO_DATA);
  assert_nan (t.difference);
  t = dhk_t_test (DHK_T_STUDENT, one, 1, some, 3, CONFIDENCE);
  assert_status (t, DHK_STATS_OK);
  g_assert_cmpfloat (t.df, ==, 2);
  t = dhk_t_test (DHK_T_WELCH, one, 1, some, 3, CONFIDENCE);
  assert_status (t, DHK_STATS_TOO_FEW);
  g_assert_cmpfloat_with_epsilon (t.difference, 4 - 7. / 3, 1e-15);
  assert_status (dhk_t_test (DHK_T_STUDENT, one, 1, one, 1, CONFIDENCE), DHK_STATS_TOO_FEW);
  t = dhk_t_test (DHK_T_STUDENT, same, 3, same, 3, CONFIDENCE);
  assert_status (t, DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (t.difference, ==, 0);
  assert_nan (t.p);
  t = dhk_t_test (DHK_T_WELCH, same, 3, some, 3, CONFIDENCE);
  assert_status (t, DHK_STATS_OK);
  g_assert_cmpfloat_with_epsilon (t.df, 2, 1e-12);
  assert_status (dhk_t_test (DHK_T_WELCH, infinite, 2, some, 3, CONFIDENCE), DHK_STATS_NOT_FINITE);
  assert_status (dhk_t_test (DHK_T_WELCH, some, 3, some, 3, 0), DHK_STATS_BAD_ARGUMENT);
}

static void
correlation_without_an_answer (void)
{
  const double x[] = { 0.1, 0.2, 0.3, 0.4 }, y[] = { 3.3, 5.1, 2.2, NAN },
               flat[] = { 0.1, 0.1, 0.1, 0.1 };
  const double infinite[] = { 1, 2, INFINITY, 3 };
  double line[4], huge[4];
  DhkCorrelation r;

  for (gsize i = 0; i < 4; i++)
    {
      line[i] = 7 - 3 * x[i];
      huge[i] = 1e200 * (x[i] + 0.01 * (double) (i == 2));
    }
  assert_status (dhk_pearson (NULL, NULL, 0, CONFIDENCE), DHK_STATS_NO_DATA);
  assert_status (dhk_pearson (x, y, 2, CONFIDENCE), DHK_STATS_TOO_FEW);
  assert_status (dhk_pearson (x, flat, 4, CONFIDENCE), DHK_STATS_NO_VARIANCE);
  assert_status (dhk_pearson (x, infinite, 4, CONFIDENCE), DHK_STATS_NOT_FINITE);
  assert_status (dhk_pearson (x, huge, 4, CONFIDENCE), DHK_STATS_NOT_FINITE);
  assert_status (dhk_pearson (x, y, 4, 2), DHK_STATS_BAD_ARGUMENT);
  r = dhk_pearson (x, line, 4, CONFIDENCE);
  assert_status (r, DHK_STATS_PERFECT_FIT);
  g_assert_cmpfloat (r.r, ==, -1);
  assert_nan (r.p);
  r = dhk_pearson (x, y, 4, CONFIDENCE);
  assert_status (r, DHK_STATS_OK);
  g_assert_cmpuint (r.n, ==, 3);
  g_assert_false (isnan (r.p));
  assert_nan (r.ci.low);
}

/* Values of 1e120 and 1e-120: their squares' product is beyond a double. */
static void
correlation_of_far_apart_scales (void)
{
  const double x[] = { 1, 2, 3, 4, 5 }, y[] = { 2, 1, 4, 3, 5 };
  double large[5], small[5];

  for (gsize i = 0; i < 5; i++)
    {
      large[i] = ldexp (x[i], 400);
      small[i] = ldexp (y[i], -300);
    }
  g_assert_cmpfloat (dhk_pearson (large, small, 5, CONFIDENCE).r, ==,
                     dhk_pearson (x, y, 5, CONFIDENCE).r);
  g_assert_cmpfloat (dhk_pearson (small, small, 5, CONFIDENCE).r, ==, 1);
}

/* Reliability */

static void
alpha_without_an_answer (void)
{
  const double a[] = { 1, 2, 3, NAN }, b[] = { 2, NAN, 5, 1 }, c[] = { NAN, 1, NAN, NAN };
  const double flat[] = { 0.3, 0.3, 0.3, 0.3 }, mirror[] = { 4.9, 3.9, 2.9, NAN };
  const double infinite[] = { 1, INFINITY, 2, 3 };
  const double *two[] = { a, b }, *never[] = { b, c }, *none[] = { flat, flat };
  const double *mirrored[] = { a, mirror, flat }, *unbounded[] = { flat, infinite };
  DhkItemReliability items[3];
  DhkReliability r = dhk_cronbach_alpha (two, 2, 4, CONFIDENCE, items);

  assert_status (r, DHK_STATS_OK);
  g_assert_cmpuint (r.n, ==, 2);
  assert_nan (items[0].alpha_if_dropped);
  assert_status (dhk_cronbach_alpha (two, 1, 4, CONFIDENCE, NULL), DHK_STATS_TOO_FEW_ITEMS);
  assert_status (dhk_cronbach_alpha (NULL, 0, 4, CONFIDENCE, NULL), DHK_STATS_TOO_FEW_ITEMS);
  assert_status (dhk_cronbach_alpha (two, 2, 0, CONFIDENCE, NULL), DHK_STATS_NO_DATA);
  assert_status (dhk_cronbach_alpha (never, 2, 4, CONFIDENCE, NULL), DHK_STATS_NO_DATA);
  r = dhk_cronbach_alpha (two, 2, 1, CONFIDENCE, items);
  assert_status (r, DHK_STATS_TOO_FEW);
  g_assert_cmpfloat (r.total_mean, ==, 3);
  g_assert_cmpfloat (items[1].mean, ==, 2);
  assert_status (dhk_cronbach_alpha (two, 2, 4, 1.5, items), DHK_STATS_BAD_ARGUMENT);
  assert_status (dhk_cronbach_alpha (none, 2, 4, CONFIDENCE, items), DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (items[0].sd, ==, 0);
  assert_status (dhk_cronbach_alpha (unbounded, 2, 4, CONFIDENCE, items), DHK_STATS_NOT_FINITE);

  /* the total is 5.9 + 0.3 for all, but for rounding */
  r = dhk_cronbach_alpha (mirrored, 3, 4, CONFIDENCE, items);
  assert_status (r, DHK_STATS_NO_VARIANCE);
  assert_nan (r.alpha);
  g_assert_cmpfloat (r.total_sd, ==, 0);
}

static void
alpha_of_equal_items (void)
{
  const double a[] = { 1, 2, 3, 5 }, flat[] = { 3, 3, 3, 3 };
  const double *same[] = { a, a, a }, *with_flat[] = { a, flat, a };
  DhkItemReliability items[3];
  DhkReliability r = dhk_cronbach_alpha (same, 3, 4, CONFIDENCE, items);

  assert_status (r, DHK_STATS_OK);
  g_assert_cmpfloat_with_epsilon (r.alpha, 1, 1e-15);
  g_assert_cmpfloat (items[0].item_rest_r, <=, 1);
  r = dhk_cronbach_alpha (with_flat, 3, 4, CONFIDENCE, items);
  assert_nan (items[1].item_rest_r);
  g_assert_cmpfloat_with_epsilon (items[1].alpha_if_dropped, 1, 1e-15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/stats/hard-data/" #name, name)
  ADD (every_status_has_a_reason);
  ADD (describe_nothing);
  ADD (describe_one_value);
  ADD (describe_without_spread);
  ADD (describe_infinite_and_huge);
  ADD (describe_bad_arguments);
  ADD (describe_a_summary);
  ADD (median_is_that_of_the_sorted);
  ADD (anova_leaves_out_empty_groups);
  ADD (anova_with_a_group_of_one);
  ADD (anova_without_an_answer);
  ADD (anova_of_bad_summaries);
  ADD (post_hoc_leaves_out_empty_groups);
  ADD (post_hoc_without_an_answer);
  ADD (t_test_without_an_answer);
  ADD (correlation_without_an_answer);
  ADD (correlation_of_far_apart_scales);
  ADD (alpha_without_an_answer);
  ADD (alpha_of_equal_items);
  return g_test_run ();
}
