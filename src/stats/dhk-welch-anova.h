/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Tests of several means that do not need equal variances: Welch's, and that of
 * Brown and Forsythe (the robust test of means of SPSS's ONEWAY, not the test of
 * variances of the same authors).
 *
 * Groups without values are left out. Every other group needs two values and a
 * spread of its own for Welch's test; Brown and Forsythe's takes groups without
 * spread as long as one has some.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  size_t n_groups; /* that hold values */
  double f;
  double df1;
  double df2;
  double p;
} DhkMeansTest;

/*
 * dhk_welch_anova:
 * Welch's test, from n, mean and SD of each group.
 *
 * Formula: w = n / s², W = Σw, M' = Σ w M / W, A = Σ (1 − w/W)² / (n − 1); F =
 * Σ w (M − M')² / (k − 1) / (1 + 2 (k − 2) A / (k² − 1)); df2 = (k² − 1) / (3 A).
 * Source: B. L. Welch, Biometrika 38 (1951) 330–336.
 * Units: those of means and SDs; `groups` of length n_groups.
 * Smallest n: two groups of two values.
 * Undefined: NO_DATA, TOO_FEW_GROUPS, TOO_FEW (a group of one), NO_VARIANCE (a
 * group without spread), NOT_FINITE, BAD_ARGUMENT (negative SD): F, df and p NaN.
 */
DhkMeansTest dhk_welch_anova (const DhkSummary *groups, size_t n_groups);

/*
 * dhk_brown_forsythe_means:
 * Brown and Forsythe's test of means.
 *
 * Formula: F = Σ n (M_g − M)² / Σ (1 − n/N) s²; with c = (1 − n/N) s² / Σ (1 −
 * n/N) s²: df1 = k − 1, df2 = 1 / Σ c² / (n − 1).
 * Source: M. B. Brown, A. B. Forsythe, Technometrics 16 (1974) 129–132.
 * Units: as dhk_welch_anova.
 * Smallest n: two groups of two values.
 * Undefined: as dhk_welch_anova; NO_VARIANCE only where no group has a spread.
 */
DhkMeansTest dhk_brown_forsythe_means (const DhkSummary *groups, size_t n_groups);

/*
 * dhk_welch_anova_of_values:
 * Welch's test, from the values themselves: right where the means lie so far from zero that
 * rounding them to a double loses what they differ in.
 *
 * Formula: as dhk_welch_anova.
 * Source: as dhk_welch_anova.
 * Units: those of the values; `values` and `group` of length n, groups from 0 and below
 * n_groups; a NaN value or a negative group is left out.
 * Smallest n: two groups of two values.
 * Undefined: as dhk_welch_anova; BAD_ARGUMENT with a group of n_groups or more; NO_MEMORY.
 */
DhkMeansTest
dhk_welch_anova_of_values (const double *values, const int *group, size_t n, size_t n_groups);

/*
 * dhk_brown_forsythe_means_of_values:
 * Brown and Forsythe's test of means, from the values themselves.
 *
 * Formula: as dhk_brown_forsythe_means.
 * Source: as dhk_brown_forsythe_means.
 * Units: as dhk_welch_anova_of_values.
 * Smallest n: two groups of two values.
 * Undefined: as dhk_brown_forsythe_means; BAD_ARGUMENT with a group of n_groups or more;
 * NO_MEMORY.
 */
DhkMeansTest dhk_brown_forsythe_means_of_values (const double *values,
                                                 const int *group,
                                                 size_t n,
                                                 size_t n_groups);
