/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-change.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"

#include <stdbool.h>
#include <stdlib.h>

const char *const dhk_reliable_change_variant_names[]
    = { "jacobson-truax-1991", "jacobson-follette-revenstorf-1984", NULL };
const char *const dhk_change_verdict_names[] = { "unchanged", "improved", "deteriorated", NULL };

static bool
is_reliability (double reliability)
{
  return reliability >= 0 && reliability <= 1;
}

/* Error of measurement */

static DhkStatsStatus
check_error (DhkSummary summary, double reliability, double score, double confidence)
{
  if (!is_reliability (reliability) || !dhk_confidence_is_valid (confidence)
      || (summary.n >= 2 && summary.sd < 0))
    return DHK_STATS_BAD_ARGUMENT;
  if (summary.n == 0)
    return DHK_STATS_NO_DATA;
  if (!isfinite (summary.mean) || isinf (score) || (summary.n >= 2 && !isfinite (summary.sd)))
    return DHK_STATS_NOT_FINITE;
  return summary.n < 2 ? DHK_STATS_TOO_FEW : DHK_STATS_OK;
}

DhkMeasurementError
dhk_measurement_error (DhkSummary summary, double reliability, double score, double confidence)
{
  DhkStatsStatus status = check_error (summary, reliability, score, confidence);
  DhkMeasurementError result = { .status = status,
                                 .n = summary.n,
                                 .mean = NAN,
                                 .sd = NAN,
                                 .reliability = reliability,
                                 .sem = NAN,
                                 .margin = NAN,
                                 .se_difference = NAN,
                                 .smallest_detectable_change = NAN,
                                 .score = NAN,
                                 .score_ci = dhk_interval_undefined (status, confidence) };
  double z;

  if (status != DHK_STATS_OK)
    return result;
  z = dhk_normal_quantile (0.5 + confidence / 2);
  result.mean = summary.mean;
  result.sd = summary.sd;
  result.sem = summary.sd * sqrt (1 - reliability);
  result.margin = z * result.sem;
  result.se_difference = sqrt (2) * result.sem;
  result.smallest_detectable_change = z * result.se_difference;
  result.score = isnan (score) ? summary.mean : score;
  result.score_ci
      = dhk_interval_make (result.score - result.margin, result.score + result.margin, confidence);
  if (!isfinite (result.smallest_detectable_change))
    {
      result.status = DHK_STATS_NOT_FINITE;
      result.margin = result.se_difference = result.smallest_detectable_change = NAN;
    }
  return result;
}

/* Reliable change */

