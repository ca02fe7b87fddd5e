/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the procedures that compare groups share (inside this library only).
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-posthoc.h"

/* A group: its mean in twice the precision, so that small differences between
 * large means come out right. */
typedef struct
{
  size_t n;
  DhkDoubleDouble mean;
  double squares; /* of the deviations from the mean; 0 where n < 2 */
} DhkGroupMoments;

/* All of them */
typedef struct
{
  DhkStatsStatus status; /* OK, or why nothing can be compared */
  size_t n;              /* values */
  size_t n_groups;       /* with values */
  double df;             /* within, 0 or more; NaN unless means are known */
  double mse;            /* NaN where df is 0 */
} DhkPool;

/* The groups of a column, or from summaries: an array of n_groups for free(),
 * NULL where memory is out. `status` is OK, NOT_FINITE or BAD_ARGUMENT. */
DhkGroupMoments *dhk_group_moments_gather (
    const double *values, const int *group, size_t n, size_t n_groups, DhkStatsStatus *status);
DhkGroupMoments *dhk_group_moments_from_summaries (const DhkSummary *summaries,
                                                   size_t n_groups,
                                                   DhkStatsStatus *status);

/* NO_DATA, TOO_FEW_GROUPS, TOO_FEW, NO_VARIANCE or NOT_FINITE. */
DhkPool dhk_group_moments_pool (const DhkGroupMoments *groups, size_t n_groups);

/* mean[a] − mean[b] */
double dhk_group_moments_subtract (const DhkGroupMoments *a, const DhkGroupMoments *b);

/* An undefined pair. */
DhkPair dhk_pair_undefined (DhkStatsStatus status, size_t a, size_t b, double confidence);

/* Fills t, q and p_unadjusted from difference, se and df. */
void dhk_pair_test (DhkPair *pair);

/* Fills the interval and the decision from the adjusted p and the critical value; where one of
 * them is beyond a double the pair becomes NOT_FINITE. */
void dhk_pair_conclude (DhkPair *pair, double p, double critical, double confidence);

/* Games–Howell for pairs that have been undefined by dhk_pair_undefined () with status OK; *n_used
 * is the number of groups compared. */
void dhk_games_howell_compare (const DhkGroupMoments *groups,
                               size_t n_groups,
                               double confidence,
                               DhkPair *pairs,
                               size_t *n_used);
