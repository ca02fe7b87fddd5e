/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Compact letter display: which groups differ, as one word a group.
 *
 * Two groups that share a letter do not differ; two that share none do. The
 * letters of a group are the bits of a number: bit 0 is "a", bit 26 is "A".
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/dhk-status.h"

#define DHK_MAX_LETTERS 52

/*
 * dhk_letters_find:
 * The letters for any set of pairwise decisions, transitive or not.
 *
 * Formula: the columns are the largest sets of groups of which no two differ,
 * found by insertion and absorption: each group in turn is inserted, without
 * those that it differs from, into every column, and a column that is part of
 * another is absorbed. "a" is the column that holds the group with the largest
 * `order`; columns that share it are told apart by the next largest, and so on.
 * Source: H.-P. Piepho, J. Computational and Graphical Statistics 13 (2004)
 * 456–466; by groups rather than by pairs: M. C. Paull, S. H. Unger, IRE
 * Transactions on Electronic Computers 8 (1959) 356–367.
 * Units: `differs` of length n (n − 1)/2 for the pairs (0,1), (0,2), … (1,2) …;
 * `takes_part`, which may be NULL (all do), `order`, such as the mean, and
 * `letters`, each of length n. A group that takes no part has no letters (0).
 * Smallest n: one group has the letter "a"; none have none, and OK.
 * Undefined: TOO_LARGE (more than 52 letters), NO_MEMORY; all letters are 0.
 */
DhkStatsStatus dhk_letters_find (const bool *differs,
                                 const bool *takes_part,
                                 const double *order,
                                 size_t n,
                                 uint64_t *letters,
                                 size_t *n_letters);

/*
 * dhk_letters_get_name:
 * The letter `i`, static; NULL from DHK_MAX_LETTERS on.
 *
 * Formula: a … z, A … Z.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: NULL.
 */
const char *dhk_letters_get_name (size_t i);
