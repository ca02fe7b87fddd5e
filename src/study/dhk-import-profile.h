/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * An import profile: what a person decided about a form's columns and labels,
 * to be used again for the next export of that form.
 *
 * A profile knows heads and labels, never a file name, a column's place or an
 * answer of anybody. A decision is a kind, a key and a choice:
 *
 *   column         a head                     question id, "ignore" or "personal"
 *   label          answer scale TAB label     code, category, "empty", …
 *   numbers        question id                "comma" or "point"
 *   others ("dates", "unfinished", "doubles", …): their key is ""
 *
 * Heads and labels are folded (dhk_text_fold()). Reference counted; not
 * changed any more once shared.
 */

#include "study/dhk-draft.h"

G_BEGIN_DECLS

typedef struct
{
  char *kind;
  char *key;
  char *choice;
} DhkProfileDecision;

typedef struct _DhkImportProfile DhkImportProfile;

DhkImportProfile *dhk_import_profile_new (const char *name, const char *questionnaire);
DhkImportProfile *dhk_import_profile_ref (DhkImportProfile *self);
void dhk_import_profile_unref (DhkImportProfile *self);

/*
 * What was decided about a file of a draft by hand or by another profile. NULL
 * when its questionnaire is not known.
 */
DhkImportProfile *
dhk_import_profile_new_from_draft (DhkDraft *draft, const DhkDraftFile *file, const char *name);

/* Adds; both replace what has the same key. */
void dhk_import_profile_add_head (DhkImportProfile *self, const char *head);
void dhk_import_profile_decide (DhkImportProfile *self,
                                const char *kind,
                                const char *key,
                                const char *choice);

/* Takes the decisions and heads of `other` over, also where both decide. */
void dhk_import_profile_merge (DhkImportProfile *self, const DhkImportProfile *other);

const char *dhk_import_profile_get_name (const DhkImportProfile *self);

/* The id of the questionnaire it is for. */
const char *dhk_import_profile_get_questionnaire (const DhkImportProfile *self);

/* In the order they were added. */
GPtrArray *dhk_import_profile_get_heads (const DhkImportProfile *self);     /* char * */
GPtrArray *dhk_import_profile_get_decisions (const DhkImportProfile *self); /* DhkProfileDecision */

/* The choice, or NULL. */
const char *
dhk_import_profile_find (const DhkImportProfile *self, const char *kind, const char *key);

/* Which part of the profile's heads is among `heads` (a set of folded texts): 0 to 1. */
double dhk_import_profile_measure_fit (const DhkImportProfile *self, GHashTable *heads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkImportProfile, dhk_import_profile_unref)

G_END_DECLS
