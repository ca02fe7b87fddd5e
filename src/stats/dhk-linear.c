/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-linear.h"

#include <float.h>
#include <lapacke.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* LAPACK counts elements in an int. Only the _work functions of LAPACKE are
 * called: they neither allocate nor look for NaN, and with arguments in range
 * they do not print. */

static bool
fits (size_t n_rows, size_t n_columns)
{
  return n_rows < INT_MAX && n_columns < INT_MAX
         && (n_columns == 0 || n_rows <= (size_t) INT_MAX / n_columns);
}

static bool
all_finite (const double *a, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (!isfinite (a[i]))
      return false;
  return true;
}

/* LAPACK's own answer to "how much work space is best", as it gives it: a double. */
static double *
new_work (double asked, lapack_int *length)
{
  *length = asked > 1 ? (lapack_int) asked : 1;
  return calloc ((size_t) *length, sizeof (double));
}

/* Symmetric matrices */

static DhkStatsStatus
solve_symmetric (char job, double *a, size_t n, double *values)
{
  lapack_int order = (lapack_int) n, length, info;
  double asked = 1;
  double *work;

  if (n == 0)
    return DHK_STATS_OK;
  if (!fits (n, n))
    return DHK_STATS_TOO_LARGE;
  if (!all_finite (a, n * n))
    return DHK_STATS_NOT_FINITE;

  LAPACKE_dsyev_work (LAPACK_COL_MAJOR, job, 'L', order, a, order, values, &asked, -1);
  work = new_work (asked, &length);
  if (work == NULL)
    return DHK_STATS_NO_MEMORY;
  info = LAPACKE_dsyev_work (LAPACK_COL_MAJOR, job, 'L', order, a, order, values, work, length);
  free (work);
  return info == 0 ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
}

static void
swap (double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

static void
turn_upwards (double *vector, size_t n)
{
  size_t largest = 0;

  /* the margin: of elements that are equal but for rounding the first decides */
  for (size_t i = 1; i < n; i++)
    if (fabs (vector[i]) > fabs (vector[largest]) * (1 + 1e-8))
      largest = i;
  if (vector[largest] < 0)
    for (size_t i = 0; i < n; i++)
      vector[i] = -vector[i];
}

DhkStatsStatus
dhk_linear_eigen (double *a, size_t n, double *values)
{
  DhkStatsStatus status = solve_symmetric ('V', a, n, values);

  if (status != DHK_STATS_OK)
    return status;
  for (size_t low = 0, high = n; low + 1 < high; low++)
    {
      high--;
      swap (&values[low], &values[high]);
      for (size_t i = 0; i < n; i++)
        swap (&a[i + low * n], &a[i + high * n]);
    }
  for (size_t j = 0; j < n; j++)
    turn_upwards (a + j * n, n);
  return status;
}

DhkStatsStatus
dhk_linear_eigenvalues (double *a, size_t n, double *values)
{
  DhkStatsStatus status = solve_symmetric ('N', a, n, values);

  if (status != DHK_STATS_OK)
    return status;
  for (size_t low = 0, high = n; low + 1 < high; low++)
    swap (&values[low], &values[--high]);
  return status;
}

/* True where the squared pivots of the factor are more than the rounding of the diagonal. */
static bool
pivots_are_sound (const double *factor, size_t n)
{
  for (size_t j = 0; j < n; j++)
    {
      double pivot = factor[j + j * n] * factor[j + j * n], diagonal = pivot;

      for (size_t k = 0; k < j; k++)
        diagonal += factor[j + k * n] * factor[j + k * n];
      if (!(pivot > (double) n * DBL_EPSILON * diagonal))
        return false;
    }
  return true;
}

DhkStatsStatus
dhk_linear_cholesky (double *a, size_t n)
{
  lapack_int order = (lapack_int) n;

  if (n == 0)
    return DHK_STATS_OK;
  if (!fits (n, n))
    return DHK_STATS_TOO_LARGE;
  for (size_t j = 0; j < n; j++)
    {
      if (!all_finite (a + j + j * n, n - j))
        return DHK_STATS_NOT_FINITE;
      for (size_t i = 0; i < j; i++)
        a[i + j * n] = 0;
    }
  if (LAPACKE_dpotrf_work (LAPACK_COL_MAJOR, 'L', order, a, order) != 0)
    return DHK_STATS_SINGULAR;
  return pivots_are_sound (a, n) ? DHK_STATS_OK : DHK_STATS_SINGULAR;
}

void
dhk_linear_cholesky_solve (const double *factor, size_t n, double *b, size_t n_b)
{
  lapack_int order = (lapack_int) n;

  if (n > 0 && n_b > 0 && fits (n, n_b))
    LAPACKE_dpotrs_work (LAPACK_COL_MAJOR, 'L', order, (lapack_int) n_b, factor, order, b, order);
}

void
dhk_linear_cholesky_invert (double *factor, size_t n)
{
  lapack_int order = (lapack_int) n;

  if (n == 0)
    return;
  LAPACKE_dpotri_work (LAPACK_COL_MAJOR, 'L', order, factor, order);
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < j; i++)
      factor[i + j * n] = factor[j + i * n];
}

