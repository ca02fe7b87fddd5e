/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The table of two categories: counts, percentages, residuals, tests of independence, and measures
 * of association. For tables of two by two see dhk-two-by-two.h besides.
 *
 * Rows and columns without a case take no part in any test, as in SPSS; their cells are EMPTY_CELL.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t row;
  size_t column;
  double observed;
  double expected;
  double row_percent;
  double column_percent;
  double total_percent;
  double residual;          /* observed − expected */
  double pearson_residual;  /* R's residuals, SPSS's standardized */
  double adjusted_residual; /* R's stdres, SPSS's adjusted: standard normal without association */
} DhkCrosstabCell;

typedef struct
{
  DhkStatsStatus status;
  double n;         /* cases, or the sum of their weights */
  size_t n_rows;    /* with cases */
  size_t n_columns; /* with cases */
  double chi_squared;
  double df;
  double p;
  double likelihood_ratio; /* G² */
  double likelihood_ratio_p;
  double min_expected;
  size_t n_expected_below_5;
  double share_expected_below_5;
  double phi; /* √(χ²/n) */
  double contingency_c;
  double cramers_v;
  DhkInterval cramers_v_ci; /* by the noncentrality of χ², df not added */
  DhkStatsStatus bergsma_status;
  double bergsma_v; /* V corrected for its bias */
  DhkStatsStatus gamma_status;
  double gamma_estimate; /* Goodman and Kruskal, the categories in their order */
  DhkStatsStatus exact_status;
  double exact_p; /* Fisher, Freeman and Halton */
} DhkCrosstab;

/*
 * dhk_crosstab_count:
 * Counts the `n` rows into `counts` (n_rows × n_columns, row by row). A negative code, or a weight
 * that is NaN, leaves the row out; `weight` may be NULL. Returns how many rows were left out.
 *
 * Formula: Σ w.
 * Source: any textbook.
 * Units: cases, or weights.
 * Smallest n: none.
 * Undefined: never; a negative weight makes a count that dhk_crosstab() refuses.
 */
size_t dhk_crosstab_count (const int *row,
                           size_t n_rows,
                           const int *column,
                           size_t n_columns,
                           const double *weight,
                           size_t n,
                           double *counts);

/*
 * dhk_crosstab:
 * Tests and measures of a table of `counts` (n_rows × n_columns, row by row). `cells`, of the same
 * length and order, may be NULL.
 *
 * Formula: E = r c / n; χ² = Σ (O − E)²/E, G² = 2 Σ O ln (O/E), df = (R − 1)(C − 1). Pearson
 * residual (O − E)/√E, adjusted: that over √((1 − r/n)(1 − c/n)). φ = √(χ²/n), C = √(χ²/(χ² + n)),
 * V = φ/√(min (R, C) − 1); its interval from the λ of the noncentral χ²: V = √(λ/(n (min (R, C) −
 * 1))), at most 1. Bergsma: with f² = max (0, φ² − df/(n − 1)), k̃ = k − (k − 1)²/(n − 1): f/√(min
 * (R̃, C̃) − 1). γ = (P − Q)/(P + Q), concordant and discordant pairs. Exact p: Σ P over the tables
 * of the same margins with P ≤ P_found (1 + 1e-7).
 * Source: K. Pearson, Philosophical Magazine 50 (1900) 157–175; H. Cramér, Mathematical Methods of
 * Statistics (1946); S. J. Haberman, Biometrics 29 (1973) 205–220; M. Smithson, Confidence
 * Intervals (2003); W. Bergsma, J. Korean Statistical Society 42 (2013) 323–328; L. A. Goodman, W.
 * H. Kruskal, J. American Statistical Association 49 (1954) 732–764; G. H. Freeman, J. H. Halton,
 * Biometrika 38 (1951) 141–149.
 * Units: counts, not below zero; the exact test needs whole numbers.
 * Smallest n: two rows and two columns with cases.
 * Undefined: BAD_ARGUMENT (a negative count or NaN, confidence), NOT_FINITE, NO_DATA, NO_MEMORY:
 * all NaN. TOO_FEW_GROUPS (fewer than two rows or columns with cases): n and the percentages are
 * given. For the parts alone: NOT_FINITE of γ (weights so small that their products vanish); TOO_FEW of Bergsma's V (n ≤
 * 2, or weights that add up to as little); BAD_ARGUMENT of the exact p (counts that are no whole
 * numbers), TOO_LARGE (see dhk-exact-table.h). EMPTY_CELL of the cells of a row or column without
 * cases.
 */
DhkCrosstab dhk_crosstab (const double *counts,
                          size_t n_rows,
                          size_t n_columns,
                          double confidence,
                          DhkCrosstabCell *cells);
