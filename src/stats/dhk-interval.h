/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A confidence interval, as every result struct holds it.
 *
 * An interval has a status of its own, because an estimate may exist where its
 * interval does not (the correlation of three cases). With any status but
 * DHK_STATS_OK both ends are NaN; `confidence` is always the one asked for.
 */

#include <math.h>

#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  double low;
  double high;
  double confidence; /* a fraction strictly between 0 and 1 */
} DhkInterval;

/*
 * dhk_interval_undefined:
 * The interval that does not exist because of `status`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: always, by intent.
 */
static inline DhkInterval
dhk_interval_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkInterval){ status, NAN, NAN, confidence };
}

/*
 * dhk_interval_make:
 * The interval from `low` to `high`.
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the ends.
 * Smallest n: none.
 * Undefined: NOT_FINITE where an end is NaN or infinite.
 */
static inline DhkInterval
dhk_interval_make (double low, double high, double confidence)
{
  if (!isfinite (low) || !isfinite (high))
    return dhk_interval_undefined (DHK_STATS_NOT_FINITE, confidence);
  return (DhkInterval){ DHK_STATS_OK, low, high, confidence };
}

/*
 * dhk_confidence_is_valid:
 * Whether `confidence` can be the level of an interval.
 *
 * Formula: 0 < confidence < 1.
 * Source: this library.
 * Units: a fraction.
 * Smallest n: none.
 * Undefined: never; NaN is not valid.
 */
static inline int
dhk_confidence_is_valid (double confidence)
{
  return confidence > 0 && confidence < 1;
}
