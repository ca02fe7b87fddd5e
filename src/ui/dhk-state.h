/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the program remembers about itself between two runs, apart from any
 * study: the size of its window and which studies were opened last. A small key file in
 * the user's configuration folder; losing it costs nothing. Paths of study
 * files only, never of files that were imported.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

/* The window -------------------------------------------------------------- */

void dhk_state_get_window (int *width, int *height, gboolean *maximized);
void dhk_state_set_window (int width, int height, gboolean maximized);

/* How somebody likes to work, by a name ("entry-go-on"). */
gboolean dhk_state_get_flag (const char *name, gboolean fallback);
void dhk_state_set_flag (const char *name, gboolean value);

/* Recent studies ---------------------------------------------------------- */

/* GFile of the studies opened last, latest first. Free with g_ptr_array_unref(). */
GPtrArray *dhk_state_list_recent (void);
void dhk_state_add_recent (GFile *file);
void dhk_state_remove_recent (GFile *file);

G_END_DECLS
