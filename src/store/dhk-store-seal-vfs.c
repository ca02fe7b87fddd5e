/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What SQLite sees of an encrypted study: files in memory, the sync of one of which
 * writes it to the disk. Every other file that SQLite makes (it is told to make none) is
 * memory too, and gone when it is closed.
 */

#include <errno.h>
#include <string.h>

#include "store/dhk-store-seal-private.h"

typedef struct
{
  sqlite3_file base;
  DhkSealedFile *sealed; /* NULL: any other file */
  DhkImage own;
  int lock;
} MemoryFile;

/* Bytes -------------------------------------------------------------------------------- */

void
dhk_image_clear (DhkImage *self)
{
  dhk_secret_wipe (self->data, self->room);
  g_free (self->data);
  *self = (DhkImage){ NULL };
}

/* By hand, because realloc() leaves what was there behind. */
static gboolean
make_room (DhkImage *self, gsize room)
{
  guint8 *data;

  if (room <= self->room)
    return TRUE;
  room = MAX (room, self->room + self->room / 2);
  room = (room + 65535) & ~(gsize) 65535;
  data = g_try_malloc (room);
  if (data == NULL)
    return FALSE;
  if (self->size > 0)
    memcpy (data, self->data, self->size);
  dhk_secret_wipe (self->data, self->room);
  g_free (self->data);
  self->data = data;
  self->room = room;
  return TRUE;
}

gboolean
dhk_image_write (DhkImage *self, const void *data, gsize size, gsize at)
{
  if (at > G_MAXSSIZE / 2 - size || !make_room (self, at + size))
    return FALSE;
  if (at > self->size)
    memset (self->data + self->size, 0, at - self->size);
  memcpy (self->data + at, data, size);
  self->size = MAX (self->size, at + size);
  return TRUE;
}

static void
truncate_image (DhkImage *self, gsize size)
{
  if (size >= self->size)
    return;
  dhk_secret_wipe (self->data + size, self->size - size);
  self->size = size;
}

static DhkImage *
get_image (MemoryFile *self)
{
  return self->sealed != NULL ? &self->sealed->image : &self->own;
}

/* A file -------------------------------------------------------------------------------- */

static int
memory_close (sqlite3_file *file)
{
  dhk_image_clear (&((MemoryFile *) file)->own);
  return SQLITE_OK;
}

static int
memory_read (sqlite3_file *file, void *data, int size, sqlite3_int64 at)
{
  const DhkImage *image = get_image ((MemoryFile *) file);
  gsize wanted = (gsize) size;
  gsize there = (gsize) at < image->size ? MIN (wanted, image->size - (gsize) at) : 0;

  if (there > 0)
    memcpy (data, image->data + at, there);
  if (there == wanted)
    return SQLITE_OK;
  memset ((guint8 *) data + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

static int
memory_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 at)
{
  return dhk_image_write (get_image ((MemoryFile *) file), data, (gsize) size, (gsize) at)
             ? SQLITE_OK
             : SQLITE_FULL;
}

static int
memory_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  truncate_image (get_image ((MemoryFile *) file), (gsize) size);
  return SQLITE_OK;
}

static int
memory_sync (sqlite3_file *file, int flags)
{
  DhkSealedFile *sealed = ((MemoryFile *) file)->sealed;
  int failed;

  /* Rolling back syncs too: then the disk has what is in memory again. */
  if (sealed == NULL || sealed->failed)
    return SQLITE_OK;
  failed = dhk_sealed_file_write (sealed);
  if (failed == 0)
    return SQLITE_OK;
  sealed->failed = TRUE;
  if (failed == ENOSPC || failed == EDQUOT || failed == EFBIG)
    return SQLITE_FULL;
  if (failed == ESTALE)
    return SQLITE_READONLY_DBMOVED;
  if (failed == EACCES || failed == EPERM || failed == EROFS)
    return SQLITE_PERM;
  return SQLITE_IOERR_FSYNC;
}

static int
memory_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = (sqlite3_int64) get_image ((MemoryFile *) file)->size;
  return SQLITE_OK;
}

static int
memory_lock (sqlite3_file *file, int lock)
{
  ((MemoryFile *) file)->lock = lock;
  return SQLITE_OK;
}

static int
memory_unlock (sqlite3_file *file, int lock)
{
  MemoryFile *self = (MemoryFile *) file;

  self->lock = lock;
  if (self->sealed != NULL && lock < SQLITE_LOCK_RESERVED)
    self->sealed->failed = FALSE;
  return SQLITE_OK;
}

static int
memory_check_lock (sqlite3_file *file, int *result)
{
  *result = ((MemoryFile *) file)->lock >= SQLITE_LOCK_RESERVED;
  return SQLITE_OK;
}

static int
memory_control (sqlite3_file *file, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
memory_sector (sqlite3_file *file)
{
  return 0;
}

static int
memory_device (sqlite3_file *file)
{
  return 0;
}

static const sqlite3_io_methods memory_methods = {
  .iVersion = 1,
  .xClose = memory_close,
  .xRead = memory_read,
  .xWrite = memory_write,
  .xTruncate = memory_truncate,
  .xSync = memory_sync,
  .xFileSize = memory_size,
  .xLock = memory_lock,
  .xUnlock = memory_unlock,
  .xCheckReservedLock = memory_check_lock,
  .xFileControl = memory_control,
  .xSectorSize = memory_sector,
  .xDeviceCharacteristics = memory_device,
};

/* The VFS ----------------------------------------------------------------------------------- */

static int
memory_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  MemoryFile *self = (MemoryFile *) file;

  memset (self, 0, sizeof *self);
  self->base.pMethods = &memory_methods;
  if (name != NULL && strcmp (name, DHK_SEALED_DATABASE) == 0)
    self->sealed = vfs->pAppData;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
memory_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  return SQLITE_OK;
}

static int
memory_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
memory_full_name (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  sqlite3_snprintf (size, out, "%s", name);
  return SQLITE_OK;
}

void
dhk_sealed_file_register (DhkSealedFile *self)
{
  static gint n = 0;

  self->vfs_name = g_strdup_printf ("driehoek-%d", g_atomic_int_add (&n, 1));
  self->vfs = *sqlite3_vfs_find (NULL);
  self->vfs.zName = self->vfs_name;
  self->vfs.pNext = NULL;
  self->vfs.pAppData = self;
  self->vfs.szOsFile = (int) sizeof (MemoryFile);
  self->vfs.xOpen = memory_open;
  self->vfs.xDelete = memory_delete;
  self->vfs.xAccess = memory_access;
  self->vfs.xFullPathname = memory_full_name;
  if (sqlite3_vfs_register (&self->vfs, 0) != SQLITE_OK)
    g_error ("Out of memory");
}

void
dhk_sealed_file_unregister (DhkSealedFile *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_free (self->vfs_name);
}

const char *
dhk_sealed_file_get_vfs (DhkSealedFile *self)
{
  return self->vfs_name;
}
