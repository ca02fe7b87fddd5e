/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-regression.h"

#include "stats/dhk-design.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-least-squares.h"
#include "stats/dhk-regression-checks.h"

#include <math.h>

typedef struct
{
  const double *outcome;
  const double *const *predictors;
  size_t n_predictors;
  size_t degree;
  size_t n;
  bool intercept;
  double confidence;
} Request;

static DhkRegression
undefined_model (DhkStatsStatus status, size_t n_terms, double confidence)
{
  DhkInterval no_interval = dhk_interval_undefined (status, confidence);
  DhkRegressionTest no_test = { status, NAN, NAN, NAN };

  return (DhkRegression){
    .status = status,
    .n_terms = n_terms,
    .ss_total = NAN,
    .ss_model = NAN,
    .ss_residual = NAN,
    .residual_sd = NAN,
    .r = NAN,
    .r_squared = NAN,
    .adjusted_r_squared = NAN,
    .condition_number = NAN,
    .test = { status, NAN, NAN, NAN, NAN },
    .intercept = { status, NAN, NAN, no_interval, no_test },
    .likelihood = { status, NAN, NAN, NAN },
    .checks = { .status = status,
                .durbin_watson = NAN,
                .largest_residual = NAN,
                .largest_cook = NAN,
                .largest_leverage = NAN,
                .shape = { status, NAN, NAN },
                .breusch_pagan = { status, NAN, NAN, NAN } },
  };
}

static DhkRegressionTerm
undefined_term (DhkStatsStatus status, double confidence)
{
  return (DhkRegressionTerm){ status,
                              NAN,
                              NAN,
                              dhk_interval_undefined (status, confidence),
                              { status, NAN, NAN, NAN },
                              NAN,
                              NAN,
                              NAN,
                              NAN,
                              status,
                              NAN };
}

/* A design and the fit to all of it. */
typedef struct
{
  const DhkDesign *design;
  const DhkLeastSquares *fit;
  double df;
  double variance; /* of the residuals, in the units of the design */
  double total;    /* squares of the outcome, likewise */
  double confidence;
} Model;

static DhkRegressionTest
test_of (const Model *model, double b, double se)
{
  DhkRegressionTest test = { DHK_STATS_OK, b / se, model->df, NAN };

  if (model->fit->perfect)
    return (DhkRegressionTest){ DHK_STATS_PERFECT_FIT, NAN, NAN, NAN };
  test.p = dhk_t_two_sided (test.t, test.df);
  return test;
}

static DhkInterval
interval_of (const Model *model, double b, double se)
{
  double margin = dhk_t_quantile (0.5 + model->confidence / 2, model->df) * se;

  return dhk_interval_make (b - margin, b + margin, model->confidence);
}

static DhkRegressionIntercept
make_intercept (const Model *model)
{
  const DhkDesign *design = model->design;
  const DhkLeastSquares *fit = model->fit;
  size_t p = fit->p;
  DhkRegressionIntercept self = { DHK_STATS_OK, NAN, NAN, { 0 }, { 0 } };
  DhkDoubleDouble b = design->location[design->p];
  DhkDoubleDouble square = dhk_dd_divide ((DhkDoubleDouble){ 1, 0 }, (double) design->n);

  for (size_t j = 0; j < p; j++)
    {
      DhkDoubleDouble part = { 0, 0 };

      b = dhk_dd_subtract (b, dhk_dd_multiply (fit->b[j], design->location[j]));
      for (size_t k = 0; k < p; k++)
        part = dhk_dd_add_dd (part, dhk_dd_multiply (fit->inverse[k + j * p], design->location[k]));
      square = dhk_dd_add_dd (square, dhk_dd_multiply (part, design->location[j]));
    }
  self.b = ldexp (dhk_dd_value (b), design->exponent[design->p]);
  self.se = ldexp (sqrt (model->variance * dhk_dd_value (square)), design->exponent[design->p]);
  self.b_ci = interval_of (model, self.b, self.se);
  self.test = test_of (model, self.b, self.se);
  return self;
}

static DhkRegressionTerm
make_term (const Model *model, size_t j)
{
  const DhkDesign *design = model->design;
  const DhkLeastSquares *fit = model->fit;
  DhkRegressionTerm self = { .status = DHK_STATS_OK };
  double b = dhk_dd_value (fit->b[j]), inverse = dhk_dd_value (fit->inverse[j + j * fit->p]);
  double squares = dhk_dd_value (dhk_design_product (design, j, j));
  double alone = b / sqrt (inverse); /* its square is what this term alone explains */

  self.b = dhk_least_squares_get_b (fit, design, j);
  self.se
      = ldexp (sqrt (model->variance * inverse), design->exponent[design->p] - design->exponent[j]);
  self.b_ci = interval_of (model, self.b, self.se);
  self.test = test_of (model, b, sqrt (model->variance * inverse));
  self.beta = b * sqrt (squares / model->total);
  self.part_r = alone / sqrt (model->total);
  self.vif = fmax (1, inverse * squares);
  self.tolerance = 1 / self.vif;
  self.partial_status = fit->perfect ? DHK_STATS_PERFECT_FIT : DHK_STATS_OK;
  self.partial_r
      = fit->perfect ? NAN : alone / sqrt (alone * alone + dhk_dd_value (fit->residual_squares));
  return self;
}

static DhkRegressionModelTest
make_test (const Model *model)
{
  DhkRegressionModelTest self = { DHK_STATS_OK, NAN, (double) model->fit->p, model->df, NAN };

  if (model->fit->perfect)
    return (DhkRegressionModelTest){ DHK_STATS_PERFECT_FIT, NAN, NAN, NAN, NAN };
  self.f = dhk_dd_value (model->fit->model_squares) / self.df1 / model->variance;
  self.p = dhk_f_upper (self.f, self.df1, self.df2);
  return self;
}

