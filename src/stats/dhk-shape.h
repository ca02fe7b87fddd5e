/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Skewness and kurtosis in the three definitions that programs print, numbered
 * as by Joanes and Gill.
 *
 *   type 1  the ratio of moments (most textbooks; R's package moments)
 *   type 2  corrected for bias under normality (SPSS, SAS, spreadsheets)
 *   type 3  with the SD of n − 1 (R's packages psych and e1071, Minitab)
 */

#include <stddef.h>

#include "stats/dhk-status.h"
#include "stats/dhk-weighting.h"

typedef struct
{
  DhkStatsStatus status;
  double type1;
  double type2;
  double type3;
  double se; /* of type 2, in a sample from a normal distribution */
} DhkShape;

/*
 * dhk_skewness:
 * The skewness of `n` values with the weights `weight` (NULL: each 1).
 *
 * Formula: with m_r = Σ w (x − M)^r / n, n = Σ w: type 1 g = m_3 / m_2^(3/2);
 * type 2 g √(n (n − 1)) / (n − 2); type 3 g ((n − 1)/n)^(3/2). SE = √(6 n (n −
 * 1) / ((n − 2)(n + 1)(n + 3))).
 * Source: D. N. Joanes, C. A. Gill, The Statistician 47 (1998) 183–189; IBM
 * SPSS Statistics Algorithms, DESCRIPTIVES (weights, SE).
 * Units: none; NaN is left out, and rows without a positive weight. `values`
 * may be NULL where n is 0.
 * Smallest n: 3.
 * Undefined: NO_DATA; TOO_FEW; NO_VARIANCE, all but the SE NaN; NOT_FINITE,
 * NO_MEMORY: all NaN.
 */
DhkShape dhk_skewness (const double *values, const double *weight, size_t n);

/*
 * dhk_kurtosis:
 * The excess kurtosis (0 for a normal distribution) of `n` values with the
 * weights `weight` (NULL: each 1).
 *
 * Formula: as above: type 1 g = m_4 / m_2² − 3; type 2 (n − 1) ((n + 1) g + 6) /
 * ((n − 2)(n − 3)); type 3 (g + 3)(1 − 1/n)² − 3. SE = 2 SE_skewness √((n² − 1) /
 * ((n − 3)(n + 5))).
 * Source: as dhk_skewness.
 * Units: as dhk_skewness.
 * Smallest n: 4.
 * Undefined: as dhk_skewness.
 */
DhkShape dhk_kurtosis (const double *values, const double *weight, size_t n);
