/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-correlation-difference.h"

#include "stats/dhk-complete-cases.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-fisher-z.h"

#include <stdbool.h>
#include <stdlib.h>

/* A determinant or a variance no further below zero than this is rounding of a zero. */
#define ROUNDING 1e-12

static double
two_sided (double z)
{
  return fmin (1, 2 * dhk_normal_upper (fabs (z)));
}

static double
square (double x)
{
  return x * x;
}

static DhkStatsStatus
check (const double *r, size_t n_r, size_t n, double confidence)
{
  DhkStatsStatus status = DHK_STATS_OK;

  if (!dhk_confidence_is_valid (confidence))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n_r; i++)
    if (!(fabs (r[i]) <= 1))
      return DHK_STATS_BAD_ARGUMENT;
    else if (!(fabs (r[i]) < 1))
      status = DHK_STATS_PERFECT_FIT;
  if (n < 4)
    return n == 0 ? DHK_STATS_NO_DATA : DHK_STATS_TOO_FEW;
  return status;
}

/* Zou's interval of a − b from those of a and b, whose estimates correlate by c. */
static DhkInterval
subtract_intervals (double a, DhkInterval a_ci, double b, DhkInterval b_ci, double c)
{
  double below_a = a - a_ci.low, above_a = a_ci.high - a;
  double below_b = b - b_ci.low, above_b = b_ci.high - b;
  double low = square (below_a) + square (above_b) - 2 * c * below_a * above_b;
  double high = square (above_a) + square (below_b) - 2 * c * above_a * below_b;

  return dhk_interval_make (a - b - sqrt (fmax (0, low)), a - b + sqrt (fmax (0, high)),
                            a_ci.confidence);
}

/* Independent */

static DhkCorrelationDifference
difference_undefined (
    DhkStatsStatus status, double r_a, size_t n_a, double r_b, size_t n_b, double confidence)
{
  return (DhkCorrelationDifference){ .status = status,
                                     .n_a = n_a,
                                     .n_b = n_b,
                                     .r_a = r_a,
                                     .r_b = r_b,
                                     .difference = NAN,
                                     .cohen_q = NAN,
                                     .se = NAN,
                                     .z = NAN,
                                     .p = NAN,
                                     .difference_ci = dhk_interval_undefined (status, confidence) };
}

DhkCorrelationDifference
dhk_correlation_difference (double r_a, size_t n_a, double r_b, size_t n_b, double confidence)
{
  DhkStatsStatus status
      = check ((const double[]){ r_a, r_b }, 2, n_a < n_b ? n_a : n_b, confidence);
  DhkCorrelationDifference result = difference_undefined (status, r_a, n_a, r_b, n_b, confidence);

  if (status == DHK_STATS_OK || status == DHK_STATS_PERFECT_FIT)
    result.difference = r_a - r_b;
  if (status != DHK_STATS_OK)
    return result;
  result.cohen_q = atanh (r_a) - atanh (r_b);
  result.se = sqrt (1 / ((double) n_a - 3) + 1 / ((double) n_b - 3));
  result.z = result.cohen_q / result.se;
  result.p = two_sided (result.z);
  result.difference_ci = subtract_intervals (r_a, dhk_pearson_from_r (r_a, n_a, confidence).ci, r_b,
                                             dhk_pearson_from_r (r_b, n_b, confidence).ci, 0);
  return result;
}

/* x and y of one group, NaN elsewhere */
static DhkCorrelation
correlate_group (const double *x,
                 const double *y,
                 const int *group,
                 size_t n,
                 int which,
                 double confidence,
                 double *blanked)
{
  for (size_t i = 0; i < n; i++)
    blanked[i] = group[i] == which ? x[i] : NAN;
  return dhk_pearson (blanked, y, n, confidence);
}

/* What keeps two groups from having a correlation, the same whichever comes first. */
static DhkStatsStatus
first_trouble (DhkStatsStatus a, DhkStatsStatus b)
{
  bool a_has_r = a == DHK_STATS_OK || a == DHK_STATS_PERFECT_FIT;
  bool b_has_r = b == DHK_STATS_OK || b == DHK_STATS_PERFECT_FIT;

  if (a_has_r || b_has_r)
    return a_has_r && b_has_r ? DHK_STATS_OK : a_has_r ? b : a;
  return a < b ? a : b;
}

DhkCorrelationDifference
dhk_correlation_difference_from_data (
    const double *x, const double *y, const int *group, size_t n, double confidence)
{
  DhkCorrelation a, b;
  DhkStatsStatus status;
  double *blanked = calloc (n + 1, sizeof *blanked);

  if (blanked == NULL)
    return difference_undefined (DHK_STATS_NO_MEMORY, NAN, 0, NAN, 0, confidence);
  a = correlate_group (x, y, group, n, 0, confidence, blanked);
  b = correlate_group (x, y, group, n, 1, confidence, blanked);
  free (blanked);
  status = first_trouble (a.status, b.status);
  if (status == DHK_STATS_OK)
    return dhk_correlation_difference (a.r, a.n, b.r, b.n, confidence);
  return difference_undefined (status, a.r, a.n, b.r, b.n, confidence);
}

