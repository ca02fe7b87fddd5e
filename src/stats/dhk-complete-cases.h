/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The rows in which every column holds a value (inside this library only).
 */

#include <stddef.h>

/*
 * dhk_complete_cases_copy:
 * Copies the rows without NaN: column j of the copy begins at j · *n_complete. For free().
 *
 * Formula: none.
 * Source: this library.
 * Units: those of the columns.
 * Smallest n: none; `columns` may be NULL where n is 0.
 * Undefined: NULL where memory is out.
 */
double *dhk_complete_cases_copy (const double *const *columns,
                                 size_t n_columns,
                                 size_t n,
                                 size_t *n_complete);
