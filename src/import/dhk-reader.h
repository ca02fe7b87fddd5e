/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reads a table out of a file somebody was given: an Excel workbook,
 * separated text or a data file of SPSS; or out of bytes, such as a pasted table.
 *
 * In order: dhk_reader_open() looks at the content (never at the name), lists
 * the sheets and hashes the file; dhk_reader_read() then hands one sheet over
 * row by row in flat memory, as often as wanted. dhk_raw_table_read()
 * (import/dhk-raw-table.h) keeps the rows for those who must look twice.
 *
 * The file is opened once; all reads and the hash use that one handle, and a
 * file that changes meanwhile is refused. Files are treated as hostile:
 * limits are counts and ratios (columns, rows, length of a cell, nesting,
 * inflated to packed size), never total size.
 *
 * Nothing is guessed about meaning here. In an Excel workbook the kind of a
 * cell is what the file says; in separated text every cell is TEXT, see
 * import/dhk-column-guess.h for the decimal sign and the order of dates.
 *
 * A data file of SPSS names its columns: dhk_reader_get_columns() has their
 * names, labels, value labels and missing values. Its only sheet has a head
 * row made by the reader, the label of each variable or else its name; row 2
 * is the first case. System-missing values are EMPTY.
 *
 * Ownership: what a get_ function gives is lent by the reader. A reader is
 * used by one thread at a time. Errors: DHK_IMPORT_ERROR, or
 * G_IO_ERROR_CANCELLED; an error of a row function is passed on unchanged.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DhkReader DhkReader;

typedef enum
{
  DHK_READER_XLSX,
  DHK_READER_CSV,
  DHK_READER_SPSS, /* .sav, .zsav or .por */
} DhkReaderKind;

typedef enum
{
  DHK_CELL_EMPTY,
  DHK_CELL_TEXT,
  DHK_CELL_NUMBER,
  DHK_CELL_DATE,
  DHK_CELL_BOOLEAN,
  DHK_CELL_ERROR,   /* #N/A and its like, and values the file cannot mean (1e999, 30 February) */
  DHK_CELL_MISSING, /* a value that a data file of SPSS declares missing (user-missing) */
} DhkCellKind;

/**
 * DhkCell:
 * @kind: what the file says it is
 * @lasts: @text stays as it is until the sheet is read: the same pointer is the same text
 * @text: UTF-8, never %NULL ("" for EMPTY), ended by a NUL byte, as the file has it
 *   ("_x000D_" escapes of Excel are decoded). Numbers in their shortest
 *   decimal form with a point; dates as "2023-03-14", "2023-03-14 09:12:33" or,
 *   for a time of day alone, "09:12:33"; booleans as TRUE or FALSE. A text of
 *   white space only is a TEXT; an empty one is EMPTY. In SPSS a value with a
 *   label is a TEXT (or MISSING) of that label; a MISSING one without a label
 *   has the value itself as text.
 * @length: bytes of @text
 * @number: NUMBER: the value; BOOLEAN: 0 or 1; DATE: seconds since
 *   1970-01-01 00:00 of the wall clock (no time zone); TEXT and MISSING of a
 *   numeric SPSS variable: the code; else 0
 *
 * Lent for the time of the callback.
 */
typedef struct
{
  DhkCellKind kind;
  gboolean lasts;
  const char *text;
  gsize length;
  double number;
} DhkCell;

/**
 * DhkRowFunc:
 * @line: number of the row as a spreadsheet shows it, from 1. A line break
 *   inside quotes starts no row, and the "sep=" line of a text file is none.
 * @cells: the cells from column A on
 * @n_cells: up to and with the last cell that is not EMPTY, so at least 1;
 *   wholly empty rows are skipped while the numbers count on
 *
 * Returns: %FALSE with @error set to stop reading.
 */
typedef gboolean (*DhkRowFunc) (
    guint64 line, const DhkCell *cells, guint n_cells, gpointer user_data, GError **error);

/**
 * DhkReaderProgressFunc:
 * @fraction: 0 to 1, not decreasing within one read
 *
 * Called in the reading thread, at most about a thousand times.
 */
typedef void (*DhkReaderProgressFunc) (double fraction, gpointer user_data);

/* Opening */

/**
 * dhk_reader_open:
 *
 * Recognises the content: zip → Excel workbook; else separated text. A
 * password-protected workbook, a web page, an OpenDocument or old Excel file
 * is refused with a sentence that says what to do.
 *
 * Returns: (transfer full) (nullable): the reader
 */
DhkReader *dhk_reader_open (GFile *file, GCancellable *cancellable, GError **error);

/**
 * dhk_reader_open_bytes:
 * @bytes: what a file would hold
 * @name: (nullable): as a file would be called; only used in the words of refusals
 *
 * The same door for what comes from the clipboard.
 *
 * Returns: (transfer full) (nullable): the reader
 */
DhkReader *dhk_reader_open_bytes (GBytes *bytes, const char *name, GError **error);
DhkReader *dhk_reader_ref (DhkReader *self);
void dhk_reader_unref (DhkReader *self);

/* What was found */

DhkReaderKind dhk_reader_get_kind (DhkReader *self);

