/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-factor-extraction.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-linear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_STEPS 500

/* Below this a step of Newton's method is taken whole: the function is too flat to judge it by,
 * and the error after it is the square of the step. */
#define POLISH_BELOW 1e-5

const char *const dhk_factor_estimator_names[] = { "minres", "ml", NULL };

/* x is ψ for minres, ln ψ for ML. All arrays stand in one block. */
typedef struct
{
  const double *r;
  size_t k;
  size_t m;
  DhkFactorEstimator estimator;
  double bound;

  double *x;
  double *tried;
  double *gradient;
  double *step;
  double *values;  /* θ */
  double *vectors; /* ω */
  double *hessian;
  double *reduced; /* of the variables off the bound, damped */
  size_t *moving;  /* those variables */
  size_t n_moving;
  double value;
} Search;

static double
uniqueness_of (const Search *self, double x)
{
  return self->estimator == DHK_FACTOR_ML ? exp (x) : x;
}

/* Factors that can have loadings: their θ is above what no factor gives. */
static size_t
count_factors (const Search *self)
{
  double none = self->estimator == DHK_FACTOR_ML ? 1 : 0;
  size_t m = 0;

  while (m < self->m && self->values[m] > none)
    m++;
  return m;
}

/* Sets value, values and vectors at `x`. */
static DhkStatsStatus
evaluate (Search *self, const double *x)
{
  size_t k = self->k;
  DhkStatsStatus status;

  memcpy (self->vectors, self->r, k * k * sizeof (double));
  for (size_t i = 0; i < k; i++)
    if (self->estimator == DHK_FACTOR_MINRES)
      self->vectors[i + i * k] -= x[i];
    else
      for (size_t j = 0; j < k; j++)
        self->vectors[j + i * k] *= exp (-(x[i] + x[j]) / 2);
  status = dhk_linear_eigen (self->vectors, k, self->values);
  if (status != DHK_STATS_OK)
    return status;

  self->value = 0;
  for (size_t j = count_factors (self); j < k; j++)
    {
      double theta = self->values[j];

      if (self->estimator == DHK_FACTOR_MINRES)
        self->value += theta * theta / 2;
      else
        self->value += theta - log (theta) - 1;
    }
  return isfinite (self->value) ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
}

static void
find_gradient (Search *self)
{
  size_t k = self->k, m = count_factors (self);

  for (size_t i = 0; i < k; i++)
    {
      self->gradient[i] = 0;
      for (size_t j = m; j < k; j++)
        {
          double w = self->vectors[i + j * k], theta = self->values[j];

          self->gradient[i] += (self->estimator == DHK_FACTOR_MINRES ? -theta : 1 - theta) * w * w;
        }
    }
}

/*
 * The second derivatives. With a_j = ω_ij ω_lj, and derivatives of eigenvalues and vectors, all
 * terms of two discarded factors join to a product of sums, so that equal eigenvalues among them
 * do no harm:
 *   minres  (Σ a_j)² + 2 Σ_j Σ_f θ_j/(θ_j − θ_f) a_j a_f
 *   ML      (Σ θ_j a_j)(Σ a_j) + Σ_j Σ_f (θ_j − 1)(θ_j + θ_f)/(θ_j − θ_f) a_j a_f
 * where j runs over the discarded and f over the kept.
 */
static double
find_second_derivative (const Search *self, size_t i, size_t l, size_t m)
{
  size_t k = self->k;
  double plain = 0, weighted = 0, cross = 0;

  for (size_t j = m; j < k; j++)
    {
      double theta = self->values[j];
      double a = self->vectors[i + j * k] * self->vectors[l + j * k];

      plain += a;
      weighted += theta * a;
      for (size_t f = 0; f < m; f++)
        {
          double kept = self->values[f];
          double factor
              = self->estimator == DHK_FACTOR_MINRES ? 2 * theta : (theta - 1) * (theta + kept);

          cross
              += factor / (theta - kept) * a * self->vectors[i + f * k] * self->vectors[l + f * k];
        }
    }
  return (self->estimator == DHK_FACTOR_MINRES ? plain : weighted) * plain + cross;
}

static void
find_hessian (Search *self)
{
  size_t k = self->k, m = count_factors (self);

  for (size_t i = 0; i < k; i++)
    for (size_t l = 0; l <= i; l++)
      self->hessian[i + l * k] = self->hessian[l + i * k] = find_second_derivative (self, i, l, m);
}

/* The variables that are off the bound or want to leave it; the largest gradient of them. */
static double
find_moving (Search *self)
{
  double largest = 0;

  self->n_moving = 0;
  for (size_t i = 0; i < self->k; i++)
    if (self->x[i] > self->bound || self->gradient[i] < 0)
      {
        self->moving[self->n_moving++] = i;
        largest = fmax (largest, fabs (self->gradient[i]));
      }
  return largest;
}

