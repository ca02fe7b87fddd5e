/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-complete-cases.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static bool
is_complete (const double *const *columns, size_t n_columns, size_t row)
{
  for (size_t j = 0; j < n_columns; j++)
    if (isnan (columns[j][row]))
      return false;
  return true;
}

double *
dhk_complete_cases_copy (const double *const *columns,
                         size_t n_columns,
                         size_t n,
                         size_t *n_complete)
{
  size_t found = 0;
  double *copy;

  for (size_t i = 0; i < n; i++)
    found += is_complete (columns, n_columns, i) ? 1 : 0;
  *n_complete = found;
  if (n_columns > 0 && found >= SIZE_MAX / n_columns)
    return NULL;
  copy = calloc (found * n_columns + 1, sizeof *copy); /* not of size zero */
  if (copy == NULL)
    return NULL;
  for (size_t i = 0, row = 0; i < n; i++)
    if (is_complete (columns, n_columns, i))
      {
        for (size_t j = 0; j < n_columns; j++)
          copy[j * found + row] = columns[j][i];
        row++;
      }
  return copy;
}
