/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing a draft with the study, and storing it. */

#include <math.h>
#include <string.h>

#include "store-fixture.h"
#include "store/dhk-store-profile.h"
#include "store/dhk-store-respondents.h"

static void
test_commit (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Jeugdigen.xlsx", "a1", "jeugdigen", 20);
  g_autofree char *label = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *before = fixture_dump_tables (self->path);
  g_autofree char *after = NULL;
  guint64 generation = dhk_store_get_generation (self->store);
  DhkBatch *batch;

  fixture_compare (self, draft);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_totals (draft, 20, 0, 0, 0);
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);

  fixture_commit (self, draft);
  fixture_assert_totals (draft, 20, 0, 0, 0);
  g_assert_cmpuint (dhk_store_get_generation (self->store), >, generation);
  label = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (label, "“Jeugdigen.xlsx”"));
  batches = dhk_store_list_batches (self->store, NULL);
  g_assert_cmpuint (batches->len, ==, 1);
  batch = g_ptr_array_index (batches, 0);
  g_assert_cmpstr (batch->file_name, ==, "Jeugdigen.xlsx");
  g_assert_cmpstr (batch->questionnaire, ==, "jeugdigen");
  g_assert_cmpuint (batch->added, ==, 20);
  g_assert_cmpint (ABS (batch->when - g_get_real_time () / G_USEC_PER_SEC), <, 60);
  raw = dhk_store_dup_raw (self->store, batch->id, NULL);
  g_assert_true (g_str_has_prefix (raw, "ID;Antwoorden\n1;rij 1 van vragenlijst 0\n2;rij 2 "));
  g_assert_true (g_str_has_suffix (raw, "\n20;rij 20 van vragenlijst 0\n"));
  fixture_assert_query (self->path, "SELECT sha256, found, added FROM import_batch", "a1|20|20");
}

/* Every answer of the draft is in the frame, whatever its kind. */
static void
test_frame_equals_draft (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "jeugdigen", "ouders", "hulpverleners", "leraren" };
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  GPtrArray *files;
  guint row = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      DhkDraftFile *file = fixture_add_file (draft, names[i], names[i], names[i]);

      for (guint n = 1; n <= 25; n++)
        {
          guint r = fixture_add_row (draft, file, n);
          gint8 *codes = dhk_draft_file_get_codes (file, r);

          codes[n % file->n_questions] = DHK_MISSING_EMPTY;
          codes[(n + 3) % file->n_questions] = DHK_MISSING_UNREADABLE;
          codes[(n + 5) % file->n_questions] = DHK_MISSING_NOT_ASKED;
          if (n == 25)
            memset (codes, DHK_MISSING_EMPTY, file->n_questions);
          fixture_seal (file, r);
        }
    }
  fixture_commit (self, draft);
  fixture_reopen (self);
  frame = dhk_store_load_frame (self->store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 100);

  files = dhk_draft_get_files (draft);
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);
      const DhkQuestionnaire *questionnaire
          = dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);

      for (guint r = 0; r < file->rows->len; r++, row++)
        {
          const gint8 *codes = dhk_draft_file_get_codes (file, r);

          g_assert_cmpint (dhk_frame_get_types (frame)[row], ==, (int) questionnaire->type);
          for (guint q = 0; q < file->n_questions; q++)
            {
              const DhkQuestion *question = &questionnaire->questions[q];

              if (question->item >= 0)
                g_assert_cmpint (
                    dhk_frame_get_answers (frame, (guint) question->item, question->target)[row],
                    ==, codes[q]);
              else if (dhk_instrument_get_variable (self->instrument, (guint) question->variable)
                           ->kind
                       == DHK_VARIABLE_CATEGORY)
                g_assert_cmpint (dhk_frame_get_categories (frame, (guint) question->variable)[row],
                                 ==, codes[q]);
              else
                {
                  double expected = dhk_draft_file_get_numbers (file, r)[q];
                  double found = dhk_frame_get_numbers (frame, (guint) question->variable)[row];

                  g_assert_true (isnan (expected) ? isnan (found)
                                                  : !(found < expected || found > expected));
                }
            }
        }
    }
}

