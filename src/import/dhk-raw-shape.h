/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Cells made of digits between fixed signs: each as the number of its shape ("0000-00-00 00:00:00")
 * and its digits, in 64 bits. Inner header of the import room, for import/dhk-raw-column.h.
 */

#include "import/dhk-raw-column.h"

G_BEGIN_DECLS

/* The digits are in the lower bits, the shape is above them and below 128. */
#define DHK_DIGIT_BITS 56
#define DHK_DIGIT_MASK ((G_GUINT64_CONSTANT (1) << DHK_DIGIT_BITS) - 1)

typedef struct _DhkRawShapes DhkRawShapes;

DhkRawShapes *dhk_raw_shapes_new (void);
void dhk_raw_shapes_free (DhkRawShapes *self);

/* The cell as shape and digits; FALSE when that would not give it back exactly. */
gboolean dhk_raw_shapes_take (DhkRawShapes *self, const DhkCell *cell, guint64 *code);

guint dhk_raw_shapes_get_n (const DhkRawShapes *self);

/* The cell of a shape with zeros for digits; lent. */
const DhkCell *dhk_raw_shapes_get_zeros (const DhkRawShapes *self, guint shape);

/* The number of a cell of the shape with these digits. */
double dhk_raw_shapes_read (const DhkRawShapes *self, guint shape, guint64 digits);

/* The text of such a cell; returns its length. */
gsize
dhk_raw_shapes_write (const DhkRawShapes *self, guint shape, guint64 digits, DhkCellText *text);

/* The cell again; its text is written to `text`. */
DhkCell dhk_raw_shapes_get_cell (const DhkRawShapes *self, guint64 code, DhkCellText *text);

G_END_DECLS
