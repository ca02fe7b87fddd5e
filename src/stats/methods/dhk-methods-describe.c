/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/methods/dhk-methods-private.h"

static const DhkField middle_fields[] = {
  DHK_STATUS (DhkMiddle, status),
  DHK_NUMBER (DhkMiddle, min, LOCATION, 0),
  DHK_NUMBER (DhkMiddle, max, LOCATION, 0),
  DHK_NUMBER (DhkMiddle, median, LOCATION, 0),
  { NULL },
};
static const DhkStructure middle_structure = { "DhkMiddle", sizeof (DhkMiddle), middle_fields };

static const DhkField description_fields[] = {
  DHK_STATUS (DhkDescription, status),
  DHK_COUNT (DhkDescription, n),
  DHK_COUNT (DhkDescription, n_missing),
  DHK_NUMBER (DhkDescription, mean, LOCATION, 0),
  DHK_NUMBER (DhkDescription, sd, SPREAD, 0),
  DHK_NUMBER (DhkDescription, se, SPREAD, 0),
  DHK_INTERVAL (DhkDescription, ci, mean, LOCATION, 0),
  DHK_STRUCT (DhkDescription, order, &middle_structure),
  { NULL },
};
static const DhkStructure description_structure
    = { "DhkDescription", sizeof (DhkDescription), description_fields };

static DhkStatsStatus
run_describe (const DhkMethodInput *input, DhkRecord *record)
{
  DhkDescription description
      = input->summary != NULL
            ? dhk_description_from_summary (dhk_methods_get_summary (input, 0), input->options[0])
            : dhk_describe (input->values[0], input->n, input->options[0]);

  dhk_record_add_struct (record, &description_structure, &description);
  return description.status;
}

static const DhkMethodOption describe_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_describe = {
  .name = "describe",
  .family = "describe",
  .title = "n, mean, spread and confidence interval of the mean",
  .source = "any textbook; accuracy as NIST StRD asks",
  .missing = "left out and counted",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = describe_options,
  .n_options = 1,
  .run = run_describe,
};
