/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-ttest.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-moments.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

const char *const dhk_t_variant_names[] = { "student", "welch", NULL };

/* What every t test ends with */

typedef struct
{
  bool finite;
  double t;
  double p;
  double p_greater;
  double p_less;
  DhkInterval ci;
} Test;

static Test
test_difference (double difference, double se, double df, double confidence)
{
  Test test = { true, difference / se, NAN, NAN, NAN, { 0 } };
  double margin = dhk_t_quantile (0.5 + confidence / 2, df) * se;
  double beyond;

  test.p = dhk_t_two_sided (test.t, df);
  /* the tail beyond t, and the other side as what is left */
  beyond = test.p / 2;
  test.p_greater = test.t > 0 ? beyond : 1 - beyond;
  test.p_less = test.t > 0 ? 1 - beyond : beyond;
  test.ci = dhk_interval_make (difference - margin, difference + margin, confidence);
  test.finite
      = isfinite (test.t) && isfinite (test.p) && isfinite (test.ci.low) && isfinite (test.ci.high);
  return test;
}

static double
sd_of (const DhkMoments *moments)
{
  return moments->n < 2 ? NAN : sqrt (dhk_dd_value (moments->squares) / (double) (moments->n - 1));
}

/* Two groups */

static DhkTGroup
group_from_summary (DhkSummary summary)
{
  DhkTGroup group = { DHK_STATS_OK, summary.n, NAN, NAN };

  if (summary.n == 0)
    group.status = DHK_STATS_NO_DATA;
  else if (!isfinite (summary.mean) || (summary.n > 1 && !isfinite (summary.sd)))
    group.status = DHK_STATS_NOT_FINITE;
  else
    group.mean = summary.mean;
  if (group.status == DHK_STATS_OK && summary.n < 2)
    group.status = DHK_STATS_TOO_FEW;
  if (group.status == DHK_STATS_OK)
    group.sd = summary.sd;
  return group;
}

/* (n − 1) SD², 0 for a group of one, whose SD says nothing */
static double
squares_of (const DhkTGroup *group)
{
  return group->n < 2 ? 0 : (double) (group->n - 1) * group->sd * group->sd;
}

static DhkStatsStatus
check_groups (DhkTVariant variant, const DhkTGroup *a, const DhkTGroup *b, double confidence)
{
  double squares = squares_of (a) + squares_of (b);

  if (!dhk_confidence_is_valid (confidence) || a->sd < 0 || b->sd < 0)
    return DHK_STATS_BAD_ARGUMENT;
  if (a->n == 0 || b->n == 0)
    return DHK_STATS_NO_DATA;
  if (a->status == DHK_STATS_NOT_FINITE || b->status == DHK_STATS_NOT_FINITE || !isfinite (squares))
    return DHK_STATS_NOT_FINITE;
  if (a->n + b->n < 3 || (variant == DHK_T_WELCH && (a->n < 2 || b->n < 2)))
    return DHK_STATS_TOO_FEW;
  return squares > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
}

static void
student_error (DhkTTest *self, double pooled)
{
  self->df = (double) (self->a.n + self->b.n - 2);
  self->se = pooled * sqrt (1 / (double) self->a.n + 1 / (double) self->b.n);
}

static void
welch_error (DhkTTest *self)
{
  double n_a = (double) self->a.n, n_b = (double) self->b.n;
  double v_a = self->a.sd * self->a.sd / n_a;
  double v_b = self->b.sd * self->b.sd / n_b;
  double share_a = v_a / (v_a + v_b), share_b = v_b / (v_a + v_b);

  self->df = 1 / (share_a * share_a / (n_a - 1) + share_b * share_b / (n_b - 1));
  self->se = sqrt (v_a + v_b);
}

static DhkTTest
t_test_undefined (
    DhkStatsStatus status, DhkTVariant variant, DhkTGroup a, DhkTGroup b, double confidence)
{
  return (DhkTTest){ status, variant, a,   b,   NAN, NAN,
                     NAN,    NAN,     NAN, NAN, NAN, dhk_interval_undefined (status, confidence),
                     NAN };
}

