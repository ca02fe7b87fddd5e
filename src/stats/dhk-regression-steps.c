/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-regression-steps.h"

#include "stats/dhk-design.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-least-squares.h"

#include <math.h>
#include <stdlib.h>

static DhkRegressionModelTest
undefined_test (DhkStatsStatus status)
{
  return (DhkRegressionModelTest){ status, NAN, NAN, NAN, NAN };
}

static DhkRegressionStep
undefined_step (DhkStatsStatus status)
{
  return (DhkRegressionStep){
    status, 0, 0, NAN, NAN, NAN, NAN, undefined_test (status), undefined_test (status)
  };
}

static size_t
step_of (const size_t *step, size_t predictor)
{
  return step == NULL ? 0 : step[predictor];
}

static size_t
count_steps (const size_t *step, size_t n_predictors)
{
  size_t n_steps = 0;

  for (size_t j = 0; j < n_predictors; j++)
    if (step_of (step, j) >= n_steps)
      n_steps = step_of (step, j) + 1;
  return n_steps;
}

/* Lists the predictors by step, and how many each step adds; false where one adds none. */
static bool
sort_predictors (const double *const *predictors,
                 const size_t *step,
                 size_t n_predictors,
                 size_t n_steps,
                 const double **sorted,
                 DhkRegressionStep *steps)
{
  size_t filled = 0;

  for (size_t k = 0; k < n_steps; k++)
    {
      size_t before = filled;

      for (size_t j = 0; j < n_predictors; j++)
        if (step_of (step, j) == k)
          sorted[filled++] = predictors[j];
      steps[k].n_added = filled - before;
      steps[k].n_terms = filled;
      if (filled == before)
        return false;
    }
  return true;
}

static DhkRegressionModelTest
test_squares (const DhkLeastSquares *fit, DhkDoubleDouble squares, double df1, double df2)
{
  DhkRegressionModelTest self = { DHK_STATS_OK, NAN, df1, df2, NAN };

  if (fit->perfect)
    return undefined_test (DHK_STATS_PERFECT_FIT);
  self.f = fmax (dhk_dd_value (squares), 0) / df1 / (dhk_dd_value (fit->residual_squares) / df2);
  self.p = dhk_f_upper (self.f, df1, df2);
  return self;
}

/* Fits one step; `before` is what the steps before explain. */
static DhkStatsStatus
take_step (DhkRegressionStep *self, const DhkDesign *design, DhkDoubleDouble *before)
{
  double total = dhk_dd_value (dhk_design_product (design, design->p, design->p));
  double df2 = (double) (design->n - self->n_terms - 1);
  DhkLeastSquares fit;
  DhkDoubleDouble change;
  DhkStatsStatus status = dhk_least_squares_fit (&fit, design, self->n_terms);

  if (status != DHK_STATS_OK)
    return status;
  change = dhk_dd_subtract (fit.model_squares, *before);
  *before = fit.model_squares;

  self->status = DHK_STATS_OK;
  self->r_squared = fmin (fmax (dhk_dd_value (fit.model_squares) / total, 0), 1);
  self->r_squared_change = fmax (dhk_dd_value (change) / total, 0);
  self->adjusted_r_squared
      = 1 - dhk_dd_value (fit.residual_squares) / total * ((double) (design->n - 1) / df2);
  self->residual_sd
      = ldexp (sqrt (dhk_dd_value (fit.residual_squares) / df2), design->exponent[design->p]);
  self->test = test_squares (&fit, fit.model_squares, (double) self->n_terms, df2);
  self->change_test = test_squares (&fit, change, (double) self->n_added, df2);
  dhk_least_squares_clear (&fit);
  return DHK_STATS_OK;
}

static DhkStatsStatus
take_steps (const double *outcome,
            const double *const *sorted,
            size_t n_predictors,
            size_t n,
            DhkRegressionStep *steps,
            size_t n_steps)
{
  DhkDesign design;
  DhkDoubleDouble before = { 0, 0 };
  DhkStatsStatus status = dhk_design_init (&design, outcome, sorted, n_predictors, 1, n, true);

  for (size_t k = 0; k < n_steps && status == DHK_STATS_OK; k++)
    status = take_step (&steps[k], &design, &before);
  dhk_design_clear (&design);
  return status;
}

DhkRegressionSteps
dhk_regression_steps (const double *outcome,
                      const double *const *predictors,
                      const size_t *step,
                      size_t n_predictors,
                      size_t n,
                      double confidence,
                      DhkRegressionStep *steps,
                      DhkRegressionTerm *terms)
{
  DhkRegressionSteps self = { DHK_STATS_OK, count_steps (step, n_predictors), { 0 } };
  const double **sorted = calloc (n_predictors, sizeof (double *));

  for (size_t k = 0; k < self.n_steps; k++)
    steps[k] = undefined_step (DHK_STATS_OK);
  self.model = dhk_regression (outcome, predictors, n_predictors, n, true, confidence, terms);
  self.status = self.model.status;
  if (n_predictors > 0 && sorted == NULL)
    self.status = DHK_STATS_NO_MEMORY;
  else if (self.status == DHK_STATS_OK
           && !sort_predictors (predictors, step, n_predictors, self.n_steps, sorted, steps))
    self.status = DHK_STATS_BAD_ARGUMENT;
  if (self.status == DHK_STATS_OK)
    self.status = take_steps (outcome, sorted, n_predictors, n, steps, self.n_steps);
  free (sorted);

  if (self.status != DHK_STATS_OK)
    for (size_t k = 0; k < self.n_steps; k++)
      steps[k] = undefined_step (self.status);
  return self;
}
