/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One page of a report on the screen: white paper with a shadow, also in a dark
 * window, because it shows what will be printed. Drawn only while it is in sight (its owner
 * says so): a long report would fill the memory otherwise. A screen reader
 * reads the page's text.
 */

#include <gtk/gtk.h>

#include "export/dhk-pages.h"

G_BEGIN_DECLS

#define DHK_TYPE_PAGE_SHEET (dhk_page_sheet_get_type ())
G_DECLARE_FINAL_TYPE (DhkPageSheet, dhk_page_sheet, DHK, PAGE_SHEET, GtkWidget)

GtkWidget *dhk_page_sheet_new (DhkPages *pages, guint page);

/* 1: as large as on paper. */
void dhk_page_sheet_set_zoom (DhkPageSheet *self, double zoom);
void dhk_page_sheet_set_in_sight (DhkPageSheet *self, gboolean in_sight);

G_END_DECLS
