/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an import found and decided, printed: for a person and as JSON. */

#include <json-glib/json-glib.h>

#include "cli/dhk-cli-private.h"

G_BEGIN_DECLS

/* The open questions with their answers as options, on stderr. */
void dhk_cli_print_questions (DhkDraft *draft);

/* Every question and decision: id, what holds, and what else there is; on stdout. */
void dhk_cli_print_decisions (DhkDraft *draft, gboolean json);

/* Totals, files, notes and conflicts as JSON on stdout. */
void dhk_cli_print_import_json (DhkDraft *draft);

/* "conflicts": an array of what DhkConflict has, as a member of an object. */
void dhk_cli_add_conflicts (JsonBuilder *builder, GPtrArray *conflicts);

/* Prints and takes what was built. */
void dhk_cli_print_builder (JsonBuilder *builder);

/*
 * The draft of the one study in `files` (dhk-store-merge.h); of an encrypted one the password is in
 * `password_file`, or is asked. NULL after saying why.
 */
DhkDraft *dhk_cli_read_merge (DhkStore *store,
                              GPtrArray *files,
                              GHashTable *answers,
                              const char *password_file);

G_END_DECLS
