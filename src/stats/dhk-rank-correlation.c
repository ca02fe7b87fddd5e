/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-rank-correlation.h"

#include "stats/dhk-correlation.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-fisher-z.h"
#include "stats/dhk-permutation.h"
#include "stats/dhk-ranks.h"

#include <stdlib.h>

/* The ranks of the cases that have both values. */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double *x;
  double *y;
  DhkTies x_ties;
  DhkTies y_ties;
} Ranks;

static Ranks
find_ranks (const double *x, const double *y, size_t n, double confidence)
{
  Ranks self = { .status = DHK_STATS_OK };

  for (size_t i = 0; i < n; i++)
    self.n += isnan (x[i]) || isnan (y[i]) ? 0 : 1;
  if (!dhk_confidence_is_valid (confidence))
    self.status = DHK_STATS_BAD_ARGUMENT;
  else if (self.n < 3)
    self.status = self.n == 0 ? DHK_STATS_NO_DATA : DHK_STATS_TOO_FEW;
  else if ((self.x = calloc (self.n, 2 * sizeof *self.x)) == NULL)
    self.status = DHK_STATS_NO_MEMORY;
  if (self.status != DHK_STATS_OK)
    return self;

  self.y = self.x + self.n;
  for (size_t i = 0, found = 0; i < n; i++)
    if (!isnan (x[i]) && !isnan (y[i]))
      {
        self.x[found] = x[i];
        self.y[found++] = y[i];
      }
  self.status = dhk_ranks_compute (self.x, self.n, self.x, &self.x_ties);
  if (self.status == DHK_STATS_OK)
    self.status = dhk_ranks_compute (self.y, self.n, self.y, &self.y_ties);
  if (self.status == DHK_STATS_OK
      && (self.x_ties.largest == self.n || self.y_ties.largest == self.n))
    self.status = DHK_STATS_NO_VARIANCE;
  return self;
}

static int
have_ties (const Ranks *self)
{
  return self->x_ties.n_ties > 0 || self->y_ties.n_ties > 0;
}

/* Spearman */

static double
squared_differences (const Ranks *self)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < self->n; i++)
    sum = dhk_dd_add_product (sum, self->x[i] - self->y[i], self->x[i] - self->y[i]);
  return dhk_dd_value (sum);
}

static void
find_permutation_p (DhkSpearman *self, const Ranks *ranks)
{
  self->permutation_status = DHK_STATS_OK;
  if (self->n <= DHK_RANK_CORRELATION_EXACT_N)
    {
      self->permutation_p = dhk_permutation_spearman (ranks->x, ranks->y, ranks->n);
      if (isnan (self->permutation_p))
        self->permutation_status = DHK_STATS_NO_MEMORY;
    }
  else if (have_ties (ranks))
    self->permutation_status = DHK_STATS_TOO_LARGE;
  else
    {
      self->permutation_variant = DHK_PERMUTATION_EDGEWORTH;
      self->permutation_p = dhk_permutation_edgeworth (squared_differences (ranks), ranks->n);
    }
}

static void
find_intervals (DhkSpearman *self, double confidence)
{
  /* artanh ρ, right near 1 too */
  double z = asinh (self->t / sqrt (self->df));
  double freedom = (double) self->n - 3;

  if (self->n < 4)
    {
      self->fisher_ci = self->fieller_ci = self->bonett_wright_ci
          = dhk_interval_undefined (DHK_STATS_TOO_FEW, confidence);
      return;
    }
  self->fisher_ci = dhk_fisher_interval (z, sqrt (1 / freedom), confidence);
  self->fieller_ci = dhk_fisher_interval (z, sqrt (1.06 / freedom), confidence);
  self->bonett_wright_ci
      = dhk_fisher_interval (z, sqrt ((1 + self->rho * self->rho / 2) / freedom), confidence);
}

DhkSpearman
dhk_spearman (const double *x, const double *y, size_t n, double confidence)
{
  Ranks ranks = find_ranks (x, y, n, confidence);
  DhkInterval no_ci = dhk_interval_undefined (ranks.status, confidence);
  DhkSpearman result = { ranks.status,          ranks.n, NAN,   NAN,   NAN,  NAN, ranks.status,
                         DHK_PERMUTATION_EXACT, NAN,     no_ci, no_ci, no_ci };

  if (ranks.status == DHK_STATS_OK)
    {
      DhkCorrelation pearson = dhk_pearson (ranks.x, ranks.y, ranks.n, confidence);

      result.status = pearson.status;
      result.rho = pearson.r;
      result.t = pearson.t;
      result.df = pearson.df;
      result.p = pearson.p;
      find_permutation_p (&result, &ranks);
      if (result.status == DHK_STATS_OK)
        find_intervals (&result, confidence);
      else
        result.fisher_ci = result.fieller_ci = result.bonett_wright_ci
            = dhk_interval_undefined (result.status, confidence);
    }
  free (ranks.x);
  return result;
}

/* Kendall */

/* Merges the sorted halves of from[0 … n) into `to`; the pairs that change places. */
static uint64_t
merge (const uint64_t *from, size_t half, size_t n, uint64_t *to)
{
  uint64_t swaps = 0;
  size_t i = 0, j = half, k = 0;

  while (i < half && j < n)
    if (from[j] < from[i])
      {
        swaps += half - i;
        to[k++] = from[j++];
      }
    else
      to[k++] = from[i++];
  while (i < half)
    to[k++] = from[i++];
  while (j < n)
    to[k++] = from[j++];
  return swaps;
}

