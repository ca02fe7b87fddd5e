/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Respondents one by one: listing, correcting background, leaving out, history, searching. */

#include <math.h>
#include <string.h>

#include "store-fixture.h"
#include "store/dhk-key-file.h"
#include "store/dhk-store-respondents.h"

static const DhkQuestion *
find_question (Fixture *self, const char *questionnaire, const char *column)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (draft, "x", "x", questionnaire);
  guint q = fixture_find_question (draft, file, column);

  return &dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire)
              ->questions[q];
}

static DhkRespondents *
load (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DhkRespondents *list = dhk_store_load_respondents (self->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (list);
  return list;
}

static void
set (Fixture *self, gint64 respondent, const char *column, int code, double number)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_set_cell (
      self->store, respondent, find_question (self, "jeugdigen", column), code, number, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
exclude (Fixture *self, gint64 respondent, const char *reason)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_exclude (self->store, &respondent, 1, reason, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
fill (Fixture *self)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", 12);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "Ouders.xlsx", "2", "ouders", 8);

  fixture_set_code (youths, fixture_get_file (youths), 2, "band1_h", DHK_MISSING_UNREADABLE);
  fixture_set_code (youths, fixture_get_file (youths), 3, "band1_h", DHK_MISSING_EMPTY);
  fixture_set_code (youths, fixture_get_file (youths), 3, "sector", DHK_MISSING_EMPTY);
  fixture_commit (self, youths);
  fixture_commit (self, parents);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkRespondents) list = NULL;
  const DhkQuestion *band = find_question (self, "jeugdigen", "band1_h");
  const DhkQuestion *age = find_question (self, "jeugdigen", "age");

  fill (self);
  list = load (self);
  g_assert_cmpuint (dhk_respondents_get_n (list), ==, 20);
  g_assert_cmpint (dhk_respondents_get_id (list, 12), ==, 13);
  g_assert_cmpuint (dhk_respondents_get_number (list, 12), ==, 1);
  g_assert_cmpuint (dhk_respondents_get_questionnaire (list, 12), ==,
                    (guint) dhk_instrument_find_questionnaire (self->instrument, "ouders"));
  g_assert_cmpint (dhk_respondents_get_batch (list, 12), ==, 2);
  g_assert_cmpstr (dhk_respondents_get_form_id (list, 12), ==, "1");
  g_assert_cmpint (dhk_respondents_get_completed (list, 12), ==, FIXTURE_START + FIXTURE_DAY + 300);
  g_assert_cmpint (dhk_respondents_find (list, 13), ==, 12);
  g_assert_cmpint (dhk_respondents_find (list, 21), ==, -1);
  g_assert_cmpint (dhk_respondents_get_code (list, 2, band), ==, DHK_MISSING_UNREADABLE);
  g_assert_cmpint (dhk_respondents_get_code (list, 0, age), ==, 0);
  g_assert_true (isfinite (dhk_respondents_get_value (list, 0, age)));
  g_assert_cmpuint (dhk_respondents_get_unreadable (list, 2), ==, 1);
  g_assert_cmpuint (dhk_respondents_get_unanswered (list, 2), ==, 0);
  g_assert_cmpuint (dhk_respondents_get_unanswered (list, 3), ==, 2);
  g_assert_false (dhk_respondents_is_hand_edited (list, 2));
  g_assert_cmpuint (dhk_respondents_get_generation (list), ==,
                    dhk_store_get_generation (self->store));
}

static void
take_part (Fixture *self, DhkRespondents *list, guint first, guint n, gboolean with_marks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkRespondentPart) part
      = dhk_store_load_respondent_part (self->store, list, first, n, with_marks, NULL, &error);

  g_assert_no_error (error);
  dhk_respondents_take_part (list, part);
}

