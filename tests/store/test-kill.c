/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A program killed at any moment leaves the study as it was, or with the whole
 * change.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "kill-vfs.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-respondents.h"

/* What is done, and what may be seen afterwards --------------------------------------------- */

static DhkDraft *
make_two_files (Fixture *self)
{
  DhkDraft *draft = fixture_make_draft (self, "Jeugdigen-2.xlsx", "2", "jeugdigen", 45);
  DhkDraftFile *parents = fixture_add_file (draft, "Ouders.xlsx", "3", "ouders");

  for (guint n = 1; n <= 40; n++)
    fixture_add_row (draft, parents, n);
  for (guint row = 0; row < 5; row++)
    fixture_set_code (draft, fixture_get_file (draft), row, "band1_h", DHK_MISSING_EMPTY);
  dhk_draft_file_set_aside (parents, 7, "Totals row.");
  return draft;
}

static gboolean
act_import (Fixture *self, GError **error)
{
  g_autoptr (DhkDraft) draft = make_two_files (self);

  return dhk_store_commit (self->store, draft, NULL, error);
}

static gboolean
act_undo (Fixture *self, GError **error)
{
  return dhk_store_undo (self->store, error);
}

static gboolean
act_edit (Fixture *self, GError **error)
{
  return dhk_store_set_answer (
      self->store, 3, (guint) dhk_instrument_find_item (self->instrument, "band1"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), DHK_MISSING_UNREADABLE, error);
}

static gboolean
act_remove (Fixture *self, GError **error)
{
  return dhk_store_remove_batch (self->store, 2, error);
}

static gboolean
act_correct_background (Fixture *self, GError **error)
{
  DhkQuestion age
      = { .item = -1, .variable = dhk_instrument_find_variable (self->instrument, "age") };

  return dhk_store_set_cell (self->store, 4, &age, 0, 16.5, error);
}

static gboolean
act_exclude (Fixture *self, GError **error)
{
  const gint64 some[] = { 3, 5, 42 };

  return dhk_store_exclude (self->store, some, 3, "Testinvulling", error);
}

static gboolean
act_erase (Fixture *self, GError **error)
{
  return dhk_store_erase (self->store, 2, error);
}

