/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Studies behind a password: opened, and turned from open to encrypted and back. */

#include "store/dhk-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/dhk-store-seal.h"

/* Opening ------------------------------------------------------------------------------ */

DhkStore *
dhk_store_open_sealed (GFile *file, const char *password, DhkSealKey *key, GError **error)
{
  g_autoptr (DhkStore) self = dhk_store_new_handle (file);
  g_autofree char *path = g_file_get_path (file);

  if (!dhk_store_check_file (path, self->name, error))
    return NULL;
  self->read_only = dhk_store_is_fixed (path);
  self->sealed = self->read_only ? dhk_sealed_file_new_fixed (path, self->name)
                                 : dhk_sealed_file_new (path, self->name, error);
  if (self->sealed == NULL)
    return NULL;
  if (key != NULL)
    dhk_sealed_file_set_key (self->sealed, key);
  if (!dhk_sealed_file_read (self->sealed, password, error)
      || !dhk_store_open_inside (self, DHK_SEALED_DATABASE, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

DhkStore *
dhk_store_open_with_password (GFile *file, const char *password, GError **error)
{
  g_autoptr (GError) local = NULL;
  DhkStore *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  /* SQLite looks first: another handle on an open study would drop its locks. */
  self = dhk_store_open (file, &local);
  if (self != NULL || !g_error_matches (local, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD)
      || password == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return self;
    }
  return dhk_store_open_sealed (file, password, NULL, error);
}

gboolean
dhk_store_is_encrypted (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sealed != NULL;
}

gboolean
dhk_store_check_password (DhkStore *self, const char *password)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sealed == NULL
         || dhk_seal_key_matches (dhk_sealed_file_get_key (self->sealed), password);
}

/* Turning -------------------------------------------------------------------------------- */

static gboolean
fail_to_write (DhkStore *self, int number, GError **error)
{
  if (number == ESTALE)
    return dhk_sql_fail (self, SQLITE_READONLY_DBMOVED, error);
  if (number == ENOSPC || number == EDQUOT)
    return dhk_sql_fail (self, SQLITE_FULL, error);
  return dhk_sql_fail (self, number == EACCES || number == EPERM ? SQLITE_PERM : SQLITE_IOERR,
                       error);
}

/* The same study under another handle of SQLite. */
static gboolean
reconnect (DhkStore *self, const char *path, GError **error)
{
  gint64 size = 0;
  guint version = 0;

  return dhk_store_connect (self, path, SQLITE_OPEN_READWRITE, error)
         && dhk_store_check_header (self, &size, &version, error)
         && dhk_store_set_rules (self, error) && dhk_store_load_slots (self, error);
}

/* Overwrites what was read without a password before, as far as a file system lets us. Another
 * name of the same file is somebody's own copy: that stays. */
static void
wipe_file (int fd)
{
  static const guint8 zeros[64 * 1024];
  struct stat info;
  goffset at = 0;

  if (fstat (fd, &info) != 0 || info.st_nlink > 0)
    return;
  while (at < info.st_size)
    {
      gssize n = pwrite (fd, zeros, (gsize) MIN (info.st_size - at, (goffset) sizeof zeros), at);

      if (n <= 0)
        break;
      at += n;
    }
  fsync (fd);
}

static gboolean
take_image (DhkStore *self, DhkSealedFile *sealed)
{
  sqlite3_int64 size = 0;
  guint8 *image = sqlite3_serialize (self->db, "main", &size, 0);

  if (image == NULL)
    return FALSE;
  dhk_sealed_file_set_image (sealed, image, (gsize) size);
  dhk_secret_wipe (image, (gsize) size);
  sqlite3_free (image);
  return TRUE;
}

static gboolean
turn_on (DhkStore *self, const char *path, const char *password, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DhkSealKey) key = dhk_seal_key_new (password, &local);
  g_autoptr (DhkSealedFile) sealed = NULL;
  int failed = 0;
  int old;

  if (key == NULL)
    return dhk_sealed_file_explain (local, self->name, error);
  sealed = dhk_sealed_file_new (path, self->name, error);
  if (sealed == NULL)
    return FALSE;
  dhk_sealed_file_set_key (sealed, key);
  /* Before we hold locks on it: they would go with this handle. */
  old = open (path, O_RDWR | O_CLOEXEC);
  if (!dhk_sql_exec (self, "BEGIN EXCLUSIVE", error))
    {
      if (old >= 0)
        close (old);
      return FALSE;
    }
  failed = take_image (self, sealed) ? dhk_sealed_file_write (sealed) : ENOMEM;
  dhk_store_roll_back (self);
  if (failed == 0)
    dhk_store_disconnect (self);
  if (failed == 0 && old >= 0)
    wipe_file (old);
  if (old >= 0)
    close (old);
  if (failed != 0)
    return fail_to_write (self, failed, error);
  self->sealed = g_steal_pointer (&sealed);
  return reconnect (self, DHK_SEALED_DATABASE, error);
}

static gboolean
turn_off (DhkStore *self, const char *path, GError **error)
{
  int failed = dhk_sealed_file_write_plain (self->sealed);

  if (failed != 0)
    return fail_to_write (self, failed, error);
  dhk_store_disconnect (self);
  g_clear_pointer (&self->sealed, dhk_sealed_file_free);
  return reconnect (self, path, error)
         && dhk_sql_exec (self, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
change (DhkStore *self, const char *password, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DhkSealKey) key = dhk_seal_key_new (password, &local);
  g_autoptr (DhkSealKey) old = NULL;
  int failed;

  if (key == NULL)
    return dhk_sealed_file_explain (local, self->name, error);
  old = dhk_seal_key_ref (dhk_sealed_file_get_key (self->sealed));
  dhk_sealed_file_set_key (self->sealed, key);
  failed = dhk_sealed_file_write (self->sealed);
  if (failed == 0)
    return TRUE;
  dhk_sealed_file_set_key (self->sealed, old);
  return fail_to_write (self, failed, error);
}

gboolean
dhk_store_set_password (DhkStore *self, const char *password, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (DhkSealKey) old = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());
  g_assert (sqlite3_get_autocommit (self->db));

  if (self->read_only)
    return dhk_store_fail_read_only (self->name, error);
  path = g_file_get_path (self->file);
  if (password != NULL && password[0] == '\0')
    return dhk_store_fail (error, DHK_STORE_ERROR_PASSWORD,
                           _ ("A password has at least one character. Nothing was changed."));
  if (self->sealed == NULL && password == NULL)
    return TRUE;
  if (self->sealed == NULL)
    ok = turn_on (self, path, password, error);
  else
    {
      old = dhk_seal_key_ref (dhk_sealed_file_get_key (self->sealed));
      ok = password != NULL ? change (self, password, error) : turn_off (self, path, error);
    }
  return ok && dhk_store_reseal_backups (self, old, error);
}
