/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-salvage.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "encrypted-fixture.h"
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

    g_assert_no_error (error);
    frame = dhk_store_load_frame (store, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, result->respondents);
    batches = dhk_store_list_batches (store, &error);
    g_assert_cmpuint (batches->len, ==, result->imports);
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
      g_assert_true (salvage (self, bytes, size * percent / 100, NULL, &result));
      g_assert_false (result.is_whole);
      g_assert_cmpuint (result.respondents, >=, before);
      before = result.respondents;
    }
  g_assert_cmpuint (before, >, N_YOUTHS);
}

/* Where the list of imports is lost, nobody who was imported is. */
static void
test_lost_imports (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gsize page;
  DhkSalvage result = { 0 };

  live (self);
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT rootpage FROM sqlite_schema WHERE name = "
                                       "'import_batch'",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = (gsize) sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  memset (bytes + (page - 1) * 4096, 0, 4096);
  g_assert_true (salvage (self, bytes, size, NULL, &result));
  g_assert_false (result.is_whole);
  g_assert_cmpuint (result.respondents, ==, N_YOUTHS + N_PARENTS);
  g_assert_cmpuint (result.orphans, ==, N_YOUTHS + N_PARENTS);
  g_assert_cmpuint (result.answers_lost, ==, 0);
  g_assert_cmpuint (result.imports, ==, 2);
}

static void
test_no_beginning_no_salvage (Fixture *self, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  DhkSalvage result;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  memset (bytes, 0, 4096);
  g_assert_false (salvage (self, bytes, size, NULL, &result));
  g_assert_false (salvage (self, bytes, 100, NULL, &result));
  g_assert_false (salvage (self, bytes, 0, NULL, &result));
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/salvage/a_whole_study_comes_over_whole",
                test_a_whole_study_comes_over_whole);
  FIXTURE_TEST ("/store/salvage/the_erased_are_not_lost", test_the_erased_are_not_lost);
  FIXTURE_TEST ("/store/salvage/damage_everywhere", test_damage_everywhere);
  FIXTURE_TEST ("/store/salvage/a_cut_file", test_a_cut_file);
  FIXTURE_TEST ("/store/salvage/lost_imports", test_lost_imports);
  FIXTURE_TEST ("/store/salvage/no_beginning_no_salvage", test_no_beginning_no_salvage);
  ENCRYPTED_TEST ("/store/salvage/an_encrypted_study_up_to_the_damage",
                  test_an_encrypted_study_up_to_the_damage);
  return g_test_run ();
}
