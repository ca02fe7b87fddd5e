/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The correlations of every pair of several columns, with p values that may be
 * adjusted for their number.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_CORRELATE_PEARSON,
  DHK_CORRELATE_SPEARMAN,
  DHK_CORRELATE_KENDALL, /* τ-b */
} DhkCorrelationMethod;

/* "pearson", "spearman", "kendall", NULL. */
extern const char *const dhk_correlation_method_names[];

/* One pair: columns a < b. */
typedef struct
{
  DhkStatsStatus status;
  size_t a;
  size_t b;
  size_t n; /* cases with both values; listwise, with all values */
  double r;
  double p;          /* two-sided: by t (Pearson, Spearman), by the normal (Kendall) */
  double p_adjusted; /* the same as p where nothing was asked */
  DhkInterval ci;    /* of r, not adjusted: Fisher (Pearson), Fieller (Spearman, Kendall) */
} DhkCorrelationPair;

typedef struct
{
  DhkStatsStatus status;
  size_t n_columns;
  size_t n_rows;     /* given */
  size_t n_complete; /* rows with a value in every column */
  size_t n_pairs;    /* k(k − 1)/2 */
  size_t n_defined;  /* pairs with a coefficient */
} DhkCorrelationMatrix;

/*
 * dhk_correlation_matrix:
 * Correlates each pair of `columns` (n_columns of length n). `pairs`, an array of
 * n_columns (n_columns − 1) / 2, is filled in the order (0, 1), (0, 2) … (1, 2) …
 *
 * Formula: see dhk_pearson, dhk_spearman, dhk_kendall. Holm: the i-th smallest
 * of m p values times m − i + 1, and no smaller than the one before. A straight
 * line (PERFECT_FIT) counts among the m as the smallest.
 * Source: S. Holm, Scandinavian J. Statistics 6 (1979) 65–70.
 * Units: none.
 * Smallest n: that of the coefficient, for each pair.
 * Undefined: TOO_FEW_ITEMS (fewer than two columns), BAD_ARGUMENT (confidence),
 * NO_MEMORY: `pairs` is not filled. Each pair has its own status besides; with
 * PERFECT_FIT its r is given.
 */
DhkCorrelationMatrix dhk_correlation_matrix (DhkCorrelationMethod method,
                                             const double *const *columns,
                                             size_t n_columns,
                                             size_t n,
                                             bool listwise,
                                             bool holm,
                                             double confidence,
                                             DhkCorrelationPair *pairs);
