/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Columns are centred in double-double, once around their mean over all cases
 * and once around those of the groups; everything else is orthogonalisation.
 * For each covariate `dual` is its part within groups orthogonal to the others,
 * divided by its squared length: dual · y is its slope, and the products of duals
 * are S⁻¹.
 */

#include "stats/dhk-ancova.h"

#include "stats/dhk-distribution.h"
#include "stats/dhk-double-double.h"
#include "stats/dhk-model-terms.h"

#include <stdlib.h>
#include <string.h>

/* A perfect fit leaves rounding of this size, as a fraction of the outcome's spread. */
#define ROUNDING 1e-14

/* Column 0 is the outcome, the others are the covariates. */
typedef struct
{
  size_t n;         /* complete cases */
  size_t n_columns; /* 1 + covariates */
  size_t n_groups;  /* of the call */
  size_t n_used;
  size_t *group_n;
  size_t *group;         /* of each case */
  double *raw;           /* n × n_columns */
  double *grand;         /* the same, from the mean of all */
  double *within;        /* the same, from the mean of the group */
  double *distance;      /* n_groups × n_columns: mean of the group − mean of all */
  DhkDoubleDouble *mean; /* n_groups + 1: of the column at hand, that of all last */
  double *group_mean;    /* of the outcome */
  double *dual;          /* n × covariates */
  double *work;          /* n */
  double *slope;         /* of each covariate */
} Sample;

static void
sample_clear (Sample *self)
{
  free (self->group_n);
  free (self->group);
  free (self->raw);
  free (self->grand);
  free (self->within);
  free (self->distance);
  free (self->mean);
  free (self->group_mean);
  free (self->dual);
  free (self->work);
  free (self->slope);
}

static bool
sample_allocate (Sample *self, size_t n)
{
  size_t columns = self->n_columns, widest = (size_t) -1 / sizeof (double) / columns - 1;

  if (n > widest || self->n_groups > widest)
    return false;
  self->group_n = calloc (self->n_groups + 1, sizeof *self->group_n);
  self->group = calloc (n + 1, sizeof *self->group);
  self->raw = calloc ((n + 1) * columns, sizeof *self->raw);
  self->grand = calloc ((n + 1) * columns, sizeof *self->grand);
  self->within = calloc ((n + 1) * columns, sizeof *self->within);
  self->distance = calloc ((self->n_groups + 1) * columns, sizeof *self->distance);
  self->mean = calloc (self->n_groups + 1, sizeof *self->mean);
  self->group_mean = calloc (self->n_groups + 1, sizeof *self->group_mean);
  self->dual = calloc ((n + 1) * columns, sizeof *self->dual);
  self->work = calloc (n + 1, sizeof *self->work);
  self->slope = calloc (columns, sizeof *self->slope);
  return self->group_n != NULL && self->group != NULL && self->raw != NULL && self->grand != NULL
         && self->within != NULL && self->distance != NULL && self->mean != NULL
         && self->group_mean != NULL && self->dual != NULL && self->work != NULL
         && self->slope != NULL;
}

/* Copies the complete cases. */
static DhkStatsStatus
sample_fill (
    Sample *self, const double *values, const int *group, size_t n, const double *const *covariates)
{
  size_t stride = n + 1;

  for (size_t i = 0; i < n; i++)
    {
      bool complete = group[i] >= 0, finite = true;

      for (size_t j = 0; complete && j < self->n_columns; j++)
        {
          double x = j == 0 ? values[i] : covariates[j - 1][i];

          complete = !isnan (x);
          finite &= isfinite (x) != 0;
          self->raw[j * stride + self->n] = x;
        }
      if (!complete)
        continue;
      if (!finite)
        return DHK_STATS_NOT_FINITE;
      self->group[self->n++] = (size_t) group[i];
      self->n_used += self->group_n[group[i]]++ == 0;
    }
  if (self->n == 0)
    return DHK_STATS_NO_DATA;
  for (size_t j = 1; j < self->n_columns; j++)
    memmove (self->raw + j * self->n, self->raw + j * stride, self->n * sizeof *self->raw);
  return DHK_STATS_OK;
}

