/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Studies as whole files: made, copied, given their name only when complete. */

#include "store/dhk-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/dhk-store-seal.h"

static gboolean
fail_write (int number, const char *name, GError **error)
{
  if (number == EEXIST)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _ ("There is already a file “%s” here. It was not changed; choose another name."),
                 name);
  else if (number == ENOSPC || number == EDQUOT)
    g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO,
                 _ ("There is no room left on the disk for “%s”, so it was not written."), name);
  else
    g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_IO,
                 _ ("“%s” could not be written here (%s). Check that you may write in this "
                    "folder, or choose another one."),
                 name, g_strerror (number));
  return FALSE;
}

/* Makes the names in the folder of `path` durable; a file system without that is no fault. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* 0 or an errno. Some network drives know only one of the two ways. */
static int
rename_without_replacing (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
    return errno;
  if (link (from, to) != 0)
    return errno;
  unlink (from);
  return 0;
}

static int
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n < 0 ? errno : EIO;
      data += n;
      size -= (gsize) n;
    }
  return fsync (fd) == 0 ? 0 : errno;
}

/* A name beside `path` that nothing has: hidden, and in the same file system. */
static char *
dup_temporary_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".driehoek-%s.part", uuid);

  return g_build_filename (folder, name, NULL);
}

/* A file that has no name until it is complete: a program killed here leaves nothing. */
static int
publish_nameless (const char *path, const guint8 *data, gsize size)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
  g_autofree char *handle = NULL;
  int failed;

  if (fd < 0)
    return errno == ENOENT || errno == EACCES || errno == EROFS ? errno : EOPNOTSUPP;
  failed = write_all (fd, data, size);
  handle = g_strdup_printf ("/proc/self/fd/%d", fd);
  if (failed == 0 && linkat (AT_FDCWD, handle, AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0)
    failed = errno == EEXIST ? EEXIST : EOPNOTSUPP;
  close (fd);
  return failed;
}

static int
publish_renamed (const char *path, const guint8 *data, gsize size)
{
  g_autofree char *temporary = dup_temporary_name (path);
  int fd = open (temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
  int failed;

  if (fd < 0)
    return errno;
  failed = write_all (fd, data, size);
  close (fd);
  if (failed == 0)
    failed = rename_without_replacing (temporary, path);
  if (failed != 0)
    unlink (temporary);
  return failed;
}

gboolean
dhk_store_publish (const char *path, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int failed = publish_nameless (path, data, size);

  if (failed == EOPNOTSUPP)
    failed = publish_renamed (path, data, size);
  if (failed != 0)
    return fail_write (failed, name, error);
  sync_folder (path);
  return TRUE;
}

static int
sync_file (const char *path)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  int failed;

  if (fd < 0)
    return errno;
  failed = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  return failed;
}

int
dhk_store_replace_file (
    const char *path, const char *temporary, const guint8 *data, gsize size, struct stat *after)
{
  int fd = open (temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0666);
  struct stat old;
  int failed = 0;

  if (fd < 0)
    return errno;
  if (stat (path, &old) == 0 && fchmod (fd, old.st_mode & 07777) != 0)
    failed = errno;
  if (failed == 0)
    failed = write_all (fd, data, size);
  if (close (fd) != 0 && failed == 0)
    failed = errno;
  if (failed == 0 && rename (temporary, path) != 0)
    failed = errno;
  if (failed != 0)
    {
      unlink (temporary);
      return failed;
    }
  sync_folder (path);
  return stat (path, after) == 0 ? 0 : errno;
}

/* SQLite counts writing another file as a change too. */
static gboolean
vacuum_into (DhkStore *self, const char *path, GError **error)
{
  gboolean ok;

  if (!self->read_only)
    return dhk_sql_run (self, error, "VACUUM INTO ?", "t", path);
  ok = dhk_sql_exec (self, "PRAGMA query_only = OFF", error)
       && dhk_sql_run (self, error, "VACUUM INTO ?", "t", path);
  return dhk_sql_exec (self, "PRAGMA query_only = ON", ok ? error : NULL) && ok;
}

/* 0, an errno, or -1 with `error` set. */
static int
write_copy (DhkStore *self, const char *path, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;
  const guint8 *data;
  gsize size;
  int failed;
  int fd;

  if (self->sealed == NULL)
    {
      if (vacuum_into (self, path, error))
        return sync_file (path);
      /* The copy had no room; the study itself was not to be changed. */
      if (sqlite3_errcode (self->db) != SQLITE_FULL)
        return -1;
      g_clear_error (error);
      return ENOSPC;
    }
  fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno;
  sealed = dhk_sealed_file_seal (self->sealed);
  data = g_bytes_get_data (sealed, &size);
  failed = write_all (fd, data, size);
  close (fd);
  return failed;
}