/* Dependent, overlapping */

static double
determinant (double a, double b, double c)
{
  return 1 - a * a - b * b - c * c + 2 * a * b * c;
}

/* FALSE where a test divides by zero. */
static bool
test_overlapping (DhkOverlappingDifference *self)
{
  double n = (double) self->n, r_23 = self->r_23;
  double mean = (self->r_12 + self->r_13) / 2, m = (square (self->r_12) + square (self->r_13)) / 2;
  double rest = 1 - square (mean);
  double f = fmin (1, (1 - r_23) / (2 * (1 - m)));
  double q = (atanh (self->r_12) - atanh (self->r_13)) * sqrt (n - 3);
  double williams = 2 * (n - 1) / (n - 3) * fmax (0, determinant (self->r_12, self->r_13, r_23))
                    + square (mean) * (1 - r_23) * square (1 - r_23);
  double psi = r_23 * (1 - 2 * square (mean))
               - square (mean) * (1 - 2 * square (mean) - square (r_23)) / 2;
  double steiger = 2 - 2 * psi / square (rest);

  if (!(williams > ROUNDING) || !(steiger > ROUNDING))
    return false;
  self->williams_df = n - 3;
  self->williams_t = self->difference * sqrt ((n - 1) * (1 + r_23) / williams);
  self->williams_p = dhk_t_two_sided (self->williams_t, self->williams_df);
  self->steiger_z = q / sqrt (steiger);
  self->steiger_p = two_sided (self->steiger_z);
  self->meng_z = q / sqrt (2 * (1 - r_23) * (1 - f * m) / (1 - m));
  self->meng_p = two_sided (self->meng_z);
  return true;
}

static double
overlapping_covariance (double r_12, double r_13, double r_23)
{
  return ((r_23 - r_12 * r_13 / 2) * (1 - r_12 * r_12 - r_13 * r_13 - r_23 * r_23)
          + r_23 * r_23 * r_23)
         / ((1 - r_12 * r_12) * (1 - r_13 * r_13));
}

DhkOverlappingDifference
dhk_correlation_difference_overlapping (
    double r_12, double r_13, double r_23, size_t n, double confidence)
{
  DhkStatsStatus status = check ((const double[]){ r_12, r_13, r_23 }, 3, n, confidence);
  DhkOverlappingDifference result
      = { status, n,   r_12, r_13, r_23, NAN, NAN,
          NAN,    NAN, NAN,  NAN,  NAN,  NAN, dhk_interval_undefined (status, confidence) };

  if ((status == DHK_STATS_OK || status == DHK_STATS_PERFECT_FIT)
      && determinant (r_12, r_13, r_23) < -ROUNDING)
    result.status = result.difference_ci.status = status = DHK_STATS_BAD_ARGUMENT;
  if (status == DHK_STATS_OK || status == DHK_STATS_PERFECT_FIT)
    result.difference = r_12 - r_13;
  if (status != DHK_STATS_OK)
    return result;
  if (!test_overlapping (&result))
    {
      result.status = result.difference_ci.status = DHK_STATS_SINGULAR;
      return result;
    }
  result.difference_ci = subtract_intervals (r_12, dhk_pearson_from_r (r_12, n, confidence).ci,
                                             r_13, dhk_pearson_from_r (r_13, n, confidence).ci,
                                             overlapping_covariance (r_12, r_13, r_23));
  return result;
}

/* Correlations of all pairs of `k` columns in the complete cases, in the order of `pairs`. */
static DhkStatsStatus
correlate_complete (const double *const *columns,
                    size_t k,
                    size_t n,
                    const size_t (*pairs)[2],
                    size_t n_pairs,
                    double *r,
                    size_t *n_complete)
{
  double *copy = dhk_complete_cases_copy (columns, k, n, n_complete);
  DhkStatsStatus status = DHK_STATS_OK;

  for (size_t i = 0; i < n_pairs; i++)
    r[i] = NAN;
  if (copy == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n_pairs; i++)
    {
      DhkCorrelation c = dhk_pearson (copy + pairs[i][0] * *n_complete,
                                      copy + pairs[i][1] * *n_complete, *n_complete, 0.5);

      r[i] = c.r;
      if (status == DHK_STATS_OK && c.status != DHK_STATS_PERFECT_FIT)
        status = c.status;
    }
  free (copy);
  return status;
}

