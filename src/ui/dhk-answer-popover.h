/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What opens over a cell of the grid, an editor or a menu: one at a time. It closes when the focus
 * goes elsewhere, gives the focus back to where it was when it may, and is gone once it is closed.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens `popover` (taken) at `area` of `parent`, in place of the one that is open there. */
void dhk_answer_popover_open (GtkWidget *popover, GtkWidget *parent, const GdkRectangle *area);

/* Closes what is open over `parent`. */
void dhk_answer_popover_close (GtkWidget *parent);

/* A new popover with `content` (taken), in which `key_cb` (key-pressed) sees each key first; still to be opened. */
GtkWidget *dhk_answer_popover_new (GtkWidget *content, GCallback key_cb, gpointer user_data);

/* The digit that was typed, on the number pad too; or -1. */
int dhk_answer_get_digit (guint key, GdkModifierType state);

G_END_DECLS
