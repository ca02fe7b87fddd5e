/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-ttest.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

static const char *const variant_names[] = { "student", "welch", NULL };

static const DhkField t_test_fields[] = {
  DHK_STATUS (DhkTTest, status),
  DHK_CHOICE (DhkTTest, variant, variant_names),
  DHK_STRUCT (DhkTTest, a, &dhk_summary_structure),
  DHK_STRUCT (DhkTTest, b, &dhk_summary_structure),
  DHK_NUMBER (DhkTTest, difference, SPREAD, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkTTest, se, SPREAD, 0),
  DHK_NUMBER (DhkTTest, t, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkTTest, df, NONE, 0),
  DHK_NUMBER (DhkTTest, p, NONE, 0),
  DHK_NUMBER (DhkTTest, cohen_d, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkTTest, hedges_g, NONE, DHK_FIELD_DIRECTED),
  { NULL },
};
static const DhkStructure t_test_structure = { "DhkTTest", sizeof (DhkTTest), t_test_fields };

static DhkStatsStatus
run_t_test (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  DhkTTest test;

  if (groups == NULL)
    return DHK_STATS_NO_MEMORY;
  if (n_groups != 2)
    {
      free (groups);
      return n_groups < 2 ? DHK_STATS_TOO_FEW_GROUPS : DHK_STATS_BAD_ARGUMENT;
    }
  test = dhk_t_test_from_summary ((DhkTVariant) input->options[1], groups[0], groups[1],
                                  input->options[0]);
  free (groups);
  dhk_record_add_struct (record, &t_test_structure, &test);
  return test.status;
}

static const DhkMethodOption t_test_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "variant", "equal variances (student) or not (welch)", DHK_OPTION_CHOICE, 0, 0, 1,
    variant_names },
};

const DhkMethod dhk_method_t_test = {
  .name = "t-test",
  .family = "compare two",
  .title = "the difference of two means",
  .source = "Student, Biometrika 6 (1908) 1–25; B. L. Welch, Biometrika 34 (1947) 28–35",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (2, 2),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = t_test_options,
  .n_options = 2,
  .run = run_t_test,
};
