/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/methods/dhk-methods-regression.h"

#include "stats/dhk-regression-steps.h"
#include "stats/dhk-regression.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* Structures */

static const DhkField regression_test_fields[] = {
  DHK_STATUS (DhkRegressionTest, status),
  DHK_NUMBER (DhkRegressionTest, t, NONE, 0),
  DHK_NUMBER (DhkRegressionTest, df, NONE, 0),
  DHK_NUMBER (DhkRegressionTest, p, NONE, 0),
  { NULL },
};
const DhkStructure dhk_regression_test_structure
    = { "DhkRegressionTest", sizeof (DhkRegressionTest), regression_test_fields };

static const DhkField intercept_test_fields[] = {
  DHK_STATUS (DhkRegressionTest, status),
  DHK_NUMBER (DhkRegressionTest, t, OTHER, 0),
  DHK_NUMBER (DhkRegressionTest, df, NONE, 0),
  DHK_NUMBER (DhkRegressionTest, p, OTHER, 0),
  { NULL },
};
const DhkStructure dhk_intercept_test_structure
    = { "DhkRegressionTest", sizeof (DhkRegressionTest), intercept_test_fields };

static const DhkField model_test_fields[] = {
  DHK_STATUS (DhkRegressionModelTest, status),
  DHK_NUMBER (DhkRegressionModelTest, f, NONE, 0),
  DHK_NUMBER (DhkRegressionModelTest, df1, NONE, 0),
  DHK_NUMBER (DhkRegressionModelTest, df2, NONE, 0),
  DHK_NUMBER (DhkRegressionModelTest, p, NONE, 0),
  { NULL },
};
static const DhkStructure model_test_structure
    = { "DhkRegressionModelTest", sizeof (DhkRegressionModelTest), model_test_fields };

static const DhkField intercept_fields[] = {
  DHK_STATUS (DhkRegressionIntercept, status),
  DHK_NUMBER (DhkRegressionIntercept, b, LOCATION, 0),
  DHK_NUMBER (DhkRegressionIntercept, se, SPREAD, 0),
  DHK_INTERVAL (DhkRegressionIntercept, b_ci, b, LOCATION, 0),
  DHK_STRUCT (DhkRegressionIntercept, test, &dhk_intercept_test_structure),
  { NULL },
};
static const DhkStructure intercept_structure
    = { "DhkRegressionIntercept", sizeof (DhkRegressionIntercept), intercept_fields };

static const DhkField term_fields[] = {
  DHK_STATUS (DhkRegressionTerm, status),
  DHK_NUMBER (DhkRegressionTerm, b, SPREAD, 0),
  DHK_NUMBER (DhkRegressionTerm, se, SPREAD, 0),
  DHK_INTERVAL (DhkRegressionTerm, b_ci, b, SPREAD, 0),
  DHK_STRUCT (DhkRegressionTerm, test, &dhk_regression_test_structure),
  DHK_NUMBER (DhkRegressionTerm, beta, NONE, 0),
  DHK_NUMBER (DhkRegressionTerm, part_r, NONE, 0),
  DHK_NUMBER (DhkRegressionTerm, tolerance, NONE, 0),
  DHK_NUMBER (DhkRegressionTerm, vif, NONE, 0),
  DHK_STATUS (DhkRegressionTerm, partial_status),
  DHK_NUMBER (DhkRegressionTerm, partial_r, NONE, 0),
  { NULL },
};
static const DhkStructure term_structure
    = { "DhkRegressionTerm", sizeof (DhkRegressionTerm), term_fields };

static const DhkField likelihood_fields[] = {
  DHK_STATUS (DhkRegressionLikelihood, status),
  DHK_NUMBER (DhkRegressionLikelihood, log_likelihood, OTHER, 0),
  DHK_NUMBER (DhkRegressionLikelihood, aic, OTHER, 0),
  DHK_NUMBER (DhkRegressionLikelihood, bic, OTHER, 0),
  { NULL },
};
static const DhkStructure likelihood_structure
    = { "DhkRegressionLikelihood", sizeof (DhkRegressionLikelihood), likelihood_fields };

