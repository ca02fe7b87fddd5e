/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Number variables: how a column writes its numbers, and which are possible. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "import/dhk-column-guess.h"

/* What stands before the decimals: only a person can tell, or may tell better. */
static DhkColumnNumbers
settle_sign (DhkRecogniser *self, guint column, guint question, const char *decided)
{
  g_autofree char *id = dhk_recogniser_dup_question_id (self, question);
  g_autofree char *name = dhk_recogniser_name_column (column);
  const char *answer;

  dhk_asker_begin (self->asker, dhk_recogniser_make_id (self, "numbers", id),
                   g_strdup_printf (decided == NULL
                                        ? _ ("In “%s”, the numbers in %s can be read in two ways. "
                                             "What stands before the decimals?")
                                        : _ ("In “%s”, what stands before the decimals in %s?"),
                                    self->file->name, name),
                   dhk_recogniser_dup_examples (self, column));
  dhk_recogniser_about (self, "numbers", id);
  dhk_asker_choice (self->asker, "comma", g_strdup (_ ("A comma")));
  dhk_asker_choice (self->asker, "point", g_strdup (_ ("A point")));
  answer = decided == NULL ? dhk_asker_end (self->asker, NULL)
                           : dhk_asker_decide (self->asker, decided);
  if (answer == NULL)
    return DHK_NUMBERS_NONE;
  return strcmp (answer, "comma") == 0 ? DHK_NUMBERS_DECIMAL_COMMA : DHK_NUMBERS_DECIMAL_POINT;
}

typedef struct
{
  DhkRecogniser *recogniser;
  guint column;
  guint n_texts;
  DhkWordText text;
} Texts;

static const char *
get_number_text (gsize row, gpointer user_data)
{
  Texts *self = user_data;
  const DhkWord *word
      = dhk_recogniser_peek_word (self->recogniser, (guint) row, self->column, &self->text);

  if (word->cell->kind != DHK_CELL_TEXT
      || g_hash_table_contains (self->recogniser->asides, GSIZE_TO_POINTER (row)))
    return NULL;
  self->n_texts++;
  return word->text;
}

static DhkColumnNumbers
judge_column (DhkRecogniser *self, guint column, guint question)
{
  Texts texts = { .recogniser = self, .column = column };
  DhkNumberGuess guess = dhk_column_numbers_guess_each (get_number_text, &texts, self->rows->len);

  if (texts.n_texts == 0)
    return DHK_NUMBERS_WHOLE;
  /* Few numbers among words are judged alike: what is plain is read, what is not is asked. */
  if (guess.style == DHK_NUMBERS_NONE)
    guess.style = dhk_number_guess_weigh (&guess);
  switch (guess.style)
    {
    case DHK_NUMBERS_OPEN:
    case DHK_NUMBERS_CONTRADICTORY:
      return settle_sign (self, column, question, NULL);
    case DHK_NUMBERS_DECIMAL_COMMA:
      return settle_sign (self, column, question, "comma");
    case DHK_NUMBERS_DECIMAL_POINT:
      return settle_sign (self, column, question, "point");
    case DHK_NUMBERS_NONE:
    case DHK_NUMBERS_WHOLE:
    default:
      return DHK_NUMBERS_WHOLE;
    }
}

static gboolean
read_number (const DhkWord *word,
             DhkColumnNumbers style,
             const DhkVariable *variable,
             double *number)
{
  if (word->cell->kind == DHK_CELL_NUMBER)
    *number = word->cell->number;
  else if (word->cell->kind != DHK_CELL_TEXT || style == DHK_NUMBERS_NONE
           || !dhk_column_number_parse (word->text, style, number))
    return FALSE;
  return *number >= variable->minimum && *number <= variable->maximum;
}

static void
note_unread (DhkRecogniser *self, guint question, const GArray *unread, const char *examples)
{
  g_autofree char *lines = dhk_recogniser_list_lines (self, unread);

  dhk_draft_file_add_note (
      self->file, DHK_NOTE_ATTENTION,
      dhk_recogniser_get_line (self, g_array_index (unread, guint, 0)),
      ngettext ("%u answer to “%s” is no possible number and is left empty: %s (line %s).",
                "%u answers to “%s” are no possible numbers and are left empty: %s (lines %s).",
                unread->len),
      unread->len, dhk_recogniser_get_wording (self, question), examples, lines);
}

