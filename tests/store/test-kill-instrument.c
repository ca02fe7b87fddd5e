/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A new version of the questionnaires, its undo and redo, killed at any moment: the study has the
 * one version or the other, wholly, with its answers.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "kill-vfs.h"
#include "store/dhk-store-instrument.h"
#include "study/dhk-instrument-edit.h"

/* A new item in the scale and in the form: tables, views and slots all change. */
static DhkInstrument *
new_version (DhkStore *store, GError **error)
{
  DhkInstrument *current = dhk_store_get_instrument (store);
  g_autoptr (DhkInstrument) asked = dhk_instrument_with_question_added (
      current, 0, 5, -1, 0, 0, DHK_LANGUAGE_NL, "Nieuw", error);
  g_autoptr (DhkInstrument) scored = NULL;

  if (asked == NULL)
    return NULL;
  scored = dhk_instrument_with_scale_item (
      asked, 0, (guint) dhk_instrument_find_item (asked, "extra1"), TRUE, error);
  return scored != NULL ? dhk_instrument_with_version (scored, "2", current, error) : NULL;
}

static gboolean
act (Fixture *self, GError **error)
{
  g_autoptr (DhkInstrument) version = new_version (self->store, error);

  return version != NULL && dhk_store_set_instrument (self->store, version, error)
         && dhk_store_undo (self->store, error) && dhk_store_redo (self->store, error);
}

/* Everything that a version decides. */
static char *
describe (Fixture *self)
{
  g_autofree char *views = fixture_dump_views (self->path);
  g_autofree char *instrument
      = fixture_query (self->path, "SELECT s.instrument, hex (i.xml) FROM study s, instrument i");
  g_autofree char *whole = fixture_query (self->path, "PRAGMA integrity_check");
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (self->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 9);
  g_assert_cmpstr (whole, ==, "ok");
  return g_strconcat (views, instrument, NULL);
}

static void
test_version (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 9);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint n_kills = 0;
  gboolean killed;

  fixture_commit (self, draft);
  before = describe (self);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  fixture_reopen (self);
  g_assert_true (act (self, &error));
  after = describe (self);
  g_assert_cmpstr (before, !=, after);

  for (int middle = 0; middle < 2; middle++)
    /* In the middle of a call is slower to try and differs less: each fifth. */
    for (int n = 0;; n += middle ? 5 : 1)
      {
        g_autofree char *found = NULL;

        g_clear_pointer (&self->store, dhk_store_close);
        g_assert_true (g_file_set_contents_full (self->path, bytes, (gssize) size,
                                                 G_FILE_SET_CONTENTS_NONE, 0666, NULL));
        killed = kill_vfs_is_killed_at (self, act, n, middle);
        n_kills += killed;
        fixture_reopen (self);
        found = describe (self);
        g_assert_true (strcmp (found, before) == 0 || strcmp (found, after) == 0);
        if (!killed)
          break;
      }
  g_test_message ("killed %u times", n_kills);
  g_assert_cmpuint (n_kills, >, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kill_vfs_register ();
  g_test_add ("/store/kill-instrument/version", Fixture, "/dev/shm", fixture_set_up, test_version,
              fixture_tear_down);
  return g_test_run ();
}
