/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The responses to one questionnaire that a study holds, while a draft is compared with it: by
 * identity, and by what was answered when. Inside the store room.
 */

#include "study/dhk-draft.h"

G_BEGIN_DECLS

/* A response that is known: stored, or from a row above. */
typedef struct
{
  gint64 respondent;         /* 0: not stored yet */
  const DhkDraftRow *origin; /* the row it is made of, when it is not stored yet */
  const char *content;
  DhkDraftFile *file; /* the latest row of this draft about it, or NULL */
  guint row;
} DhkKnown;

typedef struct _DhkResponses DhkResponses;

DhkResponses *dhk_responses_new (void);
void dhk_responses_free (DhkResponses *self);

/* The texts are lent for as long as the responses live. */
void dhk_responses_add (DhkResponses *self, const char *identity, DhkKnown known);

/* The response that the row is of, or NULL when it is new; lent until the next one is added. */
DhkKnown *dhk_responses_find (DhkResponses *self, const DhkDraftRow *row);

/* A response that another may repeat within minutes; either may be unknown (NULL, 0). */
void dhk_responses_add_sent (DhkResponses *self, const char *content, gint64 started);

/* Whether one of these came with the same content within ten minutes. */
gboolean dhk_responses_hold_near (DhkResponses *self, const char *content, gint64 started);

/*
 * A byte for every row of the files (DhkDraftFile), one after the other: 1 where another row of them
 * may be of the same response, or where no identity tells. Free with g_free().
 */
guint8 *dhk_responses_mark_several (GPtrArray *files);

G_END_DECLS
