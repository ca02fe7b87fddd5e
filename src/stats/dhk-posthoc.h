/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Comparisons of all pairs of means, with a correction for their number.
 *
 * For the pair (a, b), a < b, the difference is mean[a] − mean[b]. Pairs stand
 * in the order (0,1), (0,2), … (1,2), … A pair differs where its adjusted p is
 * below alpha = 1 − confidence.
 *
 * Each result may come with compact letters: groups that share a letter do not
 * differ (dhk-letters.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-p-adjust.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_PROCEDURE_TUKEY, /* Tukey–Kramer */
  DHK_PROCEDURE_GAMES_HOWELL,
  DHK_PROCEDURE_BONFERRONI,
  DHK_PROCEDURE_HOLM,
  DHK_PROCEDURE_HOCHBERG,
  DHK_PROCEDURE_BENJAMINI_HOCHBERG,
  DHK_PROCEDURE_SIDAK,
  DHK_PROCEDURE_SCHEFFE,
  DHK_PROCEDURE_LSD, /* no correction */
  DHK_N_PROCEDURES,  /* no procedure: how many there are */
} DhkProcedure;

typedef struct
{
  DhkStatsStatus status;
  size_t a; /* indexes into the groups given */
  size_t b;
  double difference;   /* mean[a] − mean[b] */
  double se;           /* of the difference */
  double t;            /* difference / se */
  double q;            /* |t| √2, the studentized range */
  double df;           /* of the SD within se */
  double p_unadjusted; /* of t by itself, two-sided */
  double p;            /* adjusted for all pairs */
  bool differs;        /* p < 1 − confidence; false where undefined */
  double critical;     /* the interval is difference ± critical · se */
  DhkInterval ci;      /* simultaneous for all pairs */
} DhkPair;

typedef struct
{
  DhkStatsStatus status;
  DhkProcedure procedure;
  DhkProcedure interval_procedure; /* whose intervals stand beside the p values */
  size_t n;                        /* values */
  size_t n_groups;                 /* that are compared */
  size_t n_tests;                  /* pairs that are defined: those corrected for */
  double alpha;                    /* 1 − confidence */
  DhkStatsStatus pooled_status;
  double pooled_mse; /* the mean square within all groups */
  double pooled_df;
  DhkStatsStatus letters_status;
  size_t n_letters;
} DhkPostHocTest;

/*
 * dhk_pair_count:
 * How many pairs `n_groups` groups make.
 *
 * Formula: n_groups (n_groups − 1) / 2.
 * Source: combinatorics.
 * Units: a number.
 * Smallest n: 0 and 1 group make 0 pairs.
 * Undefined: never.
 */
size_t dhk_pair_count (size_t n_groups);

