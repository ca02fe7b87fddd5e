/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-ancova.h"
#include "stats/dhk-anova-repeated.h"
#include "stats/dhk-anova-two-way.h"
#include "stats/dhk-rank-anova.h"
#include "stats/methods/dhk-methods-anova.h"

#include <stdlib.h>

static const DhkMethodOption confidence_option[] = { DHK_CONFIDENCE_OPTION };

/* friedman */

static const DhkField iman_davenport_fields[] = {
  DHK_STATUS (DhkImanDavenport, status),       DHK_NUMBER (DhkImanDavenport, f, NONE, 0),
  DHK_NUMBER (DhkImanDavenport, df1, NONE, 0), DHK_NUMBER (DhkImanDavenport, df2, NONE, 0),
  DHK_NUMBER (DhkImanDavenport, p, NONE, 0),   { NULL },
};
static const DhkStructure iman_davenport_structure
    = { "DhkImanDavenport", sizeof (DhkImanDavenport), iman_davenport_fields };

static const DhkField friedman_fields[] = {
  DHK_STATUS (DhkFriedman, status),
  DHK_COUNT (DhkFriedman, n),
  DHK_COUNT (DhkFriedman, n_missing),
  DHK_COUNT (DhkFriedman, n_occasions),
  DHK_NUMBER (DhkFriedman, chi_squared, NONE, 0),
  DHK_NUMBER (DhkFriedman, df, NONE, 0),
  DHK_NUMBER (DhkFriedman, p, NONE, 0),
  DHK_NUMBER (DhkFriedman, kendall_w, NONE, 0),
  DHK_STRUCT (DhkFriedman, iman_davenport, &iman_davenport_structure),
  { NULL },
};
static const DhkStructure friedman_structure
    = { "DhkFriedman", sizeof (DhkFriedman), friedman_fields };

