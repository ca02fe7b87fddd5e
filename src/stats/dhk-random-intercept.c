/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-random-intercept.h"

#include "stats/dhk-design.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-orthonormal.h"
#include "stats/dhk-profile.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  const double *value;
  const double *const *predictors;
  size_t n_predictors;
  const int *cluster;
  size_t n_levels;
  size_t n;
  double confidence;
} Request;

/* The model while it is fitted, its predictors orthonormal. */
typedef struct
{
  DhkDesign design;
  DhkOrthonormal predictors;
  DhkProfile profile;
  double *value;  /* n of the request: NaN also where the cluster is missing */
  double *size;   /* rows of each cluster */
  double *means;  /* columns of each cluster */
  double *within; /* cross-products */
  size_t *place;  /* of each level among the clusters that have rows, plus one */
  double *weights;
} Model;

static DhkRandomInterceptTerm
undefined_term (DhkStatsStatus status, double confidence)
{
  return (DhkRandomInterceptTerm){
    status, NAN, NAN, dhk_interval_undefined (status, confidence), { status, NAN, NAN, NAN }
  };
}

static DhkRandomIntercept
undefined_model (DhkStatsStatus status, DhkLikelihood method, size_t n_terms, double confidence)
{
  return (DhkRandomIntercept){ .status = status,
                               .method = method,
                               .n_terms = n_terms,
                               .mean_cluster_size = NAN,
                               .between_variance = NAN,
                               .within_variance = NAN,
                               .between_sd = NAN,
                               .within_sd = NAN,
                               .icc = NAN,
                               .icc_ci = dhk_interval_undefined (status, confidence),
                               .design_effect = NAN,
                               .design_effect_kish = NAN,
                               .log_likelihood = NAN,
                               .deviance = NAN,
                               .aic = NAN,
                               .bic = NAN,
                               .variance_test = { status, NAN, NAN },
                               .intercept = undefined_term (status, confidence) };
}

static void
clear_model (Model *self)
{
  dhk_design_clear (&self->design);
  dhk_orthonormal_clear (&self->predictors);
  dhk_profile_clear (&self->profile);
  free (self->value);
  free (self->size);
  free (self->means);
  free (self->within);
  free (self->place);
  free (self->weights);
}

static DhkStatsStatus
take_rows (Model *self, const Request *request)
{
  self->value = calloc (request->n > 0 ? request->n : 1, sizeof (double));
  if (self->value == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < request->n; i++)
    {
      bool placed = request->cluster[i] >= 0 && (size_t) request->cluster[i] < request->n_levels;

      self->value[i] = placed ? request->value[i] : NAN;
    }
  return dhk_design_init (&self->design, self->value, request->predictors, request->n_predictors, 1,
                          request->n, true);
}

static bool
is_complete (const Model *self, const Request *request, size_t row)
{
  if (isnan (self->value[row]))
    return false;
  for (size_t j = 0; j < request->n_predictors; j++)
    if (isnan (request->predictors[j][row]))
      return false;
  return true;
}

/* Counts the clusters and their rows; self->place says where each level went. */
static DhkStatsStatus
count_clusters (Model *self, const Request *request, DhkRandomIntercept *result)
{
  size_t *rows = calloc (request->n_levels + 1, sizeof (size_t));

  self->place = calloc (request->n_levels + 1, sizeof (size_t));
  self->size = calloc (request->n_levels + 1, sizeof (double));
  if (rows == NULL || self->place == NULL || self->size == NULL)
    {
      free (rows);
      return DHK_STATS_NO_MEMORY;
    }
  for (size_t i = 0; i < request->n; i++)
    if (is_complete (self, request, i))
      rows[request->cluster[i]]++;
  for (size_t level = 0; level < request->n_levels; level++)
    if (rows[level] > 0)
      {
        size_t count = rows[level];

        self->size[result->n_clusters++] = (double) count;
        self->place[level] = result->n_clusters;
        result->largest_cluster = count > result->largest_cluster ? count : result->largest_cluster;
        if (result->smallest_cluster == 0 || count < result->smallest_cluster)
          result->smallest_cluster = count;
      }
  free (rows);
  if (result->n_clusters == 0)
    return DHK_STATS_NO_DATA;
  result->mean_cluster_size = (double) result->n / (double) result->n_clusters;
  return DHK_STATS_OK;
}

