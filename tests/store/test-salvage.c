/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-salvage.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "encrypted-fixture.h"
#include "entry-fixture.h"
#include "store/dhk-store-profile.h"
#include "store/dhk-store-respondents.h"

#define N_YOUTHS 200
#define N_PARENTS 100

static void
live (Fixture *self)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "J.csv", "1", "jeugdigen", N_YOUTHS);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "O.csv", "2", "ouders", N_PARENTS);

  fixture_commit (self, youths);
  fixture_commit (self, parents);
  g_clear_pointer (&self->store, dhk_store_close);
}

/* Salvages what stands at `path`; what comes is a good study, and the damaged file is as it was. */
static gboolean
salvage (Fixture *self, const char *bytes, gsize size, const char *password, DhkSalvage *result)
{
  g_autofree char *out_path = fixture_path (self, "Gered.driehoek");
  g_autoptr (GFile) out = g_file_new_for_path (out_path);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  gsize after_size = 0;
  gboolean ok;

  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) size, NULL));
  ok = dhk_store_salvage (self->file, password, out, result, &error);
  g_assert_true (g_file_get_contents (self->path, &after, &after_size, NULL));
  g_assert_cmpmem (bytes, size, after, after_size);
  if (!ok)
    {
      g_assert_nonnull (error);
      g_assert_false (g_file_test (out_path, G_FILE_TEST_EXISTS));
      return FALSE;
    }
  {
    g_autoptr (DhkStore) store = dhk_store_open_with_password (out, password, &error);
    g_autoptr (DhkFrame) frame = NULL;
    g_autoptr (GPtrArray) batches = NULL;
    g_autoptr (GPtrArray) conflicts = NULL;

    g_assert_no_error (error);
    frame = dhk_store_load_frame (store, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, result->respondents);
    batches = dhk_store_list_batches (store, &error);
    g_assert_cmpuint (batches->len, ==, result->imports);
    conflicts = dhk_store_list_conflicts (store, &error);
    g_assert_no_error (error);
    g_assert_true (dhk_store_set_setting (store, "works", "yes", &error));
  }
  g_assert_cmpint (g_unlink (out_path), ==, 0);
  return TRUE;
}

static void
test_a_whole_study_comes_over_whole (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  DhkSalvage result;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_true (salvage (self, bytes, size, NULL, &result));
  g_assert_true (result.is_whole);
  g_assert_cmpuint (result.respondents, ==, N_YOUTHS + N_PARENTS);
  g_assert_cmpuint (result.imports, ==, 2);
  g_assert_cmpuint (result.respondents_lost + result.answers_lost, ==, 0);
}

static guint
count_conflicts (DhkStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = dhk_store_list_conflicts (store, &error);

  g_assert_no_error (error);
  return conflicts->len;
}

/* Answers that somebody chose to keep are told no more in the new study either; the others are. */
static void
test_kept_answers_stay_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autoptr (DhkDraft) again = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autofree char *out_path = fixture_path (self, "Gered.driehoek");
  g_autoptr (GFile) out = g_file_new_for_path (out_path);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  DhkSalvage result;

  fixture_set_code (youths, fixture_get_file (youths), 0, "band1_h", 1);
  fixture_set_code (again, fixture_get_file (again), 0, "band1_h", 1);
  fixture_set_code (youths, fixture_get_file (youths), 1, "band1_h", 3);
  fixture_set_code (again, fixture_get_file (again), 1, "band1_h", 3);
  fixture_commit (self, youths);
  for (gint64 id = 1; id <= 2; id++)
    g_assert_true (dhk_store_set_answer (
        self->store, id, (guint) dhk_instrument_find_item (self->instrument, "band1"),
        dhk_instrument_find_target (self->instrument, "hulpverlener"), 2, &error));
  fixture_commit (self, again);
  conflicts = dhk_store_list_conflicts (self->store, &error);
  g_assert_cmpuint (conflicts->len, ==, 2);
  g_ptr_array_remove_index (conflicts, 1);
  g_assert_true (dhk_store_keep_own (self->store, conflicts, &error));
  g_clear_pointer (&self->store, dhk_store_close);
  /* One that cannot be: it stays behind. */
  fixture_exec (self->path,
                "INSERT INTO journal_change SELECT step, 3, slot, target, 0, old, 99 FROM "
                "journal_change WHERE slot <= -15;"
                "INSERT INTO import_conflict SELECT 4, slot, target, 99, file_name FROM "
                "import_conflict LIMIT 1");

  g_assert_true (dhk_store_salvage (self->file, NULL, out, &result, &error));
  g_assert_no_error (error);
  g_assert_true (result.is_whole);
  self->store = dhk_store_open (out, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (self->store), ==, 1);
  fixture_compare (self, again);
  g_assert_cmpuint (fixture_get_file (again)->conflicts->len, ==, 1);
  label = dhk_store_dup_undo_label (self->store);
  g_assert_cmpstr (label, ==, "Keeping of 1 answer as it is here");
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_cmpuint (count_conflicts (self->store), ==, 2);
}

