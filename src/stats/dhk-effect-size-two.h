/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Standardised differences of two means, with the exact intervals that the
 * noncentral t distribution gives.
 *
 * They go with a t test (dhk-ttest.h), from whose result they are computed, and
 * stand apart because an interval takes a fraction of a millisecond. Which SD
 * divides the difference is what the many names are about; each member says.
 *
 * The intervals invert the test (Steiger and Fouladi): their ends are the
 * values under which the t found lies on the border of a tail. At a confidence of
 * next to nothing they need not contain the estimate.
 */

#include "stats/dhk-interval.h"
#include "stats/dhk-ttest.h"

/* Hedges' correction of a standardised difference for the bias of small samples. */
typedef struct
{
  DhkStatsStatus status; /* TOO_FEW: one degree of freedom, no mean exists */
  double j;              /* exact, see dhk_hedges_correction */
  double g;
  DhkInterval g_ci;     /* J times that of d */
  double j_approximate; /* 1 − 3/(4 df − 1) */
  double g_approximate;
} DhkHedges;

/* One divided by the SD of a group of its own; TOO_FEW (one value), NO_VARIANCE. */
typedef struct
{
  DhkStatsStatus status;
  double d;
} DhkOwnDifference;

/* Two groups */

typedef struct
{
  DhkStatsStatus status;
  double cohen_d; /* by the pooled SD */
  DhkInterval cohen_d_ci;
  double cohen_d_se; /* in large samples */
  DhkInterval cohen_d_normal_ci;
  DhkHedges hedges;
  DhkOwnDifference average; /* by the root of the mean of both variances: d_av */
  DhkOwnDifference glass_a; /* Glass' Δ, by the SD of a */
  DhkOwnDifference glass_b; /* by the SD of b */
  double noncentrality;     /* the t of Student's test */
  DhkInterval noncentrality_ci;
  double r; /* correlation of the value with the group, from t */
} DhkEffectSizeTwo;

/*
 * dhk_effect_size_two:
 * The standardised differences of the two groups of a t test.
 *
 * Formula: d = difference / s_p; t = d / √(1/n_a + 1/n_b) = d/c; CI of δ = t: the
 * δ with P(T'(df, δ) > t) = (1 ± confidence)/2; CI of d = c δ. SE = √(1/n_a + 1/n_b +
 * d²/(2(n_a + n_b))), normal CI = d ± z SE. g = J d. d_av = difference / √((s_a² +
 * s_b²)/2). Δ = difference / s. r = t/√(t² + df).
 * Source: J. Cohen, Statistical Power Analysis (1988); L. V. Hedges, J.
 * Educational Statistics 6 (1981) 107–128; L. V. Hedges, I. Olkin, Statistical
 * Methods for Meta-Analysis (1985) 86; G. V. Glass, Educational Researcher 5
 * (1976) 3–8; J. H. Steiger, R. T. Fouladi in L. L. Harlow et al., What If There
 * Were No Significance Tests? (1997) 221–257.
 * Units: none, as shares of an SD. `test` may be Student's or Welch's; its
 * confidence is used.
 * Smallest n: that of the test; 2 and 2 for d_av.
 * Undefined: the status of the test, all NaN; members that are structs have one of
 * their own.
 */
DhkEffectSizeTwo dhk_effect_size_two (const DhkTTest *test);

/* Pairs */

typedef struct
{
  DhkStatsStatus status;
  double d_z; /* by the SD of the differences */
  DhkInterval d_z_ci;
  DhkHedges hedges;          /* of d_z */
  double d_average;          /* by the root of the mean of both variances: d_av */
  double d_mean_of_sds;      /* by the mean of both SDs, also called d_av */
  DhkOwnDifference repeated; /* d_rm; NO_VARIANCE where a column does not vary */
  double noncentrality;      /* the t of the test */
  DhkInterval noncentrality_ci;
} DhkEffectSizePaired;

/*
 * dhk_effect_size_paired:
 * The standardised differences of the pairs of a t test.
 *
 * Formula: d_z = difference / s = t/√n; its CI as dhk_effect_size_two, c = 1/√n.
 * d_rm = d_z √(2 (1 − r)).
 * Source: R. Gibbons, D. Hedeker, J. Davis, J. Educational Statistics 18 (1993)
 * 271–279; D. Lakens, Frontiers in Psychology 4 (2013) 863.
 * Units: none, as shares of an SD.
 * Smallest n: 2 pairs; 3 for Hedges' g.
 * Undefined: the status of the test, all NaN; members that are structs have one of
 * their own.
 */
DhkEffectSizePaired dhk_effect_size_paired (const DhkTTestPaired *test);

/* One column */

typedef struct
{
  DhkStatsStatus status;
  double cohen_d; /* by the SD */
  DhkInterval cohen_d_ci;
  DhkHedges hedges;
  double noncentrality; /* the t of the test */
  DhkInterval noncentrality_ci;
} DhkEffectSizeOne;

/*
 * dhk_effect_size_one:
 * The standardised difference of a mean from the one expected.
 *
 * Formula: d = difference / s = t/√n; its CI as dhk_effect_size_two, c = 1/√n.
 * Source: J. Cohen, Statistical Power Analysis (1988) 46.
 * Units: none, as shares of an SD.
 * Smallest n: 2; 3 for Hedges' g.
 * Undefined: the status of the test, all NaN; `hedges` has one of its own.
 */
DhkEffectSizeOne dhk_effect_size_one (const DhkTTestOne *test);
