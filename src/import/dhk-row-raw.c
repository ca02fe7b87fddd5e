/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-raw.h"

#include <string.h>

#include "base/dhk-text.h"

/* So much is copied of every short field, whatever its length. */
#define SHORT_FIELD 16
/* Longer fields are appended one by one. */
#define MAX_COPIED 256

/* A cell as a field of CSV. */
typedef struct
{
  char *
      text; /* SHORT_FIELD bytes or more; NULL of a shape whose cells are not as they stand there */
  gsize length;
} Field;

typedef struct
{
  guint column;
  const DhkRawColumn *cells;
  guint n_values;
  Field *fields; /* by value */
} Kept;

struct _DhkRowRaw
{
  DhkSheet *sheet;
  GArray *rows;
  GArray *kept; /* Kept */
  gsize room;   /* for all fields of a row that are copied */
};

static void
clear_kept (gpointer data)
{
  Kept *kept = data;
  guint n = kept->n_values + dhk_raw_column_get_n_shapes (kept->cells);

  for (guint value = 0; kept->fields != NULL && value < n; value++)
    g_free (kept->fields[value].text);
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

/* `zeros` are those of a shape; a field that is not made of them is left out. */
static void
set_field (Field *self, const char *text, const char *zeros)
{
  g_autoptr (GString) field = g_string_new (NULL);

  dhk_text_append_csv (field, text, DHK_CSV_AS_IS);
  if (zeros != NULL && strcmp (field->str, zeros) != 0)
    return;
  self->length = field->len;
  self->text = g_malloc0 (MAX (field->len + 1, SHORT_FIELD));
  memcpy (self->text, field->str, field->len);
}

void
dhk_row_raw_finish (DhkRowRaw *self)
{
  self->room = 1;
  for (guint i = 0; i < self->kept->len; i++)
    {
      Kept *kept = &g_array_index (self->kept, Kept, i);
      guint n = kept->n_values + dhk_raw_column_get_n_shapes (kept->cells);
      gsize longest = SHORT_FIELD;

      kept->fields = g_new0 (Field, n);
      for (guint value = 0; value < n; value++)
        {
          Field *field = &kept->fields[value];

          set_field (field, dhk_sheet_get_text (self->sheet, kept->column, value),
                     value < kept->n_values ? NULL
                                            : dhk_raw_column_get_listed (kept->cells, value)->text);
          longest = MAX (longest, field->length);
        }
      self->room += MIN (longest, MAX_COPIED) + sizeof (DhkCellText) + 1;
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

/* A field for which no room was made. */
static void
append_long (const DhkRowRaw *self, const Kept *kept, guint row, const Field *field, GString *lines)
{
  g_autoptr (GString) text = NULL;

  if (field->text != NULL)
    {
      g_string_append_len (lines, field->text, (gssize) field->length);
      return;
    }
  text = g_string_new (NULL);
  dhk_sheet_append_text (self->sheet, row, kept->column, text);
  dhk_text_append_csv (lines, text->str, DHK_CSV_AS_IS);
}

/* Makes room for a row behind what is there. */
static char *
make_room (const DhkRowRaw *self, GString *lines)
{
  gsize length = lines->len;

  g_string_set_size (lines, length + self->room);
  return lines->str + length;
}

/* Nearly all fields are short and listed; they are copied to where there is room for them all. */
static void
append_row (const DhkRowRaw *self, guint row, const Found *found, guint i, GString *lines)
{
  char *out = make_room (self, lines);

  for (guint k = 0; k < self->kept->len; k++)
    {
      const Kept *kept = &g_array_index (self->kept, Kept, k);
      guint value = found[k].values[i];
      const Field *field = &kept->fields[value];

      if (k > 0)
        *out++ = ',';
      if (field->text != NULL && value >= kept->n_values)
        {
          DhkCellText text;
          gsize length
              = dhk_raw_column_write_digits (kept->cells, value, found[k].digits[i], &text);

          memcpy (out, text.text, sizeof text.text);
          out += length;
        }
      else if (field->text != NULL && field->length <= MAX_COPIED)
        {
          memcpy (out, field->text, SHORT_FIELD);
          if (field->length > SHORT_FIELD)
            memcpy (out + SHORT_FIELD, field->text + SHORT_FIELD, field->length - SHORT_FIELD);
          out += field->length;
        }
      else
        {
          g_string_truncate (lines, (gsize) (out - lines->str));
          append_long (self, kept, row, field, lines);
          out = make_room (self, lines);
        }
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
