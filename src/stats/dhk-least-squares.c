/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-least-squares.h"

#include "stats/dhk-linear.h"
#include "stats/dhk-regression-refine.h"

#include <stdlib.h>

/* Below this smallest eigenvalue of the correlations (condition 10⁶) the hard way is taken. */
#define NEARLY_COLLINEAR 1e-12

/* A pivot as small as this, relative to its diagonal, is the rounding of double-double. */
#define SMALLEST_PIVOT 1e-27

/* So many roundings of the data may hide a combination of columns. */
#define ROUNDINGS 8

/* Residuals that are the rounding of double-double itself. */
#define EXACT 0x1p-90

void
dhk_least_squares_clear (DhkLeastSquares *self)
{
  free (self->b);
  free (self->inverse);
  free (self->residual);
  *self = (DhkLeastSquares){ .p = self->p };
}

double
dhk_least_squares_get_b (const DhkLeastSquares *self, const DhkDesign *design, size_t j)
{
  return ldexp (dhk_dd_value (self->b[j]), design->exponent[design->p] - design->exponent[j]);
}

/* The smallest eigenvalue of the correlations, and the condition of the columns. */
static DhkStatsStatus
find_condition (DhkLeastSquares *self, const DhkDesign *design, double *smallest)
{
  size_t p = self->p;
  double *correlations = calloc (p * p, sizeof (double)), *values = calloc (p, sizeof (double));
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (correlations != NULL && values != NULL)
    {
      for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
          correlations[i + j * p] = i == j ? 1
                                           : dhk_design_product (design, i, j).hi
                                                 / sqrt (dhk_design_product (design, i, i).hi)
                                                 / sqrt (dhk_design_product (design, j, j).hi);
      status = dhk_linear_eigenvalues (correlations, p, values);
      *smallest = values[p - 1];
      self->condition = sqrt (values[0] / values[p - 1]);
    }
  free (correlations);
  free (values);
  return status;
}

/* Replaces `a` (p × p) by its factors L D L', D on the diagonal, L below. */
static DhkStatsStatus
factorise (DhkDoubleDouble *a, size_t p)
{
  for (size_t j = 0; j < p; j++)
    {
      double diagonal = a[j + j * p].hi;

      for (size_t k = 0; k < j; k++)
        {
          DhkDoubleDouble square = dhk_dd_multiply (a[j + k * p], a[j + k * p]);

          a[j + j * p] = dhk_dd_subtract (a[j + j * p], dhk_dd_multiply (square, a[k + k * p]));
        }
      if (!(a[j + j * p].hi > SMALLEST_PIVOT * diagonal))
        return DHK_STATS_SINGULAR;
      for (size_t i = j + 1; i < p; i++)
        {
          DhkDoubleDouble sum = a[i + j * p];

          for (size_t k = 0; k < j; k++)
            sum = dhk_dd_subtract (
                sum, dhk_dd_multiply (dhk_dd_multiply (a[i + k * p], a[j + k * p]), a[k + k * p]));
          a[i + j * p] = dhk_dd_divide_dd (sum, a[j + j * p]);
        }
    }
  return DHK_STATS_OK;
}

/* Replaces b by the solution of L D L' x = b. */
static void
solve (const DhkDoubleDouble *factors, size_t p, DhkDoubleDouble *b)
{
  for (size_t i = 0; i < p; i++)
    for (size_t k = 0; k < i; k++)
      b[i] = dhk_dd_subtract (b[i], dhk_dd_multiply (factors[i + k * p], b[k]));
  for (size_t i = p; i-- > 0;)
    {
      b[i] = dhk_dd_divide_dd (b[i], factors[i + i * p]);
      for (size_t k = i + 1; k < p; k++)
        b[i] = dhk_dd_subtract (b[i], dhk_dd_multiply (factors[k + i * p], b[k]));
    }
}

