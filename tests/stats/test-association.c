/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws of correlations and of tables of two categories: what is computed
 * quickly must be what counting it out gives, on random data with a printed
 * seed; examples from the literature; and the reasons of what is undefined.
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "stats/dhk-correlation-difference.h"
#include "stats/dhk-correlation-matrix.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-crosstab.h"
#include "stats/dhk-exact-table.h"
#include "stats/dhk-partial-correlation.h"
#include "stats/dhk-rank-correlation.h"
#include "stats/dhk-ranks.h"
#include "stats/dhk-two-by-two.h"

#define CONFIDENCE 0.95
#define MAX_N 60

static void
assert_close (double a, double b, double tolerance)
{
  g_assert_false (isnan (a));
  g_assert_cmpfloat_with_epsilon (a, b, tolerance * fmax (1, fabs (b)));
}

static void
fill (double *x, guint n, gboolean ties)
{
  for (guint i = 0; i < n; i++)
    x[i] = ties ? g_test_rand_int_range (1, 5) : g_test_rand_double_range (-3, 3);
}

/* Ranks */

static void
ranks_are_counts (void)
{
  for (guint c = 0; c < 500; c++)
    {
      guint n = (guint) g_test_rand_int_range (1, MAX_N);
      double x[MAX_N], ranks[MAX_N], cubes = 0;
      DhkTies ties;

      fill (x, n, c % 2 == 0);
      g_assert_cmpint (dhk_ranks_compute (x, n, ranks, &ties), ==, DHK_STATS_OK);
      for (guint i = 0; i < n; i++)
        {
          guint smaller = 0, equal = 0;

          for (guint j = 0; j < n; j++)
            {
              smaller += x[j] < x[i];
              equal += !(x[j] < x[i]) && !(x[j] > x[i]);
            }
          assert_close (ranks[i], smaller + (equal + 1) / 2.0, 1e-15);
          cubes += (double) equal * equal - 1;
        }
      assert_close (ties.cubes, cubes, 1e-15);
      if (n > 1)
        assert_close (ties.share, 1 - cubes / (pow (n, 3) - n), 1e-14);
    }
}

static void
ranks_of_odd_values (void)
{
  double x[] = { 0.0, -0.0, INFINITY, NAN, -INFINITY, 1e-310 }, ranks[6];
  DhkTies ties;

  g_assert_cmpint (dhk_ranks_compute (x, 6, ranks, &ties), ==, DHK_STATS_OK);
  g_assert_cmpfloat (ranks[0], ==, 2.5);
  g_assert_cmpfloat (ranks[1], ==, 2.5);
  g_assert_cmpfloat (ranks[2], ==, 5);
  g_assert_true (isnan (ranks[3]));
  g_assert_cmpfloat (ranks[4], ==, 1);
  g_assert_cmpfloat (ranks[5], ==, 4);
  g_assert_cmpuint (ties.n, ==, 5);
  g_assert_cmpuint (ties.n_missing, ==, 1);
  g_assert_cmpint (dhk_ranks_compute (x + 3, 1, ranks, NULL), ==, DHK_STATS_NO_DATA);
}

/* Rank correlations */

static int
sign (double x)
{
  return (x > 0) - (x < 0);
}

static double
count_score (const double *x, const double *y, guint n)
{
  double score = 0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      score += sign (x[i] - x[j]) * sign (y[i] - y[j]);
  return score;
}

static void
kendall_counts_pairs (void)
{
  for (guint c = 0; c < 500; c++)
    {
      guint n = (guint) g_test_rand_int_range (3, MAX_N);
      double x[MAX_N], y[MAX_N];
      DhkKendall k;

      fill (x, n, c % 2 == 0);
      fill (y, n, c % 3 == 0);
      k = dhk_kendall (x, y, n, CONFIDENCE);
      if (k.status == DHK_STATS_NO_VARIANCE)
        continue;
      g_assert_cmpint (k.status, ==, DHK_STATS_OK);
      g_assert_cmpfloat (k.score, ==, count_score (x, y, n));
      /* τ-b is the correlation of the signs of all pairs */
      assert_close (k.tau, k.score / sqrt (count_score (x, x, n)) / sqrt (count_score (y, y, n)),
                    1e-13);
    }
}

