/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What Overview says of paper forms: how many are unfinished, and how many differences are open. */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

/* Adds links to the rows (AdwActionRow), one per questionnaire in the instrument's order, when the
 * forms are known. Rows that are there by then belong to the newest call. */
void dhk_overview_add_paper (GtkListBox *rows, DhkSession *session);

G_END_DECLS
