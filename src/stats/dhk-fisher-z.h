/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Intervals by Fisher's transformation z = artanh r (inside this library only).
 */

#include "stats/dhk-distribution.h"
#include "stats/dhk-interval.h"

/*
 * artanh r, where `unexplained` is 1 − r² computed without cancellation, so that it is right for r
 * near 1 too.
 *
 * Formula: artanh r = arsinh (r / √(1 − r²)).
 * Source: R. A. Fisher, Metron 1 (1921) 3–32.
 * Units: none.
 * Smallest n: none.
 * Undefined: infinite where 1 − r² is zero.
 */
static inline double
dhk_fisher_z (double r, double unexplained)
{
  return asinh (r / sqrt (unexplained));
}

/* tanh (z ± margin), the margin being `se` standard errors at `confidence`. */
static inline DhkInterval
dhk_fisher_interval (double z, double se, double confidence)
{
  double margin = dhk_normal_quantile (0.5 + confidence / 2) * se;

  return dhk_interval_make (tanh (z - margin), tanh (z + margin), confidence);
}
