/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The page where paper questionnaires are typed in: batches, typing, comparing. */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

#define DHK_TYPE_ENTRY_PAGE (dhk_entry_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkEntryPage, dhk_entry_page, DHK, ENTRY_PAGE, GtkWidget)

GtkWidget *dhk_entry_page_new (DhkSession *session);

G_END_DECLS
