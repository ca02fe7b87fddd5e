/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-correlation.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"

#include <stdbool.h>

/* 1 − r² below this is what rounding of the data leaves of a straight line. */
#define STRAIGHT_LINE 1e-28

typedef struct
{
  size_t n;
  bool finite;
  bool x_varies;
  bool y_varies;
  DhkDoubleDouble x_mean;
  DhkDoubleDouble y_mean;
  DhkDoubleDouble xx;
  DhkDoubleDouble yy;
  DhkDoubleDouble xy;
} Products;

static bool
is_case (const double *x, const double *y, size_t i)
{
  return !isnan (x[i]) && !isnan (y[i]);
}

static void
find_means (Products *self, const double *x, const double *y, size_t n)
{
  double x_first = NAN, y_first = NAN;
  DhkDoubleDouble x_sum = { 0, 0 }, y_sum = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    {
      if (!is_case (x, y, i))
        continue;
      if (self->n++ == 0)
        {
          x_first = x[i];
          y_first = y[i];
        }
      self->x_varies |= x[i] < x_first || x[i] > x_first;
      self->y_varies |= y[i] < y_first || y[i] > y_first;
      x_sum = dhk_dd_add (x_sum, x[i]);
      y_sum = dhk_dd_add (y_sum, y[i]);
    }
  self->finite = isfinite (dhk_dd_value (x_sum)) && isfinite (dhk_dd_value (y_sum));
  if (self->n == 0)
    return;
  self->x_mean = dhk_dd_divide (x_sum, (double) self->n);
  self->y_mean = dhk_dd_divide (y_sum, (double) self->n);
}

static void
find_products (Products *self, const double *x, const double *y, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (is_case (x, y, i))
      {
        double dx = dhk_dd_deviation (x[i], self->x_mean);
        double dy = dhk_dd_deviation (y[i], self->y_mean);

        self->xx = dhk_dd_add_product (self->xx, dx, dx);
        self->yy = dhk_dd_add_product (self->yy, dy, dy);
        self->xy = dhk_dd_add_product (self->xy, dx, dy);
      }
  self->finite = isfinite (dhk_dd_value (self->xx)) && isfinite (dhk_dd_value (self->yy));
}

/* 1 − r², without the cancellation of computing r first; sets r. */
static double
unexplained_share (const Products *self, double *r)
{
  int x_exponent, y_exponent;
  double x_scale, y_scale, whole;
  DhkDoubleDouble xx, yy, xy, difference;

  frexp (self->xx.hi, &x_exponent);
  frexp (self->yy.hi, &y_exponent);
  /* powers of two, so that no product can overflow or vanish */
  x_scale = ldexp (1, -(x_exponent / 2));
  y_scale = ldexp (1, -(y_exponent / 2));
  xx = (DhkDoubleDouble){ self->xx.hi * x_scale * x_scale, self->xx.lo * x_scale * x_scale };
  yy = (DhkDoubleDouble){ self->yy.hi * y_scale * y_scale, self->yy.lo * y_scale * y_scale };
  xy = (DhkDoubleDouble){ self->xy.hi * x_scale * y_scale, self->xy.lo * x_scale * y_scale };

  difference = dhk_dd_add_dd (dhk_dd_multiply (xx, yy), dhk_dd_negate (dhk_dd_multiply (xy, xy)));
  whole = dhk_dd_value (dhk_dd_multiply (xx, yy));
  *r = dhk_dd_value (xy) / sqrt (whole);
  return dhk_dd_value (difference) / whole;
}

DhkCorrelation
dhk_pearson (const double *x, const double *y, size_t n, double confidence)
{
  DhkCorrelation result = { DHK_STATS_OK, 0, NAN, NAN, NAN, NAN, NAN, NAN, confidence };
  Products products = { 0 };
  double r, unexplained;

  find_means (&products, x, y, n);
  result.n = products.n;
  if (!(confidence > 0 && confidence < 1))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (products.n == 0)
    result.status = DHK_STATS_NO_DATA;
  else if (!products.finite)
    result.status = DHK_STATS_NOT_FINITE;
  else if (products.n < 3)
    result.status = DHK_STATS_TOO_FEW;
  else if (!products.x_varies || !products.y_varies)
    result.status = DHK_STATS_NO_VARIANCE;
  if (result.status != DHK_STATS_OK)
    return result;

  find_products (&products, x, y, n);
  if (!products.finite || !(products.xx.hi > 0) || !(products.yy.hi > 0))
    {
      result.status = products.finite ? DHK_STATS_NO_VARIANCE : DHK_STATS_NOT_FINITE;
      return result;
    }

  unexplained = unexplained_share (&products, &r);
  result.df = (double) (result.n - 2);
  if (!(unexplained > STRAIGHT_LINE))
    {
      result.status = DHK_STATS_PERFECT_FIT;
      result.r = r > 0 ? 1 : -1;
      return result;
    }
  result.r = fmax (-1, fmin (1, r));
  result.t = r * sqrt (result.df / unexplained);
  result.p = dhk_t_two_sided (result.t, result.df);
  if (result.n > 3)
    {
      /* artanh r = ln ((1 + |r|)² / (1 − r²)) / 2, right for r near 1 too */
      double z = copysign (log1p (fabs (r)) - log (unexplained) / 2, r);
      double margin = dhk_normal_quantile (0.5 + confidence / 2) / sqrt ((double) (result.n - 3));

      result.ci_low = tanh (z - margin);
      result.ci_high = tanh (z + margin);
    }
  return result;
}
