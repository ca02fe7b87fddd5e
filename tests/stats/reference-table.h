/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Reference figures and data for the tests: small readers for tab- and
 * comma-separated text without embedded separators. Files are named from
 * tests/stats/reference. A reader fails the test where a file is absent.
 */

#include <glib.h>

typedef struct
{
  guint n_columns;
  guint n_rows;
  char **names;
  char ***cells; /* [row][column] */
  double **numbers;
} ReferenceTable;

ReferenceTable *reference_table_load (const char *path, const char *separator);
void reference_table_free (ReferenceTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReferenceTable, reference_table_free)

/* The index of a column, which must exist. */
guint reference_table_find (const ReferenceTable *self, const char *name);
/* A column as numbers, empty cells as NaN. Lent. */
const double *reference_table_numbers (ReferenceTable *self, const char *name);

/* How many digits `value` shares with `expected`: −log10 of the relative error. */
double log_relative_error (double value, double expected);
