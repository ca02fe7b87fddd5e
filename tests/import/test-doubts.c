/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is doubtful in a file becomes a question, a note or a row kept aside; never a guess. */

#include "draft-fixture.h"

#include <string.h>

#include "import/dhk-import-error.h"

static DhkDraft *
read_table (Table *table, const char *name)
{
  g_autoptr (Work) work = work_new ();

  table_add_to (table, work, name, ';');
  return work_read (work);
}

static DhkDraftColumn *
get_column (DhkDraft *draft, guint index)
{
  GPtrArray *columns = draft_file (draft, 0)->columns;

  for (guint i = 0; i < columns->len; i++)
    if (((DhkDraftColumn *) g_ptr_array_index (columns, i))->index == index)
      return g_ptr_array_index (columns, i);
  g_error ("no column %u", index);
}

/* The questionnaire ------------------------------------------------------------------ */

/* Only the statements that youths and parents are both asked. */
static Table *
new_shared_table (void)
{
  Table *youths = table_new_sample ("Jeugdigen");
  g_autoptr (Table) parents = table_new_sample ("Ouders");

  for (guint c = table_n_columns (youths); c-- > 5;)
    if (table_find (parents, table_get (youths, 0, c)) < 0)
      table_remove_column (youths, c);
  g_assert_cmpuint (table_n_columns (youths), ==, 8);
  return youths;
}

