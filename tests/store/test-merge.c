/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study as the source of an import. */

#include "base/dhk-seal.h"
#include "merge-fixture.h"
#include "store/dhk-store-retention.h"
#include "store/dhk-store-profile.h"

/* Tests ----------------------------------------------------------------------------------------- */

static void
test_copy (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkDraft) draft = NULL;

  merge_live (self);
  dhk_store_close (merge_copy_to_other (self));
  before = fixture_dump_tables (self->path);
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 0, 21, 0);
  g_assert_cmpuint (merge_count_conflicts (draft), ==, 0);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  merge_assert_folder_holds (self, 2);
}

static void
test_itself (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  merge_live (self);
  before = fixture_dump_tables (self->path);
  draft = merge_read_other (self, "Studie.driehoek", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dhk_store_commit (self->store, draft, NULL, &error));
  merge_assert_totals (draft, 0, 21, 0);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
  merge_assert_folder_holds (self, 1);
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

  merge_live (self);
  other = merge_make_rich_other (self);
  raw_there = dhk_store_dup_raw (other, 1, NULL);
  dhk_store_close (other);
  /* Nobody makes two piles in one second. */
  fixture_exec (path, "UPDATE entry_batch SET made = made - 100");
  there = describe (path, "1");
  before = fixture_dump_views (self->path);
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 30, 0, 1);

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
  again = merge_with_other (self, NULL);
  merge_assert_totals (again, 0, 30, 1);
  redone = fixture_dump_tables (self->path);
  g_assert_cmpstr (redone, ==, merged);
  g_clear_pointer (&redone, g_free);
  g_clear_pointer (&merged, g_free);
  merged = fixture_dump_views (self->path);
  fixture_undo (self);
  undone = fixture_dump_views (self->path);
  g_assert_cmpstr (undone, ==, before);
  fixture_redo (self);
  redone = fixture_dump_views (self->path);
  g_assert_cmpstr (redone, ==, merged);

  /* What was undone makes room for the same once more. */
  fixture_undo (self);
  g_clear_pointer (&again, dhk_draft_unref);
  again = merge_with_other (self, NULL);
  merge_assert_totals (again, 30, 0, 1);
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
  g_autoptr (DhkStore) other = merge_make_other (self);

  merge_add_rows (self, self->store, "A", 1, 20);
  merge_add_rows (self, other, "B", 101, 400);
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 300, 0, 0);
  merge_add_rows (self, self->store, "C", 500, 700);
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
  g_autoptr (GPtrArray) conflicts = NULL;

  merge_add_rows (self, self->store, "A", 1, 20);
  other = merge_copy_to_other (self);
  merge_add_rows (self, self->store, "B", 21, 22);
  merge_add_rows (self, other, "C", 31, 33);
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 3, 20, 0);
  g_assert_true (fixture_has_note (fixture_get_file (draft), "2 responses get new pseudonyms"));
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent_record",
                        "25");
  /* Who got which is said, and stands in the history. */
  for (gint64 there = 21; there <= 22; there++)
    {
      g_autofree char *old = dhk_store_dup_pseudonym (other, there);
      g_autofree char *new = dhk_store_dup_pseudonym (self->store, there + 2);
      g_autofree char *said = g_strdup_printf (
          "%s in “School B.driehoek” is %s here, since %s was in use.", old, new, old);
      g_autoptr (GPtrArray) history = dhk_store_load_history (self->store, there + 2, NULL);

      g_assert_cmpstr (old, !=, new);
      g_assert_true (fixture_has_note (fixture_get_file (draft), said));
      g_assert_cmpuint (history->len, ==, 2);
      g_assert_cmpstr (((DhkHistoryEntry *) g_ptr_array_index (history, 1))->text, ==, said);
    }
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 0);
  merge_add_rows (self, self->store, "D", 41, 60);
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM respondent_record",
                        "45");
}

