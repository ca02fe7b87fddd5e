/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-split-half.h"

#include "stats/dhk-covariance.h"

#include <math.h>

const char *const dhk_split_names[] = { "first-half", "odd-even", NULL };

/* Sums of the blocks of the covariance matrix. */
typedef struct
{
  double a; /* variance of the first half */
  double b;
  double between; /* their covariance */
  double trace_a;
  double trace_b;
  double size_a; /* of the terms: what rounding is held against */
  double size_b;
} Blocks;

static bool
is_in_first (DhkSplit split, size_t item, size_t n_items)
{
  return split == DHK_SPLIT_ODD_EVEN ? item % 2 == 0 : item < (n_items + 1) / 2;
}

static Blocks
sum_blocks (const double *c, size_t k, DhkSplit split)
{
  Blocks sums = { 0, 0, 0, 0, 0, 0, 0 };

  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++)
      {
        double x = c[j + i * k];
        bool first = is_in_first (split, i, k);

        if (first != is_in_first (split, j, k))
          sums.between += x / 2;
        else if (first)
          {
            sums.a += x;
            sums.size_a += fabs (x);
            sums.trace_a += i == j ? x : 0;
          }
        else
          {
            sums.b += x;
            sums.size_b += fabs (x);
            sums.trace_b += i == j ? x : 0;
          }
      }
  return sums;
}

static void
describe_half (DhkHalf *half, double variance, double trace, double size)
{
  double k = (double) half->n_items;
  DhkStatsStatus status = dhk_covariance_check_variance (variance, size);

  if (status == DHK_STATS_INDEFINITE)
    half->status = half->cronbach.status = status;
  else
    half->sd = status == DHK_STATS_OK ? sqrt (variance) : 0;
  half->cronbach.status = half->n_items < 2 ? DHK_STATS_TOO_FEW_ITEMS : status;
  if (half->cronbach.status == DHK_STATS_OK)
    half->cronbach.alpha = k / (k - 1) * (1 - trace / variance);
}

static DhkHalvesCorrelation
correlate_halves (const Blocks *sums, size_t k_a, size_t k_b)
{
  DhkHalvesCorrelation result
      = { dhk_covariance_check_variance (sums->a, sums->size_a), NAN, NAN, NAN };
  double k = (double) (k_a + k_b), share = (double) k_a * (double) k_b / (k * k);
  double r;

  if (result.status == DHK_STATS_OK)
    result.status = dhk_covariance_check_variance (sums->b, sums->size_b);
  if (result.status != DHK_STATS_OK)
    return result;
  r = sums->between / (sqrt (sums->a) * sqrt (sums->b));
  if (fabs (r) > 1 + 1e-12)
    {
      result.status = DHK_STATS_INDEFINITE;
      return result;
    }
  r = fmax (-1, fmin (1, r));
  if (1 + r < 1e-14)
    {
      result.status = DHK_STATS_NO_VARIANCE;
      return result;
    }
  result.r = r;
  result.spearman_brown = 2 * r / (1 + r);
  result.spearman_brown_horst = 2 * r / (r + sqrt (r * r + 4 * (1 - r * r) * share));
  return result;
}

static void
set_undefined (DhkSplitHalf *self, DhkStatsStatus status)
{
  self->status = status;
  self->halves.status = status;
  self->a.status = self->a.cronbach.status = status;
  self->b.status = self->b.cronbach.status = status;
}

static void
compute (DhkSplitHalf *self, const DhkCovariance *c)
{
  Blocks sums = sum_blocks (c->covariances, c->n_columns, self->split);
  double total = sums.a + sums.b + 2 * sums.between;

  self->a.mean = self->b.mean = 0;
  for (size_t i = 0; i < c->n_columns; i++)
    if (is_in_first (self->split, i, c->n_columns))
      self->a.mean += c->means[i];
    else
      self->b.mean += c->means[i];
  describe_half (&self->a, sums.a, sums.trace_a, sums.size_a);
  describe_half (&self->b, sums.b, sums.trace_b, sums.size_b);
  self->status = dhk_covariance_check_variance (total, sums.size_a + sums.size_b);
  self->halves = correlate_halves (&sums, self->a.n_items, self->b.n_items);
  if (self->status == DHK_STATS_OK)
    self->guttman = 2 * (1 - (sums.a + sums.b) / total);
}

DhkSplitHalf
dhk_split_half (
    const double *const *items, size_t n_items, size_t n, DhkSplit split, DhkDeletion missing)
{
  DhkHalf none = { 0, DHK_STATS_OK, NAN, NAN, { DHK_STATS_OK, NAN } };
  DhkSplitHalf result = {
    DHK_STATS_OK, split, missing, n_items, 0, 0, NAN, none, none, { DHK_STATS_OK, NAN, NAN, NAN }
  };
  DhkCovariance c;
  DhkStatsStatus status;

  for (size_t i = 0; i < n_items; i++)
    if (is_in_first (split, i, n_items))
      result.a.n_items++;
    else
      result.b.n_items++;
  if (n_items < 2)
    {
      set_undefined (&result, DHK_STATS_TOO_FEW_ITEMS);
      return result;
    }
  status = dhk_covariance_init (&c, items, n_items, n, missing);
  result.n = c.n;
  result.n_missing = c.n_missing;
  if (status == DHK_STATS_OK)
    compute (&result, &c);
  else
    set_undefined (&result, status);
  dhk_covariance_clear (&c);
  return result;
}
