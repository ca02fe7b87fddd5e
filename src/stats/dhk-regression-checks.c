/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-regression-checks.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-linear.h"

#include <stdlib.h>

/* With a larger condition the leverages are formed in double-double. */
#define EASY_CONDITION 30

/* A row with less than this left for its residual determines its own fit. */
#define LEAST_FREEDOM 1e-9

static DhkRegressionChecks
undefined (DhkStatsStatus status)
{
  return (DhkRegressionChecks){ .status = status,
                                .durbin_watson = NAN,
                                .largest_residual = NAN,
                                .largest_cook = NAN,
                                .largest_leverage = NAN,
                                .shape = { status, NAN, NAN },
                                .breusch_pagan = { status, NAN, NAN, NAN } };
}

static double
durbin_watson (const double *e, size_t n, double squares)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 1; i < n; i++)
    sum = dhk_dd_add_product (sum, e[i] - e[i - 1], e[i] - e[i - 1]);
  return dhk_dd_value (sum) / squares;
}

static DhkResidualShape
find_shape (const double *e, size_t n)
{
  DhkDoubleDouble sum = { 0, 0 }, second = { 0, 0 }, third = { 0, 0 }, fourth = { 0, 0 };
  double size = 0, variance;

  for (size_t i = 0; i < n; i++)
    {
      sum = dhk_dd_add (sum, e[i]);
      size = fmax (size, fabs (e[i]));
    }
  for (size_t i = 0; i < n; i++)
    {
      double d = dhk_dd_deviation (e[i], dhk_dd_divide (sum, (double) n)) / size;

      second = dhk_dd_add_product (second, d, d);
      third = dhk_dd_add_product (third, d * d, d);
      fourth = dhk_dd_add_product (fourth, d * d, d * d);
    }
  variance = dhk_dd_value (second) / (double) n;
  if (!(variance > 1e-24))
    return (DhkResidualShape){ DHK_STATS_NO_VARIANCE, NAN, NAN };
  return (DhkResidualShape){ DHK_STATS_OK,
                             dhk_dd_value (third) / (double) n / (variance * sqrt (variance)),
                             dhk_dd_value (fourth) / (double) n / (variance * variance) - 3 };
}

/* The quadratic form z'(X'X)⁻¹z of one row. */
typedef struct
{
  const DhkLeastSquares *fit;
  const DhkDesign *design;
  double *factor; /* of the inverse; NULL: too badly conditioned for it */
  double *z;
  DhkDoubleDouble *exact_z;
} Leverage;

static bool
init_leverage (Leverage *self, const DhkLeastSquares *fit, const DhkDesign *design)
{
  size_t p = fit->p;

  *self = (Leverage){ fit, design, NULL, calloc (p, sizeof (double)),
                      calloc (p, sizeof (DhkDoubleDouble)) };
  if (self->z == NULL || self->exact_z == NULL)
    return false;
  if (fit->condition > EASY_CONDITION)
    return true;

  self->factor = calloc (p * p, sizeof (double));
  if (self->factor == NULL)
    return false;
  for (size_t i = 0; i < p * p; i++)
    self->factor[i] = dhk_dd_value (fit->inverse[i]);
  if (dhk_linear_cholesky (self->factor, p) != DHK_STATS_OK)
    {
      free (self->factor);
      self->factor = NULL;
    }
  return true;
}

static void
clear_leverage (Leverage *self)
{
  free (self->factor);
  free (self->z);
  free (self->exact_z);
}

static double
exact_form (Leverage *self)
{
  size_t p = self->fit->p;
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t j = 0; j < p; j++)
    {
      DhkDoubleDouble part = { 0, 0 };

      for (size_t k = 0; k < p; k++)
        part = dhk_dd_add_dd (part,
                              dhk_dd_multiply (self->fit->inverse[k + j * p], self->exact_z[k]));
      sum = dhk_dd_add_dd (sum, dhk_dd_multiply (part, self->exact_z[j]));
    }
  return dhk_dd_value (sum);
}

static double
leverage_of (Leverage *self, size_t row)
{
  size_t p = self->fit->p;
  double sum = 0, constant = self->design->centred ? 1 / (double) self->design->n : 0;

  for (size_t j = 0; j < p; j++)
    {
      self->exact_z[j]
          = dhk_dd_subtract (dhk_design_get (self->design, row, j), self->design->mean[j]);
      self->z[j] = dhk_dd_value (self->exact_z[j]);
    }
  if (self->factor == NULL)
    return constant + exact_form (self);
  for (size_t k = 0; k < p; k++)
    {
      double part = 0;

      for (size_t j = k; j < p; j++)
        part += self->factor[j + k * p] * self->z[j];
      sum += part * part;
    }
  return constant + sum;
}

