/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of published tables: what is given is the table, by hand. */

#include "stats/dhk-grim.h"
#include "stats/dhk-part-whole.h"
#include "stats/dhk-subscales.h"
#include "stats/methods/dhk-methods-consistency.h"

#include <math.h>
#include <stdlib.h>

/* Structs */

static const DhkField enclosure_fields[] = {
  DHK_STATUS (DhkEnclosure, status),
  DHK_NUMBER (DhkEnclosure, low, OTHER, 0),
  DHK_NUMBER (DhkEnclosure, high, OTHER, 0),
  { NULL },
};
const DhkStructure dhk_enclosure_structure
    = { "DhkEnclosure", sizeof (DhkEnclosure), enclosure_fields };

static const DhkField missing_fields[] = {
  DHK_STATUS (DhkMissingPart, status),
  DHK_COUNT (DhkMissingPart, n),
  DHK_NUMBER (DhkMissingPart, mean_point, OTHER, 0),
  DHK_STRUCT (DhkMissingPart, mean_range, &dhk_enclosure_structure),
  DHK_STATUS (DhkMissingPart, sd_status),
  DHK_NUMBER (DhkMissingPart, sd_point, OTHER, 0),
  DHK_STRUCT (DhkMissingPart, sd_range, &dhk_enclosure_structure),
  { NULL },
};
static const DhkStructure missing_structure
    = { "DhkMissingPart", sizeof (DhkMissingPart), missing_fields };

static const DhkField total_fields[] = {
  DHK_STATUS (DhkTotalCheck, status),
  DHK_CHOICE (DhkTotalCheck, verdict, dhk_total_verdict_names),
  DHK_COUNT (DhkTotalCheck, n_total),
  DHK_COUNT (DhkTotalCheck, n_parts),
  DHK_STRUCT (DhkTotalCheck, mean, &dhk_enclosure_structure),
  DHK_STRUCT (DhkTotalCheck, sd, &dhk_enclosure_structure),
  DHK_STRUCT (DhkTotalCheck, missing, &missing_structure),
  { NULL },
};
static const DhkStructure total_structure
    = { "DhkTotalCheck", sizeof (DhkTotalCheck), total_fields };

static const DhkField need_fields[] = {
  DHK_STRUCT (DhkRowNeed, mean, &dhk_enclosure_structure),
  DHK_STRUCT (DhkRowNeed, mean_printed, &dhk_enclosure_structure),
  DHK_STRUCT (DhkRowNeed, sd, &dhk_enclosure_structure),
  DHK_STRUCT (DhkRowNeed, sd_printed, &dhk_enclosure_structure),
  { NULL },
};
static const DhkStructure need_structure = { "DhkRowNeed", sizeof (DhkRowNeed), need_fields };

static const DhkField grim_fields[] = {
  DHK_STATUS (DhkGrim, status),
  DHK_FLAG (DhkGrim, attainable),
  DHK_FLAG (DhkGrim, decisive),
  DHK_NUMBER (DhkGrim, granularity, OTHER, 0),
  DHK_STRUCT (DhkGrim, points, &dhk_enclosure_structure),
  DHK_STRUCT (DhkGrim, nearest, &dhk_enclosure_structure),
  { NULL },
};
static const DhkStructure grim_structure = { "DhkGrim", sizeof (DhkGrim), grim_fields };

static const DhkField grimmer_fields[] = {
  DHK_STATUS (DhkGrimmer, status),
  DHK_STRUCT (DhkGrimmer, mean, &grim_structure),
  DHK_FLAG (DhkGrimmer, attainable),
  DHK_FLAG (DhkGrimmer, certain),
  DHK_STRUCT (DhkGrimmer, nearest, &dhk_enclosure_structure),
  { NULL },
};
static const DhkStructure grimmer_structure = { "DhkGrimmer", sizeof (DhkGrimmer), grimmer_fields };

static const DhkField subscales_fields[] = {
  DHK_STATUS (DhkSubscalesCheck, status),
  DHK_CHOICE (DhkSubscalesCheck, verdict, dhk_subscales_verdict_names),
  DHK_COUNT (DhkSubscalesCheck, items),
  DHK_NUMBER (DhkSubscalesCheck, mean, OTHER, 0),
  DHK_STRUCT (DhkSubscalesCheck, mean_range, &dhk_enclosure_structure),
  DHK_STRUCT (DhkSubscalesCheck, points, &dhk_enclosure_structure),
  DHK_STRUCT (DhkSubscalesCheck, points_mean, &dhk_enclosure_structure),
  DHK_STRUCT (DhkSubscalesCheck, points_total, &dhk_enclosure_structure),
  DHK_STRUCT (DhkSubscalesCheck, sd_range, &dhk_enclosure_structure),
  { NULL },
};
static const DhkStructure subscales_structure
    = { "DhkSubscalesCheck", sizeof (DhkSubscalesCheck), subscales_fields };