/* The other study merged a third one, which says otherwise about three of its ten responses. */
static DhkStore *
make_other_with_conflicts (Fixture *self)
{
  const gint64 excluded = 4;
  DhkStore *other = merge_make_other (self);
  DhkStore *own = self->store;
  g_autofree char *path = fixture_path (self, "Derde.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DhkStore) third = NULL;
  g_autoptr (DhkDraft) draft = NULL;

  merge_add_rows (self, other, "A", 1, 10);
  g_assert_true (dhk_store_save_copy (other, file, NULL));
  third = dhk_store_open (file, NULL);
  merge_edit (self, third, 2, "band1", DHK_MISSING_UNREADABLE);
  merge_edit (self, third, 3, "band1", DHK_MISSING_UNREADABLE);
  g_assert_true (dhk_store_exclude (third, &excluded, 1, "Verhuisd", NULL));
  self->store = other;
  draft = merge_read_other (self, "Derde.driehoek", NULL, NULL);
  g_assert_true (dhk_store_commit (other, draft, NULL, NULL));
  self->store = own;
  /* One of them is settled. */
  merge_edit (self, other, 3, "band1", DHK_MISSING_UNREADABLE);
  return other;
}

/* What is not settled there comes along with who is new here; else it is said. */
static void
test_conflicts_there (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkStore) other = make_other_with_conflicts (self);
  g_autoptr (DhkDraft) draft = merge_with_other (self, NULL);
  g_autoptr (DhkDraft) again = NULL;
  g_autoptr (GPtrArray) conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_autoptr (GPtrArray) undone = NULL;

  merge_assert_totals (draft, 10, 0, 0);
  g_assert_true (fixture_has_note (fixture_get_file (draft), "2 conflicts that were not settled"));
  g_assert_cmpuint (conflicts->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DhkConflict *conflict = g_ptr_array_index (conflicts, i);

      g_assert_true (conflict->is_merged);
      g_assert_cmpstr (conflict->file_name, ==, "Derde.driehoek");
      g_assert_cmpint (conflict->respondent, ==, 2 + 2 * (gint64) i);
    }

  fixture_undo (self);
  undone = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (undone->len, ==, 0);
  merge_add_rows (self, self->store, "A", 1, 10);
  again = merge_with_other (self, NULL);
  merge_assert_totals (again, 0, 10, 0);
  g_assert_true (fixture_has_note (fixture_get_file (again), "2 conflicts that are not settled"));
}

static void
assert_n_conflicts (Fixture *self, guint n)
{
  g_autoptr (GPtrArray) conflicts = dhk_store_list_conflicts (self->store, NULL);

  g_assert_nonnull (conflicts);
  g_assert_cmpuint (conflicts->len, ==, n);
}

