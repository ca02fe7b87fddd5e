/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Several means: the noncentral distributions against values of 120 digits and
 * against each other, and the laws that tie one analysis to another. The seed of
 * the random data is printed.
 */

#include "stats/dhk-ancova.h"
#include "stats/dhk-anova-repeated.h"
#include "stats/dhk-anova-two-way.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-effect-size-anova.h"
#include "stats/dhk-noncentral-f.h"
#include "stats/dhk-noncentral-t.h"
#include "stats/dhk-rank-anova.h"
#include "stats/dhk-ttest.h"
#include "stats/dhk-welch-anova.h"

#include <glib.h>
#include <math.h>

#define CONFIDENCE 0.95
#define MOST_ROWS 60
#define N_TRIALS 500

static void
assert_close (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance * fabs (expected)))
    g_error ("%.17g is not %.17g (seed of the run above)", value, expected);
}

/* Distributions */

typedef struct
{
  double x;
  double df1;
  double df2;
  double lambda;
  double lower;
  double upper;
} NoncentralF;

/* Poisson mixtures added up in mpmath with 120 digits */
static const NoncentralF noncentral_f[] = {
  { 0.5, 2, 27, 3.0, 0.12209601961616451, 0.87790398038383549 },
  { 4.85, 2, 27, 0.3, 0.97506865210579073, 0.024931347894209275 },
  { 4.85, 2, 27, 25.96, 0.025071680978320612, 0.97492831902167939 },
  { 67.4, 2, 57, 208.6, 0.024933590825895278, 0.97506640917410472 },
  { 1.2, 4, 2476, 0.5, 0.62770257141233647, 0.37229742858766353 },
  { 3.0, 4, 2476, 60.0, 2.5521361819726109e-6, 0.99999744786381803 },
  { 0.02, 3, 10, 8.0, 7.9803902361626091e-5, 0.99992019609763837 },
  { 12, 1, 1, 2.0, 0.67870970125211325, 0.32129029874788675 },
  { 250, 5, 3, 10.0, 0.99806303888217006, 0.0019369611178299364 },
  { 30, 7, 475, 90.0, 0.99999114284066918, 8.8571593308215179e-6 },
  { 2.5, 12.5, 3.5, 20.0, 0.40454808331578224, 0.59545191668421776 },
  { 1.9, 50, 3000, 0.1, 0.99983787677423487, 0.00016212322576513046 },
  { 0.05, 1, 5, 30.0, 6.8568908491616692e-8, 0.99999993143109151 },
  { 9.0, 1, 99996, 9.0, 0.49999700685193886, 0.50000299314806114 },
  { 1.6, 300, 60, 200.0, 0.39954460713601015, 0.60045539286398985 },
};
static const NoncentralF noncentral_chi_squared[] = {
  { 1.0, 2, INFINITY, 0.5, 0.32435070370509548, 0.67564929629490452 },
  { 7.8, 3, INFINITY, 4.0, 0.64039486214504868, 0.35960513785495132 },
  { 30.0, 4, INFINITY, 9.0, 0.98256699108443534, 0.017433008915564665 },
  { 0.3, 1, INFINITY, 20.0, 4.3212116196077478e-5, 0.99995678788380392 },
  { 500.0, 6, INFINITY, 420.0, 0.95994003877097356, 0.040059961229026439 },
  { 1000.0, 12, INFINITY, 1300.0, 2.1582456079769757e-6, 0.99999784175439202 },
};

static void
noncentral_f_has_known_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (noncentral_f); i++)
    {
      const NoncentralF *known = &noncentral_f[i];
      double upper = dhk_noncentral_f_upper (known->x, known->df1, known->df2, known->lambda);

      assert_close (upper, known->upper, 1e-13);
      assert_close (dhk_noncentral_f_lower (known->x, known->df1, known->df2, known->lambda),
                    known->lower, 1e-13);
      assert_close (dhk_noncentral_f_lambda (known->x, known->df1, known->df2, known->upper),
                    known->lambda, known->upper > 0.999 ? 1e-9 : 1e-11);
    }
}

