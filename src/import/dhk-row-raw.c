/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-raw.h"

#include <string.h>

#include "base/dhk-text.h"

typedef struct
{
  guint column;
  const DhkRawColumn *cells;
  guint n_values;
  char **fields;    /* by value: as a field of CSV; of a shape NULL when its digits are not all */
  gboolean has_all; /* every field is one sign, or none */
} Kept;

struct _DhkRowRaw
{
  DhkSheet *sheet;
  GArray *rows;
  GArray *kept; /* Kept */
};

static void
clear_kept (gpointer data)
{
  Kept *kept = data;
  guint n = kept->n_values + dhk_raw_column_get_n_shapes (kept->cells);

  for (guint value = 0; kept->fields != NULL && value < n; value++)
    g_free (kept->fields[value]);
  g_free (kept->fields);
}

DhkRowRaw *
dhk_row_raw_new (DhkSheet *sheet, GArray *rows)
{
  DhkRowRaw *self = g_new0 (DhkRowRaw, 1);

  self->sheet = dhk_sheet_ref (sheet);
  self->rows = g_array_ref (rows);
  self->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (self->kept, clear_kept);
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
  Kept kept = { .column = column, .cells = dhk_raw_table_get_column (self->sheet->table, column) };

  kept.n_values = dhk_raw_column_get_n_values (kept.cells);
  dhk_sheet_freeze (self->sheet, column);
  g_array_append_val (self->kept, kept);
}

static char *
dup_field (const char *text)
{
  g_autoptr (GString) field = g_string_new (NULL);

  dhk_text_append_csv (field, text, DHK_CSV_AS_IS);
  return g_string_free (g_steal_pointer (&field), FALSE);
}

/* What stands for a shape: itself, where all its cells stand as they are. */
static char *
dup_shape (const DhkRowRaw *self, const Kept *kept, guint value)
{
  const char *zeros = dhk_raw_column_get_listed (kept->cells, value)->text;
  g_autofree char *field = dup_field (dhk_sheet_get_text (self->sheet, kept->column, value));

  return strcmp (field, zeros) == 0 ? g_steal_pointer (&field) : NULL;
}

void
dhk_row_raw_finish (DhkRowRaw *self)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      Kept *kept = &g_array_index (self->kept, Kept, i);
      guint n = kept->n_values + dhk_raw_column_get_n_shapes (kept->cells);

      kept->fields = g_new (char *, n);
      kept->has_all = n == kept->n_values;
      for (guint value = 0; value < n; value++)
        if (value < kept->n_values)
          {
            kept->fields[value] = dup_field (dhk_sheet_get_text (self->sheet, kept->column, value));
            kept->has_all = kept->has_all && strlen (kept->fields[value]) <= 1;
          }
        else
          kept->fields[value] = dup_shape (self, kept, value);
    }
}

/* Rows that are looked up together. */
#define BLOCK 64

/* The values and digits of a kept column in these rows. */
typedef struct
{
  guint values[BLOCK];
  guint64 digits[BLOCK];
} Found;

/* A field that is no code of one sign. */
static void
append_long (
    const DhkRowRaw *self, const Kept *kept, guint row, const Found *found, guint i, GString *line)
{
  guint value = found->values[i];
  const char *field = kept->fields[value];

  if (field == NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      dhk_sheet_append_text (self->sheet, row, kept->column, text);
      dhk_text_append_csv (line, text->str, DHK_CSV_AS_IS);
    }
  else if (value < kept->n_values)
    g_string_append (line, field);
  else
    {
      DhkCellText text;

      g_string_append_len (
          line, text.text,
          (gssize) dhk_raw_column_write_digits (kept->cells, value, found->digits[i], &text));
    }
}

/*
 * Codes of one digit are most there is: they are written to where room was made for one in every column.
 * A longer field makes room for the rest once more.
 */
static void
append_row (const DhkRowRaw *self, guint row, const Found *found, guint i, GString *lines)
{
  guint n_kept = self->kept->len;
  gsize length = lines->len;
  char *out;

  g_string_set_size (lines, length + 2 * (gsize) n_kept + 1);
  out = lines->str + length;
  for (guint k = 0; k < n_kept; k++)
    {
      const Kept *kept = &g_array_index (self->kept, Kept, k);
      const char *field = kept->fields[found[k].values[i]];

      if (k > 0)
        *out++ = ',';
      if (kept->has_all
          || (found[k].values[i] < kept->n_values && (field[0] == '\0' || field[1] == '\0')))
        {
          *out = field[0];
          out += field[0] != '\0';
          continue;
        }
      g_string_truncate (lines, (gsize) (out - lines->str));
      append_long (self, kept, row, &found[k], i, lines);
      length = lines->len;
      g_string_set_size (lines, length + 2 * (gsize) (n_kept - k) + 1);
      out = lines->str + length;
    }
  *out++ = '\n';
  g_string_truncate (lines, (gsize) (out - lines->str));
}

void
dhk_row_raw_append (const DhkRowRaw *self, guint first, guint n, GString *lines)
{
  g_autofree Found *found = g_new (Found, self->kept->len + 1);

  for (guint part; n > 0; first += part, n -= part)
    {
      const guint *rows = &g_array_index (self->rows, guint, first);

      part = MIN (n, BLOCK);
      for (guint k = 0; k < self->kept->len; k++)
        dhk_raw_column_look_up (g_array_index (self->kept, Kept, k).cells, rows, part,
                                found[k].values, found[k].digits);
      for (guint i = 0; i < part; i++)
        append_row (self, rows[i], found, i, lines);
    }
}
