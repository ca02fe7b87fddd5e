/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One question of the self-rating, large enough to read across a desk: the question, and
 * its answers as radio cards with a digit and a label. Digits answer, Enter goes on,
 * Backspace goes back; the widget says so in a line under the cards. Whoever holds it
 * passes the keys on, dhk_self_rating_question_press().
 *
 * Signals: "answered" (int choice: the place of the card), "next", "back".
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_SELF_RATING_QUESTION (dhk_self_rating_question_get_type ())
G_DECLARE_FINAL_TYPE (
    DhkSelfRatingQuestion, dhk_self_rating_question, DHK, SELF_RATING_QUESTION, GtkWidget)

GtkWidget *dhk_self_rating_question_new (void);

/*
 * Shows a question. `stem` (may be NULL) stands small above `text`. `digits` and `labels` are the
 * cards, NULL-terminated; `chosen` the place of the answer that is given, or -1.
 */
void dhk_self_rating_question_show (DhkSelfRatingQuestion *self,
                                    const char *stem,
                                    const char *text,
                                    const char *const *digits,
                                    const char *const *labels,
                                    int chosen);

/*
 * A key that was pressed somewhere on the page: TRUE when it was an answer, or went on or
 * back. Enter on a button is that button's.
 */
gboolean
dhk_self_rating_question_press (DhkSelfRatingQuestion *self, guint keyval, GdkModifierType state);

G_END_DECLS
