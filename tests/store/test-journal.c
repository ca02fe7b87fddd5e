/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo and redo, across restarts; correcting answers; taking an import out. */

#include <string.h>

#include "store-fixture.h"

static void
set_answer (Fixture *self, gint64 respondent, const char *item, const char *target, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_set_answer (
      self->store, respondent, (guint) dhk_instrument_find_item (self->instrument, item),
      target != NULL ? dhk_instrument_find_target (self->instrument, target) : DHK_NO_TARGET, code,
      &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
assert_labels (Fixture *self, const char *undo_part, const char *redo_part)
{
  g_autofree char *undo_label = dhk_store_dup_undo_label (self->store);
  g_autofree char *redo_label = dhk_store_dup_redo_label (self->store);

  if (undo_part == NULL)
    g_assert_null (undo_label);
  else
    g_assert_nonnull (strstr (undo_label, undo_part));
  if (redo_part == NULL)
    g_assert_null (redo_label);
  else
    g_assert_nonnull (strstr (redo_label, redo_part));
}

static guint
count_rows (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, &error);

  g_assert_no_error (error);
  return dhk_frame_get_n_rows (frame);
}

static void
test_undo_import (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", 12);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "Ouders.xlsx", "2", "ouders", 8);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *seen = NULL;
  guint64 generation;

  fixture_commit (self, youths);
  one = fixture_dump_views (self->path);
  fixture_commit (self, parents);
  two = fixture_dump_views (self->path);
  assert_labels (self, "Ouders.xlsx", NULL);

  generation = dhk_store_get_generation (self->store);
  fixture_undo (self);
  g_assert_cmpuint (dhk_store_get_generation (self->store), >, generation);
  fixture_reopen (self);
  assert_labels (self, "Jeugdigen.xlsx", "Ouders.xlsx");
  g_assert_cmpuint (count_rows (self), ==, 12);
  seen = fixture_dump_views (self->path);
  g_assert_cmpstr (seen, ==, one);
  g_clear_pointer (&seen, g_free);

  fixture_undo (self);
  fixture_reopen (self);
  assert_labels (self, NULL, "Jeugdigen.xlsx");
  g_assert_cmpuint (count_rows (self), ==, 0);
  g_assert_false (dhk_store_undo (self->store, NULL));

  fixture_redo (self);
  fixture_reopen (self);
  fixture_redo (self);
  assert_labels (self, "Ouders.xlsx", NULL);
  seen = fixture_dump_views (self->path);
  g_assert_cmpstr (seen, ==, two);
  g_assert_false (dhk_store_redo (self->store, NULL));
}

static void
test_lists_follow (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 12);
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  dhk_draft_file_set_aside (fixture_get_file (draft), 0, "Totals row.");
  fixture_commit (self, draft);
  fixture_undo (self);
  batches = dhk_store_list_batches (self->store, NULL);
  rows = dhk_store_list_aside (self->store, 0, NULL);
  g_assert_cmpuint (batches->len, ==, 0);
  g_assert_cmpuint (rows->len, ==, 0);

  /* What is undone can be imported again, and is new then. */
  fixture_commit (self, draft);
  g_assert_cmpuint (dhk_draft_get_totals (draft, NULL).added, ==, 11);
  g_assert_cmpuint (fixture_get_file (draft)->notes->len, ==, 0);
  assert_labels (self, "J.xlsx", NULL);
  fixture_assert_query (self->path, "SELECT count (*) FROM import_batch", "1");
}

static void
test_set_answer (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 5);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_code (draft, fixture_get_file (draft), 1, "band1_h", 1);
  fixture_commit (self, draft);
  before = fixture_dump_views (self->path);

  set_answer (self, 2, "band1", "hulpverlener", 5);
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 2", "5");
  assert_labels (self, "band1_h", NULL);
  assert_labels (self, " 2", NULL);
  set_answer (self, 2, "band1", "hulpverlener", DHK_MISSING_EMPTY);
  fixture_assert_query (self->path, "SELECT band1_h IS NULL FROM jeugdigen WHERE id = 2", "1");
  fixture_assert_query (self->path, "SELECT times FROM hand_edit", "2");

  /* Setting what is there already is no step. */
  set_answer (self, 2, "band1", "hulpverlener", DHK_MISSING_EMPTY);
  fixture_assert_query (self->path, "SELECT times FROM hand_edit", "2");

  fixture_undo (self);
  fixture_reopen (self);
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 2", "5");
  fixture_assert_query (self->path, "SELECT times FROM hand_edit", "1");
  fixture_undo (self);
  fixture_assert_query (self->path, "SELECT count (*) FROM hand_edit", "0");
  after = fixture_dump_views (self->path);
  g_assert_cmpstr (before, ==, after);
  fixture_reopen (self);
  fixture_redo (self);
  fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 2", "5");
  fixture_assert_query (self->path, "SELECT times FROM hand_edit", "1");

  /* Another step instead of the undone one: that cannot be redone any more. */
  set_answer (self, 3, "band1", "hulpverlener", DHK_MISSING_UNREADABLE);
  assert_labels (self, "band1_h", NULL);
  g_assert_false (dhk_store_redo (self->store, NULL));
}