typedef struct
{
  const double *x;
  double y[8];
  guint n;
  gboolean kendall;
  double found;
  guint all;
  guint beyond;
} Orders;

static void
try_orders (Orders *self, guint k)
{
  if (k == self->n)
    {
      double value = self->kendall ? count_score (self->x, self->y, self->n)
                                   : dhk_spearman (self->x, self->y, self->n, CONFIDENCE).rho;

      self->all++;
      self->beyond += fabs (value) > fabs (self->found) - 1e-9;
      return;
    }
  for (guint i = k; i < self->n; i++)
    {
      double kept = self->y[k];

      self->y[k] = self->y[i];
      self->y[i] = kept;
      try_orders (self, k + 1);
      kept = self->y[k];
      self->y[k] = self->y[i];
      self->y[i] = kept;
    }
}

static void
exact_p_counts_orders (void)
{
  for (guint c = 0; c < 40; c++)
    {
      guint n = (guint) g_test_rand_int_range (3, 6);
      double x[8], y[8];
      DhkKendall k;
      DhkSpearman s;
      Orders orders = { .x = x, .n = n };

      fill (x, n, c % 2 == 0);
      fill (y, n, c % 4 < 2);
      k = dhk_kendall (x, y, n, CONFIDENCE);
      s = dhk_spearman (x, y, n, CONFIDENCE);
      if (k.status != DHK_STATS_OK)
        continue;
      memcpy (orders.y, y, sizeof y);
      orders.kendall = TRUE;
      orders.found = k.score;
      try_orders (&orders, 0);
      assert_close (k.exact_p, (double) orders.beyond / orders.all, 1e-12);
      orders.kendall = FALSE;
      orders.found = s.rho;
      orders.all = orders.beyond = 0;
      try_orders (&orders, 0);
      g_assert_cmpint (s.permutation_status, ==, DHK_STATS_OK);
      assert_close (s.permutation_p, (double) orders.beyond / orders.all, 1e-12);
    }
}

/* Correlations */

static void
partial_of_three_columns (void)
{
  for (guint c = 0; c < 500; c++)
    {
      guint n = (guint) g_test_rand_int_range (6, MAX_N);
      double x[MAX_N], y[MAX_N], z[MAX_N], xy, xz, yz;
      const double *controls[] = { z };
      DhkPartialCorrelation p;

      fill (x, n, FALSE);
      fill (y, n, FALSE);
      fill (z, n, FALSE);
      xy = dhk_pearson (x, y, n, CONFIDENCE).r;
      xz = dhk_pearson (x, z, n, CONFIDENCE).r;
      yz = dhk_pearson (y, z, n, CONFIDENCE).r;
      p = dhk_partial_correlation (x, y, controls, 1, n, CONFIDENCE);
      g_assert_cmpint (p.status, ==, DHK_STATS_OK);
      assert_close (p.r, (xy - xz * yz) / sqrt ((1 - xz * xz) * (1 - yz * yz)), 1e-11);
      assert_close (p.part_x, (xy - xz * yz) / sqrt (1 - xz * xz), 1e-11);
      assert_close (p.part_y, (xy - xz * yz) / sqrt (1 - yz * yz), 1e-11);
    }
}

static void
huge_offsets_do_not_count (void)
{
  double x[20], y[20], far_x[20], far_y[20];
  DhkCorrelation near, far;

  for (guint i = 0; i < 20; i++)
    {
      x[i] = g_test_rand_int_range (0, 100) / 4.0;
      y[i] = x[i] + g_test_rand_int_range (0, 100) / 4.0;
      far_x[i] = 1e12 + x[i];
      far_y[i] = -3e12 + y[i];
    }
  near = dhk_pearson (x, y, 20, CONFIDENCE);
  far = dhk_pearson (far_x, far_y, 20, CONFIDENCE);
  assert_close (far.r, near.r, 1e-15);
  assert_close (far.p, near.p, 1e-13);
  assert_close (dhk_pearson_from_r (near.r, 20, CONFIDENCE).ci.low, near.ci.low, 1e-13);
}

