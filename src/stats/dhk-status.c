/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-status.h"

/* Marks a text for the translators; this library itself translates nothing. */
#define N_(text) text

const char *
dhk_stats_status_reason (DhkStatsStatus status)
{
  switch (status)
    {
    case DHK_STATS_OK:
      return N_ ("the result is defined");
    case DHK_STATS_NO_DATA:
      return N_ ("there are no valid values");
    case DHK_STATS_TOO_FEW:
      return N_ ("there are too few valid values");
    case DHK_STATS_TOO_FEW_GROUPS:
      return N_ ("fewer than two groups have valid values");
    case DHK_STATS_TOO_FEW_ITEMS:
      return N_ ("the scale has fewer than two items");
    case DHK_STATS_NO_VARIANCE:
      return N_ ("the values do not vary");
    case DHK_STATS_PERFECT_FIT:
      return N_ ("the points lie on a straight line");
    case DHK_STATS_NOT_FINITE:
      return N_ ("a value is infinite or too large to compute with");
    case DHK_STATS_BAD_ARGUMENT:
      return N_ ("an argument is outside its range");
    case DHK_STATS_NO_MEMORY:
      return N_ ("the computer has too little free memory");
    default:
      return N_ ("the reason is not known");
    }
}
