/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Is a printed total possible, given the printed parts?
 *
 * The rows of a table are n, mean and SD; the first row is the total, the
 * others are groups that together are the total. Every number stands for its
 * rounding interval (dhk-rounding.h), and the answers are enclosures of all
 * that the intervals allow: a verdict against a table is proof, and the
 * intervals say what each number would have to be.
 *
 * Where the parts hold fewer respondents than the total, the rest is one more
 * part without printed numbers, and the answer says what it must be.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-grim.h"
#include "stats/dhk-rounding.h"

typedef enum
{
  DHK_TOTAL_CONSISTENT,
  DHK_TOTAL_N_IMPOSSIBLE,       /* the parts hold more respondents than the total */
  DHK_TOTAL_MEAN_IMPOSSIBLE,    /* the means contradict each other */
  DHK_TOTAL_SD_IMPOSSIBLE,      /* the SDs do */
  DHK_TOTAL_BOTH_IMPOSSIBLE,    /* means and SDs do */
  DHK_TOTAL_MISSING_IMPOSSIBLE, /* no answers of those missing from the parts mend it */
} DhkTotalVerdict;

extern const char *const dhk_total_verdict_names[]; /* ends with NULL */

/* What one row would have to be, all other printed numbers being right. */
typedef struct
{
  DhkEnclosure mean;
  DhkEnclosure mean_printed; /* the printed numbers that stand for such a mean */
  DhkEnclosure sd;
  DhkEnclosure sd_printed;
} DhkRowNeed;

/* Those who are in the total and in no part. */
typedef struct
{
  DhkStatsStatus status; /* NO_DATA: nobody is missing */
  size_t n;
  double mean_point; /* from the printed numbers as if they were exact */
  DhkEnclosure mean_range;
  DhkStatsStatus sd_status; /* the printed numbers, if exact, leave no SD */
  double sd_point;
  DhkEnclosure sd_range;
} DhkMissingPart;

typedef struct
{
  DhkStatsStatus status;
  DhkTotalVerdict verdict;
  size_t n_total;
  size_t n_parts;    /* the sum over the parts */
  DhkEnclosure mean; /* of the total, from the parts alone */
  DhkEnclosure sd;   /* likewise */
  DhkMissingPart missing;
} DhkTotalCheck;

/*
 * dhk_check_total:
 * `rows` are the total and `n_rows` − 1 parts; `needs` is NULL or of length n_rows.
 *
 * Formula: N M = Σ n m; (N − 1) S² = Σ (n − 1) s² + Σ n (m − M)², over all means and SDs within
 * rounding; see dhk-between.h for the extremes. With `items` > 0 the means are those of whole
 * numbers of points, n·items of them (dhk_rounding_points). A part without numbers has its mean
 * within the scale of answers and s² ≤ n/(n − 1) (m − min)(max − m).
 * Source: sum-of-squares decomposition: R. A. Fisher, Statistical Methods for Research Workers
 * (1925); bound of the variance: R. Bhatia, C. Davis, The American Mathematical Monthly 107 (2000)
 * 353–357.
 * Units: those of means and SDs; the SD is that with n − 1.
 * Smallest n: a total of 1 and one part; at most 500 rows. A row of n = 1 says nothing by its SD.
 * Undefined: TOO_FEW_GROUPS (no part), TOO_LARGE (over 500 rows), NO_DATA (a row with n = 0),
 * BAD_ARGUMENT (decimals, a negative SD, a scale without order), NOT_FINITE. With the verdict
 * DHK_TOTAL_N_IMPOSSIBLE all enclosures are IMPOSSIBLE. An enclosure is NOT_FINITE where missing
 * respondents could be anything, the scale not being given.
 */
DhkTotalCheck dhk_check_total (const DhkSummary *rows,
                               size_t n_rows,
                               int decimals,
                               size_t items,
                               DhkAnswerGrid answers,
                               DhkRowNeed *needs);
