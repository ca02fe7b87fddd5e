/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-raters.h"

#include <stdbool.h>
#include <stdlib.h>

/* Mean squares */

/* The targets that all judges rated, and what their ratings are taken apart into. */
typedef struct
{
  const double *const *ratings;
  size_t k;
  const size_t *rows;
  size_t n;
  DhkDoubleDouble grand;
  DhkDoubleDouble *cols; /* mean of each judge, as deviation from the grand mean */
  double scale;          /* a power of two that brings the ratings within 1 of each other */
} Table;

static double
rating (const Table *self, size_t i, size_t j)
{
  return self->ratings[j][self->rows[i]];
}

/* (x − grand mean) · scale, with 32 digits */
static DhkDoubleDouble
deviation (const Table *self, size_t i, size_t j)
{
  DhkDoubleDouble d
      = dhk_dd_add_dd ((DhkDoubleDouble){ rating (self, i, j), 0 }, dhk_dd_negate (self->grand));

  return (DhkDoubleDouble){ d.hi * self->scale, d.lo * self->scale };
}

static DhkDoubleDouble
row_mean (const Table *self, size_t i)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t j = 0; j < self->k; j++)
    sum = dhk_dd_add_dd (sum, deviation (self, i, j));
  return dhk_dd_divide (sum, (double) self->k);
}

/* Of a table of whole numbers without error, what is left of the 32 digits is below this. */
static double
drop_rounding (DhkDoubleDouble residual)
{
  double value = dhk_dd_value (residual);

  return fabs (value) < 1e-28 ? 0 : value;
}

static bool
find_means (Table *self)
{
  DhkDoubleDouble sum = { 0, 0 };
  double min = INFINITY, max = -INFINITY;
  int exponent;

  for (size_t i = 0; i < self->n; i++)
    for (size_t j = 0; j < self->k; j++)
      {
        sum = dhk_dd_add (sum, rating (self, i, j));
        min = fmin (min, rating (self, i, j));
        max = fmax (max, rating (self, i, j));
      }
  if (!isfinite (dhk_dd_value (sum)) || !isfinite (max - min))
    return false;
  self->grand = dhk_dd_divide (dhk_dd_divide (sum, (double) self->n), (double) self->k);
  if (!(max > min))
    self->grand = (DhkDoubleDouble){ min, 0 };
  frexp (max - min, &exponent);
  self->scale = ldexp (1, exponent > 1000 ? -1000 : exponent < -1000 ? 1000 : -exponent);

  for (size_t j = 0; j < self->k; j++)
    {
      DhkDoubleDouble col = { 0, 0 };

      for (size_t i = 0; i < self->n; i++)
        col = dhk_dd_add_dd (col, deviation (self, i, j));
      self->cols[j] = dhk_dd_divide (col, (double) self->n);
    }
  return true;
}

/* In units of the scale squared. */
static void
add_mean_squares (const Table *self, DhkIccRaters *result)
{
  DhkDoubleDouble rows = { 0, 0 }, cols = { 0, 0 }, error = { 0, 0 };
  double n = (double) self->n, k = (double) self->k, ss_cols, ss_error;

  for (size_t i = 0; i < self->n; i++)
    {
      DhkDoubleDouble mean = row_mean (self, i);
      double row = drop_rounding (mean);

      rows = dhk_dd_add_product (rows, row, row);
      for (size_t j = 0; j < self->k; j++)
        {
          DhkDoubleDouble model = dhk_dd_add_dd (mean, self->cols[j]);
          double rest
              = drop_rounding (dhk_dd_add_dd (deviation (self, i, j), dhk_dd_negate (model)));

          error = dhk_dd_add_product (error, rest, rest);
        }
    }
  for (size_t j = 0; j < self->k; j++)
    {
      double col = drop_rounding (self->cols[j]);

      cols = dhk_dd_add_product (cols, col, col);
    }
  ss_cols = n * dhk_dd_value (cols);
  ss_error = dhk_dd_value (error);
  result->ms_rows = k * dhk_dd_value (rows) / (n - 1);
  result->ms_cols = ss_cols / (k - 1);
  result->ms_error = ss_error / ((n - 1) * (k - 1));
  result->ms_within = (ss_cols + ss_error) / (n * (k - 1));
}

