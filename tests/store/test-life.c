/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Creating, opening, refusing, copying, settings. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "store-fixture.h"
#include "store/dhk-store-private.h"

static void
assert_sentence (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strstr (error->message, "/tmp"));
}

/* Opening `name` fails with `code`, and changes no byte and no name in the folder. */
static void
assert_refused (Fixture *self, const char *name, DhkStoreError code)
{
  g_autofree char *path = fixture_path (self, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before = 0;
  gsize n_after = 0;
  DhkStore *store;

  g_file_get_contents (path, &before, &n_before, NULL);
  store = dhk_store_open (file, &error);
  g_assert_null (store);
  g_assert_error (error, DHK_STORE_ERROR, (int) code);
  assert_sentence (error);
  g_test_message ("%s", error->message);
  g_file_get_contents (path, &after, &n_after, NULL);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
assert_version (Fixture *self, guint version)
{
  g_autofree char *found = fixture_query (self->path, "PRAGMA user_version");
  g_autofree char *expected = g_strdup_printf ("%u", version);

  g_assert_cmpstr (found, ==, expected);
}

static void
write_file (Fixture *self, const char *name, const char *contents, gssize size)
{
  g_autofree char *path = fixture_path (self, name);

  g_assert_true (g_file_set_contents (path, contents, size, NULL));
}

static void
test_create (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  DhkStore *again;

  g_assert_cmpstr (dhk_instrument_get_id (dhk_store_get_instrument (self->store)), ==,
                   dhk_instrument_get_id (self->instrument));
  g_assert_true (dhk_store_get_file (self->store) == self->file);
  g_assert_null (dhk_store_dup_undo_label (self->store));
  g_assert_null (dhk_store_dup_redo_label (self->store));
  fixture_assert_query (self->path, "PRAGMA application_id", "1145588529");
  assert_version (self, dhk_store_get_schema_version ());
  fixture_assert_query (self->path, "PRAGMA journal_mode", "delete");
  fixture_assert_query (self->path, "PRAGMA integrity_check", "ok");
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");

  again = dhk_store_create (self->file, self->instrument, &error);
  g_assert_null (again);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_sentence (error);
  fixture_reopen (self);
}

static void
test_create_where_it_cannot (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, "geen/map/Studie.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  DhkStore *store = dhk_store_create (file, self->instrument, &error);

  g_assert_null (store);
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO);
  assert_sentence (error);
}

static void
test_small_instrument (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "library-2024.xml", NULL);
  g_autofree char *study = fixture_path (self, "Library.driehoek");
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GFile) file = g_file_new_for_path (study);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_from_file (source, NULL, &error);
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkFrame) frame = NULL;
  DhkDraftFile *visitors;

  g_assert_no_error (error);
  store = dhk_store_create (file, instrument, &error);
  g_assert_no_error (error);
  draft = dhk_draft_new (instrument);
  visitors = fixture_add_file (draft, "visitors.csv", "1", "visitors");
  fixture_add_row (draft, visitors, 1);
  fixture_add_row (draft, visitors, 2);
  g_assert_true (dhk_store_commit (store, draft, NULL, &error));
  g_assert_no_error (error);
  frame = dhk_store_load_frame (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 2);
  fixture_assert_query (study, "SELECT id, branch FROM visitors", "1|north\n2|harbour");
}

static void
test_refuse_other_files (Fixture *self, gconstpointer data)
{
  g_autofree char *other = fixture_path (self, "other.driehoek");
  g_autofree char *folder = fixture_path (self, "map.driehoek");

  write_file (self, "text.driehoek", "This is no study.", -1);
  write_file (self, "empty.driehoek", "", 0);
  write_file (self, "short.driehoek", "SQLite format 3", 16);
  fixture_exec (other, "CREATE TABLE a (b); INSERT INTO a VALUES (1)");
  g_mkdir (folder, 0700);

  assert_refused (self, "text.driehoek", DHK_STORE_ERROR_NOT_A_STUDY);
  assert_refused (self, "empty.driehoek", DHK_STORE_ERROR_NOT_A_STUDY);
  assert_refused (self, "short.driehoek", DHK_STORE_ERROR_NOT_A_STUDY);
  assert_refused (self, "other.driehoek", DHK_STORE_ERROR_NOT_A_STUDY);
  assert_refused (self, "map.driehoek", DHK_STORE_ERROR_NOT_A_STUDY);
  assert_refused (self, "missing.driehoek", DHK_STORE_ERROR_IO);
}

static void
test_refuse_newer (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "PRAGMA user_version = 99");
  assert_refused (self, "Studie.driehoek", DHK_STORE_ERROR_NEWER);
}