/* Meng, Rosenthal and Rubin (1992); Zou (2007), example of overlapping correlations. */
static void
examples_of_differences (void)
{
  DhkOverlappingDifference meng
      = dhk_correlation_difference_overlapping (0.63, -0.03, -0.19, 15, CONFIDENCE);
  DhkOverlappingDifference zou
      = dhk_correlation_difference_overlapping (0.396, 0.179, 0.088, 66, CONFIDENCE);

  g_assert_cmpfloat_with_epsilon (meng.meng_z, 1.68, 0.005);
  g_assert_cmpfloat_with_epsilon (zou.difference_ci.low, -0.093, 0.0005);
  g_assert_cmpfloat_with_epsilon (zou.difference_ci.high, 0.517, 0.0005);
}

static void
differences_turn_round (void)
{
  for (guint c = 0; c < 200; c++)
    {
      double x[MAX_N], y[MAX_N], z[MAX_N], w[MAX_N];
      const double *columns[] = { x, y, z, w }, *turned[] = { z, w, x, y };
      DhkNonoverlappingDifference d, t;

      fill (x, 30, FALSE);
      fill (y, 30, FALSE);
      fill (z, 30, FALSE);
      fill (w, 30, FALSE);
      d = dhk_correlation_difference_nonoverlapping_from_data (columns, 30, CONFIDENCE);
      t = dhk_correlation_difference_nonoverlapping_from_data (turned, 30, CONFIDENCE);
      g_assert_cmpint (d.status, ==, DHK_STATS_OK);
      assert_close (d.steiger_z, -t.steiger_z, 1e-12);
      assert_close (d.dunn_clark_z, -t.dunn_clark_z, 1e-12);
      assert_close (d.difference_ci.low, -t.difference_ci.high, 1e-12);
      g_assert_true (d.difference_ci.low < d.difference && d.difference < d.difference_ci.high);
    }
}

static void
holm_over_a_straight_line (void)
{
  const double x[] = { 1, 2, 3, 4, 5, 6 }, y[] = { 2, 4, 6, 8, 10, 12 }, z[] = { 2, 1, 4, 3, 6, 4 };
  const double *columns[] = { x, y, z };
  DhkCorrelationPair pairs[3];
  DhkCorrelationMatrix m = dhk_correlation_matrix (DHK_CORRELATE_PEARSON, columns, 3, 6, FALSE,
                                                   TRUE, CONFIDENCE, pairs);

  g_assert_cmpint (m.status, ==, DHK_STATS_OK);
  g_assert_cmpint (pairs[0].status, ==, DHK_STATS_PERFECT_FIT);
  g_assert_cmpfloat (pairs[0].r, ==, 1);
  /* the line is the smallest of three */
  assert_close (pairs[1].p_adjusted, 2 * pairs[1].p, 1e-12);
}

/* Tables */

/* All tables of the margins of `counts`, one cell after the other. */
typedef struct
{
  guint n_rows, n_columns;
  double rows[4], columns[4], x[16];
  double limit, p;
} Enumeration;

static double
chance (const Enumeration *self, const double *x)
{
  double value = 0;

  for (guint i = 0; i < self->n_rows * self->n_columns; i++)
    value -= lgamma (x[i] + 1);
  return value;
}

static void
enumerate (Enumeration *self, guint cell, double *sum)
{
  guint i = cell / self->n_columns, j = cell % self->n_columns;

  if (cell == self->n_rows * self->n_columns)
    {
      double value = chance (self, self->x);

      *sum += exp (value);
      self->p += value <= self->limit ? exp (value) : 0;
      return;
    }
  for (double x = 0; x <= fmin (self->rows[i], self->columns[j]); x++)
    {
      /* the last cell of a row or column is what is left */
      if ((j + 1 == self->n_columns && x < self->rows[i])
          || (i + 1 == self->n_rows && x < self->columns[j]))
        continue;
      self->x[cell] = x;
      self->rows[i] -= x;
      self->columns[j] -= x;
      enumerate (self, cell + 1, sum);
      self->rows[i] += x;
      self->columns[j] += x;
    }
}

