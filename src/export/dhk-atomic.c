/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/dhk-file.h"

#define BUFFER (64 * 1024)

struct _DhkAtomic
{
  GFile *file;
  GCancellable *cancellable;
  char *path;      /* what is replaced, symbolic links followed; NULL: through GIO */
  char *temporary; /* NULL once it has its final name */
  gboolean is_private;
  int fd;
  GOutputStream *remote;
  GByteArray *buffer;
};

static gboolean
fail (GError **error, const DhkAtomic *self, int code)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _ ("“%s” could not be written: %s. What was there before is unchanged."), name,
               g_strerror (code));
  return FALSE;
}

/* Says the same of an error of GIO; a cancelled job needs no words. */
static gboolean
fail_remote (GError **error, const DhkAtomic *self, GError *cause)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_error (error, G_IO_ERROR, cause->domain == G_IO_ERROR ? cause->code : G_IO_ERROR_FAILED,
               _ ("“%s” could not be written: %s. What was there before is unchanged."), name,
               cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
open_temporary (DhkAtomic *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  struct stat old;

  /* A folder cannot be replaced by rename(); say so before anything is written. */
  if (g_stat (self->path, &old) == 0 && S_ISDIR (old.st_mode))
    return fail (error, self, EISDIR);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf (".driehoek-%08x.part", g_random_int ());

      g_free (self->temporary);
      self->temporary = g_build_filename (folder, name, NULL);
      self->fd = g_open (self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                         self->is_private ? 0600 : 0666);
      if (self->fd >= 0)
        {
          if (!self->is_private && g_stat (self->path, &old) == 0
              && fchmod (self->fd, old.st_mode & 07777) != 0)
            return fail (error, self, errno);
          return TRUE;
        }
      if (errno != EEXIST)
        break;
    }
  g_clear_pointer (&self->temporary, g_free);
  return fail (error, self, errno);
}

static DhkAtomic *
new_atomic (GFile *file, gboolean is_private, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkAtomic) self = g_new0 (DhkAtomic, 1);
  const char *path = g_file_peek_path (file);

  self->file = g_object_ref (file);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->is_private = is_private;
  self->fd = -1;
  self->buffer = g_byte_array_new ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !dhk_file_may_replace (file, error))
    return NULL;

  if (path == NULL)
    {
      GError *cause = NULL;

      self->remote = G_OUTPUT_STREAM (g_file_replace (
          file, NULL, FALSE, is_private ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE, cancellable,
          &cause));
      if (self->remote == NULL)
        {
          fail_remote (error, self, cause);
          return NULL;
        }
      return g_steal_pointer (&self);
    }

  self->path = dhk_file_dup_target (path);
  return open_temporary (self, error) ? g_steal_pointer (&self) : NULL;
}

DhkAtomic *
dhk_atomic_new (GFile *file, GCancellable *cancellable, GError **error)
{
  return new_atomic (file, FALSE, cancellable, error);
}

static gboolean
flush (DhkAtomic *self, GError **error)
{
  const guint8 *data = self->buffer->data;
  gsize left = self->buffer->len;
  GError *cause = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (self->remote != NULL
      && !g_output_stream_write_all (self->remote, data, left, NULL, self->cancellable, &cause))
    return fail_remote (error, self, cause);

  while (self->remote == NULL && left > 0)
    {
      gssize written = write (self->fd, data, left);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return fail (error, self, errno);
      data += written;
      left -= (gsize) written;
    }
  g_byte_array_set_size (self->buffer, 0);
  return TRUE;
}

gboolean
dhk_atomic_write (DhkAtomic *self, const void *data, gsize length, GError **error)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      guint part = (guint) MIN (length, BUFFER);

      g_byte_array_append (self->buffer, bytes, part);
      if (self->buffer->len >= BUFFER && !flush (self, error))
        return FALSE;
      bytes += part;
      length -= part;
    }
  return TRUE;
}

/* The new name is on the disk only when its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  /* Some file systems cannot; the file itself is complete either way. */
  (void) fsync (fd);
  close (fd);
}

gboolean
dhk_atomic_commit (DhkAtomic *self, GError **error)
{
  int closed;

  if (!flush (self, error))
    return FALSE;

  if (self->remote != NULL)
    {
      GError *cause = NULL;
      gboolean ok = g_output_stream_close (self->remote, self->cancellable, &cause);

      g_clear_object (&self->remote);
      return ok ? TRUE : fail_remote (error, self, cause);
    }

  if (fsync (self->fd) != 0)
    return fail (error, self, errno);
  closed = close (self->fd);
  self->fd = -1;
  if (closed != 0 || g_rename (self->temporary, self->path) != 0)
    return fail (error, self, errno);

  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

void
dhk_atomic_free (DhkAtomic *self)
{
  if (self == NULL)
    return;

  if (self->remote != NULL)
    {
      /* Closing with a cancelled cancellable drops what GIO has written. */
      g_autoptr (GCancellable) cancelled = g_cancellable_new ();

      g_cancellable_cancel (cancelled);
      g_output_stream_close (self->remote, cancelled, NULL);
      g_object_unref (self->remote);
    }
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->temporary);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

static gboolean
write_and_take (DhkAtomic *taken, const void *data, gsize length, GError **error)
{
  g_autoptr (DhkAtomic) self = taken;

  return self != NULL && dhk_atomic_write (self, data, length, error)
         && dhk_atomic_commit (self, error);
}

gboolean
dhk_atomic_replace (
    GFile *file, const void *data, gsize length, GCancellable *cancellable, GError **error)
{
  return write_and_take (dhk_atomic_new (file, cancellable, error), data, length, error);
}

gboolean
dhk_atomic_replace_private (
    GFile *file, const void *data, gsize length, GCancellable *cancellable, GError **error)
{
  return write_and_take (new_atomic (file, TRUE, cancellable, error), data, length, error);
}
