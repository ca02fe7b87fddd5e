/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study that cannot be taken as it is: damaged, hostile, of another version. */

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "merge-fixture.h"
#include "store/dhk-store-instrument.h"
#include "study/dhk-instrument-edit.h"

static void
assert_refused (Fixture *self, DhkStoreError code, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) draft = merge_read_other (self, OTHER, NULL, &error);

  g_assert_null (draft);
  g_assert_error (error, DHK_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, text));
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  merge_add_rows (self, self->store, "A", 1, 3);
  dhk_store_close (merge_make_rich_other (self));
  g_assert_true (g_file_set_contents (journal, "\xd9\xd5\x05\xf9 unfinished", -1, NULL));
  assert_refused (self, DHK_STORE_ERROR_BUSY, "School B.driehoek");
  g_remove (journal);

  fixture_exec (path, "PRAGMA user_version = 99");
  assert_refused (self, DHK_STORE_ERROR_NEWER, "newer version");
  fixture_exec (path, "PRAGMA user_version = 8; PRAGMA foreign_keys = OFF;"
                      "DELETE FROM respondent_record WHERE id = 3");
  assert_refused (self, DHK_STORE_ERROR_DAMAGED, "driehoek repair");

  g_ptr_array_add (files, merge_other_file (self));
  g_ptr_array_add (files, merge_other_file (self));
  g_assert_null (dhk_store_read_merge (self->store, files, NULL, NULL, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* An earlier version is renewed in memory alone. */
static void
test_older (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autoptr (DhkDraft) draft = NULL;

  dhk_store_close (merge_make_rich_other (self));
  fixture_take_back (path, 6);
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 30, 0, 1);
  fixture_assert_query (path, "PRAGMA user_version", "6");
  merge_assert_folder_holds (self, 2);
}

/* Anything may have happened to the file: a clear refusal, or what it still says. */
static void
test_hostile (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  gsize size = 0;
  guint n_refused = 0;
  guint n_rounds = g_test_slow () ? 3000 : 150;

  merge_live (self);
  dhk_store_close (merge_make_rich_other (self));
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *bad = g_memdup2 (bytes, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (DhkDraft) draft = NULL;
      gsize length = i % 10 == 9 ? (gsize) g_rand_int_range (rand, 100, (gint32) size) : size;

      for (gint32 flips = g_rand_int_range (rand, 1, 9); flips > 0; flips--)
        bad[g_rand_int_range (rand, 0, (gint32) size)]
            ^= (char) (1 << g_rand_int_range (rand, 0, 8));
      g_assert_true (g_file_set_contents_full (path, bad, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                               0666, NULL));
      draft = merge_read_other (self, OTHER, NULL, &error);
      if (draft == NULL)
        {
          g_assert_nonnull (error);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          n_refused++;
        }
      else if (dhk_draft_get_questions (draft)->len == 0
               && dhk_store_commit (self->store, draft, NULL, &error)
               && dhk_draft_get_totals (draft, NULL).added > 0)
        fixture_undo (self);
    }
  g_test_message ("%u of %u refused", n_refused, n_rounds);
  g_assert_cmpuint (n_refused, >, 0);
  fixture_assert_query (self->path, "PRAGMA integrity_check", "ok");
  fixture_assert_query (self->path, "PRAGMA foreign_key_check", "");
}

/* Versions ------------------------------------------------------------------------------------------ */

static void
test_versions (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkStore) other = merge_make_other (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) newer = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) merged = NULL;
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  g_autofree char *xml = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) bytes = NULL;
  DhkDraftQuestion *question;
  gsize size = 0;
  const char *old = g_bytes_get_data (dhk_instrument_get_xml (self->instrument), &size);

  /* There an answer was renamed. */
  text = g_strndup (old, size);
  parts = g_strsplit (text, "rarely or never", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  xml = g_strconcat (parts[0], "ever again", parts[1], NULL);
  bytes = g_bytes_new (xml, strlen (xml));
  newer = dhk_instrument_new_from_bytes (bytes, "2", &error);
  g_assert_no_error (error);
  merge_add_rows (self, other, "B", 101, 110);
  g_assert_true (dhk_store_set_instrument (other, newer, &error));
  g_assert_no_error (error);

  draft = merge_read_other (self, OTHER, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_draft_get_questions (draft)->len, ==, 1);
  question = g_ptr_array_index (dhk_draft_get_questions (draft), 0);
  g_assert_true (g_str_has_prefix (question->id, "study:scale:"));
  g_assert_nonnull (strstr (question->detail, "ever again"));
  g_assert_false (dhk_store_commit (self->store, draft, NULL, NULL));
  g_hash_table_insert (answers, question->id, (gpointer) "same");
  merged = merge_with_other (self, answers);
  merge_assert_totals (merged, 10, 0, 0);
  g_assert_true (fixture_has_note (fixture_get_file (merged), "version"));
}

