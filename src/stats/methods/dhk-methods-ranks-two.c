/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rank tests for two groups and for two columns, and the tests of equal
 * variances.
 */

#include "stats/dhk-mann-whitney.h"
#include "stats/dhk-variance-test.h"
#include "stats/dhk-wilcoxon.h"
#include "stats/methods/dhk-methods-private.h"
#include "stats/methods/dhk-methods-two.h"

#define DIRECTED DHK_FIELD_DIRECTED
#define ONE_SIDED DHK_FIELD_ORDERED

/* What both rank tests have */

static const DhkField normal_fields[] = {
  DHK_STATUS (DhkRankNormal, status),
  DHK_NUMBER (DhkRankNormal, z, NONE, DIRECTED),
  DHK_NUMBER (DhkRankNormal, p, NONE, 0),
  DHK_NUMBER (DhkRankNormal, z_corrected, NONE, DIRECTED),
  DHK_NUMBER (DhkRankNormal, p_corrected, NONE, 0),
  DHK_NUMBER (DhkRankNormal, r, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure normal_structure
    = { "DhkRankNormal", sizeof (DhkRankNormal), normal_fields };

static const DhkField exact_fields[] = {
  DHK_STATUS (DhkRankExact, status),
  DHK_NUMBER (DhkRankExact, p, NONE, 0),
  DHK_NUMBER (DhkRankExact, p_greater, NONE, ONE_SIDED),
  DHK_NUMBER (DhkRankExact, p_less, NONE, ONE_SIDED),
  { NULL },
};
static const DhkStructure exact_structure = { "DhkRankExact", sizeof (DhkRankExact), exact_fields };

static const char *const no_yes_names[] = { "no", "yes", NULL };

static const DhkMethodOption rank_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "method", "where p comes from; auto: exact below 50 values a group", DHK_OPTION_CHOICE, 0, 0, 2,
    dhk_rank_method_names },
  { "continuity", "whether a normal p is corrected for continuity", DHK_OPTION_CHOICE, 0, 0, 1,
    no_yes_names },
};

/* Mann–Whitney */

static const DhkField mann_whitney_fields[] = {
  DHK_STATUS (DhkMannWhitney, status),
  DHK_CHOICE (DhkMannWhitney, method, dhk_rank_method_names),
  DHK_FLAG (DhkMannWhitney, continuity),
  DHK_COUNT (DhkMannWhitney, n_a),
  DHK_COUNT (DhkMannWhitney, n_b),
  DHK_COUNT (DhkMannWhitney, n_ties),
  DHK_NUMBER (DhkMannWhitney, rank_sum_a, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, rank_sum_b, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, mean_rank_a, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, mean_rank_b, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, u_a, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, u_b, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, u, NONE, 0),
  DHK_NUMBER (DhkMannWhitney, p, NONE, 0),
  DHK_STRUCT (DhkMannWhitney, normal, &normal_structure),
  DHK_STRUCT (DhkMannWhitney, exact, &exact_structure),
  DHK_NUMBER (DhkMannWhitney, superiority, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkMannWhitney, rank_biserial, NONE, DIRECTED),
  DHK_INTERVAL (DhkMannWhitney, rank_biserial_ci, rank_biserial, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure mann_whitney_structure
    = { "DhkMannWhitney", sizeof (DhkMannWhitney), mann_whitney_fields };

static DhkStatsStatus
run_mann_whitney (const DhkMethodInput *input, DhkRecord *record)
{
  DhkTwoColumns columns;
  DhkMannWhitney test;

  if (!dhk_methods_split (input, &columns))
    return DHK_STATS_NO_MEMORY;
  test = dhk_mann_whitney ((DhkRankMethod) input->options[1], input->options[2] > 0, columns.a,
                           columns.n_a, columns.b, columns.n_b, input->options[0]);
  dhk_methods_clear_split (&columns);
  dhk_record_add_struct (record, &mann_whitney_structure, &test);
  return test.status;
}

const DhkMethod dhk_method_mann_whitney = {
  .name = "mann-whitney",
  .family = "compare two",
  .title = "whether the values of one group tend to be larger than those of the other",
  .source = "H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50–60; "
            "B. Streitberg, J. Röhmel, Statistical Software Newsletter 12 (1986) 10–17",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .levels = DHK_NEED (2, 2),
  .level = DHK_LEVEL_ORDINAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_TOO_LARGE) | DHK_REASON (DHK_STATS_SEPARATED)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = rank_options,
  .n_options = 3,
  .run = run_mann_whitney,
};

/* Wilcoxon */

static const DhkField wilcoxon_fields[] = {
  DHK_STATUS (DhkWilcoxon, status),
  DHK_CHOICE (DhkWilcoxon, method, dhk_rank_method_names),
  DHK_FLAG (DhkWilcoxon, continuity),
  DHK_COUNT (DhkWilcoxon, n),
  DHK_COUNT (DhkWilcoxon, n_zeros),
  DHK_COUNT (DhkWilcoxon, n_missing),
  DHK_COUNT (DhkWilcoxon, n_positive),
  DHK_COUNT (DhkWilcoxon, n_negative),
  DHK_COUNT (DhkWilcoxon, n_ties),
  DHK_NUMBER (DhkWilcoxon, w_plus, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkWilcoxon, w_minus, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkWilcoxon, p, NONE, 0),
  DHK_STRUCT (DhkWilcoxon, normal, &normal_structure),
  DHK_STRUCT (DhkWilcoxon, exact, &exact_structure),
  DHK_NUMBER (DhkWilcoxon, rank_biserial, NONE, DIRECTED),
  DHK_INTERVAL (DhkWilcoxon, rank_biserial_ci, rank_biserial, NONE, DIRECTED),
  { NULL },
};
static const DhkStructure wilcoxon_structure
    = { "DhkWilcoxon", sizeof (DhkWilcoxon), wilcoxon_fields };

static DhkStatsStatus
run_wilcoxon (const DhkMethodInput *input, DhkRecord *record)
{
  DhkWilcoxon test = dhk_wilcoxon ((DhkRankMethod) input->options[1], input->options[2] > 0,
                                   input->values[0], input->values[1], input->n, input->options[0]);

  dhk_record_add_struct (record, &wilcoxon_structure, &test);
  return test.status;
}

const DhkMethod dhk_method_wilcoxon = {
  .name = "wilcoxon",
  .family = "compare two",
  .title = "whether two columns of the same respondents differ, by the ranks of the differences",
  .source = "F. Wilcoxon, Biometrics Bulletin 1 (1945) 80–83; B. Streitberg, J. Röhmel, "
            "Statistical Software Newsletter 12 (1986) 10–17",
  .missing = "a row with one of both missing is left out, a pair without a difference too",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2) },
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_NO_DIFFERENCES)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_TOO_LARGE)
             | DHK_REASON (DHK_STATS_SEPARATED) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = rank_options,
  .n_options = 3,
  .run = run_wilcoxon,
};

