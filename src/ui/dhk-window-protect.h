/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The window: the password of a study, and its backups. */

#include "ui/dhk-window.h"

G_BEGIN_DECLS

/* TRUE when `error` says that a password is wanted: then it is asked, and the study opened with it. */
gboolean dhk_window_ask_for_study (DhkWindow *self, GFile *file, const GError *error);

/* Asks for a new password, and makes the study at `file` with it. */
void dhk_window_create_protected (DhkWindow *self, GFile *file);

void dhk_window_change_password (DhkWindow *self);
void dhk_window_show_backups (DhkWindow *self);

/* Goes back to a backup: closes the study, and opens it as it was then. */
void dhk_window_restore (DhkWindow *self, const char *name);

G_END_DECLS
