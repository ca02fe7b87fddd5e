/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-rank-test-private.h"

#include "stats/dhk-distribution.h"

#include <math.h>
#include <stddef.h>

const char *const dhk_rank_method_names[] = { "auto", "exact", "normal", NULL };

static double
two_sided (double z)
{
  return fmin (1, 2 * dhk_normal_upper (fabs (z)));
}

DhkRankNormal
dhk_rank_normal (double distance, double sd, double n)
{
  double corrected = copysign (fmax (fabs (distance) - 0.5, 0), distance);

  if (!(sd > 0))
    return (DhkRankNormal){ DHK_STATS_NO_VARIANCE, NAN, NAN, NAN, NAN, NAN };
  return (DhkRankNormal){ DHK_STATS_OK,
                          distance / sd,
                          two_sided (distance / sd),
                          corrected / sd,
                          two_sided (corrected / sd),
                          distance / sd / sqrt (n) };
}

DhkInterval
dhk_rank_biserial_interval (double r, double se, double confidence)
{
  double margin = dhk_normal_quantile (0.5 + confidence / 2) * se;

  if (!(fabs (r) < 1))
    return dhk_interval_undefined (DHK_STATS_SEPARATED, confidence);
  return dhk_interval_make (tanh (atanh (r) - margin), tanh (atanh (r) + margin), confidence);
}
