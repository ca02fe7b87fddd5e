/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The t test for two independent groups a and b: Student's (equal variances)
 * and Welch's (unequal variances), from data or from n, mean and SD alone, with
 * the standardised difference.
 *
 * The difference is mean_a − mean_b.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_T_STUDENT,
  DHK_T_WELCH,
} DhkTVariant;

typedef struct
{
  DhkStatsStatus status;
  DhkTVariant variant;
  DhkSummary a;
  DhkSummary b;
  double difference; /* a.mean − b.mean */
  double se;         /* of the difference */
  double t;
  double df;
  double p;        /* two-sided */
  DhkInterval ci;  /* of the difference */
  double cohen_d;  /* difference / pooled SD, with either variant */
  double hedges_g; /* J·d with the exact J, see dhk_hedges_correction */
} DhkTTest;

/*
 * dhk_t_test:
 * Compares the means of two independent columns.
 *
 * Formula: t = difference / se. Student: se = s_p √(1/n_a + 1/n_b), s_p² =
 * ((n_a − 1) s_a² + (n_b − 1) s_b²) / df, df = n_a + n_b − 2. Welch: se =
 * √(v_a + v_b), v = s²/n, df = (v_a + v_b)² / (v_a²/(n_a − 1) + v_b²/(n_b − 1)).
 * d = difference / s_p; g = J d. CI = difference ± t(1 − (1 − confidence)/2;
 * df) se.
 * Source: Student, Biometrika 6 (1908) 1–25; B. L. Welch, Biometrika 34 (1947)
 * 28–35; J. Cohen, Statistical Power Analysis (1988); L. V. Hedges (1981).
 * Units: those of the values; NaN is left out. A column may be NULL where its
 * n is 0.
 * Smallest n: Student 1 and 2 (the group of one adds no degree of freedom);
 * Welch 2 and 2.
 * Undefined: NO_DATA (a group without values), all NaN; TOO_FEW and
 * NO_VARIANCE (no spread in either group), all but the difference NaN;
 * NOT_FINITE, all NaN; BAD_ARGUMENT (confidence), all NaN.
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
