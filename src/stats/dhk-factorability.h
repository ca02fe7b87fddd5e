/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Before a factor analysis: the eigenvalues of the correlation matrix, and
 * whether the items have enough in common (Kaiser, Meyer and Olkin's measure,
 * Bartlett's test of sphericity).
 */

#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  DhkDeletion missing;
  size_t n_items;
  size_t n; /* pairwise: of the pair of items with fewest */
  size_t n_missing;
} DhkEigenvalues;

/* One eigenvalue, that is one principal component. */
typedef struct
{
  double value; /* 0 where rounding alone could make it; pairwise it may be below */
  double share; /* of the variance of all items */
  double cumulative_share;
} DhkEigenvalue;

/*
 * dhk_eigenvalues:
 * The eigenvalues of the correlation matrix of `n_items` columns of length n,
 * largest first, in `values` (n_items).
 *
 * Formula: R v = λ v; share λ / k.
 * Source: H. Hotelling, J. Educational Psychology 24 (1933) 417–441, 498–520.
 * Units: none.
 * Smallest n: 2 items, 2 respondents.
 * Undefined: TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_VARIANCE (an item),
 * NO_CONVERGENCE, NO_MEMORY: all NaN.
 */
DhkEigenvalues dhk_eigenvalues (const double *const *items,
                                size_t n_items,
                                size_t n,
                                DhkDeletion missing,
                                DhkEigenvalue *values);

/* Kaiser, Meyer and Olkin's measure of all items. */
typedef struct
{
  DhkStatsStatus status;
  double overall;
} DhkKmo;

/* Bartlett's test that the items do not correlate. */
typedef struct
{
  DhkStatsStatus status;
  double chi_squared;
  double df;
  double p;
} DhkSphericity;

typedef struct
{
  DhkStatsStatus status;
  DhkDeletion missing;
  size_t n_items;
  size_t n; /* pairwise: of the pair of items with fewest */
  size_t n_missing;
  double determinant; /* of the correlation matrix */
  DhkKmo kmo;
  DhkSphericity bartlett;
} DhkFactorability;

/* The measure of one item. */
typedef struct
{
  DhkStatsStatus status;
  double msa;
} DhkSamplingAdequacy;

/*
 * dhk_factorability:
 * KMO, the measure of each item (`each`: NULL or n_items), and Bartlett's test.
 *
 * Formula: with q_ij = −(R⁻¹)_ij / √((R⁻¹)_ii (R⁻¹)_jj), the partial correlations: KMO
 * Σ_{i≠j} r² / (Σ_{i≠j} r² + Σ_{i≠j} q²), of an item the same over its column; χ² = −(n −
 * 1 − (2k + 5)/6) ln |R|, df = k (k − 1) / 2.
 * Source: H. F. Kaiser, Psychometrika 35 (1970) 401–415; H. F. Kaiser, J. Rice,
 * Educational and Psychological Measurement 34 (1974) 111–117; M. S. Bartlett,
 * British J. Statistical Psychology 3 (1950) 77–85.
 * Units: none.
 * Smallest n: 2 items, more respondents than items.
 * Undefined: TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_VARIANCE (an item),
 * SINGULAR, INDEFINITE, NO_MEMORY: all NaN. `kmo` and an item: NO_VARIANCE (no
 * correlation at all). `bartlett`: TOO_FEW (the factor of χ² is not above zero).
 */
DhkFactorability dhk_factorability (const double *const *items,
                                    size_t n_items,
                                    size_t n,
                                    DhkDeletion missing,
                                    DhkSamplingAdequacy *each);
