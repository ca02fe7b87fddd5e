/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-profile.h"

#include "stats/dhk-double-double.h"
#include "stats/dhk-linear.h"
#include "stats/dhk-root.h"

#include <stdlib.h>
#include <string.h>

/* The grid on ln λ */
#define LEAST_LOG (-28.0)
#define MOST_LOG 28.0
#define N_GRID 29

/* A score as small as this, relative to its parts, says that λ is not to be known. */
#define FLAT 1e-9

/* All squares that are left, relative to those of the outcome: the square of a rounding error. */
#define ALL_ROUNDING 1e-26

/* Squares within clusters as small as this, relative to what they are the rest of, are rounding. */
#define ROUNDING 1e-13

/* Sums of so many clusters are taken in doubles, and their sum in double-double. */
#define BLOCK 64

DhkStatsStatus
dhk_profile_init (DhkProfile *self)
{
  size_t m = self->m, columns = m + 1;

  self->inverse = calloc (m * m, sizeof (double));
  self->b = calloc (m, sizeof (double));
  self->second = calloc (m * m, sizeof (double));
  self->third = calloc (m * m, sizeof (double));
  self->cross = calloc (m, sizeof (double));
  self->c = calloc (self->n_clusters, sizeof (double));
  self->work = calloc (columns * columns, sizeof (double));
  self->block = calloc (columns * columns, sizeof (double));
  self->sums = calloc (columns * columns, sizeof (DhkDoubleDouble));
  return self->inverse != NULL && self->b != NULL && self->second != NULL && self->third != NULL
                 && self->cross != NULL && self->c != NULL && self->work != NULL
                 && self->block != NULL && self->sums != NULL
             ? DHK_STATS_OK
             : DHK_STATS_NO_MEMORY;
}

void
dhk_profile_clear (DhkProfile *self)
{
  free (self->inverse);
  free (self->b);
  free (self->second);
  free (self->third);
  free (self->cross);
  free (self->c);
  free (self->work);
  free (self->block);
  free (self->sums);
  self->inverse = self->b = self->second = self->third = self->cross = NULL;
  self->c = self->work = self->block = NULL;
  self->sums = NULL;
}

/* A sum of many parts: doubles within a block, double-double over blocks. */
typedef struct
{
  DhkDoubleDouble total;
  double block;
} Sum;

static void
sum_close (Sum *self)
{
  self->total = dhk_dd_add (self->total, self->block);
  self->block = 0;
}

static void
close_block (DhkProfile *self, size_t n)
{
  for (size_t k = 0; k < n; k++)
    {
      self->sums[k] = dhk_dd_add (self->sums[k], self->block[k]);
      self->block[k] = 0;
    }
}

/* within + Σ c^power z̄z̄' over the clusters, for the first `columns` columns. */
static void
add_between (DhkProfile *self, size_t columns, int power, bool with_within, double *target)
{
  size_t stride = self->m + 1;

  memset (self->block, 0, columns * columns * sizeof (double));
  for (size_t a = 0; a < columns; a++)
    for (size_t b = 0; b < columns; b++)
      self->sums[a + b * columns]
          = (DhkDoubleDouble){ with_within ? self->within[a + b * stride] : 0, 0 };
  for (size_t i = 0; i < self->n_clusters; i++)
    {
      const double *mean = self->means + i * stride;
      double c = self->c[i], weight = power == 1 ? c : power == 2 ? c * c : c * c * c;

      for (size_t b = 0; b < columns; b++)
        {
          double weighted = weight * mean[b];

          for (size_t a = b; a < columns; a++)
            self->block[a + b * columns] += weighted * mean[a];
        }
      if (i % BLOCK == BLOCK - 1)
        close_block (self, columns * columns);
    }
  close_block (self, columns * columns);
  for (size_t b = 0; b < columns; b++)
    for (size_t a = b; a < columns; a++)
      target[a + b * columns] = target[b + a * columns]
          = dhk_dd_value (self->sums[a + b * columns]);
}

/* Σ a_jk b_jk: the trace of a product of symmetric matrices */
static double
trace_of_product (const double *a, const double *b, size_t m)
{
  double trace = 0;

  for (size_t i = 0; i < m * m; i++)
    trace += a[i] * b[i];
  return trace;
}

