/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Writes a group profile from the study in the window: asks by which variable it is also
 * told, and for the file.
 */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

/* TRUE when the study's survey has a self-rating. */
gboolean dhk_group_export_is_possible (DhkSession *session);

/* What happened is said over `widget`. */
void dhk_group_export_ask (GtkWidget *widget, DhkSession *session);

/* `variable` -1: whole respondent types only. The answer is said over `widget`. */
void dhk_group_export_write (GtkWidget *widget, DhkSession *session, int variable, GFile *file);

G_END_DECLS
