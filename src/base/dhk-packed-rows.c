/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Lists: of each column its texts, as fields of CSV, with the length of each before it; then 0, and the
 * smallest digits and their bits where a text has digits.
 * Codes: of each column the code of every row, then the digits of every row, less the smallest.
 */

#include "base/dhk-packed-rows.h"

#include <string.h>

#include "base/dhk-text.h"

#define MAX_DIGIT_BITS 56
/* Digits of more bits than these are packed in parts. */
#define PART_BITS 28

/* A text of a list: its length stands in the lists with HAS_DIGITS below it, and not as 0. */
#define HAS_DIGITS 1
#define LENGTH_SHIFT 1

typedef struct
{
  guint length;
  gboolean has_digits;
} Listed;

struct _DhkRowPacker
{
  guint n_rows;
  gsize limit;
  gsize size; /* of the lines */
  guint n_columns;
  gboolean has_at;
  GByteArray *lists;
  GByteArray *codes;
  GArray *listed; /* Listed, of the column at hand */
  GString *field;
  guint *parts; /* of the digits, a row each */
};

DhkRowPacker *
dhk_row_packer_new (guint n_rows, gsize limit)
{
  DhkRowPacker *self = g_new0 (DhkRowPacker, 1);

  self->n_rows = n_rows;
  self->limit = limit;
  self->size = n_rows; /* line ends */
  self->lists = g_byte_array_new ();
  self->codes = g_byte_array_new ();
  self->listed = g_array_new (FALSE, FALSE, sizeof (Listed));
  self->field = g_string_new (NULL);
  return self;
}

void
dhk_row_packer_free (DhkRowPacker *self)
{
  g_byte_array_unref (self->lists);
  g_byte_array_unref (self->codes);
  g_array_unref (self->listed);
  g_string_free (self->field, TRUE);
  g_free (self->parts);
  g_free (self);
}

guint
dhk_row_packer_get_n_rows (const DhkRowPacker *self)
{
  return self->n_rows;
}

/* Numbers: seven bits a byte, the lowest first; all but the last byte have the highest bit. */
static void
append_number (GByteArray *bytes, guint64 number)
{
  guint8 encoded[10];
  guint n = 0;

  for (; number >= 0x80; number >>= 7)
    encoded[n++] = (guint8) (number | 0x80);
  encoded[n++] = (guint8) number;
  g_byte_array_append (bytes, encoded, n);
}

static guint
count_bits (guint64 number)
{
  guint n = 0;

  for (; number != 0; number >>= 1)
    n++;
  return n;
}

static gsize
measure_codes (guint n_rows, guint width)
{
  return ((gsize) n_rows * width + 7) / 8;
}

/* The lowest bits first. */
static void
append_codes (GByteArray *bytes, const guint *codes, guint n_rows, guint width)
{
  gsize size = measure_codes (n_rows, width);
  guint64 bits = 0;
  guint n_bits = 0;
  guint8 *out;

  if (width == 0)
    return;
  g_byte_array_set_size (bytes, (guint) (bytes->len + size));
  out = bytes->data + bytes->len - size;
  for (guint row = 0; row < n_rows; row++)
    {
      bits |= (guint64) codes[row] << n_bits;
      n_bits += width;
      if (n_bits >= 32)
        {
          guint32 word = GUINT32_TO_LE ((guint32) bits);

          memcpy (out, &word, sizeof word);
          out += sizeof word;
          bits >>= 32;
          n_bits -= 32;
        }
    }
  for (; out < bytes->data + bytes->len; bits >>= 8)
    *out++ = (guint8) bits;
}

/* Columns ------------------------------------------------------------------------------ */

gboolean
dhk_row_packer_is_full (const DhkRowPacker *self)
{
  return self->size > self->limit || self->lists->len > self->limit;
}

void
dhk_row_packer_begin_column (DhkRowPacker *self)
{
  g_array_set_size (self->listed, 0);
  if (self->n_columns++ > 0)
    self->size += self->n_rows; /* commas */
}

guint
dhk_row_packer_list (DhkRowPacker *self, const char *text, gboolean has_digits)
{
  Listed listed = { 0, has_digits };

  if (dhk_row_packer_is_full (self))
    return 0;
  g_string_truncate (self->field, 0);
  dhk_text_append_csv (self->field, text, DHK_CSV_AS_IS);
  self->has_at = self->has_at || memchr (self->field->str, '@', self->field->len) != NULL;
  listed.length = (guint) self->field->len;
  append_number (self->lists,
                 ((guint64) listed.length << LENGTH_SHIFT | (has_digits ? HAS_DIGITS : 0)) + 1);
  g_byte_array_append (self->lists, (const guint8 *) self->field->str, listed.length);
  g_array_append_val (self->listed, listed);
  return self->listed->len - 1;
}

