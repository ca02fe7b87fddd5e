/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-source-private.h"

#include <math.h>
#include <string.h>

/* Rows that are read together. */
#define BLOCK 512

DhkRowSource *
dhk_row_source_new (DhkSheet *sheet, GArray *rows, GHashTable *asides)
{
  DhkRowSource *self = g_new0 (DhkRowSource, 1);

  self->sheet = dhk_sheet_ref (sheet);
  self->rows = g_array_ref (rows);
  self->asides = g_hash_table_ref (asides);
  self->raw = dhk_row_raw_new (sheet, rows);
  self->form_id = -1;
  dhk_row_times_init (&self->times, rows->len);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->repeats = g_hash_table_new (NULL, NULL);
  return self;
}

static const DhkRawColumn *
get_column (const DhkRowSource *self, guint column)
{
  return dhk_raw_table_get_column (self->sheet->table, column);
}

void
dhk_row_source_free (DhkRowSource *self)
{
  dhk_row_raw_free (self->raw);
  for (guint q = 0; q < self->answers->len; q++)
    {
      const GArray *answers = g_ptr_array_index (self->answers, q);

      for (guint i = 0; i < answers->len; i++)
        {
          g_free (g_array_index (answers, DhkRowAnswer, i).codes);
          g_free (g_array_index (answers, DhkRowAnswer, i).settled);
          g_free (g_array_index (answers, DhkRowAnswer, i).numbers);
        }
    }
  g_ptr_array_unref (self->answers);
  dhk_row_times_clear (&self->times);
  g_hash_table_unref (self->repeats);
  g_hash_table_unref (self->asides);
  g_array_unref (self->rows);
  dhk_sheet_unref (self->sheet);
  g_free (self);
}

/* Filling ------------------------------------------------------------------------- */

void
dhk_row_source_keep_column (DhkRowSource *self, guint column)
{
  dhk_row_raw_keep (self->raw, column);
}

void
dhk_row_source_set_form_id (DhkRowSource *self, int column)
{
  self->form_id = column;
  if (column >= 0)
    dhk_sheet_freeze (self->sheet, (guint) column);
}

void
dhk_row_source_trust_form_id (DhkRowSource *self)
{
  self->trusts_form_id = TRUE;
}

void
dhk_row_source_set_questionnaire (DhkRowSource *self, const char *id, guint n_questions)
{
  self->questionnaire = id;
  self->n_questions = n_questions;
  while (self->answers->len < n_questions)
    g_ptr_array_add (self->answers, g_array_new (FALSE, FALSE, sizeof (DhkRowAnswer)));
}

void
dhk_row_source_set_time (DhkRowSource *self, guint row, gboolean completed, gint64 seconds)
{
  dhk_row_times_set (&self->times, row, completed, seconds);
}

gint64
dhk_row_source_get_time (const DhkRowSource *self, guint row, gboolean completed)
{
  return dhk_row_times_get (&self->times, row, completed);
}

gboolean
dhk_row_source_is_by_row (const DhkRowSource *self, guint column)
{
  return dhk_raw_column_get_n_shapes (get_column (self, column)) > 0;
}

void
dhk_row_source_add_column (
    DhkRowSource *self, guint question, guint column, gint8 *codes, double *numbers)
{
  DhkRowAnswer answer = { column, codes, NULL, numbers, dhk_row_source_is_by_row (self, column) };

  self->has_numbers |= numbers != NULL;
  g_array_append_val ((GArray *) g_ptr_array_index (self->answers, question), answer);
}

/* Reading --------------------------------------------------------------------------- */

/* What an answer is told by in each of the rows. */
static void
read_places (
    const DhkRowSource *self, const DhkRowAnswer *answer, guint first, guint n, guint *places)
{
  if (!answer->by_row)
    dhk_raw_column_look_up (get_column (self, answer->column),
                            &g_array_index (self->rows, guint, first), n, places, NULL);
  else
    for (guint i = 0; i < n; i++)
      places[i] = first + i;
}

static gboolean
is_blank (gint8 code)
{
  return code <= DHK_ROW_MISSING (DHK_MISSING_UNREADABLE);
}

/* What is stored of what the columns of a question say. */
static gint8
settle_code (gint8 code)
{
  if (code == DHK_ROW_BLANK)
    return DHK_MISSING_EMPTY;
  return is_blank (code) ? (gint8) (DHK_ROW_BLANK - code) : code;
}

