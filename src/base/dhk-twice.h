/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What occurs more than once in a long list, without keeping the list in a table: a bit each
 * tells what cannot, and only the few that are left are compared.
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * Places (guint, rising) of the keys that occur more than once; a key of 0 is none. Keys are hashes
 * that are spread evenly. Free with g_array_unref().
 */
GArray *dhk_twice_find (const guint64 *keys, guint n);

/* A hash to be a key: of bytes, going on from `key` (0 at first). Never 0. */
guint64 dhk_twice_key (guint64 key, gconstpointer data, gsize size);

G_END_DECLS
