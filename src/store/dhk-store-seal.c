/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of an encrypted study on the disk: locked, read, replaced. */

#include "store/dhk-store-seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dhk-file.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-seal-private.h"

/* The lock ------------------------------------------------------------------------- */

/* Whether the locked file still has its name: who had it may have removed it just before. */
static gboolean
still_named (int fd, const char *path)
{
  struct stat ours;
  struct stat named;

  return fstat (fd, &ours) == 0 && stat (path, &named) == 0 && ours.st_dev == named.st_dev
         && ours.st_ino == named.st_ino;
}

/* 0 or an errno. A file system without locks is no reason to refuse. */
static int
take_lock (DhkSealedFile *self)
{
  for (guint i = 0; i < 100; i++)
    {
      int fd = open (self->lock_path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

      if (fd < 0)
        return errno;
      if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        {
          close (fd);
          return EWOULDBLOCK;
        }
      if (still_named (fd, self->lock_path))
        {
          self->lock = fd;
          return 0;
        }
      close (fd);
    }
  return EWOULDBLOCK;
}

static char *
dup_hidden_name (const char *path, const char *ending)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strconcat (".", base, ending, NULL);

  return g_build_filename (folder, hidden, NULL);
}

static DhkSealedFile *
new_handle (const char *path, const char *name)
{
  DhkSealedFile *self = g_new0 (DhkSealedFile, 1);

  self->lock = -1;
  self->path = dhk_file_dup_target (path);
  self->name = g_strdup (name);
  self->lock_path = dup_hidden_name (self->path, ".lock");
  self->temporary = dup_hidden_name (self->path, ".part");
  dhk_sealed_file_register (self);
  return self;
}

DhkSealedFile *
dhk_sealed_file_new_fixed (const char *path, const char *name)
{
  DhkSealedFile *self = new_handle (path, name);

  self->fixed = TRUE;
  return self;
}

DhkSealedFile *
dhk_sealed_file_new (const char *path, const char *name, GError **error)
{
  g_autoptr (DhkSealedFile) self = new_handle (path, name);
  int failed = take_lock (self);

  if (failed == EWOULDBLOCK)
    dhk_store_fail (error, DHK_STORE_ERROR_BUSY,
                    _ ("The study “%s” is in use by another program. Nothing was changed; "
                       "try again when that program is done."),
                    name);
  else if (failed != 0)
    dhk_store_fail (error, DHK_STORE_ERROR_IO,
                    _ ("The study “%s” cannot be written. It is as it was; check that you "
                       "may change this file and its folder."),
                    name);
  if (failed != 0)
    return NULL;
  /* Of a program that was killed while it wrote; sealed, and never confirmed. */
  unlink (self->temporary);
  return g_steal_pointer (&self);
}

void
dhk_sealed_file_free (DhkSealedFile *self)
{
  if (self == NULL)
    return;
  dhk_sealed_file_unregister (self);
  dhk_image_clear (&self->image);
  g_clear_pointer (&self->key, dhk_seal_key_unref);
  if (self->lock >= 0)
    {
      unlink (self->lock_path);
      close (self->lock);
    }
  g_free (self->path);
  g_free (self->name);
  g_free (self->lock_path);
  g_free (self->temporary);
  g_free (self);
}

/* Reading ---------------------------------------------------------------------------- */

gboolean
dhk_sealed_file_explain (const GError *cause, const char *name, GError **error)
{
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD))
    return dhk_store_fail (error, DHK_STORE_ERROR_PASSWORD,
                           _ ("This is not the password of the study “%s”, or the file is damaged "
                              "at its start. Nothing was changed; try again."),
                           name);
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_NEWER))
    return dhk_store_fail (
        error, DHK_STORE_ERROR_NEWER,
        _ ("The study “%s” was made by a newer version of Driehoek. It was not changed; "
           "open it with that version."),
        name);
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_OTHER_KIND))
    return dhk_store_fail (
        error, DHK_STORE_ERROR_NOT_A_STUDY,
        _ ("“%s” is not a study of Driehoek but another kind of file. It was not "
           "changed."),
        name);
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_MEMORY))
    return dhk_store_fail (error, DHK_STORE_ERROR_IO, "%s", cause->message);
  return dhk_store_fail (error, DHK_STORE_ERROR_DAMAGED,
                         _ ("The study “%s” is damaged: %s. Nothing was changed in it."), name,
                         _ ("it was cut off or changed after it was encrypted"));
}

