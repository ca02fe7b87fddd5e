/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What must hold for the random-intercept model whatever the data are.
 */

#include "stats/dhk-anova.h"
#include "stats/dhk-random-intercept.h"

#include <glib.h>
#include <math.h>

#define CLUSTERS 12
#define SIZE 5
#define N (CLUSTERS * SIZE)
#define N_CASES 200

#define assert_close(a, b, tolerance)                                                              \
  g_assert_cmpfloat_with_epsilon (a, b, (tolerance) * (fabs (b) + 1e-300))

typedef struct
{
  double y[N];
  double x[2][N];
  const double *columns[2];
  int cluster[N];
} Data;

static void
fill (Data *self, GRand *random)
{
  double shift[CLUSTERS];

  for (guint c = 0; c < CLUSTERS; c++)
    shift[c] = g_rand_int_range (random, -20, 20);
  for (guint i = 0; i < N; i++)
    {
      self->cluster[i] = (int) (i % CLUSTERS);
      for (guint j = 0; j < 2; j++)
        self->x[j][i] = g_rand_int_range (random, -50, 50);
      self->y[i] = g_rand_int_range (random, -30, 30) + shift[self->cluster[i]] + self->x[0][i];
    }
  self->columns[0] = self->x[0];
  self->columns[1] = self->x[1];
}

static void
for_random_data (void (*law) (Data *data))
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Data data;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < N_CASES; i++)
    {
      fill (&data, random);
      law (&data);
    }
}

/* Clusters of one size and no predictor: the estimates are those of the analysis of variance. */
static void
check_balanced (Data *data)
{
  DhkRandomIntercept model = dhk_random_intercept (data->y, NULL, 0, data->cluster, CLUSTERS, N,
                                                   DHK_LIKELIHOOD_REML, 0.95, NULL);
  DhkAnova anova = dhk_anova_one_way (data->y, data->cluster, N, CLUSTERS);
  double between = anova.ss_between / anova.df1, variance = (between - anova.mse) / SIZE;

  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  g_assert_cmpint (model.at_boundary, ==, variance <= 0);
  if (variance > 0)
    {
      g_assert_cmpfloat_with_epsilon (model.between_variance, variance, 1e-12 * between);
      assert_close (model.within_variance, anova.mse, 1e-13);
      assert_close (model.intercept.se, sqrt (between / N), 1e-13);
      assert_close (model.intercept.test.df, (double) (CLUSTERS - 1), 1e-9);
      g_assert_cmpfloat (model.icc_ci.low, <=, model.icc);
      g_assert_cmpfloat (model.icc_ci.high, >=, model.icc);
    }
  else
    {
      g_assert_cmpfloat (model.icc, ==, 0);
      g_assert_cmpfloat (model.variance_test.chi_squared, ==, 0);
      assert_close (model.within_variance, (anova.ss_between + anova.ss_within) / (N - 1), 1e-13);
    }
  g_assert_cmpuint (model.smallest_cluster, ==, SIZE);
  assert_close (model.design_effect, model.design_effect_kish, 1e-15);
}

static void
equal_clusters_are_an_analysis_of_variance (void)
{
  for_random_data (check_balanced);
}

/* Neither huge offsets nor the numbering of the clusters change anything. */
static void
check_invariance (Data *data)
{
  DhkRandomInterceptTerm near[2], far[2];
  DhkRandomIntercept model, moved;

  for (guint i = 0; i < N; i += 7)
    data->cluster[i] = -1;
  model = dhk_random_intercept (data->y, data->columns, 2, data->cluster, CLUSTERS, N,
                                DHK_LIKELIHOOD_ML, 0.9, near);
  for (guint i = 0; i < N; i++)
    {
      data->y[i] = 8 * (data->y[i] + 1e11);
      data->x[1][i] += 1e12;
      if (data->cluster[i] >= 0)
        data->cluster[i] = 3 * (CLUSTERS - data->cluster[i]);
    }
  moved = dhk_random_intercept (data->y, data->columns, 2, data->cluster, 3 * CLUSTERS + 1, N,
                                DHK_LIKELIHOOD_ML, 0.9, far);
  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  g_assert_cmpint (moved.status, ==, DHK_STATS_OK);
  g_assert_cmpuint (model.n_missing, ==, (N + 6) / 7);
  g_assert_cmpuint (model.n_clusters, ==, moved.n_clusters);
  for (guint j = 0; j < 2; j++)
    {
      /* A coefficient near zero is the difference of larger numbers: its error is of their size. */
      g_assert_cmpfloat_with_epsilon (far[j].b, 8 * near[j].b,
                                      1e-11 * MAX (fabs (8 * near[j].b), 8 * near[j].se));
      assert_close (far[j].se, 8 * near[j].se, 1e-11);
      assert_close (far[j].test.df, near[j].test.df, 1e-9);
    }
  g_assert_cmpfloat_with_epsilon (moved.icc, model.icc, 1e-12);
  g_assert_cmpfloat_with_epsilon (moved.icc_ci.high, model.icc_ci.high, 1e-11);
}

static void
offsets_and_numbering_change_nothing (void)
{
  for_random_data (check_invariance);
}

static void
undefined_models_say_why (void)
{
  const double y[] = { 1, 2, 4, 3, 6, 5, 8, 9 }, level[] = { 1, 1, 1, 1, 2, 2, 2, 2 };
  const double flat[] = { 1, 1, 1, 1, 5, 5, 2, 2 };
  const int two[] = { 0, 0, 0, 0, 1, 1, 1, 1 }, own[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
  const int three[] = { 0, 0, 0, 0, 1, 1, 2, 2 }, none[] = { -1, -1, -1, -1, -1, -1, -1, -1 };
  const double *columns[] = { level };
  DhkRandomInterceptTerm term;

#define status_of(value, n_predictors, cluster, n, confidence)                                     \
  dhk_random_intercept (value, columns, n_predictors, cluster, 8, n, DHK_LIKELIHOOD_REML,          \
                        confidence, &term)                                                         \
      .status
  g_assert_cmpint (status_of (y, 0, two, 8, 0.95), ==, DHK_STATS_OK);
  g_assert_cmpint (status_of (y, 0, two, 8, 0), ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (status_of (y, 0, two, 0, 0.95), ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (status_of (y, 0, none, 8, 0.95), ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (status_of (y, 0, two, 4, 0.95), ==, DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpint (status_of (y, 0, own, 8, 0.95), ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (status_of (y, 0, two, 2, 0.95), ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (status_of (level, 0, three, 4, 0.95), ==, DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpint (status_of (level, 0, two, 8, 0.95), ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (status_of (flat, 0, three, 8, 0.95), ==, DHK_STATS_NO_VARIANCE);
  /* two clusters, and a predictor that tells them apart: nothing is left to vary between them */
  g_assert_cmpint (status_of (y, 1, two, 8, 0.95), ==, DHK_STATS_TOO_FEW_GROUPS);
  g_assert_cmpint (term.status, ==, DHK_STATS_TOO_FEW_GROUPS);
#undef status_of
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name) g_test_add_func ("/stats/multilevel/" #name, name)
  add (equal_clusters_are_an_analysis_of_variance);
  add (offsets_and_numbering_change_nothing);
  add (undefined_models_say_why);
  return g_test_run ();
}
