/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Making things ahead of who needs them: a thread of its own makes one after the other, in order,
 * while the owner takes them; so few wait that they take little memory.
 *
 * `make` runs in that thread alone, and what it reads must not change meanwhile. Freeing stops the
 * thread after the thing it is at, waits for it, and frees what nobody took.
 */

#include <glib.h>

G_BEGIN_DECLS

/* The next thing, or NULL when there is none any more; it is not called again then. */
typedef gpointer (*DhkAheadMake) (gpointer user_data);

typedef struct _DhkAhead DhkAhead;

/*
 * `name` is the thread's, of 15 characters at most; up to `limit` things wait. With a limit of 0
 * there is no thread: each is made when it is taken, which is better for a few.
 */
DhkAhead *dhk_ahead_new (
    const char *name, guint limit, DhkAheadMake make, GDestroyNotify destroy, gpointer user_data);

/* The next thing, owned by the caller; NULL after the last one. */
gpointer dhk_ahead_take (DhkAhead *self);

/* The next thing if it is there already; else NULL, and without a thread always. */
gpointer dhk_ahead_try (DhkAhead *self);

void dhk_ahead_free (DhkAhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkAhead, dhk_ahead_free)

G_END_DECLS
