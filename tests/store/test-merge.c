/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study as the source of an import. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"
#include "entry-fixture.h"
#include "store/dhk-store-instrument.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-profile.h"
#include "store/dhk-store-respondents.h"
#include "study/dhk-instrument-edit.h"

/* The other study --------------------------------------------------------------------------- */

#define OTHER "School B.driehoek"

static DhkDraft *
make_rows (Fixture *self, const char *name, const char *sha256, guint first, guint last)
{
  DhkDraft *draft = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (draft, name, sha256, "jeugdigen");

  for (guint n = first; n <= last; n++)
    fixture_add_row (draft, file, n);
  return draft;
}

static void
add_rows (Fixture *self, DhkStore *store, const char *name, guint first, guint last)
{
  g_autoptr (DhkDraft) draft = make_rows (self, name, name, first, last);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_store_commit (store, draft, NULL, &error));
  g_assert_no_error (error);
}

static GFile *
other_file (Fixture *self)
{
  g_autofree char *path = fixture_path (self, OTHER);

  return g_file_new_for_path (path);
}

static DhkStore *
make_other (Fixture *self)
{
  g_autoptr (GFile) file = other_file (self);
  DhkStore *other = dhk_store_create (file, self->instrument, NULL);

  g_assert_nonnull (other);
  return other;
}

static DhkStore *
copy_to_other (Fixture *self)
{
  g_autoptr (GFile) file = other_file (self);
  DhkStore *other;

  g_assert_true (dhk_store_save_copy (self->store, file, NULL));
  other = dhk_store_open (file, NULL);
  g_assert_nonnull (other);
  return other;
}

static int
find_item (Fixture *self, const char *id)
{
  return dhk_instrument_find_item (self->instrument, id);
}

static void
edit (Fixture *self, DhkStore *store, gint64 respondent, const char *item, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_store_set_answer (
      store, respondent, (guint) find_item (self, item),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), code, &error));
  g_assert_no_error (error);
}

/* Merging ------------------------------------------------------------------------------------- */

static DhkDraft *
read_other (Fixture *self, const char *name, GHashTable *answers, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  g_autofree char *path = fixture_path (self, name);

  g_ptr_array_add (files, g_file_new_for_path (path));
  g_ptr_array_add (passwords, (gpointer) FIXTURE_PASSWORD);
  return dhk_store_read_merge (self->store, files, passwords, answers, NULL, error);
}

/* Read, compared, stored; the file of the other study is looked at before and after. */
static DhkDraft *
merge_with (Fixture *self, GHashTable *answers)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  DhkDraft *draft;
  gsize n_before = 0;
  gsize n_after = 0;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  draft = read_other (self, OTHER, answers, &error);
  g_assert_no_error (error);
  g_assert_nonnull (draft);
  g_assert_cmpuint (dhk_draft_get_questions (draft)->len, ==, 0);
  g_assert_true (dhk_store_compare (self->store, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  return draft;
}

static guint
count_conflicts (DhkDraft *draft)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += ((DhkDraftFile *) g_ptr_array_index (files, i))->conflicts->len;
  return n;
}

static void
assert_totals (DhkDraft *draft, guint added, guint present, guint aside)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, NULL);

  g_assert_cmpuint (totals.added, ==, added);
  g_assert_cmpuint (totals.present, ==, present);
  g_assert_cmpuint (totals.aside, ==, aside);
}

static void
assert_folder_holds (Fixture *self, guint n)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint found = 0;

  while (g_dir_read_name (folder) != NULL)
    found++;
  g_assert_cmpuint (found, ==, n);
}

/* Twenty responses, one without an identity, corrections, an exclusion, a pile of paper. */
static void
live (Fixture *self)
{
  const gint64 excluded = 4;

  g_autoptr (DhkDraft) draft = make_rows (self, "Jeugdigen.xlsx", "1", 1, 20);
  gint64 pile;

  g_clear_pointer (&fixture_get_row (fixture_get_file (draft), 6)->identity, g_free);
  fixture_commit (self, draft);
  edit (self, self->store, 2, "band1", 4);
  g_assert_true (dhk_store_exclude (self->store, &excluded, 1, "Verhuisd", NULL));
  pile = entry_new_batch (self, "Groep 3", "jeugdigen");
  entry_type (self, pile, DHK_ENTRY_FIRST, 7, BAND1, entry_code (3));
  entry_type (self, pile, DHK_ENTRY_SECOND, 7, BAND1, entry_code (4));
}

