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
 *
 * What the program decided itself stands in the draft as a decision, whose id can
 * be answered in the same way. The ids (FILE: the file's name, made plain):
 *
 *   FILE:questionnaire            a questionnaire's id
 *   FILE:profile                  an import profile, or "none"
 *   FILE:column:N                 column N from 1: a question's id (that of several choices for all in
 *                                 one cell), "ignore", "personal"
 *   FILE:columns:QUESTION         which of several columns of a question counts
 *   FILE:sheet                    of several sheets with answers: the number of one from 1, "all" (then
 *                                 FILE below is FILE:NUMBER)
 *   FILE:encoding                 of text that is no Unicode: "windows-1252", "macintosh", "cp850",
 *                                 "windows-1250", "windows-1254"
 *   FILE:separator                of text in which several give heads that are known: "semicolon",
 *                                 "comma", "tab", "bar"
 *   FILE:pairs                    "labels" or "number": what tells twins apart
 *   FILE:codes                    heads that are codes: "order", "each", "ignore"
 *   FILE:answers:QUESTION         a column of other things: "ignore" or "empty"
 *   FILE:label:SCALE:LABEL        a code or category, "empty", "not-asked", "unreadable"
 *   FILE:label:CHOICES:TEXT       one of several choices, "own-words", "unreadable"
 *   FILE:answers:CHOICES          the same for all texts that are none of them, "each"
 *   FILE:code:SCALE:CODE          the same, of a column of codes
 *   FILE:numbers:QUESTION         the decimal sign: "comma" or "point"
 *   FILE:dates                    "day-first", "month-first", "none"
 *   FILE:unfinished, :previews    "aside" or "take"
 *   FILE:row:LINE                 "take" or "aside"
 *   FILE:doubles, all:doubles     "ask", "first", "latest", "most-complete", "both"
 *   FILE:person:LINE, :response:  one of those for one person or response
 *   all:profile                   an import profile for all files, "none", "fit"
 *
 * Response files (study/dhk-response.h) are read too: those of a folder together, and all that
 * were given one by one ("responses" in place of FILE):
 *
 *   FILE:sealed                   open while a file opens with none of its passwords: "skip"
 *   FILE:QUESTIONNAIRE:unfinished "aside" or "take"
 *
 * A label that a slug cannot tell from another has a hash behind it; ids of a
 * draft (DhkDraftColumn, DhkDraftLabel, the lists) are always whole.
 */

#include "import/dhk-import-file.h"
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

/* How the id of the question about response files that want a password ends. */
#define DHK_IMPORT_SEALED_SUFFIX ":sealed"

/* And of those that say which table of the file is read: another answer makes other columns and rows. */
#define DHK_IMPORT_SHEET_SUFFIX ":sheet"
#define DHK_IMPORT_SEPARATOR_SUFFIX ":separator"

/* The choice that stands for an import profile in :profile. Free with g_free(). */
char *dhk_import_dup_profile_choice (const char *name);

/* The same with the import profiles of a study (DhkImportProfile): the one that fits is used. */
DhkDraft *dhk_import_read_with_profiles (DhkInstrument *instrument,
                                         GPtrArray *files,
                                         GHashTable *answers,
                                         GPtrArray *profiles,
                                         DhkImportProgress progress,
                                         gpointer user_data,
                                         GCancellable *cancellable,
                                         GError **error);

/*
 * The same, but a file that cannot be read at all holds up none of the others: it is a refusal of the draft
 * (dhk_draft_get_refusals()), which may then have no file. Answers that do not fit (any more), because the answer to
 * another question says otherwise, are left out and named (dhk_draft_get_misfits()).
 */
DhkDraft *dhk_import_read_what_can_be (DhkInstrument *instrument,
                                       GPtrArray *files,
                                       GHashTable *answers,
                                       GPtrArray *profiles,
                                       DhkImportProgress progress,
                                       gpointer user_data,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
