/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Some hundred rows of a sheet on their way from who reads them to who keeps them, and the belt that
 * takes them there. Inner header of the import room.
 *
 * A reader fills a block with as little work as it can: where the texts stand, or the values of the
 * file. Cells are made of them by who takes the block, of one column or one row at a time. In a long
 * file that is another thread, so that reading and keeping share the work.
 *
 * A reader makes a belt for a read, asks for an empty block, fills it, gives it and asks for the
 * next; dhk_cell_belt_end() waits until all are taken. What goes wrong in taking a row comes before
 * whatever the reader finds behind that row, as if each row had been taken at once.
 */

#include "import/dhk-read-job.h"

G_BEGIN_DECLS

/* A row that is not wholly empty: `width` cells, of which `first` tells the reader's functions. */
typedef struct
{
  guint64 line;
  guint first;
  guint width;
} DhkBlockRow;

/* Marks of cells: those of a column that have the same one are the same cell in the whole sheet. */
#define DHK_MARK_EMPTY 0
#define DHK_MARK_NONE 0xFF /* nothing is told of the cell: it is to be read */

typedef struct
{
  DhkCellBlock *(*make) (gpointer reader);
  void (*free) (DhkCellBlock *self);

  /* Forgets the rows; memory that is far more than common is given back. */
  void (*reset) (DhkCellBlock *self);

  /* The marks of a column, for knowing most cells without making them. */
  void (*mark) (
      const DhkCellBlock *self, guint first_row, guint n_rows, guint column, guint8 *marks);

  /* Cells of a row; EMPTY beyond its width. Texts are lent until the function is called again. */
  void (*read) (
      const DhkCellBlock *self, guint row, guint first_column, guint n_columns, DhkCell *cells);
} DhkCellBlockType;

/* What a reader's own block begins with. */
struct _DhkCellBlock
{
  const DhkCellBlockType *type;
  GArray *rows;  /* DhkBlockRow; the reader adds them */
  gsize n_bytes; /* about what the rows take, told before it is given */
};

void dhk_cell_block_init (DhkCellBlock *self, const DhkCellBlockType *type);
void dhk_cell_block_clear (DhkCellBlock *self);

/* Belts */

typedef struct _DhkCellBelt DhkCellBelt;

/* `n_bytes` is what there is to read: for a little there is no thread. `reader` is for type->make. */
DhkCellBelt *
dhk_cell_belt_new (DhkReadJob *job, const DhkCellBlockType *type, guint64 n_bytes, gpointer reader);

/* A block without rows, which belongs to the belt. Waits for one. */
DhkCellBlock *dhk_cell_belt_next (DhkCellBelt *self);

/* FALSE when rows of this block or of one before were refused. */
gboolean dhk_cell_belt_give (DhkCellBelt *self, DhkCellBlock *block, GError **error);

/*
 * Gives the last block (NULL: none) and frees the belt. `ok` is how the reader fared, with its
 * `error`; returns whether all went well, else with the error that comes first.
 */
gboolean dhk_cell_belt_end (DhkCellBelt *self, DhkCellBlock *last, gboolean ok, GError **error);

G_END_DECLS