DhkOverlappingDifference
dhk_correlation_difference_overlapping_from_data (const double *const columns[3],
                                                  size_t n,
                                                  double confidence)
{
  static const size_t pairs[3][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 } };
  double r[3];
  size_t n_complete;
  DhkStatsStatus status = correlate_complete (columns, 3, n, pairs, 3, r, &n_complete);

  if (status == DHK_STATS_OK || !dhk_confidence_is_valid (confidence))
    return dhk_correlation_difference_overlapping (r[0], r[1], r[2], n_complete, confidence);
  return (DhkOverlappingDifference){
    status, n_complete, r[0], r[1], r[2], NAN, NAN,
    NAN,    NAN,        NAN,  NAN,  NAN,  NAN, dhk_interval_undefined (status, confidence)
  };
}

/* Dependent, without a column in common */

static double
covariance_of (const DhkNonoverlappingDifference *self, double r_12, double r_34)
{
  double r_13 = self->r_13, r_14 = self->r_14, r_23 = self->r_23, r_24 = self->r_24;
  double psi
      = ((r_13 - r_12 * r_23) * (r_24 - r_23 * r_34) + (r_14 - r_13 * r_34) * (r_23 - r_12 * r_13)
         + (r_13 - r_14 * r_34) * (r_24 - r_12 * r_14)
         + (r_14 - r_12 * r_24) * (r_23 - r_24 * r_34))
        / 2;

  return psi / ((1 - r_12 * r_12) * (1 - r_34 * r_34));
}

/* No data have correlations whose matrix has a determinant below zero, whole or in part. */
static bool
can_be (const DhkNonoverlappingDifference *self)
{
  double a = self->r_12 * self->r_34, b = self->r_13 * self->r_24, c = self->r_14 * self->r_23;
  double first = determinant (self->r_12, self->r_13, self->r_23) - 1;
  double second = determinant (self->r_12, self->r_14, self->r_24) - 1;
  double third = determinant (self->r_34, self->r_13, self->r_14) - 1;
  double fourth = determinant (self->r_34, self->r_23, self->r_24) - 1;
  double squares = square (self->r_12) + square (self->r_34) + square (self->r_13)
                   + square (self->r_14) + square (self->r_23) + square (self->r_24);
  double whole = 1 + first + second + third + fourth + squares + square (a - b - c) - 4 * b * c;

  return fmin (fmin (first, second), fmin (third, fourth)) >= -1 - ROUNDING && whole >= -ROUNDING;
}

DhkNonoverlappingDifference
dhk_correlation_difference_nonoverlapping (const double r[6], size_t n, double confidence)
{
  DhkStatsStatus status = check (r, 6, n, confidence);
  DhkNonoverlappingDifference result
      = { status, n,   r[0], r[1], r[2], r[3], r[4],
          r[5],   NAN, NAN,  NAN,  NAN,  NAN,  dhk_interval_undefined (status, confidence) };
  double mean = (r[0] + r[1]) / 2, pooled, apart, q;

  if ((status == DHK_STATS_OK || status == DHK_STATS_PERFECT_FIT) && !can_be (&result))
    result.status = result.difference_ci.status = status = DHK_STATS_BAD_ARGUMENT;
  if (status == DHK_STATS_OK || status == DHK_STATS_PERFECT_FIT)
    result.difference = r[0] - r[1];
  if (status != DHK_STATS_OK)
    return result;
  pooled = covariance_of (&result, mean, mean);
  apart = covariance_of (&result, r[0], r[1]);
  if (!(pooled < 1) || !(apart < 1))
    {
      result.status = result.difference_ci.status = DHK_STATS_BAD_ARGUMENT;
      return result;
    }
  q = (atanh (r[0]) - atanh (r[1])) * sqrt ((double) n - 3);
  result.steiger_z = q / sqrt (2 - 2 * pooled);
  result.steiger_p = two_sided (result.steiger_z);
  result.dunn_clark_z = q / sqrt (2 - 2 * apart);
  result.dunn_clark_p = two_sided (result.dunn_clark_z);
  result.difference_ci
      = subtract_intervals (r[0], dhk_pearson_from_r (r[0], n, confidence).ci, r[1],
                            dhk_pearson_from_r (r[1], n, confidence).ci, apart);
  return result;
}

DhkNonoverlappingDifference
dhk_correlation_difference_nonoverlapping_from_data (const double *const columns[4],
                                                     size_t n,
                                                     double confidence)
{
  static const size_t pairs[6][2] = { { 0, 1 }, { 2, 3 }, { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 } };
  double r[6];
  size_t n_complete;
  DhkStatsStatus status = correlate_complete (columns, 4, n, pairs, 6, r, &n_complete);

  if (status == DHK_STATS_OK || !dhk_confidence_is_valid (confidence))
    return dhk_correlation_difference_nonoverlapping (r, n_complete, confidence);
  return (DhkNonoverlappingDifference){
    status, n_complete, r[0], r[1], r[2], r[3], r[4],
    r[5],   NAN,        NAN,  NAN,  NAN,  NAN,  dhk_interval_undefined (status, confidence)
  };
}
