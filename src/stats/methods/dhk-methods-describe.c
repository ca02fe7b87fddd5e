/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-autocorrelation.h"
#include "stats/dhk-full-description.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* Structs */

static const DhkField order_fields[] = {
  DHK_STATUS (DhkOrderStatistics, status),
  DHK_NUMBER (DhkOrderStatistics, min, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, max, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, range, SPREAD, 0),
  DHK_NUMBER (DhkOrderStatistics, median, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p05_type2, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p25_type2, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p75_type2, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p95_type2, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p05_type6, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p25_type6, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p75_type6, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p95_type6, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p05_type7, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p25_type7, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p75_type7, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, p95_type7, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, iqr_type6, SPREAD, 0),
  DHK_NUMBER (DhkOrderStatistics, iqr_type7, SPREAD, 0),
  DHK_NUMBER (DhkOrderStatistics, hinge_low, LOCATION, 0),
  DHK_NUMBER (DhkOrderStatistics, hinge_high, LOCATION, 0),
  { NULL },
};
static const DhkStructure order_structure
    = { "DhkOrderStatistics", sizeof (DhkOrderStatistics), order_fields };

static const DhkField shape_fields[] = {
  DHK_STATUS (DhkShape, status),         DHK_NUMBER (DhkShape, type1, NONE, 0),
  DHK_NUMBER (DhkShape, type2, NONE, 0), DHK_NUMBER (DhkShape, type3, NONE, 0),
  DHK_NUMBER (DhkShape, se, NONE, 0),    { NULL },
};
static const DhkStructure shape_structure = { "DhkShape", sizeof (DhkShape), shape_fields };

static const DhkField mode_fields[] = {
  DHK_STATUS (DhkMode, status),
  DHK_NUMBER (DhkMode, value, LOCATION, 0),
  DHK_NUMBER (DhkMode, count, NONE, 0),
  DHK_COUNT (DhkMode, n_modes),
  { NULL },
};
static const DhkStructure mode_structure = { "DhkMode", sizeof (DhkMode), mode_fields };

static const DhkField description_fields[] = {
  DHK_STATUS (DhkFullDescription, status),
  DHK_CHOICE (DhkFullDescription, weighting, dhk_weighting_names),
  DHK_COUNT (DhkFullDescription, n_left_out),
  DHK_NUMBER (DhkFullDescription, n, NONE, 0),
  DHK_NUMBER (DhkFullDescription, n_missing, NONE, 0),
  DHK_NUMBER (DhkFullDescription, mean, LOCATION, 0),
  DHK_NUMBER (DhkFullDescription, sum, OTHER, 0),
  DHK_NUMBER (DhkFullDescription, variance, SQUARE, 0),
  DHK_NUMBER (DhkFullDescription, sd, SPREAD, 0),
  DHK_NUMBER (DhkFullDescription, se, SPREAD, 0),
  DHK_INTERVAL (DhkFullDescription, mean_ci, mean, LOCATION, 0),
  DHK_STRUCT (DhkFullDescription, order, &order_structure),
  DHK_STRUCT (DhkFullDescription, skewness, &shape_structure),
  DHK_STRUCT (DhkFullDescription, kurtosis, &shape_structure),
  DHK_STRUCT (DhkFullDescription, mode, &mode_structure),
  { NULL },
};
static const DhkStructure description_structure
    = { "DhkFullDescription", sizeof (DhkFullDescription), description_fields };

static const DhkField frequency_fields[] = {
  DHK_NUMBER (DhkFrequency, value, LOCATION, 0),
  DHK_NUMBER (DhkFrequency, count, NONE, 0),
  DHK_NUMBER (DhkFrequency, percent, NONE, 0),
  DHK_NUMBER (DhkFrequency, valid_percent, NONE, 0),
  DHK_NUMBER (DhkFrequency, cumulative_percent, NONE, 0),
  { NULL },
};
static const DhkStructure frequency_structure
    = { "DhkFrequency", sizeof (DhkFrequency), frequency_fields };

static const DhkField frequencies_fields[] = {
  DHK_STATUS (DhkFrequencies, status),
  DHK_CHOICE (DhkFrequencies, weighting, dhk_weighting_names),
  DHK_COUNT (DhkFrequencies, n_left_out),
  DHK_COUNT (DhkFrequencies, n_values),
  DHK_NUMBER (DhkFrequencies, n, NONE, 0),
  DHK_NUMBER (DhkFrequencies, n_missing, NONE, 0),
  DHK_NUMBER (DhkFrequencies, missing_percent, NONE, 0),
  { NULL },
};
static const DhkStructure frequencies_structure
    = { "DhkFrequencies", sizeof (DhkFrequencies), frequencies_fields };