/* SD of `before` in the cases that have both scores; counts them. */
static DhkStatsStatus
summarise_before (
    const double *before, const double *after, size_t n, DhkSummary *summary, size_t *n_pairs)
{
  double *both = calloc (n > 0 ? n : 1, sizeof *both);

  *n_pairs = 0;
  if (both == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    if (!isnan (before[i]) && !isnan (after[i]))
      both[(*n_pairs)++] = before[i];
  *summary = dhk_summarise (both, *n_pairs);
  free (both);
  return DHK_STATS_OK;
}

static DhkStatsStatus
check_change (const DhkReliableChange *self, const DhkReliableChangeOptions *options)
{
  if (!is_reliability (options->reliability) || !dhk_confidence_is_valid (options->confidence)
      || options->sd < 0)
    return DHK_STATS_BAD_ARGUMENT;
  if (self->n == 0)
    return DHK_STATS_NO_DATA;
  if (isnan (options->sd) && self->n < 2)
    return DHK_STATS_TOO_FEW;
  if (!isfinite (self->sd))
    return DHK_STATS_NOT_FINITE;
  return self->sd > 0 && options->reliability < 1 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
}

static void
add_errors (DhkReliableChange *self, const DhkReliableChangeOptions *options)
{
  self->sem = self->sd * sqrt (1 - options->reliability);
  self->se_difference
      = self->variant == DHK_RELIABLE_CHANGE_JACOBSON_1984 ? self->sem : sqrt (2) * self->sem;
  self->criterion = dhk_normal_quantile (0.5 + options->confidence / 2);
  self->smallest_reliable_change = self->criterion * self->se_difference;
  if (isfinite (self->smallest_reliable_change) && self->se_difference > 0)
    return;
  self->status = DHK_STATS_NOT_FINITE;
  self->se_difference = self->smallest_reliable_change = NAN;
}

static DhkCaseChange
change_of (double before, double after, const DhkReliableChange *whole, bool lower_is_better)
{
  DhkCaseChange result
      = { DHK_STATS_NO_DATA, before, after, after - before, NAN, DHK_CHANGE_UNCHANGED };

  if (isnan (before) || isnan (after))
    return result;
  if (!isfinite (result.change))
    {
      result.status = DHK_STATS_NOT_FINITE;
      result.change = NAN;
      return result;
    }
  result.status = whole->status;
  if (whole->status != DHK_STATS_OK)
    return result;
  result.rci = result.change / whole->se_difference;
  if (!isfinite (result.rci))
    {
      result.status = DHK_STATS_NOT_FINITE;
      result.rci = NAN;
    }
  else if (fabs (result.rci) > whole->criterion)
    result.verdict
        = (result.rci > 0) != lower_is_better ? DHK_CHANGE_IMPROVED : DHK_CHANGE_DETERIORATED;
  return result;
}

static void
count_case (DhkReliableChange *self, const DhkCaseChange *it)
{
  if (it->status != DHK_STATS_OK)
    return;
  self->n_improved += it->verdict == DHK_CHANGE_IMPROVED;
  self->n_deteriorated += it->verdict == DHK_CHANGE_DETERIORATED;
  self->n_unchanged += it->verdict == DHK_CHANGE_UNCHANGED;
}

DhkReliableChange
dhk_reliable_change (const double *before,
                     const double *after,
                     size_t n,
                     const DhkReliableChangeOptions *options,
                     DhkCaseChange *cases)
{
  DhkSummary summary = { 0, NAN, NAN };
  DhkReliableChange result = { .status = DHK_STATS_OK,
                               .variant = options->variant,
                               .reliability = options->reliability,
                               .sem = NAN,
                               .se_difference = NAN,
                               .criterion = NAN,
                               .smallest_reliable_change = NAN };

  result.status = summarise_before (before, after, n, &summary, &result.n);
  result.n_missing = n - result.n;
  result.sd = isnan (options->sd) ? summary.sd : options->sd;
  if (result.status == DHK_STATS_OK)
    result.status = check_change (&result, options);
  if (result.status == DHK_STATS_OK)
    add_errors (&result, options);
  else
    result.sd = isfinite (result.sd) ? result.sd : NAN;
  for (size_t i = 0; i < n; i++)
    {
      cases[i] = change_of (before[i], after[i], &result, options->lower_is_better != 0);
      count_case (&result, &cases[i]);
    }
  return result;
}

/* Goal attainment */

/* Adds goal `i` to the sums, and says what is wrong with it. */
static DhkStatsStatus
add_goal (DhkGoalAttainment *self,
          double score,
          double weight,
          DhkDoubleDouble *weighted,
          DhkDoubleDouble *squares,
          DhkDoubleDouble *weights)
{
  if (!(weight > 0))
    {
      self->n_left_out++;
      return DHK_STATS_OK;
    }
  if (isnan (score))
    {
      self->n_missing++;
      return DHK_STATS_OK;
    }
  if (!(score >= -2 && score <= 2))
    return DHK_STATS_BAD_ARGUMENT;
  self->n++;
  *weighted = dhk_dd_add_product (*weighted, weight, score);
  *squares = dhk_dd_add_product (*squares, weight, weight);
  *weights = dhk_dd_add (*weights, weight);
  return DHK_STATS_OK;
}

DhkGoalAttainment
dhk_goal_attainment (const double *scores, const double *weight, size_t n, double rho)
{
  DhkGoalAttainment result = {
    .status = DHK_STATS_OK, .rho = rho, .sum_of_weights = NAN, .weighted_mean = NAN, .t = NAN
  };
  DhkDoubleDouble weighted = { 0, 0 }, squares = { 0, 0 }, weights = { 0, 0 };
  double sum, variance;

  if (!(rho >= 0 && rho <= 1))
    result.status = DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n; i++)
    {
      DhkStatsStatus status = add_goal (&result, scores[i], weight == NULL ? 1 : weight[i],
                                        &weighted, &squares, &weights);

      if (result.status == DHK_STATS_OK)
        result.status = status;
    }
  if (result.status == DHK_STATS_OK && result.n == 0)
    result.status = DHK_STATS_NO_DATA;
  if (result.status != DHK_STATS_OK)
    return result;

  sum = dhk_dd_value (weights);
  variance = (1 - rho) * dhk_dd_value (squares) + rho * sum * sum;
  /* weights beyond what a square can hold, or below it */
  if (!isfinite (variance) || !(variance > 0))
    {
      result.status = DHK_STATS_NOT_FINITE;
      return result;
    }
  result.sum_of_weights = sum;
  result.weighted_mean = dhk_dd_value (weighted) / sum;
  result.t = 50 + 10 * dhk_dd_value (weighted) / sqrt (variance);
  return result;
}
