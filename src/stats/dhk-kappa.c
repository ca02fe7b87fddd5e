/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-kappa.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"

#include <stdbool.h>
#include <stdlib.h>

/* A mean of deviations no larger than this is rounding of a zero. */
#define ROUNDING 1e-14

const char *const dhk_kappa_weights_names[] = { "none", "linear", "quadratic", NULL };

/* Counting */

/* One cell of the table of both raters that holds cases. */
typedef struct
{
  double a;
  double b;
  size_t i; /* index of a's category */
  size_t j;
} Case;

typedef struct
{
  Case *cases;
  size_t n;
  DhkKappaCategory *categories;
  size_t k;
  DhkKappaWeights weights;
  double *u; /* mean weight of each category of a, over b's use of categories */
  double *v;
} Table;

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Fills the sorted union of the codes; false where there are too many. */
static bool
find_categories (Table *self, double *codes)
{
  for (size_t i = 0; i < self->n; i++)
    {
      codes[2 * i] = self->cases[i].a;
      codes[2 * i + 1] = self->cases[i].b;
    }
  qsort (codes, 2 * self->n, sizeof *codes, compare_doubles);
  for (size_t i = 0; i < 2 * self->n; i++)
    {
      if (i > 0 && !(codes[i] > codes[i - 1]))
        continue;
      if (self->k == DHK_KAPPA_MAX_CATEGORIES)
        return false;
      self->categories[self->k++] = (DhkKappaCategory){ codes[i], 0, 0, 0 };
    }
  return true;
}

static size_t
index_of (const Table *self, double code)
{
  size_t low = 0, high = self->k - 1;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (self->categories[middle].code < code)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
count (Table *self)
{
  for (size_t i = 0; i < self->n; i++)
    {
      Case *it = &self->cases[i];

      it->i = index_of (self, it->a);
      it->j = index_of (self, it->b);
      self->categories[it->i].n_a++;
      self->categories[it->j].n_b++;
      self->categories[it->i].n_both += it->i == it->j;
    }
}

/* Weights */

/* 1 − w: how much it counts that one rater says i and the other j */
static double
disagreement (const Table *self, size_t i, size_t j)
{
  double low = self->categories[0].code / 2, high = self->categories[self->k - 1].code / 2;
  double distance;

  if (i == j)
    return 0;
  if (self->weights == DHK_KAPPA_UNWEIGHTED)
    return 1;
  /* halves, so that the range cannot overflow */
  distance = fabs (self->categories[i].code / 2 - self->categories[j].code / 2) / (high - low);
  return self->weights == DHK_KAPPA_LINEAR ? distance : distance * distance;
}

/* The share of categories i of a and j of b, and the weights that they have on average. */
static void
find_mean_weights (Table *self)
{
  double n = (double) self->n;

  for (size_t i = 0; i < self->k; i++)
    {
      DhkDoubleDouble u = { 0, 0 }, v = { 0, 0 };

      for (size_t j = 0; j < self->k; j++)
        {
          double w = 1 - disagreement (self, i, j);

          u = dhk_dd_add_product (u, w, (double) self->categories[j].n_b);
          v = dhk_dd_add_product (v, w, (double) self->categories[j].n_a);
        }
      self->u[i] = dhk_dd_value (u) / n;
      self->v[i] = dhk_dd_value (v) / n;
    }
}

/* κ and its errors */

static double
observed_disagreement (const Table *self)
{
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < self->n; i++)
    sum = dhk_dd_add (sum, disagreement (self, self->cases[i].i, self->cases[i].j));
  return dhk_dd_value (sum) / (double) self->n;
}

static double
expected_disagreement (const Table *self)
{
  double n = (double) self->n;
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < self->k; i++)
    for (size_t j = 0; j < self->k; j++)
      sum = dhk_dd_add_product (sum, disagreement (self, i, j),
                                (double) self->categories[i].n_a
                                    * (double) self->categories[j].n_b);
  return dhk_dd_value (sum) / n / n;
}

/* The sum of the header about its mean, which is what is subtracted there: no digits cancel. */
static double
error_of (const Table *self, const DhkKappa *result)
{
  double po = result->agreement, pe = result->expected, n = (double) self->n;
  double mean = po * pe - 2 * pe + po;
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < self->n; i++)
    {
      const Case *it = &self->cases[i];
      double w = 1 - disagreement (self, it->i, it->j);
      double d = w * (1 - pe) - (self->u[it->i] + self->v[it->j]) * (1 - po) - mean;

      sum = dhk_dd_add_product (sum, d, d);
    }
  return sqrt (dhk_dd_value (sum) / n / n) / ((1 - pe) * (1 - pe));
}

