/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-key-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"

static void
test_pseudonyms (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.csv", "1", "jeugdigen", 2000);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *shown = NULL;
  g_autofree char *first = NULL;

  fixture_commit (self, draft);
  first = dhk_store_dup_pseudonym (self->store, 1);
  for (gint64 id = 1; id <= 2000; id++)
    {
      char *pseudonym = dhk_store_dup_pseudonym (self->store, id);

      g_assert_cmpuint (strlen (pseudonym), ==, 7);
      g_assert_cmpuint (strspn (pseudonym, "CDFHJKMNPQRTVWXY34679"), ==, 7);
      g_assert_cmpint (dhk_store_find_pseudonym (self->store, pseudonym), ==, id);
      g_assert_true (g_hash_table_add (seen, pseudonym));
    }
  g_assert_null (dhk_store_dup_pseudonym (self->store, 2001));
  g_assert_cmpint (dhk_store_find_pseudonym (self->store, "CCCCCC"), ==, 0);
  g_assert_cmpint (dhk_store_find_pseudonym (self->store, "O0I1S5B"), ==, 0);
  shown = fixture_query (self->path, "SELECT pseudonym FROM respondent WHERE id = 1");
  g_assert_cmpstr (shown, ==, first);
  fixture_assert_query (self->path, "SELECT count (DISTINCT pseudonym) FROM jeugdigen", "2000");
}

static void
test_names_go_to_the_key_file (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) more = encrypted_make_personal (self, "O.csv", "ouders", 4);
  g_autoptr (GFile) file = encrypted_key_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkKeyFile) key_file = NULL;

  encrypted_attach (self);
  fixture_commit (self, draft);
  fixture_reopen (self);
  encrypted_attach (self);
  fixture_commit (self, more);

  key_file = dhk_key_file_open (file, ENCRYPTED_KEY_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dhk_key_file_get_n (key_file), ==, 10);
  for (gint64 id = 1; id <= 10; id++)
    {
      g_autofree char *pseudonym = dhk_store_dup_pseudonym (self->store, id);
      const DhkKeyEntry *entry = dhk_key_file_find (key_file, pseudonym);
      guint n = (guint) (id <= 6 ? id : id - 6);
      g_autofree char *name = g_strdup_printf ("Wilhelmina & %u", n);

      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->heads[0], ==, "Naam");
      g_assert_cmpstr (entry->texts[0], ==, name);
      g_assert_cmpstr (entry->source, ==, id <= 6 ? "J.csv" : "O.csv");
      if (n % 3 != 0)
        g_assert_cmpstr (entry->heads[1], ==, "E-mail <adres>");
      else
        g_assert_null (entry->heads[1]);
    }

  /* Not a byte of it anywhere: the study, its journal, the key file as it is on the disk. */
  g_assert_false (encrypted_folder_holds (self, "Wilhelmina"));
  g_assert_false (encrypted_folder_holds (self, "voorbeeld.nl"));
  g_assert_true (dhk_store_undo (self->store, NULL));
  g_assert_false (encrypted_folder_holds (self, "Wilhelmina"));
}

static void
test_without_a_key_file_nothing_is_stored (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
}

static void
test_wrong_key_files (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = encrypted_key_path (self);
  g_autofree char *other_path = fixture_path (self, "Other.driehoek");
  g_autoptr (GFile) other_file = g_file_new_for_path (other_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) other = dhk_store_create (other_file, self->instrument, NULL);
  DhkKeyFile *key_file;

  encrypted_attach (self);
  g_assert_null (dhk_key_file_open (file, "een ander", &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (dhk_key_file_create (file, ENCRYPTED_KEY_PASSWORD, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (dhk_key_file_open (other_file, ENCRYPTED_KEY_PASSWORD, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_NOT_A_STUDY);
  g_clear_error (&error);

  /* That of another study. */
  key_file = dhk_key_file_open (file, ENCRYPTED_KEY_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_false (dhk_store_take_key_file (other, key_file, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_assert_null (dhk_store_get_key_file (other));
}

/* What a killed program left too much of goes; nobody gets another one's name. */
static void
test_orphans_are_swept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) others = fixture_make_draft (self, "O.csv", "2", "ouders", 8);
  g_autofree char *before = NULL;
  gsize size = 0;

  encrypted_attach (self);
  g_assert_true (g_file_get_contents (self->path, &before, &size, NULL));
  fixture_commit (self, draft);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 6);

  /* The study as if it had not come to its own commit; then somebody else has these numbers. */
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_set_contents (self->path, before, (gssize) size, NULL));
  fixture_reopen (self);
  fixture_commit (self, others);
  encrypted_attach (self);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 0);
}

/* When the key file cannot be written nothing is stored. */
static void
test_a_failed_write_stores_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) again = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autofree char *blocked = fixture_path (self, ".Studie.driehoek-key.part");
  g_autoptr (GError) error = NULL;

  encrypted_attach (self);
  g_assert_cmpint (g_mkdir (blocked, 0700), ==, 0);
  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 0);
  g_assert_cmpint (g_rmdir (blocked), ==, 0);
  fixture_commit (self, again);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 6);
}

