/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-logistic.h"

#include "stats/dhk-design.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-linear.h"
#include "stats/dhk-orthonormal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROUNDS 100
#define MOST_HALVINGS 30

/* A correction as small as this, in logits per standard deviation, is the end. */
#define ENOUGH 1e-14

/* Where corrections stop shrinking they must at least be as small as this. */
#define LEAST_ENOUGH 1e-10

/* After so many rounds a direction that still grows is looked at. */
#define PATIENCE 18

/* How far a row may lie on the wrong side of a separating plane, relative to the farthest. */
#define BORDER 1e-7

/* Sums of so many rows are taken in doubles, and their sum in double-double. */
#define BLOCK 128

/* The model in orthonormal predictors: its information matrix is as well conditioned as the
 * weights allow. */
typedef struct
{
  size_t n;
  size_t m;        /* coefficients, the intercept first */
  const double *y; /* n, 0 or 1 */
  const double *q; /* m × n, see dhk-orthonormal.h */
  double *c;       /* m: the coefficients */
  double *tried;
  double *step;
  double *gradient;
  double *information; /* m × m */
  DhkDoubleDouble *sums;
  double *block;
  double log_likelihood;
} Iteration;

static void
clear_iteration (Iteration *self)
{
  free (self->c);
  free (self->tried);
  free (self->step);
  free (self->gradient);
  free (self->information);
  free (self->sums);
  free (self->block);
}

static DhkStatsStatus
init_iteration (Iteration *self, const DhkOrthonormal *predictors, const double *y)
{
  size_t m = predictors->m, n_sums = m + m * m + 1;

  *self = (Iteration){ .n = predictors->n, .m = m, .y = y, .q = predictors->q };
  self->c = calloc (m, sizeof (double));
  self->tried = calloc (m, sizeof (double));
  self->step = calloc (m, sizeof (double));
  self->gradient = calloc (m, sizeof (double));
  self->information = calloc (m * m, sizeof (double));
  self->sums = calloc (n_sums, sizeof (DhkDoubleDouble));
  self->block = calloc (n_sums, sizeof (double));
  return self->c != NULL && self->tried != NULL && self->step != NULL && self->gradient != NULL
                 && self->information != NULL && self->sums != NULL && self->block != NULL
             ? DHK_STATS_OK
             : DHK_STATS_NO_MEMORY;
}

/* The sums begin with the gradient, then the information, then the log-likelihood. */
static void
add_row (const Iteration *self, const double *q, double eta, bool event, double *sums)
{
  size_t m = self->m;
  double small = exp (-fabs (eta)), miss = 1 / (1 + small);
  bool wrong = (eta < 0) == event;
  double weight = small * miss * miss, rest = wrong ? miss : small * miss;

  if (!event)
    rest = -rest;
  for (size_t j = 0; j < m; j++)
    {
      double weighted = weight * q[j];

      sums[j] += rest * q[j];
      for (size_t k = 0; k <= j; k++)
        sums[m + j + k * m] += weighted * q[k];
    }
  sums[m + m * m] -= log1p (small) + (wrong ? fabs (eta) : 0);
}

static double
predict (const Iteration *self, const double *coefficients, size_t row)
{
  const double *q = self->q + row * self->m;
  double eta = 0;

  for (size_t j = 0; j < self->m; j++)
    eta += coefficients[j] * q[j];
  return eta;
}

/* Gradient, information and log-likelihood at `coefficients`. */
static double
evaluate (Iteration *self, const double *coefficients)
{
  size_t m = self->m, n_sums = m + m * m + 1;

  memset (self->sums, 0, n_sums * sizeof (DhkDoubleDouble));
  for (size_t start = 0; start < self->n; start += BLOCK)
    {
      size_t end = start + BLOCK < self->n ? start + BLOCK : self->n;

      memset (self->block, 0, n_sums * sizeof (double));
      for (size_t i = start; i < end; i++)
        add_row (self, self->q + i * m, predict (self, coefficients, i), self->y[i] > 0.5,
                 self->block);
      for (size_t k = 0; k < n_sums; k++)
        self->sums[k] = dhk_dd_add (self->sums[k], self->block[k]);
    }
  for (size_t j = 0; j < m; j++)
    self->gradient[j] = dhk_dd_value (self->sums[j]);
  for (size_t j = 0; j < m * m; j++)
    self->information[j] = dhk_dd_value (self->sums[m + j]);
  return dhk_dd_value (self->sums[m + m * m]);
}

