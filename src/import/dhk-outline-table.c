/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of answers: its heads are the questions, its different cells the answers. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "base/dhk-text.h"
#include "import/dhk-head-words.h"
#include "import/dhk-labels.h"
#include "import/dhk-outline-read.h"
#include "import/dhk-shape.h"
#include "import/dhk-sheet-values.h"

#define MOST_CHOICES 30 /* of a question with several: more are words of people's own */
#define LOOK_AT 5000    /* rows; more say nothing new about the questions */
#define LONGEST_LABEL 120

typedef struct
{
  DhkOutline *outline;
  DhkSheet *sheet;
  DhkShape *shape;
  DhkInstrument *known;
} TableReader;

/* A program that closes every choice with a semicolon says that there may be several. */
static GPtrArray *
list_choices (const TableReader *self, guint column)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->sheet->rows->len; i++)
    {
      const DhkWord *word
          = dhk_sheet_get_word (self->sheet, g_array_index (self->sheet->rows, guint, i), column);
      g_auto (GStrv) parts = dhk_word_is_blank (word) ? NULL : g_strsplit (word->text, ";", -1);
      guint n = parts != NULL ? g_strv_length (parts) : 0;

      if (n == 0)
        continue;
      if (word->personal || n < 2 || *g_strstrip (parts[n - 1]) != '\0')
        return NULL;
      for (guint k = 0; k + 1 < n; k++)
        {
          char *fold = dhk_text_fold (g_strstrip (parts[k]));

          if (*fold == '\0' || g_utf8_strlen (parts[k], -1) > LONGEST_LABEL)
            {
              g_free (fold);
              return NULL;
            }
          if (g_hash_table_add (seen, fold))
            g_ptr_array_add (choices, g_strdup (parts[k]));
        }
      if (choices->len > MOST_CHOICES)
        return NULL;
    }
  return choices->len > 0 ? g_steal_pointer (&choices) : NULL;
}

/* An answer scale of the known instrument that has all these labels, or NULL. */
static const DhkAnswerScale *
find_known (const TableReader *self, const GPtrArray *labels)
{
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (self->known); i++)
    {
      const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (self->known, i);
      g_autoptr (DhkLabels) values = dhk_labels_new_for_scale (scale);
      gboolean all = labels->len >= 2;

      for (guint k = 0; all && k < labels->len; k++)
        {
          g_autofree char *fold = dhk_text_fold (g_ptr_array_index (labels, k));
          int value;

          all = dhk_labels_find (values, fold, &value);
        }
      if (all)
        return scale;
    }
  return NULL;
}

static void
add_labels (const TableReader *self, DhkOutlineQuestion *question, GPtrArray *labels)
{
  const DhkAnswerScale *known = find_known (self, labels);

  if (known != NULL)
    {
      for (guint i = 0; i < known->n_answers; i++)
        dhk_outline_add_answer (question, known->answers[i].code,
                                dhk_text_get (&known->answers[i].label, self->outline->language));
      return;
    }
  for (guint i = 0; i < labels->len; i++)
    {
      const char *label = g_ptr_array_index (labels, i);
      guint64 code;

      if (!g_ascii_string_to_unsigned (label, 10, 0, 100, &code, NULL))
        code = G_MAXUINT64;
      dhk_outline_add_answer (question, code <= 100 ? (int) code : -1, label);
    }
}

