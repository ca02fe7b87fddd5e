/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A table on the screen, in the look of APA 7: three horizontal rules, the
 * number bold, the title in italics, figures aligned on the decimal sign, the
 * note under it. Every cell is a label of its own, so that a screen reader
 * finds its text. The table takes the keyboard focus as a whole; Ctrl+C copies
 * it as tab-separated text.
 */

#include <gtk/gtk.h>

#include "report/dhk-table.h"

G_BEGIN_DECLS

#define DHK_TYPE_TABLE_VIEW (dhk_table_view_get_type ())
G_DECLARE_FINAL_TYPE (DhkTableView, dhk_table_view, DHK, TABLE_VIEW, GtkWidget)

GtkWidget *dhk_table_view_new (void);

/*
 * NULL: nothing to show. `name` is what a screen reader calls the table; NULL: its title.
 */
void dhk_table_view_set_table (DhkTableView *self, DhkTable *table, const char *name);
DhkTable *dhk_table_view_get_table (DhkTableView *self);

G_END_DECLS