/* True where going along `direction` for ever makes no outcome less likely, and some more. */
static bool
separates (const Iteration *self, const double *direction)
{
  double farthest = 0, worst = 0;

  for (size_t i = 0; i < self->n; i++)
    {
      double eta = predict (self, direction, i);

      if (self->y[i] < 0.5)
        eta = -eta;
      farthest = fmax (farthest, fabs (eta));
      worst = fmin (worst, eta);
    }
  return farthest > 0 && worst >= -BORDER * farthest;
}

static double
size_of (const double *vector, size_t m)
{
  double size = 0;

  for (size_t j = 0; j < m; j++)
    size = fmax (size, fabs (vector[j]));
  return size;
}

/* Goes along the step, less far where the likelihood would fall. */
static void
advance (Iteration *self)
{
  double share = 1, before = self->log_likelihood;
  double slack = 1e-12 * (fabs (before) + 1);

  for (size_t halving = 0; halving < MOST_HALVINGS; halving++)
    {
      for (size_t j = 0; j < self->m; j++)
        self->tried[j] = self->c[j] + share * self->step[j];
      self->log_likelihood = evaluate (self, self->tried);
      if (self->log_likelihood >= before - slack)
        break;
      share /= 2;
    }
  memcpy (self->c, self->tried, self->m * sizeof (double));
}

/* On success `information` is that at the maximum. */
static DhkStatsStatus
iterate (Iteration *self)
{
  size_t m = self->m;
  double last = INFINITY;

  self->log_likelihood = evaluate (self, self->c);
  for (size_t round = 1; round <= MOST_ROUNDS; round++)
    {
      double size;

      if (dhk_linear_cholesky (self->information, m) != DHK_STATS_OK)
        return separates (self, self->step) || separates (self, self->c) ? DHK_STATS_SEPARATED
                                                                         : DHK_STATS_NO_CONVERGENCE;
      memcpy (self->step, self->gradient, m * sizeof (double));
      dhk_linear_cholesky_solve (self->information, m, self->step, 1);
      size = size_of (self->step, m) / fmax (1, size_of (self->c, m));
      if (round >= PATIENCE && size > LEAST_ENOUGH && separates (self, self->step))
        return DHK_STATS_SEPARATED;
      advance (self);
      if (size <= ENOUGH || (size <= LEAST_ENOUGH && size > last / 2))
        return DHK_STATS_OK;
      last = size;
    }
  return DHK_STATS_NO_CONVERGENCE;
}

/* Results */

static DhkLogisticTerm
undefined_term (DhkStatsStatus status, double confidence)
{
  DhkInterval none = dhk_interval_undefined (status, confidence);

  return (DhkLogisticTerm){ status, NAN, NAN, none, NAN, NAN, NAN, { status, NAN, none } };
}

static DhkLogistic
undefined_model (DhkStatsStatus status, size_t n_terms, double confidence)
{
  return (DhkLogistic){ .status = status,
                        .n_terms = n_terms,
                        .log_likelihood = NAN,
                        .null_log_likelihood = NAN,
                        .deviance = NAN,
                        .aic = NAN,
                        .bic = NAN,
                        .cox_snell = NAN,
                        .nagelkerke = NAN,
                        .mcfadden = NAN,
                        .test = { status, NAN, NAN, NAN },
                        .intercept = undefined_term (status, confidence),
                        .accuracy = NAN,
                        .sensitivity = NAN,
                        .specificity = NAN };
}

