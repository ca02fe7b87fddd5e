/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of a file of the draft that is made of another study: told from its frame, in the codes and
 * questions that hold here.
 */

#include <math.h>
#include <string.h>

#include "base/dhk-twice.h"
#include "store/dhk-store-merge-private.h"

/* Columns ----------------------------------------------------------------------------------- */

DhkCell
dhk_merge_column_read (const DhkMergeColumn *self, guint row)
{
  DhkCell cell = { .code = DHK_MISSING_NOT_ASKED, .number = NAN };

  if (self->numbers != NULL && isfinite (self->numbers[row]))
    return (DhkCell){ .code = 0, .number = self->numbers[row] };
  if (self->numbers != NULL && self->kinds != NULL && self->kinds[row] < 0)
    cell.code = self->kinds[row];
  if (self->codes != NULL)
    cell.code = self->codes[row] >= 0 ? self->map[self->codes[row]] : self->codes[row];
  return cell;
}

static void
set_column (DhkMerge *merge, DhkMergeColumn *column, gboolean is_variable, guint index, int target)
{
  if (!is_variable)
    column->codes = dhk_frame_get_answers (merge->frame, index, target);
  else if (dhk_instrument_get_variable (merge->theirs, index)->kind == DHK_VARIABLE_NUMBER)
    {
      column->numbers = dhk_frame_get_numbers (merge->frame, index);
      column->kinds = merge->kinds[index];
    }
  else
    column->codes = dhk_frame_get_categories (merge->frame, index);
  for (int code = 0; code < (int) G_N_ELEMENTS (column->map); code++)
    column->map[code] = (gint8) dhk_merge_map_code (merge, is_variable, index, code);
}

/* The column there of a question here; none when nobody there was asked it. */
static void
find_column (DhkMerge *merge, const DhkQuestion *question, DhkMergeColumn *column)
{
  guint n_items = dhk_instrument_get_n_items (merge->theirs);
  guint n_variables = dhk_instrument_get_n_variables (merge->theirs);
  int n_targets = (int) dhk_instrument_get_n_targets (merge->theirs);
  int target = question->target;

  for (guint i = 0; question->variable >= 0 && i < n_variables; i++)
    if (merge->variables[i] == question->variable)
      set_column (merge, column, TRUE, i, DHK_NO_TARGET);
  if (question->item < 0)
    return;
  for (int t = 0; question->target != DHK_NO_TARGET; t++)
    {
      if (t == n_targets)
        return;
      if (merge->targets[t] != question->target)
        continue;
      target = t;
      break;
    }
  for (guint i = 0; i < n_items; i++)
    if (merge->items[i] == question->item)
      set_column (merge, column, FALSE, i, target);
}

static void
find_columns (DhkMergeFile *file, const DhkQuestionnaire *questionnaire)
{
  file->columns = g_new0 (DhkMergeColumn, questionnaire->n_questions + 1);
  for (guint q = 0; q < questionnaire->n_questions; q++)
    {
      find_column (file->merge, &questionnaire->questions[q], &file->columns[q]);
      file->has_numbers = file->has_numbers || file->columns[q].numbers != NULL;
    }
}

static gboolean
is_asked (const DhkQuestionnaire *questionnaire, int item, int target)
{
  for (guint q = 0; q < questionnaire->n_questions; q++)
    if (questionnaire->questions[q].item == item && questionnaire->questions[q].target == target)
      return TRUE;
  return FALSE;
}

/* Whether a response of this file has an answer there. */
static gboolean
has_answer (const DhkMergeFile *file, const DhkMergeColumn *column)
{
  for (guint i = 0; i < file->rows->len; i++)
    if (dhk_merge_column_read (column, g_array_index (file->rows, DhkMergeRow, i).frame_row).code
        != DHK_MISSING_NOT_ASKED)
      return TRUE;
  return FALSE;
}