static void
test_shared_statements (void)
{
  g_autoptr (Table) table = new_shared_table ();
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;
  DhkDraftQuestion *question;

  table_add_to (table, work, "Ouders maart.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  draft_assert_totals (draft, 179, 179, 0, 0);
  g_assert_cmpint (draft_file (draft, 0)->questionnaire, ==, -1);
  question = draft_find_question (draft, "Ouders_maart.csv:questionnaire");
  g_assert_cmpuint (question->n_choices, ==, 2);
  /* The name is a hint and no more. */
  g_assert_nonnull (question->suggestion);
  g_assert_cmpstr (question->suggestion, ==, question->choices[1].id);

  work_answer (work, "Ouders_maart.csv:questionnaire", question->choices[0].id);
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  g_assert_cmpint (draft_file (answered, 0)->questionnaire, ==, 0);
  g_assert_cmpint (draft_get (answered, 0, 0, "band1_h"), ==, 3);
  g_assert_cmpint (draft_get (answered, 0, 0, "band2_h"), ==, DHK_MISSING_NOT_ASKED);
}

static void
test_other_wording_is_another_statement (void)
{
  g_autoptr (Table) table = table_new_sample ("Jeugdigen");
  g_autoptr (Table) parents = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint column = 9;

  /* A parents' wording in the youths' form: kept, not taken for the youths' own. */
  table_set (table, 0, column, table_get (parents, 0, column));
  draft = read_table (table, "a.csv");
  draft_assert_questions (draft, 0);
  g_assert_cmpint (draft_file (draft, 0)->questionnaire, ==, 0);
  g_assert_cmpint (get_column (draft, column)->role, ==, DHK_COLUMN_UNMATCHED);
  g_assert_cmpint (draft_get (draft, 0, 0, "band2_h"), ==, DHK_MISSING_NOT_ASKED);
  g_assert_true (draft_has_note (draft, table_get (parents, 0, column)));
  g_assert_true (draft_has_note (draft, "1 question has no column"));
}

/* Columns ----------------------------------------------------------------------------- */

static void
test_column_without_head (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;

  table_set (table, 0, 12, "");
  table_add_to (table, work, "Ouders.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  g_assert_cmpstr (draft_find_question (draft, "Ouders.csv:column:13")->suggestion, ==, "doel1_h");
  g_assert_cmpint (get_column (draft, 12)->role, ==, DHK_COLUMN_ASKED);

  work_answer (work, "Ouders.csv:column:13", "doel1_h");
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  g_assert_cmpint (draft_get (answered, 0, 0, "doel1_h"), ==, 5);
  work_answer (work, "Ouders.csv:column:13", "ignore");
  dhk_draft_unref (answered);
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  g_assert_cmpint (draft_get (answered, 0, 0, "doel1_h"), ==, DHK_MISSING_NOT_ASKED);
}

/* What stands in a column that nobody named may be names: nothing of it is shown or kept. */
static void
test_column_without_head_hides_names (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;

  table_add_column (table, 4, "");
  table_set (table, 7, 4, "Zeldzaam");
  table_add_to (table, work, "Ouders.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  g_assert_false (draft_holds (draft, "Zeldzaam"));
  work_answer (work, "Ouders.csv:column:5", "personal");
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  g_assert_false (draft_holds (answered, "Zeldzaam"));
}

static void
test_branch_copies (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) plain = read_table (table, "Ouders.csv");
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) open = NULL;
  g_autofree char *head = g_strdup_printf ("%s2", table_get (table, 0, 10));
  g_autofree char *expected = draft_summary (plain);
  g_autofree char *summary = NULL;
  guint copy = table_n_columns (table);

  table_add_column (table, copy, head);
  for (guint r = 1; r <= table_n_rows (table); r += 2)
    {
      table_set (table, r, copy, table_get (table, r, 10));
      table_set (table, r, 10, "");
    }
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  summary = draft_summary (draft);
  g_assert_cmpstr (summary, ==, expected);

  table_set (table, 1, 10, "soms");
  table_add_to (table, work, "Ouders.csv", ';');
  open = work_read (work);
  draft_assert_questions (open, 1);
  g_assert_cmpuint (draft_find_question (open, "Ouders.csv:columns:band3_h")->n_choices, ==, 2);
}

/* Twins --------------------------------------------------------------------------------- */

#define FIRST_TWIN 40
#define N_TWINS 10

static void
test_twins_without_numbers (void)
{
  g_autoptr (Table) table = table_new_sample ("Leraren");
  g_autoptr (DhkDraft) plain = read_table (table, "Leraren.csv");
  g_autoptr (DhkDraft) draft = NULL;
  g_autofree char *expected = draft_summary (plain);
  g_autofree char *summary = NULL;

  /* Equal heads, and the second block first: the answers tell them apart. */
  for (guint i = 0; i < N_TWINS; i++)
    table_set (table, 0, FIRST_TWIN + N_TWINS + i, table_get (table, 0, FIRST_TWIN + i));
  for (guint i = 0; i < N_TWINS; i++)
    table_move_column (table, table_n_columns (table) - 1, FIRST_TWIN);
  draft = read_table (table, "Leraren.csv");
  draft_assert_questions (draft, 0);
  summary = draft_summary (draft);
  g_assert_cmpstr (summary, ==, expected);
}

static void
test_twins_by_order (void)
{
  g_autoptr (Table) table = table_new_sample ("Leraren");
  g_autoptr (DhkDraft) draft = NULL;

  for (guint i = 0; i < N_TWINS; i++)
    {
      guint second = FIRST_TWIN + N_TWINS + i;

      table_set (table, 0, second, table_get (table, 0, FIRST_TWIN + i));
      for (guint r = 1; r <= table_n_rows (table); r++)
        {
          table_set (table, r, FIRST_TWIN + i, "2");
          table_set (table, r, second, "4");
        }
    }
  draft = read_table (table, "Leraren.csv");
  draft_assert_questions (draft, 0);
  g_assert_true (draft_has_note (draft, "in the order of the questionnaire"));
  g_assert_cmpint (draft_get (draft, 0, 0, "bel3"), ==, 2);
  g_assert_cmpint (draft_get (draft, 0, 0, "lukt3"), ==, 4);
}

static void
test_twin_alone (void)
{
  g_autoptr (Table) table = table_new_sample ("Leraren");
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) coded = NULL;

  /* One of a pair without its number: its answers say which; codes do not. */
  table_set (table, 0, FIRST_TWIN + N_TWINS, table_get (table, 0, FIRST_TWIN));
  table_remove_column (table, FIRST_TWIN);
  draft = read_table (table, "Leraren.csv");
  draft_assert_questions (draft, 0);
  g_assert_cmpint (draft_get (draft, 0, 0, "lukt1"), ==, 4);
  g_assert_cmpint (draft_get (draft, 0, 0, "bel1"), ==, DHK_MISSING_NOT_ASKED);

  for (guint r = 1; r <= table_n_rows (table); r++)
    table_set (table, r, FIRST_TWIN + N_TWINS - 1, "4");
  coded = read_table (table, "Leraren.csv");
  draft_assert_questions (coded, 1);
  draft_find_question (coded, "Leraren.csv:column:50");
}

