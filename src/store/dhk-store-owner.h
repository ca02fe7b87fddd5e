/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: whose the imported rows are (dhk-store-owner.c), reading and
 * rewriting those rows (dhk-store-raw-rows.c), and who was erased (dhk-store-erased.c).
 */

#include "store/dhk-store-private.h"

G_BEGIN_DECLS

/* Whose rows they are ------------------------------------------------------------------ */

/* For a draft that is being stored: every file after it is stored, then the end. Of the rows of
 * somebody who was erased nothing is kept. */
typedef struct _DhkOwners DhkOwners;
DhkOwners *dhk_owners_new (DhkStore *store, DhkComparison *comparison);
void dhk_owners_free (DhkOwners *self);
gboolean dhk_owners_add_file (DhkOwners *self, DhkDraftFile *file, gint64 step, GError **error);
gboolean dhk_owners_finish (DhkOwners *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkOwners, dhk_owners_free)

/*
 * The respondent of every raw row of an import, 0 for none. Empty when that is not known:
 * an import by an earlier version that held more than new respondents. Or NULL with an error.
 */
GArray *dhk_store_load_owners (DhkStore *self, gint64 batch, GError **error); /* gint64 */
gboolean dhk_store_write_owners (
    DhkStore *self, gint64 batch, const gint64 *owners, guint n, GError **error);

/* Raw rows one by one -------------------------------------------------------------------- */

/* Called for every row of an import, in order; `text` ends at `length`. FALSE stops. */
typedef gboolean (*DhkRawVisit) (guint row, const char *text, gsize length, gpointer user_data);
gboolean dhk_store_visit_raw (
    DhkStore *self, gint64 batch, DhkRawVisit visit, gpointer user_data, GError **error);

/* How many rows a text of rows holds. */
guint dhk_raw_count_rows (const char *text, gsize size);

/* Makes the rows empty for which blank[row] is set; with NULL all of them. */
gboolean dhk_store_blank_raw (
    DhkStore *self, gint64 batch, const gboolean *blank, guint n_rows, GError **error);

/* Who was erased --------------------------------------------------------------------------- */

typedef struct _DhkErased DhkErased;

/* `erased` gets NULL when nobody was. */
gboolean dhk_erased_load (DhkStore *store, DhkErased **erased, GError **error);
void dhk_erased_free (DhkErased *self);

gboolean dhk_erased_holds_identity (DhkErased *self, const char *identity);

/* Whether this row of a draft is a response that was erased. */
gboolean dhk_erased_holds (DhkErased *self, const DhkDraftRow *row);

/* Whether a row kept aside repeats one of the `rows` (DhkDraftRow, a set) that were erased. */
gboolean dhk_erased_repeats (GHashTable *rows, const DhkDraftRow *row);

/* Remembers an identity as erased. */
gboolean dhk_erased_add (DhkStore *store, const char *identity, GError **error);

/* Removes what a killed program may have left beside the study (dhk-store-leftover.c). */
gboolean dhk_store_shred_leftovers (DhkStore *self, GError **error);

/* Finishes what an erasure that was cut short left to do: backups, leftovers, a new file. */
gboolean dhk_store_finish_erasing (DhkStore *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkErased, dhk_erased_free)

G_END_DECLS
