/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The minimal sets of things that are together impossible
 * (inside this library only). "Impossible" is whatever a function says of a selection, as long as
 * more things are never more possible.
 */

#include <stdbool.h>
#include <stddef.h>

/* Whether the things with kept[i] are impossible together. */
typedef bool (*DhkRefutes) (const bool *kept, void *data);

typedef struct
{
  bool *sets; /* n_sets times n_things */
  size_t n_sets;
  size_t n_things;
  bool complete; /* false: there may be more */
  bool failed;   /* memory ran out */
} DhkMinimalSets;

/*
 * dhk_minimal_sets_find:
 * All minimal impossible sets of `n` things, for at most `budget` nodes of the tree.
 *
 * Formula: one minimal set by leaving out what is not needed; then the same without one of its
 * members, for each of them (hitting set tree).
 * Source: R. Reiter, Artificial Intelligence 32 (1987) 57–95.
 * Units: none.
 * Smallest n: none.
 * Undefined: failed where memory runs out; the sets found so far stay.
 */
DhkMinimalSets dhk_minimal_sets_find (size_t n, DhkRefutes refutes, void *data, size_t budget);

/*
 * dhk_minimal_sets_clear:
 * Gives the memory back.
 *
 * Formula: none.
 * Source: this library.
 * Units: none.
 * Smallest n: none.
 * Undefined: never.
 */
void dhk_minimal_sets_clear (DhkMinimalSets *self);
