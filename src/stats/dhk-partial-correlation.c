/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-partial-correlation.h"

#include "stats/dhk-complete-cases.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-fisher-z.h"
#include "stats/dhk-moments.h"

#include <stdlib.h>
#include <string.h>

/* A residual this much shorter than its column is what rounding leaves of zero. */
#define DETERMINED 1e-12

static double
inner_product (const double *a, const double *b, size_t n)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    sum = dhk_dd_add_product (sum, a[i], b[i]);
  return dhk_dd_value (sum);
}

/* Centres a column and brings it to length 1. */
static DhkStatsStatus
standardise (double *column, size_t n)
{
  DhkMoments moments = dhk_moments_compute (column, n);
  double length = sqrt (dhk_dd_value (moments.squares));

  if (!moments.finite)
    return DHK_STATS_NOT_FINITE;
  if (!dhk_moments_vary (&moments) || !(length > 0))
    return DHK_STATS_NO_VARIANCE;
  for (size_t i = 0; i < n; i++)
    column[i] = dhk_dd_deviation (column[i], moments.mean) / length;
  return DHK_STATS_OK;
}

/* Takes the `n_basis` orthonormal columns before it out of a column of length 1, and brings the
 * rest to length 1 again. */
static DhkStatsStatus
take_out (double *column, const double *basis, size_t n_basis, size_t n)
{
  double rest;

  for (int pass = 0; pass < 2; pass++)
    for (size_t j = 0; j < n_basis; j++)
      {
        const double *b = basis + j * n;
        double share = inner_product (column, b, n);

        for (size_t i = 0; i < n; i++)
          column[i] = fma (-share, b[i], column[i]);
      }
  rest = sqrt (inner_product (column, column, n));
  if (!(rest > DETERMINED))
    return DHK_STATS_SINGULAR;
  for (size_t i = 0; i < n; i++)
    column[i] /= rest;
  return DHK_STATS_OK;
}

/* `columns`: the controls, x, y, and copies of x and y, each of length n. */
static DhkStatsStatus
find_residuals (double *columns, size_t n_controls, size_t n)
{
  double *x = columns + n_controls * n, *y = x + n;
  DhkStatsStatus status = DHK_STATS_OK;

  for (size_t j = 0; status == DHK_STATS_OK && j < n_controls + 2; j++)
    status = standardise (columns + j * n, n);
  if (status != DHK_STATS_OK)
    return status;
  memcpy (x + 2 * n, x, 2 * n * sizeof *x);
  for (size_t j = 0; status == DHK_STATS_OK && j < n_controls; j++)
    status = take_out (columns + j * n, columns, j, n);
  if (status == DHK_STATS_OK)
    status = take_out (x, columns, n_controls, n);
  if (status == DHK_STATS_OK)
    status = take_out (y, columns, n_controls, n);
  return status;
}

static void
correlate (DhkPartialCorrelation *self, double *columns, double confidence)
{
  size_t n = self->n;
  const double *x = columns + self->n_controls * n, *y = x + n;
  DhkCorrelation r;

  self->status = find_residuals (columns, self->n_controls, n);
  self->ci.status = self->status;
  if (self->status != DHK_STATS_OK)
    return;
  self->df = (double) n - 2 - (double) self->n_controls;
  r = dhk_pearson (x, y, n, confidence);
  self->status = self->ci.status = r.status;
  self->r = r.r;
  self->part_x = inner_product (x, x + 3 * n, n);
  self->part_y = inner_product (x + 2 * n, y, n);
  if (r.status != DHK_STATS_OK)
    return;
  /* t over the root of df is r / √(1 − r²), whatever the df */
  self->t = r.t / sqrt (r.df) * sqrt (self->df);
  self->p = dhk_t_two_sided (self->t, self->df);
  self->ci = self->df > 1 ? dhk_fisher_interval (asinh (r.t / sqrt (r.df)), 1 / sqrt (self->df - 1),
                                                 confidence)
                          : dhk_interval_undefined (DHK_STATS_TOO_FEW, confidence);
}

/* Complete rows of the controls, x and y, with room for copies of x and y. */
static double *
copy_columns (const double *x,
              const double *y,
              const double *const *controls,
              size_t n_controls,
              size_t n,
              size_t *n_complete)
{
  const double **columns = calloc (n_controls + 4, sizeof *columns);
  double *copy;

  if (columns == NULL)
    return NULL;
  for (size_t j = 0; j < n_controls; j++)
    columns[j] = controls[j];
  columns[n_controls] = columns[n_controls + 2] = x;
  columns[n_controls + 1] = columns[n_controls + 3] = y;
  copy = dhk_complete_cases_copy (columns, n_controls + 4, n, n_complete);
  free (columns);
  return copy;
}

DhkPartialCorrelation
dhk_partial_correlation (const double *x,
                         const double *y,
                         const double *const *controls,
                         size_t n_controls,
                         size_t n,
                         double confidence)
{
  DhkPartialCorrelation result = { .status = DHK_STATS_OK,
                                   .n_controls = n_controls,
                                   .r = NAN,
                                   .t = NAN,
                                   .df = NAN,
                                   .p = NAN,
                                   .part_x = NAN,
                                   .part_y = NAN };
  double *columns = copy_columns (x, y, controls, n_controls, n, &result.n);

  if (columns == NULL)
    result.status = DHK_STATS_NO_MEMORY;
  else if (!dhk_confidence_is_valid (confidence))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (result.n == 0)
    result.status = DHK_STATS_NO_DATA;
  else if (result.n < 3 || result.n - 3 < n_controls)
    result.status = DHK_STATS_TOO_FEW;
  result.n_missing = n - result.n;
  result.ci = dhk_interval_undefined (result.status, confidence);
  if (result.status == DHK_STATS_OK)
    correlate (&result, columns, confidence);
  free (columns);
  return result;
}
