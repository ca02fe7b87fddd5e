/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-draft.h"

#include <math.h>

static DhkDraft *
make_draft (void)
{
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return dhk_draft_new (instrument);
}

static DhkDraftRow *
row_of (DhkDraftFile *file, guint row)
{
  return g_ptr_array_index (file->rows, row);
}

static void
assert_totals (
    DhkDraftTotals totals, guint found, guint added, guint present, guint changed, guint aside)
{
  g_assert_cmpuint (totals.found, ==, found);
  g_assert_cmpuint (totals.added, ==, added);
  g_assert_cmpuint (totals.present, ==, present);
  g_assert_cmpuint (totals.changed, ==, changed);
  g_assert_cmpuint (totals.aside, ==, aside);
  /* Nothing found may be lost. */
  g_assert_cmpuint (totals.found, ==, totals.added + totals.present + totals.aside);
}

static void
test_totals_add_up (void)
{
  g_autoptr (DhkDraft) draft = make_draft ();
  DhkDraftFile *first = dhk_draft_add_file (draft, "first.csv");
  DhkDraftFile *second = dhk_draft_add_file (draft, "second.csv");

  assert_totals (dhk_draft_get_totals (draft, NULL), 0, 0, 0, 0, 0);
  first->questionnaire = 0;
  first->n_questions = 6;
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (dhk_draft_file_add_row (first, i + 2, "a,b"), ==, i);
  row_of (first, 1)->fate = DHK_ROW_PRESENT;
  row_of (first, 2)->fate = DHK_ROW_CHANGED;
  dhk_draft_file_set_aside (first, 3, "row %d is a row of totals", 5);
  dhk_draft_file_set_aside (first, 3, "said again");
  dhk_draft_file_add_row (second, 2, "");

  assert_totals (dhk_draft_get_totals (draft, first), 5, 2, 2, 1, 1);
  assert_totals (dhk_draft_get_totals (draft, second), 1, 1, 0, 0, 0);
  assert_totals (dhk_draft_get_totals (draft, NULL), 6, 3, 2, 1, 1);
  g_assert_cmpstr (row_of (first, 3)->reason, ==, "said again");
  g_assert_cmpuint (row_of (first, 4)->line, ==, 6);
  g_assert_cmpuint (dhk_draft_get_files (draft)->len, ==, 2);
}

static void
test_answers_start_as_not_asked (void)
{
  g_autoptr (DhkDraft) draft = make_draft ();
  DhkDraftFile *file = dhk_draft_add_file (draft, "visitors.csv");

  file->questionnaire = 0;
  file->n_questions = 6;
  dhk_draft_file_add_row (file, 2, "x");
  dhk_draft_file_get_codes (file, 0)[5] = 7;
  dhk_draft_file_add_row (file, 3, "y");
  g_assert_null (file->numbers);
  dhk_draft_file_get_numbers (file, 1)[2] = 12.5;
  dhk_draft_file_add_row (file, 4, "z");

  for (guint row = 0; row < 3; row++)
    for (guint q = 0; q < 6; q++)
      {
        double number = dhk_draft_file_get_numbers (file, row)[q];

        g_assert_cmpint (dhk_draft_file_get_codes (file, row)[q], ==,
                         row == 0 && q == 5 ? 7 : DHK_MISSING_NOT_ASKED);
        if (row == 1 && q == 2)
          g_assert_cmpfloat (number, ==, 12.5);
        else
          g_assert_true (isnan (number));
      }
  g_assert_cmpuint (file->codes->len, ==, 18);
  g_assert_cmpuint (file->numbers->len, ==, 18);
  g_assert_cmpstr (g_ptr_array_index (file->raw, 2), ==, "z");
}

static void
test_columns_notes_and_questions (void)
{
  g_autoptr (DhkDraft) draft = make_draft ();
  DhkDraft *other = dhk_draft_ref (draft);
  DhkDraftFile *file = dhk_draft_add_file (draft, "visitors.csv");
  DhkDraftColumn *column
      = dhk_draft_file_add_column (file, 3, "They greeted me", DHK_COLUMN_QUESTION);
  DhkDraftQuestion *question;
  const DhkDraftNote *note;

  g_assert_cmpint (column->question, ==, -1);
  column->reason = g_strdup ("same text");
  dhk_draft_file_add_note (file, DHK_NOTE_ATTENTION, 7, "%d answers", 12);
  note = g_ptr_array_index (file->notes, 0);
  g_assert_cmpstr (note->text, ==, "12 answers");
  g_assert_cmpuint (note->line, ==, 7);

  question = dhk_draft_add_question (draft, g_strdup ("q"), g_strdup ("Which one?"), NULL);
  dhk_draft_question_add_choice (question, g_strdup ("a"), g_strdup ("The first"));
  dhk_draft_question_add_choice (question, g_strdup ("b"), g_strdup ("The second"));
  question->suggestion = g_strdup ("b");
  g_assert_cmpuint (question->n_choices, ==, 2);
  g_assert_cmpstr (question->choices[1].id, ==, "b");
  g_assert_cmpuint (dhk_draft_get_questions (draft)->len, ==, 1);
  g_assert_cmpstr (dhk_instrument_get_id (dhk_draft_get_instrument (draft)), ==, "library-2024");
  dhk_draft_unref (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/totals-add-up", test_totals_add_up);
  g_test_add_func ("/draft/answers-start-as-not-asked", test_answers_start_as_not_asked);
  g_test_add_func ("/draft/columns-notes-questions", test_columns_notes_and_questions);
  return g_test_run ();
}
