/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-weighted.h"

#include <stdlib.h>

const char *const dhk_weighting_names[] = { "none", "frequency", NULL };

static int
compare (const void *a, const void *b)
{
  const DhkWeightedValue *x = a, *y = b;

  if (x->value < y->value || x->value > y->value)
    return x->value < y->value ? -1 : 1;
  return (x->weight > y->weight) - (x->weight < y->weight);
}

/* Whether the row has a weight; an infinite one counts, and spoils the result. */
static int
takes_part (const double *weight, size_t i)
{
  return weight == NULL || weight[i] > 0;
}

static void
gather (DhkWeightedValues *self, const double *values, const double *weight, size_t n)
{
  DhkDoubleDouble missing = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    {
      double w = weight == NULL ? 1 : weight[i];

      if (!takes_part (weight, i))
        self->n_left_out++;
      else if (isnan (values[i]))
        missing = dhk_dd_add (missing, w);
      else /* a negative zero becomes zero */
        self->values[self->n_rows++] = (DhkWeightedValue){ values[i] + 0.0, w, 0 };
    }
  self->n_missing = dhk_dd_value (missing);
}

/* Makes one of equal values. */
static void
merge (DhkWeightedValues *self)
{
  DhkDoubleDouble weight = { 0, 0 };

  for (size_t i = 0; i < self->n_rows; i++)
    {
      DhkWeightedValue *last = self->values + self->n_values;

      if (i == 0 || self->values[i].value > last[-1].value)
        {
          *last = self->values[i];
          self->n_values++;
          weight = (DhkDoubleDouble){ self->values[i].weight, 0 };
          continue;
        }
      weight = dhk_dd_add (weight, self->values[i].weight);
      last[-1].weight = dhk_dd_value (weight);
    }
}

/* Whether all weights have a sum and all values are finite; fills the running sums. */
static DhkStatsStatus
add_up (DhkWeightedValues *self)
{
  if (self->n_values == 0)
    return DHK_STATS_NO_DATA;
  for (size_t i = 0; i < self->n_values; i++)
    {
      self->n = dhk_dd_add (self->n, self->values[i].weight);
      self->values[i].up_to = dhk_dd_value (self->n);
    }
  if (!isfinite (dhk_dd_value (self->n)) || !isfinite (self->n_missing))
    {
      self->n = (DhkDoubleDouble){ NAN, NAN };
      return DHK_STATS_NOT_FINITE;
    }
  return isfinite (self->values[0].value) && isfinite (self->values[self->n_values - 1].value)
             ? DHK_STATS_OK
             : DHK_STATS_NOT_FINITE;
}

DhkWeightedValues
dhk_weighted_collect (const double *values, const double *weight, size_t n)
{
  DhkWeightedValues self = { DHK_STATS_NO_DATA,
                             weight == NULL ? DHK_WEIGHTING_NONE : DHK_WEIGHTING_FREQUENCY,
                             NULL,
                             0,
                             0,
                             0,
                             { 0, 0 },
                             0 };

  if (n == 0)
    return self;
  self.values = calloc (n, sizeof *self.values);
  if (self.values == NULL)
    {
      self.status = DHK_STATS_NO_MEMORY;
      return self;
    }
  gather (&self, values, weight, n);
  qsort (self.values, self.n_rows, sizeof *self.values, compare);
  merge (&self);
  self.status = add_up (&self);
  if (!isfinite (self.n_missing))
    self.n_missing = NAN;
  return self;
}

void
dhk_weighted_clear (DhkWeightedValues *self)
{
  free (self->values);
  self->values = NULL;
  self->n_values = 0;
  self->n_rows = 0;
}

/* The mean is found as a first guess and the mean deviation from it, so that a sum of weights
 * that is rounded cannot shift the mean of values far from zero. */
static DhkDoubleDouble
mean_of (const DhkWeightedValues *self)
{
  double n = dhk_dd_value (self->n), guess;
  DhkDoubleDouble sum = { 0, 0 }, rest = { 0, 0 }, mean;

  /* the share of each, so that the sum cannot overflow */
  for (size_t i = 0; i < self->n_values; i++)
    sum = dhk_dd_add_product (sum, self->values[i].weight / n, self->values[i].value);
  guess = dhk_dd_value (sum);
  for (size_t i = 0; i < self->n_values; i++)
    {
      DhkDoubleDouble d = dhk_dd_two_sum (self->values[i].value, -guess);

      rest = dhk_dd_add_product (rest, self->values[i].weight / n, d.hi);
      rest = dhk_dd_add_product (rest, self->values[i].weight / n, d.lo);
    }
  mean = dhk_dd_two_sum (guess, rest.hi);
  return dhk_dd_fast_two_sum (mean.hi, mean.lo + rest.lo);
}

/* A power of two above `half`, within what both it and its inverse can be. */
static double
scale_of (double half)
{
  int exponent;

  frexp (half, &exponent);
  exponent++;
  return ldexp (1, exponent > 1000 ? 1000 : exponent < -1000 ? -1000 : exponent);
}

DhkWeightedMoments
dhk_weighted_moments (const DhkWeightedValues *self)
{
  double low = self->values[0].value, high = self->values[self->n_values - 1].value;
  DhkWeightedMoments result = { { low, 0 }, 1, { 0, 0, 0, 0, 0 } };
  DhkDoubleDouble power[5] = { { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } };

  if (!(high > low))
    return result;
  result.mean = mean_of (self);
  result.scale = scale_of (high / 2 - low / 2);
  for (size_t i = 0; i < self->n_values; i++)
    {
      double d = dhk_dd_deviation (self->values[i].value, result.mean) / result.scale;
      double weighted = self->values[i].weight * d;

      for (int r = 2; r <= 4; r++, weighted *= d)
        power[r] = dhk_dd_add_product (power[r], weighted, d);
    }
  for (int r = 2; r <= 4; r++)
    result.power[r] = dhk_dd_value (power[r]);
  return result;
}
