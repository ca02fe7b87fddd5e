/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-regression-refine.h"

#include "stats/dhk-linear.h"

#include <stdlib.h>

#define MOST_ROUNDS 60

/* A correction as small as this, relative to what it corrects, is the end. */
#define ENOUGH 1e-25

/* Corrections as small as this that shrink no more are the rounding of double-double. */
#define NEARLY_ENOUGH 1e-19

/* Where they stop shrinking before, they must at least be as small as this. */
#define LEAST_ENOUGH 1e-14

/* So often: the residuals may have to come to rest before the coefficients do. */
#define MOST_STALLS 4

/* With a smaller diagonal element the rank is not known to a double. */
#define SMALLEST_PIVOT 0x1p-50

typedef struct
{
  size_t n;
  size_t p;
  DhkDoubleDouble *x; /* n × p, about the mean */
  DhkDoubleDouble *y; /* n, about the mean */
  DhkDoubleDouble *r; /* n */
  DhkDoubleDouble *b; /* p, of the system that is being solved */
  double *f;          /* n */
  double *g;          /* p, in the order of the pivots */
  double *h;          /* p */
  DhkLinearQr qr;
} System;

static void
clear (System *self)
{
  free (self->x);
  free (self->y);
  free (self->r);
  free (self->b);
  free (self->f);
  free (self->g);
  free (self->h);
  dhk_linear_qr_clear (&self->qr);
}

static DhkStatsStatus
decompose (System *self)
{
  double *rounded = calloc (self->n * self->p, sizeof (double));
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (rounded != NULL)
    {
      for (size_t i = 0; i < self->n * self->p; i++)
        rounded[i] = dhk_dd_value (self->x[i]);
      status = dhk_linear_qr (&self->qr, rounded, self->n, self->p);
    }
  free (rounded);
  return status;
}

static DhkStatsStatus
init (System *self, const DhkDesign *design, size_t p)
{
  size_t n = design->n;

  *self = (System){ .n = n, .p = p };
  self->x = calloc (n * p, sizeof (DhkDoubleDouble));
  self->y = calloc (n, sizeof (DhkDoubleDouble));
  self->r = calloc (n, sizeof (DhkDoubleDouble));
  self->b = calloc (p, sizeof (DhkDoubleDouble));
  self->f = calloc (n, sizeof (double));
  self->g = calloc (p, sizeof (double));
  self->h = calloc (p, sizeof (double));
  if (self->x == NULL || self->y == NULL || self->r == NULL || self->b == NULL || self->f == NULL
      || self->g == NULL || self->h == NULL)
    return DHK_STATS_NO_MEMORY;

  for (size_t j = 0; j < p; j++)
    for (size_t i = 0; i < n; i++)
      self->x[i + j * n] = dhk_dd_subtract (dhk_design_get (design, i, j), design->mean[j]);
  for (size_t i = 0; i < n; i++)
    self->y[i] = dhk_dd_subtract (dhk_design_get (design, i, design->p), design->mean[design->p]);
  return decompose (self);
}

/* The ratio of the largest and smallest singular value of R, its columns of length 1. */
static DhkStatsStatus
find_condition (const System *self, double *condition)
{
  size_t p = self->p;
  double *scaled = calloc (p * p, sizeof (double)), *values = calloc (p, sizeof (double));
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (scaled != NULL && values != NULL)
    {
      for (size_t j = 0; j < p; j++)
        {
          double squares = 0;

          for (size_t i = 0; i <= j; i++)
            squares += self->qr.qr[i + j * self->n] * self->qr.qr[i + j * self->n];
          for (size_t i = 0; i <= j; i++)
            scaled[i + j * p] = self->qr.qr[i + j * self->n] / sqrt (squares);
        }
      status = dhk_linear_singular_values (scaled, p, p, values);
      *condition = values[0] / values[p - 1];
      if (status == DHK_STATS_OK && !(values[p - 1] > SMALLEST_PIVOT * values[0]))
        status = DHK_STATS_SINGULAR;
    }
  free (scaled);
  free (values);
  return status == DHK_STATS_OK || status == DHK_STATS_NO_MEMORY ? status : DHK_STATS_SINGULAR;
}

