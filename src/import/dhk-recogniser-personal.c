/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Personal columns for the key file: taken from the raw cells, because every word of the
 * recogniser has its addresses masked already. Only when a person asked to keep them.
 */

#include "import/dhk-recogniser.h"

#include "base/dhk-seal.h"
#include "base/dhk-text.h"

static void
free_texts (gpointer data)
{
  char **texts = data;

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    dhk_secret_free (texts[i]);
  g_free (texts);
}

/* Forms writes this for everybody, in English also in a Dutch form. */
static gboolean
is_nobody (const char *text)
{
  g_autofree char *fold = dhk_text_fold (text);

  return *fold == '\0' || g_str_equal (fold, "anonymous") || g_str_equal (fold, "anoniem");
}

static char *
dup_text (DhkRecogniser *self, guint table_row, guint column)
{
  DhkCellText raw;
  DhkCell cell = dhk_raw_table_get_cell (self->sheet->table, table_row, column, &raw);

  return g_strdup (cell.kind != DHK_CELL_EMPTY && cell.text != NULL ? cell.text : "");
}

static gboolean
names_somebody (DhkRecogniser *self, guint column)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column, FALSE, TRUE);

  for (guint i = 0; i < tally->len; i++)
    {
      const DhkWord *word
          = dhk_recogniser_get_word (self, g_array_index (tally, DhkTally, i).row, column);

      if (!dhk_word_is_blank (word) && !is_nobody (word->text))
        return TRUE;
    }
  return FALSE;
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

/* NULL when the row says nothing about anybody. */
static char **
dup_texts (DhkRecogniser *self, guint table_row, const GArray *columns)
{
  char **texts = g_new0 (char *, columns->len + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      texts[i] = dup_text (self, table_row, g_array_index (columns, guint, i));
      any = any || !is_nobody (texts[i]);
    }
  if (any)
    return texts;
  free_texts (texts);
  return NULL;
}

void
dhk_recogniser_find_personal (DhkRecogniser *self, gboolean keep)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GStrvBuilder) heads = g_strv_builder_new ();

  for (guint c = 0; c < self->columns->len; c++)
    if (dhk_recogniser_get_column (self, c)->role == DHK_COLUMN_PERSONAL
        && names_somebody (self, c))
      {
        g_autofree char *head = dup_head (self, c);

        g_array_append_val (columns, c);
        g_strv_builder_add (heads, head);
      }
  self->file->has_personal = columns->len > 0;
  if (columns->len == 0 || !keep)
    return;
  self->file->personal_heads = g_strv_builder_end (heads);
  self->file->personal = g_ptr_array_new_with_free_func (free_texts);
  for (guint row = 0; row < self->rows->len; row++)
    g_ptr_array_add (self->file->personal,
                     dup_texts (self, g_array_index (self->rows, guint, row), columns));
}
