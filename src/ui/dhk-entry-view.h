/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Typing the forms of a batch: the number of the form, then one question at a time with its
 * answers as cards, then what is missing. Everything by keyboard; each answer is stored as it
 * is typed, and the view says so.
 *
 * Emits "leave" when the person stops; what was typed is stored by then.
 */

#include <gtk/gtk.h>

#include "ui/dhk-session-entry.h"

G_BEGIN_DECLS

#define DHK_TYPE_ENTRY_VIEW (dhk_entry_view_get_type ())
G_DECLARE_FINAL_TYPE (DhkEntryView, dhk_entry_view, DHK, ENTRY_VIEW, GtkWidget)

/* Begins with the form that is probably next. */
void dhk_entry_view_start (DhkEntryView *self,
                           DhkSession *session,
                           const DhkEntryBatch *batch,
                           DhkEntryPass pass);

G_END_DECLS