static void
test_same_file_again (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 20);
  g_autoptr (DhkDraft) again = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 20);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint64 generation;

  dhk_draft_file_set_aside (fixture_get_file (first), 4, "Totals row.");
  dhk_draft_file_set_aside (fixture_get_file (again), 4, "Totals row.");
  fixture_commit (self, first);
  before = fixture_dump_tables (self->path);
  generation = dhk_store_get_generation (self->store);
  fixture_commit (self, again);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_totals (again, 0, 19, 0, 1);
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);
  g_assert_true (fixture_has_note (fixture_get_file (again), "20"));
  g_assert_cmpuint (fixture_get_file (again)->notes->len, ==, 1);

  /* Comparing once more says the same, not more. */
  fixture_compare (self, again);
  fixture_assert_totals (again, 0, 19, 0, 1);
  g_assert_cmpuint (fixture_get_file (again)->notes->len, ==, 1);
}

static void
test_newer_export (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 20);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 23);
  g_autoptr (GError) error = NULL;
  g_autofree char *views = NULL;
  g_autofree char *undone = NULL;
  DhkDraftFile *file = fixture_get_file (newer);

  fixture_commit (self, first);
  views = fixture_dump_views (self->path);
  fixture_set_code (newer, file, 0, "band1_h", 5);
  fixture_set_code (newer, file, 1, "sector", DHK_MISSING_EMPTY);
  dhk_draft_file_get_numbers (file, 2)[fixture_find_question (newer, file, "age")] = 17.25;
  fixture_seal (file, 2);
  fixture_compare (self, newer);
  fixture_assert_totals (newer, 3, 20, 3, 0);
  g_assert_cmpuint (file->notes->len, ==, 3);
  g_assert_true (fixture_has_note (file, "17.25"));
  g_assert_cmpuint (((DhkDraftNote *) g_ptr_array_index (file->notes, 0))->line, ==, 2);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "20");

  fixture_commit (self, newer);
  fixture_assert_totals (newer, 3, 20, 3, 0);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "23");
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 1", "5");
  fixture_assert_query (self->path, "SELECT sector IS NULL FROM jeugdigen WHERE id = 2", "1");
  fixture_assert_query (self->path, "SELECT age FROM jeugdigen WHERE id = 3", "17.25");

  /* The newer file again: nothing. The older file again: its answers are other ones. */
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 0, 23, 0, 0);
  fixture_compare (self, first);
  fixture_assert_totals (first, 0, 20, 3, 0);

  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_no_error (error);
  undone = fixture_dump_views (self->path);
  g_assert_cmpstr (views, ==, undone);
  fixture_compare (self, first);
  fixture_assert_totals (first, 0, 20, 0, 0);
}

/* A column that the newer file lacks says nothing about the answers. */
static void
test_lost_column (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 5);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 5);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_commit (self, first);
  before = fixture_dump_tables (self->path);
  for (guint i = 0; i < 5; i++)
    fixture_set_code (newer, fixture_get_file (newer), i, "band1_h", DHK_MISSING_NOT_ASKED);
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 0, 5, 0, 0);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
}

/* Rows that are gone from a newer file stay in the study. */
static void
test_gone_rows_stay (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 9);
  g_autoptr (DhkDraft) newer = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (newer, "J2.xlsx", "a2", "jeugdigen");

  fixture_add_row (newer, file, 4);
  fixture_add_row (newer, file, 12);
  fixture_commit (self, first);
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 1, 1, 0, 0);
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "10");
}

/* Two exports of one form chosen together. */
static void
test_overlapping_files (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 10);
  DhkDraftFile *second = fixture_add_file (draft, "J2.xlsx", "a2", "jeugdigen");
  g_autofree char *label = NULL;

  for (guint n = 6; n <= 14; n++)
    fixture_add_row (draft, second, n);
  fixture_set_code (draft, second, 0, "band1_h", 1);
  fixture_set_code (draft, second, 0, "band2_h", 2);
  fixture_commit (self, draft);
  fixture_assert_totals (draft, 14, 5, 1, 0);
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "14");
  fixture_assert_query (self->path, "SELECT band1_h, band2_h FROM jeugdigen WHERE id = 6", "1|2");
  label = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (label, "2"));
  g_assert_true (dhk_store_undo (self->store, NULL));
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  g_assert_true (dhk_store_redo (self->store, NULL));
  fixture_assert_query (self->path, "SELECT band1_h, band2_h FROM jeugdigen WHERE id = 6", "1|2");
}

