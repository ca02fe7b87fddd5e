/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Wilcoxon's signed rank test: do two columns of the same respondents differ.
 *
 * Pairs without a difference are dropped (Wilcoxon's way, and that of R and SPSS;
 * Pratt's way to keep them is not here).
 */

#include <stddef.h>

#include "stats/dhk-rank-test.h"

typedef struct
{
  DhkStatsStatus status;
  DhkRankMethod method; /* of p: exact or normal */
  bool continuity;      /* whether a normal p is corrected */
  size_t n;             /* pairs that differ */
  size_t n_zeros;       /* pairs that do not, dropped */
  size_t n_missing;     /* rows in which a value is missing */
  size_t n_positive;    /* pairs with a > b */
  size_t n_negative;
  size_t n_ties; /* sets of differences of equal size */
  double w_plus; /* the sum of ranks of the positive differences, R's V */
  double w_minus;
  double p; /* two-sided */
  DhkRankNormal normal;
  DhkRankExact exact;
  double rank_biserial; /* matched pairs; positive where a is larger */
  DhkInterval rank_biserial_ci;
} DhkWilcoxon;

/*
 * dhk_wilcoxon:
 * Compares two columns of the same n rows by the ranks of their differences.
 *
 * Formula: ranks of |a − b| over the n pairs that differ, mid-ranks where they are equal; z =
 * (W⁺ − n(n + 1)/4)/σ, σ² = n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48; corrected: |W⁺ − n(n + 1)/4| −
 * 1/2. Exact: all 2^n signs, p twice the smaller tail. Rank-biserial r = (W⁺ − W⁻)/(W⁺ + W⁻);
 * CI = tanh(artanh r ± z SE), SE = √((4n + 2)/(3n(n + 1))), the SD of r without ties under the
 * null hypothesis. Two differences are equal that differ by less than the rounding of the
 * values: 0.3 − 0.2 is 0.4 − 0.3.
 * Source: F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83; D. S. Kerby, Comprehensive
 * Psychology 3 (2014) 11.IT.3.1; the interval as R's effectsize.
 * Units: those of the values, the same for both columns; a row with NaN in either is left out.
 * Smallest n: 1 pair that differs.
 * Undefined: NO_DATA (no pair), NO_DIFFERENCES (no pair differs), NOT_FINITE, BAD_ARGUMENT
 * (confidence, method), NO_MEMORY: all NaN, counts stay. TOO_LARGE (the exact distribution was
 * asked for more than 1000 pairs): p NaN. The parts have a status.
 */
DhkWilcoxon dhk_wilcoxon (DhkRankMethod method,
                          bool continuity,
                          const double *a,
                          const double *b,
                          size_t n,
                          double confidence);
