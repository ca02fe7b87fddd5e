/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-grim.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Beyond this whole numbers are not exact in a double. */
#define EXACT 9007199254740992.0
/* How much work the exact decision may take. */
#define MOST_TABLE_WORDS 4e8
#define MOST_SEARCH 4e6
/* Sums of squares that are tried around the printed SD. */
#define MOST_CANDIDATES 4096
#define MOST_TOTALS 100000

/* GRIM */

/* The smallest answer, as far as it shifts the grid of answers; points are counted from there. */
static double
origin_of (DhkAnswerGrid answers)
{
  double steps;

  if (isnan (answers.min))
    return 0;
  steps = answers.min / answers.step;
  return fabs (steps - nearbyint (steps)) < 1e-9 ? 0 : answers.min;
}

static DhkStatsStatus
check_scale (size_t n, size_t items, DhkAnswerGrid answers)
{
  if (n == 0)
    return DHK_STATS_NO_DATA;
  if (items == 0 || !(answers.step > 0) || !isfinite (answers.step) || isinf (answers.min)
      || isinf (answers.max) || answers.min >= answers.max)
    return DHK_STATS_BAD_ARGUMENT;
  return (double) n * (double) items < EXACT ? DHK_STATS_OK : DHK_STATS_TOO_LARGE;
}

/* The least and the most points that `count` answers can give; infinite where not known. */
static void
limit_points (DhkAnswerGrid answers, double count, double *low, double *high)
{
  double origin = origin_of (answers);

  *low
      = isnan (answers.min) ? -INFINITY : nearbyint (count * (answers.min - origin) / answers.step);
  *high = isnan (answers.max) ? INFINITY
                              : floor (count * ((answers.max - origin) / answers.step) + 1e-9);
}

/* `low` and `high` without an infinite end, which is the other one then. */
static DhkEnclosure
neighbours (double low, double high)
{
  if (!isfinite (low))
    low = high;
  if (!isfinite (high))
    high = low;
  /* Both are the printed number, but for a rounding error. */
  low = fmin (low, high);
  return isfinite (low) ? (DhkEnclosure){ DHK_STATS_OK, low, high }
                        : dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
}

DhkGrim
dhk_grim (size_t n, double mean, size_t items, int decimals, DhkAnswerGrid answers)
{
  DhkGrim self = { check_scale (n, items, answers), false, false, NAN, { 0 }, { 0 } };
  DhkEnclosure printed = dhk_rounding_range (mean, decimals);
  double count = (double) n * (double) items, origin, low, high, exact;

  self.points = self.nearest = dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT);
  if (self.status == DHK_STATS_OK)
    self.status = printed.status;
  if (self.status != DHK_STATS_OK)
    return self;

  origin = origin_of (answers);
  self.granularity = answers.step / count;
  self.decisive = self.granularity > printed.high - printed.low;
  self.points = dhk_rounding_points (mean - origin, decimals, count, answers.step);
  limit_points (answers, count, &low, &high);
  if (self.points.status == DHK_STATS_OK)
    {
      self.points.low = fmax (self.points.low, low);
      self.points.high = fmin (self.points.high, high);
      if (self.points.low > self.points.high)
        self.points = dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
    }
  else if (self.points.status != DHK_STATS_IMPOSSIBLE)
    self.status = self.points.status;
  self.attainable = self.points.status == DHK_STATS_OK;

  exact = (mean - origin) / self.granularity;
  if (fabs (exact - nearbyint (exact)) < 1e-9 * fmax (1, fabs (exact)))
    exact = nearbyint (exact);
  exact = fmin (fmax (exact, low), high);
  self.nearest = neighbours (origin + self.granularity * floor (exact),
                             origin + self.granularity * ceil (exact));
  return self;
}

/* Which sums of squares exist */

