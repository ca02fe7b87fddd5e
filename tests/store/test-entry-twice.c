/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper forms typed twice: the second pass, differences, and what is chosen. */

#include "entry-fixture.h"
#include "store/dhk-store-private.h"

static void
test_second_is_apart (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkFrame) frame = NULL;

  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (4));
  entry_finish (self, batch, DHK_ENTRY_FIRST, 1);
  before = fixture_dump_views (self->path);
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, entry_code (2));
  entry_assert_undo_label (self, "Answer 4 of form 1, second time");
  entry_type (self, batch, DHK_ENTRY_SECOND, 9, BAND1, entry_code (1));
  entry_finish (self, batch, DHK_ENTRY_SECOND, 9);
  after = fixture_dump_views (self->path);
  g_assert_cmpstr (after, ==, before);
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 1);
}

static void
test_compare (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = entry_compare (self, batch);
  g_autoptr (GPtrArray) batches = dhk_store_entry_list_batches (self->store, NULL);
  const DhkEntryBatch *listed = g_ptr_array_index (batches, 0);
  guint n_differences = 0;

  g_assert_cmpuint (comparison->n_forms, ==, 1);
  g_assert_cmpuint (comparison->pairs->len, ==, 19);
  for (guint i = 0; i < comparison->pairs->len; i++)
    n_differences += g_array_index (comparison->pairs, DhkEntryPair, i).differs ? 1 : 0;
  g_assert_cmpuint (n_differences, ==, 3);
  g_assert_nonnull (entry_find_difference (comparison, 1, AGE));
  g_assert_nonnull (entry_find_difference (comparison, 1, BAND1));
  g_assert_nonnull (entry_find_difference (comparison, 1, BAND1 + 2));
  g_assert_cmpuint (comparison->only_first->len, ==, 1);
  g_assert_cmpuint (g_array_index (comparison->only_first, guint, 0), ==, 2);
  g_assert_cmpuint (comparison->only_second->len, ==, 1);
  g_assert_cmpuint (g_array_index (comparison->only_second, guint, 0), ==, 3);

  g_assert_cmpstr (listed->name, ==, "A");
  g_assert_cmpuint (listed->n_forms, ==, 2);
  g_assert_cmpuint (listed->n_complete, ==, 1);
  g_assert_cmpuint (listed->n_second, ==, 2);
  g_assert_cmpuint (listed->n_second_complete, ==, 1);
  g_assert_cmpuint (listed->n_differences, ==, 3);
}

static void
test_settle (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  const DhkEntryPair *pair;
  DhkEntryAnswer bad = entry_code (9);
  DhkEntryAnswer fine = entry_code (1);

  entry_settle (self, batch, 1, BAND1, entry_code (3));
  entry_assert_undo_label (self, "Choice for answer 4 of form 1");
  entry_settle (self, batch, 1, BAND1 + 2, entry_code (2));
  entry_settle (self, batch, 1, AGE, entry_number (14));
  fixture_assert_query (self->path, "SELECT age, band1_h, band3_h FROM jeugdigen WHERE id = 1",
                        "14.0|3|2");

  /* Both stay beside what was chosen. */
  comparison = entry_compare (self, batch);
  pair = entry_find_difference (comparison, 1, BAND1 + 2);
  g_assert_true (pair->settled);
  g_assert_cmpint (pair->first.code, ==, 5);
  g_assert_cmpint (pair->second.kind, ==, DHK_ENTRY_EMPTY);
  g_assert_cmpint (pair->chosen.code, ==, 2);
  g_clear_pointer (&comparison, dhk_entry_comparison_free);

  g_assert_false (dhk_store_entry_settle (self->store, batch, 1, BAND1, &bad, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_entry_settle (self->store, batch, 1, BAND1 + 3, &fine, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);

  /* Typed again: the choice was about something else. */
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, entry_code (2));
  comparison = entry_compare (self, batch);
  g_assert_false (entry_find_difference (comparison, 1, BAND1)->settled);
  g_clear_pointer (&comparison, dhk_entry_comparison_free);
  fixture_undo (self);
  comparison = entry_compare (self, batch);
  g_assert_true (entry_find_difference (comparison, 1, BAND1)->settled);
  for (guint i = 0; i < 3; i++)
    fixture_undo (self);
  fixture_assert_query (self->path, "SELECT age, band1_h, band3_h FROM jeugdigen WHERE id = 1",
                        "14.0|4|5");
}

/* The second pass outlives a first that was undone; erasing a respondent takes both. */
static void
test_lives (Fixture *self, gconstpointer data)
{
  static const char forms[] = "SELECT group_concat (pass || ':' || number) FROM "
                              "(SELECT * FROM entry_form WHERE active ORDER BY pass, number)";
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");

  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, entry_code (2));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (4));
  fixture_undo (self);
  entry_type (self, batch, DHK_ENTRY_FIRST, 2, BAND1, entry_code (4));
  fixture_assert_query (self->path, forms, "1:2,2:1");
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_code (5));
  entry_type (self, batch, DHK_ENTRY_SECOND, 2, BAND1, entry_code (5));
  fixture_assert_query (self->path, forms, "1:1,1:2,2:1,2:2");

  g_assert_true (dhk_store_begin (self->store, NULL));
  g_assert_true (
      dhk_sql_run (self->store, NULL, "DELETE FROM respondent_record WHERE form_id = '1'", ""));
  g_assert_true (dhk_store_end (self->store, TRUE, NULL));
  fixture_assert_query (self->path, forms, "1:2,2:2");
  fixture_assert_query (self->path, "SELECT count (*) FROM entry_answer", "2");
  fixture_assert_query (self->path,
                        "SELECT count (*) FROM entry_change c LEFT JOIN entry_form f "
                        "ON f.id = c.form WHERE f.id IS NULL",
                        "0");
}

