/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws of factor analysis, rotation and parallel analysis, and of the random
 * numbers below them.
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "stats/dhk-factor-analysis.h"
#include "stats/dhk-factor-extraction.h"
#include "stats/dhk-factorability.h"
#include "stats/dhk-parallel-analysis.h"
#include "stats/dhk-random.h"
#include "stats/dhk-rotation.h"

#define MAX_K 12
#define MAX_M 3
#define MAX_N 80

static double
draw (void)
{
  /* near enough to normal: twelve uniform numbers */
  double sum = -6;

  for (int i = 0; i < 12; i++)
    sum += g_test_rand_double ();
  return sum;
}

typedef struct
{
  guint n;
  guint k;
  double columns[MAX_K][MAX_N];
  const double *items[MAX_K];
} Data;

/* Items of `m` factors that correlate. */
static void
make_data (Data *self, guint k, guint m, guint n)
{
  self->n = n;
  self->k = k;
  for (guint i = 0; i < n; i++)
    {
      double general = draw (), factors[MAX_M];

      for (guint f = 0; f < m; f++)
        factors[f] = 0.5 * general + draw ();
      for (guint j = 0; j < k; j++)
        self->columns[j][i] = factors[j % m] + 0.2 * general + 1.2 * draw ();
    }
  for (guint j = 0; j < k; j++)
    self->items[j] = self->columns[j];
}

typedef struct
{
  DhkFactorAnalysis analysis;
  double loadings[MAX_K * MAX_M];
  double phi[MAX_M * MAX_M];
  DhkFactorItem each[MAX_K];
  DhkFactorVariance factors[MAX_M];
} Solution;

static void
solve (Solution *self, const Data *data, const DhkFactorOptions *options)
{
  self->analysis = dhk_factor_analysis (data->items, data->k, data->n, options, self->loadings,
                                        self->phi, self->each, self->factors);
}

#define assert_close(a, b, tolerance) g_assert_cmpfloat (fabs ((a) - (b)), <=, tolerance)

/* Conventions */

static void
check_order_and_signs (const Solution *self)
{
  gsize k = self->analysis.n_items, m = self->analysis.n_factors;

  for (gsize f = 0; f < m; f++)
    {
      double sum = 0;

      for (gsize i = 0; i < k; i++)
        sum += self->loadings[i + f * k];
      g_assert_cmpfloat (sum, >, -1e-6);
      if (f > 0)
        g_assert_cmpfloat (self->factors[f].ss_loadings, <=, self->factors[f - 1].ss_loadings);
    }
}

static double
model_of (const Solution *self, gsize i, gsize j)
{
  gsize k = self->analysis.n_items, m = self->analysis.n_factors;
  double sum = 0;

  for (gsize f = 0; f < m; f++)
    for (gsize g = 0; g < m; g++)
      sum += self->loadings[i + f * k] * self->phi[f + g * m] * self->loadings[j + g * k];
  return sum;
}

/* Whatever the rotation, the correlations that the model says are the same, and so the fit. */
static void
rotation_changes_no_fit (void)
{
  guint n_defined = 0, n_heywood = 0;
  guint seen[DHK_N_STATS_STATUSES] = { 0 };

  for (guint c = 0; c < 1500; c++)
    {
      guint m = (guint) g_test_rand_int_range (1, MAX_M + 1);
      guint k = (guint) g_test_rand_int_range (3 * (gint32) m, MAX_K + 1);
      DhkFactorOptions options = { .n_factors = m,
                                   .estimator = (DhkFactorEstimator) g_test_rand_int_range (0, 2),
                                   .kaiser = g_test_rand_bit () };
      Solution plain, turned;
      Data data;

      make_data (&data, k, m, (guint) g_test_rand_int_range (k + 3, MAX_N));
      solve (&plain, &data, &options);
      seen[plain.analysis.status]++;
      if (plain.analysis.status != DHK_STATS_OK)
        continue;
      n_heywood += plain.analysis.heywood;
      for (int rotation = DHK_ROTATION_VARIMAX; rotation <= DHK_ROTATION_OBLIMIN; rotation++)
        {
          options.rotation = (DhkRotation) rotation;
          solve (&turned, &data, &options);
          seen[turned.analysis.status]++;
          if (turned.analysis.status != DHK_STATS_OK)
            continue;
          n_defined++;
          check_order_and_signs (&turned);
          assert_close (turned.analysis.rmsr, plain.analysis.rmsr, 1e-9);
          for (guint i = 0; i < k; i++)
            for (guint j = 0; j < k; j++)
              assert_close (model_of (&turned, i, j), model_of (&plain, i, j), 1e-9);
        }
    }
  for (guint status = 0; status < DHK_N_STATS_STATUSES; status++)
    if (seen[status] > 0)
      g_test_message ("%s: %u", dhk_stats_status_name ((DhkStatsStatus) status), seen[status]);
  g_test_message ("%u Heywood cases", n_heywood);
  g_assert_cmpuint (n_defined, >, 2000);
  /* both kinds occur, so that both are tried */
  g_assert_cmpuint (n_heywood, >, 0);
}

