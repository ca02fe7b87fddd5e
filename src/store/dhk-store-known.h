/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The responses to one questionnaire that a study holds, while a draft is compared with it: by
 * identity, and by what was answered when. Inside the store room.
 *
 * There may be a million, and a newer export holds them all once more: of a stored response 48 bytes are
 * kept, with a digest in the place of each text.
 *
 * First all stored ones are added, then dhk_responses_match() is called for every row of the draft,
 * then the rows are compared one by one, of which most need no more than that match.
 */

#include "store/dhk-store-private.h"

G_BEGIN_DECLS

/* Of an identity or a content: half of a hash. All zero stands for none. */
typedef struct
{
  guint64 halves[2];
} DhkDigest;

DhkDigest dhk_digest (const char *text);

/* Of a column of the study: bytes, a text or null. */
DhkDigest dhk_digest_of_column (DhkStatement *statement, int column);
gboolean dhk_digest_equal (gconstpointer a, gconstpointer b);

/* A response that is known: stored, or from a row above. */
typedef struct
{
  gint64 respondent;         /* 0: not stored yet */
  const DhkDraftRow *origin; /* the row it is made of, when it is not stored yet */
  DhkDigest content;
  DhkDraftFile *file; /* the latest row of this draft about it, or NULL */
  guint row;
} DhkKnown;

typedef struct _DhkResponses DhkResponses;

DhkResponses *dhk_responses_new (void);
void dhk_responses_free (DhkResponses *self);

/* A stored response. `started` 0: not known. */
void dhk_responses_add_stored (
    DhkResponses *self, gint64 respondent, DhkDigest identity, DhkDigest content, gint64 started);

/* The one that was added last has neither a number of the form's nor a start. */
void dhk_responses_mark_plain (DhkResponses *self);
gboolean dhk_responses_have_plain (DhkResponses *self);

/* All that the study holds, each to those of its questionnaire, where they are not NULL. */
gboolean dhk_responses_load (DhkResponses **responses,
                             DhkStore *store,
                             GCancellable *cancellable,
                             GError **error);

/* The stored response of the row's identity, 0 when there is none; it is in the draft from now on. */
gint64 dhk_responses_match (DhkResponses *self, const DhkDraftRow *row, gboolean *is_same);

/*
 * A row whose identity is of no stored response is of that one all the same, unless another row of
 * the draft is: under the row's identity it is found from then on. All identities are matched before.
 */
gboolean dhk_responses_adopt (DhkResponses *self, const DhkDraftRow *row, gint64 respondent);

/* The stored response of an identity that no row of the draft is of, with its content; or 0. */
gint64 dhk_responses_peek (DhkResponses *self, const char *identity, DhkDigest *content);

/*
 * The same as adopting for a row without number and start: it is of a stored response that has none either, and
 * the same content. That response, or 0.
 */
gint64 dhk_responses_adopt_plain (DhkResponses *self, const DhkDraftRow *row);

/* A response that is new in the draft, under its identity. */
void dhk_responses_add_new (DhkResponses *self, const char *identity, const DhkKnown *known);

/* The response that the row is of, or NULL when it is new. Lent, and may be changed. */
DhkKnown *dhk_responses_find (DhkResponses *self, const DhkDraftRow *row);

/*
 * Whether a stored response that is not in the draft came with the same content within ten
 * minutes. Everything is matched before.
 */
gboolean dhk_responses_hold_near (DhkResponses *self, const char *content, gint64 started);

/*
 * Whether one that is not in the draft has the same content, where one of the two starts is not
 * known, or is a day without a time: then nothing tells whether they are the same.
 */
gboolean dhk_responses_hold_alike (DhkResponses *self, const char *content, gint64 started);

/* Whether one that is not in the draft has the same content, at whatever time. */
gboolean dhk_responses_hold_content (DhkResponses *self, const char *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkResponses, dhk_responses_free)

G_END_DECLS
