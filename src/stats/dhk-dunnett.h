/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Dunnett's test: each group against one, the control, which is the first.
 *
 * There is a pair for each other group, in their order: `a` is that group, `b`
 * the control (0), the difference mean[a] − mean[0].
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n;        /* values */
  size_t n_groups; /* with values, the control among them */
  double alpha;    /* 1 − confidence */
  DhkStatsStatus pooled_status;
  double pooled_mse; /* the mean square within all groups */
  double pooled_df;
} DhkDunnett;

/*
 * dhk_dunnett:
 * Compares groups 1, 2 … with group 0: `group[i]` is the group of `values[i]`; a
 * negative one leaves the value out, as does a value that is NaN. Two-sided.
 *
 * Formula: t = difference / se, se = √(MSE (1/n_a + 1/n_0)); p = P(max |T_i| >
 * |t|), where the T_i are multivariate t with df of MSE and correlations λ_i λ_j,
 * λ_i² = n_i/(n_i + n_0); CI = difference ± d(confidence) se, d the quantile of
 * the same distribution. Quadrature, absolute error below 1e-12.
 * Source: C. W. Dunnett, J. American Statistical Association 50 (1955)
 * 1096–1121; Dunnett, Biometrics 20 (1964) 482–491.
 * Units: those of the values. `values` and `group` of length n; `pairs` of
 * length n_groups − 1, not looked at where n_groups is below 2.
 * Smallest n: the control and one group with values, and one value more than
 * groups.
 * Undefined: the status is returned and stands in each pair: NO_DATA (no
 * values, or none in the control), TOO_FEW_GROUPS, NOT_FINITE, NO_MEMORY,
 * BAD_ARGUMENT (confidence, a group of n_groups or more, more than 1000 groups
 * beside the control), all NaN; TOO_FEW (no degree of freedom within) and
 * NO_VARIANCE (no spread within any group), all but the differences NaN. While
 * OK is returned a pair has NO_DATA where its group has no values, NOT_FINITE
 * where its t or interval is beyond a double. pooled_status covers MSE and df.
 */
DhkDunnett dhk_dunnett (const double *values,
                        const int *group,
                        size_t n,
                        size_t n_groups,
                        double confidence,
                        DhkPair *pairs);

/*
 * dhk_dunnett_from_summary:
 * The same from n, mean and SD of each group.
 *
 * Formula: as dhk_dunnett.
 * Source: as dhk_dunnett.
 * Units: those of means and SDs.
 * Smallest n: as dhk_dunnett.
 * Undefined: as dhk_dunnett; NOT_FINITE also for a NaN mean or SD, and
 * BAD_ARGUMENT for a negative SD, of a group that takes part.
 */
DhkDunnett dhk_dunnett_from_summary (const DhkSummary *groups,
                                     size_t n_groups,
                                     double confidence,
                                     DhkPair *pairs);
