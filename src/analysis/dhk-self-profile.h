/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The profile of one person: each pair of a self-rating as it was answered, how
 * things should be beside how they are, with a group's means beside it where a group profile
 * is there. Shown alike on the screen, on paper and as a picture.
 *
 * "High" is above the middle of the answers (4 or 5 of 1 … 5). What was left open has
 * no finding. Immutable, reference counted, shared by threads.
 */

#include "study/dhk-group-profile.h"
#include "study/dhk-response.h"

G_BEGIN_DECLS

typedef struct
{
  const DhkText *label; /* what the pair is about, as it was asked; lent by the instrument */
  int ideal;            /* codes; DHK_RESPONSE_OPEN: left open */
  int actual;
  int finding;        /* a DhkFindingKind, or -1 */
  double group_ideal; /* M; NaN: not told */
  double group_actual;
  guint group_ideal_n;
  guint group_actual_n;
} DhkSelfPair;

typedef struct
{
  gatomicrefcount refs;
  DhkInstrument *instrument;
  const DhkSelfRating *rating;
  guint questionnaire;
  gint64 saved;
  GArray *pairs; /* DhkSelfPair, in the order of the scales */
  guint n_open;  /* answers of pairs that were left open */
  int lowest;    /* of the answers' codes */
  int highest;

  DhkGroupProfile *group; /* NULL: no figures of a group */
  int group_variable;     /* the group is this category of the type, or -1: the whole type */
  int group_category;
  guint group_least; /* fewest and most answers of a mean that is shown */
  guint group_most;
} DhkSelfProfile;

/*
 * The response must fit the instrument. `group` may be NULL; the figures nearest to the
 * person are taken: those of the own category where they are told, else of the whole type.
 */
DhkSelfProfile *dhk_self_profile_new (DhkInstrument *instrument,
                                      const DhkResponse *response,
                                      DhkGroupProfile *group);
DhkSelfProfile *dhk_self_profile_ref (DhkSelfProfile *self);
void dhk_self_profile_unref (DhkSelfProfile *self);

/* The pairs of a finding, widest gap first: guint, places in `pairs`. Free with g_array_unref(). */
GArray *dhk_self_profile_list (const DhkSelfProfile *self, DhkFindingKind finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSelfProfile, dhk_self_profile_unref)

G_END_DECLS
