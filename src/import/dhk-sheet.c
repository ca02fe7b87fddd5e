/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-sheet.h"

#include "base/dhk-text.h"
#include "import/dhk-head-words.h"

#include <string.h>

/* Titles and remarks above the head that are looked through. */
#define MAX_ROWS_ABOVE 10

/* Words ---------------------------------------------------------------- */

static void
clear_word (DhkWord *word)
{
  if (word->fold != word->text)
    g_free (word->fold);
  g_free (word->text);
}

static void
free_rare (gpointer data)
{
  DhkWordText *rare = data;

  clear_word (&rare->word);
  g_free (rare);
}

/* Most cells are plain already; cleaning and folding Unicode costs more than all the rest. */
static gboolean
is_plain (const char *text)
{
  const char *p = text;

  if (*p == ' ')
    return FALSE;
  for (; *p != '\0'; p++)
    if (*p < ' ' || *p > '~' || *p == '_' || *p == '`' || *p == '@' || *p == '(' || *p == '['
        || (*p == ' ' && (p[1] == ' ' || p[1] == '\0')))
      return FALSE;
  return TRUE;
}

static gboolean
is_ip_address (const char *text)
{
  guint n_parts = 0;

  for (const char *p = text; *p != '\0';)
    {
      guint n = 0;

      while (g_ascii_isdigit (p[n]))
        n++;
      if (n == 0 || n > 3 || (p[n] != '.' && p[n] != '\0'))
        return FALSE;
      n_parts++;
      p += n;
      if (*p == '.' && *++p == '\0')
        return FALSE;
    }
  return n_parts == 4;
}

static void
read_text (DhkWord *word, const char *text)
{
  g_autofree char *masked = NULL;

  if (is_plain (text))
    {
      word->text = g_strdup (text);
      word->fold = g_ascii_strdown (text, -1);
      word->personal = is_ip_address (text);
      return;
    }
  word->text = dhk_text_clean (text);
  masked = dhk_text_mask_emails (word->text);
  if (masked != NULL)
    {
      /* An address in a sentence is masked there; a cell that is an address is personal. */
      word->personal = strlen (masked) < strlen ("[e-mail]") + 40;
      g_free (word->text);
      word->text = g_steal_pointer (&masked);
    }
  word->fold = dhk_text_fold (word->text);
}

static void
read_word (DhkWord *word, const DhkCell *cell)
{
  word->cell = cell;
  if (cell->kind == DHK_CELL_TEXT)
    read_text (word, cell->text);
  else
    {
      word->text = g_strdup (cell->kind == DHK_CELL_EMPTY || cell->text == NULL ? "" : cell->text);
      word->fold = cell->kind == DHK_CELL_NUMBER || cell->kind == DHK_CELL_DATE
                       ? word->text
                       : g_ascii_strdown (word->text, -1);
    }
}

/* The word of a value of a column: of a shape, that with zeros for digits. */
static DhkWord *
get_listed (DhkSheet *self, const DhkRawColumn *column, guint index, guint value)
{
  DhkWord **words = self->words[index];

  if (words == NULL)
    words = self->words[index] = g_new0 (DhkWord *, dhk_raw_column_get_n_values (column)
                                                        + dhk_raw_column_get_n_shapes (column));
  if (words[value] == NULL)
    {
      words[value] = g_new0 (DhkWord, 1);
      read_word (words[value], dhk_raw_column_get_listed (column, value));
    }
  return words[value];
}

static const DhkWord *
get_rare (DhkSheet *self, guint row, guint column)
{
  guint64 place = (guint64) column << 32 | row;
  DhkWordText *rare = g_hash_table_lookup (self->rare, &place);
  guint64 *key;

  if (rare != NULL)
    return &rare->word;
  rare = g_new0 (DhkWordText, 1);
  rare->cell = dhk_raw_table_get_cell (self->table, row, column, &rare->raw);
  read_word (&rare->word, &rare->cell);
  key = g_memdup2 (&place, sizeof place);
  g_hash_table_insert (self->rare, key, rare);
  return &rare->word;
}

