/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Where two procedures for all pairs of means disagree.
 */

#include "stats/dhk-posthoc.h"

typedef struct
{
  size_t a;
  size_t b;
  double difference; /* mean[a] − mean[b] */
  double p_first;    /* adjusted, by the first procedure */
  double p_second;
  bool differs_first;
  bool differs_second;
} DhkDisagreement;

typedef struct
{
  DhkStatsStatus status;
  DhkProcedure first;
  DhkProcedure second;
  DhkStatsStatus first_status;
  DhkStatsStatus second_status;
  size_t n_compared;      /* pairs on which both decide */
  size_t n_disagreements; /* of those, how often they decide otherwise */
  size_t n_undecided;     /* pairs of groups with values on which one or both do not decide */
  double alpha;           /* 1 − confidence */
} DhkPostHocComparison;

/*
 * dhk_post_hoc_compare:
 * Lists the pairs that differ by one procedure and not by the other.
 *
 * Formula: dhk_post_hoc with each procedure; they disagree where one adjusted p
 * is below 1 − confidence and the other is not.
 * Source: that of each procedure.
 * Units: as dhk_post_hoc; `disagreements` of length dhk_pair_count (n_groups),
 * of which the first n_disagreements are filled.
 * Smallest n: as dhk_post_hoc.
 * Undefined: first_status and second_status are those of dhk_post_hoc; the
 * status is the first of them that is not OK, or NO_MEMORY. Then nothing is
 * listed.
 */
DhkPostHocComparison dhk_post_hoc_compare (DhkProcedure first,
                                           DhkProcedure second,
                                           const double *values,
                                           const int *group,
                                           size_t n,
                                           size_t n_groups,
                                           double confidence,
                                           DhkDisagreement *disagreements);

/*
 * dhk_post_hoc_compare_from_summary:
 * The same from n, mean and SD of each group.
 *
 * Formula: as dhk_post_hoc_compare.
 * Source: as dhk_post_hoc_compare.
 * Units: as dhk_post_hoc_from_summary.
 * Smallest n: as dhk_post_hoc.
 * Undefined: as dhk_post_hoc_compare and dhk_post_hoc_from_summary.
 */
DhkPostHocComparison dhk_post_hoc_compare_from_summary (DhkProcedure first,
                                                        DhkProcedure second,
                                                        const DhkSummary *groups,
                                                        size_t n_groups,
                                                        double confidence,
                                                        DhkDisagreement *disagreements);
