/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-change.h"
#include "stats/methods/dhk-methods-private.h"

#include <math.h>
#include <stdlib.h>

/* Structs */

static const DhkField measurement_error_fields[] = {
  DHK_STATUS (DhkMeasurementError, status),
  DHK_COUNT (DhkMeasurementError, n),
  DHK_NUMBER (DhkMeasurementError, mean, LOCATION, 0),
  DHK_NUMBER (DhkMeasurementError, sd, SPREAD, 0),
  DHK_NUMBER (DhkMeasurementError, reliability, NONE, 0),
  DHK_NUMBER (DhkMeasurementError, sem, SPREAD, 0),
  DHK_NUMBER (DhkMeasurementError, margin, SPREAD, 0),
  DHK_NUMBER (DhkMeasurementError, se_difference, SPREAD, 0),
  DHK_NUMBER (DhkMeasurementError, smallest_detectable_change, SPREAD, 0),
  /* a score that is given does not move with the data */
  DHK_NUMBER (DhkMeasurementError, score, OTHER, 0),
  DHK_INTERVAL (DhkMeasurementError, score_ci, score, OTHER, 0),
  { NULL },
};
static const DhkStructure measurement_error_structure
    = { "DhkMeasurementError", sizeof (DhkMeasurementError), measurement_error_fields };

static const DhkField reliable_change_fields[] = {
  DHK_STATUS (DhkReliableChange, status),
  DHK_CHOICE (DhkReliableChange, variant, dhk_reliable_change_variant_names),
  DHK_COUNT (DhkReliableChange, n),
  DHK_COUNT (DhkReliableChange, n_missing),
  DHK_NUMBER (DhkReliableChange, reliability, NONE, 0),
  DHK_NUMBER (DhkReliableChange, sd, SPREAD, 0),
  DHK_NUMBER (DhkReliableChange, sem, SPREAD, 0),
  DHK_NUMBER (DhkReliableChange, se_difference, SPREAD, 0),
  DHK_NUMBER (DhkReliableChange, criterion, NONE, 0),
  DHK_NUMBER (DhkReliableChange, smallest_reliable_change, SPREAD, 0),
  DHK_COUNT (DhkReliableChange, n_improved),
  DHK_COUNT (DhkReliableChange, n_deteriorated),
  DHK_COUNT (DhkReliableChange, n_unchanged),
  { NULL },
};
static const DhkStructure reliable_change_structure
    = { "DhkReliableChange", sizeof (DhkReliableChange), reliable_change_fields };

static const DhkField case_change_fields[] = {
  DHK_STATUS (DhkCaseChange, status),
  DHK_NUMBER (DhkCaseChange, before, LOCATION, 0),
  DHK_NUMBER (DhkCaseChange, after, LOCATION, 0),
  DHK_NUMBER (DhkCaseChange, change, SPREAD, 0),
  DHK_NUMBER (DhkCaseChange, rci, NONE, 0),
  DHK_CHOICE (DhkCaseChange, verdict, dhk_change_verdict_names),
  { NULL },
};
static const DhkStructure case_change_structure
    = { "DhkCaseChange", sizeof (DhkCaseChange), case_change_fields };

static const DhkField goal_attainment_fields[] = {
  DHK_STATUS (DhkGoalAttainment, status),
  DHK_COUNT (DhkGoalAttainment, n),
  DHK_COUNT (DhkGoalAttainment, n_missing),
  DHK_COUNT (DhkGoalAttainment, n_left_out),
  DHK_NUMBER (DhkGoalAttainment, rho, NONE, 0),
  DHK_NUMBER (DhkGoalAttainment, sum_of_weights, NONE, 0),
  DHK_NUMBER (DhkGoalAttainment, weighted_mean, OTHER, 0),
  DHK_NUMBER (DhkGoalAttainment, t, OTHER, 0),
  { NULL },
};
static const DhkStructure goal_attainment_structure
    = { "DhkGoalAttainment", sizeof (DhkGoalAttainment), goal_attainment_fields };

#define RELIABILITY_OPTION                                                                         \
  {                                                                                                \
    "reliability", "of the instrument, from 0 to 1", DHK_OPTION_NUMBER, NAN, 0, 1, NULL            \
  }

/* Error of measurement */

static DhkStatsStatus
run_measurement_error (const DhkMethodInput *input, DhkRecord *record)
{
  DhkSummary summary = input->summary != NULL ? dhk_methods_get_summary (input, 0)
                                              : dhk_summarise (input->values[0], input->n);
  DhkMeasurementError result
      = dhk_measurement_error (summary, input->options[1], input->options[2], input->options[0]);

  dhk_record_add_struct (record, &measurement_error_structure, &result);
  return result.status;
}

