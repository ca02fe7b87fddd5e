/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-two-by-two.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-root.h"

#include <math.h>
#include <stdbool.h>

#define MOST_CASES 1e9
#define SAME_TABLE 1e-7
/* Terms below this share of the largest add nothing. */
#define NEGLIGIBLE 1e-40
#define LARGEST_LOG_ODDS 700

/* The noncentral hypergeometric distribution of the first cell, the margins being given. */
typedef struct
{
  double row;    /* total of row 1 */
  double column; /* total of column 1 */
  double rest;   /* n − row − column */
  double low;    /* the first cell lies between these */
  double high;
  double found;
  double share; /* of the tail that is looked for */
} Margins;

/* P(x + 1) / P(x) at odds ratio 1 */
static double
step_up (const Margins *self, double x)
{
  return (self->row - x) / (x + 1) * ((self->column - x) / (self->rest + x + 1));
}

/* The most likely value: the largest x with P(x) ≥ P(x − 1), by bisection, for P has one peak. */
static double
find_mode (const Margins *self, double odds)
{
  double low = self->low, high = self->high;

  while (low < high)
    {
      double middle = floor ((low + high) / 2);

      if (step_up (self, middle) * odds >= 1)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

typedef struct
{
  double less;    /* P(X < found) */
  double equal;   /* P(X = found) */
  double greater; /* P(X > found) */
  double mean;    /* E(X) − found */
} Tails;

static void
add_term (const Margins *self, double x, double p, Tails *tails)
{
  if (x < self->found)
    tails->less += p;
  else if (x > self->found)
    tails->greater += p;
  else
    tails->equal += p;
  tails->mean += (x - self->found) * p;
}

/* From the peak outwards, each term from the one before. */
static Tails
find_tails (const Margins *self, double log_odds)
{
  Tails tails = { 0, 0, 0, 0 };
  double odds = exp (log_odds), mode = find_mode (self, odds), p = 1, whole;

  for (double x = mode; x <= self->high && p > NEGLIGIBLE; x++)
    {
      add_term (self, x, p, &tails);
      p *= step_up (self, x) * odds;
    }
  p = 1;
  for (double x = mode; x > self->low; x--)
    {
      p /= step_up (self, x - 1) * odds;
      if (!(p > NEGLIGIBLE))
        break;
      add_term (self, x - 1, p, &tails);
    }
  whole = tails.less + tails.equal + tails.greater;
  tails.less /= whole;
  tails.equal /= whole;
  tails.greater /= whole;
  tails.mean /= whole;
  return tails;
}

/* Roots */

static double
mean_above_found (double log_odds, const void *data)
{
  return find_tails (data, log_odds).mean;
}

static double
upper_tail_above_share (double log_odds, const void *data)
{
  const Margins *self = data;
  Tails tails = find_tails (self, log_odds);

  return tails.greater + tails.equal - self->share;
}

static double
share_above_lower_tail (double log_odds, const void *data)
{
  const Margins *self = data;
  Tails tails = find_tails (self, log_odds);

  return self->share - tails.less - tails.equal;
}

/* The odds ratio at which a rising function of its logarithm is zero. */
static double
find_odds (const Margins *self, DhkRootFunction function)
{
  double low = -1, high = 1;

  while (low > -LARGEST_LOG_ODDS && function (low, self) > 0)
    low *= 2;
  while (high < LARGEST_LOG_ODDS && function (high, self) < 0)
    high *= 2;
  return exp (dhk_find_root (function, self, low, high));
}

/* A ratio of zero or of infinity is the same table seen from either side. */
static DhkOddsRatio
conditional_odds (Margins *self, double confidence)
{
  DhkOddsRatio result = { DHK_STATS_OK, NAN, dhk_interval_undefined (DHK_STATS_OK, confidence) };

  if (self->found <= self->low || self->found >= self->high)
    {
      result.status = result.ci.status = DHK_STATS_EMPTY_CELL;
      return result;
    }
  self->share = (1 - confidence) / 2;
  result.estimate = find_odds (self, mean_above_found);
  result.ci = dhk_interval_make (find_odds (self, upper_tail_above_share),
                                 find_odds (self, share_above_lower_tail), confidence);
  if (isnan (result.estimate))
    result.status = DHK_STATS_NOT_FINITE;
  return result;
}

static DhkOddsRatio
sample_odds (double a, double b, double c, double d, double confidence)
{
  DhkOddsRatio result = { DHK_STATS_OK, a / b * (d / c),
                          dhk_interval_undefined (DHK_STATS_EMPTY_CELL, confidence) };

  if (a > 0 && b > 0 && c > 0 && d > 0)
    {
      double margin
          = dhk_normal_quantile (0.5 + confidence / 2) * sqrt (1 / a + 1 / b + 1 / c + 1 / d);

      result.ci = dhk_interval_make (result.estimate * exp (-margin),
                                     result.estimate * exp (margin), confidence);
    }
  else
    {
      result.status = DHK_STATS_EMPTY_CELL;
      result.estimate = NAN;
    }
  return result;
}

/* Exact test */

static void
find_exact_p (DhkTwoByTwo *self, const Margins *margins)
{
  double mode = find_mode (margins, 1), whole = 0, found = 1, p = 1;
  double limit, unlikely = 0, less = 0, greater = 0;

  /* how likely the table found is, the most likely one being 1 */
  for (double x = mode; x < margins->found; x++)
    found *= step_up (margins, x);
  for (double x = mode; x > margins->found; x--)
    found /= step_up (margins, x - 1);
  limit = found * (1 + SAME_TABLE);

  for (double x = mode; x <= margins->high; p *= step_up (margins, x++))
    {
      whole += p;
      unlikely += p <= limit ? p : 0;
      less += x <= margins->found ? p : 0;
      greater += x >= margins->found ? p : 0;
    }
  p = 1;
  for (double x = mode; x > margins->low;)
    {
      p /= step_up (margins, --x);
      whole += p;
      unlikely += p <= limit ? p : 0;
      less += x <= margins->found ? p : 0;
      greater += x >= margins->found ? p : 0;
    }
  self->exact_p = fmin (1, unlikely / whole);
  self->exact_p_less = fmin (1, less / whole);
  self->exact_p_greater = fmin (1, greater / whole);
}

static bool
is_whole (double x)
{
  return x <= floor (x);
}

static void
find_exact (DhkTwoByTwo *self, double a, double b, double c, double d, double confidence)
{
  Margins margins = { a + b, a + c, d - a, fmax (0, a - d), fmin (a + b, a + c), a, 0 };

  if (!is_whole (a) || !is_whole (b) || !is_whole (c) || !is_whole (d))
    self->exact_status = DHK_STATS_BAD_ARGUMENT;
  else if (a + b + c + d > MOST_CASES)
    self->exact_status = DHK_STATS_TOO_LARGE;
  self->conditional_odds
      = (DhkOddsRatio){ self->exact_status, NAN,
                        dhk_interval_undefined (self->exact_status, confidence) };
  if (self->exact_status != DHK_STATS_OK)
    return;
  find_exact_p (self, &margins);
  self->conditional_odds = conditional_odds (&margins, confidence);
}

/* Yates */

static double
corrected_term (double observed, double expected)
{
  double distance = fabs (observed - expected);

  distance -= fmin (0.5, distance);
  return distance * distance / expected;
}

static void
find_yates (DhkTwoByTwo *self, double a, double b, double c, double d)
{
  double n = a + b + c + d;

  self->yates_chi_squared
      = corrected_term (a, (a + b) * ((a + c) / n)) + corrected_term (b, (a + b) * ((b + d) / n))
        + corrected_term (c, (c + d) * ((a + c) / n)) + corrected_term (d, (c + d) * ((b + d) / n));
  self->yates_p = dhk_chi_squared_upper (self->yates_chi_squared, 1);
}

DhkTwoByTwo
dhk_two_by_two (double a, double b, double c, double d, double confidence)
{
  DhkStatsStatus status = DHK_STATS_OK;
  DhkTwoByTwo result;

  if (!(a >= 0 && b >= 0 && c >= 0 && d >= 0) || !dhk_confidence_is_valid (confidence))
    status = DHK_STATS_BAD_ARGUMENT;
  else if (!isfinite (a + b + c + d))
    status = DHK_STATS_NOT_FINITE;
  else if (!(a + b + c + d > 0))
    status = DHK_STATS_NO_DATA;
  else if (!(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0))
    status = DHK_STATS_TOO_FEW_GROUPS;
  result = (DhkTwoByTwo){ .status = status, .exact_status = status };
  result.phi = result.yates_chi_squared = result.yates_p = NAN;
  result.exact_p = result.exact_p_less = result.exact_p_greater = NAN;
  result.sample_odds = result.conditional_odds
      = (DhkOddsRatio){ status, NAN, dhk_interval_undefined (status, confidence) };
  if (status != DHK_STATS_OK)
    return result;

  /* ad − bc by way of fma, for its cancellation */
  result.phi = fma (a, d, -b * c) + fma (-b, c, b * c);
  result.phi /= sqrt (a + b) * sqrt (c + d) * sqrt (a + c) * sqrt (b + d);
  result.phi = fmax (-1, fmin (1, result.phi));
  find_yates (&result, a, b, c, d);
  result.sample_odds = sample_odds (a, b, c, d, confidence);
  find_exact (&result, a, b, c, d, confidence);
  return result;
}