/* A rotation is a stationary point: oblimin's by its derivatives, in any small turn of one
 * factor; varimax's by those of its criterion, in any plane. */
static double
quartimin (const double *loadings, const double *h, guint k, guint m)
{
  double sum = 0;

  for (guint i = 0; i < k; i++)
    for (guint f = 0; f < m; f++)
      for (guint g = 0; g < m; g++)
        if (f != g)
          sum += pow (loadings[i + f * k] * loadings[i + g * k] / (h[i] * h[i]), 2);
  return sum;
}

/* T → T + e (one column to the other), brought back to length 1; loadings go by the inverse. */
static double
quartimin_near (const Solution *self, guint f, guint g, double e)
{
  gsize k = self->analysis.n_items, m = self->analysis.n_factors;
  double moved[MAX_K * MAX_M], h[MAX_K];
  double length = sqrt (1 + 2 * e * self->phi[f + g * m] + e * e);

  memcpy (moved, self->loadings, sizeof moved);
  for (gsize i = 0; i < k; i++)
    {
      h[i] = sqrt (self->each[i].communality);
      moved[i + g * k] -= e * self->loadings[i + f * k];
      moved[i + f * k] *= length;
    }
  return quartimin (moved, h, (guint) k, (guint) m);
}

static void
oblimin_is_stationary (void)
{
  for (guint c = 0; c < 200; c++)
    {
      DhkFactorOptions options
          = { .n_factors = 2 + c % 2, .rotation = DHK_ROTATION_OBLIMIN, .kaiser = true };
      Solution solution;
      Data data;

      make_data (&data, 9, (guint) options.n_factors, 60);
      solve (&solution, &data, &options);
      if (solution.analysis.status != DHK_STATS_OK)
        continue;
      for (guint f = 0; f < options.n_factors; f++)
        for (guint g = 0; g < options.n_factors; g++)
          if (f != g)
            {
              double up = quartimin_near (&solution, f, g, 1e-4);
              double down = quartimin_near (&solution, f, g, -1e-4);

              /* factor f moved towards g: the first derivative is zero, the second is not below */
              assert_close ((up - down) / 2e-4, 0, 1e-5);
              g_assert_cmpfloat (up + down - 2 * quartimin_near (&solution, f, g, 0), >=, -1e-12);
            }
    }
}

/* Known answers */

/* Loadings of .8, .6 and .5 give correlations of .48, .40 and .30, and the other way round. */
static void
one_factor_is_found (void)
{
  const double lambda[] = { 0.8, 0.6, 0.5 };
  double r[9], loadings[3], uniqueness[3];
  bool heywood;

  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      r[j + 3 * i] = i == j ? 1 : lambda[i] * lambda[j];
  for (int estimator = DHK_FACTOR_MINRES; estimator <= DHK_FACTOR_ML; estimator++)
    {
      g_assert_cmpint (dhk_factor_extract (r, 3, 1, (DhkFactorEstimator) estimator, loadings,
                                           uniqueness, &heywood),
                       ==, DHK_STATS_OK);
      g_assert_false (heywood);
      for (int i = 0; i < 3; i++)
        {
          assert_close (fabs (loadings[i]), lambda[i], 1e-13);
          assert_close (uniqueness[i], 1 - lambda[i] * lambda[i], 1e-13);
        }
    }
}

