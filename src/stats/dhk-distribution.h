/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Probabilities and quantiles.
 *
 * The only door to Rmath: arguments outside the ranges below are answered with
 * NaN before Rmath sees them, because Rmath prints its complaints to standard
 * output. All functions may run in several threads at once.
 *
 * `upper` is P(X > x), computed as such and therefore right for tiny values
 * too; a quantile takes the probability of the lower tail. NaN in gives NaN
 * out. Degrees of freedom need not be whole numbers; they lie between 1 and
 * infinity unless stated otherwise.
 */

/* Normal, t, chi-squared, F */

/*
 * dhk_normal_upper:
 * P(Z > z) for a standard normal Z.
 *
 * Formula: 1 − Φ(z).
 * Source: W. J. Cody, Math. Comp. 23 (1969) 631–637, by Rmath's pnorm.
 * Units: z in standard deviations; a probability.
 * Smallest n: none.
 * Undefined: NaN where z is NaN.
 */
double dhk_normal_upper (double z);

/*
 * dhk_normal_quantile:
 * The z with P(Z ≤ z) = p.
 *
 * Formula: Φ⁻¹(p).
 * Source: M. J. Wichura, Algorithm AS 241, by Rmath's qnorm.
 * Units: p a probability; z in standard deviations.
 * Smallest n: none.
 * Undefined: NaN where p is not strictly between 0 and 1.
 */
double dhk_normal_quantile (double p);

/*
 * dhk_t_two_sided:
 * P(|T| > |t|), the p value of a two-sided t test.
 *
 * Formula: I(df / (df + t²); df/2, 1/2), the regularised incomplete beta.
 * Source: A. R. DiDonato, A. H. Morris, ACM TOMS 708, by Rmath's pt.
 * Units: t without unit; df > 0 may be infinite.
 * Smallest n: none.
 * Undefined: NaN where df < 1.
 */
double dhk_t_two_sided (double t, double df);

/*
 * dhk_t_quantile:
 * The t with P(T ≤ t) = p.
 *
 * Formula: the inverse of the distribution function of Student's t.
 * Source: G. W. Hill, CACM algorithm 396, refined, by Rmath's qt.
 * Units: p a probability; df as above.
 * Smallest n: none.
 * Undefined: NaN where p is not strictly between 0 and 1, or df < 1.
 */
double dhk_t_quantile (double p, double df);

/*
 * dhk_chi_squared_upper:
 * P(χ² > x) with df degrees of freedom.
 *
 * Formula: Q(df/2, x/2), the regularised incomplete gamma.
 * Source: M. Abramowitz, I. A. Stegun, 26.4.19, by Rmath's pchisq.
 * Units: x ≥ 0 (below zero the answer is 1).
 * Smallest n: none.
 * Undefined: NaN where df < 1 or infinite.
 */
double dhk_chi_squared_upper (double x, double df);

/*
 * dhk_chi_squared_lower:
 * P(χ² ≤ x) with df degrees of freedom.
 *
 * Formula: P(df/2, x/2), the regularised incomplete gamma.
 * Source: M. Abramowitz, I. A. Stegun, 26.4.19, by Rmath's pchisq.
 * Units: x ≥ 0 (below zero the answer is 0).
 * Smallest n: none.
 * Undefined: NaN where df < 1 or infinite.
 */
double dhk_chi_squared_lower (double x, double df);

/*
 * dhk_chi_squared_density:
 * The density of χ² at x.
 *
 * Formula: (x/2)^(df/2 − 1) e^(−x/2) / (2 Γ(df/2)).
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities
 * (2000), by Rmath's dchisq.
 * Units: x > 0 (elsewhere the answer is 0); per unit of x.
 * Smallest n: none.
 * Undefined: NaN where df < 1 or infinite.
 */
double dhk_chi_squared_density (double x, double df);

/*
 * dhk_chi_squared_quantile:
 * The x with P(χ² ≤ x) = p.
 *
 * Formula: the inverse of dhk_chi_squared_upper at 1 − p.
 * Source: D. J. Best, D. E. Roberts, Algorithm AS 91, by Rmath's qchisq.
 * Units: p a probability.
 * Smallest n: none.
 * Undefined: NaN where p is not strictly between 0 and 1, df < 1 or infinite.
 */
double dhk_chi_squared_quantile (double p, double df);

