/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The test of Mann and Whitney (Wilcoxon's rank sum test): do the values of one
 * group tend to be larger than those of the other.
 *
 * Both conventions are here: SPSS gives the smaller U and z without continuity
 * correction, R the U of the first group (its W) and p with it.
 */

#include <stddef.h>

#include "stats/dhk-rank-test.h"

typedef struct
{
  DhkStatsStatus status;
  DhkRankMethod method; /* of p: exact or normal */
  bool continuity;      /* whether a normal p is corrected */
  size_t n_a;
  size_t n_b;
  size_t n_ties; /* sets of equal values */
  double rank_sum_a;
  double rank_sum_b;
  double mean_rank_a;
  double mean_rank_b;
  double u_a; /* pairs in which the value of a is larger; a tie is half a pair */
  double u_b;
  double u; /* the smaller one */
  double p; /* two-sided */
  DhkRankNormal normal;
  DhkRankExact exact;
  double superiority;   /* the share of pairs in which the value of a is larger */
  double rank_biserial; /* positive where a is larger */
  DhkInterval rank_biserial_ci;
} DhkMannWhitney;

/*
 * dhk_mann_whitney:
 * Compares two independent columns by the ranks of their values.
 *
 * Formula: U_a = R_a − n_a(n_a + 1)/2, with R_a the sum of mid-ranks; z = (U_a − n_a
 * n_b/2)/σ, σ² = n_a n_b (N + 1)/12 · (1 − Σ(t³ − t)/(N³ − N)); corrected: |U_a − n_a
 * n_b/2| − 1/2. Exact: all ways to divide the N mid-ranks, p = P(|U − E| ≥ |u − E|).
 * Rank-biserial r = (U_a − U_b)/(n_a n_b); CI = tanh(artanh r ± z √((N + 1)/(3 n_a
 * n_b))).
 * Source: H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947)
 * 50–60; B. Streitberg, J. Röhmel, Statistical Software Newsletter 12 (1986)
 * 10–17; D. S. Kerby, Comprehensive Psychology 3 (2014) 11.IT.3.1; the interval
 * as R's effectsize.
 * Units: only the order of the values counts; NaN is left out, infinite values
 * are the largest and smallest. A column may be NULL where its n is 0.
 * Smallest n: 1 and 1.
 * Undefined: NO_DATA (a group without values), BAD_ARGUMENT (confidence, method),
 * NO_MEMORY: all NaN. NO_VARIANCE (all values are equal): p NaN. TOO_LARGE (the exact
 * distribution was asked and takes too long): p NaN. The parts have a status.
 */
DhkMannWhitney dhk_mann_whitney (DhkRankMethod method,
                                 bool continuity,
                                 const double *a,
                                 size_t n_a,
                                 const double *b,
                                 size_t n_b,
                                 double confidence);
