/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-part-whole-private.h"

#include <math.h>

#define STEPS 60

static const DhkBounds nothing = { 1, 0 };

double
dhk_largest_sd (double n, DhkBounds mean, DhkAnswerGrid answers)
{
  double middle, at;

  if (isnan (answers.min) || isnan (answers.max))
    return INFINITY;
  if (n < 2)
    return 0;
  middle = (answers.min + answers.max) / 2;
  at = fmax (fmin (middle, mean.high), mean.low);
  return sqrt (n / (n - 1) * fmax (0, at - answers.min) * fmax (0, answers.max - at));
}

static DhkBounds
total_squares (const DhkDecomposition *self)
{
  return (DhkBounds){ (self->n - 1) * self->sd.low * self->sd.low,
                      (self->n - 1) * self->sd.high * self->sd.high };
}

DhkBounds
dhk_decomposition_total_sd (const DhkDecomposition *self)
{
  DhkBounds squares = dhk_between_squares_range (self->parts, self->n_parts, self->mean);

  if (dhk_bounds_are_empty (squares) || self->n < 2)
    return squares;
  return (DhkBounds){ sqrt (fmax (0, squares.low) / (self->n - 1)),
                      sqrt (fmax (0, squares.high) / (self->n - 1)) };
}

DhkBounds
dhk_decomposition_part_sd (const DhkDecomposition *self, size_t i)
{
  double df = self->parts[i].n - 1;
  DhkBounds squares;

  if (df < 1)
    return (DhkBounds){ 0, INFINITY };
  squares = dhk_between_group_squares_range (self->parts, self->n_parts, i, self->mean,
                                             total_squares (self));
  if (dhk_bounds_are_empty (squares))
    {
      /* Less than nothing is left, but perhaps by rounding errors only. */
      bool slight
          = squares.low <= 0 && !dhk_enclosure_exceeds (0, squares.high / fmax (1, self->n));

      return slight ? (DhkBounds){ 0, 0 } : nothing;
    }
  return (DhkBounds){ sqrt (squares.low / df), sqrt (squares.high / df) };
}

/* Whether the least sum of squares of the parts does not exceed the total's, and the largest does
 * not fall short of it. */
static bool
squares_agree (const DhkDecomposition *self)
{
  DhkBounds parts = dhk_between_squares_range (self->parts, self->n_parts, self->mean);
  DhkBounds total = total_squares (self);
  double scale = fmax (1, self->n);

  return !dhk_bounds_are_empty (parts)
         && !dhk_enclosure_exceeds (parts.low / scale, total.high / scale)
         && !dhk_enclosure_exceeds (total.low / scale, parts.high / scale);
}

bool
dhk_decomposition_is_possible (const DhkDecomposition *self)
{
  DhkBounds mean = dhk_between_mean_range (self->parts, self->n_parts);

  if (dhk_enclosure_exceeds (mean.low, self->mean.high)
      || dhk_enclosure_exceeds (self->mean.low, mean.high))
    return false;
  return self->n < 2 || squares_agree (self);
}

/* The mean of a row as something that can be tried and put back. */
static DhkBounds
swap_mean (DhkDecomposition *self, size_t i, DhkBounds mean)
{
  DhkBounds before = self->mean;

  if (i == self->n_parts)
    {
      self->mean = mean;
      return before;
    }
  before = (DhkBounds){ self->parts[i].mean_low, self->parts[i].mean_high };
  self->parts[i].mean_low = mean.low;
  self->parts[i].mean_high = mean.high;
  return before;
}

/* By how much the least sum of squares exceeds the total's largest, with this mean. */
static double
excess_at (DhkDecomposition *self, size_t i, double mean)
{
  DhkBounds before = swap_mean (self, i, (DhkBounds){ mean, mean });
  double squares = dhk_between_least (self->parts, self->n_parts, self->mean);

  swap_mean (self, i, before);
  for (size_t j = 0; j < self->n_parts; j++)
    if (self->parts[j].n > 1)
      squares += (self->parts[j].n - 1) * self->parts[j].sd_low * self->parts[j].sd_low;
  return squares - total_squares (self).high;
}

/* Between `inside`, where the excess is not above 0, and `outside`: the last such point, outward.
 */
static double
last_possible (DhkDecomposition *self, size_t i, double inside, double outside)
{
  if (excess_at (self, i, outside) <= 0)
    return outside;
  for (int step = 0; step < STEPS; step++)
    {
      double middle = inside + (outside - inside) / 2;

      if (excess_at (self, i, middle) <= 0)
        inside = middle;
      else
        outside = middle;
    }
  return outside;
}

/* The mean of least excess, which is convex. */
static double
least_excess (DhkDecomposition *self, size_t i, DhkBounds range)
{
  for (int step = 0; step < STEPS; step++)
    {
      double third = (range.high - range.low) / 3;
      double left = range.low + third, right = range.high - third;

      if (excess_at (self, i, left) <= excess_at (self, i, right))
        range.high = right;
      else
        range.low = left;
    }
  return range.low + (range.high - range.low) / 2;
}

DhkBounds
dhk_decomposition_mean_need (DhkDecomposition *self, size_t i, DhkBounds limits)
{
  DhkBounds range, before;
  double best;
  bool agree;

  range = i == self->n_parts
              ? dhk_between_mean_range (self->parts, self->n_parts)
              : dhk_between_group_mean_range (self->parts, self->n_parts, i, self->mean);
  if (dhk_enclosure_exceeds (range.low, limits.high)
      || dhk_enclosure_exceeds (limits.low, range.high))
    return nothing;
  range.low = fmin (fmax (range.low, limits.low), limits.high);
  range.high = fmax (fmin (range.high, limits.high), range.low);
  if (self->n < 2 || !isfinite (range.low) || !isfinite (range.high)
      || isinf (total_squares (self).high))
    return range;

  before = swap_mean (self, i, range);
  agree = squares_agree (self);
  swap_mean (self, i, before);
  if (!agree)
    return nothing;
  /* The excess is convex: what is possible at both ends is so between them. */
  if (excess_at (self, i, range.low) <= 0 && excess_at (self, i, range.high) <= 0)
    return range;
  best = least_excess (self, i, range);
  if (excess_at (self, i, best) > 0)
    {
      /* Possible, as the sums of squares agree, but only next to here. */
      double near = 1e-6 * (range.high - range.low);

      return (DhkBounds){ fmax (range.low, best - near), fmin (range.high, best + near) };
    }
  return (DhkBounds){ last_possible (self, i, best, range.low),
                      last_possible (self, i, best, range.high) };
}
