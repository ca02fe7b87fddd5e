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

/* An interval that is undefined because of `status`. */
static inline DhkInterval
dhk_interval_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkInterval){ status, NAN, NAN, confidence };
}

/* The interval from `low` to `high`; NOT_FINITE where an end is not a finite number. */
static inline DhkInterval
dhk_interval_make (double low, double high, double confidence)
{
  if (!isfinite (low) || !isfinite (high))
    return dhk_interval_undefined (DHK_STATS_NOT_FINITE, confidence);
  return (DhkInterval){ DHK_STATS_OK, low, high, confidence };
}

static inline int
dhk_confidence_is_valid (double confidence)
{
  return confidence > 0 && confidence < 1;
}
