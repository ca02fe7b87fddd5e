/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-column-private.h"

#include "import/dhk-cell-block.h"

#include <string.h>

/* From so many different cells on, digits are kept instead. */
#define LISTED_AT_MOST 4096

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
  g_free (self->quick);
  g_free (self->lasting);
  g_free (self->marked);
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

static inline guint64
load (const char *text, gsize size)
{
  guint64 word = 0;

  memcpy (&word, text, size);
  return word;
}

/* Labels are short: without a call. */
static inline gboolean
is_same_text (const char *a, const char *b, gsize length)
{
  if (length > 16)
    return memcmp (a, b, length) == 0;
  if (length >= 8)
    return load (a, 8) == load (b, 8) && load (a + length - 8, 8) == load (b + length - 8, 8);
  if (length >= 4)
    return load (a, 4) == load (b, 4) && load (a + length - 4, 4) == load (b + length - 4, 4);
  for (gsize i = 0; i < length; i++)
    if (a[i] != b[i])
      return FALSE;
  return TRUE;
}

/* Two cells with one text may still differ: a date to the millisecond. */
static gboolean
cell_equal (const DhkCell *a, const DhkCell *b)
{
  return a->kind == b->kind && a->length == b->length && is_same_number (a->number, b->number)
         && is_same_text (a->text, b->text, a->length);
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

      while (self->buckets[i] != DHK_NO_VALUE)
        i = (i + 1) & self->mask;
      self->buckets[i] = value;
    }
}

/* The value of a listed cell, or DHK_NO_VALUE; `bucket` is where it is or belongs. */
static guint32
find_listed (const DhkRawColumn *self, const DhkCell *cell, guint32 *bucket)
{
  *bucket = cell_hash (cell) & self->mask;
  for (; self->buckets[*bucket] != DHK_NO_VALUE; *bucket = (*bucket + 1) & self->mask)
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
  kept.lasts = FALSE;
  kept.text = g_string_chunk_insert_len (self->texts, cell->text, (gssize) cell->length);
  g_array_append_val (self->values, kept);
  self->buckets[bucket] = value;
  if (self->values->len > self->mask / 2)
    grow_buckets (self);
  return value;
}

/* Pieces --------------------------------------------------------------------- */

static const guint64 listed_code = (guint64) DHK_LISTED_SHAPE << DHK_DIGIT_BITS;

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

/* Codes of one sign, and labels of small numbers, are most cells there are. */
#define N_SLOTS 768
#define NUMBER_SLOTS 512
#define NO_SLOT 0

static inline guint
quick_slot (const DhkCell *cell)
{
  if (cell->length == 1 && cell->kind == DHK_CELL_TEXT)
    return (guint8) cell->text[0];
  if (cell->length == 1 && cell->kind == DHK_CELL_NUMBER)
    return 256u + (guint8) cell->text[0];
  if (cell->number >= 1 && cell->number < 256)
    return NUMBER_SLOTS + (guint) cell->number;
  return NO_SLOT;
}

static void
remember_text (DhkRawColumn *self, guint slot, const char *text)
{
  if (self->lasting == NULL)
    self->lasting = g_new0 (const char *, N_SLOTS - NUMBER_SLOTS);
  self->lasting[slot - NUMBER_SLOTS] = text;
}

/* A label is most often the very text that was seen before. */
static inline gboolean
is_known (DhkRawColumn *self, guint slot, const DhkCell *known, const DhkCell *cell)
{
  if (slot < NUMBER_SLOTS)
    return is_same_number (known->number, cell->number);
  if (cell->lasts && self->lasting != NULL && self->lasting[slot - NUMBER_SLOTS] == cell->text)
    return known->kind == cell->kind && known->length == cell->length
           && is_same_number (known->number, cell->number);
  if (!cell_equal (known, cell))
    return FALSE;
  if (cell->lasts)
    remember_text (self, slot, cell->text);
  return TRUE;
}

/* The value of the cell, where it is known without searching. */
static inline guint32
find_quickly (DhkRawColumn *self, const DhkCell *cell)
{
  guint slot = self->quick != NULL ? quick_slot (cell) : NO_SLOT;
  guint32 value = slot != NO_SLOT ? self->quick[slot] : DHK_NO_VALUE;
  const DhkCell *known = &g_array_index (self->values, DhkCell, value);

  return value != DHK_NO_VALUE && is_known (self, slot, known, cell) ? value : DHK_NO_VALUE;
}

static void
remember (DhkRawColumn *self, const DhkCell *cell, guint32 value)
{
  guint slot = quick_slot (cell);

  if (slot == NO_SLOT || value > G_MAXUINT8)
    return;
  if (self->quick == NULL)
    self->quick = g_new0 (guint8, N_SLOTS);
  self->quick[slot] = (guint8) value;
  /* What was seen last was of another value. */
  if (slot >= NUMBER_SLOTS && self->lasting != NULL)
    self->lasting[slot - NUMBER_SLOTS] = NULL;
}

static void
add_unknown (DhkRawColumn *self, guint row, const DhkCell *cell)
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
  if (value == DHK_NO_VALUE && self->values->len > LISTED_AT_MOST
      && dhk_raw_shapes_take (self->shapes, cell, &code))
    {
      self->has_digits = TRUE;
      set_digits (self, row, code);
      return;
    }
  if (value == DHK_NO_VALUE)
    value = list_cell (self, cell, bucket);
  remember (self, cell, value);
  set_value (self, row, value);
}

