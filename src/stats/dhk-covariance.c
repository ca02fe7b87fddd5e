/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-covariance.h"

#include "stats/dhk-double-double.h"
#include "stats/dhk-linear.h"

#include <stdlib.h>
#include <string.h>

/* Rows whose products are summed in plain doubles, so that the error of a sum is a few
 * rounding errors, and the compiler can do several rows at once. */
#define N_BLOCK 64

/* 1 − R² of a column that is a combination of others, after rounding, at most. */
#define SINGULAR_BELOW 1e-11

const char *const dhk_deletion_names[] = { "listwise", "pairwise", NULL };

/* Listwise */

/* Σx of one column over the rows that count. */
typedef struct
{
  double min;
  double max;
  DhkDoubleDouble sum;
  DhkDoubleDouble mean;
} Column;

static bool
row_is_complete (const double *const *columns, size_t n_columns, size_t row)
{
  for (size_t j = 0; j < n_columns; j++)
    if (isnan (columns[j][row]))
      return false;
  return true;
}

static void
count_rows (DhkCovariance *self, const double *const *columns, size_t n)
{
  self->n = 0;
  for (size_t i = 0; i < n; i++)
    self->n += row_is_complete (columns, self->n_columns, i) ? 1 : 0;
  self->n_missing = n - self->n;
  for (size_t j = 0; j < self->n_columns; j++)
    {
      self->n_valid[j] = 0;
      for (size_t i = 0; i < n; i++)
        self->n_valid[j] += isnan (columns[j][i]) ? 0 : 1;
    }
}

/* Adds one row's values to the sums. */
static void
add_value (Column *column, double x)
{
  column->min = x < column->min ? x : column->min;
  column->max = x > column->max ? x : column->max;
  column->sum = dhk_dd_add (column->sum, x);
}

static DhkStatsStatus
finish_mean (Column *column, size_t n)
{
  column->mean = dhk_dd_divide (column->sum, (double) n);
  return isfinite (dhk_dd_value (column->mean)) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
}

/* Σ over one block, in an order that lets four sums run side by side. */
static double
multiply_block (const double *x, const double *y)
{
  double sum[4] = { 0, 0, 0, 0 };

  for (size_t i = 0; i < N_BLOCK; i += 4)
    for (size_t lane = 0; lane < 4; lane++)
      sum[lane] += x[i + lane] * y[i + lane];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Adds the products of a block of deviations (N_BLOCK per column, the rest zero). */
static void
add_block (DhkDoubleDouble *products, const double *deviations, size_t k)
{
  for (size_t a = 0; a < k; a++)
    for (size_t b = 0; b <= a; b++)
      products[b + a * k] = dhk_dd_add (
          products[b + a * k], multiply_block (deviations + a * N_BLOCK, deviations + b * N_BLOCK));
}

static void
sum_products (DhkDoubleDouble *products,
              double *deviations,
              const Column *sums,
              const double *const *columns,
              size_t k,
              size_t n)
{
  size_t n_filled = 0;

  memset (deviations, 0, k * N_BLOCK * sizeof *deviations);
  for (size_t i = 0; i < n; i++)
    {
      if (!row_is_complete (columns, k, i))
        continue;
      /* a column without spread must not get one from rounding its mean */
      for (size_t j = 0; j < k; j++)
        deviations[j * N_BLOCK + n_filled]
            = sums[j].max > sums[j].min ? dhk_dd_deviation (columns[j][i], sums[j].mean) : 0;
      if (++n_filled < N_BLOCK)
        continue;
      add_block (products, deviations, k);
      memset (deviations, 0, k * N_BLOCK * sizeof *deviations);
      n_filled = 0;
    }
  if (n_filled > 0)
    add_block (products, deviations, k);
}

/* Means and covariances of the complete rows of `k` columns, of which there are `n_complete`;
 * the matrix has room for k². */
static DhkStatsStatus
compute_listwise (const double *const *columns,
                  size_t k,
                  size_t n,
                  size_t n_complete,
                  double *means,
                  double *covariances)
{
  DhkStatsStatus status = DHK_STATS_OK;
  Column *sums = calloc (k, sizeof *sums);
  double *deviations = calloc (k, N_BLOCK * sizeof *deviations);
  DhkDoubleDouble *products = calloc (k, k * sizeof *products);

  if (sums == NULL || deviations == NULL || products == NULL)
    status = DHK_STATS_NO_MEMORY;
  for (size_t j = 0; status == DHK_STATS_OK && j < k; j++)
    {
      sums[j] = (Column){ INFINITY, -INFINITY, { 0, 0 }, { NAN, NAN } };
      for (size_t i = 0; i < n; i++)
        if (row_is_complete (columns, k, i))
          add_value (&sums[j], columns[j][i]);
      status = finish_mean (&sums[j], n_complete);
      means[j] = dhk_dd_value (sums[j].mean);
    }
  if (status == DHK_STATS_OK && n_complete < 2)
    status = DHK_STATS_TOO_FEW;
  if (status == DHK_STATS_OK)
    {
      sum_products (products, deviations, sums, columns, k, n);
      for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b <= a; b++)
          {
            double c = dhk_dd_value (products[b + a * k]) / (double) (n_complete - 1);

            covariances[b + a * k] = covariances[a + b * k] = c;
            if (!isfinite (c))
              status = DHK_STATS_NOT_FINITE;
          }
    }
  free (products);
  free (deviations);
  free (sums);
  return status;
}

