/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-crosstab.h"
#include "stats/dhk-two-by-two.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* A table of more cells than this is a mistake in the choice of columns. */
#define MOST_CELLS 1000000

static const DhkField crosstab_fields[] = {
  DHK_STATUS (DhkCrosstab, status),
  DHK_NUMBER (DhkCrosstab, n, NONE, 0),
  DHK_COUNT (DhkCrosstab, n_rows),
  DHK_COUNT (DhkCrosstab, n_columns),
  DHK_NUMBER (DhkCrosstab, chi_squared, NONE, 0),
  DHK_NUMBER (DhkCrosstab, df, NONE, 0),
  DHK_NUMBER (DhkCrosstab, p, NONE, 0),
  DHK_NUMBER (DhkCrosstab, likelihood_ratio, NONE, 0),
  DHK_NUMBER (DhkCrosstab, likelihood_ratio_p, NONE, 0),
  DHK_NUMBER (DhkCrosstab, min_expected, NONE, 0),
  DHK_COUNT (DhkCrosstab, n_expected_below_5),
  DHK_NUMBER (DhkCrosstab, share_expected_below_5, NONE, 0),
  DHK_NUMBER (DhkCrosstab, phi, NONE, 0),
  DHK_NUMBER (DhkCrosstab, contingency_c, NONE, 0),
  DHK_NUMBER (DhkCrosstab, cramers_v, NONE, 0),
  DHK_INTERVAL (DhkCrosstab, cramers_v_ci, cramers_v, NONE, DHK_FIELD_BY_INVERSION),
  DHK_STATUS (DhkCrosstab, bergsma_status),
  DHK_NUMBER (DhkCrosstab, bergsma_v, NONE, 0),
  DHK_STATUS (DhkCrosstab, gamma_status),
  DHK_NUMBER (DhkCrosstab, gamma_estimate, NONE, DHK_FIELD_ORDERED),
  DHK_STATUS (DhkCrosstab, exact_status),
  DHK_NUMBER (DhkCrosstab, exact_p, NONE, 0),
  { NULL },
};
static const DhkStructure crosstab_structure
    = { "DhkCrosstab", sizeof (DhkCrosstab), crosstab_fields };

static const DhkField cell_fields[] = {
  DHK_STATUS (DhkCrosstabCell, status),
  DHK_GROUP (DhkCrosstabCell, row),
  DHK_COUNT (DhkCrosstabCell, column),
  DHK_NUMBER (DhkCrosstabCell, observed, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, expected, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, row_percent, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, column_percent, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, total_percent, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, residual, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, pearson_residual, NONE, 0),
  DHK_NUMBER (DhkCrosstabCell, adjusted_residual, NONE, 0),
  { NULL },
};
static const DhkStructure cell_structure
    = { "DhkCrosstabCell", sizeof (DhkCrosstabCell), cell_fields };

static const DhkField odds_fields[] = {
  DHK_STATUS (DhkOddsRatio, status),
  DHK_NUMBER (DhkOddsRatio, estimate, NONE, DHK_FIELD_ORDERED),
  DHK_INTERVAL (DhkOddsRatio, ci, estimate, NONE, DHK_FIELD_ORDERED),
  { NULL },
};
static const DhkStructure odds_structure = { "DhkOddsRatio", sizeof (DhkOddsRatio), odds_fields };

static const DhkField two_by_two_fields[] = {
  DHK_STATUS (DhkTwoByTwo, status),
  DHK_NUMBER (DhkTwoByTwo, phi, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkTwoByTwo, yates_chi_squared, NONE, 0),
  DHK_NUMBER (DhkTwoByTwo, yates_p, NONE, 0),
  DHK_STRUCT (DhkTwoByTwo, sample_odds, &odds_structure),
  DHK_STRUCT (DhkTwoByTwo, conditional_odds, &odds_structure),
  DHK_STATUS (DhkTwoByTwo, exact_status),
  DHK_NUMBER (DhkTwoByTwo, exact_p, NONE, 0),
  DHK_NUMBER (DhkTwoByTwo, exact_p_less, NONE, DHK_FIELD_ORDERED),
  DHK_NUMBER (DhkTwoByTwo, exact_p_greater, NONE, DHK_FIELD_ORDERED),
  { NULL },
};
static const DhkStructure two_by_two_structure
    = { "DhkTwoByTwo", sizeof (DhkTwoByTwo), two_by_two_fields };

