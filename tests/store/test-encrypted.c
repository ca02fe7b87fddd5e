/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"

#define ANOTHER_PASSWORD "nog een wachtwoord"

static void
assert_refused (GFile *file, const char *password, DhkStoreError code)
{
  g_autoptr (GError) error = NULL;
  DhkStore *store = dhk_store_open_with_password (file, password, &error);

  g_assert_null (store);
  g_assert_error (error, DHK_STORE_ERROR, (gint) code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
set_band (Fixture *self, gint64 respondent, int code)
{
  g_autoptr (GError) error = NULL;

  dhk_store_set_answer (
      self->store, respondent, (guint) dhk_instrument_find_item (self->instrument, "band1"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), code, &error);
  g_assert_no_error (error);
}

static void
test_nothing_can_be_read (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 30);
  g_autofree char *revealed = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  fixture_commit (self, draft);
  g_assert_false (encrypted_folder_holds (self, "SQLite format"));
  g_assert_false (encrypted_folder_holds (self, "jeugdigen"));
  g_assert_false (encrypted_folder_holds (self, "CREATE TABLE"));
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (strcmp (name, ".Studie.driehoek.lock") != 0)
      g_assert_cmpstr (name, ==, "Studie.driehoek");
  /* The search can find it. */
  revealed = encrypted_reveal (self, FIXTURE_PASSWORD);
  g_assert_true (encrypted_folder_holds (self, "jeugdigen"));
}

static void
test_only_the_password_opens (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size = 0;
  gsize size_after = 0;

  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &before, &size, NULL));
  assert_refused (self->file, NULL, DHK_STORE_ERROR_PASSWORD);
  assert_refused (self->file, "", DHK_STORE_ERROR_PASSWORD);
  assert_refused (self->file, "Een goed wachtwoord", DHK_STORE_ERROR_PASSWORD);
  g_assert_true (g_file_get_contents (self->path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size, after, size_after);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  g_assert_true (dhk_store_is_encrypted (self->store));
  g_assert_true (dhk_store_check_password (self->store, FIXTURE_PASSWORD));
  g_assert_false (dhk_store_check_password (self->store, ANOTHER_PASSWORD));
}

/* The whole life of a study, each step read back from the disk. */
static void
test_every_change_is_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 300);
  g_autoptr (GError) error = NULL;
  g_autofree char *imported = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *page = NULL;

  fixture_commit (self, draft);
  imported = encrypted_describe (self, FIXTURE_PASSWORD);
  set_band (self, 3, DHK_MISSING_UNREADABLE);
  edited = encrypted_describe (self, FIXTURE_PASSWORD);
  g_assert_cmpstr (imported, !=, edited);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  g_assert_true (dhk_store_undo (self->store, &error));
  undone = encrypted_describe (self, FIXTURE_PASSWORD);
  g_assert_cmpstr (undone, !=, edited);
  g_assert_true (dhk_store_redo (self->store, &error));
  redone = encrypted_describe (self, FIXTURE_PASSWORD);
  g_assert_cmpstr (redone, !=, undone);
  g_assert_true (dhk_store_set_setting (self->store, "last-page", "compare", &error));
  encrypted_reopen (self, FIXTURE_PASSWORD);
  page = dhk_store_get_setting (self->store, "last-page");
  g_assert_cmpstr (page, ==, "compare");
  {
    g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, &error);

    g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 300);
  }
}

static void
test_a_copy_is_encrypted (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 5);
  g_autofree char *path = fixture_path (self, "Kopie.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) copy = NULL;

  fixture_commit (self, draft);
  g_assert_true (dhk_store_save_copy (self->store, file, &error));
  g_assert_false (encrypted_folder_holds (self, "SQLite format"));
  assert_refused (file, NULL, DHK_STORE_ERROR_PASSWORD);
  copy = dhk_store_open_with_password (file, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_undo (copy, &error));
}

static void
test_turning_keeps_everything (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  static const char *const passwords[]
      = { NULL, FIXTURE_PASSWORD, ANOTHER_PASSWORD, NULL, ANOTHER_PASSWORD };

  fixture_commit (self, draft);
  set_band (self, 2, DHK_MISSING_EMPTY);
  before = encrypted_describe (self, FIXTURE_PASSWORD);
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autofree char *found = NULL;
      g_autofree char *value = g_strdup_printf ("%u", i);

      g_assert_true (dhk_store_set_password (self->store, passwords[i], &error));
      g_assert_no_error (error);
      g_assert_cmpint (dhk_store_is_encrypted (self->store), ==, passwords[i] != NULL);
      g_assert_cmpint (encrypted_folder_holds (self, "SQLite format"), ==, passwords[i] == NULL);
      found = encrypted_describe (self, passwords[i]);
      g_assert_cmpstr (found, ==, before);
      /* It lives on in the same handle, and after opening it again. */
      g_assert_true (dhk_store_set_setting (self->store, "round", value, &error));
      g_assert_true (dhk_store_set_setting (self->store, "round", NULL, &error));
      encrypted_reopen (self, passwords[i]);
    }
  assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_BUSY);
  g_clear_pointer (&self->store, dhk_store_close);
  assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_PASSWORD);
}