/* The whole file, and what it is now: what is there when we write must be the same. */
static GBytes *
load (DhkSealedFile *self, GError **error)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC);
  gsize done = 0;

  if (fd >= 0 && fstat (fd, &self->seen) == 0 && self->seen.st_size >= 0)
    {
      size = (gsize) self->seen.st_size;
      data = g_try_malloc (size + 1);
    }
  while (data != NULL && done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  if (fd >= 0)
    close (fd);
  if (data == NULL || done < size)
    {
      dhk_store_fail (error, DHK_STORE_ERROR_IO,
                      _ ("The study “%s” could not be read or written. It is as it was; "
                         "check the disk or the network drive it is on."),
                      self->name);
      return NULL;
    }
  self->exists = TRUE;
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

gboolean
dhk_sealed_file_read (DhkSealedFile *self, const char *password, GError **error)
{
  g_autoptr (GBytes) sealed = load (self, error);
  g_autoptr (DhkSealKey) key = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) local = NULL;
  gsize size;
  const void *data;

  if (sealed == NULL)
    return FALSE;
  data = g_bytes_get_data (sealed, &size);
  key = self->key != NULL ? dhk_seal_key_ref (self->key)
                          : dhk_seal_key_new_for (data, size, password, &local);
  if (key != NULL)
    plain = dhk_seal_key_unseal (key, DHK_SEAL_STUDY, sealed, &local);
  if (plain == NULL)
    return dhk_sealed_file_explain (local, self->name, error);
  data = g_bytes_get_data (plain, &size);
  dhk_sealed_file_set_image (self, data, size);
  dhk_sealed_file_set_key (self, key);
  return TRUE;
}

void
dhk_sealed_file_set_image (DhkSealedFile *self, const void *data, gsize size)
{
  dhk_image_clear (&self->image);
  if (size > 0 && !dhk_image_write (&self->image, data, size, 0))
    g_error ("Out of memory");
}

void
dhk_sealed_file_set_key (DhkSealedFile *self, DhkSealKey *key)
{
  DhkSealKey *old = self->key;

  self->key = dhk_seal_key_ref (key);
  g_clear_pointer (&old, dhk_seal_key_unref);
}

DhkSealKey *
dhk_sealed_file_get_key (DhkSealedFile *self)
{
  return self->key;
}

/* Writing ------------------------------------------------------------------------------ */

static gboolean
is_as_seen (DhkSealedFile *self)
{
  struct stat now;

  if (stat (self->path, &now) != 0)
    return FALSE;
  return now.st_dev == self->seen.st_dev && now.st_ino == self->seen.st_ino
         && now.st_size == self->seen.st_size && now.st_mtim.tv_sec == self->seen.st_mtim.tv_sec
         && now.st_mtim.tv_nsec == self->seen.st_mtim.tv_nsec;
}

/* What the header of the database counts: pages after that are no longer its own. */
static gsize
get_image_size (const DhkImage *image)
{
  const guint8 *head = image->data;
  guint64 page;
  guint64 n;

  if (image->size < 100 || memcmp (head + 24, head + 92, 4) != 0)
    return image->size;
  page = (guint64) head[16] << 8 | head[17];
  if (page == 1)
    page = 65536;
  n = (guint64) head[28] << 24 | (guint64) head[29] << 16 | (guint64) head[30] << 8 | head[31];
  return n > 0 && n * page < image->size ? (gsize) (n * page) : image->size;
}

GBytes *
dhk_sealed_file_seal (DhkSealedFile *self)
{
  return dhk_seal_key_seal (self->key, DHK_SEAL_STUDY, self->image.data,
                            get_image_size (&self->image));
}

static GBytes *
dup_image (DhkSealedFile *self)
{
  gsize size = get_image_size (&self->image);

  return dhk_secret_bytes_new_take (g_memdup2 (self->image.data, size), size);
}

static int
replace (DhkSealedFile *self, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  int failed;

  /* A study that was replaced while it was open: what is there now is not ours to lose. */
  if (self->exists && !is_as_seen (self))
    return ESTALE;
  failed = dhk_store_replace_file (self->path, self->temporary, data, size, &self->seen);
  if (failed == 0)
    self->exists = TRUE;
  return failed;
}

int
dhk_sealed_file_write (DhkSealedFile *self)
{
  g_autoptr (GBytes) sealed = NULL;

  if (self->fixed)
    return 0;
  sealed = dhk_sealed_file_seal (self);
  return replace (self, sealed);
}

int
dhk_sealed_file_write_plain (DhkSealedFile *self)
{
  g_autoptr (GBytes) plain = dup_image (self);

  return replace (self, plain);
}
