/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-item-analysis.h"
#include "stats/dhk-omega.h"
#include "stats/dhk-split-half.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* What scales can be refused for, whatever is computed of them */
#define SCALE_REASONS                                                                              \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)                        \
   | DHK_REASON (DHK_STATS_INDEFINITE) | DHK_REASON (DHK_STATS_NO_MEMORY))

#define MISSING_OPTION                                                                             \
  {                                                                                                \
    "missing",                                                                                     \
        "which rows count: those with all items, or for each pair of items those with both",       \
        DHK_OPTION_CHOICE, 0, 0, 1, dhk_deletion_names                                             \
  }

#define MISSING_TEXT "listwise, or by option pairwise covariances"

/* Alpha */

static const DhkField reliability_fields[] = {
  DHK_STATUS (DhkReliability, status),
  DHK_COUNT (DhkReliability, n_items),
  DHK_COUNT (DhkReliability, n),
  DHK_COUNT (DhkReliability, n_missing),
  DHK_NUMBER (DhkReliability, alpha, NONE, 0),
  DHK_INTERVAL (DhkReliability, ci, alpha, NONE, 0),
  DHK_NUMBER (DhkReliability, total_mean, OTHER, 0),
  DHK_NUMBER (DhkReliability, total_sd, SPREAD, 0),
  { NULL },
};
static const DhkStructure reliability_structure
    = { "DhkReliability", sizeof (DhkReliability), reliability_fields };

static const DhkField item_reliability_fields[] = {
  DHK_STATUS (DhkItemReliability, status),
  DHK_NUMBER (DhkItemReliability, mean, LOCATION, 0),
  DHK_NUMBER (DhkItemReliability, sd, SPREAD, 0),
  DHK_STATUS (DhkItemReliability, item_rest_status),
  DHK_NUMBER (DhkItemReliability, item_rest_r, NONE, 0),
  DHK_STATUS (DhkItemReliability, alpha_status),
  DHK_NUMBER (DhkItemReliability, alpha_if_dropped, NONE, 0),
  { NULL },
};
static const DhkStructure item_reliability_structure
    = { "DhkItemReliability", sizeof (DhkItemReliability), item_reliability_fields };

static const DhkField asymptotic_fields[] = {
  DHK_STATUS (DhkAsymptoticAlpha, status),
  DHK_NUMBER (DhkAsymptoticAlpha, alpha, NONE, 0),
  DHK_NUMBER (DhkAsymptoticAlpha, se, NONE, 0),
  DHK_INTERVAL (DhkAsymptoticAlpha, ci, alpha, NONE, 0),
  { NULL },
};
static const DhkStructure asymptotic_structure
    = { "DhkAsymptoticAlpha", sizeof (DhkAsymptoticAlpha), asymptotic_fields };

static const DhkField inter_item_fields[] = {
  DHK_STATUS (DhkInterItem, status),
  DHK_NUMBER (DhkInterItem, mean_r, NONE, 0),
  DHK_NUMBER (DhkInterItem, min_r, NONE, 0),
  DHK_NUMBER (DhkInterItem, max_r, NONE, 0),
  { NULL },
};
static const DhkStructure inter_item_structure
    = { "DhkInterItem", sizeof (DhkInterItem), inter_item_fields };

static const DhkField standardised_fields[] = {
  DHK_STATUS (DhkStandardisedAlpha, status),
  DHK_NUMBER (DhkStandardisedAlpha, alpha, NONE, 0),
  { NULL },
};
static const DhkStructure standardised_structure
    = { "DhkStandardisedAlpha", sizeof (DhkStandardisedAlpha), standardised_fields };

static const DhkField guttman_fields[] = {
  DHK_STATUS (DhkGuttman, status),
  DHK_NUMBER (DhkGuttman, lambda1, NONE, 0),
  DHK_NUMBER (DhkGuttman, lambda2, NONE, 0),
  DHK_NUMBER (DhkGuttman, lambda3, NONE, 0),
  DHK_NUMBER (DhkGuttman, lambda5, NONE, 0),
  DHK_STATUS (DhkGuttman, lambda6_status),
  DHK_NUMBER (DhkGuttman, lambda6_covariances, NONE, 0),
  DHK_NUMBER (DhkGuttman, lambda6_correlations, NONE, 0),
  { NULL },
};
static const DhkStructure guttman_structure = { "DhkGuttman", sizeof (DhkGuttman), guttman_fields };