/* x less a mean of its own column; where both are the same number, what the rounding of
 * that mean leaves is no deviation. */
static double
deviation (double x, DhkDoubleDouble mean)
{
  double d = dhk_dd_deviation (x, mean);

  return fabs (d) > 1e-26 * fabs (x) ? d : 0;
}

/* Both kinds of deviations of one column */
static bool
centre_column (Sample *self, size_t column)
{
  const double *x = self->raw + column * self->n;
  DhkDoubleDouble *all = &self->mean[self->n_groups];

  memset (self->mean, 0, (self->n_groups + 1) * sizeof *self->mean);
  for (size_t i = 0; i < self->n; i++)
    self->mean[self->group[i]] = dhk_dd_add (self->mean[self->group[i]], x[i]);
  for (size_t g = 0; g < self->n_groups; g++)
    if (self->group_n[g] > 0)
      {
        *all = dhk_dd_add_dd (*all, self->mean[g]);
        self->mean[g] = dhk_dd_divide (self->mean[g], (double) self->group_n[g]);
      }
  *all = dhk_dd_divide (*all, (double) self->n);
  if (!isfinite (dhk_dd_value (*all)))
    return false;
  for (size_t g = 0; g < self->n_groups; g++)
    if (self->group_n[g] > 0)
      {
        double d = dhk_dd_value (dhk_dd_add_dd (self->mean[g], dhk_dd_negate (*all)));
        bool differs = fabs (d) > 1e-26 * fabs (self->mean[g].hi);

        self->distance[column * self->n_groups + g] = differs ? d : 0;
        if (column == 0)
          self->group_mean[g] = dhk_dd_value (self->mean[g]);
      }
  for (size_t i = 0; i < self->n; i++)
    {
      self->grand[column * self->n + i] = deviation (x[i], *all);
      self->within[column * self->n + i] = deviation (x[i], self->mean[self->group[i]]);
    }
  return true;
}

static bool
add_copy (Sample *self, DhkModelTerms *model, const double *column)
{
  memcpy (self->work, column, self->n * sizeof *column);
  return dhk_model_terms_add (model, self->work);
}

/* The columns of the groups, one of which follows from the others. Centred, like all here, they
 * need no column of ones before them. */
static size_t
add_groups (Sample *self, DhkModelTerms *model)
{
  size_t before = model->n_kept;

  for (size_t g = 0; g < self->n_groups; g++)
    {
      double share = (double) self->group_n[g] / (double) self->n;

      if (self->group_n[g] == 0)
        continue;
      for (size_t i = 0; i < self->n; i++)
        self->work[i] = (self->group[i] == g) - share;
      dhk_model_terms_add (model, self->work);
    }
  return model->n_kept - before;
}

/* The group after the covariates, and the error of both. */
static DhkStatsStatus
explain_groups (Sample *self, double *ss, double *ss_error)
{
  DhkModelTerms model;
  DhkStatsStatus status = DHK_STATS_OK;
  size_t first = self->n_columns - 1;
  double *y = self->grand;

  if (!dhk_model_terms_init (&model, self->n, first + self->n_used))
    status = DHK_STATS_NO_MEMORY;
  for (size_t j = 1; status == DHK_STATS_OK && j < self->n_columns; j++)
    if (!add_copy (self, &model, self->grand + j * self->n))
      status = DHK_STATS_SINGULAR;
  if (status == DHK_STATS_OK && add_groups (self, &model) != self->n_used - 1)
    status = DHK_STATS_SINGULAR;
  if (status == DHK_STATS_OK)
    {
      dhk_model_terms_explain (&model, 0, y);
      /* what rounding has left of the covariates goes with them, before the groups' share is
       * read off the outcome once more */
      *ss_error = dhk_model_terms_product (y, y, self->n);
      for (size_t i = 0; i < self->n; i++)
        y[i] = self->within[i] + self->distance[self->group[i]];
      model.n_kept = first;
      dhk_model_terms_explain (&model, 0, y);
      model.n_kept = first + self->n_used - 1;
      *ss = dhk_model_terms_explain (&model, first, y);
    }
  dhk_model_terms_clear (&model);
  return status;
}