/* Tests ----------------------------------------------------------------------------------------- */

static void
test_copy (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkDraft) draft = NULL;

  live (self);
  dhk_store_close (copy_to_other (self));
  before = fixture_dump_tables (self->path);
  draft = merge_with (self, NULL);
  assert_totals (draft, 0, 21, 0);
  g_assert_cmpuint (count_conflicts (draft), ==, 0);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  assert_folder_holds (self, 2);
}

static void
test_itself (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  live (self);
  before = fixture_dump_tables (self->path);
  draft = read_other (self, "Studie.driehoek", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_commit (self->store, draft, NULL, &error));
  assert_totals (draft, 0, 21, 0);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  assert_folder_holds (self, 1);
}

/* What another school has, with everything that can come with it. */
static DhkStore *
make_rich_other (Fixture *self)
{
  DhkStore *other = make_other (self);
  g_autoptr (DhkDraft) draft = make_rows (self, "Jeugdigen B.csv", "b", 101, 130);
  DhkDraftFile *file = fixture_get_file (draft);
  DhkStore *own = self->store;
  const gint64 excluded = 5;
  gint64 pile;

  fixture_set_code (draft, file, 2, "band1_h", DHK_MISSING_UNREADABLE);
  dhk_draft_file_set_aside (file, 9, "Totals row.");
  g_assert_true (dhk_store_commit (other, draft, NULL, NULL));
  edit (self, other, 2, "band2", DHK_MISSING_EMPTY);
  g_assert_true (dhk_store_exclude (other, &excluded, 1, "Test a@b.nl", NULL));
  self->store = other;
  pile = entry_new_batch (self, "Groep 3", "jeugdigen");
  entry_type (self, pile, DHK_ENTRY_FIRST, 12, BAND1, entry_code (2));
  entry_type (self, pile, DHK_ENTRY_SECOND, 12, BAND1, entry_code (5));
  self->store = own;
  return other;
}

static char *
describe (const char *path, const char *restriction)
{
  static const char *const queries[] = {
    "SELECT pseudonym, identity, content, form_id, started, completed, excluded, exclusion "
    "FROM respondent_record r WHERE %s ORDER BY pseudonym",
    "SELECT r.pseudonym, s.target, s.answers FROM answer_sheet s JOIN respondent_record r "
    "ON r.id = s.respondent WHERE %s ORDER BY 1, 2",
    "SELECT r.pseudonym, v.target, v.value, v.missing FROM value v JOIN respondent_record r "
    "ON r.id = v.respondent WHERE %s ORDER BY 1, 2, 3",
    "SELECT r.pseudonym, h.target, h.times FROM hand_edit h JOIN respondent_record r "
    "ON r.id = h.respondent WHERE %s ORDER BY 1",
    "SELECT r.pseudonym, f.pass, f.number, f.complete, a.target, a.answer FROM entry_form f "
    "JOIN entry_answer a ON a.form = f.id JOIN respondent_record r ON r.id = f.respondent "
    "WHERE f.active AND %s ORDER BY 1, 2, 5",
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_auto (GStrv) parts = g_strsplit (queries[i], "%s", 2);
      g_autofree char *sql = g_strconcat (parts[0], restriction, parts[1], NULL);
      g_autofree char *rows = fixture_query (path, sql);

      g_string_append_printf (text, "%s\n", rows);
    }
  return g_string_free (text, FALSE);
}

