/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-raw.h"

#include <string.h>

/* Rows that are lines at once. */
#define BLOCK 64

/* Of a column of more values than so many times the rows, and some, each row is listed. */
#define VALUES_A_ROW 2
#define FEW_VALUES 256

struct _DhkRowRaw
{
  DhkSheet *sheet;
  GArray *rows;
  GArray *kept; /* guint: columns */
};

DhkRowRaw *
dhk_row_raw_new (DhkSheet *sheet, GArray *rows)
{
  DhkRowRaw *self = g_new0 (DhkRowRaw, 1);

  self->sheet = dhk_sheet_ref (sheet);
  self->rows = g_array_ref (rows);
  self->kept = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
dhk_row_raw_free (DhkRowRaw *self)
{
  g_array_unref (self->kept);
  g_array_unref (self->rows);
  dhk_sheet_unref (self->sheet);
  g_free (self);
}

void
dhk_row_raw_keep (DhkRowRaw *self, guint column)
{
  dhk_sheet_freeze (self->sheet, column);
  g_array_append_val (self->kept, column);
}

/* Packing -------------------------------------------------------------------------------- */

/* What a column is packed with. */
typedef struct
{
  DhkSheet *sheet;
  DhkRowPacker *packer;
  const guint *rows;
  guint column;
  const DhkRawColumn *cells;
  guint n_listed; /* cells that the column lists; a value from there on is a shape */
  guint n_values;
  guint *codes;    /* of the rows: first their values, then what they have in the packer's list */
  guint64 *digits; /* of the rows */
  guint n_known;
  guint *known; /* value -> its code + 1, or 0; where there are not more than `n_known` values */
  GString *text;
} Packing;

/* What stands in the cells of a value; NULL when they do not all say the same, but for digits. */
static const char *
get_text (const Packing *self, guint value)
{
  const char *text = dhk_sheet_get_text (self->sheet, self->column, value);

  if (value >= self->n_listed
      && strcmp (text, dhk_raw_column_get_listed (self->cells, value)->text) != 0)
    return NULL;
  return text;
}

/* Lists what stands in a row, and remembers it for others of its value. */
static guint
list_cell (Packing *self, guint i)
{
  guint value = self->codes[i];
  const char *text = get_text (self, value);
  guint code;

  if (text == NULL)
    {
      g_string_truncate (self->text, 0);
      dhk_sheet_append_text (self->sheet, self->rows[i], self->column, self->text);
      return dhk_row_packer_list (self->packer, self->text->str, FALSE);
    }
  code = dhk_row_packer_list (self->packer, text, value >= self->n_listed);
  if (self->n_values <= self->n_known)
    self->known[value] = code + 1;
  return code;
}

static void
pack_column (Packing *self)
{
  guint n = dhk_row_packer_get_n_rows (self->packer);
  gboolean knows = self->n_values <= self->n_known;

  dhk_raw_column_look_up (self->cells, self->rows, n, self->codes, self->digits);
  dhk_row_packer_begin_column (self->packer);
  if (knows)
    memset (self->known, 0, sizeof (guint) * self->n_values);
  for (guint i = 0; i < n; i++)
    {
      guint code = knows ? self->known[self->codes[i]] : 0;

      self->codes[i] = code != 0 ? code - 1 : list_cell (self, i);
    }
  dhk_row_packer_end_column (self->packer, self->codes, self->digits);
}

void
dhk_row_raw_pack (const DhkRowRaw *self, guint first, DhkRowPacker *packer)
{
  guint n = dhk_row_packer_get_n_rows (packer);
  g_autofree guint *codes = g_new (guint, n + 1);
  g_autofree guint64 *digits = g_new (guint64, n + 1);
  guint n_known = VALUES_A_ROW * n + FEW_VALUES;
  g_autofree guint *known = g_new (guint, n_known);
  g_autoptr (GString) text = g_string_new (NULL);
  Packing packing = { .sheet = self->sheet,
                      .packer = packer,
                      .rows = &g_array_index (self->rows, guint, first),
                      .codes = codes,
                      .digits = digits,
                      .n_known = n_known,
                      .known = known,
                      .text = text };

  for (guint i = 0; i < self->kept->len && !dhk_row_packer_is_full (packer); i++)
    {
      packing.column = g_array_index (self->kept, guint, i);
      packing.cells = dhk_raw_table_get_column (self->sheet->table, packing.column);
      packing.n_listed = dhk_raw_column_get_n_values (packing.cells);
      packing.n_values = packing.n_listed + dhk_raw_column_get_n_shapes (packing.cells);
      pack_column (&packing);
    }
}

void
dhk_row_raw_append (const DhkRowRaw *self, guint first, guint n, GString *lines)
{
  for (guint part; n > 0; first += part, n -= part)
    {
      g_autoptr (DhkRowPacker) packer = NULL;
      g_autofree char *text = NULL;
      DhkPackedRows packed;

      part = MIN (n, BLOCK);
      packer = dhk_row_packer_new (part, G_MAXSSIZE);
      dhk_row_raw_pack (self, first, packer);
      packed = dhk_row_packer_get (packer);
      text = dhk_packed_rows_dup_lines (&packed);
      g_assert (text != NULL);
      g_string_append_len (lines, text, (gssize) packed.size);
    }
}
