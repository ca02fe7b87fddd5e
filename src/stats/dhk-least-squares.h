/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Least squares on a design (inside this library only), exact to the last
 * digit or two of a double.
 *
 * Where the columns are not nearly collinear, the normal equations are solved
 * in double-double: their condition, the square of that of the columns, costs
 * digits that are there to spare. Else the columns are decomposed (QR with
 * pivoting) and the solution is refined with residuals in double-double
 * (dhk-regression-refine.h).
 *
 * Units are those of the design: coefficient j is 2^(exponent[j] −
 * exponent[p]) times the one here.
 */

#include "stats/dhk-design.h"

typedef struct
{
  size_t p;
  bool refined;             /* the hard way was needed */
  double condition;         /* of the columns, scaled to length 1 */
  DhkDoubleDouble *b;       /* p */
  DhkDoubleDouble *inverse; /* p × p, of the products of the predictors */
  double *residual;         /* one per row of the design */
  DhkDoubleDouble residual_squares;
  DhkDoubleDouble model_squares; /* what the predictors explain */
  bool perfect;                  /* the residuals are no larger than the rounding of the data */
} DhkLeastSquares;

/*
 * dhk_least_squares_fit:
 * Fits the outcome to the first `p` predictors of a design.
 *
 * Formula: minimise Σ(y − Xb)²; inverse = (X'X)⁻¹; model_squares = b'X'y. A
 * column is a combination of others where what they leave of it is no more
 * than 8 roundings of its values. A fit is perfect where the residuals are not
 * larger than what the rounding of outcome and predictors to doubles can make.
 * Source: Å. Björck, BIT 7 (1967) 257–278; the choice between the two ways is
 * this library's.
 * Units: see above.
 * Smallest n: more rows than predictors, and one more with an intercept.
 * Undefined: TOO_FEW, SINGULAR, NO_MEMORY; all but p is then empty.
 */
DhkStatsStatus dhk_least_squares_fit (DhkLeastSquares *self, const DhkDesign *design, size_t p);

/*
 * dhk_least_squares_clear:
 * Gives the memory back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_least_squares_clear (DhkLeastSquares *self);

/*
 * dhk_least_squares_get_b:
 * Coefficient `j` in the units of the data.
 *
 * Formula: 2^(exponent of the outcome − exponent of the predictor) b.
 * Source: this library.
 * Units: those of the outcome divided by those of the predictor.
 * Smallest n: as dhk_least_squares_fit.
 * Undefined: infinite where it is beyond a double.
 */
double dhk_least_squares_get_b (const DhkLeastSquares *self, const DhkDesign *design, size_t j);
