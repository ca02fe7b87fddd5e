/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tests of a report again, from its printed n, M and SD. */

#include "stats/dhk-recompute.h"
#include "stats/methods/dhk-methods-consistency.h"

#include <math.h>
#include <stdlib.h>

/* Structs */

static const DhkField anova_fields[] = {
  DHK_STATUS (DhkAnovaCheck, status),
  DHK_NUMBER (DhkAnovaCheck, df1, NONE, 0),
  DHK_NUMBER (DhkAnovaCheck, df2, NONE, 0),
  DHK_NUMBER (DhkAnovaCheck, f, NONE, 0),
  DHK_NUMBER (DhkAnovaCheck, p, NONE, 0),
  DHK_STRUCT (DhkAnovaCheck, f_range, &dhk_enclosure_structure),
  DHK_STRUCT (DhkAnovaCheck, p_range, &dhk_enclosure_structure),
  DHK_CHOICE (DhkAnovaCheck, f_verdict, dhk_printed_verdict_names),
  DHK_CHOICE (DhkAnovaCheck, p_verdict, dhk_printed_verdict_names),
  { NULL },
};
static const DhkStructure anova_structure
    = { "DhkAnovaCheck", sizeof (DhkAnovaCheck), anova_fields };

static const DhkField t_fields[] = {
  DHK_STATUS (DhkTCheck, status),
  DHK_CHOICE (DhkTCheck, variant, dhk_t_variant_names),
  DHK_NUMBER (DhkTCheck, df, NONE, 0),
  DHK_NUMBER (DhkTCheck, t, NONE, 0),
  DHK_NUMBER (DhkTCheck, p, NONE, 0),
  DHK_STRUCT (DhkTCheck, df_range, &dhk_enclosure_structure),
  DHK_STRUCT (DhkTCheck, t_range, &dhk_enclosure_structure),
  DHK_STRUCT (DhkTCheck, p_range, &dhk_enclosure_structure),
  DHK_CHOICE (DhkTCheck, t_verdict, dhk_printed_verdict_names),
  DHK_CHOICE (DhkTCheck, p_verdict, dhk_printed_verdict_names),
  { NULL },
};
static const DhkStructure t_structure = { "DhkTCheck", sizeof (DhkTCheck), t_fields };

/* Options */

#define P_OPTIONS                                                                                  \
  { "p", "the printed p", DHK_OPTION_NUMBER, NAN, 0, 1, NULL },                                    \
      DECIMALS_OPTION ("p-decimals", "of the printed p"),                                          \
  {                                                                                                \
    "p-sign", "the sign before the printed p", DHK_OPTION_CHOICE, 0, 0, 2, dhk_printed_sign_names  \
  }

static double
or_not_given (double value)
{
  return isnan (value) ? -1 : value;
}

static const DhkMethodOption anova_options[] = {
  DECIMALS_OPTION ("decimals", "of the printed means and SDs"),
  { "f", "the printed F", DHK_OPTION_NUMBER, NAN, 0, 1e12, NULL },
  DECIMALS_OPTION ("f-decimals", "of the printed F"),
  P_OPTIONS,
};

static DhkStatsStatus
run_anova (const DhkMethodInput *input, DhkRecord *record)
{
  const double *options = input->options;
  DhkPrintedTest printed = { or_not_given (options[1]), (int) options[2], or_not_given (options[3]),
                             (int) options[4], (DhkPrintedSign) options[5] };
  DhkSummary *rows;
  DhkAnovaCheck result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  rows = dhk_methods_get_rows (input);
  if (rows == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_recompute_anova (rows, input->n_summary_rows, (int) options[0], printed);
  free (rows);
  dhk_record_add_struct (record, &anova_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_recompute_anova = {
  .name = "recompute-anova",
  .family = "consistency",
  .title = "F and p from printed n, M, SD, with all values that rounding allows",
  .source = "D. A. Larson, The American Statistician 46 (1992) 151–152; " BROWN_HEATHERS,
  .missing = "groups of n = 0 are left out",
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (2, 500),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = anova_options,
  .n_options = 6,
  .run = run_anova,
};

static const DhkMethodOption t_options[] = {
  { "variant", "equal variances (student) or not (welch)", DHK_OPTION_CHOICE, 0, 0, 1,
    dhk_t_variant_names },
  DECIMALS_OPTION ("decimals", "of the printed means and SDs"),
  { "t", "the printed t, without its sign", DHK_OPTION_NUMBER, NAN, 0, 1e12, NULL },
  DECIMALS_OPTION ("t-decimals", "of the printed t"),
  P_OPTIONS,
};

static DhkStatsStatus
run_t (const DhkMethodInput *input, DhkRecord *record)
{
  const double *options = input->options;
  DhkPrintedTest printed = { or_not_given (options[2]), (int) options[3], or_not_given (options[4]),
                             (int) options[5], (DhkPrintedSign) options[6] };
  DhkTCheck result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  result = dhk_recompute_t ((DhkTVariant) options[0], dhk_methods_get_summary (input, 0),
                            dhk_methods_get_summary (input, 1), (int) options[1], printed);
  dhk_record_add_struct (record, &t_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_recompute_t = {
  .name = "recompute-t",
  .family = "consistency",
  .title = "t and p from printed n, M, SD of two groups, with all values that rounding allows",
  .source = "B. L. Welch, Biometrika 34 (1947) 28–35; " BROWN_HEATHERS,
  .missing = "none",
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (2, 2),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_VARIANCE),
  .options = t_options,
  .n_options = 7,
  .run = run_t,
};
