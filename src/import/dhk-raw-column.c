/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-column.h"

#include "import/dhk-raw-piece.h"
#include "import/dhk-raw-shape.h"

#include <string.h>

/* From so many different cells on, digits are kept instead. */
#define LISTED_AT_MOST 4096

/* The code of a cell that is listed, among those with shapes. */
#define LISTED_SHAPE 0xFFu

#define NO_VALUE 0

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
  guint32 *singles; /* the value of a text, or number, of one sign */
  gboolean has_digits;
};

DhkRawColumn *
dhk_raw_column_new (void)
{
  DhkRawColumn *self = g_new0 (DhkRawColumn, 1);
  const DhkCell empty = { .text = "" };

  self->values = g_array_new (FALSE, FALSE, sizeof (DhkCell));
  g_array_append_val (self->values, empty);
  self->shapes = dhk_raw_shapes_new ();
  return self;
}

void
dhk_raw_column_free (DhkRawColumn *self)
{
  for (guint i = 0; i < self->n_pieces; i++)
    dhk_raw_piece_clear (&self->pieces[i]);
  g_free (self->pieces);
  g_array_unref (self->values);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  dhk_raw_shapes_free (self->shapes);
  g_free (self->buckets);
  g_free (self->singles);
  g_free (self);
}

/* Listed cells --------------------------------------------------------------- */

static guint32
cell_hash (const DhkCell *cell)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ (guint64) cell->kind;
  gsize i = 0;

  for (; i + 8 <= cell->length; i += 8)
    {
      guint64 eight;

      memcpy (&eight, cell->text + i, 8);
      hash = (hash ^ eight) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      hash ^= hash >> 32;
    }
  for (; i < cell->length; i++)
    hash = (hash ^ (guint8) cell->text[i]) * G_GUINT64_CONSTANT (1099511628211);
  hash *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return (guint32) (hash >> 32);
}