static const DhkField autocorrelation_fields[] = {
  DHK_STATUS (DhkAutocorrelation, status),     DHK_COUNT (DhkAutocorrelation, n),
  DHK_COUNT (DhkAutocorrelation, n_pairs),     DHK_NUMBER (DhkAutocorrelation, mean, LOCATION, 0),
  DHK_NUMBER (DhkAutocorrelation, r, NONE, 0), { NULL },
};
static const DhkStructure autocorrelation_structure
    = { "DhkAutocorrelation", sizeof (DhkAutocorrelation), autocorrelation_fields };

/* Describe */

/* Room for the rows of one group. */
typedef struct
{
  double *values;
  double *weight;
} GroupRows;

static size_t
gather_group (const DhkMethodInput *input, size_t column, size_t group, GroupRows *rows)
{
  size_t n = 0;

  for (size_t i = 0; i < input->n; i++)
    if (input->groups[0].code[i] >= 0 && (size_t) input->groups[0].code[i] == group)
      {
        rows->values[n] = input->values[column][i];
        rows->weight[n++] = input->weight != NULL ? input->weight[i] : 1;
      }
  return n;
}

static void
add_group (const DhkFullDescription *description, size_t group, DhkRecord *record)
{
  dhk_record_begin_object (record, NULL);
  dhk_record_add_index (record, "group", DHK_PER_GROUP, group);
  dhk_record_add_struct (record, &description_structure, description);
  dhk_record_end_object (record);
}

static void
add_groups (const DhkMethodInput *input, size_t column, GroupRows *rows, DhkRecord *record)
{
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t g = 0; input->n_groups > 0 && g < input->groups[0].n_levels; g++)
    {
      size_t n = gather_group (input, column, g, rows);
      DhkFullDescription description = dhk_describe_fully (
          rows->values, input->weight != NULL ? rows->weight : NULL, n, input->options[0]);

      add_group (&description, g, record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
describe_data (const DhkMethodInput *input, DhkRecord *record)
{
  size_t room = input->n > 0 && input->n_groups > 0 ? input->n : 1;
  GroupRows rows = { calloc (room, sizeof (double)), calloc (room, sizeof (double)) };
  DhkStatsStatus status = DHK_STATS_OK;

  if (rows.values == NULL || rows.weight == NULL)
    status = DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < input->n_values && status != DHK_STATS_NO_MEMORY; i++)
    {
      DhkFullDescription description
          = dhk_describe_fully (input->values[i], input->weight, input->n, input->options[0]);

      if (status == DHK_STATS_OK)
        status = description.status;
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "value", DHK_PER_VALUE, i);
      dhk_record_add_struct (record, &description_structure, &description);
      add_groups (input, i, &rows, record);
      dhk_record_end_object (record);
    }
  free (rows.values);
  free (rows.weight);
  return status;
}

/* The rows of "n M SD" are groups, of which the whole follows. */
static DhkStatsStatus
describe_summary (const DhkMethodInput *input, DhkRecord *record)
{
  DhkSummary *parts = calloc (input->n_summary_rows, sizeof *parts);
  DhkFullDescription whole;

  if (parts == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < input->n_summary_rows; i++)
    parts[i] = dhk_methods_get_summary (input, i);
  /* one row is the whole, in all its digits and with its own reasons */
  whole = dhk_describe_fully_from_summary (
      input->n_summary_rows == 1 ? parts[0] : dhk_combine_summaries (parts, input->n_summary_rows),
      input->options[0]);
  dhk_record_begin_object (record, NULL);
  dhk_record_add_index (record, "value", DHK_PER_VALUE, 0);
  dhk_record_add_struct (record, &description_structure, &whole);
  dhk_record_begin_list (record, "groups", DHK_PER_GROUP);
  for (size_t i = 0; i < input->n_summary_rows; i++)
    {
      DhkFullDescription part = dhk_describe_fully_from_summary (parts[i], input->options[0]);

      add_group (&part, i, record);
    }
  dhk_record_end_list (record);
  dhk_record_end_object (record);
  free (parts);
  return whole.status;
}

