/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every label of a column is taken as, how often it stands there, and the first rows. */

#include "import/dhk-label-map.h"
#include "import/dhk-sheet-values.h"

/* A column of more different texts is no column of labels. */
#define MAX_LABELS 100

/* Rows of a file that are shown before anything is stored. */
#define PREVIEW_ROWS 6

static void
list_column (DhkRecogniser *self, DhkDraftColumn *column, guint question)
{
  DhkLabelMap *map = dhk_recogniser_get_label_map (self, question);
  gboolean codes = dhk_recogniser_get_column (self, column->index)->codes;
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column->index, TRUE, FALSE);

  for (guint i = 0; i < MIN (tally->len, MAX_LABELS); i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      const DhkWord *word = dhk_recogniser_get_word (self, one->row, column->index);
      const DhkLabelEntry *entry;
      DhkDraftLabel *label;

      if (dhk_word_is_blank (word))
        continue;
      entry = dhk_label_map_get_entry (map, word, codes);
      label = dhk_draft_column_add_label (column, word->text,
                                          entry != NULL ? entry->value : DHK_MISSING_UNREADABLE);
      label->count = one->n;
      label->by = entry != NULL ? entry->by : DHK_DECIDED_BY_PROGRAM;
      label->decision = entry != NULL ? g_strdup (entry->id) : NULL;
    }
}

static void
show_first (DhkRecogniser *self, DhkDraftColumn *column)
{
  column->preview = g_ptr_array_new_with_free_func (g_free);
  for (guint row = 0; row < MIN (self->rows->len, PREVIEW_ROWS); row++)
    g_ptr_array_add (column->preview,
                     g_strdup (dhk_recogniser_get_word (self, row, column->index)->text));
}

/* What a background question could be made of; not of what was set apart as personal. */
static void
list_values (DhkRecogniser *self, DhkDraftColumn *column)
{
  DhkValueRange range;

  column->values = dhk_sheet_list_values (self->sheet, self->rows, column->index, &range);
  column->is_number = range.is_number;
  column->low = range.low;
  column->high = range.high;
}

void
dhk_recogniser_list_labels (DhkRecogniser *self)
{
  for (guint i = 0; i < self->file->columns->len; i++)
    {
      DhkDraftColumn *column = g_ptr_array_index (self->file->columns, i);

      if (column->examples != NULL)
        show_first (self, column);
      if (column->examples != NULL && column->role == DHK_COLUMN_UNMATCHED)
        list_values (self, column);
      if (column->several)
        dhk_recogniser_list_choices (self, column);
      else if (self->questionnaire != NULL && column->role == DHK_COLUMN_QUESTION
               && dhk_recogniser_get_labels (self, (guint) column->question) != NULL)
        list_column (self, column, (guint) column->question);
    }
}
