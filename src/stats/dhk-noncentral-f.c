/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Both distributions are mixtures Σ_j w_j P_j of a central one with 2j more
 * degrees of freedom, w_j being Poisson. With t_j = P_j(lower) − P_(j+1)(lower),
 * which is positive, lower tails are added up from the largest j downwards and
 * upper tails from the smallest j upwards, so that nothing is ever subtracted.
 * One incomplete beta (or gamma) function is needed, at the first j.
 *
 * Terms are kept as multiples of those at j = peak, where w_j t_j is largest,
 * so that nothing overflows or vanishes on the way. A sum is cut where what is
 * left is below NEGLIGIBLE of it.
 */

#include "stats/dhk-noncentral-f.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-root.h"

#include <math.h>
#include <stdbool.h>

#define NEGLIGIBLE 1e-19
/* Below this a sum of both factors' size is beyond a double. */
#define LEAST_AT_PEAK 1e-290
#define LARGEST_FINITE_DF 1e15
#define LARGEST_LAMBDA_OF_SUM 1e10
/* Beyond this, and with λ that a sum can take, all weights are 0. */
#define LARGEST_PEAK 1e12
#define LEAST_LAMBDA_OF_INTEGRAL 1e8

/* The F distribution where df2 is finite, else x = df1·f is a χ². */
typedef struct
{
  double x; /* f or χ² */
  double df1;
  double df2;
  double half;  /* λ/2 */
  double share; /* df1 f / (df1 f + df2), 0 of χ² */
} Mixture;

static bool
is_chi_squared (const Mixture *self)
{
  return isinf (self->df2);
}

/* t_(j+1) / t_j */
static double
term_ratio (const Mixture *self, double j)
{
  double next = self->df1 / 2 + j + 1;

  if (is_chi_squared (self))
    return self->x / 2 / next;
  return self->share * ((next - 1 + self->df2 / 2) / next);
}

static double
term (const Mixture *self, double j)
{
  double df = self->df1 + 2 * j, f = self->x * (self->df1 / df);

  if (is_chi_squared (self))
    return 2 * dhk_chi_squared_density (self->x, df + 2);
  return 2 * f / df * dhk_f_density (f, df, self->df2);
}

/* The tail of the central distribution at j */
static double
central_tail (const Mixture *self, double j, bool upper)
{
  double df = self->df1 + 2 * j, f = self->x * (self->df1 / df);

  if (is_chi_squared (self))
    return upper ? dhk_chi_squared_upper (self->x, df) : dhk_chi_squared_lower (self->x, df);
  return upper ? dhk_f_upper (f, df, self->df2) : dhk_f_lower (f, df, self->df2);
}

/* Where w_j t_j is largest: the last j with w_j t_j ≥ w_(j−1) t_(j−1). The ratio
 * of neighbours falls with j, so the whole j are bisected. */