static DhkOddsRatio
make_odds_ratio (double b, DhkInterval ci)
{
  DhkOddsRatio self = { DHK_STATS_OK, exp (b), { 0 } };

  self.estimate_ci = dhk_interval_make (exp (ci.low), exp (ci.high), ci.confidence);
  if (!isfinite (self.estimate_ci.high))
    self.estimate_ci = dhk_interval_undefined (DHK_STATS_NOT_FINITE, ci.confidence);
  if (!isfinite (self.estimate))
    self = (DhkOddsRatio){ DHK_STATS_NOT_FINITE, NAN, self.estimate_ci };
  return self;
}

static DhkLogisticTerm
make_term (double b, double se, double confidence)
{
  DhkLogisticTerm self = { .status = DHK_STATS_OK, .b = b, .se = se, .z = b / se };
  double margin = dhk_normal_quantile (0.5 + confidence / 2) * se;

  if (!isfinite (self.b) || !isfinite (self.se) || !isfinite (self.z))
    return undefined_term (DHK_STATS_NOT_FINITE, confidence);
  self.b_ci = dhk_interval_make (b - margin, b + margin, confidence);
  self.wald = self.z * self.z;
  self.p = 2 * dhk_normal_upper (fabs (self.z));
  self.odds_ratio = make_odds_ratio (b, self.b_ci);
  return self;
}

/* b = weights'c and its standard error; `weights` has one element per coefficient. */
static DhkLogisticTerm
make_combination (const Iteration *iteration,
                  const double *weights,
                  int exponent,
                  double confidence)
{
  size_t m = iteration->m;
  double b = 0, square = 0;

  for (size_t j = 0; j < m; j++)
    {
      double part = 0;

      b += weights[j] * iteration->c[j];
      for (size_t k = 0; k < m; k++)
        part += iteration->information[k + j * m] * weights[k];
      square += part * weights[j];
    }
  return make_term (ldexp (b, exponent), ldexp (sqrt (square), exponent), confidence);
}

/* Fills intercept and terms; iteration->information holds its inverse by now. */
static bool
make_terms (const Iteration *iteration,
            const DhkOrthonormal *predictors,
            const DhkDesign *design,
            double confidence,
            DhkLogistic *self,
            DhkLogisticTerm *terms)
{
  size_t p = iteration->m - 1;
  double *weights = calloc (iteration->m, sizeof (double));

  if (weights == NULL)
    return false;
  for (size_t j = 0; j <= p; j++)
    {
      dhk_orthonormal_get_weights (predictors, design, j, weights);
      *(j < p ? &terms[j] : &self->intercept)
          = make_combination (iteration, weights, j < p ? -design->exponent[j] : 0, confidence);
    }
  free (weights);
  return true;
}

static void
classify (const Iteration *iteration, DhkLogistic *self)
{
  for (size_t i = 0; i < iteration->n; i++)
    {
      bool event = iteration->y[i] > 0.5, guess = predict (iteration, iteration->c, i) > 0;

      self->n_true_positive += event && guess;
      self->n_false_positive += !event && guess;
      self->n_true_negative += !event && !guess;
      self->n_false_negative += event && !guess;
    }
  self->accuracy = (double) (self->n_true_positive + self->n_true_negative) / (double) iteration->n;
  self->sensitivity
      = (double) self->n_true_positive / (double) (self->n_true_positive + self->n_false_negative);
  self->specificity
      = (double) self->n_true_negative / (double) (self->n_true_negative + self->n_false_positive);
}

static void
fill_model (DhkLogistic *self, const Iteration *iteration)
{
  double n = (double) self->n, events = (double) self->n_events;
  double parameters = (double) iteration->m;

  self->log_likelihood = iteration->log_likelihood;
  self->null_log_likelihood = events * log (events / n) + (n - events) * log1p (-events / n);
  self->deviance = -2 * self->log_likelihood;
  self->aic = self->deviance + 2 * parameters;
  self->bic = self->deviance + log (n) * parameters;
  self->test.status = DHK_STATS_OK;
  self->test.chi_squared = fmax (0, 2 * (self->log_likelihood - self->null_log_likelihood));
  self->test.df = (double) self->n_terms;
  self->test.p = dhk_chi_squared_upper (self->test.chi_squared, self->test.df);
  self->cox_snell = -expm1 (-self->test.chi_squared / n);
  self->nagelkerke = self->cox_snell / -expm1 (2 * self->null_log_likelihood / n);
  self->mcfadden = 1 - self->log_likelihood / self->null_log_likelihood;
  classify (iteration, self);
}

