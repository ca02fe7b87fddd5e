/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a program that was killed while it wrote may have left beside the study: half copies,
 * half exports, half backups, and what SQLite keeps beside a file. They are no study that could
 * be searched for somebody, so they go as a whole.
 */

#include <glib/gstdio.h>
#include <stdlib.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-owner.h"

#define PART ".part"

/* Beside the study: what the program names so while it writes, whatever it writes. */
static gboolean
is_part (const char *name)
{
  return g_str_has_prefix (name, ".driehoek-") && g_str_has_suffix (name, PART);
}

/* Among the backups, where nothing but backups stays. */
static gboolean
is_left_by_backup (const char *name)
{
  static const char *const endings[] = { PART, ".old", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

/*
 * By another name first: whoever still writes it fails where the file would get its own name, and
 * does not publish zeros. That name is one that is found again.
 */
static gboolean
shred_part (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *base = g_strconcat (".driehoek-", uuid, PART, NULL);
  g_autofree char *taken = g_build_filename (folder, base, NULL);
  g_autoptr (GFile) file = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  file = g_file_new_for_path (g_rename (path, taken) == 0 ? taken : path);
  return dhk_store_shred (file, error);
}

static gboolean
shred_parts (const char *folder, gboolean (*is_leftover) (const char *name), GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    if (is_leftover (name))
      g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++)
    if (!shred_part (folder, g_ptr_array_index (names, i), error))
      return FALSE;
  return TRUE;
}

/* ".Name.part": a whole file that was to take the place of the one called so. */
static gboolean
shred_hidden_part (GFile *of, GError **error)
{
  g_autofree char *path = g_file_get_path (of);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strconcat (".", base, PART, NULL);

  return shred_part (folder, name, error);
}

gboolean
dhk_store_shred_leftovers (DhkStore *self, GError **error)
{
  DhkKeyFile *key_file = dhk_store_get_key_file (self);
  g_autoptr (GFile) place = dhk_key_file_get_place (self->file);
  char *resolved = realpath (g_file_peek_path (self->file), NULL);
  g_autofree char *path = g_strdup (resolved != NULL ? resolved : g_file_peek_path (self->file));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *backups = g_strconcat (path, ".backups", NULL);
  g_autoptr (GFile) real = g_file_new_for_path (path);

  free (resolved);
  return shred_parts (folder, is_part, error) && shred_parts (backups, is_left_by_backup, error)
         && shred_hidden_part (real, error) && shred_hidden_part (place, error)
         && (key_file == NULL || shred_hidden_part (dhk_key_file_get_file (key_file), error));
}
