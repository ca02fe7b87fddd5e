/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the export room: a file that appears whole or not at all.
 *
 * Text goes to a temporary file in the same folder; dhk_atomic_commit() brings it
 * to the disk and renames it over the old one. dhk_atomic_free() without a commit
 * removes it and leaves the old file as it was. A study or a key file is never replaced, nor
 * what is no ordinary file. Errors are G_IO_ERROR, in whole
 * sentences. A file that is not on this machine's file systems is written
 * through GIO, with the same promise as far as its server keeps it.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DhkAtomic DhkAtomic;

DhkAtomic *dhk_atomic_new (GFile *file, GCancellable *cancellable, GError **error);

gboolean dhk_atomic_write (DhkAtomic *self, const void *data, gsize length, GError **error);
gboolean dhk_atomic_commit (DhkAtomic *self, GError **error);
void dhk_atomic_free (DhkAtomic *self);

/* All of it at once. */
gboolean dhk_atomic_replace (
    GFile *file, const void *data, gsize length, GCancellable *cancellable, GError **error);
gboolean dhk_atomic_replace_private (
    GFile *file, const void *data, gsize length, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkAtomic, dhk_atomic_free)

G_END_DECLS