static void
test_disjoint (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autofree char *there = NULL;
  g_autofree char *here = NULL;
  g_autofree char *before = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *merged = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *label = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *raw_there = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) again = NULL;
  g_autoptr (GPtrArray) piles = NULL;
  DhkStore *other;

  live (self);
  other = make_rich_other (self);
  raw_there = dhk_store_dup_raw (other, 1, NULL);
  dhk_store_close (other);
  /* Nobody makes two piles in one second. */
  fixture_exec (path, "UPDATE entry_batch SET made = made - 100");
  there = describe (path, "1");
  before = fixture_dump_views (self->path);
  draft = merge_with (self, NULL);
  assert_totals (draft, 30, 0, 1);

  /* All of it is here as it is there, under the same pseudonyms. */
  here = describe (self->path, "r.id > 21");
  g_assert_cmpstr (here, ==, there);
  fixture_assert_query (self->path, "SELECT max (exclusion) FROM respondent_record WHERE id > 21",
                        "Test [e-mail]");
  raw = dhk_store_dup_raw (self->store, 3, NULL);
  g_assert_cmpstr (raw, ==, raw_there);
  fixture_assert_query (self->path, "SELECT line, raw, reason FROM aside_row",
                        "111|110;rij 110 van vragenlijst 0|Totals row.");
  fixture_assert_query (self->path, "PRAGMA foreign_key_check", "");

  /* Another pile of the same name has a name of its own, and its forms their numbers. */
  piles = dhk_store_entry_list_batches (self->store, NULL);
  g_assert_cmpuint (piles->len, ==, 2);
  g_assert_cmpstr (((DhkEntryBatch *) g_ptr_array_index (piles, 0))->name, ==,
                   "Groep 3 (School B.driehoek)");
  g_assert_cmpuint (((DhkEntryBatch *) g_ptr_array_index (piles, 0))->n_differences, ==, 1);

  /* One step; once more adds nothing. */
  label = dhk_store_dup_undo_label (self->store);
  g_assert_cmpstr (label, ==, "Merge of the study “School B.driehoek”");
  merged = fixture_dump_tables (self->path);
  again = merge_with (self, NULL);
  assert_totals (again, 0, 30, 1);
  redone = fixture_dump_tables (self->path);
  g_assert_cmpstr (redone, ==, merged);
  g_clear_pointer (&redone, g_free);
  g_clear_pointer (&merged, g_free);
  merged = fixture_dump_views (self->path);
  entry_undo (self);
  undone = fixture_dump_views (self->path);
  g_assert_cmpstr (undone, ==, before);
  entry_redo (self);
  redone = fixture_dump_views (self->path);
  g_assert_cmpstr (redone, ==, merged);

  /* What was undone makes room for the same once more. */
  entry_undo (self);
  g_clear_pointer (&again, dhk_draft_unref);
  again = merge_with (self, NULL);
  assert_totals (again, 30, 0, 1);
  g_assert_false (fixture_has_note (fixture_get_file (again), "pseudonym"));
  g_free (here);
  here = describe (self->path, "r.id > 21");
  g_assert_cmpstr (here, ==, there);
}

/* The same pseudonym leads to the same person, also after more came in. */
static void
test_pseudonyms (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkStore) other = make_other (self);

  add_rows (self, self->store, "A", 1, 20);
  add_rows (self, other, "B", 101, 400);
  draft = merge_with (self, NULL);
  assert_totals (draft, 300, 0, 0);
  add_rows (self, self->store, "C", 500, 700);
  for (gint64 i = 1; i <= 300; i++)
    {
      g_autofree char *pseudonym = dhk_store_dup_pseudonym (other, i);

      g_assert_cmpint (dhk_store_find_pseudonym (self->store, pseudonym), ==, 20 + i);
    }
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent_record",
                        "521");
}

/* A copy that went on: the same number, and so the same pseudonym, is somebody else. */
static void
test_clash (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkStore) other = NULL;

  add_rows (self, self->store, "A", 1, 20);
  other = copy_to_other (self);
  add_rows (self, self->store, "B", 21, 22);
  add_rows (self, other, "C", 31, 33);
  draft = merge_with (self, NULL);
  assert_totals (draft, 3, 20, 0);
  g_assert_true (fixture_has_note (fixture_get_file (draft), "2 responses get new pseudonyms"));
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent_record",
                        "25");
  add_rows (self, self->store, "D", 41, 60);
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent_record",
                        "45");
}

