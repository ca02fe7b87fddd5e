/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A popover in which the answer to a question with several choices is corrected: a box to tick for
 * each choice, and the kinds of missing answers. Space or a choice's digit ticks, Enter saves,
 * Escape leaves all as it was.
 */

#include <gtk/gtk.h>

#include "study/dhk-frame.h"

G_BEGIN_DECLS

/* Called once when it is saved, before the popover goes: a code for each choice. */
typedef void (*DhkChoicesChosen) (const gint8 *codes, gpointer user_data);

/*
 * Opens at `area` of `parent`, which it belongs to and whose focus it gives back. `codes` is what
 * is there, `focus` the choice that is looked at, `wording` the question.
 */
GtkWidget *dhk_choices_editor_open (GtkWidget *parent,
                                    const GdkRectangle *area,
                                    DhkInstrument *instrument,
                                    const DhkChoices *choices,
                                    const char *wording,
                                    const gint8 *codes,
                                    guint focus,
                                    DhkChoicesChosen chosen,
                                    gpointer user_data);

G_END_DECLS
