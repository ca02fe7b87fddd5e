/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Tables that the methods with several means share (inside this library only).
 */

#include "stats/methods/dhk-methods-private.h"

extern const DhkStructure dhk_anova_effect_structure;
extern const DhkStructure dhk_mean_rank_structure;

/* What nearly all of them can answer */
#define DHK_ANOVA_REASONS                                                                          \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NO_VARIANCE)                    \
   | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_MEMORY))
