/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-design.h"

#include <stdlib.h>

/* How many sums of one pair of columns run at once: one alone waits for itself. */
#define N_LANES 4

/* The rounding of a power formed in double-double. */
#define POWER_NOISE 0x1p-98

typedef struct
{
  const double *outcome;
  const double *const *predictors;
  size_t n_predictors;
  size_t degree;
  size_t n;
} Source;

static bool
is_complete (const Source *source, size_t row)
{
  if (isnan (source->outcome[row]))
    return false;
  for (size_t j = 0; j < source->n_predictors; j++)
    if (isnan (source->predictors[j][row]))
      return false;
  return true;
}

static bool
allocate (DhkDesign *self)
{
  size_t columns = self->p + 1;

  if (self->n > (size_t) -1 / columns)
    return false;
  self->hi = calloc (self->n * columns, sizeof (double));
  self->lo = calloc (self->n * columns, sizeof (double));
  self->exponent = calloc (columns, sizeof (int));
  self->noise = calloc (columns, sizeof (double));
  self->mean = calloc (columns, sizeof (DhkDoubleDouble));
  self->location = calloc (columns, sizeof (DhkDoubleDouble));
  self->products = calloc (columns * columns, sizeof (DhkDoubleDouble));
  return self->hi != NULL && self->lo != NULL && self->exponent != NULL && self->noise != NULL
         && self->mean != NULL && self->location != NULL && self->products != NULL;
}

void
dhk_design_clear (DhkDesign *self)
{
  free (self->hi);
  free (self->lo);
  free (self->exponent);
  free (self->noise);
  free (self->mean);
  free (self->location);
  free (self->products);
  *self = (DhkDesign){ .n = self->n, .n_missing = self->n_missing, .p = self->p };
}

/* The power of two that brings `largest` to between 1/2 and 1, as far as a factor can. */
static int
exponent_of (double largest)
{
  int exponent;

  frexp (largest, &exponent);
  return exponent > 1021 ? 1021 : exponent < -1021 ? -1021 : exponent;
}

static double
largest_of (const double *values, size_t n)
{
  double largest = 0;

  for (size_t i = 0; i < n; i++)
    if (fabs (values[i]) > largest)
      largest = fabs (values[i]);
  return largest;
}

static void
multiply (double *values, size_t n, double factor)
{
  for (size_t i = 0; i < n; i++)
    values[i] *= factor;
}

static bool
all_finite (const double *values, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return false;
  return true;
}

/* Copies the complete rows of a column, scaled; false where one is infinite. */
static bool
take_column (DhkDesign *self, size_t column, const double *values, const Source *source)
{
  double *hi = self->hi + column * self->n;
  size_t filled = 0;

  for (size_t i = 0; i < source->n; i++)
    if (self->n == source->n || is_complete (source, i))
      hi[filled++] = values[i];
  if (!all_finite (hi, self->n))
    return false;
  self->exponent[column] = exponent_of (largest_of (hi, self->n));
  multiply (hi, self->n, ldexp (1, -self->exponent[column]));
  self->noise[column] = 0x1p-53;
  return true;
}

static void
take_powers (DhkDesign *self)
{
  for (size_t k = 1; k < self->p; k++)
    {
      double *hi = self->hi + k * self->n, *lo = self->lo + k * self->n;

      for (size_t i = 0; i < self->n; i++)
        {
          DhkDoubleDouble power
              = dhk_dd_scale ((DhkDoubleDouble){ hi[i - self->n], lo[i - self->n] }, self->hi[i]);

          hi[i] = power.hi;
          lo[i] = power.lo;
        }
      self->exponent[k] = self->exponent[0] * (int) (k + 1);
      self->noise[k] = POWER_NOISE;
    }
}

/* The row whose value is nearest to the mean. */
static size_t
middle_row (const double *values, size_t n)
{
  double mean = 0;
  size_t nearest = 0;

  for (size_t i = 0; i < n; i++)
    mean += values[i] / (double) n;
  for (size_t i = 1; i < n; i++)
    if (fabs (values[i] - mean) < fabs (values[nearest] - mean))
      nearest = i;
  return nearest;
}