/* Pairwise */

/* One pair of columns: n, means and the 2 × 2 covariances of the rows with both. */
static DhkStatsStatus
compute_pair (const double *x, const double *y, size_t n, size_t *n_pair, double covariances[4])
{
  const double *pair[] = { x, y };
  double means[2];

  *n_pair = 0;
  for (size_t i = 0; i < n; i++)
    *n_pair += row_is_complete (pair, 2, i) ? 1 : 0;
  return *n_pair == 0 ? DHK_STATS_NO_DATA
                      : compute_listwise (pair, 2, n, *n_pair, means, covariances);
}

static DhkStatsStatus
compute_pairs (DhkCovariance *self, const double *const *columns, size_t n)
{
  size_t k = self->n_columns;
  DhkStatsStatus status = DHK_STATS_OK;

  self->n = n;
  /* the means first, so that they stand where the covariances cannot */
  for (size_t a = 0; a < k && status == DHK_STATS_OK; a++)
    {
      double variance;

      status = self->n_valid[a] == 0 ? DHK_STATS_NO_DATA
                                     : compute_listwise (&columns[a], 1, n, self->n_valid[a],
                                                         &self->means[a], &variance);
      if (status == DHK_STATS_OK)
        self->covariances[a + a * k] = variance;
      self->n = self->n_valid[a] < self->n ? self->n_valid[a] : self->n;
    }
  for (size_t a = 0; a < k && status == DHK_STATS_OK; a++)
    for (size_t b = 0; b < a && status == DHK_STATS_OK; b++)
      {
        double pair[4];
        size_t n_pair;

        status = compute_pair (columns[a], columns[b], n, &n_pair, pair);
        self->n = n_pair < self->n ? n_pair : self->n;
        if (status == DHK_STATS_OK)
          self->covariances[a + b * k] = self->covariances[b + a * k] = pair[1];
      }
  return status;
}

/* The doors */

void
dhk_covariance_clear (DhkCovariance *self)
{
  free (self->n_valid);
  free (self->means);
  free (self->covariances);
  *self = (DhkCovariance){ 0 };
}

DhkStatsStatus
dhk_covariance_init (DhkCovariance *self,
                     const double *const *columns,
                     size_t n_columns,
                     size_t n,
                     DhkDeletion missing)
{
  *self = (DhkCovariance){ .missing = missing, .n_columns = n_columns };
  if (n_columns == 0)
    return DHK_STATS_TOO_FEW_ITEMS;
  self->n_valid = calloc (n_columns, sizeof *self->n_valid);
  self->means = calloc (n_columns, sizeof *self->means);
  self->covariances = calloc (n_columns, n_columns * sizeof *self->covariances);
  if (self->n_valid == NULL || self->means == NULL || self->covariances == NULL)
    {
      dhk_covariance_clear (self);
      self->n_columns = n_columns;
      return DHK_STATS_NO_MEMORY;
    }
  for (size_t j = 0; j < n_columns; j++)
    {
      self->means[j] = NAN;
      for (size_t i = 0; i < n_columns; i++)
        self->covariances[i + j * n_columns] = NAN;
    }

  count_rows (self, columns, n);
  if (missing == DHK_DELETION_PAIRWISE)
    return compute_pairs (self, columns, n);
  return self->n == 0
             ? DHK_STATS_NO_DATA
             : compute_listwise (columns, n_columns, n, self->n, self->means, self->covariances);
}

/* Correlations */

static double
correlation_of (double covariance, double variance_x, double variance_y)
{
  return fmax (-1, fmin (1, covariance / (sqrt (variance_x) * sqrt (variance_y))));
}

