/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Groups whose means and SDs are known within bounds, and what their total can
 * then be (inside this library only).
 *
 * The sum of squares of a total is that within its groups plus that between
 * them, B = Σ n (m − M)² with M the weighted mean. The first is monotone in the
 * SDs. B is a convex function of the means, so that its smallest value over a
 * box is found by following its slope, and its largest lies at a corner. A
 * printed mean of the total cuts a slab from the box: M within [low, high];
 * without one the slab is infinite.
 *
 * Bounds of means may be infinite, those of SDs too above. All results enclose
 * what is possible, but for rounding errors of a double.
 */

#include <stdbool.h>
#include <stddef.h>

/* The most groups in one call. */
#define DHK_BETWEEN_MAX_GROUPS 512

typedef struct
{
  double n;
  double mean_low;
  double mean_high;
  double sd_low; /* n − 1; without meaning for a group of one */
  double sd_high;
} DhkGroupBounds;

typedef struct
{
  double low;
  double high; /* below `low`: nothing is possible */
} DhkBounds;

static inline bool
dhk_bounds_are_empty (DhkBounds bounds)
{
  return !(bounds.low <= bounds.high);
}

/*
 * dhk_between_range:
 * The smallest and the largest B of means inside the box and the slab.
 *
 * Formula: smallest: with M free, the zero of Σ n (M − m(M)), m(M) the point of the group's
 * interval next to M; with M at an end of the slab, means m(M + λ) with λ such that their mean is
 * M. Largest: the best corner, of at most 16 groups without slab or 10 with it; for more, the bound
 * min over c of Σ n max ((a − c)², (b − c)²), which no B exceeds.
 * Source: R. T. Rockafellar, Convex Analysis (1970), sections 28 and 32.
 * Units: squared units of the means.
 * Smallest n: one group; at most DHK_BETWEEN_MAX_GROUPS.
 * Undefined: empty where box and slab do not meet; [0, infinity] for more groups than that.
 */
DhkBounds dhk_between_range (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab);

/*
 * dhk_between_least:
 * The smallest B alone.
 *
 * Formula: as dhk_between_range.
 * Source: as dhk_between_range.
 * Units: squared units of the means.
 * Smallest n: as dhk_between_range.
 * Undefined: infinite where box and slab do not meet.
 */
double dhk_between_least (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab);

/*
 * dhk_between_mean_range:
 * The means of the total that the means of the groups allow.
 *
 * Formula: Σ n m / Σ n, at the lower and at the upper bounds.
 * Source: this library.
 * Units: those of the means.
 * Smallest n: one group.
 * Undefined: never.
 */
DhkBounds dhk_between_mean_range (const DhkGroupBounds *groups, size_t n_groups);

/*
 * dhk_between_group_mean_range:
 * The means of group `i` that the other groups and the slab allow.
 *
 * Formula: (N M − Σ of the others n m) / n_i at the ends.
 * Source: this library.
 * Units: those of the means.
 * Smallest n: one group.
 * Undefined: never; the group's own bounds take no part.
 */
DhkBounds dhk_between_group_mean_range (const DhkGroupBounds *groups,
                                        size_t n_groups,
                                        size_t i,
                                        DhkBounds slab);

/*
 * dhk_between_squares_range:
 * The sum of squares of the total about its mean.
 *
 * Formula: Σ (n − 1) s² + B.
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925).
 * Units: squared units of the means.
 * Smallest n: one group.
 * Undefined: as dhk_between_range.
 */
DhkBounds dhk_between_squares_range (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab);

/*
 * dhk_between_group_squares_range:
 * The sum of squares (n − 1) s² inside group `i` that the other groups and the total leave.
 *
 * Formula: S − B − Σ of the others (n − 1) s², not below 0, S the total's sum of squares.
 * Source: as dhk_between_squares_range.
 * Units: squared units of the means.
 * Smallest n: one group.
 * Undefined: as dhk_between_range; the group's own SD takes no part.
 */
DhkBounds dhk_between_group_squares_range (const DhkGroupBounds *groups,
                                           size_t n_groups,
                                           size_t i,
                                           DhkBounds slab,
                                           DhkBounds total_squares);
