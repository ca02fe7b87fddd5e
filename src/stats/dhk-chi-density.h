/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The density of u = ln s, where s = χ/√df is the spread of normal values
 * (inside this library only): constant · e^kernel(u).
 *
 * Integrals of it times an analytic function are trapezoidal sums that
 * converge exponentially; the studentized range and the noncentral t are such.
 *
 * Source: the density of χ by substitution; L. N. Trefethen, J. A. C. Weideman,
 * SIAM Review 56 (2014) 385–458 for the sums.
 */

#include <math.h>

/* 2 a^a e^-a / Γ(a), a = df/2 */
static inline double
dhk_chi_constant (double df)
{
  double a = df / 2;
  int sign;

  if (a < 16)
    return 2 * exp (a * log (a) - a - lgamma_r (a, &sign));
  return 2 * sqrt (a / (2 * M_PI))
         * exp (-(1. / 12
                  - (1. / 360 - (1. / 1260 - (1. / 1680 - 1. / 1188 / (a * a)) / (a * a)) / (a * a))
                        / (a * a))
                / a);
}

/* df (u − (e^2u − 1)/2), highest at u = 0, where it is 0 */
static inline double
dhk_chi_log_kernel (double u, double df)
{
  /* the two terms cancel near zero, where many df make it matter */
  if (fabs (u) < 0.05)
    {
      double v = 2 * u, sum = 0;

      for (int n = 10; n >= 2; n--)
        sum = (sum + 1) * v / n;
      return -df * sum * u;
    }
  return df * (u - expm1 (2 * u) / 2);
}
