/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-anova-repeated.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-effect-size-anova.h"
#include "stats/dhk-linear.h"

#include <stdbool.h>
#include <stdlib.h>

/* An error below this, as a fraction of the largest value, is rounding. */
#define ROUNDING 1e-28

/* What one pass over the cases needs and leaves */
typedef struct
{
  const double *const *occasions;
  size_t k;
  size_t n_rows;
  DhkDoubleDouble *mean;   /* of each occasion */
  DhkDoubleDouble *error;  /* of one case, k of them */
  DhkDoubleDouble *square; /* k × k: Σ error error' */
  DhkDoubleDouble *own;    /* of each occasion: Σ (x − mean)² */
  double largest;          /* |x| */
} Layout;

static void
layout_clear (Layout *self)
{
  free (self->mean);
  free (self->error);
  free (self->square);
  free (self->own);
}

static bool
layout_allocate (Layout *self)
{
  self->mean = calloc (self->k + 1, sizeof *self->mean);
  self->error = calloc (self->k + 1, sizeof *self->error);
  self->own = calloc (self->k + 1, sizeof *self->own);
  self->square = self->k < 65536 ? calloc (self->k * self->k + 1, sizeof *self->square) : NULL;
  return self->mean != NULL && self->error != NULL && self->own != NULL && self->square != NULL;
}

static bool
is_complete (const Layout *self, size_t row)
{
  for (size_t j = 0; j < self->k; j++)
    if (isnan (self->occasions[j][row]))
      return false;
  return true;
}

/* The means of the occasions; how many cases are complete. */
static DhkStatsStatus
compute_means (Layout *self, size_t *n)
{
  for (size_t i = 0; i < self->n_rows; i++)
    {
      if (!is_complete (self, i))
        continue;
      (*n)++;
      for (size_t j = 0; j < self->k; j++)
        {
          self->mean[j] = dhk_dd_add (self->mean[j], self->occasions[j][i]);
          self->largest = fmax (self->largest, fabs (self->occasions[j][i]));
        }
    }
  if (*n == 0)
    return DHK_STATS_NO_DATA;
  for (size_t j = 0; j < self->k; j++)
    {
      self->mean[j] = dhk_dd_divide (self->mean[j], (double) *n);
      if (!isfinite (dhk_dd_value (self->mean[j])))
        return DHK_STATS_NOT_FINITE;
    }
  return isfinite (self->largest) ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
}

/* Adds one case to the sums; returns its squared deviation times k. The case's own
 * level is taken off in double-double, as cases may lie far apart. */
static double
add_case (Layout *self, size_t row)
{
  DhkDoubleDouble level = { 0, 0 };
  double d;

  for (size_t j = 0; j < self->k; j++)
    {
      self->error[j] = dhk_dd_add (dhk_dd_negate (self->mean[j]), self->occasions[j][row]);
      level = dhk_dd_add_dd (level, self->error[j]);
      d = dhk_dd_value (self->error[j]);
      self->own[j] = dhk_dd_add_product (self->own[j], d, d);
    }
  level = dhk_dd_divide (level, (double) self->k);
  for (size_t j = 0; j < self->k; j++)
    self->error[j] = dhk_dd_add_dd (self->error[j], dhk_dd_negate (level));
  for (size_t j = 0; j < self->k; j++)
    for (size_t other = 0; other <= j; other++)
      {
        DhkDoubleDouble *sum = &self->square[j * self->k + other];

        *sum = dhk_dd_add_product (*sum, dhk_dd_value (self->error[j]),
                                   dhk_dd_value (self->error[other]));
      }
  d = dhk_dd_value (level);
  return d * d * (double) self->k;
}

/* Σ n (mean of an occasion − mean of all)² */
static double
squares_of_means (const Layout *self, size_t n)
{
  DhkDoubleDouble mean = { 0, 0 }, squares = { 0, 0 };

  for (size_t j = 0; j < self->k; j++)
    mean = dhk_dd_add_dd (mean, self->mean[j]);
  mean = dhk_dd_divide (mean, (double) self->k);
  for (size_t j = 0; j < self->k; j++)
    {
      double d = dhk_dd_value (dhk_dd_add_dd (self->mean[j], dhk_dd_negate (mean)));

      squares = dhk_dd_add_product (squares, d, d);
    }
  return dhk_dd_value (squares) * (double) n;
}

static DhkSphericityCorrection
correct (const DhkAnovaRepeated *anova, double epsilon)
{
  double factor = epsilon < 1 ? epsilon : 1, df1 = anova->df1 * factor;
  DhkSphericityCorrection result = { DHK_STATS_OK, epsilon, df1, anova->df2 * factor, NAN };

  /* rounding may leave ε p just below its least value, 1 */
  result.df1 = fmax (df1, 1);
  result.p = dhk_f_upper (anova->f, result.df1, fmax (result.df2, 1));
  return result;
}

