/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-sheet.h"

#include "base/dhk-text.h"
#include "import/dhk-head-words.h"

#include <string.h>

/* Titles and remarks above the head that are looked through. */
#define MAX_ROWS_ABOVE 10

/* Words ---------------------------------------------------------------- */

static void
free_word (gpointer data)
{
  DhkWord *word = data;

  if (word == NULL)
    return;
  if (word->fold != word->text)
    g_free (word->fold);
  g_free (word->text);
  g_free (word);
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

static DhkWord *
new_word (const DhkCell *cell)
{
  DhkWord *word = g_new0 (DhkWord, 1);

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
  return word;
}

const DhkWord *
dhk_sheet_get_word (DhkSheet *self, guint row, guint column)
{
  guint value;

  g_return_val_if_fail (self != NULL, NULL);

  value = dhk_raw_table_get_value (self->table, row, column);
  if (g_ptr_array_index (self->words, value) == NULL)
    g_ptr_array_index (self->words, value)
        = new_word (dhk_raw_table_get_cell (self->table, row, column));
  return g_ptr_array_index (self->words, value);
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

      if (dhk_raw_table_get_cell (self->table, row, c)->kind != DHK_CELL_TEXT)
        continue;
      word = dhk_sheet_get_word (self, row, c);
      if (dhk_word_is_blank (word))
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
  self->table = dhk_raw_table_ref (table);
  self->n_columns = dhk_raw_table_get_n_columns (table);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->words = g_ptr_array_new_with_free_func (free_word);
  g_ptr_array_set_size (self->words, (gint) dhk_raw_table_get_n_values (table));

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

void
dhk_sheet_free (DhkSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->words);
  g_array_unref (self->rows);
  dhk_raw_table_unref (self->table);
  g_free (self);
}

void
dhk_sheet_list_rows (DhkSheet *self)
{
  guint n_rows;

  g_return_if_fail (self != NULL);

  n_rows = dhk_raw_table_get_n_rows (self->table);
  g_array_set_size (self->rows, 0);
  for (guint row = self->head_row + 1; row < n_rows; row++)
    for (guint c = 0; c < self->n_columns; c++)
      if (dhk_sheet_get_word (self, row, c)->text[0] != '\0')
        {
          g_array_append_val (self->rows, row);
          break;
        }
}
