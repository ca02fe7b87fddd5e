/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One person more than once: what was sent twice, and the response that takes the place of another. */

#include <string.h>

#include "store-fixture.h"

/* Gives row `row` a response of its own, `seconds` after that of row `other`. */
static void
send_again (DhkDraftFile *file, guint row, DhkDraftFile *other_file, guint other, gint64 seconds)
{
  DhkDraftRow *twin = fixture_get_row (file, row);

  memcpy (dhk_draft_file_get_codes (file, row), dhk_draft_file_get_codes (other_file, other),
          file->n_questions);
  memcpy (dhk_draft_file_get_numbers (file, row), dhk_draft_file_get_numbers (other_file, other),
          file->n_questions * sizeof (double));
  twin->started = fixture_get_row (other_file, other)->started + seconds;
  fixture_seal (file, row);
}

static void
test_sent_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 11);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 0);
  g_autoptr (GPtrArray) rows = NULL;
  DhkDraftFile *file = fixture_get_file (first);
  DhkDraftFile *newer_file = fixture_get_file (newer);
  DhkAsideRow *aside;

  fixture_commit (self, first);
  /* Within ten minutes of what is stored, on either side, and not after. */
  for (guint n = 12; n <= 16; n++)
    fixture_add_row (newer, newer_file, n);
  send_again (newer_file, 0, file, 2, 240);
  send_again (newer_file, 1, file, 3, -599);
  send_again (newer_file, 2, file, 3, 601);
  send_again (newer_file, 3, file, 3, FIXTURE_DAY * 3);
  /* Other background is another person. */
  send_again (newer_file, 4, file, 4, 60);
  fixture_set_code (newer, newer_file, 4, "sex", DHK_MISSING_EMPTY);
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 3, 0, 0, 2);
  g_assert_cmpint (fixture_get_row (newer_file, 0)->fate, ==, DHK_ROW_ASIDE);
  g_assert_nonnull (fixture_get_row (newer_file, 0)->reason);

  rows = dhk_store_list_aside (self->store, 2, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  aside = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (aside->file_name, ==, "J2.xlsx");
  g_assert_cmpuint (aside->line, ==, 13);
  g_assert_cmpstr (aside->raw, ==, "12;rij 12 van vragenlijst 0");
  g_assert_cmpstr (aside->reason, ==, fixture_get_row (newer_file, 0)->reason);
}

/* The draft knows who they are: what it let through are two people, now and in a newer export. */
static void
test_sent_twice_within_a_draft (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 12);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 13);

  send_again (fixture_get_file (first), 11, fixture_get_file (first), 2, 240);
  fixture_commit (self, first);
  fixture_assert_totals (first, 12, 0, 0, 0);
  send_again (fixture_get_file (newer), 11, fixture_get_file (first), 2, 240);
  send_again (fixture_get_file (newer), 12, fixture_get_file (first), 3, 240);
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 1, 12, 0, 0);
}

/* The same sex and age, minutes apart, is no sign of one person. */
static void
test_background_only_is_not_sent_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 1);
  g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 0);
  DhkDraftFile *file = fixture_get_file (first);
  guint sex = fixture_find_question (first, file, "sex");

  for (guint q = 0; q < file->n_questions; q++)
    if (q != sex)
      dhk_draft_file_get_codes (file, 0)[q] = DHK_MISSING_EMPTY;
  fixture_seal (file, 0);
  fixture_commit (self, first);

  fixture_add_row (newer, fixture_get_file (newer), 2);
  send_again (fixture_get_file (newer), 0, file, 0, 240);
  fixture_commit (self, newer);
  fixture_assert_totals (newer, 1, 0, 0, 0);
}

/* Somebody answered again after the first export, and the later answers count. */
static void
test_chosen_response_takes_the_place (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = fixture_make_draft (self, "J.xlsx", "a1", "jeugdigen", 3);
  char *replaces[] = { fixture_get_row (fixture_get_file (first), 1)->identity, NULL };

  fixture_commit (self, first);
  for (guint time = 0; time < 2; time++)
    {
      g_autoptr (DhkDraft) newer = fixture_make_draft (self, "J2.xlsx", "a2", "jeugdigen", 4);
      DhkDraftFile *file = fixture_get_file (newer);

      fixture_set_code (newer, file, 3, "band1_h", 1);
      dhk_draft_file_set_aside (file, 1, "another answer counts");
      fixture_get_row (file, 3)->replaces = g_strdupv (replaces);
      fixture_commit (self, newer);
      fixture_assert_totals (newer, 0, 3, time == 0 ? 1 : 0, 1);
      fixture_assert_query (self->path, "SELECT count (*) FROM jeugdigen", "3");
      fixture_assert_query (self->path, "SELECT band1_h FROM jeugdigen WHERE id = 2", "1");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/sent-twice/sent_twice", test_sent_twice);
  FIXTURE_TEST ("/store/sent-twice/sent_twice_within_a_draft", test_sent_twice_within_a_draft);
  FIXTURE_TEST ("/store/sent-twice/chosen_response_takes_the_place",
                test_chosen_response_takes_the_place);
  FIXTURE_TEST ("/store/sent-twice/background_only_is_not_sent_twice",
                test_background_only_is_not_sent_twice);
  return g_test_run ();
}
