/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-rotation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SWEEPS 2000
#define MAX_STEPS 20000

/* Kaiser's scaling */

/* Fills `scale` with the roots of the communalities (1 for an item without) and divides. */
static void
scale_down (double *loadings, size_t k, size_t m, bool kaiser, double *scale)
{
  for (size_t i = 0; i < k; i++)
    {
      double squares = 0;

      for (size_t f = 0; f < m; f++)
        squares += loadings[i + f * k] * loadings[i + f * k];
      scale[i] = kaiser && squares > 0 ? sqrt (squares) : 1;
      for (size_t f = 0; f < m; f++)
        loadings[i + f * k] /= scale[i];
    }
}

static void
scale_up (double *loadings, size_t k, size_t m, const double *scale)
{
  for (size_t i = 0; i < k; i++)
    for (size_t f = 0; f < m; f++)
      loadings[i + f * k] *= scale[i];
}

/* Varimax */

/* The angle that is best for two factors. */
static double
find_angle (const double *x, const double *y, size_t k)
{
  double a = 0, b = 0, c = 0, d = 0, size = 0, n = (double) k, across, along;

  for (size_t i = 0; i < k; i++)
    {
      double u = x[i] * x[i] - y[i] * y[i], v = 2 * x[i] * y[i];

      a += u;
      b += v;
      c += u * u - v * v;
      d += 2 * u * v;
      size += u * u + v * v;
    }
  across = d - 2 * a * b / n;
  along = c - (a * a - b * b) / n;
  /* where every angle is as good, rounding must not choose one */
  return hypot (across, along) > 1e-13 * size ? atan2 (across, along) / 4 : 0;
}

static void
turn (double *x, double *y, size_t k, double angle)
{
  double cosine = cos (angle), sine = sin (angle);

  for (size_t i = 0; i < k; i++)
    {
      double kept = x[i];

      x[i] = cosine * kept + sine * y[i];
      y[i] = cosine * y[i] - sine * kept;
    }
}

DhkStatsStatus
dhk_rotate_varimax (double *loadings, size_t k, size_t m, bool kaiser)
{
  double *scale = calloc (k, sizeof *scale);
  double largest = 1;

  if (scale == NULL)
    return DHK_STATS_NO_MEMORY;
  scale_down (loadings, k, m, kaiser, scale);
  for (int sweep = 0; sweep < MAX_SWEEPS && largest > 1e-14; sweep++)
    {
      largest = 0;
      for (size_t f = 0; f < m; f++)
        for (size_t g = f + 1; g < m; g++)
          {
            double angle = find_angle (loadings + f * k, loadings + g * k, k);

            turn (loadings + f * k, loadings + g * k, k, angle);
            largest = fmax (largest, fabs (angle));
          }
    }
  scale_up (loadings, k, m, scale);
  free (scale);
  return largest < 1e-9 ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
}

/* Oblimin */

/* All m × m but a, l and slope, which are k × m. */
typedef struct
{
  size_t k;
  size_t m;
  const double *a; /* the loadings to begin with */
  double *l;       /* the loadings at `t` */
  double *slope;   /* derivatives by the loadings */
  double *t;
  double *inverse;
  double *gradient; /* along the sphere */
  double *last_t;
  double *last_gradient;
  double *work;
} Oblimin;

/* Gauss–Jordan with row exchange; `work` is destroyed. */
static bool
invert (double *work, double *inverse, size_t m)
{
  for (size_t i = 0; i < m * m; i++)
    inverse[i] = i % (m + 1) == 0;
  for (size_t c = 0; c < m; c++)
    {
      size_t best = c;

      for (size_t i = c + 1; i < m; i++)
        if (fabs (work[i + c * m]) > fabs (work[best + c * m]))
          best = i;
      if (!(fabs (work[best + c * m]) > 1e-10))
        return false;
      for (size_t j = 0; j < m; j++)
        {
          double a = work[best + j * m], b = inverse[best + j * m];

          work[best + j * m] = work[c + j * m];
          work[c + j * m] = a;
          inverse[best + j * m] = inverse[c + j * m];
          inverse[c + j * m] = b;
        }
      double divisor = work[c + c * m];
      for (size_t j = 0; j < m; j++)
        {
          work[c + j * m] /= divisor;
          inverse[c + j * m] /= divisor;
        }
      for (size_t i = 0; i < m; i++)
        {
          double factor = work[i + c * m];

          for (size_t j = 0; j < m && i != c; j++)
            {
              work[i + j * m] -= factor * work[c + j * m];
              inverse[i + j * m] -= factor * inverse[c + j * m];
            }
        }
    }
  return true;
}

/* Loadings and criterion at `t`; infinite where factors have fallen together. */
static double
find_criterion (Oblimin *self)
{
  size_t k = self->k, m = self->m;
  double sum = 0;

  memcpy (self->work, self->t, m * m * sizeof (double));
  if (!invert (self->work, self->inverse, m))
    return INFINITY;
  for (size_t i = 0; i < k; i++)
    {
      double squares = 0;

      for (size_t f = 0; f < m; f++)
        {
          double loading = 0;

          for (size_t g = 0; g < m; g++)
            loading += self->a[i + g * k] * self->inverse[f + g * m];
          self->l[i + f * k] = loading;
          squares += loading * loading;
        }
      for (size_t f = 0; f < m; f++)
        {
          double square = self->l[i + f * k] * self->l[i + f * k];

          self->slope[i + f * k] = self->l[i + f * k] * (squares - square);
          sum += square * (squares - square);
        }
    }
  return sum / 4;
}

