/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Power of a test before the data are there, and the number of respondents that
 * a wanted power needs: t tests, one-way analysis of variance, correlation.
 *
 * One of n and power is given, the other is NaN and found. An n that is found is
 * a real number, at which the power is exactly the one asked; n_rounded is the
 * number of people, with the power that it has. Where the fewest people that the
 * test can be done with have more power than asked, n is that number.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

typedef enum
{
  DHK_SIDES_TWO,
  DHK_SIDES_ONE, /* against a larger mean of the first group, or a positive correlation */
} DhkSides;

extern const char *const dhk_sides_names[];

/* t tests */

typedef enum
{
  DHK_DESIGN_INDEPENDENT, /* two groups; n of each */
  DHK_DESIGN_PAIRED,      /* n pairs; d is d_z */
  DHK_DESIGN_ONE_SAMPLE,
} DhkTDesign;

extern const char *const dhk_t_design_names[];

typedef struct
{
  DhkStatsStatus status;
  DhkTDesign design;
  DhkSides sides;
  double d;
  double alpha;
  double n;   /* of the first group, or pairs */
  double n_b; /* of the second group; 0 where there is one column */
  double power;
  double df;
  double critical_t;
  double noncentrality;
  double n_rounded;     /* n rounded up */
  double n_total;       /* all respondents, rounded up in each group */
  double power_rounded; /* with them */
} DhkPowerT;

/*
 * dhk_power_t:
 * Power and n of a t test for a standardised difference d. With two groups of
 * different size `n_b` is that of the second; NaN: as large as the first.
 *
 * Formula: power = P(T'(df, δ) > t) + P(T' < −t), two-sided, t the central t of 1 −
 * α/2; one-sided the first only, t that of 1 − α. Two groups: δ = d √(n n_b/(n + n_b)), df =
 * n + n_b − 2; pairs and one sample: δ = d √n, df = n − 1.
 * Source: J. Cohen, Statistical Power Analysis (1988), chapter 2; as R's
 * power.t.test (strict = TRUE) and pwr.t.test.
 * Units: d as a share of the SD (of the differences with pairs); n people.
 * Smallest n: 2, in each group.
 * Undefined: BAD_ARGUMENT (not exactly one of n and power is NaN; n or n_b below 2;
 * alpha or power not strictly between 0 and 1; d not finite; n_b without two groups);
 * IMPOSSIBLE (no n gives that power: d is 0 or of the other sign, or n_b is too
 * small for any n); TOO_LARGE (n would be over 1e12): what was given stays, the
 * rest is NaN.
 */
DhkPowerT dhk_power_t (
    DhkTDesign design, DhkSides sides, double d, double alpha, double n, double n_b, double power);

/* One-way analysis of variance */

typedef struct
{
  DhkStatsStatus status;
  size_t n_groups;
  double f; /* Cohen's: SD of the means / SD within */
  double alpha;
  double n; /* of each group */
  double power;
  double df1;
  double df2;
  double critical_f;
  double noncentrality;
  double n_rounded;
  double n_total;
  double power_rounded;
} DhkPowerAnova;

/*
 * dhk_power_anova:
 * Power and n of the F test of `n_groups` means, for groups of n each.
 *
 * Formula: power = P(F'(df1, df2, λ) > F), F the central F of 1 − α, λ = n_groups n f², df1 =
 * n_groups − 1, df2 = n_groups (n − 1).
 * Source: J. Cohen, Statistical Power Analysis (1988), chapter 8; as R's
 * pwr.anova.test.
 * Units: f without unit, f² = η²/(1 − η²); n people.
 * Smallest n: 2 in each group.
 * Undefined: BAD_ARGUMENT (fewer than two groups; not exactly one of n and power
 * is NaN; n below 2; alpha or power not strictly between 0 and 1; f negative or
 * not finite); IMPOSSIBLE (f = 0 and a power above alpha); TOO_LARGE (n would be over
 * 1e12, or λ beyond the noncentral F); the rest is NaN.
 */
DhkPowerAnova dhk_power_anova (size_t n_groups, double f, double alpha, double n, double power);

/* Correlation */

typedef enum
{
  DHK_POWER_R_EXACT,    /* both variables normal */
  DHK_POWER_R_FISHER_T, /* Fisher's z with the critical r from t, as R's pwr.r.test */
} DhkPowerRVariant;

extern const char *const dhk_power_r_variant_names[];

typedef struct
{
  DhkStatsStatus status;
  DhkPowerRVariant variant;
  DhkSides sides;
  double r;
  double alpha;
  double n;
  double power;
  double critical_r;
  double n_rounded;
  double power_rounded;
} DhkPowerR;

/*
 * dhk_power_r:
 * Power and n of the test that a Pearson correlation is zero, where it is r.
 *
 * Formula: critical r_c = t/√(t² + n − 2), t the central t of 1 − α/2 (one-sided 1 − α). Exact:
 * given x, r√(n − 2)/√(1 − r²) is a noncentral t with δ = ρ/√(1 − ρ²) · χ(n − 1), over
 * which the power is averaged by a trapezoidal sum. Fisher-t: Φ((z(r) − artanh r_c) √(n −
 * 3)) + Φ((−z(r) − artanh r_c) √(n − 3)), z(r) = artanh r + r/(2(n − 1)); one-sided
 * the first only.
 * Source: J. Cohen, Statistical Power Analysis (1988), chapter 3 and 546; R. J.
 * Muirhead, Aspects of Multivariate Statistical Theory (1982), section 5.1.
 * Units: r a correlation; n pairs of values.
 * Smallest n: 3; 4 with fisher-t.
 * Undefined: BAD_ARGUMENT (not exactly one of n and power is NaN; n below the
 * smallest; alpha or power not strictly between 0 and 1; r not strictly between
 * −1 and 1); IMPOSSIBLE (no n gives that power: r is 0 or of the other sign);
 * TOO_LARGE (n would be over 1e12); the rest is NaN.
 */
DhkPowerR dhk_power_r (
    DhkPowerRVariant variant, DhkSides sides, double r, double alpha, double n, double power);
