/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-table.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Slots for cells that are empty are allowed so far beyond those filled: a
 * far-away cell in every row would else cost a spreadsheet's whole width. */
#define FREE_SLOTS (G_GUINT64_CONSTANT (1) << 22)
#define SLOTS_PER_CELL 64

/* From here on lines follow each other. */
typedef struct
{
  guint row;
  guint64 line;
} Run;

struct _DhkRawTable
{
  gatomicrefcount ref_count;
  GPtrArray *columns; /* DhkRawColumn */
  GArray *runs;       /* Run */
  guint n_rows;
};

/* While reading. */
typedef struct
{
  DhkRawTable *table;
  guint64 n_slots;
  guint64 n_filled;
  guint max_rows;
  gboolean is_enough;
} Fill;

static gboolean
refuse_emptiness (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                       _ ("The table is almost wholly empty cells between a few far-away ones. "
                          "Remove what stands "
                          "far to the right and import the file again."));
  return FALSE;
}

static void
add_line (DhkRawTable *table, guint64 line)
{
  const Run *last
      = table->runs->len > 0 ? &g_array_index (table->runs, Run, table->runs->len - 1) : NULL;
  Run next = { table->n_rows, line };

  if (last == NULL || line != last->line + (table->n_rows - last->row))
    g_array_append_val (table->runs, next);
}

static gboolean
fill_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Fill *self = data;
  DhkRawTable *table = self->table;

  while (table->columns->len < n_cells)
    g_ptr_array_add (table->columns, dhk_raw_column_new ());
  self->n_filled += dhk_raw_columns_add ((DhkRawColumn *const *) table->columns->pdata,
                                         table->n_rows, cells, n_cells);
  self->n_slots += n_cells;
  if (self->n_slots > FREE_SLOTS + SLOTS_PER_CELL * self->n_filled || table->n_rows >= G_MAXINT)
    return refuse_emptiness (error);
  add_line (table, line);
  table->n_rows++;

  if (table->n_rows == self->max_rows)
    {
      /* The error says to stop; it goes no further than the caller below. */
      self->is_enough = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      return FALSE;
    }

  return TRUE;
}

DhkRawTable *
dhk_raw_table_read (DhkReader *reader,
                    guint sheet,
                    guint max_rows,
                    GCancellable *cancellable,
                    DhkReaderProgressFunc progress,
                    gpointer progress_data,
                    GError **error)
{
  g_autoptr (DhkRawTable) self = g_new0 (DhkRawTable, 1);
  g_autoptr (GError) local_error = NULL;
  Fill fill = { .table = self, .max_rows = max_rows };

  g_atomic_ref_count_init (&self->ref_count);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_raw_column_free);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));

  if (!dhk_reader_read (reader, sheet, fill_row_cb, &fill, cancellable, progress, progress_data,
                        &local_error)
      && !fill.is_enough)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  for (guint i = 0; i < self->columns->len; i++)
    dhk_raw_column_finish (g_ptr_array_index (self->columns, i));

  return g_steal_pointer (&self);
}

DhkRawTable *
dhk_raw_table_ref (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
dhk_raw_table_unref (DhkRawTable *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->columns);
  g_array_unref (self->runs);
  g_free (self);
}

guint
dhk_raw_table_get_n_rows (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

guint
dhk_raw_table_get_n_columns (DhkRawTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->columns->len;
}

guint64
dhk_raw_table_get_line (DhkRawTable *self, guint row)
{
  guint low = 0;
  guint high;
  const Run *run;

  g_return_val_if_fail (self != NULL && row < self->n_rows, 0);

  /* The last run that starts at this row or before. */
  high = self->runs->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->runs, Run, middle).row <= row)
        low = middle;
      else
        high = middle;
    }
  run = &g_array_index (self->runs, Run, low);
  return run->line + (row - run->row);
}

DhkCell
dhk_raw_table_get_cell (DhkRawTable *self, guint row, guint column, DhkCellText *text)
{
  const DhkCell empty = { .text = "" };

  g_return_val_if_fail (self != NULL && row < self->n_rows && text != NULL, empty);

  if (column >= self->columns->len)
    return empty;
  return dhk_raw_column_get_cell (g_ptr_array_index (self->columns, column), row, text);
}

const DhkRawColumn *
dhk_raw_table_get_column (DhkRawTable *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, column);
}
