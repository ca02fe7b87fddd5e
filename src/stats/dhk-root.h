/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Zero of a function between two points (inside this library only).
 */

typedef double (*DhkRootFunction) (double x, const void *data);

/*
 * dhk_find_root:
 * The x between `low` and `high` where `function` crosses zero.
 *
 * Formula: inverse quadratic interpolation where it is safe, else bisection.
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997)
 * 145–149.
 * Units: those of x; the answer is within 4 rounding errors of x, or 1e-15.
 * Smallest n: none.
 * Undefined: NaN where the function has the same sign at both ends, or is NaN.
 */
double dhk_find_root (DhkRootFunction function, const void *data, double low, double high);
