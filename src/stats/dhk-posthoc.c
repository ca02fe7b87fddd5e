/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-posthoc.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-studentized-range.h"

#include <math.h>
#include <stdlib.h>

size_t
dhk_pair_count (size_t n_groups)
{
  return n_groups < 2        ? 0
         : n_groups % 2 == 0 ? n_groups / 2 * (n_groups - 1)
                             : (n_groups - 1) / 2 * n_groups;
}

/* Tukey–Kramer */

static void
pairs_init (DhkPair *pairs, size_t n_groups, DhkStatsStatus status)
{
  size_t i = 0;

  for (size_t a = 0; a < n_groups; a++)
    for (size_t b = a + 1; b < n_groups; b++)
      pairs[i++] = (DhkPair){ status, a, b, NAN, NAN, NAN, NAN, NAN, NAN };
}

static DhkStatsStatus
check_family (const DhkSummary *groups,
              size_t n_groups,
              double mse,
              double df,
              double confidence,
              size_t *n_used)
{
  *n_used = 0;
  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        ++*n_used;
        if (!isfinite (groups[g].mean))
          return DHK_STATS_NOT_FINITE;
      }
  if (!(confidence > 0 && confidence < 1) || *n_used > DHK_STUDENTIZED_RANGE_MAX_MEANS || mse < 0)
    return DHK_STATS_BAD_ARGUMENT;
  if (*n_used < 2)
    return DHK_STATS_TOO_FEW_GROUPS;
  if (!(df >= 1))
    return DHK_STATS_TOO_FEW;
  if (!isfinite (mse))
    return DHK_STATS_NOT_FINITE;
  return mse > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
}

static void
compare_pair (DhkPair *pair,
              const DhkSummary *groups,
              double mse,
              double critical,
              DhkStudentizedRange *range)
{
  const DhkSummary *a = &groups[pair->a], *b = &groups[pair->b];
  double margin;

  pair->se = sqrt (mse * (1 / (double) a->n + 1 / (double) b->n));
  pair->q = fabs (pair->difference) / (pair->se / M_SQRT2);
  pair->p = dhk_studentized_range_upper (range, pair->q);
  margin = critical * pair->se / M_SQRT2;
  pair->ci_low = pair->difference - margin;
  pair->ci_high = pair->difference + margin;
}

DhkStatsStatus
dhk_tukey_kramer (const DhkSummary *groups,
                  size_t n_groups,
                  double mse,
                  double df,
                  double confidence,
                  DhkPair *pairs)
{
  DhkStudentizedRange range;
  size_t n_used;
  DhkStatsStatus status = check_family (groups, n_groups, mse, df, confidence, &n_used);
  double critical;

  pairs_init (pairs, n_groups, status);
  if (status != DHK_STATS_OK && status != DHK_STATS_NO_VARIANCE)
    return status;

  for (size_t i = 0; i < dhk_pair_count (n_groups); i++)
    {
      const DhkSummary *a = &groups[pairs[i].a], *b = &groups[pairs[i].b];

      if (a->n == 0 || b->n == 0)
        pairs[i].status = DHK_STATS_NO_DATA;
      else
        pairs[i].difference = a->mean - b->mean;
    }
  if (status == DHK_STATS_NO_VARIANCE)
    return status;

  if (!dhk_studentized_range_init (&range, (int) n_used, df))
    return DHK_STATS_BAD_ARGUMENT;
  critical = dhk_studentized_range_quantile (&range, confidence);
  for (size_t i = 0; i < dhk_pair_count (n_groups); i++)
    if (pairs[i].status == DHK_STATS_OK)
      compare_pair (&pairs[i], groups, mse, critical, &range);
  return status;
}

/* Holm */

typedef struct
{
  double p;
  size_t place;
} RankedP;

static int
compare_ranked (const void *a, const void *b)
{
  const RankedP *x = a, *y = b;

  if (x->p < y->p)
    return -1;
  if (x->p > y->p)
    return 1;
  return (x->place > y->place) - (x->place < y->place);
}

DhkStatsStatus
dhk_holm (const double *p, size_t n, double *adjusted)
{
  RankedP *ranked;
  size_t n_tests = 0;
  double largest = 0;

  for (size_t i = 0; i < n; i++)
    if (p[i] < 0 || p[i] > 1)
      return DHK_STATS_BAD_ARGUMENT;
  ranked = calloc (n > 0 ? n : 1, sizeof *ranked);
  if (ranked == NULL)
    return DHK_STATS_NO_MEMORY;

  for (size_t i = 0; i < n; i++)
    {
      if (!isnan (p[i]))
        ranked[n_tests++] = (RankedP){ p[i], i };
      else
        adjusted[i] = NAN;
    }
  if (n_tests > 1)
    qsort (ranked, n_tests, sizeof *ranked, compare_ranked);
  for (size_t i = 0; i < n_tests; i++)
    {
      largest = fmax (largest, fmin (1, (double) (n_tests - i) * ranked[i].p));
      adjusted[ranked[i].place] = largest;
    }
  free (ranked);
  return DHK_STATS_OK;
}
