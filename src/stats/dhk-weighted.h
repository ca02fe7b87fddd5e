/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The different values of a column in their order, each with the sum of its
 * weights (inside this library only): what quantiles, frequencies and moments of
 * weighted data start from.
 *
 * Weights are added up from small to large, so that the order of the rows cannot
 * change a bit of what is computed from them.
 */

#include <stddef.h>

#include "stats/dhk-double-double.h"
#include "stats/dhk-status.h"
#include "stats/dhk-weighting.h"

typedef struct
{
  double value;
  double weight;
  double up_to; /* the sum of the weights up to and including this one */
} DhkWeightedValue;

typedef struct
{
  DhkStatsStatus status;
  DhkWeighting weighting;
  DhkWeightedValue *values;
  size_t n_values;   /* different ones */
  size_t n_rows;     /* that hold them */
  size_t n_left_out; /* rows without a positive weight */
  DhkDoubleDouble n; /* the sum of the weights */
  double n_missing;  /* the sum of the weights of the missing values */
} DhkWeightedValues;

/*
 * dhk_weighted_collect:
 * The valid values of `n` rows; `weight` may be NULL, and is then 1 everywhere.
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the values.
 * Smallest n: none.
 * Undefined: NO_DATA, no valid value with a weight; NOT_FINITE, an infinite value or weight (n is
 * NaN with the latter); NO_MEMORY. The values are to be cleared with any status.
 */
DhkWeightedValues dhk_weighted_collect (const double *values, const double *weight, size_t n);

/* Gives the memory back. */
void dhk_weighted_clear (DhkWeightedValues *self);

/* Σ weight (value − mean)^r / n about the mean, each divided by scale^r; scale is a power of two
 * above the largest deviation, so that no power overflows. */
typedef struct
{
  DhkDoubleDouble mean;
  double scale;
  double power[5]; /* of r = 2, 3, 4; the sums, not yet divided by n */
} DhkWeightedMoments;

/* For values with status OK. Values that do not vary have powers of exactly 0. */
DhkWeightedMoments dhk_weighted_moments (const DhkWeightedValues *self);
