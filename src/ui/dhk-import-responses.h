/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Response files on the import page: together, with what became of each. */

#include <adwaita.h>

#include "study/dhk-draft.h"

G_BEGIN_DECLS

/* Somebody wants these files (GFile, of those that were given) left out. */
typedef void (*DhkLeaveOutFunc) (GPtrArray *files, gpointer owner);

/*
 * A row for those that come from `source` (a folder), or with NULL for all that were given one by
 * one: how many are what, and each one below. NULL when there is none. `owner` is a widget; `func`
 * is not called when it is gone.
 */
GtkWidget *dhk_import_create_responses_row (DhkDraft *draft,
                                            GFile *source,
                                            DhkLeaveOutFunc func,
                                            GtkWidget *owner);

/* Whether a file that was given is a response file, or a folder of them. */
gboolean dhk_import_is_of_responses (DhkDraft *draft, GFile *given);

/* Whether a file of the draft is made of response files. */
gboolean dhk_import_is_made_of_responses (DhkDraft *draft, const DhkDraftFile *file);

G_END_DECLS
