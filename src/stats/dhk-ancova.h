/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Analysis of covariance: the means of several groups as they would be if the
 * groups did not differ in the covariates.
 *
 * The model has one slope per covariate for all groups; whether that is right is
 * tested beside it (`slopes`). Sums of squares are of type III: each term after
 * all the others.
 */

#include <stddef.h>

#include "stats/dhk-anova-term.h"

/* One covariate */
typedef struct
{
  DhkStatsStatus status;
  double b; /* the common slope */
  double se;
  DhkInterval b_ci;
  DhkAnovaTerm term;
} DhkAncovaCovariate;

/* One group */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  DhkStatsStatus adjusted_status;
  double adjusted_mean; /* where every covariate has its mean over all cases */
  double adjusted_mean_se;
  DhkInterval adjusted_mean_ci;
} DhkAncovaGroup;

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  size_t n_missing; /* left out */
  size_t n_groups;  /* that hold complete cases */
  size_t n_covariates;
  double ss_error;
  double df_error;
  double mse;
  double ss_total;
  double r_squared;
  DhkAnovaTerm group;
  DhkAnovaTerm slopes; /* group by covariates: whether the slopes differ, against its own error */
} DhkAncova;

/*
 * dhk_ancova:
 * Compares groups with covariates held constant. `group[i]` is the group of
 * `values[i]`, from 0 and below n_groups; `covariates` are n_covariates columns. A
 * case without group, or with a missing value anywhere, takes no part. `groups`, of
 * length n_groups, and `slopes`, of length n_covariates, are filled unless NULL.
 *
 * Formula: y_i = μ_g + Σ b_j (x_ij − x_j) + e; adjusted mean = M_g − Σ b_j (M_gj − M_j), its
 * variance MSE (1/n_g + d' S⁻¹ d), S the sums of products within groups, d the distances of the
 * group's covariates from their means. Slopes: the gain of a slope per group and covariate.
 * Source: R. A. Fisher, Statistical Methods for Research Workers (4th ed., 1932) 49.1; B. E.
 * Huitema, The Analysis of Covariance and Alternatives (2011); S. R. Searle, F. M. Speed, G. A.
 * Milliken, The American Statistician 34 (1980) 216–221 for adjusted means.
 * Units: b in units of the outcome per unit of the covariate.
 * Smallest n: two groups, and one case more than groups and covariates together.
 * Undefined: NO_DATA, TOO_FEW_GROUPS, NOT_FINITE, NO_MEMORY, BAD_ARGUMENT (a group of n_groups or
 * more, no covariate, confidence): all NaN. TOO_FEW (no degree of freedom for the error), SINGULAR
 * (a covariate without spread within groups, or a combination of others): all but means NaN.
 * NO_VARIANCE (a perfect fit): F, p, standard errors and effect sizes NaN. `slopes` alone: SINGULAR
 * (a group too small or too uniform for slopes of its own), TOO_FEW, NO_VARIANCE.
 */
DhkAncova dhk_ancova (const double *values,
                      const int *group,
                      size_t n,
                      size_t n_groups,
                      const double *const *covariates,
                      size_t n_covariates,
                      double confidence,
                      DhkAncovaGroup *groups,
                      DhkAncovaCovariate *slopes);
