/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-part-whole.h"

#include "stats/dhk-part-whole-private.h"

#include <math.h>
#include <stdlib.h>

#define MOST_ROWS 500

const char *const dhk_total_verdict_names[] = {
  "consistent",
  "n impossible",
  "mean impossible",
  "SD impossible",
  "mean and SD impossible",
  "missing respondents impossible",
  NULL,
};

typedef struct
{
  DhkDecomposition all; /* parts[n_printed] is the missing part, where there is one */
  size_t n_printed;
  int decimals;
  size_t items;
  DhkAnswerGrid answers;
} Check;

static DhkBounds
limits_of (DhkAnswerGrid answers)
{
  return (DhkBounds){ isnan (answers.min) ? -INFINITY : answers.min,
                      isnan (answers.max) ? INFINITY : answers.max };
}

static DhkEnclosure
enclosure_of (DhkBounds bounds)
{
  return dhk_bounds_are_empty (bounds) ? dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE)
                                       : dhk_enclosure_make (bounds.low, bounds.high);
}

/* Reading the rows */

static DhkStatsStatus
check_rows (const DhkSummary *rows, size_t n_rows, int decimals, DhkAnswerGrid answers)
{
  if (n_rows < 2)
    return DHK_STATS_TOO_FEW_GROUPS;
  if (n_rows > MOST_ROWS)
    return DHK_STATS_TOO_LARGE;
  if (!(answers.step > 0) || answers.min >= answers.max || isinf (answers.min)
      || isinf (answers.max))
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n_rows; i++)
    {
      DhkEnclosure mean = dhk_rounding_range (rows[i].mean, decimals);
      DhkEnclosure sd = dhk_rounding_range_of_sd (rows[i].n > 1 ? rows[i].sd : 0, decimals);

      if (rows[i].n == 0)
        return DHK_STATS_NO_DATA;
      if (mean.status != DHK_STATS_OK || sd.status != DHK_STATS_OK)
        return mean.status != DHK_STATS_OK ? mean.status : sd.status;
      if (fabs (rows[i].mean) > 1e12 || (rows[i].n > 1 && rows[i].sd > 1e12))
        return DHK_STATS_NOT_FINITE;
    }
  return DHK_STATS_OK;
}

/* The means that a printed one may stand for; where no whole number of points gives it, GRIM
 * speaks, and this check takes the number as it stands. */
static DhkBounds
mean_bounds (const Check *self, DhkSummary row)
{
  DhkEnclosure range = dhk_rounding_range (row.mean, self->decimals);
  double answers = (double) row.n * (double) self->items;

  if (self->items > 0)
    {
      DhkGrim grim = dhk_grim (row.n, row.mean, self->items, self->decimals, self->answers);

      if (grim.status == DHK_STATS_OK && grim.attainable)
        {
          double origin = self->answers.step / answers;
          double shift
              = fmod (isnan (self->answers.min) ? 0 : self->answers.min, self->answers.step);

          if (fabs (shift) < 1e-9 || fabs (fabs (shift) - self->answers.step) < 1e-9)
            shift = 0;
          else
            shift = self->answers.min;
          return (DhkBounds){ shift + grim.points.low * origin, shift + grim.points.high * origin };
        }
    }
  return (DhkBounds){ range.low, range.high };
}

static DhkGroupBounds
group_bounds (const Check *self, DhkSummary row)
{
  DhkBounds mean = mean_bounds (self, row);
  DhkEnclosure sd = dhk_rounding_range_of_sd (row.n > 1 ? row.sd : 0, self->decimals);

  if (row.n < 2)
    sd.low = sd.high = 0;
  return (DhkGroupBounds){ (double) row.n, mean.low, mean.high, sd.low, sd.high };
}

static void
read_rows (Check *self, const DhkSummary *rows, size_t n_rows, size_t n_missing)
{
  DhkGroupBounds total = group_bounds (self, rows[0]);
  DhkBounds limits = limits_of (self->answers);

  self->n_printed = n_rows - 1;
  for (size_t i = 0; i < self->n_printed; i++)
    self->all.parts[i] = group_bounds (self, rows[i + 1]);
  if (n_missing > 0)
    self->all.parts[self->n_printed]
        = (DhkGroupBounds){ (double) n_missing, limits.low, limits.high, 0,
                            dhk_largest_sd ((double) n_missing, limits, self->answers) };
  self->all.n_parts = self->n_printed + (n_missing > 0);
  self->all.n = total.n;
  self->all.mean = (DhkBounds){ total.mean_low, total.mean_high };
  self->all.sd = (DhkBounds){ total.sd_low, total.sd_high };
}

