/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Everything between cells is a regression of their means with weight n: as many
 * rows as cells, however many values. Rows are multiplied by √n.
 */

#include "stats/dhk-anova-two-way.h"

#include "stats/dhk-double-double.h"
#include "stats/dhk-model-terms.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  size_t n;
  double min;
  double max;
  DhkDoubleDouble sum;
  DhkDoubleDouble mean;
  DhkDoubleDouble squares;
} Cell;

typedef struct
{
  size_t n_a, n_b;
  Cell *cells;          /* n_a × n_b */
  DhkDoubleDouble mean; /* of all values */
  size_t *level_a;      /* of each level: which one it is of those that hold values; n_a more */
  size_t *level_b;
  size_t used_a, used_b; /* levels that hold values */
  size_t n_cells;        /* cells that do */
  double *y;             /* per cell that does: √n (mean − mean of all) */
  double *rest;          /* of y, while it is explained */
  double *column;
} Table;

static void
table_clear (Table *self)
{
  free (self->cells);
  free (self->level_a);
  free (self->level_b);
  free (self->y);
  free (self->rest);
  free (self->column);
}

static bool
table_allocate (Table *self)
{
  size_t n = self->n_a * self->n_b;

  if (self->n_b > 0 && self->n_a > (size_t) -1 / sizeof (Cell) / 2 / self->n_b)
    return false;
  self->cells = calloc (n + 1, sizeof *self->cells);
  self->level_a = calloc (self->n_a + 1, sizeof *self->level_a);
  self->level_b = calloc (self->n_b + 1, sizeof *self->level_b);
  self->y = calloc (n + 1, sizeof *self->y);
  self->rest = calloc (n + 1, sizeof *self->rest);
  self->column = calloc (n + 1, sizeof *self->column);
  return self->cells != NULL && self->level_a != NULL && self->level_b != NULL && self->y != NULL
         && self->rest != NULL && self->column != NULL;
}

/* Sums of the cells, then the squares within them. */
static DhkStatsStatus
table_fill (
    Table *self, const double *values, const int *a, const int *b, size_t n, size_t *n_valid)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (int pass = 0; pass < 2; pass++)
    {
      for (size_t i = 0; i < n; i++)
        {
          Cell *cell;

          if (a[i] < 0 || b[i] < 0 || isnan (values[i]))
            continue;
          cell = &self->cells[(size_t) a[i] * self->n_b + (size_t) b[i]];
          if (pass == 0)
            {
              if (isinf (values[i]))
                return DHK_STATS_NOT_FINITE;
              cell->min = cell->n == 0 ? values[i] : fmin (cell->min, values[i]);
              cell->max = cell->n == 0 ? values[i] : fmax (cell->max, values[i]);
              cell->n++;
              (*n_valid)++;
              cell->sum = dhk_dd_add (cell->sum, values[i]);
            }
          else if (cell->max > cell->min)
            {
              double d = dhk_dd_deviation (values[i], cell->mean);

              cell->squares = dhk_dd_add_product (cell->squares, d, d);
            }
        }
      for (size_t c = 0; pass == 0 && c < self->n_a * self->n_b; c++)
        if (self->cells[c].n > 0)
          {
            Cell *cell = &self->cells[c];

            sum = dhk_dd_add_dd (sum, cell->sum);
            cell->mean = dhk_dd_divide (cell->sum, (double) cell->n);
            if (!(cell->max > cell->min))
              cell->mean = (DhkDoubleDouble){ cell->min, 0 };
          }
      if (!isfinite (dhk_dd_value (sum)))
        return DHK_STATS_NOT_FINITE;
    }
  if (*n_valid > 0)
    self->mean = dhk_dd_divide (sum, (double) *n_valid);
  return *n_valid > 0 ? DHK_STATS_OK : DHK_STATS_NO_DATA;
}

/* Levels and cells that hold values, numbered through; an unused level has number 0 as well, and
 * is never asked for. */