/* The rows that are looked at are there before the others, and in the end all as if loaded at once. */
static void
test_parts (Fixture *self, gconstpointer data)
{
  const guint n_rows = DHK_RESPONDENT_BLOCK + 100;
  g_autoptr (DhkDraft) draft
      = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", n_rows);
  const DhkQuestion *age = find_question (self, "jeugdigen", "age");
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkRespondents) list = NULL;
  g_autoptr (DhkRespondents) whole = NULL;
  guint n;

  fixture_set_code (draft, fixture_get_file (draft), 3, "sector", DHK_MISSING_EMPTY);
  fixture_commit (self, draft);
  set (self, 4, "age", DHK_MISSING_UNREADABLE, NAN);
  whole = load (self);
  g_assert_true (dhk_respondents_is_whole (whole));
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  list = dhk_respondents_new (frame);
  g_assert_cmpuint (dhk_respondents_get_n (list), ==, n_rows);
  g_assert_cmpuint (dhk_respondents_get_n_loaded (list), ==, 0);
  g_assert_cmpint (dhk_respondents_get_id (list, n_rows - 1), ==, n_rows);
  g_assert_cmpint (dhk_respondents_get_code (list, 0, age), ==, 0);
  g_assert_cmpuint (dhk_respondents_find_gap (list, 9, &n), ==, 0);
  g_assert_cmpuint (n, ==, 2);

  take_part (self, list, 1, 1, TRUE);
  g_assert_true (dhk_respondents_has_row (list, n_rows - 1));
  g_assert_false (dhk_respondents_has_row (list, 0));
  g_assert_false (dhk_respondents_is_whole (list));
  g_assert_cmpuint (dhk_respondents_get_number (list, n_rows - 1), ==, n_rows);
  g_assert_cmpuint (dhk_respondents_find_gap (list, 9, &n), ==, 0);
  g_assert_cmpuint (n, ==, 1);
  take_part (self, list, 0, 1, FALSE);
  g_assert_true (dhk_respondents_is_whole (list));
  for (guint row = 0; row < n_rows; row++)
    {
      g_assert_cmpuint (dhk_respondents_get_number (list, row), ==,
                        dhk_respondents_get_number (whole, row));
      g_assert_cmpstr (dhk_respondents_get_form_id (list, row), ==,
                       dhk_respondents_get_form_id (whole, row));
      g_assert_cmpuint (dhk_respondents_get_unanswered (list, row), ==,
                        row == 3 ? 1 : dhk_respondents_get_unanswered (whole, row));
      g_assert_cmpuint (dhk_respondents_get_unreadable (list, row), ==, row == 3 ? 1 : 0);
      g_assert_cmpint (dhk_respondents_is_hand_edited (list, row), ==, row == 3);
      g_assert_cmpint (dhk_respondents_get_code (list, row, age), ==,
                       dhk_respondents_get_code (whole, row, age));
    }
}

static void
test_set_variables (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkRespondents) list = NULL;
  g_autoptr (GError) error = NULL;
  const DhkQuestion *age = find_question (self, "jeugdigen", "age");
  const DhkQuestion *sector = find_question (self, "jeugdigen", "sector");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fill (self);
  before = fixture_dump_views (self->path);
  set (self, 2, "sector", 1, NAN);
  set (self, 2, "age", DHK_MISSING_UNREADABLE, NAN);
  set (self, 3, "age", 0, 15.5);
  set (self, 3, "age", 0, 15.5);
  list = load (self);
  g_assert_cmpint (dhk_respondents_get_code (list, 1, sector), ==, 1);
  g_assert_cmpint (dhk_respondents_get_code (list, 1, age), ==, DHK_MISSING_UNREADABLE);
  g_assert_cmpfloat (dhk_respondents_get_value (list, 2, age), ==, 15.5);
  g_assert_true (dhk_respondents_is_hand_edited_at (list, 1, age));
  g_assert_true (dhk_respondents_is_hand_edited (list, 1));
  g_assert_false (dhk_respondents_is_hand_edited_at (list, 0, age));
  fixture_assert_query (self->path, "SELECT age FROM jeugdigen WHERE id = 3", "15.5");
  fixture_assert_query (self->path, "SELECT count (*) FROM journal_step WHERE kind = 'answer'",
                        "3");

  g_assert_false (dhk_store_set_cell (self->store, 3, age, 0, 999.0, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_set_cell (self->store, 3, age, 0, NAN, &error));
  g_clear_error (&error);
  g_assert_false (dhk_store_set_cell (self->store, 3, sector, 60, NAN, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);

  for (guint i = 0; i < 3; i++)
    fixture_undo (self);
  after = fixture_dump_views (self->path);
  g_assert_cmpstr (before, ==, after);
}

static guint
count_frame (Fixture *self)
{
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, NULL);

  return dhk_frame_get_n_rows (frame);
}

