/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Telling a person what happened: a toast when it went well, a dialog with a
 * sentence when it did not. Errors of the rooms below are whole sentences
 * already; those of the system are put into words here.
 */

#include <adwaita.h>

G_BEGIN_DECLS

/* What the error means, as a sentence. Free with g_free(). */
char *dhk_message_from_error (const GError *error);

/*
 * A dialog over the window of `widget`: `heading` says what was not done, the error
 * why. Does nothing when somebody cancelled. `error` may be NULL.
 */
void dhk_message_show_error (GtkWidget *widget, const char *heading, const GError *error);

/*
 * A toast in the window of `widget` (which may be the window), in place of the one before it;
 * `button` and `action` (detailed action name) may be NULL.
 */
void
dhk_message_toast (GtkWidget *widget, const char *text, const char *button, const char *action);

/*
 * Escape closes the window. An overlay of toasts takes that key for a toast that it shows; a dialog that somebody is
 * done with goes all the same. `content` is what stands under the overlay, or NULL where there is none.
 */
void dhk_message_close_by_escape (GtkWidget *window, GtkWidget *content);

/* A toast that something was written to `file`, and offers to open it. */
void dhk_message_toast_file (GtkWidget *widget, const char *text, GFile *file);

G_END_DECLS
