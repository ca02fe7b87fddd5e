/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Comparisons of all pairs of means after an analysis of variance, and Holm's
 * adjustment of any set of p values.
 *
 * For the pair (a, b), a < b, the difference is mean[a] − mean[b]. Pairs stand
 * in the order (0,1), (0,2), … (1,2), …
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t a; /* indexes into the groups given */
  size_t b;
  double difference; /* mean[a] − mean[b] */
  double se;         /* of the difference: √(MSE (1/n_a + 1/n_b)) */
  double q;          /* |difference| / (se / √2), the studentized range */
  double p;          /* adjusted for all pairs */
  double ci_low;     /* simultaneous for all pairs */
  double ci_high;
} DhkPair;

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

/*
 * dhk_holm:
 * Adjusts `n` p values of one family for the number of tests.
 *
 * Formula: with p sorted upwards, adjusted p_(i) = the largest of
 * min (1, (n − j + 1) p_(j)) for j ≤ i.
 * Source: S. Holm, Scandinavian J. Statistics 6 (1979) 65–70.
 * Units: probabilities; `adjusted` of length n, which may be `p` itself.
 * Smallest n: 1; n = 0 does nothing.
 * Undefined: a NaN stays NaN and does not count among the tests. Returns OK;
 * BAD_ARGUMENT where a p is not between 0 and 1; NO_MEMORY. Then nothing is
 * written.
 */
DhkStatsStatus dhk_holm (const double *p, size_t n, double *adjusted);
