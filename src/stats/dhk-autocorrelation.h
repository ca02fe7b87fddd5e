/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How much a value resembles the one before it.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n;       /* valid values */
  size_t n_pairs; /* neighbours that are both valid */
  double mean;
  double r; /* lag-1 autocorrelation */
} DhkAutocorrelation;

/*
 * dhk_autocorrelation:
 * The lag-1 autocorrelation of `n` values in their order.
 *
 * Formula: r = Σ(x_t − M)(x_{t+1} − M) / Σ(x_t − M)². With missing values each
 * sum is over what is valid, and r is multiplied by n / (pairs + 1), which is 1
 * when nothing is missing (as R's acf with na.pass).
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.12; G. E. P.
 * Box, G. M. Jenkins, Time Series Analysis (1976) 32.
 * Units: a number from −1 to 1 when nothing is missing; the mean in units of the values.
 * `values` may be NULL where n is 0. The deviations and their products are in
 * double-double, for NIST's sets.
 * Smallest n: 2 values that are neighbours.
 * Undefined: NO_DATA; TOO_FEW (no pair) and NO_VARIANCE, r NaN; NOT_FINITE, mean and r NaN.
 */
DhkAutocorrelation dhk_autocorrelation (const double *values, size_t n);
