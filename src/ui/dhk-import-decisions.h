/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Rows about what was decided for whole files: dates, unfinished responses, the
 * questionnaire and the like; rows kept aside; conflicts with hand corrections;
 * and the import profile. Empty where there is nothing to say.
 */

#include <gtk/gtk.h>

#include "ui/dhk-decision-row.h"

G_BEGIN_DECLS

/* What was decided about a file as a whole, folded; NULL when there is nothing. */
GtkWidget *dhk_import_create_decisions_row (DhkDraft *draft,
                                            guint file,
                                            DhkDecidedFunc func,
                                            GtkWidget *owner);

/* The rows of a file that are kept aside, each of which can be taken in; NULL when there are none.
 */
GtkWidget *
dhk_import_create_aside_row (DhkDraft *draft, guint file, DhkDecidedFunc func, GtkWidget *owner);

/* Adds the answers that were corrected by hand and that the files have otherwise. */
void dhk_import_add_conflicts (DhkDraft *draft, GtkListBox *list);

/* Which profile the files are read with; NULL when the study has none. */
GtkWidget *dhk_import_create_profile_row (DhkDraft *draft, DhkDecidedFunc func, GtkWidget *owner);

/* TRUE when a person decided something, now or by a profile, that the next wave can use. */
gboolean dhk_import_has_decisions (DhkDraft *draft);

G_END_DECLS
