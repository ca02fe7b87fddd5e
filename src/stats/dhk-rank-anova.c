/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-rank-anova.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-ranks.h"

#include <math.h>
#include <stdlib.h>

/* Sums of ranks are multiples of one half, and exact. */

static void
clear_mean_ranks (DhkMeanRank *mean_ranks, size_t n, DhkStatsStatus status)
{
  for (size_t i = 0; mean_ranks != NULL && i < n; i++)
    mean_ranks[i] = (DhkMeanRank){ status, 0, NAN };
}

static DhkStatsStatus
rank_in_groups (
    const double *values, const int *group, size_t n, double *ranks, DhkTies *ties, size_t n_groups)
{
  for (size_t i = 0; i < n; i++)
    {
      if (group[i] >= 0 && (size_t) group[i] >= n_groups)
        return DHK_STATS_BAD_ARGUMENT;
      ranks[i] = group[i] < 0 ? NAN : values[i];
    }
  return dhk_ranks_compute (ranks, n, ranks, ties);
}

static void
finish_kruskal_wallis (DhkKruskalWallis *self, double squares, const DhkTies *ties)
{
  double n = (double) self->n, k = (double) self->n_groups;

  if (self->n_groups < 2)
    self->status = DHK_STATS_TOO_FEW_GROUPS;
  else if (self->n <= self->n_groups)
    self->status = DHK_STATS_TOO_FEW;
  else if (!(ties->share > 0))
    self->status = DHK_STATS_NO_VARIANCE;
  if (self->status != DHK_STATS_OK)
    return;
  self->h = 12 / (n * (n + 1)) * squares / ties->share;
  self->df = k - 1;
  self->p = dhk_chi_squared_upper (self->h, self->df);
  self->epsilon_squared = self->h / (n - 1);
  self->eta_squared_h = (self->h - k + 1) / (n - k);
}

DhkKruskalWallis
dhk_kruskal_wallis (
    const double *values, const int *group, size_t n, size_t n_groups, DhkMeanRank *mean_ranks)
{
  DhkKruskalWallis result = { DHK_STATS_NO_MEMORY, 0, 0, NAN, NAN, NAN, NAN, NAN };
  double *ranks = calloc (n + 1, sizeof *ranks);
  DhkMeanRank *sums = calloc (n_groups + 1, sizeof *sums);
  DhkTies ties = { 0 };
  double squares = 0;

  if (ranks != NULL && sums != NULL)
    result.status = rank_in_groups (values, group, n, ranks, &ties, n_groups);
  clear_mean_ranks (mean_ranks, n_groups,
                    result.status == DHK_STATS_OK ? DHK_STATS_NO_DATA : result.status);
  for (size_t i = 0; result.status == DHK_STATS_OK && i < n; i++)
    if (!isnan (ranks[i]))
      {
        sums[group[i]].n++;
        sums[group[i]].mean_rank += ranks[i];
      }
  for (size_t g = 0; result.status == DHK_STATS_OK && g < n_groups; g++)
    if (sums[g].n > 0)
      {
        double middle = (double) (ties.n + 1) / 2, size = (double) sums[g].n;
        /* n_g (R_g − middle), exact */
        double excess = sums[g].mean_rank - size * middle;

        result.n += sums[g].n;
        result.n_groups++;
        squares += excess * excess / size;
        if (mean_ranks != NULL)
          mean_ranks[g] = (DhkMeanRank){ DHK_STATS_OK, sums[g].n, sums[g].mean_rank / size };
      }
  free (ranks);
  free (sums);
  if (result.status == DHK_STATS_OK)
    finish_kruskal_wallis (&result, squares, &ties);
  return result;
}

/* Friedman */

static int
is_complete (const double *const *occasions, size_t k, size_t row)
{
  for (size_t j = 0; j < k; j++)
    if (isnan (occasions[j][row]))
      return 0;
  return 1;
}

