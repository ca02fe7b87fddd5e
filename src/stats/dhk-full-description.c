/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-full-description.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-full-description-private.h"

static void
fail (DhkFullDescription *self, DhkStatsStatus status)
{
  self->status = status;
  self->mean_ci.status = status;
}

static void
add_interval (DhkFullDescription *self)
{
  double confidence = self->mean_ci.confidence, margin;

  if (!dhk_confidence_is_valid (confidence))
    {
      fail (self, DHK_STATS_BAD_ARGUMENT);
      return;
    }
  /* weights may add up to less than two cases */
  if (self->n < 2)
    {
      self->mean_ci.status = DHK_STATS_TOO_FEW;
      return;
    }
  margin = dhk_t_quantile (0.5 + confidence / 2, self->n - 1) * self->se;
  self->mean_ci = dhk_interval_make (self->mean - margin, self->mean + margin, confidence);
}

/* SE and interval of n, mean and SD, and whether all are numbers. */
static void
finish (DhkFullDescription *self)
{
  self->sum = self->n * self->mean;
  if (!isfinite (self->sum) || !isfinite (self->variance))
    {
      self->mean = self->sum = self->variance = self->sd = NAN;
      fail (self, DHK_STATS_NOT_FINITE);
      return;
    }
  if (!(self->n > 1))
    {
      self->variance = self->sd = NAN;
      fail (self, DHK_STATS_TOO_FEW);
      return;
    }
  self->status = DHK_STATS_OK;
  self->se = self->sd / sqrt (self->n);
  add_interval (self);
}

static DhkFullDescription
begin (DhkStatsStatus status, double confidence)
{
  return (DhkFullDescription){ .status = status,
                               .mean = NAN,
                               .sum = NAN,
                               .variance = NAN,
                               .sd = NAN,
                               .se = NAN,
                               .mean_ci = dhk_interval_undefined (status, confidence) };
}

DhkFullDescription
dhk_describe_fully (const double *values, const double *weight, size_t n, double confidence)
{
  DhkWeightedValues sorted = dhk_weighted_collect (values, weight, n);
  DhkFullDescription result = begin (sorted.status, confidence);
  DhkWeightedMoments moments = { 0 };

  result.weighting = sorted.weighting;
  result.n_left_out = sorted.n_left_out;
  result.n = dhk_dd_value (sorted.n);
  result.n_missing = sorted.n_missing;
  if (sorted.status == DHK_STATS_OK)
    {
      double spread;

      moments = dhk_weighted_moments (&sorted);
      result.mean = dhk_dd_value (moments.mean);
      /* finish() looks at n; here only what the square root of a negative would be */
      spread = result.n > 1 ? sqrt (moments.power[2] / (result.n - 1)) : 0;
      result.sd = moments.scale * spread;
      result.variance = result.sd * result.sd;
      finish (&result);
    }
  result.order = dhk_order_of (&sorted);
  result.skewness
      = dhk_skewness_of (sorted.status, sorted.status == DHK_STATS_OK ? result.n : NAN, &moments);
  result.kurtosis
      = dhk_kurtosis_of (sorted.status, sorted.status == DHK_STATS_OK ? result.n : NAN, &moments);
  result.mode = dhk_mode_of (&sorted);
  dhk_weighted_clear (&sorted);
  return result;
}

DhkFullDescription
dhk_describe_fully_from_summary (DhkSummary summary, double confidence)
{
  DhkFullDescription result = begin (DHK_STATS_NO_DATA, confidence);

  result.n = (double) summary.n;
  result.order = dhk_order_undefined (DHK_STATS_NO_DATA);
  result.skewness = dhk_skewness_of (DHK_STATS_NO_DATA, result.n, NULL);
  result.kurtosis = dhk_kurtosis_of (DHK_STATS_NO_DATA, result.n, NULL);
  result.mode = (DhkMode){ DHK_STATS_NO_DATA, NAN, NAN, 0 };
  if (summary.n == 0)
    return result;
  if (summary.n >= 2 && summary.sd < 0)
    {
      fail (&result, DHK_STATS_BAD_ARGUMENT);
      return result;
    }
  result.mean = summary.mean;
  result.sd = summary.n < 2 ? 0 : summary.sd;
  result.variance = result.sd * result.sd;
  finish (&result);
  return result;
}