static double
find_peak (const Mixture *self)
{
  double low = 0, high = 1;

  while (self->half / high * term_ratio (self, high - 1) >= 1)
    {
      if (high > LARGEST_PEAK)
        return high;
      high *= 2;
    }
  while (high - low > 1)
    {
      double middle = floor (low + (high - low) / 2);

      if (self->half / middle * term_ratio (self, middle - 1) >= 1)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* How many t_j at most the lower tail at j is. */
static double
lower_in_terms (const Mixture *self, double j, double all_in_terms)
{
  double ratio = fmax (term_ratio (self, j), self->share);

  return ratio < 1 ? fmin (1 / (1 - ratio), all_in_terms) : all_in_terms;
}

/* How many t_j at most the upper tails at j and j − 1 differ from that at 0, by a
 * geometric series where the terms grow all the way from 0. */
static double
upper_in_terms (const Mixture *self, double j, double all_in_terms)
{
  double ratio = term_ratio (self, j - 1);

  return self->df2 > 2 && ratio > 1 ? fmin (1 / (ratio - 1), all_in_terms) : all_in_terms;
}

/* w_j, the Poisson probability of j */
static double
poisson_weight (const Mixture *self, double j)
{
  return 2 * dhk_chi_squared_density (2 * self->half, 2 * j + 2);
}

static double
sum_lower (const Mixture *self)
{
  double peak = find_peak (self), term_at_peak = term (self, peak);
  double weight_at_peak = poisson_weight (self, peak);
  double weight = 1, step = 1, least = 0, tail, sum = 0, j;

  if (term_at_peak < LEAST_AT_PEAK || weight_at_peak < LEAST_AT_PEAK)
    return 0;
  for (j = peak;; j++)
    {
      double to_come = weight * step * lower_in_terms (self, j, 1 / (term_at_peak * step));

      if (j > self->half && to_come < NEGLIGIBLE * least * (1 - self->half / (j + 1)))
        break;
      least += weight * step;
      weight *= self->half / (j + 1);
      step *= term_ratio (self, j);
    }
  tail = central_tail (self, j, false) / term_at_peak;
  for (;; j--)
    {
      sum += weight * tail;
      if (j < 1 || !(weight > 0)
          || (j < peak && weight / term_at_peak < NEGLIGIBLE * sum * (1 - j / self->half)))
        break;
      weight *= j / self->half;
      step /= term_ratio (self, j - 1);
      tail += step;
    }
  return fmin (sum * term_at_peak * weight_at_peak, 1);
}

static double
sum_upper (const Mixture *self)
{
  double peak = find_peak (self), term_at_peak = term (self, peak);
  double weight_at_peak = poisson_weight (self, peak);
  double weight = 1, step = 1, least = 0, tail, sum = 0, j, at_peak, at_zero;

  if (term_at_peak < LEAST_AT_PEAK || weight_at_peak < LEAST_AT_PEAK)
    return 0;
  at_peak = central_tail (self, peak, true) / term_at_peak;
  at_zero = central_tail (self, 0, true) / term_at_peak;
  for (j = peak; j >= 1; j--)
    {
      double most = fmin (at_peak, at_zero + step * upper_in_terms (self, j, at_peak / step));

      if (j < self->half && weight * most < NEGLIGIBLE * least * (1 - j / self->half))
        break;
      least += weight * step;
      weight *= j / self->half;
      step /= term_ratio (self, j - 1);
    }
  tail = central_tail (self, j, true) / term_at_peak;
  for (;; j++)
    {
      sum += weight * tail;
      if (!(weight > 0))
        break;
      if (j > peak && j > self->half
          && weight / term_at_peak < NEGLIGIBLE * sum * (1 - self->half / (j + 1)))
        break;
      tail += step;
      weight *= self->half / (j + 1);
      step *= term_ratio (self, j);
    }
  return fmin (sum * term_at_peak * weight_at_peak, 1);
}

/* F' > f where χ²(df2) < v. The numerator of F' is (Z + √λ)² and an independent
 * χ²(df1 − 1), here replaced by its mean; a trapezoidal sum over Z. */
static double
integrate (const Mixture *self, bool upper)
{
  double root = sqrt (2 * self->half), h = 0.25, sum = 0;

  for (double z = -38; z <= 38; z += h)
    {
      double part = (z + root) * ((z + root) / self->df1) + (self->df1 - 1) / self->df1;
      double v = self->df2 * (part / self->x);
      double tail
          = upper ? dhk_chi_squared_lower (v, self->df2) : dhk_chi_squared_upper (v, self->df2);

      sum += exp (-z * z / 2) * tail;
    }
  return fmin (sum * h / sqrt (2 * M_PI), 1);
}

static double
mixture_tail (Mixture self, bool upper)
{
  double lambda = 2 * self.half;
  bool above = is_chi_squared (&self) ? self.x > self.df1 + lambda : self.x > 1 + lambda / self.df1;

  if (isnan (self.x) || !(lambda >= 0))
    return NAN;
  if (!(self.x > 0))
    return upper ? 1 : 0;
  if (isinf (self.x))
    return upper ? 0 : 1;
  if (!is_chi_squared (&self))
    self.share = 1 / (1 + self.df2 / self.df1 / self.x);
  if (fpclassify (lambda) == FP_ZERO)
    return central_tail (&self, 0, upper);
  if (lambda > LEAST_LAMBDA_OF_INTEGRAL && self.df1 * self.df2 < 1e-14 * lambda * lambda
      && isfinite (lambda))
    return integrate (&self, upper);
  if (lambda > LARGEST_LAMBDA_OF_SUM)
    return NAN;
  /* the tail on this side of the middle directly, the other by what is left */
  if (above)
    return upper ? sum_upper (&self) : 1 - sum_upper (&self);
  return upper ? 1 - sum_lower (&self) : sum_lower (&self);
}

static bool
is_df (double df)
{
  return df >= 1 && df <= LARGEST_FINITE_DF;
}

/* F with very many degrees of freedom is χ² / df1. */
static Mixture
mixture_of_f (double f, double df1, double df2, double lambda)
{
  bool infinite = df2 > LARGEST_FINITE_DF;

  return (Mixture){ infinite ? f * df1 : f, df1, infinite ? INFINITY : df2, lambda / 2, 0 };
}

double
dhk_noncentral_f_upper (double f, double df1, double df2, double lambda)
{
  if (!is_df (df1) || !(df2 >= 1))
    return NAN;
  return mixture_tail (mixture_of_f (f, df1, df2, lambda), true);
}

double
dhk_noncentral_f_lower (double f, double df1, double df2, double lambda)
{
  if (!is_df (df1) || !(df2 >= 1))
    return NAN;
  return mixture_tail (mixture_of_f (f, df1, df2, lambda), false);
}

double
dhk_noncentral_chi_squared_upper (double x, double df, double lambda)
{
  if (!is_df (df))
    return NAN;
  return mixture_tail ((Mixture){ x, df, INFINITY, lambda / 2, 0 }, true);
}

double
dhk_noncentral_chi_squared_lower (double x, double df, double lambda)
{
  if (!is_df (df))
    return NAN;
  return mixture_tail ((Mixture){ x, df, INFINITY, lambda / 2, 0 }, false);
}

/* Inversion */

typedef struct
{
  Mixture mixture;
  double wanted; /* of the tail below */
  bool upper;
} Inversion;

/* The logarithm tells small tails apart; log λ keeps a small λ's digits. */
static double
tail_distance (double log_lambda, const void *data)
{
  const Inversion *self = data;
  Mixture mixture = self->mixture;
  double tail;

  mixture.half = exp (log_lambda) / 2;
  tail = mixture_tail (mixture, self->upper);
  return (tail > 0 ? log (tail) : isnan (tail) ? NAN : -1e300) - log (self->wanted);
}

static double
find_lambda (Mixture mixture, double upper)
{
  Inversion inversion = { mixture, upper, true };
  double low, high, centre;

  if (!(upper > 0 && upper < 1) || !(mixture.x >= 0) || isinf (mixture.x))
    return NAN;
  mixture.half = 0;
  if (!(mixture_tail (mixture, true) < upper))
    return 0;
  if (upper > 0.5)
    {
      inversion.upper = false;
      inversion.wanted = 1 - upper;
    }
  centre = is_chi_squared (&mixture) ? mixture.x : mixture.x * mixture.df1;
  low = high = log (fmax (centre, 1e-3));
  if (isnan (tail_distance (low, &inversion)))
    return NAN;
  /* the upper tail grows with λ, the lower one shrinks */
  while (low > -600 && (tail_distance (low, &inversion) > 0) == inversion.upper)
    low -= 1;
  while (high < 700 && (tail_distance (high, &inversion) < 0) == inversion.upper)
    high += 0.5;
  return exp (dhk_find_root (tail_distance, &inversion, low, high));
}

double
dhk_noncentral_f_lambda (double f, double df1, double df2, double upper)
{
  if (!is_df (df1) || !(df2 >= 1))
    return NAN;
  return find_lambda (mixture_of_f (f, df1, df2, 0), upper);
}

double
dhk_noncentral_chi_squared_lambda (double x, double df, double upper)
{
  if (!is_df (df))
    return NAN;
  return find_lambda ((Mixture){ x, df, INFINITY, 0, 0 }, upper);
}
