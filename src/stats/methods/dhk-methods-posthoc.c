/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-dunn.h"
#include "stats/dhk-dunnett.h"
#include "stats/dhk-letters.h"
#include "stats/dhk-p-adjust.h"
#include "stats/dhk-posthoc-compare.h"
#include "stats/dhk-posthoc.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

#define REASONS_OF_GROUPS                                                                          \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS)                          \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)                        \
   | DHK_REASON (DHK_STATS_NO_MEMORY))

static const char *const procedure_names[]
    = { "tukey", "games-howell", "bonferroni", "holm", "hochberg", "benjamini-hochberg",
        "sidak", "scheffe",      "lsd",        NULL };
static const char *const adjustment_names[]
    = { "none", "bonferroni", "sidak", "holm", "hochberg", "benjamini-hochberg", NULL };

/* Structures */

static const DhkField pair_fields[] = {
  DHK_STATUS (DhkPair, status),
  DHK_GROUP (DhkPair, a),
  DHK_GROUP (DhkPair, b),
  DHK_NUMBER (DhkPair, difference, SPREAD, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkPair, se, SPREAD, 0),
  DHK_NUMBER (DhkPair, t, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkPair, q, NONE, 0),
  DHK_NUMBER (DhkPair, df, NONE, 0),
  DHK_NUMBER (DhkPair, p_unadjusted, NONE, 0),
  DHK_NUMBER (DhkPair, p, NONE, 0),
  DHK_FLAG (DhkPair, differs),
  DHK_NUMBER (DhkPair, critical, NONE, 0),
  DHK_INTERVAL (DhkPair, ci, difference, SPREAD, DHK_FIELD_DIRECTED),
  { NULL },
};
static const DhkStructure pair_structure = { "DhkPair", sizeof (DhkPair), pair_fields };

static const DhkField post_hoc_fields[] = {
  DHK_STATUS (DhkPostHocTest, status),
  DHK_CHOICE (DhkPostHocTest, procedure, procedure_names),
  DHK_CHOICE (DhkPostHocTest, interval_procedure, procedure_names),
  DHK_COUNT (DhkPostHocTest, n),
  DHK_COUNT (DhkPostHocTest, n_groups),
  DHK_COUNT (DhkPostHocTest, n_tests),
  DHK_NUMBER (DhkPostHocTest, alpha, NONE, 0),
  DHK_STATUS (DhkPostHocTest, pooled_status),
  DHK_NUMBER (DhkPostHocTest, pooled_mse, SQUARE, 0),
  DHK_NUMBER (DhkPostHocTest, pooled_df, NONE, 0),
  DHK_STATUS (DhkPostHocTest, letters_status),
  DHK_COUNT (DhkPostHocTest, n_letters),
  { NULL },
};
static const DhkStructure post_hoc_structure
    = { "DhkPostHocTest", sizeof (DhkPostHocTest), post_hoc_fields };

static const DhkField dunnett_fields[] = {
  DHK_STATUS (DhkDunnett, status),
  DHK_COUNT (DhkDunnett, n),
  DHK_COUNT (DhkDunnett, n_groups),
  DHK_NUMBER (DhkDunnett, alpha, NONE, 0),
  DHK_STATUS (DhkDunnett, pooled_status),
  DHK_NUMBER (DhkDunnett, pooled_mse, SQUARE, 0),
  DHK_NUMBER (DhkDunnett, pooled_df, NONE, 0),
  { NULL },
};
static const DhkStructure dunnett_structure = { "DhkDunnett", sizeof (DhkDunnett), dunnett_fields };

static const DhkField dunn_pair_fields[] = {
  DHK_STATUS (DhkDunnPair, status),
  DHK_GROUP (DhkDunnPair, a),
  DHK_GROUP (DhkDunnPair, b),
  DHK_NUMBER (DhkDunnPair, difference, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkDunnPair, se, NONE, 0),
  DHK_NUMBER (DhkDunnPair, z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkDunnPair, p_unadjusted, NONE, 0),
  DHK_NUMBER (DhkDunnPair, p, NONE, 0),
  DHK_FLAG (DhkDunnPair, differs),
  { NULL },
};
static const DhkStructure dunn_pair_structure
    = { "DhkDunnPair", sizeof (DhkDunnPair), dunn_pair_fields };

