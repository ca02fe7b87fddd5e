/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who is erased is nowhere any more: no byte in any file of the study's folder, also not in
 * what is compressed; nor do they come back. Everybody else keeps everything.
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "store-fixture.h"
#include "store/dhk-key-file-private.h"
#include "store/dhk-key-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-respondents.h"

/* What only respondent 5 has. */
#define TEXT "xylofoonspeler uit Zierikzee"
#define FORM_ID "ID-7391846"
#define STARTED G_GINT64_CONSTANT (1234567891)
#define REASON "trok toestemming kwijt"
#define AGE 17.8437265

static void
set_raw (DhkDraftFile *file, guint row, const char *text)
{
  g_free (g_ptr_array_index (file->raw, row));
  g_ptr_array_index (file->raw, row) = g_strdup (text);
}

/* Row 5 of the youths is somebody that a search would find. */
static void
mark (DhkDraft *draft, DhkDraftFile *file, guint i)
{
  DhkDraftRow *row = fixture_get_row (file, i);

  set_raw (file, i, FORM_ID ",2009-02-13 23:31:31,\"" TEXT "\"");
  g_free (row->form_id);
  row->form_id = g_strdup (FORM_ID);
  row->started = STARTED;
  g_free (row->identity);
  row->identity = g_strdup ("identity of " FORM_ID);
  dhk_draft_file_get_numbers (file, i)[fixture_find_question (draft, file, "age")] = AGE;
  fixture_seal (file, i);
}

static DhkDraft *
make_youths (Fixture *self, const char *name, const char *sha256, guint n)
{
  DhkDraft *draft = fixture_make_draft (self, name, sha256, "jeugdigen", n);

  mark (draft, fixture_get_file (draft), 4);
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
  set_raw (file, 45, "50,2009-02-13 23:40:00,\"nog eens: " TEXT "\"");
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

/* Searching bytes -------------------------------------------------------------------------- */

static gboolean
holds (const char *data, gsize size, const void *wanted, gsize n)
{
  return memmem (data, size, wanted, n) != NULL;
}

static gboolean
holds_any (const char *data, gsize size)
{
  guint64 age;
  guint8 real[8];
  double value = AGE;

  memcpy (&age, &value, sizeof age);
  age = GUINT64_TO_BE (age);
  memcpy (real, &age, sizeof real);
  return holds (data, size, TEXT, strlen (TEXT)) || holds (data, size, FORM_ID, strlen (FORM_ID))
         || holds (data, size, REASON, strlen (REASON)) || holds (data, size, real, sizeof real)
         || holds (data, size, "\x49\x96\x02\xd3", 4);
}

/* Every zlib stream that starts anywhere in the bytes. */
static gboolean
holds_deflated (const char *data, gsize size)
{
  g_autofree char *out = g_malloc (1 << 20);

  for (gsize at = 0; at + 2 < size; at++)
    {
      g_autoptr (GConverter) inflater = NULL;
      gsize n_read = 0;
      gsize n_written = 0;

      if ((guint8) data[at] != 0x78 || ((guint8) data[at] * 256 + (guint8) data[at + 1]) % 31 != 0)
        continue;
      inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
      g_converter_convert (inflater, data + at, size - at, out, 1 << 20, G_CONVERTER_NO_FLAGS,
                           &n_read, &n_written, NULL);
      if (holds_any (out, n_written))
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_holds (const char *folder_path)
{
  g_autoptr (GDir) folder = g_dir_open (folder_path, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder_path, name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          found = any_holds (path) || found;
          continue;
        }
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      if (holds_any (data, size) || holds_deflated (data, size))
        {
          g_test_message ("%s", name);
          found = TRUE;
        }
    }
  return found;
}

/* Whether any file in the folder holds anything of respondent 5. */
static gboolean
folder_holds (Fixture *self)
{
  return any_holds (self->folder);
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
erase (Fixture *self, gint64 respondent)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_erase (self->store, respondent, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

/* A backup is a study as before, but for who was erased; nor do they come back in there. */
static void
check_backups (Fixture *self)
{
  g_autofree char *folder = fixture_path (self, "Studie.driehoek.backups");
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
  g_assert_true (dhk_store_remove_backups (self->store, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
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
  g_assert_true (folder_holds (self));
  before = dump_others (self);

  erase (self, 5);
  after = dump_others (self);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (folder_holds (self));
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
  erase (self, 5);
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
  g_assert_false (folder_holds (self));
}

/* The same export does not bring them back, and nothing of them is stored by it. */
static void
test_import_again (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) same = make_youths (self, "J.xlsx", "1", 40);
  g_autoptr (DhkDraft) newer = make_youths (self, "J3.xlsx", "4", 48);
  DhkDraftFile *file = fixture_get_file (newer);

  live (self);
  erase (self, 5);
  g_assert_true (dhk_store_compare (self->store, same, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (same, NULL).added, ==, 0);
  g_assert_cmpuint (dhk_draft_get_totals (same, NULL).aside, ==, 1);
  g_assert_nonnull (fixture_get_row (fixture_get_file (same), 4)->reason);
  fixture_commit (self, same);
  fixture_assert_query (self->path, "SELECT count (*) FROM import_batch", "3");

  /* With news beside it; also the second answer, which counts for nobody now. */
  fixture_add_row (newer, file, 50);
  set_raw (file, 48, "50,nog eens: " TEXT);
  fixture_commit (self, newer);
  g_assert_cmpuint (dhk_draft_get_totals (newer, NULL).added, ==, 3);
  fixture_assert_query (self->path, "SELECT count (*), sum (raw = '') FROM aside_row", "2|2");
  g_assert_false (folder_holds (self));
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
  erase (self, 25);
  g_assert_false (folder_holds (self));
  g_assert_true (dhk_store_redo (self->store, NULL));
  g_assert_false (folder_holds (self));
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
  erase (self, 5);
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
  erase (self, 5);
  g_assert_false (folder_holds (self));
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
  erase (self, 5);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "PRAGMA secure_delete = OFF; CREATE TABLE old (x);"
                            "INSERT INTO old VALUES ('" TEXT "'); DROP TABLE old;"
                            "UPDATE study SET erase_pending = 1");
  g_assert_true (g_file_set_contents (backup, TEXT, -1, NULL));
  g_assert_true (folder_holds (self));
  fixture_reopen (self);
  g_assert_false (folder_holds (self));
  fixture_assert_query (self->path, "SELECT erase_pending FROM study", "0");
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
  return g_test_run ();
}