/* The slopes, their duals, and the sum of squares of each covariate (into `ss`). */
static DhkStatsStatus
explain_covariates (Sample *self, double *ss)
{
  DhkStatsStatus status = DHK_STATS_OK;
  size_t n_covariates = self->n_columns - 1;

  for (size_t wanted = 1; status == DHK_STATS_OK && wanted <= n_covariates; wanted++)
    {
      double *dual = self->dual + (wanted - 1) * self->n, length, part;
      const double *x = self->within + wanted * self->n;
      DhkModelTerms model;

      if (!dhk_model_terms_init (&model, self->n, n_covariates))
        status = DHK_STATS_NO_MEMORY;
      for (size_t j = 1; status == DHK_STATS_OK && j <= n_covariates; j++)
        if (j != wanted && !add_copy (self, &model, self->within + j * self->n))
          status = DHK_STATS_SINGULAR;
      if (status == DHK_STATS_OK && !add_copy (self, &model, x))
        status = DHK_STATS_SINGULAR;
      if (status == DHK_STATS_OK)
        {
          memcpy (dual, model.columns + (n_covariates - 1) * self->n, self->n * sizeof *dual);
          length = dhk_model_terms_product (dual, x, self->n);
          part = dhk_model_terms_product (dual, self->within, self->n);
          for (size_t i = 0; i < self->n; i++)
            dual[i] /= length;
          self->slope[wanted - 1] = part / length;
          ss[wanted - 1] = part * part;
        }
      dhk_model_terms_clear (&model);
    }
  return status;
}

/* A slope per group and covariate, after the common ones. */
static DhkAnovaTerm
test_slopes (Sample *self, const DhkAncova *ancova, double confidence)
{
  size_t n_covariates = self->n_columns - 1, n_columns = n_covariates * (self->n_used + 1);
  double df = (double) (n_covariates * (self->n_used - 1)), ss, error;
  DhkModelTerms model;
  DhkAnovaTerm result;

  if (ancova->df_error - df < 1)
    return dhk_anova_term_undefined (DHK_STATS_TOO_FEW, confidence);
  if (!dhk_model_terms_init (&model, self->n, n_columns))
    {
      dhk_model_terms_clear (&model);
      return dhk_anova_term_undefined (DHK_STATS_NO_MEMORY, confidence);
    }
  for (size_t j = 1; j <= n_covariates; j++)
    add_copy (self, &model, self->within + j * self->n);
  dhk_model_terms_explain (&model, 0, self->within);
  for (size_t j = 1; j <= n_covariates; j++)
    for (size_t g = 0; g < self->n_groups; g++)
      {
        for (size_t i = 0; i < self->n; i++)
          self->work[i] = self->group[i] == g ? self->within[j * self->n + i] : 0;
        dhk_model_terms_add (&model, self->work);
      }
  if ((double) (model.n_kept - n_covariates) < df)
    result = dhk_anova_term_undefined (DHK_STATS_SINGULAR, confidence);
  else
    {
      ss = dhk_model_terms_explain (&model, n_covariates, self->within);
      error = dhk_model_terms_product (self->within, self->within, self->n);
      if (!(ancova->ss_error > 0) || !(error > ROUNDING * ROUNDING * ancova->ss_total))
        error = 0;
      result = dhk_anova_term (ss, df, error, ancova->df_error - df, ancova->ss_total, self->n,
                               confidence);
    }
  dhk_model_terms_clear (&model);
  return result;
}

