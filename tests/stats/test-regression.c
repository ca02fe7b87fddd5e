/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What must hold for linear and logistic regression whatever the data are.
 */

#include "stats/dhk-logistic.h"
#include "stats/dhk-regression-steps.h"
#include "stats/dhk-regression.h"

#include <glib.h>
#include <math.h>

#define N 40
#define N_CASES 300

#define assert_close(a, b, tolerance)                                                              \
  g_assert_cmpfloat_with_epsilon (a, b, (tolerance) * (fabs (b) + 1e-300))

typedef struct
{
  double y[N];
  double x[4][N];
  const double *columns[4];
} Data;

/* Whole numbers, so that shifting them is exact. */
static void
fill (Data *self, GRand *random)
{
  for (guint j = 0; j < 4; j++)
    {
      self->columns[j] = self->x[j];
      for (guint i = 0; i < N; i++)
        self->x[j][i] = g_rand_int_range (random, -50, 50);
    }
  for (guint i = 0; i < N; i++)
    self->y[i] = self->x[0][i] - 2 * self->x[1][i] + g_rand_int_range (random, -40, 40);
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

/* Linear */

static void
check_offsets (Data *data)
{
  DhkRegressionTerm near[4], far[4];
  DhkRegression model, moved;

  model = dhk_regression (data->y, data->columns, 4, N, true, 0.95, near);
  for (guint i = 0; i < N; i++)
    {
      data->y[i] += 1e12;
      data->x[0][i] += 1e12;
      data->x[2][i] -= 1e11;
    }
  moved = dhk_regression (data->y, data->columns, 4, N, true, 0.95, far);
  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  g_assert_cmpint (moved.status, ==, DHK_STATS_OK);
  for (guint j = 0; j < 4; j++)
    {
      assert_close (far[j].b, near[j].b, 1e-14);
      assert_close (far[j].se, near[j].se, 1e-14);
    }
  assert_close (moved.checks.largest_cook, model.checks.largest_cook, 1e-12);
}

static void
huge_offsets_change_no_slope (void)
{
  for_random_data (check_offsets);
}

static void
check_parts (Data *data)
{
  static const size_t steps[] = { 0, 0, 0, 1 };
  DhkRegressionTerm terms[4];
  DhkRegressionStep each[2];
  DhkRegressionSteps result
      = dhk_regression_steps (data->y, data->columns, steps, 4, N, 0.95, each, terms);

  g_assert_cmpint (result.status, ==, DHK_STATS_OK);
  assert_close (each[1].r_squared_change, terms[3].part_r * terms[3].part_r, 1e-11);
  assert_close (each[1].change_test.f, terms[3].test.t * terms[3].test.t, 1e-12);
  assert_close (each[1].r_squared, result.model.r_squared, 1e-15);
  assert_close (each[0].r_squared, each[0].r_squared_change, 1e-15);
  assert_close (terms[3].partial_r * terms[3].partial_r,
                each[1].r_squared_change / (1 - each[0].r_squared), 1e-11);
  assert_close (result.model.ss_model + result.model.ss_residual, result.model.ss_total, 1e-15);
}

static void
the_last_step_is_the_last_term (void)
{
  for_random_data (check_parts);
}

static void
check_simple (Data *data)
{
  DhkRegressionTerm term, back;
  DhkRegression model = dhk_regression (data->y, data->columns, 1, N, true, 0.95, &term);
  const double *y = data->y;

  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  dhk_regression (data->x[0], &y, 1, N, true, 0.95, &back);
  assert_close (term.b * back.b, model.r_squared, 1e-14);
  assert_close (term.beta, copysign (model.r, term.b), 1e-14);
  assert_close (term.test.t * term.test.t, model.test.f, 1e-14);
  assert_close (term.test.p, model.test.p, 1e-11);
  g_assert_cmpfloat_with_epsilon (term.vif, 1, 1e-15);
}

static void
one_predictor_is_a_correlation (void)
{
  for_random_data (check_simple);
}

static void
check_powers (Data *data)
{
  DhkRegressionTerm powers[3], terms[3];

  for (guint i = 0; i < N; i++)
    {
      data->x[1][i] = data->x[0][i] * data->x[0][i];
      data->x[2][i] = data->x[1][i] * data->x[0][i];
    }
  dhk_regression (data->y, data->columns, 3, N, true, 0.95, terms);
  dhk_polynomial_regression (data->y, data->x[0], 3, N, true, 0.95, powers);
  for (guint j = 0; j < 3; j++)
    {
      assert_close (powers[j].b, terms[j].b, 1e-14);
      assert_close (powers[j].se, terms[j].se, 1e-14);
    }
}

static void
powers_are_columns (void)
{
  for_random_data (check_powers);
}

/* The third column is the sum of two others and a little: y is what it is made of. The condition
 * goes from 10³, where the normal equations are solved, to 10¹⁰, where they are not. */
static void
check_collinear (Data *data)
{
  for (double little = 1; little <= 1e9; little *= 1e3)
    {
      DhkRegressionTerm terms[3];
      DhkRegression model;

      for (guint i = 0; i < N; i++)
        {
          double a = data->x[0][i] * little, b = data->x[1][i] * little;

          data->y[i] = 3 * a + 4 * b - 2 * (a + b + data->x[2][i]) + data->x[3][i];
          data->x[2][i] += a + b;
          data->x[0][i] = a;
          data->x[1][i] = b;
        }
      model = dhk_regression (data->y, data->columns, 3, N, true, 0.95, terms);
      g_assert_cmpint (model.status, ==, DHK_STATS_OK);
      for (guint i = 0; i < N; i++)
        data->y[i] -= data->x[3][i];
      model = dhk_regression (data->y, data->columns, 3, N, true, 0.95, terms);
      g_assert_cmpint (model.status, ==, DHK_STATS_OK);
      g_assert_cmpint (model.test.status, ==, DHK_STATS_PERFECT_FIT);
      assert_close (terms[0].b, 3.0, 1e-14);
      assert_close (terms[1].b, 4.0, 1e-14);
      assert_close (terms[2].b, -2.0, 1e-14);
      for (guint i = 0; i < N; i++)
        {
          data->x[2][i] -= data->x[0][i] + data->x[1][i];
          data->x[0][i] /= little;
          data->x[1][i] /= little;
        }
    }
}

static void
nearly_collinear_columns_keep_their_digits (void)
{
  for_random_data (check_collinear);
}

static void
check_singular (Data *data)
{
  DhkRegressionTerm terms[4];

  for (guint i = 0; i < N; i++)
    {
      for (guint j = 0; j < 3; j++)
        data->x[j][i] /= 10;
      data->x[3][i] = (data->x[0][i] + data->x[1][i] + data->x[2][i]) / 3;
    }
  g_assert_cmpint (dhk_regression (data->y, data->columns, 4, N, true, 0.95, terms).status, ==,
                   DHK_STATS_SINGULAR);
  g_assert_cmpint (terms[3].status, ==, DHK_STATS_SINGULAR);
  g_assert_true (isnan (terms[3].b));
}

static void
a_scale_beside_its_items_is_singular (void)
{
  for_random_data (check_singular);
}

static void
undefined_models_say_why (void)
{
  const double x[] = { 1, 2, 3, 4, 5 }, y[] = { 2, 1, 4, 3, 6 };
  const double constant[] = { 7, 7, 7, 7, 7 }, infinite[] = { 1, 2, INFINITY, 4, 5 };
  const double missing[] = { NAN, NAN, NAN, NAN, NAN };
  const double *columns[] = { x, y };
  DhkRegressionTerm terms[2];
  DhkRegression model;

#define status_of(outcome, n_predictors, n, confidence)                                            \
  dhk_regression (outcome, columns, n_predictors, n, true, confidence, terms).status
  g_assert_cmpint (status_of (y, 1, 5, 0.95), ==, DHK_STATS_OK);
  g_assert_cmpint (status_of (y, 1, 5, 1), ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (status_of (y, 0, 5, 0.95), ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (status_of (y, 1, 2, 0.95), ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (status_of (y, 1, 0, 0.95), ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (status_of (missing, 1, 5, 0.95), ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (status_of (constant, 1, 5, 0.95), ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (status_of (infinite, 1, 5, 0.95), ==, DHK_STATS_NOT_FINITE);
  columns[0] = constant;
  g_assert_cmpint (status_of (y, 1, 5, 0.95), ==, DHK_STATS_NO_VARIANCE);
  columns[0] = infinite;
  g_assert_cmpint (status_of (y, 1, 5, 0.95), ==, DHK_STATS_NOT_FINITE);
  columns[0] = y;
  g_assert_cmpint (status_of (x, 2, 5, 0.95), ==, DHK_STATS_SINGULAR);
#undef status_of
  columns[0] = x;
  model = dhk_regression (y, columns, 1, 5, false, 0.95, terms);
  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  g_assert_cmpint (model.intercept.status, ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpfloat (terms[0].b, ==, (1 * 2 + 2 * 1 + 3 * 4 + 4 * 3 + 5 * 6) / 55.0);
  g_assert_cmpint (dhk_polynomial_regression (y, x, 11, 5, true, 0.95, terms).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
}

static void
a_step_without_predictors_is_refused (void)
{
  const double x[] = { 1, 2, 3, 4, 5 }, z[] = { 1, 4, 2, 2, 1 }, y[] = { 2, 1, 4, 3, 6 };
  const double *const columns[] = { x, z };
  static const size_t steps[] = { 0, 2 };
  DhkRegressionTerm terms[2];
  DhkRegressionStep each[3];
  DhkRegressionSteps result = dhk_regression_steps (y, columns, steps, 2, 5, 0.95, each, terms);

  g_assert_cmpint (result.status, ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (each[2].status, ==, DHK_STATS_BAD_ARGUMENT);
  g_assert_cmpint (result.model.status, ==, DHK_STATS_OK);
}

/* Logistic */

/* With one predictor of two values the answer is that of the fourfold table. */
static void
a_fourfold_table_has_its_odds_ratio (void)
{
  static const double counts[4] = { 11, 5, 7, 19 }; /* (x, y): 00 01 10 11 */
  double y[42], x[42], error = 0;
  const double *columns[] = { x };
  DhkLogisticTerm term;
  DhkLogistic model;
  guint n = 0;

  for (guint cell = 0; cell < 4; cell++)
    {
      for (guint i = 0; i < counts[cell]; i++, n++)
        {
          x[n] = 1e9 + cell / 2;
          y[n] = cell % 2;
        }
      error += 1 / counts[cell];
    }
  model = dhk_logistic (y, columns, 1, n, 0.95, &term);
  g_assert_cmpint (model.status, ==, DHK_STATS_OK);
  assert_close (term.b, log (11.0 * 19 / (5 * 7)), 1e-14);
  assert_close (term.se, sqrt (error), 1e-14);
  assert_close (term.odds_ratio.estimate, 11.0 * 19 / (5 * 7), 1e-13);
  g_assert_cmpuint (model.n_true_positive, ==, 19);
  g_assert_cmpuint (model.n_false_negative, ==, 5);
}

static void
separation_is_named (void)
{
  static const double y[] = { 0, 0, 0, 0, 1, 1, 1, 1 }, mixed[] = { 0, 1, 0, 0, 1, 1, 0, 1 };
  static const double complete[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  static const double border[] = { 1, 2, 3, 4, 4, 6, 7, 8 };
  static const double overlap[] = { 1, 2, 3, 4.001, 4, 6, 7, 8 };
  static const double never[] = { 0, 0, 1, 0, 0, 0, 0, 0 };
  const double *columns[2] = { complete, never };
  DhkLogisticTerm terms[2];

  g_assert_cmpint (dhk_logistic (y, columns, 1, 8, 0.95, terms).status, ==, DHK_STATS_SEPARATED);
  g_assert_cmpint (terms[0].odds_ratio.estimate_ci.status, ==, DHK_STATS_SEPARATED);
  g_assert_cmpint (dhk_logistic (mixed, columns, 1, 8, 0.95, terms).status, ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_logistic (mixed, columns, 2, 8, 0.95, terms).status, ==,
                   DHK_STATS_SEPARATED);
  columns[0] = border;
  g_assert_cmpint (dhk_logistic (y, columns, 1, 8, 0.95, terms).status, ==, DHK_STATS_SEPARATED);
  columns[0] = overlap;
  g_assert_cmpint (dhk_logistic (y, columns, 1, 8, 0.95, terms).status, ==, DHK_STATS_OK);
  columns[0] = y;
  g_assert_cmpint (dhk_logistic (complete, columns, 1, 8, 0.95, terms).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
}

/* The likelihood is at its top: a small step anywhere lowers it. */
static void
check_top (Data *data)
{
  DhkLogisticTerm terms[3], turned[3];
  DhkLogistic model, other;

  for (guint i = 0; i < N; i++)
    data->y[i] = data->y[i] > 10;
  model = dhk_logistic (data->y, data->columns, 3, N, 0.95, terms);
  for (guint i = 0; i < N; i++)
    data->y[i] = 1 - data->y[i];
  other = dhk_logistic (data->y, data->columns, 3, N, 0.95, turned);
  g_assert_cmpint (other.status, ==, model.status);
  if (model.status != DHK_STATS_OK)
    {
      g_assert_cmpint (model.status, ==, DHK_STATS_SEPARATED);
      return;
    }
  for (guint j = 0; j < 3; j++)
    {
      assert_close (turned[j].b, -terms[j].b, 1e-10);
      assert_close (turned[j].se, terms[j].se, 1e-10);
    }
  assert_close (other.log_likelihood, model.log_likelihood, 1e-13);
}

static void
turning_the_outcome_turns_the_signs (void)
{
  for_random_data (check_top);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name) g_test_add_func ("/stats/regression/" #name, name)
  add (huge_offsets_change_no_slope);
  add (the_last_step_is_the_last_term);
  add (one_predictor_is_a_correlation);
  add (powers_are_columns);
  add (nearly_collinear_columns_keep_their_digits);
  add (a_scale_beside_its_items_is_singular);
  add (undefined_models_say_why);
  add (a_step_without_predictors_is_refused);
  add (a_fourfold_table_has_its_odds_ratio);
  add (separation_is_named);
  add (turning_the_outcome_turns_the_signs);
  return g_test_run ();
}