/* Coefficients */

static DhkIccTest
test_of (double ms_rows, double ms_divisor, double df1, double df2)
{
  DhkIccTest result = { DHK_STATS_NO_VARIANCE, NAN, df1, df2, NAN };

  if (!(ms_divisor > 0))
    return result;
  result.f = ms_rows / ms_divisor;
  if (!isfinite (result.f))
    return (DhkIccTest){ DHK_STATS_NOT_FINITE, NAN, df1, df2, NAN };
  result.status = DHK_STATS_OK;
  result.p = dhk_f_upper (result.f, df1, df2);
  return result;
}

static DhkIcc
icc_of (double numerator, double denominator, double confidence)
{
  DhkIcc result
      = { DHK_STATS_NO_VARIANCE, NAN, dhk_interval_undefined (DHK_STATS_NO_VARIANCE, confidence) };

  if (!(denominator > 0))
    return result;
  result.icc = numerator / denominator;
  result.status = isfinite (result.icc) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
  if (result.status == DHK_STATS_OK)
    return result;
  result.icc = NAN;
  result.icc_ci.status = DHK_STATS_NOT_FINITE;
  return result;
}

/* The intervals that follow from F: of one judge, and of the mean of k. */
static void
add_f_intervals (const DhkIccTest *test, double k, double confidence, DhkIcc *one, DhkIcc *mean)
{
  double low, high;

  if (test->status != DHK_STATS_OK)
    return;
  low = test->f / dhk_f_quantile (0.5 + confidence / 2, test->df1, test->df2);
  high = test->f * dhk_f_quantile (0.5 + confidence / 2, test->df2, test->df1);
  if (one->status == DHK_STATS_OK)
    one->icc_ci
        = dhk_interval_make ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1), confidence);
  if (mean->status == DHK_STATS_OK)
    mean->icc_ci = dhk_interval_make (1 - 1 / low, 1 - 1 / high, confidence);
}

/* The interval of ICC(2,1), by Satterthwaite's approximation; its degrees of freedom are written
 * without dividing by the error, which may be zero. */
static void
add_agreement_intervals (const DhkIccRaters *self, double confidence, DhkIcc *one, DhkIcc *mean)
{
  double n = (double) self->n, k = (double) self->n_judges, icc = one->icc;
  double j = k * icc * self->ms_cols, e = (n * (1 + (k - 1) * icc) - k * icc) * self->ms_error;
  double total = k * self->ms_cols + (k * n - k - n) * self->ms_error;
  double df, above, below, low, high;

  if (one->status != DHK_STATS_OK)
    return;
  df = (k - 1) * (n - 1) * (j + e) * (j + e) / ((n - 1) * j * j + e * e);
  /* two nearly opposite terms leave less than one degree of freedom, or none */
  if (!(df >= 1))
    return;
  above = dhk_f_quantile (0.5 + confidence / 2, n - 1, df);
  below = dhk_f_quantile (0.5 + confidence / 2, df, n - 1);
  low = n * (self->ms_rows - above * self->ms_error) / (above * total + n * self->ms_rows);
  high = n * (below * self->ms_rows - self->ms_error) / (total + n * below * self->ms_rows);
  one->icc_ci = dhk_interval_make (low, high, confidence);
  /* below −1/(k − 1) the Spearman–Brown formula has no meaning */
  if (mean->status == DHK_STATS_OK && 1 + low * (k - 1) > 0)
    mean->icc_ci = dhk_interval_make (low * k / (1 + low * (k - 1)),
                                      high * k / (1 + high * (k - 1)), confidence);
}