/* Who was erased on request is not among those that are lost. */
static void
test_the_erased_are_not_lost (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  DhkSalvage result;

  live (self);
  self->store = dhk_store_open (self->file, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_erase (self->store, 3, &error));
  g_assert_no_error (error);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_true (salvage (self, bytes, size, NULL, &result));
  g_assert_true (result.is_whole);
  g_assert_cmpuint (result.respondents, ==, N_YOUTHS + N_PARENTS - 1);
  g_assert_cmpuint (result.respondents_lost, ==, 0);
}

/* Damage of every kind and everywhere: nothing crashes, and what is lost is said. */
static void
test_damage_everywhere (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  guint n_saved = 0;
  guint n_most = 0;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *bad = g_memdup2 (bytes, size);
      gsize at = (gsize) g_rand_int_range (random, 4096, (gint32) size - 5000);
      gsize length = size;
      DhkSalvage result;

      if (i % 3 == 0)
        memset (bad + at, 0, 4096);
      else if (i % 3 == 1)
        for (guint k = 0; k < 50; k++)
          bad[at + (gsize) g_rand_int_range (random, 0, 4096)] ^= 0x55;
      else
        length = at;
      if (!salvage (self, bad, length, NULL, &result))
        continue;
      n_saved++;
      n_most += result.respondents > (N_YOUTHS + N_PARENTS) / 2;
      g_assert_cmpuint (result.respondents, <=, N_YOUTHS + N_PARENTS);
      if (result.respondents < N_YOUTHS + N_PARENTS && result.imports == 2)
        {
          g_assert_false (result.is_whole);
          g_assert_cmpuint (result.respondents_lost, >, 0);
        }
    }
  g_test_message ("%u of 90 saved, %u with more than half", n_saved, n_most);
  g_assert_cmpuint (n_saved, >, 30);
  g_assert_cmpuint (n_most, >, 20);
}

/* Of a file that was cut off comes what stands before the cut: more of a longer piece. */
static void
test_a_cut_file (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  guint64 before = 0;
  DhkSalvage result = { 0 };

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  for (guint percent = 70; percent < 100; percent += 4)
    {
      if (!salvage (self, bytes, size * percent / 100, NULL, &result))
        {
          g_assert_cmpuint (before, ==, 0);
          continue;
        }
      g_assert_false (result.is_whole);
      g_assert_cmpuint (result.respondents, >, 0);
      g_assert_cmpuint (result.respondents, >=, before);
      before = result.respondents;
    }
  g_assert_cmpuint (before, >, N_YOUTHS);
}

/* Zeros in the place of the page that leads to a table. */
static void
lose_root (Fixture *self, const char *table, char *bytes)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
  g_autofree char *page = fixture_query (self->path, sql);

  memset (bytes + (g_ascii_strtoull (page, NULL, 10) - 1) * 4096, 0, 4096);
}

/* Where the list of imports is lost, nobody who was imported is. */
static void
test_lost_imports (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  DhkSalvage result = { 0 };

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  lose_root (self, "import_batch", bytes);
  g_assert_true (salvage (self, bytes, size, NULL, &result));
  g_assert_false (result.is_whole);
  g_assert_cmpuint (result.respondents, ==, N_YOUTHS + N_PARENTS);
  g_assert_cmpuint (result.orphans, ==, N_YOUTHS + N_PARENTS);
  g_assert_cmpuint (result.undone, ==, 0);
  g_assert_cmpuint (result.answers_lost, ==, 0);
  g_assert_cmpuint (result.imports, ==, 2);
}