static void
read_question (const DhkRowSource *self, guint question, guint first, guint n, gint8 *codes)
{
  const GArray *answers = g_ptr_array_index (self->answers, question);
  guint width = self->n_questions;
  guint places[BLOCK];

  if (answers->len == 0)
    for (guint i = 0; i < n; i++)
      codes[i * width] = DHK_MISSING_NOT_ASKED;
  if (answers->len == 1 && g_array_index (answers, DhkRowAnswer, 0).settled != NULL)
    {
      const DhkRowAnswer *answer = &g_array_index (answers, DhkRowAnswer, 0);

      dhk_raw_column_translate (get_column (self, answer->column),
                                &g_array_index (self->rows, guint, first), n, answer->settled,
                                codes, width);
      return;
    }
  for (guint a = 0; a < answers->len; a++)
    {
      const DhkRowAnswer *answer = &g_array_index (answers, DhkRowAnswer, a);

      read_places (self, answer, first, n, places);
      if (a == 0)
        for (guint i = 0; i < n; i++)
          codes[i * width] = answer->codes[places[i]];
      else
        for (guint i = 0; i < n; i++)
          {
            gint8 *code = &codes[i * width];
            gint8 next = answer->codes[places[i]];

            if (*code == DHK_ROW_BLANK || (is_blank (*code) && !is_blank (next)))
              *code = next;
          }
    }
  for (guint i = 0; answers->len > 0 && i < n; i++)
    codes[i * width] = settle_code (codes[i * width]);
}

void
dhk_row_source_read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  const DhkRowSource *self = data;
  guint width = self->n_questions;
  gboolean has_asides = g_hash_table_size (self->asides) > 0;

  for (guint part; n > 0; first += part, n -= part, codes += (gsize) part * width)
    {
      part = MIN (n, BLOCK);
      for (guint q = 0; q < width; q++)
        read_question (self, q, first, part, codes + q);
      for (guint i = 0; has_asides && i < part; i++)
        if (g_hash_table_contains (self->asides, GUINT_TO_POINTER (first + i)))
          memset (codes + (gsize) i * width, DHK_MISSING_NOT_ASKED, width);
    }
}

static void
read_question_numbers (
    const DhkRowSource *self, guint question, guint first, guint n, double *numbers)
{
  const GArray *answers = g_ptr_array_index (self->answers, question);
  guint width = self->n_questions;
  gboolean found[BLOCK] = { FALSE };
  guint places[BLOCK];

  for (guint i = 0; i < n; i++)
    numbers[i * width] = NAN;
  for (guint a = 0; a < answers->len; a++)
    {
      const DhkRowAnswer *answer = &g_array_index (answers, DhkRowAnswer, a);

      if (answer->numbers == NULL)
        continue;
      read_places (self, answer, first, n, places);
      for (guint i = 0; i < n; i++)
        if (!found[i] && !is_blank (answer->codes[places[i]])
            && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (first + i)))
          {
            found[i] = TRUE;
            numbers[i * width] = answer->numbers[places[i]];
          }
    }
}

void
dhk_row_source_read_numbers (gpointer data, guint first, guint n, double *numbers)
{
  const DhkRowSource *self = data;
  guint width = self->n_questions;

  for (guint part; n > 0; first += part, n -= part, numbers += (gsize) part * width)
    {
      part = MIN (n, BLOCK);
      for (guint q = 0; q < width; q++)
        read_question_numbers (self, q, first, part, numbers + q);
    }
}

/* Giving -------------------------------------------------------------------------------- */

/* Most questions have one column, whose few different cells are settled once. */
static void
settle_answers (DhkRowSource *self)
{
  for (guint q = 0; q < self->answers->len; q++)
    {
      GArray *answers = g_ptr_array_index (self->answers, q);
      DhkRowAnswer *answer = answers->len == 1 ? &g_array_index (answers, DhkRowAnswer, 0) : NULL;
      guint n;

      if (answer == NULL || answer->by_row)
        continue;
      n = dhk_raw_column_get_n_values (get_column (self, answer->column));
      answer->settled = g_new (gint8, n);
      for (guint value = 0; value < n; value++)
        answer->settled[value] = settle_code (answer->codes[value]);
    }
}

static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  const DhkRowSource *self = data;

  dhk_row_raw_append (self->raw, first, n, lines);
}

static void
pack_raw (gpointer data, guint first, DhkRowPacker *packer)
{
  const DhkRowSource *self = data;

  dhk_row_raw_pack (self->raw, first, packer);
}

static void
free_source (gpointer data)
{
  dhk_row_source_free (data);
}

void
dhk_row_source_give (DhkRowSource *self, DhkDraftFile *file)
{
  const DhkDraftSource source = {
    .data = self,
    .free = free_source,
    .n_rows = self->rows->len,
    .has_numbers = self->has_numbers,
    .read_codes = dhk_row_source_read_codes,
    .read_numbers = dhk_row_source_read_numbers,
    .read_row = dhk_row_source_read_row,
    .read_facts = self->questionnaire != NULL ? dhk_row_source_read_facts : NULL,
    .read_keys = dhk_row_source_read_keys,
    .append_raw = append_raw,
    .pack_raw = pack_raw,
  };

  settle_answers (self);
  if (self->questionnaire != NULL)
    dhk_row_source_count_repeats (self);
  dhk_draft_file_set_source (file, &source);
}
