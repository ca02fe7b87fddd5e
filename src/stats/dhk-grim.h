/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Can a printed mean and SD of whole-numbered answers come from n respondents?
 *
 * GRIM asks it of the mean: n respondents who answer k items give a whole
 * number of points. GRIMMER asks it of the SD: the squares of their scores must
 * add up to a whole number of the right parity, and to one that n squares with
 * that sum can have. "Not attainable" is proof; the tests presume that nobody
 * left an item out.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-rounding.h"
#include "stats/dhk-status.h"

/* The answers that an item allows: min, min + step, … max. */
typedef struct
{
  double step; /* above 0 */
  double min;  /* NaN: not known; answers are then multiples of step */
  double max;  /* NaN: not known */
} DhkAnswerGrid;

typedef struct
{
  DhkStatsStatus status;
  bool attainable;
  bool decisive;        /* whether a mean with these decimals can fail at all */
  double granularity;   /* distance between two attainable means */
  DhkEnclosure points;  /* numbers of points that round to the printed mean */
  DhkEnclosure nearest; /* attainable means next to the printed one, below and above */
} DhkGrim;

typedef struct
{
  DhkStatsStatus status;
  DhkGrim mean;
  bool attainable;
  bool certain;         /* false: attainable only says that nothing refutes it */
  DhkEnclosure nearest; /* attainable SDs next to the printed one, below and above */
} DhkGrimmer;

/*
 * dhk_grim:
 * Whether n respondents on `items` items can have a mean that is printed so.
 *
 * Formula: a whole number T of points with |step T / (n items) − mean| ≤ h, h half a unit of the
 * last decimal. `nearest`: T rounded down and up; both the same where the printed mean itself is
 * attainable, or lies beyond the end of the scale.
 * Source: N. J. L. Brown, J. A. J. Heathers, Social Psychological and Personality Science 8
 * (2017) 363–369.
 * Units: those of an answer; the mean is that of the mean of the items.
 * Smallest n: 1 respondent, 1 item.
 * Undefined: NO_DATA (n = 0); BAD_ARGUMENT (items, decimals, step, min ≥ max); NOT_FINITE. `points`
 * is IMPOSSIBLE where the mean is not attainable.
 */
DhkGrim dhk_grim (size_t n, double mean, size_t items, int decimals, DhkAnswerGrid answers);

/*
 * dhk_grimmer:
 * Whether n respondents can have a mean and an SD (n − 1) that are printed so.
 *
 * Formula: whole numbers T and Q of the same parity with T as in dhk_grim and √((Q − T²/n)/(n − 1))
 * step/items within rounding of the SD, so that n whole numbers (the respondents' points) with sum
 * T and sum of squares Q exist. That they do is decided by search for n ≤ 4, and for a known
 * smallest and largest answer by dynamic programming where it is small; else every Q ≥ Qmin(T) of
 * the right parity exists for n ≥ 5, because the lattice A4 and its cosets represent every whole
 * number of the right parity (by the 290 theorem of M. Bhargava and J. Hanke).
 * Source: J. Anaya, PeerJ Preprints 4 (2016) e2400v1; A. Allard, Analytic-GRIMMER (2018).
 * Units: those of an answer.
 * Smallest n: 2 respondents, 1 item.
 * Undefined: as dhk_grim; TOO_FEW (n = 1); BAD_ARGUMENT also for a negative SD. `nearest` is
 * IMPOSSIBLE where the mean is not attainable, and TOO_LARGE where the sums are beyond 2^53.
 */
DhkGrimmer
dhk_grimmer (size_t n, double mean, double sd, size_t items, int decimals, DhkAnswerGrid answers);