double
dhk_linear_cholesky_log_determinant (const double *factor, size_t n)
{
  double sum = 0;

  for (size_t j = 0; j < n; j++)
    sum += log (factor[j + j * n]);
  return 2 * sum;
}

DhkStatsStatus
dhk_linear_invert (double *a, size_t n)
{
  DhkStatsStatus status = dhk_linear_cholesky (a, n);

  if (status == DHK_STATS_OK)
    dhk_linear_cholesky_invert (a, n);
  return status;
}

/* Rectangular matrices */

void
dhk_linear_qr_clear (DhkLinearQr *self)
{
  free (self->qr);
  free (self->tau);
  free (self->pivot);
  *self = (DhkLinearQr){ 0, 0, NULL, NULL, NULL };
}

/* Decomposes self->qr in place. */
static DhkStatsStatus
decompose (DhkLinearQr *self)
{
  lapack_int rows = (lapack_int) self->n_rows, columns = (lapack_int) self->n_columns;
  lapack_int length;
  double asked = 1;
  double *work;

  LAPACKE_dgeqp3_work (LAPACK_COL_MAJOR, rows, columns, self->qr, rows, self->pivot, self->tau,
                       &asked, -1);
  work = new_work (asked, &length);
  if (work == NULL)
    return DHK_STATS_NO_MEMORY;
  LAPACKE_dgeqp3_work (LAPACK_COL_MAJOR, rows, columns, self->qr, rows, self->pivot, self->tau,
                       work, length);
  free (work);
  for (size_t j = 0; j < self->n_columns; j++)
    self->pivot[j]--;
  return DHK_STATS_OK;
}

DhkStatsStatus
dhk_linear_qr (DhkLinearQr *self, const double *a, size_t n_rows, size_t n_columns)
{
  DhkStatsStatus status;

  *self = (DhkLinearQr){ 0, 0, NULL, NULL, NULL };
  if (n_rows < n_columns || n_columns == 0)
    return DHK_STATS_TOO_FEW;
  if (!fits (n_rows, n_columns))
    return DHK_STATS_TOO_LARGE;
  if (!all_finite (a, n_rows * n_columns))
    return DHK_STATS_NOT_FINITE;

  *self = (DhkLinearQr){ n_rows, n_columns, calloc (n_rows * n_columns, sizeof (double)),
                         calloc (n_columns, sizeof (double)), calloc (n_columns, sizeof (int)) };
  status = DHK_STATS_NO_MEMORY;
  if (self->qr != NULL && self->tau != NULL && self->pivot != NULL)
    {
      memcpy (self->qr, a, n_rows * n_columns * sizeof (double));
      status = decompose (self);
    }
  if (status != DHK_STATS_OK)
    dhk_linear_qr_clear (self);
  return status;
}

/* b − τ v v'b, where v is 1 at `column`, and below it what the decomposition left there */
static void
reflect (const DhkLinearQr *self, size_t column, double *b)
{
  const double *v = self->qr + column * self->n_rows;
  double sum = b[column];

  for (size_t i = column + 1; i < self->n_rows; i++)
    sum += v[i] * b[i];
  sum *= self->tau[column];
  b[column] -= sum;
  for (size_t i = column + 1; i < self->n_rows; i++)
    b[i] -= sum * v[i];
}

void
dhk_linear_qr_apply (const DhkLinearQr *self, double *b, bool transposed)
{
  for (size_t k = 0; k < self->n_columns; k++)
    reflect (self, transposed ? k : self->n_columns - 1 - k, b);
}

void
dhk_linear_qr_solve (const DhkLinearQr *self, double *b, bool transposed)
{
  size_t n = self->n_columns;

  for (size_t step = 0; step < n; step++)
    {
      size_t j = transposed ? step : n - 1 - step;
      double sum = b[j];

      if (transposed)
        for (size_t k = 0; k < j; k++)
          sum -= self->qr[k + j * self->n_rows] * b[k];
      else
        for (size_t k = j + 1; k < n; k++)
          sum -= self->qr[j + k * self->n_rows] * b[k];
      b[j] = sum / self->qr[j + j * self->n_rows];
    }
}

DhkStatsStatus
dhk_linear_singular_values (double *a, size_t n_rows, size_t n_columns, double *values)
{
  lapack_int rows = (lapack_int) n_rows, columns = (lapack_int) n_columns, length, info;
  double asked = 1, unused = 0;
  double *work;

  if (n_rows == 0 || n_columns == 0)
    return DHK_STATS_TOO_FEW;
  if (!fits (n_rows, n_columns))
    return DHK_STATS_TOO_LARGE;
  if (!all_finite (a, n_rows * n_columns))
    return DHK_STATS_NOT_FINITE;

  LAPACKE_dgesvd_work (LAPACK_COL_MAJOR, 'N', 'N', rows, columns, a, rows, values, &unused, 1,
                       &unused, 1, &asked, -1);
  work = new_work (asked, &length);
  if (work == NULL)
    return DHK_STATS_NO_MEMORY;
  info = LAPACKE_dgesvd_work (LAPACK_COL_MAJOR, 'N', 'N', rows, columns, a, rows, values, &unused,
                              1, &unused, 1, work, length);
  free (work);
  return info == 0 ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
}
