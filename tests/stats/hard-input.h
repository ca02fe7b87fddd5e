/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Data that ruin careless programs, made by bending random data of a method:
 * no rows, no spread, nobody in a group, infinities, columns that repeat each
 * other. Each kind has a name for the message of a failing test.
 */

#include "random-input.h"

typedef struct
{
  const char *name;
  guint n;                          /* rows; G_MAXUINT: as many as random data have */
  void (*bend) (RandomInput *self); /* NULL: rows alone make it hard */
} HardInput;

const HardInput *hard_input_list (guint *n);

/* `self` becomes random data of `method`, bent. */
void
hard_input_init (RandomInput *self, const HardInput *kind, const DhkMethod *method, GRand *rand);

/* Summaries by row, as long as the method's columns; how many rows in `n_rows`. Free with g_free().
 */
guint hard_summary_count (void);
double *hard_summary_new (guint kind, const DhkMethod *method, gsize n_columns, gsize *n_rows);
