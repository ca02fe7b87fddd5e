/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Answers to codes, categories to their indexes. A column of answers holds
 * labels or, as a whole, codes; a number among labels, and a label that the
 * instrument does not know, is a question: one per label, answer scale and file.
 */

#include "import/dhk-unknown-labels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-missing.h"

/* A column mostly of this many texts that are no labels is asked about as a whole. */
#define MANY_UNKNOWN 12

typedef enum
{
  MODE_LABELS,
  MODE_CODES,
  MODE_UNREADABLE, /* labels; what is none is left empty without asking */
} Mode;

/* One answer scale, or one category variable. */
typedef struct
{
  DhkRecogniser *recogniser;
  const DhkAnswerScale *scale;
  const DhkVariable *variable;
  DhkLabelMap *map;
  GArray *questions; /* guint: answered with it, having columns */
  GHashTable *modes; /* column -> Mode */
  DhkUnknownLabels unknown;
  GArray *unread; /* guint: rows with a cell that was left empty, one per cell */
  guint n_codes;  /* columns of codes */
} Reading;

static void
free_reading (gpointer data)
{
  Reading *self = data;

  g_array_unref (self->questions);
  g_hash_table_unref (self->modes);
  dhk_unknown_labels_clear (&self->unknown);
  g_array_unref (self->unread);
  g_free (self);
}

static Reading *
new_reading (DhkRecogniser *recogniser, guint question)
{
  Reading *self = g_new0 (Reading, 1);

  self->recogniser = recogniser;
  self->scale = dhk_recogniser_get_scale (recogniser, question);
  self->variable = dhk_recogniser_get_variable (recogniser, question);
  self->map = dhk_recogniser_get_label_map (recogniser, question);
  self->questions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->modes = g_hash_table_new (NULL, NULL);
  dhk_unknown_labels_init (&self->unknown, recogniser, question);
  self->unread = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

static gboolean
is_aside (DhkRecogniser *self, guint row)
{
  return g_hash_table_contains (self->asides, GUINT_TO_POINTER (row));
}

static Mode
get_mode (const Reading *self, guint column)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->modes, GUINT_TO_POINTER (column)));
}

/* Reading a cell ----------------------------------------------------------- */

static gboolean
find_value (Reading *self, Mode mode, const DhkWord *word, int *value)
{
  return dhk_label_map_find (self->map, word, mode == MODE_CODES, value);
}

/* What kind of column it is ---------------------------------------------------- */

typedef struct
{
  guint n_labels;
  guint n_numbers;
  guint n_others;
  GHashTable *others; /* the different texts that are neither */
} Count;

static void
count_cells (Reading *self, guint column, Count *count)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self->recogniser, column, TRUE, TRUE);
  int value;

  for (guint i = 0; i < tally->len; i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      const DhkWord *word = dhk_recogniser_get_word (self->recogniser, one->row, column);

      if (dhk_word_is_blank (word) || word->cell->kind == DHK_CELL_ERROR)
        continue;
      if (find_value (self, MODE_LABELS, word, &value))
        count->n_labels += one->n;
      else if (dhk_labels_is_number (word))
        count->n_numbers += one->n;
      else
        {
          count->n_others += one->n;
          g_hash_table_add (count->others, word->fold);
        }
    }
}

/* TRUE when the column stays a column of this question. */
static gboolean
ask_odd_column (Reading *self, guint column, guint question)
{
  DhkRecogniser *recogniser = self->recogniser;
  DhkColumnWork *work = dhk_recogniser_get_column (recogniser, column);
  g_autofree char *id = dhk_recogniser_dup_question_id (recogniser, question);
  g_autofree char *name = dhk_recogniser_name_column (column);
  const char *answer;

  dhk_recogniser_expect_more (recogniser);
  dhk_asker_begin (recogniser->asker, dhk_recogniser_make_id (recogniser, "answers", id),
                   g_strdup_printf (_ ("Most of what stands in %s of “%s” is no answer to “%s”. "
                                       "What should become of it?"),
                                    name, recogniser->file->name,
                                    dhk_recogniser_get_wording (recogniser, question)),
                   dhk_recogniser_dup_examples (recogniser, column));
  dhk_asker_choice (
      recogniser->asker, "ignore",
      g_strdup (_ ("Do not use the column: keep it as it is, outside the study’s answers")));
  dhk_asker_choice (recogniser->asker, "empty",
                    g_strdup (_ ("Use what can be read and leave the rest empty")));
  answer = dhk_asker_end (recogniser->asker, NULL);

  if (g_strcmp0 (answer, "empty") == 0)
    return TRUE;
  if (answer == NULL)
    dhk_recogniser_set_role (work, DHK_COLUMN_ASKED, _ ("an open question"));
  else
    dhk_recogniser_set_role (work, DHK_COLUMN_UNMATCHED, _ ("set apart by hand"));
  return FALSE;
}