static void
add_rows (DhkRecord *record, const DhkCrosstabCell *cells, size_t n_rows, size_t n_columns)
{
  dhk_record_begin_list (record, "rows", DHK_PER_GROUP);
  for (size_t i = 0; i < n_rows; i++)
    {
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "group", DHK_PER_GROUP, i);
      dhk_record_add_list (record, "cells", DHK_PER_OTHER, &cell_structure, cells + i * n_columns,
                           n_columns);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
add_table (DhkRecord *record,
           const double *counts,
           size_t n_rows,
           size_t n_columns,
           size_t n_missing,
           double confidence)
{
  DhkCrosstabCell *cells = calloc (n_rows * n_columns + 1, sizeof *cells);
  DhkCrosstab result;

  if (cells == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_crosstab (counts, n_rows, n_columns, confidence, cells);
  dhk_record_add_struct (record, &crosstab_structure, &result);
  dhk_record_add_count (record, "n_missing", n_missing);
  add_rows (record, cells, n_rows, n_columns);
  if (n_rows == 2 && n_columns == 2)
    {
      DhkTwoByTwo two = dhk_two_by_two (counts[0], counts[1], counts[2], counts[3], confidence);

      dhk_record_begin_object (record, "two_by_two");
      dhk_record_add_struct (record, &two_by_two_structure, &two);
      dhk_record_end_object (record);
    }
  free (cells);
  return result.status;
}

static DhkStatsStatus
run_crosstab (const DhkMethodInput *input, DhkRecord *record)
{
  size_t n_rows, n_columns, n_missing;
  double *counts;
  DhkStatsStatus status;

  if (input->summary != NULL)
    {
      if (input->n_summary_rows > MOST_CELLS / input->n_summary_columns)
        return DHK_STATS_TOO_LARGE;
      return add_table (record, input->summary, input->n_summary_rows, input->n_summary_columns, 0,
                        input->options[0]);
    }
  n_rows = input->groups[0].n_levels;
  n_columns = input->groups[1].n_levels;
  if (n_columns > 0 && n_rows > MOST_CELLS / n_columns)
    return DHK_STATS_TOO_LARGE;
  counts = calloc (n_rows * n_columns + 1, sizeof *counts);
  if (counts == NULL)
    return DHK_STATS_NO_MEMORY;
  n_missing = dhk_crosstab_count (input->groups[0].code, n_rows, input->groups[1].code, n_columns,
                                  input->weight, input->n, counts);
  status = add_table (record, counts, n_rows, n_columns, n_missing, input->options[0]);
  free (counts);
  return status;
}

static const DhkMethodOption crosstab_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_crosstab = {
  .name = "crosstab",
  .family = "association",
  .title = "the table of two categories, with tests and measures of their association",
  .source = "K. Pearson, Philosophical Magazine 50 (1900) 157–175; H. Cramér, Mathematical Methods "
            "of Statistics (1946); R. A. Fisher, J. Royal Statistical Society 98 (1935) 39–54; G. "
            "H. Freeman, J. H. Halton, Biometrika 38 (1951) 141–149; C. R. Mehta, N. R. Patel, J. "
            "American Statistical Association 78 (1983) 427–434",
  .missing = "rows without one of the categories, or without a weight, are left out",
  .needs = { [DHK_ROLE_GROUP] = DHK_NEED (2, 2), [DHK_ROLE_WEIGHT] = DHK_NEED (0, 1) },
  .summary_columns = "count …",
  .summary_rows = DHK_NEED (1, DHK_ANY_NUMBER),
  .level = DHK_LEVEL_NOMINAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_TOO_FEW_GROUPS) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_NO_MEMORY)
             | DHK_REASON (DHK_STATS_EMPTY_CELL) | DHK_REASON (DHK_STATS_TOO_LARGE),
  .options = crosstab_options,
  .n_options = 1,
  .run = run_crosstab,
};