static void
table_number (Table *self)
{
  size_t row = 0;

  for (size_t i = 0; i < self->n_a; i++)
    {
      bool used = false;

      for (size_t j = 0; j < self->n_b; j++)
        used |= self->cells[i * self->n_b + j].n > 0;
      self->level_a[i] = used ? self->used_a++ : 0;
    }
  for (size_t j = 0; j < self->n_b; j++)
    {
      bool used = false;

      for (size_t i = 0; i < self->n_a; i++)
        used |= self->cells[i * self->n_b + j].n > 0;
      self->level_b[j] = used ? self->used_b++ : 0;
    }
  for (size_t c = 0; c < self->n_a * self->n_b; c++)
    if (self->cells[c].n > 0)
      {
        DhkDoubleDouble mean = self->cells[c].mean;
        double d = dhk_dd_value (dhk_dd_add_dd (mean, dhk_dd_negate (self->mean)));

        /* where all values are equal, rounding of their mean is no effect */
        self->y[row++]
            = fabs (d) > 1e-26 * fabs (mean.hi) ? sqrt ((double) self->cells[c].n) * d : 0;
      }
  self->n_cells = row;
}

/* Effect coding: 1 for the level, −1 for the last one, else 0 */
static double
effect (size_t level, size_t column, size_t n_levels)
{
  return level == column ? 1 : level == n_levels - 1 ? -1 : 0;
}

typedef enum
{
  TERM_MEAN,
  TERM_A,
  TERM_B,
  TERM_INTERACTION,
  N_TERMS,
} Term;

/* Adds the columns of a term; how many were independent. */
static size_t
add_term (const Table *self, Term term, DhkModelTerms *model)
{
  bool by_a = term == TERM_A || term == TERM_INTERACTION;
  bool by_b = term == TERM_B || term == TERM_INTERACTION;
  size_t columns_a = by_a ? self->used_a - 1 : 1, columns_b = by_b ? self->used_b - 1 : 1;
  size_t before = model->n_kept;

  for (size_t column_a = 0; column_a < columns_a; column_a++)
    for (size_t column_b = 0; column_b < columns_b; column_b++)
      {
        size_t row = 0;

        for (size_t c = 0; c < self->n_a * self->n_b; c++)
          if (self->cells[c].n > 0)
            {
              double x = sqrt ((double) self->cells[c].n);

              if (by_a)
                x *= effect (self->level_a[c / self->n_b], column_a, self->used_a);
              if (by_b)
                x *= effect (self->level_b[c % self->n_b], column_b, self->used_b);
              self->column[row++] = x;
            }
        dhk_model_terms_add (model, self->column);
      }
  return model->n_kept - before;
}

/* What the last of `order` explains beyond those before it. */
static bool
explain_last (const Table *self, const Term *order, size_t n_terms, double *ss, double *df)
{
  DhkModelTerms model;
  bool ok = dhk_model_terms_init (&model, self->n_cells, self->n_cells);

  if (ok)
    {
      memcpy (self->rest, self->y, self->n_cells * sizeof *self->y);
      for (size_t i = 0; i < n_terms; i++)
        {
          size_t first = model.n_kept;

          *df = (double) add_term (self, order[i], &model);
          *ss = dhk_model_terms_explain (&model, first, self->rest);
        }
    }
  dhk_model_terms_clear (&model);
  return ok;
}

/* What stands before each term, by type */
static const Term orders[3][3][N_TERMS] = {
  { { TERM_MEAN, TERM_A },
    { TERM_MEAN, TERM_A, TERM_B },
    { TERM_MEAN, TERM_A, TERM_B, TERM_INTERACTION } },
  { { TERM_MEAN, TERM_B, TERM_A },
    { TERM_MEAN, TERM_A, TERM_B },
    { TERM_MEAN, TERM_A, TERM_B, TERM_INTERACTION } },
  { { TERM_MEAN, TERM_B, TERM_INTERACTION, TERM_A },
    { TERM_MEAN, TERM_A, TERM_INTERACTION, TERM_B },
    { TERM_MEAN, TERM_A, TERM_B, TERM_INTERACTION } },
};

