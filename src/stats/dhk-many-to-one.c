/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-many-to-one.h"

#include "stats/dhk-distribution.h"

#include <math.h>

/* How many standard deviations from the centre nothing is left of a normal
 * density, to the last bit of a double. */
#define REACH 8.7
/* The inner step; shrinks with the steepest that the product can be */
#define STEP 0.7
/* Beyond so many points the adaptive rule is quicker. */
#define MOST_POINTS 2000
#define DEEPEST 40
/* φ(37) is next to the smallest double. */
#define LARGEST 37.0

/* Half of the 16-point Gauss–Legendre rule on [−1, 1] */
static const struct
{
  double node;
  double weight;
} gauss_legendre[] = {
  { 0.9894009349916499326, 0.0271524594117540949 },
  { 0.9445750230732325761, 0.0622535239386478929 },
  { 0.8656312023878317439, 0.0951585116824927848 },
  { 0.7554044083550030339, 0.1246289712555338721 },
  { 0.6178762444026437484, 0.1495959888165767321 },
  { 0.4580167776572273863, 0.1691565193950025382 },
  { 0.2816035507792589132, 0.1826034150449235888 },
  { 0.0950125098376374402, 0.1894506104550684963 },
};
#define N_HALF_RULE (sizeof gauss_legendre / sizeof gauss_legendre[0])

typedef struct
{
  const DhkManyToOne *self;
  double h;
} Level;

static double
normal_beyond (double z)
{
  return 0.5 * erfc (z / M_SQRT2);
}

/* φ(x) times the chance that one or more pass ±h where the shared value is x ≥ 0 */
static double
integrand (const Level *level, double x)
{
  const DhkManyToOne *self = level->self;
  double density = exp (-x * x / 2) / sqrt (2 * M_PI);
  double log_none = 0;

  for (size_t i = 0; i < self->n_kinds; i++)
    {
      double near = (level->h - self->shared[i] * x) / self->own[i];
      double far = (level->h + self->shared[i] * x) / self->own[i];
      double beyond;

      if (near < -REACH)
        return density;
      beyond = normal_beyond (near);
      /* their ratio is about e^(near²/2 − far²/2) */
      if (far - near < 80 / (far + near))
        beyond += normal_beyond (far);
      if (beyond >= 1)
        return density;
      log_none += self->count[i] * log1p (-beyond);
    }
  return -density * expm1 (log_none);
}

static double
gauss (const Level *level, double low, double high)
{
  double centre = (low + high) / 2, half = (high - low) / 2, sum = 0;

  for (size_t i = 0; i < 2 * N_HALF_RULE; i++)
    {
      double node = gauss_legendre[i / 2].node;

      sum += gauss_legendre[i / 2].weight
             * integrand (level, centre + half * (i % 2 == 0 ? node : -node));
    }
  return sum * half;
}

static double
adapt (const Level *level, double low, double high, double whole, double *total, int depth)
{
  double middle = (low + high) / 2;
  double left = gauss (level, low, middle), right = gauss (level, middle, high);

  /* the best known sum of all parts, of which an error must be small */
  *total += left + right - whole;
  if (depth == DEEPEST || fabs (left + right - whole) <= 1e-15 * *total)
    return left + right;
  return adapt (level, low, middle, left, total, depth + 1)
         + adapt (level, middle, high, right, total, depth + 1);
}

static double
sum_adaptively (const Level *level, double low, double high)
{
  double whole = gauss (level, low, high), total = whole;

  return adapt (level, low, high, whole, &total, 0);
}

/* P(max |λ_i Z_0 + σ_i Z_i| > h) */
static double
largest_upper (double h, const void *data)
{
  const DhkManyToOne *self = data;
  Level level = { self, h };
  double low = fmax (0, self->least_shared * h - REACH), high = self->most_shared * h + REACH;
  double first = floor (low / self->step), sum = 0;

  if (h > LARGEST)
    return 0;
  if ((high - low) / self->step > MOST_POINTS)
    return fmin (2 * sum_adaptively (&level, low, high), 1);

  /* the integrand is even, and nothing is left of it at `low` unless that is 0 */
  if (first < 1)
    sum = -integrand (&level, 0) / 2;
  for (double x = first * self->step; x < high; x = ++first * self->step)
    sum += integrand (&level, x);
  return fmin (2 * self->step * sum, 1);
}

static void
add_kind (DhkManyToOne *self, size_t n_one, size_t n)
{
  double all = (double) n + (double) n_one;
  double shared = sqrt ((double) n / all), own = sqrt ((double) n_one / all);

  for (size_t i = 0; i < self->n_kinds; i++)
    if (fabs (self->own[i] - own) < 1e-16)
      {
        self->count[i]++;
        return;
      }
  self->count[self->n_kinds] = 1;
  self->shared[self->n_kinds] = shared;
  self->own[self->n_kinds++] = own;
  self->least_shared = fmin (self->least_shared, shared);
  self->most_shared = fmax (self->most_shared, shared);
}

bool
dhk_many_to_one_init (DhkManyToOne *self, size_t n_one, const size_t *n, size_t n_groups, double df)
{
  double steepest = 1;

  if (n_groups < 1 || n_groups > DHK_MANY_TO_ONE_MAX_GROUPS || n_one < 1 || !(df >= 1))
    return false;
  self->n_groups = n_groups;
  self->df = df > 1e15 ? INFINITY : df;
  self->n_kinds = 0;
  self->least_shared = 1;
  self->most_shared = 0;
  for (size_t i = 0; i < n_groups; i++)
    {
      if (n[i] < 1)
        return false;
      add_kind (self, n_one, n[i]);
      /* λ²/σ² */
      steepest += (double) n[i] / (double) n_one;
    }
  self->step = STEP / sqrt (steepest);
  /* P(max ≤ h) is of the order h² for two groups, and of a higher one for more */
  dhk_chi_mixture_init (&self->mixture, self->df,
                        (DhkTailShape){ .rate = 0.5,
                                        .steepness = 1 + fmax (0, log ((double) n_groups / 8)) / 4,
                                        .certain = -19 });
  return true;
}

double
dhk_many_to_one_upper (DhkManyToOne *self, double t)
{
  if (isnan (t))
    return NAN;
  if (!(t > 0))
    return 1;
  if (self->n_groups == 1)
    return dhk_t_two_sided (t, self->df);
  /* its square must not overflow; even at df = 1 nothing is left here */
  if (t > 1e100)
    return 0;
  return fmin (dhk_chi_mixture_upper (&self->mixture, largest_upper, self, t), 1);
}

/* Quantile */

static double
upper_tail (void *self, double q)
{
  return dhk_many_to_one_upper (self, q);
}

double
dhk_many_to_one_quantile (DhkManyToOne *self, double p)
{
  double one, all;

  if (!(p > 0 && p < 1))
    return NAN;
  one = -dhk_t_quantile ((1 - p) / 2, self->df);
  if (self->n_groups == 1)
    return one;
  all = -dhk_t_quantile ((1 - p) / (2 * (double) self->n_groups), self->df);
  return dhk_chi_mixture_quantile (upper_tail, self, p, one, all);
}
