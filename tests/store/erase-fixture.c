/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "erase-fixture.h"

#include <gio/gio.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "encrypted-fixture.h"
#include "store/dhk-store-respondents.h"

void
erase_set_raw (DhkDraftFile *file, guint row, const char *text)
{
  g_free (g_ptr_array_index (file->raw, row));
  g_ptr_array_index (file->raw, row) = g_strdup (text);
}

void
erase_mark (DhkDraft *draft, DhkDraftFile *file, guint i)
{
  DhkDraftRow *row = fixture_get_row (file, i);

  erase_set_raw (file, i, FORM_ID ",2009-02-13 23:31:31,\"" TEXT "\"");
  g_free (row->form_id);
  row->form_id = g_strdup (FORM_ID);
  row->started = STARTED;
  g_free (row->identity);
  row->identity = g_strdup ("identity of " FORM_ID);
  dhk_draft_file_get_numbers (file, i)[fixture_find_question (draft, file, "age")] = YEARS;
  fixture_seal (file, i);
}

/* Searching bytes -------------------------------------------------------------------------- */

static gboolean
holds (const char *data, gsize size, const void *wanted, gsize n)
{
  return size > 0 && memmem (data, size, wanted, n) != NULL;
}

static gboolean
holds_text (const char *data, gsize size, const char *text)
{
  static const char *const charsets[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize n = 0;
      g_autofree char *bytes = g_convert (text, -1, charsets[i], "UTF-8", NULL, &n, NULL);

      if (holds (data, size, bytes, n))
        return TRUE;
    }
  return FALSE;
}

static gboolean
holds_any (const char *data, gsize size)
{
  static const char *const texts[]
      = { TEXT, FORM_ID, REASON, NAME, NOTE, "17.8437265", "17,8437265" };
  double value = YEARS;
  guint64 age;

  memcpy (&age, &value, sizeof age);
  age = GUINT64_TO_BE (age);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (holds_text (data, size, texts[i]))
      return TRUE;
  return holds (data, size, &age, sizeof age) || holds (data, size, "\x49\x96\x02\xd3", 4);
}

/* Every zlib stream that starts anywhere in the bytes. */
static gboolean
holds_deflated (const char *data, gsize size)
{
  g_autofree char *out = g_malloc (1 << 20);

  for (gsize at = 0; at + 2 < size; at++)
    {
      g_autoptr (GConverter) inflater = NULL;
      gsize n_read = 0;
      gsize n_written = 0;

      if ((guint8) data[at] != 0x78 || ((guint8) data[at] * 256 + (guint8) data[at + 1]) % 31 != 0)
        continue;
      inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
      g_converter_convert (inflater, data + at, size - at, out, 1 << 20, G_CONVERTER_NO_FLAGS,
                           &n_read, &n_written, NULL);
      if (holds_any (out, n_written))
        return TRUE;
    }
  return FALSE;
}

/* What is behind a password, or the bytes as they are. */
static GBytes *
open_bytes (const char *data, gsize size)
{
  static const char *const passwords[] = { FIXTURE_PASSWORD, ENCRYPTED_KEY_PASSWORD };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  DhkSealKind kind;

  if (!dhk_is_sealed (data, size, &kind))
    return g_steal_pointer (&bytes);
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      GBytes *plain = dhk_unseal_bytes (bytes, kind, passwords[i], NULL);

      if (plain != NULL)
        return plain;
    }
  g_assert_not_reached ();
}

static gboolean
any_holds (const char *folder_path)
{
  g_autoptr (GDir) folder = g_dir_open (folder_path, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder_path, name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (GBytes) bytes = NULL;
      const char *plain;
      gsize size = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          found = any_holds (path) || found;
          continue;
        }
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      bytes = open_bytes (data, size);
      plain = g_bytes_get_data (bytes, &size);
      if (holds_any (plain, size) || holds_deflated (plain, size))
        {
          g_test_message ("%s", name);
          found = TRUE;
        }
    }
  return found;
}

gboolean
erase_folder_holds (Fixture *self)
{
  return any_holds (self->folder);
}

void
erase_somebody (Fixture *self, gint64 respondent)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = dhk_store_erase (self->store, respondent, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}
