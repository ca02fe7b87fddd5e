/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Dunn's test: all pairs of groups after a Kruskal–Wallis test, by their mean
 * ranks in the ranking of all values.
 *
 * Pairs stand in the order (0,1), (0,2), … (1,2), … The difference is the mean
 * rank of a less that of b.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/dhk-p-adjust.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t a;
  size_t b;
  double difference; /* of the mean ranks */
  double se;         /* of the difference, corrected for ties */
  double z;
  double p_unadjusted; /* two-sided */
  double p;            /* adjusted for all pairs */
  bool differs;        /* p < alpha */
} DhkDunnPair;

typedef struct
{
  DhkStatsStatus status;
  DhkAdjustment adjustment;
  size_t n;        /* values */
  size_t n_groups; /* with values */
  size_t n_tests;  /* pairs of such groups */
  double alpha;
  DhkStatsStatus letters_status;
  size_t n_letters;
} DhkDunn;

/*
 * dhk_dunn:
 * `group[i]` is the group of `values[i]`, from 0; a negative one leaves the
 * value out, as does a value that is NaN.
 *
 * Formula: z = (R_a − R_b) / se, se² = (1/n_a + 1/n_b) N (N + 1)/12 · (1 − Σ (t³ −
 * t) / (N³ − N)) with mean ranks R and t values in each set of ties; p two-sided
 * from the normal distribution, adjusted by dhk_p_adjust.
 * Source: O. J. Dunn, Technometrics 6 (1964) 241–252.
 * Units: `values` and `group` of length n; `pairs` of length dhk_pair_count
 * (n_groups), `mean_ranks` and `letters` of length n_groups; alpha strictly
 * between 0 and 1. Letters as dhk_letters_find gives them, "a" for the highest
 * mean rank.
 * Smallest n: two groups of one value.
 * Undefined: the status is returned and stands in each pair: NO_DATA,
 * TOO_FEW_GROUPS, NOT_FINITE (an infinite value), BAD_ARGUMENT (alpha, a group of
 * n_groups or more), NO_MEMORY, all NaN; NO_VARIANCE (all values equal), all but
 * the differences NaN. While OK is returned a pair has NO_DATA where one of its
 * groups has no values. A mean rank is NaN where the group has no values or
 * there are no ranks. letters_status: that of the result, or TOO_LARGE (over 52
 * letters).
 */
DhkDunn dhk_dunn (DhkAdjustment adjustment,
                  const double *values,
                  const int *group,
                  size_t n,
                  size_t n_groups,
                  double alpha,
                  DhkDunnPair *pairs,
                  double *mean_ranks,
                  uint64_t *letters);
