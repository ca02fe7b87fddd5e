/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study's file: recognised, read whole, opened in memory. It is never written or locked. */

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dhk-file.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-seal.h"

#define HEADER_SIZE 100

/* Bytes ------------------------------------------------------------------------------- */

static gboolean
is_database (const guint8 *head, gsize size)
{
  return size >= HEADER_SIZE && memcmp (head, "SQLite format 3", 16) == 0;
}

static gboolean
is_study (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  struct stat info;
  /* What a shell's pipe brings can be read once, by a reader. */
  g_autoptr (GBytes) head = path != NULL && stat (path, &info) == 0 && S_ISREG (info.st_mode)
                                ? dhk_file_load (file, HEADER_SIZE, NULL, NULL)
                                : NULL;
  DhkSealKind kind = 0;
  const guint8 *data;
  gsize size;

  if (head == NULL)
    return FALSE;
  data = g_bytes_get_data (head, &size);
  return is_database (data, size)
         || (size >= DHK_SEAL_HEAD_SIZE && dhk_is_sealed (data, size, &kind)
             && kind == DHK_SEAL_STUDY);
}

gboolean
dhk_store_has_study_file (GPtrArray *files)
{
  g_return_val_if_fail (files != NULL, FALSE);

  for (guint i = 0; i < files->len; i++)
    if (is_study (g_ptr_array_index (files, i)))
      return TRUE;
  return FALSE;
}

static gboolean
fail_read (const char *name, GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_IO,
                         _ ("The study “%s” could not be read. Nothing was stored; check the disk "
                            "or the network drive it is on."),
                         name);
}

static GBytes *
read_whole (const char *path, const char *name, GError **error)
{
  const char *beside;
  GBytes *bytes = dhk_store_read_image (path, &beside);

  if (bytes == NULL && beside == NULL)
    fail_read (name, error);
  else if (bytes == NULL)
    dhk_store_fail (error, DHK_STORE_ERROR_BUSY,
                    _ ("The study “%s” is just being changed, or its program was stopped while it "
                       "wrote. Nothing was stored; open it once and close it, and try again."),
                    name);
  return bytes;
}

/* Passwords --------------------------------------------------------------------------- */

/* The readable bytes; NULL without an error when none of the passwords is the one. */
static GBytes *
unseal (GBytes *sealed, GPtrArray *passwords, const char *name, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (sealed, &size);

  for (guint i = 0; passwords != NULL && i < passwords->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (DhkSealKey) key
          = dhk_seal_key_new_for (data, size, g_ptr_array_index (passwords, i), &local);
      GBytes *plain
          = key != NULL ? dhk_seal_key_unseal (key, DHK_SEAL_STUDY, sealed, &local) : NULL;

      if (plain != NULL)
        return plain;
      if (g_error_matches (local, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD))
        continue;
      dhk_sealed_file_explain (local, name, error);
      return NULL;
    }
  return NULL;
}

/* The handle --------------------------------------------------------------------------- */

/* As an opened study is checked, but whole, whatever its size. */
static gboolean
check_and_renew (DhkStore *self, GError **error)
{
  gint64 size = 0;
  guint version = 0;

  return dhk_store_check_header (self, &size, &version, error) && dhk_store_set_rules (self, error)
         && dhk_sql_exec (self, "PRAGMA journal_mode = MEMORY; BEGIN", error)
         && dhk_store_check_content (self, 0, version, error)
         && dhk_store_load_instrument (self, error) && dhk_sql_exec (self, "COMMIT", error)
         && (version == dhk_store_get_schema_version () || dhk_store_migrate (self, version, error))
         && dhk_store_load_slots (self, error)
         && dhk_sql_exec (self, "PRAGMA query_only = ON", error);
}

void
dhk_merge_close (DhkStore *self)
{
  sqlite3_int64 size = 0;
  guint8 *image;

  if (self == NULL)
    return;
  g_hash_table_remove_all (self->statements);
  image = self->db != NULL ? sqlite3_serialize (self->db, "main", &size, SQLITE_SERIALIZE_NOCOPY)
                           : NULL;
  if (image != NULL)
    dhk_secret_wipe (image, (gsize) size);
  dhk_store_close (self);
}

/* Damage is found at any moment of reading; every time there is the same way out. */
void
dhk_merge_name_repair (GError **error)
{
  GError *old;

  if (error == NULL || !g_error_matches (*error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED))
    return;
  old = g_steal_pointer (error);
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED,
               /* Translators: a sentence that says which study is damaged. */
               _ ("%s To save what can be read of it into a new study, use the command “driehoek "
                  "repair”; import that one instead."),
               old->message);
  g_error_free (old);
}

static DhkStore *
open_bytes (GFile *file, GBytes *bytes, GError **error)
{
  DhkStore *self = dhk_store_new_handle (file);

  if (dhk_store_connect (self, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error)
      && dhk_store_take_image (self, bytes, error) && check_and_renew (self, error))
    return self;
  dhk_merge_close (self);
  return NULL;
}

DhkStore *
dhk_merge_open (GFile *file, GPtrArray *passwords, gboolean *wants_password, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  DhkStore *self = NULL;
  gsize size;
  const void *data;

  *wants_password = FALSE;
  if (path == NULL)
    {
      fail_read (name, error);
      return NULL;
    }
  bytes = read_whole (path, name, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (dhk_is_sealed (data, size, NULL))
    {
      GBytes *plain = unseal (bytes, passwords, name, &local);

      g_bytes_unref (bytes);
      bytes = plain;
      *wants_password = plain == NULL && local == NULL;
    }
  if (bytes != NULL)
    self = open_bytes (file, bytes, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self;
}
