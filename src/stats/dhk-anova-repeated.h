/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One-way analysis of variance with repeated measures: the same cases on
 * several occasions (or items, conditions, raters), with Mauchly's test of
 * sphericity and the corrections for its absence.
 *
 * In this design, without groups of cases, Huynh and Feldt's ε and the one that
 * Lecoutre corrected are the same number.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  double w;
  double chi_squared;
  double df;
  double p;
} DhkMauchly;

/* The F test with degrees of freedom multiplied by ε */
typedef struct
{
  DhkStatsStatus status;
  double epsilon; /* as estimated: Huynh and Feldt's may exceed 1 and then counts as 1 */
  double df1;
  double df2;
  double p;
} DhkSphericityCorrection;

/* One occasion */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean;
  double sd;
} DhkOccasion;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* cases that are complete */
  size_t n_missing; /* cases left out */
  size_t n_occasions;
  double ss_occasions;
  double ss_cases;
  double ss_error;
  double df1; /* k − 1 */
  double df2; /* (n − 1)(k − 1) */
  double ms_error;
  double f;
  double p; /* as if sphericity held */
  double partial_eta_squared;
  double generalised_eta_squared;
  DhkInterval partial_eta_squared_ci; /* λ / (λ + df1 + df2 + 1), see dhk-effect-size-anova.h */
  DhkMauchly mauchly;
  DhkSphericityCorrection greenhouse_geisser;
  DhkSphericityCorrection huynh_feldt;
  DhkSphericityCorrection lower_bound; /* ε = 1 / (k − 1) */
} DhkAnovaRepeated;

/*
 * dhk_anova_repeated:
 * Whether the means of occasions differ: `occasions` are n_occasions columns of
 * length n. A case with a missing value takes no part. `means`, of length
 * n_occasions, is filled unless it is NULL.
 *
 * Formula: x_ij − M = occasion + case + error; F = MS occasions / MS error;
 * partial η² = SSo / (SSo + SSe); generalised η² = SSo / (SSo + SSc + SSe). With C
 * the doubly centred covariances, p = k − 1: ε_GG = tr(C)² / (p tr(C²)); ε_HF =
 * (n p ε_GG − 2) / (p (n − 1 − p ε_GG)); W = |H S H'| / (tr(C)/p)^p, H orthonormal
 * contrasts; χ² = −ρ (n − 1) ln W, ρ = 1 − (2p² + p + 2) / (6 p (n − 1)), with p(p +
 * 1)/2 − 1 degrees of freedom and Box's second term in its p value.
 * Source: J. W. Mauchly, Annals of Mathematical Statistics 11 (1940) 204–209; G. E.
 * P. Box, same 25 (1954) 484–498; S. W. Greenhouse, S. Geisser, Psychometrika 24
 * (1959) 95–112; H. Huynh, L. S. Feldt, J. Educational Statistics 1 (1976) 69–82;
 * S. Olejnik, J. Algina, Psychological Methods 8 (2003) 434–447; T. W. Anderson,
 * An Introduction to Multivariate Statistical Analysis (2003) 10.7.
 * Units: sums of squares in squared units.
 * Smallest n: two complete cases and two occasions; Mauchly's test k cases and
 * three occasions.
 * Undefined: NO_DATA, TOO_FEW (one case), TOO_FEW_GROUPS (one occasion),
 * NOT_FINITE, NO_MEMORY, BAD_ARGUMENT (no occasion, confidence): F and all after it
 * NaN. NO_VARIANCE (no error): the same, the sums of squares kept; η² too where the
 * occasions differ. Mauchly's alone: TOO_FEW (fewer cases than occasions),
 * TOO_FEW_GROUPS (two occasions, which are always spherical), SINGULAR (an
 * occasion follows from the others). Huynh and Feldt's alone: TOO_FEW (n − 1 =
 * p ε_GG, as with two cases).
 */
DhkAnovaRepeated dhk_anova_repeated (const double *const *occasions,
                                     size_t n_occasions,
                                     size_t n,
                                     double confidence,
                                     DhkOccasion *means);
