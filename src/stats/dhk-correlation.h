/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Pearson's product-moment correlation of two columns.
 *
 * Pairwise: the cases in which both columns hold a value. For many columns,
 * listwise too, see dhk-correlation-matrix.h; for ranks dhk-rank-correlation.h.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* cases with both values */
  double r;
  double t;
  double df; /* n − 2 */
  double p;  /* two-sided, of r = 0 */
  DhkInterval ci;
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
 * Smallest n: 3 cases; the interval needs 4 and is TOO_FEW at 3.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (in one of the columns), NOT_FINITE,
 * BAD_ARGUMENT (confidence): all NaN. PERFECT_FIT (r = 1 or −1, to within the
 * rounding of the data): r and df are given, the rest is NaN.
 */
DhkCorrelation dhk_pearson (const double *x, const double *y, size_t n, double confidence);

/*
 * dhk_pearson_from_r:
 * The test and the interval of a correlation that is known with its n.
 *
 * Formula: as dhk_pearson.
 * Source: as dhk_pearson.
 * Units: none.
 * Smallest n: 3; the interval needs 4.
 * Undefined: NO_DATA (n = 0), TOO_FEW, BAD_ARGUMENT (r beyond ±1 or NaN, confidence);
 * PERFECT_FIT (r = 1 or −1): r and df are given, the rest is NaN.
 */
DhkCorrelation dhk_pearson_from_r (double r, size_t n, double confidence);