static DhkStatsStatus
solve_normal_equations (DhkLeastSquares *self, const DhkDesign *design)
{
  size_t p = self->p;
  DhkDoubleDouble *factors = calloc (p * p, sizeof (DhkDoubleDouble));
  DhkStatsStatus status;

  if (factors == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t j = 0; j < p; j++)
    {
      self->b[j] = dhk_design_product (design, j, design->p);
      for (size_t i = 0; i < p; i++)
        factors[i + j * p] = dhk_design_product (design, i, j);
    }
  status = factorise (factors, p);
  if (status == DHK_STATS_OK)
    {
      solve (factors, p, self->b);
      for (size_t j = 0; j < p; j++)
        {
          self->inverse[j + j * p] = (DhkDoubleDouble){ 1, 0 };
          solve (factors, p, self->inverse + j * p);
        }
    }
  free (factors);
  return status;
}

/* True where what the others leave of each column is more than the rounding of its values. */
static bool
columns_are_known (const DhkLeastSquares *self, const DhkDesign *design)
{
  for (size_t j = 0; j < self->p; j++)
    {
      double left = 1 / dhk_dd_value (self->inverse[j + j * self->p]);
      double noise = ROUNDINGS * design->noise[j];

      if (!(left > 0) || (self->p > 1 && left < noise * noise * (double) design->n))
        return false;
    }
  return true;
}

/* y − Σ b x of one row, in double-double; `constant` is what the means contribute. */
static DhkDoubleDouble
residual_of (const DhkLeastSquares *self,
             const DhkDesign *design,
             size_t row,
             DhkDoubleDouble constant)
{
  DhkDoubleDouble sum = dhk_dd_subtract (dhk_design_get (design, row, design->p), constant);

  for (size_t j = 0; j < self->p; j++)
    {
      DhkDoubleDouble x = dhk_design_get (design, row, j);

      sum = dhk_dd_add_product (sum, -x.hi, self->b[j].hi);
      sum.lo -= x.hi * self->b[j].lo + x.lo * self->b[j].hi;
    }
  return sum;
}

static void
find_residuals (DhkLeastSquares *self, const DhkDesign *design)
{
  DhkDoubleDouble constant = design->mean[design->p], squares = { 0, 0 }, model = { 0, 0 };
  double sizes = 1, noise = design->noise[design->p];

  for (size_t j = 0; j < self->p; j++)
    {
      constant = dhk_dd_subtract (constant, dhk_dd_multiply (self->b[j], design->mean[j]));
      model = dhk_dd_add_dd (
          model, dhk_dd_multiply (self->b[j], dhk_design_product (design, j, design->p)));
      sizes += fabs (self->b[j].hi);
      noise += fabs (self->b[j].hi) * design->noise[j];
    }
  for (size_t i = 0; i < design->n; i++)
    {
      double e = dhk_dd_value (residual_of (self, design, i, constant));

      self->residual[i] = e;
      squares = dhk_dd_add_product (squares, e, e);
    }

  self->model_squares = model;
  self->perfect = squares.hi <= noise * noise * (double) design->n;
  if (squares.hi <= EXACT * EXACT * sizes * sizes * (double) design->n)
    {
      squares = (DhkDoubleDouble){ 0, 0 };
      for (size_t i = 0; i < design->n; i++)
        self->residual[i] = 0;
    }
  self->residual_squares = squares;
}

DhkStatsStatus
dhk_least_squares_fit (DhkLeastSquares *self, const DhkDesign *design, size_t p)
{
  DhkStatsStatus status;
  double smallest;

  *self = (DhkLeastSquares){ .p = p };
  if (design->n <= p + design->centred)
    return DHK_STATS_TOO_FEW;
  self->b = calloc (p, sizeof (DhkDoubleDouble));
  self->inverse = calloc (p * p, sizeof (DhkDoubleDouble));
  self->residual = calloc (design->n, sizeof (double));
  status = DHK_STATS_NO_MEMORY;
  if (self->b != NULL && self->inverse != NULL && self->residual != NULL)
    status = find_condition (self, design, &smallest);

  if (status == DHK_STATS_OK)
    {
      self->refined = smallest < NEARLY_COLLINEAR;
      status = self->refined ? dhk_regression_refine (self, design)
                             : solve_normal_equations (self, design);
    }
  if (status == DHK_STATS_OK && !columns_are_known (self, design))
    status = DHK_STATS_SINGULAR;
  if (status == DHK_STATS_OK)
    find_residuals (self, design);
  else
    dhk_least_squares_clear (self);
  return status;
}
