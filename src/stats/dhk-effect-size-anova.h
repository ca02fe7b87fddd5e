/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How much of the variance an F test explains, with the interval that inverts
 * the test; and how alike the members of one group are (the ICCs of
 * organisational research).
 *
 * The interval of λ, the noncentrality, becomes one of the share of variance
 * in two ways that are both in use. The population's share in a design with
 * fixed groups is λ / (λ + N), N = df1 + df2 + 1 (Steiger; Smithson): it is the
 * interval of η², ω² and ε², which all estimate that share. R's package
 * effectsize takes λ / (λ + df2), which is the formula of η² with F = λ / df1:
 * `eta_squared_sample_ci`. An interval that inverts a test need not contain the
 * estimate: where F is small both its ends are 0.
 */

#include "stats/dhk-anova.h"
#include "stats/dhk-interval.h"

typedef struct
{
  DhkStatsStatus status;
  double eta_squared; /* partial where other terms are in the model */
  double omega_squared;
  double epsilon_squared;
  double cohen_f;
  DhkInterval lambda_ci;
  DhkInterval eta_squared_ci;        /* λ / (λ + N) */
  DhkInterval eta_squared_sample_ci; /* λ / (λ + df2) */
  DhkInterval omega_squared_ci;      /* λ / (λ + N) */
  DhkInterval epsilon_squared_ci;    /* λ / (λ + N) */
} DhkAnovaEffect;

/*
 * dhk_anova_effect:
 * The effect sizes of an F test with df1 and df2 degrees of freedom on n values. With
 * other terms in the model η², ω² and ε² are partial.
 *
 * Formula: η² = df1 F / (df1 F + df2); ω² = df1 (F − 1) / (df1 F + n − df1); ε² =
 * df1 (F − 1) / (df1 F + df2); f = √(df1 F / df2). λ: dhk_noncentral_f_lambda at
 * (1 ∓ confidence) / 2.
 * Source: W. L. Hays, Psychological Bulletin 60 (1963) for ω²; T. L. Kelley,
 * PNAS 21 (1935) 554–559 for ε²; J. H. Steiger, Psychological Methods 9 (2004)
 * 164–182; M. Smithson, Educational and Psychological Measurement 61 (2001)
 * 605–632.
 * Units: none. ω² and ε² are negative where F < 1; they are not cut off at 0.
 * Smallest n: none.
 * Undefined: BAD_ARGUMENT (df1 or df2 below 1 or infinite, n below df1 + df2, F
 * negative or NaN, confidence), NOT_FINITE (F infinite): all NaN. An interval alone is NOT_FINITE
 * where λ is beyond dhk_noncentral_f_lambda.
 */
DhkAnovaEffect dhk_anova_effect (double f, double df1, double df2, double n, double confidence);

/*
 * dhk_anova_effect_undefined:
 * No effect sizes, because of `status`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: all NaN.
 */
DhkAnovaEffect dhk_anova_effect_undefined (DhkStatsStatus status, double confidence);

/* Groups as a random sample of groups */
typedef struct
{
  DhkStatsStatus status;
  double n0;             /* size of a group, corrected for unequal sizes */
  double icc1;           /* with n0; negative where F < 1 */
  double icc1_mean_size; /* with the mean size of the groups */
  double icc2;           /* of the mean of a group */
  DhkInterval icc1_ci;   /* with n0 */
  DhkInterval icc2_ci;
} DhkAnovaIcc;

/*
 * dhk_anova_icc:
 * ICC(1) and ICC(2): whether members of one group answer alike, and how
 * reliable the mean of a group is.
 *
 * Formula: n0 = (N − Σ n_g² / N) / (k − 1); ICC(1) = (F − 1) / (F − 1 + n0);
 * ICC(2) = 1 − 1/F. CI: with F / F(1 − α/2; df1, df2) and F · F(1 − α/2; df2,
 * df1) in place of F.
 * Source: J. J. Bartko, Psychological Bulletin 83 (1976) 762–765; P. D. Bliese,
 * in K. J. Klein, S. W. J. Kozlowski, Multilevel Theory, Research, and Methods
 * in Organizations (2000) 349–381; P. E. Shrout, J. L. Fleiss, Psychological
 * Bulletin 86 (1979) 420–428.
 * Units: `groups` of length n_groups: their n are used; `anova` is theirs.
 * Smallest n: as dhk_anova_one_way.
 * Undefined: as dhk_anova_one_way; NO_VARIANCE also where F is 0 (the means do
 * not differ); BAD_ARGUMENT (confidence): all NaN.
 */
DhkAnovaIcc
dhk_anova_icc (const DhkAnova *anova, const DhkSummary *groups, size_t n_groups, double confidence);

/* One group in the table of means */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  double sd; /* with n − 1 */
  double se;
  DhkInterval ci; /* of the mean, with the group's own SD */
} DhkAnovaGroup;

/*
 * dhk_anova_group:
 * The line of one group in the table of means.
 *
 * Formula: SE = SD / √n; CI = M ± t((1 + confidence)/2; n − 1) SE.
 * Source: as dhk_describe.
 * Units: those of mean and SD.
 * Smallest n: 1 for the mean; 2 for the rest.
 * Undefined: NO_DATA (n = 0), NOT_FINITE: all NaN; TOO_FEW (n = 1): SD, SE, CI
 * NaN; BAD_ARGUMENT (negative SD, confidence): all NaN.
 */
DhkAnovaGroup dhk_anova_group (DhkSummary group, double confidence);