static DhkAncovaGroup
adjust_mean (const Sample *self, const DhkAncova *ancova, size_t g, double confidence)
{
  DhkInterval none = dhk_interval_undefined (DHK_STATS_NO_VARIANCE, confidence);
  double variance = 0, margin, size = (double) self->group_n[g];
  DhkAncovaGroup result
      = { DHK_STATS_OK, self->group_n[g], self->group_mean[g], DHK_STATS_OK, NAN, NAN, none };

  result.adjusted_mean = self->group_mean[g];
  memset (self->work, 0, self->n * sizeof *self->work);
  for (size_t j = 1; j < self->n_columns; j++)
    {
      double distance = self->distance[j * self->n_groups + g];

      result.adjusted_mean -= self->slope[j - 1] * distance;
      for (size_t i = 0; i < self->n; i++)
        self->work[i] += distance * self->dual[(j - 1) * self->n + i];
    }
  variance = 1 / size + dhk_model_terms_product (self->work, self->work, self->n);
  if (!(ancova->ss_error > 0))
    {
      result.adjusted_status = DHK_STATS_NO_VARIANCE;
      return result;
    }
  result.adjusted_mean_se = sqrt (ancova->mse) * sqrt (variance);
  margin = dhk_t_quantile (0.5 + confidence / 2, ancova->df_error) * result.adjusted_mean_se;
  result.adjusted_mean_ci = dhk_interval_make (result.adjusted_mean - margin,
                                               result.adjusted_mean + margin, confidence);
  return result;
}

static DhkAncovaCovariate
describe_slope (const Sample *self, const DhkAncova *ancova, size_t j, double ss, double confidence)
{
  const double *dual = self->dual + j * self->n;
  DhkAncovaCovariate result = { DHK_STATS_OK, self->slope[j], NAN,
                                dhk_interval_undefined (DHK_STATS_NO_VARIANCE, confidence),
                                dhk_anova_term (ss, 1, ancova->ss_error, ancova->df_error,
                                                ancova->ss_total, self->n, confidence) };
  double margin;

  if (!(ancova->ss_error > 0))
    {
      result.status = DHK_STATS_NO_VARIANCE;
      return result;
    }
  result.se = sqrt (ancova->mse) * sqrt (dhk_model_terms_product (dual, dual, self->n));
  margin = dhk_t_quantile (0.5 + confidence / 2, ancova->df_error) * result.se;
  result.b_ci = dhk_interval_make (result.b - margin, result.b + margin, confidence);
  return result;
}

/* The tests of a sample that allows them; `ss` has room for one number per covariate. */
static DhkStatsStatus
analyse (DhkAncova *self, Sample *sample, double confidence, double *ss)
{
  double ss_group = NAN, ss_error = NAN, total;
  DhkStatsStatus status;

  total = dhk_model_terms_product (sample->grand, sample->grand, sample->n);
  if (!isfinite (total))
    return DHK_STATS_NOT_FINITE;
  status = explain_covariates (sample, ss);
  if (status == DHK_STATS_OK)
    status = explain_groups (sample, &ss_group, &ss_error);
  if (status != DHK_STATS_OK)
    return status;

  self->ss_total = total;
  self->ss_error = ss_error > ROUNDING * ROUNDING * total ? ss_error : 0;
  self->df_error = (double) (sample->n - sample->n_used - (sample->n_columns - 1));
  self->mse = self->ss_error / self->df_error;
  if (total > 0)
    self->r_squared = 1 - self->ss_error / total;
  self->group = dhk_anova_term (ss_group, (double) (sample->n_used - 1), self->ss_error,
                                self->df_error, total, sample->n, confidence);
  return self->ss_error > 0 ? DHK_STATS_OK : DHK_STATS_NO_VARIANCE;
}

static DhkStatsStatus
prepare (
    Sample *self, const double *values, const int *group, size_t n, const double *const *covariates)
{
  DhkStatsStatus status = DHK_STATS_OK;

  if (!sample_allocate (self, n))
    return DHK_STATS_NO_MEMORY;
  status = sample_fill (self, values, group, n, covariates);
  for (size_t j = 0; status == DHK_STATS_OK && j < self->n_columns; j++)
    if (!centre_column (self, j))
      status = DHK_STATS_NOT_FINITE;
  return status;
}

