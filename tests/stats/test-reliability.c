/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws of the coefficients of scales, on random items with a printed seed.
 */

#include <glib.h>
#include <math.h>

#include "stats/dhk-item-analysis.h"
#include "stats/dhk-omega.h"
#include "stats/dhk-split-half.h"

#define N_CASES 10000
#define MAX_K 8
#define MAX_N 60
#define CONFIDENCE 0.95

#define assert_close(a, b, tolerance) g_assert_cmpfloat (fabs ((a) - (b)), <=, tolerance)

typedef struct
{
  guint n;
  guint k;
  double columns[MAX_K][MAX_N];
  const double *items[MAX_K];
} Scale;

/* Items that share a trait; whole numbers or not; `missing` is the share of gaps. */
static void
make_scale (Scale *self, double missing)
{
  gboolean likert = g_test_rand_bit ();

  self->k = (guint) g_test_rand_int_range (3, MAX_K + 1);
  self->n = (guint) g_test_rand_int_range ((gint32) self->k + 8, MAX_N + 1);
  for (guint i = 0; i < self->n; i++)
    {
      double trait = g_test_rand_double_range (-1.5, 1.5);

      for (guint j = 0; j < self->k; j++)
        {
          double x = trait + g_test_rand_double_range (-2, 2);

          self->columns[j][i] = likert ? round (3 + x) : x;
          if (g_test_rand_double () < missing)
            self->columns[j][i] = NAN;
        }
    }
  for (guint j = 0; j < self->k; j++)
    self->items[j] = self->columns[j];
}

/* Without gaps pairwise is listwise; the plain alpha is that of the analysis. */
static void
ways_agree (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      DhkItemDetail listwise[MAX_K], pairwise[MAX_K];
      DhkItemAnalysis a, b;
      DhkReliability plain;
      Scale s;

      make_scale (&s, 0);
      a = dhk_item_analysis (s.items, s.k, s.n, DHK_DELETION_LISTWISE, CONFIDENCE, listwise);
      b = dhk_item_analysis (s.items, s.k, s.n, DHK_DELETION_PAIRWISE, CONFIDENCE, pairwise);
      plain = dhk_cronbach_alpha (s.items, s.k, s.n, CONFIDENCE, NULL);
      if (a.status != DHK_STATS_OK)
        continue;
      g_assert_cmpint (b.status, ==, DHK_STATS_OK);
      assert_close (a.cronbach.alpha, plain.alpha, 0);
      assert_close (a.cronbach.alpha, b.cronbach.alpha, 1e-12);
      assert_close (a.cronbach.ci.low, b.cronbach.ci.low, 1e-11);
      assert_close (a.cronbach.total_sd, b.cronbach.total_sd, 1e-11);
      assert_close (a.standardised.alpha, b.standardised.alpha, 1e-12);
      for (guint j = 0; j < s.k; j++)
        {
          assert_close (listwise[j].plain.mean, pairwise[j].plain.mean, 1e-13);
          assert_close (listwise[j].plain.sd, pairwise[j].plain.sd, 1e-13);
          assert_close (listwise[j].plain.item_rest_r, pairwise[j].plain.item_rest_r, 1e-12);
          assert_close (listwise[j].plain.alpha_if_dropped, pairwise[j].plain.alpha_if_dropped,
                        1e-11);
        }
    }
}

/* Guttman: λ1 < λ3 ≤ λ2, and λ1 ≤ λ5; λ3 is alpha. */
static void
bounds_are_ordered (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      DhkItemDetail each[MAX_K];
      DhkItemAnalysis a;
      Scale s;

      make_scale (&s, 0.05);
      a = dhk_item_analysis (s.items, s.k, s.n, DHK_DELETION_LISTWISE, CONFIDENCE, each);
      if (a.status != DHK_STATS_OK)
        continue;
      assert_close (a.guttman.lambda3, a.cronbach.alpha, 1e-12);
      g_assert_cmpfloat (a.guttman.lambda2, >=, a.guttman.lambda3 - 1e-12);
      g_assert_cmpfloat (a.guttman.lambda5, >=, a.guttman.lambda1 - 1e-12);
      if (a.between_items.status == DHK_STATS_OK)
        {
          g_assert_cmpfloat (a.between_items.min_r, <=, a.between_items.mean_r + 1e-12);
          g_assert_cmpfloat (a.between_items.mean_r, <=, a.between_items.max_r + 1e-12);
        }
      /* a squared correlation with all the others is not below that with their sum */
      for (guint j = 0; j < s.k && each[j].multiple_status == DHK_STATS_OK; j++)
        if (each[j].plain.item_rest_status == DHK_STATS_OK)
          g_assert_cmpfloat (each[j].multiple_r_squared, >=,
                             pow (each[j].plain.item_rest_r, 2) - 1e-10);
    }
}

