/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The deviance of a random-intercept model as a function of λ, the ratio of
 * the variances between and within clusters (inside this library only).
 *
 * The rows are looked at once: what is left of them are the sums of squares
 * within clusters, and the mean and size of each cluster.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-double-double.h"
#include "stats/dhk-status.h"

typedef struct
{
  /* filled by the caller, all lent */
  size_t n;             /* rows */
  size_t m;             /* coefficients, the intercept first; the outcome is column m */
  size_t n_clusters;    /* none of them empty */
  const double *size;   /* rows of each cluster */
  const double *means;  /* (m + 1) × n_clusters; the first element of each is 1 */
  const double *within; /* (m + 1)²: cross-products about the cluster means */
  bool restricted;

  /* work space, see dhk_profile_init */
  double *inverse;       /* m × m: (X'V⁻¹X)⁻¹ */
  double *b;             /* m */
  double *second;        /* m × m: Σ c² x̄x̄' */
  double *third;         /* m × m: Σ c³ x̄x̄', once the curvature is asked for */
  double *cross;         /* m: Σ c² x̄ r̄ */
  double *c;             /* n_clusters: n / (1 + λ n) */
  double *work;          /* (m + 1)² */
  double *block;         /* (m + 1)² */
  DhkDoubleDouble *sums; /* (m + 1)² */

  /* filled by dhk_profile_evaluate */
  double lambda;
  double df;        /* N − k, or N */
  double squares;   /* RSS */
  double deviance;  /* for the units of the columns given */
  double score;     /* its derivative */
  double slope;     /* the derivative of RSS */
  double bend;      /* Σ c³ r̄² */
  double weights_2; /* Σ c² */
} DhkProfile;

/*
 * dhk_profile_init:
 * Allocates the work space; `self` is otherwise filled.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: NO_MEMORY.
 */
DhkStatsStatus dhk_profile_init (DhkProfile *self);

/*
 * dhk_profile_clear:
 * Gives the work space back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_profile_clear (DhkProfile *self);

/*
 * dhk_profile_evaluate:
 * Everything at one λ ≥ 0.
 *
 * Formula: see dhk_random_intercept; X'V⁻¹X = W + Σ c x̄x̄', W within clusters; the derivatives
 * follow from dc/dλ = −c², and b minimises RSS.
 * Source: D. A. Harville, JASA 72 (1977) 320–338.
 * Units: those of the columns.
 * Smallest n: as dhk_random_intercept.
 * Undefined: SINGULAR, with all numbers NaN.
 */
DhkStatsStatus dhk_profile_evaluate (DhkProfile *self, double lambda);

/*
 * dhk_profile_find_curvature:
 * The second derivative of the deviance by λ at constant σ²_e, at the λ that
 * was evaluated.
 *
 * Formula: that of Σ ln(1 + λ n) + ln|X'V⁻¹X| + RSS/σ²_e; without the determinant for full
 * likelihood.
 * Source: as dhk_profile_evaluate.
 * Units: none.
 * Smallest n: as dhk_random_intercept.
 * Undefined: NaN where dhk_profile_evaluate() failed.
 */
double dhk_profile_find_curvature (DhkProfile *self);

/*
 * dhk_profile_minimise:
 * Finds the λ of the least deviance, and evaluates there.
 *
 * Formula: the roots of the score between points of a grid on ln λ, and λ = 0;
 * the lowest counts.
 * Source: this library.
 * Units: none.
 * Smallest n: as dhk_random_intercept.
 * Undefined: TOO_FEW_GROUPS (the deviance does not depend on λ), NO_VARIANCE (it falls for ever:
 * nothing varies within clusters), SINGULAR, NO_CONVERGENCE.
 */
DhkStatsStatus dhk_profile_minimise (DhkProfile *self);

/*
 * dhk_profile_find_rise:
 * The λ above (or below) the one evaluated where the deviance is `rise` above the one there;
 * `self` is then evaluated somewhere else.
 *
 * Formula: a bracketed search on ln λ.
 * Source: D. J. Venzon, S. H. Moolgavkar, Applied Statistics 37 (1988) 87–94.
 * Units: none.
 * Smallest n: as dhk_random_intercept.
 * Undefined: below: 0 where the deviance at 0 is lower; above: infinite where there is none.
 */
double dhk_profile_find_rise (DhkProfile *self, double rise, bool above);
