/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A long file, whose rows are made ready by a thread and inserted many at once, leaves the same
 * tables as its rows in short files, which are inserted by the other way.
 */

#include "store-fixture.h"

static const char all_of_them[]
    = "SELECT r.id, r.number, r.form_id, r.identity, r.content, r.started, r.completed, "
      "r.questionnaire, r.respondent_type, length (r.pseudonym), "
      "(SELECT group_concat (target || answers) FROM answer_sheet s WHERE s.respondent = r.id), "
      "(SELECT group_concat (slot || target || ifnull (value, missing)) FROM value v "
      " WHERE v.respondent = r.id) FROM respondent_record r ORDER BY id";

/* Every 150th row is kept aside, and every 400th comes again later, with another answer. */
static void
add_rows (DhkDraft *draft, DhkDraftFile *file, guint first, guint n)
{
  for (guint i = first; i < first + n; i++)
    {
      const gboolean again = i % 400 == 399;
      guint row = fixture_add_row (draft, file, again ? i - 5 : i);

      if (again)
        fixture_set_code (draft, file, row, "band1_h", i / 400 % 2 == 0 ? 5 : 1);
      else if (i % 150 == 149)
        dhk_draft_file_set_aside (file, row, "row %u of the test", i);
    }
}

static void
commit_in_parts (Fixture *self, guint n_rows, guint part)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);

  for (guint at = 1; at <= n_rows; at += part)
    {
      g_autofree char *name = g_strdup_printf ("%u.csv", at);

      add_rows (draft, fixture_add_file (draft, name, name, "jeugdigen"), at,
                MIN (part, n_rows + 1 - at));
    }
  fixture_commit (self, draft);
}

static void
check_long_and_short (Fixture *self, guint n_rows)
{
  Fixture other = { 0 };
  g_autofree char *expected = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *changes = NULL;

  fixture_set_up (&other, NULL);
  commit_in_parts (&other, n_rows, 800);
  expected = fixture_query (other.path, all_of_them);
  aside = fixture_query (other.path, "SELECT reason FROM aside_row ORDER BY id");
  changes = fixture_query (other.path, "SELECT respondent, slot, target, old, new "
                                       "FROM journal_change ORDER BY respondent, slot");
  g_assert_cmpstr (aside, !=, "");
  g_assert_cmpstr (changes, !=, "");
  commit_in_parts (self, n_rows, n_rows);
  fixture_assert_query (self->path, all_of_them, expected);
  fixture_assert_query (self->path, "SELECT reason FROM aside_row ORDER BY id", aside);
  fixture_assert_query (self->path,
                        "SELECT respondent, slot, target, old, new "
                        "FROM journal_change ORDER BY respondent, slot",
                        changes);
  fixture_tear_down (&other, NULL);
}

static void
test_long_as_short (Fixture *self, gconstpointer data)
{
  check_long_and_short (self, 2700);
}

/* As many rows as go into whole blocks, and one more. */
static void
test_whole_blocks (Fixture *self, gconstpointer data)
{
  check_long_and_short (self, 2048);
}

static void
test_one_more (Fixture *self, gconstpointer data)
{
  check_long_and_short (self, 2049);
}

/* The number of somebody who is gone is nobody else's, also when it was the last one. */
static void
test_numbers_go_on (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "first.csv", "1", "jeugdigen", 10);
  g_autoptr (DhkDraft) more = dhk_draft_new (self->instrument);

  fixture_commit (self, draft);
  fixture_exec (self->path, "UPDATE study SET next_respondent = 100");
  fixture_reopen (self);
  add_rows (more, fixture_add_file (more, "more.csv", "2", "jeugdigen"), 11, 2400);
  fixture_commit (self, more);
  fixture_assert_query (self->path,
                        "SELECT min (id), max (id) - min (id) + 1 = count (*), max (id) + 1 = "
                        "(SELECT next_respondent FROM study) FROM respondent_record WHERE id > 10",
                        "100|1|1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/store/rows/long-as-short", test_long_as_short);
  FIXTURE_TEST ("/store/rows/whole-blocks", test_whole_blocks);
  FIXTURE_TEST ("/store/rows/one-more", test_one_more);
  FIXTURE_TEST ("/store/rows/numbers-go-on", test_numbers_go_on);

  return g_test_run ();
}
