/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The t tests, each with the standardised differences that go with it.
 */

#include "stats/dhk-effect-size-two.h"
#include "stats/dhk-ttest.h"
#include "stats/dhk-variance-test.h"
#include "stats/methods/dhk-methods-private.h"
#include "stats/methods/dhk-methods-two.h"

#include <stdlib.h>

#define DIRECTED DHK_FIELD_DIRECTED
#define INVERTED (DHK_FIELD_DIRECTED | DHK_FIELD_BY_INVERSION)
/* one-sided p: neither the same nor the opposite when the groups change places */
#define ONE_SIDED DHK_FIELD_ORDERED

/* BAD_ARGUMENT: a negative SD of a summary */
#define REASONS                                                                                    \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)                        \
   | DHK_REASON (DHK_STATS_NO_MEMORY))
#define SUMMARY_REASONS (REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT))

/* What they share */

static const DhkField hedges_fields[] = {
  DHK_STATUS (DhkHedges, status),
  DHK_NUMBER (DhkHedges, j, NONE, 0),
  DHK_NUMBER (DhkHedges, g, NONE, DIRECTED),
  DHK_INTERVAL (DhkHedges, g_ci, g, NONE, INVERTED),
  DHK_NUMBER (DhkHedges, j_approximate, NONE, 0),
  DHK_NUMBER (DhkHedges, g_approximate, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure hedges_structure = { "DhkHedges", sizeof (DhkHedges), hedges_fields };

static const DhkField own_fields[] = {
  DHK_STATUS (DhkOwnDifference, status),
  DHK_NUMBER (DhkOwnDifference, d, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure own_structure
    = { "DhkOwnDifference", sizeof (DhkOwnDifference), own_fields };

/* Two groups */

static const DhkField t_group_fields[] = {
  DHK_STATUS (DhkTGroup, status),
  DHK_COUNT (DhkTGroup, n),
  DHK_NUMBER (DhkTGroup, mean, LOCATION, 0),
  DHK_NUMBER (DhkTGroup, sd, SPREAD, 0),
  { NULL },
};
static const DhkStructure t_group_structure = { "DhkTGroup", sizeof (DhkTGroup), t_group_fields };

static const DhkField t_test_fields[] = {
  DHK_STATUS (DhkTTest, status),
  DHK_CHOICE (DhkTTest, variant, dhk_t_variant_names),
  DHK_STRUCT (DhkTTest, a, &t_group_structure),
  DHK_STRUCT (DhkTTest, b, &t_group_structure),
  DHK_NUMBER (DhkTTest, difference, SPREAD, DIRECTED),
  DHK_NUMBER (DhkTTest, se, SPREAD, 0),
  DHK_NUMBER (DhkTTest, t, NONE, DIRECTED),
  DHK_NUMBER (DhkTTest, df, NONE, 0),
  DHK_NUMBER (DhkTTest, p, NONE, 0),
  DHK_NUMBER (DhkTTest, p_greater, NONE, ONE_SIDED),
  DHK_NUMBER (DhkTTest, p_less, NONE, ONE_SIDED),
  DHK_INTERVAL (DhkTTest, ci, difference, SPREAD, DIRECTED),
  DHK_NUMBER (DhkTTest, cohen_d, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure t_test_structure = { "DhkTTest", sizeof (DhkTTest), t_test_fields };

static const DhkField effect_size_fields[] = {
  DHK_STATUS (DhkEffectSizeTwo, status),
  DHK_NUMBER (DhkEffectSizeTwo, cohen_d, NONE, DIRECTED),
  DHK_INTERVAL (DhkEffectSizeTwo, cohen_d_ci, cohen_d, NONE, INVERTED),
  DHK_NUMBER (DhkEffectSizeTwo, cohen_d_se, NONE, 0),
  DHK_INTERVAL (DhkEffectSizeTwo, cohen_d_normal_ci, cohen_d, NONE, DIRECTED),
  DHK_STRUCT (DhkEffectSizeTwo, hedges, &hedges_structure),
  DHK_STRUCT (DhkEffectSizeTwo, average, &own_structure),
  DHK_STRUCT (DhkEffectSizeTwo, glass_a, &own_structure),
  DHK_STRUCT (DhkEffectSizeTwo, glass_b, &own_structure),
  DHK_NUMBER (DhkEffectSizeTwo, noncentrality, NONE, DIRECTED),
  DHK_INTERVAL (DhkEffectSizeTwo, noncentrality_ci, noncentrality, NONE, INVERTED),
  DHK_NUMBER (DhkEffectSizeTwo, r, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure effect_size_structure
    = { "DhkEffectSizeTwo", sizeof (DhkEffectSizeTwo), effect_size_fields };

static const DhkField variance_ratio_fields[] = {
  DHK_STATUS (DhkVarianceRatio, status),
  DHK_NUMBER (DhkVarianceRatio, f, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkVarianceRatio, df1, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkVarianceRatio, df2, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkVarianceRatio, p, NONE, 0),
  { NULL },
};
static const DhkStructure variance_ratio_structure
    = { "DhkVarianceRatio", sizeof (DhkVarianceRatio), variance_ratio_fields };

bool
dhk_methods_split (const DhkMethodInput *input, DhkTwoColumns *columns)
{
  size_t n = input->n;

  *columns
      = (DhkTwoColumns){ calloc (n + 1, sizeof (double)), calloc (n + 1, sizeof (double)), 0, 0 };
  if (columns->a == NULL || columns->b == NULL)
    {
      dhk_methods_clear_split (columns);
      return false;
    }
  for (size_t i = 0; i < n; i++)
    if (input->groups[0].code[i] == 0)
      columns->a[columns->n_a++] = input->values[0][i];
    else if (input->groups[0].code[i] == 1)
      columns->b[columns->n_b++] = input->values[0][i];
  return true;
}

void
dhk_methods_clear_split (DhkTwoColumns *columns)
{
  free (columns->a);
  free (columns->b);
  *columns = (DhkTwoColumns){ 0 };
}

static DhkStatsStatus
run_t_test (const DhkMethodInput *input, DhkRecord *record)
{
  DhkTVariant variant = (DhkTVariant) input->options[1];
  DhkTTest test;
  DhkEffectSizeTwo effect_size;
  DhkVarianceRatio ratio;

  if (input->summary != NULL)
    test = dhk_t_test_from_summary (variant, dhk_methods_get_summary (input, 0),
                                    dhk_methods_get_summary (input, 1), input->options[0]);
  else
    {
      DhkTwoColumns columns;

      if (!dhk_methods_split (input, &columns))
        return DHK_STATS_NO_MEMORY;
      test
          = dhk_t_test (variant, columns.a, columns.n_a, columns.b, columns.n_b, input->options[0]);
      dhk_methods_clear_split (&columns);
    }
  effect_size = dhk_effect_size_two (&test);
  ratio = dhk_variance_ratio (test.a.n, test.a.sd, test.b.n, test.b.sd);
  dhk_record_add_struct (record, &t_test_structure, &test);
  dhk_record_begin_object (record, "effect_size");
  dhk_record_add_struct (record, &effect_size_structure, &effect_size);
  dhk_record_end_object (record);
  dhk_record_begin_object (record, "variance_ratio");
  dhk_record_add_struct (record, &variance_ratio_structure, &ratio);
  dhk_record_end_object (record);
  return test.status;
}

static const DhkMethodOption t_test_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "variant", "equal variances (student) or not (welch)", DHK_OPTION_CHOICE, 0, 0, 1,
    dhk_t_variant_names },
};

const DhkMethod dhk_method_t_test = {
  .name = "t-test",
  .family = "compare two",
  .title = "the difference of two means, also as a share of the SD",
  .source = "Student, Biometrika 6 (1908) 1–25; B. L. Welch, Biometrika 34 (1947) 28–35; "
            "J. H. Steiger, R. T. Fouladi (1997) for the intervals of d and g",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .levels = DHK_NEED (2, 2),
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (2, 2),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = SUMMARY_REASONS,
  .options = t_test_options,
  .n_options = 2,
  .run = run_t_test,
};

/* Pairs */

static const DhkField paired_fields[] = {
  DHK_STATUS (DhkTTestPaired, status),
  DHK_COUNT (DhkTTestPaired, n),
  DHK_COUNT (DhkTTestPaired, n_missing),
  DHK_NUMBER (DhkTTestPaired, mean_a, LOCATION, 0),
  DHK_NUMBER (DhkTTestPaired, mean_b, LOCATION, 0),
  DHK_NUMBER (DhkTTestPaired, difference, SPREAD, DIRECTED),
  DHK_NUMBER (DhkTTestPaired, sd_a, SPREAD, 0),
  DHK_NUMBER (DhkTTestPaired, sd_b, SPREAD, 0),
  DHK_NUMBER (DhkTTestPaired, sd, SPREAD, 0),
  DHK_NUMBER (DhkTTestPaired, se, SPREAD, 0),
  DHK_NUMBER (DhkTTestPaired, t, NONE, DIRECTED),
  DHK_NUMBER (DhkTTestPaired, df, NONE, 0),
  DHK_NUMBER (DhkTTestPaired, p, NONE, 0),
  DHK_NUMBER (DhkTTestPaired, p_greater, NONE, ONE_SIDED),
  DHK_NUMBER (DhkTTestPaired, p_less, NONE, ONE_SIDED),
  DHK_INTERVAL (DhkTTestPaired, ci, difference, SPREAD, DIRECTED),
  DHK_STATUS (DhkTTestPaired, correlation_status),
  DHK_NUMBER (DhkTTestPaired, correlation_r, NONE, 0),
  { NULL },
};
static const DhkStructure paired_structure
    = { "DhkTTestPaired", sizeof (DhkTTestPaired), paired_fields };

static const DhkField effect_paired_fields[] = {
  DHK_STATUS (DhkEffectSizePaired, status),
  DHK_NUMBER (DhkEffectSizePaired, d_z, NONE, DIRECTED),
  DHK_INTERVAL (DhkEffectSizePaired, d_z_ci, d_z, NONE, INVERTED),
  DHK_STRUCT (DhkEffectSizePaired, hedges, &hedges_structure),
  DHK_NUMBER (DhkEffectSizePaired, d_average, NONE, DIRECTED),
  DHK_NUMBER (DhkEffectSizePaired, d_mean_of_sds, NONE, DIRECTED),
  DHK_STRUCT (DhkEffectSizePaired, repeated, &own_structure),
  DHK_NUMBER (DhkEffectSizePaired, noncentrality, NONE, DIRECTED),
  DHK_INTERVAL (DhkEffectSizePaired, noncentrality_ci, noncentrality, NONE, INVERTED),
  { NULL },
};
static const DhkStructure effect_paired_structure
    = { "DhkEffectSizePaired", sizeof (DhkEffectSizePaired), effect_paired_fields };

static DhkStatsStatus
run_paired (const DhkMethodInput *input, DhkRecord *record)
{
  DhkTTestPaired test
      = dhk_t_test_paired (input->values[0], input->values[1], input->n, input->options[0]);
  DhkEffectSizePaired effect_size = dhk_effect_size_paired (&test);

  dhk_record_add_struct (record, &paired_structure, &test);
  dhk_record_begin_object (record, "effect_size");
  dhk_record_add_struct (record, &effect_paired_structure, &effect_size);
  dhk_record_end_object (record);
  return test.status;
}

static const DhkMethodOption paired_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_t_test_paired = {
  .name = "t-test-paired",
  .family = "compare two",
  .title = "the difference of two means of the same respondents, also as a share of an SD",
  .source = "Student, Biometrika 6 (1908) 1–25; D. Lakens, Frontiers in Psychology 4 (2013) 863",
  .missing = "a row with one of both missing is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2) },
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = REASONS,
  .options = paired_options,
  .n_options = 1,
  .run = run_paired,
};

/* One column */

static const DhkField one_fields[] = {
  DHK_STATUS (DhkTTestOne, status),
  DHK_COUNT (DhkTTestOne, n),
  DHK_NUMBER (DhkTTestOne, mean, SPREAD, 0),
  DHK_NUMBER (DhkTTestOne, sd, SPREAD, 0),
  DHK_NUMBER (DhkTTestOne, expected, SPREAD, 0),
  DHK_NUMBER (DhkTTestOne, difference, SPREAD, 0),
  DHK_NUMBER (DhkTTestOne, se, SPREAD, 0),
  DHK_NUMBER (DhkTTestOne, t, NONE, 0),
  DHK_NUMBER (DhkTTestOne, df, NONE, 0),
  DHK_NUMBER (DhkTTestOne, p, NONE, 0),
  DHK_NUMBER (DhkTTestOne, p_greater, NONE, 0),
  DHK_NUMBER (DhkTTestOne, p_less, NONE, 0),
  DHK_INTERVAL (DhkTTestOne, ci, difference, SPREAD, 0),
  { NULL },
};
static const DhkStructure one_structure = { "DhkTTestOne", sizeof (DhkTTestOne), one_fields };

static const DhkField effect_one_fields[] = {
  DHK_STATUS (DhkEffectSizeOne, status),
  DHK_NUMBER (DhkEffectSizeOne, cohen_d, NONE, 0),
  DHK_INTERVAL (DhkEffectSizeOne, cohen_d_ci, cohen_d, NONE, DHK_FIELD_BY_INVERSION),
  DHK_STRUCT (DhkEffectSizeOne, hedges, &hedges_structure),
  DHK_NUMBER (DhkEffectSizeOne, noncentrality, NONE, 0),
  DHK_INTERVAL (DhkEffectSizeOne, noncentrality_ci, noncentrality, NONE, DHK_FIELD_BY_INVERSION),
  { NULL },
};
static const DhkStructure effect_one_structure
    = { "DhkEffectSizeOne", sizeof (DhkEffectSizeOne), effect_one_fields };

static DhkStatsStatus
run_one (const DhkMethodInput *input, DhkRecord *record)
{
  double confidence = input->options[0], expected = input->options[1];
  DhkTTestOne test
      = input->summary != NULL
            ? dhk_t_test_one_from_summary (dhk_methods_get_summary (input, 0), expected, confidence)
            : dhk_t_test_one (input->values[0], input->n, expected, confidence);
  DhkEffectSizeOne effect_size = dhk_effect_size_one (&test);

  dhk_record_add_struct (record, &one_structure, &test);
  dhk_record_begin_object (record, "effect_size");
  dhk_record_add_struct (record, &effect_one_structure, &effect_size);
  dhk_record_end_object (record);
  return test.status;
}

static const DhkMethodOption one_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "mean", "the mean that is compared with", DHK_OPTION_NUMBER, 0, -1e300, 1e300, NULL },
};

const DhkMethod dhk_method_t_test_one_sample = {
  .name = "t-test-one-sample",
  .family = "compare two",
  .title = "the difference of a mean from a given number, also as a share of the SD",
  .source = "Student, Biometrika 6 (1908) 1–25; J. Cohen, Statistical Power Analysis (1988) 46",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_RATIO,
  .reasons = SUMMARY_REASONS,
  .options = one_options,
  .n_options = 2,
  .run = run_one,
};