#define MAX_EXAMPLES 3

/* What every cell of a column says; TRUE when some are no possible numbers. */
static gboolean
fill_column (DhkRecogniser *self, guint question, guint column, DhkColumnNumbers style)
{
  const DhkVariable *variable = dhk_recogniser_get_variable (self, question);
  const DhkRawColumn *cells = dhk_raw_table_get_column (self->sheet->table, column);
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column, TRUE, FALSE);
  gboolean by_row = dhk_row_source_is_by_row (self->source, column);
  guint n = by_row ? self->rows->len : dhk_raw_column_get_n_values (cells);
  gint8 *codes = g_malloc ((gsize) n + 1);
  double *numbers = g_new (double, (gsize) n + 1);
  gboolean unread = FALSE;

  for (guint i = 0; i < n; i++)
    {
      numbers[i] = NAN;
      codes[i] = DHK_ROW_BLANK;
    }
  for (guint t = 0; t < tally->len; t++)
    {
      guint row = g_array_index (tally, DhkTally, t).row;
      guint i = by_row ? row : dhk_recogniser_get_value (self, row, column);
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (self, row, column, &text);

      if (dhk_word_is_blank (word))
        continue;
      codes[i] = 0;
      if (read_number (word, style, variable, &numbers[i]))
        continue;
      numbers[i] = NAN;
      codes[i] = DHK_MISSING_UNREADABLE;
      unread = TRUE;
    }
  dhk_row_source_add_column (self->source, question, column, codes, numbers);
  return unread;
}

/* Rows whose answer is no possible number, with a few of these. */
static void
list_unread (DhkRecogniser *self,
             guint question,
             const DhkColumnNumbers *styles,
             GArray *unread,
             GString *examples)
{
  const DhkVariable *variable = dhk_recogniser_get_variable (self, question);

  for (guint row = 0; row < self->rows->len; row++)
    {
      int column = g_hash_table_contains (self->asides, GUINT_TO_POINTER (row))
                       ? -1
                       : dhk_recogniser_find_filled (self, question, row);
      const DhkWord *word;
      DhkWordText text;
      double number;

      if (column < 0)
        continue;
      word = dhk_recogniser_peek_word (self, row, (guint) column, &text);
      if (read_number (word, styles[column], variable, &number))
        continue;
      if (unread->len < MAX_EXAMPLES)
        g_string_append_printf (examples, "%s“%s”", unread->len > 0 ? ", " : "", word->text);
      g_array_append_val (unread, row);
    }
}

static void
read_question (DhkRecogniser *self, guint question)
{
  const GArray *columns = g_ptr_array_index (self->by_question, question);
  g_autofree DhkColumnNumbers *styles = g_new0 (DhkColumnNumbers, self->columns->len);
  g_autoptr (GArray) unread = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) examples = g_string_new (NULL);
  gboolean any_unread = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      styles[column] = judge_column (self, column, question);
    }
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      any_unread |= fill_column (self, question, column, styles[column]);
    }
  if (any_unread)
    list_unread (self, question, styles, unread, examples);
  /* While its sign is asked, a column is not read at all: that is no news. */
  if (unread->len > 0
      && !(columns->len == 1 && styles[g_array_index (columns, guint, 0)] == DHK_NUMBERS_NONE))
    note_unread (self, question, unread, examples->str);
}

/* Number variables. */
static void
read_numbers (DhkRecogniser *self)
{
  for (guint q = 0; q < self->by_question->len; q++)
    {
      const DhkVariable *variable = dhk_recogniser_get_variable (self, q);

      if (variable != NULL && variable->kind == DHK_VARIABLE_NUMBER
          && ((GArray *) g_ptr_array_index (self->by_question, q))->len > 0)
        read_question (self, q);
    }
}

void
dhk_recogniser_read (DhkRecogniser *self)
{
  dhk_recogniser_read_labels (self);
  read_numbers (self);
}
