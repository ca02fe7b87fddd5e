/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Rows of texts packed by columns, and back as lines of CSV (RFC 4180), byte for byte.
 *
 * A column lists its different texts once; of every row the number in that list is kept, in as few bits
 * as it needs. Texts that differ in their digits only ("2026-01-05 08:00:06") are one text in the list, of
 * zeros, with the digits of every row beside it. Nothing is listed that no row has: who takes a row away
 * and packs the others anew has taken its texts away.
 *
 * Lists and codes lie apart, because lists can be deflated and codes cannot.
 *
 * For each column in turn: dhk_row_packer_begin_column(), dhk_row_packer_list() for every different text,
 * dhk_row_packer_end_column().
 */

#include <glib.h>

G_BEGIN_DECLS

/* What was packed. */
typedef struct
{
  guint n_rows;
  gsize size; /* of the lines */
  const guint8 *lists;
  gsize lists_size;
  const guint8 *codes;
  gsize codes_size;
} DhkPackedRows;

/* The lines, `size` bytes without an end; NULL when what is given makes no such lines. Free with g_free(). */
char *dhk_packed_rows_dup_lines (const DhkPackedRows *self);

/* Packing ------------------------------------------------------------------------------ */

typedef struct _DhkRowPacker DhkRowPacker;

/* Lines of `limit` bytes together at most. */
DhkRowPacker *dhk_row_packer_new (guint n_rows, gsize limit);
void dhk_row_packer_free (DhkRowPacker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRowPacker, dhk_row_packer_free)

guint dhk_row_packer_get_n_rows (const DhkRowPacker *self);

void dhk_row_packer_begin_column (DhkRowPacker *self);

/* Adds a text to the column's list; returns its code. `has_digits`: its zeros stand for digits. */
guint dhk_row_packer_list (DhkRowPacker *self, const char *text, gboolean has_digits);

/*
 * The code of every row, each of them used; and, where the code's text has digits, these as one number
 * of at most 56 bits. `digits` may be NULL where no text has any.
 */
void dhk_row_packer_end_column (DhkRowPacker *self, const guint *codes, const guint64 *digits);

/* The lines would be longer than the limit: nothing is to be had. */
gboolean dhk_row_packer_is_full (const DhkRowPacker *self);

/* A text has an @: it may hold an address. */
gboolean dhk_row_packer_has_at (const DhkRowPacker *self);

/* Lent by the packer, after the last column. */
DhkPackedRows dhk_row_packer_get (const DhkRowPacker *self);

G_END_DECLS