/* What stood there readable is overwritten, not only unlinked. */
static void
test_turning_on_wipes_what_was_readable (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) old = NULL;
  gsize n = 0;

  g_assert_true (dhk_store_set_password (self->store, NULL, NULL));
  fixture_commit (self, draft);
  old = g_mapped_file_new (self->path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_set_password (self->store, ANOTHER_PASSWORD, &error));
  for (gsize i = 0; i < g_mapped_file_get_length (old); i++)
    n += g_mapped_file_get_contents (old)[i] != 0;
  g_assert_cmpuint (n, ==, 0);
}

static void
test_one_program_at_a_time (Fixture *self, gconstpointer data)
{
  assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_BUSY);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_BUSY);
}

/* Turning on waits for a program that is reading or writing. */
static void
test_not_encrypted_under_anothers_hands (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_store_set_password (self->store, NULL, NULL));
  {
    g_autoptr (DhkStore) other = dhk_store_open (self->file, &error);

    g_assert_no_error (error);
    g_assert_true (dhk_store_set_password (self->store, ANOTHER_PASSWORD, &error));
    /* The other program's file is gone: it is told so, and nothing of it is lost. */
    g_assert_false (dhk_store_set_setting (other, "a", "b", &error));
    g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  }
  encrypted_reopen (self, ANOTHER_PASSWORD);
}

static void
try_every_change (Fixture *self, gint code)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "O.csv", "2", "ouders", 20);
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, code);
  g_clear_error (&error);
  g_assert_false (dhk_store_set_setting (self->store, "a", "b", &error));
  g_assert_error (error, DHK_STORE_ERROR, code);
  g_clear_error (&error);
  g_assert_false (dhk_store_undo (self->store, &error));
  g_assert_error (error, DHK_STORE_ERROR, code);
  g_clear_error (&error);
  g_assert_false (dhk_store_set_password (self->store, ANOTHER_PASSWORD, &error));
  g_assert_error (error, DHK_STORE_ERROR, code);
}

/* What cannot be written did not happen: memory holds what the disk holds. */
static void
test_a_failed_write_changes_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autoptr (DhkDraft) again = fixture_make_draft (self, "O.csv", "2", "ouders", 20);
  g_autofree char *blocked = fixture_path (self, ".Studie.driehoek.part");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *value = NULL;
  g_autofree char *revealed = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  guint64 generation;

  fixture_commit (self, draft);
  before = encrypted_describe (self, FIXTURE_PASSWORD);
  generation = dhk_store_get_generation (self->store);
  g_assert_cmpint (g_mkdir (blocked, 0700), ==, 0);
  try_every_change (self, DHK_STORE_ERROR_IO);
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);
  value = dhk_store_get_setting (self->store, "a");
  g_assert_null (value);
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 20);
  g_assert_cmpint (g_rmdir (blocked), ==, 0);
  after = encrypted_describe (self, FIXTURE_PASSWORD);
  g_assert_cmpstr (after, ==, before);

  /* And goes on when it can. */
  fixture_commit (self, again);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  revealed = encrypted_reveal (self, FIXTURE_PASSWORD);
  fixture_assert_query (revealed, "SELECT count (*) FROM respondent", "40");
}

static void
test_a_full_disk_changes_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  struct rlimit old;
  struct rlimit small;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_commit (self, draft);
  before = encrypted_describe (self, FIXTURE_PASSWORD);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 50000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  try_every_change (self, DHK_STORE_ERROR_IO);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  after = encrypted_describe (self, FIXTURE_PASSWORD);
  g_assert_cmpstr (after, ==, before);
  encrypted_reopen (self, FIXTURE_PASSWORD);
}

/* A study that was put back from elsewhere while it was open is not overwritten. */
static void
test_a_replaced_file_is_left_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autofree char *old = NULL;
  g_autofree char *found = NULL;
  gsize size = 0;
  gsize found_size = 0;

  g_assert_true (g_file_get_contents (self->path, &old, &size, NULL));
  fixture_commit (self, draft);
  g_assert_true (g_file_set_contents (self->path, old, (gssize) size, NULL));
  try_every_change (self, DHK_STORE_ERROR_CONFLICT);
  g_assert_true (g_file_get_contents (self->path, &found, &found_size, NULL));
  g_assert_cmpmem (old, size, found, found_size);
}

static void
test_damage_is_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 20);
  g_autofree char *good = NULL;
  gsize size = 0;

  fixture_commit (self, draft);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &good, &size, NULL));
  for (gsize cut = 82; cut < size; cut += size / 13)
    {
      g_assert_true (g_file_set_contents (self->path, good, (gssize) cut, NULL));
      assert_refused (self->file, FIXTURE_PASSWORD,
                      cut < 100 ? DHK_STORE_ERROR_NOT_A_STUDY : DHK_STORE_ERROR_DAMAGED);
    }
  for (gsize at = 82; at < size; at += size / 13)
    {
      g_autofree char *bad = g_memdup2 (good, size);

      bad[at] ^= 4;
      g_assert_true (g_file_set_contents (self->path, bad, (gssize) size, NULL));
      assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_DAMAGED);
    }
}

