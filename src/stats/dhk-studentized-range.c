/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The studentized range. R's ptukey() and qtukey() lose up to 17 % at few
 * degrees of freedom, so this is our own.
 *
 * Why k = 3 is a single integral: the standardised differences of three means
 * lie in a plane, where they follow a bivariate t distribution with circular
 * symmetry: P(radius > r) = (1 + r²/df)^(−df/2). Range ≤ q is the regular
 * hexagon with inscribed circle q/√2, and the probability outside it is twelve
 * times that outside one sixth-half: the angle θ from the middle of a side to
 * its corner, where the side lies at r = q / (√2 cos θ).
 *
 * Larger k: the outer integral is that of dhk-chi-mixture.h; the inner one, over
 * the largest of the k values, is analytic too and falls off at both ends, so
 * that the trapezoidal rule is exact to rounding for a fixed step. It was chosen
 * from the width of the strip of analyticity and checked against halved steps.
 */

#include "stats/dhk-studentized-range.h"

#include "stats/dhk-distribution.h"

#include <math.h>
#include <stddef.h>

/* Half of the 24-point Gauss–Legendre rule on [−1, 1]. */
static const struct
{
  double node;
  double weight;
} gauss_legendre[] = {
  { 0.9951872199970213106, 0.0123412297999872002 },
  { 0.9747285559713094738, 0.0285313886289336634 },
  { 0.9382745520027327979, 0.0442774388174198077 },
  { 0.8864155270044010715, 0.0592985849154367833 },
  { 0.8200019859739029471, 0.0733464814110802998 },
  { 0.7401241915785543579, 0.0861901615319532743 },
  { 0.6480936519369755455, 0.0976186521041138844 },
  { 0.5454214713888395627, 0.1074442701159656344 },
  { 0.4337935076260451273, 0.1155056680537255992 },
  { 0.3150426796961633968, 0.1216704729278033914 },
  { 0.1911188674736163107, 0.1258374563468283025 },
  { 0.0640568928626056300, 0.1279381953467521593 },
};
#define N_HALF_RULE (sizeof gauss_legendre / sizeof gauss_legendre[0])

/* Where the largest of four or more values still has weight below zero, and
 * where it has above, for the largest range that is looked at. */
#define LOWEST_MAXIMUM (-4.6)
#define HIGHEST_MAXIMUM (DHK_STUDENTIZED_RANGE_LARGEST / 2 + 6.2)
#define INNER_STEP 0.762

/* Three means */

static double
three_means_upper (double q, double df)
{
  double squared = q * q / 2;
  double scale = isinf (df) ? 0 : squared / df;
  double centre = isinf (df) ? exp (-squared / 2) : exp (-df / 2 * log1p (scale));
  double end = sqrt (1. / 3);
  double relevant, sum = 0;

  /* θ = atan t; beyond `relevant` the integrand is below e^-60 of its start */
  relevant = isinf (df) ? sqrt (120 / squared) : sqrt (expm1 (120 / df) * (1 + scale) / scale);
  if (relevant < end)
    end = relevant;

  for (size_t i = 0; i < 2 * N_HALF_RULE; i++)
    {
      double node = gauss_legendre[i / 2].node;
      double t = end / 2 * (1 + (i % 2 == 0 ? node : -node));
      double fall
          = isinf (df) ? -squared / 2 * t * t : -df / 2 * log1p (scale * t * t / (1 + scale));

      sum += gauss_legendre[i / 2].weight * exp (fall) / (1 + t * t);
    }
  return 6 / M_PI * centre * sum * end / 2;
}

/* Four and more means */

static void
init_grids (DhkStudentizedRange *self)
{
  self->inner_step = INNER_STEP / sqrt (self->k);
  self->n_nodes = (int) ((HIGHEST_MAXIMUM - LOWEST_MAXIMUM) / self->inner_step) + 1;
  for (int i = 0; i < self->n_nodes; i++)
    {
      double z = LOWEST_MAXIMUM + i * self->inner_step;

      self->weight[i] = self->k * self->inner_step * exp (-z * z / 2) / sqrt (2 * M_PI);
      self->below[i] = 0.5 * erfc (-z / M_SQRT2);
    }
}

