/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-anova-term.h"

#include "stats/dhk-distribution.h"

DhkAnovaTerm
dhk_anova_term_undefined (DhkStatsStatus status, double confidence)
{
  return (DhkAnovaTerm){ status, NAN, NAN, NAN,
                         NAN,    NAN, NAN, dhk_anova_effect_undefined (status, confidence) };
}

DhkAnovaTerm
dhk_anova_term (double ss,
                double df,
                double ss_error,
                double df_error,
                double ss_total,
                size_t n,
                double confidence)
{
  DhkStatsStatus status = DHK_STATS_OK;
  DhkAnovaTerm result;

  if (!isfinite (ss) || !isfinite (ss_error))
    return dhk_anova_term_undefined (DHK_STATS_NOT_FINITE, confidence);
  if (!dhk_confidence_is_valid (confidence))
    status = DHK_STATS_BAD_ARGUMENT;
  else if (df < 1)
    status = DHK_STATS_SINGULAR;
  else if (df_error < 1)
    status = DHK_STATS_TOO_FEW;
  else if (!(ss_error > 0))
    status = DHK_STATS_NO_VARIANCE;
  else if (!isfinite (ss / df / (ss_error / df_error)))
    status = DHK_STATS_NOT_FINITE;
  result = dhk_anova_term_undefined (status, confidence);
  result.ss = ss;
  result.df = df;
  if (status == DHK_STATS_SINGULAR)
    return result;
  result.ms = ss / df;
  if (ss_total > 0)
    result.share = ss / ss_total;
  if (status != DHK_STATS_OK)
    return result;
  result.f = result.ms / (ss_error / df_error);
  result.p = dhk_f_upper (result.f, df, df_error);
  result.effect = dhk_anova_effect (result.f, df, df_error, (double) n, confidence);
  return result;
}