static DhkStatsStatus
run_describe (const DhkMethodInput *input, DhkRecord *record)
{
  DhkStatsStatus status;

  dhk_record_begin_list (record, "values", DHK_PER_VALUE);
  status
      = input->summary != NULL ? describe_summary (input, record) : describe_data (input, record);
  dhk_record_end_list (record);
  return status;
}

static const DhkMethodOption describe_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_describe = {
  .name = "describe",
  .family = "describe",
  .title = "n, mean, spread, quantiles and shape of each column, also by group",
  .source = "IBM SPSS Statistics Algorithms, DESCRIPTIVES and EXAMINE; R. J. Hyndman, Y. Fan, "
            "The American Statistician 50 (1996) 361–365; D. N. Joanes, C. A. Gill, The "
            "Statistician 47 (1998) 183–189",
  .missing = "left out of each column by itself, and counted; a row without a positive weight "
             "takes no part",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, DHK_ANY_NUMBER),
             [DHK_ROLE_GROUP] = DHK_NEED (0, 1),
             [DHK_ROLE_WEIGHT] = DHK_NEED (0, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = describe_options,
  .n_options = 1,
  .run = run_describe,
};

/* What the tables of a report take, which need not sort */

static const DhkField middle_fields[] = {
  DHK_STATUS (DhkMiddle, status),
  DHK_NUMBER (DhkMiddle, min, LOCATION, 0),
  DHK_NUMBER (DhkMiddle, max, LOCATION, 0),
  DHK_NUMBER (DhkMiddle, median, LOCATION, 0),
  { NULL },
};
static const DhkStructure middle_structure = { "DhkMiddle", sizeof (DhkMiddle), middle_fields };

static const DhkField brief_fields[] = {
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
static const DhkStructure brief_structure
    = { "DhkDescription", sizeof (DhkDescription), brief_fields };

static DhkStatsStatus
run_describe_briefly (const DhkMethodInput *input, DhkRecord *record)
{
  DhkDescription description
      = input->summary != NULL
            ? dhk_description_from_summary (dhk_methods_get_summary (input, 0), input->options[0])
            : dhk_describe (input->values[0], input->n, input->options[0]);

  dhk_record_add_struct (record, &brief_structure, &description);
  return description.status;
}

const DhkMethod dhk_method_describe_briefly = {
  .name = "describe-briefly",
  .family = "describe",
  .title = "n, mean, SD, interval of the mean and median of a column, as the tables show them",
  .source = "any textbook; accuracy as NIST StRD asks",
  .missing = "left out and counted",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = describe_options,
  .n_options = 1,
  .run = run_describe_briefly,
};

/* Frequencies */

static DhkStatsStatus
run_frequencies (const DhkMethodInput *input, DhkRecord *record)
{
  DhkFrequency *table = calloc (input->n > 0 ? input->n : 1, sizeof *table);
  DhkStatsStatus status = table == NULL ? DHK_STATS_NO_MEMORY : DHK_STATS_OK;

  dhk_record_begin_list (record, "values", DHK_PER_VALUE);
  for (size_t i = 0; table != NULL && i < input->n_values; i++)
    {
      DhkFrequencies result = dhk_frequencies (input->values[i], input->weight, input->n, table);

      if (status == DHK_STATS_OK)
        status = result.status;
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "value", DHK_PER_VALUE, i);
      dhk_record_add_struct (record, &frequencies_structure, &result);
      dhk_record_add_list (record, "table", DHK_PER_OTHER, &frequency_structure, table,
                           result.n_values);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
  free (table);
  return status;
}

const DhkMethod dhk_method_frequencies = {
  .name = "frequencies",
  .family = "describe",
  .title = "how often each value occurs",
  .source = "IBM SPSS Statistics Algorithms, FREQUENCIES",
  .missing = "left out of each column by itself, and counted; a row without a positive weight "
             "takes no part",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, DHK_ANY_NUMBER), [DHK_ROLE_WEIGHT] = DHK_NEED (0, 1) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .run = run_frequencies,
};

/* Autocorrelation */

static DhkStatsStatus
run_autocorrelation (const DhkMethodInput *input, DhkRecord *record)
{
  DhkAutocorrelation result = dhk_autocorrelation (input->values[0], input->n);

  dhk_record_add_struct (record, &autocorrelation_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_autocorrelation = {
  .name = "autocorrelation",
  .family = "describe",
  .title = "how much a value resembles the one in the row before",
  .source = "NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.12",
  .missing = "a pair of neighbours is left out where one is missing",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_ROW_ORDER,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE),
  .run = run_autocorrelation,
};
