/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Rotation of factors (inside this library only). Loadings are k × m, by
 * column, and replaced.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-status.h"

/*
 * dhk_rotate_varimax:
 * Turns the factors so that the squared loadings of each vary most; with
 * `kaiser` those of items scaled to a communality of 1.
 *
 * Formula: plane rotations by ¼ atan2 (D − 2AB/k, C − (A² − B²)/k) of each pair
 * of factors, with u = x² − y², v = 2xy, A = Σu, B = Σv, C = Σ(u² − v²), D = 2Σuv,
 * until none turns by more than rounding.
 * Source: H. F. Kaiser, Psychometrika 23 (1958) 187–200; Educational and
 * Psychological Measurement 19 (1959) 413–420.
 * Units: none.
 * Smallest n: 1 factor, which stays as it is.
 * Undefined: NO_CONVERGENCE, NO_MEMORY.
 */
DhkStatsStatus dhk_rotate_varimax (double *loadings, size_t k, size_t m, bool kaiser);

/*
 * dhk_rotate_oblimin:
 * Turns the factors, which may then correlate (`phi`, m × m), so that the
 * products of squared loadings on different factors are least: direct oblimin
 * with γ = 0, also called quartimin (SPSS's delta 0). `loadings` becomes the pattern.
 *
 * Formula: ¼ Σ_i Σ_{f≠g} λ_if² λ_ig² over Λ = A (T')⁻¹ with columns of T of length 1,
 * from T = I, by gradient projection; the last digits with the step length of
 * Barzilai and Borwein. phi = T'T.
 * Source: R. I. Jennrich, Psychometrika 67 (2002) 7–19; C. A. Bernaards, R. I.
 * Jennrich, Educational and Psychological Measurement 65 (2005) 676–696; J.
 * Barzilai, J. M. Borwein, IMA J. Numerical Analysis 8 (1988) 141–148.
 * Units: none.
 * Smallest n: 1 factor, which stays as it is.
 * Undefined: NO_CONVERGENCE (factors that fall together), NO_MEMORY.
 */
DhkStatsStatus dhk_rotate_oblimin (double *loadings, size_t k, size_t m, bool kaiser, double *phi);
