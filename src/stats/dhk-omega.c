/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-omega.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-factor-extraction.h"

#include <math.h>
#include <stdlib.h>

/* Omega of the total of the items, each multiplied by weight (NULL: by 1), `matrix` being the
 * covariances of the products. */
static DhkOmegaTotal
find_total (const double *matrix, const double *loadings, const double *weight, size_t k)
{
  DhkOmegaTotal result = { DHK_STATS_OK, NAN, NAN };
  double total = 0, size = 0, sum = 0, unique = 0, model;

  for (size_t i = 0; i < k; i++)
    {
      double scale = weight != NULL ? weight[i] : 1;

      sum += scale * loadings[i];
      unique += scale * scale * (1 - loadings[i] * loadings[i]);
      for (size_t j = 0; j < k; j++)
        {
          total += matrix[j + i * k];
          size += fabs (matrix[j + i * k]);
        }
    }
  result.status = dhk_covariance_check_variance (total, size);
  model = sum * sum + unique;
  if (result.status == DHK_STATS_OK)
    result.status = dhk_covariance_check_variance (model, size);
  if (result.status == DHK_STATS_OK)
    {
      result.observed = 1 - unique / total;
      result.model = sum * sum / model;
    }
  return result;
}

/* `room` is for the correlations, loadings, uniquenesses and SDs. */
static DhkStatsStatus
solve (DhkOmega *self,
       const DhkCovariance *c,
       const double *const *items,
       size_t n,
       double *room,
       DhkOmegaItem *each)
{
  size_t k = c->n_columns;
  double *r = room, *loadings = r + k * k, *uniqueness = loadings + k, *sd = uniqueness + k;
  double sum = 0;
  DhkStatsStatus status = dhk_covariance_correlate (c, items, n, r);

  if (status == DHK_STATS_OK)
    status = dhk_factor_extract (r, k, 1, self->estimator, loadings, uniqueness, &self->heywood);
  if (status != DHK_STATS_OK)
    return status;
  for (size_t i = 0; i < k; i++)
    sum += loadings[i];
  for (size_t i = 0; i < k; i++)
    {
      loadings[i] *= sum < 0 ? -1 : 1;
      sd[i] = sqrt (c->covariances[i + i * k]);
      self->n_negative += loadings[i] < -1e-12 ? 1 : 0;
      if (each != NULL)
        each[i] = (DhkOmegaItem){ loadings[i], loadings[i] * sd[i], 1 - loadings[i] * loadings[i] };
    }
  self->standardised = find_total (r, loadings, NULL, k);
  self->raw = find_total (c->covariances, loadings, sd, k);
  return status;
}

DhkOmega
dhk_omega (const double *const *items,
           size_t n_items,
           size_t n,
           DhkFactorEstimator estimator,
           DhkDeletion missing,
           DhkOmegaItem *each)
{
  DhkOmega result = { .status = DHK_STATS_TOO_FEW_ITEMS,
                      .estimator = estimator,
                      .missing = missing,
                      .n_items = n_items };
  DhkCovariance c = { 0 };

  for (size_t i = 0; each != NULL && i < n_items; i++)
    each[i] = (DhkOmegaItem){ NAN, NAN, NAN };
  if (n_items >= 3)
    {
      double *room = calloc (n_items, (n_items + 3) * sizeof *room);

      result.status = dhk_covariance_init (&c, items, n_items, n, missing);
      result.n = c.n;
      result.n_missing = c.n_missing;
      if (result.status == DHK_STATS_OK && c.n <= n_items)
        result.status = DHK_STATS_TOO_FEW;
      if (room == NULL)
        result.status = DHK_STATS_NO_MEMORY;
      if (result.status == DHK_STATS_OK)
        result.status = solve (&result, &c, items, n, room, each);
      free (room);
      dhk_covariance_clear (&c);
    }
  if (result.status != DHK_STATS_OK)
    result.standardised = result.raw = (DhkOmegaTotal){ result.status, NAN, NAN };
  return result;
}
