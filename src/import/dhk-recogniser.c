/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-choice-reading.h"
#include "import/dhk-label-map.h"

static void
clear_column (gpointer data)
{
  DhkColumnWork *column = data;

  g_free (column->head);
  g_free (column->stem);
  g_free (column->above);
  g_free (column->asked);
  g_free (column->reason);
}

/* A column of listed cells is asked for again and again; its tally is short. */
typedef struct
{
  GArray *tally;
  guint n_skipped;
} Kept;

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  g_array_unref (kept->tally);
  g_free (kept);
}

DhkRecogniser *
dhk_recogniser_new (DhkCatalogue *catalogue,
                    DhkAsker *asker,
                    DhkDraft *draft,
                    DhkDraftFile *file,
                    DhkSheet *sheet,
                    const DhkShape *shape,
                    GArray *rows,
                    const char *slug)
{
  DhkRecogniser *self = g_new0 (DhkRecogniser, 1);

  self->instrument = dhk_draft_get_instrument (draft);
  self->catalogue = catalogue;
  self->asker = asker;
  self->draft = draft;
  self->file = file;
  self->sheet = sheet;
  self->shape = shape;
  self->slug = g_strdup (slug);
  self->rows = g_array_ref (rows);
  self->columns = g_array_new (FALSE, TRUE, sizeof (DhkColumnWork));
  g_array_set_clear_func (self->columns, clear_column);
  self->by_question = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->asides = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->tallies = g_hash_table_new_full (NULL, NULL, NULL, free_kept);
  self->labels = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) dhk_labels_free);
  self->maps = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) dhk_label_map_free);
  self->choices = g_hash_table_new_full (NULL, NULL, NULL,
                                         (GDestroyNotify) (void *) dhk_choice_reading_unref);
  self->form_id = self->started = self->completed = self->email = -1;
  return self;
}

void
dhk_recogniser_free (DhkRecogniser *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->source, dhk_row_source_free);
  g_free (self->slug);
  g_array_unref (self->rows);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->by_question);
  g_hash_table_unref (self->asides);
  g_hash_table_unref (self->tallies);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->maps);
  g_hash_table_unref (self->choices);
  g_free (self);
}

/* Help for the steps ------------------------------------------------------ */

DhkColumnWork *
dhk_recogniser_get_column (DhkRecogniser *self, guint column)
{
  return &g_array_index (self->columns, DhkColumnWork, column);
}

const DhkWord *
dhk_recogniser_get_word (DhkRecogniser *self, guint row, guint column)
{
  return dhk_sheet_get_word (self->sheet, g_array_index (self->rows, guint, row), column);
}

const DhkWord *
dhk_recogniser_peek_word (DhkRecogniser *self, guint row, guint column, DhkWordText *text)
{
  return dhk_sheet_peek_word (self->sheet, g_array_index (self->rows, guint, row), column, text);
}

guint
dhk_recogniser_get_value (DhkRecogniser *self, guint row, guint column)
{
  return dhk_raw_column_get_value (dhk_raw_table_get_column (self->sheet->table, column),
                                   g_array_index (self->rows, guint, row));
}

GArray *
dhk_recogniser_tally (DhkRecogniser *self, guint column, gboolean counting, gboolean shapes)
{
  guint n_skipped = counting ? g_hash_table_size (self->asides) : 0;
  GHashTable *skip = n_skipped > 0 ? self->asides : NULL;
  gpointer key = GUINT_TO_POINTER (column * 2 + (skip != NULL ? 1 : 0));
  const Kept *kept;
  Kept *new;

  if (dhk_raw_column_get_n_shapes (dhk_raw_table_get_column (self->sheet->table, column)) > 0)
    return dhk_sheet_tally (self->sheet, column, self->rows, skip, shapes);
  kept = g_hash_table_lookup (self->tallies, key);
  if (kept != NULL && kept->n_skipped == n_skipped)
    return g_array_ref (kept->tally);
  new = g_new (Kept, 1);
  new->tally = dhk_sheet_tally (self->sheet, column, self->rows, skip, shapes);
  new->n_skipped = n_skipped;
  g_hash_table_insert (self->tallies, key, new);
  return g_array_ref (new->tally);
}

static gboolean
is_of_some (gpointer key, gpointer value, gpointer user_data)
{
  return GPOINTER_TO_UINT (key) % 2 == 1;
}

void
dhk_recogniser_forget_tallies (DhkRecogniser *self)
{
  g_hash_table_foreach_remove (self->tallies, is_of_some, NULL);
}

guint64
dhk_recogniser_get_line (DhkRecogniser *self, guint row)
{
  return dhk_raw_table_get_line (self->sheet->table, g_array_index (self->rows, guint, row));
}

int
dhk_recogniser_find_filled (DhkRecogniser *self, guint question, guint row)
{
  const GArray *columns = g_ptr_array_index (self->by_question, question);
  DhkWordText text;

  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      if (!dhk_word_is_blank (dhk_recogniser_peek_word (self, row, column, &text)))
        return (int) column;
    }
  return -1;
}

char *
dhk_recogniser_name_column (guint column)
{
  char letters[8];
  gsize at = sizeof letters - 1;
  guint number = column + 1;

  letters[at] = '\0';
  while (number > 0 && at > 0)
    {
      letters[--at] = (char) ('A' + (number - 1) % 26);
      number = (number - 1) / 26;
    }
  return g_strdup_printf (_ ("column %u (%s)"), column + 1, letters + at);
}

const char *
dhk_recogniser_get_wording (DhkRecogniser *self, guint question)
{
  return dhk_text_get (&self->questionnaire->questions[question].text, dhk_language_of_messages ());
}