/* Wiped by SQLite, and the pages it gave back are not sealed either. */
static void
test_what_is_wiped_is_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *secret = g_strnfill (9000, 'q');
  g_autofree char *path = NULL;

  g_assert_true (dhk_store_set_setting (self->store, "a", secret, NULL));
  g_assert_true (dhk_store_set_setting (self->store, "a", NULL, NULL));
  path = encrypted_reveal (self, FIXTURE_PASSWORD);
  g_assert_false (encrypted_folder_holds (self, "qqqqqqqq"));
}

static void
test_a_link_stays_a_link (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, "Link.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = NULL;

  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_cmpint (symlink ("Studie.driehoek", path), ==, 0);
  store = dhk_store_open_with_password (file, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  /* It is one study, whatever it is called. */
  assert_refused (self->file, FIXTURE_PASSWORD, DHK_STORE_ERROR_BUSY);
  g_assert_true (dhk_store_set_setting (store, "a", "b", &error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_clear_pointer (&store, dhk_store_close);
  encrypted_reopen (self, FIXTURE_PASSWORD);
}

static void
test_an_older_study_is_renewed (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *image = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *backup = fixture_path (self, "Studie.driehoek.backup-v0");
  g_autoptr (GFile) backup_file = g_file_new_for_path (backup);
  gsize size = 0;

  g_clear_pointer (&self->store, dhk_store_close);
  path = encrypted_reveal (self, FIXTURE_PASSWORD);
  g_assert_cmpint (g_unlink (path), ==, 0);
  fixture_exec (path, "PRAGMA application_id = 1145588529; CREATE TABLE instrument (id TEXT NOT "
                      "NULL PRIMARY KEY, xml BLOB NOT NULL)");
  {
    GBytes *xml = dhk_instrument_get_xml (self->instrument);
    gsize xml_size;
    const char *text = g_bytes_get_data (xml, &xml_size);
    g_autofree char *copy = g_strndup (text, xml_size);
    g_auto (GStrv) parts = g_strsplit (copy, "'", -1);
    g_autofree char *quoted = g_strjoinv ("''", parts);
    g_autofree char *insert
        = g_strdup_printf ("INSERT INTO instrument VALUES ('x', CAST ('%s' AS BLOB))", quoted);

    fixture_exec (path, insert);
  }
  g_assert_true (g_file_get_contents (path, &image, &size, NULL));
  plain = g_bytes_new (image, size);
  sealed = dhk_seal_bytes (plain, DHK_SEAL_STUDY, FIXTURE_PASSWORD, NULL);
  g_assert_true (g_file_set_contents (self->path, g_bytes_get_data (sealed, NULL),
                                      (gssize) g_bytes_get_size (sealed), NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_false (encrypted_folder_holds (self, "SQLite format"));
  assert_refused (backup_file, ANOTHER_PASSWORD, DHK_STORE_ERROR_PASSWORD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ENCRYPTED_TEST ("/store/encrypted/nothing_can_be_read", test_nothing_can_be_read);
  ENCRYPTED_TEST ("/store/encrypted/only_the_password_opens", test_only_the_password_opens);
  ENCRYPTED_TEST ("/store/encrypted/every_change_is_kept", test_every_change_is_kept);
  ENCRYPTED_TEST ("/store/encrypted/a_copy_is_encrypted", test_a_copy_is_encrypted);
  ENCRYPTED_TEST ("/store/encrypted/turning_keeps_everything", test_turning_keeps_everything);
  ENCRYPTED_TEST ("/store/encrypted/turning_on_wipes_what_was_readable",
                  test_turning_on_wipes_what_was_readable);
  ENCRYPTED_TEST ("/store/encrypted/one_program_at_a_time", test_one_program_at_a_time);
  ENCRYPTED_TEST ("/store/encrypted/not_encrypted_under_anothers_hands",
                  test_not_encrypted_under_anothers_hands);
  ENCRYPTED_TEST ("/store/encrypted/a_failed_write_changes_nothing",
                  test_a_failed_write_changes_nothing);
  ENCRYPTED_TEST ("/store/encrypted/a_full_disk_changes_nothing", test_a_full_disk_changes_nothing);
  ENCRYPTED_TEST ("/store/encrypted/a_replaced_file_is_left_alone",
                  test_a_replaced_file_is_left_alone);
  ENCRYPTED_TEST ("/store/encrypted/damage_is_refused", test_damage_is_refused);
  ENCRYPTED_TEST ("/store/encrypted/what_is_wiped_is_gone", test_what_is_wiped_is_gone);
  ENCRYPTED_TEST ("/store/encrypted/a_link_stays_a_link", test_a_link_stays_a_link);
  ENCRYPTED_TEST ("/store/encrypted/an_older_study_is_renewed", test_an_older_study_is_renewed);
  return g_test_run ();
}
