/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The report of the study as it will print: the outline at the left, the pages
 * at the right. Made in a worker thread when the page is seen first, and
 * again when the study or the language of the report changes.
 */

#include <gtk/gtk.h>

#include "export/dhk-pages.h"
#include "ui/dhk-session.h"

G_BEGIN_DECLS

#define DHK_TYPE_REPORT_PAGE (dhk_report_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkReportPage, dhk_report_page, DHK, REPORT_PAGE, GtkWidget)

GtkWidget *dhk_report_page_new (DhkSession *session);

/* The pages, or NULL while they are made. Lent. */
DhkPages *dhk_report_page_get_pages (DhkReportPage *self);

/* Writes the pages as PDF; toast or message follow. */
void dhk_report_page_export (DhkReportPage *self, GFile *file);

G_END_DECLS
