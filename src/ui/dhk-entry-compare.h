/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The two typings of a batch side by side: how well they agree, what differs, and what the
 * study shall hold. 1 takes the first, 2 the second, 3 asks for something else.
 *
 * Emits "leave".
 */

#include <gtk/gtk.h>

#include "ui/dhk-session-entry.h"

G_BEGIN_DECLS

#define DHK_TYPE_ENTRY_COMPARE (dhk_entry_compare_get_type ())
G_DECLARE_FINAL_TYPE (DhkEntryCompare, dhk_entry_compare, DHK, ENTRY_COMPARE, GtkWidget)

void
dhk_entry_compare_start (DhkEntryCompare *self, DhkSession *session, const DhkEntryBatch *batch);

G_END_DECLS