/*
 * dhk_f_upper:
 * P(F > f) with df1 and df2 degrees of freedom.
 *
 * Formula: I(df2 / (df2 + df1 f); df2/2, df1/2).
 * Source: A. R. DiDonato, A. H. Morris, ACM TOMS 708, by Rmath's pf.
 * Units: f ≥ 0 (below zero the answer is 1).
 * Smallest n: none.
 * Undefined: NaN where df1 < 1 or infinite, or df2 < 1.
 */
double dhk_f_upper (double f, double df1, double df2);

/*
 * dhk_f_lower:
 * P(F ≤ f) with df1 and df2 degrees of freedom.
 *
 * Formula: I(df1 f / (df2 + df1 f); df1/2, df2/2).
 * Source: A. R. DiDonato, A. H. Morris, ACM TOMS 708, by Rmath's pf.
 * Units: f ≥ 0 (below zero the answer is 0).
 * Smallest n: none.
 * Undefined: NaN where df1 < 1 or infinite, or df2 < 1.
 */
double dhk_f_lower (double f, double df1, double df2);

/*
 * dhk_f_density:
 * The density of F at f.
 *
 * Formula: x^(df1/2) (1 − x)^(df2/2) / (f B(df1/2, df2/2)), x = df1 f / (df2 +
 * df1 f).
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities
 * (2000), by Rmath's df.
 * Units: f > 0 (elsewhere the answer is 0); per unit of f.
 * Smallest n: none.
 * Undefined: NaN where df1 < 1 or infinite, or df2 < 1.
 */
double dhk_f_density (double f, double df1, double df2);

/*
 * dhk_f_quantile:
 * The f with P(F ≤ f) = p.
 *
 * Formula: the inverse of dhk_f_upper at 1 − p, by a bracketed search on a
 * logarithmic scale (Rmath's qf may print).
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997)
 * 145–149.
 * Units: p a probability.
 * Smallest n: none.
 * Undefined: NaN where p is not strictly between 0 and 1, df1 < 1 or infinite,
 * or df2 < 1.
 */
double dhk_f_quantile (double p, double df1, double df2);

/* Studentized range */

/* The largest number of means that the functions below take. */
#define DHK_STUDENTIZED_RANGE_MAX_MEANS 1000

/*
 * dhk_ptukey_upper:
 * P(Q > q), where Q is the range of k independent standard normal values
 * divided by an independent estimate of their standard deviation with df
 * degrees of freedom. Absolute error below 1e-12.
 *
 * Formula: ∫ f(s; df) P(R > q s; k) ds, where f is the density of χ/√df and R
 * the range of k normal values. k = 2 is Student's t at q/√2. For k = 3 the
 * differences of the means fill a plane, where the range is a regular hexagon:
 * (6/π) ∫ (1 + q²/(2 df cos²θ))^(−df/2) dθ, θ from 0 to π/6. For larger k both
 * integrals are trapezoidal sums of analytic functions, which converge
 * exponentially.
 * Source: H. O. Hartley, Biometrika 32 (1942) 334–348; L. N. Trefethen,
 * J. A. C. Weideman, SIAM Review 56 (2014) 385–458; the hexagon is derived in
 * dhk-studentized-range.c.
 * Units: q ≥ 0 in standard errors of one mean (below zero the answer is 1);
 * k means; df may be infinite.
 * Smallest n: k from 2 to DHK_STUDENTIZED_RANGE_MAX_MEANS.
 * Undefined: NaN where k is outside that range or df < 1.
 */
double dhk_ptukey_upper (double q, int k, double df);

/*
 * dhk_qtukey:
 * The q with P(Q ≤ q) = p.
 *
 * Formula: the inverse of dhk_ptukey_upper at 1 − p, between the quantiles of
 * one pair and of Bonferroni's bound for all pairs.
 * Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997)
 * 145–149.
 * Units: p a probability; q in standard errors of one mean.
 * Smallest n: as dhk_ptukey_upper.
 * Undefined: NaN where p is not strictly between 0 and 1, and as
 * dhk_ptukey_upper.
 */
double dhk_qtukey (double p, int k, double df);

/* Correction for small samples */

/*
 * dhk_hedges_correction:
 * The factor J that makes Cohen's d unbiased (Hedges' g = J·d).
 *
 * Formula: Γ(df/2) / (√(df/2) Γ((df − 1)/2)), exact, not 1 − 3/(4 df − 1).
 * Source: L. V. Hedges, J. Educational Statistics 6 (1981) 107–128.
 * Units: df degrees of freedom of the standard deviation; a factor below 1.
 * Smallest n: df > 1.
 * Undefined: NaN where df ≤ 1.
 */
double dhk_hedges_correction (double df);
