/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Everything that is said of one column: n, mean and spread with the interval
 * of the mean, order statistics, shape and mode, with or without case weights.
 *
 * Where only n, mean and SD of many columns are wanted, dhk_describe() is
 * faster: it need not sort.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-frequency.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-order.h"
#include "stats/dhk-shape.h"
#include "stats/dhk-status.h"
#include "stats/dhk-weighting.h"

typedef struct
{
  DhkStatsStatus status;
  DhkWeighting weighting;
  size_t n_left_out; /* rows without a positive weight */
  double n;          /* valid values; the sum of their weights */
  double n_missing;
  double mean;
  double sum;
  double variance; /* with n − 1 */
  double sd;
  double se; /* of the mean */
  DhkInterval mean_ci;
  DhkOrderStatistics order;
  DhkShape skewness;
  DhkShape kurtosis;
  DhkMode mode;
} DhkFullDescription;

/*
 * dhk_describe_fully:
 * Describes `n` values with the weights `weight` (NULL: each 1).
 *
 * Formula: n = Σ w; M = Σ w x / n; SD = √(Σ w (x − M)² / (n − 1)); SE = SD / √n;
 * CI = M ± t(1 − (1 − confidence)/2; n − 1) SE; the rest as
 * dhk_order_statistics, dhk_skewness, dhk_kurtosis and dhk_mode.
 * Source: IBM SPSS Statistics Algorithms, DESCRIPTIVES (frequency weights);
 * accuracy as NIST StRD asks, see dhk-double-double.h.
 * Units: those of the values; NaN is left out and counted, rows without a
 * positive weight are left out. `values` may be NULL where n is 0.
 * Smallest n: a sum of weights above 0 for the mean, above 1 for the SD, of 2
 * for the interval, of 3 and 4 for skewness and kurtosis.
 * Undefined: NO_DATA, all NaN; TOO_FEW, variance, SD, SE and CI NaN;
 * NOT_FINITE, NO_MEMORY: all NaN; BAD_ARGUMENT (confidence), CI NaN. The parts
 * have a status of their own.
 */
DhkFullDescription
dhk_describe_fully (const double *values, const double *weight, size_t n, double confidence);

/*
 * dhk_describe_fully_from_summary:
 * What n, mean and SD allow of the same.
 *
 * Formula: as dhk_describe_fully.
 * Source: as dhk_describe_fully.
 * Units: those of mean and SD.
 * Smallest n: 1 for the mean; 2 for the rest.
 * Undefined: order and mode with NO_DATA; shape with NO_DATA, its SE being known. NO_DATA
 * (n = 0), TOO_FEW (n = 1), NOT_FINITE (infinite or NaN mean or SD), BAD_ARGUMENT (negative SD,
 * confidence), with NaN as in dhk_describe_fully.
 */
DhkFullDescription dhk_describe_fully_from_summary (DhkSummary summary, double confidence);
