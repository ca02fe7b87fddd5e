/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-effect-size-anova.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-noncentral-f.h"

/* λ / (λ + size), without overflow of a huge λ */
static DhkInterval
share_of (DhkInterval lambda, double size)
{
  if (lambda.status != DHK_STATS_OK)
    return lambda;
  lambda.low = lambda.low > 0 ? 1 / (1 + size / lambda.low) : 0;
  lambda.high = lambda.high > 0 ? 1 / (1 + size / lambda.high) : 0;
  return lambda;
}

DhkAnovaEffect
dhk_anova_effect_undefined (DhkStatsStatus status, double confidence)
{
  DhkInterval none = dhk_interval_undefined (status, confidence);

  return (DhkAnovaEffect){ status, NAN, NAN, NAN, NAN, none, none, none, none, none };
}

DhkAnovaEffect
dhk_anova_effect (double f, double df1, double df2, double n, double confidence)
{
  DhkAnovaEffect result = dhk_anova_effect_undefined (DHK_STATS_BAD_ARGUMENT, confidence);
  double rest;

  if (!dhk_confidence_is_valid (confidence) || !(df1 >= 1) || !(df2 >= 1) || isinf (df1)
      || isinf (df2) || !(n >= df1 + df2) || !(f >= 0))
    return result;
  result.status = isinf (f) ? DHK_STATS_NOT_FINITE : DHK_STATS_OK;
  result.lambda_ci = dhk_interval_undefined (DHK_STATS_NOT_FINITE, confidence);
  if (result.status == DHK_STATS_OK)
    result.lambda_ci = dhk_interval_make (
        dhk_noncentral_f_lambda (f, df1, df2, (1 - confidence) / 2),
        dhk_noncentral_f_lambda (f, df1, df2, (1 + confidence) / 2), confidence);
  result.eta_squared_ci = share_of (result.lambda_ci, df1 + df2 + 1);
  result.eta_squared_sample_ci = share_of (result.lambda_ci, df2);
  result.omega_squared_ci = result.eta_squared_ci;
  result.epsilon_squared_ci = result.eta_squared_ci;
  if (result.status != DHK_STATS_OK)
    return result;

  rest = df2 / df1;
  /* divided by F where it is large, so that nothing overflows */
  result.eta_squared = f > 1 ? 1 / (1 + rest / f) : f / (f + rest);
  result.epsilon_squared = f > 1 ? (1 - 1 / f) / (1 + rest / f) : (f - 1) / (f + rest);
  rest = (n - df1) / df1;
  result.omega_squared = f > 1 ? (1 - 1 / f) / (1 + rest / f) : (f - 1) / (f + rest);
  result.cohen_f = sqrt (f) * sqrt (df1 / df2);
  return result;
}

DhkAnovaIcc
dhk_anova_icc (const DhkAnova *anova, const DhkSummary *groups, size_t n_groups, double confidence)
{
  DhkInterval none = dhk_interval_undefined (anova->status, confidence);
  DhkAnovaIcc result = { anova->status, NAN, NAN, NAN, NAN, none, none };
  double n = (double) anova->n, squares = 0, f = anova->f, low, high, tail;

  if (!dhk_confidence_is_valid (confidence))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (result.status == DHK_STATS_OK && !(f > 0))
    result.status = DHK_STATS_NO_VARIANCE;
  result.icc1_ci.status = result.icc2_ci.status = result.status;
  if (result.status != DHK_STATS_OK)
    return result;

  for (size_t g = 0; g < n_groups; g++)
    squares += (double) groups[g].n * (double) groups[g].n;
  result.n0 = (n - squares / n) / anova->df1;
  result.icc1 = (f - 1) / (f - 1 + result.n0);
  result.icc1_mean_size = (f - 1) / (f - 1 + n / (double) anova->n_groups);
  result.icc2 = 1 - 1 / f;

  tail = 0.5 + confidence / 2;
  low = f / dhk_f_quantile (tail, anova->df1, anova->df2);
  high = f * dhk_f_quantile (tail, anova->df2, anova->df1);
  result.icc1_ci = dhk_interval_make ((low - 1) / (low - 1 + result.n0),
                                      1 / (1 + result.n0 / (high - 1)), confidence);
  if (!(high > 1))
    result.icc1_ci.high = (high - 1) / (high - 1 + result.n0);
  result.icc2_ci = dhk_interval_make (1 - 1 / low, 1 - 1 / high, confidence);
  return result;
}

DhkAnovaGroup
dhk_anova_group (DhkSummary group, double confidence)
{
  DhkAnovaGroup result
      = { DHK_STATS_OK, group.n, NAN, NAN, NAN, dhk_interval_undefined (DHK_STATS_OK, confidence) };
  double margin;

  if (!dhk_confidence_is_valid (confidence) || (group.n > 1 && group.sd < 0))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (group.n == 0)
    result.status = DHK_STATS_NO_DATA;
  else if (!isfinite (group.mean) || (group.n > 1 && !isfinite (group.sd)))
    result.status = DHK_STATS_NOT_FINITE;
  else
    {
      result.mean = group.mean;
      result.status = group.n < 2 ? DHK_STATS_TOO_FEW : DHK_STATS_OK;
    }
  result.ci.status = result.status;
  if (result.status != DHK_STATS_OK)
    return result;

  result.sd = group.sd;
  result.se = group.sd / sqrt ((double) group.n);
  margin = dhk_t_quantile (0.5 + confidence / 2, (double) (group.n - 1)) * result.se;
  result.ci = dhk_interval_make (group.mean - margin, group.mean + margin, confidence);
  return result;
}
