/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The noncentral t. Every probability is brought to t > 0 by T'(−δ) = −T'(δ),
 * and is one of two integrals.
 *
 * Over u = ln s: density of u times Φ(±(δ − t e^u)). Both factors are entire;
 * on the line u + iy, y small, their product grows by no more than e^(κ y²), κ = df s² +
 * t² s²/2 at the peak, so the trapezoidal rule with step h has a relative error of
 * e^(κ y² − 2π y/h), also in the tails. It needs about √(1 + t²/(2 df)) times 30
 * points.
 *
 * Over z, when t is so large against √df that this is too many: φ(z) times the
 * distribution function of χ at (z + δ)/t, which then hardly varies while φ
 * does, so that the peak stays near z = 0. It is used for δ > 12 only, where
 * z = −δ, at which the integrand ends, does not count; with a smaller δ and
 * such a t only the values with t·s of the order of δ count, and the first
 * integral is cheap again.
 */

#include "stats/dhk-noncentral-t.h"

#include "stats/dhk-chi-density.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-root.h"

#include <math.h>
#include <stdbool.h>

/* the step over z */
#define NORMAL_STEP 0.45

/* t² beyond this times df is large, and δ beyond this far from zero */
#define LARGE_T_SQUARED 200
#define FAR_FROM_ZERO 12

#define NEGLIGIBLE 1e-18

typedef struct
{
  double t; /* > 0 */
  double df;
  double delta;
  bool upper;
} Tail;

/* Integral over ln s */

/* The argument of Φ at s = e^u */
static double
normal_argument (const Tail *self, double u)
{
  /* this order keeps what is left of δ − t when u is tiny */
  double x = (self->delta - self->t) - self->t * expm1 (u);

  return self->upper ? x : -x;
}

/* φ(x) / Φ(x) */
static double
inverse_mills (double x)
{
  if (x < -30)
    return -x + 1 / (-x + 2 / -x);
  return exp (-x * x / 2) / (sqrt (2 * M_PI) * 0.5 * erfc (-x / M_SQRT2));
}

/* Whether the integrand rises at s = e^u */
static bool
rises_at (const Tail *self, double u)
{
  double pull = self->t * exp (u) * inverse_mills (normal_argument (self, u));

  return -self->df * expm1 (2 * u) > (self->upper ? pull : -pull);
}

/* ln s near the highest point: the integrand is logarithmically concave in s, so
 * its slope falls all the way. Without Φ the point is 0, and Φ draws it down for the
 * upper tail and up for the lower. */
