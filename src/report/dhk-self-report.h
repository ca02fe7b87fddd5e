/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The words, the table and the pages of one person's profile: plain language for the
 * person who filled it in, the same on the screen and on paper.
 */

#include "analysis/dhk-self-profile.h"
#include "report/dhk-document.h"

G_BEGIN_DECLS

/* "Leraren, SO/VSO (n = 59)", or NULL without a group. Free with g_free(). */
char *dhk_self_profile_dup_group_label (const DhkSelfProfile *self, DhkLanguage language);

/*
 * What the profile shows, a sentence a finding: "This you find important, and it succeeds
 * less: …". Those that nothing belongs to are left out. Free with g_strfreev().
 */
char **dhk_self_profile_dup_sentences (const DhkSelfProfile *self, DhkLanguage language);

/* Pairs in rows: both answers, their difference, a group's means where there is one. */
DhkTable *
dhk_self_profile_new_table (const DhkSelfProfile *self, DhkLanguage language, DhkNumberStyle style);

/* All of it, to print. */
DhkDocument *
dhk_self_profile_new_document (DhkSelfProfile *self, DhkLanguage language, DhkNumberStyle style);

G_END_DECLS