static void
noncentral_chi_squared_has_known_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (noncentral_chi_squared); i++)
    {
      const NoncentralF *known = &noncentral_chi_squared[i];

      assert_close (dhk_noncentral_chi_squared_upper (known->x, known->df1, known->lambda),
                    known->upper, 1e-13);
      assert_close (dhk_noncentral_chi_squared_lower (known->x, known->df1, known->lambda),
                    known->lower, 1e-13);
      assert_close (dhk_noncentral_chi_squared_lambda (known->x, known->df1, known->upper),
                    known->lambda, known->upper > 0.999 ? 1e-9 : 1e-11);
    }
}

static void
noncentral_f_agrees_with_its_kin (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20241);

  g_test_message ("seed 20241");
  for (int i = 0; i < N_TRIALS; i++)
    {
      double df1 = g_rand_int_range (rand, 1, 9), df2 = g_rand_int_range (rand, 1, 900);
      double f = exp (g_rand_double_range (rand, -3, 3));
      double delta = g_rand_double_range (rand, 0, 6), t = sqrt (f);
      double both
          = dhk_noncentral_t_upper (t, df2, delta) + dhk_noncentral_t_lower (-t, df2, delta);

      assert_close (dhk_noncentral_f_upper (f, df1, df2, 0), dhk_f_upper (f, df1, df2), 1e-15);
      assert_close (dhk_noncentral_f_upper (f, 1, df2, delta * delta), both, 1e-11);
      assert_close (dhk_noncentral_f_upper (f, df1, INFINITY, delta),
                    dhk_noncentral_chi_squared_upper (f * df1, df1, delta), 1e-14);
      assert_close (dhk_noncentral_f_upper (f, df1, df2, delta)
                        + dhk_noncentral_f_lower (f, df1, df2, delta),
                    1, 1e-14);
    }
}

/* The sum and the integral meet where one takes over from the other. */
static void
noncentral_f_is_continuous (void)
{
  double before = dhk_noncentral_f_upper (1e8 / 3, 3, 20, 99999999);
  double after = dhk_noncentral_f_upper (1e8 / 3, 3, 20, 100000001);

  assert_close (before, after, 1e-7);
  assert_close (dhk_noncentral_f_lambda (1e20, 3, 475, 0.975) / 1e20,
                dhk_noncentral_f_lambda (1e12, 3, 475, 0.975) / 1e12, 1e-9);
}

static void
noncentral_f_survives_anything (void)
{
  const double wild[] = { NAN, INFINITY, -INFINITY, -1, 0, 0.05, 1, 2.5, 1e4, 1e15, 1e300 };
  gsize n = G_N_ELEMENTS (wild);

  for (gsize i = 0; i < n * n * n * n; i++)
    {
      double x = wild[i % n], df1 = wild[i / n % n], df2 = wild[i / n / n % n];
      double lambda = wild[i / n / n / n];
      double p = dhk_noncentral_f_upper (x, df1, df2, lambda);

      g_assert_true (isnan (p) || (p >= 0 && p <= 1));
      p = dhk_noncentral_f_lambda (x, df1, df2, lambda);
      g_assert_true (isnan (p) || p >= 0);
      p = dhk_noncentral_chi_squared_lower (x, df1, lambda);
      g_assert_true (isnan (p) || (p >= 0 && p <= 1));
    }
}

/* Analyses */

typedef struct
{
  gsize n;
  double y[MOST_ROWS];
  double x[MOST_ROWS];
  int a[MOST_ROWS];
  int b[MOST_ROWS];
} Sample;

