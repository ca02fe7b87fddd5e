/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A problem report tells nothing of anybody: a word is put into every place of a study and looked for. */

#include "store/dhk-problem-report.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"
#include "store/dhk-store-respondents.h"
#include "store/dhk-store-retention.h"

#define MARK "Zonderling"

/* Every text of every table that the program does not need to find its way. */
static void
plant (Fixture *self)
{
  static const char *const places[] = {
    "UPDATE import_batch SET file_name = 'Zonderling.csv', sha256 = 'Zonderling', "
    "kind = 'Microsoft Forms Zonderling', raw_head = 'Zonderling,\"Zonderling 2\"'",
    "UPDATE respondent_record SET form_id = 'Zonderling', identity = 'Zonderling' || id, "
    "content = 'Zonderling', exclusion = 'Zonderling'",
    "UPDATE journal_step SET subject = 'Zonderling'",
    "UPDATE journal_step SET kind = 'Zonderling' WHERE step = 1",
    "INSERT INTO setting VALUES ('Zonderling', 'Zonderling'), ('last-page', 'Zonderling')",
    "INSERT INTO import_profile VALUES (1, 'Zonderling', 'Zonderling')",
    "INSERT INTO import_profile_head VALUES (1, 1, 'Zonderling')",
    "INSERT INTO import_profile_decision VALUES (1, 1, 'Zonderling', 'Zonderling', 'Zonderling')",
    "INSERT INTO aside_row (batch, line, raw, reason) VALUES (1, 9, 'Zonderling', 'Zonderling')",
    "INSERT OR REPLACE INTO value VALUES (1, 1, '', 'Zonderling', NULL)",
    "INSERT INTO import_conflict VALUES (1, 1, '', 'Zonderling', 'Zonderling')",
    "CREATE TABLE Zonderling (Zonderling TEXT)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    fixture_exec (self->path, places[i]);
}

static void
assert_silent (Fixture *self, const char *report)
{
  g_autofree char *folder = g_path_get_basename (self->folder);
  g_autofree char *lower = g_utf8_strdown (report, -1);

  g_assert_null (strstr (lower, "zonderling"));
  g_assert_null (strstr (report, folder));
  g_assert_null (strstr (report, g_get_host_name ()));
  g_assert_null (strstr (report, "voorbeeld.nl"));
  g_assert_null (strstr (report, "Wilhelmina"));
}

static void
test_tells_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, MARK ".csv", "jeugdigen", 12);
  g_autoptr (DhkDraft) few = fixture_make_draft (self, MARK " 2.csv", "2", "ouders", 7);
  g_autofree char *report = NULL;
  const gint64 somebody = 3;

  encrypted_attach (self);
  fixture_commit (self, draft);
  fixture_commit (self, few);
  g_assert_true (dhk_store_exclude (self->store, &somebody, 1, MARK, NULL));
  g_assert_true (dhk_store_set_retention (self->store, "2031-12-31", NULL));
  g_clear_pointer (&self->store, dhk_store_close);
  plant (self);
  g_setenv ("XDG_CURRENT_DESKTOP", "/home/" MARK, TRUE);
  g_setenv ("LANGUAGE", "nl/" MARK, TRUE);
  fixture_reopen (self);

  report = dhk_problem_report_new (self->store, NULL, NULL, "GTK 4.8.3");
  assert_silent (self, report);
  g_assert_nonnull (strstr (report, "integrity: ok\n"));
  g_assert_nonnull (strstr (report, "id: partnerschap-2023\n"));
  g_assert_nonnull (strstr (report, "respondent_record: 19\n"));
  g_assert_nonnull (strstr (report, "respondents: 12\n"));
  g_assert_nonnull (strstr (report, "respondents: <10\n"));
  g_assert_nonnull (strstr (report, "import_batch: <10\n"));
  g_assert_nonnull (strstr (report, "import 1: Forms\n"));
  g_assert_nonnull (strstr (report, "retention date: set\n"));
  g_assert_nonnull (strstr (report, "window: GTK 4.8.3\n"));
  g_assert_null (strstr (report, ": 7\n"));
}

/* Of one that cannot be opened too. */
static void
test_unopened (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, MARK ".driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *report = NULL;
  g_autofree char *none = dhk_problem_report_new (NULL, NULL, NULL, NULL);
  gsize size = 0;

  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size - 4096, NULL));
  self->store = dhk_store_open (file, &error);
  g_assert_null (self->store);
  report = dhk_problem_report_new (NULL, file, error, NULL);
  assert_silent (self, report);
  g_assert_nonnull (strstr (report, "reason: damaged\n"));
  g_assert_nonnull (strstr (report, "start: SQLite\n"));
  g_assert_nonnull (strstr (none, "version: " DHK_VERSION "\n"));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  dhk_seal_set_limits_of_tests (1, 8192);
  fixture_set_up (self, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/problem-report/tells_nothing", Fixture, NULL, set_up, test_tells_nothing,
              fixture_tear_down);
  g_test_add ("/store/problem-report/unopened", Fixture, NULL, set_up, test_unopened,
              fixture_tear_down);
  return g_test_run ();
}
