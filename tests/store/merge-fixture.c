/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "merge-fixture.h"

/* The other study --------------------------------------------------------------------------- */

DhkDraft *
merge_make_rows (Fixture *self, const char *name, const char *sha256, guint first, guint last)
{
  DhkDraft *draft = dhk_draft_new (self->instrument);
  DhkDraftFile *file = fixture_add_file (draft, name, sha256, "jeugdigen");

  for (guint n = first; n <= last; n++)
    fixture_add_row (draft, file, n);
  return draft;
}

void
merge_add_rows (Fixture *self, DhkStore *store, const char *name, guint first, guint last)
{
  g_autoptr (DhkDraft) draft = merge_make_rows (self, name, name, first, last);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_store_commit (store, draft, NULL, &error));
  g_assert_no_error (error);
}

GFile *
merge_other_file (Fixture *self)
{
  g_autofree char *path = fixture_path (self, OTHER);

  return g_file_new_for_path (path);
}

DhkStore *
merge_make_other (Fixture *self)
{
  g_autoptr (GFile) file = merge_other_file (self);
  DhkStore *other = dhk_store_create (file, self->instrument, NULL);

  g_assert_nonnull (other);
  return other;
}

DhkStore *
merge_copy_to_other (Fixture *self)
{
  g_autoptr (GFile) file = merge_other_file (self);
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

void
merge_edit (Fixture *self, DhkStore *store, gint64 respondent, const char *item, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_store_set_answer (
      store, respondent, (guint) find_item (self, item),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), code, &error));
  g_assert_no_error (error);
}

/* Merging ------------------------------------------------------------------------------------- */

DhkDraft *
merge_read_other (Fixture *self, const char *name, GHashTable *answers, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  g_autofree char *path = fixture_path (self, name);

  g_ptr_array_add (files, g_file_new_for_path (path));
  g_ptr_array_add (passwords, (gpointer) FIXTURE_PASSWORD);
  return dhk_store_read_merge (self->store, files, passwords, answers, NULL, error);
}

/* Read, compared, stored; the file of the other study is looked at before and after. */
DhkDraft *
merge_with_other (Fixture *self, GHashTable *answers)
{
  g_autofree char *path = fixture_path (self, OTHER);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  DhkDraft *draft;
  gsize n_before = 0;
  gsize n_after = 0;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  draft = merge_read_other (self, OTHER, answers, &error);
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

guint
merge_count_conflicts (DhkDraft *draft)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    n += ((DhkDraftFile *) g_ptr_array_index (files, i))->conflicts->len;
  return n;
}

void
merge_assert_totals (DhkDraft *draft, guint added, guint present, guint aside)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, NULL);

  g_assert_cmpuint (totals.added, ==, added);
  g_assert_cmpuint (totals.present, ==, present);
  g_assert_cmpuint (totals.aside, ==, aside);
}

void
merge_assert_folder_holds (Fixture *self, guint n)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint found = 0;

  while (g_dir_read_name (folder) != NULL)
    found++;
  g_assert_cmpuint (found, ==, n);
}

/* Twenty responses, one without an identity, corrections, an exclusion, a pile of paper. */
void
merge_live (Fixture *self)
{
  const gint64 excluded = 4;

  g_autoptr (DhkDraft) draft = merge_make_rows (self, "Jeugdigen.xlsx", "1", 1, 20);
  gint64 pile;

  g_clear_pointer (&fixture_get_row (fixture_get_file (draft), 6)->identity, g_free);
  fixture_commit (self, draft);
  merge_edit (self, self->store, 2, "band1", 4);
  g_assert_true (dhk_store_exclude (self->store, &excluded, 1, "Verhuisd", NULL));
  pile = entry_new_batch (self, "Groep 3", "jeugdigen");
  entry_type (self, pile, DHK_ENTRY_FIRST, 7, BAND1, entry_code (3));
  entry_type (self, pile, DHK_ENTRY_SECOND, 7, BAND1, entry_code (4));
}

/* What another school has, with everything that can come with it. */
DhkStore *
merge_make_rich_other (Fixture *self)
{
  DhkStore *other = merge_make_other (self);
  g_autoptr (DhkDraft) draft = merge_make_rows (self, "Jeugdigen B.csv", "b", 101, 130);
  DhkDraftFile *file = fixture_get_file (draft);
  DhkStore *own = self->store;
  const gint64 excluded = 5;
  gint64 pile;

  fixture_set_code (draft, file, 2, "band1_h", DHK_MISSING_UNREADABLE);
  dhk_draft_file_set_aside (file, 9, "Totals row.");
  g_assert_true (dhk_store_commit (other, draft, NULL, NULL));
  merge_edit (self, other, 2, "band2", DHK_MISSING_EMPTY);
  g_assert_true (dhk_store_exclude (other, &excluded, 1, "Test a@b.nl", NULL));
  self->store = other;
  pile = entry_new_batch (self, "Groep 3", "jeugdigen");
  entry_type (self, pile, DHK_ENTRY_FIRST, 12, BAND1, entry_code (2));
  entry_type (self, pile, DHK_ENTRY_SECOND, 12, BAND1, entry_code (5));
  self->store = own;
  return other;
}