static const DhkField breusch_pagan_fields[] = {
  DHK_STATUS (DhkBreuschPagan, status),
  DHK_NUMBER (DhkBreuschPagan, chi_squared, NONE, 0),
  DHK_NUMBER (DhkBreuschPagan, df, NONE, 0),
  DHK_NUMBER (DhkBreuschPagan, p, NONE, 0),
  { NULL },
};
static const DhkStructure breusch_pagan_structure
    = { "DhkBreuschPagan", sizeof (DhkBreuschPagan), breusch_pagan_fields };

static const DhkField shape_fields[] = {
  DHK_STATUS (DhkResidualShape, status),
  DHK_NUMBER (DhkResidualShape, skewness, NONE, 0),
  DHK_NUMBER (DhkResidualShape, kurtosis, NONE, 0),
  { NULL },
};
static const DhkStructure shape_structure
    = { "DhkResidualShape", sizeof (DhkResidualShape), shape_fields };

static const DhkField checks_fields[] = {
  DHK_STATUS (DhkRegressionChecks, status),
  DHK_NUMBER (DhkRegressionChecks, durbin_watson, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkRegressionChecks, largest_residual, NONE, 0),
  DHK_COUNT (DhkRegressionChecks, n_beyond_2),
  DHK_COUNT (DhkRegressionChecks, n_beyond_3),
  DHK_NUMBER (DhkRegressionChecks, largest_cook, NONE, 0),
  DHK_NUMBER (DhkRegressionChecks, largest_leverage, NONE, 0),
  DHK_STRUCT (DhkRegressionChecks, shape, &shape_structure),
  DHK_STRUCT (DhkRegressionChecks, breusch_pagan, &breusch_pagan_structure),
  { NULL },
};
static const DhkStructure checks_structure
    = { "DhkRegressionChecks", sizeof (DhkRegressionChecks), checks_fields };

static const DhkField regression_fields[] = {
  DHK_STATUS (DhkRegression, status),
  DHK_COUNT (DhkRegression, n),
  DHK_COUNT (DhkRegression, n_missing),
  DHK_COUNT (DhkRegression, n_terms),
  DHK_NUMBER (DhkRegression, ss_total, SQUARE, 0),
  DHK_NUMBER (DhkRegression, ss_model, SQUARE, 0),
  DHK_NUMBER (DhkRegression, ss_residual, SQUARE, 0),
  DHK_NUMBER (DhkRegression, residual_sd, SPREAD, 0),
  DHK_NUMBER (DhkRegression, r, NONE, 0),
  DHK_NUMBER (DhkRegression, r_squared, NONE, 0),
  DHK_NUMBER (DhkRegression, adjusted_r_squared, NONE, 0),
  DHK_NUMBER (DhkRegression, condition_number, NONE, 0),
  DHK_STRUCT (DhkRegression, test, &model_test_structure),
  DHK_STRUCT (DhkRegression, intercept, &intercept_structure),
  DHK_STRUCT (DhkRegression, likelihood, &likelihood_structure),
  DHK_STRUCT (DhkRegression, checks, &checks_structure),
  { NULL },
};
static const DhkStructure regression_structure
    = { "DhkRegression", sizeof (DhkRegression), regression_fields };

static const DhkField step_fields[] = {
  DHK_STATUS (DhkRegressionStep, status),
  DHK_COUNT (DhkRegressionStep, n_added),
  DHK_COUNT (DhkRegressionStep, n_terms),
  DHK_NUMBER (DhkRegressionStep, r_squared, NONE, 0),
  DHK_NUMBER (DhkRegressionStep, adjusted_r_squared, NONE, 0),
  DHK_NUMBER (DhkRegressionStep, r_squared_change, NONE, 0),
  DHK_NUMBER (DhkRegressionStep, residual_sd, SPREAD, 0),
  DHK_STRUCT (DhkRegressionStep, test, &model_test_structure),
  DHK_STRUCT (DhkRegressionStep, change_test, &model_test_structure),
  { NULL },
};
static const DhkStructure step_structure
    = { "DhkRegressionStep", sizeof (DhkRegressionStep), step_fields };

static const DhkField steps_fields[] = {
  DHK_STATUS (DhkRegressionSteps, status),
  DHK_COUNT (DhkRegressionSteps, n_steps),
  DHK_STRUCT (DhkRegressionSteps, model, &regression_structure),
  { NULL },
};
static const DhkStructure steps_structure
    = { "DhkRegressionSteps", sizeof (DhkRegressionSteps), steps_fields };

