/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-variance-test.h"

#include "stats/dhk-anova.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-moments.h"
#include "stats/dhk-ranks.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

const char *const dhk_centre_names[] = { "mean", "median", NULL };

/* Groups */

/* The values that take part, group after group. */
typedef struct
{
  double *values;
  int *group;
  size_t n;
  DhkSortItem *items; /* twice n, for sorting */
  size_t *end;        /* of each group */
  size_t n_groups;
} Groups;

static void
groups_clear (Groups *self)
{
  free (self->values);
  free (self->group);
  free (self->items);
  free (self->end);
}

static DhkStatsStatus
groups_init (Groups *self, const double *values, const int *group, size_t n, size_t n_groups)
{
  size_t before = 0;

  *self = (Groups){
    calloc (n + 1, sizeof (double)),          calloc (n + 1, sizeof (int)),           0,
    calloc (n + 1, 2 * sizeof (DhkSortItem)), calloc (n_groups + 1, sizeof (size_t)), n_groups
  };
  if (self->values == NULL || self->group == NULL || self->items == NULL || self->end == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    {
      if (group[i] >= 0 && (size_t) group[i] >= n_groups)
        return DHK_STATS_BAD_ARGUMENT;
      if (group[i] >= 0 && !isnan (values[i]))
        self->end[group[i]]++;
    }
  for (size_t g = 0; g < n_groups; g++)
    {
      size_t size = self->end[g];

      self->end[g] = before;
      before += size;
    }
  self->n = before;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]))
      {
        self->group[self->end[group[i]]] = group[i];
        self->values[self->end[group[i]]++] = values[i];
      }
  return DHK_STATS_OK;
}

static size_t
start_of (const Groups *self, size_t g)
{
  return g == 0 ? 0 : self->end[g - 1];
}

/* The median without the rounding of its halving, so that the two values of a
 * group of two lie exactly as far from it. */
static DhkDoubleDouble
median_of (const double *values, size_t n, DhkSortItem *items)
{
  double lower, upper;
  DhkDoubleDouble sum;

  for (size_t i = 0; i < n; i++)
    items[i] = (DhkSortItem){ dhk_sort_key (values[i]), i };
  dhk_sort_items (items, items + n, n);
  lower = values[items[(n - 1) / 2].index];
  upper = values[items[n / 2].index];
  sum = dhk_dd_two_sum (lower / 2, upper / 2);
  return sum;
}

/* Bartlett */

/* x − ln(1 + x), right for small x too; ln(1 + x) = 2 artanh (x/(2 + x)) */
static double
beyond_logarithm (double x)
{
  double ratio = x / (2 + x), square = ratio * ratio, sum = 0;

  if (fabs (x) > 0.3)
    return x - log1p (x);
  for (int i = 25; i >= 3; i -= 2)
    sum = sum * square + 1. / i;
  return ratio * (x - 2 * square * sum);
}

static DhkBartlett
bartlett_undefined (DhkStatsStatus status)
{
  return (DhkBartlett){ status, NAN, NAN, NAN };
}

static DhkBartlett
test_bartlett (const DhkMoments *moments, size_t n_groups, double n, double k)
{
  double pooled = 0, sum = 0, reciprocals = 0;
  DhkBartlett result = { DHK_STATS_OK, NAN, k - 1, NAN };

  for (size_t g = 0; g < n_groups; g++)
    {
      if (moments[g].n == 1)
        return bartlett_undefined (DHK_STATS_TOO_FEW);
      if (moments[g].n > 1)
        pooled += dhk_dd_value (moments[g].squares) / (n - k);
    }
  for (size_t g = 0; g < n_groups; g++)
    if (moments[g].n > 1)
      {
        double df = (double) (moments[g].n - 1);
        double variance = dhk_dd_value (moments[g].squares) / df;

        if (!(variance > 0))
          return bartlett_undefined (DHK_STATS_NO_VARIANCE);
        sum += df * beyond_logarithm ((variance - pooled) / pooled);
        reciprocals += 1 / df;
      }
  result.chi_squared = sum / (1 + (reciprocals - 1 / (n - k)) / (3 * (k - 1)));
  result.p = dhk_chi_squared_upper (result.chi_squared, result.df);
  return isfinite (result.chi_squared) ? result : bartlett_undefined (DHK_STATS_NOT_FINITE);
}

/* Levene */

