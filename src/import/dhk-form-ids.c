/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-form-ids.h"

#include <string.h>

#include "base/dhk-twice.h"

void
dhk_form_ids_init (DhkFormIds *self, DhkSheet *sheet, const GArray *rows, int column)
{
  self->sheet = sheet;
  self->rows = rows;
  self->column = column;
  self->cells = column >= 0 ? dhk_raw_table_get_column (sheet->table, (guint) column) : NULL;
  self->first = G_MAXUINT;
  self->last = G_MAXUINT;
  self->text = g_string_new (NULL);
}

void
dhk_form_ids_clear (DhkFormIds *self)
{
  g_string_free (self->text, TRUE);
}

/* The place of the row in what is looked up. */
static guint
look_up (DhkFormIds *self, guint row)
{
  guint first = row - row % DHK_FORM_IDS;

  if (first != self->first)
    dhk_raw_column_look_up (self->cells, &g_array_index (self->rows, guint, first),
                            MIN (DHK_FORM_IDS, self->rows->len - first), self->values,
                            self->digits);
  self->first = first;
  return row - first;
}

gboolean
dhk_form_ids_has (DhkFormIds *self, guint row)
{
  /* Of a shape the text is that of zeros; digits are never cleaned away. */
  return self->cells != NULL
         && dhk_sheet_get_text (self->sheet, (guint) self->column,
                                self->values[look_up (self, row)])[0]
                != '\0';
}

guint64
dhk_form_ids_add_to_key (DhkFormIds *self, guint row, guint64 key)
{
  guint at = look_up (self, row);
  guint value = self->values[at];
  const char *text = dhk_sheet_get_text (self->sheet, (guint) self->column, value);
  DhkCellText own;

  if (value < dhk_raw_column_get_n_values (self->cells))
    return dhk_twice_key (key, text, strlen (text));
  if (value != self->last)
    {
      self->last = value;
      self->as_it_is = strcmp (text, dhk_raw_column_get_listed (self->cells, value)->text) == 0;
    }
  if (self->as_it_is)
    return dhk_twice_key (key, own.text,
                          dhk_raw_column_write_digits (self->cells, value, self->digits[at], &own));
  g_string_truncate (self->text, 0);
  dhk_sheet_append_text (self->sheet, g_array_index (self->rows, guint, row), (guint) self->column,
                         self->text);
  return dhk_twice_key (key, self->text->str, self->text->len);
}
