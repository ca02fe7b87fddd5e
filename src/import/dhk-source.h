/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bytes of one file, opened once.
 *
 * Local files are read by position through one descriptor, so that the
 * hashing thread and the parser share it without a lock; what has no
 * descriptor (a remote file, a pipe) is taken into memory. Private to the
 * import room.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DhkSource DhkSource;

DhkSource *dhk_source_open (GFile *file, GCancellable *cancellable, GError **error);

/* The same for bytes that are no file; `name` may be NULL. */
DhkSource *dhk_source_open_bytes (GBytes *bytes, const char *name);
DhkSource *dhk_source_ref (DhkSource *self);
void dhk_source_unref (DhkSource *self);

guint64 dhk_source_get_size (DhkSource *self);

/**
 * dhk_source_has_suffix:
 *
 * Returns: whether the file's name ends so, whatever the case. Only for the
 *   words of a refusal: kinds are recognised by content.
 */
gboolean dhk_source_has_suffix (DhkSource *self, const char *suffix);

/**
 * dhk_source_read_at:
 *
 * Returns: bytes read, fewer than @n only at the end; -1 with @error
 */
gssize dhk_source_read_at (DhkSource *self, guint64 offset, void *buffer, gsize n, GError **error);

/**
 * dhk_source_check_unchanged:
 *
 * Returns: %FALSE with @error when the file was written since it was opened
 */
gboolean dhk_source_check_unchanged (DhkSource *self, GError **error);

/**
 * dhk_source_get_sha256:
 *
 * Waits for the hash.
 */
const char *dhk_source_get_sha256 (DhkSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSource, dhk_source_unref)

G_END_DECLS
