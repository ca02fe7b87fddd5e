/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One reading of a sheet: to whom the rows go, what was noted, whether to go
 * on. Private to the import room.
 */

#include "import/dhk-reader.h"

G_BEGIN_DECLS

/* Most columns and rows a spreadsheet has, and the longest text in a cell
 * (Excel's own limit is 32 767 characters). */
#define DHK_MAX_COLUMNS 16384
#define DHK_MAX_ROWS 1048576
#define DHK_MAX_CELL_BYTES (1024 * 1024)
/* Text of one row together, so that many long cells do not add up. */
#define DHK_MAX_ROW_BYTES (64 * 1024 * 1024)

typedef struct _DhkCellBlock DhkCellBlock;

/**
 * DhkBlockFunc:
 * @block: rows that follow each other, see import/dhk-cell-block.h
 *
 * Called in another thread when there is much to read, and never twice at once.
 *
 * Returns: %FALSE with @error set to stop reading.
 */
typedef gboolean (*DhkBlockFunc) (const DhkCellBlock *block, gpointer user_data, GError **error);

typedef struct
{
  DhkRowFunc func;
  DhkBlockFunc take_block; /* NULL: `func` takes all rows one by one */
  gpointer user_data;
  GCancellable *cancellable;
  DhkReaderProgressFunc progress;
  gpointer progress_data;
  double reported;
  GPtrArray *notes;
} DhkReadJob;

/**
 * dhk_reader_run:
 *
 * dhk_reader_read() for who may take rows in blocks. Rows of which the reader makes no
 * blocks go to @job->func, in this thread, and never while a block is taken.
 */
gboolean dhk_reader_run (DhkReader *self, guint sheet, DhkReadJob *job, GError **error);

/**
 * dhk_read_job_go_on:
 *
 * Reports progress (in steps of a thousandth) and asks whether to stop.
 *
 * Returns: %FALSE with @error when cancelled
 */
gboolean dhk_read_job_go_on (DhkReadJob *job, double fraction, GError **error);

/* A part of a job, from one fraction of it to another. */
typedef struct
{
  DhkReadJob *job;
  double from;
  double to;
} DhkReadShare;

/**
 * dhk_read_share_go_on:
 * @self: (nullable): without one there is nobody to ask
 *
 * The same with a fraction of the part.
 */
gboolean dhk_read_share_go_on (const DhkReadShare *self, double fraction, GError **error);

/**
 * dhk_notes_take:
 * @note: (transfer full): a translated sentence
 *
 * Adds a note. When there are many already, one sentence says that more was odd.
 */
void dhk_notes_take (GPtrArray *notes, char *note);

/**
 * dhk_notes_has_room:
 *
 * Returns: whether a further note would be kept; asked before making one up
 *   for every cell of a long sheet
 */
gboolean dhk_notes_has_room (GPtrArray *notes);

G_END_DECLS
