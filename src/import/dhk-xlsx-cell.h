/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The cells of a row while a sheet is read: dhk-xlsx-sheet.c follows where
 * they are, dhk-xlsx-cell.c decides what they hold. Private to the import
 * room.
 */

#include "import/dhk-xlsx-workbook.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_XLSX_TYPE_NUMBER,
  DHK_XLSX_TYPE_SHARED,
  DHK_XLSX_TYPE_TEXT,
  DHK_XLSX_TYPE_INLINE,
  DHK_XLSX_TYPE_BOOLEAN,
  DHK_XLSX_TYPE_ERROR,
  DHK_XLSX_TYPE_DATE,
  DHK_XLSX_TYPE_UNKNOWN,
} DhkXlsxCellType;

/* A cell of the row that is not empty. */
typedef struct
{
  guint column;
  const char *
      shared; /* lent by the workbook's texts or what waits; or NULL: at @offset of the row's text */
  gsize offset;
} DhkXlsxFilled;

/* A piece of text that is not ended by a NUL byte; %NULL when it is not there. */
typedef struct
{
  const char *start;
  const char *end;
} DhkXlsxPiece;

/* What a cell says about itself: "B12", "s", the number of its style. */
typedef struct
{
  DhkXlsxPiece place;
  DhkXlsxPiece type;
  DhkXlsxPiece style;
} DhkXlsxCellTag;

/* A cell of a row that is taken without libxml2. */
typedef struct
{
  DhkXlsxCellTag tag;
  DhkXlsxPiece text;
  gboolean is_inline; /* it stands in <is><t>, not in <v> */
  guint column;       /* where it stands, as far as that was seen already; else DHK_MAX_COLUMNS */
} DhkXlsxRowCell;

/* Those of a row; the array is kept from row to row. */
typedef struct
{
  DhkXlsxRowCell *cells;
  guint n;
  guint size;
} DhkXlsxRowCells;

/* Places that are told of together: how many, and the names of the first. */
typedef struct
{
  guint n;
  GString *names; /* or NULL */
} DhkXlsxPlaces;

typedef struct
{
  DhkXlsxWorkbook *workbook;
  DhkReadJob *job;

  GString *waiting; /* fed, and neither taken as a plain row nor parsed; see dhk-xlsx-rows.c */
  DhkXlsxRowCells row_cells; /* of the plain row that is read */

  gboolean is_worksheet;
  gboolean in_data;
  gboolean capture;
  guint skip_depth; /* inside a phonetic reading, or 0 */

  guint64 row;
  gboolean row_numbered;
  guint n_cells;
  DhkCell *cells; /* DHK_MAX_COLUMNS, of which @n_ready are EMPTY but for @filled */
  guint n_ready;
  DhkXlsxFilled *filled; /* each column once; there is room for @n_room */
  guint n_filled;
  guint n_room;
  GString *text; /* of the row; that of the cell begins at @start */

  guint column;
  guint next_column;
  DhkXlsxCellType type;
  guint64 style;
  gsize start;
  gboolean has_formula;
  gboolean has_value;

  DhkXlsxPlaces unknown; /* formulas whose result is not in the file */
  DhkXlsxPlaces merged;  /* cells that are one over several rows */
} DhkXlsxSheetState;

/* How many elements are open between two rows. */
#define DHK_XLSX_DATA_DEPTH 2

/**
 * dhk_xlsx_row_start:
 * @number: its number, as the file has it
 *
 * These five follow a row: each may make the stream fail.
 */
void dhk_xlsx_row_start (DhkXlsxSheetState *self, DhkXmlStream *stream, DhkXlsxPiece number);
void dhk_xlsx_cell_start (DhkXlsxSheetState *self, DhkXmlStream *stream, const DhkXlsxCellTag *tag);
void dhk_xlsx_cell_hold (DhkXlsxSheetState *self, gboolean is_inline);
void dhk_xlsx_cell_text (DhkXlsxSheetState *self, DhkXmlStream *stream, DhkXlsxPiece text);
void dhk_xlsx_row_end (DhkXlsxSheetState *self, DhkXmlStream *stream);

/**
 * dhk_xlsx_rows_feed:
 *
 * Takes rows that are written plainly, as nearly all are, and leaves the rest to libxml2.
 */
gboolean dhk_xlsx_rows_feed (
    DhkXmlStream *stream, const char *piece, gsize length, gpointer data, GError **error);

/**
 * dhk_xlsx_cell_take:
 * Takes a whole cell of a plain row, when there is nothing odd about it. Its text is ended in place.
 *
 * Returns: %FALSE when it has to go through the other steps, of which nothing was done
 */
gboolean dhk_xlsx_cell_take (DhkXlsxSheetState *self, const DhkXlsxRowCell *cell);

/**
 * dhk_xlsx_cell_name_append:
 * Appends "B12".
 */
void dhk_xlsx_cell_name_append (GString *text, guint column, guint64 row);

/**
 * dhk_xlsx_places_add:
 * @name: (nullable): "B12", not ended by a NUL byte; or the cell at hand
 */
void dhk_xlsx_places_add (DhkXlsxSheetState *self, DhkXlsxPlaces *places, DhkXlsxPiece name);

/**
 * dhk_xlsx_places_finish:
 * Notes what is told of together, and frees it.
 */
void dhk_xlsx_places_finish (DhkXlsxSheetState *self);

/**
 * dhk_xlsx_merged_add:
 * @reference: such as "B2:B8"; one row is no matter, as titles stand over several columns
 */
void dhk_xlsx_merged_add (DhkXlsxSheetState *self, DhkXlsxPiece reference);

/**
 * dhk_xlsx_unsigned_parse:
 *
 * Returns: whether @text up to @end is digits only and no more than @limit
 */
gboolean dhk_xlsx_unsigned_parse (const char *text, const char *end, guint64 limit, guint64 *value);

/**
 * dhk_xlsx_cell_end:
 *
 * Gives the cell that has just ended its kind, text and number.
 */
void dhk_xlsx_cell_end (DhkXlsxSheetState *self, DhkXmlStream *stream);

G_END_DECLS
