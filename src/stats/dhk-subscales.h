/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Is a printed total scale possible, given its printed subscales?
 *
 * The total scale is the mean of all items, each item belongs to one subscale,
 * and the same respondents answered all of them. Its mean is then the weighted
 * mean of those of the subscales, and its SD lies between what subscales that
 * cancel each other and subscales that go together would give. Every printed
 * number stands for its rounding interval.
 */

#include <stdbool.h>
#include <stddef.h>

#include "stats/dhk-grim.h"
#include "stats/dhk-rounding.h"

/* A printed scale. */
typedef struct
{
  size_t items;
  double mean;
  double sd;
} DhkPrintedScale;

typedef enum
{
  DHK_SUBSCALES_CONSISTENT,
  DHK_SUBSCALES_ITEMS_IMPOSSIBLE, /* the item counts do not add up */
  DHK_SUBSCALES_MEAN_IMPOSSIBLE,
  DHK_SUBSCALES_SD_IMPOSSIBLE,
  DHK_SUBSCALES_BOTH_IMPOSSIBLE,
} DhkSubscalesVerdict;

extern const char *const dhk_subscales_verdict_names[]; /* ends with NULL */

typedef struct
{
  DhkStatsStatus status;
  DhkSubscalesVerdict verdict;
  size_t items;              /* of the subscales together */
  double mean;               /* from the printed numbers as if they were exact */
  DhkEnclosure mean_range;   /* of the total scale, from rounding alone */
  DhkEnclosure points;       /* of all items, from the subscales' whole points */
  DhkEnclosure points_mean;  /* the means that these give */
  DhkEnclosure points_total; /* of all items, from the printed total mean */
  DhkEnclosure sd_range;     /* of the total scale */
} DhkSubscalesCheck;

/*
 * dhk_check_subscales:
 * `total` and its `n_parts` subscales, of `n` respondents; n = 0: not known.
 *
 * Formula: M = Σ k_j M_j / Σ k_j; k S ≤ Σ k_j S_j, and k S ≥ k_j S_j less the others; points: the
 * whole numbers T_j of dhk_rounding_points (n k_j answers), and their sums.
 * Source: the mean is linear, the SD a norm (triangle inequality: G. H. Hardy, J. E. Littlewood,
 * G. Pólya, Inequalities (1934) 2.12); whole points: N. J. L. Brown, J. A. J. Heathers, Social
 * Psychological and Personality Science 8 (2017) 363–369.
 * Units: those of an answer; `total`.items may be 0: their sum.
 * Smallest n: 1 subscale.
 * Undefined: TOO_FEW_GROUPS (no subscale), TOO_FEW_ITEMS (a subscale without items), BAD_ARGUMENT
 * (decimals, step, a negative SD), NOT_FINITE. The enclosures of points are NO_DATA where n = 0,
 * and IMPOSSIBLE where a printed mean has no whole number of points, which is a verdict on the
 * mean.
 */
DhkSubscalesCheck dhk_check_subscales (DhkPrintedScale total,
                                       const DhkPrintedScale *parts,
                                       size_t n_parts,
                                       size_t n,
                                       int decimals,
                                       double step);

/* Cronbach's alpha of the total scale */

/* A printed subscale, its alpha between two printed numbers (the same where one is printed). */
typedef struct
{
  size_t items;
  double sd;
  double alpha_low;
  double alpha_high;
} DhkPrintedAlpha;

typedef struct
{
  DhkStatsStatus status;
  size_t items;
  DhkEnclosure alpha; /* of the total scale, from SDs and the subscales' alphas */
  DhkEnclosure alpha_printed;
  bool possible; /* whether the printed alphas of the total meet `alpha` */
} DhkAlphaCheck;

/*
 * dhk_check_alpha:
 * The alphas that a total scale can have, given its SD and the SDs and alphas of its subscales.
 *
 * Formula: the items of subscale j have variances of the sum V_j = k_j² S_j² (1 − α_j (k_j −
 * 1)/k_j), for k_j = 1 V_j = S_j²; α = k/(k − 1) (1 − Σ V_j / (k² S²)), which grows with S and
 * α_j and falls with S_j: its ends are at those of the rounding intervals. Never above 1.
 * Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334.
 * Units: SDs of mean scores; `sd_decimals` and `alpha_decimals` as printed.
 * Smallest n: 2 items.
 * Undefined: TOO_FEW_GROUPS (no subscale), TOO_FEW_ITEMS, NO_VARIANCE (the total's SD may be
 * 0), BAD_ARGUMENT (decimals, a negative SD, an alpha above 1, alphas without order),
 * NOT_FINITE. `alpha` is IMPOSSIBLE where the total's SD exceeds what the subscales' SDs can
 * give.
 */
DhkAlphaCheck dhk_check_alpha (DhkPrintedAlpha total,
                               const DhkPrintedAlpha *parts,
                               size_t n_parts,
                               int sd_decimals,
                               int alpha_decimals);
