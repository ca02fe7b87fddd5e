/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Everything that covariances tell about the reliability of a scale: Cronbach's
 * alpha raw and standardised with two intervals, Guttman's lambdas, the
 * correlations between the items, and what each item adds.
 *
 * Listwise as SPSS does, or from pairwise covariances as psych does in R. Items
 * worded the other way round are reversed by the caller; nothing is flipped
 * here. Whoever wants alpha alone calls dhk_cronbach_alpha(), which is faster.
 */

#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-status.h"
#include "stats/dhk-reliability.h"

/* Alpha with the interval of its asymptotic standard error. */
typedef struct
{
  DhkStatsStatus status;
  double alpha;
  double se;
  DhkInterval ci; /* Duhachek and Iacobucci's */
} DhkAsymptoticAlpha;

/* The correlations between the items. */
typedef struct
{
  DhkStatsStatus status;
  double mean_r;
  double min_r;
  double max_r;
} DhkInterItem;

/* Alpha of the items when each has an SD of 1. */
typedef struct
{
  DhkStatsStatus status;
  double alpha;
} DhkStandardisedAlpha;

/* Lower bounds of the reliability. lambda4 is that of the best split half. */
typedef struct
{
  DhkStatsStatus status;
  double lambda1;
  double lambda2;
  double lambda3; /* alpha */
  double lambda5;
  DhkStatsStatus lambda6_status;
  double lambda6_covariances;  /* as SPSS's GUTTMAN */
  double lambda6_correlations; /* as psych's alpha() */
} DhkGuttman;

typedef struct
{
  DhkStatsStatus status;
  DhkDeletion missing;
  DhkReliability cronbach; /* n: pairwise that of the smallest pair */
  DhkAsymptoticAlpha asymptotic;
  DhkInterItem between_items;
  double mean_covariance; /* between the items */
  DhkStandardisedAlpha standardised;
  DhkGuttman guttman;
} DhkItemAnalysis;

typedef struct
{
  DhkItemReliability plain;
  size_t n_valid; /* values of this item, whatever became of the others */
  DhkStatsStatus rest_status;
  double rest_mean; /* of the sum of the other items */
  double rest_variance;
  DhkStatsStatus item_total_status;
  double item_total_r; /* with the sum of all items, itself included */
  DhkStatsStatus multiple_status;
  double multiple_r_squared; /* squared multiple correlation with the other items */
  DhkStatsStatus standardised_status;
  double standardised_alpha_if_dropped;
} DhkItemDetail;

/*
 * dhk_item_analysis:
 * Alpha, Guttman's lambdas and the correlations between `n_items` columns of
 * length n; and for each item (`details` is NULL or of length n_items) its part.
 *
 * Formula: with V the covariances, R the correlations, v = Σ V (the variance of
 * the total) and k items: α = k/(k − 1) (1 − tr V / v); standardised from R. ASE
 * = √(Q/n), Q = 2k² / ((k − 1)² v³) (v (tr V² + tr² V) − 2 tr V 1'V²1), CI α ± z
 * ASE. λ1 = 1 − tr V / v; λ2 = λ1 + √(k/(k − 1) Σ_{i≠j} V_ij²) / v; λ3 = α; λ5 =
 * λ1 + 2 √(max_i Σ_{j≠i} V_ij²) / v; λ6 = 1 − Σ V_ii (1 − smc_i) / v, from V and
 * from R; smc_i = 1 − 1/(R⁻¹)_ii. Pairwise: every V_ij from the rows with both
 * items, R = V_ij / √(V_ii V_jj), and n that of the pair with fewest.
 * Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334; L. Guttman,
 * Psychometrika 10 (1945) 255–282; A. Duhachek, D. Iacobucci, J. Applied
 * Psychology 89 (2004) 792–808; Feldt's interval as dhk_alpha_interval().
 * Units: those of the items; NaN is missing.
 * Smallest n: 2 items, 2 respondents; α if dropped 3 items; smc and λ6 more
 * respondents than items.
 * Undefined: as dhk_cronbach_alpha(); pairwise also INDEFINITE (the variance of
 * the total is negative), and so the interval alone where α is above 1. Parts: NO_VARIANCE where an item, or a sum that is
 * divided by, does not vary; SINGULAR and INDEFINITE for smc and λ6; the means of
 * the items stand where there are any, their SDs where n > 1.
 */
DhkItemAnalysis dhk_item_analysis (const double *const *items,
                                   size_t n_items,
                                   size_t n,
                                   DhkDeletion missing,
                                   double confidence,
                                   DhkItemDetail *details);