static void
add_coefficients (DhkIccRaters *self, double confidence)
{
  double n = (double) self->n, k = (double) self->n_judges;
  double b = self->ms_rows, j = self->ms_cols, e = self->ms_error, w = self->ms_within;

  self->test1 = test_of (b, w, n - 1, n * (k - 1));
  self->test2 = test_of (b, e, n - 1, (n - 1) * (k - 1));
  self->icc1_1 = icc_of (b - w, b + (k - 1) * w, confidence);
  self->icc1_k = icc_of (b - w, b, confidence);
  self->icc2_1 = icc_of (b - e, b + (k - 1) * e + k * (j - e) / n, confidence);
  self->icc2_k = icc_of (b - e, b + (j - e) / n, confidence);
  self->icc3_1 = icc_of (b - e, b + (k - 1) * e, confidence);
  self->icc3_k = icc_of (b - e, b, confidence);
  add_f_intervals (&self->test1, k, confidence, &self->icc1_1, &self->icc1_k);
  add_f_intervals (&self->test2, k, confidence, &self->icc3_1, &self->icc3_k);
  add_agreement_intervals (self, confidence, &self->icc2_1, &self->icc2_k);
}

/* Door */

static DhkIccRaters
icc_undefined (DhkStatsStatus status, size_t n_judges, double confidence)
{
  DhkIccTest test = { status, NAN, NAN, NAN, NAN };
  DhkIcc icc = { status, NAN, dhk_interval_undefined (status, confidence) };

  return (DhkIccRaters){ status, 0,    0,   n_judges, NAN, NAN, NAN, NAN,
                         test,   test, icc, icc,      icc, icc, icc, icc };
}

static size_t
find_complete (const double *const *ratings, size_t k, size_t n_rows, size_t *rows)
{
  size_t n = 0;

  for (size_t i = 0; i < n_rows; i++)
    {
      bool complete = true;

      for (size_t j = 0; j < k && complete; j++)
        complete = !isnan (ratings[j][i]);
      if (complete)
        rows[n++] = i;
    }
  return n;
}

static void
unscale (DhkIccRaters *self, double scale)
{
  double square = 1 / scale;

  self->ms_rows *= square * square;
  self->ms_cols *= square * square;
  self->ms_error *= square * square;
  self->ms_within *= square * square;
}

static DhkIccRaters
icc_of_table (Table *self, size_t n_missing, double confidence)
{
  DhkIccRaters result = icc_undefined (DHK_STATS_OK, self->k, confidence);

  if (self->n < 2)
    result
        = icc_undefined (self->n == 0 ? DHK_STATS_NO_DATA : DHK_STATS_TOO_FEW, self->k, confidence);
  else if (!find_means (self))
    result = icc_undefined (DHK_STATS_NOT_FINITE, self->k, confidence);
  result.n = self->n;
  result.n_missing = n_missing;
  if (result.status != DHK_STATS_OK)
    return result;
  add_mean_squares (self, &result);
  add_coefficients (&result, confidence);
  unscale (&result, self->scale);
  if (!isfinite (result.ms_rows + result.ms_cols + result.ms_error))
    result = icc_undefined (DHK_STATS_NOT_FINITE, self->k, confidence);
  result.n = self->n;
  result.n_missing = n_missing;
  return result;
}

DhkIccRaters
dhk_icc_raters (const double *const *ratings, size_t n_judges, size_t n_rows, double confidence)
{
  size_t *rows = calloc (n_rows > 0 ? n_rows : 1, sizeof *rows);
  DhkDoubleDouble *cols = calloc (n_judges > 0 ? n_judges : 1, sizeof *cols);
  DhkIccRaters result = icc_undefined (DHK_STATS_NO_MEMORY, n_judges, confidence);

  if (n_judges < 2)
    result = icc_undefined (DHK_STATS_TOO_FEW_ITEMS, n_judges, confidence);
  else if (!dhk_confidence_is_valid (confidence))
    result = icc_undefined (DHK_STATS_BAD_ARGUMENT, n_judges, confidence);
  else if (rows != NULL && cols != NULL)
    {
      size_t n = find_complete (ratings, n_judges, n_rows, rows);
      Table table = { ratings, n_judges, rows, n, { 0, 0 }, cols, 1 };

      result = icc_of_table (&table, n_rows - n, confidence);
    }
  free (rows);
  free (cols);
  return result;
}
