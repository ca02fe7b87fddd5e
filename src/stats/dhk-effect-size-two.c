/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-effect-size-two.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-noncentral-t.h"

#include <math.h>

/* Pieces */

static DhkInterval
noncentrality_interval (double t, double df, double confidence)
{
  return dhk_interval_make (dhk_noncentral_t_delta (t, df, 0.5 - confidence / 2),
                            dhk_noncentral_t_delta (t, df, 0.5 + confidence / 2), confidence);
}

static DhkInterval
multiply (DhkInterval interval, double factor)
{
  if (interval.status != DHK_STATS_OK)
    return interval;
  return dhk_interval_make (interval.low * factor, interval.high * factor, interval.confidence);
}

static DhkHedges
hedges_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkHedges){ status, NAN, NAN, dhk_interval_undefined (status, confidence), NAN, NAN };
}

static DhkHedges
correct (double d, DhkInterval d_ci, double df)
{
  DhkHedges result = hedges_undefined (DHK_STATS_TOO_FEW, d_ci.confidence);

  if (!(df > 1))
    return result;
  result.status = DHK_STATS_OK;
  result.j = dhk_hedges_correction (df);
  result.g = result.j * d;
  result.g_ci = multiply (d_ci, result.j);
  result.j_approximate = 1 - 3 / (4 * df - 1);
  result.g_approximate = result.j_approximate * d;
  return result;
}

static DhkOwnDifference
own_undefined (DhkStatsStatus status)
{
  return (DhkOwnDifference){ status, NAN };
}

static DhkOwnDifference
divide (double difference, double sd)
{
  double d = difference / sd;

  if (isnan (sd))
    return own_undefined (DHK_STATS_TOO_FEW);
  if (!(sd > 0))
    return own_undefined (DHK_STATS_NO_VARIANCE);
  return isfinite (d) ? (DhkOwnDifference){ DHK_STATS_OK, d }
                      : own_undefined (DHK_STATS_NOT_FINITE);
}

/* √((a² + b²)/2) without overflow; NaN where one is */
static double
average_sd (double sd_a, double sd_b)
{
  return hypot (sd_a, sd_b) / M_SQRT2;
}

/* Two groups */

static DhkEffectSizeTwo
two_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkEffectSizeTwo){ status,
                             NAN,
                             dhk_interval_undefined (status, confidence),
                             NAN,
                             dhk_interval_undefined (status, confidence),
                             hedges_undefined (status, confidence),
                             own_undefined (status),
                             own_undefined (status),
                             own_undefined (status),
                             NAN,
                             dhk_interval_undefined (status, confidence),
                             NAN };
}

DhkEffectSizeTwo
dhk_effect_size_two (const DhkTTest *test)
{
  DhkEffectSizeTwo result = two_undefined (test->status, test->ci.confidence);
  double n_a = (double) test->a.n, n_b = (double) test->b.n;
  double df = n_a + n_b - 2, per_t = sqrt (1 / n_a + 1 / n_b);
  double d = test->cohen_d, confidence = test->ci.confidence, margin;

  if (test->status != DHK_STATS_OK)
    return result;
  result.cohen_d = d;
  result.noncentrality = d / per_t;
  if (!isfinite (result.noncentrality) || !isfinite (d * d))
    return two_undefined (DHK_STATS_NOT_FINITE, confidence);
  result.noncentrality_ci = noncentrality_interval (result.noncentrality, df, confidence);
  result.cohen_d_ci = multiply (result.noncentrality_ci, per_t);
  result.cohen_d_se = sqrt (1 / n_a + 1 / n_b + d * d / (2 * (n_a + n_b)));
  margin = dhk_normal_quantile (0.5 + confidence / 2) * result.cohen_d_se;
  result.cohen_d_normal_ci = dhk_interval_make (d - margin, d + margin, confidence);
  result.hedges = correct (d, result.cohen_d_ci, df);
  result.average = divide (test->difference, average_sd (test->a.sd, test->b.sd));
  result.glass_a = divide (test->difference, test->a.sd);
  result.glass_b = divide (test->difference, test->b.sd);
  result.r = result.noncentrality / hypot (result.noncentrality, sqrt (df));
  return result;
}

/* Pairs */

static DhkEffectSizePaired
paired_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkEffectSizePaired){ status,
                                NAN,
                                dhk_interval_undefined (status, confidence),
                                hedges_undefined (status, confidence),
                                NAN,
                                NAN,
                                own_undefined (status),
                                NAN,
                                dhk_interval_undefined (status, confidence) };
}

DhkEffectSizePaired
dhk_effect_size_paired (const DhkTTestPaired *test)
{
  DhkEffectSizePaired result = paired_undefined (test->status, test->ci.confidence);
  double per_t = 1 / sqrt ((double) test->n);

  if (test->status != DHK_STATS_OK)
    return result;
  result.d_z = test->difference / test->sd;
  result.d_average = test->difference / average_sd (test->sd_a, test->sd_b);
  result.d_mean_of_sds = test->difference / (test->sd_a / 2 + test->sd_b / 2);
  if (!isfinite (result.d_z) || !isfinite (result.d_average) || !isfinite (result.d_mean_of_sds))
    return paired_undefined (DHK_STATS_NOT_FINITE, test->ci.confidence);
  result.noncentrality = test->t;
  result.noncentrality_ci = noncentrality_interval (test->t, test->df, test->ci.confidence);
  result.d_z_ci = multiply (result.noncentrality_ci, per_t);
  result.hedges = correct (result.d_z, result.d_z_ci, test->df);
  result.repeated = own_undefined (test->correlation_status);
  if (test->correlation_status == DHK_STATS_OK)
    result.repeated
        = (DhkOwnDifference){ DHK_STATS_OK, result.d_z * sqrt (2 * (1 - test->correlation_r)) };
  return result;
}

/* One column */

DhkEffectSizeOne
dhk_effect_size_one (const DhkTTestOne *test)
{
  double confidence = test->ci.confidence, per_t = 1 / sqrt ((double) test->n);
  DhkEffectSizeOne result = { test->status,
                              NAN,
                              dhk_interval_undefined (test->status, confidence),
                              hedges_undefined (test->status, confidence),
                              NAN,
                              dhk_interval_undefined (test->status, confidence) };

  if (test->status != DHK_STATS_OK)
    return result;
  result.cohen_d = test->t * per_t;
  result.noncentrality = test->t;
  result.noncentrality_ci = noncentrality_interval (test->t, test->df, confidence);
  result.cohen_d_ci = multiply (result.noncentrality_ci, per_t);
  result.hedges = correct (result.cohen_d, result.cohen_d_ci, test->df);
  return result;
}
