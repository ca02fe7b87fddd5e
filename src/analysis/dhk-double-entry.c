/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "analysis/dhk-double-entry.h"

#include <math.h>

#include "stats/dhk-kappa.h"

#define CONFIDENCE 0.95

/* More than any code, and than the kinds of missing below 0. */
#define CODES_OF_A_SET 1000000

static double
get_category (const DhkTypedPair *pair, int code)
{
  return (double) pair->categories * CODES_OF_A_SET + code;
}

DhkDoubleEntry
dhk_double_entry_run (const DhkTypedPair *pairs, gsize n_pairs, int questionnaire)
{
  DhkDoubleEntry result = { 0 };
  g_autofree double *first = g_new (double, MAX (n_pairs, 1));
  g_autofree double *second = g_new (double, MAX (n_pairs, 1));
  DhkKappa kappa;

  for (gsize i = 0; i < n_pairs; i++)
    {
      const DhkTypedPair *pair = &pairs[i];

      if (questionnaire >= 0 && pair->questionnaire != (guint) questionnaire)
        continue;
      result.n++;
      result.n_same += pair->same ? 1 : 0;
      if (pair->categories < 0)
        continue;
      first[result.n_labelled] = get_category (pair, pair->first);
      second[result.n_labelled] = get_category (pair, pair->second);
      result.n_labelled++;
    }
  kappa = dhk_kappa (first, second, result.n_labelled, DHK_KAPPA_UNWEIGHTED, CONFIDENCE, NULL);
  result.share = result.n > 0 ? (double) result.n_same / result.n : NAN;
  result.kappa = kappa.kappa;
  result.ci_low = kappa.kappa_ci.low;
  result.ci_high = kappa.kappa_ci.high;
  if (kappa.status != DHK_STATS_OK)
    {
      result.kappa = NAN;
      result.undefined = dhk_stats_status_reason (kappa.status);
    }
  return result;
}