static void
test_terms (DhkAnovaTwoWay *self, const Table *table, double confidence)
{
  DhkAnovaTerm *terms[] = { &self->first, &self->second, &self->interaction };

  for (size_t t = 0; t < 3; t++)
    {
      const Term *order = orders[self->type][t], wanted = (Term) (TERM_A + t);
      size_t n_terms = 1;
      double ss = NAN, df = NAN;

      while (order[n_terms - 1] != wanted)
        n_terms++;
      if (!explain_last (table, order, n_terms, &ss, &df))
        {
          self->status = DHK_STATS_NO_MEMORY;
          return;
        }
      *terms[t] = dhk_anova_term (ss, df, self->ss_error, self->df_error, self->ss_total, self->n,
                                  confidence);
    }
}

static void
analyse (DhkAnovaTwoWay *self, const Table *table, double confidence)
{
  DhkDoubleDouble within = { 0, 0 };
  double model;

  for (size_t c = 0; c < table->n_a * table->n_b; c++)
    within = dhk_dd_add_dd (within, table->cells[c].squares);
  model = dhk_model_terms_product (table->y, table->y, table->n_cells);
  self->ss_error = dhk_dd_value (within);
  self->ss_total = self->ss_error + model;
  self->df_error = (double) (self->n - self->n_cells);
  if (!isfinite (self->ss_total))
    {
      self->ss_error = self->ss_total = self->df_error = NAN;
      self->status = DHK_STATS_NOT_FINITE;
      return;
    }
  if (self->df_error > 0)
    self->mse = self->ss_error / self->df_error;
  if (self->ss_total > 0)
    {
      self->r_squared = model / self->ss_total;
      if (self->df_error > 0)
        self->adjusted_r_squared = 1 - self->mse / (self->ss_total / (double) (self->n - 1));
    }
  if (self->type == DHK_SUM_OF_SQUARES_III && table->n_cells < table->used_a * table->used_b)
    self->status = DHK_STATS_EMPTY_CELL;
  else
    test_terms (self, table, confidence);
  if (self->status == DHK_STATS_OK && self->df_error < 1)
    self->status = DHK_STATS_TOO_FEW;
  else if (self->status == DHK_STATS_OK && !(self->ss_error > 0))
    self->status = DHK_STATS_NO_VARIANCE;
}

/* What is known of the means */

static void
fill_cells (const Table *table, DhkAnovaCell *cells)
{
  for (size_t c = 0; c < table->n_a * table->n_b; c++)
    {
      const Cell *cell = &table->cells[c];

      cells[c]
          = (DhkAnovaCell){ DHK_STATS_NO_DATA, c / table->n_b, c % table->n_b, cell->n, NAN, NAN };
      if (cell->n == 0)
        continue;
      cells[c].status = cell->n < 2 ? DHK_STATS_TOO_FEW : DHK_STATS_OK;
      cells[c].mean = dhk_dd_value (cell->mean);
      if (cell->n > 1)
        cells[c].sd = sqrt (dhk_dd_value (cell->squares) / (double) (cell->n - 1));
      if (cell->n > 1 && !isfinite (cells[c].sd))
        {
          cells[c].sd = NAN;
          cells[c].status = DHK_STATS_NOT_FINITE;
        }
    }
}

/* One level, whose cells stand `step` apart */
static DhkAnovaMargin
margin_of (const Cell *first, size_t step, size_t n_others, size_t used_others)
{
  DhkAnovaMargin result = { DHK_STATS_NO_DATA, 0, NAN, DHK_STATS_EMPTY_CELL, NAN };
  DhkDoubleDouble sum = { 0, 0 }, means = { 0, 0 };
  size_t n_cells = 0;

  for (size_t i = 0; i < n_others; i++)
    if (first[i * step].n > 0)
      {
        n_cells++;
        result.n += first[i * step].n;
        sum = dhk_dd_add_dd (sum, first[i * step].sum);
        means = dhk_dd_add_dd (means, first[i * step].mean);
      }
  if (result.n == 0)
    return result;
  result.status = DHK_STATS_OK;
  result.mean = dhk_dd_value (dhk_dd_divide (sum, (double) result.n));
  if (n_cells < used_others)
    return result;
  result.marginal_status = DHK_STATS_OK;
  result.marginal_mean = dhk_dd_value (dhk_dd_divide (means, (double) n_cells));
  return result;
}

