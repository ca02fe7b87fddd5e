/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Median, quartiles and other quantiles by the definitions in use, of columns
 * with or without case weights.
 *
 * The number of a type is that of Hyndman and Fan, as in R's quantile ():
 *
 *   type 2  the value with the position n·p, the mean of two where n·p is
 *           whole (SAS's default; SPSS's AEMPIRICAL)
 *   type 6  interpolated at (n + 1)·p (SPSS's percentiles, HAVERAGE)
 *   type 7  interpolated at 1 + (n − 1)·p (R's default, spreadsheets)
 */

#include <stddef.h>

#include "stats/dhk-status.h"
#include "stats/dhk-weighting.h"

typedef struct
{
  DhkStatsStatus status;
  double min;
  double max;
  double range;
  double median; /* the middle value, or the mean of the two; type 6 with weights */
  double p05_type2;
  double p25_type2;
  double p75_type2;
  double p95_type2;
  double p05_type6;
  double p25_type6;
  double p75_type6;
  double p95_type6;
  double p05_type7;
  double p25_type7;
  double p75_type7;
  double p95_type7;
  double iqr_type6;
  double iqr_type7;
  double hinge_low; /* Tukey's, the ends of the box of a box plot */
  double hinge_high;
} DhkOrderStatistics;

/*
 * dhk_order_statistics:
 * The order statistics of `n` values with the weights `weight` (NULL: each 1).
 *
 * Formula: with W the sum of the weights, cc(k) the sum of the weights of the
 * k smallest values and X(r) the smallest value with cc ≥ r. Type 2: x(k) for
 * the first k with cc(k) ≥ W p, its mean with x(k + 1) where they are equal.
 * Type 6: t = (W + 1) p, k the last with cc(k) ≤ t, g = t − cc(k): x(k + 1)
 * where g ≥ 1, else (1 − h) x(k) + h x(k + 1), h = g, or g / w(k + 1) where that
 * weight is below 1. Type 7: t = 1 + (W − 1) p, j = ⌊t⌋: (1 − (t − j)) X(j) + (t
 * − j) X(j + 1). Hinges: the mean of X(⌊d⌋) and X(⌈d⌉) at the depth d = (⌊(W +
 * 1)/2⌋ + 1)/2 from either end. With whole weights all equal those of the data
 * in which each row is repeated.
 * Source: R. J. Hyndman, Y. Fan, The American Statistician 50 (1996) 361–365;
 * IBM SPSS Statistics Algorithms, EXAMINE (types 2 and 6 with weights); F. E.
 * Harrell, R package Hmisc, wtd.quantile (type 7 with weights); J. W. Tukey,
 * Exploratory Data Analysis (1977) 33.
 * Units: those of the values; NaN is left out, and rows without a positive
 * weight. `values` may be NULL where n is 0.
 * Smallest n: 1.
 * Undefined: NO_DATA, NOT_FINITE (infinite values or weights), NO_MEMORY: all
 * NaN.
 */
DhkOrderStatistics dhk_order_statistics (const double *values, const double *weight, size_t n);