/* What differs stays as it is here, and is listed. */
static void
test_conflicts (Fixture *self, gconstpointer data)
{
  const gint64 here = 8;
  const gint64 there = 9;
  g_autoptr (DhkStore) other = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) again = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *merged = NULL;

  add_rows (self, self->store, "Jeugdigen.xlsx", 1, 20);
  other = copy_to_other (self);
  edit (self, self->store, 1, "band1", DHK_MISSING_UNREADABLE);
  edit (self, other, 2, "band1", DHK_MISSING_UNREADABLE);
  edit (self, self->store, 3, "band1", 1);
  edit (self, other, 3, "band1", 2);
  g_assert_true (dhk_store_exclude (self->store, &here, 1, "Dubbel", NULL));
  g_assert_true (dhk_store_exclude (other, &there, 1, "Verhuisd", NULL));
  add_rows (self, other, "Nieuw.xlsx", 21, 25);

  before = fixture_query (self->path, "SELECT * FROM answer_sheet");
  draft = merge_with (self, NULL);
  assert_totals (draft, 5, 20, 0);
  g_assert_cmpuint (count_conflicts (draft), ==, 5);
  after = fixture_query (self->path, "SELECT * FROM answer_sheet WHERE respondent <= 20");
  g_assert_cmpstr (after, ==, before);
  fixture_assert_query (self->path, "SELECT id, exclusion FROM respondent_record WHERE excluded",
                        "8|Dubbel");
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 5);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const DhkConflict *conflict = g_ptr_array_index (conflicts, i);

      g_assert_cmpstr (conflict->file_name, ==, OTHER);
      if (conflict->respondent == 9)
        {
          g_assert_cmpstr (conflict->held, ==, "not excluded");
          g_assert_cmpstr (conflict->found, ==, "excluded: Verhuisd");
        }
    }

  /* Said once; settled where both are the same; gone with the step. */
  merged = fixture_dump_tables (self->path);
  again = merge_with (self, NULL);
  assert_totals (again, 0, 25, 0);
  twice = fixture_dump_tables (self->path);
  g_assert_cmpstr (twice, ==, merged);
  edit (self, self->store, 3, "band1", 2);
  g_ptr_array_unref (conflicts);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 4);
  entry_undo (self);
  entry_undo (self);
  g_ptr_array_unref (conflicts);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
}

/* The second typing of the same pile, done in a copy. */
static void
test_second_typing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkStore) other = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GPtrArray) piles = NULL;
  DhkStore *own = self->store;
  gint64 pile = entry_new_batch (self, "Groep 3", "jeugdigen");

  entry_type (self, pile, DHK_ENTRY_FIRST, 1, BAND1, entry_code (3));
  other = copy_to_other (self);
  self->store = other;
  entry_type (self, pile, DHK_ENTRY_SECOND, 1, BAND1, entry_code (4));
  entry_type (self, pile, DHK_ENTRY_FIRST, 2, BAND1, entry_code (5));
  self->store = own;
  draft = merge_with (self, NULL);
  assert_totals (draft, 1, 1, 0);
  piles = dhk_store_entry_list_batches (self->store, NULL);
  g_assert_cmpuint (piles->len, ==, 1);
  g_assert_cmpuint (((DhkEntryBatch *) g_ptr_array_index (piles, 0))->n_forms, ==, 2);
  g_assert_cmpuint (((DhkEntryBatch *) g_ptr_array_index (piles, 0))->n_second, ==, 1);
  g_assert_cmpuint (((DhkEntryBatch *) g_ptr_array_index (piles, 0))->n_differences, ==, 1);
  g_assert_true (dhk_store_erase (self->store, 2, NULL));
  fixture_assert_query (self->path, "PRAGMA foreign_key_check", "");
}

/* Who was erased here does not come back, with or without an identity. */
static void
test_erased (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkStore) other = NULL;

  live (self);
  other = copy_to_other (self);
  add_rows (self, other, "Nieuw.xlsx", 31, 32);
  g_assert_true (dhk_store_erase (self->store, 3, NULL));
  g_assert_true (dhk_store_erase (self->store, 7, NULL));
  g_assert_true (dhk_store_erase (self->store, 21, NULL));
  draft = merge_with (self, NULL);
  assert_totals (draft, 2, 18, 3);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record", "20");
}

static void
test_encrypted (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) sealed = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  DhkStore *other = make_rich_other (self);
  DhkDraftQuestion *question;

  g_assert_true (dhk_store_set_password (other, FIXTURE_PASSWORD, &error));
  g_assert_no_error (error);
  dhk_store_close (other);
  g_ptr_array_add (files, other_file (self));
  g_assert_true (dhk_store_has_study_file (files));
  sealed = dhk_store_read_merge (self->store, files, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  question = g_ptr_array_index (dhk_draft_get_questions (sealed), 0);
  g_assert_cmpstr (question->id, ==, "study:sealed");
  draft = merge_with (self, NULL);
  assert_totals (draft, 30, 0, 1);
  assert_folder_holds (self, 2);
}

