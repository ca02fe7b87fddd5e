/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-moments.h"
#include "stats/dhk-posthoc-private.h"

#include <stdlib.h>

/* Sorts the valid values by group into `sorted`; `end[g]` is where group g
 * begins, and afterwards where it ends. */
static void
sort_by_group (
    const double *values, const int *group, size_t n, size_t n_groups, double *sorted, size_t *end)
{
  size_t sum = 0;

  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]))
      end[group[i]]++;
  for (size_t g = 0; g < n_groups; g++)
    {
      size_t n_here = end[g];

      end[g] = sum;
      sum += n_here;
    }
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && !isnan (values[i]))
      sorted[end[group[i]]++] = values[i];
}

DhkGroupMoments *
dhk_group_moments_gather (
    const double *values, const int *group, size_t n, size_t n_groups, DhkStatsStatus *status)
{
  DhkGroupMoments *result = calloc (n_groups > 0 ? n_groups : 1, sizeof *result);
  double *sorted = calloc (n > 0 ? n : 1, sizeof *sorted);
  size_t *end = calloc (n_groups > 0 ? n_groups : 1, sizeof *end);
  size_t start = 0;

  *status = DHK_STATS_OK;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && (size_t) group[i] >= n_groups)
      *status = DHK_STATS_BAD_ARGUMENT;
  if (result == NULL || sorted == NULL || end == NULL)
    {
      free (result);
      result = NULL;
    }
  else if (*status == DHK_STATS_OK)
    {
      sort_by_group (values, group, n, n_groups, sorted, end);
      for (size_t g = 0; g < n_groups; g++)
        {
          DhkMoments moments = dhk_moments_compute (sorted + start, end[g] - start);

          start = end[g];
          if (moments.n == 0)
            continue;
          if (!moments.finite)
            *status = DHK_STATS_NOT_FINITE;
          result[g] = (DhkGroupMoments){ moments.n, moments.mean, dhk_dd_value (moments.squares) };
          /* the mean of equal values is that value, without the sum's rounding */
          if (!dhk_moments_vary (&moments))
            result[g].mean = (DhkDoubleDouble){ moments.min, 0 };
        }
    }
  free (sorted);
  free (end);
  return result;
}

DhkGroupMoments *
dhk_group_moments_from_summaries (const DhkSummary *summaries,
                                  size_t n_groups,
                                  DhkStatsStatus *status)
{
  DhkGroupMoments *result = calloc (n_groups > 0 ? n_groups : 1, sizeof *result);

  *status = DHK_STATS_OK;
  for (size_t g = 0; result != NULL && g < n_groups; g++)
    {
      const DhkSummary *summary = &summaries[g];

      if (summary->n == 0)
        continue;
      result[g] = (DhkGroupMoments){ summary->n, { summary->mean, 0 }, 0 };
      if (summary->n > 1)
        result[g].squares = (double) (summary->n - 1) * summary->sd * summary->sd;
      if (summary->n > 1 && summary->sd < 0)
        *status = DHK_STATS_BAD_ARGUMENT;
      else if (*status == DHK_STATS_OK
               && (!isfinite (summary->mean) || !isfinite (result[g].squares)))
        *status = DHK_STATS_NOT_FINITE;
    }
  return result;
}

DhkPool
dhk_group_moments_pool (const DhkGroupMoments *groups, size_t n_groups)
{
  DhkPool pool = { DHK_STATS_OK, 0, 0, NAN, NAN };
  DhkDoubleDouble squares = { 0, 0 };
  bool finite = true;

  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        pool.n += groups[g].n;
        pool.n_groups++;
        squares = dhk_dd_add (squares, groups[g].squares);
        /* no difference of two means may overflow */
        finite = finite && isfinite (2 * dhk_dd_value (groups[g].mean));
      }
  if (pool.n_groups < 2)
    pool.status = pool.n == 0 ? DHK_STATS_NO_DATA : DHK_STATS_TOO_FEW_GROUPS;
  else if (!finite || !isfinite (dhk_dd_value (squares)))
    pool.status = DHK_STATS_NOT_FINITE;
  if (pool.status != DHK_STATS_OK)
    return pool;

  pool.df = (double) (pool.n - pool.n_groups);
  if (pool.df < 1)
    pool.status = DHK_STATS_TOO_FEW;
  else
    {
      pool.mse = dhk_dd_value (squares) / pool.df;
      pool.status = pool.mse > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
    }
  return pool;
}

double
dhk_group_moments_subtract (const DhkGroupMoments *a, const DhkGroupMoments *b)
{
  return dhk_dd_value (dhk_dd_add_dd (a->mean, dhk_dd_negate (b->mean)));
}
