/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-dunnett.h"

#include "stats/dhk-many-to-one.h"
#include "stats/dhk-posthoc-private.h"

#include <stdlib.h>

static void
pairs_init (DhkPair *pairs, size_t n_groups, DhkStatsStatus status, double confidence)
{
  for (size_t g = 1; g < n_groups; g++)
    pairs[g - 1] = dhk_pair_undefined (status, g, 0, confidence);
}

static DhkStatsStatus
compare (const DhkGroupMoments *groups,
         size_t n_groups,
         const DhkPool *pool,
         double confidence,
         DhkPair *pairs)
{
  DhkManyToOne distribution;
  size_t *sizes = calloc (n_groups, sizeof *sizes);
  size_t n_used = 0;
  double critical;

  if (sizes == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t g = 1; g < n_groups; g++)
    if (groups[g].n > 0)
      sizes[n_used++] = groups[g].n;
  dhk_many_to_one_init (&distribution, groups[0].n, sizes, n_used, pool->df);
  free (sizes);

  critical = dhk_many_to_one_quantile (&distribution, confidence);
  for (size_t i = 0; i < n_groups - 1; i++)
    if (pairs[i].status == DHK_STATS_OK)
      {
        pairs[i].se = sqrt (pool->mse * (1 / (double) groups[i + 1].n + 1 / (double) groups[0].n));
        pairs[i].df = pool->df;
        dhk_pair_test (&pairs[i]);
        dhk_pair_conclude (&pairs[i], dhk_many_to_one_upper (&distribution, fabs (pairs[i].t)),
                           critical, confidence);
      }
  return DHK_STATS_OK;
}

static DhkPool
check (const DhkGroupMoments *groups, DhkStatsStatus status, size_t n_groups, double confidence)
{
  DhkPool pool = { groups == NULL ? DHK_STATS_NO_MEMORY : status, 0, 0, NAN, NAN };

  if (!dhk_confidence_is_valid (confidence))
    pool.status = DHK_STATS_BAD_ARGUMENT;
  if (pool.status != DHK_STATS_OK)
    return pool;
  pool = dhk_group_moments_pool (groups, n_groups);
  if (pool.n_groups > DHK_MANY_TO_ONE_MAX_GROUPS + 1)
    pool.status = DHK_STATS_BAD_ARGUMENT;
  else if (n_groups == 0 || groups[0].n == 0)
    pool.status = DHK_STATS_NO_DATA;
  return pool;
}

static DhkDunnett
dunnett (const DhkGroupMoments *groups,
         DhkStatsStatus status,
         size_t n_groups,
         double confidence,
         DhkPair *pairs)
{
  DhkPool pool = check (groups, status, n_groups, confidence);
  bool known = pool.status == DHK_STATS_OK || pool.status == DHK_STATS_NO_VARIANCE;
  DhkDunnett result = { .status = pool.status,
                        .n = pool.n,
                        .n_groups = pool.n_groups,
                        .alpha = 1 - confidence,
                        .pooled_status = known ? DHK_STATS_OK : pool.status,
                        .pooled_mse = known ? pool.mse : NAN,
                        .pooled_df = known ? pool.df : NAN };

  pairs_init (pairs, n_groups, pool.status, confidence);
  if (!known && pool.status != DHK_STATS_TOO_FEW)
    return result;
  for (size_t g = 1; g < n_groups; g++)
    {
      if (groups[g].n == 0)
        pairs[g - 1] = dhk_pair_undefined (DHK_STATS_NO_DATA, g, 0, confidence);
      else
        pairs[g - 1].difference = dhk_group_moments_subtract (&groups[g], &groups[0]);
    }
  if (pool.status == DHK_STATS_OK)
    result.status = compare (groups, n_groups, &pool, confidence, pairs);
  return result;
}

DhkDunnett
dhk_dunnett (const double *values,
             const int *group,
             size_t n,
             size_t n_groups,
             double confidence,
             DhkPair *pairs)
{
  DhkStatsStatus status;
  DhkGroupMoments *groups = dhk_group_moments_gather (values, group, n, n_groups, &status);
  DhkDunnett result = dunnett (groups, status, n_groups, confidence, pairs);

  free (groups);
  return result;
}

DhkDunnett
dhk_dunnett_from_summary (const DhkSummary *summaries,
                          size_t n_groups,
                          double confidence,
                          DhkPair *pairs)
{
  DhkStatsStatus status;
  DhkGroupMoments *groups = dhk_group_moments_from_summaries (summaries, n_groups, &status);
  DhkDunnett result = dunnett (groups, status, n_groups, confidence, pairs);

  free (groups);
  return result;
}
