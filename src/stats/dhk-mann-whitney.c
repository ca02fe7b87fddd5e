/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-mann-whitney.h"

#include "stats/dhk-exact-ranks.h"
#include "stats/dhk-rank-test-private.h"
#include "stats/dhk-ranks.h"

#include <math.h>
#include <stdlib.h>

static DhkMannWhitney
mann_whitney_undefined (DhkStatsStatus status, DhkRankMethod method, double confidence)
{
  return (DhkMannWhitney){ .status = status,
                           .method = method,
                           .rank_sum_a = NAN,
                           .rank_sum_b = NAN,
                           .mean_rank_a = NAN,
                           .mean_rank_b = NAN,
                           .u_a = NAN,
                           .u_b = NAN,
                           .u = NAN,
                           .p = NAN,
                           .normal = { status, NAN, NAN, NAN, NAN, NAN },
                           .exact = { status, NAN, NAN, NAN },
                           .superiority = NAN,
                           .rank_biserial = NAN,
                           .rank_biserial_ci = dhk_interval_undefined (status, confidence) };
}

/* The valid values of a column, put behind what is there. */
static size_t
append (double *values, const double *column, size_t n)
{
  size_t n_valid = 0;

  for (size_t i = 0; i < n; i++)
    if (!isnan (column[i]))
      values[n_valid++] = column[i];
  return n_valid;
}

/* `ranks` holds those of a, then those of b. */
static DhkRankExact
compute_exact (const DhkMannWhitney *self, const double *ranks)
{
  bool a_is_smaller = self->n_a <= self->n_b;
  DhkExactTails tails
      = dhk_exact_rank_sum (ranks, self->n_a + self->n_b, a_is_smaller ? self->n_a : self->n_b,
                            a_is_smaller ? self->rank_sum_a : self->rank_sum_b);

  return (DhkRankExact){ tails.status, tails.two_sided, a_is_smaller ? tails.upper : tails.lower,
                         a_is_smaller ? tails.lower : tails.upper };
}

static void
sum_ranks (DhkMannWhitney *self, const double *ranks)
{
  double n_a = (double) self->n_a, n_b = (double) self->n_b;

  /* multiples of one half: these sums are exact */
  self->rank_sum_a = self->rank_sum_b = 0;
  for (size_t i = 0; i < self->n_a; i++)
    self->rank_sum_a += ranks[i];
  for (size_t i = self->n_a; i < self->n_a + self->n_b; i++)
    self->rank_sum_b += ranks[i];
  self->mean_rank_a = self->rank_sum_a / n_a;
  self->mean_rank_b = self->rank_sum_b / n_b;
  self->u_a = self->rank_sum_a - n_a * (n_a + 1) / 2;
  self->u_b = self->rank_sum_b - n_b * (n_b + 1) / 2;
  self->u = fmin (self->u_a, self->u_b);
  self->superiority = self->u_a / (n_a * n_b);
  self->rank_biserial = (self->u_a - self->u_b) / (n_a * n_b);
}

static void
test_ranks (DhkMannWhitney *self, const double *ranks, const DhkTies *ties, double confidence)
{
  double n_a = (double) self->n_a, n_b = (double) self->n_b, n = n_a + n_b;
  bool small = self->n_a < DHK_RANK_EXACT_BELOW && self->n_b < DHK_RANK_EXACT_BELOW;

  sum_ranks (self, ranks);
  self->n_ties = ties->n_ties;
  self->rank_biserial_ci = dhk_rank_biserial_interval (
      self->rank_biserial, sqrt ((n + 1) / (3 * n_a * n_b)), confidence);
  self->normal = dhk_rank_normal ((self->u_a - self->u_b) / 2,
                                  sqrt (n_a * n_b * (n + 1) / 12 * ties->share), n);
  self->exact.status = ties->largest == ties->n ? DHK_STATS_NO_VARIANCE : DHK_STATS_TOO_LARGE;
  if (ties->largest < ties->n && (small || self->method == DHK_RANK_EXACT))
    self->exact = compute_exact (self, ranks);
  if (self->method == DHK_RANK_AUTO)
    self->method = small ? DHK_RANK_EXACT : DHK_RANK_NORMAL;

  if (self->method == DHK_RANK_EXACT)
    {
      self->status = self->exact.status;
      self->p = self->exact.p;
    }
  else
    {
      self->status = self->normal.status;
      self->p = self->continuity ? self->normal.p_corrected : self->normal.p;
    }
}

DhkMannWhitney
dhk_mann_whitney (DhkRankMethod method,
                  bool continuity,
                  const double *a,
                  size_t n_a,
                  const double *b,
                  size_t n_b,
                  double confidence)
{
  DhkMannWhitney result = mann_whitney_undefined (DHK_STATS_OK, method, confidence);
  DhkStatsStatus status = DHK_STATS_OK;
  DhkTies ties;
  double *ranks;

  if (!dhk_confidence_is_valid (confidence) || (unsigned) method > DHK_RANK_NORMAL)
    return mann_whitney_undefined (DHK_STATS_BAD_ARGUMENT, DHK_RANK_AUTO, confidence);
  ranks = n_a > (size_t) -1 - n_b - 1 ? NULL : calloc (n_a + n_b + 1, sizeof *ranks);
  if (ranks == NULL)
    return mann_whitney_undefined (DHK_STATS_NO_MEMORY, method, confidence);
  result.continuity = continuity;
  result.n_a = append (ranks, a, n_a);
  result.n_b = append (ranks + result.n_a, b, n_b);
  if (result.n_a == 0 || result.n_b == 0)
    status = DHK_STATS_NO_DATA;
  else
    status = dhk_ranks_compute (ranks, result.n_a + result.n_b, ranks, &ties);
  if (status == DHK_STATS_OK)
    test_ranks (&result, ranks, &ties, confidence);
  else
    {
      size_t found_a = result.n_a, found_b = result.n_b;

      result = mann_whitney_undefined (status, method, confidence);
      result.continuity = continuity;
      result.n_a = found_a;
      result.n_b = found_b;
    }
  free (ranks);
  return result;
}