static const DhkField item_analysis_fields[] = {
  DHK_STATUS (DhkItemAnalysis, status),
  DHK_CHOICE (DhkItemAnalysis, missing, dhk_deletion_names),
  DHK_STRUCT (DhkItemAnalysis, cronbach, &reliability_structure),
  DHK_STRUCT (DhkItemAnalysis, asymptotic, &asymptotic_structure),
  DHK_STRUCT (DhkItemAnalysis, between_items, &inter_item_structure),
  DHK_NUMBER (DhkItemAnalysis, mean_covariance, SQUARE, 0),
  DHK_STRUCT (DhkItemAnalysis, standardised, &standardised_structure),
  DHK_STRUCT (DhkItemAnalysis, guttman, &guttman_structure),
  { NULL },
};
static const DhkStructure item_analysis_structure
    = { "DhkItemAnalysis", sizeof (DhkItemAnalysis), item_analysis_fields };

static const DhkField item_detail_fields[] = {
  DHK_STRUCT (DhkItemDetail, plain, &item_reliability_structure),
  DHK_COUNT (DhkItemDetail, n_valid),
  DHK_STATUS (DhkItemDetail, rest_status),
  DHK_NUMBER (DhkItemDetail, rest_mean, OTHER, 0),
  DHK_NUMBER (DhkItemDetail, rest_variance, SQUARE, 0),
  DHK_STATUS (DhkItemDetail, item_total_status),
  DHK_NUMBER (DhkItemDetail, item_total_r, NONE, 0),
  DHK_STATUS (DhkItemDetail, multiple_status),
  DHK_NUMBER (DhkItemDetail, multiple_r_squared, NONE, 0),
  DHK_STATUS (DhkItemDetail, standardised_status),
  DHK_NUMBER (DhkItemDetail, standardised_alpha_if_dropped, NONE, 0),
  { NULL },
};
static const DhkStructure item_detail_structure
    = { "DhkItemDetail", sizeof (DhkItemDetail), item_detail_fields };

