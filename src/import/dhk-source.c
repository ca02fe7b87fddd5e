/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-source.h"

#include "base/dhk-file.h"
#include "base/dhk-sha256.h"
#include "import/dhk-import-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Below this a thread costs more than the hash. */
#define THREAD_FROM (G_GUINT64_CONSTANT (1) << 20)
#define HASH_PIECE (256 * 1024)
/* A pipe has no size to compare with; beyond this it is not a survey. */
#define MAX_IN_MEMORY (G_GUINT64_CONSTANT (1) << 30)

struct _DhkSource
{
  gatomicrefcount ref_count;
  char *name;
  guint64 size;

  GInputStream *stream; /* keeps the descriptor open */
  int fd;
  struct stat opened_as;
  GBytes *memory;

  GMutex hash_mutex;
  GThread *hash_thread;
  int hash_cancelled;
  char *sha256;
};

static char *
source_hash (DhkSource *self)
{
  DhkSha256 hash;
  g_autofree guint8 *piece = g_malloc (HASH_PIECE);
  guint64 offset = 0;
  gssize n;

  dhk_sha256_init (&hash);
  while (!g_atomic_int_get (&self->hash_cancelled)
         && (n = dhk_source_read_at (self, offset, piece, HASH_PIECE, NULL)) > 0)
    {
      dhk_sha256_update (&hash, piece, (gsize) n);
      offset += (guint64) n;
    }

  return dhk_sha256_end (&hash);
}

static gpointer
source_hash_thread (gpointer data)
{
  return source_hash (data);
}

static void
set_not_readable (GError **error)
{
  g_set_error_literal (
      error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
      _ ("The file could not be read. Check that it still exists and that you may open it."));
}

/* These sentences stand behind the name of the file. */
static void
explain_open (GError **error, const GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (problem));
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
                         _ ("This is a folder. Choose a file."));
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
                         _ ("This is a device or a connection of this computer, and no file. "
                            "Choose a file."));
  else
    set_not_readable (error);
}

/* Takes what has no position to read from into memory. */
static gboolean
source_load (DhkSource *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (HASH_PIECE);
  g_autoptr (GError) local_error = NULL;
  gssize n;

  while ((n = g_input_stream_read (self->stream, piece, HASH_PIECE, cancellable, &local_error)) > 0)
    {
      if (bytes->len + (guint64) n > MAX_IN_MEMORY)
        {
          g_set_error_literal (
              error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
              _ ("This comes from no ordinary file and is too large to hold in memory. "
                 "Save it on this computer and import it from there."));
          return FALSE;
        }
      g_byte_array_append (bytes, piece, (guint) n);
    }

  if (n < 0)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        set_not_readable (error);
      return FALSE;
    }

  self->fd = -1;
  self->size = bytes->len;
  self->memory = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}

static DhkSource *
source_new (char *name)
{
  DhkSource *self = g_new0 (DhkSource, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->hash_mutex);
  self->fd = -1;
  self->name = name;
  return self;
}

static void
source_start_hash (DhkSource *self)
{
  if (self->size >= THREAD_FROM)
    self->hash_thread = g_thread_new ("dhk-hash", source_hash_thread, self);
  else
    self->sha256 = source_hash (self);
}

DhkSource *
dhk_source_open (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (DhkSource) self = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = source_new (g_file_get_basename (file));
  self->stream = dhk_file_read (file, cancellable, &local_error);
  if (self->stream == NULL)
    {
      explain_open (error, local_error);
      return NULL;
    }

  if (G_IS_FILE_DESCRIPTOR_BASED (self->stream))
    self->fd = g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (self->stream));

  if (self->fd >= 0 && fstat (self->fd, &self->opened_as) == 0 && S_ISREG (self->opened_as.st_mode))
    self->size = (guint64) self->opened_as.st_size;
  else if (!source_load (self, cancellable, error))
    return NULL;

  source_start_hash (self);
  return g_steal_pointer (&self);
}

DhkSource *
dhk_source_open_bytes (GBytes *bytes, const char *name)
{
  DhkSource *self = source_new (g_strdup (name));

  self->memory = g_bytes_ref (bytes);
  self->size = g_bytes_get_size (bytes);
  source_start_hash (self);
  return self;
}

DhkSource *
dhk_source_ref (DhkSource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
dhk_source_unref (DhkSource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->hash_thread != NULL)
    {
      g_atomic_int_set (&self->hash_cancelled, 1);
      g_free (g_thread_join (self->hash_thread));
    }
  g_clear_object (&self->stream);
  g_clear_pointer (&self->memory, g_bytes_unref);
  g_mutex_clear (&self->hash_mutex);
  g_free (self->sha256);
  g_free (self->name);
  g_free (self);
}

guint64
dhk_source_get_size (DhkSource *self)
{
  return self->size;
}

gboolean
dhk_source_has_suffix (DhkSource *self, const char *suffix)
{
  gsize length = self->name != NULL ? strlen (self->name) : 0;
  gsize wanted = strlen (suffix);

  return length >= wanted && g_ascii_strcasecmp (self->name + (length - wanted), suffix) == 0;
}

gssize
dhk_source_read_at (DhkSource *self, guint64 offset, void *buffer, gsize n, GError **error)
{
  gsize done = 0;

  if (self->memory != NULL)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (self->memory, &size);

      if (offset >= size)
        return 0;
      n = MIN (n, size - (gsize) offset);
      memcpy (buffer, data + offset, n);
      return (gssize) n;
    }

  while (done < n)
    {
      gssize got = pread (self->fd, (guint8 *) buffer + done, n - done, (off_t) (offset + done));

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          set_not_readable (error);
          return -1;
        }
      if (got == 0)
        break;
      done += (gsize) got;
    }

  return (gssize) done;
}

gboolean
dhk_source_check_unchanged (DhkSource *self, GError **error)
{
  struct stat now;

  if (self->memory != NULL)
    return TRUE;

  if (fstat (self->fd, &now) == 0 && now.st_size == self->opened_as.st_size
      && now.st_mtim.tv_sec == self->opened_as.st_mtim.tv_sec
      && now.st_mtim.tv_nsec == self->opened_as.st_mtim.tv_nsec)
    return TRUE;

  g_set_error_literal (
      error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
      _ ("Another program changed the file while it was being read. Nothing was taken over; "
         "import it again."));
  return FALSE;
}

const char *
dhk_source_get_sha256 (DhkSource *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->hash_mutex);

  if (self->sha256 == NULL)
    self->sha256 = g_thread_join (g_steal_pointer (&self->hash_thread));

  return self->sha256;
}
