/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Do groups vary equally: Levene's test (deviations from the mean),
 * Brown–Forsythe's (from the median, R's default), Bartlett's, and the F ratio of
 * two variances.
 */

#include <stddef.h>

#include "stats/dhk-describe.h"
#include "stats/dhk-status.h"

/* What the deviations are taken from. */
typedef enum
{
  DHK_CENTRE_MEAN,   /* Levene; the default of SPSS */
  DHK_CENTRE_MEDIAN, /* Brown–Forsythe; the default of R's car */
} DhkCentre;

extern const char *const dhk_centre_names[];

typedef struct
{
  DhkStatsStatus
      status; /* TOO_FEW: a group of one value; NO_VARIANCE: a group that does not vary */
  double chi_squared;
  double df;
  double p;
} DhkBartlett;

typedef struct
{
  DhkStatsStatus status;
  DhkCentre centre;
  size_t n;        /* valid values in a group */
  size_t n_groups; /* groups that hold a value */
  double f;
  double df1;
  double df2;
  double p;
  DhkBartlett bartlett;
} DhkVarianceTest;

/*
 * dhk_variance_test:
 * Tests whether groups have the same variance. `group[i]` is the group of
 * `values[i]`, from 0 and below n_groups; a negative one leaves the value out.
 *
 * Formula: F of a one-way analysis of variance of |x − centre of its group|.
 * Bartlett: χ² = Σ (n_g − 1) ln(s_p²/s_g²) / (1 + (Σ 1/(n_g − 1) − 1/(N − k)) / (3 (k − 1))),
 * df = k − 1, the sum taken as Σ (n_g − 1) (v − ln(1 + v)), v = s_g²/s_p² − 1.
 * Source: H. Levene, in I. Olkin et al., Contributions to Probability and
 * Statistics (1960) 278–292; M. B. Brown, A. B. Forsythe, J. American
 * Statistical Association 69 (1974) 364–367; M. S. Bartlett, Proc. Royal
 * Society A 160 (1937) 268–282.
 * Units: `values` and `group` of length n; NaN is left out. Groups without values
 * do not count.
 * Smallest n: two groups with values, and one value more than groups.
 * Undefined: NO_DATA, TOO_FEW_GROUPS, NOT_FINITE, BAD_ARGUMENT (a group of
 * n_groups or more), NO_MEMORY; TOO_FEW (no more values than groups), df stay;
 * NO_VARIANCE (the deviations within each group are all equal), df stay.
 * `bartlett` has a status of its own.
 */
DhkVarianceTest dhk_variance_test (
    DhkCentre centre, const double *values, const int *group, size_t n, size_t n_groups);

typedef struct
{
  DhkStatsStatus status;
  double f; /* s_a² / s_b² */
  double df1;
  double df2;
  double p; /* two-sided */
} DhkVarianceRatio;

/*
 * dhk_variance_ratio:
 * Tests whether two groups of normal values have the same variance, from n and SD.
 *
 * Formula: F = s_a² / s_b², df n_a − 1 and n_b − 1; p = 2 min (P(F' ≤ F), P(F' ≥ F)).
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925).
 * Units: the same for both SDs.
 * Smallest n: 2 and 2.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (in either group), NOT_FINITE,
 * BAD_ARGUMENT (a negative SD): all NaN.
 */
DhkVarianceRatio dhk_variance_ratio (size_t n_a, double sd_a, size_t n_b, double sd_b);
