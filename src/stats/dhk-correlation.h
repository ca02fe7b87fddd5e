/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Pearson's product-moment correlation of two columns.
 *
 * Pairwise: the cases in which both columns hold a value. For a matrix with
 * listwise deletion, give it columns from which the other cases are blanked.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* cases with both values */
  double r;
  double t;
  double df; /* n − 2 */
  double p;  /* two-sided, of r = 0 */
  double ci_low;
  double ci_high;
  double confidence;
} DhkCorrelation;

/*
 * dhk_pearson:
 * The correlation of `x` and `y`, both of length n.
 *
 * Formula: r = Σ(x − M_x)(y − M_y) / √(Σ(x − M_x)² Σ(y − M_y)²); t = r
 * √(df / (1 − r²)), df = n − 2; CI = tanh (artanh r ± z / √(n − 3)).
 * Source: K. Pearson, Phil. Trans. A 187 (1896); R. A. Fisher, Metron 1 (1921)
 * 3–32.
 * Units: none. The columns may be NULL where n is 0.
 * Smallest n: 3 cases; the interval needs 4 and is NaN at 3.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (in one of the columns), NOT_FINITE,
 * BAD_ARGUMENT (confidence): all NaN. PERFECT_FIT (r = 1 or −1, to within the
 * rounding of the data): r and df are given, the rest is NaN.
 */
DhkCorrelation dhk_pearson (const double *x, const double *y, size_t n, double confidence);
