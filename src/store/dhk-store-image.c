/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A study that is only looked at: read whole, opened in memory. Its file is never written or locked, and
 * gets no file beside it, so that it may lie where nothing can be changed.
 */

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/dhk-file.h"
#include "store/dhk-store-private.h"

#define HEADER_SIZE 100
#define WRITE_VERSION_AT 18
#define READ_VERSION_AT 19

/* A file that changes while it is read is read again so often. */
#define MAX_TRIES 3
#define WAIT_USEC (100 * 1000)

/* Where it lies ------------------------------------------------------------------------- */

/* Taking every right to write away means something to an administrator too, who could write. */
static gboolean
may_change (const char *path)
{
  struct stat info;

  return access (path, W_OK) == 0
         && (stat (path, &info) != 0 || (info.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) != 0);
}

gboolean
dhk_store_is_fixed (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *folder = NULL;
  gboolean fixed;

  if (real == NULL)
    return FALSE;
  folder = g_path_get_dirname (real);
  fixed = !may_change (real) || !may_change (folder);
  free (real);
  return fixed;
}

gboolean
dhk_store_is_read_only (DhkStore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->read_only;
}

gboolean
dhk_store_check_changeable (DhkStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return !self->read_only || dhk_store_fail_read_only (self->name, error);
}

gboolean
dhk_store_fail_read_only (const char *name, GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_READ_ONLY,
                         _ ("The study “%s” is read-only here: the file, its folder or the disk "
                            "may not be changed. It is as it was; make a copy where you may "
                            "write, and change that."),
                         name);
}

/* Reading -------------------------------------------------------------------------------- */

/* The bytes of an ordinary file, one more than `most` when there are more; 0: all. NULL: there is
 * none. What a shell's pipe brings can be read once, by a reader. */
static GBytes *
load (const char *path, gsize most, struct stat *info)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return stat (path, info) == 0 && S_ISREG (info->st_mode) ? dhk_file_load (file, most, NULL, NULL)
                                                           : NULL;
}

/* What a program that writes has beside the file, or had when it was killed: its ending, or NULL. */
static const char *
find_unfinished (const char *path)
{
  static const char *const endings[] = { "-journal", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *beside = g_strconcat (path, endings[i], NULL);
      struct stat info;
      g_autoptr (GBytes) bytes = load (beside, 1, &info);
      gsize size = 0;
      const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

      if (size > 0 && data[0] != 0)
        return endings[i];
    }
  return NULL;
}

static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_size == b->st_size && a->st_ino == b->st_ino
         && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* One try; `beside` as for all of them. */
static GBytes *
try_to_read (const char *path, const char **beside)
{
  struct stat before;
  struct stat after;
  g_autoptr (GBytes) found = load (path, 0, &before);
  const void *data;
  gsize size;

  *beside = NULL;
  if (found == NULL)
    return NULL;
  data = g_bytes_get_data (found, &size);
  /* An encrypted one is replaced as a whole. */
  if (!dhk_is_sealed (data, size, NULL))
    *beside = find_unfinished (path);
  if (*beside == NULL
      && (stat (path, &after) != 0 || !is_same (&before, &after)
          || (goffset) size != before.st_size))
    *beside = "";
  return *beside == NULL ? g_steal_pointer (&found) : NULL;
}

GBytes *
dhk_store_read_image (const char *path, const char **beside)
{
  char *real = realpath (path, NULL);
  GBytes *bytes = NULL;

  *beside = NULL;
  for (guint i = 0; real != NULL && i < MAX_TRIES; i++)
    {
      if (i > 0)
        g_usleep (WAIT_USEC);
      bytes = try_to_read (real, beside);
      if (bytes != NULL || *beside == NULL)
        break;
    }
  free (real);
  return bytes;
}

/* The same for a study that is opened, with a sentence of why not. */
GBytes *
dhk_store_read_fixed (DhkStore *self, const char *path, GError **error)
{
  const char *beside;
  GBytes *bytes = dhk_store_read_image (path, &beside);

  if (bytes != NULL)
    return bytes;
  if (beside == NULL)
    dhk_sql_fail (self, SQLITE_IOERR, error);
  else if (*beside == '\0')
    dhk_sql_fail (self, SQLITE_BUSY, error);
  else
    dhk_store_fail (error, DHK_STORE_ERROR_READ_ONLY,
                    _ ("The study “%s” is just being changed, or a program was stopped while it "
                       "wrote; and it is read-only here, so what is half written cannot be taken "
                       "back. Nothing was changed. Copy it together with “%s%s”, which lies "
                       "beside it, to a folder where you may write, and open it there."),
                    self->name, self->name, beside);
  return NULL;
}

/* SQLite frees the copy. A journal beside the file was looked for: it says here that there is none. */
gboolean
dhk_store_take_image (DhkStore *self, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = sqlite3_malloc64 (MAX (size, HEADER_SIZE));

  if (copy == NULL)
    return dhk_sql_fail (self, SQLITE_NOMEM, error);
  memset (copy, 0, HEADER_SIZE);
  memcpy (copy, data, size);
  copy[WRITE_VERSION_AT] = MIN (copy[WRITE_VERSION_AT], 1);
  copy[READ_VERSION_AT] = MIN (copy[READ_VERSION_AT], 1);
  return sqlite3_deserialize (self->db, "main", copy, (sqlite3_int64) size,
                              (sqlite3_int64) MAX (size, HEADER_SIZE),
                              SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
             == SQLITE_OK
         || dhk_sql_fail (self, SQLITE_NOMEM, error);
}
