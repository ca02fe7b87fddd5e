/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What files become, beside what they hold: a row per column of a file with its
 * first cells, raw and as they will be stored, and under it, for the chosen
 * column, what it is and what each of its labels is taken as. Both can be changed.
 */

#include <gtk/gtk.h>

#include "ui/dhk-decision-row.h"

G_BEGIN_DECLS

#define DHK_TYPE_IMPORT_PREVIEW (dhk_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (DhkImportPreview, dhk_import_preview, DHK, IMPORT_PREVIEW, GtkBox)

/* `func` hears of every change, with `owner`. */
void dhk_import_preview_connect (DhkImportPreview *self, DhkDecidedFunc func, GtkWidget *owner);

/* `draft` may be NULL. File and column stay chosen where they are still there. */
void dhk_import_preview_set_draft (DhkImportPreview *self, DhkDraft *draft);

/* Chooses a column of the file that is shown, by its place in the draft. */
void dhk_import_preview_choose (DhkImportPreview *self, guint column);

/* The same of any file, with the focus on what can be changed about it. */
void dhk_import_preview_show_column (DhkImportPreview *self, guint file, guint column);

G_END_DECLS
