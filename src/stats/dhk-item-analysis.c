/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-item-analysis.h"

#include "stats/dhk-covariance.h"
#include "stats/dhk-distribution.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* An alpha above 1 by no more than this is 1. */
#define ROUNDING 1e-14

/* Sums of a matrix of covariances or correlations. */
typedef struct
{
  double total;
  double trace;
  double size;               /* Σ |element| */
  double squares;            /* Σ element² */
  double max_column_squares; /* the largest Σ of one column, without its diagonal */
  double row_squares;        /* Σ (Σ of a row)² */
} Sums;

/* What one analysis works with. */
typedef struct
{
  size_t k;
  size_t n;
  const double *v; /* covariances */
  const double *r; /* correlations, where r_status is OK */
  DhkStatsStatus r_status;
  const double *smc; /* where smc_status is OK */
  DhkStatsStatus smc_status;
  double total_variance;
} Matrices;

static double
sum_row (const double *a, size_t k, size_t row)
{
  double sum = 0;

  for (size_t j = 0; j < k; j++)
    sum += a[j + row * k];
  return sum;
}

static Sums
sum_matrix (const double *a, size_t k)
{
  Sums sums = { 0, 0, 0, 0, 0, 0 };

  for (size_t i = 0; i < k; i++)
    {
      double row = sum_row (a, k, i), column_squares = 0;

      for (size_t j = 0; j < k; j++)
        {
          sums.size += fabs (a[j + i * k]);
          sums.squares += a[j + i * k] * a[j + i * k];
          if (j != i)
            column_squares += a[j + i * k] * a[j + i * k];
        }
      sums.total += row;
      sums.trace += a[i + i * k];
      sums.row_squares += row * row;
      sums.max_column_squares = fmax (sums.max_column_squares, column_squares);
    }
  return sums;
}

static double
alpha_of (double trace, double total, size_t k)
{
  return (double) k / ((double) k - 1) * (1 - trace / total);
}

/* The plain part from pairwise covariances */

static void
describe_pairwise_item (DhkItemReliability *item, const Matrices *m, const Sums *sums, size_t i)
{
  double variance = m->v[i + i * m->k];
  double with_total = sum_row (m->v, m->k, i);
  double rest = m->total_variance - 2 * with_total + variance;
  DhkStatsStatus status = dhk_covariance_check_variance (rest, sums->size);

  item->sd = sqrt (variance);
  item->item_rest_status
      = status == DHK_STATS_OK && !(variance > 0) ? DHK_STATS_NO_VARIANCE : status;
  if (item->item_rest_status == DHK_STATS_OK)
    {
      double r = (with_total - variance) / (sqrt (variance) * sqrt (rest));

      /* beyond 1 only where the pairs contradict each other */
      if (fabs (r) > 1 + 1e-12)
        item->item_rest_status = DHK_STATS_INDEFINITE;
      else
        item->item_rest_r = fmax (-1, fmin (1, r));
    }
  item->alpha_status = m->k < 3 ? DHK_STATS_TOO_FEW_ITEMS : status;
  if (item->alpha_status == DHK_STATS_OK)
    item->alpha_if_dropped = alpha_of (sums->trace - variance, rest, m->k - 1);
}

static DhkReliability
find_pairwise (const Matrices *m, const DhkCovariance *c, double confidence, DhkItemDetail *details)
{
  Sums sums = sum_matrix (m->v, m->k);
  DhkReliability result = { dhk_covariance_check_variance (m->total_variance, sums.size),
                            m->k,
                            c->n,
                            c->n_missing,
                            NAN,
                            dhk_interval_undefined (DHK_STATS_OK, confidence),
                            0,
                            sqrt (fmax (m->total_variance, 0)) };

  for (size_t i = 0; i < m->k; i++)
    {
      result.total_mean += c->means[i];
      if (details == NULL)
        continue;
      details[i].plain.mean = c->means[i];
      describe_pairwise_item (&details[i].plain, m, &sums, i);
    }
  result.ci.status = result.status;
  if (result.status == DHK_STATS_OK)
    {
      result.alpha = alpha_of (sums.trace, m->total_variance, m->k);
      if (result.alpha > 1 && result.alpha < 1 + ROUNDING)
        result.alpha = 1;
      result.ci = result.alpha > 1 ? dhk_interval_undefined (DHK_STATS_INDEFINITE, confidence)
                                   : dhk_alpha_interval (result.alpha, m->k, c->n, confidence);
    }
  else if (result.status == DHK_STATS_INDEFINITE)
    result.total_sd = NAN;
  else
    result.total_sd = 0;
  return result;
}