/* Quarters, so that a far origin can be added without rounding */
static void
draw (Sample *self, GRand *rand)
{
  self->n = (gsize) g_rand_int_range (rand, 24, MOST_ROWS);
  for (gsize i = 0; i < self->n; i++)
    {
      self->a[i] = (int) (i % 2);
      self->b[i] = (int) (i / 2 % 3);
      self->x[i] = g_rand_int_range (rand, 0, 80) / 4.0;
      self->y[i] = g_rand_int_range (rand, 0, 40) / 4.0 + self->a[i] + self->x[i] / 8;
      self->y[i] = round (self->y[i] * 4) / 4;
    }
}

static void
two_occasions_are_a_paired_t_test (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20242);
  Sample sample;

  g_test_message ("seed 20242");
  for (int i = 0; i < N_TRIALS; i++)
    {
      const double *columns[] = { sample.x, sample.y };
      DhkAnovaRepeated anova;
      DhkTTestPaired test;

      draw (&sample, rand);
      anova = dhk_anova_repeated (columns, 2, sample.n, CONFIDENCE, NULL);
      test = dhk_t_test_paired (sample.x, sample.y, sample.n, CONFIDENCE);
      g_assert_cmpint (anova.status, ==, DHK_STATS_OK);
      assert_close (anova.f, test.t * test.t, 1e-12);
      assert_close (anova.p, test.p, 1e-11);
      assert_close (anova.greenhouse_geisser.epsilon, 1, 1e-14);
      g_assert_cmpint (anova.mauchly.status, ==, DHK_STATS_TOO_FEW_GROUPS);
    }
}

/* Two factors and their interaction explain what one factor of all cells does. */
static void
cells_are_groups (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20243);
  Sample sample;

  g_test_message ("seed 20243");
  for (int i = 0; i < N_TRIALS; i++)
    {
      DhkAnovaTwoWay types[3];
      DhkAnova cells;
      int cell[MOST_ROWS];

      draw (&sample, rand);
      for (gsize j = 0; j < sample.n; j++)
        cell[j] = sample.a[j] * 3 + sample.b[j];
      cells = dhk_anova_one_way (sample.y, cell, sample.n, 6);
      for (int type = 0; type < 3; type++)
        {
          types[type] = dhk_anova_two_way (sample.y, sample.a, 2, sample.b, 3, sample.n,
                                           (DhkSumOfSquares) type, CONFIDENCE, NULL, NULL, NULL);
          assert_close (types[type].ss_error, cells.ss_within, 1e-14);
          assert_close (types[type].ss_total, cells.ss_total, 1e-14);
          assert_close (types[type].interaction.ss, types[0].interaction.ss, 1e-11);
        }
      assert_close (types[0].first.ss + types[0].second.ss + types[0].interaction.ss,
                    cells.ss_between, 1e-13);
      assert_close (types[0].second.ss, types[1].second.ss, 1e-12);
      if (sample.n % 6 == 0)
        assert_close (types[2].first.ss, types[0].first.ss, 1e-10);
    }
}

static void
a_far_origin_changes_nothing (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20244);
  Sample sample, far;

  g_test_message ("seed 20244");
  for (int i = 0; i < N_TRIALS / 10; i++)
    {
      const double *near_x[] = { sample.x }, *far_x[] = { far.x };
      const double *near_columns[] = { sample.x, sample.y }, *far_columns[] = { far.x, far.y };
      DhkAncova one, other;
      DhkAnovaTwoWay table, far_table;

      draw (&sample, rand);
      far = sample;
      for (gsize j = 0; j < far.n; j++)
        {
          far.x[j] += 1e12;
          far.y[j] += 1e12;
        }
      one = dhk_ancova (sample.y, sample.a, sample.n, 2, near_x, 1, CONFIDENCE, NULL, NULL);
      other = dhk_ancova (far.y, far.a, far.n, 2, far_x, 1, CONFIDENCE, NULL, NULL);
      assert_close (other.group.ss, one.group.ss, 1e-11);
      assert_close (other.ss_error, one.ss_error, 1e-13);
      assert_close (other.slopes.f, one.slopes.f, 1e-10);
      table = dhk_anova_two_way (sample.y, sample.a, 2, sample.b, 3, sample.n,
                                 DHK_SUM_OF_SQUARES_III, CONFIDENCE, NULL, NULL, NULL);
      far_table = dhk_anova_two_way (far.y, far.a, 2, far.b, 3, far.n, DHK_SUM_OF_SQUARES_III,
                                     CONFIDENCE, NULL, NULL, NULL);
      assert_close (far_table.first.ss, table.first.ss, 1e-11);
      assert_close (far_table.ss_error, table.ss_error, 1e-14);
      assert_close (dhk_anova_repeated (far_columns, 2, far.n, CONFIDENCE, NULL).ss_error,
                    dhk_anova_repeated (near_columns, 2, sample.n, CONFIDENCE, NULL).ss_error,
                    1e-14);
    }
}

