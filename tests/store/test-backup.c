/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "encrypted-fixture.h"
#include "store/dhk-store-private.h"

static char *
dup_folder (Fixture *self)
{
  return g_strconcat (self->path, ".backups", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *path = dup_folder (self);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_false (g_str_has_suffix (name, ".part"));
      g_assert_false (g_str_has_suffix (name, ".lock"));
      g_assert_cmpint (g_remove (file), ==, 0);
    }
  fixture_tear_down (self, data);
}

static guint
count (Fixture *self)
{
  g_autoptr (GPtrArray) backups = dhk_store_list_backups (self->store);

  return backups->len;
}

/* Whether any backup holds `text`. */
static gboolean
backups_hold (Fixture *self, const char *text)
{
  g_autofree char *path = dup_folder (self);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (file, &data, &size, NULL)
          && memmem (data, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
commit (Fixture *self, const char *questionnaire, guint n)
{
  g_autoptr (DhkDraft) draft
      = fixture_make_draft (self, questionnaire, questionnaire, questionnaire, n);

  fixture_commit (self, draft);
}

static void
test_first_change_of_a_session (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;

  /* Off, and with nothing to lose: none. */
  commit (self, "jeugdigen", 5);
  g_assert_cmpuint (count (self), ==, 0);
  dhk_store_set_automatic_backups (self->store, NULL);
  before = fixture_dump_tables (self->path);
  commit (self, "ouders", 5);
  g_assert_cmpuint (count (self), ==, 1);
  {
    g_autoptr (GPtrArray) backups = dhk_store_list_backups (self->store);
    const DhkBackup *backup = dhk_backup_find (backups, "1");
    g_autofree char *found = fixture_dump_tables (g_file_peek_path (backup->file));

    g_assert_cmpstr (found, ==, before);
    g_assert_true (dhk_backup_find (backups, backup->name) == backup);
    g_assert_null (dhk_backup_find (backups, "2"));
    g_assert_null (dhk_backup_find (backups, "geen"));
  }
  /* The second change makes none; the next session does. */
  commit (self, "leraren", 5);
  g_assert_cmpuint (count (self), ==, 1);
  fixture_reopen (self);
  dhk_store_set_automatic_backups (self->store, NULL);
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_cmpuint (count (self), ==, 2);
}

static void
test_a_failing_backup_stops_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *path = dup_folder (self);
  g_autofree char *problem = NULL;
  g_autofree char *again = NULL;

  commit (self, "jeugdigen", 5);
  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  dhk_store_set_automatic_backups (self->store, NULL);
  commit (self, "ouders", 5);
  problem = dhk_store_take_backup_problem (self->store);
  g_assert_nonnull (problem);
  /* It blames what is in the way, not the study. */
  g_assert_nonnull (strstr (problem, g_strerror (ENOTDIR)));
  again = dhk_store_take_backup_problem (self->store);
  g_assert_null (again);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "10");

  /* It is not tried at every change, but later in the same session. */
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_cmpuint (count (self), ==, 0);
  self->store->backed_up -= 10 * 60;
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_cmpuint (count (self), ==, 1);
}

/* Where there was no room: not at once as long as there is none, and with the first change when there is. */
static void
test_a_backup_is_made_when_there_is_room (Fixture *self, gconstpointer data)
{
  g_autofree char *path = dup_folder (self);

  commit (self, "jeugdigen", 5);
  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  dhk_store_set_automatic_backups (self->store, NULL);
  commit (self, "ouders", 5);
  /* This disk is not full. */
  g_assert_cmpuint (self->store->backup_lacks, ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  self->store->backup_lacks = G_MAXUINT64;
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_cmpuint (count (self), ==, 0);
  self->store->backup_lacks = 1;
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_cmpuint (self->store->backup_lacks, ==, 0);
}

/* Which of the backups of `n_days`, one every six hours, are left. */
static void
test_rotation (Fixture *self, gconstpointer data)
{
  g_autofree char *path = dup_folder (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 oldest = G_MAXINT64;
  guint n_this_week = 0;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  for (guint i = 1; i < 60 * 4; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_hours (now, -6 * (int) i);
      g_autofree char *name = g_date_time_format (time, "%Y-%m-%dT%H%M%SZ.driehoek");
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_true (g_file_set_contents (file, "old", -1, NULL));
    }
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  {
    g_autoptr (GPtrArray) backups = dhk_store_list_backups (self->store);

    for (guint i = 0; i < backups->len; i++)
      {
        const DhkBackup *backup = g_ptr_array_index (backups, i);
        gint64 age = g_date_time_to_unix (now) - backup->when;

        oldest = MIN (oldest, backup->when);
        n_this_week += age < 7 * 24 * 60 * 60;
        if (i > 0)
          g_assert_cmpint (backup->when, <,
                           ((const DhkBackup *) g_ptr_array_index (backups, i - 1))->when);
      }
    g_assert_cmpuint (backups->len, <=, 5 + 8 + 5);
    g_assert_cmpuint (backups->len, >=, 5 + 5 + 4);
  }
  g_assert_cmpuint (n_this_week, >=, 7 + 3);
  g_assert_cmpint (oldest, <, g_date_time_to_unix (now) - 25 * 24 * 60 * 60);
  g_assert_cmpint (oldest, >, g_date_time_to_unix (now) - 36 * 24 * 60 * 60);
}

static void
test_restore (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *later = NULL;
  g_autofree char *found = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const DhkBackup *backup;

  commit (self, "jeugdigen", 5);
  before = fixture_dump_tables (self->path);
  g_assert_true (dhk_store_back_up_now (self->store, &error));
  commit (self, "ouders", 5);
  later = fixture_dump_tables (self->path);
  backups = dhk_store_list_backups (self->store);
  g_clear_pointer (&self->store, dhk_store_close);

  backup = dhk_backup_find (backups, "1");
  g_assert_true (dhk_backup_restore (self->file, backup, &error));
  g_assert_no_error (error);
  found = fixture_dump_tables (self->path);
  g_assert_cmpstr (found, ==, before);

  /* What was there is a backup itself, so going back can be taken back. */
  after = dhk_backup_list (self->file);
  g_assert_cmpuint (after->len, ==, 2);
  backup = dhk_backup_find (after, "1");
  kept = fixture_dump_tables (g_file_peek_path (backup->file));
  g_assert_cmpstr (kept, ==, later);
}

/* A hot journal of what was there may not be rolled back into what comes. */
static void
test_restore_over_a_broken_study (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autoptr (GPtrArray) backups = NULL;

  commit (self, "jeugdigen", 5);
  g_assert_true (dhk_store_back_up_now (self->store, &error));
  backups = dhk_store_list_backups (self->store);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_set_contents (self->path, "broken", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "half a transaction", -1, NULL));
  g_assert_true (dhk_backup_restore (self->file, dhk_backup_find (backups, "1"), &error));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  fixture_reopen (self);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "5");
}