char *
dhk_recogniser_dup_question_id (DhkRecogniser *self, guint question)
{
  const DhkQuestion *q = &self->questionnaire->questions[question];

  if (q->item >= 0)
    return dhk_instrument_dup_column_name (self->instrument, (guint) q->item, q->target);
  return g_strdup (dhk_instrument_get_variable (self->instrument, (guint) q->variable)->id);
}

char *
dhk_recogniser_make_id (DhkRecogniser *self, const char *kind, const char *rest)
{
  return g_strdup_printf ("%s:%s:%s", self->slug, kind, rest);
}

void
dhk_recogniser_expect_more (DhkRecogniser *self)
{
  g_autofree char *prefix = g_strdup_printf ("%s:", self->slug);

  dhk_asker_leave_open (self->asker, prefix);
}

#define MAX_EXAMPLES 3
#define MAX_EXAMPLE_CHARACTERS 60

char *
dhk_recogniser_dup_examples (DhkRecogniser *self, guint column)
{
  const DhkWord *seen[MAX_EXAMPLES];
  guint n_seen = 0;
  GString *list = g_string_new (NULL);

  for (guint row = 0; row < self->rows->len && n_seen < MAX_EXAMPLES; row++)
    {
      const DhkWord *word = dhk_recogniser_get_word (self, row, column);
      gboolean known = dhk_word_is_blank (word);
      glong length;

      for (guint i = 0; i < n_seen && !known; i++)
        known = strcmp (seen[i]->fold, word->fold) == 0;
      if (known)
        continue;
      length = g_utf8_strlen (word->text, -1);
      if (list->len > 0)
        g_string_append (list, " · ");
      if (length > MAX_EXAMPLE_CHARACTERS)
        {
          g_autofree char *start = g_utf8_substring (word->text, 0, MAX_EXAMPLE_CHARACTERS);

          g_string_append_printf (list, "%s…", start);
        }
      else
        g_string_append (list, word->text);
      seen[n_seen++] = word;
    }
  return g_string_free (list, list->len == 0);
}

#define MAX_LINES 8

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return (x > y) - (x < y);
}

char *
dhk_recogniser_list_lines (DhkRecogniser *self, const GArray *rows)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) rows);
  GString *list = g_string_new (NULL);
  guint n = 0;

  /* A row stands there once for every cell. */
  g_array_sort (sorted, compare_rows);
  for (guint i = 0; i < sorted->len; i++)
    {
      guint row = g_array_index (sorted, guint, i);

      if (i > 0 && row == g_array_index (sorted, guint, i - 1))
        continue;
      if (n < MAX_LINES)
        g_string_append_printf (list, "%s%" G_GUINT64_FORMAT, n > 0 ? ", " : "",
                                dhk_recogniser_get_line (self, row));
      n++;
    }
  if (n > MAX_LINES)
    {
      g_string_append_c (list, ' ');
      g_string_append_printf (list, ngettext ("and %u more", "and %u more", n - MAX_LINES),
                              n - MAX_LINES);
    }
  return g_string_free (list, FALSE);
}

const DhkAnswerScale *
dhk_recogniser_get_scale (DhkRecogniser *self, guint question)
{
  const DhkQuestion *q = &self->questionnaire->questions[question];

  if (q->item < 0)
    return NULL;
  return dhk_instrument_get_answer_scale (
      self->instrument, dhk_instrument_get_item (self->instrument, (guint) q->item)->answer_scale);
}

const DhkVariable *
dhk_recogniser_get_variable (DhkRecogniser *self, guint question)
{
  const DhkQuestion *q = &self->questionnaire->questions[question];

  return q->variable < 0 ? NULL
                         : dhk_instrument_get_variable (self->instrument, (guint) q->variable);
}

DhkLabels *
dhk_recogniser_get_labels (DhkRecogniser *self, guint question)
{
  const DhkAnswerScale *scale = dhk_recogniser_get_scale (self, question);
  const DhkVariable *variable = dhk_recogniser_get_variable (self, question);
  gconstpointer key = scale != NULL ? (gconstpointer) scale : (gconstpointer) variable;
  DhkLabels *labels;

  if (scale == NULL && (variable == NULL || variable->kind != DHK_VARIABLE_CATEGORY))
    return NULL;
  labels = g_hash_table_lookup (self->labels, key);
  if (labels == NULL)
    {
      labels = scale != NULL ? dhk_labels_new_for_scale (scale)
                             : dhk_labels_new_for_variable (variable);
      g_hash_table_insert (self->labels, (gpointer) key, labels);
    }
  return labels;
}

DhkLabelMap *
dhk_recogniser_get_label_map (DhkRecogniser *self, guint question)
{
  DhkLabels *labels = dhk_recogniser_get_labels (self, question);
  DhkLabelMap *map;

  if (labels == NULL)
    return NULL;
  map = g_hash_table_lookup (self->maps, labels);
  if (map == NULL)
    {
      map = dhk_label_map_new (self, question);
      g_hash_table_insert (self->maps, labels, map);
    }
  return map;
}

void
dhk_recogniser_about (DhkRecogniser *self, const char *kind, const char *key)
{
  dhk_asker_about (self->asker, self->file, self->profile, kind, key);
}

char *
dhk_recogniser_describe_question (DhkRecogniser *self, guint question)
{
  DhkLanguage language = dhk_language_of_messages ();
  const DhkQuestion *q = &self->questionnaire->questions[question];
  const char *stem = dhk_text_get (&q->stem, language);
  GString *text = g_string_new (dhk_text_get (&q->text, language));

  if (stem[0] != '\0')
    g_string_append_printf (text, " – %s", stem);
  if (q->target >= 0)
    g_string_append_printf (
        text, " (%s)",
        dhk_text_get (&dhk_instrument_get_target (self->instrument, (guint) q->target)->label,
                      language));
  return g_string_free (text, FALSE);
}