const DhkWord *
dhk_sheet_get_word (DhkSheet *self, guint row, guint column)
{
  const DhkRawColumn *cells;
  guint value;

  g_return_val_if_fail (self != NULL && column < self->n_columns, NULL);

  cells = dhk_raw_table_get_column (self->table, column);
  value = dhk_raw_column_get_value (cells, row);
  if (value >= dhk_raw_column_get_n_values (cells))
    return get_rare (self, row, column);
  return get_listed (self, cells, column, value);
}

const DhkWord *
dhk_sheet_get_listed_word (DhkSheet *self, guint column, guint value)
{
  return get_listed (self, dhk_raw_table_get_column (self->table, column), column, value);
}

/* What a shape's word tells of all cells of the shape: that nothing is cleaned or masked. */
static gboolean
is_as_it_is (const DhkWord *word)
{
  return strcmp (word->text, word->cell->text) == 0;
}

const DhkWord *
dhk_sheet_peek_word (DhkSheet *self, guint row, guint column, DhkWordText *text)
{
  const DhkRawColumn *cells;
  const DhkWord *shape;
  guint value;

  g_return_val_if_fail (self != NULL && column < self->n_columns && text != NULL, NULL);

  cells = dhk_raw_table_get_column (self->table, column);
  value = dhk_raw_column_get_value (cells, row);
  shape = get_listed (self, cells, column, value);
  if (value < dhk_raw_column_get_n_values (cells))
    return shape;
  if (!is_as_it_is (shape) || strlen (shape->fold) != shape->cell->length)
    return get_rare (self, row, column);

  text->cell = dhk_raw_table_get_cell (self->table, row, column, &text->raw);
  text->word = (DhkWord){ &text->cell, text->raw.text, text->raw.text, shape->personal };
  if (shape->fold != shape->text && strcmp (shape->fold, shape->text) != 0)
    {
      /* Only letters fold; the digits stand where they stood. */
      for (gsize i = 0; i <= text->cell.length; i++)
        text->fold[i] = shape->fold[i] == '0' ? text->raw.text[i] : shape->fold[i];
      text->word.fold = text->fold;
    }
  return &text->word;
}

gboolean
dhk_word_is_blank (const DhkWord *word)
{
  /* What SPSS declares missing stands in the raw row and is no answer. */
  return word->text[0] == '\0' || word->cell->kind == DHK_CELL_MISSING;
}

/* The head ---------------------------------------------------------------- */

gsize
dhk_sheet_get_stem (const char *folded, guint *suffix)
{
  gsize length = strlen (folded);
  gsize digits = 0;
  guint number = 0;
  guint factor = 1;

  while (digits < 3 && digits < length && g_ascii_isdigit (folded[length - digits - 1]))
    {
      number += factor * (guint) (folded[length - digits - 1] - '0');
      factor *= 10;
      digits++;
    }
  *suffix = 0;
  if (digits == 0 || digits == 3 || digits == length || number < 2)
    return length;

  *suffix = number;
  length -= digits;
  while (length > 0 && folded[length - 1] == ' ')
    length--;
  return length;
}

static gboolean
is_question (DhkCatalogue *catalogue, const char *fold)
{
  g_autofree char *stem = NULL;
  guint suffix;
  gsize length;

  if (dhk_catalogue_find (catalogue, fold) != NULL)
    return TRUE;
  length = dhk_sheet_get_stem (fold, &suffix);
  if (suffix == 0)
    return FALSE;
  stem = g_strndup (fold, length);
  return dhk_catalogue_find (catalogue, stem) != NULL;
}

/* An instrument's heads weigh double: a list of names and addresses is no export. */
static guint
weigh_row (DhkSheet *self, DhkCatalogue *catalogue, guint row, guint *n_questions, guint *n_texts)
{
  guint fit = 0;

  *n_questions = 0;
  *n_texts = 0;
  for (guint c = 0; c < self->n_columns; c++)
    {
      const DhkWord *word;

      word = dhk_sheet_get_word (self, row, c);
      if (word->cell->kind != DHK_CELL_TEXT || dhk_word_is_blank (word))
        continue;
      (*n_texts)++;
      if (is_question (catalogue, word->fold))
        {
          fit += 2;
          (*n_questions)++;
        }
      else if (dhk_head_words_classify (word->fold) != DHK_HEAD_OTHER)
        fit++;
    }
  return fit;
}

