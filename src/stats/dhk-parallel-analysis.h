/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Parallel analysis: how many factors items have, by comparing the eigenvalues
 * of their correlations with those of random data of the same size.
 *
 * This is Horn's variant, of principal components: the eigenvalues are those of
 * the correlation matrix with ones in the diagonal. The random data are normal
 * and independent. The same seed gives the same answer on every machine.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-status.h"

/* What an eigenvalue must exceed. */
typedef enum
{
  DHK_PARALLEL_MEAN,     /* the mean of the random ones: Horn's own rule */
  DHK_PARALLEL_QUANTILE, /* their quantile: Glorfeld's, stricter */
} DhkParallelCriterion;

/* "mean", "quantile", NULL. */
extern const char *const dhk_parallel_criterion_names[];

typedef struct
{
  size_t n_sets; /* random data sets */
  uint64_t seed;
  DhkParallelCriterion criterion;
  double quantile; /* 0.95 … */
  DhkDeletion missing;
} DhkParallelOptions;

typedef struct
{
  DhkStatsStatus status;
  DhkParallelCriterion criterion;
  DhkDeletion missing;
  size_t n_items;
  size_t n; /* also of the random data; pairwise: of the pair of items with fewest */
  size_t n_missing;
  size_t n_sets;
  size_t n_factors; /* components before the first that is not above the criterion */
} DhkParallelAnalysis;

typedef struct
{
  double observed;
  double random_mean;
  double random_quantile;
  bool is_kept; /* one of the n_factors */
} DhkParallelComponent;

/*
 * dhk_parallel_analysis:
 * Compares the eigenvalues of `n_items` columns of length n with those of
 * random data; fills `components` (n_items).
 *
 * Formula: the random covariances are drawn from the Wishart distribution with n
 * − 1 degrees of freedom, which is what normal data have, by Bartlett's
 * decomposition A A': χ_(n−i) in the diagonal of A, normal numbers below. The
 * quantile over the sets is that of type 7.
 * Source: J. L. Horn, Psychometrika 30 (1965) 179–185; L. W. Glorfeld,
 * Educational and Psychological Measurement 55 (1995) 377–393; W. B. Smith, R. R.
 * Hocking, Applied Statistics 21 (1972) 341–345 (AS 53). Numbers: dhk-random.h.
 * Units: none. The mean over s sets has a standard error of SD / √s, SD being that of
 * the eigenvalue in random data.
 * Smallest n: 2 items, more respondents than items.
 * Undefined: BAD_ARGUMENT (no sets, or quantile not between 0 and 1),
 * TOO_FEW_ITEMS, NO_DATA, TOO_FEW, NOT_FINITE, NO_VARIANCE (an item),
 * NO_CONVERGENCE, NO_MEMORY: all NaN.
 */
DhkParallelAnalysis dhk_parallel_analysis (const double *const *items,
                                           size_t n_items,
                                           size_t n,
                                           const DhkParallelOptions *options,
                                           DhkParallelComponent *components);