/* Variances */

static const DhkField bartlett_fields[] = {
  DHK_STATUS (DhkBartlett, status),
  DHK_NUMBER (DhkBartlett, chi_squared, NONE, 0),
  DHK_NUMBER (DhkBartlett, df, NONE, 0),
  DHK_NUMBER (DhkBartlett, p, NONE, 0),
  { NULL },
};
static const DhkStructure bartlett_structure
    = { "DhkBartlett", sizeof (DhkBartlett), bartlett_fields };

static const DhkField variance_test_fields[] = {
  DHK_STATUS (DhkVarianceTest, status),
  DHK_CHOICE (DhkVarianceTest, centre, dhk_centre_names),
  DHK_COUNT (DhkVarianceTest, n),
  DHK_COUNT (DhkVarianceTest, n_groups),
  DHK_NUMBER (DhkVarianceTest, f, NONE, 0),
  DHK_NUMBER (DhkVarianceTest, df1, NONE, 0),
  DHK_NUMBER (DhkVarianceTest, df2, NONE, 0),
  DHK_NUMBER (DhkVarianceTest, p, NONE, 0),
  DHK_STRUCT (DhkVarianceTest, bartlett, &bartlett_structure),
  { NULL },
};
static const DhkStructure variance_test_structure
    = { "DhkVarianceTest", sizeof (DhkVarianceTest), variance_test_fields };

static DhkStatsStatus
run_variance_test (const DhkMethodInput *input, DhkRecord *record)
{
  DhkVarianceTest test
      = dhk_variance_test ((DhkCentre) input->options[0], input->values[0], input->groups[0].code,
                           input->n, input->groups[0].n_levels);

  dhk_record_add_struct (record, &variance_test_structure, &test);
  return test.status;
}

static const DhkMethodOption variance_test_options[] = {
  { "centre", "deviations from the mean (Levene) or from the median (Brown–Forsythe)",
    DHK_OPTION_CHOICE, 0, 0, 1, dhk_centre_names },
};

const DhkMethod dhk_method_variance_test = {
  .name = "variance-test",
  .family = "compare two",
  .title = "whether groups vary equally",
  .source = "H. Levene (1960); M. B. Brown, A. B. Forsythe, J. American Statistical Association "
            "69 (1974) 364–367; M. S. Bartlett, Proc. Royal Society A 160 (1937) 268–282",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = variance_test_options,
  .n_options = 1,
  .run = run_variance_test,
};
