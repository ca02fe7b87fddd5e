/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-model-terms.h"

#include "stats/dhk-double-double.h"

#include <stdlib.h>

/* What is left of a dependent column, as a fraction of its length. Columns come centred,
 * so rounding leaves far less than this. */
#define DEPENDENT 1e-10

bool
dhk_model_terms_init (DhkModelTerms *self, size_t n_rows, size_t n_columns)
{
  *self = (DhkModelTerms){ n_rows, 0, n_columns, NULL };
  if (n_rows > 0 && n_columns > (size_t) -1 / sizeof (double) / n_rows)
    return false;
  self->columns = calloc (n_rows * n_columns + 1, sizeof *self->columns);
  return self->columns != NULL;
}

void
dhk_model_terms_clear (DhkModelTerms *self)
{
  free (self->columns);
  *self = (DhkModelTerms){ 0, 0, 0, NULL };
}

double
dhk_model_terms_product (const double *x, const double *y, size_t n)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    sum = dhk_dd_add_product (sum, x[i], y[i]);
  return dhk_dd_value (sum);
}

double
dhk_model_terms_explain (const DhkModelTerms *self, size_t first, double *y)
{
  double squares = 0;

  for (size_t j = first; j < self->n_kept; j++)
    {
      const double *column = self->columns + j * self->n_rows;
      double part = dhk_model_terms_product (column, y, self->n_rows);

      for (size_t i = 0; i < self->n_rows; i++)
        y[i] = fma (-part, column[i], y[i]);
      squares += part * part;
    }
  return squares;
}

/* Divides by the power of two below the largest element; false for a column of zeros. */
static bool
scale_down (double *column, size_t n)
{
  double largest = 0;
  int exponent;

  for (size_t i = 0; i < n; i++)
    largest = fmax (largest, fabs (column[i]));
  if (!(largest > 0))
    return false;
  frexp (largest, &exponent);
  for (size_t i = 0; i < n; i++)
    column[i] = ldexp (column[i], -exponent);
  return true;
}

bool
dhk_model_terms_add (DhkModelTerms *self, double *column)
{
  double *kept = self->columns + self->n_kept * self->n_rows;
  double before, length;

  if (self->n_kept == self->n_allocated || self->n_kept == self->n_rows
      || !scale_down (column, self->n_rows))
    return false;
  before = sqrt (dhk_model_terms_product (column, column, self->n_rows));
  dhk_model_terms_explain (self, 0, column);
  dhk_model_terms_explain (self, 0, column);
  length = sqrt (dhk_model_terms_product (column, column, self->n_rows));
  if (!(length > DEPENDENT * before))
    return false;
  for (size_t i = 0; i < self->n_rows; i++)
    kept[i] = column[i] / length;
  self->n_kept++;
  return true;
}