static void
test_twins_contradict (void)
{
  g_autoptr (Table) table = table_new_sample ("Leraren");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) plain = read_table (table, "Leraren.csv");
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;
  g_autofree char *expected = draft_summary (plain);
  g_autofree char *summary = NULL;

  /* The number says the one, the answers the other. */
  for (guint i = 0; i < N_TWINS; i++)
    {
      g_autofree char *first = g_strdup (table_get (table, 0, FIRST_TWIN + i));

      table_set (table, 0, FIRST_TWIN + i, table_get (table, 0, FIRST_TWIN + N_TWINS + i));
      table_set (table, 0, FIRST_TWIN + N_TWINS + i, first);
    }
  table_add_to (table, work, "Leraren.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  g_assert_cmpuint (draft_find_question (draft, "Leraren.csv:pairs")->n_choices, ==, 2);
  g_assert_cmpint (get_column (draft, FIRST_TWIN)->role, ==, DHK_COLUMN_ASKED);

  work_answer (work, "Leraren.csv:pairs", "labels");
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  summary = draft_summary (answered);
  g_assert_cmpstr (summary, ==, expected);
}

/* Labels ---------------------------------------------------------------------------------- */

static void
test_unknown_label (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;
  g_autoptr (DhkDraft) emptied = NULL;
  DhkDraftQuestion *question;

  table_set (table, 1, 8, "Best vaak");
  table_set (table, 2, 9, "best  VAAK ");
  table_set (table, 1, 10, "best vaak");
  table_set (table, 3, 5, "Ergens anders");
  table_add_to (table, work, "Ouders.csv", ';');
  draft = work_read (work);
  /* One question per label and scale, all at once. */
  draft_assert_questions (draft, 2);
  question = draft_find_question (draft, "Ouders.csv:label:frequentie:best_vaak");
  g_assert_cmpuint (question->n_choices, ==, 8);
  g_assert_true (g_str_has_suffix (question->detail, " 2, 3"));
  g_assert_cmpuint (draft_find_question (draft, "Ouders.csv:label:sector:ergens_anders")->n_choices,
                    ==, 6);

  work_answer (work, "Ouders.csv:label:frequentie:best_vaak", "4");
  work_answer (work, "Ouders.csv:label:sector:ergens_anders", "unreadable");
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  g_assert_cmpint (draft_get (answered, 0, 0, "band1_h"), ==, 4);
  g_assert_cmpint (draft_get (answered, 0, 1, "band2_h"), ==, 4);
  g_assert_cmpint (draft_get (answered, 0, 2, "sector"), ==, DHK_MISSING_UNREADABLE);
  g_assert_true (draft_has_note (answered, "by hand (3 answers)"));
  draft_assert_totals (answered, 114, 114, 0, 0);

  work_answer (work, "Ouders.csv:label:frequentie:best_vaak", "unreadable");
  emptied = work_read (work);
  g_assert_cmpint (draft_get (emptied, 0, 0, "band1_h"), ==, DHK_MISSING_UNREADABLE);
  g_assert_true (draft_has_note (emptied, "3 answers on"));
}

static void
test_lone_number (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;

  table_set (table, 5, 8, "3");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 1);
  draft_find_question (draft, "Ouders.csv:label:frequentie:3");
}

static void
test_code_out_of_range (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;

  for (guint r = 1; r <= table_n_rows (table); r++)
    table_set (table, r, 8, r == 4 ? "99" : "2");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 1);
  draft_find_question (draft, "Ouders.csv:label:frequentie:99");
  g_assert_cmpint (draft_get (draft, 0, 0, "band1_h"), ==, 2);
  g_assert_cmpint (draft_get (draft, 0, 3, "band1_h"), ==, DHK_MISSING_UNREADABLE);
}

static void
test_column_of_other_texts (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work G_GNUC_UNUSED = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  for (guint r = 1; r <= table_n_rows (table); r++)
    {
      g_autofree char *text = g_strdup_printf ("een eigen antwoord %u", r);

      table_set (table, r, 8, text);
    }
  draft = read_table (table, "Ouders.csv");
  /* One question, not a hundred. */
  draft_assert_questions (draft, 1);
  draft_find_question (draft, "Ouders.csv:answers:band1_h");
}

static void
test_ages (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) open = NULL;

  table_set (table, 1, 7, "42,5");
  table_set (table, 2, 7, "423");
  table_set (table, 3, 7, "veertig");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 114, 114, 0, 0);
  g_assert_cmpfloat (draft_get_number (draft, 0, 0, "age"), ==, 42.5);
  g_assert_cmpint (draft_get (draft, 0, 1, "age"), ==, DHK_MISSING_UNREADABLE);
  g_assert_cmpint (draft_get (draft, 0, 2, "age"), ==, DHK_MISSING_UNREADABLE);
  g_assert_true (draft_has_note (draft, "(lines 3, 4)"));

  table_set (table, 4, 7, "42.5");
  open = read_table (table, "Ouders.csv");
  draft_assert_questions (open, 1);
  g_assert_cmpuint (draft_find_question (open, "Ouders.csv:numbers:age")->n_choices, ==, 2);
}

