/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The inside of an instrument, shared by its accessors and its loader only.
 *
 * Every array holds plain structs whose first member is their id (but for
 * perspectives), so one function finds any of them.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

struct _DhkInstrument
{
  gatomicrefcount refs;
  GBytes *xml;
  char *id;
  char *version;
  char *plan_id;  /* or NULL */
  char *based_on; /* or NULL */
  DhkText title;

  GArray *answer_scales;  /* DhkAnswerScale */
  GArray *variables;      /* DhkVariable */
  GArray *choices;        /* DhkChoices */
  GArray *roles;          /* DhkRole: the types first */
  GArray *targets;        /* DhkTarget */
  GArray *perspectives;   /* DhkPerspective */
  GArray *items;          /* DhkItem */
  GArray *scales;         /* DhkScale */
  GArray *questionnaires; /* DhkQuestionnaire */
  GArray *variants;       /* DhkVariant */
  guint n_types;
  DhkSelfRating *self_rating; /* or NULL */

  guint32 *asked; /* [item × (targets + 1)], see dhk_instrument_get_asked() */
};

/* An instrument without any part, its arrays ready to be filled. */
DhkInstrument *dhk_instrument_new_empty (void);

/* The index of `id` in an array of structs that begin with their id, or -1. */
int dhk_instrument_find_in (const GArray *array, const char *id);

/*
 * The respondent types that are asked `item` about `target`: bit i for type i.
 * Lent and writable while loading.
 */
guint32 *dhk_instrument_get_asked (const DhkInstrument *self, guint item, int target);

/* The types that are asked every item of `scale` about `target`. */
guint32 dhk_instrument_get_scale_types (const DhkInstrument *self, guint scale, int target);

/* Frees what a category or a question holds, for arrays that are still being filled. */
void dhk_category_clear (DhkCategory *self);
void dhk_band_clear (DhkBand *self);
void dhk_answer_clear (DhkAnswer *self);
void dhk_question_clear (DhkQuestion *self);
void dhk_replacement_clear (DhkReplacement *self);

G_END_DECLS