static const DhkField dunn_fields[] = {
  DHK_STATUS (DhkDunn, status),
  DHK_CHOICE (DhkDunn, adjustment, adjustment_names),
  DHK_COUNT (DhkDunn, n),
  DHK_COUNT (DhkDunn, n_groups),
  DHK_COUNT (DhkDunn, n_tests),
  DHK_NUMBER (DhkDunn, alpha, NONE, 0),
  DHK_STATUS (DhkDunn, letters_status),
  DHK_COUNT (DhkDunn, n_letters),
  { NULL },
};
static const DhkStructure dunn_structure = { "DhkDunn", sizeof (DhkDunn), dunn_fields };

static const DhkField disagreement_fields[] = {
  DHK_GROUP (DhkDisagreement, a),
  DHK_GROUP (DhkDisagreement, b),
  DHK_NUMBER (DhkDisagreement, difference, SPREAD, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkDisagreement, p_first, NONE, 0),
  DHK_NUMBER (DhkDisagreement, p_second, NONE, 0),
  DHK_FLAG (DhkDisagreement, differs_first),
  DHK_FLAG (DhkDisagreement, differs_second),
  { NULL },
};
static const DhkStructure disagreement_structure
    = { "DhkDisagreement", sizeof (DhkDisagreement), disagreement_fields };

static const DhkField comparison_fields[] = {
  DHK_STATUS (DhkPostHocComparison, status),
  DHK_CHOICE (DhkPostHocComparison, first, procedure_names),
  DHK_CHOICE (DhkPostHocComparison, second, procedure_names),
  DHK_STATUS (DhkPostHocComparison, first_status),
  DHK_STATUS (DhkPostHocComparison, second_status),
  DHK_COUNT (DhkPostHocComparison, n_compared),
  DHK_COUNT (DhkPostHocComparison, n_disagreements),
  DHK_COUNT (DhkPostHocComparison, n_undecided),
  DHK_NUMBER (DhkPostHocComparison, alpha, NONE, 0),
  { NULL },
};
static const DhkStructure comparison_structure
    = { "DhkPostHocComparison", sizeof (DhkPostHocComparison), comparison_fields };

/* Running */

/* Room for `n` of `size`, at least one. */
static void *
allocate (size_t n, size_t size)
{
  return calloc (n > 0 ? n : 1, size);
}

static void
add_letters (DhkRecord *record, uint64_t letters)
{
  dhk_record_begin_list (record, "letters", DHK_PER_OTHER);
  for (size_t i = 0; i < DHK_MAX_LETTERS; i++)
    if ((letters >> i & 1) != 0)
      dhk_record_add_text (record, NULL, dhk_letters_get_name (i));
  dhk_record_end_list (record);
}

static void
add_groups_with_letters (DhkRecord *record,
                         const DhkSummary *groups,
                         const uint64_t *letters,
                         size_t n_groups)
{
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t g = 0; g < n_groups; g++)
    {
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "group", DHK_PER_GROUP, g);
      dhk_record_add_struct (record, &dhk_summary_structure, &groups[g]);
      add_letters (record, letters[g]);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
run_post_hoc (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  size_t n_pairs = dhk_pair_count (n_groups);
  DhkPair *pairs = allocate (n_pairs, sizeof *pairs);
  uint64_t *letters = allocate (n_groups, sizeof *letters);
  DhkProcedure procedure = (DhkProcedure) input->options[1];
  DhkPostHocTest test = { .status = DHK_STATS_NO_MEMORY };

  if (groups != NULL && pairs != NULL && letters != NULL)
    {
      test = input->summary != NULL
                 ? dhk_post_hoc_from_summary (procedure, groups, n_groups, input->options[0], pairs,
                                              letters)
                 : dhk_post_hoc (procedure, input->values[0], input->groups[0].code, input->n,
                                 n_groups, input->options[0], pairs, letters);
      dhk_record_add_struct (record, &post_hoc_structure, &test);
      dhk_record_add_list (record, "pairs", DHK_PER_PAIR, &pair_structure, pairs, n_pairs);
      add_groups_with_letters (record, groups, letters, n_groups);
    }
  free (letters);
  free (pairs);
  free (groups);
  return test.status;
}

static DhkStatsStatus
run_dunnett (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  size_t n_pairs = n_groups > 0 ? n_groups - 1 : 0;
  DhkPair *pairs = allocate (n_pairs, sizeof *pairs);
  DhkDunnett test = { .status = DHK_STATS_NO_MEMORY };

  if (groups != NULL && pairs != NULL)
    {
      test = input->summary != NULL
                 ? dhk_dunnett_from_summary (groups, n_groups, input->options[0], pairs)
                 : dhk_dunnett (input->values[0], input->groups[0].code, input->n, n_groups,
                                input->options[0], pairs);
      dhk_record_add_struct (record, &dunnett_structure, &test);
      dhk_record_add_list (record, "pairs", DHK_PER_PAIR, &pair_structure, pairs, n_pairs);
      dhk_record_add_list (record, "groups", DHK_PER_GROUP, &dhk_summary_structure, groups,
                           n_groups);
    }
  free (pairs);
  free (groups);
  return test.status;
}

