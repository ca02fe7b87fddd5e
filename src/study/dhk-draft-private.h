/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the two files of a draft. */

#include "study/dhk-draft.h"

G_BEGIN_DECLS

void dhk_draft_row_free (gpointer row);
void dhk_draft_far_free (DhkDraftFar *self);
void dhk_draft_file_add_totals (const DhkDraftFile *self, DhkDraftTotals *totals);

G_END_DECLS
