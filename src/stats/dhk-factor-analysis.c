/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-factor-analysis.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-factor-extraction.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-rotation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const dhk_rotation_names[] = { "none", "varimax", "oblimin", NULL };

/* The solution under way: what the caller gave to fill. */
typedef struct
{
  size_t k;
  size_t m;
  double *loadings;
  double *phi;
  double *ss; /* of each factor */
} Solution;

static void
swap (double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

/* Order and signs */

/* diag(Φ Λ'Λ) */
static void
find_ss_loadings (const Solution *self)
{
  for (size_t f = 0; f < self->m; f++)
    {
      self->ss[f] = 0;
      for (size_t g = 0; g < self->m; g++)
        {
          double product = 0;

          for (size_t i = 0; i < self->k; i++)
            product += self->loadings[i + f * self->k] * self->loadings[i + g * self->k];
          self->ss[f] += self->phi[f + g * self->m] * product;
        }
    }
}

static void
swap_factors (const Solution *self, size_t f, size_t g)
{
  swap (&self->ss[f], &self->ss[g]);
  for (size_t i = 0; i < self->k; i++)
    swap (&self->loadings[i + f * self->k], &self->loadings[i + g * self->k]);
  for (size_t h = 0; h < self->m; h++)
    swap (&self->phi[h + f * self->m], &self->phi[h + g * self->m]);
  for (size_t h = 0; h < self->m; h++)
    swap (&self->phi[f + h * self->m], &self->phi[g + h * self->m]);
}

static void
turn_factor (const Solution *self, size_t f)
{
  for (size_t i = 0; i < self->k; i++)
    self->loadings[i + f * self->k] *= -1;
  for (size_t g = 0; g < self->m; g++)
    if (g != f)
      {
        self->phi[g + f * self->m] *= -1;
        self->phi[f + g * self->m] *= -1;
      }
}

/* Whether the loadings add up to less than zero; where they cancel, whether the largest is. */
static bool
points_down (const double *loadings, size_t k)
{
  double sum = 0, size = 0;
  size_t largest = 0;

  for (size_t i = 0; i < k; i++)
    {
      sum += loadings[i];
      size += fabs (loadings[i]);
      /* the margin: of loadings that are equal but for rounding the first decides */
      if (fabs (loadings[i]) > fabs (loadings[largest]) * (1 + 1e-8))
        largest = i;
    }
  return fabs (sum) > 1e-8 * size ? sum < 0 : loadings[largest] < 0;
}

static void
order_factors (const Solution *self)
{
  find_ss_loadings (self);
  for (size_t f = 0; f < self->m; f++)
    {
      size_t largest = f;

      for (size_t g = f + 1; g < self->m; g++)
        if (self->ss[g] > self->ss[largest])
          largest = g;
      if (largest != f)
        swap_factors (self, f, largest);
      if (points_down (self->loadings + f * self->k, self->k))
        turn_factor (self, f);
    }
}

/* What the solution says of the items */

/* ΛΦΛ' */
static double
model_correlation (const Solution *self, size_t i, size_t j)
{
  double sum = 0;

  for (size_t f = 0; f < self->m; f++)
    for (size_t g = 0; g < self->m; g++)
      sum += self->loadings[i + f * self->k] * self->phi[f + g * self->m]
             * self->loadings[j + g * self->k];
  return sum;
}

static double
find_rmsr (const Solution *self, const double *r)
{
  double sum = 0;

  for (size_t i = 0; i < self->k; i++)
    for (size_t j = 0; j < i; j++)
      {
        double residual = r[i + j * self->k] - model_correlation (self, i, j);

        sum += 2 * residual * residual;
      }
  return sqrt (sum / ((double) self->k * ((double) self->k - 1)));
}

/* tr (Σ⁻¹R) − ln |Σ⁻¹R| − k; `model` and `inverse_r` are room for k². */
static DhkStatsStatus
find_discrepancy (
    const Solution *self, const double *r, double *model, double *inverse_r, double *discrepancy)
{
  size_t k = self->k;
  double log_model, log_r, trace = 0;
  DhkStatsStatus status;

  memcpy (inverse_r, r, k * k * sizeof *r);
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++)
      model[i + j * k] = i == j ? 1 : model_correlation (self, i, j);
  status = dhk_correlations_invert (inverse_r, k, &log_r);
  if (status == DHK_STATS_OK)
    status = dhk_correlations_invert (model, k, &log_model);
  if (status != DHK_STATS_OK)
    return status;
  for (size_t i = 0; i < k * k; i++)
    trace += model[i] * r[i];
  /* below zero only by rounding, in a perfect fit */
  *discrepancy = fmax (0, trace - (log_r - log_model) - (double) k);
  return DHK_STATS_OK;
}

