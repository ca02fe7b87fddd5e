/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Description of a column: n, mean, spread, and the confidence interval of the
 * mean; and the summary (n, mean, SD) from which the tests can be computed when
 * nothing else is known, as from a published table.
 *
 * Values are doubles, NaN is a missing value. `confidence` is a fraction such
 * as 0.95, strictly between 0 and 1, everywhere in this library.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* What a table of a publication says of one group. */
typedef struct
{
  size_t n;
  double mean;
  double sd; /* with n − 1; not looked at where n < 2 */
} DhkSummary;

/* What needs the values themselves: it has no value where only a summary is known. */
typedef struct
{
  DhkStatsStatus status;
  double min;
  double max;
  double median;
} DhkMiddle;

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* valid values */
  size_t n_missing;
  double mean;
  double sd;      /* with n − 1 */
  double se;      /* of the mean */
  DhkInterval ci; /* of the mean */
  DhkMiddle order;
} DhkDescription;

/*
 * dhk_describe:
 * Describes `n` values.
 *
 * Formula: M = Σx / n; SD = √(Σ(x − M)² / (n − 1)); SE = SD / √n; CI = M ±
 * t(1 − (1 − confidence)/2; n − 1) SE; the median is the middle value, or the
 * mean of the two in the middle.
 * Source: any textbook; accuracy as NIST StRD asks, see dhk-double-double.h.
 * Units: those of the values. `values` may be NULL where n is 0.
 * Smallest n: 1 for mean, minimum, maximum and median; 2 for the rest. Values
 * that do not vary have SD 0 and an interval without width.
 * Undefined: NO_DATA, all NaN; TOO_FEW (one value), SD, SE, CI NaN;
 * NOT_FINITE, mean, SD, SE, CI NaN, and of `order` what is infinite;
 * BAD_ARGUMENT (confidence), CI NaN; NO_MEMORY, all NaN.
 */
DhkDescription dhk_describe (const double *values, size_t n, double confidence);

/*
 * dhk_describe_groups:
 * Describes the values of each of `n_groups` groups: `group[i]` is the group
 * of `values[i]`, from 0; a negative one leaves the value out.
 *
 * Formula: dhk_describe for each group.
 * Source: dhk_describe.
 * Units: `values` and `group` of length n; `result` of length n_groups.
 * Smallest n: as dhk_describe, for each group by itself.
 * Undefined: as dhk_describe in each result. Returns OK; BAD_ARGUMENT where a
 * group is n_groups or more; NO_MEMORY. Then nothing is written.
 */
DhkStatsStatus dhk_describe_groups (const double *values,
                                    const int *group,
                                    size_t n,
                                    size_t n_groups,
                                    double confidence,
                                    DhkDescription *result);

/*
 * dhk_description_from_summary:
 * The description that n, mean and SD allow.
 *
 * Formula: as dhk_describe.
 * Source: as dhk_describe.
 * Units: those of mean and SD.
 * Smallest n: 1 for the mean; 2 for the rest.
 * Undefined: `order` always, its status being NO_DATA. NO_DATA (n = 0), TOO_FEW
 * (n = 1), NOT_FINITE (infinite or NaN mean or SD), BAD_ARGUMENT (negative SD,
 * confidence), with NaN as in dhk_describe.
 */
DhkDescription dhk_description_from_summary (DhkSummary summary, double confidence);

/*
 * dhk_summarise:
 * The summary of `n` values, for the functions that take one.
 *
 * Formula: as dhk_describe.
 * Source: as dhk_describe.
 * Units: those of the values. `values` may be NULL where n is 0.
 * Smallest n: 1 for the mean; 2 for the SD.
 * Undefined: NaN.
 */
DhkSummary dhk_summarise (const double *values, size_t n);

/*
 * dhk_combine_summaries:
 * The summary of all cases together, from those of the `n_parts` groups that
 * they fall into.
 *
 * Formula: n = Σ n_i; M = Σ n_i M_i / n; SD² = (Σ (n_i − 1) SD_i² + Σ n_i (M_i −
 * M)²) / (n − 1). Groups of nobody take no part.
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925), ch. VII (sums of squares
 * within and between).
 * Units: those of means and SDs. `parts` may be NULL where n_parts is 0.
 * Smallest n: 1 for the mean; 2 for the SD.
 * Undefined: NaN; also where a group with cases has no mean, or one of two or more no SD or a
 * negative one.
 */
DhkSummary dhk_combine_summaries (const DhkSummary *parts, size_t n_parts);