/* Another study, in the folder of this one. */
static char *
make_other_study (Fixture *self)
{
  g_autofree char *path = fixture_path (self, "Andere.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DhkStore) other = dhk_store_create (file, self->instrument, NULL);
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Ouders.xlsx", "1", "ouders", 12);
  const gint64 some[] = { 3, 5 };

  g_assert_true (dhk_store_commit (other, draft, NULL, NULL));
  g_assert_true (dhk_store_exclude (other, some, 2, "Testinvulling", NULL));
  return g_steal_pointer (&path);
}

static gboolean
act_merge (Fixture *self, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = fixture_path (self, "Andere.driehoek");
  g_autoptr (DhkDraft) draft = NULL;

  g_ptr_array_add (files, g_file_new_for_path (path));
  draft = dhk_store_read_merge (self->store, files, NULL, NULL, NULL, error);
  return draft != NULL && dhk_store_commit (self->store, draft, NULL, error);
}

/* Everything but the clock: what the study holds, in its tables and to its reader. */
static char *
describe (Fixture *self)
{
  static const char *const queries[] = {
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "SELECT id, step, active, file_name, found, added, present, changed, aside FROM import_batch",
    "SELECT batch, chunk, n_rows, size, deflated FROM raw_chunk",
    "SELECT * FROM aside_row",
    "SELECT * FROM respondent_record",
    "SELECT * FROM answer_sheet",
    "SELECT * FROM value",
    "SELECT * FROM hand_edit",
    "SELECT * FROM item_slot",
    "SELECT step, kind, subject, n, batch FROM journal_step",
    "SELECT * FROM journal_change",
    "SELECT generation, journal_position, next_respondent, erase_pending FROM study",
    "SELECT * FROM raw_owner",
    "SELECT n FROM erasure",
    "SELECT count (*) FROM erased_identity",
    "SELECT * FROM merged_respondent",
    "SELECT * FROM merge_conflict",
  };
  g_autoptr (GString) text = g_string_new ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, &error);
  g_autofree char *views = fixture_dump_views (self->path);

  g_assert_no_error (error);
  g_string_append_printf (text, "%u rows\n%s", dhk_frame_get_n_rows (frame), views);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = fixture_query (self->path, queries[i]);

      g_string_append_printf (text, "== %s\n%s\n", queries[i], rows);
    }
  g_assert_nonnull (
      strstr (text->str, "== PRAGMA integrity_check\nok\n== PRAGMA foreign_key_check\n\n"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A study that stands somewhere in its life: two imports, and a correction. */
static void
live_a_little (Fixture *self)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", 40);
  g_autoptr (DhkDraft) workers = fixture_make_draft (self, "H.xlsx", "4", "hulpverleners", 10);

  fixture_commit (self, draft);
  fixture_commit (self, workers);
  g_assert_true (dhk_store_set_answer (
      self->store, 2, (guint) dhk_instrument_find_item (self->instrument, "band2"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), DHK_MISSING_EMPTY, NULL));
  g_clear_pointer (&self->store, dhk_store_close);
}

/* Kills `act` at every call in turn; returns how many kills hit an open transaction. */
static guint
kill_everywhere (Fixture *self, KillAct act)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_inside = 0;
  guint n_before = 0;
  guint n_after = 0;
  gsize size = 0;

  live_a_little (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  fixture_reopen (self);
  before = describe (self);
  g_assert_true (act (self, NULL));
  after = describe (self);
  g_assert_cmpstr (before, !=, after);

  for (int middle = 0; middle < 2; middle++)
    for (int n = 0;; n++)
      {
        g_autofree char *found = NULL;
        gboolean killed;

        g_clear_pointer (&self->store, dhk_store_close);
        g_assert_true (g_file_set_contents_full (self->path, bytes, (gssize) size,
                                                 G_FILE_SET_CONTENTS_NONE, 0666, NULL));
        killed = kill_vfs_is_killed_at (self, act, n, middle);
        if (killed && g_file_test (journal, G_FILE_TEST_EXISTS))
          n_inside++;
        fixture_reopen (self);
        found = describe (self);
        if (strcmp (found, before) == 0)
          n_before++;
        else
          {
            g_assert_cmpstr (found, ==, after);
            n_after++;
          }
        if (!killed)
          {
            g_assert_cmpstr (found, ==, after);
            break;
          }
      }
  g_test_message ("%u kills inside the transaction; %u times as before, %u times whole", n_inside,
                  n_before, n_after);
  g_assert_cmpuint (n_before, >, 0);
  return n_inside;
}

static void
test_import (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_import), >, 20);
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_undo), >, 5);
}

static void
test_edit (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_edit), >, 5);
}

static void
test_correct_background (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_correct_background), >, 5);
}

static void
test_exclude (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_exclude), >, 5);
}

/* What was begun is finished at the next opening: nobody is erased by half. */
static void
test_erase (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_erase), >, 20);
}

static void
test_merge (Fixture *self, gconstpointer data)
{
  g_autofree char *path = make_other_study (self);

  g_assert_cmpuint (kill_everywhere (self, act_merge), >, 20);
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (kill_everywhere (self, act_remove), >, 5);
}

/* In memory where that can be: a killed process leaves the same there, without waiting for disks.
 */
#define KILL_TEST(path, function)                                                                  \
  g_test_add (path, Fixture, "/dev/shm", fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kill_vfs_register ();
  KILL_TEST ("/store/kill/import", test_import);
  KILL_TEST ("/store/kill/undo", test_undo);
  KILL_TEST ("/store/kill/edit", test_edit);
  KILL_TEST ("/store/kill/remove", test_remove);
  KILL_TEST ("/store/kill/correct_background", test_correct_background);
  KILL_TEST ("/store/kill/exclude", test_exclude);
  KILL_TEST ("/store/kill/merge", test_merge);
  KILL_TEST ("/store/kill/erase", test_erase);
  return g_test_run ();
}
