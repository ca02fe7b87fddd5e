/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Uniquenesses and loadings of the factors behind a correlation matrix
 * (inside this library only).
 *
 * Both estimators are functions of the uniquenesses alone, for which gradient
 * and second derivatives follow from an eigendecomposition. They are minimised
 * by Newton's method with a bound, so that the answer is right to the last
 * digits and not to the tolerance of a search.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-factor-estimator.h"
#include "stats/dhk-status.h"

/*
 * dhk_factor_extract:
 * Fills `loadings` (k × m by column, those of the largest factor first) and
 * `uniqueness` (k) from the correlation matrix `r` (k × k); `heywood` tells
 * whether a uniqueness lies on the bound.
 *
 * Formula: with Ψ the uniquenesses, θ_1 ≥ θ_2 … and ω_j eigenvalues and vectors.
 * Minres: of R − Ψ; minimise ½ Σ_{j>m} θ_j²; loadings ω_j √θ_j. ML: of Ψ^-½ R
 * Ψ^-½; minimise Σ_{j>m} (θ_j − ln θ_j − 1); loadings Ψ^½ ω_j √(θ_j − 1).
 * Source: H. H. Harman, W. H. Jones, Psychometrika 31 (1966) 351–368; K. G.
 * Jöreskog, Psychometrika 32 (1967) 443–482; M. R. B. Clarke, British J. Math.
 * Stat. Psychology 23 (1970) 43–52 (the second derivatives).
 * Units: none.
 * Smallest n: k items carry m factors where (k − m)² ≥ k + m.
 * Undefined: SINGULAR, INDEFINITE (R has no inverse), NO_CONVERGENCE, NO_MEMORY.
 */
DhkStatsStatus dhk_factor_extract (const double *r,
                                   size_t k,
                                   size_t m,
                                   DhkFactorEstimator estimator,
                                   double *loadings,
                                   double *uniqueness,
                                   bool *heywood);
