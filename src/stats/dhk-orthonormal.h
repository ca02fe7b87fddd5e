/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The predictors of a design made orthonormal (inside this library only).
 *
 * Models that are fitted by iteration work with these in place of the
 * predictors: means of 0, variances of 1, no correlation. Whatever the
 * predictors are, the equations are then well conditioned.
 */

#include "stats/dhk-design.h"

typedef struct
{
  size_t n;
  size_t m;       /* predictors and the intercept */
  double *q;      /* m × n: for each row of the data 1, and then the predictors */
  double *factor; /* (m − 1)²: lower triangular */
} DhkOrthonormal;

/*
 * dhk_orthonormal_init:
 * Makes the predictors of a design with an intercept orthonormal.
 *
 * Formula: q = √n G'z, where z are the deviations from the means, and G G' =
 * (Z'Z)⁻¹. A model c₀ + c'q then has the coefficients b = √n G c in terms of z.
 * Source: G. H. Golub, C. F. Van Loan, Matrix Computations (4th ed., 2013) 4.2, 5.3.
 * Units: none.
 * Smallest n: two more than predictors, of which there may be none.
 * Undefined: TOO_FEW, SINGULAR, NO_MEMORY, TOO_LARGE; `self` is then empty.
 */
DhkStatsStatus dhk_orthonormal_init (DhkOrthonormal *self, const DhkDesign *design);

/*
 * dhk_orthonormal_clear:
 * Gives the memory back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_orthonormal_clear (DhkOrthonormal *self);

/*
 * dhk_orthonormal_get_weights:
 * Fills `weights` (length m) with what coefficient `term` of the design's
 * predictors is made of: b = Σ weights[k] c[k]. Term m − 1 is the intercept.
 *
 * Formula: see dhk_orthonormal_init; the intercept is c₀ − Σ b_j x̄_j.
 * Source: this library.
 * Units: those of the design: b is still to be multiplied by 2^−exponent[term]
 * (the intercept by 1).
 * Smallest n: as dhk_orthonormal_init.
 * Undefined: never.
 */
void dhk_orthonormal_get_weights (const DhkOrthonormal *self,
                                  const DhkDesign *design,
                                  size_t term,
                                  double *weights);