static void
estimate_epsilon (DhkAnovaRepeated *self, const Layout *layout)
{
  double p = self->df1, n = (double) self->n, squares = 0, share;
  size_t k = layout->k;

  for (size_t j = 0; j < k; j++)
    for (size_t other = 0; other <= j; other++)
      {
        double c = dhk_dd_value (layout->square[j * k + other]) / self->ss_error;

        squares += (other < j ? 2 : 1) * c * c;
      }
  share = k == 2 ? 1 : 1 / squares; /* p ε */
  self->greenhouse_geisser = correct (self, share / p);
  self->lower_bound = correct (self, 1 / p);
  if (k == 2)
    self->huynh_feldt = correct (self, 1);
  else if (n - 1 - share > 1e-9 * n)
    self->huynh_feldt = correct (self, (n * share - 2) / (p * (n - 1 - share)));
  else
    self->huynh_feldt.status = DHK_STATS_TOO_FEW;
}

/* ln W: the determinant of the errors in orthonormal (Helmert) contrasts, of which
 * number a is (x_0 + … + x_a − (a + 1) x_(a+1)) / √((a + 1)(a + 2)). */
static DhkStatsStatus
log_w (const Layout *layout, double trace, double *result)
{
  size_t k = layout->k, p = k - 1;
  double *m = calloc (p * p, sizeof *m);
  DhkStatsStatus status;

  if (m == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t a = 0; a < p; a++)
    for (size_t b = 0; b <= a; b++)
      {
        double sum = 0, scale = sqrt ((double) (a + 1) * (double) (a + 2))
                                * sqrt ((double) (b + 1) * (double) (b + 2));

        for (size_t j = 0; j <= a + 1; j++)
          for (size_t other = 0; other <= b + 1; other++)
            {
              size_t high = j > other ? j : other, low = j > other ? other : j;
              double c = dhk_dd_value (layout->square[high * k + low]) / trace;

              sum += (j > a ? -(double) (a + 1) : 1) * (other > b ? -(double) (b + 1) : 1) * c;
            }
        m[a + b * p] = m[b + a * p] = sum / scale * (double) p;
      }
  status = dhk_linear_cholesky (m, p);
  if (status == DHK_STATS_OK)
    *result = dhk_linear_cholesky_log_determinant (m, p);
  free (m);
  return status;
}

static DhkMauchly
test_sphericity (const DhkAnovaRepeated *anova, const Layout *layout)
{
  DhkMauchly result = { DHK_STATS_OK, NAN, NAN, NAN, NAN };
  double p = anova->df1, df = (double) (anova->n - 1), log_determinant = 0, rho, second, tail;

  if (layout->k < 3)
    result.status = DHK_STATS_TOO_FEW_GROUPS;
  else if (anova->n < layout->k)
    result.status = DHK_STATS_TOO_FEW;
  else
    result.status = log_w (layout, anova->ss_error, &log_determinant);
  if (result.status != DHK_STATS_OK)
    return result;

  rho = 1 - (2 * p * p + p + 2) / (6 * p * df);
  second = (p + 2) * (p - 1) * (p - 2) * (2 * p * p * p + 6 * p * p + 3 * p + 2)
           / (288 * (df * p * rho) * (df * p * rho));
  result.w = exp (log_determinant);
  result.chi_squared = -df * rho * log_determinant;
  result.df = p * (p + 1) / 2 - 1;
  tail = dhk_chi_squared_upper (result.chi_squared, result.df);
  result.p = tail + second * (dhk_chi_squared_upper (result.chi_squared, result.df + 4) - tail);
  /* with few cases the series is no probability */
  result.p = fmin (fmax (result.p, 0), 1);
  if (!(rho > 0) || !isfinite (result.p))
    result = (DhkMauchly){ DHK_STATS_TOO_FEW, NAN, NAN, NAN, NAN };
  return result;
}

static void
finish (DhkAnovaRepeated *self, const Layout *layout, double confidence)
{
  double within = self->ss_occasions + self->ss_error, total = within + self->ss_cases;
  double rounding = ROUNDING * layout->largest;

  if (!isfinite (total))
    {
      self->status = DHK_STATS_NOT_FINITE;
      self->ss_occasions = self->ss_cases = self->ss_error = NAN;
      return;
    }
  self->df1 = (double) (layout->k - 1);
  self->df2 = (double) (self->n - 1) * self->df1;
  self->ms_error = self->ss_error / self->df2;
  if (!(self->ms_error > rounding * rounding))
    self->status = DHK_STATS_NO_VARIANCE;
  if (self->status == DHK_STATS_OK || self->ss_occasions > rounding * rounding)
    {
      self->partial_eta_squared = self->ss_occasions / within;
      self->generalised_eta_squared = self->ss_occasions / total;
    }
  if (self->status != DHK_STATS_OK)
    return;
  self->f = self->ss_occasions / self->df1 / self->ms_error;
  if (!isfinite (self->f))
    {
      self->status = DHK_STATS_NOT_FINITE;
      self->f = NAN;
      return;
    }
  self->p = dhk_f_upper (self->f, self->df1, self->df2);
  self->partial_eta_squared_ci
      = dhk_anova_effect (self->f, self->df1, self->df2, self->df1 + self->df2 + 1, confidence)
            .eta_squared_ci;
  estimate_epsilon (self, layout);
  self->mauchly = test_sphericity (self, layout);
}