static DhkStatsStatus
run_friedman (const DhkMethodInput *input, DhkRecord *record)
{
  DhkMeanRank *ranks = calloc (input->n_values + 1, sizeof *ranks);
  DhkFriedman result;

  if (ranks == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_friedman (input->values, input->n_values, input->n, ranks);
  dhk_record_add_struct (record, &friedman_structure, &result);
  dhk_record_add_list (record, "occasions", DHK_PER_VALUE, &dhk_mean_rank_structure, ranks,
                       input->n_values);
  free (ranks);
  return result.status;
}

const DhkMethod dhk_method_friedman = {
  .name = "friedman",
  .family = "compare more",
  .title = "whether occasions of the same cases differ in rank",
  .source = "M. Friedman, JASA 32 (1937) 675–701; R. L. Iman, J. M. Davenport, Communications in "
            "Statistics A 9 (1980) 571–595",
  .missing = "a case with a missing value is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_ORDINAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .run = run_friedman,
};

/* anova-repeated */

static const DhkField mauchly_fields[] = {
  DHK_STATUS (DhkMauchly, status),
  DHK_NUMBER (DhkMauchly, w, NONE, 0),
  DHK_NUMBER (DhkMauchly, chi_squared, NONE, 0),
  DHK_NUMBER (DhkMauchly, df, NONE, 0),
  DHK_NUMBER (DhkMauchly, p, NONE, 0),
  { NULL },
};
static const DhkStructure mauchly_structure = { "DhkMauchly", sizeof (DhkMauchly), mauchly_fields };

static const DhkField correction_fields[] = {
  DHK_STATUS (DhkSphericityCorrection, status),
  DHK_NUMBER (DhkSphericityCorrection, epsilon, NONE, 0),
  DHK_NUMBER (DhkSphericityCorrection, df1, NONE, 0),
  DHK_NUMBER (DhkSphericityCorrection, df2, NONE, 0),
  DHK_NUMBER (DhkSphericityCorrection, p, NONE, 0),
  { NULL },
};
static const DhkStructure correction_structure
    = { "DhkSphericityCorrection", sizeof (DhkSphericityCorrection), correction_fields };

static const DhkField occasion_fields[] = {
  DHK_STATUS (DhkOccasion, status),
  DHK_COUNT (DhkOccasion, n),
  DHK_NUMBER (DhkOccasion, mean, LOCATION, 0),
  DHK_NUMBER (DhkOccasion, sd, SPREAD, 0),
  { NULL },
};
static const DhkStructure occasion_structure
    = { "DhkOccasion", sizeof (DhkOccasion), occasion_fields };

static const DhkField repeated_fields[] = {
  DHK_STATUS (DhkAnovaRepeated, status),
  DHK_COUNT (DhkAnovaRepeated, n),
  DHK_COUNT (DhkAnovaRepeated, n_missing),
  DHK_COUNT (DhkAnovaRepeated, n_occasions),
  DHK_NUMBER (DhkAnovaRepeated, ss_occasions, SQUARE, 0),
  DHK_NUMBER (DhkAnovaRepeated, ss_cases, SQUARE, 0),
  DHK_NUMBER (DhkAnovaRepeated, ss_error, SQUARE, 0),
  DHK_NUMBER (DhkAnovaRepeated, df1, NONE, 0),
  DHK_NUMBER (DhkAnovaRepeated, df2, NONE, 0),
  DHK_NUMBER (DhkAnovaRepeated, ms_error, SQUARE, 0),
  DHK_NUMBER (DhkAnovaRepeated, f, NONE, 0),
  DHK_NUMBER (DhkAnovaRepeated, p, NONE, 0),
  DHK_NUMBER (DhkAnovaRepeated, partial_eta_squared, NONE, 0),
  DHK_NUMBER (DhkAnovaRepeated, generalised_eta_squared, NONE, 0),
  DHK_INTERVAL (
      DhkAnovaRepeated, partial_eta_squared_ci, partial_eta_squared, NONE, DHK_FIELD_BY_INVERSION),
  DHK_STRUCT (DhkAnovaRepeated, mauchly, &mauchly_structure),
  DHK_STRUCT (DhkAnovaRepeated, greenhouse_geisser, &correction_structure),
  DHK_STRUCT (DhkAnovaRepeated, huynh_feldt, &correction_structure),
  DHK_STRUCT (DhkAnovaRepeated, lower_bound, &correction_structure),
  { NULL },
};
static const DhkStructure repeated_structure
    = { "DhkAnovaRepeated", sizeof (DhkAnovaRepeated), repeated_fields };

static DhkStatsStatus
run_repeated (const DhkMethodInput *input, DhkRecord *record)
{
  DhkOccasion *means = calloc (input->n_values + 1, sizeof *means);
  DhkAnovaRepeated result;

  if (means == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_anova_repeated (input->values, input->n_values, input->n, input->options[0], means);
  dhk_record_add_struct (record, &repeated_structure, &result);
  dhk_record_add_list (record, "occasions", DHK_PER_VALUE, &occasion_structure, means,
                       input->n_values);
  free (means);
  return result.status;
}

const DhkMethod dhk_method_anova_repeated = {
  .name = "anova-repeated",
  .family = "compare more",
  .title = "the means of occasions of the same cases, with corrections for sphericity",
  .source = "S. W. Greenhouse, S. Geisser, Psychometrika 24 (1959) 95–112; H. Huynh, L. S. Feldt, "
            "J. Educational Statistics 1 (1976) 69–82 (equal here to Lecoutre's)",
  .missing = "a case with a missing value is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_SINGULAR),
  .options = confidence_option,
  .n_options = 1,
  .run = run_repeated,
};

/* Terms */

static const DhkField term_fields[] = {
  DHK_STATUS (DhkAnovaTerm, status),
  DHK_NUMBER (DhkAnovaTerm, ss, SQUARE, 0),
  DHK_NUMBER (DhkAnovaTerm, df, NONE, 0),
  DHK_NUMBER (DhkAnovaTerm, ms, SQUARE, 0),
  DHK_NUMBER (DhkAnovaTerm, f, NONE, 0),
  DHK_NUMBER (DhkAnovaTerm, p, NONE, 0),
  DHK_NUMBER (DhkAnovaTerm, share, NONE, 0),
  DHK_STRUCT (DhkAnovaTerm, effect, &dhk_anova_effect_structure),
  { NULL },
};
static const DhkStructure term_structure = { "DhkAnovaTerm", sizeof (DhkAnovaTerm), term_fields };

/* anova-two-way */

static const char *const type_names[] = { "1", "2", "3", NULL };

static const DhkField cell_fields[] = {
  DHK_STATUS (DhkAnovaCell, status),
  DHK_GROUP (DhkAnovaCell, first),
  DHK_COUNT (DhkAnovaCell, second),
  DHK_COUNT (DhkAnovaCell, n),
  DHK_NUMBER (DhkAnovaCell, mean, LOCATION, 0),
  DHK_NUMBER (DhkAnovaCell, sd, SPREAD, 0),
  { NULL },
};
static const DhkStructure cell_structure = { "DhkAnovaCell", sizeof (DhkAnovaCell), cell_fields };

static const DhkField margin_fields[] = {
  DHK_STATUS (DhkAnovaMargin, status),
  DHK_COUNT (DhkAnovaMargin, n),
  DHK_NUMBER (DhkAnovaMargin, mean, LOCATION, 0),
  DHK_STATUS (DhkAnovaMargin, marginal_status),
  DHK_NUMBER (DhkAnovaMargin, marginal_mean, LOCATION, 0),
  { NULL },
};
static const DhkStructure margin_structure
    = { "DhkAnovaMargin", sizeof (DhkAnovaMargin), margin_fields };

static const DhkField two_way_fields[] = {
  DHK_STATUS (DhkAnovaTwoWay, status),
  DHK_CHOICE (DhkAnovaTwoWay, type, type_names),
  DHK_COUNT (DhkAnovaTwoWay, n),
  DHK_COUNT (DhkAnovaTwoWay, n_missing),
  DHK_COUNT (DhkAnovaTwoWay, n_cells),
  DHK_NUMBER (DhkAnovaTwoWay, ss_error, SQUARE, 0),
  DHK_NUMBER (DhkAnovaTwoWay, df_error, NONE, 0),
  DHK_NUMBER (DhkAnovaTwoWay, mse, SQUARE, 0),
  DHK_NUMBER (DhkAnovaTwoWay, ss_total, SQUARE, 0),
  DHK_NUMBER (DhkAnovaTwoWay, r_squared, NONE, 0),
  DHK_NUMBER (DhkAnovaTwoWay, adjusted_r_squared, NONE, 0),
  DHK_STRUCT (DhkAnovaTwoWay, first, &term_structure),
  DHK_STRUCT (DhkAnovaTwoWay, second, &term_structure),
  DHK_STRUCT (DhkAnovaTwoWay, interaction, &term_structure),
  { NULL },
};
static const DhkStructure two_way_structure
    = { "DhkAnovaTwoWay", sizeof (DhkAnovaTwoWay), two_way_fields };

/* The levels of a, each with its cells, and those of b */
static void
add_means (DhkRecord *record,
           const DhkAnovaCell *cells,
           const DhkAnovaMargin *a,
           size_t n_a,
           const DhkAnovaMargin *b,
           size_t n_b)
{
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t i = 0; i < n_a; i++)
    {
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "group", DHK_PER_GROUP, i);
      dhk_record_add_struct (record, &margin_structure, &a[i]);
      dhk_record_add_list (record, "cells", DHK_PER_OTHER, &cell_structure, cells + i * n_b, n_b);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
  dhk_record_add_list (record, "second_groups", DHK_PER_OTHER, &margin_structure, b, n_b);
}

static DhkStatsStatus
run_two_way (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_a = input->groups[0].n_levels, n_b = input->groups[1].n_levels;
  DhkAnovaCell *cells = n_b > 0 && n_a > (size_t) -1 / sizeof *cells / n_b
                            ? NULL
                            : calloc (n_a * n_b + 1, sizeof *cells);
  DhkAnovaMargin *a = calloc (n_a + 1, sizeof *a), *b = calloc (n_b + 1, sizeof *b);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (cells != NULL && a != NULL && b != NULL)
    {
      DhkAnovaTwoWay result = dhk_anova_two_way (
          input->values[0], input->groups[0].code, n_a, input->groups[1].code, n_b, input->n,
          (DhkSumOfSquares) input->options[1], input->options[0], cells, a, b);

      status = result.status;
      dhk_record_add_struct (record, &two_way_structure, &result);
      add_means (record, cells, a, n_a, b, n_b);
    }
  free (cells);
  free (a);
  free (b);
  return status;
}

static const DhkMethodOption two_way_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "type", "type of the sums of squares", DHK_OPTION_CHOICE, 2, 0, 2, type_names },
};