/* Every kind of damage is refused when it is there; nothing crashes on any of them. */
static void
test_refuse_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 600);
  g_autofree char *good = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint n_refused = 0;
  gsize size = 0;

  fixture_commit (self, draft);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &good, &size, NULL));

  write_file (self, "cut.driehoek", good, (gssize) size - 4096);
  assert_refused (self, "cut.driehoek", DHK_STORE_ERROR_DAMAGED);
  write_file (self, "cut.driehoek", good, 100);
  assert_refused (self, "cut.driehoek", DHK_STORE_ERROR_DAMAGED);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *bad = g_memdup2 (good, size);
      g_autofree char *path = fixture_path (self, "bad.driehoek");
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (DhkStore) store = NULL;
      gsize at = (gsize) g_rand_int_range (random, 100, (gint32) size - 600);

      memset (bad + at, g_rand_int_range (random, 0, 256), 600);
      write_file (self, "bad.driehoek", bad, (gssize) size);
      store = dhk_store_open (file, &error);
      if (store == NULL)
        {
          assert_sentence (error);
          n_refused++;
          continue;
        }
      /* A hole inside a text can pass the check of pages; reading it may not crash. */
      {
        g_autoptr (DhkFrame) frame G_GNUC_UNUSED = dhk_store_load_frame (store, NULL, NULL);
        g_autoptr (GPtrArray) batches G_GNUC_UNUSED = dhk_store_list_batches (store, NULL);
        g_autofree char *raw G_GNUC_UNUSED = dhk_store_dup_raw (store, 1, NULL);
      }
    }
  g_test_message ("%u of 100 refused", n_refused);
  g_assert_cmpuint (n_refused, >, 50);
}

static void
test_refuse_lost_rows (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 3);

  fixture_commit (self, draft);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path,
                "PRAGMA foreign_keys = OFF; DELETE FROM respondent_record WHERE id = 2");
  assert_refused (self, "Studie.driehoek", DHK_STORE_ERROR_DAMAGED);
}

static void
test_refuse_view_for_table (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "ALTER TABLE setting RENAME TO hidden;"
                            "CREATE VIEW setting AS SELECT * FROM hidden");
  assert_refused (self, "Studie.driehoek", DHK_STORE_ERROR_DAMAGED);
}

/* A file that somebody sends may hold triggers: they do not run. */
static void
test_triggers_do_not_run (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_exec (self->path, "CREATE TABLE spy (x); CREATE TRIGGER t AFTER INSERT ON setting BEGIN "
                            "INSERT INTO spy VALUES (1); END");
  fixture_reopen (self);
  g_assert_true (dhk_store_set_setting (self->store, "a", "b", NULL));
  fixture_assert_query (self->path, "SELECT count (*) FROM spy", "0");
}

static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 3);
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_assert_cmpint (sqlite3_open (self->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_BUSY);
  assert_sentence (error);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);

  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  fixture_commit (self, draft);
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  g_autofree char *value = NULL;
  guint64 generation = dhk_store_get_generation (self->store);

  g_assert_null (dhk_store_get_setting (self->store, "last-page"));
  g_assert_true (dhk_store_set_setting (self->store, "last-page", "one", NULL));
  g_assert_true (dhk_store_set_setting (self->store, "last-page", "it's \"two\"", NULL));
  fixture_reopen (self);
  value = dhk_store_get_setting (self->store, "last-page");
  g_assert_cmpstr (value, ==, "it's \"two\"");
  g_assert_true (dhk_store_set_setting (self->store, "last-page", NULL, NULL));
  g_assert_null (dhk_store_get_setting (self->store, "last-page"));
  g_assert_null (dhk_store_dup_undo_label (self->store));
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);
}

static void
test_save_copy (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 30);
  g_autofree char *path = fixture_path (self, "Kopie.driehoek");
  g_autofree char *nowhere = fixture_path (self, "geen/map/Kopie.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) lost = g_file_new_for_path (nowhere);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) copy = NULL;
  g_autofree char *original = NULL;
  g_autofree char *copied = NULL;

  fixture_commit (self, draft);
  write_file (self, "Kopie.driehoek", "older", -1);
  g_assert_true (dhk_store_save_copy (self->store, file, &error));
  g_assert_no_error (error);
  original = fixture_dump_tables (self->path);
  copied = fixture_dump_tables (path);
  g_assert_cmpstr (original, ==, copied);
  copy = dhk_store_open (file, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_undo (copy, &error));

  g_assert_false (dhk_store_save_copy (self->store, self->file, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  assert_sentence (error);
  g_clear_error (&error);
  g_assert_false (dhk_store_save_copy (self->store, lost, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO);
  assert_sentence (error);
}

static gpointer
use_in_thread (gpointer data)
{
  Fixture *self = data;
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 3);

  dhk_store_move_to_this_thread (self->store);
  fixture_commit (self, draft);
  return NULL;
}

static void
test_move_to_thread (Fixture *self, gconstpointer data)
{
  g_thread_join (g_thread_new ("store", use_in_thread, self));
  dhk_store_move_to_this_thread (self->store);
  fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "3");
  g_assert_true (dhk_store_undo (self->store, NULL));
}

/* Two programs: what one changes, the other sees. */
static void
test_two_stores (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 3);
  g_autoptr (DhkDraft) second = fixture_make_draft (self, "O.csv", "2", "ouders", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) other = dhk_store_open (self->file, &error);
  g_autoptr (DhkFrame) frame = NULL;
  guint64 generation = dhk_store_get_generation (self->store);

  g_assert_no_error (error);
  g_assert_true (dhk_store_commit (other, first, NULL, &error));
  g_assert_cmpuint (dhk_store_get_generation (self->store), >, generation);
  fixture_commit (self, second);
  frame = dhk_store_load_frame (other, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, 6);
}

