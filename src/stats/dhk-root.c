/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#define MOST_STEPS 200

/* Where to cut [a, b] next, as a fraction from a; c is the point before. */
static double
next_cut (double a, double b, double c, double fa, double fb, double fc)
{
  double xi = (a - b) / (c - b);
  double phi = (fa - fb) / (fc - fb);

  if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb);
  return 0.5;
}

double
dhk_find_root (DhkRootFunction function, const void *data, double low, double high)
{
  double a = high, b = low, c = low;
  double fa = function (a, data), fb = function (b, data), fc = fb;
  double cut;

  if (isnan (fa) || isnan (fb))
    return NAN;
  if (fpclassify (fa) == FP_ZERO)
    return a;
  if (fpclassify (fb) == FP_ZERO)
    return b;
  if (signbit (fa) == signbit (fb))
    return NAN;

  /* a linear first step: both ends are good guesses here */
  cut = fa / (fa - fb);
  for (int step = 0; step < MOST_STEPS; step++)
    {
      double x, fx, best, tolerance;

      best = fabs (fa) < fabs (fb) ? a : b;
      tolerance = (2 * DBL_EPSILON * fabs (best) + 0.5e-15) / fabs (b - a);
      if (tolerance > 0.5)
        return best;
      cut = fmin (fmax (cut, tolerance), 1 - tolerance);
      x = a + cut * (b - a);
      fx = function (x, data);
      if (isnan (fx))
        return NAN;
      if (fpclassify (fx) == FP_ZERO)
        return x;

      if (signbit (fx) == signbit (fa))
        {
          c = a;
          fc = fa;
        }
      else
        {
          c = b;
          fc = fb;
          b = a;
          fb = fa;
        }
      a = x;
      fa = fx;
      cut = next_cut (a, b, c, fa, fb, fc);
    }
  return fabs (fa) < fabs (fb) ? a : b;
}