static void
fisher_counts_tables (void)
{
  for (guint c = 0; c < 150; c++)
    {
      Enumeration all = { (guint) g_test_rand_int_range (2, 4),
                          (guint) g_test_rand_int_range (2, 4),
                          { 0 },
                          { 0 },
                          { 0 },
                          0,
                          0 };
      double counts[16] = { 0 }, turned[16], sum = 0, p, p_turned;
      gboolean empty = FALSE;

      for (guint i = 0; i < 14; i++)
        counts[g_test_rand_int_range (0, (gint) (all.n_rows * all.n_columns))]++;
      for (guint i = 0; i < all.n_rows; i++)
        for (guint j = 0; j < all.n_columns; j++)
          {
            all.rows[i] += counts[i * all.n_columns + j];
            all.columns[j] += counts[i * all.n_columns + j];
            turned[j * all.n_rows + i] = counts[i * all.n_columns + j];
          }
      for (guint i = 0; i < 4; i++)
        empty |= (i < all.n_rows && all.rows[i] < 1) || (i < all.n_columns && all.columns[i] < 1);
      if (empty)
        continue;
      all.limit = chance (&all, counts) + 1e-7;
      enumerate (&all, 0, &sum);
      g_assert_cmpint (dhk_exact_table_p (counts, all.n_rows, all.n_columns, &p), ==, DHK_STATS_OK);
      g_assert_cmpint (dhk_exact_table_p (turned, all.n_columns, all.n_rows, &p_turned), ==,
                       DHK_STATS_OK);
      assert_close (p, all.p / sum, 1e-11);
      assert_close (p_turned, p, 1e-12);
      if (all.n_rows == 2 && all.n_columns == 2)
        assert_close (
            dhk_two_by_two (counts[0], counts[1], counts[2], counts[3], CONFIDENCE).exact_p, p,
            1e-12);
    }
}