static void
append_digits (DhkRowPacker *self, const guint *codes, const guint64 *digits)
{
  const Listed *listed = (gpointer) self->listed->data;
  guint64 smallest = G_MAXUINT64;
  guint64 largest = 0;
  guint width;

  for (guint row = 0; row < self->n_rows; row++)
    if (listed[codes[row]].has_digits)
      {
        smallest = MIN (smallest, digits[row]);
        largest = MAX (largest, digits[row]);
      }
  smallest = MIN (smallest, largest);
  width = count_bits (largest - smallest);
  append_number (self->lists, smallest);
  append_number (self->lists, width);
  if (self->parts == NULL)
    self->parts = g_new (guint, self->n_rows + 1);
  for (guint shift = 0; shift < width; shift += PART_BITS)
    {
      for (guint row = 0; row < self->n_rows; row++)
        self->parts[row]
            = listed[codes[row]].has_digits
                  ? (guint) ((digits[row] - smallest) >> shift) & ((1u << PART_BITS) - 1)
                  : 0;
      append_codes (self->codes, self->parts, self->n_rows, MIN (width - shift, PART_BITS));
    }
}

void
dhk_row_packer_end_column (DhkRowPacker *self, const guint *codes, const guint64 *digits)
{
  const Listed *listed = (gpointer) self->listed->data;
  gboolean has_digits = FALSE;

  if (dhk_row_packer_is_full (self))
    return;
  append_number (self->lists, 0);
  for (guint i = 0; i < self->listed->len; i++)
    has_digits = has_digits || listed[i].has_digits;
  for (guint row = 0; row < self->n_rows; row++)
    self->size += listed[codes[row]].length;
  append_codes (self->codes, codes, self->n_rows,
                count_bits (self->listed->len > 0 ? self->listed->len - 1 : 0));
  if (has_digits)
    append_digits (self, codes, digits);
}

gboolean
dhk_row_packer_has_at (const DhkRowPacker *self)
{
  return self->has_at;
}

DhkPackedRows
dhk_row_packer_get (const DhkRowPacker *self)
{
  return (DhkPackedRows){ self->n_rows,     self->size,        self->lists->data,
                          self->lists->len, self->codes->data, self->codes->len };
}

/* Lines -------------------------------------------------------------------------------- */

/* Sheets have fewer; so no list is a reason to ask for all the memory there is. */
#define MAX_COLUMNS 65536

/* A code is read from the eight bytes that it begins in. */
#define PADDING 8

typedef struct
{
  guint at; /* in the lists */
  Listed listed;
} Text;

typedef struct
{
  guint first; /* of its texts */
  guint n;
  guint width;
  gsize codes; /* where they begin */
  gboolean has_digits;
  guint64 smallest;
  guint digits_width;
  gsize digits;
} Column;

typedef struct
{
  const DhkPackedRows *rows;
  gsize at_list;
  gsize at_code;
  guint8 *codes; /* with PADDING */
  GArray *texts; /* Text */
  GArray *columns;
} Unpack;

static gboolean
take_number (Unpack *self, guint64 *number)
{
  *number = 0;
  for (guint shift = 0; shift < 64 && self->at_list < self->rows->lists_size; shift += 7)
    {
      guint8 byte = self->rows->lists[self->at_list++];

      *number |= (guint64) (byte & 0x7F) << shift;
      if (byte < 0x80)
        return TRUE;
    }
  return FALSE;
}

static gboolean
take_codes (Unpack *self, guint width, gsize *at)
{
  gsize size = measure_codes (self->rows->n_rows, width);

  *at = self->at_code;
  if (size > self->rows->codes_size - self->at_code)
    return FALSE;
  self->at_code += size;
  return TRUE;
}

/* 1, 0 at the end of the list, or -1. */
static int
take_text (Unpack *self, Column *column)
{
  guint64 header;
  Text text;

  if (!take_number (self, &header))
    return -1;
  if (header == 0)
    return 0;
  header--;
  text.at = (guint) self->at_list;
  text.listed.has_digits = (header & HAS_DIGITS) != 0;
  if (header >> LENGTH_SHIFT > self->rows->lists_size - self->at_list
      || column->n == self->rows->n_rows)
    return -1;
  text.listed.length = (guint) (header >> LENGTH_SHIFT);
  self->at_list += text.listed.length;
  column->has_digits = column->has_digits || text.listed.has_digits;
  column->n++;
  g_array_append_val (self->texts, text);
  return 1;
}

