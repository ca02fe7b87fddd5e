/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The kinds of missing in words: the value labels of a file for SPSS, and what
 * they mean when such a file comes back.
 */

#include "base/dhk-language.h"
#include "study/dhk-frame.h"

G_BEGIN_DECLS

#define DHK_N_MISSING_KINDS 3

/* The kinds, from -1 downwards. */
DhkMissing dhk_missing_get_kind (guint i);

/* "not answered", "not asked", "unreadable" in the language of an output. Lent for ever. */
const char *dhk_missing_get_label (DhkMissing kind, DhkLanguage language);

/* "empty", "not-asked", "unreadable": how files and commands name the kinds. Lent for ever. */
const char *dhk_missing_get_id (DhkMissing kind);
gboolean dhk_missing_parse_id (const char *id, DhkMissing *kind);

/* The digit that is typed after "-" in Paper entry for a choice on the form that counts as this kind:
 * 1 nothing filled in, 3 cannot be read, 5 does not apply. */
guint dhk_missing_get_key (DhkMissing kind);

/* The kind whose label, in any language, folds to `fold` (dhk_text_fold()); FALSE for other words. */
gboolean dhk_missing_find (const char *fold, DhkMissing *kind);

G_END_DECLS
