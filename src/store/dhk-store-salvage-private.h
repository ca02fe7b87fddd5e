/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: the parts of a salvage. */

#include "store/dhk-store-private.h"
#include "store/dhk-store-salvage.h"

G_BEGIN_DECLS

/* Rows that no table leads to any more, of the tables that answers need; what is there stays.
 * (dhk-store-salvage-pages.c) */
void dhk_salvage_scan_pages (GBytes *bytes, DhkStore *to);

/* The questionnaires, or NULL; `whole` becomes FALSE when their table is lost. `name` is for messages. */
DhkInstrument *
dhk_salvage_find_instrument (sqlite3 *from, GBytes *bytes, const char *name, gboolean *whole);

/*
 * Answers that cannot stand where they are become unreadable, and what refers to nothing goes. What
 * the journal of the damaged study says of lost imports holds. `name` is what messages call its
 * file. (dhk-store-salvage-mend.c)
 */
gboolean dhk_salvage_mend (
    DhkStore *to, sqlite3 *from, const char *name, DhkSalvage *salvage, GError **error);

/* After that: what files have otherwise is made to fit, and the steps by which somebody chose to keep what is here become
 * steps of the new study. (dhk-store-salvage-kept.c) */
gboolean dhk_salvage_carry_kept (DhkStore *to, sqlite3 *from, GError **error);

/* Says that nothing is made, and what is left to do; `read`: the questionnaires were. Always FALSE.
 * (dhk-store-salvage-text.c) */
gboolean
dhk_salvage_fail (const DhkSalvage *salvage, gboolean read, const char *name, GError **error);

G_END_DECLS
