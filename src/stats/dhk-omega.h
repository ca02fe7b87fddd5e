/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * McDonald's omega total of a scale with one factor.
 *
 * Omega divides the variance that the factor gives to the total by the variance
 * of the total. There are four readings of that, which differ in the second or
 * third decimal: of items with an SD of 1 (as psych computes it from
 * correlations) or of the items as they are (as SPSS and lavaan, from
 * covariances); and with the variance of the total as observed or as the model
 * has it. All four are given.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-factor-estimator.h"
#include "stats/dhk-status.h"

/* Of one kind of total. */
typedef struct
{
  DhkStatsStatus status;
  double observed; /* 1 − Σ unique variances / variance of the total */
  double model;    /* (Σ λ)² / ((Σ λ)² + Σ unique variances) */
} DhkOmegaTotal;

typedef struct
{
  DhkStatsStatus status;
  DhkFactorEstimator estimator;
  DhkDeletion missing;
  size_t n_items;
  size_t n; /* pairwise: of the pair of items with fewest */
  size_t n_missing;
  size_t n_negative;          /* loadings below zero: items worded the other way round? */
  bool heywood;               /* a uniqueness lies on the bound DHK_FACTOR_BOUND */
  DhkOmegaTotal standardised; /* `observed` is psych's omega.tot */
  DhkOmegaTotal raw;          /* with ML `model` is lavaan's and SPSS's */
} DhkOmega;

typedef struct
{
  double loading;     /* of the item with an SD of 1 */
  double raw_loading; /* loading · SD */
  double uniqueness;
} DhkOmegaItem;

/*
 * dhk_omega:
 * Omega of the sum of `n_items` columns of length n; `each` is NULL or of length
 * n_items.
 *
 * Formula: λ and ψ of one factor as dhk_factor_extract(), ψ being 1 − λ². With ML
 * the factor of the covariances is that of the correlations times the SDs. The
 * sign is such that Σ λ is positive.
 * Source: R. P. McDonald, Test Theory (1999) 89; W. Revelle, R. E. Zinbarg,
 * Psychometrika 74 (2009) 145–154.
 * Units: raw_loading in those of the items.
 * Smallest n: 3 items, more respondents than items.
 * Undefined: TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_VARIANCE (an item),
 * SINGULAR, INDEFINITE, NO_CONVERGENCE, NO_MEMORY: all NaN. `standardised` and
 * `raw`: NO_VARIANCE and INDEFINITE (the total); NO_VARIANCE also where λ and
 * unique variances both add up to zero.
 */
DhkOmega dhk_omega (const double *const *items,
                    size_t n_items,
                    size_t n,
                    DhkFactorEstimator estimator,
                    DhkDeletion missing,
                    DhkOmegaItem *each);
