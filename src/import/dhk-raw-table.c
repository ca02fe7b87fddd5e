/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-table.h"

#include "import/dhk-cell-block.h"
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
count_row (Fill *self, guint64 line, guint n_cells, guint n_filled, GError **error)
{
  self->n_filled += n_filled;
  self->n_slots += n_cells;
  if (self->n_slots > FREE_SLOTS + SLOTS_PER_CELL * self->n_filled
      || self->table->n_rows >= G_MAXINT)
    return refuse_emptiness (error);
  add_line (self->table, line);
  self->table->n_rows++;
  return TRUE;
}

static gboolean
fill_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Fill *self = data;
  DhkRawTable *table = self->table;
  guint n_filled;

  while (table->columns->len < n_cells)
    g_ptr_array_add (table->columns, dhk_raw_column_new ());
  n_filled = dhk_raw_columns_add ((DhkRawColumn *const *) table->columns->pdata, table->n_rows,
                                  cells, n_cells);
  if (!count_row (self, line, n_cells, n_filled, error))
    return FALSE;

  if (table->n_rows == self->max_rows)
    {
      /* The error says to stop; it goes no further than the caller below. */
      self->is_enough = TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      return FALSE;
    }

  return TRUE;
}

static guint
count_filled (const DhkCellBlock *block, guint row)
{
  guint width = g_array_index (block->rows, DhkBlockRow, row).width;
  guint n = 0;

  for (guint c = 0; c < width; c++)
    {
      DhkCell cell;

      block->type->read (block, row, c, 1, &cell);
      n += cell.kind != DHK_CELL_EMPTY;
    }
  return n;
}

/* Rows from `first` on, with `n_filled` cells, which may be far apart: each row must be one to be kept. */
static gboolean
count_rows (
    Fill *self, const DhkCellBlock *block, guint first, guint n, guint n_filled, GError **error)
{
  const DhkBlockRow *rows = &g_array_index (block->rows, DhkBlockRow, first);
  guint64 n_slots = self->n_slots;

  for (guint i = 0; i < n; i++)
    n_slots += rows[i].width;
  /* Nearly always: not even the last row is one too many. */
  if (n_slots <= FREE_SLOTS + SLOTS_PER_CELL * self->n_filled && self->table->n_rows < G_MAXINT - n)
    {
      for (guint i = 0; i < n; i++, self->table->n_rows++)
        add_line (self->table, rows[i].line);
      self->n_slots = n_slots;
      self->n_filled += n_filled;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    if (!count_row (self, rows[i].line, rows[i].width, count_filled (block, first + i), error))
      return FALSE;
  return TRUE;
}

/* The cells of a column from `first` on; returns how many are not empty. */
static guint
fill_column (
    DhkRawColumn *column, guint row, const DhkCellBlock *block, guint first, guint n, guint index)
{
  guint8 marks[DHK_TILE_ROWS];
  guint n_filled, n_left;

  block->type->mark (block, first, n, index, marks);
  n_filled = dhk_raw_column_add_marks (column, row, marks, n, &n_left);
  for (guint i = 0; n_left > 0; i++)
    if (marks[i] != DHK_MARK_EMPTY)
      {
        DhkCell cell;

        block->type->read (block, first + i, index, 1, &cell);
        dhk_raw_column_add_marked (column, row + i, &cell, marks[i]);
        n_filled += cell.kind != DHK_CELL_EMPTY;
        n_left--;
      }
  return n_filled;
}

/* Rows of a block, column by column: what a column needs is at hand for all of them. */
static gboolean
fill_tile (Fill *self, const DhkCellBlock *block, guint first, guint n, GError **error)
{
  DhkRawTable *table = self->table;
  guint n_filled = 0;
  guint width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, g_array_index (block->rows, DhkBlockRow, first + i).width);
  while (table->columns->len < width)
    g_ptr_array_add (table->columns, dhk_raw_column_new ());
  for (guint c = 0; c < width; c++)
    n_filled
        += fill_column (g_ptr_array_index (table->columns, c), table->n_rows, block, first, n, c);
  return count_rows (self, block, first, n, n_filled, error);
}

static gboolean
fill_block_cb (const DhkCellBlock *block, gpointer data, GError **error)
{
  Fill *self = data;

  for (guint first = 0, n; first < block->rows->len; first += n)
    {
      n = DHK_TILE_ROWS - self->table->n_rows % DHK_TILE_ROWS;
      n = MIN (n, block->rows->len - first);
      if (!fill_tile (self, block, first, n, error))
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
  DhkReadJob job = { .func = fill_row_cb,
                     .take_block = max_rows == 0 ? fill_block_cb : NULL,
                     .user_data = &fill,
                     .cancellable = cancellable,
                     .progress = progress,
                     .progress_data = progress_data };

  g_return_val_if_fail (reader != NULL && sheet < dhk_reader_get_n_sheets (reader), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_raw_column_free);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));

  if (!dhk_reader_run (reader, sheet, &job, &local_error) && !fill.is_enough)
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
