/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How a statistic ended.
 *
 * Every result struct of this library has a `status`. DHK_STATS_OK means that
 * all fields hold a value. With any other status the fields that have no value
 * are NaN (fields that can still be known, such as n, keep theirs); each
 * header says which. No function of the library aborts, prints, or sets errno
 * for its callers.
 */

typedef enum
{
  DHK_STATS_OK,
  DHK_STATS_NO_DATA,        /* not one valid value */
  DHK_STATS_TOO_FEW,        /* fewer valid values than the method needs */
  DHK_STATS_TOO_FEW_GROUPS, /* fewer than two groups hold values */
  DHK_STATS_TOO_FEW_ITEMS,  /* a scale of fewer items than the method needs */
  DHK_STATS_NO_VARIANCE,    /* the spread that the method divides by is zero */
  DHK_STATS_PERFECT_FIT,    /* the points lie on one straight line */
  DHK_STATS_NOT_FINITE,     /* infinite data, or a result beyond a double */
  DHK_STATS_BAD_ARGUMENT,   /* an argument outside the range stated */
  DHK_STATS_NO_MEMORY,      /* no room for the working copy of the data */
  DHK_STATS_NO_DIFFERENCES, /* every pair of values is equal */
  DHK_STATS_EMPTY_CELL,     /* a combination of groups has no values */
  DHK_STATS_SINGULAR,       /* a column is a combination of the others */
  DHK_STATS_SEPARATED,      /* the predictors tell the outcomes apart without error */
  DHK_STATS_NO_CONVERGENCE, /* the iteration came to no end */
  DHK_STATS_TOO_LARGE,      /* more values than the exact computation can take */
  DHK_STATS_IMPOSSIBLE,     /* no value agrees with the other numbers given */
  DHK_STATS_INDEFINITE,     /* correlations that no data without gaps can have together */
  DHK_N_STATS_STATUSES,     /* no status: how many there are */
} DhkStatsStatus;

/*
 * dhk_stats_status_reason:
 * Why a result is undefined, as an English clause without full stop that fits
 * behind "undefined, because …". The text is static, never NULL, and is in the
 * translators' catalogue for whoever shows it.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: a number that is no status gives "the reason is not known".
 */
const char *dhk_stats_status_reason (DhkStatsStatus status);

/*
 * dhk_stats_status_name:
 * The short name of a status for files and other programs: "ok", "no-data",
 * "too-few" … Static, never NULL.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: a number that is no status gives "unknown".
 */
const char *dhk_stats_status_name (DhkStatsStatus status);
