/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * From files to a draft: reads each file, recognises which questionnaire it
 * is an export of, matches its columns to the questions, maps labels to codes,
 * and writes down every decision and every doubt. Stores nothing.
 *
 * `answers` maps a question's id to the id of the chosen choice (may be NULL): asking
 * again with one more answer gives the next draft. An answer to a question that
 * is not asked is an error of its own (DHK_IMPORT_ERROR_UNKNOWN_QUESTION) so that a typing
 * mistake on a command line is not silent.
 */

#include "study/dhk-draft.h"

G_BEGIN_DECLS

typedef void (*DhkImportProgress) (double fraction, const char *file_name, gpointer user_data);

/* Blocking; safe in any thread. NULL when a file cannot be read at all, or when cancelled. */
DhkDraft *dhk_import_read (DhkInstrument *instrument,
                           GPtrArray *files, /* GFile */
                           GHashTable *answers,
                           DhkImportProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
