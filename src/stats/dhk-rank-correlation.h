/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Rank correlations of two columns: Spearman's ρ and Kendall's τ-b.
 *
 * Pairwise: the cases in which both columns hold a value; ties have mid-ranks.
 * Only the order of the values counts, so an infinite value is no harm.
 *
 * Programs print different p values for the same ρ or τ. All of them are here,
 * named: of ρ the t approximation (SPSS) and the permutation distribution, exact
 * or by Edgeworth's series (R without ties); of τ the normal approximation with
 * tie correction (SPSS, R with ties), that with continuity correction, and the
 * exact distribution (R without ties).
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef enum
{
  DHK_PERMUTATION_EXACT,     /* every order of the ranks found is counted, ties included */
  DHK_PERMUTATION_EDGEWORTH, /* Edgeworth's series of that distribution; no ties */
} DhkPermutationVariant;

/* The most cases whose orders are counted one by one. */
#define DHK_RANK_CORRELATION_EXACT_N 9

/* The most cases without ties for which the distribution of Kendall's S is computed. */
#define DHK_KENDALL_EXACT_N 200

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* cases with both values */
  double rho;
  double t;
  double df; /* n − 2 */
  double p;  /* two-sided, by the t approximation */
  DhkStatsStatus permutation_status;
  DhkPermutationVariant permutation_variant;
  double permutation_p; /* two-sided */
  DhkInterval fisher_ci;
  DhkInterval fieller_ci;
  DhkInterval bonett_wright_ci;
} DhkSpearman;

/*
 * dhk_spearman:
 * Spearman's rank correlation of `x` and `y`, both of length n.
 *
 * Formula: ρ is Pearson's r of the mid-ranks; t = ρ √(df / (1 − ρ²)), df = n −
 * 2. CI = tanh (artanh ρ ± z se) with se = 1/√(n − 3) (Fisher), √(1.06 / (n −
 * 3)) (Fieller), √((1 + ρ²/2) / (n − 3)) (Bonett and Wright). Permutation p: the
 * share of the n! orders in which |ρ| is as large as found, n ≤ 9; without
 * ties and n > 9 Edgeworth's series for Σd², doubled.
 * Source: C. Spearman, American J. Psychology 15 (1904) 72–101; E. C. Fieller,
 * H. O. Hartley, E. S. Pearson, Biometrika 44 (1957) 470–481; D. G. Bonett, T.
 * A. Wright, Psychometrika 65 (2000) 23–28; D. J. Best, D. E. Roberts,
 * Algorithm AS 89, Applied Statistics 24 (1975) 377–379.
 * Units: none. The columns may be NULL where n is 0.
 * Smallest n: 3 cases; the intervals need 4 and are TOO_FEW at 3.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (all of a column equal),
 * BAD_ARGUMENT (confidence), NO_MEMORY: all NaN. PERFECT_FIT (ρ = 1 or −1): ρ,
 * df and the permutation p are given. TOO_LARGE for the permutation p alone: n > 9
 * with ties.
 */
DhkSpearman dhk_spearman (const double *x, const double *y, size_t n, double confidence);

typedef struct
{
  DhkStatsStatus status;
  size_t n; /* cases with both values */
  double tau;
  double score;       /* S: concordant minus discordant pairs */
  double z;           /* S / √Var(S), with tie correction */
  double p;           /* two-sided */
  double z_corrected; /* for continuity */
  double p_corrected;
  DhkStatsStatus exact_status;
  double exact_p; /* two-sided */
  DhkInterval ci; /* Fieller */
} DhkKendall;

/*
 * dhk_kendall:
 * Kendall's τ-b of `x` and `y`, both of length n, in O(n log n).
 *
 * Formula: τ = S / √(P_x P_y), P the number of pairs not tied in x, in y; Var(S) =
 * X₃ Y₃ / (9 n(n − 1)(n − 2)) + X₂ Y₂ / (2 n(n − 1)) with X₂ = n(n − 1) − Σ t(t − 1), X₃ = n(n −
 * 1)(n − 2) − Σ t(t − 1)(t − 2), which is Kendall's sum for ties in both, factored. With continuity
 * correction |S| is made one smaller. Exact p: the share of the n! orders in
 * which |S| is as large as found, n ≤ 9, and without ties n ≤ 200. CI = tanh (artanh τ ±
 * z √(0.437 / (n − 4))).
 * Source: M. G. Kendall, Biometrika 30 (1938) 81–93, and Rank Correlation
 * Methods (1948); W. R. Knight, J. American Statistical Association 61 (1966)
 * 436–439; E. C. Fieller, H. O. Hartley, E. S. Pearson (1957).
 * Units: none. The columns may be NULL where n is 0.
 * Smallest n: 3 cases; the interval needs 5.
 * Undefined: NO_DATA, TOO_FEW, NO_VARIANCE (all of a column equal),
 * BAD_ARGUMENT (confidence), NO_MEMORY: all NaN. For the interval alone TOO_FEW
 * (n < 5), PERFECT_FIT (τ = 1 or −1). TOO_LARGE for the exact p alone: n > 9 with ties, n > 200.
 */
DhkKendall dhk_kendall (const double *x, const double *y, size_t n, double confidence);
