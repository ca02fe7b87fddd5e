/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Regression with a random intercept: values of respondents in teams, or of
 * sessions in cases. y = b₀ + Σ b_j x_j + u_cluster + e, with u and e normal
 * and independent; fitted by restricted or by full maximum likelihood.
 *
 * Without predictors it answers how much of the variance lies between the
 * clusters (the intraclass correlation), for clusters of any sizes. A variance
 * between clusters of zero is an answer, not an error: `at_boundary` says so.
 *
 * A row takes part where value, cluster and all predictors are there.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-regression.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_LIKELIHOOD_REML,
  DHK_LIKELIHOOD_ML,
} DhkLikelihood;

/* The intercept, or one predictor. */
typedef struct
{
  DhkStatsStatus status;
  double b;
  double se;
  DhkInterval b_ci;       /* b ± t(df) se */
  DhkRegressionTest test; /* df after Satterthwaite */
} DhkRandomInterceptTerm;

/* The likelihood ratio of the variance between clusters against none; p is half that of χ²(1),
 * because the variance cannot be negative. */
typedef struct
{
  DhkStatsStatus status;
  double chi_squared;
  double p;
} DhkVarianceTest;

typedef struct
{
  DhkStatsStatus status;
  DhkLikelihood method;
  size_t n;
  size_t n_missing;  /* rows left out */
  size_t n_clusters; /* that have rows */
  size_t n_terms;    /* predictors, without the intercept */
  size_t smallest_cluster;
  size_t largest_cluster;
  double mean_cluster_size; /* n / clusters */
  double between_variance;
  double within_variance;
  double between_sd;
  double within_sd;
  bool at_boundary; /* the variance between clusters is estimated as zero */
  double icc;       /* between / (between + within): given the predictors */
  DhkInterval icc_ci;
  double design_effect;      /* 1 + (mean cluster size − 1) ICC */
  double design_effect_kish; /* the same with Σ size² / n, right for unequal clusters */
  double log_likelihood;
  double deviance; /* −2 log-likelihood; with REML the criterion that is minimised */
  double aic;
  double bic;
  DhkVarianceTest variance_test;
  DhkRandomInterceptTerm intercept;
} DhkRandomIntercept;

/*
 * dhk_random_intercept:
 * Fits `value` by `n_predictors` predictors (there may be none, and `terms`
 * NULL) and the clusters; cluster[i] is from 0 below n_levels, negative:
 * missing. Fills `terms` (of length n_predictors).
 *
 * Formula: with λ = σ²_u / σ²_e and V_i = I + λ J in cluster i: minimises (N − k) ln(2π RSS/(N −
 * k)) + Σ ln(1 + λ n_i) + ln|X'V⁻¹X| + N − k over λ ≥ 0 (ML: N in place of N − k, without the
 * determinant), by the root of the exact derivative; RSS is that of generalised least squares.
 * σ²_e = RSS/(N − k). Interval of the ICC: the λ whose deviance is no more than χ²(confidence; 1)
 * above the least (profile of the likelihood used). df: (v²) / (g'H⁻¹g), with v the squared
 * standard error, g its gradient and H the Hessian of the deviance, both exact.
 * Source: H. D. Patterson, R. Thompson, Biometrika 58 (1971) 545–554; D. A. Harville, JASA 72
 * (1977) 320–338; F. E. Satterthwaite, Biometrics Bulletin 2 (1946) 110–114; S. G. Self, K.-Y.
 * Liang, JASA 82 (1987) 605–610; L. Kish, Survey Sampling (1965) 162.
 * Units: variances those of the value squared.
 * Smallest n: three more than predictors, in two clusters of which one has two rows.
 * Undefined: BAD_ARGUMENT (confidence), NO_DATA, TOO_FEW (also: no cluster has two rows),
 * TOO_FEW_GROUPS (fewer than two clusters, or no more than the predictors describe exactly),
 * NO_VARIANCE (value or predictor is constant, or nothing is left to vary within clusters), SINGULAR,
 * NO_CONVERGENCE, NOT_FINITE, NO_MEMORY, TOO_LARGE: all but the counts NaN, the terms as well.
 * A test has the status TOO_FEW where its df is below 1.
 */
DhkRandomIntercept dhk_random_intercept (const double *value,
                                         const double *const *predictors,
                                         size_t n_predictors,
                                         const int *cluster,
                                         size_t n_levels,
                                         size_t n,
                                         DhkLikelihood method,
                                         double confidence,
                                         DhkRandomInterceptTerm *terms);
