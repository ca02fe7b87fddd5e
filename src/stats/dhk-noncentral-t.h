/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The noncentral t distribution: power of t tests, and confidence intervals of
 * standardised differences.
 *
 * T' = (Z + δ) / (χ/√df), with Z standard normal. A probability is right to
 * about 1e-13 of itself in either tail, down to 1e-280, for every δ; Rmath's
 * pnt stops at δ = 37.62 and at an absolute error of 1e-12.
 *
 * An interval for δ inverts the test: its ends are the δ under which the t
 * found lies exactly on the border of the upper or the lower tail,
 *
 *   low = dhk_noncentral_t_delta (t, df, (1 - confidence) / 2);
 *   high = dhk_noncentral_t_delta (t, df, (1 + confidence) / 2);
 */

/*
 * dhk_noncentral_t_upper:
 * P(T' > t), the power of a one-sided t test whose critical value is t.
 *
 * Formula: ∫ f(s; df) Φ(δ − t s) ds, where f is the density of χ/√df, as a
 * trapezoidal sum over ln s, which converges exponentially. For large t and δ,
 * where Φ is nearly a step: ∫ φ(z) P(χ² < df ((z + δ)/t)²) dz, likewise.
 * Source: N. L. Johnson, B. L. Welch, Biometrika 31 (1940) 362–389;
 * L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385–458.
 * Units: t and δ without unit; df may be infinite.
 * Smallest n: none.
 * Undefined: NaN where t or δ is not finite, or df < 1.
 */
double dhk_noncentral_t_upper (double t, double df, double delta);

/*
 * dhk_noncentral_t_lower:
 * P(T' ≤ t), which is the chance of a one-sided t test to miss the effect.
 *
 * Formula: as dhk_noncentral_t_upper, with Φ(t s − δ).
 * Source: as dhk_noncentral_t_upper.
 * Units: as dhk_noncentral_t_upper.
 * Smallest n: none.
 * Undefined: as dhk_noncentral_t_upper.
 */
double dhk_noncentral_t_lower (double t, double df, double delta);

/*
 * dhk_noncentral_t_delta:
 * The δ with P(T' > t) = upper.
 *
 * Formula: the inverse of dhk_noncentral_t_upper in δ, by a bracketed search
 * for the smaller of both tails.
 * Source: J. H. Steiger, R. T. Fouladi, in: L. L. Harlow et al., What If There
 * Were No Significance Tests? (1997) 221–257.
 * Units: `upper` a probability; δ without unit.
 * Smallest n: none.
 * Undefined: NaN where `upper` is not strictly between 0 and 1, t is not
 * finite, or df < 1.
 */
double dhk_noncentral_t_delta (double t, double df, double upper);
