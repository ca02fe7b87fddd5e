/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which versions of the libraries below everything run in this program. */

#include <glib.h>

G_BEGIN_DECLS

/* "GLib 2.74.6, libxml2 20914, libsodium 1.0.18". Free with g_free(). */
char *dhk_libraries_describe (void);

G_END_DECLS
