/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Analysis of variance with two factors a and b and their interaction, for
 * unequal cells, with sums of squares of type I, II or III.
 *
 * Type I: a, then b after a, then the interaction. Type II: a after b, b after a
 * (R's car). Type III: each after all the others, in effect coding (SPSS); it
 * tests unweighted means of cells and therefore needs values in every cell.
 * With equal cells the three are the same.
 */

#include <stddef.h>

#include "stats/dhk-anova-term.h"

typedef enum
{
  DHK_SUM_OF_SQUARES_I,
  DHK_SUM_OF_SQUARES_II,
  DHK_SUM_OF_SQUARES_III,
} DhkSumOfSquares;

/* One cell; its levels are those of the call */
typedef struct
{
  DhkStatsStatus status;
  size_t first;  /* level of a */
  size_t second; /* level of b */
  size_t n;
  double mean;
  double sd;
} DhkAnovaCell;

/* One level of a factor */
typedef struct
{
  DhkStatsStatus status;
  size_t n;
  double mean; /* of its values */
  DhkStatsStatus marginal_status;
  double marginal_mean; /* the unweighted mean of the means of its cells */
} DhkAnovaMargin;

typedef struct
{
  DhkStatsStatus status;
  DhkSumOfSquares type;
  size_t n;
  size_t n_missing; /* left out: no value, or no level of a or b */
  size_t n_cells;   /* that hold values */
  double ss_error;
  double df_error;
  double mse;
  double ss_total; /* around the mean */
  double r_squared;
  double adjusted_r_squared;
  DhkAnovaTerm first;  /* of a */
  DhkAnovaTerm second; /* of b */
  DhkAnovaTerm interaction;
} DhkAnovaTwoWay;

/*
 * dhk_anova_two_way:
 * Whether the mean depends on a, on b, and on their combination. `a[i]` and `b[i]`
 * are the levels of `values[i]`, from 0 and below n_a and n_b; a negative one, and
 * NaN, leave the value out. `cells`, of length n_a·n_b with b running fastest, `a_margins`
 * and `b_margins` are filled unless they are NULL. Levels without values do not count.
 *
 * Formula: SS of a term = |projection of the means of cells, with weight n, on the
 * part of its effect-coded columns orthogonal to the terms before it|²; error = Σ (x
 * − mean of its cell)², with n − cells degrees of freedom.
 * Source: F. Yates, JASA 29 (1934) 51–66; S. R. Searle, Linear Models for Unbalanced
 * Data (1987); J. Fox, Applied Regression Analysis (2016) chapter 8.
 * Units: those of the values; sums of squares in squared units.
 * Smallest n: two levels of each factor, and one value more than cells.
 * Undefined: NO_DATA, TOO_FEW_GROUPS (a factor with one level), NOT_FINITE, NO_MEMORY,
 * BAD_ARGUMENT (a level out of range, type, confidence): all NaN. EMPTY_CELL (type III):
 * the terms NaN. TOO_FEW (one value per cell), NO_VARIANCE (no spread within any
 * cell): F, p and effect sizes NaN, and R² where its denominator is 0. A term alone:
 * SINGULAR where empty cells leave it no degree of freedom.
 */
DhkAnovaTwoWay dhk_anova_two_way (const double *values,
                                  const int *a,
                                  size_t n_a,
                                  const int *b,
                                  size_t n_b,
                                  size_t n,
                                  DhkSumOfSquares type,
                                  double confidence,
                                  DhkAnovaCell *cells,
                                  DhkAnovaMargin *a_margins,
                                  DhkAnovaMargin *b_margins);