/* Answers to questions ------------------------------------------------------------------- */

static void
test_mistyped_answers (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();

  table_set (table, 1, 8, "best vaak");
  table_add_to (table, work, "Ouders.csv", ';');
  work_answer (work, "Ouders.csv:label:frequentie:best_vaak", "9");
  work_assert_refused (work, DHK_IMPORT_ERROR_UNKNOWN_CHOICE, "1, 2, 3, 4, 5, empty");
  g_hash_table_remove_all (work->answers);
  work_answer (work, "Ouders.csv:label:frequentie:bestvaak", "4");
  work_assert_refused (work, DHK_IMPORT_ERROR_UNKNOWN_QUESTION,
                       "Ouders.csv:label:frequentie:best_vaak");
}

/* Deciding otherwise takes away what another answer was about: that one is left out, the others hold. */
static void
test_answers_that_fit_no_more (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *misfits;

  table_set (table, 1, 8, "best vaak");
  table_add_to (table, work, "Ouders.csv", ';');
  work_answer (work, "Ouders.csv:label:frequentie:best_vaak", "4");
  work_answer (work, "Ouders.csv:label:frequentie:soms", "3");
  work_answer (work, "Ouders.csv:label:frequentie:altijd", "9");
  work_answer (work, "Ouders.csv:row:2", "aside");
  g_ptr_array_add (files, g_file_new_for_path (g_ptr_array_index (work->paths, 0)));
  draft = dhk_import_read_what_can_be (work->instrument, files, work->answers, NULL, NULL, NULL,
                                       NULL, &error);
  g_assert_no_error (error);
  misfits = dhk_draft_get_misfits (draft);
  g_assert_cmpuint (misfits->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (misfits, 0), ==, "Ouders.csv:label:frequentie:altijd");
  g_assert_cmpstr (g_ptr_array_index (misfits, 1), ==, "Ouders.csv:label:frequentie:best_vaak");
  draft_assert_questions (draft, 0);
  g_assert_cmpstr (dhk_draft_find_question (draft, "Ouders.csv:label:frequentie:soms")->chosen, ==,
                   "3");
  g_assert_cmpint (dhk_draft_find_question (draft, "Ouders.csv:label:frequentie:altijd")->by, ==,
                   DHK_DECIDED_BY_PROGRAM);
}

static void
test_questions_of_files_with_one_name (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  table_set (table, 1, 8, "best vaak");
  table_add_to (table, work, "a b.csv", ';');
  table_set (table, 1, 8, "best wel vaak");
  table_add_to (table, work, "a,b.csv", ';');
  draft = work_read (work);
  draft_find_question (draft, "a_b.csv:label:frequentie:best_vaak");
  draft_find_question (draft, "a_b.csv_2:label:frequentie:best_wel_vaak");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doubts/shared-statements", test_shared_statements);
  g_test_add_func ("/doubts/other-wording", test_other_wording_is_another_statement);
  g_test_add_func ("/doubts/column-without-head", test_column_without_head);
  g_test_add_func ("/doubts/column-without-head-hides-names", test_column_without_head_hides_names);
  g_test_add_func ("/doubts/branch-copies", test_branch_copies);
  g_test_add_func ("/doubts/twins-without-numbers", test_twins_without_numbers);
  g_test_add_func ("/doubts/twins-by-order", test_twins_by_order);
  g_test_add_func ("/doubts/twin-alone", test_twin_alone);
  g_test_add_func ("/doubts/twins-contradict", test_twins_contradict);
  g_test_add_func ("/doubts/unknown-label", test_unknown_label);
  g_test_add_func ("/doubts/lone-number", test_lone_number);
  g_test_add_func ("/doubts/code-out-of-range", test_code_out_of_range);
  g_test_add_func ("/doubts/column-of-other-texts", test_column_of_other_texts);
  g_test_add_func ("/doubts/ages", test_ages);
  g_test_add_func ("/doubts/mistyped-answers", test_mistyped_answers);
  g_test_add_func ("/doubts/answers-that-fit-no-more", test_answers_that_fit_no_more);
  g_test_add_func ("/doubts/files-with-one-name", test_questions_of_files_with_one_name);
  return g_test_run ();
}
