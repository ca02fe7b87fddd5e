/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-raw-piece.h"

/* A code is read from the eight bytes that it begins in. */
#define MAX_WIDTH 57

void
dhk_raw_piece_clear (DhkRawPiece *self)
{
  g_clear_pointer (&self->data, g_free);
}

void
dhk_raw_piece_widen (DhkRawPiece *self, DhkRawPieceKind kind, guint64 above)
{
  static const guint8 bits[] = { 0, 4, 8, 16, 32, 64 };
  DhkRawPiece wider = { .kind = (guint8) kind, .tagged = self->tagged };

  g_assert (kind < DHK_PIECE_PACKED);
  wider.data = g_malloc0 ((gsize) DHK_PIECE_ROWS * bits[kind] / 8);
  for (guint at = 0; (self->kind != DHK_PIECE_EMPTY || above != 0) && at < DHK_PIECE_ROWS; at++)
    dhk_raw_piece_set (&wider, at, above | dhk_raw_piece_get (self, at));
  g_free (self->data);
  *self = wider;
}

static guint
count_bits (guint64 number)
{
  guint n = 0;

  for (; number != 0; number >>= 1)
    n++;
  return n;
}

void
dhk_raw_piece_pack (DhkRawPiece *self)
{
  DhkRawPiece packed = { .kind = DHK_PIECE_PACKED, .tagged = self->tagged };
  guint64 smallest = G_MAXUINT64;
  guint64 largest = 0;
  guint64 bits = 0;
  guint n_bits = 0;
  guint8 *out;

  if (self->kind == DHK_PIECE_EMPTY || self->kind == DHK_PIECE_PACKED)
    return;
  for (guint at = 0; at < DHK_PIECE_ROWS; at++)
    {
      guint64 code = dhk_raw_piece_get (self, at);

      smallest = MIN (smallest, code);
      largest = MAX (largest, code);
    }
  packed.smallest = smallest;
  packed.width = (guint8) count_bits (largest - smallest);
  if (packed.width > MAX_WIDTH)
    return;

  packed.data = g_malloc0 ((gsize) DHK_PIECE_ROWS * packed.width / 8 + sizeof (guint64));
  out = packed.data;
  for (guint at = 0; at < DHK_PIECE_ROWS; at++)
    {
      bits |= (dhk_raw_piece_get (self, at) - smallest) << n_bits;
      for (n_bits += packed.width; n_bits >= 8; n_bits -= 8, bits >>= 8)
        *out++ = (guint8) bits;
    }
  g_free (self->data);
  *self = packed;
}

void
dhk_raw_piece_copy (const DhkRawPiece *self, guint at, guint n, guint *codes)
{
  const guint8 *bytes = self->data;
  guint64 mask = (G_GUINT64_CONSTANT (1) << self->width) - 1;
  guint bit = at * self->width;

  if (self->kind == DHK_PIECE_PACKED)
    for (guint i = 0; i < n; i++, bit += self->width)
      {
        guint64 eight;

        memcpy (&eight, bytes + bit / 8, sizeof eight);
        codes[i] = (guint) (self->smallest + (GUINT64_FROM_LE (eight) >> bit % 8 & mask));
      }
  else
    for (guint i = 0; i < n; i++)
      codes[i] = (guint) dhk_raw_piece_get (self, at + i);
}
