/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files whose heads are codes that no instrument knows: what they stand for is a question. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GArray *
list_free (DhkRecogniser *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint q = 0; q < self->by_question->len; q++)
    if (((GArray *) g_ptr_array_index (self->by_question, q))->len == 0)
      g_array_append_val (list, q);
  return list;
}

/* Columns of which only a code is known. */
static GArray *
list_unknown (DhkRecogniser *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint c = 0; c < self->columns->len; c++)
    {
      const DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      if (column->role == DHK_COLUMN_UNMATCHED && !column->settled && column->head[0] != '\0'
          && column->n_filled > 0)
        g_array_append_val (list, c);
    }
  return list;
}

static const char *
ask (DhkRecogniser *self, const GArray *columns, const GArray *questions)
{
  guint n = columns->len;

  dhk_recogniser_expect_more (self);
  dhk_asker_begin (
      self->asker, g_strdup_printf ("%s:codes", self->slug),
      g_strdup_printf (
          ngettext ("In “%s”, the head of %u column is a code that the questionnaire does not "
                    "know. Which question is it?",
                    "In “%s”, the heads of %u columns are codes that the questionnaire does not "
                    "know. Which questions are they?",
                    n),
          self->file->name, n),
      g_strdup_printf (
          "“%s” … “%s”", dhk_recogniser_get_column (self, g_array_index (columns, guint, 0))->head,
          dhk_recogniser_get_column (self, g_array_index (columns, guint, n - 1))->head));
  dhk_recogniser_about (self, "codes", "");
  if (n == questions->len)
    dhk_asker_choice (self->asker, "order",
                      g_strdup (_ ("The questions in the order of the questionnaire")));
  dhk_asker_choice (self->asker, "each", g_strdup (_ ("That is said for each column")));
  dhk_asker_choice (
      self->asker, "ignore",
      g_strdup (_ ("None: keep the columns as they are, outside the study’s answers")));
  return dhk_asker_end (self->asker, NULL);
}

void
dhk_recogniser_ask_codes (DhkRecogniser *self)
{
  g_autoptr (GArray) columns = NULL;
  g_autoptr (GArray) questions = NULL;
  const char *answer;

  if (self->shape->kind == DHK_SHAPE_FORMS || !dhk_shape_has_codes_only (self->shape))
    return;
  columns = list_unknown (self);
  questions = list_free (self);
  if (columns->len < 3 || questions->len < 3)
    return;

  answer = ask (self, columns, questions);
  for (guint i = 0; i < columns->len; i++)
    {
      guint index = g_array_index (columns, guint, i);
      DhkColumnWork *column = dhk_recogniser_get_column (self, index);

      if (answer == NULL)
        dhk_recogniser_set_role (column, DHK_COLUMN_ASKED, _ ("an open question"));
      else if (strcmp (answer, "order") == 0)
        dhk_recogniser_assign (self, index, g_array_index (questions, guint, i),
                               g_strdup (_ ("by the order of the questionnaire")));
      else if (strcmp (answer, "each") == 0)
        dhk_recogniser_ask_column (self, index, questions, -1,
                                   _ ("In “{file}”, {column} is called “{head}”. Which question is "
                                      "it?"));
      else
        dhk_recogniser_set_role (column, DHK_COLUMN_UNMATCHED, _ ("set apart by hand"));
    }
}