/* The whole */

static DhkAsymptoticAlpha
find_asymptotic (const Matrices *m, const Sums *sums, double alpha, double confidence)
{
  double k = (double) m->k, v = m->total_variance;
  double factor = 2 * k * k / ((k - 1) * (k - 1) * v * v * v);
  /* not below zero but for rounding: it is the variance of an estimate */
  double q
      = factor
        * (v * (sums->squares + sums->trace * sums->trace) - 2 * sums->trace * sums->row_squares);
  double se = sqrt (fmax (q, 0) / (double) m->n);
  double margin = dhk_normal_quantile (0.5 + confidence / 2) * se;

  if (!isfinite (se))
    return (DhkAsymptoticAlpha){ DHK_STATS_NOT_FINITE, NAN, NAN,
                                 dhk_interval_undefined (DHK_STATS_NOT_FINITE, confidence) };
  return (DhkAsymptoticAlpha){ DHK_STATS_OK, alpha, se,
                               dhk_interval_make (alpha - margin, alpha + margin, confidence) };
}

static DhkInterItem
find_between_items (const Matrices *m)
{
  DhkInterItem result = { m->r_status, NAN, NAN, NAN };
  double sum = 0;

  if (m->r_status != DHK_STATS_OK)
    return result;
  result.min_r = 1;
  result.max_r = -1;
  for (size_t i = 0; i < m->k; i++)
    for (size_t j = 0; j < i; j++)
      {
        double r = m->r[j + i * m->k];

        sum += r;
        result.min_r = fmin (result.min_r, r);
        result.max_r = fmax (result.max_r, r);
      }
  result.mean_r = sum / ((double) m->k * ((double) m->k - 1) / 2);
  return result;
}

static DhkStandardisedAlpha
find_standardised (const Matrices *m)
{
  DhkStandardisedAlpha result = { m->r_status, NAN };

  if (m->r_status != DHK_STATS_OK)
    return result;
  Sums sums = sum_matrix (m->r, m->k);
  result.status = dhk_covariance_check_variance (sums.total, sums.size);
  if (result.status == DHK_STATS_OK)
    result.alpha = alpha_of (sums.trace, sums.total, m->k);
  return result;
}

static DhkGuttman
find_guttman (const Matrices *m, const Sums *sums)
{
  double k = (double) m->k, v = m->total_variance, outside = 0;
  double lambda1 = 1 - sums->trace / v;
  DhkGuttman result = { DHK_STATS_OK, lambda1,       NAN, alpha_of (sums->trace, v, m->k),
                        NAN,          m->smc_status, NAN, NAN };

  for (size_t i = 0; i < m->k; i++)
    for (size_t j = 0; j < i; j++)
      outside += 2 * m->v[j + i * m->k] * m->v[j + i * m->k];
  result.lambda2 = lambda1 + sqrt (k / (k - 1) * outside) / v;
  result.lambda5 = lambda1 + 2 * sqrt (sums->max_column_squares) / v;
  if (m->smc_status == DHK_STATS_OK)
    {
      double unique = 0, unique_r = 0, total_r = sum_matrix (m->r, m->k).total;

      for (size_t i = 0; i < m->k; i++)
        {
          unique += m->v[i + i * m->k] * (1 - m->smc[i]);
          unique_r += 1 - m->smc[i];
        }
      result.lambda6_covariances = 1 - unique / v;
      /* R has an inverse, so that its sum is above zero */
      result.lambda6_correlations = 1 - unique_r / total_r;
    }
  return result;
}

