/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a file: raw text without personal columns, identity, content. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-halves.h"
#include "base/dhk-text.h"

/* Raw text -------------------------------------------------------------- */

/* A column without a head may hold names: until a person says what it is, it is not kept. */
static gboolean
is_kept (const DhkColumnWork *column)
{
  if (column->role == DHK_COLUMN_PERSONAL)
    return FALSE;
  if (column->head[0] == '\0')
    return column->n_filled > 0 && column->role != DHK_COLUMN_ASKED;
  return TRUE;
}

static GArray *
list_kept (DhkRecogniser *self)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint c = 0; c < self->columns->len; c++)
    if (is_kept (dhk_recogniser_get_column (self, c)))
      g_array_append_val (kept, c);
  return kept;
}

static void
set_raw_head (DhkRecogniser *self, const GArray *kept)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < kept->len; i++)
    {
      guint column = g_array_index (kept, guint, i);

      if (i > 0)
        g_string_append_c (line, ',');
      dhk_text_append_csv (line, dhk_recogniser_get_column (self, column)->head, DHK_CSV_AS_IS);
    }
  self->file->raw_head = g_strdup (line->str);
}

void
dhk_recogniser_add_rows (DhkRecogniser *self)
{
  g_autoptr (GArray) kept = list_kept (self);

  set_raw_head (self, kept);
  dhk_recogniser_find_totals (self);
  dhk_recogniser_settle_rows (self);
  dhk_recogniser_forget_tallies (self);
  self->file->found = self->rows->len;
  self->source = dhk_row_source_new (self->sheet, self->rows, self->asides);
  for (guint i = 0; i < kept->len; i++)
    dhk_row_source_keep_column (self->source, g_array_index (kept, guint, i));
  dhk_row_source_set_form_id (self->source, self->form_id);
  if (self->shape->kind == DHK_SHAPE_LIMESURVEY || self->shape->kind == DHK_SHAPE_QUALTRICS)
    {
      dhk_row_source_trust_form_id (self->source);
      self->file->numbers_tell = self->form_id >= 0 && self->started < 0;
    }
  if (self->questionnaire != NULL)
    dhk_row_source_set_questionnaire (self->source, self->questionnaire->id,
                                      self->questionnaire->n_questions);
  dhk_recogniser_read_times (self);
}

/* The end --------------------------------------------------------------------- */

static gboolean
has_answers (const gint8 *codes, guint n)
{
  for (guint q = 0; q < n; q++)
    if (codes[q] >= 0 || codes[q] == DHK_MISSING_UNREADABLE)
      return TRUE;
  return FALSE;
}

#define BLOCK 256

typedef struct
{
  const DhkDraftFile *file;
  GArray *empty[2]; /* guint: rows without answers, of either half */
} Emptiness;

static void
list_empty (guint first, guint n_rows, guint half, gpointer data)
{
  const Emptiness *self = data;
  guint n = self->file->n_questions;
  g_autofree gint8 *codes = g_new (gint8, (gsize) n * BLOCK + 1);

  for (guint part; n_rows > 0; first += part, n_rows -= part)
    {
      part = MIN (BLOCK, n_rows);
      dhk_draft_file_read_codes (self->file, first, part, codes);
      for (guint i = 0; i < part; i++)
        if (!has_answers (codes + (gsize) i * n, n))
          {
            guint row = first + i;

            g_array_append_val (self->empty[half], row);
          }
    }
}

static void
set_empty_aside (DhkRecogniser *self)
{
  Emptiness emptiness = { self->file,
                          { g_array_new (FALSE, FALSE, sizeof (guint)),
                            g_array_new (FALSE, FALSE, sizeof (guint)) } };

  dhk_halves_do (self->rows->len, list_empty, &emptiness);
  for (guint half = 0; half < 2; half++)
    {
      const GArray *empty = emptiness.empty[half];

      for (guint i = 0; i < empty->len; i++)
        {
          guint row = g_array_index (empty, guint, i);

          if (dhk_draft_file_get_fate (self->file, row) != DHK_ROW_ASIDE)
            dhk_draft_file_set_aside (self->file, row, "%s", _ ("no answers and no background"));
        }
      g_array_unref (emptiness.empty[half]);
    }
}

static void
give_rows (DhkRecogniser *self)
{
  GHashTableIter iter;
  gpointer row, reason;

  dhk_row_source_give (g_steal_pointer (&self->source), self->file);
  g_hash_table_iter_init (&iter, self->asides);
  while (g_hash_table_iter_next (&iter, &row, &reason))
    dhk_draft_file_set_aside (self->file, GPOINTER_TO_UINT (row), "%s", (const char *) reason);
}

static void
emit_columns (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *work = dhk_recogniser_get_column (self, c);
      gboolean personal = work->role == DHK_COLUMN_PERSONAL;
      DhkDraftColumn *column;

      if (work->head[0] == '\0' && work->n_filled == 0)
        continue;
      column = dhk_draft_file_add_column (self->file, c, personal ? "[personal]" : work->head,
                                          work->role);
      column->question = work->question;
      column->several = work->several && work->role == DHK_COLUMN_QUESTION;
      column->reason = work->reason != NULL ? g_strdup (work->reason)
                                            : g_strdup (_ ("no question has this text"));
      column->decision = g_strdup (work->asked);
      if (!personal && work->role != DHK_COLUMN_FORM_ID && work->role != DHK_COLUMN_STARTED
          && work->role != DHK_COLUMN_COMPLETED)
        column->key = dhk_recogniser_dup_key (self, c);
      if (!personal && is_kept (work))
        column->examples = dhk_recogniser_dup_examples (self, c);
    }
}

/* While the questionnaire is open, so is every column that may be a question. */
static void
open_columns (DhkRecogniser *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role != DHK_COLUMN_UNMATCHED || column->hits == NULL)
        continue;
      column->role = DHK_COLUMN_ASKED;
      column->reason = g_strdup (_ ("depends on the questionnaire"));
    }
}

void
dhk_recogniser_seal (DhkRecogniser *self)
{
  if (self->questionnaire == NULL)
    open_columns (self);
  emit_columns (self);
  give_rows (self);
  if (self->questionnaire != NULL)
    set_empty_aside (self);
}
