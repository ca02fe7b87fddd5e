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

G_END_DECLS
