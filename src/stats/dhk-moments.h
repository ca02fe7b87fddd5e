/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Mean and sum of squares of one column (inside this library only).
 *
 * Two passes: the mean in double-double, then the squared deviations from it.
 * A column without spread has a sum of squares of exactly zero, whatever the
 * rounding of its mean.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-double-double.h"

typedef struct
{
  size_t n;         /* valid values */
  size_t n_missing; /* NaN */
  bool finite;      /* no value is infinite and nothing overflowed */
  double min;
  double max;
  DhkDoubleDouble sum;
  DhkDoubleDouble mean;
  DhkDoubleDouble squares; /* of the deviations from the mean */
} DhkMoments;

/*
 * dhk_moments_compute:
 * The moments of `n` values, NaN left out.
 *
 * Formula: M = Σx / n; squares = Σ(x − M)².
 * Source: T. F. Chan, G. H. Golub, R. J. LeVeque, The American Statistician 37
 * (1983) 242–247; double-double sums, see dhk-double-double.h.
 * Units: those of the values. `values` may be NULL where n is 0.
 * Smallest n: 1 valid value for the mean, the sum of squares then being 0.
 * Undefined: with no valid value all numbers are NaN; with an infinite value
 * or an overflow `finite` is false and mean and squares are NaN.
 */
DhkMoments dhk_moments_compute (const double *values, size_t n);

/* True where the values differ. */
static inline bool
dhk_moments_vary (const DhkMoments *self)
{
  return self->max > self->min;
}
