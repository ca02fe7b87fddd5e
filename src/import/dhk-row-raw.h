/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The rows of a sheet as they came, with the columns that are kept: packed as they lie in the raw
 * table, or as lines of CSV. Inner header of the import room. When all columns are kept, any thread
 * may ask for rows.
 */

#include "base/dhk-packed-rows.h"
#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct _DhkRowRaw DhkRowRaw;

/* `rows` (guint) are rows of the sheet's table. Both are kept by reference. */
DhkRowRaw *dhk_row_raw_new (DhkSheet *sheet, GArray *rows);
void dhk_row_raw_free (DhkRowRaw *self);

void dhk_row_raw_keep (DhkRowRaw *self, guint column);

/* As many rows of the list as the packer takes, from `first` on. */
void dhk_row_raw_pack (const DhkRowRaw *self, guint first, DhkRowPacker *packer);

/* Of `n` rows of the list from `first` on, each with its line end. */
void dhk_row_raw_append (const DhkRowRaw *self, guint first, guint n, GString *lines);

G_END_DECLS