/* TRUE when the column stays. */
static gboolean
judge_column (Reading *self, guint column, guint question)
{
  g_autoptr (GHashTable) others = g_hash_table_new (g_str_hash, g_str_equal);
  Count count = { .others = others };
  Mode mode = MODE_LABELS;

  count_cells (self, column, &count);
  if (count.n_others > count.n_labels + count.n_numbers
      && g_hash_table_size (others) > MANY_UNKNOWN)
    {
      if (!ask_odd_column (self, column, question))
        return FALSE;
      mode = MODE_UNREADABLE;
    }
  else if (self->scale != NULL && count.n_labels == 0 && count.n_numbers > count.n_others)
    {
      mode = MODE_CODES;
      dhk_recogniser_get_column (self->recogniser, column)->codes = TRUE;
      self->n_codes++;
    }
  g_hash_table_insert (self->modes, GUINT_TO_POINTER (column), GINT_TO_POINTER (mode));
  return TRUE;
}

static void
judge_columns (Reading *self)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      guint question = g_array_index (self->questions, guint, i);
      GArray *columns = g_ptr_array_index (self->recogniser->by_question, question);

      for (guint c = 0; c < columns->len;)
        {
          if (judge_column (self, g_array_index (columns, guint, c), question))
            c++;
          else
            g_array_remove_index (columns, c);
        }
    }
}

/* Filling -------------------------------------------------------------------------- */

/* `news`: what stands there could not be read, and nobody is asked about it. */
static gint8
read_word (Reading *self, Mode mode, const DhkWord *word, gboolean *news)
{
  const DhkUnknownLabel *unknown;
  int value;

  if (word->cell->kind != DHK_CELL_ERROR && find_value (self, mode, word, &value))
    return (gint8) value;
  unknown = dhk_unknown_labels_find (&self->unknown, word);
  if (unknown != NULL && unknown->value != DHK_MISSING_UNREADABLE)
    return (gint8) unknown->value;
  /* What is still asked is no news yet. */
  *news = unknown == NULL || !unknown->open;
  return DHK_MISSING_UNREADABLE;
}

/* A data file of SPSS may say why an answer is missing, as our own export does. */
gint8
dhk_recogniser_read_blank (const DhkWord *word)
{
  DhkMissing kind;

  if (word->cell->kind == DHK_CELL_MISSING && dhk_missing_find (word->fold, &kind))
    return DHK_ROW_MISSING (kind);
  return DHK_ROW_BLANK;
}

/* What every cell of a column means; TRUE when some could not be read. */
static gboolean
fill_column (Reading *self, guint question, guint column)
{
  DhkRecogniser *recogniser = self->recogniser;
  Mode mode = get_mode (self, column);
  const DhkRawColumn *cells = dhk_raw_table_get_column (recogniser->sheet->table, column);
  g_autoptr (GArray) tally = dhk_recogniser_tally (recogniser, column, TRUE, FALSE);
  gboolean by_row = dhk_row_source_is_by_row (recogniser->source, column);
  guint n = by_row ? recogniser->rows->len : dhk_raw_column_get_n_values (cells);
  gint8 *codes = g_malloc ((gsize) n + 1);
  gboolean any_news = FALSE;

  memset (codes, DHK_ROW_BLANK, n);
  for (guint t = 0; t < tally->len; t++)
    {
      guint row = g_array_index (tally, DhkTally, t).row;
      guint i = by_row ? row : dhk_recogniser_get_value (recogniser, row, column);
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (recogniser, row, column, &text);
      gboolean news = FALSE;

      codes[i] = dhk_word_is_blank (word) ? dhk_recogniser_read_blank (word)
                                          : read_word (self, mode, word, &news);
      any_news |= news;
    }
  dhk_row_source_add_column (recogniser->source, question, column, codes, NULL);
  return any_news;
}

