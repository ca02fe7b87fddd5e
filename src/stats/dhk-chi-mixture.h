/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * From normal values to values divided by an estimated standard deviation
 * (inside this library only).
 *
 * The largest of several normal values, their range, and the like, have an
 * upper tail U(x). Divided by s, an independent χ/√df, it becomes ∫ f(s; df)
 * U(q s) ds. This computes that integral for many q, and remembers U at the
 * points that all q have in common.
 *
 * With v = ln s the integrand is analytic around the real line and falls off at
 * both ends, so that the trapezoidal rule is exact to rounding for a fixed
 * step. Its points are the whole multiples of the step in ln (q s), the same
 * for every q.
 *
 * Source: L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385–458.
 */

#define DHK_CHI_MIXTURE_MEMORY 2048

/* P(X > x) for the normal values, x > 0. */
typedef double (*DhkUpperTail) (double x, const void *data);

/* What the integral must know of U */
typedef struct
{
  double rate;      /* U falls off like e^(−rate x²) */
  double steepness; /* 1, or more where U is a steeper function of ln x; divides the step */
  double certain;   /* the ln x below which U is 1 */
} DhkTailShape;

typedef struct
{
  double df;
  /*< private >*/
  DhkTailShape shape;
  double step;
  double constant;
  double first_remembered;
  double remembered[DHK_CHI_MIXTURE_MEMORY];
} DhkChiMixture;

/*
 * dhk_chi_mixture_init:
 * Prepares `self` for one U.
 *
 * Formula: see above.
 * Source: see above.
 * Units: df ≥ 1, may be infinite.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_chi_mixture_init (DhkChiMixture *self, double df, DhkTailShape shape);

/*
 * dhk_chi_mixture_set_df:
 * Goes on with other degrees of freedom and the same U. What is remembered
 * stays where the step suits both, which it does for fewer degrees of freedom
 * down to a sixteenth.
 *
 * Formula: see above.
 * Source: see above.
 * Units: df ≥ 1, may be infinite.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_chi_mixture_set_df (DhkChiMixture *self, double df);

/*
 * dhk_chi_mixture_upper:
 * P(X / s > q), q > 0. `tail` and its `data` must be the same in all calls.
 *
 * Formula: see above.
 * Source: see above.
 * Units: those of x.
 * Smallest n: none.
 * Undefined: never.
 */
double dhk_chi_mixture_upper (DhkChiMixture *self, DhkUpperTail tail, const void *data, double q);

/* P(X / s > q) of the distribution `self`, whatever it is. */
typedef double (*DhkMixedTail) (void *self, double q);

/*
 * dhk_chi_mixture_quantile:
 * The q with P(X / s > q) = 1 − p.
 *
 * Formula: the zero of ln P(X / s > q) − ln (1 − p) in ln q, both of which are near to lines.
 * Source: this library.
 * Units: those of x; q is between `low` and `high`, which may themselves be the answer.
 * Smallest n: none.
 * Undefined: NaN where q is outside.
 */
double dhk_chi_mixture_quantile (DhkMixedTail tail, void *self, double p, double low, double high);
