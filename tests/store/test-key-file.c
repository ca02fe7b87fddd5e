/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-key-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"

#define KEY_PASSWORD "de sleutel"

static GFile *
key_path (Fixture *self)
{
  g_autofree char *path = fixture_path (self, "Studie.driehoek-key");

  return g_file_new_for_path (path);
}

static void
attach (Fixture *self)
{
  g_autoptr (GFile) file = key_path (self);
  g_autoptr (GError) error = NULL;
  DhkKeyFile *key_file = g_file_query_exists (file, NULL)
                             ? dhk_key_file_open (file, KEY_PASSWORD, &error)
                             : dhk_key_file_create (file, KEY_PASSWORD, &error);

  g_assert_no_error (error);
  g_assert_true (dhk_store_take_key_file (self->store, key_file, &error));
  g_assert_no_error (error);
}

/* Rows 1 … n, with a name and an address each; every third has no address. */
static DhkDraft *
make_personal (Fixture *self, const char *name, const char *questionnaire, guint n)
{
  DhkDraft *draft = fixture_make_draft (self, name, name, questionnaire, n);
  DhkDraftFile *file = fixture_get_file (draft);

  file->personal_heads = g_strdupv ((char *[]){ (char *) "Naam", (char *) "E-mail <adres>", NULL });
  file->personal = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < n; i++)
    {
      char **texts = g_new0 (char *, 3);

      texts[0] = g_strdup_printf ("Wilhelmina & %u", i + 1);
      texts[1] = i % 3 == 2 ? g_strdup ("") : g_strdup_printf ("w%u@voorbeeld.nl", i + 1);
      g_ptr_array_add (file->personal, texts);
    }
  return draft;
}

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
  g_autoptr (DhkDraft) draft = make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) more = make_personal (self, "O.csv", "ouders", 4);
  g_autoptr (GFile) file = key_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkKeyFile) key_file = NULL;

  attach (self);
  fixture_commit (self, draft);
  fixture_reopen (self);
  attach (self);
  fixture_commit (self, more);

  key_file = dhk_key_file_open (file, KEY_PASSWORD, &error);
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
  g_autoptr (DhkDraft) draft = make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "0");
}

static void
test_wrong_key_files (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = key_path (self);
  g_autofree char *other_path = fixture_path (self, "Other.driehoek");
  g_autoptr (GFile) other_file = g_file_new_for_path (other_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) other = dhk_store_create (other_file, self->instrument, NULL);
  DhkKeyFile *key_file;

  attach (self);
  g_assert_null (dhk_key_file_open (file, "een ander", &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD);
  g_clear_error (&error);
  g_assert_null (dhk_key_file_create (file, KEY_PASSWORD, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (dhk_key_file_open (other_file, KEY_PASSWORD, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_NOT_A_STUDY);
  g_clear_error (&error);

  /* That of another study. */
  key_file = dhk_key_file_open (file, KEY_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_false (dhk_store_take_key_file (other, key_file, &error));
  g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT);
  g_assert_null (dhk_store_get_key_file (other));
}

/* What a killed program left too much of goes; nobody gets another one's name. */
static void
test_orphans_are_swept (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) others = fixture_make_draft (self, "O.csv", "2", "ouders", 8);
  g_autofree char *before = NULL;
  gsize size = 0;

  attach (self);
  g_assert_true (g_file_get_contents (self->path, &before, &size, NULL));
  fixture_commit (self, draft);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 6);

  /* The study as if it had not come to its own commit; then somebody else has these numbers. */
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_set_contents (self->path, before, (gssize) size, NULL));
  fixture_reopen (self);
  fixture_commit (self, others);
  attach (self);
  g_assert_cmpuint (dhk_key_file_get_n (dhk_store_get_key_file (self->store)), ==, 0);
}

/* When the key file cannot be written nothing is stored. */
static void
test_a_failed_write_stores_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = make_personal (self, "J.csv", "jeugdigen", 6);
  g_autoptr (DhkDraft) again = make_personal (self, "J.csv", "jeugdigen", 6);
  g_autofree char *blocked = fixture_path (self, ".Studie.driehoek-key.part");
  g_autoptr (GError) error = NULL;

  attach (self);
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
  g_autoptr (DhkDraft) draft = make_personal (self, "J.csv", "jeugdigen", 3);
  g_autofree char *pseudonym = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *later = NULL;
  DhkKeyFile *key_file;

  attach (self);
  fixture_commit (self, draft);
  key_file = dhk_store_get_key_file (self->store);
  csv = dhk_key_file_dup_csv (key_file);
  g_assert_true (g_str_has_prefix (csv, "\"pseudonym\",\"source\",\"Naam\",\"E-mail <adres>\"\n"));
  g_assert_nonnull (strstr (csv, "\"J.csv\",\"Wilhelmina & 2\",\"w2@voorbeeld.nl\"\n"));
  g_assert_nonnull (strstr (csv, "\"J.csv\",\"Wilhelmina & 3\",\"\"\n"));

  pseudonym = dhk_store_dup_pseudonym (self->store, 2);
  g_assert_true (dhk_key_file_remove (key_file, pseudonym, NULL));
  g_assert_true (dhk_key_file_remove (key_file, pseudonym, NULL));
  attach (self);
  key_file = dhk_store_get_key_file (self->store);
  g_assert_cmpuint (dhk_key_file_get_n (key_file), ==, 2);
  g_assert_null (dhk_key_file_find (key_file, pseudonym));
  later = dhk_key_file_dup_csv (key_file);
  g_assert_null (strstr (later, "Wilhelmina & 2"));
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
  KEY_TEST ("a_failed_write_stores_nothing", test_a_failed_write_stores_nothing);
  KEY_TEST ("remove_and_list", test_remove_and_list);
  return g_test_run ();
}