/* TRUE when the head means a number in the known instrument. */
static gboolean
is_known_number (const TableReader *self, const DhkShapeHead *head)
{
  for (guint i = 0; i < dhk_instrument_get_n_variables (self->known); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (self->known, i);

      for (char **name = variable->heads;
           variable->kind == DHK_VARIABLE_NUMBER && name != NULL && *name != NULL; name++)
        {
          g_autofree char *fold = dhk_text_fold (*name);

          if (strcmp (fold, head->fold) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* Codes of a printed answer scale run from 0 or 1 to 10 at most; ages, years and counts go beyond,
 * or their head says so. */
static gboolean
is_measured (const TableReader *self,
             const DhkShapeHead *head,
             double low,
             double high,
             const GPtrArray *labels)
{
  double number;

  if (low < 0 || high > 10 || dhk_head_words_ask_number (head->fold)
      || is_known_number (self, head))
    return TRUE;
  for (guint i = 0; labels != NULL && i < labels->len; i++)
    if (dhk_number_from_file (g_ptr_array_index (labels, i), &number)
        && fabs (number - nearbyint (number)) > 0)
      return TRUE;
  return FALSE;
}

static void
note_number (TableReader *self, const DhkShapeHead *head, double low, double high)
{
  DhkNumberStyle style = dhk_number_style_for_language (dhk_language_of_messages ());
  guint decimals = low == floor (low) && high == floor (high) ? 0 : 1;
  g_autofree char *least = dhk_number_format_fixed (low, decimals, style);
  g_autofree char *most = dhk_number_format_fixed (high, decimals, style);

  g_ptr_array_add (self->outline->notes,
                   g_strdup_printf (_ ("“%s” is a number and no choice: its values run from %s to "
                                       "%s."),
                                    head->text, least, most));
}

static void
add_choices (TableReader *self, DhkOutlineQuestion *question, const GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    dhk_outline_add_choice (question, NULL, g_ptr_array_index (choices, i));
  g_ptr_array_add (self->outline->notes,
                   g_strdup_printf (ngettext ("“%s” has several choices: %u was found. What "
                                              "people wrote themselves may be among them.",
                                              "“%s” has several choices: %u were found. What "
                                              "people wrote themselves may be among them.",
                                              choices->len),
                                    question->text, choices->len));
}

static void
add_column (TableReader *self, guint column, guint *n_guessed)
{
  const DhkShapeHead *head = dhk_shape_get_head (self->shape, column);
  DhkValueRange range;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  DhkOutlineQuestion *question;

  if (head->kind != DHK_HEAD_OTHER || *head->text == '\0'
      || dhk_head_words_sound_personal (head->fold))
    return;
  labels = dhk_sheet_list_values (self->sheet, self->sheet->rows, column, &range);
  question = dhk_outline_add (self->outline, head->name, "", head->text);
  if (question == NULL)
    return;
  choices = list_choices (self, column);
  if (choices != NULL)
    {
      add_choices (self, question, choices);
      return;
    }
  if (range.is_number && labels != NULL && labels->len >= 2
      && is_measured (self, head, range.low, range.high, labels))
    {
      note_number (self, head, range.low, range.high);
      g_clear_pointer (&labels, g_ptr_array_unref);
    }
  if (labels != NULL && labels->len >= 2)
    {
      *n_guessed += !range.is_number && find_known (self, labels) == NULL;
      add_labels (self, question, labels);
    }
  else if (range.is_number)
    {
      question->minimum = range.low;
      question->maximum = MAX (range.high, range.low + 1);
    }
  else
    dhk_outline_drop_last (self->outline);
}

static void
read_columns (TableReader *self)
{
  guint n_guessed = 0;

  for (guint column = 0; column < self->sheet->n_columns; column++)
    add_column (self, column, &n_guessed);
  if (n_guessed > 0)
    g_ptr_array_add (
        self->outline->notes,
        g_strdup (
            _ ("The answers of some questions are in alphabetical order, because the "
               "table does not say which is lowest. Put them right before you use a score.")));
}

DhkOutline *
dhk_outline_read_table (DhkReader *reader,
                        const char *name,
                        DhkInstrument *known,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (DhkRawTable) table
      = dhk_raw_table_read (reader, 0, LOOK_AT, cancellable, NULL, NULL, error);
  g_autoptr (DhkCatalogue) catalogue = NULL;
  g_autoptr (DhkShape) shape = NULL;
  TableReader self = { .known = known };

  if (table == NULL)
    return NULL;
  catalogue = dhk_catalogue_new (known);
  self.sheet = dhk_sheet_new (table, catalogue);
  shape = dhk_shape_new (self.sheet, dhk_reader_get_columns (reader, 0));
  self.shape = shape;
  dhk_sheet_list_rows (self.sheet);
  self.outline = dhk_outline_new (name, dhk_language_from_locale ());
  read_columns (&self);
  dhk_sheet_unref (self.sheet);
  return self.outline;
}
