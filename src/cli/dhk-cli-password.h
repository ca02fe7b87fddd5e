/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Passwords on the command line: never as an argument, which every program on
 * the machine can read, but from the first line of a file, or typed on the terminal.
 */

#include <glib.h>

G_BEGIN_DECLS

/* What a command that names a study adds to its options: --password-file. */
const GOptionEntry *dhk_cli_password_entries (void);

/* TRUE when --password-file was given. */
gboolean dhk_cli_has_password_file (void);

/*
 * The password of `name` (what is shown to the person): from --password-file, else asked. NULL after
 * saying why there is none. Free with dhk_secret_free().
 */
char *dhk_cli_get_password (const char *name);

/* The same, always asked: of another file than the study. */
char *dhk_cli_ask_password (const char *name);

/* A new one: from `file` when given, else asked twice. NULL after saying why. */
char *dhk_cli_get_new_password (const char *name, const char *file);

/* The one in the first line of a file. NULL after saying why. */
char *dhk_cli_read_password (const char *file);

G_END_DECLS
