/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Some thousand codes of a raw column. Inner header of the import room, for import/dhk-raw-column.h.
 *
 * While a piece is filled a code has 4 to 64 bits, as the largest needs. dhk_raw_piece_pack() ends that:
 * then a code has exactly as many bits as the largest is above the smallest.
 */

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define DHK_PIECE_BITS 12
#define DHK_PIECE_ROWS (1u << DHK_PIECE_BITS)

typedef enum
{
  DHK_PIECE_EMPTY,
  DHK_PIECE_4,
  DHK_PIECE_8,
  DHK_PIECE_16,
  DHK_PIECE_32,
  DHK_PIECE_64,
  DHK_PIECE_PACKED,
} DhkRawPieceKind;

/* All zeros is an empty piece: every code is 0. */
typedef struct
{
  gpointer data;
  guint64 smallest; /* of a packed piece */
  guint8 kind;      /* DhkRawPieceKind */
  guint8 width;     /* of a packed piece: bits of a code */
  gboolean tagged;  /* whatever the column wants to know of the piece */
} DhkRawPiece;

void dhk_raw_piece_clear (DhkRawPiece *self);

/* What is in it so far goes along, with `above` set in every code. */
void dhk_raw_piece_widen (DhkRawPiece *self, DhkRawPieceKind kind, guint64 above);

/* No more codes are set. */
void dhk_raw_piece_pack (DhkRawPiece *self);

/* `n` codes from `at` on, less their upper bits. */
void dhk_raw_piece_copy (const DhkRawPiece *self, guint at, guint n, guint *codes);

/* The same, but of each what it means, one every `stride` bytes. The codes are few. */
void dhk_raw_piece_translate (
    const DhkRawPiece *self, guint at, guint n, const gint8 *meanings, gint8 *out, guint stride);

static inline guint64
dhk_raw_piece_get (const DhkRawPiece *self, guint at)
{
  switch ((DhkRawPieceKind) self->kind)
    {
    case DHK_PIECE_4:
      return (guint64) (((const guint8 *) self->data)[at / 2] >> (at % 2 * 4) & 15);
    case DHK_PIECE_8:
      return ((const guint8 *) self->data)[at];
    case DHK_PIECE_16:
      return ((const guint16 *) self->data)[at];
    case DHK_PIECE_32:
      return ((const guint32 *) self->data)[at];
    case DHK_PIECE_64:
      return ((const guint64 *) self->data)[at];
    case DHK_PIECE_PACKED:
      {
        guint bit = at * self->width;
        guint64 eight;

        memcpy (&eight, (const guint8 *) self->data + bit / 8, sizeof eight);
        return self->smallest
               + (GUINT64_FROM_LE (eight) >> bit % 8
                  & ((G_GUINT64_CONSTANT (1) << self->width) - 1));
      }
    case DHK_PIECE_EMPTY:
    default:
      return 0;
    }
}

/* The piece must be as wide as the code needs; each code is set once. */
static inline void
dhk_raw_piece_set (DhkRawPiece *self, guint at, guint64 code)
{
  switch ((DhkRawPieceKind) self->kind)
    {
    case DHK_PIECE_4:
      ((guint8 *) self->data)[at / 2]
          = (guint8) (((guint8 *) self->data)[at / 2] | code << (at % 2 * 4));
      break;
    case DHK_PIECE_8:
      ((guint8 *) self->data)[at] = (guint8) code;
      break;
    case DHK_PIECE_16:
      ((guint16 *) self->data)[at] = (guint16) code;
      break;
    case DHK_PIECE_32:
      ((guint32 *) self->data)[at] = (guint32) code;
      break;
    case DHK_PIECE_64:
      ((guint64 *) self->data)[at] = code;
      break;
    case DHK_PIECE_EMPTY:
    case DHK_PIECE_PACKED:
    default:
      g_assert_not_reached ();
    }
}

G_END_DECLS