static DhkTTest
compare_groups (DhkTVariant variant, DhkTGroup a, DhkTGroup b, double difference, double confidence)
{
  DhkStatsStatus status = check_groups (variant, &a, &b, confidence);
  DhkTTest result = t_test_undefined (status, variant, a, b, confidence);
  double pooled;
  Test test;

  if (status != DHK_STATS_OK && status != DHK_STATS_TOO_FEW && status != DHK_STATS_NO_VARIANCE)
    return result;
  if (!isfinite (difference))
    return t_test_undefined (DHK_STATS_NOT_FINITE, variant, a, b, confidence);
  result.difference = difference;
  if (status != DHK_STATS_OK)
    return result;

  pooled = sqrt ((squares_of (&a) + squares_of (&b)) / (double) (a.n + b.n - 2));
  if (variant == DHK_T_WELCH)
    welch_error (&result);
  else
    student_error (&result, pooled);
  test = test_difference (difference, result.se, result.df, confidence);
  if (!test.finite || !isfinite (difference / pooled))
    return t_test_undefined (DHK_STATS_NOT_FINITE, variant, a, b, confidence);
  result.t = test.t;
  result.p = test.p;
  result.p_greater = test.p_greater;
  result.p_less = test.p_less;
  result.ci = test.ci;
  result.cohen_d = difference / pooled;
  return result;
}

DhkTTest
dhk_t_test_from_summary (DhkTVariant variant, DhkSummary a, DhkSummary b, double confidence)
{
  return compare_groups (variant, group_from_summary (a), group_from_summary (b), a.mean - b.mean,
                         confidence);
}

DhkTTest
dhk_t_test (DhkTVariant variant,
            const double *a,
            size_t n_a,
            const double *b,
            size_t n_b,
            double confidence)
{
  DhkMoments left = dhk_moments_compute (a, n_a), right = dhk_moments_compute (b, n_b);
  DhkSummary summary_a = { left.n, dhk_dd_value (left.mean), sd_of (&left) };
  DhkSummary summary_b = { right.n, dhk_dd_value (right.mean), sd_of (&right) };
  double difference = dhk_dd_value (dhk_dd_add_dd (left.mean, dhk_dd_negate (right.mean)));

  return compare_groups (variant, group_from_summary (summary_a), group_from_summary (summary_b),
                         difference, confidence);
}

/* Pairs */

static DhkTTestPaired
paired_undefined (DhkStatsStatus status, size_t n, size_t n_missing, double confidence)
{
  return (DhkTTestPaired){ status, n,   n_missing, NAN,
                           NAN,    NAN, NAN,       NAN,
                           NAN,    NAN, NAN,       NAN,
                           NAN,    NAN, NAN,       dhk_interval_undefined (status, confidence),
                           status, NAN };
}

typedef struct
{
  double *a;
  double *b;
  double *differences;
  size_t n;
} Pairs;

static void
find_correlation (DhkTTestPaired *self, const Pairs *pairs, const DhkMoments moments[2])
{
  DhkDoubleDouble products = { 0, 0 };
  double r;

  self->correlation_status = DHK_STATS_NO_VARIANCE;
  if (!dhk_moments_vary (&moments[0]) || !dhk_moments_vary (&moments[1]))
    return;
  for (size_t i = 0; i < pairs->n; i++)
    products = dhk_dd_add_product (products, dhk_dd_deviation (pairs->a[i], moments[0].mean),
                                   dhk_dd_deviation (pairs->b[i], moments[1].mean));
  r = dhk_dd_value (products) / sqrt (dhk_dd_value (moments[0].squares))
      / sqrt (dhk_dd_value (moments[1].squares));
  self->correlation_status = isfinite (r) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
  if (isfinite (r))
    self->correlation_r = fmax (-1, fmin (1, r));
}

/* Whether the differences vary by more than the values were rounded: 0.3 − 0.2 is
 * not 0.4 − 0.3 in binary. */
static bool
differences_vary (const DhkMoments *differences, const DhkMoments moments[2])
{
  double largest = fmax (fmax (fabs (moments[0].min), fabs (moments[0].max)),
                         fmax (fabs (moments[1].min), fabs (moments[1].max)));

  return differences->max - differences->min > 2 * DBL_EPSILON * largest;
}

