/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-describe.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-moments.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Median */

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
swap (double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

static double
middle_of_three (double a, double b, double c)
{
  return fmax (fmin (a, b), fmin (fmax (a, b), c));
}

/* Partly sorts `x` so that x[rank] stands where it would if sorted, with none
 * larger before it and none smaller behind it (C. A. R. Hoare's FIND). */
static void
select_rank (double *x, size_t n, size_t rank)
{
  size_t low = 0, high = n - 1;

  for (int round = 0; low < high; round++)
    {
      size_t i = low, j = high;
      double pivot = middle_of_three (x[low], x[low + (high - low) / 2], x[high]);

      /* an order made to be bad for the pivot */
      if (round > 100)
        {
          qsort (x + low, high - low + 1, sizeof *x, compare_doubles);
          return;
        }
      for (;;)
        {
          while (x[i] < pivot)
            i++;
          while (x[j] > pivot)
            j--;
          if (i >= j)
            break;
          swap (&x[i++], &x[j--]);
        }
      /* i may stand on j, whose value is the pivot's */
      if (i == j)
        {
          if (rank == i)
            return;
          if (rank < i)
            high = i - 1;
          else
            low = i + 1;
        }
      else if (rank <= j)
        high = j;
      else
        low = i;
    }
}

/* Reorders `x`. */
static double
median_of (double *x, size_t n)
{
  double upper, lower;

  select_rank (x, n, n / 2);
  upper = x[n / 2];
  if (n % 2 == 1)
    return upper;
  lower = x[0];
  for (size_t i = 1; i < n / 2; i++)
    if (x[i] > lower)
      lower = x[i];
  /* half of each, so that their sum cannot overflow; equal ones exactly */
  return lower < upper ? lower / 2 + upper / 2 : upper;
}

/* Description */

static DhkDescription
description_empty (double confidence)
{
  return (DhkDescription){ DHK_STATS_NO_DATA,
                           0,
                           0,
                           NAN,
                           NAN,
                           NAN,
                           dhk_interval_undefined (DHK_STATS_NO_DATA, confidence),
                           { DHK_STATS_NO_DATA, NAN, NAN, NAN } };
}

static void
description_fail (DhkDescription *self, DhkStatsStatus status)
{
  self->status = status;
  self->ci.status = status;
}

/* SE and CI from n, mean and SD */
static void
description_finish (DhkDescription *self)
{
  double margin;

  self->status = DHK_STATS_OK;
  self->se = self->sd / sqrt ((double) self->n);
  if (!dhk_confidence_is_valid (self->ci.confidence))
    {
      description_fail (self, DHK_STATS_BAD_ARGUMENT);
      return;
    }
  margin = dhk_t_quantile (0.5 + self->ci.confidence / 2, (double) (self->n - 1)) * self->se;
  self->ci = dhk_interval_make (self->mean - margin, self->mean + margin, self->ci.confidence);
}

static double
finite_or_nan (double x)
{
  return isfinite (x) ? x : NAN;
}

static DhkMiddle
middle_of (const DhkMoments *moments, double *values, size_t n)
{
  DhkMiddle result = { DHK_STATS_OK, finite_or_nan (moments->min), finite_or_nan (moments->max),
                       finite_or_nan (median_of (values, n)) };

  if (isnan (result.min) || isnan (result.max))
    result.status = DHK_STATS_NOT_FINITE;
  return result;
}

/* Describes values without NaN, which may be reordered. */
static DhkDescription
describe_valid (double *values, size_t n, double confidence)
{
  DhkDescription result = description_empty (confidence);
  DhkMoments moments = dhk_moments_compute (values, n);

  if (n == 0)
    return result;

  result.n = n;
  result.order = middle_of (&moments, values, n);
  result.mean = dhk_dd_value (moments.mean);
  if (!moments.finite || n < 2)
    {
      description_fail (&result, moments.finite ? DHK_STATS_TOO_FEW : DHK_STATS_NOT_FINITE);
      return result;
    }
  result.sd = sqrt (dhk_dd_value (moments.squares) / (double) (n - 1));
  description_finish (&result);
  return result;
}

DhkDescription
dhk_describe (const double *values, size_t n, double confidence)
{
  DhkDescription result = description_empty (confidence);
  double *valid;
  size_t n_valid = 0;

  if (n == 0)
    return result;
  valid = n > (size_t) -1 / sizeof *valid ? NULL : malloc (n * sizeof *valid);
  if (valid == NULL)
    {
      description_fail (&result, DHK_STATS_NO_MEMORY);
      result.order.status = DHK_STATS_NO_MEMORY;
      return result;
    }
  for (size_t i = 0; i < n; i++)
    if (!isnan (values[i]))
      valid[n_valid++] = values[i];
  result = describe_valid (valid, n_valid, confidence);
  result.n_missing = n - n_valid;
  free (valid);
  return result;
}

/* Fills `valid` with the valid values, group after group; `end[g]` becomes
 * where group g ends. `end` holds n_groups numbers, all 0. */
static void
sort_by_group (
    const double *values, const int *group, size_t n, size_t n_groups, double *valid, size_t *end)
{
  size_t before = 0;

  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]))
      end[group[i]]++;
  for (size_t g = 0; g < n_groups; g++)
    {
      size_t size = end[g];

      end[g] = before;
      before += size;
    }
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]))
      valid[end[group[i]]++] = values[i];
}