static void
tea_tasting (void)
{
  DhkTwoByTwo tea = dhk_two_by_two (3, 1, 1, 3, CONFIDENCE);

  assert_close (tea.exact_p, 34.0 / 70, 1e-14);
  assert_close (tea.exact_p_greater, 17.0 / 70, 1e-14);
  assert_close (tea.sample_odds.estimate, 9, 1e-14);
  g_assert_cmpint (dhk_two_by_two (3, 0, 1, 3, CONFIDENCE).sample_odds.status, ==,
                   DHK_STATS_EMPTY_CELL);
  g_assert_cmpint (dhk_two_by_two (3, 0, 1, 0, CONFIDENCE).status, ==, DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpint (dhk_two_by_two (3, 1.5, 1, 2, CONFIDENCE).exact_status, ==,
                   DHK_STATS_BAD_ARGUMENT);
}

static void
empty_lines_take_no_part (void)
{
  const double with[] = { 5, 0, 2, 0, 0, 0, 1, 0, 7 }, without[] = { 5, 2, 1, 7 };
  DhkCrosstabCell cells[9];
  DhkCrosstab a = dhk_crosstab (with, 3, 3, CONFIDENCE, cells);
  DhkCrosstab b = dhk_crosstab (without, 2, 2, CONFIDENCE, NULL);

  g_assert_cmpint (a.status, ==, DHK_STATS_OK);
  g_assert_cmpfloat (a.df, ==, 1);
  g_assert_cmpfloat (a.chi_squared, ==, b.chi_squared);
  g_assert_cmpfloat (a.exact_p, ==, b.exact_p);
  g_assert_cmpfloat (a.gamma_estimate, ==, b.gamma_estimate);
  g_assert_cmpint (cells[1].status, ==, DHK_STATS_EMPTY_CELL);
  g_assert_cmpint (cells[8].status, ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_crosstab (with, 1, 3, CONFIDENCE, cells).status, ==,
                   DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpfloat (cells[0].total_percent, ==, 500 / 7.0);
}

static void
independence_has_no_association (void)
{
  const double even[] = { 10, 20, 30, 60 }, full[] = { 9, 0, 0, 0, 9, 0, 0, 0, 9 };
  DhkCrosstab a = dhk_crosstab (even, 2, 2, CONFIDENCE, NULL);
  DhkCrosstab b = dhk_crosstab (full, 3, 3, CONFIDENCE, NULL);

  g_assert_cmpfloat (a.chi_squared, ==, 0);
  g_assert_cmpfloat (a.exact_p, ==, 1);
  g_assert_cmpfloat (a.cramers_v_ci.low, ==, 0);
  assert_close (b.cramers_v, 1, 1e-15);
  assert_close (b.gamma_estimate, 1, 1e-15);
  g_assert_cmpfloat (b.cramers_v_ci.high, ==, 1);
}

/* The product of two totals is beyond a double, the expected count is not. */
static void
huge_and_tiny_weights_are_counted (void)
{
  const double counts[] = { 5, 9, 2, 8, 3, 7 };
  DhkCrosstab plain = dhk_crosstab (counts, 2, 3, CONFIDENCE, NULL);

  for (int exponent = -660; exponent <= 660; exponent += 1320)
    {
      double scaled[G_N_ELEMENTS (counts)];
      DhkCrosstabCell cells[G_N_ELEMENTS (counts)];
      DhkCrosstab result;

      for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
        scaled[i] = ldexp (counts[i], exponent);
      result = dhk_crosstab (scaled, 2, 3, CONFIDENCE, cells);
      g_assert_cmpint (result.status, ==, DHK_STATS_OK);
      assert_close (result.cramers_v, plain.cramers_v, 1e-14);
      assert_close (ldexp (result.likelihood_ratio, -exponent), plain.likelihood_ratio, 1e-13);
      assert_close (ldexp (cells[0].expected, -exponent), 16 * 13 / 34.0, 1e-15);
      g_assert_cmpint (result.gamma_status, ==, DHK_STATS_NOT_FINITE);
    }
}

static void
far_too_many_tables (void)
{
  double counts[36], p;

  for (guint i = 0; i < 36; i++)
    counts[i] = 20 + i;
  g_assert_cmpint (dhk_exact_table_p (counts, 6, 6, &p), ==, DHK_STATS_TOO_LARGE);
  g_assert_true (isnan (p));
}

static void
small_samples_have_reasons (void)
{
  const double x[] = { 1, 2, 3, 4, 5 }, y[] = { 1, 2, 3, 4, 5 }, flat[] = { 2, 2, 2, 2, 2 };
  DhkSpearman s = dhk_spearman (x, y, 5, CONFIDENCE);
  DhkKendall k = dhk_kendall (x, y, 5, CONFIDENCE);

  g_assert_cmpint (s.status, ==, DHK_STATS_PERFECT_FIT);
  assert_close (s.permutation_p, 2 / 120.0, 1e-14);
  g_assert_cmpint (k.status, ==, DHK_STATS_OK);
  g_assert_cmpfloat (k.tau, ==, 1);
  assert_close (k.exact_p, 2 / 120.0, 1e-14);
  g_assert_cmpint (k.ci.status, ==, DHK_STATS_PERFECT_FIT);
  g_assert_cmpint (dhk_kendall (x, flat, 5, CONFIDENCE).status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (dhk_spearman (x, y, 2, CONFIDENCE).status, ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (dhk_spearman (NULL, NULL, 0, CONFIDENCE).status, ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (dhk_spearman (x, y, 5, 1).status, ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (dhk_partial_correlation (x, flat, NULL, 0, 5, CONFIDENCE).status, ==,
                   DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (dhk_correlation_difference (0.5, 3, 0.5, 30, CONFIDENCE).status, ==,
                   DHK_STATS_TOO_FEW);
  g_assert_cmpint (dhk_correlation_difference (1, 30, 0.5, 30, CONFIDENCE).status, ==,
                   DHK_STATS_PERFECT_FIT);
  g_assert_cmpint (dhk_correlation_difference_overlapping (0.9, -0.9, 0.9, 30, CONFIDENCE).status,
                   ==, DHK_STATS_BAD_ARGUMENT);
  /* each three of the four can be, all four cannot */
  g_assert_cmpint (dhk_correlation_difference_nonoverlapping (
                       (const double[]){ -0.4, -0.4, -0.4, -0.4, -0.4, -0.4 }, 30, CONFIDENCE)
                       .status,
                   ==, DHK_STATS_BAD_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(function) g_test_add_func ("/stats/association/" #function, function)
  ADD (ranks_are_counts);
  ADD (ranks_of_odd_values);
  ADD (kendall_counts_pairs);
  ADD (exact_p_counts_orders);
  ADD (partial_of_three_columns);
  ADD (huge_offsets_do_not_count);
  ADD (examples_of_differences);
  ADD (differences_turn_round);
  ADD (holm_over_a_straight_line);
  ADD (fisher_counts_tables);
  ADD (tea_tasting);
  ADD (empty_lines_take_no_part);
  ADD (independence_has_no_association);
  ADD (huge_and_tiny_weights_are_counted);
  ADD (far_too_many_tables);
  ADD (small_samples_have_reasons);
  return g_test_run ();
}
