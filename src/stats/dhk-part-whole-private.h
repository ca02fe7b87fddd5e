/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The decomposition of a total with bounds, for the checks that use it
 * (inside this library only).
 */

#include "stats/dhk-between.h"
#include "stats/dhk-grim.h"
#include "stats/dhk-rounding.h"

/* The parts, one for the missing included, and the total: its mean in `mean`, its SD in `sd`. */
typedef struct
{
  DhkGroupBounds *parts;
  size_t n_parts;
  double n;
  DhkBounds mean;
  DhkBounds sd;
} DhkDecomposition;

/*
 * dhk_decomposition_total_sd:
 * The SDs of the total that its parts allow; its mean takes part, its SD does not.
 *
 * Formula: √((Σ (n − 1) s² + B) / (N − 1)).
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925).
 * Units: those of the SDs.
 * Smallest n: N = 2.
 * Undefined: empty where the means contradict each other.
 */
DhkBounds dhk_decomposition_total_sd (const DhkDecomposition *self);

/*
 * dhk_decomposition_part_sd:
 * The SDs of part `i` that the others and the total allow.
 *
 * Formula: as dhk_decomposition_total_sd, solved for s.
 * Source: as dhk_decomposition_total_sd.
 * Units: those of the SDs.
 * Smallest n: n = 2 in that part; [0, infinity] for one.
 * Undefined: empty where there is none.
 */
DhkBounds dhk_decomposition_part_sd (const DhkDecomposition *self, size_t i);

/*
 * dhk_decomposition_is_possible:
 * Whether means and SDs within the bounds exist.
 *
 * Formula: as dhk_decomposition_total_sd.
 * Source: as dhk_decomposition_total_sd.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
bool dhk_decomposition_is_possible (const DhkDecomposition *self);

/*
 * dhk_decomposition_mean_need:
 * The means that part `i` (or the total: i = n_parts) may have, its own bounds not counted, within
 * `limits`.
 *
 * Formula: the linear relation of the means, and those with which the smallest possible sum of
 * squares (convex in this mean) does not exceed that of the total.
 * Source: as dhk_decomposition_total_sd.
 * Units: those of the means.
 * Smallest n: none.
 * Undefined: empty where there is none.
 */
DhkBounds dhk_decomposition_mean_need (DhkDecomposition *self, size_t i, DhkBounds limits);

/*
 * dhk_largest_sd:
 * The largest SD of n answers between min and max with a mean in `mean`.
 *
 * Formula: √(n/(n − 1) (m − min)(max − m)) at the m of the range next to the middle.
 * Source: R. Bhatia, C. Davis, The American Mathematical Monthly 107 (2000) 353–357.
 * Units: those of an answer.
 * Smallest n: 2.
 * Undefined: infinite where the scale is not known.
 */
double dhk_largest_sd (double n, DhkBounds mean, DhkAnswerGrid answers);