/* Shifts and scales a column, and finds its mean; false where nothing is left of it. */
static bool
centre_column (DhkDesign *self, size_t column)
{
  double *hi = self->hi + column * self->n, *lo = self->lo + column * self->n;
  size_t middle = middle_row (hi, self->n);
  DhkDoubleDouble shift = { hi[middle], lo[middle] }, sum = { 0, 0 };
  double factor, largest;
  int exponent;

  for (size_t i = 0; i < self->n; i++)
    {
      DhkDoubleDouble moved = dhk_dd_subtract ((DhkDoubleDouble){ hi[i], lo[i] }, shift);

      hi[i] = moved.hi;
      lo[i] = moved.lo;
    }
  largest = largest_of (hi, self->n);
  if (!(largest > 0))
    return false;

  exponent = exponent_of (largest);
  factor = ldexp (1, -exponent);
  multiply (hi, self->n, factor);
  multiply (lo, self->n, factor);
  self->exponent[column] += exponent;
  self->noise[column] *= factor;
  for (size_t i = 0; i < self->n; i++)
    sum = dhk_dd_add_dd (sum, (DhkDoubleDouble){ hi[i], lo[i] });
  self->mean[column] = dhk_dd_divide (sum, (double) self->n);
  self->location[column] = dhk_dd_add_dd ((DhkDoubleDouble){ shift.hi * factor, shift.lo * factor },
                                          self->mean[column]);
  return true;
}

/* Powers of one scaled predictor shrink: brought to size 1 again where they are not centred. */
static bool
scale_column (DhkDesign *self, size_t column)
{
  double *hi = self->hi + column * self->n, *lo = self->lo + column * self->n;
  double largest = largest_of (hi, self->n);
  int exponent = exponent_of (largest);

  multiply (hi, self->n, ldexp (1, -exponent));
  multiply (lo, self->n, ldexp (1, -exponent));
  self->exponent[column] += exponent;
  self->noise[column] *= ldexp (1, -exponent);
  return largest > 0;
}

static void
drop_empty_low_parts (DhkDesign *self)
{
  if (largest_of (self->lo, self->n * (self->p + 1)) > 0)
    return;
  free (self->lo);
  self->lo = NULL;
}

static DhkDoubleDouble
sum_of_products (const DhkDesign *self, size_t a, size_t b)
{
  const double *x = self->hi + a * self->n, *y = self->hi + b * self->n;
  const double *x_lo = self->lo == NULL ? NULL : self->lo + a * self->n;
  const double *y_lo = self->lo == NULL ? NULL : self->lo + b * self->n;
  DhkDoubleDouble sums[N_LANES] = { { 0, 0 } };
  double rest = 0;
  size_t i = 0;

  for (; i + N_LANES <= self->n; i += N_LANES)
    for (size_t lane = 0; lane < N_LANES; lane++)
      sums[lane] = dhk_dd_add_product (sums[lane], x[i + lane], y[i + lane]);
  for (; i < self->n; i++)
    sums[0] = dhk_dd_add_product (sums[0], x[i], y[i]);
  if (x_lo != NULL)
    for (i = 0; i < self->n; i++)
      rest += x[i] * y_lo[i] + x_lo[i] * y[i];
  for (size_t lane = 1; lane < N_LANES; lane++)
    sums[0] = dhk_dd_add_dd (sums[0], sums[lane]);
  return dhk_dd_add (sums[0], rest);
}

static void
multiply_columns (DhkDesign *self)
{
  size_t columns = self->p + 1;

  for (size_t b = 0; b < columns; b++)
    for (size_t a = 0; a <= b; a++)
      {
        DhkDoubleDouble product = sum_of_products (self, a, b);
        DhkDoubleDouble of_means = dhk_dd_multiply (self->mean[a], self->mean[b]);

        product = dhk_dd_subtract (product, dhk_dd_scale (of_means, (double) self->n));
        self->products[a + b * columns] = self->products[b + a * columns] = product;
      }
}

static DhkStatsStatus
fill (DhkDesign *self, const Source *source)
{
  bool varies = true;

  for (size_t j = 0; j < source->n_predictors; j++)
    if (!take_column (self, j, source->predictors[j], source))
      return DHK_STATS_NOT_FINITE;
  if (!take_column (self, self->p, source->outcome, source))
    return DHK_STATS_NOT_FINITE;
  if (source->degree > 1)
    take_powers (self);
  for (size_t j = 0; j <= self->p; j++)
    varies = (self->centred ? centre_column (self, j) : scale_column (self, j)) && varies;
  if (!varies)
    return DHK_STATS_NO_VARIANCE;
  drop_empty_low_parts (self);
  multiply_columns (self);
  return DHK_STATS_OK;
}

DhkStatsStatus
dhk_design_init (DhkDesign *self,
                 const double *outcome,
                 const double *const *predictors,
                 size_t n_predictors,
                 size_t degree,
                 size_t n,
                 bool centred)
{
  Source source = { outcome, predictors, n_predictors, degree, n };
  DhkStatsStatus status;

  *self = (DhkDesign){ .p = degree > 1 ? degree : n_predictors, .centred = centred };
  for (size_t i = 0; i < n; i++)
    self->n += is_complete (&source, i);
  self->n_missing = n - self->n;
  if (self->n == 0)
    return DHK_STATS_NO_DATA;

  status = allocate (self) ? fill (self, &source) : DHK_STATS_NO_MEMORY;
  if (status != DHK_STATS_OK)
    dhk_design_clear (self);
  return status;
}
