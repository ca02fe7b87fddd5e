/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-parallel-analysis.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-factorability.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-linear.h"
#include "stats/dhk-random.h"

#include <math.h>
#include <stdlib.h>

const char *const dhk_parallel_criterion_names[] = { "mean", "quantile", NULL };

/* Fills `r` with the correlations of n random rows of k columns; `a` is room for k². */
static void
draw_correlations (DhkRandom *random, size_t k, size_t n, double *a, double *r)
{
  for (size_t i = 0; i < k; i++)
    {
      double squares = 0;

      for (size_t j = 0; j < i; j++)
        a[j + i * k] = dhk_random_normal (random);
      a[i + i * k] = sqrt (dhk_random_chi_squared (random, (double) (n - 1 - i)));
      for (size_t j = 0; j <= i; j++)
        squares += a[j + i * k] * a[j + i * k];
      /* rows of length 1: their products are correlations */
      for (size_t j = 0; j <= i; j++)
        a[j + i * k] /= sqrt (squares);
      for (size_t b = 0; b <= i; b++)
        {
          double product = 0;

          for (size_t j = 0; j <= b; j++)
            product += a[j + i * k] * a[j + b * k];
          r[b + i * k] = r[i + b * k] = product;
        }
      r[i + i * k] = 1;
    }
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The quantile of type 7 of sorted values. */
static double
quantile_of (const double *sorted, size_t n, double quantile)
{
  double position = (double) (n - 1) * quantile, below = floor (position);
  size_t i = (size_t) below;

  return i + 1 < n ? sorted[i] + (position - below) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* Fills `drawn` with the eigenvalues: n_sets of the first component, then of the second … */
static DhkStatsStatus
draw_eigenvalues (
    const DhkParallelOptions *options, size_t k, size_t n, double *room, double *drawn)
{
  DhkStatsStatus status = DHK_STATS_OK;
  double *a = room, *r = a + k * k, *values = r + k * k;
  DhkRandom random;

  dhk_random_init (&random, options->seed);
  for (size_t set = 0; set < options->n_sets && status == DHK_STATS_OK; set++)
    {
      draw_correlations (&random, k, n, a, r);
      status = dhk_linear_eigenvalues (r, k, values);
      for (size_t i = 0; i < k; i++)
        drawn[set + i * options->n_sets] = values[i];
    }
  return status;
}

static void
compare_with_random (DhkParallelAnalysis *self,
                     const DhkParallelOptions *options,
                     double *drawn,
                     DhkParallelComponent *components)
{
  bool keeps = true;

  for (size_t i = 0; i < self->n_items; i++)
    {
      DhkParallelComponent *it = &components[i];
      double *values = drawn + i * options->n_sets, sum = 0;

      qsort (values, options->n_sets, sizeof *values, compare);
      for (size_t set = 0; set < options->n_sets; set++)
        sum += values[set];
      it->random_mean = sum / (double) options->n_sets;
      it->random_quantile = quantile_of (values, options->n_sets, options->quantile);
      keeps = keeps
              && it->observed > (self->criterion == DHK_PARALLEL_MEAN ? it->random_mean
                                                                      : it->random_quantile);
      it->is_kept = keeps;
      self->n_factors += keeps ? 1 : 0;
    }
}

/* The observed eigenvalues, and what the data tell of the rest. */
static void
observe (DhkParallelAnalysis *self,
         const double *const *items,
         size_t n,
         DhkParallelComponent *components)
{
  DhkEigenvalue *values = calloc (self->n_items, sizeof *values);
  DhkEigenvalues observed;

  if (values == NULL)
    {
      self->status = DHK_STATS_NO_MEMORY;
      return;
    }
  observed = dhk_eigenvalues (items, self->n_items, n, self->missing, values);
  self->status = observed.status;
  self->n = observed.n;
  self->n_missing = observed.n_missing;
  if (self->status == DHK_STATS_OK && self->n <= self->n_items)
    self->status = DHK_STATS_TOO_FEW;
  for (size_t i = 0; i < self->n_items && self->status == DHK_STATS_OK; i++)
    components[i].observed = values[i].value;
  free (values);
}

static void
simulate (DhkParallelAnalysis *self,
          const DhkParallelOptions *options,
          DhkParallelComponent *components)
{
  size_t k = self->n_items;
  double *room = calloc (k, (2 * k + 1) * sizeof *room);
  double *drawn = calloc (options->n_sets, k * sizeof *drawn);

  self->status = room == NULL || drawn == NULL
                     ? DHK_STATS_NO_MEMORY
                     : draw_eigenvalues (options, k, self->n, room, drawn);
  if (self->status == DHK_STATS_OK)
    compare_with_random (self, options, drawn, components);
  free (drawn);
  free (room);
}

DhkParallelAnalysis
dhk_parallel_analysis (const double *const *items,
                       size_t n_items,
                       size_t n,
                       const DhkParallelOptions *options,
                       DhkParallelComponent *components)
{
  DhkParallelAnalysis result = { .status = DHK_STATS_OK,
                                 .criterion = options->criterion,
                                 .missing = options->missing,
                                 .n_items = n_items,
                                 .n_sets = options->n_sets };

  if (options->n_sets == 0 || !dhk_confidence_is_valid (options->quantile))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (n_items < 2)
    result.status = DHK_STATS_TOO_FEW_ITEMS;
  else
    observe (&result, items, n, components);
  if (result.status == DHK_STATS_OK)
    simulate (&result, options, components);
  for (size_t i = 0; i < n_items && result.status != DHK_STATS_OK; i++)
    components[i] = (DhkParallelComponent){ NAN, NAN, NAN, false };
  return result;
}
