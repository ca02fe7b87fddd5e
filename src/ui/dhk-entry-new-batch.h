/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Asks for a new batch of paper forms and makes it. When it cannot be made, the dialog is there with what was typed, and
 * the reason under it.
 */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

typedef void (*DhkEntryBatchMade) (gint64 batch, gpointer owner);

/* `owner` is a widget of the window that asks, and stays alive until the answer. */
void dhk_entry_ask_new_batch (GtkWidget *owner, DhkSession *session, DhkEntryBatchMade made);

G_END_DECLS
