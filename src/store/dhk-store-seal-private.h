/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What dhk-store-seal.c (the disk) and dhk-store-seal-vfs.c (SQLite) share; for nobody else. */

#include <sys/stat.h>

#include "store/dhk-store-seal.h"

G_BEGIN_DECLS

/* Bytes in memory that are wiped before they are given back. */
typedef struct
{
  guint8 *data;
  gsize size;
  gsize room;
} DhkImage;

/* FALSE when there is no memory. A gap is filled with zeros. */
gboolean dhk_image_write (DhkImage *self, const void *data, gsize size, gsize at);
void dhk_image_clear (DhkImage *self);

struct _DhkSealedFile
{
  char *path; /* links followed */
  char *name;
  char *temporary;
  char *lock_path;
  int lock;
  DhkSealKey *key;
  DhkImage image;
  gboolean exists;
  gboolean fixed;   /* never written */
  struct stat seen; /* the file as it was read or written last */

  sqlite3_vfs vfs;
  char *vfs_name;
  gboolean failed; /* this transaction could not be written: the next sync is that of its end */
};

void dhk_sealed_file_register (DhkSealedFile *self);
void dhk_sealed_file_unregister (DhkSealedFile *self);

G_END_DECLS
