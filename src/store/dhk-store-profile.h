/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a study remembers from one wave to the next: import profiles, and answers
 * that were corrected by hand while the form's export says otherwise.
 *
 * Called in the thread that has the store, as dhk-store.h says. Saving and
 * deleting a profile are transactions of their own and no steps of the journal: no
 * answer depends on a profile that is kept.
 */

#include "store/dhk-store.h"
#include "study/dhk-import-profile.h"

G_BEGIN_DECLS

/* Profiles ------------------------------------------------------------------ */

/* DhkImportProfile, by name; or NULL. Owned. */
GPtrArray *dhk_store_list_profiles (DhkStore *self, GError **error);

/* FALSE with DHK_STORE_ERROR_CONFLICT when there is none of this name. */
gboolean dhk_store_delete_profile (DhkStore *self, const char *name, GError **error);

/*
 * Keeps what a draft decided by hand under `name`, with what a profile of that
 * name holds already. Files whose questionnaire is not that of the first are left out.
 */
gboolean
dhk_store_save_draft_profile (DhkStore *self, DhkDraft *draft, const char *name, GError **error);

/* A name for the form of a draft: that of the profile in use, else of its first file. Free. */
char *dhk_store_suggest_profile_name (DhkDraft *draft);

/* Conflicts ------------------------------------------------------------------ */

typedef struct
{
  gint64 respondent;
  guint number;        /* runs per questionnaire */
  char *questionnaire; /* id */
  char *column;        /* of the answer in an export: "band1_h" */
  char *question;      /* its wording */
  char *held;          /* in the study, by hand: "3 (often)" */
  char *found;         /* in the latest file that said otherwise */
  char *file_name;
  gboolean is_merged; /* between two studies: nobody need have corrected it */
} DhkConflict;

/*
 * Answers corrected by hand which the latest import had otherwise, and answers and exclusions that
 * another study has otherwise, for as long as both hold and nobody chose to keep what is here.
 * DhkConflict; or NULL. Owned.
 */
GPtrArray *dhk_store_list_conflicts (DhkStore *self, GError **error);

/*
 * What the study has stays, and these (DhkConflict that was listed) are not told again, also when the same
 * file is imported once more; another answer in a file is. A step of the journal. FALSE with
 * DHK_STORE_ERROR_CONFLICT when one of them is not as it was listed any more.
 */
gboolean dhk_store_keep_own (DhkStore *self, GPtrArray *conflicts, GError **error);

/*
 * The study takes over what the file, or the other study, has: a correction by hand, and a step of the journal. Of
 * several choices those that are listed beside one come along; `n` (or NULL) gets how many answers were taken. FALSE
 * with DHK_STORE_ERROR_CONFLICT as above, and when two of them say different things of one answer.
 */
gboolean dhk_store_take_found (DhkStore *self, GPtrArray *conflicts, guint *n, GError **error);

G_END_DECLS
