/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Doing things behind who makes them: a thread of its own does one after the other, in order, while
 * the owner makes the next. Things go round: what is done comes back, to be filled again.
 *
 * `func` runs in that thread alone. A thing belongs to it from dhk_behind_give() until
 * dhk_behind_take() gives it back.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef void (*DhkBehindFunc) (gpointer thing, gpointer user_data);

typedef struct _DhkBehind DhkBehind;

/*
 * `name` is the thread's, of 15 characters at most. Without one (NULL) there is no thread: each thing
 * is done when it is given, which is better for a few.
 */
DhkBehind *dhk_behind_new (const char *name, DhkBehindFunc func, gpointer user_data);

void dhk_behind_give (DhkBehind *self, gpointer thing);

/* The thing that was given first of those that are out, once it is done; NULL when none is out. */
gpointer dhk_behind_take (DhkBehind *self);

/* Things that are out. */
guint dhk_behind_get_n_out (const DhkBehind *self);

/* Waits for the thread. All things must have been taken. */
void dhk_behind_free (DhkBehind *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkBehind, dhk_behind_free)

G_END_DECLS
