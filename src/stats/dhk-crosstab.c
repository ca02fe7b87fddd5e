/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-crosstab.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-exact-table.h"
#include "stats/dhk-noncentral-f.h"
#include "stats/dhk-two-by-two.h"

#include <stdbool.h>
#include <stdlib.h>

/* The rows and columns that hold cases. */
typedef struct
{
  size_t n_rows;
  size_t n_columns;
  double n;
  double *counts;
  double *rows; /* totals */
  double *columns;
  double confidence;
} Table;

size_t
dhk_crosstab_count (const int *row,
                    size_t n_rows,
                    const int *column,
                    size_t n_columns,
                    const double *weight,
                    size_t n,
                    double *counts)
{
  size_t left_out = 0;

  for (size_t i = 0; i < n_rows * n_columns; i++)
    counts[i] = 0;
  for (size_t i = 0; i < n; i++)
    if (row[i] < 0 || column[i] < 0 || (weight != NULL && isnan (weight[i])))
      left_out++;
    else
      counts[(size_t) row[i] * n_columns + (size_t) column[i]] += weight != NULL ? weight[i] : 1;
  return left_out;
}

static DhkStatsStatus
check_counts (const double *counts, size_t n, double confidence)
{
  double sum = 0;

  if (!dhk_confidence_is_valid (confidence))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n; i++)
    {
      if (!(counts[i] >= 0))
        return DHK_STATS_BAD_ARGUMENT;
      sum += counts[i];
    }
  if (!isfinite (sum))
    return DHK_STATS_NOT_FINITE;
  return sum > 0 ? DHK_STATS_OK : DHK_STATS_NO_DATA;
}

static void
add_totals (const double *counts, size_t n_rows, size_t n_columns, double *rows, double *columns)
{
  for (size_t i = 0; i < n_rows; i++)
    for (size_t j = 0; j < n_columns; j++)
      {
        rows[i] += counts[i * n_columns + j];
        columns[j] += counts[i * n_columns + j];
      }
}

/* Leaves out rows and columns without cases; `totals` has room for both totals twice. */
static Table
squeeze (const double *counts, size_t n_rows, size_t n_columns, double *squeezed, double *totals)
{
  double *rows = totals, *columns = totals + n_rows;
  Table self = { .counts = squeezed, .rows = columns + n_columns };

  add_totals (counts, n_rows, n_columns, rows, columns);
  for (size_t i = 0; i < n_rows; i++)
    self.n_rows += rows[i] > 0 ? 1 : 0;
  for (size_t j = 0; j < n_columns; j++)
    self.n_columns += columns[j] > 0 ? 1 : 0;
  for (size_t i = 0; i < n_rows; i++)
    self.n += rows[i];
  for (size_t i = 0; i < n_rows; i++)
    for (size_t j = 0; j < n_columns; j++)
      if (rows[i] > 0 && columns[j] > 0)
        *squeezed++ = counts[i * n_columns + j];
  self.columns = self.rows + self.n_rows;
  add_totals (self.counts, self.n_rows, self.n_columns, self.rows, self.columns);
  return self;
}

/* Tests */

/* row · column / n, scaled by a power of two, which costs no digit: the product itself may be
 * beyond a double where cases are weighted. */
static double
expected_of (double row, double column, double n)
{
  int exponent;

  frexp (n, &exponent);
  return ldexp (ldexp (row, -exponent) * ldexp (column, -exponent) / ldexp (n, -exponent),
                exponent);
}

