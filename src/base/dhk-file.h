/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Opening a file that somebody points at, to read it. What is no ordinary file is refused at once:
 * a folder, a device (some have no end), a socket, and a named pipe, which makes who opens it
 * wait until somebody writes. A pipe that the shell lays ("<(…)", /dev/stdin) has a writer,
 * and is read like a file; so is what lies elsewhere than on this computer.
 *
 * Errors: G_IO_ERROR with a whole sentence that names the file without its path; the codes
 * are those of GIO (NOT_FOUND, PERMISSION_DENIED, IS_DIRECTORY, NOT_REGULAR_FILE …). A room
 * that has a domain and words of its own makes them by the code.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reading -------------------------------------------------------------------------- */

GInputStream *dhk_file_read (GFile *file, GCancellable *cancellable, GError **error);

/* The whole content, or one byte more than `most` when there is more; 0 for whatever there is. */
GBytes *dhk_file_load (GFile *file, gsize most, GCancellable *cancellable, GError **error);

/* What of ours it is, by its first bytes. What is no ordinary file is not looked into. */
typedef enum
{
  DHK_FILE_OTHER,
  DHK_FILE_STUDY, /* with a password or without */
  DHK_FILE_KEYS,
} DhkFileKind;

DhkFileKind dhk_file_find_kind (GFile *file);

/* Writing -------------------------------------------------------------------------- */

/*
 * Asked before something else is written over a file: FALSE for a study or a key file, which
 * nobody can make again, and for what is no ordinary file (renaming over a device takes its place).
 * TRUE where nothing is yet. A folder is left to the writer, which cannot replace it.
 */
gboolean dhk_file_may_replace (GFile *file, GError **error);

/*
 * Where a path leads: what is renamed over that leaves a link pointing at its file. One that leads
 * nowhere yet stays what it is. Free with g_free().
 */
char *dhk_file_dup_target (const char *path);

G_END_DECLS
