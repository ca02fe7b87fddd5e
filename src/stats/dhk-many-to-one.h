/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The largest of several t statistics that share one group
 * (inside this library only): Dunnett's distribution, for groups of any size.
 *
 * The struct is about 40 kB, lives on the caller's stack, owns nothing, and
 * belongs to one thread.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-chi-mixture.h"

#define DHK_MANY_TO_ONE_MAX_GROUPS 1000 /* beside the one */

typedef struct
{
  size_t n_groups; /* beside the one */
  double df;
  /*< private >*/
  /* Groups of one size are of a kind: how many there are, √(n/(n + n0)) and
   * √(n0/(n + n0)). */
  size_t n_kinds;
  double count[DHK_MANY_TO_ONE_MAX_GROUPS];
  double shared[DHK_MANY_TO_ONE_MAX_GROUPS];
  double own[DHK_MANY_TO_ONE_MAX_GROUPS];
  double step;
  double least_shared;
  double most_shared;
  DhkChiMixture mixture;
} DhkManyToOne;

/*
 * dhk_many_to_one_init:
 * Prepares `self` for groups of sizes n[0] … n[n_groups − 1], each compared
 * with one of size `n_one`.
 *
 * Formula: see dhk_many_to_one_upper.
 * Source: see dhk_many_to_one_upper.
 * Units: df may be infinite.
 * Smallest n: one group and the one, each of one value.
 * Undefined: returns false, and `self` must not be used, where there is no
 * group or more than DHK_MANY_TO_ONE_MAX_GROUPS, a size is 0, or df < 1.
 */
bool dhk_many_to_one_init (
    DhkManyToOne *self, size_t n_one, const size_t *n, size_t n_groups, double df);

/*
 * dhk_many_to_one_upper:
 * P(max |T_i| > t), with an absolute error below 1e-12, and a relative one
 * below 1e-9 for tiny probabilities.
 *
 * Formula: T_i = (λ_i Z_0 + σ_i Z_i) / s, where λ_i² = n_i/(n_i + n_0), σ_i² = 1 −
 * λ_i², and s is χ/√df; P = ∫ f(s; df) ∫ φ(x) {1 − Π [1 − Q((ts − λ_i x)/σ_i) −
 * Q((ts + λ_i x)/σ_i)]} dx ds, Q = 1 − Φ. Both integrals are trapezoidal sums of
 * analytic functions; the inner one is an adaptive Gauss–Legendre rule where a
 * group is so large that its σ is next to nothing.
 * Source: C. W. Dunnett, J. American Statistical Association 50 (1955)
 * 1096–1121; Dunnett, Biometrics 20 (1964) 482–491 for unequal sizes.
 * Units: t ≥ 0 without unit (below zero the answer is 1).
 * Smallest n: as dhk_many_to_one_init.
 * Undefined: NaN where t is NaN.
 */
double dhk_many_to_one_upper (DhkManyToOne *self, double t);

/*
 * dhk_many_to_one_quantile:
 * The t with P(max |T_i| ≤ t) = p.
 *
 * Formula: the inverse of dhk_many_to_one_upper at 1 − p, between the quantiles
 * of one group and of Bonferroni's bound for all.
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997)
 * 145–149.
 * Units: p a probability; t without unit.
 * Smallest n: as dhk_many_to_one_init.
 * Undefined: NaN where p is not strictly between 0 and 1.
 */
double dhk_many_to_one_quantile (DhkManyToOne *self, double p);
