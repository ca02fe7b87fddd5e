/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hard-input.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Bending */

static void
set_all (RandomInput *self, double value)
{
  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = value;
}

static void
make_constant (RandomInput *self)
{
  set_all (self, 3);
}

static void
make_zero (RandomInput *self)
{
  set_all (self, 0);
}

static void
make_one (RandomInput *self)
{
  set_all (self, 1);
}

static void
make_missing (RandomInput *self)
{
  set_all (self, NAN);
}

static void
make_infinite (RandomInput *self)
{
  set_all (self, INFINITY);
}

static void
make_nearly_missing (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 1; i < self->input.n; i++)
      self->values[j][i] = NAN;
}

static void
add_infinity (RandomInput *self)
{
  if (self->input.n > 0 && self->input.n_values > 0)
    self->values[0][self->input.n / 2] = -INFINITY;
}

static void
add_infinite_predictor (RandomInput *self)
{
  if (self->input.n > 0 && self->input.n_predictors > 0)
    self->predictors[0][self->input.n / 2] = INFINITY;
}

static void
move_far (RandomInput *self)
{
  random_input_transform (self, 1e12, 1);
}

static void
make_tiny (RandomInput *self)
{
  random_input_transform (self, 0, 1e-300);
}

static void
make_huge (RandomInput *self)
{
  random_input_transform (self, 0, 1e300);
}

static void
make_largest (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = (i + j) % 2 == 0 ? DBL_MAX : -DBL_MAX;
}

static void
make_fractions (RandomInput *self)
{
  random_input_transform (self, 0.1, 0.3);
}

static void
make_first_constant (RandomInput *self)
{
  for (gsize i = 0; i < self->input.n && self->input.n_values > 0; i++)
    self->values[0][i] = 2;
}

/* Every column is the first: no differences between them, nothing of their own. */
static void
make_columns_equal (RandomInput *self)
{
  for (gsize j = 1; j < self->input.n_values; j++)
    memcpy (self->values[j], self->values[0], self->input.n * sizeof (double));
}