/* Welch's F of two groups is Welch's t squared; with equal n Brown and Forsythe's F is the plain one. */
static void
robust_tests_know_their_kin (void)
{
  const DhkSummary groups[] = { { 12, 3.1, 0.9 }, { 31, 3.9, 1.4 }, { 0, NAN, NAN } };
  const DhkSummary equal[] = { { 20, 3.1, 0.9 }, { 20, 3.5, 1.1 }, { 20, 4.2, 1.0 } };
  DhkMeansTest welch = dhk_welch_anova (groups, 3);
  DhkTTest test = dhk_t_test_from_summary (DHK_T_WELCH, groups[0], groups[1], CONFIDENCE);

  g_assert_cmpuint (welch.n_groups, ==, 2);
  assert_close (welch.f, test.t * test.t, 1e-13);
  assert_close (welch.df2, test.df, 1e-13);
  assert_close (welch.p, test.p, 1e-12);
  assert_close (dhk_brown_forsythe_means (equal, 3).f, dhk_anova_from_summary (equal, 3).f, 1e-13);
}

/* 1e15 is so far that the means, as doubles, hold no more than an eighth. */
static void
robust_tests_reach_far_origins (void)
{
  const double near_values[] = { 1, 2, 4, 4, 7, 2, 5, 6, 9, 8, 3, 3, 5, NAN, 12 };
  const int group[] = { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2 };
  double far_values[G_N_ELEMENTS (near_values)];
  DhkSummary groups[3];

  for (gsize i = 0; i < G_N_ELEMENTS (far_values); i++)
    far_values[i] = near_values[i] + 1e15;
  groups[0] = dhk_summarise (near_values, 6);
  groups[1] = dhk_summarise (near_values + 6, 4);
  groups[2] = dhk_summarise (near_values + 10, 5);
  assert_close (dhk_welch_anova_of_values (far_values, group, 15, 3).f,
                dhk_welch_anova (groups, 3).f, 1e-13);
  assert_close (dhk_brown_forsythe_means_of_values (far_values, group, 15, 3).p,
                dhk_brown_forsythe_means (groups, 3).p, 1e-13);
}

/* Two occasions without ties: χ² is that of the sign test. */
static void
friedman_of_two_is_the_sign_test (void)
{
  const double before[] = { 3, 5, 2, 8, 7, NAN, 4 }, after[] = { 4, 6, 1, 9, 9, 3, 5 };
  const double *columns[] = { before, after };
  DhkFriedman result = dhk_friedman (columns, 2, 7, NULL);

  g_assert_cmpuint (result.n, ==, 6);
  g_assert_cmpuint (result.n_missing, ==, 1);
  assert_close (result.chi_squared, (5 - 1) * (5 - 1) / 6.0, 1e-15);
}

static void
mean_ranks_add_up (void)
{
  const double values[] = { 2, 2, 5, 1, 9, 9, 9, INFINITY };
  const int group[] = { 0, 1, 0, 2, 1, 2, -1, 0 };
  DhkMeanRank ranks[4];
  DhkKruskalWallis result = dhk_kruskal_wallis (values, group, 8, 4, ranks);
  double sum = 0;

  g_assert_cmpint (result.status, ==, DHK_STATS_OK);
  g_assert_cmpint (ranks[3].status, ==, DHK_STATS_NO_DATA);
  for (int g = 0; g < 3; g++)
    sum += ranks[g].mean_rank * (double) ranks[g].n;
  assert_close (sum, 7 * 8 / 2, 1e-15);
}

