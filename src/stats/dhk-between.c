/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-between.h"

#include <math.h>

#define MOST_CORNERS 16
#define MOST_CORNERS_IN_SLAB 10
#define STEPS 200

static const DhkBounds nothing = { 1, 0 };
static const DhkBounds anything = { -INFINITY, INFINITY };

static double
clamp (double x, double low, double high)
{
  return x < low ? low : x > high ? high : x;
}

static double
count (const DhkGroupBounds *groups, size_t n_groups)
{
  double n = 0;

  for (size_t i = 0; i < n_groups; i++)
    n += groups[i].n;
  return n;
}

DhkBounds
dhk_between_mean_range (const DhkGroupBounds *groups, size_t n_groups)
{
  double low = 0, high = 0, n = count (groups, n_groups);

  for (size_t i = 0; i < n_groups; i++)
    {
      low += groups[i].n * groups[i].mean_low;
      high += groups[i].n * groups[i].mean_high;
    }
  return (DhkBounds){ low / n, high / n };
}

DhkBounds
dhk_between_group_mean_range (const DhkGroupBounds *groups,
                              size_t n_groups,
                              size_t i,
                              DhkBounds slab)
{
  double n = count (groups, n_groups), low = n * slab.low, high = n * slab.high;

  for (size_t j = 0; j < n_groups; j++)
    if (j != i)
      {
        low -= groups[j].n * groups[j].mean_high;
        high -= groups[j].n * groups[j].mean_low;
      }
  /* An infinite bound on both sides of a subtraction says nothing. */
  low /= groups[i].n;
  high /= groups[i].n;
  return (DhkBounds){ isnan (low) ? -INFINITY : low, isnan (high) ? INFINITY : high };
}

/* The smallest B */

/* Σ n (M − nearest mean of the group to M): the slope of B in M, halved. */
static double
slope_at (const DhkGroupBounds *groups, size_t n_groups, double mean)
{
  double slope = 0;

  for (size_t i = 0; i < n_groups; i++)
    slope += groups[i].n * (mean - clamp (mean, groups[i].mean_low, groups[i].mean_high));
  return slope;
}

/* B of the means next to `target`, about `mean`. */
static double
squares_about (const DhkGroupBounds *groups, size_t n_groups, double mean, double target)
{
  double squares = 0;

  for (size_t i = 0; i < n_groups; i++)
    {
      double away = clamp (target, groups[i].mean_low, groups[i].mean_high) - mean;

      squares += groups[i].n * away * away;
    }
  return squares;
}

/* The M at which B is smallest without a slab: one point, or an interval where B = 0. */
static DhkBounds
best_mean (const DhkGroupBounds *groups, size_t n_groups)
{
  DhkBounds common = anything;
  double low, high;

  for (size_t i = 0; i < n_groups; i++)
    {
      common.low = fmax (common.low, groups[i].mean_low);
      common.high = fmin (common.high, groups[i].mean_high);
    }
  if (common.low <= common.high)
    return common;
  low = common.high;
  high = common.low;
  for (int step = 0; step < STEPS && low < high; step++)
    {
      double middle = low + (high - low) / 2;

      if (middle <= low || middle >= high)
        break;
      if (slope_at (groups, n_groups, middle) < 0)
        low = middle;
      else
        high = middle;
    }
  return (DhkBounds){ low, low };
}

static double
sum_about (const DhkGroupBounds *groups, size_t n_groups, double mean, double target)
{
  double sum = 0;

  for (size_t i = 0; i < n_groups; i++)
    sum += groups[i].n * (clamp (target, groups[i].mean_low, groups[i].mean_high) - mean);
  return sum;
}

/* The smallest B of means whose weighted mean is `mean`. */
static double
least_at (const DhkGroupBounds *groups, size_t n_groups, double mean)
{
  double low = mean, high = mean, width = 1e-3 * fmax (1, fabs (mean));

  while (sum_about (groups, n_groups, mean, low) > 0 && isfinite (width))
    low -= width, width *= 2;
  while (sum_about (groups, n_groups, mean, high) < 0 && isfinite (width))
    high += width, width *= 2;
  for (int step = 0; step < STEPS; step++)
    {
      double middle = low + (high - low) / 2;

      if (middle <= low || middle >= high)
        break;
      if (sum_about (groups, n_groups, mean, middle) < 0)
        low = middle;
      else
        high = middle;
    }
  return squares_about (groups, n_groups, mean, low);
}