static void
describe_detail (DhkItemDetail *detail, const Matrices *m, double total_mean, size_t i)
{
  double variance = m->v[i + i * m->k];
  double with_total = sum_row (m->v, m->k, i);
  Sums sums = sum_matrix (m->v, m->k);
  double rest = m->total_variance - 2 * with_total + variance;

  detail->rest_mean = total_mean - detail->plain.mean;
  detail->rest_status = dhk_covariance_check_variance (rest, sums.size);
  if (detail->rest_status == DHK_STATS_NO_VARIANCE)
    rest = 0;
  if (detail->rest_status != DHK_STATS_INDEFINITE)
    {
      detail->rest_status = DHK_STATS_OK;
      detail->rest_variance = rest;
    }
  detail->item_total_status = dhk_covariance_check_variance (m->total_variance, sums.size);
  if (detail->item_total_status == DHK_STATS_OK && !(variance > 0))
    detail->item_total_status = DHK_STATS_NO_VARIANCE;
  if (detail->item_total_status == DHK_STATS_OK)
    {
      double r = with_total / (sqrt (variance) * sqrt (m->total_variance));

      if (fabs (r) > 1 + 1e-12)
        detail->item_total_status = DHK_STATS_INDEFINITE;
      else
        detail->item_total_r = fmax (-1, fmin (1, r));
    }
  detail->multiple_status = m->smc_status;
  if (m->smc_status == DHK_STATS_OK)
    detail->multiple_r_squared = m->smc[i];
}

static void
describe_standardised (DhkItemDetail *detail, const Matrices *m, size_t i)
{
  Sums sums;
  double rest;

  detail->standardised_status = m->k < 3 ? DHK_STATS_TOO_FEW_ITEMS : m->r_status;
  if (detail->standardised_status != DHK_STATS_OK)
    return;
  sums = sum_matrix (m->r, m->k);
  rest = sums.total - 2 * sum_row (m->r, m->k, i) + 1;
  detail->standardised_status = dhk_covariance_check_variance (rest, sums.size);
  if (detail->standardised_status == DHK_STATS_OK)
    detail->standardised_alpha_if_dropped = alpha_of (sums.trace - 1, rest, m->k - 1);
}

/* The parts that need the variance of the total. */
static void
find_parts (DhkItemAnalysis *self, const Matrices *m, DhkItemDetail *details)
{
  Sums sums = sum_matrix (m->v, m->k);
  double k = (double) m->k, confidence = self->cronbach.ci.confidence;

  self->mean_covariance = (sums.total - sums.trace) / (k * (k - 1));
  self->between_items = find_between_items (m);
  self->standardised = find_standardised (m);
  self->asymptotic = find_asymptotic (m, &sums, self->cronbach.alpha, confidence);
  self->guttman = find_guttman (m, &sums);
  for (size_t i = 0; details != NULL && i < m->k; i++)
    {
      describe_detail (&details[i], m, self->cronbach.total_mean, i);
      describe_standardised (&details[i], m, i);
    }
}

/* Everything undefined for one reason. */
static void
begin (DhkItemAnalysis *self, DhkStatsStatus status, double confidence, DhkItemDetail *details)
{
  DhkInterval none = dhk_interval_undefined (status, confidence);

  self->asymptotic = (DhkAsymptoticAlpha){ status, NAN, NAN, none };
  self->between_items = (DhkInterItem){ status, NAN, NAN, NAN };
  self->mean_covariance = NAN;
  self->standardised = (DhkStandardisedAlpha){ status, NAN };
  self->guttman = (DhkGuttman){ status, NAN, NAN, NAN, NAN, status, NAN, NAN };
  for (size_t i = 0; details != NULL && i < self->cronbach.n_items; i++)
    {
      details[i].rest_status = details[i].item_total_status = details[i].multiple_status
          = details[i].standardised_status = status;
      details[i].rest_mean = details[i].rest_variance = details[i].item_total_r
          = details[i].multiple_r_squared = details[i].standardised_alpha_if_dropped = NAN;
    }
}

static DhkItemReliability
no_item (DhkStatsStatus status)
{
  return (DhkItemReliability){ status, NAN, NAN, status, NAN, status, NAN };
}

/* Gives self->cronbach and the plain parts of the items; `c` may be without covariances. */
static DhkStatsStatus
find_plain (DhkItemAnalysis *self,
            const double *const *items,
            size_t n,
            const DhkCovariance *c,
            DhkStatsStatus status,
            DhkItemDetail *details)
{
  DhkReliability *plain = &self->cronbach;
  double confidence = plain->ci.confidence;
  size_t k = plain->n_items;

  if (self->missing == DHK_DELETION_LISTWISE)
    {
      DhkItemReliability *each = details != NULL ? calloc (k, sizeof *each) : NULL;

      if (details != NULL && each == NULL)
        return DHK_STATS_NO_MEMORY;
      *plain = dhk_cronbach_alpha (items, k, n, confidence, each);
      for (size_t i = 0; details != NULL && i < k; i++)
        details[i].plain = each[i];
      free (each);
      return plain->status;
    }
  plain->n = c->n;
  plain->n_missing = c->n_missing;
  if (status == DHK_STATS_OK)
    *plain = find_pairwise (&(Matrices){ .k = k,
                                         .v = c->covariances,
                                         .total_variance = sum_matrix (c->covariances, k).total },
                            c, confidence, details);
  else if (status == DHK_STATS_TOO_FEW)
    plain->total_mean = 0;
  for (size_t i = 0; status == DHK_STATS_TOO_FEW && i < k; i++)
    {
      plain->total_mean += c->means[i];
      if (details != NULL)
        details[i].plain.mean = c->means[i];
    }
  return status == DHK_STATS_OK ? plain->status : status;
}

