/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-anova.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"

#include <stdbool.h>
#include <stdlib.h>

/* What is added up of one group */
typedef struct
{
  size_t n;
  double min;
  double max;
  DhkDoubleDouble sum;
  DhkDoubleDouble mean;
} GroupSum;

static DhkAnova
anova_undefined (DhkStatsStatus status)
{
  return (DhkAnova){ status, 0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
}

/* Counts groups and values, and the sum of squares between. */
static DhkAnova
anova_start (const GroupSum *groups, size_t n_groups)
{
  DhkAnova result = anova_undefined (DHK_STATS_OK);
  DhkDoubleDouble sum = { 0, 0 }, mean, squares = { 0, 0 };
  bool differ = false;
  const GroupSum *first = NULL;

  for (size_t g = 0; g < n_groups; g++)
    {
      if (groups[g].n == 0)
        continue;
      result.n += groups[g].n;
      result.n_groups++;
      sum = dhk_dd_add_dd (sum, groups[g].sum);
      if (first == NULL)
        first = &groups[g];
      else if (groups[g].min < first->min || groups[g].min > first->min
               || groups[g].max < first->max || groups[g].max > first->max
               || first->max > first->min)
        differ = true;
    }
  if (result.n == 0)
    result.status = DHK_STATS_NO_DATA;
  else if (result.n_groups < 2)
    result.status = DHK_STATS_TOO_FEW_GROUPS;
  if (result.status != DHK_STATS_OK)
    return result;

  mean = dhk_dd_divide (sum, (double) result.n);
  /* where all values are equal nothing may come from rounding the mean */
  for (size_t g = 0; differ && g < n_groups; g++)
    if (groups[g].n > 0)
      {
        double d = dhk_dd_value (dhk_dd_add_dd (groups[g].mean, dhk_dd_negate (mean)));

        squares = dhk_dd_add_product (squares, d * (double) groups[g].n, d);
      }
  result.ss_between = dhk_dd_value (squares);
  return result;
}

static void
anova_finish (DhkAnova *self, double ss_within)
{
  self->df1 = (double) (self->n_groups - 1);
  self->df2 = (double) (self->n - self->n_groups);
  self->ss_within = ss_within;
  self->ss_total = self->ss_between + ss_within;
  if (!isfinite (self->ss_total))
    {
      *self = anova_undefined (DHK_STATS_NOT_FINITE);
      return;
    }
  self->ms_between = self->ss_between / self->df1;
  if (self->df2 < 1)
    {
      self->status = DHK_STATS_TOO_FEW;
      return;
    }
  self->mse = ss_within / self->df2;
  if (self->ss_total > 0)
    {
      self->eta_squared = self->ss_between / self->ss_total;
      self->omega_squared
          = (self->ss_between - self->df1 * self->mse) / (self->ss_total + self->mse);
    }
  if (!(self->mse > 0))
    {
      self->status = DHK_STATS_NO_VARIANCE;
      return;
    }
  self->f = self->ms_between / self->mse;
  if (!isfinite (self->f))
    {
      self->status = DHK_STATS_NOT_FINITE;
      self->f = NAN;
      return;
    }
  self->p = dhk_f_upper (self->f, self->df1, self->df2);
}

/* Adds up the groups; false where a value is infinite or their sum is. */
static bool
sum_groups (const double *values, const int *group, size_t n, GroupSum *sums, size_t n_groups)
{
  for (size_t g = 0; g < n_groups; g++)
    sums[g] = (GroupSum){ 0, INFINITY, -INFINITY, { 0, 0 }, { NAN, NAN } };
  for (size_t i = 0; i < n; i++)
    {
      GroupSum *sum;

      if (group[i] < 0 || isnan (values[i]))
        continue;
      if (isinf (values[i]))
        return false;
      sum = &sums[group[i]];
      sum->n++;
      sum->min = values[i] < sum->min ? values[i] : sum->min;
      sum->max = values[i] > sum->max ? values[i] : sum->max;
      sum->sum = dhk_dd_add (sum->sum, values[i]);
    }
  for (size_t g = 0; g < n_groups; g++)
    if (sums[g].n > 0)
      {
        if (!isfinite (dhk_dd_value (sums[g].sum)))
          return false;
        sums[g].mean = dhk_dd_divide (sums[g].sum, (double) sums[g].n);
      }
  return true;
}

static double
squares_within (const double *values, const int *group, size_t n, const GroupSum *sums)
{
  DhkDoubleDouble squares = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]) && sums[group[i]].max > sums[group[i]].min)
      {
        double d = dhk_dd_deviation (values[i], sums[group[i]].mean);

        squares = dhk_dd_add_product (squares, d, d);
      }
  return dhk_dd_value (squares);
}

DhkAnova
dhk_anova_one_way (const double *values, const int *group, size_t n, size_t n_groups)
{
  DhkAnova result;
  GroupSum *sums;

  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && (size_t) group[i] >= n_groups)
      return anova_undefined (DHK_STATS_BAD_ARGUMENT);
  sums = calloc (n_groups > 0 ? n_groups : 1, sizeof *sums);
  if (sums == NULL)
    return anova_undefined (DHK_STATS_NO_MEMORY);

  if (!sum_groups (values, group, n, sums, n_groups))
    result = anova_undefined (DHK_STATS_NOT_FINITE);
  else
    {
      result = anova_start (sums, n_groups);
      if (result.status == DHK_STATS_OK)
        anova_finish (&result, squares_within (values, group, n, sums));
    }
  free (sums);
  return result;
}

DhkAnova
dhk_anova_from_summary (const DhkSummary *groups, size_t n_groups)
{
  DhkAnova result;
  GroupSum *sums;
  DhkDoubleDouble within = { 0, 0 };

  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        if (!isfinite (groups[g].mean) || (groups[g].n > 1 && !isfinite (groups[g].sd)))
          return anova_undefined (DHK_STATS_NOT_FINITE);
        if (groups[g].n > 1 && groups[g].sd < 0)
          return anova_undefined (DHK_STATS_BAD_ARGUMENT);
      }
  sums = calloc (n_groups > 0 ? n_groups : 1, sizeof *sums);
  if (sums == NULL)
    return anova_undefined (DHK_STATS_NO_MEMORY);

  for (size_t g = 0; g < n_groups; g++)
    {
      sums[g] = (GroupSum){
        groups[g].n, groups[g].mean, groups[g].mean, { 0, 0 }, { groups[g].mean, 0 }
      };
      if (groups[g].n == 0)
        continue;
      sums[g].sum = dhk_dd_add_product (sums[g].sum, (double) groups[g].n, groups[g].mean);
      if (groups[g].n > 1)
        within
            = dhk_dd_add_product (within, (double) (groups[g].n - 1) * groups[g].sd, groups[g].sd);
    }
  result = anova_start (sums, n_groups);
  if (result.status == DHK_STATS_OK)
    anova_finish (&result, dhk_dd_value (within));
  free (sums);
  return result;
}
