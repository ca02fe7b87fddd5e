/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-raters.h"

#include "stats/dhk-double-double.h"

#include <stdbool.h>

/* The ratings of one case, without those that are missing. */
static DhkDoubleDouble
mean_of_case (const double *const *ratings, size_t n_raters, size_t row, DhkCaseSpread *self)
{
  DhkDoubleDouble sum = { 0, 0 };

  self->min = INFINITY;
  self->max = -INFINITY;
  for (size_t j = 0; j < n_raters; j++)
    if (!isnan (ratings[j][row]))
      {
        sum = dhk_dd_add (sum, ratings[j][row]);
        self->min = fmin (self->min, ratings[j][row]);
        self->max = fmax (self->max, ratings[j][row]);
        self->n++;
      }
  return dhk_dd_divide (sum, (double) self->n);
}

/* Σ(x − M)² of one case; exactly 0 where its raters agree. */
static double
squares_of_case (const double *const *ratings,
                 size_t n_raters,
                 size_t row,
                 DhkDoubleDouble mean,
                 const DhkCaseSpread *self)
{
  DhkDoubleDouble squares = { 0, 0 };

  if (!(self->max > self->min))
    return 0;
  for (size_t j = 0; j < n_raters; j++)
    if (!isnan (ratings[j][row]))
      {
        double d = dhk_dd_deviation (ratings[j][row], mean);

        squares = dhk_dd_add_product (squares, d, d);
      }
  return dhk_dd_value (squares);
}

static DhkCaseSpread
case_undefined (DhkStatsStatus status, size_t n)
{
  return (DhkCaseSpread){ status, n, NAN, NAN, NAN, NAN, NAN };
}

static DhkCaseSpread
spread_of_case (const double *const *ratings, size_t n_raters, size_t row, double *squares)
{
  DhkCaseSpread self = case_undefined (DHK_STATS_OK, 0);
  DhkDoubleDouble mean = mean_of_case (ratings, n_raters, row, &self);

  *squares = 0;
  if (self.n == 0)
    return case_undefined (DHK_STATS_NO_DATA, 0);
  self.mean = dhk_dd_value (mean);
  self.range = self.max - self.min;
  if (isfinite (self.mean) && isfinite (self.range))
    *squares = squares_of_case (ratings, n_raters, row, mean, &self);
  if (!isfinite (self.mean) || !isfinite (self.range) || !isfinite (*squares))
    return case_undefined (DHK_STATS_NOT_FINITE, self.n);
  if (self.n < 2)
    {
      self.status = DHK_STATS_TOO_FEW;
      self.range = NAN;
      return self;
    }
  self.sd = sqrt (*squares / (double) (self.n - 1));
  return self;
}

/* What has been added up over the cases. */
typedef struct
{
  DhkDoubleDouble squares;
  DhkDoubleDouble sds;
  DhkDoubleDouble ranges;
  double largest;
  bool any;    /* a rating at all */
  bool finite; /* all of them */
} SpreadSums;

static void
add_case (DhkRaterSpread *self, SpreadSums *sums, const DhkCaseSpread *it, double squares)
{
  sums->any = sums->any || it->n > 0;
  sums->finite = sums->finite && it->status != DHK_STATS_NOT_FINITE;
  if (it->status != DHK_STATS_OK)
    {
      self->n_missing += it->status != DHK_STATS_NOT_FINITE;
      return;
    }
  self->n++;
  self->n_ratings += it->n;
  sums->squares = dhk_dd_add (sums->squares, squares);
  sums->sds = dhk_dd_add (sums->sds, it->sd);
  sums->ranges = dhk_dd_add (sums->ranges, it->range);
  sums->largest = fmax (sums->largest, it->range);
}

DhkRaterSpread
dhk_rater_spread (const double *const *ratings,
                  size_t n_raters,
                  size_t n_cases,
                  DhkCaseSpread *cases)
{
  DhkRaterSpread result = { DHK_STATS_OK, 0, 0, 0, NAN, NAN, NAN, NAN };
  SpreadSums sums = { .finite = true };
  double n;

  for (size_t i = 0; i < n_cases; i++)
    {
      double squares;

      cases[i] = spread_of_case (ratings, n_raters, i, &squares);
      add_case (&result, &sums, &cases[i], squares);
    }
  n = (double) result.n;
  if (!sums.any)
    result.status = DHK_STATS_NO_DATA;
  else if (!sums.finite || !isfinite (dhk_dd_value (sums.squares))
           || !isfinite (dhk_dd_value (sums.ranges)))
    result.status = DHK_STATS_NOT_FINITE;
  else if (result.n == 0)
    result.status = DHK_STATS_TOO_FEW;
  if (result.status != DHK_STATS_OK)
    return result;
  result.sd_within = sqrt (dhk_dd_value (sums.squares) / (double) (result.n_ratings - result.n));
  result.mean_sd = dhk_dd_value (sums.sds) / n;
  result.mean_range = dhk_dd_value (sums.ranges) / n;
  result.largest_range = sums.largest;
  return result;
}
