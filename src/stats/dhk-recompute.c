/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-recompute.h"

#include "stats/dhk-anova.h"
#include "stats/dhk-between.h"
#include "stats/dhk-distribution.h"

#include <math.h>

#define MOST_GROUPS 500

const char *const dhk_printed_verdict_names[] = { "not given", "possible", "impossible", NULL };
const char *const dhk_printed_sign_names[] = { "=", "<", ">", NULL };

/* Verdicts */

static DhkStatsStatus
check_printed (DhkPrintedTest printed)
{
  DhkEnclosure statistic = dhk_rounding_range (printed.statistic, printed.statistic_decimals);
  DhkEnclosure p = dhk_rounding_range (printed.p, printed.p_decimals);

  if (statistic.status != DHK_STATS_OK || p.status != DHK_STATS_OK)
    return statistic.status != DHK_STATS_OK ? statistic.status : p.status;
  return printed.p <= 1 ? DHK_STATS_OK : DHK_STATS_BAD_ARGUMENT;
}

static DhkPrintedVerdict
judge (double printed, int decimals, double low, double high)
{
  DhkEnclosure range;

  if (printed < 0)
    return DHK_PRINTED_NOT_GIVEN;
  range = dhk_rounding_range (printed, decimals);
  return range.low > high + 1e-10 * fmax (1, high) || range.high < low - 1e-10 * fmax (1, low)
             ? DHK_PRINTED_IMPOSSIBLE
             : DHK_PRINTED_POSSIBLE;
}

static DhkPrintedVerdict
judge_p (DhkPrintedTest printed, DhkEnclosure range)
{
  if (printed.p < 0 || printed.p_sign == DHK_P_EQUALS)
    return judge (printed.p, printed.p_decimals, range.low, range.high);
  if (printed.p_sign == DHK_P_BELOW)
    return range.low < printed.p * (1 + 1e-9) ? DHK_PRINTED_POSSIBLE : DHK_PRINTED_IMPOSSIBLE;
  return range.high > printed.p * (1 - 1e-9) ? DHK_PRINTED_POSSIBLE : DHK_PRINTED_IMPOSSIBLE;
}

/* Analysis of variance */

static DhkStatsStatus
read_groups (const DhkSummary *groups,
             size_t n_groups,
             int decimals,
             DhkGroupBounds *bounds,
             size_t *n_bounds)
{
  *n_bounds = 0;
  if (n_groups > MOST_GROUPS)
    return DHK_STATS_TOO_LARGE;
  for (size_t i = 0; i < n_groups; i++)
    {
      DhkEnclosure mean = dhk_rounding_range (groups[i].mean, decimals);
      DhkEnclosure sd = dhk_rounding_range_of_sd (groups[i].n > 1 ? groups[i].sd : 0, decimals);

      if (groups[i].n == 0)
        continue;
      if (mean.status != DHK_STATS_OK || sd.status != DHK_STATS_OK)
        return mean.status != DHK_STATS_OK ? mean.status : sd.status;
      bounds[(*n_bounds)++]
          = (DhkGroupBounds){ (double) groups[i].n, mean.low, mean.high, sd.low, sd.high };
    }
  return DHK_STATS_OK;
}

static void
bound_f (DhkAnovaCheck *self, const DhkGroupBounds *groups, size_t n_groups)
{
  DhkBounds between = dhk_between_range (groups, n_groups, (DhkBounds){ -INFINITY, INFINITY });
  double within_low = 0, within_high = 0;

  for (size_t i = 0; i < n_groups; i++)
    if (groups[i].n > 1)
      {
        within_low += (groups[i].n - 1) * groups[i].sd_low * groups[i].sd_low;
        within_high += (groups[i].n - 1) * groups[i].sd_high * groups[i].sd_high;
      }
  if (!(within_low > 0))
    {
      self->status = DHK_STATS_NO_VARIANCE;
      return;
    }
  self->f_range = dhk_enclosure_make (between.low / self->df1 / (within_high / self->df2),
                                      between.high / self->df1 / (within_low / self->df2));
  self->status = self->f_range.status;
}

DhkAnovaCheck
dhk_recompute_anova (const DhkSummary *groups,
                     size_t n_groups,
                     int decimals,
                     DhkPrintedTest printed)
{
  DhkGroupBounds bounds[MOST_GROUPS];
  size_t n_bounds;
  DhkEnclosure none = dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);
  DhkAnovaCheck self
      = { check_printed (printed), NAN, NAN, NAN, NAN, none, none, DHK_PRINTED_NOT_GIVEN,
          DHK_PRINTED_NOT_GIVEN };
  DhkAnova anova;

  if (self.status == DHK_STATS_OK)
    self.status = read_groups (groups, n_groups, decimals, bounds, &n_bounds);
  if (self.status == DHK_STATS_OK)
    {
      anova = dhk_anova_from_summary (groups, n_groups);
      self.status = anova.status;
    }
  if (self.status == DHK_STATS_OK)
    {
      self.df1 = anova.df1;
      self.df2 = anova.df2;
      bound_f (&self, bounds, n_bounds);
    }
  if (self.status != DHK_STATS_OK)
    {
      self.f_range = self.p_range = dhk_enclosure_undefined (self.status);
      self.df1 = self.df2 = NAN;
      return self;
    }
  self.f = anova.f;
  self.p = anova.p;
  self.p_range = dhk_enclosure_make (dhk_f_upper (self.f_range.high, self.df1, self.df2),
                                     dhk_f_upper (self.f_range.low, self.df1, self.df2));
  self.f_verdict
      = judge (printed.statistic, printed.statistic_decimals, self.f_range.low, self.f_range.high);
  self.p_verdict = judge_p (printed, self.p_range);
  return self;
}

