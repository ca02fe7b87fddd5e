/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Random input that fits a method's needs: every role filled, columns that go
 * together, groups that differ, some answers missing. Values are multiples of
 * 1/1024, so that they can be shifted and scaled without rounding.
 */

#include <glib.h>

#include "stats/dhk-method.h"

#define RANDOM_INPUT_MAX_COLUMNS 12

typedef struct
{
  DhkMethodInput input; /* points at what follows */
  double *values[RANDOM_INPUT_MAX_COLUMNS];
  double *predictors[RANDOM_INPUT_MAX_COLUMNS];
  double *weight;
  DhkFactor groups[2];
  DhkFactor cluster;
  int *codes[3]; /* of the groups and the cluster */
  size_t steps[RANDOM_INPUT_MAX_COLUMNS];
  double options[DHK_MAX_OPTIONS];
  double *summary;
} RandomInput;

/* How the rows are made. */
typedef struct
{
  guint least_rows;
  guint most_rows;
  double missing; /* share of values that are NaN, of half the inputs */
} RandomRows;

void random_input_init (RandomInput *self, const DhkMethod *method, GRand *rand, RandomRows rows);
void random_input_copy (RandomInput *self, const RandomInput *other);
void random_input_clear (RandomInput *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RandomInput, random_input_clear)

/* Options that are choices take any, numbers within their bounds. */
void random_input_draw_options (RandomInput *self, const DhkMethod *method, GRand *rand);

/* Some numbers at the ends of what they may be: for tests of hard data. */
void random_input_stretch_options (RandomInput *self, const DhkMethod *method, GRand *rand);

/* In place of data: a table such as a publication prints, its columns as the method names them,
 * means and SDs with two decimals. `summary` is freed by random_input_clear(). */
void random_input_init_summary (RandomInput *self, const DhkMethod *method, GRand *rand);

/* x → shift + scale·x for every value */
void random_input_transform (RandomInput *self, double shift, double scale);
/* The rows in another order, the same in every column; order[i] becomes the row that row i was. */
void random_input_shuffle (RandomInput *self, GRand *rand, guint *order);
/* Level g of the first group column becomes level map[g]. */
void random_input_relabel (RandomInput *self, const guint *map);
