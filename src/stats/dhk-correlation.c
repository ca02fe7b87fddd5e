/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-correlation.h"

#include "stats/dhk-double-double.h"
#include "stats/dhk-fisher-z.h"

#include <stdbool.h>

/* 1 − r² below this is what rounding of the data leaves of a straight line. */
#define STRAIGHT_LINE 1e-28

/* Complete cases are gathered in blocks, and summed in lanes that do not wait for each other: two
 * pairs of doubles, which is what every 64-bit processor adds at once. */
typedef double Pair __attribute__ ((vector_size (2 * sizeof (double))));
#define N_LANES 2
#define BLOCK 128 /* pairs */

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

/* Σ x or Σ x·y with the rounding errors summed apart: as good as double-double (T. Ogita, S. M.
 * Rump, S. Oishi, 2005, algorithms Sum2 and Dot2), and shorter. */
typedef struct
{
  Pair sum[N_LANES];
  Pair rest[N_LANES];
} Sum;

static inline void
sum_add (Sum *self, size_t lane, Pair x, Pair error)
{
  Pair sum = self->sum[lane] + x;
  Pair part = sum - self->sum[lane];

  self->rest[lane] += error + ((self->sum[lane] - (sum - part)) + (x - part));
  self->sum[lane] = sum;
}

/* The upper half of a double, 26 bits: products of halves are exact. fma () would do without, but
 * is a call of a function on machines that may lack it. */
static inline Pair
upper_half (Pair x)
{
  Pair big = 134217729 * x; /* 2^27 + 1 */

  return big - (big - x);
}

static inline void
sum_add_product (Sum *self, size_t lane, Pair x, Pair y)
{
  Pair product = x * y;
  Pair x_high = upper_half (x), x_low = x - x_high;
  Pair y_high = upper_half (y), y_low = y - y_high;

  sum_add (self, lane, product,
           x_low * y_low - (((product - x_high * y_high) - x_low * y_high) - x_high * y_low));
}

static DhkDoubleDouble
sum_total (const Sum *self)
{
  DhkDoubleDouble total = { 0, 0 };

  for (size_t lane = 0; lane < N_LANES; lane++)
    for (size_t i = 0; i < 2; i++)
      total = dhk_dd_add_dd (total, dhk_dd_fast_two_sum (self->sum[lane][i], self->rest[lane][i]));
  return total;
}

/* Complete cases */

typedef struct
{
  const double *x;
  const double *y;
  size_t n;
  size_t next;
  size_t found; /* in the block */
  Pair block_x[BLOCK];
  Pair block_y[BLOCK];
} Cases;

/* Fills the block up with cases, and the rest of its last lanes with zeros. */
static bool
next_block (Cases *self)
{
  size_t found = 0, i = self->next;

  for (; i < self->n && found < 2 * BLOCK; i++)
    {
      self->block_x[found / 2][found % 2] = self->x[i];
      self->block_y[found / 2][found % 2] = self->y[i];
      found += isnan (self->x[i]) || isnan (self->y[i]) ? 0 : 1;
    }
  self->next = i;
  self->found = found;
  for (; found % (2 * N_LANES) != 0; found++)
    self->block_x[found / 2][found % 2] = self->block_y[found / 2][found % 2] = 0;
  return self->found > 0;
}

/* The pairs in use, whole lanes. */
static size_t
count_pairs (const Cases *self)
{
  return (self->found + 2 * N_LANES - 1) / (2 * N_LANES) * N_LANES;
}

static void
note_range (Products *self, const Cases *cases, double x_first, double y_first)
{
  for (size_t i = 0; i < cases->found; i++)
    {
      double x = cases->block_x[i / 2][i % 2], y = cases->block_y[i / 2][i % 2];

      self->x_varies |= x < x_first || x > x_first;
      self->y_varies |= y < y_first || y > y_first;
    }
}

static void
find_means (Products *self, const double *x, const double *y, size_t n)
{
  const Pair nothing = { 0, 0 };
  Cases cases = { .x = x, .y = y, .n = n };
  Sum x_sum = { 0 }, y_sum = { 0 };
  double x_first = NAN, y_first = NAN;
  DhkDoubleDouble x_total, y_total;

  for (; next_block (&cases); self->n += cases.found)
    {
      if (self->n == 0)
        {
          x_first = cases.block_x[0][0];
          y_first = cases.block_y[0][0];
        }
      if (!self->x_varies || !self->y_varies)
        note_range (self, &cases, x_first, y_first);
      for (size_t i = 0; i < count_pairs (&cases); i += N_LANES)
        for (size_t lane = 0; lane < N_LANES; lane++)
          {
            sum_add (&x_sum, lane, cases.block_x[i + lane], nothing);
            sum_add (&y_sum, lane, cases.block_y[i + lane], nothing);
          }
    }
  x_total = sum_total (&x_sum);
  y_total = sum_total (&y_sum);
  self->finite = isfinite (dhk_dd_value (x_total)) && isfinite (dhk_dd_value (y_total));
  if (self->n == 0)
    return;
  self->x_mean = dhk_dd_divide (x_total, (double) self->n);
  self->y_mean = dhk_dd_divide (y_total, (double) self->n);
}

