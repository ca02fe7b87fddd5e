/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The help beside a window: one topic at a time, and a choice of the others. Each window has at most
 * one; asking again shows the topic there.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `only`: no other topics can be chosen. */
void dhk_help_window_show (GtkWindow *parent, const char *topic, gboolean only);

/*
 * F1 in dialogs. Called once; from then on a window that belongs to another one shows, by F1, the
 * topic that it was given, else its parent's. `find_topic` says it of a program's own windows,
 * NULL of others.
 */
typedef const char *(*DhkHelpTopicFunc) (GtkWindow *window);

void dhk_help_serve_dialogs (DhkHelpTopicFunc find_topic, gboolean only);

/* `topic` is a literal. */
void dhk_help_set_topic (gpointer window, const char *topic);

G_END_DECLS