static void
test_encrypted (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  commit (self, "jeugdigen", 5);
  g_assert_true (dhk_store_back_up_now (self->store, &error));
  g_assert_false (backups_hold (self, "SQLite format"));

  /* The backups follow the password. */
  g_assert_true (dhk_store_set_password (self->store, NULL, &error));
  g_assert_true (backups_hold (self, "SQLite format"));
  g_assert_true (dhk_store_set_password (self->store, "een ander", &error));
  g_assert_false (backups_hold (self, "SQLite format"));
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) backups = dhk_store_list_backups (self->store);
    const DhkBackup *backup = dhk_backup_find (backups, "1");
    g_autoptr (DhkStore) store = NULL;

    g_assert_cmpuint (backups->len, ==, 1);
    store = dhk_store_open_with_password (backup->file, FIXTURE_PASSWORD, NULL);
    g_assert_null (store);
    store = dhk_store_open_with_password (backup->file, "een ander", &error);
    g_assert_no_error (error);
  }
}

static gboolean
forget (DhkStore *backup, gpointer user_data, GError **error)
{
  guint *n = user_data;

  (*n)++;
  return dhk_store_set_setting (backup, "secret", NULL, error);
}

/* Erasing: not a byte stays, in readable backups and in sealed ones. */
static void
test_rewrite (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (2000, 'q');
  g_autofree char *unknown = NULL;
  g_autofree char *folder = dup_folder (self);
  guint n = 0;

  if (dhk_store_is_encrypted (self->store))
    g_test_message ("encrypted");
  commit (self, "jeugdigen", 5);
  g_assert_true (dhk_store_set_setting (self->store, "secret", text, NULL));
  g_assert_true (dhk_store_back_up_now (self->store, &error));
  g_assert_true (dhk_store_back_up_now (self->store, &error));
  g_assert_true (dhk_store_back_up (self->store, 1, &error));
  unknown = g_build_filename (folder, "2020-01-01T000000Z.driehoek", NULL);
  g_assert_true (g_file_set_contents (unknown, "nobody knows: qqqqqqqq", -1, NULL));
  g_assert_true (dhk_store_set_setting (self->store, "secret", NULL, NULL));

  g_assert_true (dhk_store_rewrite_backups (self->store, forget, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 3);
  g_assert_false (g_file_test (unknown, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count (self), ==, 2);
  if (dhk_store_is_encrypted (self->store))
    {
      g_assert_true (dhk_store_set_password (self->store, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_true (backups_hold (self, "SQLite format"));
  g_assert_false (backups_hold (self, "qqqqqqqq"));
  g_assert_false (encrypted_folder_holds (self, "qqqqqqqq"));

  g_assert_true (dhk_store_remove_backups (self->store, &error));
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_false (backups_hold (self, "SQLite format"));
}

#define BACKUP_TEST(path, set_up, function)                                                        \
  g_test_add ("/store/backup/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BACKUP_TEST ("first_change_of_a_session", fixture_set_up, test_first_change_of_a_session);
  BACKUP_TEST ("a_backup_is_made_when_there_is_room", fixture_set_up,
               test_a_backup_is_made_when_there_is_room);
  BACKUP_TEST ("a_failing_backup_stops_nothing", fixture_set_up,
               test_a_failing_backup_stops_nothing);
  BACKUP_TEST ("rotation", fixture_set_up, test_rotation);
  BACKUP_TEST ("restore", fixture_set_up, test_restore);
  BACKUP_TEST ("restore_over_a_broken_study", fixture_set_up, test_restore_over_a_broken_study);
  BACKUP_TEST ("encrypted", encrypted_set_up, test_encrypted);
  BACKUP_TEST ("rewrite", fixture_set_up, test_rewrite);
  BACKUP_TEST ("rewrite_encrypted", encrypted_set_up, test_rewrite);
  return g_test_run ();
}
