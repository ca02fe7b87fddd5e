/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Studies that may not be changed where they lie: looked at, never touched. */

#include <glib/gstdio.h>
#include <string.h>

#include "encrypted-fixture.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents.h"
#include "store/dhk-store-retention.h"

#define N_ROWS 30

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every name in the folder with its bytes. */
static char *
describe_folder (Fixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = fixture_path (self, name);
      g_autofree char *bytes = NULL;
      g_autofree char *sum = NULL;
      gsize size = 0;

      if (g_file_get_contents (path, &bytes, &size, NULL))
        sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
      g_ptr_array_add (lines, g_strdup_printf ("%s %s", name, sum));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
fill (Fixture *self)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", N_ROWS);

  fixture_commit (self, draft);
}

static gboolean
set_answer (DhkStore *store, int code, GError **error)
{
  DhkInstrument *instrument = dhk_store_get_instrument (store);

  return dhk_store_set_answer (store, 1, (guint) dhk_instrument_find_item (instrument, "band1"),
                               dhk_instrument_find_target (instrument, "hulpverlener"), code,
                               error);
}

#define assert_refused(call)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) refusal = NULL;                                                             \
    g_assert_false (call);                                                                         \
    g_assert_error (refusal, DHK_STORE_ERROR, DHK_STORE_ERROR_READ_ONLY);                          \
    g_assert_nonnull (strstr (refusal->message, "read-only"));                                     \
    g_assert_null (strstr (refusal->message, self->folder));                                       \
  }                                                                                                \
  G_STMT_END

/* Everything can be looked at, nothing can be changed, and the disk is as it was. */
static void
look (Fixture *self, const char *password)
{
  g_autofree char *before = describe_folder (self);
  g_autofree char *after = NULL;
  g_autofree char *raw = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "K.csv", "2", "jeugdigen", 40);
  DhkStore *store = dhk_store_open_with_password (self->file, password, &problem);

  g_assert_no_error (problem);
  g_assert_true (dhk_store_is_read_only (store));
  g_assert_cmpint (dhk_store_is_encrypted (store), ==, password != NULL);
  frame = dhk_store_load_frame (store, NULL, &problem);
  g_assert_no_error (problem);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, N_ROWS);
  batches = dhk_store_list_batches (store, &problem);
  g_assert_cmpuint (batches->len, ==, 1);
  raw = dhk_store_dup_raw (store, 1, &problem);
  g_assert_nonnull (raw);
  g_assert_true (dhk_store_compare (store, draft, NULL, &problem));
  g_assert_no_error (problem);

  assert_refused (dhk_store_commit (store, draft, NULL, &refusal));
  assert_refused (set_answer (store, 2, &refusal));
  assert_refused (dhk_store_undo (store, &refusal));
  assert_refused (dhk_store_remove_batch (store, 1, &refusal));
  assert_refused (dhk_store_set_setting (store, "last-page", "report", &refusal));
  assert_refused (dhk_store_set_retention (store, "2031-12-31", &refusal));
  assert_refused (dhk_store_erase (store, 1, &refusal));
  assert_refused (dhk_store_back_up_now (store, &refusal));
  assert_refused (dhk_store_set_password (store, "een ander", &refusal));
  /* Even what forgets to ask. */
  assert_refused (dhk_sql_exec (store, "DELETE FROM respondent_record", &refusal));
  assert_refused (dhk_store_erase_study (store, &refusal));

  after = describe_folder (self);
  g_assert_cmpstr (after, ==, before);
}

/* A copy is an ordinary study, with the same password. */
static void
copy_and_change (Fixture *self, const char *password)
{
  g_autofree char *folder = g_dir_make_tmp ("driehoek-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "Kopie.driehoek", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DhkStore *store = dhk_store_open_with_password (self->file, password, NULL);

  g_assert_true (dhk_store_save_copy (store, file, &error));
  g_assert_no_error (error);
  assert_refused (set_answer (store, 2, &refusal));
  dhk_store_close (store);

  store = dhk_store_open (file, NULL);
  g_assert_cmpint (store == NULL, ==, password != NULL);
  if (store == NULL)
    store = dhk_store_open_with_password (file, password, &error);
  g_assert_no_error (error);
  g_assert_false (dhk_store_is_read_only (store));
  g_assert_true (set_answer (store, 2, &error));
  g_assert_no_error (error);
  dhk_store_close (store);
  g_remove (path);
  g_rmdir (folder);
}

static void
look_at_all (Fixture *self, const char *password)
{
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  look (self, password);
  copy_and_change (self, password);

  g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  look (self, password);
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
}

static void
test_plain (Fixture *self, gconstpointer data)
{
  fill (self);
  look_at_all (self, NULL);
  fixture_reopen (self);
  g_assert_false (dhk_store_is_read_only (self->store));
}

static void
test_encrypted (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Keys are cheap here. */
  dhk_seal_set_limits_of_tests (1, 8192);
  fill (self);
  g_assert_true (dhk_store_set_password (self->store, FIXTURE_PASSWORD, &error));
  look_at_all (self, FIXTURE_PASSWORD);
}

/* One of an earlier version is renewed in memory alone. */
static void
test_earlier_version (Fixture *self, gconstpointer data)
{
  fill (self);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_take_back (self->path, 6);
  look_at_all (self, NULL);
  fixture_assert_query (self->path, "PRAGMA user_version", "6");
}

/* Copies what a program that is killed at this moment leaves. */
static void
leave_half_written (Fixture *self)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autofree char *database = NULL;
  g_autofree char *half = NULL;
  gsize n_database = 0;
  gsize n_half = 0;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
                                 "UPDATE answer_sheet SET answers = '';"
                                 "UPDATE import_batch SET file_name = 'half';"
                                 "UPDATE respondent_record SET content = ''",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (self->path, &database, &n_database, NULL));
  g_assert_true (g_file_get_contents (journal, &half, &n_half, NULL));
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (self->path, database, (gssize) n_database, NULL));
  g_assert_true (g_file_set_contents (journal, half, (gssize) n_half, NULL));
}

static void
test_half_written (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *left = NULL;
  g_autofree char *after = NULL;
  g_autofree char *tables = NULL;
  g_autoptr (GError) error = NULL;

  fill (self);
  g_clear_pointer (&self->store, dhk_store_close);
  before = fixture_dump_tables (self->path);
  leave_half_written (self);
  left = describe_folder (self);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  g_assert_null (dhk_store_open (self->file, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "“Studie.driehoek-journal”"));
  g_test_message ("%s", error->message);
  after = describe_folder (self);
  g_assert_cmpstr (after, ==, left);

  /* Where it can be written it is taken back. */
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  fixture_reopen (self);
  g_clear_pointer (&self->store, dhk_store_close);
  tables = fixture_dump_tables (self->path);
  g_assert_cmpstr (tables, ==, before);
}

/* Another kind of file is told as always. */
static void
test_no_study (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_set_contents (self->path, "name,answer\n1,2\n", -1, NULL));
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  g_assert_null (dhk_store_open (self->file, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_NOT_A_STUDY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/read_only/plain", test_plain);
  FIXTURE_TEST ("/store/read_only/earlier_version", test_earlier_version);
  FIXTURE_TEST ("/store/read_only/half_written", test_half_written);
  FIXTURE_TEST ("/store/read_only/no_study", test_no_study);
  g_test_add ("/store/read_only/encrypted", Fixture, NULL, fixture_set_up, test_encrypted,
              fixture_tear_down);
  return g_test_run ();
}
