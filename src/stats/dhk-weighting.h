/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a case weight means.
 *
 * A frequency weight says how many cases a row stands for, as SPSS's WEIGHT BY
 * does: n is the sum of the weights, and with whole weights every result equals
 * that of the data in which each row is repeated so often. A row whose weight
 * is negative, zero or NaN takes no part, not even among the missing.
 */

typedef enum
{
  DHK_WEIGHTING_NONE,      /* every row is one case */
  DHK_WEIGHTING_FREQUENCY, /* a row is as many cases as its weight says */
} DhkWeighting;

/* Ends with NULL. */
extern const char *const dhk_weighting_names[];