/* Whether `n` whole numbers have this sum and this sum of squares; n ≤ 4. */
static bool
split_squares (unsigned n, double sum, double squares)
{
  double mean, reach, last;

  if (n * squares < sum * sum)
    return false;
  if (n == 1)
    return fabs (sum * sum - squares) < 0.5;
  if (n == 2)
    {
      double square = 2 * squares - sum * sum;

      last = nearbyint (sqrt (square));
      return fabs (last * last - square) < 0.5 && fabs (fmod (last + sum, 2)) < 0.5;
    }
  /* (x − sum/n)² takes at most the share (n − 1)/n of the squares about the mean. */
  mean = sum / n;
  reach = sqrt ((squares - sum * mean) * (n - 1) / n);
  for (double x = ceil (mean - reach - 1e-9); x <= mean + reach + 1e-9; x++)
    if (split_squares (n - 1, sum - x, squares - x * x))
      return true;
  return false;
}

/* Sums and sums of squares of up to n numbers of 0 … width: one bit string a sum. */
typedef struct
{
  uint64_t *bits;
  size_t n_words; /* of one sum */
  size_t n_sums;
} SquareTable;

static void
shift_or (uint64_t *to, const uint64_t *from, size_t n_words, size_t shift)
{
  size_t words = shift / 64, rest = shift % 64;

  for (size_t i = n_words; i-- > words;)
    {
      uint64_t word = from[i - words] << rest;

      if (rest > 0 && i > words)
        word |= from[i - words - 1] >> (64 - rest);
      to[i] |= word;
    }
}

static bool
square_table_make (SquareTable *self, size_t n, size_t width)
{
  uint64_t *before, *after;
  size_t n_bits = n * width * width + 1;

  self->n_sums = n * width + 1;
  self->n_words = n_bits / 64 + 1;
  self->bits = NULL;
  before = calloc (self->n_sums * self->n_words, sizeof *before);
  after = calloc (self->n_sums * self->n_words, sizeof *after);
  if (before == NULL || after == NULL)
    {
      free (before);
      free (after);
      return false;
    }
  before[0] = 1;
  for (size_t person = 0; person < n; person++)
    {
      uint64_t *swap;

      for (size_t i = 0; i < self->n_sums * self->n_words; i++)
        after[i] = 0;
      for (size_t sum = 0; sum <= person * width; sum++)
        for (size_t points = 0; points <= width; points++)
          shift_or (after + (sum + points) * self->n_words, before + sum * self->n_words,
                    self->n_words, points * points);
      swap = before;
      before = after;
      after = swap;
    }
  free (after);
  self->bits = before;
  return true;
}

static bool
square_table_has (const SquareTable *self, double sum, double squares)
{
  const uint64_t *row;
  size_t q;

  if (sum < 0 || sum >= (double) self->n_sums || squares < 0
      || squares >= (double) self->n_words * 64)
    return false;
  q = (size_t) squares;
  row = self->bits + (size_t) sum * self->n_words;
  return row[q / 64] >> (q % 64) & 1;
}

/* GRIMMER */

typedef struct
{
  double n;
  double low; /* points of one respondent */
  double high;
  SquareTable table; /* bits NULL: none */
  bool certain;
} Squares;

/* With equal smallest and largest points the extremes: as equal as can be, and as unequal. */
static bool
within_extremes (const Squares *self, double sum, double squares)
{
  double each = floor (sum / self->n), rest = sum - each * self->n;
  double least = self->n * each * each + rest * (2 * each + 1), width, full;

  if (squares < least - 0.5)
    return false;
  if (!isfinite (self->low) || !isfinite (self->high))
    return true;
  width = self->high - self->low;
  sum -= self->low * self->n;
  /* about `low` */
  squares -= 2 * self->low * sum + self->low * self->low * self->n;
  full = floor (sum / width);
  rest = sum - full * width;
  return squares <= full * width * width + rest * rest + 0.5;
}

static bool
squares_exist (const Squares *self, double sum, double squares)
{
  double each = floor (sum / self->n), about;

  if (!within_extremes (self, sum, squares))
    return false;
  if (self->table.bits != NULL)
    {
      double moved = sum - self->n * self->low;

      return square_table_has (&self->table, moved,
                               squares - 2 * self->low * moved - self->n * self->low * self->low);
    }
  /* The same question about the numbers less their floor of the mean */
  about = squares - 2 * each * sum + self->n * each * each;
  if (self->n <= 4 && about < MOST_SEARCH / 4)
    return split_squares ((unsigned) self->n, sum - self->n * each, about);
  return true;
}

