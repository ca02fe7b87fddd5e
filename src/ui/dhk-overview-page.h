/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Who answered: counts as table and chart, a row per questionnaire, the
 * imports with a way to take each out again, and the rows that were kept aside.
 */

#include "ui/dhk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_OVERVIEW_PAGE (dhk_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkOverviewPage, dhk_overview_page, DHK, OVERVIEW_PAGE, GtkWidget)

GtkWidget *dhk_overview_page_new (DhkSession *session);

G_END_DECLS
