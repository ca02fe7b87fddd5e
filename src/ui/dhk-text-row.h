/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A row of a list with a title and a subtitle of any length, which wrap, and what stands before or behind them.
 *
 * It looks like an AdwActionRow. That one lays out its texts in a box across, which asks a
 * text how wide it would be at the height it gets: many trials for each text. A hundred questions took a
 * second to lay out; in a grid, which only asks how high a text is, they take a twentieth of it.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define DHK_TYPE_TEXT_ROW (dhk_text_row_get_type ())
G_DECLARE_FINAL_TYPE (DhkTextRow, dhk_text_row, DHK, TEXT_ROW, AdwPreferencesRow)

GtkWidget *dhk_text_row_new (void);

/* Plain texts, read together. `subtitle` may be "". */
void dhk_text_row_set (DhkTextRow *self, const char *title, const char *subtitle);

/* A widget before the texts; one behind them. */
void dhk_text_row_add_prefix (DhkTextRow *self, GtkWidget *widget);
void dhk_text_row_add_suffix (DhkTextRow *self, GtkWidget *widget);

G_END_DECLS
