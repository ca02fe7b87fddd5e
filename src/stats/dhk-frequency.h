/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How often each value occurs, and which occurs most.
 */

#include <stddef.h>

#include "stats/dhk-status.h"
#include "stats/dhk-weighting.h"

/* One of the different values. */
typedef struct
{
  double value;
  double count;              /* rows, or the sum of their weights */
  double percent;            /* of all, the missing included */
  double valid_percent;      /* of the valid ones */
  double cumulative_percent; /* of the valid ones, up to and including this value */
} DhkFrequency;

typedef struct
{
  DhkStatsStatus status;
  DhkWeighting weighting;
  size_t n_left_out; /* rows without a positive weight */
  size_t n_values;   /* different valid values: so many entries are filled */
  double n;          /* valid; the sum of weights */
  double n_missing;
  double missing_percent; /* of all */
} DhkFrequencies;

/*
 * dhk_frequencies:
 * Counts the different values of a column of `n` rows, with the weights
 * `weight` (NULL: each 1). `table` has room for `n` entries and is filled in
 * the order of the values.
 *
 * Formula: percent = 100 count / (n + n_missing); valid percent = 100 count /
 * n; the cumulative percent is 100 times the sum of counts so far / n.
 * Source: IBM SPSS Statistics Algorithms, FREQUENCIES.
 * Units: values in those of the column; percentages from 0 to 100.
 * Smallest n: 1.
 * Undefined: NO_DATA, NOT_FINITE (infinite values or weights), NO_MEMORY: no
 * entry is filled, n_values is 0; n is NaN except with NO_DATA and infinite values;
 * the missing percentage is NaN where nothing counts.
 */
DhkFrequencies
dhk_frequencies (const double *values, const double *weight, size_t n, DhkFrequency *table);

typedef struct
{
  DhkStatsStatus status;
  double value;   /* the smallest of the most frequent values, as SPSS prints it */
  double count;   /* how often it occurs; the sum of weights */
  size_t n_modes; /* how many values occur so often */
} DhkMode;

/*
 * dhk_mode:
 * The most frequent value of `n`, with the weights `weight` (NULL: each 1).
 *
 * Formula: the value with the largest sum of weights, the smallest of several.
 * Sums of weights that are equal but for rounding count as equal.
 * Source: IBM SPSS Statistics Algorithms, FREQUENCIES.
 * Units: those of the values.
 * Smallest n: 1.
 * Undefined: NO_DATA, NOT_FINITE, NO_MEMORY: NaN, and no modes.
 */
DhkMode dhk_mode (const double *values, const double *weight, size_t n);
