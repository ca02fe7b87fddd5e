/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Ranks of a column, with ties (inside this library only).
 *
 * Ranks run from 1 for the smallest value; equal values share the mean of the
 * ranks they occupy (mid-ranks), so every rank is a multiple of one half. Zero
 * and minus zero are equal. An infinite value has a rank like any other: order
 * is all that counts here.
 *
 * Sorting is a radix sort on the bits of the doubles: linear in n, stable, and
 * quick on answers that take a few values only.
 */

#include <stddef.h>
#include <stdint.h>

#include "stats/dhk-status.h"

typedef struct
{
  size_t n;         /* valid values */
  size_t n_missing; /* NaN */
  size_t n_ties;    /* sets of two or more equal values */
  size_t largest;   /* the size of the largest set, 1 without ties, 0 without values */
  double pairs;     /* Σ t(t − 1)/2 over the sets of t equal values: the pairs that are tied */
  double cubes;     /* Σ (t³ − t) */
  double untied_pairs;   /* n(n − 1) − Σ t(t − 1): the ordered pairs that are not tied */
  double untied_triples; /* n(n − 1)(n − 2) − Σ t(t − 1)(t − 2), without cancellation */
  double share; /* 1 − Σ(t³ − t) / (n³ − n), without cancellation: the usual tie correction;
                   0 where all values are equal or n < 2 */
} DhkTies;

/*
 * dhk_ranks_compute:
 * Puts the mid-rank of each of `n` values into `ranks`, NaN where the value is
 * NaN; ranks run over the valid values of all of them. `ties` may be NULL.
 * `ranks` may be the same array as `values`.
 *
 * Formula: rank = (number of smaller values) + (number of equal values + 1) / 2.
 * Source: M. G. Kendall, Rank Correlation Methods (1948), chapter 3.
 * Units: none.
 * Smallest n: none.
 * Undefined: NO_DATA (no valid value), NO_MEMORY: `ranks` is not filled, `ties` counts nothing.
 */
DhkStatsStatus dhk_ranks_compute (const double *values, size_t n, double *ranks, DhkTies *ties);

/* A value to sort: its order as a whole number, and where it came from. */
typedef struct
{
  uint64_t key;
  size_t index;
} DhkSortItem;

/* Numbers in the order of the values, equal where the values are; NaN behind all. */
uint64_t dhk_sort_key (double value);

/* Sorts `items` by key, keeping the order of equal keys; `spare` has room for `n` more. */
void dhk_sort_items (DhkSortItem *items, DhkSortItem *spare, size_t n);