/* t */

/* Variance of the mean difference: pooled, or of each mean. */
static double
squared_error (DhkTVariant variant, DhkSummary a, DhkSummary b, double sd_a, double sd_b)
{
  double n_a = (double) a.n, n_b = (double) b.n, squares;

  if (variant == DHK_T_WELCH)
    return sd_a * sd_a / n_a + sd_b * sd_b / n_b;
  squares = (a.n > 1 ? (n_a - 1) * sd_a * sd_a : 0) + (b.n > 1 ? (n_b - 1) * sd_b * sd_b : 0);
  return squares / (n_a + n_b - 2) * (1 / n_a + 1 / n_b);
}

static double
welch_df (double n_a, double n_b, double share)
{
  return 1 / (share * share / (n_a - 1) + (1 - share) * (1 - share) / (n_b - 1));
}

static DhkEnclosure
bound_df (DhkSummary a, DhkSummary b, DhkEnclosure sd_a, DhkEnclosure sd_b)
{
  double n_a = (double) a.n, n_b = (double) b.n;
  double a_low = sd_a.low * sd_a.low / n_a, a_high = sd_a.high * sd_a.high / n_a;
  double b_low = sd_b.low * sd_b.low / n_b, b_high = sd_b.high * sd_b.high / n_b;
  double low = a_low / (a_low + b_high), high = a_high / (a_high + b_low);
  double best = (n_a - 1) / (n_a + n_b - 2);
  double at_low = welch_df (n_a, n_b, low), at_high = welch_df (n_a, n_b, high);

  return dhk_enclosure_make (fmin (at_low, at_high),
                             low <= best && best <= high ? n_a + n_b - 2 : fmax (at_low, at_high));
}

static DhkEnclosure
bound_p (DhkEnclosure t, DhkEnclosure df)
{
  double most = fmax (fabs (t.low), fabs (t.high));
  double least = t.low <= 0 && t.high >= 0 ? 0 : fmin (fabs (t.low), fabs (t.high));

  return dhk_enclosure_make (dhk_t_two_sided (most, df.high), dhk_t_two_sided (least, df.low));
}

static void
bound_t (DhkTCheck *self, DhkSummary a, DhkSummary b, int decimals)
{
  DhkEnclosure mean_a = dhk_rounding_range (a.mean, decimals);
  DhkEnclosure mean_b = dhk_rounding_range (b.mean, decimals);
  DhkEnclosure sd_a = dhk_rounding_range_of_sd (a.n > 1 ? a.sd : 0, decimals);
  DhkEnclosure sd_b = dhk_rounding_range_of_sd (b.n > 1 ? b.sd : 0, decimals);
  double low = mean_a.low - mean_b.high, high = mean_a.high - mean_b.low;
  double least = sqrt (squared_error (self->variant, a, b, sd_a.low, sd_b.low));
  double most = sqrt (squared_error (self->variant, a, b, sd_a.high, sd_b.high));

  if (!(least > 0))
    {
      self->status = DHK_STATS_NO_VARIANCE;
      return;
    }
  self->t_range
      = dhk_enclosure_make (low / (low > 0 ? most : least), high / (high > 0 ? least : most));
  self->df_range = self->variant == DHK_T_WELCH ? bound_df (a, b, sd_a, sd_b)
                                                : dhk_enclosure_make (self->df, self->df);
  self->status = self->t_range.status;
}

DhkTCheck
dhk_recompute_t (
    DhkTVariant variant, DhkSummary a, DhkSummary b, int decimals, DhkPrintedTest printed)
{
  DhkEnclosure none = dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);
  DhkTCheck self
      = { check_printed (printed), variant, NAN, NAN, NAN, none, none, none, DHK_PRINTED_NOT_GIVEN,
          DHK_PRINTED_NOT_GIVEN };
  DhkEnclosure unit = dhk_rounding_range (0, decimals);
  DhkTTest test = dhk_t_test_from_summary (variant, a, b, 0.95);
  double least, most;

  if (self.status == DHK_STATS_OK)
    self.status = unit.status != DHK_STATS_OK ? unit.status : test.status;
  if (self.status == DHK_STATS_OK)
    {
      self.df = test.df;
      bound_t (&self, a, b, decimals);
    }
  if (self.status != DHK_STATS_OK)
    {
      self.df = NAN;
      self.t_range = self.p_range = self.df_range = dhk_enclosure_undefined (self.status);
      return self;
    }
  self.t = test.t;
  self.p = test.p;
  self.p_range = bound_p (self.t_range, self.df_range);
  most = fmax (fabs (self.t_range.low), fabs (self.t_range.high));
  least = self.t_range.low <= 0 && self.t_range.high >= 0
              ? 0
              : fmin (fabs (self.t_range.low), fabs (self.t_range.high));
  self.t_verdict = judge (printed.statistic, printed.statistic_decimals, least, most);
  self.p_verdict = judge_p (printed, self.p_range);
  return self;
}