static gboolean
is_same_number (double a, double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

/* Two cells with one text may still differ: a date to the millisecond. */
static gboolean
cell_equal (const DhkCell *a, const DhkCell *b)
{
  return a->kind == b->kind && a->length == b->length && is_same_number (a->number, b->number)
         && memcmp (a->text, b->text, a->length) == 0;
}

static void
grow_buckets (DhkRawColumn *self)
{
  self->mask = self->mask == 0 ? 31 : self->mask * 2 + 1;
  g_free (self->buckets);
  self->buckets = g_new0 (guint32, (gsize) self->mask + 1);
  for (guint32 value = 1; value < self->values->len; value++)
    {
      guint32 i = cell_hash (&g_array_index (self->values, DhkCell, value)) & self->mask;

      while (self->buckets[i] != NO_VALUE)
        i = (i + 1) & self->mask;
      self->buckets[i] = value;
    }
}

/* The value of a listed cell, or NO_VALUE; `bucket` is where it is or belongs. */
static guint32
find_listed (const DhkRawColumn *self, const DhkCell *cell, guint32 *bucket)
{
  *bucket = cell_hash (cell) & self->mask;
  for (; self->buckets[*bucket] != NO_VALUE; *bucket = (*bucket + 1) & self->mask)
    if (cell_equal (&g_array_index (self->values, DhkCell, self->buckets[*bucket]), cell))
      break;
  return self->buckets[*bucket];
}

static guint32
list_cell (DhkRawColumn *self, const DhkCell *cell, guint32 bucket)
{
  guint32 value = self->values->len;
  DhkCell kept = *cell;

  if (self->texts == NULL)
    self->texts = g_string_chunk_new (256);
  kept.text = g_string_chunk_insert_len (self->texts, cell->text, (gssize) cell->length);
  g_array_append_val (self->values, kept);
  self->buckets[bucket] = value;
  if (self->values->len > self->mask / 2)
    grow_buckets (self);
  return value;
}

/* Pieces --------------------------------------------------------------------- */

static const guint64 listed_code = (guint64) LISTED_SHAPE << DHK_DIGIT_BITS;

static DhkRawPieceKind
kind_of_value (guint32 value)
{
  if (value <= 0xF)
    return DHK_PIECE_4;
  if (value <= 0xFF)
    return DHK_PIECE_8;
  return value <= 0xFFFF ? DHK_PIECE_16 : DHK_PIECE_32;
}

static DhkRawPiece *
add_pieces (DhkRawColumn *self, guint n)
{
  if (self->n_pieces > 0)
    dhk_raw_piece_pack (&self->pieces[self->n_pieces - 1]);
  self->pieces = g_renew (DhkRawPiece, self->pieces, n);
  memset (self->pieces + self->n_pieces, 0, sizeof (DhkRawPiece) * (n - self->n_pieces));
  self->n_pieces = n;
  return &self->pieces[n - 1];
}

static inline DhkRawPiece *
get_piece (DhkRawColumn *self, guint row)
{
  guint n = (row >> DHK_PIECE_BITS) + 1;

  return n > self->n_pieces ? add_pieces (self, n) : &self->pieces[n - 1];
}

static void
set_value (DhkRawColumn *self, guint row, guint32 value)
{
  DhkRawPiece *piece = get_piece (self, row);
  DhkRawPieceKind kind = kind_of_value (value);
  guint at = row % DHK_PIECE_ROWS;

  if (piece->tagged)
    {
      dhk_raw_piece_set (piece, at, listed_code | value);
      return;
    }
  if (piece->kind < kind)
    dhk_raw_piece_widen (piece, kind, 0);
  dhk_raw_piece_set (piece, at, value);
}

static void
set_digits (DhkRawColumn *self, guint row, guint64 code)
{
  DhkRawPiece *piece = get_piece (self, row);

  if (!piece->tagged)
    dhk_raw_piece_widen (piece, DHK_PIECE_64, listed_code);
  piece->tagged = TRUE;
  dhk_raw_piece_set (piece, row % DHK_PIECE_ROWS, code);
}

/* Filling -------------------------------------------------------------------- */

/* Codes of one digit are most cells there are. */
static guint32 *
get_single (DhkRawColumn *self, const DhkCell *cell)
{
  if (cell->length != 1 || (cell->kind != DHK_CELL_TEXT && cell->kind != DHK_CELL_NUMBER))
    return NULL;
  if (self->singles == NULL)
    self->singles = g_new0 (guint32, 2 * 256);
  return &self->singles[(cell->kind == DHK_CELL_NUMBER ? 256 : 0) + (guint8) cell->text[0]];
}

static void
add_unknown (DhkRawColumn *self, guint row, const DhkCell *cell, guint32 *single)
{
  guint32 bucket, value;
  guint64 code;

  if (self->has_digits && dhk_raw_shapes_take (self->shapes, cell, &code))
    {
      set_digits (self, row, code);
      return;
    }
  if (self->buckets == NULL)
    grow_buckets (self);
  value = find_listed (self, cell, &bucket);
  if (value == NO_VALUE && self->values->len > LISTED_AT_MOST
      && dhk_raw_shapes_take (self->shapes, cell, &code))
    {
      self->has_digits = TRUE;
      set_digits (self, row, code);
      return;
    }
  if (value == NO_VALUE)
    value = list_cell (self, cell, bucket);
  if (single != NULL)
    *single = value;
  set_value (self, row, value);
}

void
dhk_raw_column_add (DhkRawColumn *self, guint row, const DhkCell *cell)
{
  guint32 *single;

  /* What is not set is empty. */
  if (cell->kind == DHK_CELL_EMPTY)
    return;
  single = get_single (self, cell);
  if (single != NULL && *single != NO_VALUE
      && is_same_number (g_array_index (self->values, DhkCell, *single).number, cell->number))
    set_value (self, row, *single);
  else
    add_unknown (self, row, cell, single);
}

void
dhk_raw_column_finish (DhkRawColumn *self)
{
  g_clear_pointer (&self->buckets, g_free);
  g_clear_pointer (&self->singles, g_free);
  /* In a short table this would be most of the work, and save nothing. */
  if (self->n_pieces > 1)
    dhk_raw_piece_pack (&self->pieces[self->n_pieces - 1]);
}

/* Looking -------------------------------------------------------------------- */

guint
dhk_raw_column_get_n_values (const DhkRawColumn *self)
{
  return self->values->len;
}

guint
dhk_raw_column_get_n_shapes (const DhkRawColumn *self)
{
  return dhk_raw_shapes_get_n (self->shapes);
}

const DhkCell *
dhk_raw_column_get_listed (const DhkRawColumn *self, guint value)
{
  if (value < self->values->len)
    return &g_array_index (self->values, DhkCell, value);
  return dhk_raw_shapes_get_zeros (self->shapes, value - self->values->len);
}

static guint
value_of_code (const DhkRawColumn *self, guint64 code)
{
  guint shape = (guint) (code >> DHK_DIGIT_BITS);

  return shape == LISTED_SHAPE ? (guint) (code & G_MAXUINT32) : self->values->len + shape;
}

guint
dhk_raw_column_get_value (const DhkRawColumn *self, guint row)
{
  guint number = row >> DHK_PIECE_BITS;
  const DhkRawPiece *piece;
  guint64 code;

  if (number >= self->n_pieces)
    return NO_VALUE;
  piece = &self->pieces[number];
  code = dhk_raw_piece_get (piece, row % DHK_PIECE_ROWS);
  return piece->tagged ? value_of_code (self, code) : (guint) code;
}

/* Of one piece. */
static void
copy_values (const DhkRawColumn *self, const DhkRawPiece *piece, guint at, guint n, guint *values)
{
  if (!piece->tagged)
    dhk_raw_piece_copy (piece, at, n, values);
  else
    for (guint i = 0; i < n; i++)
      values[i] = value_of_code (self, dhk_raw_piece_get (piece, at + i));
}

void
dhk_raw_column_get_values (const DhkRawColumn *self, guint first, guint n, guint *values)
{
  while (n > 0)
    {
      guint number = first >> DHK_PIECE_BITS;
      guint part = MIN (n, DHK_PIECE_ROWS - first % DHK_PIECE_ROWS);

      if (number < self->n_pieces)
        copy_values (self, &self->pieces[number], first % DHK_PIECE_ROWS, part, values);
      else
        memset (values, 0, sizeof (guint) * part);
      first += part;
      values += part;
      n -= part;
    }
}

DhkCell
dhk_raw_column_get_cell (const DhkRawColumn *self, guint row, DhkCellText *text)
{
  guint number = row >> DHK_PIECE_BITS;
  const DhkRawPiece *piece = number < self->n_pieces ? &self->pieces[number] : NULL;
  guint64 code = piece != NULL ? dhk_raw_piece_get (piece, row % DHK_PIECE_ROWS) : NO_VALUE;
  guint value;

  value = piece != NULL && piece->tagged ? value_of_code (self, code) : (guint) code;
  if (value < self->values->len)
    return g_array_index (self->values, DhkCell, value);
  return dhk_raw_shapes_get_cell (self->shapes, code, text);
}
