/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One question of an import that only a person can decide: the question, raw
 * examples, and its choices. Stays where it is when it was answered, so that the
 * answer can be changed.
 *
 * Emits "answered" with the id of the choice.
 */

#include <gtk/gtk.h>

#include "study/dhk-draft.h"

G_BEGIN_DECLS

#define DHK_TYPE_QUESTION_ROW (dhk_question_row_get_type ())
G_DECLARE_FINAL_TYPE (DhkQuestionRow, dhk_question_row, DHK, QUESTION_ROW, GtkListBoxRow)

/* With what is chosen, if anything. */
GtkWidget *dhk_question_row_new (const DhkDraftQuestion *question);

const char *dhk_question_row_get_id (DhkQuestionRow *self);

/* Whether it asks that, with these choices, and has chosen the same. */
gboolean dhk_question_row_shows (DhkQuestionRow *self, const DhkDraftQuestion *question);

/* As if it was clicked. */
void dhk_question_row_choose (DhkQuestionRow *self, const char *choice);

G_END_DECLS
