/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-factorability.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-linear.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Eigenvalues */

static DhkStatsStatus
fill_eigenvalues (const DhkCovariance *c, DhkEigenvalue *result)
{
  size_t k = c->n_columns;
  double *values = calloc (k, sizeof *values);
  double cumulative = 0;
  DhkStatsStatus status;

  if (values == NULL)
    return DHK_STATS_NO_MEMORY;
  status = dhk_linear_eigenvalues (c->covariances, k, values);
  for (size_t i = 0; i < k && status == DHK_STATS_OK; i++)
    {
      double value = fabs (values[i]) > 8 * (double) k * DBL_EPSILON ? values[i] : 0;

      cumulative += value / (double) k;
      result[i] = (DhkEigenvalue){ value, value / (double) k, cumulative };
    }
  free (values);
  return status;
}

DhkEigenvalues
dhk_eigenvalues (const double *const *items,
                 size_t n_items,
                 size_t n,
                 DhkDeletion missing,
                 DhkEigenvalue *values)
{
  DhkEigenvalues result = { DHK_STATS_TOO_FEW_ITEMS, missing, n_items, 0, 0 };
  DhkCovariance c = { 0 };

  for (size_t i = 0; i < n_items; i++)
    values[i] = (DhkEigenvalue){ NAN, NAN, NAN };
  if (n_items >= 2)
    {
      result.status = dhk_correlations_init (&c, items, n_items, n, missing);
      result.n = c.n;
      result.n_missing = c.n_missing;
    }
  if (result.status == DHK_STATS_OK)
    result.status = fill_eigenvalues (&c, values);
  dhk_covariance_clear (&c);
  return result;
}

/* Factorability */

/* Σ r² / (Σ r² + Σ q²); below rounding there is nothing to divide. */
static DhkStatsStatus
find_adequacy (double r_squares, double q_squares, double *adequacy)
{
  if (!(r_squares > 1e-28))
    return DHK_STATS_NO_VARIANCE;
  *adequacy = r_squares / (r_squares + q_squares);
  return DHK_STATS_OK;
}

static void
find_kmo (DhkFactorability *self, const double *r, const double *inverse, DhkSamplingAdequacy *each)
{
  size_t k = self->n_items;
  double all_r = 0, all_q = 0;

  for (size_t i = 0; i < k; i++)
    {
      double r_squares = 0, q_squares = 0;

      for (size_t j = 0; j < k; j++)
        if (j != i)
          {
            double x = inverse[j + i * k];

            r_squares += r[j + i * k] * r[j + i * k];
            q_squares += x * x / (inverse[i + i * k] * inverse[j + j * k]);
          }
      all_r += r_squares;
      all_q += q_squares;
      if (each != NULL)
        each[i].status = find_adequacy (r_squares, q_squares, &each[i].msa);
    }
  self->kmo.status = find_adequacy (all_r, all_q, &self->kmo.overall);
}

static void
test_sphericity (DhkFactorability *self, double log_determinant)
{
  double k = (double) self->n_items;
  double factor = (double) self->n - 1 - (2 * k + 5) / 6;

  if (!(factor > 0))
    {
      self->bartlett.status = DHK_STATS_TOO_FEW;
      return;
    }
  /* a determinant is not above 1 but for rounding */
  self->bartlett.chi_squared = factor * fmax (0, -log_determinant);
  self->bartlett.df = k * (k - 1) / 2;
  self->bartlett.p = dhk_chi_squared_upper (self->bartlett.chi_squared, self->bartlett.df);
}

static DhkStatsStatus
compute (DhkFactorability *self, const DhkCovariance *c, DhkSamplingAdequacy *each)
{
  size_t k = c->n_columns;
  double *inverse = calloc (k, k * sizeof *inverse);
  double log_determinant;
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (inverse != NULL)
    {
      memcpy (inverse, c->covariances, k * k * sizeof *inverse);
      status = dhk_correlations_invert (inverse, k, &log_determinant);
      if (status == DHK_STATS_OK)
        {
          self->determinant = exp (log_determinant);
          find_kmo (self, c->covariances, inverse, each);
          test_sphericity (self, log_determinant);
        }
    }
  free (inverse);
  return status;
}

DhkFactorability
dhk_factorability (const double *const *items,
                   size_t n_items,
                   size_t n,
                   DhkDeletion missing,
                   DhkSamplingAdequacy *each)
{
  DhkFactorability result
      = { DHK_STATS_TOO_FEW_ITEMS,        missing, n_items, 0, 0, NAN, { DHK_STATS_OK, NAN },
          { DHK_STATS_OK, NAN, NAN, NAN } };
  DhkCovariance c = { 0 };

  for (size_t i = 0; each != NULL && i < n_items; i++)
    each[i] = (DhkSamplingAdequacy){ DHK_STATS_OK, NAN };
  if (n_items >= 2)
    {
      result.status = dhk_correlations_init (&c, items, n_items, n, missing);
      result.n = c.n;
      result.n_missing = c.n_missing;
    }
  if (result.status == DHK_STATS_OK && c.n <= n_items)
    result.status = DHK_STATS_TOO_FEW;
  if (result.status == DHK_STATS_OK)
    result.status = compute (&result, &c, each);
  if (result.status != DHK_STATS_OK)
    {
      result.kmo.status = result.bartlett.status = result.status;
      for (size_t i = 0; each != NULL && i < n_items; i++)
        each[i].status = result.status;
    }
  dhk_covariance_clear (&c);
  return result;
}
