/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Linear regression by ordinary least squares: an outcome and one or more
 * predictors, or the powers of one predictor.
 *
 * A row takes part where outcome and all predictors are numbers (listwise).
 * Nearly collinear predictors are solved as exactly as the others: all of
 * NIST's sets to 14 digits and more (tests/stats/NIST.md). Where one predictor
 * is a combination of others but for the rounding of its values, the status is
 * SINGULAR, and nothing is dropped silently.
 *
 * A perfect fit leaves residuals that are nothing but the rounding of the data
 * to doubles. Coefficients, their standard errors (zero, or of that rounding)
 * and R² are then as computed; what divides by the residuals (t, F, partial r,
 * likelihood, the checks) has the status DHK_STATS_PERFECT_FIT.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* A test of one coefficient. */
typedef struct
{
  DhkStatsStatus status;
  double t;
  double df;
  double p; /* two-sided */
} DhkRegressionTest;

/* A test of the whole model, or of what a step adds. */
typedef struct
{
  DhkStatsStatus status;
  double f;
  double df1;
  double df2;
  double p;
} DhkRegressionModelTest;

typedef struct
{
  DhkStatsStatus status; /* BAD_ARGUMENT: the model has no intercept */
  double b;
  double se;
  DhkInterval b_ci;
  DhkRegressionTest test;
} DhkRegressionIntercept;

/* One predictor, or one power. Without an intercept all that is relative to the spread of a
 * variable (beta, part and partial r, tolerance, VIF) is relative to its sum of squares about
 * zero. */
typedef struct
{
  DhkStatsStatus status;
  double b;
  double se;
  DhkInterval b_ci;
  DhkRegressionTest test;
  double beta;      /* b SD_x / SD_y */
  double part_r;    /* semi-partial: its square is what R² loses without this term */
  double tolerance; /* 1 − R² of this predictor on the others */
  double vif;       /* 1 / tolerance */
  DhkStatsStatus partial_status;
  double partial_r;
} DhkRegressionTerm;

/* Both count sigma as a parameter, as R does. */
typedef struct
{
  DhkStatsStatus status;
  double log_likelihood;
  double aic;
  double bic;
} DhkRegressionLikelihood;

/* Koenker's studentised version of the test of Breusch and Pagan for unequal variances. */
typedef struct
{
  DhkStatsStatus status; /* BAD_ARGUMENT: the model has no intercept */
  double chi_squared;
  double df;
  double p;
} DhkBreuschPagan;

/* Of the residuals, type 1 (the plain moments). */
typedef struct
{
  DhkStatsStatus status;
  double skewness;
  double kurtosis; /* excess */
} DhkResidualShape;

/* Standardised residuals are e / (s √(1 − h)), R's rstandard(), "studentized" in SPSS. Rows that
 * determine their own fit (leverage 1) have none, and no Cook's distance. */
typedef struct
{
  DhkStatsStatus status;
  double durbin_watson;    /* in the order of the rows */
  double largest_residual; /* standardised, its size */
  size_t n_beyond_2;       /* standardised residuals beyond ±2 */
  size_t n_beyond_3;       /* … ±3 */
  double largest_cook;     /* Cook's distance */
  double largest_leverage; /* h, with the 1/n of the intercept */
  DhkResidualShape shape;
  DhkBreuschPagan breusch_pagan;
} DhkRegressionChecks;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* complete rows */
  size_t n_missing; /* rows left out */
  size_t n_terms;   /* predictors or powers, without the intercept */
  double ss_total;  /* about the mean; about zero without an intercept */
  double ss_model;
  double ss_residual;
  double residual_sd; /* √(ss_residual / df2) */
  double r;           /* √R², the multiple correlation */
  double r_squared;
  double adjusted_r_squared;
  double condition_number; /* of the centred columns, scaled to length 1 */
  DhkRegressionModelTest test;
  DhkRegressionIntercept intercept;
  DhkRegressionLikelihood likelihood;
  DhkRegressionChecks checks;
} DhkRegression;

/*
 * dhk_regression:
 * Explains `outcome` by `n_predictors` predictors. Fills `terms` (of that
 * length), one per predictor.
 *
 * Formula: b minimises Σ(y − b₀ − Σ b_j x_j)²; se² = s² [(X'X)⁻¹]_jj, s² =
 * ss_residual / df2, df2 = n − predictors − intercept; t = b / se; CI = b ± t(df2) se;
 * R² = ss_model / ss_total; adjusted R² = 1 − (1 − R²)(n − intercept) / df2; F =
 * (ss_model / df1) / s². Durbin–Watson Σ(e_i − e_{i−1})² / Σe²; Cook e² h / (k s² (1 − h)²);
 * Breusch–Pagan n R² of e² on the predictors, χ²(predictors). Log-likelihood −n/2 (ln 2π +
 * ln(ss_residual / n) + 1).
 * Source: Å. Björck, BIT 7 (1967) 257–278 (computation); J. Durbin, G. S. Watson, Biometrika 37
 * (1950) 409–428; R. D. Cook, Technometrics 19 (1977) 15–18; R. Koenker, J. Econometrics 17
 * (1981) 107–112; J. Cohen, P. Cohen, Applied Multiple Regression (1983) 3.6 (part and partial r).
 * Units: b those of the outcome divided by those of the predictor.
 * Smallest n: two more than predictors, one more without an intercept.
 * Undefined: BAD_ARGUMENT (confidence, no predictor), NO_DATA, TOO_FEW, NO_VARIANCE (outcome or a
 * predictor is constant; zero without an intercept), SINGULAR, NOT_FINITE (also a result beyond a
 * double), NO_MEMORY, TOO_LARGE: all but n, n_missing and n_terms NaN, the terms as well.
 */
DhkRegression dhk_regression (const double *outcome,
                              const double *const *predictors,
                              size_t n_predictors,
                              size_t n,
                              bool intercept,
                              double confidence,
                              DhkRegressionTerm *terms);

/*
 * dhk_polynomial_regression:
 * The same with x, x² … x^degree as predictors. Fills `terms` (length
 * `degree`), the lowest power first.
 *
 * Formula: as dhk_regression; the powers are formed in double-double.
 * Source: as dhk_regression.
 * Units: as dhk_regression.
 * Smallest n: as dhk_regression, `degree` for the predictors.
 * Undefined: as dhk_regression; BAD_ARGUMENT also for a degree that is not from 1 to
 * DHK_MAX_DEGREE.
 */
DhkRegression dhk_polynomial_regression (const double *outcome,
                                         const double *x,
                                         size_t degree,
                                         size_t n,
                                         bool intercept,
                                         double confidence,
                                         DhkRegressionTerm *terms);
#define DHK_MAX_DEGREE 10
