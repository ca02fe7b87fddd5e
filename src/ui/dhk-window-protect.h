/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The window: the password of a study, its backups, its key file, how long it may be kept, and what can
 * be saved of a damaged one. */

#include "ui/dhk-window.h"

G_BEGIN_DECLS

/* TRUE when `error` says that a password is wanted: then it is asked, and the study opened with it. */
gboolean dhk_window_ask_for_study (DhkWindow *self, GFile *file, const GError *error);

/* Asks for a new password, and makes the study at `file` with it. */
void dhk_window_create_protected (DhkWindow *self, GFile *file);

void dhk_window_change_password (DhkWindow *self);
void dhk_window_show_backups (DhkWindow *self);

/* Goes back to a backup of the open or damaged study: closes it, and opens it as it was then. */
void dhk_window_restore (DhkWindow *self, const char *name);

/* TRUE when `error` says that the study is damaged: then a page says so and what can be done. */
gboolean dhk_window_show_damaged (DhkWindow *self, GFile *file, const GError *error);
void dhk_window_leave_damaged (DhkWindow *self);

/* Saves what can be read of the damaged study in a new one, and tells what that is. */
void dhk_window_choose_repair (DhkWindow *self);
void dhk_window_repair (DhkWindow *self, GFile *out);

/* Who is in the key file, its password, what is done with names. */
void dhk_window_show_key_file (DhkWindow *self);

/* What those who mend the program have to know, to be read and saved. */
void dhk_window_make_report (DhkWindow *self);

/* Until when the answers may be kept; and erasing the whole study, asked twice. */
void dhk_window_ask_retention (DhkWindow *self);
void dhk_window_ask_erase (DhkWindow *self);

G_END_DECLS
