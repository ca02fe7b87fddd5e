/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the window shows while no study is open: the ways to begin, and the
 * studies opened last.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_START_PAGE (dhk_start_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkStartPage, dhk_start_page, DHK, START_PAGE, GtkWidget)

/* Reads the list of recent studies again. */
void dhk_start_page_refresh (DhkStartPage *self);

G_END_DECLS