/* Methods */

static const char *const intercept_names[] = { "yes", "no", NULL };

static const DhkMethodOption regression_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "intercept", "whether the model has an intercept", DHK_OPTION_CHOICE, 0, 0, 1,
    intercept_names },
  { "degree", "the highest power of the predictor; above 1 there is one predictor",
    DHK_OPTION_INTEGER, 1, 1, DHK_MAX_DEGREE, NULL },
};

static DhkStatsStatus
run_regression (const DhkMethodInput *input, DhkRecord *record)
{
  size_t degree = (size_t) input->options[2];
  size_t n_terms = degree > 1 ? degree : input->n_predictors;
  bool intercept = input->options[1] < 0.5;
  DhkRegressionTerm *terms;
  DhkRegression model;

  if (degree > 1 && input->n_predictors != 1)
    return DHK_STATS_BAD_ARGUMENT;
  terms = calloc (n_terms, sizeof *terms);
  if (terms == NULL)
    return DHK_STATS_NO_MEMORY;
  if (degree > 1)
    model = dhk_polynomial_regression (input->values[0], input->predictors[0], degree, input->n,
                                       intercept, input->options[0], terms);
  else
    model = dhk_regression (input->values[0], input->predictors, n_terms, input->n, intercept,
                            input->options[0], terms);
  dhk_record_add_struct (record, &regression_structure, &model);
  dhk_record_add_list (record, "terms", degree > 1 ? DHK_PER_OTHER : DHK_PER_PREDICTOR,
                       &term_structure, terms, n_terms);
  free (terms);
  return model.status;
}

#define REGRESSION_REASONS                                                                         \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_SINGULAR)                          \
   | DHK_REASON (DHK_STATS_PERFECT_FIT) | DHK_REASON (DHK_STATS_NOT_FINITE)                        \
   | DHK_REASON (DHK_STATS_NO_MEMORY))

const DhkMethod dhk_method_regression = {
  .name = "regression",
  .family = "association",
  .title = "an outcome explained by predictors, or by powers of one predictor",
  .source = "Å. Björck, BIT 7 (1967) 257–278; J. Cohen, P. Cohen, Applied Multiple Regression "
            "(1983) 3.6",
  .missing = "listwise",
  .needs
  = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_PREDICTOR] = DHK_NEED (1, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_RATIO, /* without an intercept the zero counts */
  .reasons = REGRESSION_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = regression_options,
  .n_options = 3,
  .run = run_regression,
};

static const DhkMethodOption steps_options[] = {
  DHK_CONFIDENCE_OPTION,
};

static DhkStatsStatus
run_regression_steps (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_terms = input->n_predictors, n_steps = 1;
  DhkRegressionTerm *terms = calloc (n_terms, sizeof *terms);
  DhkRegressionStep *steps;
  DhkRegressionSteps result;

  for (size_t j = 0; input->step != NULL && j < n_terms; j++)
    if (input->step[j] >= n_steps)
      n_steps = input->step[j] + 1;
  steps = calloc (n_steps, sizeof *steps);
  if (terms == NULL || steps == NULL)
    {
      free (terms);
      free (steps);
      return DHK_STATS_NO_MEMORY;
    }
  result = dhk_regression_steps (input->values[0], input->predictors, input->step, n_terms,
                                 input->n, input->options[0], steps, terms);
  dhk_record_add_struct (record, &steps_structure, &result);
  dhk_record_add_list (record, "steps", DHK_PER_OTHER, &step_structure, steps, n_steps);
  dhk_record_add_list (record, "terms", DHK_PER_PREDICTOR, &term_structure, terms, n_terms);
  free (terms);
  free (steps);
  return result.status;
}

const DhkMethod dhk_method_regression_steps = {
  .name = "regression-steps",
  .family = "association",
  .title = "what each step of predictors adds (hierarchical regression)",
  .source = "J. Cohen, P. Cohen, Applied Multiple Regression (1983) 4.2",
  .missing = "listwise over all steps",
  .needs
  = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_PREDICTOR] = DHK_NEED (1, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = REGRESSION_REASONS,
  .options = steps_options,
  .n_options = 1,
  .run = run_regression_steps,
};