static DhkVarianceTest
variance_test_undefined (DhkStatsStatus status, DhkCentre centre)
{
  return (DhkVarianceTest){ status, centre, 0, 0, NAN, NAN, NAN, NAN, bartlett_undefined (status) };
}

/* Turns each value into its distance from the centre of its group. */
static void
take_deviations (Groups *groups, const DhkMoments *moments, DhkCentre centre)
{
  for (size_t g = 0; g < groups->n_groups; g++)
    {
      size_t start = start_of (groups, g), n = groups->end[g] - start;
      double *values = groups->values + start;
      DhkDoubleDouble middle;

      if (n == 0)
        continue;
      middle = centre == DHK_CENTRE_MEAN ? moments[g].mean : median_of (values, n, groups->items);
      for (size_t i = 0; i < n; i++)
        values[i] = fabs (dhk_dd_deviation (values[i], middle));
    }
}

static DhkVarianceTest
test_groups (Groups *groups, DhkMoments *moments, DhkCentre centre)
{
  DhkVarianceTest result = variance_test_undefined (DHK_STATS_NOT_FINITE, centre);
  DhkAnova anova;
  bool finite = true;

  for (size_t g = 0; g < groups->n_groups; g++)
    {
      size_t start = start_of (groups, g);

      moments[g] = dhk_moments_compute (groups->values + start, groups->end[g] - start);
      finite = finite && moments[g].finite;
      result.n_groups += moments[g].n > 0;
    }
  result.n = groups->n;
  if (!finite)
    return result;
  take_deviations (groups, moments, centre);
  anova = dhk_anova_one_way (groups->values, groups->group, groups->n, groups->n_groups);
  result.status = anova.status;
  result.bartlett.status = anova.status;
  if (anova.status == DHK_STATS_OK || anova.status == DHK_STATS_NO_VARIANCE)
    {
      result.f = anova.f;
      result.p = anova.p;
      result.bartlett
          = test_bartlett (moments, groups->n_groups, (double) result.n, (double) result.n_groups);
    }
  result.df1 = anova.df1;
  result.df2 = anova.df2;
  return result;
}

DhkVarianceTest
dhk_variance_test (
    DhkCentre centre, const double *values, const int *group, size_t n, size_t n_groups)
{
  Groups groups;
  DhkMoments *moments = calloc (n_groups + 1, sizeof *moments);
  DhkStatsStatus status = groups_init (&groups, values, group, n, n_groups);
  DhkVarianceTest result;

  if (moments == NULL)
    status = DHK_STATS_NO_MEMORY;
  if (centre != DHK_CENTRE_MEAN && centre != DHK_CENTRE_MEDIAN)
    status = DHK_STATS_BAD_ARGUMENT;
  result = status == DHK_STATS_OK ? test_groups (&groups, moments, centre)
                                  : variance_test_undefined (status, centre);
  free (moments);
  groups_clear (&groups);
  return result;
}

/* Two variances */

static DhkStatsStatus
check_variances (size_t n_a, double sd_a, size_t n_b, double sd_b)
{
  if (n_a == 0 || n_b == 0)
    return DHK_STATS_NO_DATA;
  if (n_a < 2 || n_b < 2)
    return DHK_STATS_TOO_FEW;
  if (sd_a < 0 || sd_b < 0)
    return DHK_STATS_BAD_ARGUMENT;
  if (!isfinite (sd_a) || !isfinite (sd_b))
    return DHK_STATS_NOT_FINITE;
  return sd_a > 0 && sd_b > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
}

DhkVarianceRatio
dhk_variance_ratio (size_t n_a, double sd_a, size_t n_b, double sd_b)
{
  DhkVarianceRatio result = { check_variances (n_a, sd_a, n_b, sd_b), NAN, NAN, NAN, NAN };
  double f = sd_a / sd_b * (sd_a / sd_b), df1 = (double) n_a - 1, df2 = (double) n_b - 1, tail;

  if (result.status != DHK_STATS_OK)
    return result;
  /* the tail of the larger variance over the smaller, both right when tiny */
  tail = fmin (dhk_f_upper (f, df1, df2), dhk_f_upper (1 / f, df2, df1));
  if (!isfinite (f) || !(f > 0) || isnan (tail))
    {
      result.status = DHK_STATS_NOT_FINITE;
      return result;
    }
  return (DhkVarianceRatio){ DHK_STATS_OK, f, df1, df2, fmin (1, 2 * tail) };
}
