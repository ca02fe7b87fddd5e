/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-ttest.h"

#include "stats/dhk-distribution.h"

#include <math.h>
#include <stdbool.h>

static bool
summary_is_finite (DhkSummary summary)
{
  return isfinite (summary.mean) && (summary.n < 2 || isfinite (summary.sd));
}

/* (n − 1) SD², 0 for a group of one, whose SD says nothing */
static double
squares_of (DhkSummary summary)
{
  return summary.n < 2 ? 0 : (double) (summary.n - 1) * summary.sd * summary.sd;
}

static DhkStatsStatus
check_groups (DhkTVariant variant, DhkSummary a, DhkSummary b, double confidence)
{
  if (!(confidence > 0 && confidence < 1) || (a.n > 1 && a.sd < 0) || (b.n > 1 && b.sd < 0))
    return DHK_STATS_BAD_ARGUMENT;
  if (a.n == 0 || b.n == 0)
    return DHK_STATS_NO_DATA;
  if (!summary_is_finite (a) || !summary_is_finite (b)
      || !isfinite (squares_of (a) + squares_of (b)))
    return DHK_STATS_NOT_FINITE;
  if (a.n + b.n < 3 || (variant == DHK_T_WELCH && (a.n < 2 || b.n < 2)))
    return DHK_STATS_TOO_FEW;
  return squares_of (a) + squares_of (b) > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
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

DhkTTest
dhk_t_test_from_summary (DhkTVariant variant, DhkSummary a, DhkSummary b, double confidence)
{
  DhkTTest result = {
    check_groups (variant, a, b, confidence),          variant, a,  b, NAN, NAN, NAN, NAN, NAN,
    dhk_interval_undefined (DHK_STATS_OK, confidence), NAN,     NAN
  };
  double df_pooled, pooled, margin;

  result.ci.status = result.status;
  if (result.status == DHK_STATS_OK || result.status == DHK_STATS_TOO_FEW
      || result.status == DHK_STATS_NO_VARIANCE)
    result.difference = a.mean - b.mean;
  if (result.status != DHK_STATS_OK)
    return result;

  df_pooled = (double) (a.n + b.n - 2);
  pooled = sqrt ((squares_of (a) + squares_of (b)) / df_pooled);
  if (variant == DHK_T_WELCH)
    welch_error (&result);
  else
    student_error (&result, pooled);

  result.t = result.difference / result.se;
  result.p = dhk_t_two_sided (result.t, result.df);
  margin = dhk_t_quantile (0.5 + confidence / 2, result.df) * result.se;
  result.ci
      = dhk_interval_make (result.difference - margin, result.difference + margin, confidence);
  result.cohen_d = result.difference / pooled;
  result.hedges_g = dhk_hedges_correction (df_pooled) * result.cohen_d;
  return result;
}

DhkTTest
dhk_t_test (DhkTVariant variant,
            const double *a,
            size_t n_a,
            const double *b,
            size_t n_b,
            double confidence)
{
  return dhk_t_test_from_summary (variant, dhk_summarise (a, n_a), dhk_summarise (b, n_b),
                                  confidence);
}
