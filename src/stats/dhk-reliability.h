/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Internal consistency of a scale: Cronbach's alpha (raw, from the items'
 * covariances) with Feldt's interval, and what each item does to it.
 *
 * Listwise: only respondents with a value on every item count. Items that are
 * worded the other way round are reversed by the caller; nothing is flipped
 * here.
 */

#include <stddef.h>

#include "stats/dhk-interval.h"
#include "stats/dhk-status.h"

typedef struct
{
  DhkStatsStatus status;
  size_t n_items;
  size_t n;          /* respondents with all items */
  size_t n_missing;  /* respondents without */
  double alpha;      /* below 0 where items contradict each other */
  DhkInterval ci;    /* Feldt's */
  double total_mean; /* of the sum of the items */
  double total_sd;
} DhkReliability;

typedef struct
{
  DhkStatsStatus status;
  double mean; /* of the respondents with all items */
  double sd;
  DhkStatsStatus item_rest_status;
  double item_rest_r; /* with the sum of the other items ("corrected") */
  DhkStatsStatus alpha_status;
  double alpha_if_dropped;
} DhkItemReliability;

/*
 * dhk_cronbach_alpha:
 * The reliability of the sum of `n_items` columns of n respondents.
 *
 * Formula: α = k/(k − 1) (1 − Σ s_i² / s_total²); CI: 1 − (1 − α) F(1 ∓ (1 −
 * confidence)/2 …; n − 1, (n − 1)(k − 1)), the upper quantile for the lower
 * end; item–rest r = r(x_i, total − x_i); α if dropped = α of the other items.
 * Source: L. J. Cronbach, Psychometrika 16 (1951) 297–334; L. S. Feldt,
 * Psychometrika 30 (1965) 357–370; L. S. Feldt, D. J. Woodruff, F. A. Salih,
 * Applied Psychological Measurement 11 (1987) 93–103.
 * Units: `items` is an array of n_items pointers to columns of length n; NaN
 * is missing. `item_result` is NULL, or of length n_items. Means in units of
 * the items.
 * Smallest n: 2 items, 2 respondents with all items; α if dropped needs 3
 * items.
 * Undefined: BAD_ARGUMENT (confidence), TOO_FEW_ITEMS, NO_DATA (nobody answered
 * all items), NOT_FINITE, NO_MEMORY: all NaN. TOO_FEW (one respondent): only
 * means. NO_VARIANCE (the total is the same for all): only means and SDs. The
 * interval also: NOT_FINITE where its quantile has no end. An item has the
 * status of the whole where it has no mean or SD (TOO_FEW: the mean is there);
 * its item_rest_r is NO_VARIANCE where the item or the rest does not vary, its
 * alpha_if_dropped TOO_FEW_ITEMS where the rest is one item, NO_VARIANCE where
 * the rest does not vary.
 */
DhkReliability dhk_cronbach_alpha (const double *const *items,
                                   size_t n_items,
                                   size_t n,
                                   double confidence,
                                   DhkItemReliability *item_result);

/*
 * dhk_alpha_interval:
 * Feldt's interval of an alpha that is known, with n respondents.
 *
 * Formula: 1 − (1 − α) F, F the quantiles (1 ± confidence)/2 of the F
 * distribution with n − 1 and (n − 1)(k − 1) degrees of freedom.
 * Source: L. S. Feldt, D. J. Woodruff, F. A. Salih, Applied Psychological
 * Measurement 11 (1987) 93–103.
 * Units: none.
 * Smallest n: 2 items, 2 respondents.
 * Undefined: TOO_FEW_ITEMS, TOO_FEW; BAD_ARGUMENT (confidence, or α above 1);
 * NOT_FINITE (α is NaN).
 */
DhkInterval dhk_alpha_interval (double alpha, size_t n_items, size_t n, double confidence);
