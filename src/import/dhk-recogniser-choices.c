/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns that hold all of several choices in each cell, and columns of one choice each. */

#include "import/dhk-label-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-choice-reading.h"

const DhkChoices *
dhk_recogniser_get_choices (DhkRecogniser *self, guint question)
{
  return dhk_instrument_get_question_choices (self->instrument,
                                              &self->questionnaire->questions[question]);
}

static gboolean
is_first (const DhkChoices *choices, const DhkQuestion *question)
{
  return choices != NULL && question->variable == (int) choices->first;
}

static const DhkChoices *
get_first (DhkRecogniser *self, guint question)
{
  const DhkChoices *choices = dhk_recogniser_get_choices (self, question);

  return is_first (choices, &self->questionnaire->questions[question]) ? choices : NULL;
}

static GArray *
get_columns (DhkRecogniser *self, guint question)
{
  return g_ptr_array_index (self->by_question, question);
}

static gboolean
is_several (DhkRecogniser *self, const GArray *columns, guint i)
{
  return dhk_recogniser_get_column (self, g_array_index (columns, guint, i))->several;
}

/* Matching ------------------------------------------------------------------- */

void
dhk_recogniser_assign_whole (DhkRecogniser *self, guint column, guint question, char *reason)
{
  dhk_recogniser_assign (self, column, question, reason);
  dhk_recogniser_get_column (self, column)->several = TRUE;
}

gboolean
dhk_recogniser_is_whole (DhkRecogniser *self, guint question)
{
  const GArray *columns = get_columns (self, question);

  return columns->len > 0 && is_several (self, columns, 0);
}

static gboolean
has_own_columns (DhkRecogniser *self, guint first, guint n)
{
  for (guint q = first; q < first + n; q++)
    {
      const GArray *columns = get_columns (self, q);

      for (guint i = 0; i < columns->len; i++)
        if (!is_several (self, columns, i))
          return TRUE;
    }
  return FALSE;
}

static void
set_apart (DhkRecogniser *self, guint index)
{
  DhkColumnWork *column = dhk_recogniser_get_column (self, index);

  column->role = DHK_COLUMN_UNMATCHED;
  column->question = -1;
  column->several = FALSE;
  g_free (column->reason);
  column->reason = g_strdup (_ ("every choice has a column of its own, which is what counts"));
}

/* Takes the columns with several choices out of one question; the first one's are set apart. */
static void
remove_whole (DhkRecogniser *self, guint question, gboolean apart)
{
  GArray *columns = get_columns (self, question);

  for (guint i = 0; i < columns->len;)
    {
      guint column = g_array_index (columns, guint, i);

      if (!is_several (self, columns, i))
        i++;
      else
        {
          g_array_remove_index (columns, i);
          if (apart)
            set_apart (self, column);
        }
    }
}

void
dhk_recogniser_spread_choices (DhkRecogniser *self)
{
  for (guint q = 0; q < self->by_question->len; q++)
    {
      const DhkChoices *choices = get_first (self, q);
      const GArray *columns = get_columns (self, q);

      if (choices == NULL)
        continue;
      for (guint i = 1; i < choices->n_choices; i++)
        remove_whole (self, q + i, FALSE);
      if (has_own_columns (self, q, choices->n_choices))
        remove_whole (self, q, TRUE);
      for (guint i = 1; i < choices->n_choices && dhk_recogniser_is_whole (self, q); i++)
        g_array_append_vals (get_columns (self, q + i), columns->data, columns->len);
    }
}

void
dhk_recogniser_offer_whole (DhkRecogniser *self, guint question)
{
  const DhkChoices *choices = get_first (self, question);

  if (choices != NULL)
    dhk_asker_choice (
        self->asker, choices->id,
        /* TRANSLATORS: the wording of a question of which a person may choose several answers */
        g_strdup_printf (_ ("%s – all choices in one cell"),
                         dhk_text_get (&self->questionnaire->questions[question].whole,
                                       dhk_language_of_messages ())));
}

int
dhk_recogniser_find_whole (DhkRecogniser *self, const char *choice)
{
  for (guint q = 0; q < self->by_question->len; q++)
    {
      const DhkChoices *choices = get_first (self, q);

      if (choices != NULL && strcmp (choices->id, choice) == 0)
        return (int) q;
    }
  return -1;
}

/* Empty where another choice is filled ------------------------------------------ */

static gboolean
has_blank (DhkRecogniser *self, guint column)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column, TRUE, TRUE);

  for (guint i = 0; i < tally->len; i++)
    if (dhk_word_is_blank (
            dhk_recogniser_get_word (self, g_array_index (tally, DhkTally, i).row, column)))
      return TRUE;
  return FALSE;
}

/* What another choice's column says about this one: it was answered, and this was not chosen. */
static void
add_other (DhkRecogniser *self, guint question, guint other, guint column)
{
  const DhkRawColumn *cells = dhk_raw_table_get_column (self->sheet->table, column);
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column, TRUE, FALSE);
  gboolean by_row = dhk_row_source_is_by_row (self->source, column);
  guint n = by_row ? self->rows->len : dhk_raw_column_get_n_values (cells);
  gint8 *codes = g_malloc ((gsize) n + 1);
  DhkLabelMap *map = dhk_recogniser_get_label_map (self, other);

  memset (codes, DHK_ROW_BLANK, n);
  for (guint t = 0; t < tally->len; t++)
    {
      guint row = g_array_index (tally, DhkTally, t).row;
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (self, row, column, &text);
      int value;

      if (!dhk_word_is_blank (word) && word->cell->kind != DHK_CELL_ERROR
          && dhk_label_map_find (map, word, FALSE, &value) && value >= 0)
        codes[by_row ? row : dhk_recogniser_get_value (self, row, column)] = DHK_NOT_CHOSEN;
    }
  dhk_row_source_add_column (self->source, question, column, codes, NULL);
}

static gboolean
complete_question (DhkRecogniser *self, guint first, guint n, guint question)
{
  const GArray *columns = get_columns (self, question);
  gboolean any_blank = FALSE;

  for (guint i = 0; i < columns->len; i++)
    any_blank |= has_blank (self, g_array_index (columns, guint, i));
  for (guint q = first; any_blank && q < first + n; q++)
    {
      const GArray *others = get_columns (self, q);

      for (guint i = 0; q != question && i < others->len; i++)
        add_other (self, question, q, g_array_index (others, guint, i));
    }
  return any_blank;
}

static void
complete_choices (DhkRecogniser *self, guint first, const DhkChoices *choices)
{
  gboolean any = FALSE;

  for (guint i = 0; i < choices->n_choices; i++)
    any |= complete_question (self, first, choices->n_choices, first + i);
  if (any && choices->n_choices > 1)
    dhk_draft_file_add_note (
        self->file, DHK_NOTE_INFORMATION, 0,
        _ ("“%s”: an empty cell was taken as not chosen where another choice is filled, and as not "
           "answered where none is."),
        dhk_text_get (&choices->label, dhk_language_of_messages ()));
}

/* Reading ------------------------------------------------------------------------ */

void
dhk_recogniser_read_choices (DhkRecogniser *self)
{
  for (guint q = 0; q < self->by_question->len; q++)
    {
      const DhkChoices *choices = get_first (self, q);

      if (choices == NULL)
        continue;
      if (dhk_recogniser_is_whole (self, q))
        dhk_choice_reading_run (self, q);
      else
        complete_choices (self, q, choices);
    }
}
