/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The rows of a sheet as lines of CSV, with the columns that are kept. Inner header of the import
 * room. After dhk_row_raw_finish() any thread may ask for lines.
 */

#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct _DhkRowRaw DhkRowRaw;

/* `rows` (guint) are rows of the sheet's table. Both are kept by reference. */
DhkRowRaw *dhk_row_raw_new (DhkSheet *sheet, GArray *rows);
void dhk_row_raw_free (DhkRowRaw *self);

void dhk_row_raw_keep (DhkRowRaw *self, guint column);
void dhk_row_raw_finish (DhkRowRaw *self);

/* Of `n` rows of the list from `first` on, each with its line end. */
void dhk_row_raw_append (const DhkRowRaw *self, guint first, guint n, GString *lines);

G_END_DECLS