static void
test_exclude (Fixture *self, gconstpointer data)
{
  const gint64 some[] = { 3, 5, 13 };
  const gint64 gone[] = { 1, 99 };
  g_autoptr (DhkRespondents) list = NULL;
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  int youths = dhk_instrument_find_questionnaire (self->instrument, "jeugdigen");

  fill (self);
  g_assert_true (dhk_store_exclude (self->store, some, 3, "Testinvulling", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_frame (self), ==, 17);
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "10");
  label = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (label, "3"));
  list = load (self);
  g_assert_cmpuint (dhk_respondents_get_n (list), ==, 20);
  g_assert_true (dhk_respondents_is_excluded (list, 2));
  g_assert_cmpstr (dhk_respondents_get_reason (list, 2), ==, "Testinvulling");
  g_assert_false (dhk_respondents_is_excluded (list, 1));
  counts = dhk_store_count_respondents (self->store, NULL);
  g_assert_cmpuint (g_array_index (counts, DhkRespondentCount, youths).excluded, ==, 2);
  g_assert_cmpint (g_array_index (counts, DhkRespondentCount, youths).last, ==,
                   FIXTURE_START + 12 * FIXTURE_DAY + 300);

  /* Again the same is no step; one of whom is not there: nothing. */
  g_assert_true (dhk_store_exclude (self->store, some, 3, "Testinvulling", NULL));
  fixture_assert_query (self->path, "SELECT count (*) FROM journal_step", "3");
  g_assert_false (dhk_store_exclude (self->store, gone, 2, "x", &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_assert_cmpuint (count_frame (self), ==, 17);

  /* Correcting somebody who is excluded, and taking in again. */
  set (self, 3, "band1_h", 4, NAN);
  g_assert_true (dhk_store_include (self->store, some, 1, NULL));
  g_assert_cmpuint (count_frame (self), ==, 18);
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 3", "4");
  fixture_undo (self);
  fixture_undo (self);
  g_assert_cmpuint (count_frame (self), ==, 17);
  fixture_undo (self);
  g_assert_cmpuint (count_frame (self), ==, 20);
  fixture_reopen (self);
  g_assert_true (dhk_store_redo (self->store, NULL));
  g_assert_cmpuint (count_frame (self), ==, 17);
}

/* An excluded respondent is the same one in a newer export: not a new one. */
static void
test_exclude_and_import (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) newer = NULL;

  fill (self);
  exclude (self, 2, "");
  newer = fixture_make_draft (self, "J2.xlsx", "9", "jeugdigen", 14);
  g_assert_true (dhk_store_compare (self->store, newer, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (newer, NULL).added, ==, 2);
  fixture_commit (self, newer);
  g_assert_cmpuint (count_frame (self), ==, 21);
}

static void
test_history (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) newer = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const DhkHistoryEntry *entry;

  fill (self);
  newer = fixture_make_draft (self, "J2.xlsx", "9", "jeugdigen", 12);
  fixture_set_code (newer, fixture_get_file (newer), 3, "band1_h", 4);
  fixture_set_code (newer, fixture_get_file (newer), 3, "sector", 1);
  fixture_commit (self, newer);
  set (self, 4, "band1_h", 2, NAN);
  exclude (self, 4, "Dubbel");
  fixture_undo (self);

  entries = dhk_store_load_history (self->store, 4, NULL);
  g_assert_cmpuint (entries->len, ==, 5);
  entry = g_ptr_array_index (entries, 0);
  g_assert_nonnull (strstr (entry->cause, "Jeugdigen.xlsx"));
  g_assert_null (entry->question);
  for (guint i = 1; i <= 2; i++)
    {
      entry = g_ptr_array_index (entries, i);
      g_assert_nonnull (strstr (entry->cause, "J2.xlsx"));
      g_assert_nonnull (entry->old);
      g_assert_nonnull (entry->new);
      g_assert_cmpint (entry->undone, ==, 0);
    }
  entry = g_ptr_array_index (entries, 3);
  g_assert_cmpstr (entry->question, ==, "band1_h");
  g_assert_nonnull (strstr (entry->old, "4"));
  g_assert_nonnull (strstr (entry->new, "2"));
  entry = g_ptr_array_index (entries, 4);
  g_assert_nonnull (strstr (entry->text, "Dubbel"));
  g_assert_cmpint (entry->undone, >, 1000000);

  g_assert_null (dhk_store_load_history (self->store, 99, NULL));
}

static void
test_search (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) newer = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) none = NULL;
  DhkDraftFile *file;

  fill (self);
  newer = fixture_make_draft (self, "J2.xlsx", "9", "jeugdigen", 14);
  file = fixture_get_file (newer);
  g_free (g_ptr_array_index (file->raw, 6));
  g_ptr_array_index (file->raw, 6) = g_strdup ("7,\"Een heel\nbijzonder Ägypten verhaal\"");
  fixture_commit (self, newer);

  found = dhk_store_search_raw (self->store, "bijzonder ägypten", NULL, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (g_array_index (found, gint64, 0), ==, 7);
  none = dhk_store_search_raw (self->store, "nergens", NULL, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_find (Fixture *self, gconstpointer data)
{
  static const char *const bad[]
      = { "99", "x", "", "ouders:9", "niemand:1", "ouders:", "-1", NULL };
  gint64 respondent = 0;

  fill (self);
  g_assert_true (dhk_store_find_respondent (self->store, "ouders:3", &respondent, NULL));
  g_assert_cmpint (respondent, ==, 15);
  g_assert_true (dhk_store_find_respondent (self->store, "15", &respondent, NULL));
  {
    g_autofree char *pseudonym = dhk_store_dup_pseudonym (self->store, 15);
    g_autoptr (DhkRespondents) list = load (self);

    g_assert_nonnull (pseudonym);
    g_assert_cmpstr (dhk_respondents_get_pseudonym (list, 14), ==, pseudonym);
    respondent = 0;
    g_assert_true (dhk_store_find_respondent (self->store, pseudonym, &respondent, NULL));
  }
  g_assert_cmpint (respondent, ==, 15);
  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dhk_store_find_respondent (self->store, bad[i], &respondent, &error));
      g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/respondents/parts", test_parts);
  FIXTURE_TEST ("/store/respondents/list", test_list);
  FIXTURE_TEST ("/store/respondents/set_variables", test_set_variables);
  FIXTURE_TEST ("/store/respondents/exclude", test_exclude);
  FIXTURE_TEST ("/store/respondents/exclude_and_import", test_exclude_and_import);
  FIXTURE_TEST ("/store/respondents/history", test_history);
  FIXTURE_TEST ("/store/respondents/search", test_search);
  FIXTURE_TEST ("/store/respondents/find", test_find);
  return g_test_run ();
}
