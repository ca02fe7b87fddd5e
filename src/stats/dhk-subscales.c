/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-subscales.h"

#include <math.h>

const char *const dhk_subscales_verdict_names[] = {
  "consistent",    "items impossible",       "mean impossible",
  "SD impossible", "mean and SD impossible", NULL,
};

static DhkStatsStatus
check_scale (DhkPrintedScale scale, int decimals)
{
  DhkEnclosure mean = dhk_rounding_range (scale.mean, decimals);
  DhkEnclosure sd = dhk_rounding_range_of_sd (scale.sd, decimals);

  return mean.status != DHK_STATS_OK ? mean.status : sd.status;
}

static DhkStatsStatus
check_scales (
    DhkPrintedScale total, const DhkPrintedScale *parts, size_t n_parts, int decimals, double step)
{
  DhkStatsStatus status = check_scale (total, decimals);

  if (n_parts == 0)
    return DHK_STATS_TOO_FEW_GROUPS;
  if (!(step > 0) || !isfinite (step))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n_parts && status == DHK_STATS_OK; i++)
    status = parts[i].items == 0 ? DHK_STATS_TOO_FEW_ITEMS : check_scale (parts[i], decimals);
  return status;
}

/* The means and SDs of the total that the rounded subscales allow */
static void
add_up (DhkSubscalesCheck *self, const DhkPrintedScale *parts, size_t n_parts, int decimals)
{
  double items = (double) self->items, low = 0, high = 0, sd_high = 0, sd_low = 0;

  self->mean = 0;
  for (size_t i = 0; i < n_parts; i++)
    {
      DhkEnclosure mean = dhk_rounding_range (parts[i].mean, decimals);
      double weight = (double) parts[i].items / items;

      self->mean += weight * parts[i].mean;
      low += weight * mean.low;
      high += weight * mean.high;
      sd_high += weight * dhk_rounding_range_of_sd (parts[i].sd, decimals).high;
    }
  for (size_t i = 0; i < n_parts; i++)
    {
      DhkEnclosure sd = dhk_rounding_range_of_sd (parts[i].sd, decimals);
      double weight = (double) parts[i].items / items;

      /* This one at its least against all others at their most */
      sd_low = fmax (sd_low, weight * sd.low - (sd_high - weight * sd.high));
    }
  self->mean_range = dhk_enclosure_make (low, high);
  self->sd_range = dhk_enclosure_make (sd_low, sd_high);
}

static void
add_up_points (DhkSubscalesCheck *self,
               DhkPrintedScale total,
               const DhkPrintedScale *parts,
               size_t n_parts,
               double n,
               int decimals,
               double step)
{
  double answers = n * (double) self->items;

  self->points = (DhkEnclosure){ DHK_STATS_OK, 0, 0 };
  for (size_t i = 0; i < n_parts && self->points.status == DHK_STATS_OK; i++)
    {
      DhkEnclosure points
          = dhk_rounding_points (parts[i].mean, decimals, n * (double) parts[i].items, step);

      self->points = points.status != DHK_STATS_OK
                         ? points
                         : (DhkEnclosure){ DHK_STATS_OK, self->points.low + points.low,
                                           self->points.high + points.high };
    }
  self->points_total = dhk_rounding_points (total.mean, decimals, answers, step);
  self->points_mean = self->points.status == DHK_STATS_OK ? dhk_enclosure_make (
                          self->points.low * step / answers, self->points.high * step / answers)
                                                          : self->points;
}

static bool
apart (DhkEnclosure a, DhkEnclosure b)
{
  return dhk_enclosure_exceeds (a.low, b.high) || dhk_enclosure_exceeds (b.low, a.high);
}

static bool
mean_fails (const DhkSubscalesCheck *self, DhkPrintedScale total, int decimals)
{
  if (apart (self->mean_range, dhk_rounding_range (total.mean, decimals)))
    return true;
  if (self->points.status == DHK_STATS_NO_DATA)
    return false;
  if (self->points.status == DHK_STATS_IMPOSSIBLE
      || self->points_total.status == DHK_STATS_IMPOSSIBLE)
    return true;
  return self->points.status == DHK_STATS_OK && self->points_total.status == DHK_STATS_OK
         && apart (self->points, self->points_total);
}

DhkSubscalesCheck
dhk_check_subscales (DhkPrintedScale total,
                     const DhkPrintedScale *parts,
                     size_t n_parts,
                     size_t n,
                     int decimals,
                     double step)
{
  DhkStatsStatus status = check_scales (total, parts, n_parts, decimals, step);
  DhkEnclosure none = dhk_enclosure_undefined (status);
  DhkSubscalesCheck self
      = { status, DHK_SUBSCALES_CONSISTENT, 0, NAN, none, none, none, none, none };
  bool mean, sd;

  if (status != DHK_STATS_OK)
    return self;
  for (size_t i = 0; i < n_parts; i++)
    self.items += parts[i].items;
  add_up (&self, parts, n_parts, decimals);
  self.points = self.points_mean = self.points_total = dhk_enclosure_undefined (DHK_STATS_NO_DATA);
  if (n > 0)
    add_up_points (&self, total, parts, n_parts, (double) n, decimals, step);

  mean = mean_fails (&self, total, decimals);
  sd = apart (self.sd_range, dhk_rounding_range_of_sd (total.sd, decimals));
  if (total.items > 0 && total.items != self.items)
    self.verdict = DHK_SUBSCALES_ITEMS_IMPOSSIBLE;
  else if (mean || sd)
    self.verdict = mean && sd ? DHK_SUBSCALES_BOTH_IMPOSSIBLE
                   : mean     ? DHK_SUBSCALES_MEAN_IMPOSSIBLE
                              : DHK_SUBSCALES_SD_IMPOSSIBLE;
  return self;
}

