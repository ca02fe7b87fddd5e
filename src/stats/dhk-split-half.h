/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Split-half reliability of a scale: the correlation of two halves, stepped up
 * to the length of the whole.
 */

#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_SPLIT_FIRST_HALF, /* the first ⌈k/2⌉ items and the others, as SPSS does */
  DHK_SPLIT_ODD_EVEN,   /* items 1, 3, 5 … and items 2, 4, 6 … */
} DhkSplit;

/* "first-half", "odd-even", NULL. */
extern const char *const dhk_split_names[];

/* Cronbach's alpha of one half. */
typedef struct
{
  DhkStatsStatus status;
  double alpha;
} DhkHalfAlpha;

/* The sum of the items of one half. */
typedef struct
{
  size_t n_items;
  DhkStatsStatus status;
  double mean;
  double sd;
  DhkHalfAlpha cronbach;
} DhkHalf;

/* The coefficients that need a correlation. */
typedef struct
{
  DhkStatsStatus status;
  double r;                    /* between the halves */
  double spearman_brown;       /* of two halves of equal length */
  double spearman_brown_horst; /* of the lengths as they are */
} DhkHalvesCorrelation;

typedef struct
{
  DhkStatsStatus status;
  DhkSplit split;
  DhkDeletion missing;
  size_t n_items;
  size_t n; /* pairwise: of the pair of items with fewest */
  size_t n_missing;
  double guttman; /* Guttman's split-half coefficient, λ4 of this split */
  DhkHalf a;
  DhkHalf b;
  DhkHalvesCorrelation halves;
} DhkSplitHalf;

/*
 * dhk_split_half:
 * The reliability of the sum of `n_items` columns of length n from two halves.
 *
 * Formula: with r between the sums of the halves, of k_a and k_b items: Spearman
 * and Brown 2r/(1 + r); Horst 2r / (r + √(r² + 4 (1 − r²) k_a k_b / k²)), which is
 * (√(r⁴ + 4 r² (1 − r²) k_a k_b / k²) − r²) / (2 (1 − r²) k_a k_b / k²) for r > 0 and
 * goes on below zero as the first does; Guttman 2 (1 − (s_a² + s_b²) / s_total²).
 * Alpha of a half as dhk_cronbach_alpha().
 * Source: C. Spearman, British J. Psychology 3 (1910) 271–295; W. Brown, same,
 * 296–322; P. Horst, Psychometrika 16 (1951) 189–202; L. Guttman, Psychometrika
 * 10 (1945) 255–282.
 * Units: those of the items; NaN is missing.
 * Smallest n: 2 items, 2 respondents; α of a half 2 items in it.
 * Undefined: TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_MEMORY: all NaN;
 * NO_VARIANCE (the total does not vary): all but means and SDs of the halves;
 * INDEFINITE (pairwise, a variance below zero). `halves`: NO_VARIANCE (one half
 * does not vary, or r = −1).
 */
DhkSplitHalf dhk_split_half (
    const double *const *items, size_t n_items, size_t n, DhkSplit split, DhkDeletion missing);
