/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference-table.h"

#include <math.h>

static char *
unquote (char *cell)
{
  gsize length;

  g_strstrip (cell);
  length = strlen (cell);
  if (length >= 2 && cell[0] == '"' && cell[length - 1] == '"')
    {
      memmove (cell, cell + 1, length - 2);
      cell[length - 2] = '\0';
    }
  return cell;
}

static char **
split_line (const char *line, const char *separator)
{
  char **cells = g_strsplit (line, separator, -1);

  for (char **cell = cells; *cell != NULL; cell++)
    unquote (*cell);
  return cells;
}

ReferenceTable *
reference_table_load (const char *path, const char *separator)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "stats", "reference", path, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  ReferenceTable *self = g_new0 (ReferenceTable, 1);

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  self->names = split_line (lines[0], separator);
  self->n_columns = g_strv_length (self->names);
  self->cells = g_new0 (char **, g_strv_length (lines));
  self->numbers = g_new0 (double *, self->n_columns);
  for (guint i = 1; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      {
        char **cells = split_line (lines[i], separator);

        g_assert_cmpuint (g_strv_length (cells), ==, self->n_columns);
        self->cells[self->n_rows++] = cells;
      }
  g_assert_cmpuint (self->n_rows, >, 0);
  return self;
}

void
reference_table_free (ReferenceTable *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    g_strfreev (self->cells[i]);
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->numbers[i]);
  g_free (self->cells);
  g_free (self->numbers);
  g_strfreev (self->names);
  g_free (self);
}

guint
reference_table_find (const ReferenceTable *self, const char *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_str_equal (self->names[i], name))
      return i;
  g_error ("There is no column %s.", name);
}

const double *
reference_table_numbers (ReferenceTable *self, const char *name)
{
  guint column = reference_table_find (self, name);

  if (self->numbers[column] == NULL)
    {
      self->numbers[column] = g_new (double, self->n_rows);
      for (guint i = 0; i < self->n_rows; i++)
        {
          const char *cell = self->cells[i][column];

          self->numbers[column][i] = cell[0] == '\0' ? NAN : g_ascii_strtod (cell, NULL);
        }
    }
  return self->numbers[column];
}

double
log_relative_error (double value, double expected)
{
  double error = expected != 0 ? fabs (value - expected) / fabs (expected) : fabs (value);

  if (isnan (error))
    return 0;
  return error > 0 ? fmin (17, -log10 (error)) : 17;
}
