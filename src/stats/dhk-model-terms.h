/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Terms of a linear model one after the other (inside this library only): what
 * each adds to the sum of squares explained, and with how many degrees of
 * freedom.
 *
 * Columns are made orthogonal to those before them (Gram and Schmidt, twice,
 * with inner products in double-double). One that is a combination of the
 * earlier ones is left out and adds no degree of freedom. The sum of squares of
 * a term is that of its own projections, never a difference of two large sums.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-status.h"

typedef struct
{
  size_t n_rows;
  size_t n_kept;
  size_t n_allocated; /* columns */
  double *columns;    /* orthonormal, n_rows each */
} DhkModelTerms;

/*
 * dhk_model_terms_init:
 * An empty model with room for `n_columns`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: false where memory is out; dhk_model_terms_clear() is called in either case.
 */
bool dhk_model_terms_init (DhkModelTerms *self, size_t n_rows, size_t n_columns);

/*
 * dhk_model_terms_clear:
 * Gives the memory back; the model is empty again.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_model_terms_clear (DhkModelTerms *self);

/*
 * dhk_model_terms_add:
 * Adds a column of n_rows, which is destroyed. It may have any scale.
 *
 * Formula: x − Q Q'x, twice, divided by its length.
 * Source: L. Giraud, J. Langou, M. Rozložník, Computers & Mathematics with Applications 50 (2005)
 * 1069–1075.
 * Units: none.
 * Smallest n: as many rows as columns.
 * Undefined: false where the column depends on those before it; it is then left out.
 */
bool dhk_model_terms_add (DhkModelTerms *self, double *column);

/*
 * dhk_model_terms_explain:
 * Takes the projections on the columns from number `first` on out of `y`; returns the sum of their
 * squares.
 *
 * Formula: Σ (q'y)².
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations (4th ed., 2013) 5.2.
 * Units: squared units of y.
 * Smallest n: none; 0 where there are no such columns.
 * Undefined: never.
 */
double dhk_model_terms_explain (const DhkModelTerms *self, size_t first, double *y);

/*
 * dhk_model_terms_product:
 * The inner product of two columns, in double-double.
 *
 * Formula: Σ x y.
 * Source: see dhk-double-double.h.
 * Units: those of x times those of y.
 * Smallest n: none; 0 where there are no rows.
 * Undefined: never.
 */
double dhk_model_terms_product (const double *x, const double *y, size_t n);
