/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A notice above the pages: a sentence that stays until somebody did something about it or
 * put it away. Read out by a screen reader when it comes.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *dhk_notice_new (const char *text);

/* A button that activates an action (a detailed name) of the window. */
void dhk_notice_add_action (GtkWidget *notice, const char *label, const char *action);

/* A button at the end that puts the notice away. */
void dhk_notice_add_close (GtkWidget *notice);

G_END_DECLS