static DhkRegressionLikelihood
make_likelihood (const Model *model)
{
  static const double log_2_pi = 1.8378770664093454836, log_2 = 0.69314718055994530942;
  const DhkDesign *design = model->design;
  double n = (double) design->n, parameters = (double) (model->fit->p + design->centred + 1);
  DhkRegressionLikelihood self = { DHK_STATS_OK, NAN, NAN, NAN };

  if (model->fit->perfect)
    return (DhkRegressionLikelihood){ DHK_STATS_PERFECT_FIT, NAN, NAN, NAN };
  self.log_likelihood = -n / 2
                        * (log_2_pi + 1 + log (dhk_dd_value (model->fit->residual_squares) / n)
                           + 2 * design->exponent[design->p] * log_2);
  self.aic = 2 * parameters - 2 * self.log_likelihood;
  self.bic = log (n) * parameters - 2 * self.log_likelihood;
  return self;
}

static void
fill_model (DhkRegression *self, const Model *model)
{
  const DhkDesign *design = model->design;
  const DhkLeastSquares *fit = model->fit;
  int exponent = design->exponent[design->p];
  double unexplained = dhk_dd_value (fit->residual_squares) / model->total;

  self->status = DHK_STATS_OK;
  self->ss_total = ldexp (model->total, 2 * exponent);
  self->ss_model = ldexp (dhk_dd_value (fit->model_squares), 2 * exponent);
  self->ss_residual = ldexp (dhk_dd_value (fit->residual_squares), 2 * exponent);
  self->residual_sd = ldexp (sqrt (model->variance), exponent);
  self->r_squared = fmin (fmax (dhk_dd_value (fit->model_squares) / model->total, 0), 1);
  self->r = sqrt (self->r_squared);
  self->adjusted_r_squared = 1 - unexplained * ((double) (design->n - design->centred) / model->df);
  self->condition_number = fit->condition;
  self->test = make_test (model);
  self->likelihood = make_likelihood (model);
  self->checks = dhk_regression_check (fit, design);
  if (design->centred)
    self->intercept = make_intercept (model);
  else
    self->intercept = undefined_model (DHK_STATS_BAD_ARGUMENT, 0, model->confidence).intercept;
}

static bool
is_finite (const DhkRegression *self, const DhkRegressionTerm *terms)
{
  if (!isfinite (self->ss_total)
      || (self->intercept.status == DHK_STATS_OK
          && !isfinite (self->intercept.b_ci.low + self->intercept.b_ci.high)))
    return false;
  for (size_t j = 0; j < self->n_terms; j++)
    if (!isfinite (terms[j].b_ci.low) || !isfinite (terms[j].b_ci.high))
      return false;
  return true;
}

static DhkStatsStatus
fit (const Request *request, const DhkDesign *design, DhkRegression *self, DhkRegressionTerm *terms)
{
  DhkLeastSquares fit;
  DhkStatsStatus status = dhk_least_squares_fit (&fit, design, design->p);
  Model model = { design, &fit, (double) (design->n - design->p - design->centred),
                  NAN,    NAN,  request->confidence };

  if (status != DHK_STATS_OK)
    return status;
  model.variance = dhk_dd_value (fit.residual_squares) / model.df;
  model.total = dhk_dd_value (dhk_design_product (design, design->p, design->p));
  fill_model (self, &model);
  for (size_t j = 0; j < design->p; j++)
    terms[j] = make_term (&model, j);
  dhk_least_squares_clear (&fit);
  return is_finite (self, terms) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
}

static DhkRegression
run (const Request *request, DhkRegressionTerm *terms)
{
  size_t n_terms = request->degree > 1 ? request->degree : request->n_predictors;
  DhkRegression self = undefined_model (DHK_STATS_BAD_ARGUMENT, n_terms, request->confidence);
  DhkStatsStatus status = DHK_STATS_BAD_ARGUMENT;
  DhkDesign design = { 0 };

  if (n_terms > 0 && dhk_confidence_is_valid (request->confidence))
    status = dhk_design_init (&design, request->outcome, request->predictors, request->n_predictors,
                              request->degree, request->n, request->intercept);
  if ((status == DHK_STATS_OK || status == DHK_STATS_NO_VARIANCE)
      && design.n <= n_terms + request->intercept)
    status = DHK_STATS_TOO_FEW;
  if (status == DHK_STATS_OK)
    status = fit (request, &design, &self, terms);

  if (status != DHK_STATS_OK)
    {
      self = undefined_model (status, n_terms, request->confidence);
      for (size_t j = 0; j < n_terms; j++)
        terms[j] = undefined_term (status, request->confidence);
    }
  self.n = design.n;
  self.n_missing = design.n_missing;
  dhk_design_clear (&design);
  return self;
}

DhkRegression
dhk_regression (const double *outcome,
                const double *const *predictors,
                size_t n_predictors,
                size_t n,
                bool intercept,
                double confidence,
                DhkRegressionTerm *terms)
{
  Request request = { outcome, predictors, n_predictors, 1, n, intercept, confidence };

  return run (&request, terms);
}

DhkRegression
dhk_polynomial_regression (const double *outcome,
                           const double *x,
                           size_t degree,
                           size_t n,
                           bool intercept,
                           double confidence,
                           DhkRegressionTerm *terms)
{
  Request request = { outcome, &x, 1, degree, n, intercept, confidence };

  if (degree < 1 || degree > DHK_MAX_DEGREE)
    return undefined_model (DHK_STATS_BAD_ARGUMENT, 0, confidence);
  return run (&request, terms);
}