const DhkMethod dhk_method_anova_two_way = {
  .name = "anova-two-way",
  .family = "compare more",
  .title = "the means of groups by two factors and their interaction",
  .source
  = "F. Yates, JASA 29 (1934) 51–66; S. R. Searle, Linear Models for Unbalanced Data (1987)",
  .missing = "a case with a missing value is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (2, 2) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons
  = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_EMPTY_CELL) | DHK_REASON (DHK_STATS_SINGULAR),
  .options = two_way_options,
  .n_options = 2,
  .run = run_two_way,
};

/* ancova */

static const DhkField covariate_fields[] = {
  DHK_STATUS (DhkAncovaCovariate, status),
  DHK_NUMBER (DhkAncovaCovariate, b, SPREAD, 0),
  DHK_NUMBER (DhkAncovaCovariate, se, SPREAD, 0),
  DHK_INTERVAL (DhkAncovaCovariate, b_ci, b, SPREAD, 0),
  DHK_STRUCT (DhkAncovaCovariate, term, &term_structure),
  { NULL },
};
static const DhkStructure covariate_structure
    = { "DhkAncovaCovariate", sizeof (DhkAncovaCovariate), covariate_fields };

static const DhkField adjusted_fields[] = {
  DHK_STATUS (DhkAncovaGroup, status),
  DHK_COUNT (DhkAncovaGroup, n),
  DHK_NUMBER (DhkAncovaGroup, mean, LOCATION, 0),
  DHK_STATUS (DhkAncovaGroup, adjusted_status),
  DHK_NUMBER (DhkAncovaGroup, adjusted_mean, LOCATION, 0),
  DHK_NUMBER (DhkAncovaGroup, adjusted_mean_se, SPREAD, 0),
  DHK_INTERVAL (DhkAncovaGroup, adjusted_mean_ci, adjusted_mean, LOCATION, 0),
  { NULL },
};
static const DhkStructure adjusted_structure
    = { "DhkAncovaGroup", sizeof (DhkAncovaGroup), adjusted_fields };