/* The missing */

static void
find_point (DhkMissingPart *self, const DhkSummary *rows, size_t n_rows)
{
  double n = (double) self->n, total = (double) rows[0].n, mean, squares;

  mean = rows[0].mean;
  for (size_t i = 1; i < n_rows; i++)
    mean += (double) rows[i].n / n * (rows[0].mean - rows[i].mean);
  self->mean_point = mean;

  squares = total > 1 ? (total - 1) * rows[0].sd * rows[0].sd : 0;
  squares -= n * (mean - rows[0].mean) * (mean - rows[0].mean);
  for (size_t i = 1; i < n_rows; i++)
    {
      double part = (double) rows[i].n, away = rows[i].mean - rows[0].mean;

      squares -= part * away * away + (part > 1 ? (part - 1) * rows[i].sd * rows[i].sd : 0);
    }
  self->sd_point = NAN;
  self->sd_status = n < 2 ? DHK_STATS_TOO_FEW : squares < 0 ? DHK_STATS_IMPOSSIBLE : DHK_STATS_OK;
  if (self->sd_status == DHK_STATS_OK)
    self->sd_point = sqrt (squares / (n - 1));
}

/* Narrows the part of the missing to what the total needs; false: nothing fits. */
static bool
find_missing (Check *self, DhkMissingPart *missing)
{
  DhkGroupBounds *part = &self->all.parts[self->n_printed];
  DhkBounds limits = limits_of (self->answers);
  DhkBounds mean = dhk_decomposition_mean_need (&self->all, self->n_printed, limits), sd;
  double largest;

  missing->mean_range = enclosure_of (mean);
  missing->sd_range = dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  if (dhk_bounds_are_empty (mean))
    return false;
  part->mean_low = mean.low;
  part->mean_high = mean.high;
  largest = dhk_largest_sd (part->n, mean, self->answers);
  sd = dhk_decomposition_part_sd (&self->all, self->n_printed);
  if (missing->n < 2)
    {
      missing->sd_range = dhk_enclosure_undefined (DHK_STATS_TOO_FEW);
      part->sd_high = 0;
      return dhk_decomposition_is_possible (&self->all);
    }
  if (dhk_bounds_are_empty (sd) || dhk_enclosure_exceeds (sd.low, largest))
    return false;
  sd.high = fmax (sd.low, fmin (sd.high, largest));
  part->sd_low = 0;
  part->sd_high = largest;
  missing->sd_range = enclosure_of (sd);
  return true;
}

/* What each row would have to be */

static DhkEnclosure
total_sd_from_parts (const Check *self)
{
  DhkDecomposition free = self->all;

  free.mean = (DhkBounds){ -INFINITY, INFINITY };
  if (free.n < 2)
    return dhk_enclosure_undefined (DHK_STATS_TOO_FEW);
  return enclosure_of (dhk_decomposition_total_sd (&free));
}

static DhkEnclosure
sd_need (Check *self, size_t i)
{
  DhkDecomposition *all = &self->all;
  bool total = i == all->n_parts;
  double n = total ? all->n : all->parts[i].n;
  DhkBounds mean
      = total ? all->mean : (DhkBounds){ all->parts[i].mean_low, all->parts[i].mean_high };
  DhkBounds sd;
  double largest = dhk_largest_sd (n, mean, self->answers);

  if (n < 2)
    return dhk_enclosure_undefined (DHK_STATS_TOO_FEW);
  sd = total ? dhk_decomposition_total_sd (all) : dhk_decomposition_part_sd (all, i);
  if (dhk_bounds_are_empty (sd) || dhk_enclosure_exceeds (sd.low, largest))
    return dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  sd.high = fmax (sd.low, fmin (sd.high, largest));
  return enclosure_of (sd);
}

