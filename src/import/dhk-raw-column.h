/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One column of a raw table. Inner header of the import room.
 *
 * A column of few different cells lists them, and a row holds a number in that list, in as many bits
 * as it needs. Where there are many different cells that are made of digits between fixed signs (numbers of
 * responses, dates, amounts), a row holds the digits: the signs are a shape ("0000-00-00 00:00:00"), of
 * which a column has few. Both give back exactly the cell that was put in.
 *
 * Every cell has a value: below dhk_raw_column_get_n_values() the cell itself is listed (0 is the empty
 * one); a value from there on is a shape, whose cell has zeros for digits. Rows are put in by rising
 * number; what is left out is empty. dhk_raw_column_finish() ends that; then the column is immutable.
 */

#include "import/dhk-reader.h"

G_BEGIN_DECLS

/* Where the text of a cell that is not listed is written. */
#define DHK_SHAPE_SIZE 40
typedef struct
{
  char text[DHK_SHAPE_SIZE];
} DhkCellText;

typedef struct _DhkRawColumn DhkRawColumn;

DhkRawColumn *dhk_raw_column_new (void);
void dhk_raw_column_free (DhkRawColumn *self);
void dhk_raw_column_add (DhkRawColumn *self, guint row, const DhkCell *cell);

/* A row of cells, each into its column; returns how many are not empty. */
guint
dhk_raw_columns_add (DhkRawColumn *const *columns, guint row, const DhkCell *cells, guint n_cells);

/*
 * Cells of rows that follow each other from `row` on, by their marks (import/dhk-cell-block.h): those
 * that are known are put in. Returns how many. When any are left, only they keep their marks, for
 * dhk_raw_column_add_marked(). All rows are of one tile: DHK_TILE_ROWS from a multiple of that.
 */
#define DHK_TILE_ROWS 64
guint
dhk_raw_column_add_marks (DhkRawColumn *self, guint row, guint8 *marks, guint n, guint *n_left);
void dhk_raw_column_add_marked (DhkRawColumn *self, guint row, const DhkCell *cell, guint8 mark);
void dhk_raw_column_finish (DhkRawColumn *self);

/* Listed cells and the empty one. */
guint dhk_raw_column_get_n_values (const DhkRawColumn *self);
guint dhk_raw_column_get_n_shapes (const DhkRawColumn *self);

/* The cell that a value stands for, or the zeros of a shape; lent by the column. */
const DhkCell *dhk_raw_column_get_listed (const DhkRawColumn *self, guint value);

guint dhk_raw_column_get_value (const DhkRawColumn *self, guint row);

/* The values of `n` rows from `first` on. */
void dhk_raw_column_get_values (const DhkRawColumn *self, guint first, guint n, guint *values);

/*
 * The same of any rows, by rising number; `digits` (or NULL) gets the digits of those whose value is a
 * shape, as one number.
 */
void dhk_raw_column_look_up (
    const DhkRawColumn *self, const guint *rows, guint n, guint *values, guint64 *digits);

/* Which number a cell of such a value has with those digits. */
double dhk_raw_column_read_digits (const DhkRawColumn *self, guint value, guint64 digits);

/* Which text; returns its length. */
gsize dhk_raw_column_write_digits (const DhkRawColumn *self,
                                   guint value,
                                   guint64 digits,
                                   DhkCellText *text);

/* Of each of the rows what its value means, one every `stride` bytes. */
void dhk_raw_column_translate (const DhkRawColumn *self,
                               const guint *rows,
                               guint n,
                               const gint8 *meanings,
                               gint8 *out,
                               guint stride);

/* The text is lent by the column, or by `text`. */
DhkCell dhk_raw_column_get_cell (const DhkRawColumn *self, guint row, DhkCellText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRawColumn, dhk_raw_column_free)

G_END_DECLS
