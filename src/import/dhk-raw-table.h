/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of one sheet, kept: what a recogniser works on.
 *
 * Columns stand apart, and equal cells of a column are stored once: an answer
 * costs three bits, a date three bytes (import/dhk-raw-column.h). Rows are those of
 * dhk_reader_read(): wholly empty ones are not there, dhk_raw_table_get_line()
 * tells the number that a person sees. Immutable, reference-counted, safe to
 * share by threads.
 */

#include "import/dhk-raw-column.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

typedef struct _DhkRawTable DhkRawTable;

/* Making */

/**
 * dhk_raw_table_read:
 * @max_rows: stop after so many rows (a look at the head), or 0 for all
 *
 * Reads a sheet into a table. A sheet that is almost wholly empty cells
 * between a few far-away ones is refused (%DHK_IMPORT_ERROR_TOO_LARGE).
 *
 * Returns: (transfer full) (nullable): the table
 */
DhkRawTable *dhk_raw_table_read (DhkReader *reader,
                                 guint sheet,
                                 guint max_rows,
                                 GCancellable *cancellable,
                                 DhkReaderProgressFunc progress,
                                 gpointer progress_data,
                                 GError **error);
DhkRawTable *dhk_raw_table_ref (DhkRawTable *self);
void dhk_raw_table_unref (DhkRawTable *self);

/* Looking */

guint dhk_raw_table_get_n_rows (DhkRawTable *self);

/**
 * dhk_raw_table_get_n_columns:
 *
 * Returns: width of the widest row
 */
guint dhk_raw_table_get_n_columns (DhkRawTable *self);

/**
 * dhk_raw_table_get_line:
 *
 * Returns: the number of the row in the file, see #DhkRowFunc
 */
guint64 dhk_raw_table_get_line (DhkRawTable *self, guint row);

/**
 * dhk_raw_table_get_cell:
 * @text: where a text that is not kept as such is written
 *
 * Returns: the cell, whose text is lent by the table or by @text; an EMPTY one
 *   (text "") beyond the row's end
 */
DhkCell dhk_raw_table_get_cell (DhkRawTable *self, guint row, guint column, DhkCellText *text);

/**
 * dhk_raw_table_get_column:
 *
 * Returns: (transfer none): the column, for work that is done once for each of
 *   its different cells
 */
const DhkRawColumn *dhk_raw_table_get_column (DhkRawTable *self, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRawTable, dhk_raw_table_unref)

G_END_DECLS