gboolean
dhk_store_copy_to (
    DhkStore *self, const char *path, const char *name, gboolean replace, GError **error)
{
  g_autofree char *temporary = dup_temporary_name (path);
  g_autofree char *folder = g_path_get_dirname (path);
  int failed = 0;

  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS))
    return fail_write (EEXIST, name, error);
  if (g_access (folder, W_OK) != 0)
    return fail_write (errno, name, error);
  failed = write_copy (self, temporary, error);
  if (failed < 0)
    {
      unlink (temporary);
      return FALSE;
    }
  if (failed == 0)
    {
      if (!replace)
        failed = rename_without_replacing (temporary, path);
      else if (rename (temporary, path) != 0)
        failed = errno;
    }
  if (failed != 0)
    {
      unlink (temporary);
      return fail_write (failed, name, error);
    }
  sync_folder (path);
  return TRUE;
}

/* Doors ---------------------------------------------------------------------- */

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat first;
  struct stat second;

  return stat (a, &first) == 0 && stat (b, &second) == 0 && first.st_dev == second.st_dev
         && first.st_ino == second.st_ino;
}

gboolean
dhk_store_save_copy (DhkStore *self, GFile *file, GError **error)
{
  g_autofree char *own = NULL;
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_assert (self->owner == g_thread_self ());

  own = g_file_get_path (self->file);
  path = g_file_get_path (file);
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  if (path == NULL)
    return fail_write (EOPNOTSUPP, name, error);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return fail_write (EISDIR, name, error);
  if (is_same_file (own, path))
    {
      g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                   _ ("“%s” is the study itself. Choose another name for the copy."), name);
      return FALSE;
    }
  return dhk_store_copy_to (self, path, name, TRUE, error);
}

/* The new study is made in memory: what reaches the disk is complete. */
static GBytes *
make_empty_study (GFile *file, DhkInstrument *instrument, GError **error)
{
  g_autoptr (DhkStore) self = dhk_store_new_handle (file);
  guint8 *image;
  sqlite3_int64 size = 0;

  dhk_store_take_instrument (self, dhk_instrument_ref (instrument));
  if (!dhk_store_connect (self, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error)
      || !dhk_store_set_rules (self, error) || !dhk_store_make_base (self, instrument, error)
      || !dhk_store_migrate (self, 0, error))
    return NULL;
  image = sqlite3_serialize (self->db, "main", &size, 0);
  if (image == NULL)
    g_error ("Out of memory");
  return g_bytes_new_with_free_func (image, (gsize) size, sqlite3_free, image);
}

/* With a key: encrypted. */
static DhkStore *
create (GFile *file, DhkInstrument *instrument, DhkSealKey *key, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  path = g_file_get_path (file);
  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  if (path == NULL)
    {
      fail_write (EOPNOTSUPP, name, error);
      return NULL;
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    {
      fail_write (EEXIST, name, error);
      return NULL;
    }
  bytes = make_empty_study (file, instrument, error);
  if (bytes != NULL && key != NULL)
    {
      g_autoptr (GBytes) plain = g_steal_pointer (&bytes);
      gsize size;
      const void *data = g_bytes_get_data (plain, &size);

      bytes = dhk_seal_key_seal (key, DHK_SEAL_STUDY, data, size);
    }
  if (bytes == NULL || !dhk_store_publish (path, name, bytes, error))
    return NULL;
  return key != NULL ? dhk_store_open_sealed (file, NULL, key, error)
                     : dhk_store_open (file, error);
}

DhkStore *
dhk_store_create (GFile *file, DhkInstrument *instrument, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (instrument != NULL, NULL);
  return create (file, instrument, NULL, error);
}

DhkStore *
dhk_store_create_encrypted (GFile *file,
                            DhkInstrument *instrument,
                            const char *password,
                            GError **error)
{
  g_autoptr (DhkSealKey) key = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (instrument != NULL, NULL);

  key = dhk_seal_key_new (password, &local);
  if (key == NULL)
    {
      g_autofree char *base = g_file_get_basename (file);

      dhk_sealed_file_explain (local, base, error);
      return NULL;
    }
  return create (file, instrument, key, error);
}
