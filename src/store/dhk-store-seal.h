/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: the file of an encrypted study.
 *
 * SQLite works on an image in memory, through a VFS of this file alone; nothing that
 * can be read reaches a disk, not even a journal. When SQLite syncs, which it does once
 * at the end of every transaction, the image is sealed and takes the place of the file on
 * the disk: temporary file, fsync, rename, fsync of the folder. When that fails the
 * sync fails, and SQLite itself rolls the transaction back: what is in memory is
 * always what the disk holds, or an open transaction on it.
 *
 * The file is replaced as a whole, so a lock on itself would be worth nothing: a hidden
 * file beside it is locked as long as the study is open, and a file that was
 * changed behind our back is never overwritten.
 */

#include <glib.h>
#include <sqlite3.h>

#include "base/dhk-seal.h"

G_BEGIN_DECLS

/* The name to open through the VFS. */
#define DHK_SEALED_DATABASE "study"

typedef struct _DhkSealedFile DhkSealedFile;

/* Locks the file at `path`, which need not exist yet; `name` is for messages. BUSY when another
 * program has it. */
DhkSealedFile *dhk_sealed_file_new (const char *path, const char *name, GError **error);
/* One whose file stays as it is: without a lock, and what is written stays in memory. */
DhkSealedFile *dhk_sealed_file_new_fixed (const char *path, const char *name);
void dhk_sealed_file_free (DhkSealedFile *self);

/* Reads the file and opens it with the key that was set, or else derives one. PASSWORD, DAMAGED,
 * NEWER, NOT_A_STUDY, IO. */
gboolean dhk_sealed_file_read (DhkSealedFile *self, const char *password, GError **error);

/* For a file that is not there yet or is not sealed yet: what will be in it, and its key. Nothing is
 * written. */
void dhk_sealed_file_set_image (DhkSealedFile *self, const void *data, gsize size);
void dhk_sealed_file_set_key (DhkSealedFile *self, DhkSealKey *key);
DhkSealKey *dhk_sealed_file_get_key (DhkSealedFile *self);

/* Writes the image, sealed, in the place of what is there. 0 or an errno. */
int dhk_sealed_file_write (DhkSealedFile *self);
int dhk_sealed_file_write_plain (DhkSealedFile *self); /* no longer sealed */

/* The image sealed with the file's key, for a copy. Not inside a transaction. */
GBytes *dhk_sealed_file_seal (DhkSealedFile *self);

const char *dhk_sealed_file_get_vfs (DhkSealedFile *self);

/* A sentence of this room for what base/dhk-seal.h answered about the study `name`. */
gboolean dhk_sealed_file_explain (const GError *cause, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSealedFile, dhk_sealed_file_free)

G_END_DECLS
