/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-power.h"

#include "stats/dhk-chi-density.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-noncentral-f.h"
#include "stats/dhk-noncentral-t.h"
#include "stats/dhk-root.h"

#include <math.h>
#include <stdbool.h>

/* beyond this many people no question is a practical one */
#define LARGEST_N 1e12

const char *const dhk_sides_names[] = { "two-sided", "one-sided", NULL };
const char *const dhk_t_design_names[] = { "independent", "paired", "one-sample", NULL };
const char *const dhk_power_r_variant_names[] = { "exact", "fisher-t", NULL };

/* Finding n */

typedef double (*PowerFunction) (double n, const void *test);

typedef struct
{
  PowerFunction power;
  const void *test;
  double wanted;
} Search;

static double
missing_power (double n, const void *data)
{
  const Search *search = data;

  return search->power (n, search->test) - search->wanted;
}

/* The n from `least` at which `power`, which rises, is the one wanted. */
static DhkStatsStatus
find_n (PowerFunction power, const void *test, double wanted, double least, double *n)
{
  Search search = { power, test, wanted };
  double low = least, high = least, missing = missing_power (least, &search);

  for (; missing < 0; missing = missing_power (high, &search))
    {
      if (high > LARGEST_N)
        return DHK_STATS_TOO_LARGE;
      low = high;
      high *= 2;
    }
  if (isnan (missing))
    return DHK_STATS_TOO_LARGE;
  *n = high > low ? dhk_find_root (missing_power, &search, low, high) : least;
  return isnan (*n) ? DHK_STATS_TOO_LARGE : DHK_STATS_OK;
}

/* Rounded up, but not for the sake of the last digit of a double. */
static double
round_up (double n)
{
  return ceil (n * (1 - 1e-12));
}

static bool
is_probability (double p)
{
  return p > 0 && p < 1;
}

/* Exactly one is given, and makes sense. */
static bool
question_is_valid (double n, double power, double least)
{
  return isnan (n) ? is_probability (power) : isnan (power) && n >= least && n <= LARGEST_N;
}

/* The t that is exceeded with probability alpha. */
static double
critical_t (DhkSides sides, double alpha, double df)
{
  return -dhk_t_quantile (sides == DHK_SIDES_TWO ? alpha / 2 : alpha, df);
}

/* What a t test with this critical value finds. */
static double
power_of_t (DhkSides sides, double critical, double df, double delta)
{
  double power = dhk_noncentral_t_upper (critical, df, delta);

  if (sides == DHK_SIDES_TWO)
    power += dhk_noncentral_t_lower (-critical, df, delta);
  return fmin (power, 1);
}

/* t tests */

/* Fills what follows from n. */
static void
complete_t (DhkPowerT *self, double n, double n_b)
{
  self->n = n;
  self->n_b = self->design != DHK_DESIGN_INDEPENDENT ? 0 : isnan (n_b) ? n : n_b;
  if (self->design == DHK_DESIGN_INDEPENDENT)
    {
      self->df = n + self->n_b - 2;
      self->noncentrality = self->d / sqrt (1 / n + 1 / self->n_b);
    }
  else
    {
      self->df = n - 1;
      self->noncentrality = self->d * sqrt (n);
    }
  self->critical_t = critical_t (self->sides, self->alpha, self->df);
  self->power = power_of_t (self->sides, self->critical_t, self->df, self->noncentrality);
}

typedef struct
{
  const DhkPowerT *test;
  double n_b;
} TQuestion;

static double
t_power_at (double n, const void *data)
{
  const TQuestion *question = data;
  DhkPowerT test = *question->test;

  complete_t (&test, n, question->n_b);
  return test.power;
}

/* The power that no n exceeds: with a second group of fixed size d is known no
 * better than by its mean. */
static double
largest_t_power (const TQuestion *question)
{
  const DhkPowerT *test = question->test;
  double delta;

  if (!(test->sides == DHK_SIDES_TWO ? fabs (test->d) > 0 : test->d > 0))
    return test->alpha;
  if (isnan (question->n_b))
    return 1;
  delta = test->d * sqrt (question->n_b);
  return power_of_t (test->sides, critical_t (test->sides, test->alpha, INFINITY), INFINITY, delta);
}

static bool
t_arguments_are_valid (const DhkPowerT *self, double n, double n_b, double power)
{
  if ((unsigned) self->design > DHK_DESIGN_ONE_SAMPLE || (unsigned) self->sides > DHK_SIDES_ONE)
    return false;
  if (!isnan (n_b) && !(self->design == DHK_DESIGN_INDEPENDENT && n_b >= 2 && n_b <= LARGEST_N))
    return false;
  return isfinite (self->d) && is_probability (self->alpha) && question_is_valid (n, power, 2);
}

DhkPowerT
dhk_power_t (
    DhkTDesign design, DhkSides sides, double d, double alpha, double n, double n_b, double power)
{
  DhkPowerT result
      = { DHK_STATS_OK, design, sides, d, alpha, n, n_b, power, NAN, NAN, NAN, NAN, NAN, NAN };
  TQuestion question = { &result, n_b };
  DhkPowerT rounded;

  if (!t_arguments_are_valid (&result, n, n_b, power))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (isnan (n) && power > alpha && power >= largest_t_power (&question))
    result.status = DHK_STATS_IMPOSSIBLE;
  else if (isnan (n))
    result.status = find_n (t_power_at, &question, power, 2, &n);
  if (result.status != DHK_STATS_OK)
    return result;

  complete_t (&result, n, n_b);
  if (!isnan (power) && n > 2)
    result.power = power;
  rounded = result;
  complete_t (&rounded, round_up (n), isnan (n_b) ? NAN : round_up (n_b));
  result.n_rounded = rounded.n;
  result.n_total = rounded.n + rounded.n_b;
  result.power_rounded = rounded.power;
  if (isnan (result.power) || isnan (result.power_rounded) || isnan (result.critical_t))
    result.status = DHK_STATS_TOO_LARGE;
  return result;
}

