/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Drafts of many rows that lie elsewhere, as those of a long file do. */

#include "store-fixture.h"

G_BEGIN_DECLS

/* What the rows are told from: the first member of what a test knows besides. */
typedef struct
{
  guint n_rows;
  guint n_questions; /* is set */
} FixtureMany;

/*
 * A file of youths, of whom each has answered the last question. Takes `many`. What `own` has is used in place of the
 * fixture's functions.
 */
DhkDraftFile *fixture_add_many (DhkDraft *draft, FixtureMany *many, const DhkDraftSource *own);

/* The fixture's own. */
void fixture_many_read_codes (gpointer data, guint first, guint n, gint8 *codes);
void fixture_many_read_keys (gpointer data, guint64 *keys);

G_END_DECLS