static void
fill_means (const Table *table, DhkAnovaCell *cells, DhkAnovaMargin *a, DhkAnovaMargin *b)
{
  if (cells != NULL)
    fill_cells (table, cells);
  for (size_t i = 0; a != NULL && i < table->n_a; i++)
    a[i] = margin_of (&table->cells[i * table->n_b], 1, table->n_b, table->used_b);
  for (size_t j = 0; b != NULL && j < table->n_b; j++)
    b[j] = margin_of (&table->cells[j], table->n_b, table->n_a, table->used_a);
}

static void
clear_means (const Table *table,
             DhkStatsStatus status,
             DhkAnovaCell *cells,
             DhkAnovaMargin *a,
             DhkAnovaMargin *b)
{
  for (size_t c = 0; cells != NULL && c < table->n_a * table->n_b; c++)
    cells[c] = (DhkAnovaCell){ status, c / table->n_b, c % table->n_b, 0, NAN, NAN };
  for (size_t i = 0; a != NULL && i < table->n_a; i++)
    a[i] = (DhkAnovaMargin){ status, 0, NAN, status, NAN };
  for (size_t j = 0; b != NULL && j < table->n_b; j++)
    b[j] = (DhkAnovaMargin){ status, 0, NAN, status, NAN };
}

static bool
levels_are_valid (const int *level, size_t n, size_t n_levels)
{
  for (size_t i = 0; i < n; i++)
    if (level[i] >= 0 && (size_t) level[i] >= n_levels)
      return false;
  return true;
}

static DhkAnovaTwoWay
undefined (DhkSumOfSquares type, double confidence)
{
  DhkAnovaTerm term = dhk_anova_term_undefined (DHK_STATS_OK, confidence);

  return (DhkAnovaTwoWay){ DHK_STATS_OK, type, 0,   0,   0,    NAN,  NAN,
                           NAN,          NAN,  NAN, NAN, term, term, term };
}

DhkAnovaTwoWay
dhk_anova_two_way (const double *values,
                   const int *a,
                   size_t n_a,
                   const int *b,
                   size_t n_b,
                   size_t n,
                   DhkSumOfSquares type,
                   double confidence,
                   DhkAnovaCell *cells,
                   DhkAnovaMargin *a_margins,
                   DhkAnovaMargin *b_margins)
{
  Table table = { n_a, n_b, NULL, { 0, 0 }, NULL, NULL, 0, 0, 0, NULL, NULL, NULL };
  DhkAnovaTwoWay result = undefined (type, confidence);

  if (!dhk_confidence_is_valid (confidence) || type > DHK_SUM_OF_SQUARES_III
      || !levels_are_valid (a, n, n_a) || !levels_are_valid (b, n, n_b))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (!table_allocate (&table))
    result.status = DHK_STATS_NO_MEMORY;
  else
    result.status = table_fill (&table, values, a, b, n, &result.n);
  if (result.status != DHK_STATS_OK)
    clear_means (&table, result.status, cells, a_margins, b_margins);
  else
    {
      result.n_missing = n - result.n;
      table_number (&table);
      result.n_cells = table.n_cells;
      fill_means (&table, cells, a_margins, b_margins);
      if (table.used_a < 2 || table.used_b < 2)
        result.status = DHK_STATS_TOO_FEW_GROUPS;
      else
        analyse (&result, &table, confidence);
    }
  if (result.status != DHK_STATS_OK && isnan (result.first.df))
    result.first = result.second = result.interaction
        = dhk_anova_term_undefined (result.status, confidence);
  table_clear (&table);
  return result;
}