DhkStatsStatus
dhk_covariance_standardise (const DhkCovariance *self, double *r)
{
  size_t k = self->n_columns;
  const double *c = self->covariances;

  for (size_t a = 0; a < k; a++)
    if (!(c[a + a * k] > 0))
      return DHK_STATS_NO_VARIANCE;
  for (size_t a = 0; a < k; a++)
    {
      r[a + a * k] = 1;
      for (size_t b = 0; b < a; b++)
        {
          double quotient = c[a + b * k] / (sqrt (c[a + a * k]) * sqrt (c[b + b * k]));

          if (fabs (quotient) > 1 + 1e-12)
            return DHK_STATS_INDEFINITE;
          r[a + b * k] = r[b + a * k] = fmax (-1, fmin (1, quotient));
        }
    }
  return DHK_STATS_OK;
}

static DhkStatsStatus
correlate_pair (const double *x, const double *y, size_t n, double *r)
{
  double pair[4];
  size_t n_pair;
  DhkStatsStatus status = compute_pair (x, y, n, &n_pair, pair);

  if (status == DHK_STATS_OK && !(pair[0] > 0 && pair[3] > 0))
    status = DHK_STATS_NO_VARIANCE;
  if (status == DHK_STATS_OK)
    *r = correlation_of (pair[1], pair[0], pair[3]);
  return status;
}

DhkStatsStatus
dhk_covariance_correlate (const DhkCovariance *self,
                          const double *const *columns,
                          size_t n,
                          double *r)
{
  size_t k = self->n_columns;
  const double *c = self->covariances;

  for (size_t a = 0; a < k; a++)
    if (!(c[a + a * k] > 0))
      return DHK_STATS_NO_VARIANCE;
  for (size_t a = 0; a < k; a++)
    {
      for (size_t b = 0; b < a; b++)
        {
          double value = correlation_of (c[a + b * k], c[a + a * k], c[b + b * k]);

          if (self->missing == DHK_DELETION_PAIRWISE)
            {
              DhkStatsStatus status = correlate_pair (columns[a], columns[b], n, &value);

              if (status != DHK_STATS_OK)
                return status;
            }
          r[a + b * k] = r[b + a * k] = value;
        }
    }
  for (size_t a = 0; a < k; a++)
    r[a + a * k] = 1;
  return DHK_STATS_OK;
}

DhkStatsStatus
dhk_correlations_init (DhkCovariance *self,
                       const double *const *columns,
                       size_t n_columns,
                       size_t n,
                       DhkDeletion missing)
{
  DhkStatsStatus status = dhk_covariance_init (self, columns, n_columns, n, missing);

  if (status != DHK_STATS_OK)
    return status;
  /* in place: each entry is made from itself and the diagonal, which becomes 1 last */
  return dhk_covariance_correlate (self, columns, n, self->covariances);
}

/* The sign of the least eigenvalue of `r` tells why it has no inverse. */
static DhkStatsStatus
find_defect (const double *r, size_t k)
{
  double *copy = calloc (k, k * sizeof *copy);
  double *values = calloc (k, sizeof *values);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (copy != NULL && values != NULL)
    {
      memcpy (copy, r, k * k * sizeof *copy);
      status = dhk_linear_eigenvalues (copy, k, values);
      if (status == DHK_STATS_OK)
        status = values[k - 1] < -SINGULAR_BELOW ? DHK_STATS_INDEFINITE : DHK_STATS_SINGULAR;
    }
  free (values);
  free (copy);
  return status;
}

DhkStatsStatus
dhk_correlations_invert (double *r, size_t k, double *log_determinant)
{
  double *factor = calloc (k, k * sizeof *factor);
  DhkStatsStatus status;

  if (factor == NULL)
    return DHK_STATS_NO_MEMORY;
  memcpy (factor, r, k * k * sizeof *factor);
  status = dhk_linear_cholesky (factor, k);
  if (status == DHK_STATS_OK)
    {
      if (log_determinant != NULL)
        *log_determinant = dhk_linear_cholesky_log_determinant (factor, k);
      dhk_linear_cholesky_invert (factor, k);
    }
  for (size_t j = 0; j < k && status == DHK_STATS_OK; j++)
    if (!(factor[j + j * k] * SINGULAR_BELOW < 1))
      status = DHK_STATS_SINGULAR;
  if (status == DHK_STATS_SINGULAR)
    status = find_defect (r, k);
  if (status == DHK_STATS_OK)
    memcpy (r, factor, k * k * sizeof *r);
  free (factor);
  return status;
}

DhkStatsStatus
dhk_covariance_check_variance (double variance, double size)
{
  double rounding = 1e-14 * size;

  if (variance > rounding)
    return DHK_STATS_OK;
  return variance < -rounding ? DHK_STATS_INDEFINITE : DHK_STATS_NO_VARIANCE;
}