/* A text that is no answer (any more) is shown as it stands, and stops nothing. */
static void
test_other_text (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autoptr (DhkEntrySheet) sheet = NULL;
  const DhkEntryPair *pair;

  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "UPDATE entry_answer SET answer = '9' WHERE answer = '3'");
  fixture_exec (self->path, "UPDATE entry_answer SET answer = '-what' WHERE answer = '41'");
  fixture_reopen (self);
  comparison = entry_compare (self, batch);
  pair = entry_find_difference (comparison, 1, BAND1);
  g_assert_cmpint (pair->second.kind, ==, DHK_ENTRY_OUT_OF_RANGE);
  g_assert_cmpstr (pair->second.note, ==, "9");
  sheet = entry_load (self, batch, DHK_ENTRY_SECOND, 1);
  g_assert_cmpint (sheet->answers[AGE].kind, ==, DHK_ENTRY_OUT_OF_RANGE);
  g_assert_cmpstr (sheet->answers[AGE].note, ==, "-what");
}

/* A form under the number of another: the pairs change, and what was chosen about them. */
static void
test_renumber (Fixture *self, gconstpointer data)
{
  static const char forms[]
      = "SELECT group_concat (pass || ':' || number || ':' || ifnull (respondent, '')) FROM "
        "(SELECT * FROM entry_form WHERE active ORDER BY pass, number)";
  gint64 batch = entry_type_twice (self);
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  fixture_assert_query (self->path, forms, "1:1:1,1:2:2,2:1:1,2:3:");
  g_assert_false (dhk_store_entry_renumber (self->store, batch, DHK_ENTRY_FIRST, 1, 2, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (dhk_store_entry_renumber (self->store, batch, DHK_ENTRY_FIRST, 8, 9, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  entry_settle (self, batch, 1, BAND1, entry_code (3));
  g_assert_true (dhk_store_entry_renumber (self->store, batch, DHK_ENTRY_FIRST, 1, 3, &error));
  g_assert_no_error (error);
  entry_assert_undo_label (self, "Form 1 becomes form 3");
  fixture_assert_query (self->path, forms, "1:2:2,1:3:1,2:1:,2:3:1");
  fixture_assert_query (self->path, "SELECT form_id FROM respondent_record WHERE id = 1", "3");
  fixture_assert_query (self->path, "SELECT count (*) FROM entry_settled", "0");
  comparison = entry_compare (self, batch);
  g_assert_cmpuint (comparison->n_forms, ==, 1);
  g_clear_pointer (&comparison, dhk_entry_comparison_free);

  fixture_undo (self);
  fixture_assert_query (self->path, forms, "1:1:1,1:2:2,2:1:1,2:3:");
  fixture_assert_query (self->path, "SELECT form_id FROM respondent_record WHERE id = 1", "1");
  comparison = entry_compare (self, batch);
  g_assert_true (entry_find_difference (comparison, 1, BAND1)->settled);
  fixture_redo (self);
  fixture_assert_query (self->path, forms, "1:2:2,1:3:1,2:1:,2:3:1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/entry_twice/second_is_apart", test_second_is_apart);
  FIXTURE_TEST ("/store/entry_twice/compare", test_compare);
  FIXTURE_TEST ("/store/entry_twice/settle", test_settle);
  FIXTURE_TEST ("/store/entry_twice/renumber", test_renumber);
  FIXTURE_TEST ("/store/entry_twice/lives", test_lives);
  FIXTURE_TEST ("/store/entry_twice/other_text", test_other_text);
  return g_test_run ();
}