/* Column `j` of row `row`: the orthonormal predictors, and then the value about its mean. */
static double
get (const Model *self, size_t row, size_t j)
{
  const DhkDesign *design = &self->design;

  if (j < self->predictors.m)
    return self->predictors.q[j + row * self->predictors.m];
  return dhk_dd_value (
      dhk_dd_subtract (dhk_design_get (design, row, design->p), design->mean[design->p]));
}

static void
find_means (Model *self, const size_t *clusters, size_t n_clusters, DhkDoubleDouble *sums)
{
  size_t columns = self->predictors.m + 1;

  for (size_t i = 0; i < self->design.n; i++)
    for (size_t j = 0; j < columns; j++)
      {
        DhkDoubleDouble *sum = &sums[j + clusters[i] * columns];

        *sum = dhk_dd_add (*sum, get (self, i, j));
      }
  for (size_t c = 0; c < n_clusters; c++)
    for (size_t j = 0; j < columns; j++)
      self->means[j + c * columns]
          = dhk_dd_value (dhk_dd_divide (sums[j + c * columns], self->size[c]));
}

/* Cross-products about the means of the clusters. */
static void
find_products (Model *self, const size_t *clusters, double *deviation, DhkDoubleDouble *sums)
{
  size_t columns = self->predictors.m + 1;

  for (size_t i = 0; i < self->design.n; i++)
    {
      const double *mean = self->means + clusters[i] * columns;

      for (size_t j = 0; j < columns; j++)
        deviation[j] = get (self, i, j) - mean[j];
      for (size_t b = 1; b < columns; b++)
        for (size_t a = b; a < columns; a++)
          sums[a + b * columns]
              = dhk_dd_add_product (sums[a + b * columns], deviation[a], deviation[b]);
    }
  for (size_t b = 1; b < columns; b++)
    for (size_t a = b; a < columns; a++)
      self->within[a + b * columns] = self->within[b + a * columns]
          = dhk_dd_value (sums[a + b * columns]);
}

/* Means of the clusters and cross-products about them; `clusters` says where each row belongs. */
static DhkStatsStatus
sum_clusters (Model *self, const size_t *clusters, size_t n_clusters)
{
  size_t columns = self->predictors.m + 1;
  DhkDoubleDouble *sums = calloc (n_clusters * columns, sizeof (DhkDoubleDouble));
  DhkDoubleDouble *products = calloc (columns * columns, sizeof (DhkDoubleDouble));
  double *deviation = calloc (columns, sizeof (double));
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  self->means = calloc (n_clusters * columns, sizeof (double));
  self->within = calloc (columns * columns, sizeof (double));
  if (sums != NULL && products != NULL && deviation != NULL && self->means != NULL
      && self->within != NULL)
    {
      find_means (self, clusters, n_clusters, sums);
      find_products (self, clusters, deviation, products);
      status = DHK_STATS_OK;
    }
  free (sums);
  free (products);
  free (deviation);
  return status;
}

static DhkStatsStatus
gather_clusters (Model *self, const Request *request, size_t n_clusters)
{
  size_t *clusters = calloc (self->design.n, sizeof (size_t));
  size_t filled = 0;
  DhkStatsStatus status;

  if (clusters == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < request->n; i++)
    if (is_complete (self, request, i))
      clusters[filled++] = self->place[request->cluster[i]] - 1;
  status = sum_clusters (self, clusters, n_clusters);
  free (clusters);
  return status;
}

static DhkStatsStatus
prepare (Model *self, const Request *request, DhkRandomIntercept *result)
{
  DhkStatsStatus status = take_rows (self, request), counted;

  result->n = self->design.n;
  result->n_missing = self->design.n_missing;
  if (status != DHK_STATS_OK && status != DHK_STATS_NO_VARIANCE)
    return status;
  counted = count_clusters (self, request, result);
  if (counted != DHK_STATS_OK)
    return counted;
  if (result->n < request->n_predictors + 3)
    return DHK_STATS_TOO_FEW;
  if (result->n_clusters < 2)
    return DHK_STATS_TOO_FEW_GROUPS;
  if (result->largest_cluster < 2)
    return DHK_STATS_TOO_FEW;
  if (status == DHK_STATS_OK)
    status = dhk_orthonormal_init (&self->predictors, &self->design);
  if (status == DHK_STATS_OK)
    status = gather_clusters (self, request, result->n_clusters);
  if (status != DHK_STATS_OK)
    return status;

  self->profile = (DhkProfile){ .n = result->n,
                                .m = self->predictors.m,
                                .n_clusters = result->n_clusters,
                                .size = self->size,
                                .means = self->means,
                                .within = self->within,
                                .restricted = result->method == DHK_LIKELIHOOD_REML };
  self->weights = calloc (self->predictors.m, sizeof (double));
  return self->weights == NULL ? DHK_STATS_NO_MEMORY : dhk_profile_init (&self->profile);
}