/* r12 r13 / r23 = 1.26: a loading above 1. */
static void
heywood_is_told (void)
{
  const double r[] = { 1, 0.7, 0.9, 0.7, 1, 0.5, 0.9, 0.5, 1 };
  double loadings[3], uniqueness[3];

  for (int estimator = DHK_FACTOR_MINRES; estimator <= DHK_FACTOR_ML; estimator++)
    {
      bool heywood = false;

      g_assert_cmpint (dhk_factor_extract (r, 3, 1, (DhkFactorEstimator) estimator, loadings,
                                           uniqueness, &heywood),
                       ==, DHK_STATS_OK);
      g_assert_true (heywood);
      g_assert_cmpfloat_with_epsilon (uniqueness[0], DHK_FACTOR_BOUND, 1e-15);
    }
}

static void
varimax_finds_simple_structure (void)
{
  double angle = 0.4, loadings[12];

  /* two factors of three items each, turned */
  for (int i = 0; i < 6; i++)
    {
      double size = 0.5 + 0.05 * i;

      loadings[i] = size * (i < 3 ? cos (angle) : sin (angle));
      loadings[i + 6] = size * (i < 3 ? -sin (angle) : cos (angle));
    }
  g_assert_cmpint (dhk_rotate_varimax (loadings, 6, 2, true), ==, DHK_STATS_OK);
  for (int i = 0; i < 6; i++)
    {
      assert_close (fmin (fabs (loadings[i]), fabs (loadings[i + 6])), 0, 1e-14);
      assert_close (fmax (fabs (loadings[i]), fabs (loadings[i + 6])), 0.5 + 0.05 * i, 1e-14);
    }
}

/* What cannot be computed */

