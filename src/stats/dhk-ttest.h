/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The t tests: two independent groups a and b, Student's (equal variances) and
 * Welch's (unequal variances); two columns of the same respondents (paired);
 * one column against a fixed mean. From data, and where they suffice from n,
 * mean and SD alone. Standardised differences with their intervals are in
 * dhk-effect-size-two.h.
 *
 * The difference is mean_a − mean_b.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* Two groups */

typedef enum
{
  DHK_T_STUDENT,
  DHK_T_WELCH,
} DhkTVariant;

extern const char *const dhk_t_variant_names[];

/* One of the groups compared; TOO_FEW where it has one value and therefore no SD. */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  double sd;
} DhkTGroup;

typedef struct
{
  DhkStatsStatus status;
  DhkTVariant variant;
  DhkTGroup a;
  DhkTGroup b;
  double difference; /* a.mean − b.mean */
  double se;         /* of the difference */
  double t;
  double df;
  double p;         /* two-sided */
  double p_greater; /* one-sided, against a larger mean of a */
  double p_less;
  DhkInterval ci; /* of the difference */
  double cohen_d; /* difference / pooled SD, with either variant */
} DhkTTest;

/*
 * dhk_t_test:
 * Compares the means of two independent columns.
 *
 * Formula: t = difference / se. Student: se = s_p √(1/n_a + 1/n_b), s_p² =
 * ((n_a − 1) s_a² + (n_b − 1) s_b²) / df, df = n_a + n_b − 2. Welch: se =
 * √(v_a + v_b), v = s²/n, df = (v_a + v_b)² / (v_a²/(n_a − 1) + v_b²/(n_b − 1)).
 * d = difference / s_p. CI = difference ± t(1 − (1 − confidence)/2; df) se. The
 * difference is taken in double-double.
 * Source: Student, Biometrika 6 (1908) 1–25; B. L. Welch, Biometrika 34 (1947)
 * 28–35; J. Cohen, Statistical Power Analysis (1988).
 * Units: those of the values; NaN is left out. A column may be NULL where its
 * n is 0.
 * Smallest n: Student 1 and 2 (the group of one adds no degree of freedom);
 * Welch 2 and 2.
 * Undefined: NO_DATA (a group without values), all NaN; TOO_FEW and
 * NO_VARIANCE (no spread in either group), all but the difference NaN;
 * NOT_FINITE, all NaN; BAD_ARGUMENT (confidence), all NaN. The groups have a
 * status of their own.
 */
DhkTTest dhk_t_test (DhkTVariant variant,
                     const double *a,
                     size_t n_a,
                     const double *b,
                     size_t n_b,
                     double confidence);

/*
 * dhk_t_test_from_summary:
 * The same from n, mean and SD of each group.
 *
 * Formula: as dhk_t_test.
 * Source: as dhk_t_test.
 * Units: those of means and SDs.
 * Smallest n: as dhk_t_test.
 * Undefined: as dhk_t_test; BAD_ARGUMENT also for a negative SD.
 */
DhkTTest
dhk_t_test_from_summary (DhkTVariant variant, DhkSummary a, DhkSummary b, double confidence);

/* Pairs */

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* pairs of two valid values */
  size_t n_missing; /* rows in which one or both are missing */
  double mean_a;    /* over the pairs, as all that follows */
  double mean_b;
  double difference; /* mean of a − b */
  double sd_a;
  double sd_b;
  double sd; /* of the differences */
  double se; /* of the mean difference */
  double t;
  double df;
  double p; /* two-sided */
  double p_greater;
  double p_less;
  DhkInterval ci;                    /* of the difference */
  DhkStatsStatus correlation_status; /* NO_VARIANCE where a column does not vary */
  double correlation_r;              /* of the two columns */
} DhkTTestPaired;

/*
 * dhk_t_test_paired:
 * Compares the means of two columns of the same n rows.
 *
 * Formula: t = difference / se, se = s / √n, with s the SD of the differences
 * a − b, df = n − 1. CI = difference ± t(1 − (1 − confidence)/2; df) se.
 * Source: Student, Biometrika 6 (1908) 1–25.
 * Units: those of the values; a row with NaN in either column is left out.
 * Smallest n: 2 pairs.
 * Undefined: NO_DATA (no pair), all NaN; TOO_FEW (one pair), the means and the
 * difference stay; NO_VARIANCE (all differences are equal, but for the rounding of the
 * values), what describes the columns stays; NOT_FINITE, BAD_ARGUMENT (confidence), NO_MEMORY: all
 * NaN.
 */
DhkTTestPaired dhk_t_test_paired (const double *a, const double *b, size_t n, double confidence);

/* One column */

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  double sd;
  double expected;   /* the mean that it is compared with */
  double difference; /* mean − expected */
  double se;         /* of the mean */
  double t;
  double df;
  double p; /* two-sided */
  double p_greater;
  double p_less;
  DhkInterval ci; /* of the difference */
} DhkTTestOne;

/*
 * dhk_t_test_one:
 * Compares the mean of a column with `expected`.
 *
 * Formula: t = (M − expected) / (s / √n), df = n − 1. CI = difference ± t(1 −
 * (1 − confidence)/2; df) se.
 * Source: Student, Biometrika 6 (1908) 1–25.
 * Units: those of the values; NaN is left out.
 * Smallest n: 2.
 * Undefined: NO_DATA, all NaN; TOO_FEW (one value) and NO_VARIANCE, mean and
 * difference stay; NOT_FINITE, all NaN; BAD_ARGUMENT (confidence, or an
 * expected mean that is not finite), all NaN.
 */
DhkTTestOne dhk_t_test_one (const double *values, size_t n, double expected, double confidence);

/*
 * dhk_t_test_one_from_summary:
 * The same from n, mean and SD.
 *
 * Formula: as dhk_t_test_one.
 * Source: as dhk_t_test_one.
 * Units: those of mean and SD.
 * Smallest n: as dhk_t_test_one.
 * Undefined: as dhk_t_test_one; BAD_ARGUMENT also for a negative SD.
 */
DhkTTestOne dhk_t_test_one_from_summary (DhkSummary summary, double expected, double confidence);
