/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Study files that are damaged, or that somebody sends. The input is a study of ours with changes
 * (fuzz_patch()), after a byte that says how: as it is, sealed after the change, or sealed before
 * it; or the whole file. It opens, and can be used, or there is an error; what is saved of it
 * is a study without a fault. Another study takes from it what it can, as one step. Bytes after 'N' are names in the folder of backups.
 */

#include "fuzz-input.h"

#include "base/dhk-seal.h"
#include "store-fixture.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-respondents.h"
#include "store/dhk-store-salvage.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "een goed wachtwoord"

static DhkStore *other; /* that has half of the same responses */
static GBytes *base;
static GBytes *sealed;
static DhkSealKey *key;

/* Stays open; what is merged into it is undone each time. */
static void
make_other (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fuzz_get_folder (), "other.driehoek", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (DhkDraft) draft = fixture_make_draft (fixture, "a.xlsx", "0123", "leraren", 6);

  g_unlink (path);
  other = dhk_store_create (file, instrument, NULL);
  if (other == NULL || !dhk_store_commit (other, draft, NULL, NULL))
    g_error ("No other study");
}

static void
set_up (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  char *data;
  gsize size;

  fixture_set_up (&fixture, NULL);
  draft = fixture_make_draft (&fixture, "a.xlsx", "0123", "leraren", 12);
  fixture_commit (&fixture, draft);
  make_other (&fixture);
  dhk_store_close (g_steal_pointer (&fixture.store));
  if (!g_file_get_contents (fixture.path, &data, &size, &error))
    g_error ("%s", error->message);
  base = g_bytes_new_take (data, size);
  fixture_reopen (&fixture);
  fixture_tear_down (&fixture, NULL);
  key = dhk_seal_key_new (PASSWORD, NULL);
  sealed = dhk_seal_key_seal (key, DHK_SEAL_STUDY, data, size);
}

static void
use (DhkStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkFrame) frame = dhk_store_load_frame (store, NULL, &error);
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GPtrArray) aside = NULL;
  g_autofree char *raw = NULL;

  fuzz_check_error (frame != NULL, error);
  g_clear_error (&error);
  batches = dhk_store_list_batches (store, &error);
  fuzz_check_error (batches != NULL, error);
  g_clear_error (&error);
  aside = dhk_store_list_aside (store, 0, &error);
  fuzz_check_error (aside != NULL, error);
  g_clear_error (&error);
  raw = dhk_store_dup_raw (store, 1, &error);
  g_clear_error (&error);
  fuzz_check_error (dhk_store_undo (store, &error), error);
  g_clear_error (&error);
  fuzz_check_error (dhk_store_redo (store, &error), error);
}

static void
merge (GFile *file, const char *password)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GPtrArray) passwords = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autofree char *label = NULL;
  gboolean stored;

  g_ptr_array_add (files, file);
  g_ptr_array_add (passwords, (gpointer) password);
  if (!dhk_store_has_study_file (files))
    return;
  draft = dhk_store_read_merge (other, files, passwords, NULL, NULL, &error);
  fuzz_check_error (draft != NULL, error);
  if (draft == NULL || dhk_draft_get_questions (draft)->len > 0)
    return;
  stored = dhk_store_commit (other, draft, NULL, &error);
  fuzz_check_error (stored, error);
  label = stored ? dhk_store_dup_undo_label (other) : NULL;
  if (label != NULL && strstr (label, "a.driehoek") != NULL)
    {
      stored = dhk_store_undo (other, &error);
      g_assert_no_error (error);
      g_assert_true (stored);
    }
}

static void
forget (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  g_unlink (path);
  g_unlink (journal);
}

static void
open_study (GBytes *bytes, const char *password)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *path = g_build_filename (fuzz_get_folder (), "a.driehoek", NULL);
  g_autofree char *saved = g_build_filename (fuzz_get_folder (), "b.driehoek", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) out = g_file_new_for_path (saved);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) salvage_error = NULL;
  DhkSalvage salvage = { 0 };
  DhkStore *store;
  gboolean worked;

  if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_error ("%s", error->message);
  worked = dhk_store_salvage (file, password, out, &salvage, &salvage_error);
  fuzz_check_error (worked, salvage_error);
  if (worked)
    {
      g_autoptr (DhkFrame) frame = NULL;

      store = dhk_store_open_with_password (out, salvage.was_encrypted ? password : NULL, &error);
      g_assert_no_error (error);
      frame = dhk_store_load_frame (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, salvage.respondents);
      dhk_store_close (store);
    }
  merge (file, password);
  store = dhk_store_open_with_password (file, password, &error);
  fuzz_check_error (store != NULL, error);
  if (store != NULL)
    {
      use (store);
      dhk_store_close (store);
    }
  forget (path);
  forget (saved);
}

static void
list_backups (const char *names)
{
  g_autofree char *path = g_build_filename (fuzz_get_folder (), "c.driehoek", NULL);
  g_autofree char *folder = g_strconcat (path, ".backups", NULL);
  g_autoptr (GFile) study = g_file_new_for_path (path);
  g_auto (GStrv) parts = g_strsplit (names, "\n", 32);
  g_autoptr (GPtrArray) backups = NULL;
  gint64 last = G_MAXINT64;

  g_mkdir (folder, 0700);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *place = g_build_filename (folder, g_strdelimit (parts[i], "/", '_'), NULL);

      g_file_set_contents_full (place, "x", 1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
  backups = dhk_backup_list (study);
  for (guint i = 0; i < backups->len; i++)
    {
      const DhkBackup *backup = g_ptr_array_index (backups, i);

      g_assert_cmpint (backup->when, <=, last);
      g_assert_true (dhk_backup_find (backups, backup->name) == backup);
      last = backup->when;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *place = g_build_filename (folder, parts[i], NULL);

      g_unlink (place);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (base == NULL)
    set_up ();
  if (size == 0)
    return 0;
  switch (data[0])
    {
    case 'N':
      {
        g_autofree char *names = g_strndup ((const char *) data + 1, size - 1);

        list_backups (names);
        return 0;
      }
    case 'P':
      bytes = fuzz_patch (base, data + 1, size - 1);
      break;
    case 'I':
      plain = fuzz_patch (base, data + 1, size - 1);
      bytes = dhk_seal_key_seal (key, DHK_SEAL_STUDY, g_bytes_get_data (plain, NULL),
                                 g_bytes_get_size (plain));
      break;
    case 'E':
      bytes = fuzz_patch (sealed, data + 1, size - 1);
      break;
    default:
      bytes = g_bytes_new (data, size);
      break;
    }
  open_study (bytes, PASSWORD);
  return 0;
}
