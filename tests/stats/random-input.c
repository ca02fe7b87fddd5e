/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-input.h"

#include <math.h>
#include <string.h>

static double
draw_normal (GRand *rand)
{
  double u = 1 - g_rand_double (rand), v = g_rand_double (rand);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

/* A multiple of 1/1024 */
static double
round_value (double x)
{
  return round (x * 1024) / 1024;
}

/* What a row has beneath its answers. */
typedef struct
{
  double trait;
  double group;
} Beneath;

static double
draw_value (DhkLevel level, gboolean likert, const Beneath *row, GRand *rand)
{
  double x = row->trait + row->group + draw_normal (rand);

  switch (level)
    {
    case DHK_LEVEL_NOMINAL:
      return CLAMP (round (1.5 + x), 0, 3);
    case DHK_LEVEL_BINARY:
      return x > 0;
    case DHK_LEVEL_PROBABILITY:
      return g_rand_double (rand);
    case DHK_LEVEL_FIXED:
      return CLAMP (round (x), -2, 2);
    case DHK_LEVEL_RATIO:
      return round_value (exp (0.4 * x)) + 1.0 / 1024;
    case DHK_LEVEL_ORDINAL:
    case DHK_LEVEL_INTERVAL:
    default:
      return likert ? CLAMP (round (3 + x), 1, 5) : round_value (3 + x);
    }
}

static guint
draw_need (DhkNeed need, guint more, GRand *rand)
{
  gsize most = MIN (need.most, need.least + more);

  most = MIN (most, RANDOM_INPUT_MAX_COLUMNS);
  return (guint) g_rand_int_range (rand, (gint32) need.least, (gint32) most + 1);
}

static void
draw_factor (DhkFactor *factor, int **codes, guint n, guint n_levels, GRand *rand)
{
  *codes = g_new (int, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    (*codes)[i] = g_rand_int_range (rand, 0, (gint32) n_levels);
  *factor = (DhkFactor){ *codes, n_levels };
}

static void
draw_factors (RandomInput *self, const DhkMethod *method, guint n, GRand *rand)
{
  DhkNeed levels = method->levels;
  guint n_groups = MIN (2, draw_need (method->needs[DHK_ROLE_GROUP], 1, rand));

  if (levels.most == 0)
    levels = (DhkNeed){ 2, 5 };
  for (guint i = 0; i < n_groups; i++)
    draw_factor (&self->groups[i], &self->codes[i], n,
                 i == 0 ? draw_need (levels, 3, rand) : (guint) g_rand_int_range (rand, 2, 4),
                 rand);
  self->input.groups = self->groups;
  self->input.n_groups = n_groups;

  if (method->needs[DHK_ROLE_CLUSTER].least > 0
      || (method->needs[DHK_ROLE_CLUSTER].most > 0 && g_rand_boolean (rand)))
    {
      draw_factor (&self->cluster, &self->codes[2], n, (guint) g_rand_int_range (rand, 2, 9), rand);
      self->input.cluster = &self->cluster;
    }
}

static void
draw_columns (RandomInput *self, const DhkMethod *method, guint n, double missing, GRand *rand)
{
  gboolean likert = g_rand_boolean (rand);
  g_autofree Beneath *beneath = g_new (Beneath, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    beneath[i]
        = (Beneath){ draw_normal (rand), self->input.n_groups > 0 ? 0.3 * self->codes[0][i] : 0 };
  for (guint j = 0; j < self->input.n_values; j++)
    {
      self->values[j] = g_new (double, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        self->values[j][i] = g_rand_double (rand) < missing
                                 ? NAN
                                 : draw_value (method->level, likert, &beneath[i], rand);
    }
  for (guint j = 0; j < self->input.n_predictors; j++)
    {
      self->predictors[j] = g_new (double, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        self->predictors[j][i] = g_rand_double (rand) < missing / 2
                                     ? NAN
                                     : round_value (0.5 * beneath[i].trait + draw_normal (rand));
      self->steps[j] = j == 0 ? 0 : self->steps[j - 1] + (gsize) g_rand_int_range (rand, 0, 2);
    }
  if (method->needs[DHK_ROLE_WEIGHT].least > 0
      || (method->needs[DHK_ROLE_WEIGHT].most > 0 && g_rand_boolean (rand)))
    {
      self->weight = g_new (double, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        self->weight[i] = g_rand_int_range (rand, 1, 5);
      self->input.weight = self->weight;
    }
}

void
random_input_draw_options (RandomInput *self, const DhkMethod *method, GRand *rand)
{
  dhk_method_get_defaults (method, self->options);
  for (gsize i = 0; i < method->n_options; i++)
    {
      const DhkMethodOption *option = &method->options[i];

      if (option->kind == DHK_OPTION_CHOICE)
        self->options[i] = g_rand_int_range (rand, 0, (gint32) option->max + 1);
      else if (strcmp (option->name, "confidence") == 0)
        self->options[i] = g_rand_double_range (rand, 0.8, 0.99);
      else if (isnan (option->fallback) && g_rand_double (rand) < 0.7)
        {
          double low = MAX (option->min, -3), high = MIN (option->max, low + 40);
          double drawn = g_rand_double_range (rand, low, high);

          self->options[i] = option->kind == DHK_OPTION_INTEGER ? ceil (drawn) : drawn;
        }
    }
  self->input.options = self->options;
}

void
random_input_stretch_options (RandomInput *self, const DhkMethod *method, GRand *rand)
{
  for (gsize i = 0; i < method->n_options; i++)
    if (method->options[i].kind != DHK_OPTION_CHOICE && g_rand_double (rand) < 0.3)
      self->options[i] = g_rand_boolean (rand) ? method->options[i].min : method->options[i].max;
}

static double
draw_printed (const char *column, GRand *rand)
{
  if (strcmp (column, "n") == 0)
    return g_rand_int_range (rand, 5, 60);
  if (strcmp (column, "items") == 0 || strcmp (column, "k") == 0)
    return g_rand_int_range (rand, 2, 7);
  if (column[0] == 'r')
    return g_rand_int_range (rand, -40, 41) / 100.0;
  if (strcmp (column, "SD") == 0)
    return g_rand_int_range (rand, 40, 120) / 100.0;
  if (strcmp (column, "alpha-low") == 0)
    return g_rand_int_range (rand, 20, 60) / 100.0;
  if (strcmp (column, "alpha-high") == 0)
    return g_rand_int_range (rand, 61, 95) / 100.0;
  return g_rand_int_range (rand, 200, 400) / 100.0;
}

void
random_input_init_summary (RandomInput *self, const DhkMethod *method, GRand *rand)
{
  g_auto (GStrv) columns = g_strsplit (method->summary_columns, " ", -1);
  guint n_columns = g_strv_length (columns);
  guint n_rows = draw_need (method->summary_rows, 4, rand);

  *self = (RandomInput){ 0 };
  self->summary = g_new (double, MAX (1, n_rows * n_columns));
  for (guint i = 0; i < n_rows * n_columns; i++)
    self->summary[i] = draw_printed (columns[i % n_columns], rand);
  self->input.summary = self->summary;
  self->input.n_summary_rows = n_rows;
  self->input.n_summary_columns = n_columns;
  random_input_draw_options (self, method, rand);
}

void
random_input_init (RandomInput *self, const DhkMethod *method, GRand *rand, RandomRows rows)
{
  guint n = (guint) g_rand_int_range (rand, (gint32) rows.least_rows, (gint32) rows.most_rows + 1);
  double missing = g_rand_boolean (rand) ? rows.missing : 0;

  *self = (RandomInput){ .input = { .n = n } };
  self->input.n_values = draw_need (method->needs[DHK_ROLE_VALUE], 4, rand);
  self->input.n_predictors = draw_need (method->needs[DHK_ROLE_PREDICTOR], 3, rand);
  self->input.values = (const double *const *) self->values;
  self->input.predictors = (const double *const *) self->predictors;
  self->input.step = self->steps;
  draw_factors (self, method, n, rand);
  draw_columns (self, method, n, missing, rand);
  random_input_draw_options (self, method, rand);
}

void
random_input_copy (RandomInput *self, const RandomInput *other)
{
  gsize n = MAX (other->input.n, 1);

  *self = *other;
  for (guint i = 0; i < RANDOM_INPUT_MAX_COLUMNS; i++)
    {
      self->values[i] = g_memdup2 (other->values[i], n * sizeof (double));
      self->predictors[i] = g_memdup2 (other->predictors[i], n * sizeof (double));
    }
  self->weight = g_memdup2 (other->weight, n * sizeof (double));
  self->summary = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->codes); i++)
    self->codes[i] = g_memdup2 (other->codes[i], n * sizeof (int));
  for (guint i = 0; i < G_N_ELEMENTS (self->groups); i++)
    self->groups[i].code = self->codes[i];
  self->cluster.code = self->codes[2];
  self->input.values = (const double *const *) self->values;
  self->input.predictors = (const double *const *) self->predictors;
  self->input.groups = self->groups;
  self->input.cluster = other->input.cluster != NULL ? &self->cluster : NULL;
  self->input.weight = self->weight;
  self->input.step = self->steps;
  self->input.options = self->options;
}

void
random_input_clear (RandomInput *self)
{
  for (guint i = 0; i < RANDOM_INPUT_MAX_COLUMNS; i++)
    {
      g_free (self->values[i]);
      g_free (self->predictors[i]);
    }
  g_free (self->weight);
  g_free (self->summary);
  for (guint i = 0; i < G_N_ELEMENTS (self->codes); i++)
    g_free (self->codes[i]);
  *self = (RandomInput){ 0 };
}

/* Changes */

void
random_input_transform (RandomInput *self, double shift, double scale)
{
  for (gsize j = 0; j < self->input.n_values; j++)
    for (gsize i = 0; i < self->input.n; i++)
      self->values[j][i] = shift + scale * self->values[j][i];
}

static void
swap_doubles (double *column, gsize i, gsize j)
{
  if (column != NULL)
    {
      double kept = column[i];

      column[i] = column[j];
      column[j] = kept;
    }
}

static void
swap_rows (RandomInput *self, gsize i, gsize j)
{
  for (guint k = 0; k < RANDOM_INPUT_MAX_COLUMNS; k++)
    {
      swap_doubles (self->values[k], i, j);
      swap_doubles (self->predictors[k], i, j);
    }
  swap_doubles (self->weight, i, j);
  for (guint k = 0; k < G_N_ELEMENTS (self->codes); k++)
    if (self->codes[k] != NULL)
      {
        int kept = self->codes[k][i];

        self->codes[k][i] = self->codes[k][j];
        self->codes[k][j] = kept;
      }
}

void
random_input_shuffle (RandomInput *self, GRand *rand, guint *order)
{
  for (gsize i = 0; i < self->input.n; i++)
    order[i] = (guint) i;
  for (gsize i = self->input.n; i > 1; i--)
    {
      gsize j = (gsize) g_rand_int_range (rand, 0, (gint32) i);
      guint kept = order[i - 1];

      order[i - 1] = order[j];
      order[j] = kept;
      swap_rows (self, i - 1, j);
    }
}

void
random_input_relabel (RandomInput *self, const guint *map)
{
  for (gsize i = 0; i < self->input.n; i++)
    if (self->codes[0][i] >= 0)
      self->codes[0][i] = (int) map[self->codes[0][i]];
}
