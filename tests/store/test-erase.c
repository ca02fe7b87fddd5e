/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who is erased is nowhere any more: no byte in any file of the study's folder, also not in
 * what is compressed; nor do they come back. Everybody else keeps everything.
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"
#include "entry-fixture.h"
#include "erase-fixture.h"
#include "store/dhk-key-file-private.h"
#include "store/dhk-key-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-profile.h"
#include "store/dhk-store-respondents.h"

static DhkDraft *
make_youths (Fixture *self, const char *name, const char *sha256, guint n)
{
  DhkDraft *draft = fixture_make_draft (self, name, sha256, "jeugdigen", n);

  erase_mark (draft, fixture_get_file (draft), 4);
  return draft;
}

/* Everything that can hold somebody: two exports, a row aside, corrections, an exclusion. */
static void
live (Fixture *self)
{
  g_autoptr (DhkDraft) youths = make_youths (self, "J.xlsx", "1", 40);
  g_autoptr (DhkDraft) newer = make_youths (self, "J2.xlsx", "2", 45);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "O.xlsx", "3", "ouders", 6);
  DhkDraftFile *file = fixture_get_file (newer);
  const gint64 some[] = { 5, 6 };
  const gint64 five[] = { 5 };
  guint band = (guint) dhk_instrument_find_item (self->instrument, "band1");
  int worker = dhk_instrument_find_target (self->instrument, "hulpverlener");

  fixture_commit (self, youths);
  fixture_commit (self, parents);

  /* The newer export has another answer of theirs, and a second row that counts no more. */
  fixture_set_code (newer, file, 4, "band2_h", 1);
  fixture_add_row (newer, file, 50);
  erase_set_raw (file, 45, "50,2009-02-13 23:40:00,\"nog eens: " TEXT "\"");
  dhk_draft_file_set_aside (file, 45, "another answer counts");
  fixture_get_row (file, 4)->replaces
      = g_strdupv ((char *[]){ fixture_get_row (file, 45)->identity, NULL });
  fixture_commit (self, newer);

  g_assert_true (dhk_store_set_answer (self->store, 5, band, worker, DHK_MISSING_EMPTY, NULL));
  g_assert_true (dhk_store_set_answer (self->store, 9, band, worker, DHK_MISSING_EMPTY, NULL));
  g_assert_true (dhk_store_exclude (self->store, five, 1, REASON, NULL));
  g_assert_true (dhk_store_include (self->store, five, 1, NULL));
  g_assert_true (dhk_store_exclude (self->store, some, 2, "dubbel", NULL));
  g_assert_true (dhk_store_set_answer (self->store, 5, band, worker, DHK_MISSING_UNREADABLE, NULL));
}

static char *
dump_others (Fixture *self)
{
  static const char *const queries[] = {
    "SELECT * FROM respondent_record WHERE id <> 5",
    "SELECT * FROM answer_sheet WHERE respondent <> 5",
    "SELECT * FROM value WHERE respondent <> 5",
    "SELECT * FROM hand_edit WHERE respondent <> 5",
    "SELECT * FROM journal_change WHERE respondent <> 5",
    "SELECT * FROM ouders",
    "SELECT * FROM jeugdigen WHERE id <> 5",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = fixture_query (self->path, queries[i]);

      g_string_append_printf (text, "== %s\n%s\n", queries[i], rows);
    }
  return g_string_free (text, FALSE);
}

