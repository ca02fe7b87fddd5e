/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One decision of an import that the program, or a person before, has made: what
 * holds, all else that it may be, and the way back to what the program said.
 */

#include <gtk/gtk.h>

#include "study/dhk-draft.h"

G_BEGIN_DECLS

/* `choice` is NULL when the program shall decide again. */
typedef void (*DhkDecidedFunc) (const char *id, const char *choice, gpointer owner);

/*
 * An AdwActionRow. `title` is shown as it is; `subtitle` may be NULL. `func` is called
 * only while `owner` lives.
 */
GtkWidget *dhk_decision_row_new (const DhkDraftQuestion *decision,
                                 const char *title,
                                 const char *subtitle,
                                 DhkDecidedFunc func,
                                 GtkWidget *owner);

G_END_DECLS
