/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Widgets that are made piece by piece, so that the window goes on answering keys and clicks.
 *
 * A few pieces are made at once, then a few in each frame that is drawn while the widget is shown:
 * what is made has to be laid out in the same frame. Pieces have places from 0; a piece says
 * whether another one follows. The widget holds the work: a start takes the place of what it was
 * still at, and its end is the end of the work.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes piece `place` of the widget; FALSE when it was the last. */
typedef gboolean (*DhkPieceFunc) (GtkWidget *widget, guint place);

/* `n` pieces a frame at most: fewer where they are costly. */
void dhk_slices_start (GtkWidget *widget, DhkPieceFunc func, guint n);

/* Makes what is left at once, or lets it be. Nothing when nothing is. */
void dhk_slices_finish (GtkWidget *widget);
void dhk_slices_stop (GtkWidget *widget);

gboolean dhk_slices_is_at_work (GtkWidget *widget);

G_END_DECLS
