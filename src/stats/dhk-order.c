/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-order.h"

#include "stats/dhk-full-description-private.h"

/* Positions this close, in parts of the larger, are one: n·p is rounded. */
#define FUZZ (4 * DBL_EPSILON)

static double
total_of (const DhkWeightedValues *self)
{
  return dhk_dd_value (self->n);
}

/* The number of values whose running sum is at most `position` (or below it, where `below`). */
static size_t
count_up_to (const DhkWeightedValues *self, double position, int below)
{
  double bound = position + (below ? -1 : 1) * FUZZ * fmax (1, fabs (position));
  size_t low = 0, high = self->n_values;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (self->values[middle].up_to <= bound)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The value with index `i`, which may be one beyond the end. */
static double
value_at (const DhkWeightedValues *self, size_t i)
{
  return self->values[i < self->n_values ? i : self->n_values - 1].value;
}

/* X(r): the smallest value whose running sum reaches `rank`. */
static double
value_at_rank (const DhkWeightedValues *self, double rank)
{
  return value_at (self, count_up_to (self, rank, 1));
}

static double
between (double low, double high, double share)
{
  if (!(low < high) || share <= 0)
    return low;
  return share >= 1 ? high : (1 - share) * low + share * high;
}

static double
quantile_type2 (const DhkWeightedValues *self, double p)
{
  size_t first = count_up_to (self, total_of (self) * p, 1);
  size_t last = count_up_to (self, total_of (self) * p, 0);

  /* the running sum of the first value meets the position itself */
  if (last > first)
    return between (value_at (self, first), value_at (self, first + 1), 0.5);
  return value_at (self, first);
}

static double
quantile_type6 (const DhkWeightedValues *self, double p)
{
  double position = (total_of (self) + 1) * p, rest;
  size_t k = count_up_to (self, position, 0);

  if (k == 0 || k >= self->n_values)
    return value_at (self, k);
  rest = position - self->values[k - 1].up_to;
  if (rest < FUZZ * fmax (1, position))
    rest = 0;
  if (self->values[k].weight < 1 && rest < 1)
    rest /= self->values[k].weight;
  return between (value_at (self, k - 1), value_at (self, k), rest);
}

static double
quantile_type7 (const DhkWeightedValues *self, double p)
{
  double position = 1 + (total_of (self) - 1) * p;
  double whole = floor (position + FUZZ * fmax (1, position));

  return between (value_at_rank (self, whole), value_at_rank (self, whole + 1), position - whole);
}

static double
hinge (const DhkWeightedValues *self, int high)
{
  double depth = (floor ((total_of (self) + 1) / 2) + 1) / 2;
  double a = high ? total_of (self) + 1 - depth : depth;
  double low = value_at_rank (self, floor (a)), up = value_at_rank (self, ceil (a));

  return between (low, up, 0.5);
}

DhkOrderStatistics
dhk_order_undefined (DhkStatsStatus status)
{
  return (DhkOrderStatistics){ status, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
                               NAN,    NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
}

DhkOrderStatistics
dhk_order_of (const DhkWeightedValues *self)
{
  DhkOrderStatistics result = dhk_order_undefined (self->status);

  if (self->status != DHK_STATS_OK)
    return result;
  result.min = value_at (self, 0);
  result.max = value_at (self, self->n_values - 1);
  result.range = result.max - result.min;
  result.median = quantile_type6 (self, 0.5);
  result.p05_type2 = quantile_type2 (self, 0.05);
  result.p25_type2 = quantile_type2 (self, 0.25);
  result.p75_type2 = quantile_type2 (self, 0.75);
  result.p95_type2 = quantile_type2 (self, 0.95);
  result.p05_type6 = quantile_type6 (self, 0.05);
  result.p25_type6 = quantile_type6 (self, 0.25);
  result.p75_type6 = quantile_type6 (self, 0.75);
  result.p95_type6 = quantile_type6 (self, 0.95);
  result.p05_type7 = quantile_type7 (self, 0.05);
  result.p25_type7 = quantile_type7 (self, 0.25);
  result.p75_type7 = quantile_type7 (self, 0.75);
  result.p95_type7 = quantile_type7 (self, 0.95);
  result.iqr_type6 = result.p75_type6 - result.p25_type6;
  result.iqr_type7 = result.p75_type7 - result.p25_type7;
  result.hinge_low = hinge (self, 0);
  result.hinge_high = hinge (self, 1);
  /* finite values that are further apart than a double can say */
  if (!isfinite (result.range))
    return dhk_order_undefined (DHK_STATS_NOT_FINITE);
  return result;
}

DhkOrderStatistics
dhk_order_statistics (const double *values, const double *weight, size_t n)
{
  DhkWeightedValues sorted = dhk_weighted_collect (values, weight, n);
  DhkOrderStatistics result = dhk_order_of (&sorted);

  dhk_weighted_clear (&sorted);
  return result;
}
