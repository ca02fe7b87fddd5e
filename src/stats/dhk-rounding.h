/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A printed number, and what it may stand for.
 *
 * A number x printed with d decimals stands for every value of [x − h, x + h],
 * h = 10^(−d)/2: rounding may have gone either way at both ends. All checks of
 * published tables compute with such enclosures, so that no table that is
 * right as rounded is called wrong.
 */

#include <stddef.h>

#include "stats/dhk-status.h"

/* All values that are possible. With any status but DHK_STATS_OK both ends are
 * NaN; DHK_STATS_IMPOSSIBLE: no value is. */
typedef struct
{
  DhkStatsStatus status;
  double low;
  double high;
} DhkEnclosure;

#define DHK_ROUNDING_MAX_DECIMALS 12

/*
 * dhk_rounding_range:
 * What a printed number may stand for.
 *
 * Formula: [x − h, x + h], h = 10^(−decimals)/2.
 * Source: N. J. L. Brown, J. A. J. Heathers, Social
 * Psychological and Personality Science 8 (2017) 363–369.
 * Units: those of the number.
 * Smallest n: none.
 * Undefined: BAD_ARGUMENT (decimals outside 0 to DHK_ROUNDING_MAX_DECIMALS);
 * NOT_FINITE.
 */
DhkEnclosure dhk_rounding_range (double printed, int decimals);

/*
 * dhk_rounding_range_of_sd:
 * The same for a number that cannot be below zero.
 *
 * Formula: [max (0, x − h), x + h].
 * Source: as dhk_rounding_range.
 * Units: those of the number.
 * Smallest n: none.
 * Undefined: as dhk_rounding_range; BAD_ARGUMENT also for a negative number.
 */
DhkEnclosure dhk_rounding_range_of_sd (double printed, int decimals);

/*
 * dhk_rounding_points:
 * The whole numbers of points that a printed mean of `answers` answers may
 * stand for: with `answers` = n·k the points that n respondents gave on k
 * items together.
 *
 * Formula: [⌈answers (x − h) / step⌉, ⌊answers (x + h) / step⌋], without
 * rounding error where step = 1 and the products are below 2^53.
 * Source: N. J. L. Brown, J. A. J. Heathers, Social Psychological and
 * Personality Science 8 (2017) 363–369.
 * Units: points of `step`, the distance between two answers of the scale.
 * Smallest n: answers ≥ 1, a whole number.
 * Undefined: IMPOSSIBLE where no whole number lies in the range; BAD_ARGUMENT;
 * NOT_FINITE.
 */
DhkEnclosure dhk_rounding_points (double printed, int decimals, double answers, double step);

/*
 * dhk_rounding_as_printed:
 * The lowest and the highest printed number that may stand for a value of
 * `range`.
 *
 * Formula: the multiples of 10^(−decimals) in [low − h, high + h].
 * Source: as dhk_rounding_range.
 * Units: those of the range.
 * Smallest n: none.
 * Undefined: the status of `range`; BAD_ARGUMENT (decimals).
 */
DhkEnclosure dhk_rounding_as_printed (DhkEnclosure range, int decimals);

/*
 * dhk_enclosure_make:
 * The enclosure from `low` to `high`.
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the ends.
 * Smallest n: none.
 * Undefined: IMPOSSIBLE where low lies above high by more than rounding
 * errors; NOT_FINITE where an end is infinite or NaN.
 */
DhkEnclosure dhk_enclosure_make (double low, double high);

/*
 * dhk_enclosure_undefined:
 * An enclosure that is undefined because of `status`.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: always.
 */
DhkEnclosure dhk_enclosure_undefined (DhkStatsStatus status);

/*
 * dhk_enclosure_exceeds:
 * Whether a > b for certain: by more than the rounding errors of the
 * computations behind them. No check calls numbers contradictory for less.
 *
 * Formula: a − b > 1e-10 max (1, |a|, |b|).
 * Source: this library.
 * Units: the same for both.
 * Smallest n: none.
 * Undefined: 0 where one of them is NaN.
 */
int dhk_enclosure_exceeds (double a, double b);
