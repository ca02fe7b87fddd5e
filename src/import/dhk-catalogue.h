/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Every head that an instrument's questions may have in a file, folded: their
 * texts in each language and in each variant of wording, their column names in
 * an export, and the usual heads of background variables. Built once per
 * import, then only looked up.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_HIT_TEXT,    /* the question's own text */
  DHK_HIT_VARIANT, /* its text in another wording */
  DHK_HIT_NAME,    /* its column name in an export */
  DHK_HIT_HEAD,    /* a head that means this variable in any questionnaire */
  DHK_HIT_ALL, /* the head of all several choices in one cell; `question` is the first of them */
} DhkHitKind;

typedef struct
{
  guint questionnaire;
  guint question;
  DhkHitKind kind;
  guint variant; /* of VARIANT */
} DhkHit;

typedef struct _DhkCatalogue DhkCatalogue;

DhkCatalogue *dhk_catalogue_new (DhkInstrument *instrument);
void dhk_catalogue_free (DhkCatalogue *self);

/* The questions that `folded` is a head of, by questionnaire and order; NULL when none. Lent. */
const GArray *dhk_catalogue_find (DhkCatalogue *self, const char *folded);

/*
 * What dhk_catalogue_find() knows one of several choices by: what stands above it in a head, and the choice,
 * both folded and without closing punctuation. Free with g_free().
 */
char *dhk_catalogue_dup_choice_key (const char *above, const char *choice);

/* How many of `hits` (may be NULL) are of one questionnaire. */
guint dhk_catalogue_count (const GArray *hits, guint questionnaire);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkCatalogue, dhk_catalogue_free)

G_END_DECLS
