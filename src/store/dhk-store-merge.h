/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Another study as the source of an import.
 *
 * dhk_store_read_merge() makes a draft of everything a study file holds; comparing and committing
 * it are dhk_store_compare() and dhk_store_commit(), as for any draft. A response that both studies
 * have is known by its identity (or, without one, by the imported file and the row in it; from
 * paper by the batch and the number of the form) and is not doubled. Where the two differ about it, in an
 * answer or in who is excluded, this study stays as it is, and what the other one holds is kept as
 * a conflict (dhk_store_list_conflicts()).
 *
 * New responses bring their pseudonyms (unless one is in use here: then the draft gets a note that names both,
 * once it is stored), exclusions, hand corrections, conflicts that are not settled there, imported rows,
 * rows kept aside, and what was typed from paper. The journal, the settings and the
 * import profiles of the other study stay there; so do names, in its own key file.
 *
 * The other file is read whole into memory and never written, locked or given a file beside it.
 * What it says is believed only after the checks of an opened study; an earlier version is
 * renewed in memory.
 *
 * A question of such a draft has an id that begins with "study:".
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

/* The question of an encrypted study that no password opened. */
#define DHK_MERGE_SEALED "study:sealed"

/* TRUE when one of the files (GFile) is a study, encrypted or not, by its first bytes. */
gboolean dhk_store_has_study_file (GPtrArray *files);

/*
 * The draft of the one study in `files`; it is refused beside other files. `passwords` (char *, or NULL) are
 * tried on an encrypted one; when none opens it that is a question of the draft. `answers` is
 * as for dhk_import_read(). Called in the thread that has the store.
 */
DhkDraft *dhk_store_read_merge (DhkStore *self,
                                GPtrArray *files,
                                GPtrArray *passwords,
                                GHashTable *answers,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
