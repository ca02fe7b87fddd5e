/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-anova.h"
#include "stats/dhk-effect-size-anova.h"
#include "stats/dhk-rank-anova.h"
#include "stats/dhk-welch-anova.h"
#include "stats/methods/dhk-methods-anova.h"

#include <stdlib.h>

/* anova */

static const DhkField anova_fields[] = {
  DHK_STATUS (DhkAnova, status),
  DHK_COUNT (DhkAnova, n),
  DHK_COUNT (DhkAnova, n_groups),
  DHK_NUMBER (DhkAnova, ss_between, SQUARE, 0),
  DHK_NUMBER (DhkAnova, ss_within, SQUARE, 0),
  DHK_NUMBER (DhkAnova, ss_total, SQUARE, 0),
  DHK_NUMBER (DhkAnova, df1, NONE, 0),
  DHK_NUMBER (DhkAnova, df2, NONE, 0),
  DHK_NUMBER (DhkAnova, ms_between, SQUARE, 0),
  DHK_NUMBER (DhkAnova, mse, SQUARE, 0),
  DHK_NUMBER (DhkAnova, f, NONE, 0),
  DHK_NUMBER (DhkAnova, p, NONE, 0),
  DHK_NUMBER (DhkAnova, eta_squared, NONE, 0),
  DHK_NUMBER (DhkAnova, omega_squared, NONE, 0),
  { NULL },
};
static const DhkStructure anova_structure = { "DhkAnova", sizeof (DhkAnova), anova_fields };

static const DhkField effect_fields[] = {
  DHK_STATUS (DhkAnovaEffect, status),
  DHK_NUMBER (DhkAnovaEffect, eta_squared, NONE, 0),
  DHK_NUMBER (DhkAnovaEffect, omega_squared, NONE, 0),
  DHK_NUMBER (DhkAnovaEffect, epsilon_squared, NONE, 0),
  DHK_NUMBER (DhkAnovaEffect, cohen_f, NONE, 0),
  DHK_INTERVAL (DhkAnovaEffect, lambda_ci, eta_squared, NONE, DHK_FIELD_BY_INVERSION),
  DHK_INTERVAL (DhkAnovaEffect, eta_squared_ci, eta_squared, NONE, DHK_FIELD_BY_INVERSION),
  DHK_INTERVAL (DhkAnovaEffect, eta_squared_sample_ci, eta_squared, NONE, DHK_FIELD_BY_INVERSION),
  DHK_INTERVAL (DhkAnovaEffect, omega_squared_ci, omega_squared, NONE, DHK_FIELD_BY_INVERSION),
  DHK_INTERVAL (DhkAnovaEffect, epsilon_squared_ci, epsilon_squared, NONE, DHK_FIELD_BY_INVERSION),
  { NULL },
};
const DhkStructure dhk_anova_effect_structure
    = { "DhkAnovaEffect", sizeof (DhkAnovaEffect), effect_fields };

static const DhkField icc_fields[] = {
  DHK_STATUS (DhkAnovaIcc, status),
  DHK_NUMBER (DhkAnovaIcc, n0, NONE, 0),
  DHK_NUMBER (DhkAnovaIcc, icc1, NONE, 0),
  DHK_NUMBER (DhkAnovaIcc, icc1_mean_size, NONE, 0),
  DHK_NUMBER (DhkAnovaIcc, icc2, NONE, 0),
  DHK_INTERVAL (DhkAnovaIcc, icc1_ci, icc1, NONE, 0),
  DHK_INTERVAL (DhkAnovaIcc, icc2_ci, icc2, NONE, 0),
  { NULL },
};
static const DhkStructure icc_structure = { "DhkAnovaIcc", sizeof (DhkAnovaIcc), icc_fields };

static const DhkField group_fields[] = {
  DHK_STATUS (DhkAnovaGroup, status),
  DHK_COUNT (DhkAnovaGroup, n),
  DHK_NUMBER (DhkAnovaGroup, mean, LOCATION, 0),
  DHK_NUMBER (DhkAnovaGroup, sd, SPREAD, 0),
  DHK_NUMBER (DhkAnovaGroup, se, SPREAD, 0),
  DHK_INTERVAL (DhkAnovaGroup, ci, mean, LOCATION, 0),
  { NULL },
};
static const DhkStructure group_structure
    = { "DhkAnovaGroup", sizeof (DhkAnovaGroup), group_fields };

static void
add_groups (DhkRecord *record, const DhkSummary *groups, size_t n_groups, double confidence)
{
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t g = 0; g < n_groups; g++)
    {
      DhkAnovaGroup group = dhk_anova_group (groups[g], confidence);

      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "group", DHK_PER_GROUP, g);
      dhk_record_add_struct (record, &group_structure, &group);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
run_anova (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  double confidence = input->options[0];
  DhkAnova anova;
  DhkAnovaEffect effect;
  DhkAnovaIcc icc;

  if (groups == NULL)
    return DHK_STATS_NO_MEMORY;
  anova = input->summary != NULL
              ? dhk_anova_from_summary (groups, n_groups)
              : dhk_anova_one_way (input->values[0], input->groups[0].code, input->n, n_groups);
  effect = dhk_anova_effect (anova.f, anova.df1, anova.df2, (double) anova.n, confidence);
  if (anova.status != DHK_STATS_OK)
    effect = dhk_anova_effect_undefined (anova.status, confidence);
  icc = dhk_anova_icc (&anova, groups, n_groups, confidence);
  dhk_record_add_struct (record, &anova_structure, &anova);
  dhk_record_begin_object (record, "effect");
  dhk_record_add_struct (record, &dhk_anova_effect_structure, &effect);
  dhk_record_end_object (record);
  dhk_record_begin_object (record, "icc");
  dhk_record_add_struct (record, &icc_structure, &icc);
  dhk_record_end_object (record);
  add_groups (record, groups, n_groups, confidence);
  free (groups);
  return anova.status;
}