static void
test_independence (DhkCrosstab *result, const Table *self)
{
  DhkDoubleDouble chi_squared = { 0, 0 }, ratio = { 0, 0 };

  result->min_expected = INFINITY;
  for (size_t i = 0; i < self->n_rows; i++)
    for (size_t j = 0; j < self->n_columns; j++)
      {
        double observed = self->counts[i * self->n_columns + j];
        double expected = expected_of (self->rows[i], self->columns[j], self->n);

        chi_squared
            = dhk_dd_add (chi_squared, (observed - expected) * ((observed - expected) / expected));
        if (observed > 0)
          ratio = dhk_dd_add (ratio, observed * log (observed / expected));
        result->min_expected = fmin (result->min_expected, expected);
        result->n_expected_below_5 += expected < 5 ? 1 : 0;
      }
  result->share_expected_below_5
      = (double) result->n_expected_below_5 / (double) (self->n_rows * self->n_columns);
  result->df = (double) (self->n_rows - 1) * (double) (self->n_columns - 1);
  result->chi_squared = dhk_dd_value (chi_squared);
  result->p = dhk_chi_squared_upper (result->chi_squared, result->df);
  result->likelihood_ratio = fmax (0, 2 * dhk_dd_value (ratio));
  result->likelihood_ratio_p = dhk_chi_squared_upper (result->likelihood_ratio, result->df);
}

/* Measures */

static double
v_of_lambda (const Table *self, double lambda)
{
  size_t least = self->n_rows < self->n_columns ? self->n_rows : self->n_columns;

  return fmin (1, sqrt (lambda / (self->n * (double) (least - 1))));
}

static void
measure (DhkCrosstab *result, const Table *self)
{
  double tail = (1 - self->confidence) / 2;
  double rows = (double) self->n_rows, columns = (double) self->n_columns;
  double share = result->chi_squared / self->n, others = self->n - 1;

  result->phi = sqrt (share);
  result->contingency_c = sqrt (share / (1 + share));
  result->cramers_v = v_of_lambda (self, result->chi_squared);
  result->cramers_v_ci = dhk_interval_make (
      v_of_lambda (self, dhk_noncentral_chi_squared_lambda (result->chi_squared, result->df, tail)),
      v_of_lambda (self,
                   dhk_noncentral_chi_squared_lambda (result->chi_squared, result->df, 1 - tail)),
      self->confidence);

  if (!(others > 0))
    result->bergsma_status = DHK_STATS_TOO_FEW;
  else
    {
      double least = fmin (rows - 1 - (rows - 1) * (rows - 1) / others,
                           columns - 1 - (columns - 1) * (columns - 1) / others);

      if (least > 0)
        result->bergsma_v = sqrt (fmax (0, share - result->df / others) / least);
      else
        result->bergsma_status = DHK_STATS_TOO_FEW;
    }
}

/* Concordant and discordant pairs by the counts below a row and left or right of a column. */
static void
find_gamma (DhkCrosstab *result, const Table *self, double *below)
{
  double concordant = 0, discordant = 0;

  for (size_t j = 0; j < self->n_columns; j++)
    below[j] = 0;
  for (size_t i = self->n_rows; i-- > 0;)
    {
      const double *row = self->counts + i * self->n_columns;
      double left = 0, right = 0;

      for (size_t j = 0; j < self->n_columns; j++)
        right += below[j];
      for (size_t j = 0; j < self->n_columns; j++)
        {
          right -= below[j];
          concordant += row[j] * right;
          discordant += row[j] * left;
          left += below[j];
        }
      for (size_t j = 0; j < self->n_columns; j++)
        below[j] += row[j];
    }
  if (concordant + discordant > 0 && isfinite (concordant + discordant))
    result->gamma_estimate = (concordant - discordant) / (concordant + discordant);
  else
    result->gamma_status = DHK_STATS_NOT_FINITE; /* products of tiny or huge weights */
}

static void
find_exact_p (DhkCrosstab *result, const Table *self)
{
  const double *x = self->counts;

  if (self->n_rows == 2 && self->n_columns == 2)
    {
      DhkTwoByTwo two = dhk_two_by_two (x[0], x[1], x[2], x[3], self->confidence);

      result->exact_status = two.exact_status;
      result->exact_p = two.exact_p;
      return;
    }
  for (size_t i = 0; i < self->n_rows * self->n_columns; i++)
    if (!(x[i] <= floor (x[i])))
      {
        result->exact_status = DHK_STATS_BAD_ARGUMENT;
        return;
      }
  result->exact_status
      = dhk_exact_table_p (self->counts, self->n_rows, self->n_columns, &result->exact_p);
}