/* The outcomes of the design's rows as 0 and 1; false where one is neither. */
static bool
take_outcomes (const double *outcome,
               const double *const *predictors,
               size_t n_predictors,
               size_t n,
               double *y,
               size_t *n_events)
{
  size_t filled = 0;

  for (size_t i = 0; i < n; i++)
    {
      bool complete = !isnan (outcome[i]);

      for (size_t j = 0; j < n_predictors && complete; j++)
        complete = !isnan (predictors[j][i]);
      if (!complete)
        continue;
      if (fpclassify (outcome[i]) != FP_ZERO && fpclassify (outcome[i] - 1) != FP_ZERO)
        return false;
      y[filled++] = outcome[i];
      *n_events += outcome[i] > 0.5;
    }
  return true;
}

static DhkStatsStatus
fit (DhkLogistic *self,
     const DhkDesign *design,
     const double *y,
     double confidence,
     DhkLogisticTerm *terms)
{
  Iteration iteration = { 0 };
  DhkOrthonormal predictors;
  DhkStatsStatus status = dhk_orthonormal_init (&predictors, design);

  if (status == DHK_STATS_OK)
    status = init_iteration (&iteration, &predictors, y);
  if (status == DHK_STATS_OK)
    status = iterate (&iteration);
  if (status == DHK_STATS_OK
      && dhk_linear_invert (iteration.information, iteration.m) != DHK_STATS_OK)
    status = DHK_STATS_NO_CONVERGENCE;
  if (status == DHK_STATS_OK
      && !make_terms (&iteration, &predictors, design, confidence, self, terms))
    status = DHK_STATS_NO_MEMORY;
  if (status == DHK_STATS_OK)
    fill_model (self, &iteration);
  clear_iteration (&iteration);
  dhk_orthonormal_clear (&predictors);
  return status;
}

DhkLogistic
dhk_logistic (const double *outcome,
              const double *const *predictors,
              size_t n_predictors,
              size_t n,
              double confidence,
              DhkLogisticTerm *terms)
{
  DhkLogistic self = undefined_model (DHK_STATS_OK, n_predictors, confidence), empty = self;
  DhkStatsStatus status = DHK_STATS_BAD_ARGUMENT;
  DhkDesign design = { 0 };
  double *y = calloc (n > 0 ? n : 1, sizeof (double));

  if (y == NULL)
    status = DHK_STATS_NO_MEMORY;
  else if (n_predictors > 0 && dhk_confidence_is_valid (confidence)
           && take_outcomes (outcome, predictors, n_predictors, n, y, &self.n_events))
    status = dhk_design_init (&design, outcome, predictors, n_predictors, 1, n, true);
  if ((status == DHK_STATS_OK || status == DHK_STATS_NO_VARIANCE) && design.n < n_predictors + 2)
    status = DHK_STATS_TOO_FEW;
  self.n = empty.n = design.n;
  self.n_missing = empty.n_missing = design.n_missing;
  empty.n_events = self.n_events;
  if (status == DHK_STATS_OK)
    status = fit (&self, &design, y, confidence, terms);
  free (y);
  dhk_design_clear (&design);
  if (status == DHK_STATS_OK)
    {
      self.status = status;
      return self;
    }

  for (size_t j = 0; j < n_predictors; j++)
    terms[j] = undefined_term (status, confidence);
  self = undefined_model (status, n_predictors, confidence);
  self.n = empty.n;
  self.n_missing = empty.n_missing;
  self.n_events = empty.n_events;
  return self;
}