static void
test_hand_corrections_stay (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;
  DhkDraftFile *file = fixture_get_file (newer);
  int item = dhk_instrument_find_item (self->instrument, "band1");
  int target = dhk_instrument_find_target (self->instrument, "hulpverlener");

  fixture_set_code (first, fixture_get_file (first), 0, "band1_h", 1);
  fixture_commit (self, first);
  g_assert_true (dhk_store_set_answer (self->store, 1, (guint) item, target, 2, &error));
  g_assert_no_error (error);

  /* The same file: present, and the correction is pointed out. */
  fixture_compare (self, first);
  fixture_assert_totals (first, 0, 3, 0, 0);
  g_assert_cmpuint (fixture_get_file (first)->notes->len, ==, 2);

  /* A newer file says something else, about this answer and another one. */
  fixture_set_code (newer, file, 0, "band1_h", 4);
  fixture_set_code (newer, file, 0, "band2_h", 3);
  fixture_set_code (newer, file, 0, "band3_h", 5);
  fixture_commit (self, newer);
  g_assert_cmpint (fixture_get_row (file, 0)->fate, ==, DHK_ROW_CHANGED);
  g_assert_cmpuint (file->notes->len, ==, 2);
  fixture_assert_query (self->path, "SELECT band1_h, band2_h, band3_h FROM jeugdigen WHERE id = 1",
                        "2|3|5");
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_true (dhk_store_undo (self->store, NULL));
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 1", "1");
  fixture_assert_query (self->path, "SELECT count (*) FROM hand_edit", "0");
}

static void
assert_n_conflicts (Fixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = dhk_store_list_conflicts (self->store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, n);
}

/* "band1_h" of the first row in a file of three. */
static DhkDraft *
make_export (Fixture *self, const char *name, int code)
{
  DhkDraft *draft = fixture_make_draft (self, name, name, "jeugdigen", 3);

  fixture_set_code (draft, fixture_get_file (draft), 0, "band1_h", code);
  return draft;
}