/* What was settled there by keeping what is there, is so here too. */
static void
test_kept_there (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkStore) other = make_other_with_conflicts (self);
  g_autoptr (GPtrArray) theirs = dhk_store_list_conflicts (other, NULL);
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) third = NULL;

  g_assert_cmpuint (theirs->len, ==, 2);
  g_assert_true (dhk_store_keep_own (other, theirs, NULL));
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 10, 0, 0);
  g_assert_false (fixture_has_note (fixture_get_file (draft), "not settled"));
  assert_n_conflicts (self, 0);
  third = merge_read_other (self, "Derde.driehoek", NULL, NULL);
  g_assert_true (dhk_store_compare (self->store, third, NULL, NULL));
  /* But for the one that is as it is there. */
  g_assert_cmpuint (merge_count_conflicts (third), ==, 0);
  fixture_undo (self);
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
  g_autoptr (DhkDraft) kept = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *merged = NULL;
  guint n = 0;

  merge_add_rows (self, self->store, "Jeugdigen.xlsx", 1, 20);
  other = merge_copy_to_other (self);
  merge_edit (self, self->store, 1, "band1", DHK_MISSING_UNREADABLE);
  merge_edit (self, other, 2, "band1", DHK_MISSING_UNREADABLE);
  merge_edit (self, self->store, 3, "band1", 1);
  merge_edit (self, other, 3, "band1", 2);
  g_assert_true (dhk_store_exclude (self->store, &here, 1, "Dubbel", NULL));
  g_assert_true (dhk_store_exclude (other, &there, 1, "Verhuisd", NULL));
  merge_add_rows (self, other, "Nieuw.xlsx", 21, 25);

  before = fixture_query (self->path, "SELECT * FROM answer_sheet");
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 5, 20, 0);
  g_assert_cmpuint (merge_count_conflicts (draft), ==, 5);
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

  /* Whoever keeps what is here is not told again, until that is undone. */
  g_assert_true (dhk_store_keep_own (self->store, conflicts, NULL));
  kept = merge_with_other (self, NULL);
  g_assert_cmpuint (merge_count_conflicts (kept), ==, 0);
  assert_n_conflicts (self, 0);
  fixture_undo (self);
  assert_n_conflicts (self, 5);

  /* Whoever takes all of it over has what the other study has, also who is excluded: one step. */
  g_assert_true (dhk_store_take_found (self->store, conflicts, &n, NULL));
  g_assert_cmpuint (n, ==, 5);
  assert_n_conflicts (self, 0);
  fixture_assert_query (self->path, "SELECT id, exclusion FROM respondent_record WHERE excluded",
                        "9|Verhuisd");
  fixture_assert_query (self->path, "SELECT count (*) FROM hand_edit WHERE slot < 1", "0");
  fixture_undo (self);
  assert_n_conflicts (self, 5);
  fixture_assert_query (self->path, "SELECT id, exclusion FROM respondent_record WHERE excluded",
                        "8|Dubbel");

  /* Said once; settled where both are the same; gone with the step. */
  merged = fixture_dump_tables (self->path);
  again = merge_with_other (self, NULL);
  merge_assert_totals (again, 0, 25, 0);
  twice = fixture_dump_tables (self->path);
  g_assert_cmpstr (twice, ==, merged);
  merge_edit (self, self->store, 3, "band1", 2);
  g_ptr_array_unref (conflicts);
  conflicts = dhk_store_list_conflicts (self->store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 4);
  fixture_undo (self);
  fixture_undo (self);
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
  other = merge_copy_to_other (self);
  self->store = other;
  entry_type (self, pile, DHK_ENTRY_SECOND, 1, BAND1, entry_code (4));
  entry_type (self, pile, DHK_ENTRY_FIRST, 2, BAND1, entry_code (5));
  self->store = own;
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 1, 1, 0);
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

  merge_live (self);
  other = merge_copy_to_other (self);
  merge_add_rows (self, other, "Nieuw.xlsx", 31, 32);
  g_assert_true (dhk_store_erase (self->store, 3, NULL));
  g_assert_true (dhk_store_erase (self->store, 7, NULL));
  g_assert_true (dhk_store_erase (self->store, 21, NULL));
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 2, 18, 3);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent_record", "20");
}

static void
test_encrypted (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) sealed = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  DhkStore *other = merge_make_rich_other (self);
  DhkDraftQuestion *question;

  g_assert_true (dhk_store_set_password (other, FIXTURE_PASSWORD, &error));
  g_assert_no_error (error);
  dhk_store_close (other);
  g_ptr_array_add (files, merge_other_file (self));
  g_assert_true (dhk_store_has_study_file (files));
  sealed = dhk_store_read_merge (self->store, files, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  question = g_ptr_array_index (dhk_draft_get_questions (sealed), 0);
  g_assert_cmpstr (question->id, ==, "study:sealed");
  draft = merge_with_other (self, NULL);
  merge_assert_totals (draft, 30, 0, 1);
  merge_assert_folder_holds (self, 2);
}

/* The date of the study that takes the answers holds, also when they were promised an earlier one. */
static void
test_retention (Fixture *self, gconstpointer data)
{
  DhkStore *other = merge_make_other (self);
  g_autoptr (DhkDraft) draft = NULL;
  g_autofree char *day = NULL;

  g_assert_true (dhk_store_set_retention (self->store, "2031-12-31", NULL));
  merge_add_rows (self, other, "Daar.csv", 1, 4);
  g_assert_true (dhk_store_set_retention (other, "2028-02-01", NULL));
  dhk_store_close (other);
  draft = merge_with_other (self, NULL);
  g_assert_true (fixture_has_note (fixture_get_file (draft), " 2028."));
  day = dhk_store_dup_retention (self->store);
  g_assert_cmpstr (day, ==, "2031-12-31");
}

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
  MERGE_TEST ("/store/merge/kept-there", test_kept_there);
  MERGE_TEST ("/store/merge/conflicts_there", test_conflicts_there);
  MERGE_TEST ("/store/merge/second-typing", test_second_typing);
  MERGE_TEST ("/store/merge/erased", test_erased);
  MERGE_TEST ("/store/merge/encrypted", test_encrypted);
  MERGE_TEST ("/store/merge/retention", test_retention);
  return g_test_run ();
}