static void
clear_lists (const Sample *self,
             DhkStatsStatus status,
             double confidence,
             DhkAncovaGroup *groups,
             DhkAncovaCovariate *slopes)
{
  DhkInterval none = dhk_interval_undefined (status, confidence);
  bool known = status == DHK_STATS_TOO_FEW || status == DHK_STATS_SINGULAR
               || status == DHK_STATS_TOO_FEW_GROUPS;

  for (size_t g = 0; groups != NULL && g < self->n_groups; g++)
    {
      groups[g] = (DhkAncovaGroup){ status, 0, NAN, status, NAN, NAN, none };
      if (!known && status != DHK_STATS_OK && status != DHK_STATS_NO_VARIANCE)
        continue;
      groups[g].status = DHK_STATS_NO_DATA;
      groups[g].adjusted_status = groups[g].adjusted_mean_ci.status = DHK_STATS_NO_DATA;
      groups[g].n = self->group_n[g];
      if (groups[g].n == 0)
        continue;
      groups[g].status = DHK_STATS_OK;
      groups[g].mean = self->group_mean[g];
      groups[g].adjusted_status = groups[g].adjusted_mean_ci.status = status;
    }
  for (size_t j = 0; slopes != NULL && j + 1 < self->n_columns; j++)
    slopes[j] = (DhkAncovaCovariate){ status, NAN, NAN, none,
                                      dhk_anova_term_undefined (status, confidence) };
}

static DhkStatsStatus
check (const int *group, size_t n, size_t n_groups, size_t n_covariates, double confidence)
{
  if (!dhk_confidence_is_valid (confidence) || n_covariates == 0)
    return DHK_STATS_BAD_ARGUMENT;
  for (size_t i = 0; i < n; i++)
    if (group[i] >= 0 && (size_t) group[i] >= n_groups)
      return DHK_STATS_BAD_ARGUMENT;
  return DHK_STATS_OK;
}

DhkAncova
dhk_ancova (const double *values,
            const int *group,
            size_t n,
            size_t n_groups,
            const double *const *covariates,
            size_t n_covariates,
            double confidence,
            DhkAncovaGroup *groups,
            DhkAncovaCovariate *slopes)
{
  DhkAncova result = { check (group, n, n_groups, n_covariates, confidence),
                       0,
                       0,
                       0,
                       n_covariates,
                       NAN,
                       NAN,
                       NAN,
                       NAN,
                       NAN,
                       dhk_anova_term_undefined (DHK_STATS_OK, confidence),
                       dhk_anova_term_undefined (DHK_STATS_OK, confidence) };
  Sample sample = { .n_columns = n_covariates + 1, .n_groups = n_groups };
  double *ss = calloc (n_covariates + 1, sizeof *ss);

  if (ss == NULL)
    result.status = DHK_STATS_NO_MEMORY;
  if (result.status == DHK_STATS_OK)
    result.status = prepare (&sample, values, group, n, covariates);
  if (result.status == DHK_STATS_OK)
    {
      result.n = sample.n;
      result.n_missing = n - sample.n;
      result.n_groups = sample.n_used;
      if (sample.n_used < 2)
        result.status = DHK_STATS_TOO_FEW_GROUPS;
      else if (sample.n <= sample.n_used + n_covariates)
        result.status = DHK_STATS_TOO_FEW;
      else
        result.status = analyse (&result, &sample, confidence, ss);
    }
  clear_lists (&sample, result.status, confidence, groups, slopes);
  if (result.status == DHK_STATS_OK || result.status == DHK_STATS_NO_VARIANCE)
    {
      for (size_t g = 0; groups != NULL && g < n_groups; g++)
        if (sample.group_n[g] > 0)
          groups[g] = adjust_mean (&sample, &result, g, confidence);
      for (size_t j = 0; slopes != NULL && j < n_covariates; j++)
        slopes[j] = describe_slope (&sample, &result, j, ss[j], confidence);
      result.slopes = test_slopes (&sample, &result, confidence);
    }
  else
    result.group = result.slopes = dhk_anova_term_undefined (result.status, confidence);
  sample_clear (&sample);
  free (ss);
  return result;
}
