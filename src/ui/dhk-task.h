/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Work in a thread for an object of the main thread: a page, a window, the session.
 *
 * The thread may be the last to let go of a GTask, and with it of the task's source object; a widget
 * would then be taken apart in that thread. So the task holds none: its owner is held for the
 * callback, and let go of in the main thread after it.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * As g_task_new(). `done` gets `owner` as its source object; the function that runs in the thread gets
 * none, and g_task_is_valid() knows none. Only for a task that returns.
 */
GTask *dhk_task_new (gpointer owner,
                     GCancellable *cancellable,
                     GAsyncReadyCallback done,
                     gpointer user_data);

/*
 * For long work, in its thread: this one, and those it starts, come after the window's own wherever there are fewer
 * processors than threads.
 */
void dhk_task_give_way (void);

G_END_DECLS