static void
fill_means (const Layout *layout, DhkStatsStatus status, size_t n, DhkOccasion *means)
{
  bool known = status == DHK_STATS_OK || status == DHK_STATS_TOO_FEW
               || status == DHK_STATS_TOO_FEW_GROUPS || status == DHK_STATS_NO_VARIANCE;

  for (size_t j = 0; j < layout->k; j++)
    {
      means[j] = (DhkOccasion){ known ? DHK_STATS_OK : status, n, NAN, NAN };
      if (!known)
        continue;
      means[j].mean = dhk_dd_value (layout->mean[j]);
      if (n < 2)
        means[j].status = DHK_STATS_TOO_FEW;
      else
        means[j].sd = sqrt (dhk_dd_value (layout->own[j]) / (double) (n - 1));
    }
}

static DhkStatsStatus
check (size_t n, size_t k, double confidence)
{
  if (!dhk_confidence_is_valid (confidence) || k == 0)
    return DHK_STATS_BAD_ARGUMENT;
  if (k < 2)
    return DHK_STATS_TOO_FEW_GROUPS;
  return n < 2 ? DHK_STATS_TOO_FEW : DHK_STATS_OK;
}

static DhkAnovaRepeated
anova_undefined (size_t n_occasions, double confidence)
{
  const DhkSphericityCorrection none = { DHK_STATS_OK, NAN, NAN, NAN, NAN };

  return (DhkAnovaRepeated){
    .n_occasions = n_occasions,
    .ss_occasions = NAN,
    .ss_cases = NAN,
    .ss_error = NAN,
    .df1 = NAN,
    .df2 = NAN,
    .ms_error = NAN,
    .f = NAN,
    .p = NAN,
    .partial_eta_squared = NAN,
    .generalised_eta_squared = NAN,
    .partial_eta_squared_ci = dhk_interval_undefined (DHK_STATS_OK, confidence),
    .mauchly = { DHK_STATS_OK, NAN, NAN, NAN, NAN },
    .greenhouse_geisser = none,
    .huynh_feldt = none,
    .lower_bound = none,
  };
}

DhkAnovaRepeated
dhk_anova_repeated (const double *const *occasions,
                    size_t n_occasions,
                    size_t n,
                    double confidence,
                    DhkOccasion *means)
{
  DhkAnovaRepeated result = anova_undefined (n_occasions, confidence);
  const DhkOccasion unknown = { DHK_STATS_NO_MEMORY, 0, NAN, NAN };
  Layout layout = { occasions, n_occasions, n, NULL, NULL, NULL, NULL, 0 };
  DhkDoubleDouble cases = { 0, 0 }, error = { 0, 0 };

  for (size_t j = 0; means != NULL && j < n_occasions; j++)
    means[j] = unknown;
  result.status
      = layout_allocate (&layout) ? compute_means (&layout, &result.n) : DHK_STATS_NO_MEMORY;
  result.n_missing = n - result.n;
  if (result.status == DHK_STATS_OK)
    {
      for (size_t i = 0; i < n; i++)
        if (is_complete (&layout, i))
          cases = dhk_dd_add (cases, add_case (&layout, i));
      for (size_t j = 0; j < n_occasions; j++)
        error = dhk_dd_add_dd (error, layout.square[j * n_occasions + j]);
      result.status = check (result.n, n_occasions, confidence);
    }
  if (result.status == DHK_STATS_OK)
    {
      result.ss_occasions = squares_of_means (&layout, result.n);
      result.ss_cases = dhk_dd_value (cases);
      result.ss_error = dhk_dd_value (error);
      finish (&result, &layout, confidence);
    }
  if (means != NULL && layout.mean != NULL && layout.own != NULL)
    fill_means (&layout, result.status, result.n, means);
  if (result.status != DHK_STATS_OK)
    {
      result.partial_eta_squared_ci.status = result.mauchly.status = result.status;
      result.greenhouse_geisser.status = result.huynh_feldt.status = result.status;
      result.lower_bound.status = result.status;
    }
  layout_clear (&layout);
  return result;
}