/* f = (f₀ − r − X b) and g = (g₀ − X'r), rounded at the very end; f₀ is y or 0, g₀ 0 or −e_unit. */
static void
find_residuals (System *self, bool outcome, size_t unit)
{
  for (size_t i = 0; i < self->n; i++)
    {
      DhkDoubleDouble sum = dhk_dd_negate (self->r[i]);

      if (outcome)
        sum = dhk_dd_add_dd (sum, self->y[i]);
      for (size_t j = 0; j < self->p; j++)
        sum = dhk_dd_subtract (sum, dhk_dd_multiply (self->x[i + j * self->n], self->b[j]));
      self->f[i] = dhk_dd_value (sum);
    }
  for (size_t k = 0; k < self->p; k++)
    {
      size_t j = (size_t) self->qr.pivot[k];
      DhkDoubleDouble sum = { !outcome && j == unit ? -1 : 0, 0 };

      for (size_t i = 0; i < self->n; i++)
        sum = dhk_dd_subtract (sum, dhk_dd_multiply (self->x[i + j * self->n], self->r[i]));
      self->g[k] = dhk_dd_value (sum);
    }
}

/* Adds the correction that f and g ask for; its size relative to b. */
static double
correct (System *self)
{
  double largest = 0, correction = 0;

  for (size_t k = 0; k < self->p; k++)
    self->h[k] = self->g[k];
  dhk_linear_qr_solve (&self->qr, self->h, true);
  dhk_linear_qr_apply (&self->qr, self->f, true);
  for (size_t k = 0; k < self->p; k++)
    {
      double upper = self->f[k];

      self->f[k] = self->h[k];
      self->h[k] = upper - self->h[k];
    }
  dhk_linear_qr_apply (&self->qr, self->f, false);
  dhk_linear_qr_solve (&self->qr, self->h, false);

  for (size_t i = 0; i < self->n; i++)
    self->r[i] = dhk_dd_add (self->r[i], self->f[i]);
  for (size_t k = 0; k < self->p; k++)
    {
      DhkDoubleDouble *b = &self->b[self->qr.pivot[k]];

      *b = dhk_dd_add (*b, self->h[k]);
      largest = fmax (largest, fabs (b->hi));
      correction = fmax (correction, fabs (self->h[k]));
    }
  return largest > 0 ? correction / largest : 0;
}

static DhkStatsStatus
solve (System *self, bool outcome, size_t unit)
{
  double least = INFINITY;
  size_t n_stalls = 0;

  for (size_t i = 0; i < self->n; i++)
    self->r[i] = (DhkDoubleDouble){ 0, 0 };
  for (size_t j = 0; j < self->p; j++)
    self->b[j] = (DhkDoubleDouble){ 0, 0 };
  for (size_t round = 0; round < MOST_ROUNDS && n_stalls < MOST_STALLS; round++)
    {
      double size;

      find_residuals (self, outcome, unit);
      size = correct (self);
      if (size <= ENOUGH || (size <= NEARLY_ENOUGH && !(size < least / 2)))
        return DHK_STATS_OK;
      n_stalls += !(size < least / 2);
      least = fmin (least, size);
    }
  return least <= LEAST_ENOUGH ? DHK_STATS_OK : DHK_STATS_SINGULAR;
}

static DhkStatsStatus
solve_all (System *system, DhkLeastSquares *self)
{
  DhkStatsStatus status = solve (system, true, 0);

  for (size_t j = 0; j < self->p && status == DHK_STATS_OK; j++)
    self->b[j] = system->b[j];
  for (size_t unit = 0; unit < self->p && status == DHK_STATS_OK; unit++)
    {
      status = solve (system, false, unit);
      for (size_t j = 0; j < self->p; j++)
        self->inverse[j + unit * self->p] = system->b[j];
    }
  return status;
}

DhkStatsStatus
dhk_regression_refine (DhkLeastSquares *self, const DhkDesign *design)
{
  System system;
  DhkStatsStatus status = init (&system, design, self->p);

  if (status == DHK_STATS_OK)
    status = find_condition (&system, &self->condition);
  if (status == DHK_STATS_OK)
    status = solve_all (&system, self);
  clear (&system);
  return status;
}
