/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/dhk-seal.h"

#define PIECE (256 * 1024)

/* No descriptor, and why. */
static int
fail (GError **error, GFile *file, GIOErrorEnum code)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  if (code == G_IO_ERROR_NOT_FOUND || code == G_IO_ERROR_NOT_DIRECTORY)
    g_set_error (error, G_IO_ERROR, code,
                 _ ("There is no file “%s” there. Nothing was changed; choose another file."),
                 name);
  else if (code == G_IO_ERROR_IS_DIRECTORY)
    g_set_error (error, G_IO_ERROR, code,
                 _ ("“%s” is a folder. Nothing was changed; choose a file in it."), name);
  else if (code == G_IO_ERROR_NOT_REGULAR_FILE)
    g_set_error (error, G_IO_ERROR, code,
                 _ ("“%s” is a device or a connection of this computer, and no file. Nothing was "
                    "changed; choose a file."),
                 name);
  else
    g_set_error (error, G_IO_ERROR, code,
                 _ ("“%s” could not be read. Nothing was changed; see whether you may open it, "
                    "or choose another file."),
                 name);
  return -1;
}

/* A pipe without a name: whoever laid it holds the other end. */
static gboolean
is_laid_pipe (int fd, const struct stat *info)
{
  struct statfs system;

  return S_ISFIFO (info->st_mode) && fstatfs (fd, &system) == 0
         && system.f_type == (__typeof__ (system.f_type)) PIPEFS_MAGIC;
}

/* Looked at before it is opened, since opening some devices does something; and again after, since
 * it may be another by then. */
static int
open_local (GFile *file, const char *path, GError **error)
{
  struct stat info;
  int fd;

  if (stat (path, &info) != 0)
    return fail (error, file, g_io_error_from_errno (errno));
  if (S_ISDIR (info.st_mode))
    return fail (error, file, G_IO_ERROR_IS_DIRECTORY);
  if (!S_ISREG (info.st_mode) && !S_ISFIFO (info.st_mode))
    return fail (error, file, G_IO_ERROR_NOT_REGULAR_FILE);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return fail (error, file, g_io_error_from_errno (errno));
  if (fstat (fd, &info) != 0 || (!S_ISREG (info.st_mode) && !is_laid_pipe (fd, &info))
      || fcntl (fd, F_SETFL, 0) != 0)
    {
      close (fd);
      return fail (error, file, G_IO_ERROR_NOT_REGULAR_FILE);
    }
  return fd;
}

/* The error of a stream, in our words; a cancelled one as it is. */
static void
explain (GError **error, GFile *file, GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (problem));
  else
    fail (error, file,
          problem->domain == G_IO_ERROR ? (GIOErrorEnum) problem->code : G_IO_ERROR_FAILED);
}

GInputStream *
dhk_file_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GFileInputStream *stream;
  const char *path;
  int fd;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  path = g_file_peek_path (file);
  if (path != NULL)
    {
      fd = open_local (file, path, error);
      return fd >= 0 ? g_unix_input_stream_new (fd, TRUE) : NULL;
    }
  stream = g_file_read (file, cancellable, &problem);
  if (stream == NULL)
    explain (error, file, problem);
  return (GInputStream *) stream;
}

/* How many bytes there will be, where that is known. */
static gsize
get_size (GInputStream *stream)
{
  struct stat info;

  if (!G_IS_FILE_DESCRIPTOR_BASED (stream)
      || fstat (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream)), &info) != 0
      || !S_ISREG (info.st_mode))
    return 0;
  return (gsize) info.st_size;
}

GBytes *
dhk_file_load (GFile *file, gsize most, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = dhk_file_read (file, cancellable, error);
  g_autoptr (GError) problem = NULL;
  g_autofree char *data = NULL;
  gsize limit = most > 0 ? most + 1 : G_MAXSIZE / 2;
  gsize room = 0;
  gsize size = 0;
  gssize n = 1;

  if (stream == NULL)
    return NULL;
  while (n > 0 && size < limit)
    {
      if (size == room)
        {
          gsize wanted = MIN (room == 0 ? MAX (get_size (stream) + 1, PIECE) : room * 2, limit);
          char *larger = g_try_realloc (data, wanted);

          if (larger == NULL)
            {
              fail (error, file, G_IO_ERROR_FAILED);
              return NULL;
            }
          data = larger;
          room = wanted;
        }
      n = g_input_stream_read (stream, data + size, room - size, cancellable, &problem);
      size += (gsize) MAX (n, 0);
    }
  if (n >= 0)
    return g_bytes_new_take (g_realloc (g_steal_pointer (&data), MAX (size, 1)), size);
  explain (error, file, problem);
  return NULL;
}

/* Our own files ---------------------------------------------------------------------- */

DhkFileKind
dhk_file_find_kind (GFile *file)
{
  /* A study without a password is a database of SQLite. */
  static const char database[] = "SQLite format 3";
  g_autoptr (GBytes) bytes = NULL;
  DhkSealKind kind = 0;
  const char *path;
  const char *data;
  struct stat info;
  gsize size;

  g_return_val_if_fail (G_IS_FILE (file), DHK_FILE_OTHER);

  path = g_file_peek_path (file);
  if (path != NULL && (stat (path, &info) != 0 || !S_ISREG (info.st_mode)))
    return DHK_FILE_OTHER;
  bytes = dhk_file_load (file, DHK_SEAL_HEAD_SIZE, NULL, NULL);
  if (bytes == NULL)
    return DHK_FILE_OTHER;
  data = g_bytes_get_data (bytes, &size);
  if (size >= sizeof database && memcmp (data, database, sizeof database) == 0)
    return DHK_FILE_STUDY;
  if (!dhk_is_sealed (data, size, &kind))
    return DHK_FILE_OTHER;
  return kind == DHK_SEAL_STUDY      ? DHK_FILE_STUDY
         : kind == DHK_SEAL_KEY_FILE ? DHK_FILE_KEYS
                                     : DHK_FILE_OTHER;
}

gboolean
dhk_file_may_replace (GFile *file, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  const char *path;
  struct stat info;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  path = g_file_peek_path (file);
  if (path != NULL && stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    {
      fail (error, file, G_IO_ERROR_NOT_REGULAR_FILE);
      return FALSE;
    }
  if (dhk_file_find_kind (file) == DHK_FILE_OTHER)
    return TRUE;
  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_EXISTS,
      _ ("“%s” is a study or a key file of Driehoek, so nothing was written over it. Choose "
         "another name."),
      name);
  return FALSE;
}

char *
dhk_file_dup_target (const char *path)
{
  char *real = realpath (path, NULL);
  char *target = g_strdup (real != NULL ? real : path);

  free (real);
  return target;
}
