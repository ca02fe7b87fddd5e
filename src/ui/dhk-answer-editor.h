/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A popover in which one answer is corrected: the answers of the question with their labels,
 * a field for a number, and the kinds of missing answers. A digit chooses at once.
 */

#include <gtk/gtk.h>

#include "study/dhk-frame.h"

G_BEGIN_DECLS

/* Called once when something is chosen, before the popover goes. */
typedef void (*DhkAnswerChosen) (int code, double number, gpointer user_data);

/*
 * Opens at `area` of `parent`, which it belongs to and whose focus it gives back. `code` and
 * `number` are what is there; `digit` what was typed to open it, or -1.
 */
GtkWidget *dhk_answer_editor_open (GtkWidget *parent,
                                   const GdkRectangle *area,
                                   DhkInstrument *instrument,
                                   const DhkQuestion *question,
                                   int code,
                                   double number,
                                   int digit,
                                   DhkAnswerChosen chosen,
                                   gpointer user_data);

G_END_DECLS
