/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One-way analysis of variance (equal variances), from data or from n, mean
 * and SD of each group alone.
 *
 * Groups without a valid value are left out: they count neither in n_groups
 * nor in the degrees of freedom. A group of one value takes part with its
 * mean and adds no degree of freedom within.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n;        /* valid values in a group */
  size_t n_groups; /* groups that hold a value */
  double ss_between;
  double ss_within;
  double ss_total;
  double df1; /* between: n_groups − 1 */
  double df2; /* within: n − n_groups */
  double ms_between;
  double mse; /* mean square within */
  double f;
  double p;
  double eta_squared;
  double omega_squared; /* negative where F < 1; not cut off at 0 */
} DhkAnova;

/*
 * dhk_anova_one_way:
 * `group[i]` is the group of `values[i]`, from 0 and below n_groups; a negative
 * one leaves the value out, as does a value that is NaN.
 *
 * Formula: SSb = Σ n_g (M_g − M)²; SSw = ΣΣ (x − M_g)²; F = (SSb/df1) /
 * (SSw/df2); η² = SSb / SSt; ω² = (SSb − df1 MSw) / (SSt + MSw).
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925); W. L.
 * Hays, Psychological Bulletin 60 (1963) for ω². Accuracy as NIST StRD asks.
 * Units: `values` and `group` of length n; sums of squares in squared units.
 * Smallest n: two groups with values, and one value more than groups.
 * Undefined: NO_DATA, TOO_FEW_GROUPS, NOT_FINITE, BAD_ARGUMENT (a group of
 * n_groups or more), NO_MEMORY: all NaN. TOO_FEW (df2 = 0): MSE, F, p, η², ω²
 * NaN. NO_VARIANCE (no spread within any group): F and p NaN, and η² and ω²
 * too where the means do not differ either. NOT_FINITE with only F and p NaN
 * where F is beyond a double.
 */
DhkAnova dhk_anova_one_way (const double *values, const int *group, size_t n, size_t n_groups);

/*
 * dhk_anova_from_summary:
 * The same from n, mean and SD of each group.
 *
 * Formula: SSw = Σ (n_g − 1) SD_g²; otherwise as dhk_anova_one_way.
 * Source: D. A. Larson, The American Statistician 46 (1992) 151–152.
 * Units: `groups` of length n_groups; those of means and SDs.
 * Smallest n: as dhk_anova_one_way.
 * Undefined: as dhk_anova_one_way; NOT_FINITE also for a NaN mean or SD, and
 * BAD_ARGUMENT for a negative SD, of a group that takes part.
 */
DhkAnova dhk_anova_from_summary (const DhkSummary *groups, size_t n_groups);
