/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several columns of one question: the copies that branches of a form make. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>

/* The rows in which more than one of the columns is filled. */
static GArray *
list_overlaps (DhkRecogniser *self, const GArray *columns)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint row = 0; row < self->rows->len; row++)
    {
      guint n = 0;

      for (guint i = 0; i < columns->len; i++)
        if (!dhk_word_is_blank (
                dhk_recogniser_get_word (self, row, g_array_index (columns, guint, i))))
          n++;
      if (n > 1)
        g_array_append_val (rows, row);
    }
  return rows;
}

static const char *
ask_overlap (DhkRecogniser *self, guint question, const GArray *columns, const GArray *rows)
{
  g_autofree char *id = dhk_recogniser_dup_question_id (self, question);
  g_autofree char *lines = dhk_recogniser_list_lines (self, rows);

  dhk_recogniser_expect_more (self);
  dhk_asker_begin (
      self->asker, dhk_recogniser_make_id (self, "columns", id),
      g_strdup_printf (
          ngettext ("In “%s”, %u columns hold “%s”, and %u row has more than one filled. "
                    "Which column counts?",
                    "In “%s”, %u columns hold “%s”, and %u rows have more than one filled. "
                    "Which column counts?",
                    rows->len),
          self->file->name, columns->len, dhk_recogniser_get_wording (self, question), rows->len),
      g_strdup_printf (ngettext ("Line %s", "Lines %s", rows->len), lines));
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      g_autofree char *number = g_strdup_printf ("%u", column + 1);
      g_autofree char *name = dhk_recogniser_name_column (column);

      dhk_asker_choice (
          self->asker, number,
          g_strdup_printf ("%s: %s", name, dhk_recogniser_get_column (self, column)->head));
    }
  return dhk_asker_end (self->asker, NULL);
}

/* Columns with several choices are settled at the first of them. */
static gboolean
is_first (DhkRecogniser *self, guint question)
{
  const GArray *columns = g_ptr_array_index (self->by_question, question);

  return dhk_recogniser_get_column (self, g_array_index (columns, guint, 0))->question
         == (int) question;
}

void
dhk_recogniser_settle_copies (DhkRecogniser *self, guint question)
{
  GArray *columns = g_ptr_array_index (self->by_question, question);
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GArray) kept = NULL;
  const char *answer;

  if (columns->len < 2 || (dhk_recogniser_is_whole (self, question) && !is_first (self, question)))
    return;
  rows = list_overlaps (self, columns);
  if (rows->len == 0)
    {
      for (guint i = 0; i < columns->len; i++)
        {
          DhkColumnWork *column
              = dhk_recogniser_get_column (self, g_array_index (columns, guint, i));

          g_free (column->reason);
          column->reason = g_strdup (_ ("a copy of the question in a branch: taken together"));
        }
      dhk_draft_file_add_note (
          self->file, DHK_NOTE_INFORMATION, 0,
          ngettext ("“%s” stands in %u column, filled in turn: taken together.",
                    "“%s” stands in %u columns, of which a row never has more than one filled: "
                    "they were taken together.",
                    columns->len),
          dhk_recogniser_get_wording (self, question), columns->len);
      return;
    }

  answer = ask_overlap (self, question, columns, rows);
  kept = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < columns->len; i++)
    {
      guint index = g_array_index (columns, guint, i);
      DhkColumnWork *column = dhk_recogniser_get_column (self, index);

      if (answer == NULL)
        dhk_recogniser_set_role (column, DHK_COLUMN_ASKED, _ ("an open question"));
      else if (g_ascii_strtoull (answer, NULL, 10) == index + 1)
        g_array_append_val (kept, index);
      else
        dhk_recogniser_set_role (column, DHK_COLUMN_UNMATCHED, _ ("set apart by hand"));
    }
  g_array_set_size (columns, 0);
  g_array_append_vals (columns, kept->data, kept->len);
}
