/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-reliability.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"

#include <float.h>
#include <stdbool.h>
#include <stdlib.h>

/* Sums over the respondents with all items. Deviations d are from the item's
 * mean, and their sum T over the items is that of the total from its mean. */
typedef struct
{
  double min;
  double max;
  DhkDoubleDouble sum;
  DhkDoubleDouble mean;
  DhkDoubleDouble squares;    /* Σ d² */
  DhkDoubleDouble with_total; /* Σ d T */
} ItemSums;

static bool
is_complete (const double *const *items, size_t n_items, size_t row)
{
  for (size_t j = 0; j < n_items; j++)
    if (isnan (items[j][row]))
      return false;
  return true;
}

static size_t
find_means (ItemSums *sums, const double *const *items, size_t n_items, size_t n)
{
  size_t n_complete = 0;

  for (size_t j = 0; j < n_items; j++)
    sums[j] = (ItemSums){ INFINITY, -INFINITY, { 0, 0 }, { NAN, NAN }, { 0, 0 }, { 0, 0 } };
  for (size_t i = 0; i < n; i++)
    {
      if (!is_complete (items, n_items, i))
        continue;
      n_complete++;
      for (size_t j = 0; j < n_items; j++)
        {
          double x = items[j][i];

          sums[j].min = x < sums[j].min ? x : sums[j].min;
          sums[j].max = x > sums[j].max ? x : sums[j].max;
          sums[j].sum = dhk_dd_add (sums[j].sum, x);
        }
    }
  for (size_t j = 0; n_complete > 0 && j < n_items; j++)
    sums[j].mean = dhk_dd_divide (sums[j].sum, (double) n_complete);
  return n_complete;
}

/* Returns Σ T². `deviations` is room for one row. */
static DhkDoubleDouble
find_products (
    ItemSums *sums, const double *const *items, size_t n_items, size_t n, double *deviations)
{
  DhkDoubleDouble squares = { 0, 0 };

  for (size_t i = 0; i < n; i++)
    {
      DhkDoubleDouble exact_total = { 0, 0 };
      double total;

      if (!is_complete (items, n_items, i))
        continue;
      for (size_t j = 0; j < n_items; j++)
        {
          /* an item without spread must not get one from rounding its mean */
          bool varies = sums[j].max > sums[j].min;

          deviations[j] = varies ? dhk_dd_deviation (items[j][i], sums[j].mean) : 0;
          exact_total = dhk_dd_add (exact_total, deviations[j]);
        }
      total = dhk_dd_value (exact_total);
      squares = dhk_dd_add_product (squares, total, total);
      for (size_t j = 0; j < n_items; j++)
        {
          sums[j].squares = dhk_dd_add_product (sums[j].squares, deviations[j], deviations[j]);
          sums[j].with_total = dhk_dd_add_product (sums[j].with_total, deviations[j], total);
        }
    }
  return squares;
}

/* A sum of squares of `n_items` items' total that rounding of the deviations
 * alone can make, `item_squares` being those of the items. */
static double
rounding_squares (double item_squares, size_t n_items)
{
  double relative = 4 * (double) n_items * DBL_EPSILON;

  return relative * relative * item_squares;
}

static double
alpha_of (double item_squares, double total_squares, size_t n_items)
{
  double k = (double) n_items;

  /* not more than 1 by rounding, where all items are the same */
  return fmin (1, k / (k - 1) * (1 - item_squares / total_squares));
}

static void
describe_item (DhkItemReliability *result,
               const ItemSums *item,
               size_t n_items,
               DhkDoubleDouble all_items,
               DhkDoubleDouble total_squares)
{
  DhkDoubleDouble others = dhk_dd_add_dd (all_items, dhk_dd_negate (item->squares));
  DhkDoubleDouble with_rest = dhk_dd_add_dd (item->with_total, dhk_dd_negate (item->squares));
  /* rest = total − item: Σ (T − d)² = Σ T² − Σ d T − Σ d (T − d) */
  double rest = dhk_dd_value (dhk_dd_add_dd (
      dhk_dd_add_dd (total_squares, dhk_dd_negate (item->with_total)), dhk_dd_negate (with_rest)));
  double squares = dhk_dd_value (item->squares);

  result->item_rest_status = result->alpha_status = DHK_STATS_NO_VARIANCE;
  if (n_items < 3)
    result->alpha_status = DHK_STATS_TOO_FEW_ITEMS;
  if (!(rest > rounding_squares (dhk_dd_value (others), n_items)))
    return;
  if (item->max > item->min)
    {
      result->item_rest_status = DHK_STATS_OK;
      result->item_rest_r
          = fmax (-1, fmin (1, dhk_dd_value (with_rest) / (sqrt (squares) * sqrt (rest))));
    }
  if (n_items > 2)
    {
      result->alpha_status = DHK_STATS_OK;
      result->alpha_if_dropped = alpha_of (dhk_dd_value (others), rest, n_items - 1);
    }
}