static double
error_of_chance (const Table *self, const DhkKappa *result)
{
  double n = (double) self->n;
  DhkDoubleDouble sum = { 0, 0 };

  for (size_t i = 0; i < self->k; i++)
    for (size_t j = 0; j < self->k; j++)
      {
        double w = 1 - disagreement (self, i, j);
        double d = w - self->u[i] - self->v[j] + result->expected;
        double share
            = (double) self->categories[i].n_a / n * ((double) self->categories[j].n_b / n);

        sum = dhk_dd_add_product (sum, share * d, d);
      }
  if (!(dhk_dd_value (sum) > ROUNDING * ROUNDING))
    return 0;
  return sqrt (dhk_dd_value (sum) / n) / (1 - result->expected);
}

static void
add_errors (Table *self, DhkKappa *result)
{
  double confidence = result->kappa_ci.confidence, margin;

  find_mean_weights (self);
  result->test.se0 = error_of_chance (self, result);
  /* What each rater used leaves one agreement, however the codes are combined: one category alone,
   * or with linear weights codes that are all above the other's. */
  if (!(result->test.se0 > 0))
    {
      result->kappa = result->se = 0;
      result->test.se0 = NAN;
      return;
    }
  result->se = error_of (self, result);
  margin = dhk_normal_quantile (0.5 + confidence / 2) * result->se;
  result->kappa_ci = dhk_interval_make (result->kappa - margin, result->kappa + margin, confidence);
  result->test.z = result->kappa / result->test.se0;
  result->test.p = 2 * dhk_normal_upper (fabs (result->test.z));
  result->test.status = DHK_STATS_OK;
}

static void
kappa_fail (DhkKappa *self, DhkStatsStatus status)
{
  self->status = self->kappa_ci.status = self->test.status = status;
}

static void
kappa_of_table (Table *self, DhkKappa *result)
{
  double observed = observed_disagreement (self), chance = expected_disagreement (self);

  result->n_categories = self->k;
  result->agreement = 1 - observed;
  result->expected = 1 - chance;
  kappa_fail (result, DHK_STATS_NO_VARIANCE);
  if (!(chance > 0))
    return;
  result->status = DHK_STATS_OK;
  result->kappa = 1 - observed / chance;
  add_errors (self, result);
}

/* Door */

/* Takes the cases that both judged; NOT_FINITE where a code is infinite. */
static DhkStatsStatus
gather (Table *self, const double *a, const double *b, size_t n)
{
  bool finite = true;

  for (size_t i = 0; i < n; i++)
    if (!isnan (a[i]) && !isnan (b[i]))
      {
        finite = finite && isfinite (a[i]) && isfinite (b[i]);
        self->cases[self->n++] = (Case){ a[i], b[i], 0, 0 };
      }
  if (self->n == 0)
    return DHK_STATS_NO_DATA;
  return finite ? DHK_STATS_OK : DHK_STATS_NOT_FINITE;
}

static void
kappa_of_data (Table *self, const double *a, const double *b, size_t n, DhkKappa *result)
{
  DhkStatsStatus status = gather (self, a, b, n);
  double *codes;

  result->n = self->n;
  result->n_missing = n - self->n;
  kappa_fail (result, status);
  if (status != DHK_STATS_OK)
    return;
  codes = calloc (self->n, 2 * sizeof *codes);
  if (codes == NULL)
    kappa_fail (result, DHK_STATS_NO_MEMORY);
  else if (!find_categories (self, codes))
    kappa_fail (result, DHK_STATS_TOO_LARGE);
  else
    {
      count (self);
      kappa_of_table (self, result);
    }
  free (codes);
}

DhkKappa
dhk_kappa (const double *a,
           const double *b,
           size_t n,
           DhkKappaWeights weights,
           double confidence,
           DhkKappaCategory *categories)
{
  DhkKappa result = { DHK_STATS_NO_MEMORY,
                      weights,
                      0,
                      0,
                      0,
                      NAN,
                      NAN,
                      NAN,
                      NAN,
                      dhk_interval_undefined (DHK_STATS_NO_MEMORY, confidence),
                      { DHK_STATS_NO_MEMORY, NAN, NAN, NAN } };
  Table table = { .weights = weights };

  if (!dhk_confidence_is_valid (confidence))
    {
      kappa_fail (&result, DHK_STATS_BAD_ARGUMENT);
      return result;
    }
  table.cases = calloc (n > 0 ? n : 1, sizeof *table.cases);
  table.categories = calloc (DHK_KAPPA_MAX_CATEGORIES, sizeof *table.categories);
  table.u = calloc (DHK_KAPPA_MAX_CATEGORIES, sizeof *table.u);
  table.v = calloc (DHK_KAPPA_MAX_CATEGORIES, sizeof *table.v);
  if (table.cases != NULL && table.categories != NULL && table.u != NULL && table.v != NULL)
    kappa_of_data (&table, a, b, n, &result);
  for (size_t i = 0; categories != NULL && i < result.n_categories; i++)
    categories[i] = table.categories[i];
  free (table.cases);
  free (table.categories);
  free (table.u);
  free (table.v);
  return result;
}