static void
add_ranked_groups (DhkRecord *record,
                   const double *mean_ranks,
                   const uint64_t *letters,
                   DhkStatsStatus status,
                   size_t n_groups)
{
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t g = 0; g < n_groups; g++)
    {
      bool known = mean_ranks[g] > 0;

      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "group", DHK_PER_GROUP, g);
      dhk_record_add_status (record, "status",
                             known                    ? DHK_STATS_OK
                             : status == DHK_STATS_OK ? DHK_STATS_NO_DATA
                                                      : status);
      dhk_record_add_number (record, "mean_rank", mean_ranks[g], DHK_UNIT_NONE, 0);
      add_letters (record, letters[g]);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
run_dunn (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups = input->groups[0].n_levels, n_pairs = dhk_pair_count (n_groups);
  DhkDunnPair *pairs = allocate (n_pairs, sizeof *pairs);
  double *mean_ranks = allocate (n_groups, sizeof *mean_ranks);
  uint64_t *letters = allocate (n_groups, sizeof *letters);
  DhkDunn test = { .status = DHK_STATS_NO_MEMORY };

  if (pairs != NULL && mean_ranks != NULL && letters != NULL)
    {
      test = dhk_dunn ((DhkAdjustment) input->options[1], input->values[0], input->groups[0].code,
                       input->n, n_groups, input->options[0], pairs, mean_ranks, letters);
      dhk_record_add_struct (record, &dunn_structure, &test);
      dhk_record_add_list (record, "pairs", DHK_PER_PAIR, &dunn_pair_structure, pairs, n_pairs);
      add_ranked_groups (record, mean_ranks, letters, test.status, n_groups);
    }
  free (letters);
  free (mean_ranks);
  free (pairs);
  return test.status;
}

static DhkStatsStatus
run_compare (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  DhkDisagreement *list = allocate (dhk_pair_count (n_groups), sizeof *list);
  DhkProcedure first = (DhkProcedure) input->options[1], second = (DhkProcedure) input->options[2];
  DhkPostHocComparison comparison = { .status = DHK_STATS_NO_MEMORY };

  if (groups != NULL && list != NULL)
    {
      comparison
          = input->summary != NULL
                ? dhk_post_hoc_compare_from_summary (first, second, groups, n_groups,
                                                     input->options[0], list)
                : dhk_post_hoc_compare (first, second, input->values[0], input->groups[0].code,
                                        input->n, n_groups, input->options[0], list);
      dhk_record_add_struct (record, &comparison_structure, &comparison);
      dhk_record_add_list (record, "disagreements", DHK_PER_PAIR, &disagreement_structure, list,
                           comparison.n_disagreements);
    }
  free (list);
  free (groups);
  return comparison.status;
}

/* NO_DATA where no p is given; BAD_ARGUMENT where one is no probability. */
static DhkStatsStatus
adjust_column (DhkAdjustment adjustment, const double *p, size_t n, double *adjusted)
{
  size_t n_tests = 0;

  for (size_t i = 0; i < n; i++)
    {
      adjusted[i] = NAN;
      n_tests += !isnan (p[i]);
    }
  return n_tests > 0 ? dhk_p_adjust (adjustment, p, n, adjusted) : DHK_STATS_NO_DATA;
}

static DhkStatsStatus
run_p_adjust (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n = input->n, n_tests = 0;
  const double *p = input->values[0];
  double *adjusted = allocate (n, sizeof *adjusted);
  DhkStatsStatus status;

  if (adjusted == NULL)
    return DHK_STATS_NO_MEMORY;
  status = adjust_column ((DhkAdjustment) input->options[0], p, n, adjusted);
  for (size_t i = 0; i < n; i++)
    n_tests += !isnan (adjusted[i]);
  dhk_record_add_status (record, "status", status);
  dhk_record_add_text (record, "adjustment", adjustment_names[(size_t) input->options[0]]);
  dhk_record_add_count (record, "n_tests", n_tests);
  dhk_record_begin_list (record, "tests", DHK_PER_ROW);
  for (size_t i = 0; i < n; i++)
    {
      bool known = !isnan (adjusted[i]);

      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "row", DHK_PER_ROW, i);
      dhk_record_add_status (record, "status",
                             known                    ? DHK_STATS_OK
                             : status == DHK_STATS_OK ? DHK_STATS_NO_DATA
                                                      : status);
      dhk_record_add_number (record, "p_unadjusted", known ? p[i] : NAN, DHK_UNIT_NONE, 0);
      dhk_record_add_number (record, "p", adjusted[i], DHK_UNIT_NONE, 0);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
  free (adjusted);
  return status;
}