DhkInterval
dhk_alpha_interval (double alpha, size_t n_items, size_t n, double confidence)
{
  double df1 = (double) n - 1, df2 = df1 * ((double) n_items - 1);

  if (!dhk_confidence_is_valid (confidence) || alpha > 1)
    return dhk_interval_undefined (DHK_STATS_BAD_ARGUMENT, confidence);
  if (n_items < 2)
    return dhk_interval_undefined (DHK_STATS_TOO_FEW_ITEMS, confidence);
  if (n < 2)
    return dhk_interval_undefined (DHK_STATS_TOO_FEW, confidence);
  return dhk_interval_make (1 - (1 - alpha) * dhk_f_quantile (0.5 + confidence / 2, df1, df2),
                            1 - (1 - alpha) * dhk_f_quantile (0.5 - confidence / 2, df1, df2),
                            confidence);
}

/* The means; sets the status where that is all there is. */
static void
report_means (DhkReliability *self, const ItemSums *sums, DhkItemReliability *item_result)
{
  DhkDoubleDouble total = { 0, 0 };

  for (size_t j = 0; j < self->n_items; j++)
    if (!isfinite (dhk_dd_value (sums[j].mean)))
      self->status = DHK_STATS_NOT_FINITE;
  if (self->status != DHK_STATS_OK)
    return;
  for (size_t j = 0; j < self->n_items; j++)
    {
      total = dhk_dd_add_dd (total, sums[j].mean);
      if (item_result != NULL)
        item_result[j].mean = dhk_dd_value (sums[j].mean);
    }
  self->total_mean = dhk_dd_value (total);
  if (self->n < 2)
    self->status = DHK_STATS_TOO_FEW;
}

static void
report_spread (DhkReliability *self,
               const ItemSums *sums,
               DhkDoubleDouble total_squares,
               DhkItemReliability *item_result)
{
  DhkDoubleDouble all_items = { 0, 0 };
  double df = (double) (self->n - 1);
  bool varies;

  for (size_t j = 0; j < self->n_items; j++)
    all_items = dhk_dd_add_dd (all_items, sums[j].squares);
  if (!isfinite (dhk_dd_value (total_squares)) || !isfinite (dhk_dd_value (all_items)))
    {
      self->status = DHK_STATS_NOT_FINITE;
      return;
    }
  varies
      = dhk_dd_value (total_squares) > rounding_squares (dhk_dd_value (all_items), self->n_items);

  self->total_sd = varies ? sqrt (dhk_dd_value (total_squares) / df) : 0;
  for (size_t j = 0; item_result != NULL && j < self->n_items; j++)
    {
      item_result[j].sd = sqrt (dhk_dd_value (sums[j].squares) / df);
      if (varies)
        describe_item (&item_result[j], &sums[j], self->n_items, all_items, total_squares);
    }
  if (!varies)
    {
      self->status = DHK_STATS_NO_VARIANCE;
      return;
    }
  self->alpha = alpha_of (dhk_dd_value (all_items), dhk_dd_value (total_squares), self->n_items);
  self->ci = dhk_alpha_interval (self->alpha, self->n_items, self->n, self->ci.confidence);
}

/* Gives the parts that have no value the reason of the whole. */
static void
spread_status (DhkReliability *self, DhkItemReliability *item_result)
{
  if (self->status == DHK_STATS_OK)
    return;
  self->ci.status = self->status;
  for (size_t j = 0; item_result != NULL && j < self->n_items; j++)
    {
      /* where only the total does not vary, the items have an SD */
      if (self->status != DHK_STATS_NO_VARIANCE)
        item_result[j].status = self->status;
      item_result[j].item_rest_status = self->status;
      item_result[j].alpha_status = self->status;
    }
}

DhkReliability
dhk_cronbach_alpha (const double *const *items,
                    size_t n_items,
                    size_t n,
                    double confidence,
                    DhkItemReliability *item_result)
{
  DhkReliability result
      = { DHK_STATS_OK, n_items, 0, 0, NAN, { DHK_STATS_OK, NAN, NAN, confidence }, NAN, NAN };
  ItemSums *sums;
  double *deviations;

  for (size_t j = 0; item_result != NULL && j < n_items; j++)
    item_result[j]
        = (DhkItemReliability){ DHK_STATS_OK, NAN, NAN, DHK_STATS_OK, NAN, DHK_STATS_OK, NAN };
  if (!dhk_confidence_is_valid (confidence))
    result.status = DHK_STATS_BAD_ARGUMENT;
  else if (n_items < 2)
    result.status = DHK_STATS_TOO_FEW_ITEMS;
  if (result.status != DHK_STATS_OK)
    {
      spread_status (&result, item_result);
      return result;
    }

  sums = calloc (n_items, sizeof *sums);
  deviations = calloc (n_items, sizeof *deviations);
  if (sums == NULL || deviations == NULL)
    result.status = DHK_STATS_NO_MEMORY;
  else
    {
      result.n = find_means (sums, items, n_items, n);
      result.n_missing = n - result.n;
      if (result.n == 0)
        result.status = DHK_STATS_NO_DATA;
      else
        report_means (&result, sums, item_result);
      if (result.status == DHK_STATS_OK)
        report_spread (&result, sums, find_products (sums, items, n_items, n, deviations),
                       item_result);
    }
  free (sums);
  free (deviations);
  spread_status (&result, item_result);
  return result;
}
