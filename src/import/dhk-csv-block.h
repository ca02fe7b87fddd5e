/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows of separated text as they stand in a piece of the file. Inside of the reader of text. */

#include "import/dhk-cell-block.h"

G_BEGIN_DECLS

typedef struct
{
  DhkCellBlock block;
  GByteArray *text;
  /* Where fields begin, row by row; each is ended by a NUL byte, behind which the next begins. A row
   * has one more than fields; `first` of a row is the place of its first one here. */
  guint32 *starts;
  gsize n_room;
} DhkCsvBlock;

extern const DhkCellBlockType dhk_csv_block_type;

/* There is room for a row from `first` on. */
void dhk_csv_block_make_room (DhkCsvBlock *self, gsize first);

G_END_DECLS
