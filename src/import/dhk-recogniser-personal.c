/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Personal columns for the key file: taken from the raw cells, because every word of the
 * recogniser has its addresses masked already. Only when a person asked to keep them.
 */

#include "import/dhk-recogniser.h"

#include "base/dhk-seal.h"

static void
free_texts (gpointer data)
{
  char **texts = data;

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    dhk_secret_free (texts[i]);
  g_free (texts);
}

static char *
dup_text (DhkRecogniser *self, guint table_row, guint column)
{
  DhkCellText raw;
  DhkCell cell = dhk_raw_table_get_cell (self->sheet->table, table_row, column, &raw);

  return g_strdup (cell.kind != DHK_CELL_EMPTY && cell.text != NULL ? cell.text : "");
}

/* A column without a head is told from the others by its place. */
static char *
dup_head (DhkRecogniser *self, guint column)
{
  char *head = dup_text (self, self->sheet->head_row, column);

  if (g_strstrip (head)[0] != '\0')
    return head;
  g_free (head);
  return dhk_recogniser_name_column (column);
}

void
dhk_recogniser_keep_personal (DhkRecogniser *self)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();

  for (guint c = 0; c < self->columns->len; c++)
    if (dhk_recogniser_get_column (self, c)->role == DHK_COLUMN_PERSONAL)
      {
        g_autofree char *head = dup_head (self, c);

        g_array_append_val (columns, c);
        g_strv_builder_add (heads, head);
      }
  if (columns->len == 0)
    return;
  self->file->personal_heads = g_strv_builder_end (heads);
  self->file->personal = g_ptr_array_new_with_free_func (free_texts);
  for (guint row = 0; row < self->rows->len; row++)
    {
      char **texts = g_new0 (char *, columns->len + 1);

      for (guint i = 0; i < columns->len; i++)
        texts[i] = dup_text (self, g_array_index (self->rows, guint, row),
                             g_array_index (columns, guint, i));
      g_ptr_array_add (self->file->personal, texts);
    }
}
