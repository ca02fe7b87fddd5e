/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-dunn.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-letters.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-ranks.h"

#include <math.h>
#include <stdlib.h>

/* What the test needs of the data */
typedef struct
{
  size_t *counts;
  double *mean_ranks; /* lent */
  DhkTies ties;
} RankedGroups;

static DhkStatsStatus
check (const double *values, const int *group, size_t n, size_t n_groups, double alpha)
{
  if (!(alpha > 0 && alpha < 1))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && (size_t) group[i] >= n_groups)
      return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && isinf (values[i]))
      return DHK_STATS_NOT_FINITE;
  return DHK_STATS_OK;
}

/* Ranks the values of all groups together. */
static DhkStatsStatus
rank_groups (RankedGroups *self, const double *values, const int *group, size_t n, size_t n_groups)
{
  double *ranks = calloc (n > 0 ? n : 1, sizeof *ranks);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  for (size_t i = 0; ranks != NULL && i < n; i++)
    ranks[i] = group[i] < 0 ? NAN : values[i];
  if (ranks != NULL)
    status = dhk_ranks_compute (ranks, n, ranks, &self->ties);
  if (status == DHK_STATS_OK)
    {
      for (size_t g = 0; g < n_groups; g++)
        self->mean_ranks[g] = 0;
      for (size_t i = 0; i < n; i++)
        if (!isnan (ranks[i]))
          {
            self->mean_ranks[group[i]] += ranks[i];
            self->counts[group[i]]++;
          }
      for (size_t g = 0; g < n_groups; g++)
        self->mean_ranks[g]
            = self->counts[g] > 0 ? self->mean_ranks[g] / (double) self->counts[g] : NAN;
    }
  free (ranks);
  return status;
}

static void
pairs_init (DhkDunnPair *pairs, size_t n_groups, DhkStatsStatus status)
{
  size_t i = 0;

  for (size_t a = 0; a < n_groups; a++)
    for (size_t b = a + 1; b < n_groups; b++)
      pairs[i++] = (DhkDunnPair){ status, a, b, NAN, NAN, NAN, NAN, NAN, false };
}

static DhkStatsStatus
compare (DhkDunn *self, const RankedGroups *ranked, DhkDunnPair *pairs, size_t n_pairs)
{
  double n = (double) self->n, variance = n * (n + 1) / 12 * ranked->ties.share;
  double *p = calloc (n_pairs, sizeof *p);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  for (size_t i = 0; p != NULL && i < n_pairs; i++)
    {
      DhkDunnPair *pair = &pairs[i];

      if (pair->status == DHK_STATS_OK)
        {
          pair->se = sqrt (
              variance
              * (1 / (double) ranked->counts[pair->a] + 1 / (double) ranked->counts[pair->b]));
          pair->z = pair->difference / pair->se;
          pair->p_unadjusted = 2 * dhk_normal_upper (fabs (pair->z));
          self->n_tests++;
        }
      p[i] = pair->p_unadjusted;
    }
  if (p != NULL)
    status = dhk_p_adjust (self->adjustment, p, n_pairs, p);
  for (size_t i = 0; status == DHK_STATS_OK && i < n_pairs; i++)
    {
      pairs[i].p = p[i];
      pairs[i].differs = p[i] < self->alpha;
    }
  free (p);
  return status;
}

static DhkStatsStatus
find_letters (const DhkDunnPair *pairs,
              const RankedGroups *ranked,
              size_t n_groups,
              uint64_t *letters,
              size_t *n_letters)
{
  size_t n_pairs = dhk_pair_count (n_groups);
  bool *differs = calloc (n_pairs + n_groups, sizeof *differs);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (differs != NULL)
    {
      for (size_t i = 0; i < n_pairs; i++)
        differs[i] = pairs[i].differs;
      for (size_t g = 0; g < n_groups; g++)
        differs[n_pairs + g] = ranked->counts[g] > 0;
      status = dhk_letters_find (differs, differs + n_pairs, ranked->mean_ranks, n_groups, letters,
                                 n_letters);
    }
  free (differs);
  return status;
}

/* With the ranks known: counts the groups, and compares them where they can be. */
static void
dunn (DhkDunn *self,
      const RankedGroups *ranked,
      size_t n_groups,
      DhkDunnPair *pairs,
      uint64_t *letters)
{
  size_t n_pairs = dhk_pair_count (n_groups);

  self->n = ranked->ties.n;
  for (size_t g = 0; g < n_groups; g++)
    self->n_groups += ranked->counts[g] > 0;
  self->status = self->n_groups < 2                       ? DHK_STATS_TOO_FEW_GROUPS
                 : ranked->ties.largest == ranked->ties.n ? DHK_STATS_NO_VARIANCE
                                                          : DHK_STATS_OK;
  self->letters_status = self->status;
  pairs_init (pairs, n_groups, self->status);
  if (self->status == DHK_STATS_TOO_FEW_GROUPS)
    return;

  for (size_t i = 0; i < n_pairs; i++)
    {
      if (ranked->counts[pairs[i].a] == 0 || ranked->counts[pairs[i].b] == 0)
        pairs[i].status = DHK_STATS_NO_DATA;
      else
        pairs[i].difference = ranked->mean_ranks[pairs[i].a] - ranked->mean_ranks[pairs[i].b];
    }
  if (self->status != DHK_STATS_OK)
    return;
  self->status = self->letters_status = compare (self, ranked, pairs, n_pairs);
  if (self->status == DHK_STATS_OK)
    self->letters_status = find_letters (pairs, ranked, n_groups, letters, &self->n_letters);
}

DhkDunn
dhk_dunn (DhkAdjustment adjustment,
          const double *values,
          const int *group,
          size_t n,
          size_t n_groups,
          double alpha,
          DhkDunnPair *pairs,
          double *mean_ranks,
          uint64_t *letters)
{
  DhkDunn result
      = { .status = check (values, group, n, n_groups, alpha), .adjustment = adjustment };
  RankedGroups ranked = { .counts = calloc (n_groups > 0 ? n_groups : 1, sizeof *ranked.counts),
                          .mean_ranks = mean_ranks };

  result.alpha = alpha;
  for (size_t g = 0; g < n_groups; g++)
    {
      letters[g] = 0;
      mean_ranks[g] = NAN;
    }
  if (ranked.counts == NULL)
    result.status = DHK_STATS_NO_MEMORY;
  if (result.status == DHK_STATS_OK)
    result.status = rank_groups (&ranked, values, group, n, n_groups);
  if (result.status == DHK_STATS_OK)
    dunn (&result, &ranked, n_groups, pairs, letters);
  else
    {
      result.letters_status = result.status;
      pairs_init (pairs, n_groups, result.status);
    }
  free (ranked.counts);
  return result;
}
