/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Hierarchical regression: predictors enter in steps, and each step is tested
 * for what it adds.
 *
 * All steps are fitted to the same rows: those where the outcome and the
 * predictors of every step are numbers.
 */

#include "stats/dhk-regression.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n_added; /* predictors of this step */
  size_t n_terms; /* of this step and all before */
  double r_squared;
  double adjusted_r_squared;
  double r_squared_change;
  double residual_sd;
  DhkRegressionModelTest test;        /* of the model so far */
  DhkRegressionModelTest change_test; /* of what this step adds */
} DhkRegressionStep;

typedef struct
{
  DhkStatsStatus status;
  size_t n_steps;
  DhkRegression model; /* after the last step */
} DhkRegressionSteps;

/*
 * dhk_regression_steps:
 * Explains `outcome` by the predictors of step 0, then of steps 0 and 1, and
 * so on; step[j] is the step of predictor j (NULL: all in step 0). Fills
 * `steps` (as many as the largest step plus one) and `terms` (one per
 * predictor, in their order, of the last model).
 *
 * Formula: ΔR² = R²_k − R²_{k−1}; F = (ΔR² / added) / ((1 − R²_k) / df2), df2 = n − terms_k − 1:
 * the residuals are those of the step itself, as in SPSS (anova() of R, given two models), not of
 * the last step (anova() given them all). Models have an intercept.
 * Source: J. Cohen, P. Cohen, Applied Multiple Regression (1983) 4.2; computed as dhk_regression.
 * Units: as dhk_regression.
 * Smallest n: two more than predictors.
 * Undefined: as dhk_regression, with `model`, steps and terms; BAD_ARGUMENT also for a step
 * without predictors. The tests of a step have the status PERFECT_FIT where its residuals are
 * rounding.
 */
DhkRegressionSteps dhk_regression_steps (const double *outcome,
                                         const double *const *predictors,
                                         const size_t *step,
                                         size_t n_predictors,
                                         size_t n,
                                         double confidence,
                                         DhkRegressionStep *steps,
                                         DhkRegressionTerm *terms);