DhkStatsStatus
dhk_describe_groups (const double *values,
                     const int *group,
                     size_t n,
                     size_t n_groups,
                     double confidence,
                     DhkDescription *result)
{
  double *valid;
  size_t *end, start = 0;

  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && (size_t) group[i] >= n_groups)
      return DHK_STATS_BAD_ARGUMENT;
  valid = calloc (n > 0 ? n : 1, sizeof *valid);
  end = calloc (n_groups > 0 ? n_groups : 1, sizeof *end);
  if (valid == NULL || end == NULL)
    {
      free (valid);
      free (end);
      return DHK_STATS_NO_MEMORY;
    }

  sort_by_group (values, group, n, n_groups, valid, end);
  for (size_t g = 0; g < n_groups; g++)
    {
      result[g] = describe_valid (valid + start, end[g] - start, confidence);
      start = end[g];
    }
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && isnan (values[i]))
      result[group[i]].n_missing++;
  free (valid);
  free (end);
  return DHK_STATS_OK;
}

DhkDescription
dhk_description_from_summary (DhkSummary summary, double confidence)
{
  DhkDescription result = description_empty (confidence);

  if (summary.n == 0)
    return result;
  result.n = summary.n;
  if (!isfinite (summary.mean) || (summary.n >= 2 && !isfinite (summary.sd)))
    {
      description_fail (&result, DHK_STATS_NOT_FINITE);
      return result;
    }
  if (summary.n >= 2 && summary.sd < 0)
    {
      description_fail (&result, DHK_STATS_BAD_ARGUMENT);
      return result;
    }
  result.mean = summary.mean;
  if (summary.n < 2)
    {
      description_fail (&result, DHK_STATS_TOO_FEW);
      return result;
    }
  result.sd = summary.sd;
  description_finish (&result);
  return result;
}

DhkSummary
dhk_summarise (const double *values, size_t n)
{
  DhkMoments moments = dhk_moments_compute (values, n);
  DhkSummary result = { moments.n, dhk_dd_value (moments.mean), NAN };

  if (moments.n >= 2)
    result.sd = sqrt (dhk_dd_value (moments.squares) / (double) (moments.n - 1));
  return result;
}

static DhkDoubleDouble
combined_mean (const DhkSummary *parts, size_t n_parts, size_t n)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < n_parts; i++)
    if (parts[i].n > 0)
      sum = dhk_dd_add_product (sum, (double) parts[i].n, parts[i].mean);
  return dhk_dd_divide (sum, (double) n);
}

DhkSummary
dhk_combine_summaries (const DhkSummary *parts, size_t n_parts)
{
  DhkSummary result = { 0, NAN, NAN };
  DhkDoubleDouble mean, squares = { 0, 0 };
  bool known = true;

  for (size_t i = 0; i < n_parts; i++)
    result.n += parts[i].n;
  if (result.n == 0)
    return result;
  mean = combined_mean (parts, n_parts, result.n);
  for (size_t i = 0; i < n_parts; i++)
    {
      double d = dhk_dd_deviation (parts[i].mean, mean), n = (double) parts[i].n;

      if (parts[i].n == 0)
        continue;
      squares = dhk_dd_add_product (squares, n * d, d);
      if (parts[i].n < 2)
        continue;
      known = known && parts[i].sd >= 0;
      squares = dhk_dd_add_product (squares, (n - 1) * parts[i].sd, parts[i].sd);
    }
  result.mean = dhk_dd_value (mean);
  if (known && result.n >= 2)
    result.sd = sqrt (dhk_dd_value (squares) / (double) (result.n - 1));
  return result;
}
