/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raw columns that are filled: any thread may look. */

#include "import/dhk-raw-column-private.h"

#include <string.h>

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

  return shape == DHK_LISTED_SHAPE ? (guint) (code & G_MAXUINT32) : self->values->len + shape;
}

guint
dhk_raw_column_get_value (const DhkRawColumn *self, guint row)
{
  guint number = row >> DHK_PIECE_BITS;
  const DhkRawPiece *piece;
  guint64 code;

  if (number >= self->n_pieces)
    return DHK_NO_VALUE;
  piece = &self->pieces[number];
  code = dhk_raw_piece_get (piece, row % DHK_PIECE_ROWS);
  return piece->tagged ? value_of_code (self, code) : (guint) code;
}

/* Of one piece. */
static void
copy_values (const DhkRawColumn *self,
             const DhkRawPiece *piece,
             guint at,
             guint n,
             guint *values,
             guint64 *digits)
{
  if (!piece->tagged)
    {
      dhk_raw_piece_copy (piece, at, n, values);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      guint64 code = dhk_raw_piece_get (piece, at + i);

      values[i] = value_of_code (self, code);
      if (digits != NULL)
        digits[i] = code & DHK_DIGIT_MASK;
    }
}

/* The values of rows that follow each other, and the digits of those whose value is a shape. */
static void
get_digits (const DhkRawColumn *self, guint first, guint n, guint *values, guint64 *digits)
{
  for (guint at = 0; at < n;)
    {
      guint number = (first + at) >> DHK_PIECE_BITS;
      guint from = (first + at) % DHK_PIECE_ROWS;
      guint part = MIN (n - at, DHK_PIECE_ROWS - from);

      if (number < self->n_pieces)
        copy_values (self, &self->pieces[number], from, part, values + at,
                     digits != NULL ? digits + at : NULL);
      else
        memset (values + at, 0, sizeof (guint) * part);
      at += part;
    }
}

void
dhk_raw_column_get_values (const DhkRawColumn *self, guint first, guint n, guint *values)
{
  get_digits (self, first, n, values, NULL);
}

/* So many of the rows follow each other. */
static guint
measure_run (const guint *rows, guint n)
{
  guint run = 1;

  if (rows[n - 1] - rows[0] == n - 1)
    return n;
  while (run < n && rows[run] == rows[0] + run)
    run++;
  return run;
}

void
dhk_raw_column_look_up (
    const DhkRawColumn *self, const guint *rows, guint n, guint *values, guint64 *digits)
{
  for (guint run; n > 0; n -= run)
    {
      run = measure_run (rows, n);
      get_digits (self, rows[0], run, values, digits);
      rows += run;
      values += run;
      digits = digits != NULL ? digits + run : NULL;
    }
}

static void
translate_run (
    const DhkRawColumn *self, guint first, guint n, const gint8 *meanings, gint8 *out, guint stride)
{
  while (n > 0)
    {
      guint number = first >> DHK_PIECE_BITS;
      guint from = first % DHK_PIECE_ROWS;
      guint part = MIN (n, DHK_PIECE_ROWS - from);
      const DhkRawPiece *piece = number < self->n_pieces ? &self->pieces[number] : NULL;

      if (piece == NULL || piece->tagged)
        for (guint i = 0; i < part; i++)
          out[(gsize) i * stride]
              = meanings[piece == NULL ? DHK_NO_VALUE
                                       : value_of_code (self, dhk_raw_piece_get (piece, from + i))];
      else
        dhk_raw_piece_translate (piece, from, part, meanings, out, stride);
      first += part;
      out += (gsize) part * stride;
      n -= part;
    }
}

void
dhk_raw_column_translate (const DhkRawColumn *self,
                          const guint *rows,
                          guint n,
                          const gint8 *meanings,
                          gint8 *out,
                          guint stride)
{
  for (guint run; n > 0; n -= run)
    {
      run = measure_run (rows, n);
      translate_run (self, rows[0], run, meanings, out, stride);
      rows += run;
      out += (gsize) run * stride;
    }
}

double
dhk_raw_column_read_digits (const DhkRawColumn *self, guint value, guint64 digits)
{
  return dhk_raw_shapes_read (self->shapes, value - self->values->len, digits);
}

gsize
dhk_raw_column_write_digits (const DhkRawColumn *self,
                             guint value,
                             guint64 digits,
                             DhkCellText *text)
{
  return dhk_raw_shapes_write (self->shapes, value - self->values->len, digits, text);
}

DhkCell
dhk_raw_column_get_cell (const DhkRawColumn *self, guint row, DhkCellText *text)
{
  guint number = row >> DHK_PIECE_BITS;
  const DhkRawPiece *piece = number < self->n_pieces ? &self->pieces[number] : NULL;
  guint64 code = piece != NULL ? dhk_raw_piece_get (piece, row % DHK_PIECE_ROWS) : DHK_NO_VALUE;
  guint value;

  value = piece != NULL && piece->tagged ? value_of_code (self, code) : (guint) code;
  if (value < self->values->len)
    return g_array_index (self->values, DhkCell, value);
  return dhk_raw_shapes_get_cell (self->shapes, code, text);
}
