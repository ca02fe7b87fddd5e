/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-autocorrelation.h"

#include "stats/dhk-moments.h"

/* x − mean with 32 digits: the products of neighbours nearly cancel in a series like the digits
 * of π, and each must be right to more than a double. */
static DhkDoubleDouble
deviation (double x, DhkDoubleDouble mean, double scale)
{
  DhkDoubleDouble d = dhk_dd_add_dd ((DhkDoubleDouble){ x, 0 }, dhk_dd_negate (mean));

  return (DhkDoubleDouble){ d.hi * scale, d.lo * scale };
}

/* The power of two that brings the largest deviation below 1. */
static double
scale_of (const DhkMoments *moments)
{
  int exponent;

  frexp (moments->max - moments->min, &exponent);
  return ldexp (1, exponent > 1000 ? -1000 : exponent < -1000 ? 1000 : -exponent);
}

static double
ratio_of (const double *values, size_t n, const DhkMoments *moments, size_t *n_pairs)
{
  DhkDoubleDouble products = { 0, 0 }, squares = { 0, 0 };
  double scale = scale_of (moments);

  for (size_t i = 0; i < n; i++)
    {
      DhkDoubleDouble d;

      if (isnan (values[i]))
        continue;
      d = deviation (values[i], moments->mean, scale);
      squares = dhk_dd_add_dd (squares, dhk_dd_multiply (d, d));
      if (i + 1 < n && !isnan (values[i + 1]))
        {
          DhkDoubleDouble next = deviation (values[i + 1], moments->mean, scale);

          products = dhk_dd_add_dd (products, dhk_dd_multiply (d, next));
          (*n_pairs)++;
        }
    }
  return dhk_dd_value (products) / dhk_dd_value (squares);
}

DhkAutocorrelation
dhk_autocorrelation (const double *values, size_t n)
{
  DhkMoments moments = dhk_moments_compute (values, n);
  DhkAutocorrelation result = { DHK_STATS_NO_DATA, moments.n, 0, NAN, NAN };
  double ratio;

  if (moments.n == 0)
    return result;
  if (!moments.finite)
    {
      result.status = DHK_STATS_NOT_FINITE;
      return result;
    }
  result.mean = dhk_dd_value (moments.mean);
  ratio = ratio_of (values, n, &moments, &result.n_pairs);
  if (result.n_pairs == 0)
    result.status = DHK_STATS_TOO_FEW;
  else if (!dhk_moments_vary (&moments))
    result.status = DHK_STATS_NO_VARIANCE;
  else
    {
      result.status = DHK_STATS_OK;
      result.r = ratio * ((double) moments.n / (double) (result.n_pairs + 1));
    }
  return result;
}
