/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The grid of all answers: a row per respondent, a column per question, drawn by itself.
 * Only what is in sight is looked at, so that a million rows scroll like ten. It belongs
 * in a GtkScrolledWindow; heads of rows and columns stay in sight.
 *
 * The focused cell is a widget of its own with the whole cell as its accessible name;
 * the rest is drawn. A selection is a rectangle from where it began to the focused cell.
 *
 * Signals: "moved" (the focused cell is another one or holds something else), "edit" (int: the
 * digit that was typed, or -1), "menu" (the context menu is asked for at the focused cell),
 * "sort" (uint: place of the question whose head was clicked).
 */

#include <gtk/gtk.h>

#include "ui/dhk-answer-rows.h"

G_BEGIN_DECLS

#define DHK_TYPE_ANSWER_GRID (dhk_answer_grid_get_type ())
G_DECLARE_FINAL_TYPE (DhkAnswerGrid, dhk_answer_grid, DHK, ANSWER_GRID, GtkWidget)

/*
 * What it shows: rows (guint32) of the list, and questions. All are shared, nothing is copied. The
 * focus stays with its respondent and question where both are still there.
 */
void dhk_answer_grid_show (DhkAnswerGrid *self,
                           DhkRespondents *list,
                           GPtrArray *questions,
                           GArray *rows);

/* Where the sorted column is marked, or NULL. */
void dhk_answer_grid_set_sort (DhkAnswerGrid *self, const DhkQuestion *question, gboolean down);

/* An answer that is being written: shown until the next list comes. */
void dhk_answer_grid_add_pending (
    DhkAnswerGrid *self, gint64 respondent, const DhkQuestion *question, int code, double number);
void dhk_answer_grid_clear_pending (DhkAnswerGrid *self);

/* They could not be written: the list that is shown has the answers. */
void dhk_answer_grid_drop_pending (DhkAnswerGrid *self);

guint dhk_answer_grid_get_n_rows (DhkAnswerGrid *self);

/* The rows of the list at the first and the last position in sight. FALSE when there are none. */
gboolean dhk_answer_grid_get_sight (DhkAnswerGrid *self, guint *first, guint *last);

/* The focused cell: the row of the list and the question. FALSE when there is none. */
gboolean dhk_answer_grid_get_focus (DhkAnswerGrid *self, guint *row, const DhkQuestion **question);
void dhk_answer_grid_set_focus (DhkAnswerGrid *self, guint position, guint column);

/* What the cell of a question holds in this row of the list, pending ones too. */
int dhk_answer_grid_get_answer (DhkAnswerGrid *self,
                                guint row,
                                const DhkQuestion *question,
                                double *number,
                                gboolean *is_corrected);

/* Ids of the respondents that are selected, at least that of the focused cell. gint64; owned. */
GArray *dhk_answer_grid_dup_selected (DhkAnswerGrid *self);

/* The selection as text, tabs between columns; of several cells with heads. Free with g_free(). */
char *dhk_answer_grid_dup_text (DhkAnswerGrid *self);

/* Where the focused cell is, for a popover. */
GdkRectangle dhk_answer_grid_get_focus_area (DhkAnswerGrid *self);

G_END_DECLS