static DhkTTestPaired
compare_pairs (const Pairs *pairs, size_t n_missing, double confidence)
{
  const DhkMoments moments[2]
      = { dhk_moments_compute (pairs->a, pairs->n), dhk_moments_compute (pairs->b, pairs->n) };
  DhkMoments differences = dhk_moments_compute (pairs->differences, pairs->n);
  DhkTTestPaired result = paired_undefined (DHK_STATS_OK, pairs->n, n_missing, confidence);
  Test test;

  if (pairs->n == 0)
    return paired_undefined (DHK_STATS_NO_DATA, 0, n_missing, confidence);
  if (!moments[0].finite || !moments[1].finite || !differences.finite)
    return paired_undefined (DHK_STATS_NOT_FINITE, pairs->n, n_missing, confidence);
  if (pairs->n < 2)
    result = paired_undefined (DHK_STATS_TOO_FEW, pairs->n, n_missing, confidence);
  result.mean_a = dhk_dd_value (moments[0].mean);
  result.mean_b = dhk_dd_value (moments[1].mean);
  result.difference = dhk_dd_value (differences.mean);
  if (pairs->n < 2)
    return result;

  result.sd_a = sd_of (&moments[0]);
  result.sd_b = sd_of (&moments[1]);
  result.sd = differences_vary (&differences, moments) ? sd_of (&differences) : 0;
  result.se = result.sd / sqrt ((double) pairs->n);
  result.df = (double) (pairs->n - 1);
  find_correlation (&result, pairs, moments);
  if (!(result.sd > 0))
    {
      result.status = result.ci.status = DHK_STATS_NO_VARIANCE;
      return result;
    }
  test = test_difference (result.difference, result.se, result.df, confidence);
  if (!test.finite)
    return paired_undefined (DHK_STATS_NOT_FINITE, pairs->n, n_missing, confidence);
  result.t = test.t;
  result.p = test.p;
  result.p_greater = test.p_greater;
  result.p_less = test.p_less;
  result.ci = test.ci;
  return result;
}

DhkTTestPaired
dhk_t_test_paired (const double *a, const double *b, size_t n, double confidence)
{
  DhkTTestPaired result;
  Pairs pairs = { NULL, NULL, NULL, 0 };
  double *room;

  if (!dhk_confidence_is_valid (confidence))
    return paired_undefined (DHK_STATS_BAD_ARGUMENT, 0, 0, confidence);
  room = calloc (n > 0 ? n : 1, 3 * sizeof *room);
  if (room == NULL)
    return paired_undefined (DHK_STATS_NO_MEMORY, 0, 0, confidence);
  pairs = (Pairs){ room, room + n, room + 2 * n, 0 };
  for (size_t i = 0; i < n; i++)
    if (!isnan (a[i]) && !isnan (b[i]))
      {
        pairs.a[pairs.n] = a[i];
        pairs.b[pairs.n] = b[i];
        pairs.differences[pairs.n++] = a[i] - b[i];
      }
  result = compare_pairs (&pairs, n - pairs.n, confidence);
  free (room);
  return result;
}

/* One column */

static DhkTTestOne
one_undefined (DhkStatsStatus status, size_t n, double expected, double confidence)
{
  return (DhkTTestOne){ status,
                        n,
                        NAN,
                        NAN,
                        expected,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        dhk_interval_undefined (status, confidence) };
}

static DhkTTestOne
compare_one (DhkSummary summary, double difference, double expected, double confidence)
{
  DhkTGroup group = group_from_summary (summary);
  DhkTTestOne result = one_undefined (group.status, group.n, expected, confidence);
  Test test;

  if (!dhk_confidence_is_valid (confidence) || !isfinite (expected) || group.sd < 0)
    return one_undefined (DHK_STATS_BAD_ARGUMENT, group.n, expected, confidence);
  if (group.status == DHK_STATS_OK && !(group.sd > 0))
    result.status = result.ci.status = DHK_STATS_NO_VARIANCE;
  if (result.status == DHK_STATS_NO_DATA || result.status == DHK_STATS_NOT_FINITE)
    return result;
  if (!isfinite (difference))
    return one_undefined (DHK_STATS_NOT_FINITE, group.n, expected, confidence);
  result.mean = group.mean;
  result.sd = group.sd;
  result.difference = difference;
  if (result.status != DHK_STATS_OK)
    return result;

  result.se = group.sd / sqrt ((double) group.n);
  result.df = (double) (group.n - 1);
  test = test_difference (difference, result.se, result.df, confidence);
  if (!test.finite)
    return one_undefined (DHK_STATS_NOT_FINITE, group.n, expected, confidence);
  result.t = test.t;
  result.p = test.p;
  result.p_greater = test.p_greater;
  result.p_less = test.p_less;
  result.ci = test.ci;
  return result;
}

DhkTTestOne
dhk_t_test_one_from_summary (DhkSummary summary, double expected, double confidence)
{
  return compare_one (summary, summary.mean - expected, expected, confidence);
}

DhkTTestOne
dhk_t_test_one (const double *values, size_t n, double expected, double confidence)
{
  DhkMoments moments = dhk_moments_compute (values, n);
  DhkSummary summary = { moments.n, dhk_dd_value (moments.mean), sd_of (&moments) };
  double difference = dhk_dd_value (dhk_dd_add (moments.mean, -expected));

  return compare_one (summary, difference, expected, confidence);
}
