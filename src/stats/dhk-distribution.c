/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-distribution.h"

#include "stats/dhk-root.h"

#include <Rmath.h>
#include <math.h>
#include <stdbool.h>

#define LOWER_TAIL 1
#define UPPER_TAIL 0
#define NOT_LOG 0

/* Rmath turns to its t and F routines for gammas beyond this; it is infinity
 * for every purpose here, and keeps Rmath inside the range it is silent in. */
#define LARGEST_FINITE_DF 1e15

static bool
is_probability (double p)
{
  return p > 0 && p < 1;
}

static double
bounded_df (double df)
{
  return df > LARGEST_FINITE_DF ? INFINITY : df;
}

double
dhk_normal_upper (double z)
{
  if (isnan (z))
    return NAN;
  return pnorm (z, 0, 1, UPPER_TAIL, NOT_LOG);
}

double
dhk_normal_quantile (double p)
{
  if (!is_probability (p))
    return NAN;
  return qnorm (p, 0, 1, LOWER_TAIL, NOT_LOG);
}

double
dhk_t_two_sided (double t, double df)
{
  if (isnan (t) || !(df >= 1))
    return NAN;
  return 2 * pt (fabs (t), bounded_df (df), UPPER_TAIL, NOT_LOG);
}

double
dhk_t_quantile (double p, double df)
{
  if (!is_probability (p) || !(df >= 1))
    return NAN;
  return qt (p, bounded_df (df), LOWER_TAIL, NOT_LOG);
}

double
dhk_chi_squared_upper (double x, double df)
{
  if (isnan (x) || !(df >= 1) || df > LARGEST_FINITE_DF)
    return NAN;
  if (!(x > 0))
    return 1;
  return pchisq (x, df, UPPER_TAIL, NOT_LOG);
}

double
dhk_chi_squared_lower (double x, double df)
{
  if (isnan (x) || !(df >= 1) || df > LARGEST_FINITE_DF)
    return NAN;
  if (!(x > 0))
    return 0;
  return pchisq (x, df, LOWER_TAIL, NOT_LOG);
}

double
dhk_chi_squared_density (double x, double df)
{
  if (isnan (x) || !(df >= 1) || df > LARGEST_FINITE_DF)
    return NAN;
  if (!(x > 0) || isinf (x))
    return 0;
  return dchisq (x, df, NOT_LOG);
}

double
dhk_chi_squared_quantile (double p, double df)
{
  if (!is_probability (p) || !(df >= 1) || df > LARGEST_FINITE_DF)
    return NAN;
  return qchisq (p, df, LOWER_TAIL, NOT_LOG);
}

double
dhk_f_upper (double f, double df1, double df2)
{
  if (isnan (f) || !(df1 >= 1) || df1 > LARGEST_FINITE_DF || !(df2 >= 1))
    return NAN;
  if (!(f > 0))
    return 1;
  return pf (f, df1, bounded_df (df2), UPPER_TAIL, NOT_LOG);
}

double
dhk_f_lower (double f, double df1, double df2)
{
  if (isnan (f) || !(df1 >= 1) || df1 > LARGEST_FINITE_DF || !(df2 >= 1))
    return NAN;
  if (!(f > 0))
    return 0;
  return pf (f, df1, bounded_df (df2), LOWER_TAIL, NOT_LOG);
}

double
dhk_f_density (double f, double df1, double df2)
{
  if (isnan (f) || !(df1 >= 1) || df1 > LARGEST_FINITE_DF || !(df2 >= 1))
    return NAN;
  if (!(f > 0) || isinf (f))
    return 0;
  return df (f, df1, bounded_df (df2), NOT_LOG);
}

typedef struct
{
  double df1;
  double df2;
  double log_p; /* of the tail below, named by `tail` */
  int tail;
} FQuantile;

/* Zero where the tail of F at e^x is the one wanted. */
static double
f_quantile_distance (double x, const void *data)
{
  const FQuantile *wanted = data;
  double tail = pf (exp (x), wanted->df1, wanted->df2, wanted->tail, NOT_LOG);

  return (tail > 0 ? log (tail) : -1e300) - wanted->log_p;
}

double
dhk_f_quantile (double p, double df1, double df2)
{
  FQuantile wanted = { df1, bounded_df (df2), 0, LOWER_TAIL };
  double low = -1, high = 1;

  if (!is_probability (p) || !(df1 >= 1) || df1 > LARGEST_FINITE_DF || !(df2 >= 1))
    return NAN;

  /* the smaller tail, so that its logarithm tells neighbours apart */
  wanted.tail = p > 0.5 ? UPPER_TAIL : LOWER_TAIL;
  wanted.log_p = p > 0.5 ? log1p (-p) : log (p);
  while (low > -700 && pf (exp (low), df1, wanted.df2, LOWER_TAIL, NOT_LOG) > p)
    low *= 2;
  while (high < 700 && pf (exp (high), df1, wanted.df2, LOWER_TAIL, NOT_LOG) < p)
    high *= 2;
  return exp (dhk_find_root (f_quantile_distance, &wanted, low, high));
}

/* Γ(x + 1/2) / Γ(x): the asymptotic series where it converges, the recurrence
 * below that. No difference of logarithms, so no digits are lost at any x. */
static double
half_step_gamma_ratio (double x)
{
  double factor = 1;
  double y;

  for (; x < 60; x += 1)
    factor *= x / (x + 0.5);
  y = 1 / x;
  return factor * sqrt (x)
         * (1
            + y
                  * (-1. / 8
                     + y
                           * (1. / 128
                              + y
                                    * (5. / 1024
                                       + y
                                             * (-21. / 32768
                                                + y * (-399. / 262144 + y * 869. / 4194304))))));
}

double
dhk_hedges_correction (double df)
{
  if (!(df > 1))
    return NAN;
  if (isinf (df))
    return 1;
  return half_step_gamma_ratio ((df - 1) / 2) / sqrt (df / 2);
}