static void
remove_backups (Fixture *self)
{
  g_autofree char *folder = fixture_path (self, "Studie.driehoek.backups");

  g_assert_true (dhk_store_remove_backups (self->store, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A backup is a study as before, but for who was erased; nor do they come back in there. */
static void
check_backups (Fixture *self)
{
  g_autoptr (GPtrArray) backups = dhk_store_list_backups (self->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) backup = NULL;
  g_autoptr (DhkDraft) youths = make_youths (self, "J.xlsx", "1", 40);

  g_assert_cmpuint (backups->len, ==, 1);
  backup = dhk_store_open (((DhkBackup *) g_ptr_array_index (backups, 0))->file, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_compare (backup, youths, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (youths, NULL).added, ==, 0);
  g_clear_pointer (&backup, dhk_store_close);
  remove_backups (self);
}

static void
test_erase (Fixture *self, gconstpointer data)
{
  g_autofree char *backup = fixture_path (self, "Studie.driehoek.backup-v1");
  g_autofree char *second = fixture_path (self, "Studie.driehoek.backup-v2-2");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  live (self);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (second, bytes, (gssize) size, NULL));
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  g_assert_true (erase_folder_holds (self));
  before = dump_others (self);

  erase_somebody (self, 5);
  after = dump_others (self);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (backup, "SELECT count (*) FROM jeugdigen", "43");
  fixture_assert_query (second, "SELECT count (*) FROM ouders", "6");
  found = dhk_store_search_raw (self->store, "xylofoon", NULL, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  raw = dhk_store_dup_raw (self->store, 1, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (raw, TEXT));
  g_assert_nonnull (strstr (raw, "rij 4 van"));
  g_assert_nonnull (strstr (raw, "rij 6 van"));
  fixture_assert_query (self->path, "SELECT count (*) FROM aside_row", "0");
  fixture_assert_query (self->path, "SELECT n, day = date ('now') FROM erasure", "1|1");
  fixture_assert_query (self->path, "SELECT erase_pending FROM study", "0");
  fixture_assert_query (self->path, "PRAGMA integrity_check", "ok");
  g_assert_cmpuint (dhk_store_count_erased (self->store), ==, 1);
  check_backups (self);

  /* Who is gone cannot be erased again. */
  g_assert_false (dhk_store_erase (self->store, 5, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* Steps about others before and after are undone and redone as ever. */
static void
test_undo_around (Fixture *self, gconstpointer data)
{
  guint band = (guint) dhk_instrument_find_item (self->instrument, "band1");
  int worker = dhk_instrument_find_target (self->instrument, "hulpverlener");
  g_autofree char *now = NULL;
  g_autofree char *again = NULL;
  g_autofree char *label = NULL;
  guint n = 0;

  live (self);
  erase_somebody (self, 5);
  g_assert_true (dhk_store_set_answer (self->store, 11, band, worker, DHK_MISSING_EMPTY, NULL));
  now = dump_others (self);

  /* Passed over: both corrections and the exclusion that were about nobody else. */
  while (dhk_store_undo (self->store, NULL))
    n++;
  g_assert_cmpuint (n, ==, 6);
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "0");
  label = dhk_store_dup_redo_label (self->store);
  g_assert_nonnull (strstr (label, "J.xlsx"));
  fixture_reopen (self);
  for (; n > 0; n--)
    g_assert_true (dhk_store_redo (self->store, NULL));
  g_assert_false (dhk_store_redo (self->store, NULL));
  again = dump_others (self);
  g_assert_cmpstr (now, ==, again);
  g_assert_false (erase_folder_holds (self));
}

/* The same export does not bring them back, and nothing of them is stored by it. */
static void
test_import_again (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) same = make_youths (self, "J.xlsx", "1", 40);
  g_autoptr (DhkDraft) newer = make_youths (self, "J3.xlsx", "4", 48);
  DhkDraftFile *file = fixture_get_file (newer);

  live (self);
  erase_somebody (self, 5);
  g_assert_true (dhk_store_compare (self->store, same, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (same, NULL).added, ==, 0);
  g_assert_cmpuint (dhk_draft_get_totals (same, NULL).aside, ==, 1);
  g_assert_nonnull (fixture_get_row (fixture_get_file (same), 4)->reason);
  fixture_commit (self, same);
  fixture_assert_query (self->path, "SELECT count (*) FROM import_batch", "3");

  /* With news beside it; also the second answer, which counts for nobody now. */
  fixture_add_row (newer, file, 50);
  erase_set_raw (file, 48, "50,nog eens: " TEXT);
  fixture_commit (self, newer);
  g_assert_cmpuint (dhk_draft_get_totals (newer, NULL).added, ==, 3);
  fixture_assert_query (self->path, "SELECT count (*), sum (raw = '') FROM aside_row", "2|2");
  g_assert_false (erase_folder_holds (self));
}

/* Also what an import that was undone, or taken out, still holds. */
static void
test_undone_imports (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = make_youths (self, "J.xlsx", "1", 20);
  g_autoptr (DhkDraft) again = make_youths (self, "J.xlsx", "1", 20);
  g_autoptr (DhkDraft) newer = make_youths (self, "J2.xlsx", "2", 24);

  fixture_commit (self, youths);
  g_assert_true (dhk_store_remove_batch (self->store, 1, NULL));
  fixture_commit (self, again);
  fixture_set_code (newer, fixture_get_file (newer), 4, "band2_h", 1);
  fixture_commit (self, newer);
  g_assert_true (dhk_store_undo (self->store, NULL));
  fixture_assert_query (
      self->path, "SELECT count (*) FROM respondent_record WHERE form_id = '" FORM_ID "'", "2");
  erase_somebody (self, 25);
  g_assert_false (erase_folder_holds (self));
  g_assert_true (dhk_store_redo (self->store, NULL));
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "23");
}

/* Who is behind the pseudonym goes from the key file that is attached; the others stay. */
static void
test_key_file (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, "Sleutel.driehoek-key");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DhkKeyFile *key_file = dhk_key_file_create (file, "geheim genoeg", &error);
  char *heads[] = { (char *) "Naam", NULL };
  char *texts[] = { (char *) "Iemand", NULL };
  g_autofree char *fifth = NULL;
  g_autofree char *sixth = NULL;

  g_assert_no_error (error);
  live (self);
  g_assert_true (dhk_store_take_key_file (self->store, key_file, &error));
  fifth = dhk_store_dup_pseudonym (self->store, 5);
  sixth = dhk_store_dup_pseudonym (self->store, 6);
  dhk_key_file_add (key_file, fifth, "5", "J.xlsx", heads, texts);
  dhk_key_file_add (key_file, sixth, "6", "J.xlsx", heads, texts);
  g_assert_true (dhk_key_file_write (key_file, &error));
  erase_somebody (self, 5);
  g_assert_null (dhk_key_file_find (key_file, fifth));
  g_assert_nonnull (dhk_key_file_find (key_file, sixth));
  g_assert_cmpint (dhk_store_find_pseudonym (self->store, fifth), ==, 0);
}

/* An import by an earlier version does not tell whose its rows are. */
static void
test_earlier_version (Fixture *self, gconstpointer data)
{
  live (self);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "DELETE FROM raw_owner; UPDATE aside_row SET respondent = NULL");
  fixture_reopen (self);
  erase_somebody (self, 5);
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "43");
  {
    g_autofree char *raw = dhk_store_dup_raw (self->store, 1, NULL);

    g_assert_nonnull (strstr (raw, "rij 6 van"));
  }
}

/* Killed before the file was written anew: opening does the rest. */
static void
test_pending (Fixture *self, gconstpointer data)
{
  g_autofree char *backup = fixture_path (self, "Studie.driehoek.backup-v1");

  live (self);
  erase_somebody (self, 5);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "PRAGMA secure_delete = OFF; CREATE TABLE old (x);"
                            "INSERT INTO old VALUES ('" TEXT "'); DROP TABLE old;"
                            "UPDATE study SET erase_pending = 1");
  g_assert_true (g_file_set_contents (backup, TEXT, -1, NULL));
  g_assert_true (erase_folder_holds (self));
  fixture_reopen (self);
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (self->path, "SELECT erase_pending FROM study", "0");
}

/* Elsewhere ---------------------------------------------------------------------------------- */

static void
write_beside (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = fixture_path (self, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_beside (Fixture *self, const char *name)
{
  g_autofree char *path = fixture_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* In the study, in its key file, and in backups that are encrypted, plain, or nobody can open. */
static void
test_encrypted (Fixture *self, gconstpointer data)
{
  char *heads[] = { (char *) "Naam", NULL };
  char *texts[] = { (char *) NAME, NULL };
  g_autofree char *plain
      = fixture_path (self, "Studie.driehoek.backups/2026-01-02T030405Z.driehoek");
  g_autofree char *revealed = NULL;
  g_autofree char *pseudonym = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GBytes) foreign = dhk_seal_bytes (text, DHK_SEAL_STUDY, "van iemand anders", NULL);
  g_autoptr (GPtrArray) backups = NULL;

  encrypted_attach (self);
  live (self);
  pseudonym = dhk_store_dup_pseudonym (self->store, 5);
  dhk_key_file_add (dhk_store_get_key_file (self->store), pseudonym, "5", "J.xlsx", heads, texts);
  g_assert_true (dhk_key_file_write (dhk_store_get_key_file (self->store), NULL));
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  revealed = encrypted_reveal (self, FIXTURE_PASSWORD);
  g_assert_cmpint (g_rename (revealed, plain), ==, 0);
  g_assert_true (erase_folder_holds (self));
  g_free (revealed);
  revealed = fixture_path (self, "Studie.driehoek.backups/2026-01-03T030405Z.driehoek");
  g_assert_true (g_file_set_contents (revealed, g_bytes_get_data (foreign, NULL),
                                      (gssize) g_bytes_get_size (foreign), NULL));

  erase_somebody (self, 5);
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (plain, "SELECT count (*) FROM jeugdigen", "43");
  g_assert_false (g_file_test (revealed, G_FILE_TEST_EXISTS));
  backups = dhk_store_list_backups (self->store);
  g_assert_cmpuint (backups->len, ==, 2);
  encrypted_reopen (self, FIXTURE_PASSWORD);
  encrypted_attach (self);
  g_assert_false (erase_folder_holds (self));
  remove_backups (self);
}

/* A key file that was not at hand loses them when it is attached again. */
static void
test_key_file_later (Fixture *self, gconstpointer data)
{
  char *heads[] = { (char *) "Naam", NULL };
  char *texts[] = { (char *) NAME, NULL };
  g_autofree char *pseudonym = NULL;

  encrypted_attach (self);
  live (self);
  pseudonym = dhk_store_dup_pseudonym (self->store, 5);
  dhk_key_file_add (dhk_store_get_key_file (self->store), pseudonym, "5", "J.xlsx", heads, texts);
  g_assert_true (dhk_key_file_write (dhk_store_get_key_file (self->store), NULL));
  g_assert_true (dhk_store_take_key_file (self->store, NULL, NULL));
  erase_somebody (self, 5);
  g_assert_true (erase_folder_holds (self));
  encrypted_attach (self);
  g_assert_false (erase_folder_holds (self));
}

/* What a program that was killed left there; nothing of somebody else's, and no link is followed. */
static void
test_leftovers (Fixture *self, gconstpointer data)
{
  static const char *const left[] = {
    ".driehoek-0a1b2c3d.part",
    ".driehoek-6a0e3bd0-7f1c-4a55-9c43-6b6d3e1f9a10.part",
    ".Studie.driehoek.part",
    ".Studie.driehoek-key.part",
    "Studie.driehoek.backups/.restoring.part",
    "Studie.driehoek.backups/2026-01-02T030405Z.driehoek.part",
    "Studie.driehoek.backups/2026-01-02T030405Z.driehoek.old",
    "Studie.driehoek.backups/2026-01-02T030405Z.driehoek-journal",
    "Studie.driehoek.backups/2026-01-02T030405Z.driehoek-wal",
    "Studie.driehoek.backups/2026-01-02T030405Z.driehoek",
  };
  g_autofree char *link = fixture_path (self, ".driehoek-link.part");
  g_autofree char *kept = NULL;

  live (self);
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    write_beside (self, left[i], TEXT);
  write_beside (self, "Eigen tekst.part", "blijft");
  g_assert_cmpint (symlink ("Eigen tekst.part", link), ==, 0);
  erase_somebody (self, 5);
  g_assert_false (erase_folder_holds (self));
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_false (is_beside (self, left[i]));
  kept = fixture_path (self, "Eigen tekst.part");
  {
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, "blijft");
  }
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_unlink (kept), ==, 0);
  remove_backups (self);
}

/* Typed from paper: both times, what stood there and could not be, and how it was settled. */
static void
test_paper (Fixture *self, gconstpointer data)
{
  gint64 batch = entry_new_batch (self, "A", "jeugdigen");
  const gint64 first[] = { 1 };

  for (guint pass = DHK_ENTRY_FIRST; pass <= DHK_ENTRY_SECOND; pass++)
    for (guint form = 1; form <= 2; form++)
      entry_type (self, batch, pass, form, SEX, entry_code (0));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, AGE, entry_number (YEARS));
  entry_type (self, batch, DHK_ENTRY_FIRST, 1, BAND1, entry_missing (DHK_ENTRY_OUT_OF_RANGE, NOTE));
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, AGE, entry_missing (DHK_ENTRY_OUT_OF_RANGE, NOTE));
  entry_type (self, batch, DHK_ENTRY_SECOND, 1, BAND1, entry_code (3));
  entry_settle (self, batch, 1, AGE, entry_number (YEARS));
  fixture_undo (self);
  fixture_redo (self);
  g_assert_true (dhk_store_exclude (self->store, first, 1, REASON, NULL));
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  g_assert_true (erase_folder_holds (self));
  erase_somebody (self, 1);
  g_assert_false (erase_folder_holds (self));
  fixture_assert_query (self->path, "SELECT group_concat (number || ' ' || pass) FROM entry_form",
                        "2 1,2 2");
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "1");
  while (dhk_store_undo (self->store, NULL))
    ;
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "0");
  remove_backups (self);
}

