/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The pages of a document under each other, as they will print, with zoom.
 * The view takes the keyboard focus: arrows, Page Up and Page Down, Home and
 * End move through the pages; Ctrl and the wheel zoom.
 */

#include <gtk/gtk.h>

#include "export/dhk-pages.h"

G_BEGIN_DECLS

#define DHK_TYPE_PAGES_VIEW (dhk_pages_view_get_type ())
G_DECLARE_FINAL_TYPE (DhkPagesView, dhk_pages_view, DHK, PAGES_VIEW, GtkWidget)

GtkWidget *dhk_pages_view_new (void);

/* NULL: no pages. The place in the document is kept. */
void dhk_pages_view_set_pages (DhkPagesView *self, DhkPages *pages);

/*
 * 1: as large as on paper; kept within 0.25 … 4. Until it is set, a page fits the
 * width of the view. Property "zoom".
 */
void dhk_pages_view_set_zoom (DhkPagesView *self, double zoom);
double dhk_pages_view_get_zoom (DhkPagesView *self);

void dhk_pages_view_scroll_to (DhkPagesView *self, guint page);

G_END_DECLS