static const DhkField alpha_fields[] = {
  DHK_STATUS (DhkAlphaCheck, status),
  DHK_COUNT (DhkAlphaCheck, items),
  DHK_STRUCT (DhkAlphaCheck, alpha, &dhk_enclosure_structure),
  DHK_STRUCT (DhkAlphaCheck, alpha_printed, &dhk_enclosure_structure),
  DHK_FLAG (DhkAlphaCheck, possible),
  { NULL },
};
static const DhkStructure alpha_structure
    = { "DhkAlphaCheck", sizeof (DhkAlphaCheck), alpha_fields };

/* Options */

#define STEP_OPTION                                                                                \
  {                                                                                                \
    "step", "distance between two answers of an item", DHK_OPTION_NUMBER, 1, 1e-6, 1e6, NULL       \
  }
#define MIN_OPTION                                                                                 \
  {                                                                                                \
    "min", "the lowest answer; when nothing is said, not known", DHK_OPTION_NUMBER, NAN, -1e9,     \
        1e9, NULL                                                                                  \
  }
#define MAX_OPTION                                                                                 \
  {                                                                                                \
    "max", "the highest answer; when nothing is said, not known", DHK_OPTION_NUMBER, NAN, -1e9,    \
        1e9, NULL                                                                                  \
  }
DhkSummary *
dhk_methods_get_rows (const DhkMethodInput *input)
{
  DhkSummary *rows = calloc (input->n_summary_rows + 1, sizeof *rows);

  for (size_t i = 0; rows != NULL && i < input->n_summary_rows; i++)
    rows[i] = dhk_methods_get_summary (input, i);
  return rows;
}

/* A number of items: a whole one, or 0 for what is none. */
static size_t
get_items (double items)
{
  return items >= 1 && items < 1e9 && items <= floor (items) ? (size_t) items : 0;
}

/* A total and its parts */

static const DhkMethodOption total_options[] = {
  DECIMALS_OPTION ("decimals", "of the printed means and SDs"),
  { "items", "of the scale, for means of whole points; 0: not looked at", DHK_OPTION_INTEGER, 0, 0,
    1e6, NULL },
  STEP_OPTION,
  MIN_OPTION,
  MAX_OPTION,
};

static DhkStatsStatus
run_total (const DhkMethodInput *input, DhkRecord *record)
{
  DhkSummary *rows;
  DhkRowNeed *needs;
  DhkTotalCheck result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  rows = dhk_methods_get_rows (input);
  needs = calloc (input->n_summary_rows + 1, sizeof *needs);
  if (rows == NULL || needs == NULL)
    {
      free (rows);
      free (needs);
      return DHK_STATS_NO_MEMORY;
    }
  result = dhk_check_total (
      rows, input->n_summary_rows, (int) input->options[0], (size_t) input->options[1],
      (DhkAnswerGrid){ input->options[2], input->options[3], input->options[4] }, needs);
  dhk_record_add_struct (record, &total_structure, &result);
  dhk_record_add_list (record, "rows", DHK_PER_OTHER, &need_structure, needs,
                       input->n_summary_rows);
  free (rows);
  free (needs);
  return result.status;
}

const DhkMethod dhk_method_check_total = {
  .name = "check-total",
  .family = "consistency",
  .title = "whether a printed total is possible given its printed parts (first row: the total)",
  .source = "R. A. Fisher, Statistical Methods for Research Workers (1925); " BROWN_HEATHERS,
  .missing = "none; respondents in no part are one more part",
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (2, 500),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_IMPOSSIBLE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = total_options,
  .n_options = 5,
  .run = run_total,
};

/* GRIM and GRIMMER */

static const DhkMethodOption grim_options[] = {
  DECIMALS_OPTION ("decimals", "of the printed mean (and SD)"),
  { "items", "of the scale", DHK_OPTION_INTEGER, 1, 1, 1e6, NULL },
  STEP_OPTION,
  MIN_OPTION,
  MAX_OPTION,
};

static DhkStatsStatus
run_grim (const DhkMethodInput *input, DhkRecord *record)
{
  DhkGrim result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  result = dhk_grim ((size_t) input->summary[0], input->summary[1], (size_t) input->options[1],
                     (int) input->options[0],
                     (DhkAnswerGrid){ input->options[2], input->options[3], input->options[4] });
  dhk_record_add_struct (record, &grim_structure, &result);
  return result.status;
}

