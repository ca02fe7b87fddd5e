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

/* All codes of a piece that is not packed, by a loop for each kind. */
static void
read_codes (const DhkRawPiece *self, guint64 *codes)
{
  const guint8 *bytes = self->data;

  if (self->kind == DHK_PIECE_4)
    for (guint i = 0; i < DHK_PIECE_ROWS / 2; i++)
      {
        codes[2 * i] = bytes[i] & 15;
        codes[2 * i + 1] = bytes[i] >> 4;
      }
  else if (self->kind == DHK_PIECE_64)
    memcpy (codes, self->data, sizeof (guint64) * DHK_PIECE_ROWS);
  else
    for (guint at = 0; at < DHK_PIECE_ROWS; at++)
      codes[at] = dhk_raw_piece_get (self, at);
}

/* Eight bytes at a time. */
static gpointer
pack_codes (const guint64 *codes, guint64 smallest, guint width)
{
  guint64 *data = g_new0 (guint64, (gsize) DHK_PIECE_ROWS * width / 64 + 2);
  guint64 *out = data;
  guint64 bits = 0;
  guint n_bits = 0;

  for (guint at = 0; at < DHK_PIECE_ROWS; at++)
    {
      guint64 code = codes[at] - smallest;

      bits |= code << n_bits;
      n_bits += width;
      if (n_bits < 64)
        continue;
      *out++ = GUINT64_TO_LE (bits);
      n_bits -= 64;
      bits = n_bits > 0 ? code >> (width - n_bits) : 0;
    }
  *out = GUINT64_TO_LE (bits);
  return data;
}

void
dhk_raw_piece_pack (DhkRawPiece *self)
{
  DhkRawPiece packed = { .kind = DHK_PIECE_PACKED, .tagged = self->tagged };
  guint64 codes[DHK_PIECE_ROWS];
  guint64 smallest = G_MAXUINT64;
  guint64 largest = 0;

  if (self->kind == DHK_PIECE_EMPTY || self->kind == DHK_PIECE_PACKED)
    return;
  read_codes (self, codes);
  for (guint at = 0; at < DHK_PIECE_ROWS; at++)
    {
      smallest = MIN (smallest, codes[at]);
      largest = MAX (largest, codes[at]);
    }
  packed.smallest = smallest;
  packed.width = (guint8) count_bits (largest - smallest);
  if (packed.width > MAX_WIDTH)
    return;

  packed.data = pack_codes (codes, smallest, packed.width);
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
