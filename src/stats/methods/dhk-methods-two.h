/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the adapters for two groups share (inside this library only).
 */

#include <stdbool.h>

#include "stats/dhk-method.h"

/* The first value column, parted by the first two levels of the first group column. */
typedef struct
{
  double *a;
  double *b;
  size_t n_a;
  size_t n_b;
} DhkTwoColumns;

/* False where memory is out. */
bool dhk_methods_split (const DhkMethodInput *input, DhkTwoColumns *columns);
void dhk_methods_clear_split (DhkTwoColumns *columns);
