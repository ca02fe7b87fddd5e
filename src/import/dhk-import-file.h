/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a file that is to be imported carries besides its place: bytes that were pasted, passwords
 * to try, and whether its personal columns are wanted. It hangs on the GFile, so it lives as long as that
 * does and is written nowhere.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A file for an import that is no file: what was pasted, under a name for messages. The
 * bytes stay in memory and are written nowhere. Owned.
 */
GFile *dhk_import_file_new_for_bytes (GBytes *bytes, const char *name);

/* The pasted bytes, or NULL for a file that has a place. Lent. */
GBytes *dhk_import_file_get_bytes (GFile *file);

/* Its name for messages, on one line; an e-mail address in it is masked, as it is personal too. Free with g_free(). */
char *dhk_import_file_dup_name (GFile *file);

/*
 * Gives a file, or a folder of response files, one more password to try. It goes with
 * this GFile, is wiped with it, and is written nowhere.
 */
void dhk_import_file_add_password (GFile *file, const char *password);

/* The passwords that were given, or NULL. Owned; safe in any thread. */
GPtrArray *dhk_import_file_ref_passwords (GFile *file);

/*
 * Marks a file: its personal columns go into the draft (`personal`), for the key file, or
 * with FALSE no longer. Nothing else of the draft changes.
 */
void dhk_import_file_keep_personal (GFile *file, gboolean keep);
gboolean dhk_import_file_get_keeps_personal (GFile *file);

G_END_DECLS
