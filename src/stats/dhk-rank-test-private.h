/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The parts that both rank tests compute in the same way
 * (inside this library only).
 */

#include "stats/dhk-rank-test.h"

/*
 * dhk_rank_normal:
 * The normal approximation of a rank statistic.
 *
 * Formula: z = distance / sd; corrected: (|distance| − 1/2) / sd, not below 0; r = z/√n.
 * Source: as dhk_mann_whitney.
 * Units: `distance` of the statistic from its expectation, a multiple of one half;
 * `sd` under the null hypothesis.
 * Smallest n: 1.
 * Undefined: NO_VARIANCE (sd is 0).
 */
DhkRankNormal dhk_rank_normal (double distance, double sd, double n);

/*
 * dhk_rank_biserial_interval:
 * The interval of a rank-biserial correlation.
 *
 * Formula: tanh(artanh r ± z·se).
 * Source: R's effectsize (M. S. Ben-Shachar et al., J. Open Source Software 5 (2020) 2815).
 * Units: `se` of artanh r.
 * Smallest n: none.
 * Undefined: SEPARATED (r is 1 or −1).
 */
DhkInterval dhk_rank_biserial_interval (double r, double se, double confidence);
