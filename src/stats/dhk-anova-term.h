/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One term of an analysis of variance with several: a factor, an interaction, a
 * covariate.
 */

#include "stats/dhk-effect-size-anova.h"

typedef struct
{
  DhkStatsStatus status;
  double ss;
  double df;
  double ms;
  double f;
  double p;
  double share;          /* ss / total sum of squares, the (not partial) η² */
  DhkAnovaEffect effect; /* partial η², ω², ε² */
} DhkAnovaTerm;

/*
 * dhk_anova_term:
 * The test of a term with sum of squares `ss` against an error.
 *
 * Formula: F = (ss/df) / (ss_error/df_error); effect sizes of dhk_anova_effect.
 * Source: H. Scheffé, The Analysis of Variance (1959).
 * Units: ss, ss_error and ss_total in squared units; n values in all.
 * Smallest n: df and df_error 1.
 * Undefined: SINGULAR (df = 0: the term is a combination of the others), all NaN but ss
 * and df; TOO_FEW (df_error = 0) and NO_VARIANCE (ss_error = 0): F, p and effect sizes
 * NaN; NOT_FINITE (an infinite sum of squares, all NaN; F beyond a double, F, p and effect sizes NaN); BAD_ARGUMENT (confidence): effect sizes NaN.
 */
DhkAnovaTerm dhk_anova_term (double ss,
                             double df,
                             double ss_error,
                             double df_error,
                             double ss_total,
                             size_t n,
                             double confidence);

/*
 * dhk_anova_term_undefined:
 * A term without a test.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: all NaN, with `status`.
 */
DhkAnovaTerm dhk_anova_term_undefined (DhkStatsStatus status, double confidence);
