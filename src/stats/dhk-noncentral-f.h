/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The noncentral F and the noncentral chi-squared distribution: power, and
 * confidence intervals of η² and Cramér's V.
 *
 * λ is the noncentrality: of F with groups of n_g values, Σ n_g (μ_g − μ)² / σ²;
 * of χ², the same with σ = 1. A probability is right to about 1e-13 of itself,
 * in either tail, down to 1e-280; one that is smaller may come out as 0.
 *
 * An interval for λ inverts the test: its ends are the λ under which the value
 * found lies exactly on the border of the upper or the lower tail,
 *
 *   low = dhk_noncentral_f_lambda (f, df1, df2, (1 - confidence) / 2);
 *   high = dhk_noncentral_f_lambda (f, df1, df2, (1 + confidence) / 2);
 */

/*
 * dhk_noncentral_f_upper:
 * P(F' > f), the power of an F test whose critical value is f.
 *
 * Formula: Σ_j e^(−λ/2) (λ/2)^j / j! · I(df2 / (df2 + df1 f); df2/2, df1/2 + j);
 * the beta functions by their recurrence, in the direction in which all its
 * terms are positive. Beyond λ = 1e8, where df1 df2 < λ²/1e14: ∫ φ(z)
 * P(χ² < df2 ((z + √λ)² + df1 − 1) / (df1 f)) dz.
 * Source: M. Abramowitz, I. A. Stegun, 26.6.20; D. Benton, K. Krishnamoorthy,
 * Computational Statistics & Data Analysis 43 (2003) 249–267.
 * Units: f ≥ 0 (below zero the answer is 1); λ ≥ 0, 0 being the central F.
 * Smallest n: none.
 * Undefined: NaN where df1 < 1 or infinite, df2 < 1, λ < 0, or λ > 1e10 with
 * df1 df2 > λ²/1e14.
 */
double dhk_noncentral_f_upper (double f, double df1, double df2, double lambda);

/*
 * dhk_noncentral_f_lower:
 * P(F' ≤ f), which is the chance of an F test to miss the effect.
 *
 * Formula: as dhk_noncentral_f_upper, with the complement of each beta function.
 * Source: as dhk_noncentral_f_upper.
 * Units: as dhk_noncentral_f_upper (below zero the answer is 0).
 * Smallest n: none.
 * Undefined: as dhk_noncentral_f_upper.
 */
double dhk_noncentral_f_lower (double f, double df1, double df2, double lambda);

/*
 * dhk_noncentral_f_lambda:
 * The λ with P(F' > f) = upper; 0 where that probability is exceeded already
 * without any effect, as the lower end of an interval often is.
 *
 * Formula: the inverse of dhk_noncentral_f_upper in λ, by a bracketed search for
 * the smaller of both tails.
 * Source: J. H. Steiger, Psychological Methods 9 (2004) 164–182.
 * Units: `upper` a probability; λ without unit.
 * Smallest n: none.
 * Undefined: NaN where `upper` is not strictly between 0 and 1, f is NaN, below
 * zero or infinite, the degrees of freedom are outside the range of
 * dhk_noncentral_f_upper, or λ is.
 */
double dhk_noncentral_f_lambda (double f, double df1, double df2, double upper);

/*
 * dhk_noncentral_chi_squared_upper:
 * P(χ'² > x), the power of a χ² test whose critical value is x.
 *
 * Formula: Σ_j e^(−λ/2) (λ/2)^j / j! · P(χ²(df + 2j) > x), as dhk_noncentral_f_upper.
 * Source: M. Abramowitz, I. A. Stegun, 26.4.25; D. Benton, K. Krishnamoorthy
 * (2003).
 * Units: x ≥ 0 (below zero the answer is 1); λ ≥ 0.
 * Smallest n: none.
 * Undefined: NaN where df < 1 or infinite, or λ < 0 or above 1e10.
 */
double dhk_noncentral_chi_squared_upper (double x, double df, double lambda);

/*
 * dhk_noncentral_chi_squared_lower:
 * P(χ'² ≤ x).
 *
 * Formula: as dhk_noncentral_chi_squared_upper, with the lower tails.
 * Source: as dhk_noncentral_chi_squared_upper.
 * Units: x ≥ 0 (below zero the answer is 0); λ ≥ 0.
 * Smallest n: none.
 * Undefined: as dhk_noncentral_chi_squared_upper.
 */
double dhk_noncentral_chi_squared_lower (double x, double df, double lambda);

/*
 * dhk_noncentral_chi_squared_lambda:
 * The λ with P(χ'² > x) = upper; 0 where that probability is exceeded already
 * without any effect.
 *
 * Formula: the inverse of dhk_noncentral_chi_squared_upper in λ.
 * Source: M. Smithson, Confidence Intervals (2003), chapter 4.
 * Units: `upper` a probability; λ without unit.
 * Smallest n: none.
 * Undefined: NaN where `upper` is not strictly between 0 and 1, x is NaN, below
 * zero or infinite, df is outside the range, or λ is.
 */
double dhk_noncentral_chi_squared_lambda (double x, double df, double upper);