/* The pairs out of order; sorts. */
static uint64_t
count_inversions (uint64_t *keys, uint64_t *spare, size_t n)
{
  uint64_t swaps = 0, *from = keys, *to = spare;

  for (size_t width = 1; width < n; width *= 2)
    {
      uint64_t *swap = from;

      for (size_t start = 0; start < n; start += 2 * width)
        {
          size_t length = n - start < 2 * width ? n - start : 2 * width;

          swaps += merge (from + start, length < width ? length : width, length, to + start);
        }
      from = to;
      to = swap;
    }
  return swaps;
}

/* Pairs tied in both columns, of cases sorted by x and then by y. */
static uint64_t
count_joint_ties (const Ranks *ranks, const DhkSortItem *items)
{
  uint64_t pairs = 0, run = 0;

  for (size_t i = 1; i < ranks->n; i++)
    {
      run = items[i].key == items[i - 1].key
                    && dhk_sort_key (ranks->y[items[i].index])
                           == dhk_sort_key (ranks->y[items[i - 1].index])
                ? run + 1
                : 0;
      pairs += run;
    }
  return pairs;
}

/* Concordant minus discordant pairs, by W. R. Knight's method: NaN where memory is out. */
static double
find_score (const Ranks *ranks)
{
  size_t n = ranks->n;
  DhkSortItem *items = calloc (n, 2 * sizeof *items);
  uint64_t *keys = calloc (n, 2 * sizeof *keys), joint, discordant;

  if (items == NULL || keys == NULL)
    {
      free (items);
      free (keys);
      return NAN;
    }
  for (size_t i = 0; i < n; i++)
    items[i] = (DhkSortItem){ dhk_sort_key (ranks->y[i]), i };
  dhk_sort_items (items, items + n, n);
  for (size_t i = 0; i < n; i++)
    items[i].key = dhk_sort_key (ranks->x[items[i].index]);
  dhk_sort_items (items, items + n, n);

  joint = count_joint_ties (ranks, items);
  for (size_t i = 0; i < n; i++)
    keys[i] = dhk_sort_key (ranks->y[items[i].index]);
  discordant = count_inversions (keys, keys + n, n);
  free (items);
  free (keys);
  /* whole numbers below 2^53 */
  return (double) n * (double) (n - 1) / 2 - ranks->x_ties.pairs - ranks->y_ties.pairs
         + (double) joint - 2 * (double) discordant;
}

static void
find_exact_p (DhkKendall *self, const Ranks *ranks)
{
  self->exact_status = DHK_STATS_OK;
  if (!have_ties (ranks) && self->n <= DHK_KENDALL_EXACT_N)
    self->exact_p = dhk_permutation_kendall_untied (self->score, self->n);
  else if (self->n <= DHK_RANK_CORRELATION_EXACT_N)
    self->exact_p = dhk_permutation_kendall (ranks->x, ranks->y, self->n);
  else
    self->exact_status = DHK_STATS_TOO_LARGE;
  if (self->exact_status == DHK_STATS_OK && isnan (self->exact_p))
    self->exact_status = DHK_STATS_NO_MEMORY;
}

static void
test_score (DhkKendall *self, const Ranks *ranks)
{
  double n = (double) self->n;
  double pairs = n * (n - 1), triples = pairs * (n - 2);
  double variance = ranks->x_ties.untied_triples / triples * ranks->y_ties.untied_triples / 9
                    + ranks->x_ties.untied_pairs / pairs * ranks->y_ties.untied_pairs / 2;
  double score = fabs (self->score);

  self->z = self->score / sqrt (variance);
  self->p = fmin (1, 2 * dhk_normal_upper (fabs (self->z)));
  self->z_corrected = copysign (fmax (0, score - 1), self->score) / sqrt (variance);
  self->p_corrected = fmin (1, 2 * dhk_normal_upper (fabs (self->z_corrected)));
}

DhkKendall
dhk_kendall (const double *x, const double *y, size_t n, double confidence)
{
  Ranks ranks = find_ranks (x, y, n, confidence);
  DhkKendall result = { .status = ranks.status, .n = ranks.n };
  double score = ranks.status == DHK_STATS_OK ? find_score (&ranks) : NAN;

  if (ranks.status == DHK_STATS_OK && isnan (score))
    result.status = DHK_STATS_NO_MEMORY;
  result.tau = result.score = result.z = result.p = NAN;
  result.z_corrected = result.p_corrected = result.exact_p = NAN;
  result.exact_status = result.status;
  result.ci = dhk_interval_undefined (result.status, confidence);
  if (result.status == DHK_STATS_OK)
    {
      double x_pairs = ranks.x_ties.untied_pairs / 2, y_pairs = ranks.y_ties.untied_pairs / 2;
      double whole = sqrt (x_pairs) * sqrt (y_pairs);

      result.score = score;
      /* the root of a square is exact, that of a product of two may not be */
      result.tau = fmax (
          -1, fmin (1, x_pairs <= y_pairs && x_pairs >= y_pairs ? score / x_pairs : score / whole));
      test_score (&result, &ranks);
      find_exact_p (&result, &ranks);
      if (!(fabs (result.tau) < 1))
        result.ci.status = DHK_STATS_PERFECT_FIT;
      else if (ranks.n < 5)
        result.ci.status = DHK_STATS_TOO_FEW;
      else
        result.ci = dhk_fisher_interval (atanh (result.tau), sqrt (0.437 / ((double) ranks.n - 4)),
                                         confidence);
    }
  free (ranks.x);
  return result;
}
