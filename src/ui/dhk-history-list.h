/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What happened to a respondent, as rows to read: the newest first. */

#include <gtk/gtk.h>

#include "store/dhk-store-respondents.h"

G_BEGIN_DECLS

/* Fills a list box with the entries (DhkHistoryEntry), in the place of what it held. */
void dhk_history_list_fill (GtkListBox *list, GPtrArray *entries);

G_END_DECLS
