/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Games and Howell's procedure: Welch's t test of each pair, held against the
 * studentized range of all groups. Each pair has degrees of freedom of its own.
 */

#include "stats/dhk-posthoc-private.h"
#include "stats/dhk-studentized-range.h"

/* Pairs whose degrees of freedom are within this ratio share their quadrature. */
#define SHARED_DF_RATIO 16

static bool
is_compared (const DhkGroupMoments *group)
{
  return group->n > 1;
}

/* Fills se and df with Welch's. */
static DhkStatsStatus
welch_pair (DhkPair *pair, const DhkGroupMoments *a, const DhkGroupMoments *b)
{
  double df_a = (double) a->n - 1, df_b = (double) b->n - 1;
  double v_a, v_b, share_a, share_b;

  if (a->n == 0 || b->n == 0)
    return DHK_STATS_NO_DATA;
  pair->difference = dhk_group_moments_subtract (a, b);
  if (!is_compared (a) || !is_compared (b))
    return DHK_STATS_TOO_FEW;

  v_a = a->squares / df_a / (double) a->n;
  v_b = b->squares / df_b / (double) b->n;
  if (!(v_a + v_b > 0))
    return DHK_STATS_NO_VARIANCE;
  share_a = v_a / (v_a + v_b);
  share_b = v_b / (v_a + v_b);
  pair->se = sqrt (v_a + v_b);
  /* never below the smaller df, which rounding must not undo */
  pair->df = fmax (1 / (share_a * share_a / df_a + share_b * share_b / df_b), fmin (df_a, df_b));
  dhk_pair_test (pair);
  return DHK_STATS_OK;
}

/* Concludes the pairs whose df lie from `lowest` up to `highest`. */
static void
conclude_between (DhkPair *pairs,
                  size_t n_pairs,
                  double lowest,
                  double highest,
                  DhkStudentizedRange *range,
                  double confidence)
{
  for (size_t i = 0; i < n_pairs; i++)
    if (pairs[i].status == DHK_STATS_OK && pairs[i].df > lowest && pairs[i].df <= highest)
      {
        dhk_studentized_range_set_df (range, pairs[i].df);
        dhk_pair_conclude (&pairs[i], dhk_studentized_range_upper (range, pairs[i].q),
                           dhk_studentized_range_quantile (range, confidence) / M_SQRT2,
                           confidence);
      }
}

void
dhk_games_howell_compare (const DhkGroupMoments *groups,
                          size_t n_groups,
                          double confidence,
                          DhkPair *pairs,
                          size_t *n_used)
{
  size_t n_pairs = dhk_pair_count (n_groups);
  double highest = INFINITY;
  DhkStudentizedRange range;

  *n_used = 0;
  for (size_t g = 0; g < n_groups; g++)
    *n_used += is_compared (&groups[g]);
  for (size_t i = 0; i < n_pairs; i++)
    pairs[i].status = welch_pair (&pairs[i], &groups[pairs[i].a], &groups[pairs[i].b]);

  for (;;)
    {
      double largest = 0;

      for (size_t i = 0; i < n_pairs; i++)
        if (pairs[i].status == DHK_STATS_OK && pairs[i].df <= highest && pairs[i].df > largest)
          largest = pairs[i].df;
      if (!(largest > 0) || !dhk_studentized_range_init (&range, (int) *n_used, largest))
        return;
      conclude_between (pairs, n_pairs, largest / SHARED_DF_RATIO, largest, &range, confidence);
      highest = largest / SHARED_DF_RATIO;
    }
}