/* Who keeps the own answer is told no more of the same other one, of another one is. */
static void
test_own_answers_are_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = make_export (self, "J.xlsx", 1);
  g_autoptr (DhkDraft) again = make_export (self, "J.xlsx", 1);
  g_autoptr (DhkDraft) other = make_export (self, "J2.xlsx", 4);
  g_autoptr (DhkDraft) last = make_export (self, "J3.xlsx", 1);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  fixture_commit (self, first);
  g_assert_true (dhk_store_set_answer (
      self->store, 1, (guint) dhk_instrument_find_item (self->instrument, "band1"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), 2, &error));
  fixture_commit (self, again);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_true (dhk_store_keep_own (self->store, conflicts, &error));
  g_assert_no_error (error);
  assert_n_conflicts (self, 0);
  label = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (label, "1"));
  history = dhk_store_load_history (self->store, 1, NULL);
  g_assert_cmpuint (history->len, ==, 3);

  /* The same file once more, also under another name. */
  fixture_commit (self, again);
  g_assert_cmpuint (fixture_get_file (again)->conflicts->len, ==, 0);
  g_assert_cmpuint (fixture_get_file (again)->notes->len, ==, 1);
  assert_n_conflicts (self, 0);
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_no_error (error);
  assert_n_conflicts (self, 1);
  g_assert_true (dhk_store_redo (self->store, NULL));
  assert_n_conflicts (self, 0);

  /* Something else is told; what was listed before it is not that. */
  fixture_commit (self, other);
  g_assert_cmpuint (fixture_get_file (other)->conflicts->len, ==, 1);
  assert_n_conflicts (self, 1);
  g_assert_false (dhk_store_keep_own (self->store, conflicts, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  assert_n_conflicts (self, 1);
  fixture_compare (self, last);
  g_assert_cmpuint (fixture_get_file (last)->conflicts->len, ==, 0);
}

/* Who takes the file's answer over has made a correction: told no more, undone and done again, known to the history. */
static void
test_found_answers_are_taken_over (Fixture *self, gconstpointer data)
{
  static const char answers[] = "SELECT band1_h, band2_h FROM jeugdigen WHERE id = 1";
  g_autoptr (DhkDraft) first = make_export (self, "J.xlsx", 1);
  g_autoptr (DhkDraft) again = make_export (self, "J.xlsx", 1);
  g_autoptr (DhkDraft) other = make_export (self, "J2.xlsx", 4);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fixture_set_code (first, fixture_get_file (first), 0, "band2_h", 1);
  fixture_set_code (again, fixture_get_file (again), 0, "band2_h", 1);
  fixture_set_code (other, fixture_get_file (other), 0, "band2_h", 4);
  fixture_commit (self, first);
  for (guint i = 0; i < 2; i++)
    g_assert_true (dhk_store_set_answer (
        self->store, 1,
        (guint) dhk_instrument_find_item (self->instrument, i == 0 ? "band1" : "band2"),
        dhk_instrument_find_target (self->instrument, "hulpverlener"), 2, &error));
  fixture_commit (self, again);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 2);
  g_ptr_array_remove_index (conflicts, 1);
  g_assert_true (dhk_store_take_found (self->store, conflicts, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  assert_n_conflicts (self, 1);
  fixture_assert_query (self->path, answers, "1|2");
  history = dhk_store_load_history (self->store, 1, NULL);
  g_assert_cmpstr (((DhkHistoryEntry *) g_ptr_array_index (history, history->len - 1))->cause, ==,
                   "By hand");
  g_assert_false (dhk_store_take_found (self->store, conflicts, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  /* The same file once more says nothing new; another one is told, since it is a correction still. */
  fixture_commit (self, again);
  g_assert_cmpuint (fixture_get_file (again)->conflicts->len, ==, 1);
  assert_n_conflicts (self, 1);
  fixture_commit (self, other);
  both = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (both->len, ==, 2);

  /* Several are one step. */
  g_assert_true (dhk_store_take_found (self->store, both, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  assert_n_conflicts (self, 0);
  fixture_assert_query (self->path, answers, "4|4");
  fixture_assert_query (self->path, "SELECT sum (times) FROM hand_edit", "5");
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_no_error (error);
  assert_n_conflicts (self, 2);
  fixture_assert_query (self->path, answers, "1|2");
  fixture_assert_query (self->path, "SELECT sum (times) FROM hand_edit", "3");
  g_assert_true (dhk_store_redo (self->store, NULL));
  fixture_assert_query (self->path, answers, "4|4");
}

static void
test_open_questions (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;

  dhk_draft_add_question (draft, g_strdup ("q"), g_strdup ("Which one?"), NULL);
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS);
  fixture_assert_query (self->path, "SELECT count (*) FROM import_batch", "0");
}

static void
test_unknown_questionnaire (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);
  g_autoptr (GError) error = NULL;
  DhkDraftFile *file = dhk_draft_add_file (draft, "Boodschappen.csv");

  dhk_draft_file_add_row (file, 2, "melk;2");
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS);
  dhk_draft_file_set_aside (file, 0, "No questionnaire.");
  fixture_commit (self, draft);
  fixture_assert_totals (draft, 0, 0, 0, 1);
  fixture_assert_query (self->path, "SELECT raw FROM aside_row", "melk;2");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  DhkFrame *frame;

  g_cancellable_cancel (cancellable);
  g_assert_false (dhk_store_commit (self->store, draft, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record", "0");
  g_clear_error (&error);
  frame = dhk_store_load_frame (self->store, cancellable, &error);
  g_assert_null (frame);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_commit (self, draft);
}

/* A draft that holds an answer its question does not have stores nothing. */
static void
test_impossible_answer (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;

  fixture_set_code (draft, fixture_get_file (draft), 2, "band1_h", 9);
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record", "0");
}

/* And a file that somebody changed by hand is not computed with. */
static void
test_impossible_answer_in_file (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;
  DhkFrame *frame;

  fixture_commit (self, draft);
  fixture_exec (self->path, "UPDATE answer_sheet SET answers = replace (answers, '5', '9')");
  frame = dhk_store_load_frame (self->store, NULL, &error);
  g_assert_null (frame);
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED);
}

/* A file of many chunks comes back as it was. */
static void
test_long_file (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (draft, "J.csv", "a1", "jeugdigen");
  g_autoptr (GString) expected = g_string_new ("ID;Antwoorden\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree char *raw = NULL;

  for (guint n = 1; n <= 3000; n++)
    {
      guint row = fixture_add_row (draft, file, n);
      GString *text = g_string_new ("");

      while (text->len < 300)
        g_string_append_printf (text, "%08x;", g_rand_int (random));
      g_string_append_printf (expected, "%s\n", text->str);
      g_free (g_ptr_array_index (file->raw, row));
      g_ptr_array_index (file->raw, row) = g_string_free (text, FALSE);
    }
  fixture_commit (self, draft);
  raw = dhk_store_dup_raw (self->store, 1, NULL);
  g_assert_cmpstr (raw, ==, expected->str);
  g_assert_null (dhk_store_dup_raw (self->store, 2, NULL));
}

/* The import room leaves personal data out; an address that got this far is masked. */
static void
test_personal_data (Fixture *self, gconstpointer data)
{
  static const char marker[] = "merel.zonderling";
  g_autofree char *name = g_strdup_printf ("%s@voorbeeld.nl.xlsx", marker);
  g_autofree char *raw = g_strdup_printf ("3;schrijf naar %s@voorbeeld.nl", marker);
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, name, "a1", "jeugdigen", 5);
  g_autoptr (DhkDraft) other = fixture_make_draft (self, "O.xlsx", "a2", "ouders", 5);
  g_autofree char *bytes = NULL;
  g_autofree char *rows = NULL;
  DhkDraftFile *file = fixture_get_file (draft);
  gsize size = 0;

  for (guint i = 2; i <= 3; i++)
    {
      g_free (g_ptr_array_index (file->raw, i));
      g_ptr_array_index (file->raw, i) = g_strdup (raw);
    }
  dhk_draft_file_set_aside (file, 3, "Unknown: %s@voorbeeld.nl.", marker);
  g_free (fixture_get_row (file, 1)->form_id);
  fixture_get_row (file, 1)->form_id = g_strdup_printf ("%s@voorbeeld.nl", marker);
  g_free (file->raw_head);
  file->raw_head = g_strdup_printf ("ID;Mail %s@voorbeeld.nl", marker);

  fixture_commit (self, draft);
  rows = dhk_store_dup_raw (self->store, 1, NULL);
  g_assert_nonnull (strstr (rows, "3;schrijf naar [e-mail]"));
  g_assert_null (strstr (rows, marker));
  g_assert_true (dhk_store_undo (self->store, NULL));
  fixture_commit (self, other);
  fixture_commit (self, draft);
  g_assert_true (dhk_store_remove_batch (self->store, 2, NULL));
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) size, "merel"));
}

/* What is undone and never redone leaves the file for good. */
static void
test_forgotten_rows_are_wiped (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 5);
  g_autoptr (DhkDraft) other = fixture_make_draft (self, "O.xlsx", "a2", "ouders", 5);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  dhk_draft_file_set_aside (fixture_get_file (draft), 3, "Opvallende-reden");
  fixture_commit (self, draft);
  g_assert_true (dhk_store_undo (self->store, NULL));
  fixture_commit (self, other);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) size, "Opvallende-reden"));
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record", "5");
  fixture_assert_query (self->path, "PRAGMA foreign_key_check", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/import/commit", test_commit);
  FIXTURE_TEST ("/store/import/frame_equals_draft", test_frame_equals_draft);
  FIXTURE_TEST ("/store/import/same_file_again", test_same_file_again);
  FIXTURE_TEST ("/store/import/newer_export", test_newer_export);
  FIXTURE_TEST ("/store/import/lost_column", test_lost_column);
  FIXTURE_TEST ("/store/import/gone_rows_stay", test_gone_rows_stay);
  FIXTURE_TEST ("/store/import/overlapping_files", test_overlapping_files);
  FIXTURE_TEST ("/store/import/hand_corrections_stay", test_hand_corrections_stay);
  FIXTURE_TEST ("/store/import/own_answers_are_kept", test_own_answers_are_kept);
  FIXTURE_TEST ("/store/import/found_answers_are_taken_over", test_found_answers_are_taken_over);
  FIXTURE_TEST ("/store/import/open_questions", test_open_questions);
  FIXTURE_TEST ("/store/import/unknown_questionnaire", test_unknown_questionnaire);
  FIXTURE_TEST ("/store/import/cancelled", test_cancelled);
  FIXTURE_TEST ("/store/import/impossible_answer", test_impossible_answer);
  FIXTURE_TEST ("/store/import/impossible_answer_in_file", test_impossible_answer_in_file);
  FIXTURE_TEST ("/store/import/long_file", test_long_file);
  FIXTURE_TEST ("/store/import/personal_data", test_personal_data);
  FIXTURE_TEST ("/store/import/forgotten_rows_are_wiped", test_forgotten_rows_are_wiped);
  return g_test_run ();
}
