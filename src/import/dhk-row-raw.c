/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-raw.h"

#include "base/dhk-text.h"

typedef struct
{
  guint column;
  const DhkRawColumn *cells;
  guint n_values;
  char **fields; /* by value: as a field of CSV */
} Kept;

struct _DhkRowRaw
{
  DhkSheet *sheet;
  GArray *rows;
  GArray *kept; /* Kept */
};

static void
clear_kept (gpointer data)
{
  Kept *kept = data;

  for (guint value = 0; kept->fields != NULL && value < kept->n_values; value++)
    g_free (kept->fields[value]);
  g_free (kept->fields);
}

DhkRowRaw *
dhk_row_raw_new (DhkSheet *sheet, GArray *rows)
{
  DhkRowRaw *self = g_new0 (DhkRowRaw, 1);

  self->sheet = dhk_sheet_ref (sheet);
  self->rows = g_array_ref (rows);
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (self->kept, clear_kept);
  return self;
}

void
dhk_row_raw_free (DhkRowRaw *self)
{
  g_array_unref (self->kept);
  g_array_unref (self->rows);
  dhk_sheet_unref (self->sheet);
  g_free (self);
}

void
dhk_row_raw_keep (DhkRowRaw *self, guint column)
{
  Kept kept = { .column = column, .cells = dhk_raw_table_get_column (self->sheet->table, column) };

  kept.n_values = dhk_raw_column_get_n_values (kept.cells);
  dhk_sheet_freeze (self->sheet, column);
  g_array_append_val (self->kept, kept);
}

void
dhk_row_raw_finish (DhkRowRaw *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      Kept *kept = &g_array_index (self->kept, Kept, i);

      kept->fields = g_new (char *, kept->n_values);
      for (guint value = 0; value < kept->n_values; value++)
        {
          g_autoptr (GString) field = g_string_new (NULL);

          dhk_text_append_csv (field, dhk_sheet_get_text (self->sheet, kept->column, value),
                               DHK_CSV_AS_IS);
          kept->fields[value] = g_string_free (g_steal_pointer (&field), FALSE);
        }
    }
}

/* Rows that are looked up together. */
#define BLOCK 64

static void
append_kept (const DhkRowRaw *self,
             const Kept *kept,
             guint row,
             guint value,
             GString *scratch,
             GString *line)
{
  const char *field;

  if (value >= kept->n_values)
    {
      g_string_truncate (scratch, 0);
      dhk_sheet_append_text (self->sheet, row, kept->column, scratch);
      dhk_text_append_csv (line, scratch->str, DHK_CSV_AS_IS);
      return;
    }
  /* Codes of one digit are most there is. */
  field = kept->fields[value];
  if (field[0] != '\0' && field[1] == '\0')
    g_string_append_c (line, field[0]);
  else if (field[0] != '\0')
    g_string_append (line, field);
}

/* The values of `n` rows of the list. */
static void
read_values (const DhkRowRaw *self, const Kept *kept, guint first, guint n, guint *values)
{
  const guint *rows = &g_array_index (self->rows, guint, first);

  if (rows[n - 1] - rows[0] == n - 1)
    dhk_raw_column_get_values (kept->cells, rows[0], n, values);
  else
    for (guint i = 0; i < n; i++)
      values[i] = dhk_raw_column_get_value (kept->cells, rows[i]);
}

static void
append_block (
    const DhkRowRaw *self, guint first, guint n, guint *values, GString *scratch, GString *lines)
{
  for (guint k = 0; k < self->kept->len; k++)
    read_values (self, &g_array_index (self->kept, Kept, k), first, n, values + (gsize) k * BLOCK);
  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < self->kept->len; k++)
        {
          if (k > 0)
            g_string_append_c (lines, ',');
          append_kept (self, &g_array_index (self->kept, Kept, k),
                       g_array_index (self->rows, guint, first + i), values[(gsize) k * BLOCK + i],
                       scratch, lines);
        }
      g_string_append_c (lines, '\n');
    }
}

void
dhk_row_raw_append (const DhkRowRaw *self, guint first, guint n, GString *lines)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autofree guint *values = g_new (guint, (gsize) self->kept->len * BLOCK + 1);

  for (guint part; n > 0; first += part, n -= part)
    {
      part = MIN (n, BLOCK);
      append_block (self, first, part, values, scratch, lines);
    }
}
