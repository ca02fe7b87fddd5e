/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-moments.h"

DhkMoments
dhk_moments_compute (const double *values, size_t n)
{
  DhkMoments result = { 0, 0, true, NAN, NAN, { 0, 0 }, { NAN, NAN }, { NAN, NAN } };
  DhkDoubleDouble squares = { 0, 0 };
  double min = INFINITY, max = -INFINITY;

  for (size_t i = 0; i < n; i++)
    {
      double x = values[i];

      if (isnan (x))
        {
          result.n_missing++;
          continue;
        }
      result.n++;
      if (x < min)
        min = x;
      if (x > max)
        max = x;
      result.sum = dhk_dd_add (result.sum, x);
    }
  if (result.n == 0)
    return result;

  result.min = min;
  result.max = max;
  result.finite = isfinite (min) && isfinite (max) && isfinite (dhk_dd_value (result.sum));
  if (!result.finite)
    return result;

  result.mean = dhk_dd_divide (result.sum, (double) result.n);
  if (max > min)
    for (size_t i = 0; i < n; i++)
      if (!isnan (values[i]))
        {
          double d = dhk_dd_deviation (values[i], result.mean);

          squares = dhk_dd_add_product (squares, d, d);
        }
  result.squares = squares;
  result.finite = isfinite (dhk_dd_value (squares));
  if (!result.finite)
    result.mean = result.squares = (DhkDoubleDouble){ NAN, NAN };
  return result;
}