static void
find_extras (DhkMergeFile *file, const DhkQuestionnaire *questionnaire)
{
  DhkMerge *merge = file->merge;

  for (guint i = 0; i < dhk_instrument_get_n_items (merge->theirs); i++)
    for (int t = DHK_NO_TARGET; t < (int) dhk_instrument_get_n_targets (merge->theirs); t++)
      {
        DhkMergeExtra extra = { .target = t >= 0 ? merge->targets[t] : DHK_NO_TARGET };

        if (merge->items[i] < 0 || (t >= 0 && extra.target < 0)
            || dhk_frame_get_answers (merge->frame, i, t) == NULL
            || is_asked (questionnaire, merge->items[i], extra.target))
          continue;
        extra.item = (guint) merge->items[i];
        set_column (merge, &extra.column, FALSE, i, t);
        if (has_answer (file, &extra.column))
          g_array_append_val (file->extras, extra);
      }
}

/* Rows: first the responses, then what stands aside ----------------------------------------------- */

static const DhkMergeRow *
get_row (const DhkMergeFile *file, guint row)
{
  return row < file->rows->len ? &g_array_index (file->rows, DhkMergeRow, row) : NULL;
}

static guint
get_n_questions (const DhkMergeFile *file)
{
  return file->questionnaire == G_MAXUINT
             ? 0
             : dhk_instrument_get_questionnaire (file->merge->ours, file->questionnaire)
                   ->n_questions;
}

static void
read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  const DhkMergeFile *file = data;
  guint width = get_n_questions (file);

  for (guint i = 0; i < n; i++)
    {
      const DhkMergeRow *row = get_row (file, first + i);

      for (guint q = 0; q < width; q++)
        codes[(gsize) i * width + q]
            = (gint8) (row != NULL ? dhk_merge_column_read (&file->columns[q], row->frame_row).code
                                   : DHK_MISSING_NOT_ASKED);
    }
}

static void
read_numbers (gpointer data, guint first, guint n, double *numbers)
{
  const DhkMergeFile *file = data;
  guint width = get_n_questions (file);

  for (guint i = 0; i < n; i++)
    {
      const DhkMergeRow *row = get_row (file, first + i);

      for (guint q = 0; q < width; q++)
        numbers[(gsize) i * width + q]
            = row != NULL ? dhk_merge_column_read (&file->columns[q], row->frame_row).number : NAN;
    }
}

static void
read_row (gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found)
{
  const DhkMergeFile *file = data;
  const DhkMergeRow *own = get_row (file, row);

  if (own == NULL)
    {
      const DhkMergeAside *aside
          = &g_array_index (file->aside, DhkMergeAside, row - file->rows->len);

      found->line = aside->line;
      found->identity = g_strdup (aside->identity);
      return;
    }
  found->line = own->line;
  found->identity = g_strdup (own->key);
  found->content = g_strdup (own->content);
  found->form_id = g_strdup (own->form_id);
  found->started = own->started;
  found->completed = own->completed;
}

static void
read_keys (gpointer data, guint64 *keys)
{
  const DhkMergeFile *file = data;

  for (guint i = 0; i < file->rows->len + file->aside->len; i++)
    {
      const DhkMergeRow *row = get_row (file, i);

      keys[i]
          = row == NULL || row->key == NULL ? 0 : dhk_twice_key (0, row->key, strlen (row->key));
    }
}

/* The imported rows of responses are stored as they lie there (dhk_merge_store_file()). */
static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  const DhkMergeFile *file = data;

  for (guint i = first; i < first + n; i++)
    {
      if (i >= file->rows->len)
        {
          const char *raw = g_array_index (file->aside, DhkMergeAside, i - file->rows->len).raw;

          g_string_append (lines, raw != NULL ? raw : "");
        }
      g_string_append_c (lines, '\n');
    }
}

/* The merge owns its files, and the draft the merge. */
static void
free_nothing (gpointer data)
{
}

/* The file ------------------------------------------------------------------------------------------ */

DhkDraftSource
dhk_merge_file_make_source (DhkMergeFile *self)
{
  if (self->questionnaire != G_MAXUINT)
    {
      const DhkQuestionnaire *questionnaire
          = dhk_instrument_get_questionnaire (self->merge->ours, self->questionnaire);

      find_columns (self, questionnaire);
      find_extras (self, questionnaire);
    }
  return (DhkDraftSource){
    .data = self,
    .free = free_nothing,
    .n_rows = self->rows->len + self->aside->len,
    .has_numbers = self->has_numbers,
    .read_codes = read_codes,
    .read_numbers = read_numbers,
    .read_row = read_row,
    .read_keys = read_keys,
    .append_raw = append_raw,
  };
}
