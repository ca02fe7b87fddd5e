/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-packed-rows.h"
#include "base/dhk-text.h"

#include <string.h>

#define NO_LIMIT (G_MAXSIZE / 2)

typedef struct
{
  DhkRowPacker *packer;
  guint n_rows;
  guint *codes;
  guint64 *digits;
  GString **lines; /* what must come back, a row each */
} Table;

static Table
table_new (guint n_rows, gsize limit)
{
  Table self = { dhk_row_packer_new (n_rows, limit), n_rows, g_new0 (guint, n_rows + 1),
                 g_new0 (guint64, n_rows + 1), g_new0 (GString *, n_rows + 1) };

  for (guint row = 0; row < n_rows; row++)
    self.lines[row] = g_string_new (NULL);
  return self;
}

static void
table_clear (Table *self)
{
  for (guint row = 0; row < self->n_rows; row++)
    g_string_free (self->lines[row], TRUE);
  g_free (self->lines);
  g_free (self->codes);
  g_free (self->digits);
  dhk_row_packer_free (self->packer);
}

static void
expect (Table *self, guint row, const char *text)
{
  if (self->lines[row]->len > 0)
    g_string_truncate (self->lines[row], self->lines[row]->len - 1);
  if (self->lines[row]->len > 0 || self->codes[self->n_rows] > 0)
    g_string_append_c (self->lines[row], ',');
  dhk_text_append_csv (self->lines[row], text, DHK_CSV_AS_IS);
  g_string_append_c (self->lines[row], '\n');
}

/* A column of the first `n` of these texts, in turn. */
static void
add_texts (Table *self, guint n)
{
  static const char *const texts[]
      = { "", "3", "seldom", "a, b", "says \"no\"", "two\nlines", "000", "één", "@" };

  dhk_row_packer_begin_column (self->packer);
  n = MIN (n, self->n_rows);
  for (guint i = 0; i < n; i++)
    {
      guint code = dhk_row_packer_list (self->packer, texts[i], FALSE);

      g_assert_true (code == i || dhk_row_packer_is_full (self->packer));
    }
  for (guint row = 0; row < self->n_rows; row++)
    {
      self->codes[row] = row * 7 % n;
      expect (self, row, texts[self->codes[row]]);
    }
  dhk_row_packer_end_column (self->packer, self->codes, NULL);
  self->codes[self->n_rows]++;
}

/* Numbers from `first` on, `step` apart, with an empty cell now and then. */
static void
add_digits (Table *self, const char *zeros, guint64 first, guint64 step)
{
  guint shape;
  guint empty;

  dhk_row_packer_begin_column (self->packer);
  shape = dhk_row_packer_list (self->packer, zeros, TRUE);
  empty = self->n_rows > 3 ? dhk_row_packer_list (self->packer, "0 of them", FALSE) : shape;
  for (guint row = 0; row < self->n_rows; row++)
    {
      g_autofree char *text = g_strdup (zeros);
      guint64 rest = first + row * step;

      self->codes[row] = row % 4 == 3 ? empty : shape;
      self->digits[row] = row % 4 == 3 ? G_MAXUINT64 : rest;
      for (gsize i = strlen (text); i-- > 0;)
        if (text[i] == '0')
          {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
          }
      expect (self, row, self->codes[row] == empty && empty != shape ? "0 of them" : text);
    }
  dhk_row_packer_end_column (self->packer, self->codes, self->digits);
  self->codes[self->n_rows]++;
}

/* As many texts as rows. */
static void
add_own (Table *self)
{
  dhk_row_packer_begin_column (self->packer);
  for (guint row = 0; row < self->n_rows; row++)
    {
      g_autofree char *text = g_strdup_printf ("row \"%u\"", row);

      self->codes[row] = dhk_row_packer_list (self->packer, text, FALSE);
      expect (self, row, text);
    }
  dhk_row_packer_end_column (self->packer, self->codes, NULL);
  self->codes[self->n_rows]++;
}