static void
test_remove_and_list (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 3);
  g_autofree char *pseudonym = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *later = NULL;
  DhkKeyFile *key_file;

  encrypted_attach (self);
  fixture_commit (self, draft);
  key_file = dhk_store_get_key_file (self->store);
  csv = dhk_key_file_dup_csv (key_file);
  g_assert_true (g_str_has_prefix (csv, "pseudonym,source,Naam,E-mail <adres>\n"));
  g_assert_nonnull (strstr (csv, "J.csv,Wilhelmina & 2,w2@voorbeeld.nl\n"));
  g_assert_nonnull (strstr (csv, "J.csv,Wilhelmina & 3,\n"));

  pseudonym = dhk_store_dup_pseudonym (self->store, 2);
  g_assert_true (dhk_key_file_remove (key_file, pseudonym, NULL));
  g_assert_true (dhk_key_file_remove (key_file, pseudonym, NULL));
  encrypted_attach (self);
  key_file = dhk_store_get_key_file (self->store);
  g_assert_cmpuint (dhk_key_file_get_n (key_file), ==, 2);
  g_assert_null (dhk_key_file_find (key_file, pseudonym));
  later = dhk_key_file_dup_csv (key_file);
  g_assert_null (strstr (later, "Wilhelmina & 2"));
}

/* A form without numbers or times gives no identity: then the import's mark alone tells. */
static void
test_orphans_without_identity_are_swept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) others = fixture_make_draft (self, "K.csv", "2", "jeugdigen", 6);
  g_autofree char *before = NULL;
  gsize size = 0;

  for (guint i = 0; i < 6; i++)
    {
      g_clear_pointer (&fixture_get_row (fixture_get_file (draft), i)->identity, g_free);
      g_clear_pointer (&fixture_get_row (fixture_get_file (others), i)->identity, g_free);
    }
  encrypted_attach (self);
  g_assert_true (g_file_get_contents (self->path, &before, &size, NULL));
  fixture_commit (self, draft);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 6);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_set_contents (self->path, before, (gssize) size, NULL));
  fixture_reopen (self);
  fixture_commit (self, others);
  encrypted_attach (self);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 0);
  g_assert_cmpuint (dhk_store_count_missing_names (self->store), ==, 0);
}

/* The key file of before the second import: that is said, and the same file brings the names back, but
 * nobody who was taken out. */
static void
test_an_older_copy (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) first = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) second = encrypted_make_personal (self, "O.csv", "ouders", 4);
  g_autoptr (DhkDraft) first_again = encrypted_make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) second_again = encrypted_make_personal (self, "O.csv", "ouders", 4);
  g_autoptr (GFile) file = encrypted_key_path (self);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *removed = NULL;
  g_autofree char *older = NULL;
  gsize size = 0;

  encrypted_attach (self);
  fixture_commit (self, first);
  removed = dhk_store_dup_pseudonym (self->store, 2);
  g_assert_true (dhk_key_file_remove (dhk_store_get_key_file (self->store), removed, NULL));
  g_assert_true (g_file_get_contents (path, &older, &size, NULL));
  fixture_commit (self, second);
  g_assert_true (g_file_set_contents (path, older, (gssize) size, NULL));
  encrypted_attach (self);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 5);
  g_assert_cmpuint (dhk_store_count_missing_names (self->store), ==, 4);

  g_assert_true (dhk_store_compare (self->store, second_again, NULL, NULL));
  g_assert_cmpuint (fixture_get_file (second_again)->nameless, ==, 4);
  fixture_commit (self, second_again);
  fixture_commit (self, first_again);
  encrypted_attach (self);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 9);
  g_assert_cmpuint (dhk_store_count_missing_names (self->store), ==, 0);
  g_assert_null (dhk_key_file_find (dhk_store_get_key_file (self->store), removed));
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "10");
}

static void
test_another_password (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "J.csv", "jeugdigen", 3);
  g_autoptr (GFile) file = encrypted_key_path (self);
  g_autoptr (DhkKeyFile) later = NULL;
  g_autoptr (GError) error = NULL;
  const DhkKeyEntry *entry;

  encrypted_attach (self);
  fixture_commit (self, draft);
  g_assert_true (
      dhk_key_file_set_password (dhk_store_get_key_file (self->store), "een nieuw", &error));
  g_assert_null (dhk_key_file_open (file, ENCRYPTED_KEY_PASSWORD, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD);
  later = dhk_key_file_open (file, "een nieuw", NULL);
  g_assert_nonnull (later);
  g_assert_cmpuint (dhk_key_file_get_n (later), ==, 3);

  /* By name, in part and without accents; by pseudonym; not by nothing. */
  entry = dhk_key_file_get (later, 1);
  g_assert_true (dhk_key_entry_matches (entry, "wilhélmina & 2"));
  g_assert_true (dhk_key_entry_matches (entry, entry->pseudonym));
  g_assert_false (dhk_key_entry_matches (entry, "wilhelmina & 3"));
  g_assert_false (dhk_key_entry_matches (entry, ""));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  dhk_seal_set_limits_of_tests (1, 8192);
  fixture_set_up (self, data);
}

#define KEY_TEST(name, function)                                                                   \
  g_test_add ("/store/key-file/" name, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  KEY_TEST ("pseudonyms", test_pseudonyms);
  KEY_TEST ("names_go_to_the_key_file", test_names_go_to_the_key_file);
  KEY_TEST ("without_a_key_file_nothing_is_stored", test_without_a_key_file_nothing_is_stored);
  KEY_TEST ("wrong_key_files", test_wrong_key_files);
  KEY_TEST ("orphans_are_swept", test_orphans_are_swept);
  KEY_TEST ("orphans_without_identity_are_swept", test_orphans_without_identity_are_swept);
  KEY_TEST ("an_older_copy", test_an_older_copy);
  KEY_TEST ("another_password", test_another_password);
  KEY_TEST ("a_failed_write_stores_nothing", test_a_failed_write_stores_nothing);
  KEY_TEST ("remove_and_list", test_remove_and_list);
  return g_test_run ();
}
