/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Exploratory factor analysis of the correlations of items.
 *
 * The order of the factors and their signs are free; here the factor with the
 * largest sum of squares comes first, and the loadings of each factor add up to
 * a positive number (where they add up to zero, the largest is positive).
 *
 * A Heywood case, a uniqueness at the bound DHK_FACTOR_BOUND, is an answer with
 * the flag `heywood`: the model does not fit these items, or has too many
 * factors. A communality may then exceed 1.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-factor-estimator.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_ROTATION_NONE,
  DHK_ROTATION_VARIMAX,
  DHK_ROTATION_OBLIMIN, /* direct, γ = 0 */
} DhkRotation;

/* "none", "varimax", "oblimin", NULL. */
extern const char *const dhk_rotation_names[];

typedef struct
{
  size_t n_factors;
  DhkFactorEstimator estimator;
  DhkRotation rotation;
  bool kaiser; /* rotate loadings scaled to communalities of 1 */
  DhkDeletion missing;
} DhkFactorOptions;

/* The test of the discrepancy. */
typedef struct
{
  DhkStatsStatus status;
  double df;
  double p;
} DhkFactorTest;

/* The discrepancy of maximum likelihood, whatever the estimator, as psych has it. */
typedef struct
{
  DhkStatsStatus status;
  double chi_squared;
  DhkFactorTest test;
} DhkFactorFit;

typedef struct
{
  DhkStatsStatus status;
  DhkFactorEstimator estimator;
  DhkRotation rotation; /* NONE where there is one factor */
  DhkDeletion missing;
  size_t n_items;
  size_t n_factors;
  size_t n; /* pairwise: of the pair of items with fewest */
  size_t n_missing;
  bool heywood;
  double rmsr; /* root of the mean squared residual correlation */
  DhkFactorFit fit;
} DhkFactorAnalysis;

typedef struct
{
  double communality;
  double uniqueness; /* 1 − communality */
} DhkFactorItem;

typedef struct
{
  double ss_loadings; /* variance explained, with correlated factors too */
  double share;       /* of the variance of all items */
  double cumulative_share;
} DhkFactorVariance;

/*
 * dhk_factor_analysis:
 * The factors behind `n_items` columns of length n. Fills `loadings` (n_items ×
 * n_factors by column; the pattern), `phi` (n_factors², the correlations of the
 * factors), `each` (n_items) and `factors` (n_factors).
 *
 * Formula: extraction as dhk_factor_extract(), rotation as dhk_rotate_varimax()
 * and dhk_rotate_oblimin(). Communality (ΛΦΛ')_ii; SS loadings diag(Φ Λ'Λ); RMSR
 * √(Σ_{i≠j} (r_ij − (ΛΦΛ')_ij)² / (k (k − 1))); χ² = (n − 1 − (2k + 5)/6 − 2m/3) (tr
 * (Σ⁻¹R) − ln |Σ⁻¹R| − k), with Σ = ΛΦΛ' and a diagonal of 1, and df = ((k − m)² − (k
 * + m)) / 2.
 * Source: H. H. Harman, W. H. Jones, Psychometrika 31 (1966) 351–368; H. F.
 * Kaiser, Psychometrika 23 (1958) 187–200; R. I. Jennrich, P. F. Sampson,
 * Psychometrika 31 (1966) 313–323; M. S. Bartlett, Biometrika 38 (1951) 337–344.
 * Units: none.
 * Smallest n: more respondents than items; 3 items for one factor, 5 for two,
 * 6 for three.
 * Undefined: BAD_ARGUMENT (no factor, or more than the items can carry),
 * TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_VARIANCE (an item),
 * SINGULAR, INDEFINITE, NO_CONVERGENCE (also of the rotation), NO_MEMORY: all
 * NaN. `fit`: SINGULAR, INDEFINITE (Heywood: the model is no correlation matrix),
 * TOO_FEW (the factor of χ² is not above zero); its test: TOO_FEW_ITEMS (df = 0).
 */
DhkFactorAnalysis dhk_factor_analysis (const double *const *items,
                                       size_t n_items,
                                       size_t n,
                                       const DhkFactorOptions *options,
                                       double *loadings,
                                       double *phi,
                                       DhkFactorItem *each,
                                       DhkFactorVariance *factors);