/* A question that the respondent's form did not ask: a new sheet, maybe a new slot. */
static void
test_set_answer_not_asked (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 2);
  g_autoptr (DhkFrame) frame = NULL;
  guint item = (guint) dhk_instrument_find_item (self->instrument, "lukt10");
  int target = dhk_instrument_find_target (self->instrument, "ouder");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_commit (self, draft);
  before = fixture_query (self->path, "SELECT * FROM answer_sheet");
  g_assert_true (dhk_store_set_answer (self->store, 1, item, target, 4, NULL));
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  g_assert_cmpint (dhk_frame_get_answers (frame, item, target)[0], ==, 4);
  g_assert_cmpint (dhk_frame_get_answers (frame, item, target)[1], ==, DHK_MISSING_NOT_ASKED);
  fixture_undo (self);
  after = fixture_query (self->path, "SELECT * FROM answer_sheet");
  g_assert_cmpstr (before, ==, after);
}

static void
test_set_answer_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 2);
  g_autoptr (GError) error = NULL;
  guint item = (guint) dhk_instrument_find_item (self->instrument, "band1");
  int target = dhk_instrument_find_target (self->instrument, "hulpverlener");

  fixture_commit (self, draft);
  g_assert_false (dhk_store_set_answer (self->store, 99, item, target, 4, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_set_answer (self->store, 1, item, target, 6, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  fixture_undo (self);
  g_assert_false (dhk_store_set_answer (self->store, 1, item, target, 4, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  assert_labels (self, NULL, "J.xlsx");
}

/* An answer that something else changed is not overwritten by undo. */
static void
test_undo_conflict (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_commit (self, draft);
  set_answer (self, 1, "band1", "hulpverlener", DHK_MISSING_EMPTY);
  fixture_exec (self->path, "UPDATE answer_sheet SET answers = replace (answers, 'e', 'u')");
  before = fixture_dump_tables (self->path);
  g_assert_false (dhk_store_undo (self->store, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_remove_batch (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", 12);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "Ouders.xlsx", "2", "ouders", 8);
  g_autoptr (GError) error = NULL;
  g_autofree char *both = NULL;
  g_autofree char *seen = NULL;

  fixture_commit (self, youths);
  fixture_commit (self, parents);
  both = fixture_dump_views (self->path);
  g_assert_true (dhk_store_remove_batch (self->store, 1, &error));
  g_assert_no_error (error);
  assert_labels (self, "Jeugdigen.xlsx", NULL);
  g_assert_cmpuint (count_rows (self), ==, 8);
  g_assert_false (dhk_store_remove_batch (self->store, 1, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  fixture_reopen (self);
  fixture_undo (self);
  seen = fixture_dump_views (self->path);
  g_assert_cmpstr (seen, ==, both);
  fixture_redo (self);
  g_assert_cmpuint (count_rows (self), ==, 8);

  /* What was taken out can come back from its file. */
  fixture_commit (self, youths);
  g_assert_cmpuint (dhk_draft_get_totals (youths, NULL).added, ==, 12);
  g_assert_cmpuint (count_rows (self), ==, 20);
}

/* Taking out a newer export takes back what it changed, but no correction by hand. */
static void
test_remove_batch_with_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 3);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "2", "jeugdigen", 4);
  static const char query[] = "SELECT band1_h, band2_h FROM jeugdigen WHERE id = 1";

  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *column = g_strdup_printf ("band%u_h", i);

      fixture_set_code (first, fixture_get_file (first), 0, column, 1);
      fixture_set_code (newer, fixture_get_file (newer), 0, column, 4);
    }
  fixture_commit (self, first);
  fixture_commit (self, newer);
  fixture_assert_query (self->path, query, "4|4");
  set_answer (self, 1, "band2", "hulpverlener", 5);
  g_assert_true (dhk_store_remove_batch (self->store, 2, NULL));
  fixture_assert_query (self->path, query, "1|5");
  g_assert_cmpuint (count_rows (self), ==, 3);

  /* The newer file is news again. */
  g_assert_true (dhk_store_compare (self->store, newer, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (newer, NULL).changed, ==, 1);
  g_assert_cmpuint (dhk_draft_get_totals (newer, NULL).added, ==, 1);
  g_assert_true (dhk_store_compare (self->store, first, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (first, NULL).changed, ==, 0);

  fixture_undo (self);
  fixture_assert_query (self->path, query, "4|5");
  fixture_undo (self);
  fixture_assert_query (self->path, query, "4|4");
  fixture_undo (self);
  fixture_assert_query (self->path, query, "1|1");
}

/* Numbers of respondents and slots are never given twice. */
static void
test_numbers_are_not_reused (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 4);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "O.xlsx", "2", "ouders", 2);
  g_autofree char *slots = NULL;
  g_autofree char *later = NULL;

  fixture_commit (self, youths);
  slots = fixture_query (self->path, "SELECT * FROM item_slot ORDER BY slot");
  fixture_undo (self);
  fixture_commit (self, parents);
  later = fixture_query (self->path, "SELECT * FROM item_slot ORDER BY slot");
  g_assert_true (g_str_has_prefix (later, slots));
  g_assert_cmpuint (strlen (later), >, strlen (slots));
  fixture_assert_query (self->path, "SELECT group_concat (id) FROM respondent", "5,6");
}

#define POSITION "SELECT journal_position FROM study"

/* Many random steps: undoing all of them and redoing them shows every state again. */
static void
test_random_walk (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  static const char *const names[] = { "jeugdigen", "ouders", "hulpverleners", "leraren" };

  g_ptr_array_add (states, fixture_dump_views (self->path));
  for (guint i = 0; i < 40; i++)
    {
      int kind = g_rand_int_range (random, 0, 4);
      g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, NULL);
      guint n_rows = dhk_frame_get_n_rows (frame);
      g_autofree char *before = fixture_query (self->path, POSITION);
      g_autofree char *after = NULL;

      if (kind <= 1 || n_rows == 0)
        {
          g_autofree char *name = g_strdup_printf ("file-%u", i);
          g_autoptr (DhkDraft) draft
              = fixture_make_draft (self, name, name, names[g_rand_int_range (random, 0, 4)],
                                    (guint) g_rand_int_range (random, 1, 10));

          fixture_set_code (draft, fixture_get_file (draft), 0, "sector",
                            g_rand_int_range (random, 0, 3));
          fixture_commit (self, draft);
        }
      else if (kind == 2)
        set_answer (
            self, dhk_frame_get_respondents (frame)[g_rand_int_range (random, 0, (gint32) n_rows)],
            "band1", "hulpverlener", g_rand_int_range (random, 1, 6));
      else
        {
          g_autoptr (GPtrArray) batches = dhk_store_list_batches (self->store, NULL);
          DhkBatch *batch = g_ptr_array_index (
              batches, (guint) g_rand_int_range (random, 0, (gint32) batches->len));

          g_assert_true (dhk_store_remove_batch (self->store, batch->id, NULL));
        }
      /* An import may bring nothing but a conflict with a correction: that is no step. */
      after = fixture_query (self->path, POSITION);
      if (!g_str_equal (before, after))
        g_ptr_array_add (states, fixture_dump_views (self->path));
    }
  g_assert_cmpuint (states->len, >, 20);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = states->len - 1; i-- > 0;)
        {
          g_autofree char *seen = NULL;

          fixture_undo (self);
          seen = fixture_dump_views (self->path);
          g_assert_cmpstr (seen, ==, g_ptr_array_index (states, i));
        }
      fixture_reopen (self);
      for (guint i = 1; i < states->len; i++)
        {
          g_autofree char *seen = NULL;

          fixture_redo (self);
          seen = fixture_dump_views (self->path);
          g_assert_cmpstr (seen, ==, g_ptr_array_index (states, i));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/journal/undo_import", test_undo_import);
  FIXTURE_TEST ("/store/journal/lists_follow", test_lists_follow);
  FIXTURE_TEST ("/store/journal/set_answer", test_set_answer);
  FIXTURE_TEST ("/store/journal/set_answer_not_asked", test_set_answer_not_asked);
  FIXTURE_TEST ("/store/journal/set_answer_refused", test_set_answer_refused);
  FIXTURE_TEST ("/store/journal/undo_conflict", test_undo_conflict);
  FIXTURE_TEST ("/store/journal/remove_batch", test_remove_batch);
  FIXTURE_TEST ("/store/journal/remove_batch_with_changes", test_remove_batch_with_changes);
  FIXTURE_TEST ("/store/journal/numbers_are_not_reused", test_numbers_are_not_reused);
  FIXTURE_TEST ("/store/journal/random_walk", test_random_walk);
  return g_test_run ();
}