/* Somebody who changed the file left its number as it was: the note says what is otherwise. */
static void
test_same_version (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkStore) other = merge_make_other (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkInstrument) changed = NULL;
  const char *version = dhk_instrument_get_version (self->instrument);

  changed
      = dhk_instrument_with_title (self->instrument, dhk_language_of_messages (), "Nearly", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_version (changed), ==, version);
  merge_add_rows (self, other, "B", 101, 110);
  g_assert_true (dhk_store_set_instrument (other, changed, &error));
  g_assert_no_error (error);
  draft = merge_read_other (self, OTHER, answers, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_has_note (fixture_get_file (draft), "differ: The title is “Nearly”."));
  g_assert_false (fixture_has_note (fixture_get_file (draft), "this one with version"));
}

static void
test_other_instrument (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *xml = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkInstrument) another = NULL;
  g_autoptr (GFile) file = merge_other_file (self);
  gsize size = 0;
  const char *old = g_bytes_get_data (dhk_instrument_get_xml (self->instrument), &size);

  text = g_strndup (old, size);
  parts = g_strsplit (text, "id=\"partnerschap-2023\"", 2);
  xml = g_strconcat (parts[0], "id=\"iets-anders\"", parts[1], NULL);
  bytes = g_bytes_new (xml, strlen (xml));
  another = dhk_instrument_new_from_bytes (bytes, "ander", NULL);
  g_assert_nonnull (another);
  dhk_store_close (dhk_store_create (file, another, NULL));
  assert_refused (self, DHK_STORE_ERROR_CONFLICT, "iets-anders");
}

/* Neither has all questionnaires of the other: no way out is named that is none. */
static void
test_other_questionnaire (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *xml = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkInstrument) renamed = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GFile) file = merge_other_file (self);
  g_autoptr (GError) error = NULL;
  DhkStore *other;
  DhkDraftFile *rows;
  gsize size = 0;
  const char *old = g_bytes_get_data (dhk_instrument_get_xml (self->instrument), &size);

  text = g_strndup (old, size);
  parts = g_strsplit (text, "\"jeugdigen\"", -1);
  xml = g_strjoinv ("\"kinderen\"", parts);
  bytes = g_bytes_new (xml, strlen (xml));
  renamed = dhk_instrument_new_from_bytes (bytes, "renamed", &error);
  g_assert_no_error (error);
  other = dhk_store_create (file, renamed, NULL);
  draft = dhk_draft_new (renamed);
  rows = fixture_add_file (draft, "K", "K", "kinderen");
  fixture_add_row (draft, rows, 1);
  g_assert_true (dhk_store_commit (other, draft, NULL, &error));
  g_assert_no_error (error);
  dhk_store_close (other);
  assert_refused (self, DHK_STORE_ERROR_CONFLICT, "neither study has all");
}

/* Of a repaired study the typed forms are gone, and their responses come along. */
static void
test_repaired (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) again = NULL;

  dhk_store_close (merge_make_rich_other (self));
  fixture_exec (path, "DELETE FROM entry_change; DELETE FROM entry_answer;"
                      "DELETE FROM entry_form; DELETE FROM entry_batch");
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 30, 0, 1);
  again = merge_with_other (self, NULL);
  merge_assert_totals (again, 0, 30, 1);
  g_assert_true (dhk_store_erase (self->store, 30, NULL));
  fixture_assert_query (self->path, "PRAGMA foreign_key_check", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  MERGE_TEST ("/store/merge-refused/refused", test_refused);
  MERGE_TEST ("/store/merge-refused/older", test_older);
  MERGE_TEST ("/store/merge-refused/hostile", test_hostile);
  MERGE_TEST ("/store/merge-refused/versions", test_versions);
  MERGE_TEST ("/store/merge-refused/same-version", test_same_version);
  MERGE_TEST ("/store/merge-refused/other-instrument", test_other_instrument);
  MERGE_TEST ("/store/merge-refused/other-questionnaire", test_other_questionnaire);
  MERGE_TEST ("/store/merge-refused/repaired", test_repaired);
  return g_test_run ();
}