/* Adds the ranks of one case to `sums`; returns Σ (t³ − t) of its ties. */
static double
add_ranks (const double *const *occasions, size_t k, size_t row, double *sums)
{
  double cubes = 0;

  for (size_t j = 0; j < k; j++)
    {
      size_t n_less = 0, n_equal = 0;

      for (size_t other = 0; other < k; other++)
        {
          n_less += occasions[other][row] < occasions[j][row];
          n_equal += !(occasions[other][row] < occasions[j][row])
                     && !(occasions[other][row] > occasions[j][row]);
        }
      sums[j] += (double) n_less + (double) (n_equal + 1) / 2;
      /* each of t members adds t² − 1 */
      cubes += (double) n_equal * (double) n_equal - 1;
    }
  return cubes;
}

static void
finish_friedman (DhkFriedman *self, double squares, double spread)
{
  double n = (double) self->n, k = (double) self->n_occasions, rest;
  DhkImanDavenport *test = &self->iman_davenport;

  self->chi_squared = 12 * squares / spread;
  self->df = k - 1;
  self->p = dhk_chi_squared_upper (self->chi_squared, self->df);
  self->kendall_w = self->chi_squared / (n * (k - 1));
  rest = (n * (k - 1) * spread - 12 * squares) / spread;
  test->status = self->n < 2 ? DHK_STATS_TOO_FEW : DHK_STATS_OK;
  if (test->status == DHK_STATS_OK && !(rest > 1e-12 * self->chi_squared))
    test->status = DHK_STATS_NO_VARIANCE;
  if (test->status != DHK_STATS_OK)
    return;
  test->f = (n - 1) * self->chi_squared / rest;
  test->df1 = k - 1;
  test->df2 = (n - 1) * (k - 1);
  test->p = dhk_f_upper (test->f, test->df1, test->df2);
}

DhkFriedman
dhk_friedman (const double *const *occasions, size_t n_occasions, size_t n, DhkMeanRank *mean_ranks)
{
  DhkFriedman result = { DHK_STATS_OK, 0,   0,
                         n_occasions,  NAN, NAN,
                         NAN,          NAN, { DHK_STATS_OK, NAN, NAN, NAN, NAN } };
  double k = (double) n_occasions, cubes = 0, squares = 0, spread;
  double *sums = calloc (n_occasions + 1, sizeof *sums);

  if (sums == NULL)
    result.status = DHK_STATS_NO_MEMORY;
  else if (n_occasions == 0)
    result.status = DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; result.status == DHK_STATS_OK && i < n; i++)
    {
      if (!is_complete (occasions, n_occasions, i))
        {
          result.n_missing++;
          continue;
        }
      result.n++;
      cubes += add_ranks (occasions, n_occasions, i, sums);
    }
  if (result.status == DHK_STATS_OK && result.n == 0)
    result.status = DHK_STATS_NO_DATA;
  clear_mean_ranks (mean_ranks, n_occasions, result.status);
  for (size_t j = 0; result.status == DHK_STATS_OK && j < n_occasions; j++)
    {
      double excess = sums[j] - (double) result.n * (k + 1) / 2;

      squares += excess * excess;
      if (mean_ranks != NULL)
        mean_ranks[j] = (DhkMeanRank){ DHK_STATS_OK, result.n, sums[j] / (double) result.n };
    }
  free (sums);
  spread = (double) result.n * k * (k + 1) - (n_occasions > 1 ? cubes / (k - 1) : 0);
  if (result.status == DHK_STATS_OK && n_occasions < 2)
    result.status = DHK_STATS_TOO_FEW_GROUPS;
  /* where every case is one tie, each adds k (k + 1): both numbers are whole */
  if (result.status == DHK_STATS_OK && !(spread > 0.5))
    result.status = DHK_STATS_NO_VARIANCE;
  result.iman_davenport.status = result.status;
  if (result.status == DHK_STATS_OK)
    finish_friedman (&result, squares, spread);
  return result;
}
