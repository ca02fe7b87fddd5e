/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Until when answers may be kept, and the end of a study. */

#include "store/dhk-store-retention.h"

#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-salvage.h"

#define DAY "2031-12-31"

static void
test_days (void)
{
  static const struct
  {
    const char *typed;
    const char *day;
  } cases[] = {
    { "2031-12-31", DAY },
    { "31-12-2031", DAY },
    { " 31/12/2031 ", DAY },
    { "31.12.2031", DAY },
    { "1-2-2032", "2032-02-01" },
    { "29-2-2032", "2032-02-29" },
    { "29-2-2031", NULL },
    { "32-1-2031", NULL },
    { "1-13-2031", NULL },
    { "31-12-31", NULL },
    { "2031", NULL },
    { "", NULL },
    { "31-12-2031 and on", NULL },
    { "next year", NULL },
    { "2031-12-31-1", NULL },
    { "99999999999-1-2031", NULL },
    { "0-0-0", NULL },
  };
  g_autofree char *first = dhk_retention_describe ("2032-02-01");
  GDate today;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = dhk_retention_parse (cases[i].typed);

      g_assert_cmpstr (day, ==, cases[i].day);
    }
  g_assert_true (g_str_has_prefix (first, "1 ") && g_str_has_suffix (first, " 2032"));
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, G_DATE_DECEMBER, 2031);
  g_assert_cmpint (dhk_retention_count_days (DAY, &today), ==, 30);
  g_assert_cmpint (dhk_retention_count_days ("2031-12-01", &today), ==, 0);
  g_assert_cmpint (dhk_retention_count_days ("2031-11-30", &today), ==, -1);
  g_assert_cmpint (dhk_retention_count_days ("2032-03-01", &today), ==, 91);
}

static void
assert_day (DhkStore *store, const char *expected)
{
  g_autofree char *day = dhk_store_dup_retention (store);

  g_assert_cmpstr (day, ==, expected);
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autofree char *label = NULL;
  guint64 generation;

  assert_day (self->store, NULL);
  g_assert_true (dhk_store_set_retention (self->store, DAY, NULL));
  generation = dhk_store_get_generation (self->store);
  g_assert_true (dhk_store_set_retention (self->store, DAY, NULL));
  g_assert_cmpuint (dhk_store_get_generation (self->store), ==, generation);
  g_assert_true (dhk_store_set_retention (self->store, "2040-01-01", NULL));
  g_assert_true (dhk_store_set_retention (self->store, NULL, NULL));
  assert_day (self->store, NULL);
  fixture_reopen (self);
  g_assert_true (dhk_store_undo (self->store, NULL));
  assert_day (self->store, "2040-01-01");
  g_assert_true (dhk_store_undo (self->store, NULL));
  assert_day (self->store, DAY);
  label = dhk_store_dup_undo_label (self->store);
  g_assert_nonnull (strstr (label, "2031"));
  g_assert_true (dhk_store_undo (self->store, NULL));
  assert_day (self->store, NULL);
  g_assert_true (dhk_store_redo (self->store, NULL));
  assert_day (self->store, DAY);
}

/* The day goes wherever the answers go. */
static void
test_goes_along (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 5);
  g_autofree char *copy_path = fixture_path (self, "copy.driehoek");
  g_autofree char *saved_path = fixture_path (self, "saved.driehoek");
  g_autoptr (GFile) copy_file = g_file_new_for_path (copy_path);
  g_autoptr (GFile) saved_file = g_file_new_for_path (saved_path);
  DhkSalvage salvage;
  DhkStore *other;

  fixture_commit (self, draft);
  g_assert_true (dhk_store_set_retention (self->store, DAY, NULL));
  g_assert_true (dhk_store_set_password (self->store, FIXTURE_PASSWORD, NULL));
  encrypted_reopen (self, FIXTURE_PASSWORD);
  assert_day (self->store, DAY);
  g_assert_false (encrypted_folder_holds (self, DAY));
  g_assert_true (dhk_store_set_password (self->store, NULL, NULL));
  fixture_reopen (self);
  assert_day (self->store, DAY);
  g_assert_true (dhk_store_undo (self->store, NULL));
  assert_day (self->store, NULL);
  g_assert_true (dhk_store_redo (self->store, NULL));

  g_assert_true (dhk_store_save_copy (self->store, copy_file, NULL));
  other = dhk_store_open (copy_file, NULL);
  assert_day (other, DAY);
  dhk_store_close (other);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (dhk_store_salvage (self->file, NULL, saved_file, &salvage, NULL));
  other = dhk_store_open (saved_file, NULL);
  assert_day (other, DAY);
  dhk_store_close (other);
}

/* Nothing of it stays in the folder; what somebody saved elsewhere does. */
static void
test_end (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 5);
  g_autofree char *other_path = fixture_path (self, "Rapport.pdf");
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *left;

  encrypted_attach (self);
  fixture_commit (self, draft);
  g_assert_true (dhk_store_back_up_now (self->store, NULL));
  g_assert_true (g_file_set_contents (other_path, "x", 1, NULL));
  g_assert_true (dhk_store_erase_study (g_steal_pointer (&self->store), &error));
  g_assert_no_error (error);
  folder = g_dir_open (self->folder, 0, NULL);
  left = g_dir_read_name (folder);
  g_assert_cmpstr (left, ==, "Rapport.pdf");
  g_assert_null (g_dir_read_name (folder));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  dhk_seal_set_limits_of_tests (1, 8192);
  fixture_set_up (self, data);
}

#define RETENTION_TEST(name, function)                                                             \
  g_test_add ("/store/retention/" name, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/retention/days", test_days);
  RETENTION_TEST ("undo", test_undo);
  RETENTION_TEST ("goes_along", test_goes_along);
  RETENTION_TEST ("end", test_end);
  return g_test_run ();
}