static void
find_needs (Check *self, DhkRowNeed *needs)
{
  for (size_t row = 0; row <= self->n_printed; row++)
    {
      size_t i = row == 0 ? self->all.n_parts : row - 1;

      needs[row].mean
          = enclosure_of (dhk_decomposition_mean_need (&self->all, i, limits_of (self->answers)));
      needs[row].sd = sd_need (self, i);
      needs[row].mean_printed = dhk_rounding_as_printed (needs[row].mean, self->decimals);
      needs[row].sd_printed = dhk_rounding_as_printed (needs[row].sd, self->decimals);
    }
}

/* The verdict */

static DhkTotalVerdict
judge (Check *self, DhkTotalCheck *result)
{
  DhkBounds mean = dhk_between_mean_range (self->all.parts, self->all.n_parts);
  DhkDecomposition all = self->all;
  bool mean_fits = !dhk_enclosure_exceeds (mean.low, all.mean.high)
                   && !dhk_enclosure_exceeds (all.mean.low, mean.high);

  result->mean = enclosure_of (mean);
  result->sd = total_sd_from_parts (self);
  if (self->all.n_parts > self->n_printed)
    {
      DhkGroupBounds unknown = self->all.parts[self->n_printed];
      bool possible = find_missing (self, &result->missing);

      self->all.parts[self->n_printed] = unknown;
      return possible ? DHK_TOTAL_CONSISTENT : DHK_TOTAL_MISSING_IMPOSSIBLE;
    }
  /* Where the means contradict each other, the SDs are held against those of the parts. */
  if (!mean_fits)
    all.mean = (DhkBounds){ -INFINITY, INFINITY };
  if (dhk_decomposition_is_possible (&all))
    return mean_fits ? DHK_TOTAL_CONSISTENT : DHK_TOTAL_MEAN_IMPOSSIBLE;
  return mean_fits ? DHK_TOTAL_SD_IMPOSSIBLE : DHK_TOTAL_BOTH_IMPOSSIBLE;
}

static DhkTotalCheck
undefined_check (DhkStatsStatus status, DhkRowNeed *needs, size_t n_rows)
{
  DhkEnclosure none = dhk_enclosure_undefined (status);
  DhkTotalCheck result = {
    status, DHK_TOTAL_CONSISTENT, 0, 0, none, none, { status, 0, NAN, none, status, NAN, none }
  };

  for (size_t i = 0; needs != NULL && i < n_rows; i++)
    needs[i] = (DhkRowNeed){ none, none, none, none };
  return result;
}

DhkTotalCheck
dhk_check_total (const DhkSummary *rows,
                 size_t n_rows,
                 int decimals,
                 size_t items,
                 DhkAnswerGrid answers,
                 DhkRowNeed *needs)
{
  DhkGroupBounds parts[MOST_ROWS + 1];
  Check check = { { parts, 0, 0, { 0, 0 }, { 0, 0 } }, 0, decimals, items, answers };
  DhkTotalCheck result
      = undefined_check (check_rows (rows, n_rows, decimals, answers), needs, n_rows);

  if (result.status != DHK_STATS_OK)
    return result;
  result.n_total = rows[0].n;
  for (size_t i = 1; i < n_rows; i++)
    result.n_parts += rows[i].n;
  if (result.n_parts > result.n_total)
    {
      DhkTotalCheck impossible = undefined_check (DHK_STATS_IMPOSSIBLE, needs, n_rows);

      impossible.status = DHK_STATS_OK;
      impossible.verdict = DHK_TOTAL_N_IMPOSSIBLE;
      impossible.n_total = result.n_total;
      impossible.n_parts = result.n_parts;
      return impossible;
    }

  read_rows (&check, rows, n_rows, result.n_total - result.n_parts);
  result.missing = (DhkMissingPart){ DHK_STATS_NO_DATA,
                                     result.n_total - result.n_parts,
                                     NAN,
                                     dhk_enclosure_undefined (DHK_STATS_NO_DATA),
                                     DHK_STATS_NO_DATA,
                                     NAN,
                                     dhk_enclosure_undefined (DHK_STATS_NO_DATA) };
  if (result.missing.n > 0)
    {
      result.missing.status = DHK_STATS_OK;
      find_point (&result.missing, rows, n_rows);
    }
  result.verdict = judge (&check, &result);
  if (needs != NULL)
    find_needs (&check, needs);
  return result;
}