/* Leverages, standardised residuals and Cook's distances, none of which is kept. */
static void
look_at_rows (DhkRegressionChecks *self, Leverage *leverage, double variance)
{
  const DhkDesign *design = leverage->design;
  double n_coefficients = (double) (leverage->fit->p + design->centred);

  self->largest_residual = self->largest_cook = self->largest_leverage = 0;
  for (size_t i = 0; i < design->n; i++)
    {
      double h = leverage_of (leverage, i), standardised;

      self->largest_leverage = fmin (fmax (self->largest_leverage, h), 1);
      if (1 - h < LEAST_FREEDOM)
        continue;
      standardised = fabs (leverage->fit->residual[i]) / sqrt (variance * (1 - h));
      self->largest_residual = fmax (self->largest_residual, standardised);
      self->n_beyond_2 += standardised > 2;
      self->n_beyond_3 += standardised > 3;
      self->largest_cook
          = fmax (self->largest_cook, standardised * standardised * h / (1 - h) / n_coefficients);
    }
}

/* The cross-products of one predictor and the squared residuals, about the means. */
static DhkDoubleDouble
product_with_squares (const DhkLeastSquares *fit,
                      const DhkDesign *design,
                      size_t column,
                      DhkDoubleDouble mean)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < design->n; i++)
    {
      DhkDoubleDouble z
          = dhk_dd_subtract (dhk_design_get (design, i, column), design->mean[column]);
      double e = fit->residual[i];

      sum = dhk_dd_add_dd (sum, dhk_dd_scale (z, dhk_dd_deviation (e * e, mean)));
    }
  return sum;
}

static DhkBreuschPagan
breusch_pagan (const DhkLeastSquares *fit, const DhkDesign *design)
{
  size_t n = design->n, p = fit->p;
  DhkBreuschPagan result = { DHK_STATS_OK, NAN, NAN, NAN };
  DhkDoubleDouble mean = dhk_dd_divide (fit->residual_squares, (double) n);
  DhkDoubleDouble total = { 0, 0 }, explained = { 0, 0 };
  DhkDoubleDouble *products = calloc (p, sizeof (DhkDoubleDouble));

  if (!design->centred || products == NULL)
    {
      free (products);
      result.status = design->centred ? DHK_STATS_NO_MEMORY : DHK_STATS_BAD_ARGUMENT;
      return result;
    }
  for (size_t i = 0; i < n; i++)
    {
      double d = dhk_dd_deviation (fit->residual[i] * fit->residual[i], mean);

      total = dhk_dd_add_product (total, d, d);
    }
  for (size_t j = 0; j < p; j++)
    products[j] = product_with_squares (fit, design, j, mean);
  for (size_t j = 0; j < p; j++)
    for (size_t k = 0; k < p; k++)
      explained
          = dhk_dd_add_dd (explained, dhk_dd_multiply (fit->inverse[k + j * p],
                                                       dhk_dd_multiply (products[j], products[k])));
  free (products);

  /* residuals of one size: what is left of the squares is rounding */
  if (!(total.hi > 1e-24 * mean.hi * mean.hi * (double) n))
    {
      result.status = DHK_STATS_NO_VARIANCE;
      return result;
    }
  result.chi_squared = fmax (0, (double) n * dhk_dd_value (explained) / dhk_dd_value (total));
  result.df = (double) p;
  result.p = dhk_chi_squared_upper (result.chi_squared, result.df);
  return result;
}

DhkRegressionChecks
dhk_regression_check (const DhkLeastSquares *fit, const DhkDesign *design)
{
  DhkRegressionChecks self = undefined (DHK_STATS_OK);
  double squares = dhk_dd_value (fit->residual_squares);
  Leverage leverage;

  if (fit->perfect)
    return undefined (DHK_STATS_PERFECT_FIT);
  if (!init_leverage (&leverage, fit, design))
    {
      clear_leverage (&leverage);
      return undefined (DHK_STATS_NO_MEMORY);
    }
  self.durbin_watson = durbin_watson (fit->residual, design->n, squares);
  look_at_rows (&self, &leverage, squares / (double) (design->n - fit->p - design->centred));
  self.shape = find_shape (fit->residual, design->n);
  self.breusch_pagan = breusch_pagan (fit, design);
  clear_leverage (&leverage);
  return self;
}
