/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-anova.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

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

static DhkStatsStatus
run_anova (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_groups;
  DhkSummary *groups = dhk_methods_summarise (input, &n_groups);
  DhkAnova anova;

  if (groups == NULL)
    return DHK_STATS_NO_MEMORY;
  anova = input->summary != NULL
              ? dhk_anova_from_summary (groups, n_groups)
              : dhk_anova_one_way (input->values[0], input->groups[0].code, input->n, n_groups);
  dhk_record_add_struct (record, &anova_structure, &anova);
  dhk_record_add_list (record, "groups", DHK_PER_GROUP, &dhk_summary_structure, groups, n_groups);
  free (groups);
  return anova.status;
}

const DhkMethod dhk_method_anova = {
  .name = "anova",
  .family = "compare more",
  .title = "the means of several groups, with equal variances",
  .source = "R. A. Fisher, Statistical Methods for Research Workers (1925)",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .run = run_anova,
};