static double
least (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab)
{
  DhkBounds best = best_mean (groups, n_groups);
  double mean;

  if (best.low <= slab.high && slab.low <= best.high)
    {
      mean = clamp (best.low, slab.low, slab.high);
      if (isinf (mean))
        mean = isfinite (best.high) ? best.high : isfinite (slab.high) ? slab.high : 0;
      return squares_about (groups, n_groups, mean, mean);
    }
  /* B is convex in M: of the slab the end next to the best M is the best. */
  mean = best.low > slab.high ? slab.high : slab.low;
  return least_at (groups, n_groups, mean);
}

/* The largest B */

static double
corner (const DhkGroupBounds *group, unsigned long ends, size_t i)
{
  return ends >> i & 1 ? group->mean_high : group->mean_low;
}

/* B at a corner; where `free` is a group, its mean is what makes the total's mean `mean`.
 * NaN where that corner is not in box and slab. */
static double
square_at_corner (const DhkGroupBounds *groups,
                  size_t n_groups,
                  unsigned long ends,
                  size_t free,
                  double mean,
                  DhkBounds slab)
{
  double n = count (groups, n_groups), sum = 0, squares = 0, centre, moved = NAN;

  for (size_t i = 0; i < n_groups; i++)
    if (i != free)
      sum += groups[i].n * corner (&groups[i], ends, i);
  if (free < n_groups)
    {
      double slack = 1e-12 * fmax (1, fabs (mean));

      moved = (n * mean - sum) / groups[free].n;
      if (moved < groups[free].mean_low - slack || moved > groups[free].mean_high + slack)
        return NAN;
      sum = n * mean;
    }
  centre = sum / n;
  /* A corner that rounding errors push out of the slab still counts. */
  if (free >= n_groups
      && (centre < slab.low - 1e-12 * fmax (1, fabs (centre))
          || centre > slab.high + 1e-12 * fmax (1, fabs (centre))))
    return NAN;
  for (size_t i = 0; i < n_groups; i++)
    {
      double away = (i == free ? moved : corner (&groups[i], ends, i)) - centre;

      squares += groups[i].n * away * away;
    }
  return squares;
}

static double
most_at_corners (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab, bool cut)
{
  double most = 0;

  for (unsigned long ends = 0; ends < 1ul << n_groups; ends++)
    {
      most = fmax (most, square_at_corner (groups, n_groups, ends, n_groups, 0, slab));
      for (size_t free = 0; cut && free < n_groups; free++)
        if ((ends >> free & 1) == 0)
          {
            most = fmax (most, square_at_corner (groups, n_groups, ends, free, slab.low, slab));
            most = fmax (most, square_at_corner (groups, n_groups, ends, free, slab.high, slab));
          }
    }
  return most;
}

/* Σ n max ((a − c)², (b − c)²), convex in c; every c bounds B from above. */
static double
farthest (const DhkGroupBounds *groups, size_t n_groups, double centre, double *slope)
{
  double squares = 0;

  *slope = 0;
  for (size_t i = 0; i < n_groups; i++)
    {
      double down = centre - groups[i].mean_low, up = centre - groups[i].mean_high;
      double away = fabs (down) > fabs (up) ? down : up;

      squares += groups[i].n * away * away;
      *slope += groups[i].n * away;
    }
  return squares;
}

static double
most_bound (const DhkGroupBounds *groups, size_t n_groups)
{
  DhkBounds range = dhk_between_mean_range (groups, n_groups);
  double most = INFINITY;

  for (int step = 0; step < STEPS; step++)
    {
      double middle = range.low + (range.high - range.low) / 2, slope;

      most = fmin (most, farthest (groups, n_groups, middle, &slope));
      if (middle <= range.low || middle >= range.high)
        break;
      if (slope < 0)
        range.low = middle;
      else
        range.high = middle;
    }
  return most;
}