static void
squares_prepare (Squares *self, size_t n, size_t items, DhkAnswerGrid answers, double most)
{
  double width, words;

  self->n = (double) n;
  self->table = (SquareTable){ 0 };
  limit_points (answers, (double) items, &self->low, &self->high);
  self->certain
      = !isfinite (self->low) && !isfinite (self->high) && (n > 4 || most < MOST_SEARCH / 4);
  if (!isfinite (self->low) || !isfinite (self->high))
    return;
  width = self->high - self->low;
  words = (self->n * width + 1) * (self->n * width * width / 64 + 1);
  if (words * self->n * (width + 1) <= MOST_TABLE_WORDS && words * 16 < 1e8)
    self->certain = square_table_make (&self->table, n, (size_t) width);
}

/* The next sum of squares from `start` in direction `way` that exists; NaN: none in sight. */
static double
search_squares (const Squares *self, double sum, double start, double way)
{
  double squares = way > 0 ? ceil (start) : floor (start);

  if (fabs (fmod (squares - sum, 2)) > 0.5)
    squares += way;
  for (int i = 0; i < MOST_CANDIDATES && squares >= 0; i++, squares += 2 * way)
    if (squares_exist (self, sum, squares))
      return squares;
  return NAN;
}

/* For the total `sum`: whether an SD in `range` exists, and the ones around `sd`; in points. */
static bool
try_total (
    const Squares *self, double sum, DhkEnclosure range, double sd, double *below, double *above)
{
  double base = sum * sum / self->n, df = self->n - 1;
  double target = base + df * sd * sd, slack = 1e-12 * fmax (1, target);
  double down = search_squares (self, sum, target + slack, -1);
  double up = search_squares (self, sum, target - slack, 1);
  bool found = false;

  for (int i = 0; i < 2; i++)
    {
      double squares = i == 0 ? down : up, value;

      if (isnan (squares))
        continue;
      value = sqrt (fmax (0, squares - base) / df);
      found |= !dhk_enclosure_exceeds (range.low, value)
               && !dhk_enclosure_exceeds (value, range.high);
      if (i == 0)
        *below = fmax (*below, value);
      else
        *above = fmin (*above, value);
    }
  return found;
}

DhkGrimmer
dhk_grimmer (size_t n, double mean, double sd, size_t items, int decimals, DhkAnswerGrid answers)
{
  DhkGrimmer self = { DHK_STATS_OK, dhk_grim (n, mean, items, decimals, answers), false, false,
                      dhk_enclosure_undefined (DHK_STATS_BAD_ARGUMENT) };
  DhkEnclosure range = dhk_rounding_range_of_sd (sd, decimals);
  double unit, below = -INFINITY, above = INFINITY, most;
  Squares squares;

  self.status = self.mean.status != DHK_STATS_OK ? self.mean.status : range.status;
  if (self.status == DHK_STATS_OK && n < 2)
    self.status = DHK_STATS_TOO_FEW;
  if (self.status != DHK_STATS_OK)
    return self;
  self.certain = true;
  self.nearest = dhk_enclosure_undefined (DHK_STATS_IMPOSSIBLE);
  if (!self.mean.attainable)
    return self;

  unit = answers.step / (double) items;
  range.low /= unit;
  range.high /= unit;
  most = ((double) n - 1) * range.high * range.high;
  if (most
              + fmax (self.mean.points.low * self.mean.points.low,
                      self.mean.points.high * self.mean.points.high)
          > EXACT / 4
      || self.mean.points.high - self.mean.points.low > MOST_TOTALS)
    {
      self.certain = false;
      self.attainable = true;
      self.nearest = dhk_enclosure_undefined (DHK_STATS_TOO_LARGE);
      return self;
    }
  squares_prepare (&squares, n, items, answers, most);
  for (double sum = self.mean.points.low; sum <= self.mean.points.high; sum++)
    self.attainable |= try_total (&squares, sum, range, sd / unit, &below, &above);
  self.certain = squares.certain || !self.attainable;
  self.nearest = neighbours (below * unit, above * unit);
  free (squares.table.bits);
  return self;
}
