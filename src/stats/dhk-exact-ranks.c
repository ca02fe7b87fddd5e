/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-exact-ranks.h"

#include <math.h>
#include <stdlib.h>

/* additions, a second or so */
#define MOST_WORK 1e9
/* 2^n must stay a double */
#define MOST_SIGNS 1000

static DhkExactTails
tails_undefined (DhkStatsStatus status)
{
  return (DhkExactTails){ status, NAN, NAN, NAN };
}

static size_t
greatest_common_divisor (size_t a, size_t b)
{
  while (b != 0)
    {
      size_t rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The ranks as whole numbers without a common offset and factor, so that the
 * sums to count are few: rank = origin + unit · score. */
typedef struct
{
  size_t *score;
  double origin;
  double unit;
} Scores;

static int
compare_sizes (const void *a, const void *b)
{
  size_t x = *(const size_t *) a, y = *(const size_t *) b;

  return (x > y) - (x < y);
}

static DhkStatsStatus
scores_init (Scores *self, const double *ranks, size_t n, double origin)
{
  size_t divisor = 0;

  self->score = calloc (n, sizeof *self->score);
  if (self->score == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    {
      self->score[i] = (size_t) (2 * (ranks[i] - origin) + 0.5);
      divisor = greatest_common_divisor (divisor, self->score[i]);
    }
  if (divisor == 0)
    divisor = 1;
  for (size_t i = 0; i < n; i++)
    self->score[i] /= divisor;
  /* small ones first keep the range of sums short for long */
  qsort (self->score, n, sizeof *self->score, compare_sizes);
  self->origin = origin;
  self->unit = (double) divisor / 2;
  return DHK_STATS_OK;
}

/* Tails of the sum `found` where count[s] of all draws give the sum s ≤ largest. */
static DhkExactTails
tails_of (const double *count, size_t largest, double found, double expected)
{
  double lower = 0, upper = 0, outside = 0, distance = fabs (found - expected), all = 0;

  for (size_t s = 0; s <= largest; s++)
    {
      double sum = (double) s;

      all += count[s];
      /* sums are whole numbers, the one found up to rounding */
      if (sum < found + 0.25)
        lower += count[s];
      if (sum > found - 0.25)
        upper += count[s];
      if (fabs (sum - expected) > distance - 1e-6)
        outside += count[s];
    }
  return (DhkExactTails){ DHK_STATS_OK, lower / all, upper / all, outside / all };
}

/* Rank sum */

/* Adds the draws that hold one more element of this score: count[k][s + score]
 * += count[k − 1][s], sizes from large to small so that none holds it twice. */
static void
add_element (double *count, size_t width, size_t size, size_t score)
{
  for (size_t k = size; k >= 1; k--)
    {
      double *restrict to = count + k * width + score;
      const double *restrict from = count + (k - 1) * width;

      for (size_t s = 0; s < width - score; s++)
        to[s] += from[s];
    }
}

DhkExactTails
dhk_exact_rank_sum (const double *ranks, size_t n, size_t size, double sum)
{
  Scores scores = { 0 };
  DhkExactTails result;
  size_t largest = 0, total = 0;
  double *count = NULL, smallest = INFINITY, found;

  if (size < 1 || size >= n)
    return tails_undefined (DHK_STATS_BAD_ARGUMENT);
  if ((double) n * (double) size * (double) size > MOST_WORK)
    return tails_undefined (DHK_STATS_TOO_LARGE);
  for (size_t i = 0; i < n; i++)
    smallest = fmin (smallest, ranks[i]);
  if (scores_init (&scores, ranks, n, smallest) != DHK_STATS_OK)
    return tails_undefined (DHK_STATS_NO_MEMORY);
  for (size_t i = 0; i < n; i++)
    {
      total += scores.score[i];
      largest += i >= n - size ? scores.score[i] : 0;
    }

  result = tails_undefined (DHK_STATS_TOO_LARGE);
  if ((double) n * (double) size * (double) (largest + 1) <= MOST_WORK)
    {
      result = tails_undefined (DHK_STATS_NO_MEMORY);
      count = calloc ((largest + 1) * (size + 1), sizeof *count);
    }
  if (count != NULL)
    {
      count[0] = 1;
      for (size_t i = 0; i < n; i++)
        add_element (count, largest + 1, i + 1 < size ? i + 1 : size, scores.score[i]);
      found = (sum - (double) size * scores.origin) / scores.unit;
      result = tails_of (count + size * (largest + 1), largest, found,
                         (double) size * (double) total / (double) n);
    }
  free (count);
  free (scores.score);
  return result;
}

/* Signed rank */

DhkExactTails
dhk_exact_signed_rank (const double *ranks, size_t n, double sum)
{
  Scores scores = { 0 };
  DhkExactTails result;
  size_t largest = 0;
  double *count;

  if (n < 1)
    return tails_undefined (DHK_STATS_BAD_ARGUMENT);
  if (n > MOST_SIGNS)
    return tails_undefined (DHK_STATS_TOO_LARGE);
  if (scores_init (&scores, ranks, n, 0) != DHK_STATS_OK)
    return tails_undefined (DHK_STATS_NO_MEMORY);
  for (size_t i = 0; i < n; i++)
    largest += scores.score[i];

  result = tails_undefined (DHK_STATS_NO_MEMORY);
  count = calloc (largest + 1, sizeof *count);
  if (count != NULL)
    {
      size_t reached = 0;

      count[0] = 1;
      for (size_t i = 0; i < n; i++)
        {
          reached += scores.score[i];
          for (size_t s = reached; s >= scores.score[i]; s--)
            count[s] += count[s - scores.score[i]];
        }
      result = tails_of (count, largest, sum / scores.unit, (double) largest / 2);
      result.two_sided = fmin (1, 2 * fmin (result.lower, result.upper));
    }
  free (count);
  free (scores.score);
  return result;
}