/* weights'A weights */
static double
form (const double *a, const double *weights, size_t m)
{
  double sum = 0;

  for (size_t j = 0; j < m; j++)
    for (size_t k = 0; k < m; k++)
      sum += weights[j] * a[j + k * m] * weights[k];
  return sum;
}

/* weights'C B C weights: how w'Cw grows with λ */
static double
growth (const DhkProfile *profile, const double *weights)
{
  size_t m = profile->m;
  double *turned = profile->work;

  for (size_t j = 0; j < m; j++)
    {
      turned[j] = 0;
      for (size_t k = 0; k < m; k++)
        turned[j] += profile->inverse[j + k * m] * weights[k];
    }
  return form (profile->second, turned, m);
}

/* Satterthwaite's df of weights'b; at the boundary only σ²_e is estimated. */
static double
find_df (const DhkProfile *profile, const double *weights, double curvature)
{
  double s = profile->squares / profile->df;
  double square = form (profile->inverse, weights, profile->m);
  double by_s = square, by_lambda = s * growth (profile, weights);
  double h_ss = profile->df / (s * s), h_sl = -profile->slope / (s * s);
  double determinant = h_ss * curvature - h_sl * h_sl;
  double variance;

  if (!(profile->lambda > 0))
    return profile->df;
  variance = (by_s * by_s * curvature - 2 * by_s * by_lambda * h_sl + by_lambda * by_lambda * h_ss)
             / determinant;
  return s * square * s * square / variance;
}

static DhkRandomInterceptTerm
make_term (const Model *model, size_t term, double curvature, double confidence)
{
  const DhkProfile *profile = &model->profile;
  const DhkDesign *design = &model->design;
  int exponent = design->exponent[design->p] - (term < design->p ? design->exponent[term] : 0);
  DhkRandomInterceptTerm self = { .status = DHK_STATS_OK, .b = 0 };
  double se, df;

  dhk_orthonormal_get_weights (&model->predictors, design, term, model->weights);
  for (size_t k = 0; k < profile->m; k++)
    self.b += model->weights[k] * profile->b[k];
  if (term == design->p)
    self.b += dhk_dd_value (design->location[design->p]);
  se = sqrt (profile->squares / profile->df * form (profile->inverse, model->weights, profile->m));
  df = find_df (profile, model->weights, curvature);

  self.test
      = (DhkRegressionTest){ DHK_STATS_OK, self.b / se, df, dhk_t_two_sided (self.b / se, df) };
  self.b = ldexp (self.b, exponent);
  self.se = ldexp (se, exponent);
  if (!isfinite (self.b) || !isfinite (self.se) || !isfinite (self.test.t))
    return undefined_term (DHK_STATS_NOT_FINITE, confidence);
  if (!(df >= 1))
    {
      self.test = (DhkRegressionTest){ DHK_STATS_TOO_FEW, NAN, NAN, NAN };
      self.b_ci = dhk_interval_undefined (DHK_STATS_TOO_FEW, confidence);
      return self;
    }
  self.b_ci = dhk_interval_make (self.b - dhk_t_quantile (0.5 + confidence / 2, df) * self.se,
                                 self.b + dhk_t_quantile (0.5 + confidence / 2, df) * self.se,
                                 confidence);
  return self;
}

/* What the units of the columns add to the deviance: those of the outcome, and with restricted
 * likelihood those of the predictors. */
static double
deviance_of_units (const Model *model)
{
  static const double log_2 = 0.69314718055994530942;
  const DhkDesign *design = &model->design;
  double sum = 2 * model->profile.df * design->exponent[design->p] * log_2;

  if (model->profile.restricted)
    for (size_t j = 0; j < design->p; j++)
      sum -= 2 * (log (model->predictors.factor[j + j * design->p]) - design->exponent[j] * log_2);
  return sum;
}