/* An import that was undone or taken out does not come back, also where its entry is lost. */
static void
test_the_undone_stays_undone (Fixture *self, gconstpointer data)
{
  gboolean take_out = GPOINTER_TO_INT (data);

  for (guint lost = 0; lost < 2; lost++)
    {
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize size = 0;
      DhkSalvage result = { 0 };

      if (lost == 0)
        {
          live (self);
          fixture_reopen (self);
          g_assert_true (take_out ? dhk_store_remove_batch (self->store, 1, &error)
                                  : dhk_store_undo (self->store, &error));
          g_assert_no_error (error);
          g_clear_pointer (&self->store, dhk_store_close);
        }
      g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
      if (lost == 1)
        lose_root (self, "import_batch", bytes);
      g_assert_true (salvage (self, bytes, size, NULL, &result));
      g_assert_cmpuint (result.respondents, ==, take_out ? N_PARENTS : N_YOUTHS);
      g_assert_cmpuint (result.undone, ==, take_out ? N_YOUTHS : N_PARENTS);
      g_assert_cmpuint (result.imports, ==, 1);
    }
}

/* Where the pages that lead to the rows are lost, the rows are found. */
static void
test_lost_roots (Fixture *self, gconstpointer data)
{
  static const char *const roots[]
      = { "respondent_record", "answer_sheet", "raw_chunk", "value", "sqlite_schema" };
  g_autofree char *out_path = fixture_path (self, "Heel.driehoek");
  g_autoptr (GFile) out = g_file_new_for_path (out_path);
  g_autofree char *before = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *all = NULL;
  g_autofree char *values = NULL;
  guint64 n_sheets;
  guint64 n_values;
  gsize size = 0;

  live (self);
  /* Rows of other tables that begin as an answer does: none of them may become one. */
  fixture_exec (self->path, "INSERT INTO hand_edit SELECT id, 2, '', 1 FROM respondent_record;"
                            "INSERT INTO entry_answer SELECT id, 2, '', 'vrouw' "
                            "FROM respondent_record;"
                            "INSERT INTO import_conflict SELECT id, 2, '', 'man', 'J.csv' "
                            "FROM respondent_record");
  before = fixture_dump_views (self->path);
  all = fixture_query (self->path, "SELECT count (*) FROM answer_sheet");
  n_sheets = g_ascii_strtoull (all, NULL, 10);
  values = fixture_query (self->path, "SELECT count (*) FROM value");
  n_values = g_ascii_strtoull (values, NULL, 10);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *bad = g_memdup2 (bytes, size);
      g_autofree char *after = NULL;
      g_autofree char *sheets = NULL;
      g_autofree char *rest = NULL;
      g_autoptr (GError) error = NULL;
      DhkSalvage result = { 0 };

      g_assert_true (g_file_set_contents (self->path, bytes, (gssize) size, NULL));
      if (i + 1 < G_N_ELEMENTS (roots))
        lose_root (self, roots[i], bad);
      else
        memset (bad, 0, 4096);
      g_assert_true (salvage (self, bad, size, NULL, &result));
      g_assert_false (result.is_whole);
      g_assert_cmpuint (result.respondents, ==, N_YOUTHS + N_PARENTS);
      g_assert_cmpuint (result.answers_lost, ==, 0);
      g_assert_cmpuint (result.imports, ==, 2);
      g_assert_true (dhk_store_salvage (self->file, NULL, out, &result, &error));
      after = fixture_dump_views (out_path);
      /* The root of a table without rowids has rows of its own, a few. */
      if (i == 0 || i == 2)
        g_assert_true (g_str_equal (after, before));
      sheets = fixture_query (out_path, "SELECT count (*) FROM answer_sheet");
      g_assert_cmpuint (g_ascii_strtoull (sheets, NULL, 10), >, n_sheets - 8);
      rest = fixture_query (out_path, "SELECT count (*) FROM value");
      g_test_message ("%s lost: %s of %s values", roots[i], rest, values);
      g_assert_cmpuint (g_ascii_strtoull (rest, NULL, 10), >, n_values - 8);
      g_assert_cmpuint (g_ascii_strtoull (rest, NULL, 10), <=, n_values);
      g_assert_cmpint (g_unlink (out_path), ==, 0);
    }
}

