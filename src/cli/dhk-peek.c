/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a reader sees in a file: counted and guessed here, written by the two others. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-peek-private.h"
#include "cli/dhk-peek.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

/* A workbook can name thousands of sheets; those after so many cells are listed
 * without their size. */
#define MAX_COUNTED_CELLS 4000000
#define ROWS_IN_TEXT 10

char *
dhk_peek_dup_letters (guint column)
{
  char letters[8];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = (char) ('A' + (n - 1) % 26);
  return g_strdup (letters + at);
}

const char *
dhk_peek_kind_to_word (DhkCellKind kind)
{
  static const char *const words[]
      = { "empty", "text", "number", "date", "boolean", "error", "missing" };

  return words[kind];
}

/* Sizes ---------------------------------------------------------------- */

typedef struct
{
  DhkPeekSize size;
  guint64 n_cells;
} Count;

static gboolean
count_row_cb (guint64 line, const DhkCell *cells, guint n_cells, gpointer data, GError **error)
{
  Count *self = data;

  self->size.rows++;
  self->size.last_row = line;
  self->size.columns = MAX (self->size.columns, n_cells);
  self->n_cells += n_cells;
  return TRUE;
}

static gboolean
count_sheets (DhkPeek *self, GError **error)
{
  guint64 n_cells = 0;

  for (guint i = 0; i < dhk_reader_get_n_sheets (self->reader); i++)
    {
      Count count = { 0 };

      if (n_cells < MAX_COUNTED_CELLS && (!self->only || i == self->sheet))
        {
          if (!dhk_reader_read (self->reader, i, count_row_cb, &count, NULL, NULL, NULL, error))
            return FALSE;
          count.size.known = TRUE;
          n_cells += count.n_cells;
        }
      g_array_append_val (self->sizes, count.size);
    }
  return TRUE;
}

/* Guesses ---------------------------------------------------------------- */

static void
guess_free (gpointer data)
{
  DhkPeekGuess *guess = data;

  g_free (guess->head);
  g_free (guess);
}

/* The first row is taken for the head, as nearly always. */
static gboolean
guess_columns (DhkPeek *self, GError **error)
{
  g_autoptr (DhkRawTable) table = dhk_raw_table_read (self->reader, 0, 0, NULL, NULL, NULL, error);
  g_autoptr (GStringChunk) own = g_string_chunk_new (4096);
  g_autofree const char **texts = NULL;
  DhkCellText text;
  guint n_rows;

  if (table == NULL)
    return FALSE;
  n_rows = dhk_raw_table_get_n_rows (table);
  texts = g_new0 (const char *, (gsize) n_rows + 1);
  self->guesses = g_ptr_array_new_with_free_func (guess_free);
  for (guint column = 0; column < dhk_raw_table_get_n_columns (table); column++)
    {
      DhkPeekGuess *guess = g_new0 (DhkPeekGuess, 1);

      guess->head = g_strdup (dhk_raw_table_get_cell (table, 0, column, &text).text);
      for (guint row = 1; row < n_rows; row++)
        {
          DhkCell cell = dhk_raw_table_get_cell (table, row, column, &text);

          texts[row - 1]
              = cell.text == text.text ? g_string_chunk_insert (own, cell.text) : cell.text;
        }
      guess->numbers = dhk_column_numbers_guess (texts, n_rows > 0 ? n_rows - 1 : 0);
      guess->dates = dhk_column_dates_guess (texts, n_rows > 0 ? n_rows - 1 : 0);
      g_ptr_array_add (self->guesses, guess);
      g_string_chunk_clear (own);
    }
  return TRUE;
}

/* Looking ---------------------------------------------------------------- */

static gboolean
look (DhkPeek *self, gboolean json, GError **error)
{
  guint n = dhk_reader_get_n_sheets (self->reader);

  if (self->sheet >= n)
    {
      g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
                   ngettext ("The file has only %u sheet.", "The file has only %u sheets.", n), n);
      return FALSE;
    }
  if (!count_sheets (self, error))
    return FALSE;
  if (dhk_reader_get_kind (self->reader) == DHK_READER_CSV && !guess_columns (self, error))
    return FALSE;
  return json ? dhk_peek_print_json (self, error) : dhk_peek_print_text (self, error);
}

gboolean
dhk_peek (GFile *file, int sheet, int rows, gboolean json, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  DhkPeek self = { .name = name, .only = sheet > 0, .max_rows = rows };
  gboolean ok;

  self.reader = dhk_reader_open (file, NULL, error);
  if (self.reader == NULL)
    return FALSE;
  self.sheet = sheet > 0 ? (guint) sheet - 1 : 0;
  if (rows < 0)
    self.max_rows = json ? -1 : ROWS_IN_TEXT;
  self.sizes = g_array_new (FALSE, FALSE, sizeof (DhkPeekSize));
  ok = look (&self, json, error);
  g_clear_pointer (&self.guesses, g_ptr_array_unref);
  g_array_unref (self.sizes);
  dhk_reader_unref (self.reader);
  return ok;
}
