/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Change of single cases: the error of a measurement, whether a change is more
 * than that error, and goal attainment.
 *
 * All take the reliability of the instrument (a number from 0 to 1, such as α
 * or a retest correlation) and the SD of the norm group, which need not be the
 * group at hand.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* Error of measurement */

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  double sd;
  double reliability;
  double sem;           /* standard error of measurement */
  double margin;        /* half the width of the interval of a score */
  double se_difference; /* of the difference of two scores of one person */
  double smallest_detectable_change;
  double score; /* the one that the interval is about */
  DhkInterval score_ci;
} DhkMeasurementError;

/*
 * dhk_measurement_error:
 * The standard error of measurement of an instrument in a group with that
 * summary, and the interval of `score` (NaN: the mean).
 *
 * Formula: SEM = SD √(1 − reliability); interval of a score = score ± z SEM, z
 * the normal quantile of 1 − (1 − confidence)/2; SE of a difference = √2 SEM;
 * smallest detectable change = z √2 SEM.
 * Source: H. Gulliksen, Theory of Mental Tests (1950) 15–17; L. J. Cronbach et al., The
 * Dependability of Behavioral Measurements (1972); H. C. W. de Vet et al., J. Clinical
 * Epidemiology 59 (2006) 1033–1039 (smallest detectable change).
 * Units: those of the scores.
 * Smallest n: 2.
 * Undefined: BAD_ARGUMENT (reliability outside 0 to 1 or NaN, negative SD, confidence); NO_DATA;
 * TOO_FEW; NOT_FINITE (infinite or NaN mean, SD or infinite score): all but n and reliability NaN.
 */
DhkMeasurementError
dhk_measurement_error (DhkSummary summary, double reliability, double score, double confidence);

/* Reliable change */

typedef enum
{
  DHK_RELIABLE_CHANGE_JACOBSON_TRUAX_1991, /* error of a difference: √2 SEM */
  DHK_RELIABLE_CHANGE_JACOBSON_1984,       /* error of one score: SEM; calls too much a change */
} DhkReliableChangeVariant;

extern const char *const dhk_reliable_change_variant_names[];

typedef enum
{
  DHK_CHANGE_UNCHANGED,
  DHK_CHANGE_IMPROVED,
  DHK_CHANGE_DETERIORATED,
} DhkChangeVerdict;

extern const char *const dhk_change_verdict_names[];

/* One case. */
typedef struct
{
  DhkStatsStatus status;
  double before;
  double after;
  double change; /* after − before */
  double rci;    /* change / its error */
  DhkChangeVerdict verdict;
} DhkCaseChange;

typedef struct
{
  DhkStatsStatus status;
  DhkReliableChangeVariant variant;
  size_t n; /* cases with both scores */
  size_t n_missing;
  double reliability;
  double sd; /* given, or that of `before` in the cases with both scores */
  double sem;
  double se_difference; /* what a change is divided by */
  double criterion;     /* a larger |rci| is a reliable change */
  double smallest_reliable_change;
  size_t n_improved;
  size_t n_deteriorated;
  size_t n_unchanged;
} DhkReliableChange;

typedef struct
{
  DhkReliableChangeVariant variant;
  double reliability;
  double sd;           /* of the norm group; NaN: of the cases before */
  double confidence;   /* 0.95: a criterion of 1.96 */
  int lower_is_better; /* as with complaints */
} DhkReliableChangeOptions;

/*
 * dhk_reliable_change:
 * The reliable change index of `n` cases, and which of them changed more than
 * the error of measurement explains. `cases` holds room for `n` results.
 *
 * Formula: RCI = (after − before) / S, S = √2 SD √(1 − reliability), the error
 * of a difference; reliable where |RCI| > z, the normal quantile of 1 − (1 −
 * confidence)/2. The variant of 1984 leaves out √2, as was published first.
 * Source: N. S. Jacobson, P. Truax, J. Consulting and Clinical Psychology 59 (1991) 12–19, with
 * the correction by L. Christensen, J. L. Mendoza, Behavior Therapy 17 (1986) 305–308, of N. S.
 * Jacobson, W. C. Follette, D. Revenstorf, Behavior Therapy 15 (1984) 336–352.
 * Units: those of the scores; RCI in standard errors.
 * Smallest n: 1 case with both scores where the SD is given, else 2.
 * Undefined: of a case NO_DATA (a score is missing), NOT_FINITE, or the status of the whole, with
 * verdict unchanged and what is not known NaN. Of the whole: BAD_ARGUMENT (reliability outside 0
 * to 1 or NaN, negative SD, confidence); NO_DATA; TOO_FEW; NO_VARIANCE (an SD of 0, or a
 * reliability of 1: no error to divide by); NOT_FINITE. Then nobody is counted as changed or
 * unchanged.
 */
DhkReliableChange dhk_reliable_change (const double *before,
                                       const double *after,
                                       size_t n,
                                       const DhkReliableChangeOptions *options,
                                       DhkCaseChange *cases);

/* Goal attainment */

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* goals with a score and a weight */
  size_t n_missing;
  size_t n_left_out; /* goals without a positive weight */
  double rho;
  double sum_of_weights;
  double weighted_mean; /* of the scores */
  double t;             /* 50 where all goals are reached as expected */
} DhkGoalAttainment;

/*
 * dhk_goal_attainment:
 * The T score of goal attainment scaling of one person's `n` goals, with the
 * weights `weight` (NULL: each 1).
 *
 * Formula: T = 50 + 10 Σ w x / √((1 − ρ) Σ w² + ρ (Σ w)²).
 * Source: T. J. Kiresuk, R. E. Sherman, Community Mental Health J. 4 (1968)
 * 443–453, who take ρ = 0.30.
 * Units: scores from −2 (much less than expected) to 2; T has mean 50 and SD 10
 * over persons whose goals were set fairly. NaN is left out, and goals without a
 * positive weight.
 * Smallest n: 1.
 * Undefined: BAD_ARGUMENT (a score outside −2 to 2, ρ outside 0 to 1); NO_DATA; NOT_FINITE
 * (infinite weights): mean and T NaN.
 */
DhkGoalAttainment
dhk_goal_attainment (const double *scores, const double *weight, size_t n, double rho);