static const DhkMethodOption measurement_error_options[] = {
  DHK_CONFIDENCE_OPTION,
  RELIABILITY_OPTION,
  { "score", "the score whose interval is asked; when nothing is said, the mean", DHK_OPTION_NUMBER,
    NAN, -INFINITY, INFINITY, NULL },
};

const DhkMethod dhk_method_measurement_error = {
  .name = "measurement-error",
  .family = "change and cases",
  .title = "the standard error of measurement, and the interval of a score",
  .source = "H. Gulliksen, Theory of Mental Tests (1950) 15–17; H. C. W. de Vet et al., J. "
            "Clinical Epidemiology 59 (2006) 1033–1039",
  .missing = "left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1) },
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = measurement_error_options,
  .n_options = 3,
  .run = run_measurement_error,
};

/* Reliable change */

/* The two columns of the summary "before after", one behind the other; NULL where memory is out. */
static double *
copy_summary (const DhkMethodInput *input)
{
  size_t n = input->n_summary_rows;
  double *columns = calloc (n > 0 ? n : 1, 2 * sizeof *columns);

  for (size_t i = 0; columns != NULL && i < n; i++)
    {
      columns[i] = input->summary[2 * i];
      columns[n + i] = input->summary[2 * i + 1];
    }
  return columns;
}

static DhkStatsStatus
run_change (
    const double *before, const double *after, size_t n, const double *options, DhkRecord *record)
{
  /* an SD of 0 is how the option says that none is given */
  DhkReliableChangeOptions how = { (DhkReliableChangeVariant) options[3], options[1],
                                   options[2] > 0 ? options[2] : NAN, options[0], options[4] > 0 };
  DhkCaseChange *cases = calloc (n > 0 ? n : 1, sizeof *cases);
  DhkReliableChange result;

  if (cases == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_reliable_change (before, after, n, &how, cases);
  dhk_record_add_struct (record, &reliable_change_structure, &result);
  dhk_record_add_list (record, "cases", DHK_PER_ROW, &case_change_structure, cases, n);
  free (cases);
  return result.status;
}

static DhkStatsStatus
run_reliable_change (const DhkMethodInput *input, DhkRecord *record)
{
  DhkStatsStatus status;
  double *columns;

  if (input->summary == NULL)
    return run_change (input->values[0], input->values[1], input->n, input->options, record);
  columns = copy_summary (input);
  if (columns == NULL)
    return DHK_STATS_NO_MEMORY;
  status = run_change (columns, columns + input->n_summary_rows, input->n_summary_rows,
                       input->options, record);
  free (columns);
  return status;
}

static const char *const better_names[] = { "higher", "lower", NULL };

static const DhkMethodOption reliable_change_options[] = {
  DHK_CONFIDENCE_OPTION,
  RELIABILITY_OPTION,
  { "sd", "of the norm group; 0: that of the first column in the data", DHK_OPTION_NUMBER, 0, 0,
    INFINITY, NULL },
  { "variant", "the error that a change is divided by", DHK_OPTION_CHOICE, 0, 0, 1,
    dhk_reliable_change_variant_names },
  { "better", "which scores are better", DHK_OPTION_CHOICE, 0, 0, 1, better_names },
};

const DhkMethod dhk_method_reliable_change = {
  .name = "reliable-change",
  .family = "change and cases",
  .title = "which cases changed more than the error of measurement explains",
  .source = "N. S. Jacobson, P. Truax, J. Consulting and Clinical Psychology 59 (1991) 12–19; L. "
            "Christensen, J. L. Mendoza, Behavior Therapy 17 (1986) 305–308",
  .missing = "a case that misses a score is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2) },
  .summary_columns = "before after",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER | DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = reliable_change_options,
  .n_options = 5,
  .run = run_reliable_change,
};

/* Goal attainment */

static DhkStatsStatus
run_goal_attainment (const DhkMethodInput *input, DhkRecord *record)
{
  DhkGoalAttainment result
      = dhk_goal_attainment (input->values[0], input->weight, input->n, input->options[0]);

  dhk_record_add_struct (record, &goal_attainment_structure, &result);
  return result.status;
}

static const DhkMethodOption goal_attainment_options[] = {
  { "rho", "the correlation assumed between goals", DHK_OPTION_NUMBER, 0.3, 0, 1, NULL },
};

const DhkMethod dhk_method_goal_attainment = {
  .name = "goal-attainment",
  .family = "change and cases",
  .title = "the T score of one person's goals, a row a goal, scored from -2 to 2",
  .source = "T. J. Kiresuk, R. E. Sherman, Community Mental Health J. 4 (1968) 443–453",
  .missing = "a goal without a score is left out and counted, one without a positive weight left "
             "out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (1, 1), [DHK_ROLE_WEIGHT] = DHK_NEED (0, 1) },
  .level = DHK_LEVEL_FIXED,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = goal_attainment_options,
  .n_options = 1,
  .run = run_goal_attainment,
};