static DhkStatsStatus
run_grimmer (const DhkMethodInput *input, DhkRecord *record)
{
  DhkSummary row;
  DhkGrimmer result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  row = dhk_methods_get_summary (input, 0);
  result
      = dhk_grimmer (row.n, row.mean, row.sd, (size_t) input->options[1], (int) input->options[0],
                     (DhkAnswerGrid){ input->options[2], input->options[3], input->options[4] });
  dhk_record_add_struct (record, &grimmer_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_grim = {
  .name = "grim",
  .family = "consistency",
  .title = "whether n respondents can have a printed mean of whole-numbered answers",
  .source = BROWN_HEATHERS,
  .missing = "presumes that nobody left an item out",
  .summary_columns = "n M",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_IMPOSSIBLE),
  .options = grim_options,
  .n_options = 5,
  .run = run_grim,
};

const DhkMethod dhk_method_grimmer = {
  .name = "grimmer",
  .family = "consistency",
  .title = "whether n respondents can have a printed mean and SD of whole-numbered answers",
  .source = "J. Anaya, PeerJ Preprints 4 (2016) e2400v1; A. Allard, Analytic-GRIMMER (2018)",
  .missing = "presumes that nobody left an item out",
  .summary_columns = "n M SD",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_IMPOSSIBLE) | DHK_REASON (DHK_STATS_TOO_LARGE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = grim_options,
  .n_options = 5,
  .run = run_grimmer,
};

/* Subscales */

static const DhkMethodOption subscales_options[] = {
  DECIMALS_OPTION ("decimals", "of the printed means and SDs"),
  { "n", "respondents, for means of whole points; 0: not looked at", DHK_OPTION_INTEGER, 0, 0, 1e9,
    NULL },
  STEP_OPTION,
};

static DhkStatsStatus
run_subscales (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n = input->n_summary_rows;
  DhkPrintedScale *scales;
  DhkSubscalesCheck result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  scales = calloc (n, sizeof *scales);
  if (scales == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    scales[i] = (DhkPrintedScale){ get_items (input->summary[3 * i]), input->summary[3 * i + 1],
                                   input->summary[3 * i + 2] };
  result = dhk_check_subscales (scales[0], scales + 1, n - 1, (size_t) input->options[1],
                                (int) input->options[0], input->options[2]);
  free (scales);
  dhk_record_add_struct (record, &subscales_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_check_subscales = {
  .name = "check-subscales",
  .family = "consistency",
  .title = "whether a printed total scale is possible given its subscales (first row: the total)",
  .source = "the mean is linear, the SD a norm; " BROWN_HEATHERS,
  .missing = "presumes that nobody left an item out",
  .summary_columns = "items M SD",
  .summary_rows = DHK_NEED (2, 500),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW_ITEMS)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = subscales_options,
  .n_options = 3,
  .run = run_subscales,
};

static const DhkMethodOption alpha_options[] = {
  DECIMALS_OPTION ("decimals", "of the printed SDs"),
  DECIMALS_OPTION ("alpha-decimals", "of the printed alphas"),
};

static DhkStatsStatus
run_alpha (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n = input->n_summary_rows;
  DhkPrintedAlpha *scales;
  DhkAlphaCheck result;

  if (input->summary == NULL)
    return DHK_STATS_BAD_ARGUMENT;
  scales = calloc (n, sizeof *scales);
  if (scales == NULL)
    return DHK_STATS_NO_MEMORY;
  for (size_t i = 0; i < n; i++)
    {
      const double *row = input->summary + 4 * i;

      scales[i] = (DhkPrintedAlpha){ get_items (row[0]), row[1], row[2], row[3] };
    }
  result = dhk_check_alpha (scales[0], scales + 1, n - 1, (int) input->options[0],
                            (int) input->options[1]);
  free (scales);
  dhk_record_add_struct (record, &alpha_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_check_alpha = {
  .name = "check-alpha",
  .family = "consistency",
  .title = "the alphas that a total scale can have given SDs and the alphas of its subscales "
           "(first row: the total; low and high the same where one alpha is printed)",
  .source = "L. J. Cronbach, Psychometrika 16 (1951) 297–334",
  .missing = "presumes that nobody left an item out",
  .summary_columns = "items SD alpha-low alpha-high",
  .summary_rows = DHK_NEED (2, 500),
  .level = DHK_LEVEL_FIXED,
  .traits = DHK_METHOD_SUMMARY_DIFFERS,
  .reasons = DHK_REASON (DHK_STATS_TOO_FEW_ITEMS) | DHK_REASON (DHK_STATS_BAD_ARGUMENT)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_IMPOSSIBLE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = alpha_options,
  .n_options = 2,
  .run = run_alpha,
};
