/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What is known of a table of two rows and two columns beyond dhk-crosstab.h: the correction of
 * Yates, a φ with a sign, the odds ratio in its two variants, and Fisher's exact test.
 *
 *           column 1  column 2
 *   row 1      a         b
 *   row 2      c         d
 */

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  double estimate; /* odds of column 1 in row 1 over those in row 2 */
  DhkInterval ci;
} DhkOddsRatio;

typedef struct
{
  DhkStatsStatus status;
  double phi; /* Pearson's r of the two columns coded 0 and 1 */
  double yates_chi_squared;
  double yates_p;
  DhkOddsRatio sample_odds;      /* a d / (b c), CI by Woolf */
  DhkOddsRatio conditional_odds; /* given the margins, CI exact, as R's fisher.test */
  DhkStatsStatus exact_status;
  double exact_p;         /* two-sided, by the probability of the tables */
  double exact_p_less;    /* of an a as small as found */
  double exact_p_greater; /* of an a as large as found */
} DhkTwoByTwo;

/*
 * dhk_two_by_two:
 * The table with the counts a, b, c, d.
 *
 * Formula: φ = (ad − bc) / √(r₁ r₂ c₁ c₂). Yates: Σ (|O − E| − y)² / E, y = min (1/2, |O − E|).
 * Sample odds ratio ad/(bc), CI = exp (ln (ad/(bc)) ± z √(1/a + 1/b + 1/c + 1/d)). Conditional odds
 * ratio: the ω under which a has its expectation in the noncentral hypergeometric distribution; CI:
 * the ω under which P(A ≥ a), and P(A ≤ a), is (1 − confidence)/2. Exact p: Σ P over the a with P ≤
 * P_found (1 + 1e-7).
 * Source: F. Yates, J. Royal Statistical Society Supplement 1 (1934) 217–235;
 * B. Woolf, Annals of Human Genetics 19 (1955) 251–253; R. A. Fisher, J. Royal Statistical Society
 * 98 (1935) 39–54; J. Cornfield, Proc. Third Berkeley Symposium 4 (1956) 135–148.
 * Units: counts; the exact test and the conditional odds ratio need whole numbers.
 * Smallest n: a case in each row and column.
 * Undefined: BAD_ARGUMENT (negative, NaN, confidence), NOT_FINITE, NO_DATA,
 * TOO_FEW_GROUPS (an empty row or column): all NaN. EMPTY_CELL: an odds ratio of zero or infinity, for then
 * it depends on the order of the rows whether there is a number (a count of 0; for the conditional
 * one a as small or as large as it can be). BAD_ARGUMENT for the exact figures alone: counts that are no whole numbers.
 * TOO_LARGE for them: over 1e9 cases.
 */
DhkTwoByTwo dhk_two_by_two (double a, double b, double c, double d, double confidence);