/* Correlations and their inverse, and then all parts. */
static DhkStatsStatus
find_all (DhkItemAnalysis *self, const DhkCovariance *c, DhkItemDetail *details)
{
  size_t k = c->n_columns;
  double *r = calloc (k, k * sizeof *r), *inverse = calloc (k, k * sizeof *inverse);
  double *smc = calloc (k, sizeof *smc);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (r != NULL && inverse != NULL && smc != NULL)
    {
      double sd = self->cronbach.total_sd;
      Matrices m = { k, c->n, c->covariances, r, DHK_STATS_OK, smc, DHK_STATS_OK, sd * sd };

      status = DHK_STATS_OK;
      m.smc_status = m.r_status = dhk_covariance_standardise (c, r);
      if (m.r_status == DHK_STATS_OK && c->n <= k)
        m.smc_status = DHK_STATS_SINGULAR;
      else if (m.r_status == DHK_STATS_OK)
        {
          memcpy (inverse, r, k * k * sizeof *r);
          m.smc_status = dhk_correlations_invert (inverse, k, NULL);
        }
      for (size_t i = 0; m.smc_status == DHK_STATS_OK && i < k; i++)
        smc[i] = fmax (0, 1 - 1 / inverse[i + i * k]);
      find_parts (self, &m, details);
    }
  free (smc);
  free (inverse);
  free (r);
  return status;
}

DhkItemAnalysis
dhk_item_analysis (const double *const *items,
                   size_t n_items,
                   size_t n,
                   DhkDeletion missing,
                   double confidence,
                   DhkItemDetail *details)
{
  DhkItemAnalysis result
      = { .missing = missing,
          .cronbach = { DHK_STATS_OK, n_items, 0, 0, NAN,
                        dhk_interval_undefined (DHK_STATS_OK, confidence), NAN, NAN } };
  DhkCovariance c = { 0 };
  DhkStatsStatus status = DHK_STATS_OK;

  for (size_t i = 0; details != NULL && i < n_items; i++)
    details[i] = (DhkItemDetail){ .plain = no_item (DHK_STATS_OK) };
  if (!dhk_confidence_is_valid (confidence))
    status = DHK_STATS_BAD_ARGUMENT;
  else if (n_items < 2)
    status = DHK_STATS_TOO_FEW_ITEMS;
  else
    status = dhk_covariance_init (&c, items, n_items, n, missing);
  if (status != DHK_STATS_NO_MEMORY && status != DHK_STATS_BAD_ARGUMENT
      && status != DHK_STATS_TOO_FEW_ITEMS)
    status = find_plain (&result, items, n, &c, status, details);

  begin (&result, status, confidence, details);
  for (size_t i = 0; c.n_valid != NULL && details != NULL && i < n_items; i++)
    details[i].n_valid = c.n_valid[i];
  if (status == DHK_STATS_OK)
    status = find_all (&result, &c, details);
  dhk_covariance_clear (&c);

  result.status = status;
  if (status != DHK_STATS_OK && result.cronbach.status == DHK_STATS_OK)
    result.cronbach.status = result.cronbach.ci.status = status;
  for (size_t i = 0; details != NULL && i < n_items; i++)
    {
      DhkItemReliability *plain = &details[i].plain;

      if (isnan (plain->mean) || isnan (plain->sd))
        plain->status = status;
      if (isnan (plain->item_rest_r) && plain->item_rest_status == DHK_STATS_OK)
        plain->item_rest_status = status;
      if (isnan (plain->alpha_if_dropped) && plain->alpha_status == DHK_STATS_OK)
        plain->alpha_status = status;
    }
  return result;
}