static void
fill_icc (DhkRandomIntercept *self, const Model *model)
{
  double lambda = model->profile.lambda, squares = 0;

  for (size_t i = 0; i < self->n_clusters; i++)
    squares += model->size[i] * model->size[i];
  self->at_boundary = !(lambda > 0);
  self->icc = lambda / (1 + lambda);
  self->design_effect = 1 + (self->mean_cluster_size - 1) * self->icc;
  self->design_effect_kish = 1 + (squares / (double) self->n - 1) * self->icc;
}

/* The interval and the test need the deviance elsewhere: the last thing that is done. */
static void
fill_profile (DhkRandomIntercept *self, Model *model, double confidence)
{
  DhkProfile *profile = &model->profile;
  double best = profile->lambda, least = profile->deviance;
  double rise = dhk_chi_squared_quantile (confidence, 1), low, high;

  low = dhk_profile_find_rise (profile, rise, false);
  dhk_profile_evaluate (profile, best);
  high = dhk_profile_find_rise (profile, rise, true);
  self->icc_ci
      = dhk_interval_make (low / (1 + low), isinf (high) ? 1 : high / (1 + high), confidence);

  dhk_profile_evaluate (profile, 0);
  self->variance_test = (DhkVarianceTest){ DHK_STATS_OK, fmax (0, profile->deviance - least), 1 };
  if (!self->at_boundary)
    self->variance_test.p = dhk_chi_squared_upper (self->variance_test.chi_squared, 1) / 2;
}

static DhkStatsStatus
fill_model (DhkRandomIntercept *self,
            Model *model,
            double confidence,
            DhkRandomInterceptTerm *terms)
{
  DhkProfile *profile = &model->profile;
  int exponent = model->design.exponent[model->design.p];
  double curvature = dhk_profile_find_curvature (profile);
  double s = profile->squares / profile->df, parameters = (double) (profile->m + 2);

  self->status = DHK_STATS_OK;
  self->within_sd = ldexp (sqrt (s), exponent);
  self->between_sd = ldexp (sqrt (s * profile->lambda), exponent);
  self->within_variance = ldexp (s, 2 * exponent);
  self->between_variance = ldexp (s * profile->lambda, 2 * exponent);
  fill_icc (self, model);
  self->deviance = profile->deviance + deviance_of_units (model);
  self->log_likelihood = -self->deviance / 2;
  self->aic = self->deviance + 2 * parameters;
  self->bic = self->deviance + log ((double) self->n) * parameters;
  self->intercept = make_term (model, model->design.p, curvature, confidence);
  for (size_t j = 0; j < self->n_terms; j++)
    terms[j] = make_term (model, j, curvature, confidence);
  fill_profile (self, model, confidence);
  return isfinite (self->between_variance) && isfinite (self->within_variance)
             ? DHK_STATS_OK
             : DHK_STATS_NOT_FINITE;
}

DhkRandomIntercept
dhk_random_intercept (const double *value,
                      const double *const *predictors,
                      size_t n_predictors,
                      const int *cluster,
                      size_t n_levels,
                      size_t n,
                      DhkLikelihood method,
                      double confidence,
                      DhkRandomInterceptTerm *terms)
{
  Request request = { value, predictors, n_predictors, cluster, n_levels, n, confidence };
  DhkRandomIntercept self = undefined_model (DHK_STATS_OK, method, n_predictors, confidence);
  DhkRandomIntercept counts;
  Model model = { 0 };
  DhkStatsStatus status = DHK_STATS_BAD_ARGUMENT;

  if (dhk_confidence_is_valid (confidence))
    status = prepare (&model, &request, &self);
  if (status == DHK_STATS_OK)
    status = dhk_profile_minimise (&model.profile);
  if (status == DHK_STATS_OK)
    status = fill_model (&self, &model, confidence, terms);
  clear_model (&model);
  if (status == DHK_STATS_OK)
    return self;

  counts = self;
  self = undefined_model (status, method, n_predictors, confidence);
  self.n = counts.n;
  self.n_missing = counts.n_missing;
  self.n_clusters = counts.n_clusters;
  self.smallest_cluster = counts.smallest_cluster;
  self.largest_cluster = counts.largest_cluster;
  for (size_t j = 0; j < n_predictors; j++)
    terms[j] = undefined_term (status, confidence);
  return self;
}
