/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Several raters of the same cases: how far apart they are within a case, and
 * the intraclass correlations of Shrout and Fleiss.
 *
 * A column is a rater, a row a case (target). With members of a family who rate
 * the alliance in their case, the spread within a case is what the literature
 * calls a split or unbalanced alliance.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

/* Spread within cases */

/* One case. */
typedef struct
{
  DhkStatsStatus status;
  size_t n; /* raters who rated it */
  double mean;
  double sd; /* with n − 1 */
  double min;
  double max;
  double range;
} DhkCaseSpread;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* cases with two raters or more */
  size_t n_missing; /* with fewer */
  size_t n_ratings; /* of the former */
  double sd_within; /* pooled */
  double mean_sd;   /* of the SDs of the cases */
  double mean_range;
  double largest_range;
} DhkRaterSpread;

/*
 * dhk_rater_spread:
 * The spread between raters within each of `n_cases` cases, and on average.
 * `ratings` are `n_raters` columns; `cases` has room for `n_cases` results.
 *
 * Formula: SD_i = √(Σ_j (x_ij − M_i)² / (n_i − 1)) of the raters of case i;
 * range_i = max − min; pooled SD = √(Σ_i Σ_j (x_ij − M_i)² / Σ_i (n_i − 1)), the
 * square root of the mean square within cases of a one-way analysis of
 * variance; means over cases are not weighted.
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1925), ch. VII; J. M. Bland,
 * D. G. Altman, BMJ 313 (1996) 744 (within-subject SD).
 * Units: those of the ratings; NaN is left out.
 * Smallest n: 2 raters of a case, 1 such case.
 * Undefined: of a case NO_DATA (all NaN), TOO_FEW (one rater: SD and range NaN), NOT_FINITE. Of
 * the whole NO_DATA (no rating), TOO_FEW (no case with two), NOT_FINITE: all NaN.
 */
DhkRaterSpread dhk_rater_spread (const double *const *ratings,
                                 size_t n_raters,
                                 size_t n_cases,
                                 DhkCaseSpread *cases);

/* Intraclass correlation */

/* The F test of an ICC of zero. */
typedef struct
{
  DhkStatsStatus status;
  double f;
  double df1;
  double df2;
  double p;
} DhkIccTest;

typedef struct
{
  DhkStatsStatus status;
  double icc;
  DhkInterval icc_ci;
} DhkIcc;

typedef struct
{
  DhkStatsStatus status;
  size_t n;         /* targets rated by all */
  size_t n_missing; /* the others */
  size_t n_judges;
  double ms_rows;   /* between targets */
  double ms_cols;   /* between judges */
  double ms_error;  /* targets × judges */
  double ms_within; /* within targets */
  DhkIccTest test1; /* of ICC (1, …) */
  DhkIccTest test2; /* of ICC (2, …) and ICC (3, …) */
  DhkIcc icc1_1;    /* each target has judges of its own; one judge */
  DhkIcc icc2_1;    /* judges drawn at random, absolute agreement; one judge */
  DhkIcc icc3_1;    /* these judges only, consistency; one judge */
  DhkIcc icc1_k;    /* the same for the mean of the k judges */
  DhkIcc icc2_k;
  DhkIcc icc3_k; /* Cronbach's α of the judges */
} DhkIccRaters;

/*
 * dhk_icc_raters:
 * The six intraclass correlations of `n_rows` targets rated by `n_judges`
 * judges. A target that misses a rating is left out (listwise).
 *
 * Formula: with B = MS of rows, J of columns, E of error, W within, k judges
 * and n targets: ICC(1,1) = (B − W)/(B + (k − 1) W); ICC(2,1) = (B − E)/(B + (k −
 * 1) E + k (J − E)/n); ICC(3,1) = (B − E)/(B + (k − 1) E); ICC(1,k) = (B − W)/B;
 * ICC(2,k) = (B − E)/(B + (J − E)/n); ICC(3,k) = (B − E)/B. F = B/W with n − 1
 * and n (k − 1), B/E with n − 1 and (n − 1)(k − 1) degrees of freedom. The
 * intervals of 1 and 3 come from F divided and multiplied by its quantiles, those of ICC(2,1)
 * from Satterthwaite's degrees of freedom; those of ICC(2,k) from ICC(2,1) by the
 * Spearman–Brown formula.
 * Source: P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86 (1979) 420–428; K. O. McGraw,
 * S. P. Wong, Psychological Methods 1 (1996) 30–46.
 * Units: mean squares in squares of the ratings; the rest without unit.
 * Smallest n: 2 targets that all judges rated, 2 judges.
 * Undefined: TOO_FEW_ITEMS (fewer than 2 judges); NO_DATA (no complete target), TOO_FEW (one);
 * NOT_FINITE; NO_MEMORY; BAD_ARGUMENT (confidence): all NaN. Of a part NO_VARIANCE: nothing to
 * divide by, as with F where judges agree without error, or ICC(…,k) where targets do not differ.
 * The interval of ICC(2,1) has NO_VARIANCE too where less than one degree of freedom is left, that
 * of ICC(2,k) where its lower end is beyond the reach of the Spearman–Brown formula.
 */
DhkIccRaters
dhk_icc_raters (const double *const *ratings, size_t n_judges, size_t n_rows, double confidence);
