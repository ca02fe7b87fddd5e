/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the preview of an import: its table of columns, and what can be changed about the chosen one. */

#include <adwaita.h>

#include "study/dhk-draft.h"
#include "ui/dhk-import-preview.h"

G_BEGIN_DECLS

/* Rows of the file that are shown. */
#define DHK_PREVIEW_SAMPLES 3

#define DHK_PREVIEW_SAMPLE_WIDTH 115

struct _DhkImportPreview
{
  GtkBox parent_instance;

  GtkWidget *files; /* drop-down, shown when there are several */
  GtkWidget *view;
  GtkSingleSelection *selection;
  GtkStringList *places; /* numbers of columns, as text */
  GtkColumnViewColumn *samples[DHK_PREVIEW_SAMPLES];
  GtkWidget *heading;
  GtkWidget *hint;
  GtkWidget *details; /* list box */

  DhkDraft *draft;
  guint file;
  guint n_filled; /* columns that are shown as they are now */
  guint filler;   /* source that shows the others, or 0 */
  gboolean filling;
  DhkDecidedFunc func;
  GtkWidget *owner; /* lent: it holds this widget */
};

/* What is shown, or NULL. */
const DhkDraftFile *dhk_import_preview_get_file (DhkImportPreview *self);
const DhkDraftColumn *dhk_import_preview_get_column (DhkImportPreview *self, guint column);

/* The columns of the view (dhk-import-preview-cells.c). */
void dhk_import_preview_add_columns (DhkImportPreview *self);

/* The chosen column, under the view (dhk-import-preview-details.c). */
void dhk_import_preview_create_details (DhkImportPreview *self);
void dhk_import_preview_show_details (DhkImportPreview *self);

/* The focus goes to what can be changed about the chosen column. */
void dhk_import_preview_enter_details (DhkImportPreview *self);

G_END_DECLS