static void
subtract_mean (Pair *block, size_t n, DhkDoubleDouble mean)
{
  for (size_t i = 0; i < n; i++)
    block[i / 2][i % 2] = dhk_dd_deviation (block[i / 2][i % 2], mean);
}

static void
find_products (Products *self, const double *x, const double *y, size_t n)
{
  Cases cases = { .x = x, .y = y, .n = n };
  Sum xx = { 0 }, yy = { 0 }, xy = { 0 };

  while (next_block (&cases))
    {
      subtract_mean (cases.block_x, cases.found, self->x_mean);
      subtract_mean (cases.block_y, cases.found, self->y_mean);
      for (size_t i = 0; i < count_pairs (&cases); i += N_LANES)
        for (size_t lane = 0; lane < N_LANES; lane++)
          {
            Pair dx = cases.block_x[i + lane], dy = cases.block_y[i + lane];

            sum_add_product (&xx, lane, dx, dx);
            sum_add_product (&yy, lane, dy, dy);
            sum_add_product (&xy, lane, dx, dy);
          }
    }
  self->xx = sum_total (&xx);
  self->yy = sum_total (&yy);
  self->xy = sum_total (&xy);
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

/* The test and the interval of r, given that 1 − r² = unexplained. */
static void
judge (DhkCorrelation *self, double r, double unexplained, double confidence)
{
  self->df = (double) (self->n - 2);
  if (!(unexplained > STRAIGHT_LINE))
    {
      self->status = self->ci.status = DHK_STATS_PERFECT_FIT;
      self->r = r > 0 ? 1 : -1;
      return;
    }
  self->r = fmax (-1, fmin (1, r));
  self->t = r * sqrt (self->df / unexplained);
  self->p = dhk_t_two_sided (self->t, self->df);
  self->ci = self->n > 3 ? dhk_fisher_interval (dhk_fisher_z (r, unexplained),
                                                1 / sqrt ((double) (self->n - 3)), confidence)
                         : dhk_interval_undefined (DHK_STATS_TOO_FEW, confidence);
}

static DhkCorrelation
undefined (DhkStatsStatus status, size_t n, double confidence)
{
  return (
      DhkCorrelation){ status, n, NAN, NAN, NAN, NAN, dhk_interval_undefined (status, confidence) };
}

DhkCorrelation
dhk_pearson (const double *x, const double *y, size_t n, double confidence)
{
  DhkStatsStatus status = DHK_STATS_OK;
  DhkCorrelation result;
  Products products = { 0 };
  double r, unexplained;

  find_means (&products, x, y, n);
  if (!dhk_confidence_is_valid (confidence))
    status = DHK_STATS_BAD_ARGUMENT;
  else if (products.n == 0)
    status = DHK_STATS_NO_DATA;
  else if (!products.finite)
    status = DHK_STATS_NOT_FINITE;
  else if (products.n < 3)
    status = DHK_STATS_TOO_FEW;
  else if (!products.x_varies || !products.y_varies)
    status = DHK_STATS_NO_VARIANCE;
  result = undefined (status, products.n, confidence);
  if (status != DHK_STATS_OK)
    return result;

  find_products (&products, x, y, n);
  if (!products.finite)
    return undefined (DHK_STATS_NOT_FINITE, products.n, confidence);
  if (!(products.xx.hi > 0) || !(products.yy.hi > 0))
    return undefined (DHK_STATS_NO_VARIANCE, products.n, confidence);

  unexplained = unexplained_share (&products, &r);
  judge (&result, r, unexplained, confidence);
  return result;
}

DhkCorrelation
dhk_pearson_from_r (double r, size_t n, double confidence)
{
  DhkStatsStatus status = DHK_STATS_OK;
  DhkCorrelation result;

  if (!(r >= -1 && r <= 1) || !dhk_confidence_is_valid (confidence))
    status = DHK_STATS_BAD_ARGUMENT;
  else if (n < 3)
    status = n == 0 ? DHK_STATS_NO_DATA : DHK_STATS_TOO_FEW;
  result = undefined (status, n, confidence);
  if (status == DHK_STATS_OK)
    judge (&result, r, (1 - r) * (1 + r), confidence);
  return result;
}
