/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-random-intercept.h"
#include "stats/methods/dhk-methods-private.h"
#include "stats/methods/dhk-methods-regression.h"

#include <stdlib.h>

static const char *const likelihood_names[] = { "reml", "ml", NULL };

static const DhkField term_fields[] = {
  DHK_STATUS (DhkRandomInterceptTerm, status),
  DHK_NUMBER (DhkRandomInterceptTerm, b, SPREAD, 0),
  DHK_NUMBER (DhkRandomInterceptTerm, se, SPREAD, 0),
  DHK_INTERVAL (DhkRandomInterceptTerm, b_ci, b, SPREAD, 0),
  DHK_STRUCT (DhkRandomInterceptTerm, test, &dhk_regression_test_structure),
  { NULL },
};
static const DhkStructure term_structure
    = { "DhkRandomInterceptTerm", sizeof (DhkRandomInterceptTerm), term_fields };

static const DhkField intercept_fields[] = {
  DHK_STATUS (DhkRandomInterceptTerm, status),
  DHK_NUMBER (DhkRandomInterceptTerm, b, LOCATION, 0),
  DHK_NUMBER (DhkRandomInterceptTerm, se, SPREAD, 0),
  DHK_INTERVAL (DhkRandomInterceptTerm, b_ci, b, LOCATION, 0),
  DHK_STRUCT (DhkRandomInterceptTerm, test, &dhk_intercept_test_structure),
  { NULL },
};
static const DhkStructure intercept_structure
    = { "DhkRandomInterceptTerm", sizeof (DhkRandomInterceptTerm), intercept_fields };

static const DhkField variance_test_fields[] = {
  DHK_STATUS (DhkVarianceTest, status),
  DHK_NUMBER (DhkVarianceTest, chi_squared, NONE, 0),
  DHK_NUMBER (DhkVarianceTest, p, NONE, 0),
  { NULL },
};
static const DhkStructure variance_test_structure
    = { "DhkVarianceTest", sizeof (DhkVarianceTest), variance_test_fields };

static const DhkField random_intercept_fields[] = {
  DHK_STATUS (DhkRandomIntercept, status),
  DHK_CHOICE (DhkRandomIntercept, method, likelihood_names),
  DHK_COUNT (DhkRandomIntercept, n),
  DHK_COUNT (DhkRandomIntercept, n_missing),
  DHK_COUNT (DhkRandomIntercept, n_clusters),
  DHK_COUNT (DhkRandomIntercept, n_terms),
  DHK_COUNT (DhkRandomIntercept, smallest_cluster),
  DHK_COUNT (DhkRandomIntercept, largest_cluster),
  DHK_NUMBER (DhkRandomIntercept, mean_cluster_size, NONE, 0),
  DHK_NUMBER (DhkRandomIntercept, between_variance, SQUARE, 0),
  DHK_NUMBER (DhkRandomIntercept, within_variance, SQUARE, 0),
  DHK_NUMBER (DhkRandomIntercept, between_sd, SPREAD, 0),
  DHK_NUMBER (DhkRandomIntercept, within_sd, SPREAD, 0),
  DHK_FLAG (DhkRandomIntercept, at_boundary),
  DHK_NUMBER (DhkRandomIntercept, icc, NONE, 0),
  DHK_INTERVAL (DhkRandomIntercept, icc_ci, icc, NONE, 0),
  DHK_NUMBER (DhkRandomIntercept, design_effect, NONE, 0),
  DHK_NUMBER (DhkRandomIntercept, design_effect_kish, NONE, 0),
  DHK_NUMBER (DhkRandomIntercept, log_likelihood, OTHER, 0),
  DHK_NUMBER (DhkRandomIntercept, deviance, OTHER, 0),
  DHK_NUMBER (DhkRandomIntercept, aic, OTHER, 0),
  DHK_NUMBER (DhkRandomIntercept, bic, OTHER, 0),
  DHK_STRUCT (DhkRandomIntercept, variance_test, &variance_test_structure),
  DHK_STRUCT (DhkRandomIntercept, intercept, &intercept_structure),
  { NULL },
};
static const DhkStructure random_intercept_structure
    = { "DhkRandomIntercept", sizeof (DhkRandomIntercept), random_intercept_fields };

static const DhkMethodOption random_intercept_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "method", "restricted (reml) or full (ml) maximum likelihood", DHK_OPTION_CHOICE, 0, 0, 1,
    likelihood_names },
};

static DhkStatsStatus
run_random_intercept (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_terms = input->n_predictors;
  DhkRandomInterceptTerm *terms = calloc (n_terms > 0 ? n_terms : 1, sizeof *terms);
  DhkRandomIntercept model;

  if (terms == NULL)
    return DHK_STATS_NO_MEMORY;
  model = dhk_random_intercept (input->values[0], input->predictors, n_terms, input->cluster->code,
                                input->cluster->n_levels, input->n,
                                (DhkLikelihood) input->options[1], input->options[0], terms);
  dhk_record_add_struct (record, &random_intercept_structure, &model);
  dhk_record_add_list (record, "terms", DHK_PER_PREDICTOR, &term_structure, terms, n_terms);
  free (terms);
  return model.status;
}

const DhkMethod dhk_method_random_intercept = {
  .name = "random-intercept",
  .family = "multilevel",
  .title = "values in clusters: variance between and within them, and predictors",
  .source = "H. D. Patterson, R. Thompson, Biometrika 58 (1971) 545–554; D. A. Harville, JASA 72 "
            "(1977) 320–338",
  .missing = "listwise",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1),
             [DHK_ROLE_PREDICTOR] = DHK_NEED (0, DHK_ANY_NUMBER),
             [DHK_ROLE_CLUSTER] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_SINGULAR) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = random_intercept_options,
  .n_options = 2,
  .run = run_random_intercept,
};