/* After something was set: the piece may be another one now, or wider. */
static void
find_nibbles (DhkRawColumn *self)
{
  const DhkRawPiece *last = &self->pieces[self->n_pieces - 1];

  self->nibbles = last->kind == DHK_PIECE_4 && !last->tagged ? last->data : NULL;
}

/* What is not set is empty: such cells are not handed over. */
static void
add_filled (DhkRawColumn *self, guint row, const DhkCell *cell)
{
  guint32 value = find_quickly (self, cell);

  if (value != DHK_NO_VALUE)
    set_value (self, row, value);
  else
    add_unknown (self, row, cell);
  find_nibbles (self);
}

void
dhk_raw_column_add (DhkRawColumn *self, guint row, const DhkCell *cell)
{
  if (cell->kind != DHK_CELL_EMPTY)
    add_filled (self, row, cell);
}

guint
dhk_raw_columns_add (DhkRawColumn *const *columns, guint row, const DhkCell *cells, guint n_cells)
{
  guint piece = (row >> DHK_PIECE_BITS) + 1;
  guint at = row % DHK_PIECE_ROWS;
  guint n_filled = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      DhkRawColumn *column = columns[i];
      guint32 value;

      if (cells[i].kind == DHK_CELL_EMPTY)
        continue;
      n_filled++;
      value = column->nibbles != NULL && column->n_pieces == piece
                  ? find_quickly (column, &cells[i])
                  : DHK_NO_VALUE;
      if (value != DHK_NO_VALUE && value <= 0xF)
        column->nibbles[at / 2] = (guint8) (column->nibbles[at / 2] | value << (at % 2 * 4));
      else
        add_filled (column, row, &cells[i]);
    }
  return n_filled;
}

/* Filling by marks ------------------------------------------------------------- */

#define N_MARKS 256

/* Above the value, so that they add up in a tile: the cell is not empty; its value is not known. */
#define FILLED (1u << 8)
#define UNKNOWN (1u << 15)

/* Eight values of four bits each, one a byte, as half as many bytes. */
static inline guint32
squeeze_values (const guint8 *values)
{
  guint64 eight;

  memcpy (&eight, values, sizeof eight);
  eight = GUINT64_FROM_LE (eight);
  eight = (eight | eight >> 4) & G_GUINT64_CONSTANT (0x00FF00FF00FF00FF);
  eight = (eight | eight >> 8) & G_GUINT64_CONSTANT (0x0000FFFF0000FFFF);
  return GUINT32_TO_LE ((guint32) (eight | eight >> 16));
}

/* Of a tile; DHK_NO_VALUE: nothing is set. */
static void
set_values (DhkRawColumn *self, guint row, const guint8 *values, guint n)
{
  guint piece = (row >> DHK_PIECE_BITS) + 1;
  guint at = row % DHK_PIECE_ROWS;
  guint i = 0;

  for (; i < n && (self->nibbles == NULL || self->n_pieces != piece || (at + i) % 8 != 0); i++)
    if (values[i] != DHK_NO_VALUE)
      {
        set_value (self, row + i, values[i]);
        find_nibbles (self);
      }
  for (; i + 8 <= n; i += 8)
    {
      guint32 *place = (guint32 *) (gpointer) (self->nibbles + (at + i) / 2);

      *place |= squeeze_values (values + i);
    }
  for (; i < n; i++)
    if (values[i] != DHK_NO_VALUE)
      set_value (self, row + i, values[i]);
}

static void
make_marked (DhkRawColumn *self)
{
  self->marked = g_new (guint16, N_MARKS);
  for (guint mark = 0; mark < N_MARKS; mark++)
    self->marked[mark] = UNKNOWN;
  self->marked[DHK_MARK_EMPTY] = DHK_NO_VALUE;
}

guint
dhk_raw_column_add_marks (DhkRawColumn *self, guint row, guint8 *marks, guint n, guint *n_left)
{
  guint8 values[DHK_TILE_ROWS];
  const guint16 *marked;
  guint counts = 0;

  if (self->marked == NULL)
    make_marked (self);
  marked = self->marked;
  for (guint i = 0; i < n; i++)
    {
      guint16 value = marked[marks[i]];

      values[i] = (guint8) value;
      counts += value >> 8;
    }
  *n_left = counts >> 7;
  for (guint i = 0; *n_left > 0 && i < n; i++)
    if ((marked[marks[i]] & UNKNOWN) == 0)
      marks[i] = DHK_MARK_EMPTY;
  if ((counts & 0x7F) > 0)
    set_values (self, row, values, n);
  return counts & 0x7F;
}

void
dhk_raw_column_add_marked (DhkRawColumn *self, guint row, const DhkCell *cell, guint8 mark)
{
  guint32 value;

  if (cell->kind == DHK_CELL_EMPTY)
    return;
  add_filled (self, row, cell);
  value = mark != DHK_MARK_NONE ? find_quickly (self, cell) : DHK_NO_VALUE;
  if (value != DHK_NO_VALUE && value <= 0xF)
    self->marked[mark] = (guint16) (value | FILLED);
}

void
dhk_raw_column_finish (DhkRawColumn *self)
{
  g_clear_pointer (&self->buckets, g_free);
  g_clear_pointer (&self->quick, g_free);
  g_clear_pointer (&self->lasting, g_free);
  g_clear_pointer (&self->marked, g_free);
  self->nibbles = NULL;
  /* In a short table this would be most of the work, and save nothing. */
  if (self->n_pieces > 1)
    dhk_raw_piece_pack (&self->pieces[self->n_pieces - 1]);
}