/* Two items: alpha, Guttman's split half and λ2 are one; Spearman–Brown is standardised alpha. */
static void
two_items_are_two_halves (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      DhkItemAnalysis a;
      DhkSplitHalf halves;
      Scale s;

      make_scale (&s, 0.05);
      a = dhk_item_analysis (s.items, 2, s.n, DHK_DELETION_LISTWISE, CONFIDENCE, NULL);
      halves = dhk_split_half (s.items, 2, s.n, DHK_SPLIT_ODD_EVEN, DHK_DELETION_LISTWISE);
      if (a.status != DHK_STATS_OK || a.standardised.status != DHK_STATS_OK)
        continue;
      g_assert_cmpint (halves.status, ==, DHK_STATS_OK);
      assert_close (halves.guttman, a.cronbach.alpha, 1e-11);
      assert_close (halves.halves.spearman_brown, a.standardised.alpha, 1e-10);
      assert_close (halves.halves.spearman_brown_horst, halves.halves.spearman_brown, 1e-12);
      g_assert_cmpint (halves.a.cronbach.status, ==, DHK_STATS_TOO_FEW_ITEMS);
    }
}

static void
halves_are_as_told (void)
{
  const double one[] = { 1, 2, 3, 4 }, two[] = { 2, 1, 4, 3 }, three[] = { 1, 3, 2, 4 };
  const double mirror[] = { -1, -2, -3, -4 };
  const double *items[] = { one, two, three }, *opposed[] = { one, mirror };
  DhkSplitHalf first = dhk_split_half (items, 3, 4, DHK_SPLIT_FIRST_HALF, DHK_DELETION_LISTWISE);
  DhkSplitHalf odd = dhk_split_half (items, 3, 4, DHK_SPLIT_ODD_EVEN, DHK_DELETION_LISTWISE);
  DhkSplitHalf none = dhk_split_half (opposed, 2, 4, DHK_SPLIT_ODD_EVEN, DHK_DELETION_LISTWISE);

  g_assert_cmpuint (first.a.n_items, ==, 2);
  g_assert_cmpuint (odd.a.n_items, ==, 2);
  assert_close (first.a.mean, 5, 1e-14);    /* one and two */
  assert_close (odd.a.sd, sqrt (6), 1e-14); /* one and three: 2, 5, 5, 8 */
  g_assert_cmpint (none.status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (none.halves.status, ==, DHK_STATS_NO_VARIANCE);
  assert_close (none.a.sd, none.b.sd, 0);
}

/* With equal loadings and errors that do not correlate omega is alpha. */
static void
omega_of_parallel_items (void)
{
  const double x[] = { 1, -1, 1, -1, 1, -1, 1, -1 }, y[] = { 1, 1, -1, -1, 1, 1, -1, -1 };
  const double z[] = { 1, 1, 1, 1, -1, -1, -1, -1 };
  double a[8], b[8], c[8], trait[8];
  const double *items[] = { a, b, c };
  DhkOmegaItem each[3];

  /* the trait is at right angles to all errors */
  for (int i = 0; i < 8; i++)
    {
      trait[i] = 2 * x[i] * y[i] * z[i];
      a[i] = trait[i] + x[i];
      b[i] = trait[i] + y[i];
      c[i] = trait[i] + z[i];
    }
  for (int estimator = DHK_FACTOR_MINRES; estimator <= DHK_FACTOR_ML; estimator++)
    {
      DhkOmega omega
          = dhk_omega (items, 3, 8, (DhkFactorEstimator) estimator, DHK_DELETION_LISTWISE, each);
      DhkReliability alpha = dhk_cronbach_alpha (items, 3, 8, CONFIDENCE, NULL);

      g_assert_cmpint (omega.status, ==, DHK_STATS_OK);
      assert_close (omega.raw.model, alpha.alpha, 1e-13);
      assert_close (omega.standardised.observed, alpha.alpha, 1e-13);
      for (int j = 0; j < 3; j++)
        assert_close (each[j].loading, sqrt (0.8), 1e-13);
    }
}

/* A reversed item is told by its loading, and by no more. */
static void
omega_counts_negative_loadings (void)
{
  for (int c = 0; c < 300; c++)
    {
      DhkOmegaItem plain[MAX_K], reversed[MAX_K];
      DhkOmega a, b;
      Scale s;

      make_scale (&s, 0);
      s.k = MAX (s.k, 5);
      for (guint j = 0; j < s.k; j++)
        for (guint i = 0; i < s.n; i++)
          s.columns[j][i] = g_test_rand_double_range (-1, 1) + 3.0 * i / s.n;
      for (guint j = 0; j < s.k; j++)
        s.items[j] = s.columns[j];
      a = dhk_omega (s.items, s.k, s.n, DHK_FACTOR_MINRES, DHK_DELETION_LISTWISE, plain);
      for (guint i = 0; i < s.n; i++)
        s.columns[2][i] = 6 - s.columns[2][i];
      b = dhk_omega (s.items, s.k, s.n, DHK_FACTOR_MINRES, DHK_DELETION_LISTWISE, reversed);
      if (a.status != DHK_STATS_OK || a.n_negative > 0)
        continue;
      g_assert_cmpint (b.status, ==, DHK_STATS_OK);
      g_assert_cmpuint (b.n_negative, ==, 1);
      assert_close (reversed[2].loading, -plain[2].loading, 1e-9);
      assert_close (reversed[0].loading, plain[0].loading, 1e-9);
      assert_close (reversed[2].uniqueness, plain[2].uniqueness, 1e-9);
    }
}

/* Values of 10^12 that differ by little are no harder than the differences. */
static void
offsets_cost_nothing (void)
{
  for (int c = 0; c < 200; c++)
    {
      DhkItemAnalysis near, far;
      Scale s;

      make_scale (&s, 0.05);
      for (guint j = 0; j < s.k; j++)
        for (guint i = 0; i < s.n; i++)
          s.columns[j][i] = round (64 * s.columns[j][i]) / 64;
      near = dhk_item_analysis (s.items, s.k, s.n, DHK_DELETION_LISTWISE, CONFIDENCE, NULL);
      for (guint j = 0; j < s.k; j++)
        for (guint i = 0; i < s.n; i++)
          s.columns[j][i] += 1e12;
      far = dhk_item_analysis (s.items, s.k, s.n, DHK_DELETION_LISTWISE, CONFIDENCE, NULL);
      g_assert_cmpint (near.status, ==, far.status);
      if (near.status != DHK_STATS_OK)
        continue;
      assert_close (near.cronbach.alpha, far.cronbach.alpha, 1e-12);
      assert_close (near.guttman.lambda2, far.guttman.lambda2, 1e-12);
      assert_close (near.asymptotic.se, far.asymptotic.se, 1e-12);
    }
}

static void
arguments_are_checked (void)
{
  const double a[] = { 1, 2, 3, 4 };
  const double *items[] = { a, a, a };
  DhkItemDetail each[3];
  DhkInterval interval;

  g_assert_cmpint (dhk_item_analysis (items, 2, 4, DHK_DELETION_LISTWISE, 1, each).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_item_analysis (items, 1, 4, DHK_DELETION_PAIRWISE, 0.9, each).status, ==,
                   DHK_STATS_TOO_FEW_ITEMS);
  g_assert_true (isnan (each[0].plain.mean) && each[0].plain.status == DHK_STATS_TOO_FEW_ITEMS);
  g_assert_cmpint (dhk_split_half (items, 0, 4, DHK_SPLIT_ODD_EVEN, DHK_DELETION_LISTWISE).status,
                   ==, DHK_STATS_TOO_FEW_ITEMS);
  g_assert_cmpint (dhk_omega (items, 2, 4, DHK_FACTOR_ML, DHK_DELETION_LISTWISE, NULL).status, ==,
                   DHK_STATS_TOO_FEW_ITEMS);
  g_assert_cmpint (dhk_omega (items, 3, 4, DHK_FACTOR_ML, DHK_DELETION_LISTWISE, NULL).status, ==,
                   DHK_STATS_SINGULAR);
  interval = dhk_alpha_interval (0.8, 5, 100, 0);
  g_assert_cmpint (interval.status, ==, DHK_STATS_BAD_ARGUMENT);
  interval = dhk_alpha_interval (1.1, 5, 100, 0.9);
  g_assert_cmpint (interval.status, ==, DHK_STATS_BAD_ARGUMENT);
  interval = dhk_alpha_interval (0.8, 5, 1, 0.9);
  g_assert_cmpint (interval.status, ==, DHK_STATS_TOO_FEW);
  interval = dhk_alpha_interval (0.8, 1, 100, 0.9);
  g_assert_cmpint (interval.status, ==, DHK_STATS_TOO_FEW_ITEMS);
  interval = dhk_alpha_interval (0.8, 5, 100, 0.9);
  g_assert_true (interval.low < 0.8 && interval.high > 0.8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/stats/reliability/" #name, name)
  ADD (ways_agree);
  ADD (bounds_are_ordered);
  ADD (two_items_are_two_halves);
  ADD (halves_are_as_told);
  ADD (omega_of_parallel_items);
  ADD (omega_counts_negative_loadings);
  ADD (offsets_cost_nothing);
  ADD (arguments_are_checked);
  return g_test_run ();
}