/* Migrations --------------------------------------------------------------------------- */

/* A study of version 0: its instrument and nothing else. */
static void
make_version_0 (Fixture *self)
{
  g_autofree char *names = NULL;
  g_auto (GStrv) parts = NULL;

  g_clear_pointer (&self->store, dhk_store_close);
  names = fixture_query (self->path, "SELECT group_concat (type || ' \"' || name || '\"', ';') "
                                     "FROM sqlite_schema WHERE type IN ('table', 'view') "
                                     "AND name <> 'instrument'");
  parts = g_strsplit (names, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP %s", parts[i]);

      fixture_exec (self->path, sql);
    }
  fixture_exec (self->path, "PRAGMA user_version = 0; VACUUM");
}

static void
test_migrate (Fixture *self, gconstpointer data)
{
  g_autofree char *fresh = NULL;
  g_autofree char *migrated = NULL;
  g_autofree char *backup = fixture_path (self, "Studie.driehoek.backup-v0");
  g_autofree char *second = fixture_path (self, "Studie.driehoek.backup-v0-2");
  static const char schema[] = "SELECT type, name, sql FROM sqlite_schema "
                               "WHERE name <> 'instrument' ORDER BY name";

  fresh = fixture_query (self->path, schema);
  make_version_0 (self);
  fixture_reopen (self);
  migrated = fixture_query (self->path, schema);
  g_assert_cmpstr (migrated, ==, fresh);
  assert_version (self, dhk_store_get_schema_version ());
  fixture_assert_query (backup, "PRAGMA user_version", "0");
  fixture_assert_query (backup, "SELECT count (*) FROM sqlite_schema WHERE type = 'table'", "1");

  /* Once more: the first backup stays. */
  make_version_0 (self);
  fixture_reopen (self);
  g_assert_true (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* A study as version 1 left it: everything stays, what came later is added. */
static void
test_migrate_from_1 (Fixture *self, gconstpointer data)
{
  static const char schema[] = "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
  g_autofree char *fresh = NULL;
  g_autofree char *views = NULL;
  g_autofree char *migrated = NULL;
  g_autofree char *migrated_views = NULL;
  g_autofree char *backup = fixture_path (self, "Studie.driehoek.backup-v1");
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 5);

  fixture_commit (self, draft);
  fresh = fixture_query (self->path, schema);
  /* A migrated study draws pseudonyms of its own. */
  fixture_exec (self->path, "UPDATE respondent_record SET pseudonym = NULL");
  views = fixture_dump_views (self->path);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_take_back (self->path, 1);

  fixture_reopen (self);
  assert_version (self, dhk_store_get_schema_version ());
  migrated = fixture_query (self->path, schema);
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent", "5");
  fixture_exec (self->path, "UPDATE respondent_record SET pseudonym = NULL");
  migrated_views = fixture_dump_views (self->path);
  g_assert_cmpstr (migrated, ==, fresh);
  g_assert_cmpstr (migrated_views, ==, views);
  fixture_assert_query (backup, "PRAGMA user_version", "1");
  g_assert_true (dhk_store_undo (self->store, NULL));
}

/* Of each respondent all that a migration moves. */
static const char answers[]
    = "SELECT id, hex (identity), hex (content), answers, (SELECT group_concat (target || answers) "
      "FROM answer_sheet WHERE respondent = id) FROM respondent_record ORDER BY id";

/* A study as version 7 left it, with a changed row, in whose journal hashes are texts. */
static void
test_migrate_from_7 (Fixture *self, gconstpointer data)
{
  g_autofree char *changed = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *migrated = NULL;
  g_autofree char *migrated_undone = NULL;
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 5);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.csv", "2", "jeugdigen", 5);

  fixture_commit (self, draft);
  fixture_set_code (newer, fixture_get_file (newer), 2, "band2_h", 1);
  fixture_commit (self, newer);
  fixture_undo (self);
  undone = fixture_query (self->path, answers);
  fixture_redo (self);
  changed = fixture_query (self->path, answers);
  g_assert_cmpstr (changed, !=, undone);
  g_clear_pointer (&self->store, dhk_store_close);
  fixture_take_back (self->path, 7);
  fixture_assert_query (self->path,
                        "SELECT count (*), max (length (identity)), max (length (content)) "
                        "FROM respondent_record JOIN answer_sheet ON respondent = id "
                        "WHERE target = ''",
                        "5|64|64");

  fixture_reopen (self);
  migrated = fixture_query (self->path, answers);
  g_assert_cmpstr (migrated, ==, changed);
  fixture_undo (self);
  migrated_undone = fixture_query (self->path, answers);
  g_assert_cmpstr (migrated_undone, ==, undone);
}

