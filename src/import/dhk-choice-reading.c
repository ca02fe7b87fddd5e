/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-choice-reading-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
free_entry (gpointer data)
{
  DhkChoiceEntry *self = data;

  g_free (self->text);
  g_free (self->fold);
  g_free (self->id);
  g_free (self->key);
  g_array_unref (self->counts);
  g_array_unref (self->rows);
  g_free (self);
}

static DhkChoiceReading *
new_reading (DhkRecogniser *recogniser, guint question)
{
  DhkChoiceReading *self = g_new0 (DhkChoiceReading, 1);

  g_atomic_ref_count_init (&self->refs);
  self->recogniser = recogniser;
  self->choices = dhk_recogniser_get_choices (recogniser, question);
  self->question = question;
  self->columns = g_ptr_array_index (recogniser->by_question, question);
  self->texts = dhk_choice_text_new (self->choices);
  self->by_fold = g_hash_table_new (g_str_hash, g_str_equal);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dhk_choice_reading_unref (DhkChoiceReading *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  dhk_choice_text_free (self->texts);
  g_hash_table_unref (self->by_fold);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->slugs);
  g_free (self);
}

/* What stands there ---------------------------------------------------------------- */

typedef struct
{
  DhkChoiceReading *reading;
  guint place; /* of the column, in `columns` */
  guint column;
  guint row;
  guint n;
} Counting;

static void
count_part (const DhkChoicePart *part, gpointer user_data)
{
  Counting *at = user_data;
  DhkChoiceReading *self = at->reading;
  DhkChoiceEntry *entry = g_hash_table_lookup (self->by_fold, part->fold);

  if (entry == NULL)
    {
      entry = g_new0 (DhkChoiceEntry, 1);
      entry->text = g_strdup (part->text);
      entry->fold = g_strdup (part->fold);
      entry->key = g_strdup_printf ("%s\t%s", self->choices->id, part->fold);
      entry->known = part->choice;
      entry->value = part->choice >= 0 ? part->choice : DHK_MISSING_UNREADABLE;
      entry->by = part->choice >= 0 ? DHK_DECIDED_BY_PROGRAM : DHK_DECIDED_BY_NOBODY;
      entry->column = at->column;
      entry->counts = g_array_new (FALSE, TRUE, sizeof (guint64));
      g_array_set_size (entry->counts, self->columns->len);
      entry->rows = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->by_fold, entry->fold, entry);
      g_ptr_array_add (self->entries, entry);
    }
  entry->count += at->n;
  g_array_index (entry->counts, guint64, at->place) += at->n;
  if (part->own_words)
    self->n_own_words += at->n;
}

static void
note_row (const DhkChoicePart *part, gpointer user_data)
{
  const Counting *at = user_data;
  DhkChoiceEntry *entry = g_hash_table_lookup (at->reading->by_fold, part->fold);

  if (entry != NULL && entry->known < 0)
    g_array_append_val (entry->rows, at->row);
}

static gboolean
is_text (const DhkWord *word)
{
  return !dhk_word_is_blank (word) && word->cell->kind != DHK_CELL_ERROR;
}

static char
find_separator (DhkChoiceReading *self, guint column)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self->recogniser, column, TRUE, FALSE);

  for (guint i = 0; i < tally->len; i++)
    {
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (
          self->recogniser, g_array_index (tally, DhkTally, i).row, column, &text);

      if (is_text (word) && dhk_choice_text_has_semicolon (self->texts, word->text))
        return ';';
    }
  return ',';
}

static void
count_column (DhkChoiceReading *self, guint place, char separator)
{
  guint column = g_array_index (self->columns, guint, place);
  g_autoptr (GArray) tally = dhk_recogniser_tally (self->recogniser, column, TRUE, FALSE);
  guint n_before = self->entries->len;
  gboolean any_unknown = FALSE;

  for (guint i = 0; i < tally->len; i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      Counting at = { self, place, column, one->row, one->n };
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (self->recogniser, one->row, column, &text);

      if (is_text (word))
        dhk_choice_text_split (self->texts, word->text, separator, count_part, &at);
    }
  for (guint i = place == 0 ? n_before : 0; i < self->entries->len; i++)
    any_unknown |= ((const DhkChoiceEntry *) g_ptr_array_index (self->entries, i))->known < 0;
  /* Whose lines they are is only looked for when a person is asked. */
  for (guint row = 0; any_unknown && row < self->recogniser->rows->len; row++)
    {
      Counting at = { self, place, column, row, 1 };
      DhkWordText text;
      const DhkWord *word;

      if (g_hash_table_contains (self->recogniser->asides, GUINT_TO_POINTER (row)))
        continue;
      word = dhk_recogniser_peek_word (self->recogniser, row, column, &text);
      if (is_text (word))
        dhk_choice_text_split (self->texts, word->text, separator, note_row, &at);
    }
}

/* Filling ---------------------------------------------------------------------------- */

typedef struct
{
  DhkChoiceReading *reading;
  gboolean *chosen; /* per choice */
  gboolean doubtful;
} Cell;

static void
take_part (const DhkChoicePart *part, gpointer user_data)
{
  Cell *cell = user_data;
  const DhkChoiceEntry *entry = g_hash_table_lookup (cell->reading->by_fold, part->fold);

  if (entry == NULL || entry->value == DHK_MISSING_UNREADABLE)
    cell->doubtful = TRUE;
  else if (entry->value >= 0)
    cell->chosen[entry->value] = TRUE;
}

