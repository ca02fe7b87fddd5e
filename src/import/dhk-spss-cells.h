/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Cases of a data file of SPSS as values, and the cells that are made of them. Inside the reader of
 * data files of SPSS.
 *
 * Making cells (labels, missing values, dates, decoding) is most of the work of a case, so it is left
 * to who takes the block (import/dhk-cell-block.h).
 */

#include "import/dhk-cell-block.h"
#include "import/dhk-spss.h"

G_BEGIN_DECLS

/* NAN is system-missing. A text lies in the block's texts, or is DHK_SPSS_NO_TEXT. */
#define DHK_SPSS_NO_TEXT G_MAXSIZE
typedef union
{
  double number;
  gsize text;
} DhkSpssValue;

/* What all blocks of a read have in common: how values are read. Used by who takes blocks alone. */
typedef struct _DhkSpssCells DhkSpssCells;

DhkSpssCells *dhk_spss_cells_new (DhkSpss *spss);
void dhk_spss_cells_free (DhkSpssCells *self);

/* Whether a text held bytes without a meaning. Once all blocks are taken. */
gboolean dhk_spss_cells_is_broken (const DhkSpssCells *self);

/* Whether a value of spaces only has a label in this text column, so that it is no empty cell. */
gboolean dhk_spss_cells_labels_blank (const DhkSpssCells *self, guint column);

/* A block of so much text is full. */
#define DHK_SPSS_BLOCK_TEXT (256 * 1024)

typedef struct
{
  DhkCellBlock block;
  DhkSpssCells *cells;
  DhkSpssValue *values; /* n_columns of each row; `first` of a row is the place of its first one */
  guint n_room;         /* rows */
  GString *texts;       /* without spaces at their end, each ended by a NUL byte */
} DhkSpssBlock;

/* The blocks of a read; dhk_cell_belt_new() gets the DhkSpssCells. */
extern const DhkCellBlockType dhk_spss_block_type;

G_END_DECLS
