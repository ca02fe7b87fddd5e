/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The rows of a file of the draft, made from the raw table when they are asked for: codes by what
 * each different cell of a column means, raw text from its cells. Inner header of the import room.
 *
 * The recogniser fills it, then gives it to the draft with dhk_row_source_give(); from then on
 * it is immutable.
 */

#include "import/dhk-sheet.h"
#include "study/dhk-draft.h"

G_BEGIN_DECLS

typedef struct _DhkRowSource DhkRowSource;

/* `rows` (guint) are rows of the sheet's table; `asides` are places in that list, as keys. */
DhkRowSource *dhk_row_source_new (DhkSheet *sheet, GArray *rows, GHashTable *asides);

/* Adds a column to the raw text. */
void dhk_row_source_keep_column (DhkRowSource *self, guint column);
void dhk_row_source_set_form_id (DhkRowSource *self, int column);

/* The form gives every response a number of its own, which it keeps: it tells a response also where
 * no start is known. A list of people who are numbered does not. */
void dhk_row_source_trust_form_id (DhkRowSource *self);

/* What is known of a row besides its answers, told once a row, by rising row. 0: not known. */
void dhk_row_source_set_time (DhkRowSource *self, guint row, gboolean completed, gint64 seconds);
gint64 dhk_row_source_get_time (const DhkRowSource *self, guint row, gboolean completed);

/* From now on the file is of this questionnaire; its id is lent. */
void dhk_row_source_set_questionnaire (DhkRowSource *self, const char *id, guint n_questions);

/*
 * No answer stands in a cell, so another column of the question may have it; or none stands there
 * and the cell says why (DhkMissing), which holds when no other column has it.
 */
#define DHK_ROW_BLANK ((gint8) -128)
#define DHK_ROW_MISSING(kind) ((gint8) (DHK_ROW_BLANK - (kind)))

/*
 * A column of a question, in the order in which they are looked at. Takes `codes` and `numbers` (NULL:
 * no number variable). They are told by value of the column, or, where it has shapes, by row.
 */
void dhk_row_source_add_column (
    DhkRowSource *self, guint question, guint column, gint8 *codes, double *numbers);

/* Whether dhk_row_source_add_column() wants one for every row of the list. */
gboolean dhk_row_source_is_by_row (const DhkRowSource *self, guint column);

/* The codes of a row, n_questions each. */
void dhk_row_source_read_codes (gpointer self, guint first, guint n, gint8 *codes);

/* Counts rows that only their content tells apart; then hands all over to the draft. */
void dhk_row_source_give (DhkRowSource *self, DhkDraftFile *file);

void dhk_row_source_free (DhkRowSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkRowSource, dhk_row_source_free)

G_END_DECLS