/* Methods */

static const DhkMethodOption post_hoc_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "procedure", "correction for the number of pairs; alpha is 1 − confidence", DHK_OPTION_CHOICE,
    DHK_PROCEDURE_TUKEY, 0, DHK_N_PROCEDURES - 1, procedure_names },
};

const DhkMethod dhk_method_post_hoc = {
  .name = "posthoc",
  .family = "post hoc",
  .title = "which means differ, pair by pair, with compact letters",
  .source
  = "C. Y. Kramer, Biometrics 12 (1956) 307–310; P. A. Games, J. F. Howell, J. Educational "
    "Statistics 1 (1976) 113–125; O. J. Dunn, J. American Statistical Association 56 (1961) "
    "52–64; S. Holm, Scandinavian J. Statistics 6 (1979) 65–70; H. Scheffé, Biometrika 40 "
    "(1953) 87–104; H.-P. Piepho, J. Computational and Graphical Statistics 13 (2004) "
    "456–466",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons
  = REASONS_OF_GROUPS | DHK_REASON (DHK_STATS_TOO_FEW) | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = post_hoc_options,
  .n_options = 2,
  .run = run_post_hoc,
};

static const DhkMethodOption compare_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "first", "procedure; alpha is 1 − confidence", DHK_OPTION_CHOICE, DHK_PROCEDURE_TUKEY, 0,
    DHK_N_PROCEDURES - 1, procedure_names },
  { "second", "procedure that it is held against", DHK_OPTION_CHOICE, DHK_PROCEDURE_GAMES_HOWELL, 0,
    DHK_N_PROCEDURES - 1, procedure_names },
};

const DhkMethod dhk_method_post_hoc_compare = {
  .name = "posthoc-compare",
  .family = "post hoc",
  .title = "the pairs on which two procedures disagree",
  .source = "that of each procedure, see posthoc",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons
  = REASONS_OF_GROUPS | DHK_REASON (DHK_STATS_TOO_FEW) | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = compare_options,
  .n_options = 3,
  .run = run_compare,
};

static const DhkMethodOption dunnett_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_dunnett = {
  .name = "dunnett",
  .family = "post hoc",
  .title = "each group against the first, the control, two-sided",
  .source = "C. W. Dunnett, J. American Statistical Association 50 (1955) 1096–1121; Biometrics 20 "
            "(1964) 482–491",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_FIRST_GROUP,
  .reasons
  = REASONS_OF_GROUPS | DHK_REASON (DHK_STATS_TOO_FEW) | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = dunnett_options,
  .n_options = 1,
  .run = run_dunnett,
};

static const DhkMethodOption dunn_options[] = {
  { "alpha", "level of the decisions and letters", DHK_OPTION_NUMBER, 0.05, 1e-9, 1 - 1e-6, NULL },
  { "adjust", "adjustment of p for the number of pairs", DHK_OPTION_CHOICE, DHK_ADJUST_HOLM, 0,
    DHK_ADJUST_BENJAMINI_HOCHBERG, adjustment_names },
};

const DhkMethod dhk_method_dunn = {
  .name = "dunn",
  .family = "post hoc",
  .title = "which groups differ in mean rank, pair by pair, with compact letters",
  .source = "O. J. Dunn, Technometrics 6 (1964) 241–252",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_ORDINAL,
  .reasons = REASONS_OF_GROUPS,
  .options = dunn_options,
  .n_options = 2,
  .run = run_dunn,
};

static const DhkMethodOption p_adjust_options[] = {
  { "method", "adjustment for the number of tests", DHK_OPTION_CHOICE, DHK_ADJUST_HOLM, 0,
    DHK_ADJUST_BENJAMINI_HOCHBERG, adjustment_names },
};

const DhkMethod dhk_method_p_adjust = {
  .name = "p-adjust",
  .family = "post hoc",
  .title = "a column of p values adjusted for their number",
  .source = "S. Holm, Scandinavian J. Statistics 6 (1979) 65–70; Y. Hochberg, Biometrika 75 (1988) "
            "800–802; Y. Benjamini, Y. Hochberg, J. Royal Statistical Society B 57 (1995) 289–300",
  .missing = "left out, and not counted among the tests",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_PROBABILITY,
  .traits = DHK_METHOD_ROW_ORDER,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = p_adjust_options,
  .n_options = 1,
  .run = run_p_adjust,
};
