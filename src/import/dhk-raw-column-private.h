/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside of a raw column, for dhk-raw-column.c, which fills it, and dhk-raw-column-look.c. */

#include "import/dhk-raw-column.h"
#include "import/dhk-raw-piece.h"
#include "import/dhk-raw-shape.h"

G_BEGIN_DECLS

/* The code of a cell that is listed, among those with shapes. */
#define DHK_LISTED_SHAPE 0xFFu

/* The value of the empty cell. */
#define DHK_NO_VALUE 0

struct _DhkRawColumn
{
  DhkRawPiece *pieces; /* tagged: a code is shape and digits */
  guint n_pieces;
  GArray *values; /* DhkCell; the first is the empty one */
  GStringChunk *texts;
  DhkRawShapes *shapes;

  /* while it is filled */
  guint32 *buckets; /* a listed value by the hash of its cell */
  guint32 mask;
  guint8 *quick; /* by quick_slot(): the value of a cell that may be this one; DHK_NO_VALUE: none */
  const char **lasting; /* of those found by their number: the text that was seen last and lasts */
  guint16 *marked;      /* by the mark of a cell: its value where that has four bits, and counts */
  guint8 *nibbles;      /* of the last piece, as long as it has four bits for each code; or NULL */
  gboolean has_digits;
};

G_END_DECLS
