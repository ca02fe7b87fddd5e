/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-permutation.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-rank-correlation.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MOST DHK_RANK_CORRELATION_EXACT_N
#define N_SETS ((size_t) 1 << MOST)

/* Twice the mid-ranks: whole numbers. */
static void
double_ranks (const double *ranks, size_t n, int *doubled)
{
  for (size_t i = 0; i < n; i++)
    doubled[i] = (int) lround (2 * ranks[i]);
}

static size_t
count_bits (size_t set)
{
  size_t count = 0;

  for (; set > 0; set &= set - 1)
    count++;
  return count;
}

/* The share of all orders whose sum is as far from the middle; scaled by n, so that the middle is
 * a whole number. */
static double
share_beyond (const double *orders, size_t n_sums, long scale, long middle, long found)
{
  long distance = labs (scale * found - middle);
  double all = 0, beyond = 0;

  for (size_t sum = 0; sum < n_sums; sum++)
    {
      all += orders[sum];
      if (labs (scale * (long) sum - middle) >= distance)
        beyond += orders[sum];
    }
  return beyond / all;
}

/* Spearman */

double
dhk_permutation_spearman (const double *x, const double *y, size_t n)
{
  int a[MOST], b[MOST];
  long sum_a = 0, sum_b = 0, found = 0;
  size_t n_sums = 1;
  double *orders, p;

  double_ranks (x, n, a);
  double_ranks (y, n, b);
  for (size_t i = 0; i < n; i++)
    {
      sum_a += a[i];
      sum_b += b[i];
      found += (long) a[i] * b[i];
    }
  n_sums += 4 * n * (n + 1) * (2 * n + 1) / 6; /* Cauchy and Schwarz: Σ (2i)² is the most */
  orders = calloc (((size_t) 1 << n) * n_sums, sizeof *orders);
  if (orders == NULL)
    return NAN;

  orders[0] = 1;
  for (size_t set = 0; set + 1 < (size_t) 1 << n; set++)
    {
      const double *from = orders + set * n_sums;
      int rank = a[count_bits (set)];

      for (size_t j = 0; j < n; j++)
        if ((set >> j & 1) == 0)
          {
            size_t product = (size_t) (rank * b[j]);
            double *to = orders + (set | (size_t) 1 << j) * n_sums + product;

            for (size_t sum = 0; sum + product < n_sums; sum++)
              to[sum] += from[sum];
          }
    }
  p = share_beyond (orders + (((size_t) 1 << n) - 1) * n_sums, n_sums, (long) n, sum_a * sum_b,
                    found);
  free (orders);
  return p;
}

double
dhk_permutation_edgeworth (double d2, size_t n)
{
  double cases = (double) n, b = 1 / cases;
  double cube = cases * (cases * cases - 1);
  bool upper = d2 > cube / 6;
  /* a continuity correction of one on the scale of Σd², whose steps are two */
  double x = (6 * (upper ? d2 - 1 : d2 + 1) / cube - 1) * sqrt (cases - 1);
  double y = x * x, u, tail;

  u = x * b
      * (0.2274 + b * (0.2531 + 0.1745 * b) + y * (-0.0758 + b * (0.1033 + 0.3932 * b))
         - y * y * b
               * (0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))));
  u *= exp (-y / 2);
  tail = upper ? u + dhk_normal_upper (x) : dhk_normal_upper (-x) - u;
  return fmin (1, 2 * fmax (0, tail));
}

/* Kendall */

/* Concordant minus discordant pairs of the set before and the set added behind it. */
static int
score_between (size_t before, size_t added, const int *b, size_t n)
{
  int score = 0;

  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      if ((before >> i & 1) != 0 && (added >> j & 1) != 0)
        score += (b[j] > b[i]) - (b[j] < b[i]);
  return score;
}

static int
compare_numbers (const void *a, const void *b)
{
  int x = *(const int *) a, y = *(const int *) b;

  return (x > y) - (x < y);
}

/* Adds `size` cases of equal x behind every set of `used` cases. */
static void
add_equals (double *orders, size_t n_sums, const int *b, size_t n, size_t used, size_t size)
{
  size_t whole = ((size_t) 1 << n) - 1;

  for (size_t set = 0; set <= whole; set++)
    {
      size_t rest = whole & ~set;

      if (count_bits (set) != used)
        continue;
      for (size_t added = rest; added > 0; added = (added - 1) & rest)
        if (count_bits (added) == size)
          {
            const double *from = orders + set * n_sums;
            double *to = orders + (set | added) * n_sums;
            long score = score_between (set, added, b, n);

            for (size_t sum = 0; sum < n_sums; sum++)
              if (from[sum] > 0)
                to[(size_t) ((long) sum + score)] += from[sum];
          }
    }
}

double
dhk_permutation_kendall (const double *x, const double *y, size_t n)
{
  int a[MOST], b[MOST];
  long middle = (long) (n * (n - 1) / 2), found = 0; /* S runs from −middle to middle */
  size_t n_sums = 2 * (size_t) middle + 1;
  double *orders = calloc (N_SETS * n_sums, sizeof *orders), p;

  if (orders == NULL)
    return NAN;
  double_ranks (x, n, a);
  double_ranks (y, n, b);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < i; j++)
      found += ((a[i] > a[j]) - (a[i] < a[j])) * ((b[i] > b[j]) - (b[i] < b[j]));

  qsort (a, n, sizeof *a, compare_numbers);
  orders[middle] = 1;
  for (size_t i = 0, end; i < n; i = end)
    {
      for (end = i + 1; end < n && a[end] == a[i];)
        end++;
      add_equals (orders, n_sums, b, n, i, end - i);
    }
  p = share_beyond (orders + (((size_t) 1 << n) - 1) * n_sums, n_sums, 1, middle, middle + found);
  free (orders);
  return p;
}

double
dhk_permutation_kendall_untied (double s, size_t n)
{
  size_t most = n * (n - 1) / 2;
  /* inversions in the smaller tail; those beyond are as likely as their mirror image */
  size_t tail = (size_t) lround (((double) most - fabs (s)) / 2);
  double *now, *before, p = 0;

  if (2 * tail >= most)
    return 1;
  now = calloc (tail + 1, 2 * sizeof *now);
  if (now == NULL)
    return NAN;
  before = now + tail + 1;
  before[0] = 1;
  for (size_t m = 2; m <= n; m++)
    {
      double window = 0;

      for (size_t k = 0; k <= tail; k++)
        {
          window += before[k];
          if (k >= m)
            window -= before[k - m];
          now[k] = window / (double) m;
        }
      for (size_t k = 0; k <= tail; k++)
        before[k] = now[k];
    }
  for (size_t k = 0; k <= tail; k++)
    p += before[k];
  free (now);
  return fmin (1, 2 * p);
}