/* One-way analysis of variance */

static void
complete_anova (DhkPowerAnova *self, double n)
{
  double k = (double) self->n_groups;

  self->n = n;
  self->df1 = k - 1;
  self->df2 = k * (n - 1);
  self->noncentrality = k * n * self->f * self->f;
  self->critical_f = dhk_f_quantile (1 - self->alpha, self->df1, self->df2);
  self->power
      = dhk_noncentral_f_upper (self->critical_f, self->df1, self->df2, self->noncentrality);
}

static double
anova_power_at (double n, const void *data)
{
  DhkPowerAnova test = *(const DhkPowerAnova *) data;

  complete_anova (&test, n);
  return test.power;
}

DhkPowerAnova
dhk_power_anova (size_t n_groups, double f, double alpha, double n, double power)
{
  DhkPowerAnova result
      = { DHK_STATS_OK, n_groups, f, alpha, n, power, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  DhkPowerAnova rounded;

  if (n_groups < 2 || !(f >= 0 && isfinite (f)) || !is_probability (alpha)
      || !question_is_valid (n, power, 2))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (isnan (n) && power > alpha && !(f > 0))
    result.status = DHK_STATS_IMPOSSIBLE;
  else if (isnan (n))
    result.status = find_n (anova_power_at, &result, power, 2, &n);
  if (result.status != DHK_STATS_OK)
    return result;

  complete_anova (&result, n);
  if (!isnan (power) && n > 2)
    result.power = power;
  rounded = result;
  complete_anova (&rounded, round_up (n));
  result.n_rounded = rounded.n;
  result.n_total = rounded.n * (double) n_groups;
  result.power_rounded = rounded.power;
  if (isnan (result.power) || isnan (result.power_rounded))
    result.status = DHK_STATS_TOO_LARGE;
  return result;
}

/* Correlation */

/* The average over δ = slope · √(n − 1) · e^u, u as in dhk-chi-density.h; its step as in
 * dhk-noncentral-t.c. Where δ is far beyond the critical value the power is 1 and no longer
 * steep; where it is not, the power rises as δ and as the SD within t vary. */
static double
exact_r_power (const DhkPowerR *self, double n, double critical)
{
  double df = n - 1;
  double delta = self->r / sqrt ((1 - self->r) * (1 + self->r)) * sqrt (df);
  double edge = fmin (fabs (delta), critical + 12);
  double growth = df + 1 / (1 / (2 * (n - 2)) + 2 / (edge * edge));
  double step = growth > 150 ? 0.45 / sqrt (growth) : M_PI / (38 + growth / 4);
  double sum = 0;

  for (int direction = -1; direction <= 1; direction += 2)
    for (double i = direction < 0 ? -1 : 0;; i += direction)
      {
        double u = i * step, density = exp (dhk_chi_log_kernel (u, df));

        if (density < 1e-18)
          break;
        sum += density * power_of_t (self->sides, critical, n - 2, delta * exp (u));
      }
  return fmin (1, dhk_chi_constant (df) * step * sum);
}

static double
fisher_r_power (const DhkPowerR *self, double n)
{
  double r = self->sides == DHK_SIDES_TWO ? fabs (self->r) : self->r;
  double z = atanh (r) + r / (2 * (n - 1)), critical = atanh (self->critical_r);
  double power = dhk_normal_upper ((critical - z) * sqrt (n - 3));

  if (self->sides == DHK_SIDES_TWO)
    power += dhk_normal_upper ((critical + z) * sqrt (n - 3));
  return power;
}

static void
complete_r (DhkPowerR *self, double n)
{
  double t = critical_t (self->sides, self->alpha, n - 2);

  self->n = n;
  self->critical_r = t / hypot (t, sqrt (n - 2));
  self->power
      = self->variant == DHK_POWER_R_EXACT ? exact_r_power (self, n, t) : fisher_r_power (self, n);
}

static double
r_power_at (double n, const void *data)
{
  DhkPowerR test = *(const DhkPowerR *) data;

  complete_r (&test, n);
  return test.power;
}

DhkPowerR
dhk_power_r (
    DhkPowerRVariant variant, DhkSides sides, double r, double alpha, double n, double power)
{
  DhkPowerR result = { DHK_STATS_OK, variant, sides, r, alpha, n, power, NAN, NAN, NAN };
  double least = variant == DHK_POWER_R_EXACT ? 3 : 4;
  DhkPowerR rounded;

  if ((unsigned) variant > DHK_POWER_R_FISHER_T || (unsigned) sides > DHK_SIDES_ONE
      || !(fabs (r) < 1) || !is_probability (alpha) || !question_is_valid (n, power, least))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (isnan (n) && power > alpha && !(sides == DHK_SIDES_TWO ? fabs (r) > 0 : r > 0))
    result.status = DHK_STATS_IMPOSSIBLE;
  else if (isnan (n))
    result.status = find_n (r_power_at, &result, power, least, &n);
  if (result.status != DHK_STATS_OK)
    return result;

  complete_r (&result, n);
  if (!isnan (power) && n > least)
    result.power = power;
  rounded = result;
  complete_r (&rounded, round_up (n));
  result.n_rounded = rounded.n;
  result.power_rounded = rounded.power;
  if (isnan (result.power) || isnan (result.power_rounded))
    result.status = DHK_STATS_TOO_LARGE;
  return result;
}
