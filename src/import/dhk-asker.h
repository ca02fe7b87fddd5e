/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Asks: keeps the questions of an import and the answers that a person gave.
 *
 * One question at a time: dhk_asker_begin(), one dhk_asker_choice() per choice,
 * then dhk_asker_end() or dhk_asker_decide(). The first gives the chosen id when
 * the question was answered before, else NULL, and puts the question on the draft.
 * The second is for what is decided already and may be decided otherwise: it is
 * never open. When all is asked, dhk_asker_check() says whether every answer had
 * its question.
 *
 * dhk_asker_about() says between begin and end what the question is about in
 * words that hold for another file: an import profile may know the answer then. A
 * person's answer goes before a profile's.
 */

#include "study/dhk-import-profile.h"

G_BEGIN_DECLS

typedef struct _DhkAsker DhkAsker;

/* `answers`: question id -> choice id, may be NULL; lent for the asker's life, as is the draft. */
DhkAsker *dhk_asker_new (DhkDraft *draft, GHashTable *answers);
void dhk_asker_free (DhkAsker *self);

/*
 * Starts a question. Takes all three strings; `detail` may be NULL. An id that was used before gets
 * a number behind it.
 */
void dhk_asker_begin (DhkAsker *self, char *id, char *text, char *detail);

/* Takes the label. */
void dhk_asker_choice (DhkAsker *self, const char *id, char *label);

/*
 * `file` (may be NULL) is what it is about, `profile` (may be NULL) what is asked first.
 * A NULL kind: it cannot hold for another file.
 */
void dhk_asker_about (DhkAsker *self,
                      const DhkDraftFile *file,
                      const DhkImportProfile *profile,
                      const char *kind,
                      const char *key);

/* `suggestion` may be NULL. The answer is lent by the table of answers or the profile. */
const char *dhk_asker_end (DhkAsker *self, const char *suggestion);

/* What is chosen: `decided`, unless a person or a profile says otherwise. Lent as above. */
const char *dhk_asker_decide (DhkAsker *self, const char *decided);

/*
 * What a person or a profile says to a question that is not begun yet, and who, or
 * NULL. Whether it is a choice of the question is judged when it is begun.
 */
const char *dhk_asker_peek (DhkAsker *self,
                            const char *id,
                            const DhkImportProfile *profile,
                            const char *kind,
                            const char *key,
                            DhkDecidedBy *by);

/* The answers by hand whose id starts with `prefix`: what follows it, sorted. Free both. */
GPtrArray *dhk_asker_list_answered (DhkAsker *self, const char *prefix);

/*
 * Answers to questions whose id starts with `prefix` cannot be judged: whether
 * they are asked depends on another question.
 */
void dhk_asker_leave_open (DhkAsker *self, const char *prefix);

/*
 * Answers to questions about rows may lose their question to another answer,
 * given at the same time: they are no mistake. `judge` says whether what follows
 * `prefix` in an answer's id is such a row.
 */
typedef gboolean (*DhkAskerJudge) (const char *rest, gpointer user_data);
void
dhk_asker_forgive (DhkAsker *self, const char *prefix, DhkAskerJudge judge, gpointer user_data);

/* The ids of the answers by hand that have no question or name no choice of it, sorted. Free it. */
GPtrArray *dhk_asker_list_misfits (DhkAsker *self);

/* FALSE with DHK_IMPORT_ERROR when an answer has no question or names no choice of it. */
gboolean dhk_asker_check (DhkAsker *self, GError **error);

/*
 * `text` as part of an id: ASCII letters, digits, '.', '-' and '_', at most 40
 * of them. `keep_case`: as for file names. Free with g_free().
 */
char *dhk_asker_slug (const char *text, gboolean keep_case);

/* TRUE when a slug says all of the label `fold` (dhk_text_fold()) that it was made of. */
gboolean dhk_asker_slug_is_whole (const char *slug, const char *fold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkAsker, dhk_asker_free)

G_END_DECLS
