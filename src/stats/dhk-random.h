/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Random numbers that are the same on every machine (inside this library only):
 * xoshiro256**, started from a seed by SplitMix64.
 *
 * The state is the caller's; two of them never disturb each other.
 */

#include <stdint.h>

typedef struct
{
  /*< private >*/
  uint64_t state[4];
} DhkRandom;

/*
 * dhk_random_init:
 * Starts the sequence that belongs to `seed`.
 *
 * Formula: four steps of SplitMix64.
 * Source: D. Blackman, S. Vigna, ACM Trans. Math. Software 47 (2021) 36; G. L.
 * Steele, D. Lea, C. H. Flood, OOPSLA (2014) 453–472.
 * Units: none.
 * Smallest n: none.
 * Undefined: never; every seed will do, 0 too.
 */
void dhk_random_init (DhkRandom *self, uint64_t seed);

/*
 * dhk_random_uniform:
 * The next number, strictly between 0 and 1.
 *
 * Formula: (m + ½) / 2⁵², m the upper 52 bits of xoshiro256**.
 * Source: as dhk_random_init.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
double dhk_random_uniform (DhkRandom *self);

/*
 * dhk_random_normal:
 * The next standard normal number.
 *
 * Formula: Φ⁻¹(u).
 * Source: as dhk_normal_quantile.
 * Units: standard deviations.
 * Smallest n: none.
 * Undefined: never.
 */
double dhk_random_normal (DhkRandom *self);

/*
 * dhk_random_chi_squared:
 * The next number of a χ² distribution.
 *
 * Formula: 2 d v, where v = (1 + z/√(9d))³, d = df/2 − 1/3, and z normal, is kept
 * with ln u < z²/2 + d − d v + d ln v.
 * Source: G. Marsaglia, W. W. Tsang, ACM Trans. Math. Software 26 (2000)
 * 363–372.
 * Units: none.
 * Smallest n: df ≥ 2; df = 1 is a squared normal number.
 * Undefined: never, for df ≥ 1.
 */
double dhk_random_chi_squared (DhkRandom *self, double df);
