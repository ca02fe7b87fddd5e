/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The process locale: the language of messages and of the window. Called once,
 * first thing in main(), before any thread and before any option is parsed.
 */

#include <glib.h>

G_BEGIN_DECLS

/*
 * Sets the locale and binds the translations: those of the build tree when the
 * program runs from there, else the installed ones. When the machine lacks the
 * locale that the environment asks for, the words still come in its language.
 */
void dhk_locale_init (void);

/*
 * The folder of the running program, or NULL. Free with g_free().
 */
char *dhk_locale_dup_program_folder (void);

G_END_DECLS
