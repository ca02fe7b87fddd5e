/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Least squares for nearly collinear columns (inside this library only).
 */

#include "stats/dhk-least-squares.h"

/*
 * dhk_regression_refine:
 * Fills b, inverse and condition of a fit whose arrays are there, by QR with
 * column pivoting and iterative refinement.
 *
 * Formula: the augmented system r + X b = f, X'r = g, with r and b kept in
 * double-double and the residuals of both equations formed in double-double;
 * each round multiplies the error by about condition · 2⁻⁵³. For b: f = y, g =
 * 0. For column j of (X'X)⁻¹: f = 0, g = −e_j. The condition is the ratio of
 * the singular values of R, its columns scaled to length 1.
 * Source: Å. Björck, BIT 7 (1967) 257–278; Å. Björck, Numerical Methods for
 * Least Squares Problems (1996) 2.9.2.
 * Units: those of the design.
 * Smallest n: more rows than predictors.
 * Undefined: SINGULAR (no rank, or the refinement does not converge),
 * NO_MEMORY, TOO_LARGE.
 */
DhkStatsStatus dhk_regression_refine (DhkLeastSquares *self, const DhkDesign *design);
