/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The checks of a regression's residuals (inside this library only).
 */

#include "stats/dhk-least-squares.h"
#include "stats/dhk-regression.h"

/*
 * dhk_regression_check:
 * Looks at the residuals of a fit to all predictors of a design.
 *
 * Formula: see dhk_regression; h = 1/n + z'(X'X)⁻¹z, z the deviations from the
 * means, without the 1/n where the model has no intercept.
 * Source: as dhk_regression.
 * Units: none.
 * Smallest n: as dhk_regression.
 * Undefined: PERFECT_FIT, NO_MEMORY, all numbers NaN.
 */
DhkRegressionChecks dhk_regression_check (const DhkLeastSquares *fit, const DhkDesign *design);
