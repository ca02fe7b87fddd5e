/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Comparing groups: choices at the left, at the right the result as heading,
 * chart, table, tests and sentences. A change shows at once; the newest
 * request wins.
 */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

#define DHK_TYPE_COMPARE_PAGE (dhk_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkComparePage, dhk_compare_page, DHK, COMPARE_PAGE, GtkWidget)

GtkWidget *dhk_compare_page_new (DhkSession *session);

G_END_DECLS