static double
find_peak (const Tail *self)
{
  double low = 0, high = 0, width = 1;

  if (self->upper)
    while (!rises_at (self, low = -width) && width < 1e3)
      {
        high = low;
        width *= 2;
      }
  else
    while (rises_at (self, high = width) && width < 1e3)
      {
        low = high;
        width *= 2;
      }
  while (high - low > 0.5 / sqrt (self->df) && high - low > 1e-12)
    {
      double middle = (low + high) / 2;

      if (rises_at (self, middle))
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

static double
spread_term (const Tail *self, double u)
{
  return exp (dhk_chi_log_kernel (u, self->df)) * 0.5 * erfc (-normal_argument (self, u) / M_SQRT2);
}

/* The step for an error of e^−38: κ of the head comment at the border of Φ where
 * that lies to the right of the peak and in reach, and y at most 1/2. */
static double
choose_step (const Tail *self, double peak)
{
  double s = exp (peak);
  double border = fmin (self->delta / self->t, s + 9 / sqrt (self->df));
  double bound_s = fmax (s, border);
  double growth = self->df * fmax (1, s * s) + self->t * bound_s * self->t * bound_s / 2;

  /* the best y is π/(κ h), while that is small */
  return growth > 150 ? 0.45 / sqrt (growth) : M_PI / (38 + growth / 4);
}

static double
sum_over_spread (const Tail *self)
{
  double peak = find_peak (self);
  double step = choose_step (self, peak);
  double sum = 0;

  for (int direction = -1; direction <= 1; direction += 2)
    {
      double last = 0;

      for (double i = direction < 0 ? -1 : 0;; i += direction)
        {
          double term = spread_term (self, peak + i * step);

          sum += term;
          if (!(term > last) && !(term > NEGLIGIBLE * sum))
            break;
          last = term;
        }
    }
  return dhk_chi_constant (self->df) * step * sum;
}

/* Integral over z */

static double
normal_term (const Tail *self, double z)
{
  double s = (z + self->delta) / self->t;
  double x = self->df * s * s;

  if (!(s > 0))
    return self->upper ? 0 : exp (-z * z / 2);
  return exp (-z * z / 2)
         * (self->upper ? dhk_chi_squared_lower (x, self->df)
                        : dhk_chi_squared_upper (x, self->df));
}

static double
sum_over_normal (const Tail *self)
{
  double sum = 0;

  for (int direction = -1; direction <= 1; direction += 2)
    {
      double last = 0;

      for (double i = direction < 0 ? -1 : 0;; i += direction)
        {
          double term = normal_term (self, i * NORMAL_STEP);

          sum += term;
          if (isnan (term) || (!(term > last) && !(term > NEGLIGIBLE * sum)))
            break;
          last = term;
        }
    }
  return NORMAL_STEP * sum / sqrt (2 * M_PI);
}

/* Tails */

static double
compute_tail (double t, double df, double delta, bool upper)
{
  Tail self = { t, df, delta, upper };
  double p;

  if (!isfinite (t) || !isfinite (delta) || !(df >= 1))
    return NAN;
  if (isinf (df) || fpclassify (t) == FP_ZERO)
    return dhk_normal_upper (upper ? t - delta : delta - t);
  if (t < 0)
    self = (Tail){ -t, df, -delta, !upper };

  if (self.t > sqrt (LARGE_T_SQUARED * df))
    {
      if (self.delta > FAR_FROM_ZERO)
        return fmin (sum_over_normal (&self), 1);
      /* t lies far beyond δ: the lower tail is not small */
      if (!self.upper)
        {
          self.upper = true;
          return 1 - fmin (sum_over_spread (&self), 1);
        }
    }
  p = sum_over_spread (&self);
  return fmin (p, 1);
}

double
dhk_noncentral_t_upper (double t, double df, double delta)
{
  return compute_tail (t, df, delta, true);
}

double
dhk_noncentral_t_lower (double t, double df, double delta)
{
  return compute_tail (t, df, delta, false);
}

/* Inversion */

typedef struct
{
  double t;
  double df;
  double z; /* the normal quantile of the tail that is meant */
  bool upper;
} Inversion;

/* Rises with δ where the upper tail is meant, falls else; in normal quantiles,
 * which makes it nearly a straight line. */
static double
delta_distance (double delta, const void *data)
{
  const Inversion *wanted = data;
  double p = compute_tail (wanted->t, wanted->df, delta, wanted->upper);

  if (isnan (p))
    return NAN;
  if (!(p > 0 && p < 1))
    return p > 0 ? 1e300 : -1e300;
  return dhk_normal_quantile (p) - wanted->z;
}

double
dhk_noncentral_t_delta (double t, double df, double upper)
{
  /* the smaller tail, which tells neighbours apart */
  Inversion wanted = { t, df, 0, upper <= 0.5 };
  double guess, low, high, step;

  if (!(upper > 0 && upper < 1) || !isfinite (t) || !(df >= 1))
    return NAN;
  wanted.z = dhk_normal_quantile (upper <= 0.5 ? upper : 1 - upper);
  /* about one standard error of δ */
  step = isinf (df) ? 1 : sqrt (1 + t / (2 * df) * t);
  guess = t + (wanted.upper ? wanted.z : -wanted.z) * step;
  low = guess - (step *= 0.1);
  high = guess + step;
  for (int i = 0; i < 100 && (delta_distance (low, &wanted) > 0) == wanted.upper; i++)
    {
      high = low;
      low -= step *= 3;
    }
  step = high - guess;
  for (int i = 0; i < 100 && (delta_distance (high, &wanted) > 0) != wanted.upper; i++)
    {
      low = high;
      high += step *= 3;
    }
  return dhk_find_root (delta_distance, &wanted, low, high);
}
