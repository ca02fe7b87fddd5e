/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Passwords and what they protect, wiped from memory when nobody needs them any more. */

#include <glib.h>

G_BEGIN_DECLS

/* Wipes a text and frees it; for g_autoptr-like use with passwords. NULL is fine. */
void dhk_secret_free (char *secret);

/* Overwrites; the compiler may not leave it out. */
void dhk_secret_wipe (void *data, gsize size);

/* Bytes of `size` that are wiped when the last reference goes; takes `data` (of g_malloc()). */
GBytes *dhk_secret_bytes_new_take (void *data, gsize size);

G_END_DECLS