/* The gradient −(Λ' slope T⁻¹)', projected on columns of length 1; returns its length. */
static double
find_projection (Oblimin *self)
{
  size_t k = self->k, m = self->m;
  double squares = 0;

  for (size_t f = 0; f < m; f++)
    for (size_t g = 0; g < m; g++)
      {
        self->work[f + g * m] = 0;
        for (size_t i = 0; i < k; i++)
          self->work[f + g * m] += self->l[i + f * k] * self->slope[i + g * k];
      }
  for (size_t f = 0; f < m; f++)
    {
      double along = 0;

      for (size_t g = 0; g < m; g++)
        {
          double sum = 0;

          for (size_t h = 0; h < m; h++)
            sum -= self->work[f + h * m] * self->inverse[h + g * m];
          self->gradient[g + f * m] = sum;
          along += sum * self->t[g + f * m];
        }
      for (size_t g = 0; g < m; g++)
        {
          self->gradient[g + f * m] -= along * self->t[g + f * m];
          squares += self->gradient[g + f * m] * self->gradient[g + f * m];
        }
    }
  return sqrt (squares);
}

/* t = from − length · gradient, its columns brought back to length 1. */
static void
move (Oblimin *self, const double *from, const double *gradient, double length)
{
  size_t m = self->m;

  for (size_t f = 0; f < m; f++)
    {
      double squares = 0;

      for (size_t g = 0; g < m; g++)
        {
          self->t[g + f * m] = from[g + f * m] - length * gradient[g + f * m];
          squares += self->t[g + f * m] * self->t[g + f * m];
        }
      for (size_t g = 0; g < m; g++)
        self->t[g + f * m] /= sqrt (squares);
    }
}

static void
keep (Oblimin *self)
{
  memcpy (self->last_t, self->t, self->m * self->m * sizeof (double));
  memcpy (self->last_gradient, self->gradient, self->m * self->m * sizeof (double));
}

/* Downhill until the gradient is below `enough`; returns its length. The same steps as
 * GPArotation takes, so that of several minima the same one is found. */
static double
descend (Oblimin *self, double enough)
{
  double value = find_criterion (self), slope = find_projection (self), length = 1;

  for (int step = 0; step < MAX_STEPS && slope > enough; step++)
    {
      double tried = INFINITY;

      keep (self);
      length *= 2;
      for (int half = 0; half <= 10; half++)
        {
          move (self, self->last_t, self->last_gradient, length);
          tried = find_criterion (self);
          if (value - tried > 0.5 * slope * slope * length)
            break;
          length /= 2;
        }
      if (!isfinite (tried))
        return INFINITY;
      value = tried;
      slope = find_projection (self);
    }
  return slope;
}

/* The length of a step that the last change of the gradient suggests. */
static double
find_length (const Oblimin *self)
{
  double squares = 0, product = 0;

  for (size_t i = 0; i < self->m * self->m; i++)
    {
      double dt = self->t[i] - self->last_t[i];

      squares += dt * dt;
      product += dt * (self->gradient[i] - self->last_gradient[i]);
    }
  return product > 0 ? squares / product : 0.1;
}

/* The last digits, where the criterion is too flat to be compared. Leaves t, and the loadings,
 * where the gradient was least. */
static double
polish (Oblimin *self, double slope, double *best_t)
{
  size_t size = self->m * self->m * sizeof (double);
  double best = slope, length = 0.1;

  memcpy (best_t, self->t, size);
  for (int step = 0, since_best = 0; since_best < 60 && best > 1e-16 && step < MAX_STEPS; step++)
    {
      keep (self);
      move (self, self->last_t, self->last_gradient, length);
      if (!isfinite (find_criterion (self)))
        break;
      slope = find_projection (self);
      length = find_length (self);
      since_best = slope < best ? 0 : since_best + 1;
      if (slope < best)
        {
          best = slope;
          memcpy (best_t, self->t, size);
        }
    }
  memcpy (self->t, best_t, size);
  find_criterion (self);
  return best;
}

static DhkStatsStatus
run_oblimin (Oblimin *self, double *best_t)
{
  double slope;

  for (size_t i = 0; i < self->m * self->m; i++)
    self->t[i] = i % (self->m + 1) == 0;
  slope = descend (self, 1e-6);
  if (!(slope < 1e-3))
    return DHK_STATS_NO_CONVERGENCE;
  return polish (self, slope, best_t) < 1e-10 ? DHK_STATS_OK : DHK_STATS_NO_CONVERGENCE;
}

DhkStatsStatus
dhk_rotate_oblimin (double *loadings, size_t k, size_t m, bool kaiser, double *phi)
{
  size_t square = m * m;
  double *block = calloc (2 * k * m + 7 * square + k, sizeof *block);
  double *scale = block + 2 * k * m + 7 * square, *t = block + 2 * k * m;
  DhkStatsStatus status;
  Oblimin self;

  if (block == NULL)
    return DHK_STATS_NO_MEMORY;
  self = (Oblimin){ k,
                    m,
                    loadings,
                    block,
                    block + k * m,
                    t,
                    t + square,
                    t + 2 * square,
                    t + 3 * square,
                    t + 4 * square,
                    t + 5 * square };
  scale_down (loadings, k, m, kaiser, scale);
  status = run_oblimin (&self, t + 6 * square);
  memcpy (loadings, self.l, k * m * sizeof *loadings);
  scale_up (loadings, k, m, scale);
  for (size_t f = 0; f < m; f++)
    for (size_t g = 0; g < m; g++)
      {
        phi[f + g * m] = 0;
        for (size_t h = 0; h < m; h++)
          phi[f + g * m] += self.t[h + f * m] * self.t[h + g * m];
      }
  for (size_t f = 0; f < m; f++)
    phi[f + f * m] = 1;
  free (block);
  return status;
}
