/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How factors are found in a correlation matrix.
 */

typedef enum
{
  DHK_FACTOR_MINRES, /* least squares of what is left outside the diagonal */
  DHK_FACTOR_ML,     /* maximum likelihood */
} DhkFactorEstimator;

/* "minres", "ml", NULL. */
extern const char *const dhk_factor_estimator_names[];

/* No uniqueness is searched for below this, as in R's psych and factanal. */
#define DHK_FACTOR_BOUND 0.005
