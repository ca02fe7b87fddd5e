/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Means, covariances and correlations of columns (inside this library only):
 * what scales and factors are computed from.
 *
 *   DhkCovariance c;
 *   DhkStatsStatus status = dhk_covariance_init (&c, columns, k, n, DHK_DELETION_LISTWISE);
 *   … c.covariances[i + j * k] …
 *   dhk_covariance_clear (&c);
 *
 * Deviations are taken from means in double-double and are right to the last
 * bit, so that an offset of the data costs nothing. Products are summed in
 * blocks of rows, and the blocks in double-double.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-deletion.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkDeletion missing;
  size_t n_columns;
  size_t n;            /* listwise: complete rows; pairwise: those of the smallest pair */
  size_t n_missing;    /* rows that are not complete, whatever `missing` */
  size_t *n_valid;     /* of each column: its values, also in rows that do not count */
  double *means;       /* pairwise: of all values of the column */
  double *covariances; /* n_columns², symmetric, with n − 1; pairwise: of the rows of the pair */
} DhkCovariance;

/*
 * dhk_covariance_init:
 * Fills `self` from columns of length n, NaN being missing.
 *
 * Formula: Σ (x − M_x)(y − M_y) / (n − 1); pairwise each pair with the means of
 * its own rows, as SPSS and R's cov (use = "pairwise") have it.
 * Source: any textbook.
 * Units: those of the columns, and their products. A column whose values are
 * all equal has covariances of exactly zero.
 * Smallest n: 2 rows that count, of every pair.
 * Undefined: TOO_FEW_ITEMS (no column), NO_DATA, TOO_FEW (fewer than 2 rows: the
 * means are there, the covariances NaN), NOT_FINITE, NO_MEMORY. `self` can be
 * cleared with any status; with NO_MEMORY its arrays are NULL.
 */
DhkStatsStatus dhk_covariance_init (DhkCovariance *self,
                                    const double *const *columns,
                                    size_t n_columns,
                                    size_t n,
                                    DhkDeletion missing);

/*
 * dhk_covariance_clear:
 * Gives the memory back; `self` is empty again.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_covariance_clear (DhkCovariance *self);

/*
 * dhk_covariance_correlate:
 * Fills `r` (n_columns²) with the correlations, the diagonal being 1.
 *
 * Formula: s_xy / (s_x s_y); pairwise with the SDs of the rows of the pair.
 * Source: K. Pearson, Proc. Royal Society 58 (1895) 240–242.
 * Units: none; between −1 and 1.
 * Smallest n: as dhk_covariance_init.
 * Undefined: NO_VARIANCE (a column, or pairwise a column in the rows of a pair,
 * does not vary); NO_MEMORY.
 */
DhkStatsStatus dhk_covariance_correlate (const DhkCovariance *self,
                                         const double *const *columns,
                                         size_t n,
                                         double *r);

/*
 * dhk_covariance_standardise:
 * Fills `r` (n_columns²) with the covariances of the columns divided by their
 * SDs. Listwise these are the correlations; pairwise they are not, because the
 * SDs are of all values of a column, as psych's alpha() has it.
 *
 * Formula: s_xy / (s_x s_y).
 * Source: as dhk_covariance_correlate.
 * Units: none.
 * Smallest n: as dhk_covariance_init.
 * Undefined: NO_VARIANCE (a column does not vary); INDEFINITE (pairwise, a
 * quotient beyond 1).
 */
DhkStatsStatus dhk_covariance_standardise (const DhkCovariance *self, double *r);

/*
 * dhk_correlations_init:
 * dhk_covariance_init() and dhk_covariance_correlate() in one: the correlations
 * stand in `covariances`.
 *
 * Formula: as dhk_covariance_correlate.
 * Source: as dhk_covariance_correlate.
 * Units: none.
 * Smallest n: as dhk_covariance_init.
 * Undefined: as both.
 */
DhkStatsStatus dhk_correlations_init (DhkCovariance *self,
                                      const double *const *columns,
                                      size_t n_columns,
                                      size_t n,
                                      DhkDeletion missing);

/*
 * dhk_correlations_invert:
 * Replaces a correlation matrix by its inverse, and gives the logarithm of its
 * determinant (may be NULL).
 *
 * Formula: by Cholesky. SINGULAR where 1 − R² of a column on the others is below
 * 1e-11: what rounding makes of zero.
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2nd
 * ed., 2002) chapter 10.
 * Units: none.
 * Smallest n: 1 × 1.
 * Undefined: SINGULAR; INDEFINITE (an eigenvalue is below zero, which
 * correlations of different rows can make); NO_MEMORY.
 */
DhkStatsStatus dhk_correlations_invert (double *r, size_t n_columns, double *log_determinant);

/*
 * dhk_covariance_check_variance:
 * Whether a variance that was added up from terms with the sum of sizes `size`
 * is one: OK, NO_VARIANCE (zero but for rounding), INDEFINITE (below zero, which
 * pairwise covariances can make).
 *
 * Formula: held against 1e-14 · size.
 * Source: this library.
 * Units: those of the variance.
 * Smallest n: none.
 * Undefined: NO_VARIANCE where either is NaN.
 */
DhkStatsStatus dhk_covariance_check_variance (double variance, double size);
