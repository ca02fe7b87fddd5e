/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the two rank tests, Mann–Whitney and Wilcoxon, have in common.
 */

#include <stdbool.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* Fewer values than this in every group: the exact distribution, as R decides. */
#define DHK_RANK_EXACT_BELOW 50

/* Where the p of the test comes from. */
typedef enum
{
  DHK_RANK_AUTO,   /* exact below DHK_RANK_EXACT_BELOW, with ties too, else normal */
  DHK_RANK_EXACT,  /* the exact distribution, given the ties */
  DHK_RANK_NORMAL, /* the normal distribution, its variance corrected for ties */
} DhkRankMethod;

extern const char *const dhk_rank_method_names[];

/* The normal approximation, with the tie correction. */
typedef struct
{
  DhkStatsStatus status;
  double z; /* without continuity correction, as SPSS */
  double p;
  double z_corrected; /* one half nearer to the expectation, as R */
  double p_corrected;
  double r; /* z/√n, n all values (pairs) ranked */
} DhkRankNormal;

/* The exact distribution given the ties; TOO_LARGE where it was not computed. */
typedef struct
{
  DhkStatsStatus status;
  double p; /* P of a result as far from the expectation or farther */
  double p_greater;
  double p_less;
} DhkRankExact;