/* b and the inverse; the logarithm of the determinant of X'V⁻¹X. */
static DhkStatsStatus
solve (DhkProfile *self, double *log_determinant)
{
  size_t m = self->m, columns = m + 1;

  add_between (self, columns, 1, true, self->work);
  for (size_t a = 0; a < m; a++)
    {
      self->b[a] = self->work[a + m * columns];
      for (size_t b = 0; b < m; b++)
        self->inverse[a + b * m] = self->work[a + b * columns];
    }
  if (dhk_linear_cholesky (self->inverse, m) != DHK_STATS_OK)
    return DHK_STATS_SINGULAR;
  *log_determinant = dhk_linear_cholesky_log_determinant (self->inverse, m);
  dhk_linear_cholesky_solve (self->inverse, m, self->b, 1);
  dhk_linear_cholesky_invert (self->inverse, m);
  return DHK_STATS_OK;
}

/* What is left within clusters: v'Wv with v = (−b, 1); nothing where it is no more than rounding */
static double
within_squares (const DhkProfile *self)
{
  size_t m = self->m, columns = m + 1;
  DhkDoubleDouble sum = { 0, 0 };
  double sizes = 0;

  for (size_t a = 0; a < columns; a++)
    for (size_t b = 0; b < columns; b++)
      {
        double v = (a < m ? -self->b[a] : 1) * (b < m ? -self->b[b] : 1);

        sum = dhk_dd_add_product (sum, v, self->within[a + b * columns]);
        sizes += fabs (v * self->within[a + b * columns]);
      }
  return dhk_dd_value (sum) > ROUNDING * sizes ? dhk_dd_value (sum) : 0;
}

/* The sums over clusters that need b. */
typedef struct
{
  Sum squares;   /* Σ c r̄² */
  Sum slope;     /* Σ c² r̄² */
  Sum bend;      /* Σ c³ r̄² */
  Sum weights;   /* Σ c */
  Sum weights_2; /* Σ c² */
  Sum logs;      /* Σ ln (1 + λ n) */
} Residuals;

static void
close_sums (Residuals *sums)
{
  sum_close (&sums->squares);
  sum_close (&sums->slope);
  sum_close (&sums->bend);
  sum_close (&sums->weights);
  sum_close (&sums->weights_2);
  sum_close (&sums->logs);
}

static void
sum_residuals (DhkProfile *self, Residuals *sums)
{
  size_t m = self->m;

  memset (self->cross, 0, m * sizeof (double));
  for (size_t i = 0; i < self->n_clusters; i++)
    {
      const double *mean = self->means + i * (m + 1);
      double c = self->c[i], r = mean[m];

      for (size_t j = 0; j < m; j++)
        r -= self->b[j] * mean[j];
      for (size_t j = 0; j < m; j++)
        self->cross[j] += c * c * mean[j] * r;
      sums->squares.block += c * r * r;
      sums->slope.block += c * c * r * r;
      sums->bend.block += c * c * c * r * r;
      sums->weights.block += c;
      sums->weights_2.block += c * c;
      sums->logs.block += log1p (self->lambda * self->size[i]);
      if (i % BLOCK == BLOCK - 1)
        close_sums (sums);
    }
  close_sums (sums);
}

double
dhk_profile_find_curvature (DhkProfile *self)
{
  size_t m = self->m;
  double *product = self->work, squared = 0, form = 0, curvature;

  add_between (self, m, 3, false, self->third);
  for (size_t a = 0; a < m; a++)
    for (size_t b = 0; b < m; b++)
      {
        product[a + b * m] = 0;
        for (size_t k = 0; k < m; k++)
          product[a + b * m] += self->inverse[a + k * m] * self->second[k + b * m];
        form += self->cross[a] * self->inverse[a + b * m] * self->cross[b];
      }
  for (size_t a = 0; a < m; a++)
    for (size_t b = 0; b < m; b++)
      squared += product[a + b * m] * product[b + a * m];

  curvature = 2 * (self->bend - form) * self->df / self->squares - self->weights_2;
  if (self->restricted)
    curvature += 2 * trace_of_product (self->inverse, self->third, m) - squared;
  return curvature;
}