static double
most (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab)
{
  DhkBounds range = dhk_between_mean_range (groups, n_groups);
  bool cut = slab.low > range.low || slab.high < range.high;

  for (size_t i = 0; i < n_groups; i++)
    if (isinf (groups[i].mean_low) || isinf (groups[i].mean_high))
      return INFINITY;
  if (n_groups <= (cut ? MOST_CORNERS_IN_SLAB : MOST_CORNERS))
    return most_at_corners (groups, n_groups, slab, cut);
  return most_bound (groups, n_groups);
}

/* Both */

/* The box without what the slab rules out, in `cut`, and the slab without what the box does. */
static bool
cut_box (const DhkGroupBounds *groups, size_t n_groups, DhkBounds *slab, DhkGroupBounds *cut)
{
  DhkBounds range = dhk_between_mean_range (groups, n_groups);
  double slack = 1e-12 * fmax (1, fmin (fabs (range.low), fabs (range.high)));

  if (slab->low > range.high + slack || slab->high < range.low - slack || slab->low > slab->high)
    return false;
  slab->low = fmin (slab->low, range.high);
  slab->high = fmax (slab->high, range.low);
  for (size_t i = 0; i < n_groups; i++)
    {
      DhkBounds other = dhk_between_group_mean_range (groups, n_groups, i, *slab);

      if (groups[i].mean_low > groups[i].mean_high)
        return false;
      cut[i] = groups[i];
      cut[i].mean_low = fmin (fmax (groups[i].mean_low, other.low), groups[i].mean_high);
      cut[i].mean_high = fmax (fmin (groups[i].mean_high, other.high), cut[i].mean_low);
    }
  return true;
}

double
dhk_between_least (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab)
{
  DhkGroupBounds cut[DHK_BETWEEN_MAX_GROUPS];

  if (n_groups > DHK_BETWEEN_MAX_GROUPS)
    return 0;
  return cut_box (groups, n_groups, &slab, cut) ? least (cut, n_groups, slab) : INFINITY;
}

DhkBounds
dhk_between_range (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab)
{
  DhkGroupBounds cut[DHK_BETWEEN_MAX_GROUPS];
  DhkBounds range;

  if (n_groups > DHK_BETWEEN_MAX_GROUPS)
    return (DhkBounds){ 0, INFINITY };
  if (!cut_box (groups, n_groups, &slab, cut))
    return nothing;
  /* Where box and slab meet in one point, rounding errors must not part them. */
  range.low = least (cut, n_groups, slab);
  range.high = fmax (range.low, most (cut, n_groups, slab));
  return range;
}

static double
squares_of (double n, double sd)
{
  return n > 1 ? (n - 1) * sd * sd : 0;
}

DhkBounds
dhk_between_squares_range (const DhkGroupBounds *groups, size_t n_groups, DhkBounds slab)
{
  DhkBounds squares = dhk_between_range (groups, n_groups, slab);

  if (dhk_bounds_are_empty (squares))
    return nothing;
  for (size_t i = 0; i < n_groups; i++)
    {
      squares.low += squares_of (groups[i].n, groups[i].sd_low);
      squares.high += squares_of (groups[i].n, groups[i].sd_high);
    }
  return squares;
}

DhkBounds
dhk_between_group_squares_range (const DhkGroupBounds *groups,
                                 size_t n_groups,
                                 size_t i,
                                 DhkBounds slab,
                                 DhkBounds total_squares)
{
  DhkBounds others = dhk_between_range (groups, n_groups, slab);
  double low, high;

  if (dhk_bounds_are_empty (others))
    return nothing;
  for (size_t j = 0; j < n_groups; j++)
    if (j != i)
      {
        others.low += squares_of (groups[j].n, groups[j].sd_low);
        others.high += squares_of (groups[j].n, groups[j].sd_high);
      }
  low = total_squares.low - others.high;
  high = total_squares.high - others.low;
  return (DhkBounds){ isnan (low) ? 0 : fmax (0, low), isnan (high) ? INFINITY : high };
}
