/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv-block.h"

#include <string.h>

/* What a block of ordinary rows never comes near. */
#define COMMON_BYTES (1024 * 1024)

/* A text has a place in memory even as long as it is empty. */
#define FIRST_BYTES 4096

static DhkCellBlock *
make_block (gpointer reader)
{
  DhkCsvBlock *self = g_new0 (DhkCsvBlock, 1);

  dhk_cell_block_init (&self->block, &dhk_csv_block_type);
  self->text = g_byte_array_sized_new (FIRST_BYTES);
  return &self->block;
}

static void
free_block (DhkCellBlock *block)
{
  DhkCsvBlock *self = (DhkCsvBlock *) block;

  g_byte_array_unref (self->text);
  g_free (self->starts);
  dhk_cell_block_clear (block);
  g_free (self);
}

static void
reset_block (DhkCellBlock *block)
{
  DhkCsvBlock *self = (DhkCsvBlock *) block;

  g_array_set_size (block->rows, 0);
  if (self->text->len <= COMMON_BYTES)
    {
      g_byte_array_set_size (self->text, 0);
      return;
    }
  g_byte_array_unref (self->text);
  self->text = g_byte_array_sized_new (FIRST_BYTES);
}

/* A text of one byte is its own mark; that of an empty one is the NUL byte behind it. */
static void
mark_cells (const DhkCellBlock *block, guint first_row, guint n_rows, guint column, guint8 *marks)
{
  const DhkCsvBlock *self = (const DhkCsvBlock *) block;
  const DhkBlockRow *row = &g_array_index (block->rows, DhkBlockRow, first_row);
  const guint8 *text = self->text->data;
  const guint32 *starts = self->starts + column;

  for (guint r = 0; r < n_rows; r++, row++)
    {
      const guint32 *start = starts + row->first;

      if (column >= row->width)
        marks[r] = DHK_MARK_EMPTY;
      else
        marks[r] = start[1] - start[0] > 2 ? DHK_MARK_NONE : text[start[0]];
    }
}

static void
read_cells (
    const DhkCellBlock *block, guint index, guint first_column, guint n_columns, DhkCell *cells)
{
  const DhkCsvBlock *self = (const DhkCsvBlock *) block;
  const DhkBlockRow *row = &g_array_index (block->rows, DhkBlockRow, index);
  const char *text = (const char *) self->text->data;

  for (guint c = first_column; c < first_column + n_columns; c++, cells++)
    {
      const guint32 *start = self->starts + row->first + c;
      guint32 length = c < row->width ? start[1] - start[0] - 1 : 0;

      cells->kind = length > 0 ? DHK_CELL_TEXT : DHK_CELL_EMPTY;
      cells->lasts = FALSE;
      cells->text = length > 0 ? text + start[0] : "";
      cells->length = length;
      cells->number = 0;
    }
}

const DhkCellBlockType dhk_csv_block_type = {
  .make = make_block,
  .free = free_block,
  .reset = reset_block,
  .mark = mark_cells,
  .read = read_cells,
};

void
dhk_csv_block_make_room (DhkCsvBlock *self, gsize first)
{
  gsize needed = first + DHK_MAX_COLUMNS + 1;

  if (self->n_room >= needed)
    return;
  self->n_room = MAX (needed, self->n_room * 2);
  self->starts = g_renew (guint32, self->starts, self->n_room);
}