/* Without the questionnaires, or without anybody who answered them, nothing is made. */
static void
test_nothing_to_save (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *path = fixture_path (self, "Gered.driehoek");
  g_autoptr (GFile) out = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  DhkSalvage result;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  nobody = g_memdup2 (bytes, size);
  memset (nobody + size / 2, 0, size - size / 2);
  g_assert_true (g_file_set_contents (self->path, nobody, (gssize) size, NULL));
  g_assert_false (dhk_store_salvage (self->file, NULL, out, &result, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "no respondent can be saved"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  memset (bytes, 0, size / 2);
  g_assert_false (salvage (self, bytes, size, NULL, &result));
  g_assert_false (salvage (self, bytes, 100, NULL, &result));
  g_assert_false (salvage (self, bytes, 0, NULL, &result));
}

/* Paper forms come along with both passes and what was settled. */
static void
test_typed_forms (Fixture *self, gconstpointer data)
{
  static const char typed[]
      = "SELECT b.name, f.pass, f.number, f.complete, a.slot, a.target, a.answer, s.answer "
        "FROM entry_batch b JOIN entry_form f ON f.batch = b.id "
        "JOIN entry_answer a ON a.form = f.id LEFT JOIN entry_settled s ON s.form = f.id "
        "AND s.slot = a.slot AND s.target = a.target ORDER BY 1, 2, 3, 5, 6";
  gint64 batch = entry_type_twice (self);
  g_autofree char *path = fixture_path (self, "Gered.driehoek");
  g_autoptr (GFile) out = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *views = NULL;
  g_autofree char *after = NULL;
  g_autofree char *views_after = NULL;
  g_autoptr (DhkEntryComparison) comparison = NULL;
  DhkSalvage result = { 0 };

  entry_settle (self, batch, 1, BAND1, entry_code (4));
  g_clear_pointer (&self->store, dhk_store_close);
  before = fixture_query (self->path, typed);
  views = fixture_dump_views (self->path);
  g_assert_cmpint (strlen (before), >, 0);
  g_assert_true (dhk_store_salvage (self->file, NULL, out, &result, &error));
  g_assert_no_error (error);
  g_assert_true (result.is_whole);
  after = fixture_query (path, typed);
  views_after = fixture_dump_views (path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (views_after, ==, views);

  /* Typing goes on. */
  g_assert_cmpint (g_rename (path, self->path), ==, 0);
  fixture_reopen (self);
  comparison = entry_compare (self, batch);
  g_assert_cmpuint (comparison->n_forms, ==, 1);
  entry_type (self, batch, DHK_ENTRY_FIRST, 40, SECTOR, entry_code (1));
}

/* Only what is authenticated, before the damage, is taken. */
static void
test_an_encrypted_study_up_to_the_damage (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  DhkSalvage result;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_false (salvage (self, bytes, size, NULL, &result));
  g_assert_false (salvage (self, bytes, size, "een ander", &result));
  g_assert_true (salvage (self, bytes, size, FIXTURE_PASSWORD, &result));
  g_assert_true (result.is_whole);
  g_assert_true (result.was_encrypted);
  for (gsize cut = size / 10; cut < size; cut += size / 10)
    if (salvage (self, bytes, cut, FIXTURE_PASSWORD, &result))
      {
        g_assert_false (result.is_whole);
        g_assert_cmpuint (result.trusted, <, cut);
      }
  bytes[size - 100] ^= 1;
  if (salvage (self, bytes, size, FIXTURE_PASSWORD, &result))
    g_assert_false (result.is_whole);
}

static void
set_up_taken_out (Fixture *self, gconstpointer data)
{
  fixture_set_up (self, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/salvage/a_whole_study_comes_over_whole",
                test_a_whole_study_comes_over_whole);
  FIXTURE_TEST ("/store/salvage/kept_answers_stay_kept", test_kept_answers_stay_kept);
  FIXTURE_TEST ("/store/salvage/the_erased_are_not_lost", test_the_erased_are_not_lost);
  FIXTURE_TEST ("/store/salvage/damage_everywhere", test_damage_everywhere);
  FIXTURE_TEST ("/store/salvage/a_cut_file", test_a_cut_file);
  FIXTURE_TEST ("/store/salvage/lost_imports", test_lost_imports);
  FIXTURE_TEST ("/store/salvage/undone", test_the_undone_stays_undone);
  g_test_add ("/store/salvage/taken_out", Fixture, GINT_TO_POINTER (TRUE), set_up_taken_out,
              test_the_undone_stays_undone, fixture_tear_down);
  FIXTURE_TEST ("/store/salvage/lost_roots", test_lost_roots);
  FIXTURE_TEST ("/store/salvage/nothing_to_save", test_nothing_to_save);
  FIXTURE_TEST ("/store/salvage/typed_forms", test_typed_forms);
  ENCRYPTED_TEST ("/store/salvage/an_encrypted_study_up_to_the_damage",
                  test_an_encrypted_study_up_to_the_damage);
  return g_test_run ();
}