static DhkStatsStatus
run_alpha (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkItemDetail *details = calloc (k, sizeof *details);
  DhkItemAnalysis result;

  if (details == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_item_analysis (input->values, k, input->n, (DhkDeletion) input->options[0],
                              input->options[1], details);
  dhk_record_add_struct (record, &item_analysis_structure, &result);
  dhk_record_add_list (record, "items", DHK_PER_VALUE, &item_detail_structure, details, k);
  free (details);
  return result.status;
}

static const DhkMethodOption alpha_options[] = { MISSING_OPTION, DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_alpha = {
  .name = "alpha",
  .family = "reliability",
  .title = "Cronbach's alpha with two intervals, Guttman's lambdas, and what each item adds",
  .source = "L. J. Cronbach, Psychometrika 16 (1951) 297-334; L. Guttman, Psychometrika 10 (1945) "
            "255-282; L. S. Feldt et al., Applied Psychological Measurement 11 (1987) 93-103; "
            "A. Duhachek, D. Iacobucci, J. Applied Psychology 89 (2004) 792-808",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = SCALE_REASONS | DHK_REASON (DHK_STATS_TOO_FEW_ITEMS) | DHK_REASON (DHK_STATS_SINGULAR),
  .options = alpha_options,
  .n_options = 2,
  .run = run_alpha,
};

/* Split half */

static const DhkField half_alpha_fields[] = {
  DHK_STATUS (DhkHalfAlpha, status),
  DHK_NUMBER (DhkHalfAlpha, alpha, NONE, 0),
  { NULL },
};
static const DhkStructure half_alpha_structure
    = { "DhkHalfAlpha", sizeof (DhkHalfAlpha), half_alpha_fields };

static const DhkField half_fields[] = {
  DHK_COUNT (DhkHalf, n_items),
  DHK_STATUS (DhkHalf, status),
  DHK_NUMBER (DhkHalf, mean, OTHER, 0),
  DHK_NUMBER (DhkHalf, sd, SPREAD, 0),
  DHK_STRUCT (DhkHalf, cronbach, &half_alpha_structure),
  { NULL },
};
static const DhkStructure half_structure = { "DhkHalf", sizeof (DhkHalf), half_fields };

static const DhkField halves_fields[] = {
  DHK_STATUS (DhkHalvesCorrelation, status),
  DHK_NUMBER (DhkHalvesCorrelation, r, NONE, 0),
  DHK_NUMBER (DhkHalvesCorrelation, spearman_brown, NONE, 0),
  DHK_NUMBER (DhkHalvesCorrelation, spearman_brown_horst, NONE, 0),
  { NULL },
};
static const DhkStructure halves_structure
    = { "DhkHalvesCorrelation", sizeof (DhkHalvesCorrelation), halves_fields };

static const DhkField split_half_fields[] = {
  DHK_STATUS (DhkSplitHalf, status),
  DHK_CHOICE (DhkSplitHalf, split, dhk_split_names),
  DHK_CHOICE (DhkSplitHalf, missing, dhk_deletion_names),
  DHK_COUNT (DhkSplitHalf, n_items),
  DHK_COUNT (DhkSplitHalf, n),
  DHK_COUNT (DhkSplitHalf, n_missing),
  DHK_NUMBER (DhkSplitHalf, guttman, NONE, 0),
  DHK_STRUCT (DhkSplitHalf, a, &half_structure),
  DHK_STRUCT (DhkSplitHalf, b, &half_structure),
  DHK_STRUCT (DhkSplitHalf, halves, &halves_structure),
  { NULL },
};
static const DhkStructure split_half_structure
    = { "DhkSplitHalf", sizeof (DhkSplitHalf), split_half_fields };

static DhkStatsStatus
run_split_half (const DhkMethodInput *input, DhkRecord *record)
{
  DhkSplitHalf result
      = dhk_split_half (input->values, input->n_values, input->n, (DhkSplit) input->options[0],
                        (DhkDeletion) input->options[1]);

  dhk_record_add_struct (record, &split_half_structure, &result);
  return result.status;
}

static const DhkMethodOption split_half_options[] = {
  { "split", "which items make the halves, in the order of the columns", DHK_OPTION_CHOICE, 0, 0, 1,
    dhk_split_names },
  MISSING_OPTION,
};

const DhkMethod dhk_method_split_half = {
  .name = "split-half",
  .family = "reliability",
  .title = "reliability from two halves: Spearman-Brown for equal and unequal lengths, Guttman",
  .source
  = "C. Spearman, W. Brown, British J. Psychology 3 (1910) 271-322; P. Horst, Psychometrika "
    "16 (1951) 189-202; L. Guttman, Psychometrika 10 (1945) 255-282",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = SCALE_REASONS | DHK_REASON (DHK_STATS_TOO_FEW_ITEMS),
  .options = split_half_options,
  .n_options = 2,
  .run = run_split_half,
};

/* Omega */

static const DhkField omega_total_fields[] = {
  DHK_STATUS (DhkOmegaTotal, status),
  DHK_NUMBER (DhkOmegaTotal, observed, NONE, 0),
  DHK_NUMBER (DhkOmegaTotal, model, NONE, 0),
  { NULL },
};
static const DhkStructure omega_total_structure
    = { "DhkOmegaTotal", sizeof (DhkOmegaTotal), omega_total_fields };

static const DhkField omega_fields[] = {
  DHK_STATUS (DhkOmega, status),
  DHK_CHOICE (DhkOmega, estimator, dhk_factor_estimator_names),
  DHK_CHOICE (DhkOmega, missing, dhk_deletion_names),
  DHK_COUNT (DhkOmega, n_items),
  DHK_COUNT (DhkOmega, n),
  DHK_COUNT (DhkOmega, n_missing),
  DHK_COUNT (DhkOmega, n_negative),
  DHK_FLAG (DhkOmega, heywood),
  DHK_STRUCT (DhkOmega, standardised, &omega_total_structure),
  DHK_STRUCT (DhkOmega, raw, &omega_total_structure),
  { NULL },
};
static const DhkStructure omega_structure = { "DhkOmega", sizeof (DhkOmega), omega_fields };

static const DhkField omega_item_fields[] = {
  DHK_NUMBER (DhkOmegaItem, loading, NONE, 0),
  DHK_NUMBER (DhkOmegaItem, raw_loading, SPREAD, 0),
  DHK_NUMBER (DhkOmegaItem, uniqueness, NONE, 0),
  { NULL },
};
static const DhkStructure omega_item_structure
    = { "DhkOmegaItem", sizeof (DhkOmegaItem), omega_item_fields };

static DhkStatsStatus
run_omega (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkOmegaItem *each = calloc (k, sizeof *each);
  DhkOmega result;

  if (each == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_omega (input->values, k, input->n, (DhkFactorEstimator) input->options[0],
                      (DhkDeletion) input->options[1], each);
  dhk_record_add_struct (record, &omega_structure, &result);
  dhk_record_add_list (record, "items", DHK_PER_VALUE, &omega_item_structure, each, k);
  free (each);
  return result.status;
}

static const DhkMethodOption omega_options[] = {
  { "estimator", "how the factor is found: minimum residuals or maximum likelihood",
    DHK_OPTION_CHOICE, 0, 0, 1, dhk_factor_estimator_names },
  MISSING_OPTION,
};

const DhkMethod dhk_method_omega = {
  .name = "omega",
  .family = "reliability",
  .title = "McDonald's omega total of one factor, of standardised and of raw items",
  .source = "R. P. McDonald, Test Theory (1999) 89; W. Revelle, R. E. Zinbarg, Psychometrika 74 "
            "(2009) 145-154",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (3, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = SCALE_REASONS | DHK_REASON (DHK_STATS_SINGULAR),
  .options = omega_options,
  .n_options = 2,
  .run = run_omega,
};
