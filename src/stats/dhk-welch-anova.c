/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-welch-anova.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-posthoc-private.h"

#include <stdbool.h>
#include <stdlib.h>

static double
variance (DhkSummary group)
{
  return group.sd * group.sd;
}

/* Counts, and whether the test can be made. */
static DhkMeansTest
start (const DhkSummary *groups, size_t n_groups, bool each_varies)
{
  DhkMeansTest result = { DHK_STATS_OK, 0, 0, NAN, NAN, NAN, NAN };
  bool finite = true, negative = false, too_few = false;
  size_t n_varying = 0;

  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        bool has_sd = groups[g].n > 1;

        result.n += groups[g].n;
        result.n_groups++;
        too_few |= !has_sd;
        finite &= isfinite (groups[g].mean) && (!has_sd || isfinite (variance (groups[g])));
        negative |= has_sd && groups[g].sd < 0;
        /* the variance itself must be a number to divide by */
        n_varying += has_sd && variance (groups[g]) > 0;
      }
  if (negative)
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (result.n == 0)
    result.status = DHK_STATS_NO_DATA;
  else if (!finite)
    result.status = DHK_STATS_NOT_FINITE;
  else if (result.n_groups < 2)
    result.status = DHK_STATS_TOO_FEW_GROUPS;
  else if (too_few)
    result.status = DHK_STATS_TOO_FEW;
  else if (n_varying < (each_varies ? result.n_groups : 1))
    result.status = DHK_STATS_NO_VARIANCE;
  return result;
}

static void
finish (DhkMeansTest *self)
{
  self->p = dhk_f_upper (self->f, self->df1, self->df2);
  if (isfinite (self->f) && isfinite (self->df2) && !isnan (self->p))
    return;
  self->status = DHK_STATS_NOT_FINITE;
  self->f = self->df1 = self->df2 = self->p = NAN;
}

/* The mean of the groups' means with weights n / s^power. Means are taken from the
 * first one, so that a far origin costs no digits. */
static DhkDoubleDouble
weighted_mean (const DhkSummary *groups, size_t n_groups, bool by_variance, double total)
{
  DhkDoubleDouble sum = { 0, 0 };
  double origin = NAN;

  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        double weight = (double) groups[g].n / (by_variance ? variance (groups[g]) : 1);

        if (isnan (origin))
          origin = groups[g].mean;
        sum = dhk_dd_add_product (sum, weight / total, groups[g].mean - origin);
      }
  return dhk_dd_add (sum, origin);
}

DhkMeansTest
dhk_welch_anova (const DhkSummary *groups, size_t n_groups)
{
  DhkMeansTest result = start (groups, n_groups, true);
  double k = (double) result.n_groups, total = 0, uneven = 0, between = 0;
  DhkDoubleDouble mean;

  if (result.status != DHK_STATS_OK)
    return result;
  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      total += (double) groups[g].n / variance (groups[g]);
  mean = weighted_mean (groups, n_groups, true, total);
  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        double weight = (double) groups[g].n / variance (groups[g]);
        double d = dhk_dd_deviation (groups[g].mean, mean);

        between += weight * d * d;
        uneven += (1 - weight / total) * (1 - weight / total) / (double) (groups[g].n - 1);
      }
  result.df1 = k - 1;
  result.df2 = (k * k - 1) / (3 * uneven);
  result.f = between / result.df1 / (1 + 2 * (k - 2) * uneven / (k * k - 1));
  finish (&result);
  return result;
}

DhkMeansTest
dhk_brown_forsythe_means (const DhkSummary *groups, size_t n_groups)
{
  DhkMeansTest result = start (groups, n_groups, false);
  double n = (double) result.n, between = 0, within = 0, shares = 0;
  DhkDoubleDouble mean;

  if (result.status != DHK_STATS_OK)
    return result;
  mean = weighted_mean (groups, n_groups, false, n);
  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        double d = dhk_dd_deviation (groups[g].mean, mean);

        between += (double) groups[g].n * d * d;
        within += (n - (double) groups[g].n) / n * variance (groups[g]);
      }
  for (size_t g = 0; g < n_groups; g++)
    if (groups[g].n > 0)
      {
        double share = (n - (double) groups[g].n) / n * variance (groups[g]) / within;

        shares += share * share / (double) (groups[g].n - 1);
      }
  result.df1 = (double) (result.n_groups - 1);
  result.df2 = 1 / shares;
  result.f = between / within;
  finish (&result);
  return result;
}

/* Data */

/* Runs `test` on the data with the first group's mean for origin: a mean that is far from zero
 * has no room for the digits in which the groups differ. */
static DhkMeansTest
test_values (const double *values,
             const int *group,
             size_t n,
             size_t n_groups,
             DhkMeansTest (*test) (const DhkSummary *groups, size_t n_groups))
{
  DhkMeansTest result = { DHK_STATS_NO_MEMORY, 0, 0, NAN, NAN, NAN, NAN };
  DhkStatsStatus status;
  DhkGroupMoments *moments = dhk_group_moments_gather (values, group, n, n_groups, &status);
  DhkSummary *summaries = calloc (n_groups > 0 ? n_groups : 1, sizeof *summaries);
  const DhkGroupMoments *first = NULL;

  if (moments != NULL && status == DHK_STATS_BAD_ARGUMENT)
    result.status = status;
  else if (moments != NULL && summaries != NULL)
    {
      for (size_t g = 0; g < n_groups; g++)
        {
          summaries[g] = (DhkSummary){ moments[g].n, NAN, NAN };
          if (moments[g].n == 0)
            continue;
          if (first == NULL)
            first = &moments[g];
          summaries[g].mean = dhk_group_moments_subtract (&moments[g], first);
          if (moments[g].n > 1)
            summaries[g].sd = sqrt (moments[g].squares / (double) (moments[g].n - 1));
        }
      result = test (summaries, n_groups);
    }
  free (moments);
  free (summaries);
  return result;
}

DhkMeansTest
dhk_welch_anova_of_values (const double *values, const int *group, size_t n, size_t n_groups)
{
  return test_values (values, group, n, n_groups, dhk_welch_anova);
}

DhkMeansTest
dhk_brown_forsythe_means_of_values (const double *values,
                                    const int *group,
                                    size_t n,
                                    size_t n_groups)
{
  return test_values (values, group, n, n_groups, dhk_brown_forsythe_means);
}
