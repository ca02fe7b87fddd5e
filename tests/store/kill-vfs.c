/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kill-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} KillFile;

static sqlite3_vfs *real_vfs;
static int calls_left = -1; /* < 0: not armed */
static gboolean in_the_middle;

/* Only writes have a middle. */
static gboolean
is_last_call (gboolean has_middle)
{
  return calls_left >= 0 && (has_middle || !in_the_middle) && calls_left-- == 0;
}

static void
die (void)
{
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

static sqlite3_file *
real_file (sqlite3_file *file)
{
  return ((KillFile *) file)->real;
}

static int
kill_close (sqlite3_file *file)
{
  return real_file (file)->pMethods->xClose (real_file (file));
}

static int
kill_read (sqlite3_file *file, void *data, int size, sqlite3_int64 at)
{
  return real_file (file)->pMethods->xRead (real_file (file), data, size, at);
}

static int
kill_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 at)
{
  if (is_last_call (TRUE))
    {
      if (in_the_middle)
        real_file (file)->pMethods->xWrite (real_file (file), data, (size + 1) / 2, at);
      die ();
    }
  return real_file (file)->pMethods->xWrite (real_file (file), data, size, at);
}

static int
kill_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (is_last_call (FALSE))
    die ();
  return real_file (file)->pMethods->xTruncate (real_file (file), size);
}

static int
kill_sync (sqlite3_file *file, int flags)
{
  if (is_last_call (FALSE))
    die ();
  return real_file (file)->pMethods->xSync (real_file (file), flags);
}

static int
kill_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real_file (file)->pMethods->xFileSize (real_file (file), size);
}

static int
kill_lock (sqlite3_file *file, int lock)
{
  return real_file (file)->pMethods->xLock (real_file (file), lock);
}

static int
kill_unlock (sqlite3_file *file, int lock)
{
  return real_file (file)->pMethods->xUnlock (real_file (file), lock);
}

static int
kill_check_lock (sqlite3_file *file, int *result)
{
  return real_file (file)->pMethods->xCheckReservedLock (real_file (file), result);
}

static int
kill_control (sqlite3_file *file, int operation, void *argument)
{
  return real_file (file)->pMethods->xFileControl (real_file (file), operation, argument);
}

static int
kill_sector (sqlite3_file *file)
{
  return real_file (file)->pMethods->xSectorSize (real_file (file));
}

static int
kill_device (sqlite3_file *file)
{
  return real_file (file)->pMethods->xDeviceCharacteristics (real_file (file));
}

static const sqlite3_io_methods kill_methods = {
  .iVersion = 1,
  .xClose = kill_close,
  .xRead = kill_read,
  .xWrite = kill_write,
  .xTruncate = kill_truncate,
  .xSync = kill_sync,
  .xFileSize = kill_size,
  .xLock = kill_lock,
  .xUnlock = kill_unlock,
  .xCheckReservedLock = kill_check_lock,
  .xFileControl = kill_control,
  .xSectorSize = kill_sector,
  .xDeviceCharacteristics = kill_device,
};

static int
kill_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  KillFile *self = (KillFile *) file;
  int result;

  self->real = (sqlite3_file *) (self + 1);
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  self->base.pMethods = result == SQLITE_OK ? &kill_methods : NULL;
  return result;
}

static int
kill_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  if (is_last_call (FALSE))
    die ();
  return real_vfs->xDelete (real_vfs, name, sync);
}

void
kill_vfs_register (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "kill";
  vfs.szOsFile = (int) sizeof (KillFile) + real_vfs->szOsFile;
  vfs.xOpen = kill_open;
  vfs.xDelete = kill_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

gboolean
kill_vfs_is_killed_at (Fixture *self, KillAct act, int n, gboolean middle)
{
  int status = 0;
  pid_t child;

  g_assert_null (self->store);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      self->store = dhk_store_open (self->file, NULL);
      calls_left = n;
      in_the_middle = middle;
      _exit (self->store != NULL && act (self, NULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return TRUE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return FALSE;
}