static void
make_columns_mirrored (RandomInput *self)
{
  for (gsize j = 1; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = -self->values[0][i];
}

static void
make_columns_parallel (RandomInput *self)
{
  for (gsize j = 1; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = self->values[0][i] + (double) j;
}

/* The first is the second less the third, which are of one length and at right angles. */
static void
make_columns_a_plane (RandomInput *self)
{
  static const double plane[4][4]
      = { { 0, 1, 1, 0 }, { 2, 1, -1, 2 }, { -2, -1, 1, 1 }, { 0, -1, -1, 3 } };

  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = i < self->input.n - self->input.n % 4 ? plane[i % 4][j % 4] : NAN;
}

/* Each row answers one pair of columns, and those two oppose each other: correlations of −1 all
 * round, which rows without gaps cannot have. */
static void
make_pairs_oppose (RandomInput *self)
{
  gsize k = self->input.n_values, a = 0, b = 1;

  for (gsize i = 0; i < self->input.n && k > 1; i++)
    {
      double x = self->values[0][i];

      for (gsize j = 0; j < k; j++)
        self->values[j][i] = j == a ? x : j == b ? -x : NAN;
      if (++b == k)
        b = ++a + 1;
      if (b == k)
        {
          a = 0;
          b = 1;
        }
    }
}

static void
blank_alternately (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      if ((i + j) % 2 == 0)
        self->values[j][i] = NAN;
}

static void
empty_group (RandomInput *self)
{
  for (gsize k = 0; k < self->input.n_groups; k++)
    for (gsize i = 0; i < self->input.n; i++)
      if (self->codes[k][i] == 0)
        self->codes[k][i] = 1;
}

static void
empty_cell (RandomInput *self)
{
  for (gsize i = 0; i < self->input.n && self->input.n_groups > 0; i++)
    if (self->codes[0][i] == 0 && (self->input.n_groups == 1 || self->codes[1][i] == 0))
      self->values[0] != NULL ? (void) (self->values[0][i] = NAN) : (void) (self->codes[0][i] = -1);
}

static void
blank_groups (RandomInput *self)
{
  for (gsize k = 0; k < self->input.n_groups; k++)
    for (gsize i = 0; i < self->input.n; i++)
      self->codes[k][i] = -1;
  for (gsize i = 0; i < self->input.n && self->input.cluster != NULL; i++)
    self->codes[2][i] = -1;
}

static void
make_one_each (RandomInput *self)
{
  for (gsize k = 0; k < self->input.n_groups; k++)
    for (gsize i = 0; i < self->input.n; i++)
      self->codes[k][i] = i < self->groups[k].n_levels ? (int) i : -1;
}

static void
make_one_level (RandomInput *self)
{
  for (gsize k = 0; k < self->input.n_groups; k++)
    for (gsize i = 0; i < self->input.n; i++)
      self->codes[k][i] = 0;
  for (gsize i = 0; i < self->input.n && self->input.cluster != NULL; i++)
    self->codes[2][i] = 0;
}

/* The value follows from the group: no spread within. */
static void
make_groups_flat (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values && self->input.n_groups > 0; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = self->codes[0][i];
}

static void
make_predictor_constant (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_predictors; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->predictors[j][i] = 7;
}

static void
make_predictors_equal (RandomInput *self)
{
  for (gsize j = 1; j < self->input.n_predictors; j++)
    memcpy (self->predictors[j], self->predictors[0], self->input.n * sizeof (double));
}

/* The outcome follows from the predictor, for numbers as for yes and no. */
static void
make_outcome_follow (RandomInput *self)
{
  if (self->input.n_values == 0 || self->input.n_predictors == 0)
    return;
  for (gsize i = 0; i < self->input.n; i++)
    self->predictors[0][i] = 2 * self->values[0][i] - 1;
}

static void
make_values_follow_predictor (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values && self->input.n_predictors > 0; j++)
    memcpy (self->values[j], self->predictors[0], self->input.n * sizeof (double));
}

static void
make_weightless (RandomInput *self)
{
  for (gsize i = 0; i < self->input.n && self->input.weight != NULL; i++)
    self->weight[i] = 0;
}

static void
add_infinite_weight (RandomInput *self)
{
  if (self->input.n > 0 && self->input.weight != NULL)
    self->weight[self->input.n / 2] = INFINITY;
}

static void
make_weights_wrong (RandomInput *self)
{
  for (gsize i = 0; i < self->input.n && self->input.weight != NULL; i++)
    self->weight[i] = i % 3 == 0 ? -1 : i % 3 == 1 ? NAN : INFINITY;
}

/* Two columns without a value in common: more categories than two raters can have. */
static void
make_all_different (RandomInput *self)
{
  for (gsize j = 0; j < self->input.n_values && self->input.n_values == 2; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = (double) (i + j * self->input.n);
}

#define AS_MANY G_MAXUINT

static const HardInput kinds[] = {
  { "random", AS_MANY, NULL },
  { "no rows", 0, NULL },
  { "one row", 1, NULL },
  { "two rows", 2, NULL },
  { "three rows", 3, NULL },
  { "four rows", 4, NULL },
  { "five rows", 5, NULL },
  { "two hundred rows", 200, NULL },
  { "two hundred rows, two columns all different", 200, make_all_different },
  { "constant", AS_MANY, make_constant },
  { "all zero", AS_MANY, make_zero },
  { "all one", AS_MANY, make_one },
  { "one row, constant", 1, make_constant },
  { "two rows, constant", 2, make_constant },
  { "all missing", AS_MANY, make_missing },
  { "all infinite", AS_MANY, make_infinite },
  { "one value, the rest missing", AS_MANY, make_nearly_missing },
  { "one infinity", AS_MANY, add_infinity },
  { "an infinite predictor", AS_MANY, add_infinite_predictor },
  { "far from zero", AS_MANY, move_far },
  { "tiny", AS_MANY, make_tiny },
  { "huge", AS_MANY, make_huge },
  { "the largest numbers", AS_MANY, make_largest },
  { "decimal fractions", AS_MANY, make_fractions },
  { "first column constant", AS_MANY, make_first_constant },
  { "columns equal", AS_MANY, make_columns_equal },
  { "columns mirrored", AS_MANY, make_columns_mirrored },
  { "columns parallel", AS_MANY, make_columns_parallel },
  { "columns in one plane", AS_MANY, make_columns_a_plane },
  { "each pair of columns opposed", 200, make_pairs_oppose },
  { "every other value missing", AS_MANY, blank_alternately },
  { "an empty group", AS_MANY, empty_group },
  { "an empty cell", AS_MANY, empty_cell },
  { "nobody in a group", AS_MANY, blank_groups },
  { "one in each group", AS_MANY, make_one_each },
  { "one group", AS_MANY, make_one_level },
  { "no spread within groups", AS_MANY, make_groups_flat },
  { "predictors constant", AS_MANY, make_predictor_constant },
  { "predictors equal", AS_MANY, make_predictors_equal },
  { "outcome follows", AS_MANY, make_outcome_follow },
  { "values are the predictor", AS_MANY, make_values_follow_predictor },
  { "no weight", AS_MANY, make_weightless },
  { "an infinite weight", AS_MANY, add_infinite_weight },
  { "weights that are none", AS_MANY, make_weights_wrong },
};

const HardInput *
hard_input_list (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

/* What must be given as an option, an effect say, is now and then nothing or next to nothing. */
static void
bend_options (RandomInput *self, const DhkMethod *method, GRand *rand)
{
  static const double little[] = { 0, 1e-7 };

  for (gsize i = 0; i < method->n_options; i++)
    {
      const DhkMethodOption *option = &method->options[i];

      if (option->kind == DHK_OPTION_NUMBER && isnan (option->fallback) && option->min <= 0
          && !isnan (self->options[i]) && g_rand_double (rand) < 0.4)
        self->options[i] = little[g_rand_int_range (rand, 0, G_N_ELEMENTS (little))];
    }
}

void
hard_input_init (RandomInput *self, const HardInput *kind, const DhkMethod *method, GRand *rand)
{
  RandomRows rows = { 8, 40, 0.1 };

  if ((method->traits & DHK_METHOD_SMALL_DATA) != 0)
    rows = (RandomRows){ 5, 12, 0.1 };
  if (kind->n != AS_MANY)
    rows = (RandomRows){ kind->n, kind->n, 0 };
  random_input_init (self, method, rand, rows);
  if (kind->bend != NULL)
    kind->bend (self);
  bend_options (self, method, rand);
}

/* Summaries */

/* Rows of up to three numbers; further columns repeat the last. */
static const double summaries[][3][3] = {
  { { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } },
  { { 1, 3, 0 }, { 1, 2, 0 }, { 1, 4, 0 } },
  { { 2, 3, 1 }, { 2, 2, 1 }, { 2, 5, 1 } },
  { { 10, 3, 0 }, { 10, 3, 0 }, { 10, 3, 0 } },
  { { 10, 3, 0 }, { 10, 4, 0 }, { 10, 5, 0 } },
  { { 10, 3, 1 }, { 0, NAN, NAN }, { 10, 4, 1 } },
  { { 10, 3, 1 }, { 1, 4, NAN }, { 12, 4, 1 } },
  { { 10, 3, -1 }, { 10, 4, 1 }, { 10, 4, 1 } },
  { { 10, NAN, 1 }, { 10, 4, 1 }, { 10, 4, 1 } },
  { { 10, 3, INFINITY }, { 10, 4, 1 }, { 10, 4, 1 } },
  { { 10, 1e308, 1e308 }, { 10, -1e308, 1e308 }, { 10, 0, 1e308 } },
  { { 1e15, 3, 1 }, { 1e15, 3.1, 1 }, { 1e15, 2.9, 1 } },
  { { 10, 1e12, 1 }, { 12, 1e12 + 1, 1 }, { 14, 1e12 + 2, 1 } },
  { { 2.5, 3, 1 }, { 10, 4, 1 }, { 10, 4, 1 } },
  { { -3, 3, 1 }, { 10, 4, 1 }, { 10, 4, 1 } },
  { { 40, 0.3, 0.5 }, { 30, -0.2, 0.4 }, { 20, 0.1, 0.9 } },
  { { 40, 1, 1 }, { 30, 1, 1 }, { 30, -1, -1 } },
  { { 8, 0, 0.5 }, { 4, 1, 0.5 }, { 4, 1, 0.5 } },
  { { 8, 3, 0.5 }, { 4, 1, 0.5 }, { 4, 1, 0.5 } },
  { { 10, 3, 1 }, { 4, 3, 1 }, { 5, 3, 1 } },
};

guint
hard_summary_count (void)
{
  return G_N_ELEMENTS (summaries);
}

double *
hard_summary_new (guint kind, const DhkMethod *method, gsize n_columns, gsize *n_rows)
{
  gsize most = MIN (method->summary_rows.most, MAX (3, method->summary_rows.least));
  double *rows;

  *n_rows = MAX (most, method->summary_rows.least);
  rows = g_new (double, MAX (1, *n_rows * n_columns));
  for (gsize i = 0; i < *n_rows; i++)
    for (gsize j = 0; j < n_columns; j++)
      rows[i * n_columns + j] = summaries[kind][i % 3][MIN (j, 2)];
  return rows;
}