DhkSheet *
dhk_sheet_new (DhkRawTable *table, DhkCatalogue *catalogue)
{
  DhkSheet *self;
  guint n_rows;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_new0 (DhkSheet, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->table = dhk_raw_table_ref (table);
  self->n_columns = dhk_raw_table_get_n_columns (table);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->words = g_new0 (DhkWord **, self->n_columns);
  self->rare = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_rare);

  n_rows = MIN (dhk_raw_table_get_n_rows (table), MAX_ROWS_ABOVE + 1);
  for (guint row = 0; row < n_rows; row++)
    {
      guint n_questions, n_texts;
      guint fit = weigh_row (self, catalogue, row, &n_questions, &n_texts);

      if (fit > self->fit)
        {
          self->fit = fit;
          self->n_questions = n_questions;
          self->head_row = row;
        }
      /* Half of the heads known: no better row will come. */
      if (n_questions > 2 && fit >= n_texts)
        break;
    }
  return self;
}

DhkSheet *
dhk_sheet_ref (DhkSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
free_words (DhkSheet *self, guint index)
{
  const DhkRawColumn *column = dhk_raw_table_get_column (self->table, index);
  guint n = dhk_raw_column_get_n_values (column) + dhk_raw_column_get_n_shapes (column);

  for (guint value = 0; self->words[index] != NULL && value < n; value++)
    if (self->words[index][value] != NULL)
      {
        clear_word (self->words[index][value]);
        g_free (self->words[index][value]);
      }
  g_free (self->words[index]);
}

void
dhk_sheet_unref (DhkSheet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint c = 0; c < self->n_columns; c++)
    free_words (self, c);
  g_free (self->words);
  g_hash_table_unref (self->rare);
  g_array_unref (self->rows);
  dhk_raw_table_unref (self->table);
  g_free (self);
}

/* Every cell of a row ---------------------------------------------------- */

static gboolean
is_blank_row (DhkSheet *self, guint row)
{
  for (guint c = 0; c < self->n_columns; c++)
    {
      const DhkRawColumn *column = dhk_raw_table_get_column (self->table, c);
      guint value = dhk_raw_column_get_value (column, row);

      if (value != 0 && get_listed (self, column, c, value)->text[0] != '\0')
        return FALSE;
    }
  return TRUE;
}

void
dhk_sheet_list_rows (DhkSheet *self)
{
  guint n_rows;

  g_return_if_fail (self != NULL);

  n_rows = dhk_raw_table_get_n_rows (self->table);
  g_array_set_size (self->rows, 0);
  for (guint row = self->head_row + 1; row < n_rows; row++)
    if (!is_blank_row (self, row))
      g_array_append_val (self->rows, row);
}

/* Texts ---------------------------------------------------------------------- */

void
dhk_sheet_freeze (DhkSheet *self, guint column)
{
  const DhkRawColumn *cells;
  guint n;

  g_return_if_fail (self != NULL && column < self->n_columns);

  cells = dhk_raw_table_get_column (self->table, column);
  n = dhk_raw_column_get_n_values (cells) + dhk_raw_column_get_n_shapes (cells);
  for (guint value = 0; value < n; value++)
    get_listed (self, cells, column, value);
}

void
dhk_sheet_append_text (DhkSheet *self, guint row, guint column, GString *line)
{
  const DhkRawColumn *cells = dhk_raw_table_get_column (self->table, column);
  guint value = dhk_raw_column_get_value (cells, row);
  const DhkWord *word = self->words[column][value];
  DhkCellText text;
  DhkCell cell;

  if (value < dhk_raw_column_get_n_values (cells))
    {
      g_string_append (line, word->text);
      return;
    }
  cell = dhk_raw_column_get_cell (cells, row, &text);
  if (is_as_it_is (word))
    g_string_append_len (line, cell.text, (gssize) cell.length);
  else
    {
      DhkWord own = { 0 };

      read_word (&own, &cell);
      g_string_append (line, own.text);
      clear_word (&own);
    }
}

const char *
dhk_sheet_get_text (DhkSheet *self, guint column, guint value)
{
  return self->words[column][value]->text;
}

/* What SPSS declares missing. */
gboolean
dhk_sheet_is_missing (DhkSheet *self, guint row, guint column)
{
  guint value = dhk_raw_column_get_value (dhk_raw_table_get_column (self->table, column), row);

  return self->words[column][value]->cell->kind == DHK_CELL_MISSING;
}
