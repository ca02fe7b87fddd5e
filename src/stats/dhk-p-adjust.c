/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-p-adjust.h"

#include <math.h>
#include <stdlib.h>

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

/* One p by itself, where the others do not matter. */
static double
adjust_alone (DhkAdjustment adjustment, double p, double n_tests)
{
  if (adjustment == DHK_ADJUST_BONFERRONI)
    return fmin (1, n_tests * p);
  /* exact for tiny p; p = 1 gives e^−∞ */
  if (adjustment == DHK_ADJUST_SIDAK)
    return -expm1 (n_tests * log1p (-p));
  return p;
}

static void
step_down (const RankedP *ranked, size_t n_tests, double *adjusted)
{
  double largest = 0;

  for (size_t i = 0; i < n_tests; i++)
    {
      largest = fmax (largest, fmin (1, (double) (n_tests - i) * ranked[i].p));
      adjusted[ranked[i].place] = largest;
    }
}

static void
step_up (DhkAdjustment adjustment, const RankedP *ranked, size_t n_tests, double *adjusted)
{
  double smallest = 1;

  for (size_t i = n_tests; i-- > 0;)
    {
      double factor = adjustment == DHK_ADJUST_HOCHBERG ? (double) (n_tests - i)
                                                        : (double) n_tests / (double) (i + 1);

      smallest = fmin (smallest, factor * ranked[i].p);
      adjusted[ranked[i].place] = smallest;
    }
}

DhkStatsStatus
dhk_p_adjust (DhkAdjustment adjustment, const double *p, size_t n, double *adjusted)
{
  RankedP *ranked;
  size_t n_tests = 0;

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

  if (adjustment == DHK_ADJUST_HOLM)
    step_down (ranked, n_tests, adjusted);
  else if (adjustment == DHK_ADJUST_HOCHBERG || adjustment == DHK_ADJUST_BENJAMINI_HOCHBERG)
    step_up (adjustment, ranked, n_tests, adjusted);
  else
    for (size_t i = 0; i < n_tests; i++)
      adjusted[ranked[i].place] = adjust_alone (adjustment, ranked[i].p, (double) n_tests);
  free (ranked);
  return DHK_STATS_OK;
}

DhkStatsStatus
dhk_holm (const double *p, size_t n, double *adjusted)
{
  return dhk_p_adjust (DHK_ADJUST_HOLM, p, n, adjusted);
}
