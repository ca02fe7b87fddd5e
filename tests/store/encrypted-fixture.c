/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "encrypted-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-seal.h"

void
encrypted_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  dhk_seal_set_limits_of_tests (1, 8192);
  fixture_set_up (self, data);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  self->store = dhk_store_create_encrypted (self->file, self->instrument, FIXTURE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
}

void
encrypted_reopen (Fixture *self, const char *password)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->store, dhk_store_close);
  self->store = dhk_store_open_with_password (self->file, password, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->store);
}

char *
encrypted_reveal (Fixture *self, const char *password)
{
  g_autofree char *path = fixture_path (self, "revealed");
  g_autofree char *data = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (self->path, &data, &size, NULL));
  sealed = g_bytes_new (data, size);
  plain = dhk_is_sealed (data, size, NULL)
              ? dhk_unseal_bytes (sealed, DHK_SEAL_STUDY, password, &error)
              : g_bytes_ref (sealed);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (plain, NULL),
                                      (gssize) g_bytes_get_size (plain), NULL));
  return g_steal_pointer (&path);
}

char *
encrypted_describe (Fixture *self, const char *password)
{
  static const char *const queries[] = {
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "SELECT id, step, active, file_name, found, added, present, changed, aside FROM import_batch",
    "SELECT batch, chunk, n_rows, size, deflated FROM raw_chunk",
    "SELECT * FROM aside_row",
    "SELECT * FROM respondent_record",
    "SELECT * FROM answer_sheet",
    "SELECT * FROM value",
    "SELECT * FROM hand_edit",
    "SELECT * FROM setting",
    "SELECT step, kind, subject, n, batch FROM journal_step",
    "SELECT * FROM journal_change",
    "SELECT generation, journal_position, next_respondent FROM study",
  };
  g_autofree char *path = encrypted_reveal (self, password);
  g_autoptr (GString) text = g_string_new ("");

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = fixture_query (path, queries[i]);

      g_string_append_printf (text, "== %s\n%s\n", queries[i], rows);
    }
  g_assert_nonnull (
      strstr (text->str, "== PRAGMA integrity_check\nok\n== PRAGMA foreign_key_check\n\n"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
encrypted_folder_holds (Fixture *self, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = fixture_path (self, name);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (path, &data, &size, NULL)
          && memmem (data, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Key files ------------------------------------------------------------------------------- */

GFile *
encrypted_key_path (Fixture *self)
{
  g_autofree char *path = fixture_path (self, "Studie.driehoek-key");

  return g_file_new_for_path (path);
}

void
encrypted_attach (Fixture *self)
{
  g_autoptr (GFile) file = encrypted_key_path (self);
  g_autoptr (GError) error = NULL;
  DhkKeyFile *key_file = g_file_query_exists (file, NULL)
                             ? dhk_key_file_open (file, ENCRYPTED_KEY_PASSWORD, &error)
                             : dhk_key_file_create (file, ENCRYPTED_KEY_PASSWORD, &error);

  g_assert_no_error (error);
  g_assert_true (dhk_store_take_key_file (self->store, key_file, &error));
  g_assert_no_error (error);
}

DhkDraft *
encrypted_make_personal (Fixture *self, const char *name, const char *questionnaire, guint n)
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