static DhkFactorFit
find_fit (const Solution *self, const double *r, size_t n)
{
  DhkFactorFit result = { DHK_STATS_NO_MEMORY, NAN, { DHK_STATS_NO_MEMORY, NAN, NAN } };
  double k = (double) self->k, m = (double) self->m;
  double factor = (double) n - 1 - (2 * k + 5) / 6 - 2 * m / 3, discrepancy;
  size_t rest = self->k - self->m, df = (rest * rest - (self->k + self->m)) / 2;
  double *room = calloc (self->k, 2 * self->k * sizeof *room);

  if (room != NULL)
    result.status = find_discrepancy (self, r, room, room + self->k * self->k, &discrepancy);
  if (result.status == DHK_STATS_OK && !(factor > 0))
    result.status = DHK_STATS_TOO_FEW;
  result.test.status = result.status;
  if (result.status == DHK_STATS_OK)
    {
      result.chi_squared = factor * discrepancy;
      if (df > 0)
        result.test = (DhkFactorTest){ DHK_STATS_OK, (double) df,
                                       dhk_chi_squared_upper (result.chi_squared, (double) df) };
      else
        result.test.status = DHK_STATS_TOO_FEW_ITEMS;
    }
  free (room);
  return result;
}

static DhkStatsStatus
solve (DhkFactorAnalysis *self, const Solution *solution, const double *r, bool kaiser)
{
  size_t k = solution->k, m = solution->m;
  double *uniqueness = calloc (k, sizeof *uniqueness);
  DhkStatsStatus status;

  if (uniqueness == NULL)
    return DHK_STATS_NO_MEMORY;
  status = dhk_factor_extract (r, k, m, self->estimator, solution->loadings, uniqueness,
                               &self->heywood);
  free (uniqueness);
  for (size_t i = 0; i < m * m; i++)
    solution->phi[i] = i % (m + 1) == 0;
  if (status == DHK_STATS_OK && self->rotation == DHK_ROTATION_VARIMAX)
    status = dhk_rotate_varimax (solution->loadings, k, m, kaiser);
  if (status == DHK_STATS_OK && self->rotation == DHK_ROTATION_OBLIMIN)
    status = dhk_rotate_oblimin (solution->loadings, k, m, kaiser, solution->phi);
  return status;
}

static void
report (DhkFactorAnalysis *self,
        const Solution *solution,
        const double *r,
        DhkFactorItem *each,
        DhkFactorVariance *factors)
{
  double k = (double) solution->k, cumulative = 0;

  order_factors (solution);
  for (size_t i = 0; i < solution->k; i++)
    {
      double communality = model_correlation (solution, i, i);

      each[i] = (DhkFactorItem){ communality, 1 - communality };
    }
  for (size_t f = 0; f < solution->m; f++)
    {
      cumulative += solution->ss[f] / k;
      factors[f] = (DhkFactorVariance){ solution->ss[f], solution->ss[f] / k, cumulative };
    }
  self->rmsr = find_rmsr (solution, r);
  self->fit = find_fit (solution, r, self->n);
}

/* Whether the items can carry the factors. */
static DhkStatsStatus
check (const DhkFactorAnalysis *self)
{
  size_t k = self->n_items, m = self->n_factors;

  if (k < 3)
    return DHK_STATS_TOO_FEW_ITEMS;
  if (m == 0 || m >= k || (k - m) * (k - m) < k + m)
    return DHK_STATS_BAD_ARGUMENT;
  return DHK_STATS_OK;
}

static void
empty (const Solution *solution, DhkFactorItem *each, DhkFactorVariance *factors)
{
  for (size_t i = 0; i < solution->k; i++)
    each[i] = (DhkFactorItem){ NAN, NAN };
  for (size_t f = 0; f < solution->m; f++)
    factors[f] = (DhkFactorVariance){ NAN, NAN, NAN };
  for (size_t i = 0; i < solution->k * solution->m; i++)
    solution->loadings[i] = NAN;
  for (size_t i = 0; i < solution->m * solution->m; i++)
    solution->phi[i] = NAN;
}

DhkFactorAnalysis
dhk_factor_analysis (const double *const *items,
                     size_t n_items,
                     size_t n,
                     const DhkFactorOptions *options,
                     double *loadings,
                     double *phi,
                     DhkFactorItem *each,
                     DhkFactorVariance *factors)
{
  size_t m = options->n_factors;
  DhkFactorAnalysis result = { .estimator = options->estimator,
                               .rotation = m > 1 ? options->rotation : DHK_ROTATION_NONE,
                               .missing = options->missing,
                               .n_items = n_items,
                               .n_factors = m,
                               .rmsr = NAN };
  Solution solution = { n_items, m, loadings, phi, calloc (m + 1, sizeof (double)) };
  DhkCovariance c = { 0 };

  result.status = solution.ss == NULL ? DHK_STATS_NO_MEMORY : check (&result);
  if (result.status == DHK_STATS_OK)
    {
      result.status = dhk_correlations_init (&c, items, n_items, n, options->missing);
      result.n = c.n;
      result.n_missing = c.n_missing;
    }
  if (result.status == DHK_STATS_OK && c.n <= n_items)
    result.status = DHK_STATS_TOO_FEW;
  if (result.status == DHK_STATS_OK)
    result.status = solve (&result, &solution, c.covariances, options->kaiser);
  if (result.status == DHK_STATS_OK)
    report (&result, &solution, c.covariances, each, factors);
  else
    {
      empty (&solution, each, factors);
      result.fit = (DhkFactorFit){ result.status, NAN, { result.status, NAN, NAN } };
    }
  dhk_covariance_clear (&c);
  free (solution.ss);
  return result;
}
