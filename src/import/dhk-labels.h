/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Labels to values: the answers of a scale or the categories of a variable,
 * in every language, folded. A label that means two different values means none.
 */

#include "import/dhk-sheet.h"

G_BEGIN_DECLS

typedef struct _DhkLabels DhkLabels;

/* A value is an answer's code, a DhkMissing, or a category's index. */
DhkLabels *dhk_labels_new_for_scale (const DhkAnswerScale *scale);
DhkLabels *dhk_labels_new_for_variable (const DhkVariable *variable);
void dhk_labels_free (DhkLabels *self);

gboolean dhk_labels_find (DhkLabels *self, const char *folded, int *value);

/* The whole number that a cell is ("3", "3.0", 3), whether or not it is a code. */
gboolean dhk_labels_parse_code (const DhkWord *word, int *code);

/* TRUE for any number, also 3,5. */
gboolean dhk_labels_is_number (const DhkWord *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkLabels, dhk_labels_free)

G_END_DECLS
