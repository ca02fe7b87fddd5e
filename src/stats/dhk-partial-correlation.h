/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The correlation of two columns with the influence of others taken out of
 * both (partial) or of one (part, also called semipartial).
 *
 * Listwise: the cases with a value in all columns.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* cases with all values */
  size_t n_missing; /* the others */
  size_t n_controls;
  double r; /* of x and y, both without the controls */
  double t;
  double df; /* n − 2 − controls */
  double p;  /* two-sided, of r = 0 */
  DhkInterval ci;
  double part_x; /* of x without the controls, and y as it is */
  double part_y; /* of x as it is, and y without the controls */
} DhkPartialCorrelation;

/*
 * dhk_partial_correlation:
 * The partial correlation of `x` and `y` given `controls`, n_controls columns, all of
 * length n. Without controls it is the correlation itself.
 *
 * Formula: r of the residuals of x and of y on the controls; t = r √(df / (1 −
 * r²)), df = n − 2 − c; CI = tanh (artanh r ± z / √(n − 3 − c)). The residuals by
 * orthogonalisation with inner products in double-double, done twice.
 * Source: G. U. Yule, Proc. Royal Society A 79 (1907) 182–193; R. A. Fisher,
 * Metron 3 (1924) 329–332; L. Giraud, J. Langou, M. Rozložník, Computers and
 * Mathematics with Applications 50 (2005) 1069–1075 for "twice is enough".
 * Units: none. The columns may be NULL where n is 0.
 * Smallest n: 3 + c cases; the interval needs 4 + c and is TOO_FEW below.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (a column is constant), SINGULAR (the
 * controls determine each other, or x or y, to within rounding), NOT_FINITE,
 * BAD_ARGUMENT (confidence), NO_MEMORY: all NaN. PERFECT_FIT (r = 1 or −1): r,
 * df and the part correlations are given.
 */
DhkPartialCorrelation dhk_partial_correlation (const double *x,
                                               const double *y,
                                               const double *const *controls,
                                               size_t n_controls,
                                               size_t n,
                                               double confidence);