static gboolean
take_digits (Unpack *self, Column *column)
{
  guint64 width;
  gsize part;

  if (!take_number (self, &column->smallest) || !take_number (self, &width)
      || width > MAX_DIGIT_BITS)
    return FALSE;
  column->digits_width = (guint) width;
  column->digits = self->at_code;
  for (guint shift = 0; shift < width; shift += PART_BITS)
    if (!take_codes (self, MIN (column->digits_width - shift, PART_BITS), &part))
      return FALSE;
  return TRUE;
}

static gboolean
take_column (Unpack *self)
{
  Column column = { .first = self->texts->len };
  int found;

  while ((found = take_text (self, &column)) == 1)
    ;
  if (found < 0 || column.n == 0 || self->columns->len == MAX_COLUMNS)
    return FALSE;
  column.width = count_bits (column.n - 1);
  if (!take_codes (self, column.width, &column.codes)
      || (column.has_digits && !take_digits (self, &column)))
    return FALSE;
  g_array_append_val (self->columns, column);
  return TRUE;
}

static guint64
get_code (const Unpack *self, gsize at, guint width, guint row)
{
  gsize bit = (gsize) row * width;
  guint64 eight;

  memcpy (&eight, self->codes + at + bit / 8, sizeof eight);
  return GUINT64_FROM_LE (eight) >> bit % 8 & ((G_GUINT64_CONSTANT (1) << width) - 1);
}

static guint64
get_digits (const Unpack *self, const Column *column, guint row)
{
  guint64 digits = 0;
  gsize at = column->digits;

  for (guint shift = 0; shift < column->digits_width; shift += PART_BITS)
    {
      guint width = MIN (column->digits_width - shift, PART_BITS);

      digits |= get_code (self, at, width, row) << shift;
      at += measure_codes (self->rows->n_rows, width);
    }
  return column->smallest + digits;
}

static void
write_digits (char *text, gsize length, guint64 digits)
{
  while (length-- > 0)
    if (text[length] == '0')
      {
        text[length] = (char) ('0' + digits % 10);
        digits /= 10;
      }
}

/* Returns where the line ends, or NULL when it does not fit. */
static char *
write_row (const Unpack *self, guint row, char *out, const char *end)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);
      guint64 code = get_code (self, column->codes, column->width, row);
      const Text *text;

      if (code >= column->n)
        return NULL;
      text = &g_array_index (self->texts, Text, column->first + (guint) code);
      /* A comma or the line end comes behind it. */
      if ((gsize) (end - out) <= text->listed.length)
        return NULL;
      if (i > 0)
        out[-1] = ',';
      memcpy (out, self->rows->lists + text->at, text->listed.length);
      if (text->listed.has_digits)
        write_digits (out, text->listed.length, get_digits (self, column, row));
      out += text->listed.length;
      *out++ = '\n';
    }
  if (self->columns->len > 0)
    return out;
  if (out == end)
    return NULL;
  *out++ = '\n';
  return out;
}

static char *
write_rows (const Unpack *self)
{
  g_autofree char *lines = g_malloc (self->rows->size + 1);
  const char *end = lines + self->rows->size;
  char *out = lines;

  for (guint row = 0; row < self->rows->n_rows && out != NULL; row++)
    out = write_row (self, row, out, end);
  return out == end ? g_steal_pointer (&lines) : NULL;
}

char *
dhk_packed_rows_dup_lines (const DhkPackedRows *self)
{
  Unpack unpack = { .rows = self };
  gboolean ok = TRUE;
  char *lines = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_rows > self->size || self->lists_size > G_MAXUINT)
    return NULL;
  unpack.texts = g_array_new (FALSE, FALSE, sizeof (Text));
  unpack.columns = g_array_new (FALSE, FALSE, sizeof (Column));
  while (ok && unpack.at_list < self->lists_size)
    ok = take_column (&unpack);
  if (ok && unpack.at_code == self->codes_size)
    {
      unpack.codes = g_malloc0 (self->codes_size + PADDING);
      if (self->codes_size > 0)
        memcpy (unpack.codes, self->codes, self->codes_size);
      lines = write_rows (&unpack);
      g_free (unpack.codes);
    }
  g_array_unref (unpack.texts);
  g_array_unref (unpack.columns);
  return lines;
}