static const DhkMethodOption confidence_option[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_anova = {
  .name = "anova",
  .family = "compare more",
  .title = "the means of several groups, with equal variances",
  .source
  = "R. A. Fisher, Statistical Methods for Research Workers (1925); intervals of η², ω² and "
    "ε²: λ / (λ + N), J. H. Steiger, Psychological Methods 9 (2004) 164–182",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_option,
  .n_options = 1,
  .run = run_anova,
};

/* welch-anova, brown-forsythe */

static const DhkField means_fields[] = {
  DHK_STATUS (DhkMeansTest, status),       DHK_COUNT (DhkMeansTest, n),
  DHK_COUNT (DhkMeansTest, n_groups),      DHK_NUMBER (DhkMeansTest, f, NONE, 0),
  DHK_NUMBER (DhkMeansTest, df1, NONE, 0), DHK_NUMBER (DhkMeansTest, df2, NONE, 0),
  DHK_NUMBER (DhkMeansTest, p, NONE, 0),   { NULL },
};
static const DhkStructure means_structure = { "DhkMeansTest", sizeof (DhkMeansTest), means_fields };

static DhkStatsStatus
run_means_test (
    const DhkMethodInput *input,
    DhkRecord *record,
    DhkMeansTest (*test) (const DhkSummary *groups, size_t n_groups),
    DhkMeansTest (*test_values) (const double *values, const int *group, size_t n, size_t n_groups))
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  DhkMeansTest result;

  if (groups == NULL)
    return DHK_STATS_NO_MEMORY;
  result = input->summary != NULL
               ? test (groups, n_groups)
               : test_values (input->values[0], input->groups[0].code, input->n, n_groups);
  dhk_record_add_struct (record, &means_structure, &result);
  add_groups (record, groups, n_groups, input->options[0]);
  free (groups);
  return result.status;
}

static DhkStatsStatus
run_welch (const DhkMethodInput *input, DhkRecord *record)
{
  return run_means_test (input, record, dhk_welch_anova, dhk_welch_anova_of_values);
}

static DhkStatsStatus
run_brown_forsythe (const DhkMethodInput *input, DhkRecord *record)
{
  return run_means_test (input, record, dhk_brown_forsythe_means,
                         dhk_brown_forsythe_means_of_values);
}

const DhkMethod dhk_method_welch_anova = {
  .name = "welch-anova",
  .family = "compare more",
  .title = "the means of several groups, with unequal variances",
  .source = "B. L. Welch, Biometrika 38 (1951) 330–336",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_option,
  .n_options = 1,
  .run = run_welch,
};

const DhkMethod dhk_method_brown_forsythe = {
  .name = "brown-forsythe",
  .family = "compare more",
  .title = "the means of several groups, with unequal variances (the test of means)",
  .source = "M. B. Brown, A. B. Forsythe, Technometrics 16 (1974) 129–132",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_ANOVA_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_option,
  .n_options = 1,
  .run = run_brown_forsythe,
};

/* kruskal-wallis */

static const DhkField mean_rank_fields[] = {
  DHK_STATUS (DhkMeanRank, status),
  DHK_COUNT (DhkMeanRank, n),
  DHK_NUMBER (DhkMeanRank, mean_rank, NONE, 0),
  { NULL },
};
const DhkStructure dhk_mean_rank_structure
    = { "DhkMeanRank", sizeof (DhkMeanRank), mean_rank_fields };

static const DhkField kruskal_wallis_fields[] = {
  DHK_STATUS (DhkKruskalWallis, status),
  DHK_COUNT (DhkKruskalWallis, n),
  DHK_COUNT (DhkKruskalWallis, n_groups),
  DHK_NUMBER (DhkKruskalWallis, h, NONE, 0),
  DHK_NUMBER (DhkKruskalWallis, df, NONE, 0),
  DHK_NUMBER (DhkKruskalWallis, p, NONE, 0),
  DHK_NUMBER (DhkKruskalWallis, epsilon_squared, NONE, 0),
  DHK_NUMBER (DhkKruskalWallis, eta_squared_h, NONE, 0),
  { NULL },
};
static const DhkStructure kruskal_wallis_structure
    = { "DhkKruskalWallis", sizeof (DhkKruskalWallis), kruskal_wallis_fields };

static DhkStatsStatus
run_kruskal_wallis (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups = input->groups[0].n_levels;
  DhkMeanRank *ranks = calloc (n_groups + 1, sizeof *ranks);
  DhkKruskalWallis result;

  if (ranks == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_kruskal_wallis (input->values[0], input->groups[0].code, input->n, n_groups, ranks);
  dhk_record_add_struct (record, &kruskal_wallis_structure, &result);
  dhk_record_add_list (record, "groups", DHK_PER_GROUP, &dhk_mean_rank_structure, ranks, n_groups);
  free (ranks);
  return result.status;
}

const DhkMethod dhk_method_kruskal_wallis = {
  .name = "kruskal-wallis",
  .family = "compare more",
  .title = "whether values of several groups differ in rank",
  .source = "W. H. Kruskal, W. A. Wallis, JASA 47 (1952) 583–621",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_ORDINAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .run = run_kruskal_wallis,
};
