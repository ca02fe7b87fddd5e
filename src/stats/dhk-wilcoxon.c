/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-wilcoxon.h"

#include "stats/dhk-exact-ranks.h"
#include "stats/dhk-rank-test-private.h"
#include "stats/dhk-ranks.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static DhkWilcoxon
wilcoxon_undefined (DhkStatsStatus status, DhkRankMethod method, double confidence)
{
  return (DhkWilcoxon){ .status = status,
                        .method = method,
                        .w_plus = NAN,
                        .w_minus = NAN,
                        .p = NAN,
                        .normal = { status, NAN, NAN, NAN, NAN, NAN },
                        .exact = { status, NAN, NAN, NAN },
                        .rank_biserial = NAN,
                        .rank_biserial_ci = dhk_interval_undefined (status, confidence) };
}

typedef struct
{
  double *size;     /* |a − b| of the pairs that differ; then its rank */
  double *rounding; /* what a − b may be off by the rounding of a and b */
  bool *positive;
  DhkSortItem *items; /* twice n */
} Differences;

static void
differences_clear (Differences *self)
{
  free (self->size);
  free (self->rounding);
  free (self->positive);
  free (self->items);
}

static bool
differences_init (Differences *self, size_t n)
{
  *self = (Differences){ calloc (n + 1, sizeof (double)), calloc (n + 1, sizeof (double)),
                         calloc (n + 1, sizeof (bool)), calloc (n + 1, 2 * sizeof (DhkSortItem)) };
  return self->size != NULL && self->rounding != NULL && self->positive != NULL
         && self->items != NULL;
}

/* Counts the pairs and keeps those that differ; false where one is infinite. */
static bool
find_differences (
    DhkWilcoxon *self, Differences *differences, const double *a, const double *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      double d = a[i] - b[i];
      double rounding = DBL_EPSILON * fmax (fabs (a[i]), fabs (b[i]));

      if (isnan (a[i]) || isnan (b[i]))
        {
          self->n_missing++;
          continue;
        }
      if (!isfinite (d))
        return false;
      if (fabs (d) <= rounding)
        {
          self->n_zeros++;
          continue;
        }
      differences->size[self->n] = fabs (d);
      differences->rounding[self->n] = rounding;
      differences->positive[self->n] = d > 0;
      self->n++;
      if (d > 0)
        self->n_positive++;
      else
        self->n_negative++;
    }
  return true;
}

/* Makes sizes equal that differ by rounding only. */
static void
join_ties (Differences *self, size_t n)
{
  double first = -INFINITY, rounding = 0;

  for (size_t i = 0; i < n; i++)
    self->items[i] = (DhkSortItem){ dhk_sort_key (self->size[i]), i };
  dhk_sort_items (self->items, self->items + n, n);
  for (size_t i = 0; i < n; i++)
    {
      double *size = &self->size[self->items[i].index];
      double own = self->rounding[self->items[i].index];

      if (*size - first <= own + rounding)
        *size = first;
      else
        {
          first = *size;
          rounding = own;
        }
    }
}

static void
test_ranks (DhkWilcoxon *self, const Differences *differences, const DhkTies *ties)
{
  double n = (double) self->n, all = n * (n + 1) / 2;
  double variance = n * (n + 1) * (2 * n + 1) / 24;
  bool small = self->n < DHK_RANK_EXACT_BELOW;

  self->w_plus = self->w_minus = 0;
  for (size_t i = 0; i < self->n; i++)
    *(differences->positive[i] ? &self->w_plus : &self->w_minus) += differences->size[i];
  self->n_ties = ties->n_ties;
  self->rank_biserial = (self->w_plus - self->w_minus) / all;
  /* the SD of (W⁺ − W⁻) / all under the null hypothesis, without ties */
  self->rank_biserial_ci = dhk_rank_biserial_interval (
      self->rank_biserial, 2 * sqrt (variance) / all, self->rank_biserial_ci.confidence);
  self->normal
      = dhk_rank_normal ((self->w_plus - self->w_minus) / 2, sqrt (variance - ties->cubes / 48), n);
  self->exact.status = DHK_STATS_TOO_LARGE;
  if (small || self->method == DHK_RANK_EXACT)
    {
      DhkExactTails tails = dhk_exact_signed_rank (differences->size, self->n, self->w_plus);

      self->exact = (DhkRankExact){ tails.status, tails.two_sided, tails.upper, tails.lower };
    }
  if (self->method == DHK_RANK_AUTO)
    self->method = small ? DHK_RANK_EXACT : DHK_RANK_NORMAL;
  self->status = self->method == DHK_RANK_EXACT ? self->exact.status : self->normal.status;
  self->p = self->method == DHK_RANK_EXACT ? self->exact.p
            : self->continuity             ? self->normal.p_corrected
                                           : self->normal.p;
}

DhkWilcoxon
dhk_wilcoxon (DhkRankMethod method,
              bool continuity,
              const double *a,
              const double *b,
              size_t n,
              double confidence)
{
  DhkWilcoxon result = wilcoxon_undefined (DHK_STATS_NOT_FINITE, method, confidence);
  DhkStatsStatus status = DHK_STATS_OK;
  Differences differences;
  DhkTies ties;

  if (!dhk_confidence_is_valid (confidence) || (unsigned) method > DHK_RANK_NORMAL)
    return wilcoxon_undefined (DHK_STATS_BAD_ARGUMENT, DHK_RANK_AUTO, confidence);
  result.continuity = continuity;
  if (!differences_init (&differences, n))
    status = DHK_STATS_NO_MEMORY;
  else if (!find_differences (&result, &differences, a, b, n))
    status = DHK_STATS_NOT_FINITE;
  else if (result.n == 0)
    status = result.n_zeros > 0 ? DHK_STATS_NO_DIFFERENCES : DHK_STATS_NO_DATA;
  else
    {
      join_ties (&differences, result.n);
      status = dhk_ranks_compute (differences.size, result.n, differences.size, &ties);
    }

  result.status = result.normal.status = result.exact.status = status;
  result.rank_biserial_ci.status = status;
  if (status == DHK_STATS_OK)
    test_ranks (&result, &differences, &ties);
  differences_clear (&differences);
  return result;
}