static void
assert_refused (Fixture *self, DhkStoreError code, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) draft = read_other (self, OTHER, NULL, &error);

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

  add_rows (self, self->store, "A", 1, 3);
  dhk_store_close (make_rich_other (self));
  g_assert_true (g_file_set_contents (journal, "\xd9\xd5\x05\xf9 unfinished", -1, NULL));
  assert_refused (self, DHK_STORE_ERROR_BUSY, "School B.driehoek");
  g_remove (journal);

  fixture_exec (path, "PRAGMA user_version = 99");
  assert_refused (self, DHK_STORE_ERROR_NEWER, "newer version");
  fixture_exec (path, "PRAGMA user_version = 7; PRAGMA foreign_keys = OFF;"
                      "DELETE FROM respondent_record WHERE id = 3");
  assert_refused (self, DHK_STORE_ERROR_DAMAGED, "driehoek repair");

  g_ptr_array_add (files, other_file (self));
  g_ptr_array_add (files, other_file (self));
  g_assert_null (dhk_store_read_merge (self->store, files, NULL, NULL, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
}

/* An earlier version is renewed in memory alone. */
static void
test_older (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autoptr (DhkDraft) draft = NULL;

  dhk_store_close (make_rich_other (self));
  fixture_exec (path, "DROP TABLE merged_respondent; DROP TABLE merge_conflict;"
                      "ALTER TABLE entry_batch DROP COLUMN step;"
                      "ALTER TABLE entry_batch DROP COLUMN name_there;"
                      "PRAGMA user_version = 6");
  draft = merge_with (self, NULL);
  assert_totals (draft, 30, 0, 1);
  fixture_assert_query (path, "PRAGMA user_version", "6");
  assert_folder_holds (self, 2);
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

  live (self);
  dhk_store_close (make_rich_other (self));
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
      draft = read_other (self, OTHER, NULL, &error);
      if (draft == NULL)
        {
          g_assert_nonnull (error);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          n_refused++;
        }
      else if (dhk_draft_get_questions (draft)->len == 0
               && dhk_store_commit (self->store, draft, NULL, &error)
               && dhk_draft_get_totals (draft, NULL).added > 0)
        entry_undo (self);
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
  g_autoptr (DhkStore) other = make_other (self);
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
  add_rows (self, other, "B", 101, 110);
  g_assert_true (dhk_store_set_instrument (other, newer, &error));
  g_assert_no_error (error);

  draft = read_other (self, OTHER, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_draft_get_questions (draft)->len, ==, 1);
  question = g_ptr_array_index (dhk_draft_get_questions (draft), 0);
  g_assert_true (g_str_has_prefix (question->id, "study:scale:"));
  g_assert_nonnull (strstr (question->detail, "ever again"));
  g_assert_false (dhk_store_commit (self->store, draft, NULL, NULL));
  g_hash_table_insert (answers, question->id, (gpointer) "same");
  merged = merge_with (self, answers);
  assert_totals (merged, 10, 0, 0);
  g_assert_true (fixture_has_note (fixture_get_file (merged), "version"));
}

static void
test_other_instrument (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *xml = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkInstrument) another = NULL;
  g_autoptr (GFile) file = other_file (self);
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

/* In memory where that can be: what is tested is not the disk. */
#define MERGE_TEST(path, function)                                                                 \
  g_test_add (path, Fixture, "/dev/shm", fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  MERGE_TEST ("/store/merge/copy", test_copy);
  MERGE_TEST ("/store/merge/itself", test_itself);
  MERGE_TEST ("/store/merge/disjoint", test_disjoint);
  MERGE_TEST ("/store/merge/pseudonyms", test_pseudonyms);
  MERGE_TEST ("/store/merge/clash", test_clash);
  MERGE_TEST ("/store/merge/conflicts", test_conflicts);
  MERGE_TEST ("/store/merge/second-typing", test_second_typing);
  MERGE_TEST ("/store/merge/erased", test_erased);
  MERGE_TEST ("/store/merge/encrypted", test_encrypted);
  MERGE_TEST ("/store/merge/refused", test_refused);
  MERGE_TEST ("/store/merge/older", test_older);
  MERGE_TEST ("/store/merge/hostile", test_hostile);
  MERGE_TEST ("/store/merge/versions", test_versions);
  MERGE_TEST ("/store/merge/other-instrument", test_other_instrument);
  return g_test_run ();
}
