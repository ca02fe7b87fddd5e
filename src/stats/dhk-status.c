/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-status.h"

const char *
dhk_stats_status_reason (DhkStatsStatus status)
{
  switch (status)
    {
    case DHK_STATS_OK:
      return "the result is defined";
    case DHK_STATS_NO_DATA:
      return "there are no valid values";
    case DHK_STATS_TOO_FEW:
      return "there are too few valid values";
    case DHK_STATS_TOO_FEW_GROUPS:
      return "fewer than two groups have valid values";
    case DHK_STATS_TOO_FEW_ITEMS:
      return "the scale has fewer than two items";
    case DHK_STATS_NO_VARIANCE:
      return "the values do not vary";
    case DHK_STATS_PERFECT_FIT:
      return "the points lie on a straight line";
    case DHK_STATS_NOT_FINITE:
      return "a value is infinite or too large to compute with";
    case DHK_STATS_BAD_ARGUMENT:
      return "an argument is outside its range";
    case DHK_STATS_NO_MEMORY:
      return "the computer has too little free memory";
    default:
      return "the reason is not known";
    }
}