/* What the study keeps of a hash is a hash: any other text stays a text. */
static void
test_hash (Fixture *self, gconstpointer data)
{
  static const char hash[] = "00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  guint8 bytes[DHK_HASH_SIZE];

  g_assert_true (dhk_store_pack_hash (hash, bytes));
  g_assert_cmphex (bytes[9], ==, 0x99);
  g_assert_cmphex (bytes[31], ==, 0xf0);
  g_assert_false (dhk_store_pack_hash (hash + 1, bytes));
  for (guint character = 0; character < 256; character++)
    {
      g_autofree char *text = g_strdup (hash);

      text[character % 64] = (char) character;
      g_assert_cmpint (dhk_store_pack_hash (text, bytes), ==,
                       character > 0 && character < 128
                           && strchr ("0123456789abcdef", (int) character) != NULL);
    }
}

static gboolean
add_first (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, "CREATE TABLE first (x)", error);
}

static gboolean
add_second (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, "CREATE TABLE second AS SELECT * FROM first", error);
}

static gboolean
fail_third (DhkStore *self, GError **error)
{
  return dhk_sql_exec (self, "INSERT INTO second VALUES (1); SELECT * FROM nothing", error);
}

/* From every version: exactly the later migrations run, in order, all or none. */
static void
test_migration_steps (Fixture *self, gconstpointer data)
{
  static const DhkMigration list[] = { fail_third, add_first, add_second, fail_third };
  static const char tables[] = "SELECT group_concat (name) FROM (SELECT name FROM sqlite_schema "
                               "WHERE name IN ('first', 'second') ORDER BY name)";
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_store_run_migrations (self->store, list, 4, 1, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED);
  fixture_assert_query (self->path, tables, "");
  assert_version (self, dhk_store_get_schema_version ());

  g_assert_true (dhk_store_run_migrations (self->store, list, 2, 1, NULL));
  fixture_assert_query (self->path, tables, "first");
  fixture_assert_query (self->path, "PRAGMA user_version", "2");
  g_assert_true (dhk_store_run_migrations (self->store, list, 3, 2, NULL));
  fixture_assert_query (self->path, tables, "first,second");
  fixture_assert_query (self->path, "PRAGMA user_version", "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/life/create", test_create);
  FIXTURE_TEST ("/store/life/create_where_it_cannot", test_create_where_it_cannot);
  FIXTURE_TEST ("/store/life/small_instrument", test_small_instrument);
  FIXTURE_TEST ("/store/life/refuse_other_files", test_refuse_other_files);
  FIXTURE_TEST ("/store/life/refuse_newer", test_refuse_newer);
  FIXTURE_TEST ("/store/life/refuse_damaged", test_refuse_damaged);
  FIXTURE_TEST ("/store/life/refuse_lost_rows", test_refuse_lost_rows);
  FIXTURE_TEST ("/store/life/refuse_view_for_table", test_refuse_view_for_table);
  FIXTURE_TEST ("/store/life/triggers_do_not_run", test_triggers_do_not_run);
  FIXTURE_TEST ("/store/life/busy", test_busy);
  FIXTURE_TEST ("/store/life/settings", test_settings);
  FIXTURE_TEST ("/store/life/save_copy", test_save_copy);
  FIXTURE_TEST ("/store/life/move_to_thread", test_move_to_thread);
  FIXTURE_TEST ("/store/life/two_stores", test_two_stores);
  FIXTURE_TEST ("/store/life/migrate", test_migrate);
  FIXTURE_TEST ("/store/life/migrate_from_1", test_migrate_from_1);
  FIXTURE_TEST ("/store/life/migrate_from_7", test_migrate_from_7);
  FIXTURE_TEST ("/store/life/hash", test_hash);
  FIXTURE_TEST ("/store/life/migration_steps", test_migration_steps);
  return g_test_run ();
}
