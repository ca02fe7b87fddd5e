/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: conflicts in which somebody chose the answer of this study, and does not
 * want to be told of the other one again. Such a choice is a row of the journal and holds while its
 * step is done: undoing the step is all that it takes to be told again. It goes with whoever is
 * erased, and comes along in a merge.
 *
 * In journal_change its `slot` is below those that changes have, `old` is what stayed, `new` what
 * was found otherwise; `target` has a tab and a number behind it where one answer was otherwise in
 * several ways.
 */

#include "store/dhk-store-private.h"
#include "store/dhk-store-profile.h"

G_BEGIN_DECLS

#define DHK_KEPT_STEP "keep"

/* The opposite choice (dhk-store-take.c), of more than one answer or of who is excluded: corrections by hand. */
#define DHK_TAKEN_STEP "take"

/* Slots of the journal from here down are choices. */
#define DHK_KEPT_FIRST_SLOT (-15)

typedef struct
{
  gint64 respondent;
  gint64 slot; /* or DHK_MERGE_SLOT_EXCLUSION */
  char *target;
  DhkCell held;
  DhkCell found;
  char *held_exclusion; /* of the slot of exclusions: why, or NULL */
  char *found_exclusion;
} DhkKeptChoice;

/* What dhk_store_list_conflicts() lists. */
typedef struct
{
  DhkConflict conflict;
  DhkKeptChoice choice;
} DhkListedConflict;

/* The one that `conflict` was, lent; or NULL with an error when none is like it any more. */
const DhkListedConflict *
dhk_kept_find_listed (const GPtrArray *listed, const DhkConflict *conflict, GError **error);

/* Frees the texts. */
void dhk_kept_choice_clear (DhkKeptChoice *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkKeptChoice, dhk_kept_choice_clear)

/* From a row with the columns slot, target, old, new from `column` on. FALSE: not a place here. */
gboolean dhk_kept_choice_read (DhkKeptChoice *self, DhkStore *store, DhkStatement *row, int column);

gboolean dhk_kept_write (DhkStore *store, gint64 step, const DhkKeptChoice *choice, GError **error);

/* All that holds now, one after the other. */
typedef gboolean (*DhkKeptFunc) (const DhkKeptChoice *choice, gpointer user_data, GError **error);
gboolean dhk_kept_for_each (DhkStore *store, DhkKeptFunc func, gpointer user_data, GError **error);

/* The same as a set to be asked by dhk_kept_holds(). Owned; NULL when it failed. */
GHashTable *dhk_kept_load (DhkStore *store, GError **error);

/* Whether it was chosen not to be told that the answer was found so. */
gboolean dhk_kept_holds (GHashTable *kept, const DhkKeptChoice *choice);

/* Takes out of DhkDifference those of answers corrected by hand for which that holds. */
void dhk_kept_take_out (GHashTable *kept,
                        DhkStore *store,
                        const DhkDraftFile *file,
                        gint64 respondent,
                        GArray *differences);

G_END_DECLS