/*
 * dhk_post_hoc:
 * Compares all pairs of groups: `group[i]` is the group of `values[i]`, from 0;
 * a negative one leaves the value out, as does a value that is NaN.
 *
 * Formula: t = difference / se. Games–Howell: se = √(s_a²/n_a + s_b²/n_b) with
 * Welch's df, p = P(Q > √2 |t|; k, df), CI = difference ± Q(confidence; k, df)
 * se / √2. All others: se = √(MSE (1/n_a + 1/n_b)), df that of MSE.
 * Tukey–Kramer: p and CI from Q likewise. Bonferroni, Šidák, Holm, Hochberg,
 * Benjamini–Hochberg: dhk_p_adjust of the p of t; CI = difference ± t(1 −
 * α'/2; df) se with α' = alpha / m for m pairs, Šidák 1 − confidence^(1/m).
 * Holm, Hochberg and Benjamini–Hochberg have no such intervals of their own;
 * theirs are Bonferroni's, which are simultaneous but wider than the p values
 * suggest: a pair may differ although its interval holds 0
 * (`interval_procedure` says so). Scheffé: p = P(F > t²/(k − 1); k − 1, df), CI =
 * difference ± √((k − 1) F(confidence)) se. LSD: p and CI of t alone.
 * Source: J. W. Tukey (1953); C. Y. Kramer, Biometrics 12 (1956) 307–310; P. A.
 * Games, J. F. Howell, J. Educational Statistics 1 (1976) 113–125; O. J. Dunn,
 * J. American Statistical Association 56 (1961) 52–64; H. Scheffé, Biometrika
 * 40 (1953) 87–104; R. A. Fisher, The Design of Experiments (1935); the
 * adjustments see dhk_p_adjust; letters see dhk_letters_find.
 * Units: those of the values. `values` and `group` of length n; `pairs` of
 * length dhk_pair_count (n_groups); `letters` of length n_groups: bit i of a
 * group is its letter i.
 * Smallest n: two groups with values, and one value more than groups;
 * Games–Howell two groups of two values.
 * Undefined: the status is returned and stands in each pair: NO_DATA,
 * TOO_FEW_GROUPS, NOT_FINITE, NO_MEMORY, BAD_ARGUMENT (confidence, procedure, a
 * group of n_groups or more; more than 1000 groups with Tukey and
 * Games–Howell), all NaN; TOO_FEW (no degree of freedom within) and NO_VARIANCE
 * (no spread within any group), all but the differences NaN. While OK is
 * returned a single pair has NO_DATA where one of its groups has no values;
 * with Games–Howell also TOO_FEW (a group of one value, which does not count
 * among the k groups) and NO_VARIANCE (no spread in either); NOT_FINITE where its
 * t or interval is beyond a double. pooled_status covers MSE and its df.
 * letters_status: that of the result, or of a pair without decision between
 * groups that have others; TOO_LARGE (over 52 letters).
 */
DhkPostHocTest dhk_post_hoc (DhkProcedure procedure,
                             const double *values,
                             const int *group,
                             size_t n,
                             size_t n_groups,
                             double confidence,
                             DhkPair *pairs,
                             uint64_t *letters);

/*
 * dhk_post_hoc_from_summary:
 * The same from n, mean and SD of each group.
 *
 * Formula: as dhk_post_hoc; MSE = Σ (n_g − 1) SD_g² / Σ (n_g − 1).
 * Source: as dhk_post_hoc.
 * Units: those of means and SDs.
 * Smallest n: as dhk_post_hoc.
 * Undefined: as dhk_post_hoc; NOT_FINITE also for a NaN mean or SD, and
 * BAD_ARGUMENT for a negative SD, of a group that takes part.
 */
DhkPostHocTest dhk_post_hoc_from_summary (DhkProcedure procedure,
                                          const DhkSummary *groups,
                                          size_t n_groups,
                                          double confidence,
                                          DhkPair *pairs,
                                          uint64_t *letters);

/*
 * dhk_tukey_kramer:
 * Tukey's honestly significant difference for groups of any size, from n and
 * mean of each group (their SD is not looked at), the mean square within, and
 * its degrees of freedom, as dhk_anova_* gives them. Groups with n = 0 take no
 * part and do not count among the k means.
 *
 * Formula: p = P(Q > q; k, df); CI = difference ± Q(confidence; k, df) se / √2.
 * Source: J. W. Tukey (1953); C. Y. Kramer, Biometrics 12 (1956) 307–310.
 * Units: `pairs` of length dhk_pair_count (n_groups); differences in units of
 * the means, `mse` in squared units.
 * Smallest n: two groups with n ≥ 1, df ≥ 1.
 * Undefined: all pairs NaN and the status both returned and in each pair:
 * BAD_ARGUMENT (confidence, more than 1000 groups that take part, negative
 * mse), TOO_FEW (df < 1), TOO_FEW_GROUPS, NOT_FINITE, NO_VARIANCE (mse = 0; the
 * differences are kept). A pair with a group that takes no part has NO_DATA
 * and NaN, while OK is returned.
 */
DhkStatsStatus dhk_tukey_kramer (const DhkSummary *groups,
                                 size_t n_groups,
                                 double mse,
                                 double df,
                                 double confidence,
                                 DhkPair *pairs);
