/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * F, t and p again, from printed n, mean and SD: the values that rounding
 * allows, and whether the printed test is one of them.
 *
 * The ranges enclose every value that means and SDs within their rounding
 * intervals can give, so that "impossible" is proof. (It presumes that the test
 * is the one named, of these groups.)
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-rounding.h"
#include "stats/dhk-ttest.h"

typedef enum
{
  DHK_PRINTED_NOT_GIVEN,
  DHK_PRINTED_POSSIBLE,
  DHK_PRINTED_IMPOSSIBLE,
} DhkPrintedVerdict;

extern const char *const dhk_printed_verdict_names[]; /* ends with NULL */

/* How a p was printed: p = x, p < x, p > x. */
typedef enum
{
  DHK_P_EQUALS,
  DHK_P_BELOW,
  DHK_P_ABOVE,
} DhkPrintedSign;

extern const char *const dhk_printed_sign_names[]; /* ends with NULL */

/* What a report prints of a test; a number below 0 is not given. */
typedef struct
{
  double statistic; /* F, or t without its sign */
  int statistic_decimals;
  double p;
  int p_decimals;
  DhkPrintedSign p_sign;
} DhkPrintedTest;

typedef struct
{
  DhkStatsStatus status;
  double df1;
  double df2;
  double f; /* from the printed numbers as if they were exact */
  double p;
  DhkEnclosure f_range;
  DhkEnclosure p_range;
  DhkPrintedVerdict f_verdict;
  DhkPrintedVerdict p_verdict;
} DhkAnovaCheck;

typedef struct
{
  DhkStatsStatus status;
  DhkTVariant variant;
  double df; /* from the printed numbers as if they were exact */
  double t;
  double p;
  DhkEnclosure df_range;
  DhkEnclosure t_range; /* with its sign: a − b */
  DhkEnclosure p_range;
  DhkPrintedVerdict t_verdict;
  DhkPrintedVerdict p_verdict;
} DhkTCheck;

/*
 * dhk_recompute_anova:
 * One-way analysis of variance of printed groups.
 *
 * Formula: F = (B/df1) / (W/df2): B of dhk-between.h at its smallest and largest over the means, W
 * = Σ (n − 1) s² at the ends of the SDs; the two depend on different numbers, so that the ends of F
 * are the quotients of theirs (exact for at most 16 groups; for more the upper end is a bound). p
 * falls with F.
 * Source: D. A. Larson, The American Statistician 46 (1992) 151–152; N. J. L. Brown, J. A. J.
 * Heathers, Social Psychological and Personality Science 8 (2017) 363–369.
 * Units: those of means and SDs; at most 500 groups.
 * Smallest n: two groups, and one respondent more than groups.
 * Undefined: as dhk_anova_from_summary; NO_VARIANCE where every SD may be 0; TOO_LARGE (groups);
 * BAD_ARGUMENT also for decimals, a group of n = 0 is left out.
 */
DhkAnovaCheck dhk_recompute_anova (const DhkSummary *groups,
                                   size_t n_groups,
                                   int decimals,
                                   DhkPrintedTest printed);

/*
 * dhk_recompute_t:
 * Student's or Welch's t test of two printed groups.
 *
 * Formula: t = (M_a − M_b) / se, se grows with both SDs: the ends of t are at the ends of the
 * difference and of se. Student: df is known, p falls with |t|. Welch: df is a function of the
 * share of a's variance of the mean, largest at (n_a − 1)/(n_a + n_b − 2); p lies between p
 * (largest |t|, largest df) and p (smallest |t|, smallest df), which encloses it.
 * Source: B. L. Welch, Biometrika 34 (1947) 28–35; N. J. L. Brown, J. A. J. Heathers, Social
 * Psychological and Personality Science 8 (2017) 363–369.
 * Units: those of means and SDs.
 * Smallest n: as dhk_t_test.
 * Undefined: as dhk_t_test_from_summary; NO_VARIANCE where both SDs may be 0; BAD_ARGUMENT also
 * for decimals.
 */
DhkTCheck dhk_recompute_t (
    DhkTVariant variant, DhkSummary a, DhkSummary b, int decimals, DhkPrintedTest printed);
