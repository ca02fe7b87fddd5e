/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Exact distributions of rank statistics under the null hypothesis, given the
 * ranks as they are, ties included (inside this library only).
 *
 * The counts are sums of positive doubles, so a tail is right to about n
 * rounding errors of itself, however small it is. Rmath's pwilcox and
 * psignrank know no ties and keep their tables in static memory.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

/* The two tails at the value found: P(S ≤ s) and P(S ≥ s), both including it; and
 * P(|S − E| ≥ |s − E|), E the expectation. */
typedef struct
{
  DhkStatsStatus status;
  double lower;
  double upper;
  double two_sided;
} DhkExactTails;

/*
 * dhk_exact_rank_sum:
 * The rank sum S of a sample of `size` from the n ranks, each as likely to be
 * drawn as any other. Ranks are multiples of one half.
 *
 * Formula: the number of subsets of each size and sum, rank by rank.
 * Source: B. Streitberg, J. Röhmel, Statistical Software Newsletter 12 (1986)
 * 10–17 (the shift algorithm).
 * Units: `ranks` of length n, as dhk_ranks_compute gives them, from 1/2 up; `sum` is the S found.
 * Smallest n: 1, size from 1 to n − 1.
 * Undefined: TOO_LARGE where it would take more than some seconds; NO_MEMORY;
 * BAD_ARGUMENT (size): all NaN.
 */
DhkExactTails dhk_exact_rank_sum (const double *ranks, size_t n, size_t size, double sum);

/*
 * dhk_exact_signed_rank:
 * The sum S of the n ranks that get a positive sign, both signs being as likely.
 *
 * Formula: the number of subsets of each sum, rank by rank; p doubles the
 * smaller tail, the distribution being symmetric.
 * Source: as dhk_exact_rank_sum.
 * Units: as dhk_exact_rank_sum.
 * Smallest n: 1.
 * Undefined: TOO_LARGE (n > 1000), NO_MEMORY, BAD_ARGUMENT (n = 0): all NaN.
 */
DhkExactTails dhk_exact_signed_rank (const double *ranks, size_t n, double sum);
