/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Analysis of variance of ranks: Kruskal and Wallis's test for independent
 * groups, Friedman's for occasions (or items, or raters) of the same cases.
 *
 * Only the order of values counts, so an infinite value is the largest or the
 * smallest and nothing more. Equal values share the mean of their ranks, and
 * both tests are corrected for it.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

/* One group or one occasion */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean_rank;
} DhkMeanRank;

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  size_t n_groups; /* that hold values */
  double h;        /* corrected for ties */
  double df;
  double p;
  double epsilon_squared; /* H / (n − 1) */
  double eta_squared_h;   /* (H − k + 1) / (n − k); negative where H < k − 1 */
} DhkKruskalWallis;

/*
 * dhk_kruskal_wallis:
 * Whether values of one group tend to be larger than those of another:
 * `group[i]` is the group of `values[i]`, from 0 and below n_groups; a negative
 * one leaves the value out, as does NaN. `mean_ranks`, of length n_groups, is
 * filled unless it is NULL.
 *
 * Formula: H = 12 / (N (N + 1)) Σ n_g (R_g − (N + 1)/2)² / (1 − Σ (t³ − t) / (N³ −
 * N)), R_g a mean rank, t the size of a set of ties; p from χ² with k − 1
 * degrees of freedom. ε² = H / (N − 1); η²_H = (H − k + 1) / (N − k).
 * Source: W. H. Kruskal, W. A. Wallis, JASA 47 (1952) 583–621; M. Tomczak, E.
 * Tomczak, Trends in Sport Sciences 21 (2014) 19–25.
 * Units: none.
 * Smallest n: two groups with values, and one value more than groups.
 * Undefined: NO_DATA, TOO_FEW_GROUPS, TOO_FEW (as many groups as values),
 * NO_VARIANCE (all values are equal): H, p and effect sizes NaN, mean ranks
 * kept. BAD_ARGUMENT (a group of n_groups or more), NO_MEMORY: all NaN. A group
 * without values has NO_DATA in its mean rank.
 */
DhkKruskalWallis dhk_kruskal_wallis (
    const double *values, const int *group, size_t n, size_t n_groups, DhkMeanRank *mean_ranks);

/* A test that may be undefined beside one that is not */
typedef struct
{
  DhkStatsStatus status;
  double f;
  double df1;
  double df2;
  double p;
} DhkImanDavenport;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* cases that are complete */
  size_t n_missing; /* cases left out */
  size_t n_occasions;
  double chi_squared; /* corrected for ties */
  double df;
  double p;
  double kendall_w; /* χ² / (n (k − 1)) */
  DhkImanDavenport iman_davenport;
} DhkFriedman;

/*
 * dhk_friedman:
 * Whether occasions differ: `occasions` are n_occasions columns of length n. A
 * case with a missing value takes no part. `mean_ranks`, of length n_occasions,
 * is filled unless it is NULL.
 *
 * Formula: χ² = 12 Σ (R_j − n (k + 1)/2)² / (n k (k + 1) − Σ (t³ − t) / (k − 1)),
 * R_j the sum of the ranks of occasion j within cases; W = χ² / (n (k − 1)).
 * F = (n − 1) χ² / (n (k − 1) − χ²) with k − 1 and (n − 1)(k − 1).
 * Source: M. Friedman, JASA 32 (1937) 675–701; M. G. Kendall, B. Babington
 * Smith, Annals of Mathematical Statistics 10 (1939) 275–287; R. L. Iman, J. M.
 * Davenport, Communications in Statistics A 9 (1980) 571–595.
 * Units: none.
 * Smallest n: one complete case for χ²; two for F.
 * Undefined: NO_DATA (no complete case), TOO_FEW_GROUPS (one occasion),
 * NO_VARIANCE (no case tells two occasions apart), BAD_ARGUMENT (no occasion):
 * all NaN. F alone: TOO_FEW (one case), NO_VARIANCE (all cases rank alike).
 */
DhkFriedman dhk_friedman (const double *const *occasions,
                          size_t n_occasions,
                          size_t n,
                          DhkMeanRank *mean_ranks);