/* The step with `damping` added to the diagonal; false where that is not positive definite. */
static bool
find_step (Search *self, double damping)
{
  size_t k = self->k, n = self->n_moving;

  for (size_t a = 0; a < n; a++)
    {
      for (size_t b = 0; b < n; b++)
        self->reduced[b + a * n] = self->hessian[self->moving[b] + self->moving[a] * k];
      self->reduced[a + a * n] += damping;
      self->step[a] = -self->gradient[self->moving[a]];
    }
  if (dhk_linear_cholesky (self->reduced, n) != DHK_STATS_OK)
    return false;
  dhk_linear_cholesky_solve (self->reduced, n, self->step, 1);
  return true;
}

/* Fills `tried`; returns how far the farthest variable goes. */
static double
apply_step (Search *self)
{
  double farthest = 0;

  memcpy (self->tried, self->x, self->k * sizeof (double));
  for (size_t a = 0; a < self->n_moving; a++)
    {
      size_t i = self->moving[a];

      self->tried[i] = fmax (self->bound, self->x[i] + self->step[a]);
      farthest = fmax (farthest, fabs (self->tried[i] - self->x[i]));
    }
  return farthest;
}

/* One step downhill from x, where gradient and Hessian are known. Sets `length` to its length. */
static DhkStatsStatus
descend (Search *self, double *length)
{
  double before = self->value, trace = 0, damping = 0;

  for (size_t i = 0; i < self->k; i++)
    trace = fmax (trace, fabs (self->hessian[i + i * self->k]));
  for (int attempt = 0; attempt < 60; attempt++)
    {
      if (find_step (self, damping))
        {
          DhkStatsStatus status;

          *length = apply_step (self);
          status = evaluate (self, self->tried);
          if (status == DHK_STATS_NO_MEMORY)
            return status;
          if (status == DHK_STATS_OK && (self->value <= before || *length < POLISH_BELOW))
            {
              memcpy (self->x, self->tried, self->k * sizeof (double));
              return DHK_STATS_OK;
            }
        }
      damping = damping > 0 ? 4 * damping : 1e-6 * fmax (trace, 1e-6);
    }
  return DHK_STATS_NO_CONVERGENCE;
}

static DhkStatsStatus
minimise (Search *self)
{
  DhkStatsStatus status = evaluate (self, self->x);
  int n_short = 0;

  for (int i = 0; i < MAX_STEPS && status == DHK_STATS_OK; i++)
    {
      double length, largest;

      find_gradient (self);
      largest = find_moving (self);
      if (largest < 1e-16 || n_short == 4)
        return largest < 1e-9 ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
      find_hessian (self);
      status = descend (self, &length);
      /* the first short step leaves an error of its square; the others mend rounding */
      if (status == DHK_STATS_OK && length < 1e-9)
        n_short++;
    }
  return status == DHK_STATS_OK ? DHK_STATS_NO_CONVERGENCE : status;
}

/* 1 − the squared multiple correlation, where psych starts too. */
static DhkStatsStatus
start (Search *self)
{
  size_t k = self->k;
  DhkStatsStatus status;

  memcpy (self->vectors, self->r, k * k * sizeof (double));
  status = dhk_correlations_invert (self->vectors, k, NULL);
  for (size_t i = 0; i < k && status == DHK_STATS_OK; i++)
    {
      double unique = fmax (DHK_FACTOR_BOUND, 1 / self->vectors[i + i * k]);

      self->x[i] = self->estimator == DHK_FACTOR_ML ? log (unique) : unique;
    }
  return status;
}

static void
report (Search *self, double *loadings, double *uniqueness, bool *heywood)
{
  size_t k = self->k, kept = count_factors (self);

  *heywood = false;
  for (size_t i = 0; i < k; i++)
    {
      uniqueness[i] = uniqueness_of (self, self->x[i]);
      *heywood = *heywood || !(self->x[i] > self->bound);
      for (size_t f = 0; f < self->m; f++)
        {
          double w = self->vectors[i + f * k], theta = self->values[f];

          if (f >= kept)
            loadings[i + f * k] = 0;
          else if (self->estimator == DHK_FACTOR_MINRES)
            loadings[i + f * k] = w * sqrt (theta);
          else
            loadings[i + f * k] = w * sqrt (uniqueness[i] * (theta - 1));
        }
    }
}

DhkStatsStatus
dhk_factor_extract (const double *r,
                    size_t k,
                    size_t m,
                    DhkFactorEstimator estimator,
                    double *loadings,
                    double *uniqueness,
                    bool *heywood)
{
  double *block = calloc (k, (5 + 3 * k) * sizeof *block);
  size_t *moving = calloc (k, sizeof *moving);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (block != NULL && moving != NULL)
    {
      Search search
          = { .r = r,
              .k = k,
              .m = m,
              .estimator = estimator,
              .bound = estimator == DHK_FACTOR_ML ? log (DHK_FACTOR_BOUND) : DHK_FACTOR_BOUND,
              .x = block,
              .tried = block + k,
              .gradient = block + 2 * k,
              .step = block + 3 * k,
              .values = block + 4 * k,
              .vectors = block + 5 * k,
              .hessian = block + 5 * k + k * k,
              .reduced = block + 5 * k + 2 * k * k,
              .moving = moving };

      status = start (&search);
      if (status == DHK_STATS_OK)
        status = minimise (&search);
      if (status == DHK_STATS_OK)
        report (&search, loadings, uniqueness, heywood);
    }
  free (moving);
  free (block);
  return status;
}