/**
 * dhk_reader_get_n_sheets:
 *
 * Returns: sheets with cells, in workbook order (hidden ones too, chart
 *   sheets not); 1 for separated text
 */
guint dhk_reader_get_n_sheets (DhkReader *self);

/**
 * dhk_reader_get_sheet_name:
 *
 * Returns: the name as the file has it, to be shown literally; "" for
 *   separated text
 */
const char *dhk_reader_get_sheet_name (DhkReader *self, guint sheet);

/**
 * dhk_reader_get_sheet_visible:
 *
 * Returns: %FALSE for a sheet that the workbook hides
 */
gboolean dhk_reader_get_sheet_visible (DhkReader *self, guint sheet);

/**
 * dhk_reader_get_sha256:
 *
 * Returns: the SHA-256 of the file's bytes, lower-case hexadecimal. Large
 *   files are hashed in a thread of their own while they are read; this waits
 *   for it.
 */
const char *dhk_reader_get_sha256 (DhkReader *self);

/**
 * dhk_reader_get_notes:
 *
 * Returns: (element-type utf8): translated sentences on what was odd or
 *   decided: those of the opening and of the latest read. At most about a hundred.
 */
GPtrArray *dhk_reader_get_notes (DhkReader *self);

/* Columns that the file names (SPSS) */

typedef enum
{
  DHK_COLUMN_NUMBER,
  DHK_COLUMN_TEXT,
  DHK_COLUMN_DATE, /* days, or moments: the format tells */
  DHK_COLUMN_TIME, /* times of day and durations */
} DhkColumnType;

typedef enum
{
  DHK_MEASURE_UNKNOWN,
  DHK_MEASURE_NOMINAL,
  DHK_MEASURE_ORDINAL,
  DHK_MEASURE_SCALE,
} DhkMeasure;

/**
 * DhkReaderLabel:
 * @value: as a cell without a label would have it: "1", "2.5", "Y"
 * @number: the value of a variable that is not TEXT, else 0
 * @label: what it stands for; never ""
 */
typedef struct
{
  char *value;
  double number;
  char *label;
} DhkReaderLabel;

/**
 * DhkReaderMissing:
 * @value: a single missing value as text; %NULL for a range
 * @low: lowest missing number, -%G_MAXDOUBLE when open below; for a single number equal to @high
 * @high: highest missing number, %G_MAXDOUBLE when open above
 */
typedef struct
{
  char *value;
  double low;
  double high;
} DhkReaderMissing;

/**
 * DhkReaderColumn:
 * @name: the variable's name, unlike every other whatever the case
 * @label: "" when it has none
 * @format: as SPSS writes it, "F8.2", "A20", "DATETIME20"
 * @type: what its cells are, labels aside
 * @measure: the declared level of measurement
 * @labels: of #DhkReaderLabel, in the file's order
 * @missing: of #DhkReaderMissing
 */
typedef struct
{
  char *name;
  char *label;
  char *format;
  DhkColumnType type;
  DhkMeasure measure;
  GArray *labels;
  GArray *missing;
} DhkReaderColumn;

/**
 * dhk_reader_get_columns:
 *
 * Returns: (nullable) (element-type DhkReaderColumn): the columns of the
 *   sheet, from A on; %NULL for xlsx and separated text, which name none
 */
GPtrArray *dhk_reader_get_columns (DhkReader *self, guint sheet);

/* Separated text only */

/**
 * dhk_reader_get_encoding:
 *
 * Returns: "UTF-8", "UTF-16LE", "UTF-16BE" or "WINDOWS-1252"; %NULL for
 *   xlsx; of a data file of SPSS the encoding that it names
 */
const char *dhk_reader_get_encoding (DhkReader *self);

/**
 * dhk_reader_get_separator:
 *
 * Returns: ';' ',' '\t' or '|'; 0 for xlsx and SPSS
 */
char dhk_reader_get_separator (DhkReader *self);

/**
 * dhk_reader_get_encoding_guessed:
 *
 * Returns: whether nothing in the file says its encoding, so that a person may know better
 */
gboolean dhk_reader_get_encoding_guessed (DhkReader *self);

/**
 * dhk_reader_get_separator_told:
 *
 * Returns: whether the file's first line names the separator
 */
gboolean dhk_reader_get_separator_told (DhkReader *self);

/**
 * dhk_reader_set_encoding:
 * @encoding: a name as of dhk_reader_get_encoding(), or "WINDOWS-1250", "WINDOWS-1254",
 *   "MACINTOSH", "CP850"
 *
 * What a person says of separated text whose encoding was guessed; the note about the guess goes.
 */
void dhk_reader_set_encoding (DhkReader *self, const char *encoding);
void dhk_reader_set_separator (DhkReader *self, char separator);

/* Reading */

/**
 * dhk_reader_read:
 * @sheet: number of the sheet from 0
 * @func: called for every row that is not wholly empty
 * @progress: (nullable): told how far it is
 *
 * Reads one sheet from its first row to its last.
 *
 * Returns: %FALSE with @error; rows handed over before are then not the
 *   whole table and should be dropped
 */
gboolean dhk_reader_read (DhkReader *self,
                          guint sheet,
                          DhkRowFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          DhkReaderProgressFunc progress,
                          gpointer progress_data,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkReader, dhk_reader_unref)

G_END_DECLS
