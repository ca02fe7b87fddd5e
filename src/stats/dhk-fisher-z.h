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
 * Formula: artanh r = ln ((1 + |r|)² / (1 − r²)) / 2, with the sign of r.
 * Source: R. A. Fisher, Metron 1 (1921) 3–32.
 * Units: none.
 * Smallest n: none.
 * Undefined: infinite where r is 1 or −1.
 */
static inline double
dhk_fisher_z (double r, double unexplained)
{
  /* far from 1 atanh() is the better one: the logarithms above cancel near r = 0 */
  return fabs (r) < 0.5 ? atanh (r) : copysign (log1p (fabs (r)) - log (unexplained) / 2, r);
}

/* tanh (z ± margin), the margin being `se` standard errors at `confidence`. */
static inline DhkInterval
dhk_fisher_interval (double z, double se, double confidence)
{
  double margin = dhk_normal_quantile (0.5 + confidence / 2) * se;

  return dhk_interval_make (tanh (z - margin), tanh (z + margin), confidence);
}