static void
an_empty_cell_has_no_type_iii (void)
{
  const double values[] = { 1, 2, 4, 3, 5, 9 };
  const int a[] = { 0, 0, 0, 0, 1, 1 }, b[] = { 0, 0, 1, 1, 0, 0 };
  DhkAnovaMargin margins[2];
  DhkAnovaTwoWay result = dhk_anova_two_way (values, a, 2, b, 2, 6, DHK_SUM_OF_SQUARES_III,
                                             CONFIDENCE, NULL, margins, NULL);

  g_assert_cmpint (result.status, ==, DHK_STATS_EMPTY_CELL);
  g_assert_cmpint (margins[1].marginal_status, ==, DHK_STATS_EMPTY_CELL);
  assert_close (margins[0].marginal_mean, 2.5, 1e-15);
  result = dhk_anova_two_way (values, a, 2, b, 2, 6, DHK_SUM_OF_SQUARES_II, CONFIDENCE, NULL, NULL,
                              NULL);
  g_assert_cmpint (result.status, ==, DHK_STATS_OK);
  g_assert_cmpint (result.interaction.status, ==, DHK_STATS_SINGULAR);
  g_assert_cmpint (result.first.status, ==, DHK_STATS_OK);
}

/* The interval of an effect holds the λ for which half of all F are larger: the value that
 * inverts the test. */
static void
effect_intervals_invert_the_test (void)
{
  guint seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 10000; i++)
    {
      double df1 = g_rand_int_range (rand, 1, 12), df2 = g_rand_int_range (rand, 2, 600);
      double f = exp (g_rand_double_range (rand, -3, 4)), n = df1 + df2 + 1;
      DhkAnovaEffect effect
          = dhk_anova_effect (f, df1, df2, n, g_rand_double_range (rand, 0.5, 0.99));
      double middle = dhk_noncentral_f_lambda (f, df1, df2, 0.5);

      g_assert_cmpint (effect.status, ==, DHK_STATS_OK);
      if (!(effect.lambda_ci.low <= middle && middle <= effect.lambda_ci.high)
          || !(effect.eta_squared_ci.low <= middle / (middle + n)
               && middle / (middle + n) <= effect.eta_squared_ci.high))
        g_error ("F(%g, %g) = %.17g: %.17g is outside (seed %u)", df1, df2, f, middle, seed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/more/noncentral-f/known", noncentral_f_has_known_values);
  g_test_add_func ("/stats/more/noncentral-chi-squared/known",
                   noncentral_chi_squared_has_known_values);
  g_test_add_func ("/stats/more/noncentral-f/kin", noncentral_f_agrees_with_its_kin);
  g_test_add_func ("/stats/more/noncentral-f/continuous", noncentral_f_is_continuous);
  g_test_add_func ("/stats/more/noncentral-f/anything", noncentral_f_survives_anything);
  g_test_add_func ("/stats/more/two-occasions", two_occasions_are_a_paired_t_test);
  g_test_add_func ("/stats/more/cells", cells_are_groups);
  g_test_add_func ("/stats/more/far-origin", a_far_origin_changes_nothing);
  g_test_add_func ("/stats/more/robust", robust_tests_know_their_kin);
  g_test_add_func ("/stats/more/robust-far", robust_tests_reach_far_origins);
  g_test_add_func ("/stats/more/friedman-of-two", friedman_of_two_is_the_sign_test);
  g_test_add_func ("/stats/more/mean-ranks", mean_ranks_add_up);
  g_test_add_func ("/stats/more/empty-cell", an_empty_cell_has_no_type_iii);
  g_test_add_func ("/stats/more/effect-intervals", effect_intervals_invert_the_test);
  return g_test_run ();
}
