/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-chi-mixture.h"

#include "stats/dhk-chi-density.h"
#include "stats/dhk-root.h"

#include <math.h>
#include <stddef.h>

#define STEP 0.4 /* for one degree of freedom; shrinks with their root */
#define WIDEST_STEP 0.1
#define LARGEST_REMEMBERED 25.0
/* how much finer than needed a step may be before it is worth a new start */
#define FINEST_SHARED_STEP 4

/* U at e^(index · step): the values of one family and the search for its
 * quantile meet the same points again and again. */
static double
tail_at (DhkChiMixture *self, DhkUpperTail tail, const void *data, double index)
{
  double slot = index - self->first_remembered;
  double *memory = NULL;

  if (index * self->step < self->shape.certain)
    return 1;
  if (slot >= 0 && slot < DHK_CHI_MIXTURE_MEMORY)
    memory = &self->remembered[(size_t) slot];
  if (memory == NULL)
    return tail (exp (index * self->step), data);
  if (isnan (*memory))
    *memory = tail (exp (index * self->step), data);
  return *memory;
}

typedef struct
{
  DhkUpperTail tail;
  const void *data;
  double centre; /* a whole multiple of the step in ln (q s) */
  double u;      /* ln s there */
} Line;

/* One side of the trapezoidal sum. Counting from `centre` keeps the steps
 * between the points exact where the degrees of freedom are many. */
static double
sum_outwards (DhkChiMixture *self, const Line *line, int direction, double before)
{
  double sum = 0, last = 0;

  for (int i = direction < 0 ? direction : 0;; i += direction)
    {
      double term = exp (dhk_chi_log_kernel (line->u + i * self->step, self->df))
                    * tail_at (self, line->tail, line->data, line->centre + i);

      sum += term;
      if (!(term > last) && !(term > 1e-18 * (before + sum)))
        return sum;
      last = term;
    }
}

static double
get_step (const DhkChiMixture *self, double df)
{
  return fmin (WIDEST_STEP, STEP / sqrt (df)) / self->shape.steepness;
}

void
dhk_chi_mixture_init (DhkChiMixture *self, double df, DhkTailShape shape)
{
  self->df = df;
  self->shape = shape;
  self->step = 0;
  if (isinf (df))
    return;
  self->step = get_step (self, df);
  self->constant = dhk_chi_constant (df);
  self->first_remembered
      = ceil (log (LARGEST_REMEMBERED) / self->step) + 1 - DHK_CHI_MIXTURE_MEMORY;
  for (int i = 0; i < DHK_CHI_MIXTURE_MEMORY; i++)
    self->remembered[i] = NAN;
}

void
dhk_chi_mixture_set_df (DhkChiMixture *self, double df)
{
  double step = get_step (self, df);

  if (isinf (df) || !(self->step <= step && self->step * FINEST_SHARED_STEP >= step))
    {
      dhk_chi_mixture_init (self, df, self->shape);
      return;
    }
  self->df = df;
  self->constant = dhk_chi_constant (df);
}

double
dhk_chi_mixture_upper (DhkChiMixture *self, DhkUpperTail tail, const void *data, double q)
{
  Line line = { tail, data, 0, 0 };
  double right;

  if (isinf (self->df))
    return tail (q, data);

  /* the peak for a large q */
  line.centre = rint ((log (q) - log1p (2 * self->shape.rate * q * q / self->df) / 2) / self->step);
  line.u = line.centre * self->step - log (q);
  right = sum_outwards (self, &line, 1, 0);
  return self->constant * self->step * (right + sum_outwards (self, &line, -1, right));
}

/* Quantile */

typedef struct
{
  DhkMixedTail tail;
  void *self;
  double log_upper;
} Wanted;

static double
quantile_distance (double x, const void *data)
{
  const Wanted *wanted = data;
  double upper = wanted->tail (wanted->self, exp (x));

  return (upper > 0 ? log (upper) : -1e300) - wanted->log_upper;
}

double
dhk_chi_mixture_quantile (DhkMixedTail tail, void *self, double p, double low, double high)
{
  Wanted wanted = { tail, self, log1p (-p) };

  return exp (dhk_find_root (quantile_distance, &wanted, log (low * (1 - 1e-9) + 1e-12),
                             log (high * (1 + 1e-9))));
}