static const DhkField ancova_fields[] = {
  DHK_STATUS (DhkAncova, status),
  DHK_COUNT (DhkAncova, n),
  DHK_COUNT (DhkAncova, n_missing),
  DHK_COUNT (DhkAncova, n_groups),
  DHK_COUNT (DhkAncova, n_covariates),
  DHK_NUMBER (DhkAncova, ss_error, SQUARE, 0),
  DHK_NUMBER (DhkAncova, df_error, NONE, 0),
  DHK_NUMBER (DhkAncova, mse, SQUARE, 0),
  DHK_NUMBER (DhkAncova, ss_total, SQUARE, 0),
  DHK_NUMBER (DhkAncova, r_squared, NONE, 0),
  DHK_STRUCT (DhkAncova, group, &term_structure),
  DHK_STRUCT (DhkAncova, slopes, &term_structure),
  { NULL },
};
static const DhkStructure ancova_structure = { "DhkAncova", sizeof (DhkAncova), ancova_fields };

static DhkStatsStatus
run_ancova (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups = input->groups[0].n_levels, n_covariates = input->n_predictors;
  DhkAncovaGroup *groups = calloc (n_groups + 1, sizeof *groups);
  DhkAncovaCovariate *slopes = calloc (n_covariates + 1, sizeof *slopes);
  DhkStatsStatus status = DHK_STATS_NO_MEMORY;

  if (groups != NULL && slopes != NULL)
    {
      DhkAncova result
          = dhk_ancova (input->values[0], input->groups[0].code, input->n, n_groups,
                        input->predictors, n_covariates, input->options[0], groups, slopes);

      status = result.status;
      dhk_record_add_struct (record, &ancova_structure, &result);
      dhk_record_add_list (record, "covariates", DHK_PER_PREDICTOR, &covariate_structure, slopes,
                           n_covariates);
      dhk_record_add_list (record, "groups", DHK_PER_GROUP, &adjusted_structure, groups, n_groups);
    }
  free (groups);
  free (slopes);
  return status;
}

const DhkMethod dhk_method_ancova = {
  .name = "ancova",
  .family = "compare more",
  .title = "the means of several groups with covariates held constant",
  .source
  = "R. A. Fisher, Statistical Methods for Research Workers (4th ed., 1932); B. E. Huitema, "
    "The Analysis of Covariance and Alternatives (2011)",
  .missing = "a case with a missing value is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1),
             [DHK_ROLE_GROUP] = DHK_NEED (1, 1),
             [DHK_ROLE_PREDICTOR] = DHK_NEED (1, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_SINGULAR),
  .options = confidence_option,
  .n_options = 1,
  .run = run_ancova,
};
