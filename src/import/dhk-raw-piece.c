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

/* Answers have four bits while they are filled in, and need three ---------------- */

#define ALL_NIBBLES(bits) (G_GUINT64_CONSTANT (0x1111111111111111) * (bits))

static gboolean
has_empty (guint64 nibbles)
{
  nibbles |= nibbles >> 2;
  nibbles |= nibbles >> 1;
  return (nibbles & ALL_NIBBLES (1)) != ALL_NIBBLES (1);
}

/* Sixteen codes of four bits to `width` each, at the lower end. */
static guint64
squeeze (guint64 nibbles, guint width)
{
  nibbles = (nibbles & G_GUINT64_CONSTANT (0x0F0F0F0F0F0F0F0F))
            | (nibbles & G_GUINT64_CONSTANT (0xF0F0F0F0F0F0F0F0)) >> (4 - width);
  nibbles = (nibbles & G_GUINT64_CONSTANT (0x00FF00FF00FF00FF))
            | (nibbles & G_GUINT64_CONSTANT (0xFF00FF00FF00FF00)) >> (8 - 2 * width);
  nibbles = (nibbles & G_GUINT64_CONSTANT (0x0000FFFF0000FFFF))
            | (nibbles & G_GUINT64_CONSTANT (0xFFFF0000FFFF0000)) >> (16 - 4 * width);
  return (nibbles & G_GUINT64_CONSTANT (0xFFFFFFFF)) | nibbles >> 32 << 8 * width;
}

/* Sixteen codes at once, where the smallest is that of an empty cell. */
static gboolean
pack_nibbles (const DhkRawPiece *self, DhkRawPiece *packed)
{
  const guint8 *in = self->data;
  guint8 *out;
  guint64 any = 0;
  gboolean empty = FALSE;

  for (guint at = 0; at < DHK_PIECE_ROWS / 2; at += 8)
    {
      guint64 eight;

      memcpy (&eight, in + at, sizeof eight);
      any |= eight;
      empty |= has_empty (eight);
    }
  if (!empty || any == 0)
    return FALSE;
  any |= any >> 32;
  any |= any >> 16;
  any |= any >> 8;
  any |= any >> 4;
  packed->width = (guint8) count_bits (any & 15);
  packed->data = out = g_malloc0 ((gsize) DHK_PIECE_ROWS * packed->width / 8 + 16);
  for (guint at = 0; at < DHK_PIECE_ROWS / 2; at += 8, out += 2 * packed->width)
    {
      guint64 eight;

      memcpy (&eight, in + at, sizeof eight);
      eight = GUINT64_TO_LE (squeeze (GUINT64_FROM_LE (eight), packed->width));
      memcpy (out, &eight, sizeof eight);
    }
  return TRUE;
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
  if (self->kind == DHK_PIECE_4 && pack_nibbles (self, &packed))
    {
      g_free (self->data);
      *self = packed;
      return;
    }
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

/* Eight codes of `width` bits fill `width` bytes. */
#define EIGHT 8

static inline guint64
load_eight (const DhkRawPiece *self, guint at)
{
  guint64 eight;

  memcpy (&eight, (const guint8 *) self->data + at / EIGHT * self->width, sizeof eight);
  return GUINT64_FROM_LE (eight);
}

static gboolean
has_eights (const DhkRawPiece *self)
{
  return self->kind == DHK_PIECE_PACKED && self->width <= 8;
}

void
dhk_raw_piece_copy (const DhkRawPiece *self, guint at, guint n, guint *codes)
{
  guint64 mask = (G_GUINT64_CONSTANT (1) << self->width) - 1;
  guint smallest = (guint) self->smallest;

  for (; n > 0 && (at % EIGHT != 0 || !has_eights (self)); n--)
    *codes++ = (guint) dhk_raw_piece_get (self, at++);
  for (; n >= EIGHT; n -= EIGHT, at += EIGHT, codes += EIGHT)
    {
      guint64 eight = load_eight (self, at);

      for (guint i = 0; i < EIGHT; i++, eight >>= self->width)
        codes[i] = smallest + (guint) (eight & mask);
    }
  for (; n > 0; n--)
    *codes++ = (guint) dhk_raw_piece_get (self, at++);
}

void
dhk_raw_piece_translate (
    const DhkRawPiece *self, guint at, guint n, const gint8 *meanings, gint8 *out, guint stride)
{
  guint64 mask = (G_GUINT64_CONSTANT (1) << self->width) - 1;
  guint smallest = (guint) self->smallest;
  guint width = self->width;

  for (; n > 0 && (at % EIGHT != 0 || !has_eights (self)); n--, out += stride)
    *out = meanings[dhk_raw_piece_get (self, at++)];
  for (; n >= EIGHT; n -= EIGHT, at += EIGHT)
    {
      guint64 eight = load_eight (self, at);

      for (guint i = 0; i < EIGHT; i++, eight >>= width, out += stride)
        *out = meanings[smallest + (guint) (eight & mask)];
    }
  for (; n > 0; n--, out += stride)
    *out = meanings[dhk_raw_piece_get (self, at++)];
}