static void
fill (Table *self)
{
  for (guint n = 1; n <= 9; n++)
    add_texts (self, n);
  add_digits (self, "0000-00-00 00:00:00", G_GUINT64_CONSTANT (20260105080006), 40);
  add_digits (self, "-00,00", 17, 1);
  add_own (self);
  add_digits (self, "00000000000000000", 1, G_GUINT64_CONSTANT (700000000000000));
  add_texts (self, 1);
}

static void
test_round_trip (void)
{
  static const guint sizes[] = { 1, 2, 3, 8, 33, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Table table = table_new (sizes[i], NO_LIMIT);
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autofree char *lines = NULL;
      DhkPackedRows packed;

      fill (&table);
      for (guint row = 0; row < sizes[i]; row++)
        g_string_append_len (expected, table.lines[row]->str, (gssize) table.lines[row]->len);
      g_assert_false (dhk_row_packer_is_full (table.packer));
      g_assert_cmpint (dhk_row_packer_has_at (table.packer), ==, sizes[i] >= 9);
      packed = dhk_row_packer_get (table.packer);
      g_assert_cmpuint (packed.n_rows, ==, sizes[i]);
      lines = dhk_packed_rows_dup_lines (&packed);
      g_assert_nonnull (lines);
      g_assert_cmpmem (lines, packed.size, expected->str, expected->len);
      table_clear (&table);
    }
}

/* Rows without a column, and a limit. */
static void
test_edges (void)
{
  Table none = table_new (3, NO_LIMIT);
  Table some = table_new (100, NO_LIMIT);
  Table full = table_new (100, 2000);
  DhkPackedRows packed = dhk_row_packer_get (none.packer);
  g_autofree char *lines = dhk_packed_rows_dup_lines (&packed);

  g_assert_cmpmem (lines, packed.size, "\n\n\n", 3);
  fill (&some);
  fill (&full);
  g_assert_true (dhk_row_packer_is_full (full.packer));
  /* A list says nothing of rows that are gone, nor less than there is. */
  packed = dhk_row_packer_get (some.packer);
  for (int by = -1; by <= 1; by += 2)
    {
      DhkPackedRows other = packed;

      other.size += (gsize) by;
      g_assert_null (dhk_packed_rows_dup_lines (&other));
      other = packed;
      other.n_rows += (guint) by;
      g_assert_null (dhk_packed_rows_dup_lines (&other));
    }
  table_clear (&none);
  table_clear (&some);
  table_clear (&full);
}

/* Bytes that somebody sends: lines of that size, or none. */
static void
test_hostile (void)
{
  Table table = table_new (33, NO_LIMIT);
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  DhkPackedRows packed;

  fill (&table);
  packed = dhk_row_packer_get (table.packer);
  for (guint i = 0; i < 8000; i++)
    {
      /* Blocks of just that size: a sanitizer sees what is read behind them. */
      gsize n_lists = i % 3 == 0 ? (gsize) g_rand_int_range (random, 0, (int) packed.lists_size)
                                 : packed.lists_size;
      gsize n_codes = i % 3 == 1 ? (gsize) g_rand_int_range (random, 0, (int) packed.codes_size)
                                 : packed.codes_size;
      g_autofree guint8 *lists = g_memdup2 (packed.lists, n_lists);
      g_autofree guint8 *codes = g_memdup2 (packed.codes, n_codes);
      g_autofree char *lines = NULL;
      DhkPackedRows other = { packed.n_rows, packed.size, lists, n_lists, codes, n_codes };

      for (guint k = 0; i % 3 == 2 && k <= i % 4; k++)
        lists[g_rand_int_range (random, 0, (int) n_lists)]
            = (guint8) g_rand_int_range (random, 0, 256);
      lines = dhk_packed_rows_dup_lines (&other);
      if (lines != NULL)
        g_assert_cmpint (lines[packed.size - 1], ==, '\n');
    }
  table_clear (&table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/packed-rows/round-trip", test_round_trip);
  g_test_add_func ("/base/packed-rows/edges", test_edges);
  g_test_add_func ("/base/packed-rows/hostile", test_hostile);
  return g_test_run ();
}
