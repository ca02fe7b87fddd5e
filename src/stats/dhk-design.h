/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The data of a linear model (inside this library only), made ready for exact
 * work: the complete rows, shifted and scaled, and their cross-products.
 *
 * With an intercept each column is shifted by one of its own values near the
 * mean, which for most data is exact and makes huge offsets harmless; what
 * the subtraction loses is kept in `lo`. Each column is scaled by a power of
 * two to at most 1 in size, which is exact and rules out overflow. Powers of a
 * predictor are formed in double-double. The cross-products are sums in
 * double-double of about 30 digits, so that solving with them costs no
 * accuracy unless the columns are nearly collinear.
 *
 * In everything below column c stands for 2^−exponent[c] (x − shift).
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-double-double.h"
#include "stats/dhk-status.h"

typedef struct
{
  size_t n;                  /* complete rows */
  size_t n_missing;          /* rows left out, because something is NaN */
  size_t p;                  /* predictors; the outcome is column p */
  bool centred;              /* products are about the mean: the model has an intercept */
  double *hi;                /* n × (p + 1) */
  double *lo;                /* the same; NULL: all zero */
  int *exponent;             /* p + 1 */
  double *noise;             /* p + 1: how far the rounding of the data may move a value */
  DhkDoubleDouble *mean;     /* of the column; 0 where not centred */
  DhkDoubleDouble *location; /* the same of the unshifted column, 2^−exponent x̄ */
  DhkDoubleDouble *products; /* (p + 1) × (p + 1) */
} DhkDesign;

/*
 * dhk_design_init:
 * Takes in the rows where outcome and all predictors are numbers. With
 * `degree` above 1 there is one predictor, and its powers up to `degree` are
 * the columns.
 *
 * Formula: products = Σ(a − ā)(b − b̄), about zero where not `centred`.
 * Source: T. J. Dekker (1971), see dhk-double-double.h.
 * Units: see above.
 * Smallest n: 1 complete row.
 * Undefined: NO_DATA (no complete row), NOT_FINITE, NO_MEMORY, NO_VARIANCE (a
 * column is constant; zero where not centred). Only n and n_missing are then
 * set.
 */
DhkStatsStatus dhk_design_init (DhkDesign *self,
                                const double *outcome,
                                const double *const *predictors,
                                size_t n_predictors,
                                size_t degree,
                                size_t n,
                                bool centred);

/*
 * dhk_design_clear:
 * Gives the memory back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_design_clear (DhkDesign *self);

/* A value of the shifted column. */
static inline DhkDoubleDouble
dhk_design_get (const DhkDesign *self, size_t row, size_t column)
{
  size_t i = row + column * self->n;

  return (DhkDoubleDouble){ self->hi[i], self->lo == NULL ? 0 : self->lo[i] };
}

static inline DhkDoubleDouble
dhk_design_product (const DhkDesign *self, size_t a, size_t b)
{
  return self->products[a + b * (self->p + 1)];
}