static void
options_are_checked (void)
{
  DhkFactorOptions options = { .n_factors = 3 };
  DhkParallelOptions parallel = { .n_sets = 0, .quantile = 0.95 };
  DhkParallelComponent components[MAX_K];
  Solution solution;
  Data data;

  make_data (&data, 5, 1, 40);
  solve (&solution, &data, &options); /* five items carry two */
  g_assert_cmpint (solution.analysis.status, ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_true (isnan (solution.loadings[0]) && isnan (solution.phi[0]));
  options.n_factors = 2;
  solve (&solution, &data, &options);
  g_assert_cmpint (solution.analysis.status, ==, DHK_STATS_OK);
  options.n_factors = 0;
  solve (&solution, &data, &options);
  g_assert_cmpint (solution.analysis.status, ==, DHK_STATS_BAD_ARGUMENT);
  data.k = 2;
  solve (&solution, &data, &(DhkFactorOptions){ .n_factors = 1 });
  g_assert_cmpint (solution.analysis.status, ==, DHK_STATS_TOO_FEW_ITEMS);

  data.k = 5;
  g_assert_cmpint (dhk_parallel_analysis (data.items, 5, 40, &parallel, components).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
  parallel.n_sets = 5;
  parallel.quantile = 1;
  g_assert_cmpint (dhk_parallel_analysis (data.items, 5, 40, &parallel, components).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
  parallel.quantile = 0.5;
  g_assert_cmpint (dhk_parallel_analysis (data.items, 1, 40, &parallel, components).status, ==,
                   DHK_STATS_TOO_FEW_ITEMS);
}

/* Each pair of columns in its own rows: correlations of 1, 1 and −1, which no data have. */
static void
pairs_that_contradict (void)
{
  double columns[3][12];
  const double *items[] = { columns[0], columns[1], columns[2] };
  DhkSamplingAdequacy each[3];
  DhkEigenvalue values[3];
  DhkFactorability result;

  for (int i = 0; i < 12; i++)
    {
      columns[0][i] = i / 4 == 1 ? NAN : i;
      columns[1][i] = i / 4 == 2 ? NAN : i;
      columns[2][i] = i / 4 == 0 ? NAN : i / 4 == 2 ? -i : i;
    }
  result = dhk_factorability (items, 3, 12, DHK_DELETION_PAIRWISE, each);
  g_assert_cmpuint (result.n, ==, 4);
  g_assert_cmpint (result.status, ==, DHK_STATS_INDEFINITE);
  g_assert_cmpint (each[2].status, ==, DHK_STATS_INDEFINITE);
  g_assert_cmpint (dhk_factorability (items, 3, 12, DHK_DELETION_LISTWISE, NULL).status, ==,
                   DHK_STATS_NO_DATA);
  g_assert_cmpint (dhk_eigenvalues (items, 3, 12, DHK_DELETION_PAIRWISE, values).status, ==,
                   DHK_STATS_OK);
  assert_close (values[0].value, 2, 1e-14);
  assert_close (values[2].value, -1, 1e-14);
  assert_close (values[2].cumulative_share, 1, 1e-14);
}

/* Random numbers */

/* The published first numbers of xoshiro256** from the state that SplitMix64 makes of 0. */
static void
sequence_is_fixed (void)
{
  DhkRandom a, b;

  dhk_random_init (&a, 0);
  dhk_random_init (&b, 0);
  /* 0x99ec5f36cb75f2b4, the first of this generator after SplitMix64 (0), its upper 52 bits */
  g_assert_cmpfloat (dhk_random_uniform (&a), ==,
                     ((double) (G_GUINT64_CONSTANT (0x99ec5f36cb75f2b4) >> 12) + 0.5) * 0x1p-52);
  g_assert_cmpfloat (dhk_random_uniform (&b), ==,
                     ((double) (G_GUINT64_CONSTANT (0x99ec5f36cb75f2b4) >> 12) + 0.5) * 0x1p-52);
  for (int i = 0; i < 1000; i++)
    g_assert_cmpfloat (dhk_random_uniform (&a), ==, dhk_random_uniform (&b));
}

/* Means and variances within five standard errors. */
static void
chi_squared_has_its_moments (void)
{
  static const double df[] = { 1, 2, 3, 7.5, 100 };
  enum
  {
    N = 20000
  };

  for (guint d = 0; d < G_N_ELEMENTS (df); d++)
    {
      double sum = 0, squares = 0, mean, variance;
      DhkRandom random;

      dhk_random_init (&random, 42 + d);
      for (int i = 0; i < N; i++)
        {
          double x = dhk_random_chi_squared (&random, df[d]);

          sum += x;
          squares += (x - df[d]) * (x - df[d]);
        }
      mean = sum / N;
      variance = squares / N;
      assert_close (mean, df[d], 5 * sqrt (2 * df[d] / N));
      /* the fourth moment of χ² about its mean is 12 df² + 48 df */
      assert_close (variance, 2 * df[d], 5 * sqrt ((8 * df[d] * df[d] + 48 * df[d]) / N));
    }
}

static void
parallel_analysis_repeats (void)
{
  DhkParallelOptions options = { .n_sets = 50, .seed = 9, .quantile = 0.95 };
  DhkParallelComponent one[8], other[8];
  DhkParallelAnalysis a, b;
  double total = 0;
  Data data;

  make_data (&data, 8, 2, 70);
  a = dhk_parallel_analysis (data.items, 8, 70, &options, one);
  b = dhk_parallel_analysis (data.items, 8, 70, &options, other);
  g_assert_cmpint (a.status, ==, DHK_STATS_OK);
  g_assert_cmpuint (a.n_factors, ==, b.n_factors);
  for (int i = 0; i < 8; i++)
    {
      g_assert_cmpfloat (one[i].random_mean, ==, other[i].random_mean);
      g_assert_cmpint (one[i].is_kept, ==, (gsize) i < a.n_factors);
      total += one[i].random_mean;
    }
  /* the eigenvalues of any correlation matrix add up to the number of items */
  assert_close (total, 8, 1e-12);
  options.seed = 10;
  dhk_parallel_analysis (data.items, 8, 70, &options, other);
  g_assert_cmpfloat (fabs (one[0].random_mean - other[0].random_mean), >, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/stats/structure/" #name, name)
  ADD (rotation_changes_no_fit);
  ADD (oblimin_is_stationary);
  ADD (one_factor_is_found);
  ADD (heywood_is_told);
  ADD (varimax_finds_simple_structure);
  ADD (options_are_checked);
  ADD (pairs_that_contradict);
  ADD (sequence_is_fixed);
  ADD (chi_squared_has_its_moments);
  ADD (parallel_analysis_repeats);
  return g_test_run ();
}