static void
fill_cell (DhkChoiceReading *self, const DhkWord *word, char separator, guint place, gint8 **codes)
{
  guint n = self->choices->n_choices;
  g_autofree gboolean *chosen = g_new0 (gboolean, n);
  Cell cell = { self, chosen, FALSE };

  if (is_text (word))
    dhk_choice_text_split (self->texts, word->text, separator, take_part, &cell);
  for (guint i = 0; i < n; i++)
    if (dhk_word_is_blank (word))
      codes[i][place] = dhk_recogniser_read_blank (word);
    else if (chosen[i])
      codes[i][place] = DHK_CHOSEN;
    else
      codes[i][place] = cell.doubtful || !is_text (word) ? DHK_MISSING_UNREADABLE : DHK_NOT_CHOSEN;
}

static void
fill_column (DhkChoiceReading *self, guint column, char separator)
{
  DhkRecogniser *recogniser = self->recogniser;
  const DhkRawColumn *cells = dhk_raw_table_get_column (recogniser->sheet->table, column);
  g_autoptr (GArray) tally = dhk_recogniser_tally (recogniser, column, TRUE, FALSE);
  gboolean by_row = dhk_row_source_is_by_row (recogniser->source, column);
  guint n = by_row ? recogniser->rows->len : dhk_raw_column_get_n_values (cells);
  g_autofree gint8 **codes = g_new0 (gint8 *, self->choices->n_choices);

  for (guint i = 0; i < self->choices->n_choices; i++)
    {
      codes[i] = g_malloc ((gsize) n + 1);
      memset (codes[i], DHK_ROW_BLANK, n);
    }
  for (guint t = 0; t < tally->len; t++)
    {
      guint row = g_array_index (tally, DhkTally, t).row;
      guint place = by_row ? row : dhk_recogniser_get_value (recogniser, row, column);
      DhkWordText text;

      fill_cell (self, dhk_recogniser_peek_word (recogniser, row, column, &text), separator, place,
                 codes);
    }
  for (guint i = 0; i < self->choices->n_choices; i++)
    dhk_row_source_add_column (recogniser->source, self->question + i, column, codes[i], NULL);
}

/* What is said about it ------------------------------------------------------------------ */

static void
note_reading (DhkChoiceReading *self)
{
  DhkDraftFile *file = self->recogniser->file;
  guint64 n_own = self->n_own_words, n_unreadable = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const DhkChoiceEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->value == DHK_OWN_WORDS)
        n_own += entry->count;
      if (entry->value == DHK_MISSING_UNREADABLE && entry->by != DHK_DECIDED_BY_NOBODY)
        n_unreadable += entry->count;
    }
  if (n_own > 0)
    dhk_draft_file_add_note (
        file, DHK_NOTE_INFORMATION, 0,
        ngettext ("%u answer to “%s” has words of a person’s own; they stay with the rows of the "
                  "file.",
                  "%u answers to “%s” have words of a person’s own; they stay with the rows of the "
                  "file.",
                  (gulong) n_own),
        (guint) n_own, dhk_choice_reading_get_label (self));
  if (n_unreadable > 0)
    dhk_draft_file_add_note (
        file, DHK_NOTE_ATTENTION, 0,
        ngettext (
            "%u text in the answers to “%s” could not be read: the choices that are not named "
            "beside it are left empty.",
            "%u texts in the answers to “%s” could not be read: the choices that are not "
            "named beside them are left empty.",
            (gulong) n_unreadable),
        (guint) n_unreadable, dhk_choice_reading_get_label (self));
}

void
dhk_choice_reading_run (DhkRecogniser *recogniser, guint question)
{
  DhkChoiceReading *self = new_reading (recogniser, question);
  g_autofree char *separators = g_malloc0 (self->columns->len + 1);

  for (guint i = 0; i < self->columns->len; i++)
    {
      separators[i] = find_separator (self, g_array_index (self->columns, guint, i));
      count_column (self, i, separators[i]);
    }
  dhk_choice_reading_ask (self);
  for (guint i = 0; i < self->columns->len; i++)
    fill_column (self, g_array_index (self->columns, guint, i), separators[i]);
  note_reading (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_atomic_ref_count_inc (&self->refs);
      g_hash_table_insert (recogniser->choices,
                           GUINT_TO_POINTER (g_array_index (self->columns, guint, i)), self);
    }
  dhk_choice_reading_unref (self);
}

void
dhk_recogniser_list_choices (DhkRecogniser *self, DhkDraftColumn *column)
{
  const DhkChoiceReading *reading
      = g_hash_table_lookup (self->choices, GUINT_TO_POINTER (column->index));

  for (guint i = 0; reading != NULL && i < reading->entries->len; i++)
    {
      const DhkChoiceEntry *entry = g_ptr_array_index (reading->entries, i);
      DhkDraftLabel *label;
      guint64 count = 0;

      for (guint c = 0; c < reading->columns->len; c++)
        if (g_array_index (reading->columns, guint, c) == column->index)
          count = g_array_index (entry->counts, guint64, c);
      if (count == 0)
        continue;
      label = dhk_draft_column_add_label (
          column, entry->text, entry->value == DHK_OWN_WORDS ? DHK_MISSING_EMPTY : entry->value);
      label->count = count;
      label->by = entry->by;
      label->decision = g_strdup (entry->id);
    }
}
