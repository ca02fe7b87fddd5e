/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every label of a column is taken as, and how often it stands there. */

#include "import/dhk-label-map.h"

/* A column of more different texts is no column of labels. */
#define MAX_LABELS 100

typedef struct
{
  const DhkWord *word;
  guint value; /* of the table */
  guint64 count;
} Met;

/* The different texts of a column. `places` has a zero for every value of the table, also after. */
static GArray *
count_texts (DhkRecogniser *self, guint column, guint *places)
{
  DhkRawTable *table = self->sheet->table;
  gboolean any_aside = g_hash_table_size (self->asides) > 0;
  GArray *met = g_array_new (FALSE, FALSE, sizeof (Met));

  for (guint row = 0; row < self->rows->len; row++)
    {
      guint value = dhk_raw_table_get_value (table, g_array_index (self->rows, guint, row), column);

      if (any_aside && g_hash_table_contains (self->asides, GUINT_TO_POINTER (row)))
        continue;
      if (places[value] == 0)
        {
          Met new = { dhk_recogniser_get_word (self, row, column), value, 0 };

          if (met->len == MAX_LABELS)
            continue;
          g_array_append_val (met, new);
          places[value] = met->len;
        }
      g_array_index (met, Met, places[value] - 1).count++;
    }
  for (guint i = 0; i < met->len; i++)
    places[g_array_index (met, Met, i).value] = 0;
  return met;
}

static void
list_column (DhkRecogniser *self, DhkDraftColumn *column, guint question, guint *places)
{
  DhkLabelMap *map = dhk_recogniser_get_label_map (self, question);
  gboolean codes = dhk_recogniser_get_column (self, column->index)->codes;
  g_autoptr (GArray) met = count_texts (self, column->index, places);

  for (guint i = 0; i < met->len; i++)
    {
      const Met *one = &g_array_index (met, Met, i);
      const DhkLabelEntry *entry;
      DhkDraftLabel *label;

      if (dhk_word_is_blank (one->word))
        continue;
      entry = dhk_label_map_get_entry (map, one->word, codes);
      label = dhk_draft_column_add_label (column, one->word->text,
                                          entry != NULL ? entry->value : DHK_MISSING_UNREADABLE);
      label->count = one->count;
      label->by = entry != NULL ? entry->by : DHK_DECIDED_BY_PROGRAM;
      label->decision = entry != NULL ? g_strdup (entry->id) : NULL;
    }
}

void
dhk_recogniser_list_labels (DhkRecogniser *self)
{
  g_autofree guint *places = g_new0 (guint, dhk_raw_table_get_n_values (self->sheet->table) + 1);

  for (guint i = 0; self->questionnaire != NULL && i < self->file->columns->len; i++)
    {
      DhkDraftColumn *column = g_ptr_array_index (self->file->columns, i);

      if (column->role == DHK_COLUMN_QUESTION
          && dhk_recogniser_get_labels (self, (guint) column->question) != NULL)
        list_column (self, column, (guint) column->question, places);
    }
}