/* Cells */

static void
fill_cells (const double *counts,
            size_t n_rows,
            size_t n_columns,
            const double *totals,
            double n,
            DhkStatsStatus status,
            DhkCrosstabCell *cells)
{
  for (size_t i = 0; i < n_rows; i++)
    for (size_t j = 0; j < n_columns; j++)
      {
        DhkCrosstabCell *cell = &cells[i * n_columns + j];
        double observed = counts[i * n_columns + j];
        double row, column;

        *cell = (DhkCrosstabCell){ status, i, j, observed, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
        if (status != DHK_STATS_OK && status != DHK_STATS_TOO_FEW_GROUPS)
          continue;
        row = totals[i];
        column = totals[n_rows + j];
        cell->total_percent = 100 * observed / n;
        if (row > 0)
          cell->row_percent = 100 * observed / row;
        if (column > 0)
          cell->column_percent = 100 * observed / column;
        if (!(row > 0 && column > 0))
          cell->status = DHK_STATS_EMPTY_CELL;
        if (cell->status != DHK_STATS_OK)
          continue;
        cell->expected = expected_of (row, column, n);
        cell->residual = observed - cell->expected;
        cell->pearson_residual = cell->residual / sqrt (cell->expected);
        cell->adjusted_residual
            = cell->pearson_residual / sqrt ((n - row) / n * ((n - column) / n));
      }
}

static DhkCrosstab
undefined (DhkStatsStatus status, double confidence)
{
  DhkCrosstab result = { .status = status,
                         .bergsma_status = status,
                         .gamma_status = status,
                         .exact_status = status,
                         .cramers_v_ci = dhk_interval_undefined (status, confidence) };

  result.n = result.chi_squared = result.df = result.p = NAN;
  result.likelihood_ratio = result.likelihood_ratio_p = NAN;
  result.min_expected = result.share_expected_below_5 = NAN;
  result.phi = result.contingency_c = result.cramers_v = NAN;
  result.bergsma_v = result.gamma_estimate = result.exact_p = NAN;
  return result;
}

DhkCrosstab
dhk_crosstab (const double *counts,
              size_t n_rows,
              size_t n_columns,
              double confidence,
              DhkCrosstabCell *cells)
{
  size_t n_cells = n_rows * n_columns;
  DhkStatsStatus status = check_counts (counts, n_cells, confidence);
  DhkCrosstab result = undefined (status, confidence);
  double *squeezed = calloc (n_cells + n_columns + 1, sizeof *squeezed);
  double *totals = calloc (n_rows + n_columns + 1, 2 * sizeof *totals);

  if (squeezed == NULL || totals == NULL)
    status = DHK_STATS_NO_MEMORY;
  if (status == DHK_STATS_OK)
    {
      Table table = squeeze (counts, n_rows, n_columns, squeezed, totals);

      if (table.n_rows < 2 || table.n_columns < 2)
        status = DHK_STATS_TOO_FEW_GROUPS;
      result = undefined (status, confidence);
      table.confidence = confidence;
      result.n = table.n;
      result.n_rows = table.n_rows;
      result.n_columns = table.n_columns;
      if (status == DHK_STATS_OK)
        {
          test_independence (&result, &table);
          if (isfinite (result.chi_squared) && isfinite (result.likelihood_ratio))
            {
              measure (&result, &table);
              find_exact_p (&result, &table);
              find_gamma (&result, &table, squeezed + n_cells);
            }
          else
            status = DHK_STATS_NOT_FINITE;
        }
    }
  if (status != DHK_STATS_OK && status != DHK_STATS_TOO_FEW_GROUPS)
    result = undefined (status, confidence);
  if (cells != NULL)
    fill_cells (counts, n_rows, n_columns, totals, result.n, status, cells);
  free (squeezed);
  free (totals);
  return result;
}
