/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The difference of two correlations: of the same two columns in two groups
 * (independent), or in the same cases (dependent) with one column in common
 * (overlapping) or none.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* Independent */

typedef struct
{
  DhkStatsStatus status;
  size_t n_a;
  size_t n_b;
  double r_a;
  double r_b;
  double difference; /* r_a − r_b */
  double cohen_q;    /* artanh r_a − artanh r_b */
  double se;         /* of q */
  double z;
  double p; /* two-sided */
  DhkInterval difference_ci;
} DhkCorrelationDifference;

/*
 * dhk_correlation_difference:
 * Compares the correlations of two independent groups.
 *
 * Formula: z = q / se, q = artanh r_a − artanh r_b, se = √(1/(n_a − 3) + 1/(n_b − 3)). CI with l, u
 * the Fisher interval of each r: d − √((r_a − l_a)² + (u_b − r_b)²) to d + √((u_a − r_a)² + (r_b −
 * l_b)²).
 * Source: R. A. Fisher, Metron 1 (1921) 3–32; J. Cohen, Statistical Power
 * Analysis (1988) chapter 4; G. Y. Zou, Psychological Methods 12 (2007) 399–413.
 * Units: none.
 * Smallest n: 4 in each group.
 * Undefined: NO_DATA, TOO_FEW, BAD_ARGUMENT (r beyond ±1, confidence): all NaN but the r given.
 * PERFECT_FIT (an r is 1 or −1): the difference is given, the rest is NaN.
 */
DhkCorrelationDifference
dhk_correlation_difference (double r_a, size_t n_a, double r_b, size_t n_b, double confidence);

/*
 * dhk_correlation_difference_from_data:
 * The same from columns `x` and `y` of length n and the group of each row, 0 (a) or 1
 * (b); other rows are left out.
 *
 * Formula: as dhk_correlation_difference.
 * Source: as dhk_correlation_difference.
 * Units: none.
 * Smallest n: 4 in each group.
 * Undefined: as dhk_correlation_difference, and as dhk_pearson in either group (NO_VARIANCE,
 * NOT_FINITE); NO_MEMORY.
 */
DhkCorrelationDifference dhk_correlation_difference_from_data (
    const double *x, const double *y, const int *group, size_t n, double confidence);

/* Dependent, overlapping */

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double r_12;
  double r_13;
  double r_23;
  double difference; /* r_12 − r_13 */
  double williams_t;
  double williams_df; /* n − 3 */
  double williams_p;
  double steiger_z; /* with the mean of both correlations in their covariance */
  double steiger_p;
  double meng_z;
  double meng_p;
  DhkInterval difference_ci; /* Zou */
} DhkOverlappingDifference;

/*
 * dhk_correlation_difference_overlapping:
 * Compares r_12 with r_13: of column 1 with 2 and with 3, in the same n cases.
 *
 * Formula: Williams: t = d √((n − 1)(1 + r_23) / (2 |R| (n − 1)/(n − 3) + r̄² (1 − r_23)³)), r̄ =
 * (r_12 + r_13)/2, |R| the determinant of the three. Steiger: z = q √(n − 3) / √(2 − 2s), s = ψ/(1
 * − r̄²)², ψ = r_23 (1 − 2r̄²) − r̄² (1 − 2r̄² − r_23²)/2. Meng, Rosenthal, Rubin: z = q √(n − 3) /
 * √(2 (1 − r_23) h), h = (1 − f m)/(1 − m), m = (r_12² + r_13²)/2, f = min (1, (1 − r_23)/(2(1 −
 * m))). CI: as dhk_correlation_difference, less 2c(r_12 − l_12)(u_13 − r_13) under the first root,
 * 2c(u_12 − r_12)(r_13 − l_13) under the second, c the correlation of both.
 * Source: E. J. Williams, J. Royal Statistical Society B 21 (1959) 396–399; J.
 * H. Steiger, Psychological Bulletin 87 (1980) 245–251, (7) and (14); X.-L.
 * Meng, R. Rosenthal, D. B. Rubin, Psychological Bulletin 111 (1992) 172–175;
 * G. Y. Zou (2007).
 * Units: none.
 * Smallest n: 4.
 * Undefined: NO_DATA, TOO_FEW, BAD_ARGUMENT (an r beyond ±1, correlations that no data can have,
 * confidence): all NaN but the r given. PERFECT_FIT (an r is 1 or −1), SINGULAR (a test divides by
 * zero): the difference is given, the rest is NaN.
 */
DhkOverlappingDifference dhk_correlation_difference_overlapping (
    double r_12, double r_13, double r_23, size_t n, double confidence);

/*
 * dhk_correlation_difference_overlapping_from_data:
 * The same from three columns of length n; cases that miss a value are left out.
 *
 * Formula: as dhk_correlation_difference_overlapping.
 * Source: as dhk_correlation_difference_overlapping.
 * Units: none.
 * Smallest n: 4 complete cases.
 * Undefined: as dhk_correlation_difference_overlapping, and as dhk_pearson (NO_VARIANCE,
 * NOT_FINITE); NO_MEMORY.
 */
DhkOverlappingDifference
dhk_correlation_difference_overlapping_from_data (const double *const columns[3],
                                                  size_t n,
                                                  double confidence);

/* Dependent, without a column in common */

typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double r_12;
  double r_34;
  double r_13;
  double r_14;
  double r_23;
  double r_24;
  double difference; /* r_12 − r_34 */
  double steiger_z;  /* with the mean of both correlations in their covariance */
  double steiger_p;
  double dunn_clark_z; /* with each correlation as it is */
  double dunn_clark_p;
  DhkInterval difference_ci; /* Zou */
} DhkNonoverlappingDifference;

/*
 * dhk_correlation_difference_nonoverlapping:
 * Compares r_12 with r_34 in the same n cases. `r` holds r_12, r_34, r_13, r_14, r_23, r_24.
 *
 * Formula: z = q √(n − 3) / √(2 − 2s); Dunn and Clark: s = ψ / ((1 − r_12²)(1 − r_34²)), 2ψ = (r_13
 * − r_12 r_23)(r_24 − r_23 r_34) + (r_14 − r_13 r_34)(r_23 − r_12 r_13) + (r_13 − r_14 r_34)(r_24 −
 * r_12 r_14) + (r_14 − r_12 r_24)(r_23 − r_24 r_34). Steiger: the same with (r_12 + r_34)/2 in the
 * place of r_12 and r_34. CI: as dhk_correlation_difference_overlapping with c = s.
 * Source: O. J. Dunn, V. Clark, J. American Statistical Association 64 (1969)
 * 366–377; J. H. Steiger (1980), (2) and (15); G. Y. Zou (2007).
 * Units: none.
 * Smallest n: 4.
 * Undefined: as dhk_correlation_difference_overlapping, without SINGULAR.
 */
DhkNonoverlappingDifference
dhk_correlation_difference_nonoverlapping (const double r[6], size_t n, double confidence);

/*
 * dhk_correlation_difference_nonoverlapping_from_data:
 * The same from four columns of length n; cases that miss a value are left out.
 *
 * Formula: as dhk_correlation_difference_nonoverlapping.
 * Source: as dhk_correlation_difference_nonoverlapping.
 * Units: none.
 * Smallest n: 4 complete cases.
 * Undefined: as dhk_correlation_difference_overlapping_from_data.
 */
DhkNonoverlappingDifference
dhk_correlation_difference_nonoverlapping_from_data (const double *const columns[4],
                                                     size_t n,
                                                     double confidence);
