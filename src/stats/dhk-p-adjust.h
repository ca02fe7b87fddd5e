/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Adjustment of the p values of one family for the number of tests.
 *
 * Bonferroni, Šidák, Holm and Hochberg keep the chance of one or more false
 * findings in the family below alpha; Benjamini and Hochberg keep the expected
 * share of false findings among the findings below it, which is a weaker
 * promise.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

typedef enum
{
  DHK_ADJUST_NONE,
  DHK_ADJUST_BONFERRONI,
  DHK_ADJUST_SIDAK,
  DHK_ADJUST_HOLM,
  DHK_ADJUST_HOCHBERG,
  DHK_ADJUST_BENJAMINI_HOCHBERG,
} DhkAdjustment;

/*
 * dhk_p_adjust:
 * Adjusts `n` p values of one family.
 *
 * Formula: with m tests, p sorted upwards and i a place from 1. Bonferroni:
 * min (1, m p). Šidák: 1 − (1 − p)^m. Holm: the largest of min (1, (m − j + 1)
 * p_(j)) for j ≤ i. Hochberg: the smallest of (m − j + 1) p_(j) for j ≥ i.
 * Benjamini–Hochberg: the smallest of m p_(j) / j for j ≥ i.
 * Source: Z. Šidák, J. American Statistical Association 62 (1967) 626–633; S.
 * Holm, Scandinavian J. Statistics 6 (1979) 65–70; Y. Hochberg, Biometrika 75
 * (1988) 800–802; Y. Benjamini, Y. Hochberg, J. Royal Statistical Society B 57
 * (1995) 289–300; S. P. Wright, Biometrics 48 (1992) 1005–1013 for adjusted p.
 * Units: probabilities; `adjusted` of length n, which may be `p` itself.
 * Smallest n: 1; n = 0 does nothing.
 * Undefined: a NaN stays NaN and does not count among the tests. Returns OK;
 * BAD_ARGUMENT where a p is not between 0 and 1; NO_MEMORY. Then nothing is
 * written.
 */
DhkStatsStatus dhk_p_adjust (DhkAdjustment adjustment, const double *p, size_t n, double *adjusted);

/*
 * dhk_holm:
 * Holm's adjustment, the one most often wanted.
 *
 * Formula: dhk_p_adjust (DHK_ADJUST_HOLM, …).
 * Source: S. Holm, Scandinavian J. Statistics 6 (1979) 65–70.
 * Units: as dhk_p_adjust.
 * Smallest n: as dhk_p_adjust.
 * Undefined: as dhk_p_adjust.
 */
DhkStatsStatus dhk_holm (const double *p, size_t n, double *adjusted);