/* Cronbach's alpha */

static DhkStatsStatus
check_alpha_row (DhkPrintedAlpha row, int sd_decimals, int alpha_decimals)
{
  DhkEnclosure sd = dhk_rounding_range_of_sd (row.sd, sd_decimals);
  DhkEnclosure low = dhk_rounding_range (row.alpha_low, alpha_decimals);
  DhkEnclosure high = dhk_rounding_range (row.alpha_high, alpha_decimals);

  if (sd.status != DHK_STATS_OK)
    return sd.status;
  if (low.status != DHK_STATS_OK || high.status != DHK_STATS_OK)
    return low.status != DHK_STATS_OK ? low.status : high.status;
  return row.alpha_low <= row.alpha_high && row.alpha_high <= 1 ? DHK_STATS_OK
                                                                : DHK_STATS_BAD_ARGUMENT;
}

/* The variances of a subscale's items, added up, of the sum of the points */
static double
item_variance (double items, double sd, double alpha)
{
  return items * items * sd * sd * (1 - alpha * (items - 1) / items);
}

static void
bound_alpha (DhkAlphaCheck *self,
             DhkPrintedAlpha total,
             const DhkPrintedAlpha *parts,
             size_t n_parts,
             int sd_decimals,
             int alpha_decimals)
{
  double k = (double) self->items, most = 0, least = 0, reach = 0;
  DhkEnclosure sd = dhk_rounding_range_of_sd (total.sd, sd_decimals);

  for (size_t i = 0; i < n_parts; i++)
    {
      DhkEnclosure part = dhk_rounding_range_of_sd (parts[i].sd, sd_decimals);
      double items = (double) parts[i].items;
      double low = dhk_rounding_range (parts[i].alpha_low, alpha_decimals).low;
      double high = fmin (1, dhk_rounding_range (parts[i].alpha_high, alpha_decimals).high);

      most += item_variance (items, part.high, low);
      least += item_variance (items, part.low, high);
      reach += items * part.high;
    }
  if (!(sd.low > 0))
    {
      self->status = DHK_STATS_NO_VARIANCE;
      self->alpha = self->alpha_printed = dhk_enclosure_undefined (DHK_STATS_NO_VARIANCE);
      return;
    }
  if (dhk_enclosure_exceeds (k * sd.low, reach))
    {
      self->alpha = self->alpha_printed = dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
      return;
    }
  self->alpha
      = dhk_enclosure_make (fmin (1, k / (k - 1) * (1 - most / (k * k * sd.low * sd.low))),
                            fmin (1, k / (k - 1) * (1 - least / (k * k * sd.high * sd.high))));
  self->alpha_printed = dhk_rounding_as_printed (self->alpha, alpha_decimals);
  self->possible
      = self->alpha.status == DHK_STATS_OK
        && !apart (self->alpha,
                   (DhkEnclosure){ DHK_STATS_OK,
                                   dhk_rounding_range (total.alpha_low, alpha_decimals).low,
                                   dhk_rounding_range (total.alpha_high, alpha_decimals).high });
}

DhkAlphaCheck
dhk_check_alpha (DhkPrintedAlpha total,
                 const DhkPrintedAlpha *parts,
                 size_t n_parts,
                 int sd_decimals,
                 int alpha_decimals)
{
  DhkAlphaCheck self
      = { check_alpha_row (total, sd_decimals, alpha_decimals), 0, { 0 }, { 0 }, false };

  if (n_parts == 0)
    self.status = DHK_STATS_TOO_FEW_GROUPS;
  for (size_t i = 0; i < n_parts && self.status == DHK_STATS_OK; i++)
    {
      self.items += parts[i].items;
      self.status = parts[i].items == 0 ? DHK_STATS_TOO_FEW_ITEMS
                                        : check_alpha_row (parts[i], sd_decimals, alpha_decimals);
    }
  if (self.status == DHK_STATS_OK && self.items < 2)
    self.status = DHK_STATS_TOO_FEW_ITEMS;
  if (self.status == DHK_STATS_OK && total.items > 0 && total.items != self.items)
    self.status = DHK_STATS_BAD_ARGUMENT;
  self.alpha = self.alpha_printed = dhk_enclosure_undefined (self.status);
  if (self.status == DHK_STATS_OK)
    bound_alpha (&self, total, parts, n_parts, sd_decimals, alpha_decimals);
  return self;
}