/* a^m − (a − d)^m without cancellation */
static double
power_difference (double a, double d, int m)
{
  double b = a - d;
  double sum = 1, power = 1;

  if (m > 12)
    return -exp (m * log (a)) * (d < a ? expm1 (m * log1p (-d / a)) : -1);
  for (int i = 1; i < m; i++)
    {
      power *= a;
      sum = sum * b + power;
    }
  return d * sum;
}

/* P(R > range) for the range R of k normal values */
static double
range_upper (double range, const void *data)
{
  const DhkStudentizedRange *self = data;
  double low = fmax (LOWEST_MAXIMUM, range / 2 - 6.2);
  double high = fmax (8.5, range / 2 + 6.2);
  int first, last;
  double sum = 0;

  /* so far out no two pairs are ever apart at once, to the last bit of a double */
  if (range > DHK_STUDENTIZED_RANGE_LARGEST)
    return self->k * (self->k - 1) / 2. * erfc (range / 2);
  first = (int) floor ((low - LOWEST_MAXIMUM) / self->inner_step);
  last = (int) ceil ((high - LOWEST_MAXIMUM) / self->inner_step);
  if (last >= self->n_nodes)
    last = self->n_nodes - 1;
  for (int i = first; i <= last; i++)
    {
      double z = LOWEST_MAXIMUM + i * self->inner_step;
      double beyond = 0.5 * erfc ((range - z) / M_SQRT2);

      sum += self->weight[i] * power_difference (self->below[i], beyond, self->k - 1);
    }
  return fmin (sum, 1);
}

bool
dhk_studentized_range_init (DhkStudentizedRange *self, int k, double df)
{
  if (k < 2 || k > DHK_STUDENTIZED_RANGE_MAX_MEANS || !(df >= 1))
    return false;

  self->k = k;
  self->df = df > 1e15 ? INFINITY : df;
  if (k > 3)
    {
      init_grids (self);
      /* The range of many values is a steeper function of ln x. Its density at
       * 0 is of the order r^(k−2). */
      dhk_chi_mixture_init (&self->mixture, self->df,
                            (DhkTailShape){ .rate = 0.25,
                                            .steepness = 1 + fmax (0, log (k / 8.)) / 4,
                                            .certain = -14 });
    }
  return true;
}

bool
dhk_studentized_range_set_df (DhkStudentizedRange *self, double df)
{
  if (!(df >= 1))
    return false;
  self->df = df > 1e15 ? INFINITY : df;
  if (self->k > 3)
    dhk_chi_mixture_set_df (&self->mixture, self->df);
  return true;
}

double
dhk_studentized_range_upper (DhkStudentizedRange *self, double q)
{
  double p;

  if (isnan (q))
    return NAN;
  if (!(q > 0))
    return 1;
  /* its square must not overflow; even at df = 1 nothing is left here */
  if (q > 1e100)
    return 0;
  if (self->k == 2)
    return dhk_t_two_sided (q / M_SQRT2, self->df);
  p = self->k == 3 ? three_means_upper (q, self->df)
                   : dhk_chi_mixture_upper (&self->mixture, range_upper, self, q);
  return fmin (fmax (p, 0), 1);
}

/* Quantile */

static double
upper_tail (void *self, double q)
{
  return dhk_studentized_range_upper (self, q);
}

double
dhk_studentized_range_quantile (DhkStudentizedRange *self, double p)
{
  double one_pair, all_pairs;

  if (!(p > 0 && p < 1))
    return NAN;
  one_pair = -M_SQRT2 * dhk_t_quantile ((1 - p) / 2, self->df);
  if (self->k == 2)
    return one_pair;
  all_pairs = -M_SQRT2 * dhk_t_quantile ((1 - p) / ((double) self->k * (self->k - 1)), self->df);
  return dhk_chi_mixture_quantile (upper_tail, self, p, one_pair, all_pairs);
}

/* One value */

double
dhk_ptukey_upper (double q, int k, double df)
{
  DhkStudentizedRange range;

  if (!dhk_studentized_range_init (&range, k, df))
    return NAN;
  return dhk_studentized_range_upper (&range, q);
}

double
dhk_qtukey (double p, int k, double df)
{
  DhkStudentizedRange range;

  if (!dhk_studentized_range_init (&range, k, df))
    return NAN;
  return dhk_studentized_range_quantile (&range, p);
}
