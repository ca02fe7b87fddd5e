/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-shape.h"

#include "stats/dhk-full-description-private.h"

static double
skewness_se (double n)
{
  return sqrt (6 * n / (n + 1) * (n - 1) / (n - 2) / (n + 3));
}

static double
kurtosis_se (double n)
{
  return 2 * skewness_se (n) * sqrt ((n - 1) / (n - 3) * (n + 1) / (n + 5));
}

/* The shape without its numbers, and why it has none, as far as n and the moments tell. */
static DhkShape
shape_begin (
    DhkStatsStatus status, double n, double smallest, double se, const DhkWeightedMoments *moments)
{
  DhkShape result = { status, NAN, NAN, NAN, NAN };

  if (n >= smallest)
    result.se = se;
  if (status != DHK_STATS_OK)
    return result;
  if (n < smallest)
    result.status = DHK_STATS_TOO_FEW;
  else if (!isfinite (moments->power[4]))
    result.status = DHK_STATS_NOT_FINITE;
  else if (!(moments->power[2] > 0))
    result.status = DHK_STATS_NO_VARIANCE;
  return result;
}

DhkShape
dhk_skewness_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments)
{
  DhkShape result = shape_begin (status, n, 3, skewness_se (n), moments);
  double m2;

  if (result.status != DHK_STATS_OK)
    return result;
  m2 = moments->power[2] / n;
  result.type1 = moments->power[3] / n / (m2 * sqrt (m2));
  result.type2 = result.type1 * sqrt (n / (n - 2) * ((n - 1) / (n - 2)));
  result.type3 = result.type1 * ((n - 1) / n) * sqrt ((n - 1) / n);
  return result;
}

DhkShape
dhk_kurtosis_of (DhkStatsStatus status, double n, const DhkWeightedMoments *moments)
{
  DhkShape result = shape_begin (status, n, 4, kurtosis_se (n), moments);
  double m2, ratio;

  if (result.status != DHK_STATS_OK)
    return result;
  m2 = moments->power[2] / n;
  ratio = moments->power[4] / n / (m2 * m2);
  result.type1 = ratio - 3;
  result.type2 = (n - 1) / (n - 2) * (((n + 1) * result.type1 + 6) / (n - 3));
  result.type3 = ratio * ((n - 1) / n) * ((n - 1) / n) - 3;
  return result;
}

typedef DhkShape (*ShapeFunction) (DhkStatsStatus status,
                                   double n,
                                   const DhkWeightedMoments *moments);

static DhkShape
shape_of (ShapeFunction function, const double *values, const double *weight, size_t n)
{
  DhkWeightedValues sorted = dhk_weighted_collect (values, weight, n);
  DhkWeightedMoments moments = { 0 };
  DhkShape result;

  if (sorted.status == DHK_STATS_OK)
    moments = dhk_weighted_moments (&sorted);
  /* of data that cannot be used, n says nothing */
  result = function (sorted.status, sorted.status == DHK_STATS_OK ? dhk_dd_value (sorted.n) : NAN,
                     &moments);
  dhk_weighted_clear (&sorted);
  return result;
}

DhkShape
dhk_skewness (const double *values, const double *weight, size_t n)
{
  return shape_of (dhk_skewness_of, values, weight, n);
}

DhkShape
dhk_kurtosis (const double *values, const double *weight, size_t n)
{
  return shape_of (dhk_kurtosis_of, values, weight, n);
}
