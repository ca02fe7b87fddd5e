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
      return N_ ("the scale has too few items");
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
    case DHK_STATS_NO_DIFFERENCES:
      return N_ ("all pairs of values are equal");
    case DHK_STATS_EMPTY_CELL:
      return N_ ("a combination of groups has no valid values");
    case DHK_STATS_SINGULAR:
      return N_ ("one column can be computed from the others");
    case DHK_STATS_SEPARATED:
      return N_ ("the predictors tell the outcomes apart without error");
    case DHK_STATS_NO_CONVERGENCE:
      return N_ ("the computation does not come to an end with these data");
    case DHK_STATS_TOO_LARGE:
      return N_ ("there are too many values for an exact computation");
    case DHK_STATS_IMPOSSIBLE:
      return N_ ("no value agrees with the other numbers");
    case DHK_STATS_INDEFINITE:
      return N_ ("the correlations of the pairs contradict each other");
    case DHK_N_STATS_STATUSES:
    default:
      return N_ ("the reason is not known");
    }
}

const char *
dhk_stats_status_name (DhkStatsStatus status)
{
  static const char *const names[DHK_N_STATS_STATUSES] = {
    [DHK_STATS_OK] = "ok",
    [DHK_STATS_NO_DATA] = "no-data",
    [DHK_STATS_TOO_FEW] = "too-few",
    [DHK_STATS_TOO_FEW_GROUPS] = "too-few-groups",
    [DHK_STATS_TOO_FEW_ITEMS] = "too-few-items",
    [DHK_STATS_NO_VARIANCE] = "no-variance",
    [DHK_STATS_PERFECT_FIT] = "perfect-fit",
    [DHK_STATS_NOT_FINITE] = "not-finite",
    [DHK_STATS_BAD_ARGUMENT] = "bad-argument",
    [DHK_STATS_NO_MEMORY] = "no-memory",
    [DHK_STATS_NO_DIFFERENCES] = "no-differences",
    [DHK_STATS_EMPTY_CELL] = "empty-cell",
    [DHK_STATS_SINGULAR] = "singular",
    [DHK_STATS_SEPARATED] = "separated",
    [DHK_STATS_NO_CONVERGENCE] = "no-convergence",
    [DHK_STATS_TOO_LARGE] = "too-large",
    [DHK_STATS_IMPOSSIBLE] = "impossible",
    [DHK_STATS_INDEFINITE] = "indefinite",
  };

  return (unsigned) status < DHK_N_STATS_STATUSES ? names[status] : "unknown";
}
