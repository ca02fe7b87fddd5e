/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The studentized range of one family of comparisons
 * (inside this library only).
 *
 * dhk_ptukey_upper() and dhk_qtukey() of dhk-distribution.h answer one
 * question. This answers many for the same number of means k and the same
 * degrees of freedom: it remembers what the pairs have in common, which makes a
 * family of four or more means several times faster. The numbers are the same.
 *
 * The struct is about 32 kB, lives on the caller's stack, owns nothing, and
 * belongs to one thread.
 */

#include <stdbool.h>

#include "stats/dhk-chi-mixture.h"

#define DHK_STUDENTIZED_RANGE_LARGEST 25.0 /* the tail of k ≤ 1000 ends before */
#define DHK_STUDENTIZED_RANGE_NODES 1024

typedef struct
{
  int k;
  double df;
  /*< private >*/
  /* the inner integral's points: k times the density of the largest value
   * times the step, and its distribution function */
  int n_nodes;
  double inner_step;
  double weight[DHK_STUDENTIZED_RANGE_NODES];
  double below[DHK_STUDENTIZED_RANGE_NODES];
  DhkChiMixture mixture;
} DhkStudentizedRange;

/*
 * dhk_studentized_range_init:
 * Prepares `self` for the range of k means with df degrees of freedom.
 *
 * Formula: see dhk_ptukey_upper.
 * Source: see dhk_ptukey_upper.
 * Units: k means; df may be infinite.
 * Smallest n: k from 2 to DHK_STUDENTIZED_RANGE_MAX_MEANS.
 * Undefined: returns false, and `self` must not be used, where k is outside
 * that range or df < 1.
 */
bool dhk_studentized_range_init (DhkStudentizedRange *self, int k, double df);

/*
 * dhk_studentized_range_set_df:
 * Goes on with other degrees of freedom, and keeps what is remembered where it
 * can: a family whose pairs have their own degrees of freedom (Games–Howell)
 * does best from many to few.
 *
 * Formula: see dhk_ptukey_upper.
 * Source: see dhk_ptukey_upper.
 * Units: df may be infinite.
 * Smallest n: none.
 * Undefined: returns false, and nothing changes, where df < 1.
 */
bool dhk_studentized_range_set_df (DhkStudentizedRange *self, double df);

/*
 * dhk_studentized_range_upper:
 * P(Q > q), with an absolute error below 1e-12.
 *
 * Formula: see dhk_ptukey_upper.
 * Source: see dhk_ptukey_upper.
 * Units: q in standard errors of one mean (below zero the answer is 1).
 * Smallest n: as dhk_studentized_range_init.
 * Undefined: NaN where q is NaN.
 */
double dhk_studentized_range_upper (DhkStudentizedRange *self, double q);

/*
 * dhk_studentized_range_quantile:
 * The q with P(Q ≤ q) = p.
 *
 * Formula: see dhk_qtukey.
 * Source: see dhk_qtukey.
 * Units: p a probability; q in standard errors of one mean.
 * Smallest n: as dhk_studentized_range_init.
 * Undefined: NaN where p is not strictly between 0 and 1.
 */
double dhk_studentized_range_quantile (DhkStudentizedRange *self, double p);