/* The words by which several were left out are the others' too, and it is told before. */
static void
test_shared_reason (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  guint n_shared = 0;

  live (self);
  before = dhk_store_load_history (self->store, 5, NULL);
  for (guint i = 0; i < before->len; i++)
    {
      const DhkHistoryEntry *entry = g_ptr_array_index (before, i);

      n_shared += entry->n_sharing;
      g_assert_true (entry->n_sharing == 0 || strstr (entry->text, "dubbel") != NULL);
    }
  g_assert_cmpuint (n_shared, ==, 1);
  erase_somebody (self, 5);
  fixture_assert_query (self->path, "SELECT n, subject FROM journal_step WHERE kind = 'exclude'",
                        "1|dubbel");
  after = dhk_store_load_history (self->store, 6, NULL);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpuint (((DhkHistoryEntry *) g_ptr_array_index (after, i))->n_sharing, ==, 0);
}

/* That one's own answer was kept, and the other one not wanted again, goes with the person. */
static void
test_kept_choice (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = make_youths (self, "J.xlsx", "1", 6);
  g_autoptr (DhkDraft) newer = make_youths (self, "J2.xlsx", "2", 6);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;
  guint band = (guint) dhk_instrument_find_item (self->instrument, "band2");
  int worker = dhk_instrument_find_target (self->instrument, "hulpverlener");

  fixture_commit (self, first);
  fixture_set_code (newer, fixture_get_file (newer), 4, "band2_h", 1);
  g_assert_true (dhk_store_set_answer (self->store, 5, band, worker, 2, NULL));
  fixture_commit (self, newer);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_true (dhk_store_keep_own (self->store, conflicts, &error));
  g_assert_no_error (error);
  fixture_assert_query (self->path, "SELECT count (*) FROM journal_change WHERE slot < -10", "1");
  g_assert_true (dhk_store_erase (self->store, 5, &error));
  g_assert_no_error (error);
  fixture_assert_query (self->path,
                        "SELECT (SELECT count (*) FROM journal_change WHERE respondent = 5) + "
                        "(SELECT count (*) FROM import_conflict) + "
                        "(SELECT count (*) FROM hand_edit)",
                        "0");
  g_assert_true (dhk_store_undo (self->store, &error));
  g_assert_no_error (error);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record WHERE id = 5", "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/erase/erase", test_erase);
  FIXTURE_TEST ("/store/erase/undo_around", test_undo_around);
  FIXTURE_TEST ("/store/erase/import_again", test_import_again);
  FIXTURE_TEST ("/store/erase/undone_imports", test_undone_imports);
  FIXTURE_TEST ("/store/erase/key_file", test_key_file);
  FIXTURE_TEST ("/store/erase/earlier_version", test_earlier_version);
  FIXTURE_TEST ("/store/erase/pending", test_pending);
  ENCRYPTED_TEST ("/store/erase/encrypted", test_encrypted);
  ENCRYPTED_TEST ("/store/erase/key_file_later", test_key_file_later);
  FIXTURE_TEST ("/store/erase/leftovers", test_leftovers);
  FIXTURE_TEST ("/store/erase/paper", test_paper);
  FIXTURE_TEST ("/store/erase/shared_reason", test_shared_reason);
  FIXTURE_TEST ("/store/erase/kept_choice", test_kept_choice);
  return g_test_run ();
}
