/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The distribution of rank correlations when every order of the ranks is as likely as any other
 * (inside this library only).
 */

#include <stddef.h>

/*
 * dhk_permutation_spearman:
 * The share of the orders in which Spearman's ρ is as far from 0 as in the order given.
 *
 * Formula: Σ x_i y_π(i) over all π, counted by the set of y that the first i have used.
 * Source: this library; M. Held, R. M. Karp, J. SIAM 10 (1962) 196–210, for the sets.
 * Units: mid-ranks, from 1.
 * Smallest n: 1; at most DHK_RANK_CORRELATION_EXACT_N.
 * Undefined: NaN where memory is out.
 */
double dhk_permutation_spearman (const double *x, const double *y, size_t n);

/*
 * dhk_permutation_kendall:
 * The same for Kendall's S, with ties.
 *
 * Formula: as above, adding one set of equal x at a time.
 * Source: as above.
 * Units: mid-ranks.
 * Smallest n: 1; at most DHK_RANK_CORRELATION_EXACT_N.
 * Undefined: NaN where memory is out.
 */
double dhk_permutation_kendall (const double *x, const double *y, size_t n);

/*
 * dhk_permutation_kendall_untied:
 * P(|S| ≥ |s|) where nothing is tied.
 *
 * Formula: the number of orders with k inversions, n by n: f_n(k) = Σ f_(n − 1)(k − j), j < n.
 * Source: M. G. Kendall, Biometrika 30 (1938) 81–93.
 * Units: s, the concordant minus the discordant pairs.
 * Smallest n: 1; at most DHK_KENDALL_EXACT_N.
 * Undefined: NaN where memory is out.
 */
double dhk_permutation_kendall_untied (double s, size_t n);

/*
 * dhk_permutation_edgeworth:
 * The two-sided p of Spearman's ρ where nothing is tied: twice the smaller tail.
 *
 * Formula: Edgeworth's series for Σd² as of AS 89.
 * Source: D. J. Best, D. E. Roberts, Algorithm AS 89, Applied Statistics 24 (1975) 377–379.
 * Units: d2, the sum of the squared differences of the ranks.
 * Smallest n: 10, for the series to be of use.
 * Undefined: never.
 */
double dhk_permutation_edgeworth (double d2, size_t n);