DhkStatsStatus
dhk_profile_evaluate (DhkProfile *self, double lambda)
{
  static const double log_2_pi = 1.8378770664093454836;
  size_t m = self->m;
  double log_determinant, variance;
  Residuals sums = { 0 };

  self->lambda = lambda;
  self->df = (double) (self->restricted ? self->n - m : self->n);
  self->squares = self->deviance = self->score = self->slope = NAN;
  for (size_t i = 0; i < self->n_clusters; i++)
    self->c[i] = self->size[i] / (1 + lambda * self->size[i]);
  if (solve (self, &log_determinant) != DHK_STATS_OK)
    return DHK_STATS_SINGULAR;
  add_between (self, m, 2, false, self->second);
  sum_residuals (self, &sums);

  self->squares = within_squares (self) + dhk_dd_value (sums.squares.total);
  self->slope = -dhk_dd_value (sums.slope.total);
  variance = self->squares / self->df;
  self->deviance = self->df * (1 + log_2_pi + log (variance)) + dhk_dd_value (sums.logs.total);
  self->score = self->slope / variance + dhk_dd_value (sums.weights.total);
  self->bend = dhk_dd_value (sums.bend.total);
  self->weights_2 = dhk_dd_value (sums.weights_2.total);
  if (self->restricted)
    {
      self->deviance += log_determinant;
      self->score -= trace_of_product (self->inverse, self->second, m);
    }
  return DHK_STATS_OK;
}

/* For dhk_find_root: the score, or the deviance less `level`, at exp (x). */
typedef struct
{
  DhkProfile *profile;
  double level;
} Search;

static double
score_at (double log_lambda, const void *data)
{
  const Search *search = data;

  dhk_profile_evaluate (search->profile, exp (log_lambda));
  return search->profile->score;
}

static double
height_at (double log_lambda, const void *data)
{
  const Search *search = data;

  dhk_profile_evaluate (search->profile, exp (log_lambda));
  return search->profile->deviance - search->level;
}

/* True where the predictors describe the means of all clusters. */
static bool
is_flat (const DhkProfile *self)
{
  double sum = 0;

  for (size_t i = 0; i < self->n_clusters; i++)
    sum += self->size[i] / (1 + self->lambda * self->size[i]);
  return sum - trace_of_product (self->inverse, self->second, self->m) < FLAT * sum;
}

static bool
is_lower (const DhkProfile *self, double least)
{
  return isfinite (self->deviance) && !(self->deviance >= least);
}

/* True where what the predictors leave of the outcome is rounding. */
static bool
leaves_nothing (const DhkProfile *self)
{
  size_t columns = self->m + 1;
  double total = self->within[columns * columns - 1];

  for (size_t i = 0; i < self->n_clusters; i++)
    {
      double mean = self->means[i * columns + self->m];

      total += self->size[i] * mean * mean;
    }
  return !(self->squares > ALL_ROUNDING * total);
}

DhkStatsStatus
dhk_profile_minimise (DhkProfile *self)
{
  Search search = { self, 0 };
  double best = NAN, least = INFINITY, before, last = LEAST_LOG;
  DhkStatsStatus status = dhk_profile_evaluate (self, 1);

  if (status != DHK_STATS_OK)
    return status;
  if (is_flat (self))
    return DHK_STATS_TOO_FEW_GROUPS;
  if (leaves_nothing (self))
    return DHK_STATS_NO_VARIANCE;

  status = dhk_profile_evaluate (self, 0);
  if (status != DHK_STATS_OK)
    return status;
  before = self->score;
  if (before >= 0)
    {
      best = 0;
      least = self->deviance;
    }
  for (size_t i = 0; i < N_GRID; i++)
    {
      double x = LEAST_LOG + (MOST_LOG - LEAST_LOG) * (double) i / (N_GRID - 1);
      double score = score_at (x, &search);

      if (before < 0 && score >= 0)
        {
          double root = i == 0 ? x : dhk_find_root (score_at, &search, last, x);

          status = dhk_profile_evaluate (self, exp (root));
          if (status == DHK_STATS_OK && is_lower (self, least))
            {
              best = self->lambda;
              least = self->deviance;
            }
        }
      before = score;
      last = x;
    }
  if (isnan (best))
    return before < 0 ? DHK_STATS_NO_VARIANCE : DHK_STATS_NO_CONVERGENCE;
  return dhk_profile_evaluate (self, best);
}

double
dhk_profile_find_rise (DhkProfile *self, double rise, bool above)
{
  Search search = { self, self->deviance + rise };
  double start = self->lambda > 0 ? log (self->lambda) : LEAST_LOG;
  double step = 1, end = start;

  if (!above)
    {
      dhk_profile_evaluate (self, 0);
      if (start <= LEAST_LOG || !(self->deviance > search.level))
        return 0;
    }
  while (fabs (end) < 3 * MOST_LOG)
    {
      end = above ? start + step : start - step;
      if (height_at (end, &search) > 0)
        return exp (dhk_find_root (height_at, &search, start, end));
      step *= 2;
    }
  return above ? INFINITY : 0;
}
