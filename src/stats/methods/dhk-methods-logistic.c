/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-logistic.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

static const DhkField odds_ratio_fields[] = {
  DHK_STATUS (DhkOddsRatio, status),
  DHK_NUMBER (DhkOddsRatio, estimate, NONE, 0),
  DHK_INTERVAL (DhkOddsRatio, estimate_ci, estimate, NONE, 0),
  { NULL },
};
static const DhkStructure odds_ratio_structure
    = { "DhkOddsRatio", sizeof (DhkOddsRatio), odds_ratio_fields };

static const DhkField term_fields[] = {
  DHK_STATUS (DhkLogisticTerm, status),
  DHK_NUMBER (DhkLogisticTerm, b, NONE, 0),
  DHK_NUMBER (DhkLogisticTerm, se, NONE, 0),
  DHK_INTERVAL (DhkLogisticTerm, b_ci, b, NONE, 0),
  DHK_NUMBER (DhkLogisticTerm, z, NONE, 0),
  DHK_NUMBER (DhkLogisticTerm, wald, NONE, 0),
  DHK_NUMBER (DhkLogisticTerm, p, NONE, 0),
  DHK_STRUCT (DhkLogisticTerm, odds_ratio, &odds_ratio_structure),
  { NULL },
};
static const DhkStructure term_structure
    = { "DhkLogisticTerm", sizeof (DhkLogisticTerm), term_fields };

static const DhkField test_fields[] = {
  DHK_STATUS (DhkLikelihoodRatio, status),
  DHK_NUMBER (DhkLikelihoodRatio, chi_squared, NONE, 0),
  DHK_NUMBER (DhkLikelihoodRatio, df, NONE, 0),
  DHK_NUMBER (DhkLikelihoodRatio, p, NONE, 0),
  { NULL },
};
static const DhkStructure test_structure
    = { "DhkLikelihoodRatio", sizeof (DhkLikelihoodRatio), test_fields };

static const DhkField logistic_fields[] = {
  DHK_STATUS (DhkLogistic, status),
  DHK_COUNT (DhkLogistic, n),
  DHK_COUNT (DhkLogistic, n_missing),
  DHK_COUNT (DhkLogistic, n_events),
  DHK_COUNT (DhkLogistic, n_terms),
  DHK_NUMBER (DhkLogistic, log_likelihood, NONE, 0),
  DHK_NUMBER (DhkLogistic, null_log_likelihood, NONE, 0),
  DHK_NUMBER (DhkLogistic, deviance, NONE, 0),
  DHK_NUMBER (DhkLogistic, aic, NONE, 0),
  DHK_NUMBER (DhkLogistic, bic, NONE, 0),
  DHK_NUMBER (DhkLogistic, cox_snell, NONE, 0),
  DHK_NUMBER (DhkLogistic, nagelkerke, NONE, 0),
  DHK_NUMBER (DhkLogistic, mcfadden, NONE, 0),
  DHK_STRUCT (DhkLogistic, test, &test_structure),
  DHK_STRUCT (DhkLogistic, intercept, &term_structure),
  DHK_COUNT (DhkLogistic, n_true_positive),
  DHK_COUNT (DhkLogistic, n_false_positive),
  DHK_COUNT (DhkLogistic, n_true_negative),
  DHK_COUNT (DhkLogistic, n_false_negative),
  DHK_NUMBER (DhkLogistic, accuracy, NONE, 0),
  DHK_NUMBER (DhkLogistic, sensitivity, NONE, 0),
  DHK_NUMBER (DhkLogistic, specificity, NONE, 0),
  { NULL },
};
static const DhkStructure logistic_structure
    = { "DhkLogistic", sizeof (DhkLogistic), logistic_fields };

static const DhkMethodOption logistic_options[] = {
  DHK_CONFIDENCE_OPTION,
};

static DhkStatsStatus
run_logistic (const DhkMethodInput *input, DhkRecord *record)
{
  DhkLogisticTerm *terms = calloc (input->n_predictors, sizeof *terms);
  DhkLogistic model;

  if (terms == NULL)
    return DHK_STATS_NO_MEMORY;
  model = dhk_logistic (input->values[0], input->predictors, input->n_predictors, input->n,
                        input->options[0], terms);
  dhk_record_add_struct (record, &logistic_structure, &model);
  dhk_record_add_list (record, "terms", DHK_PER_PREDICTOR, &term_structure, terms,
                       input->n_predictors);
  free (terms);
  return model.status;
}

const DhkMethod dhk_method_logistic_regression = {
  .name = "logistic-regression",
  .family = "association",
  .title = "a yes or no explained by predictors",
  .source = "D. R. Cox, J. R. Statist. Soc. B 20 (1958) 215–242; A. Albert, J. A. Anderson, "
            "Biometrika 71 (1984) 1–10",
  .missing = "listwise",
  .needs
  = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_PREDICTOR] = DHK_NEED (1, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_BINARY,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_SINGULAR)
             | DHK_REASON (DHK_STATS_SEPARATED) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = logistic_options,
  .n_options = 1,
  .run = run_logistic,
};