static void
list_unread (Reading *self, guint question)
{
  DhkRecogniser *recogniser = self->recogniser;

  for (guint row = 0; row < recogniser->rows->len; row++)
    {
      int column = is_aside (recogniser, row)
                       ? -1
                       : dhk_recogniser_find_filled (recogniser, question, row);
      gboolean news = FALSE;
      DhkWordText text;
      Mode mode;

      if (column < 0)
        continue;
      mode = get_mode (self, (guint) column);
      read_word (self, mode, dhk_recogniser_peek_word (recogniser, row, (guint) column, &text),
                 &news);
      if (news)
        g_array_append_val (self->unread, row);
    }
}

static void
fill_codes (Reading *self, guint question)
{
  const GArray *columns = g_ptr_array_index (self->recogniser->by_question, question);
  gboolean news = FALSE;

  for (guint c = 0; c < columns->len; c++)
    news |= fill_column (self, question, g_array_index (columns, guint, c));
  if (news)
    list_unread (self, question);
}

static void
note_reading (Reading *self)
{
  DhkRecogniser *recogniser = self->recogniser;
  DhkLanguage language = dhk_language_of_messages ();
  const DhkText *label = self->scale != NULL ? &self->scale->label : &self->variable->label;

  if (self->n_codes > 0)
    {
      int lowest, highest;

      dhk_answer_scale_get_range (self->scale, &lowest, &highest);
      dhk_draft_file_add_note (
          recogniser->file, DHK_NOTE_INFORMATION, 0,
          ngettext ("%u column holds numbers where “%s” is answered in words; they were taken as "
                    "its codes %d to %d.",
                    "%u columns hold numbers where “%s” is answered in words; they were taken as "
                    "its codes %d to %d.",
                    self->n_codes),
          self->n_codes, dhk_text_get (label, language), lowest, highest);
    }
  if (self->unread->len > 0)
    {
      g_autofree char *lines = dhk_recogniser_list_lines (recogniser, self->unread);

      dhk_draft_file_add_note (
          recogniser->file, DHK_NOTE_ATTENTION,
          dhk_recogniser_get_line (recogniser, g_array_index (self->unread, guint, 0)),
          ngettext ("%u answer on “%s” could not be read and is left empty (line %s).",
                    "%u answers on “%s” could not be read and are left empty (lines %s).",
                    self->unread->len),
          self->unread->len, dhk_text_get (label, language), lines);
    }
}

static void
collect_unknown (Reading *self, guint question)
{
  const GArray *columns = g_ptr_array_index (self->recogniser->by_question, question);

  for (guint c = 0; c < columns->len; c++)
    {
      guint column = g_array_index (columns, guint, c);
      Mode mode = get_mode (self, column);

      if (mode != MODE_UNREADABLE)
        dhk_unknown_labels_collect (&self->unknown, column, mode == MODE_CODES);
    }
}

static void
read_all (Reading *self)
{
  judge_columns (self);
  for (guint i = 0; i < self->questions->len; i++)
    collect_unknown (self, g_array_index (self->questions, guint, i));
  dhk_unknown_labels_ask (&self->unknown);
  dhk_label_map_offer (self->map);
  for (guint i = 0; i < self->questions->len; i++)
    fill_codes (self, g_array_index (self->questions, guint, i));
  note_reading (self);
}

void
dhk_recogniser_read_labels (DhkRecogniser *self)
{
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func (free_reading);
  g_autoptr (GHashTable) by_labels = g_hash_table_new (NULL, NULL);

  for (guint q = 0; q < self->by_question->len; q++)
    {
      DhkLabels *labels = dhk_recogniser_get_labels (self, q);
      Reading *reading;

      if (labels == NULL || ((GArray *) g_ptr_array_index (self->by_question, q))->len == 0
          || dhk_recogniser_is_whole (self, q))
        continue;
      reading = g_hash_table_lookup (by_labels, labels);
      if (reading == NULL)
        {
          reading = new_reading (self, q);
          g_hash_table_insert (by_labels, labels, reading);
          g_ptr_array_add (readings, reading);
        }
      g_array_append_val (reading->questions, q);
    }
  for (guint i = 0; i < readings->len; i++)
    read_all (g_ptr_array_index (readings, i));
  dhk_recogniser_read_choices (self);
}
