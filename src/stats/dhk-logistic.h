/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Logistic regression: a yes (1) or no (0), explained by predictors, by maximum
 * likelihood.
 *
 * A row takes part where outcome and all predictors are numbers (listwise).
 * Where the predictors tell the outcomes apart without error, or all but those
 * on the border (quasi-complete separation), the likelihood has no maximum:
 * the status is DHK_STATS_SEPARATED, not a large number of no meaning. Outcomes
 * that overlap by less than a ten-millionth of their range count as separated.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* exp (b): NOT_FINITE where that is beyond a double. */
typedef struct
{
  DhkStatsStatus status;
  double estimate;
  DhkInterval estimate_ci;
} DhkOddsRatio;

/* The intercept, or one predictor. */
typedef struct
{
  DhkStatsStatus status;
  double b;
  double se;
  DhkInterval b_ci; /* Wald */
  double z;
  double wald; /* z², χ² with one degree of freedom */
  double p;    /* two-sided, of z */
  DhkOddsRatio odds_ratio;
} DhkLogisticTerm;

/* All predictors together against none: the likelihood ratio. */
typedef struct
{
  DhkStatsStatus status;
  double chi_squared;
  double df;
  double p;
} DhkLikelihoodRatio;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* complete rows */
  size_t n_missing; /* rows left out */
  size_t n_events;  /* outcomes of 1 */
  size_t n_terms;   /* predictors, without the intercept */
  double log_likelihood;
  double null_log_likelihood;
  double deviance; /* −2 log-likelihood */
  double aic;
  double bic;
  double cox_snell; /* pseudo R² */
  double nagelkerke;
  double mcfadden;
  DhkLikelihoodRatio test;
  DhkLogisticTerm intercept;
  /* Outcomes by the guess "1 where its probability is above one half" */
  size_t n_true_positive;
  size_t n_false_positive;
  size_t n_true_negative;
  size_t n_false_negative;
  double accuracy; /* share guessed right */
  double sensitivity;
  double specificity;
} DhkLogistic;

/*
 * dhk_logistic:
 * Explains `outcome` (0 or 1) by `n_predictors` predictors. Fills `terms` (of
 * that length).
 *
 * Formula: P(y = 1) = 1 / (1 + exp (−b₀ − Σ b_j x_j)); b maximises Σ ln P(y) by Newton's method,
 * to the rounding of a double; se from the inverse of the observed information, z = b / se, CI = b
 * ± z(confidence) se. Cox–Snell 1 − exp (−χ²/n), Nagelkerke that divided by 1 − exp (2 null / n),
 * McFadden 1 − log-likelihood / null.
 * Source: D. R. Cox, J. R. Statist. Soc. B 20 (1958) 215–242; A. Albert, J. A. Anderson,
 * Biometrika 71 (1984) 1–10 (separation); D. R. Cox, E. J. Snell, Analysis of Binary Data (1989)
 * 208; N. J. D. Nagelkerke, Biometrika 78 (1991) 691–692; D. McFadden, Frontiers in Econometrics
 * (1974) 105–142.
 * Units: b in logits per unit of the predictor.
 * Smallest n: two more than predictors, with both outcomes.
 * Undefined: BAD_ARGUMENT (confidence, no predictor, an outcome that is not 0 or 1), NO_DATA,
 * TOO_FEW, NO_VARIANCE (one outcome, or a constant predictor), SINGULAR, SEPARATED,
 * NO_CONVERGENCE, NOT_FINITE, NO_MEMORY, TOO_LARGE: all but the first counts NaN, the terms as
 * well.
 */
DhkLogistic dhk_logistic (const double *outcome,
                          const double *const *predictors,
                          size_t n_predictors,
                          size_t n,
                          double confidence,
                          DhkLogisticTerm *terms);
