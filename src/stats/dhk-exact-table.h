/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Fisher's exact test for tables of any size (inside this library only).
 */

#include <stddef.h>

#include "stats/dhk-status.h"

/*
 * dhk_exact_table_p:
 * The probability, given both margins, of a table that is no more likely than the one found.
 *
 * Formula: Σ P over the tables with P ≤ P_found (1 + 1e-7), P = Π r_i! Π c_j! / (n! Π x_ij!), by
 * the network of the row totals that are left after each column: a node is the sorted totals, and
 * paths to the same node that are equally likely so far are one. With the longest and the shortest
 * way from each node to the end, all completions of a path are taken or left at once wherever
 * possible.
 * Source: R. A. Fisher, J. Royal Statistical Society 98 (1935) 39–54; G. H. Freeman, J. H. Halton,
 * Biometrika 38 (1951) 141–149; C. R. Mehta, N. R. Patel, J. American Statistical Association 78
 * (1983) 427–434.
 * Units: whole counts, row by row, each row and column with a total above zero.
 * Smallest n: 2 rows and 2 columns.
 * Undefined: TOO_LARGE (over 5 million steps, 2 million nodes or paths, or a million cases),
 * NO_MEMORY: `p` is NaN.
 */
DhkStatsStatus dhk_exact_table_p (const double *counts, size_t n_rows, size_t n_columns, double *p);
