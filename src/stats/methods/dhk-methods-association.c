/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-correlation-difference.h"
#include "stats/dhk-correlation-matrix.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-partial-correlation.h"
#include "stats/dhk-rank-correlation.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

#define COMMON_REASONS                                                                             \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_PERFECT_FIT)                       \
   | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_MEMORY))

/* correlation */

static const DhkField pearson_fields[] = {
  DHK_STATUS (DhkCorrelation, status),           DHK_COUNT (DhkCorrelation, n),
  DHK_NUMBER (DhkCorrelation, r, NONE, 0),       DHK_NUMBER (DhkCorrelation, t, NONE, 0),
  DHK_NUMBER (DhkCorrelation, df, NONE, 0),      DHK_NUMBER (DhkCorrelation, p, NONE, 0),
  DHK_INTERVAL (DhkCorrelation, ci, r, NONE, 0), { NULL },
};
static const DhkStructure pearson_structure
    = { "DhkCorrelation", sizeof (DhkCorrelation), pearson_fields };

static const char *const permutation_names[] = { "exact", "edgeworth", NULL };

static const DhkField spearman_fields[] = {
  DHK_STATUS (DhkSpearman, status),
  DHK_COUNT (DhkSpearman, n),
  DHK_NUMBER (DhkSpearman, rho, NONE, 0),
  DHK_NUMBER (DhkSpearman, t, NONE, 0),
  DHK_NUMBER (DhkSpearman, df, NONE, 0),
  DHK_NUMBER (DhkSpearman, p, NONE, 0),
  DHK_STATUS (DhkSpearman, permutation_status),
  DHK_CHOICE (DhkSpearman, permutation_variant, permutation_names),
  DHK_NUMBER (DhkSpearman, permutation_p, NONE, 0),
  DHK_INTERVAL (DhkSpearman, fisher_ci, rho, NONE, 0),
  DHK_INTERVAL (DhkSpearman, fieller_ci, rho, NONE, 0),
  DHK_INTERVAL (DhkSpearman, bonett_wright_ci, rho, NONE, 0),
  { NULL },
};
static const DhkStructure spearman_structure
    = { "DhkSpearman", sizeof (DhkSpearman), spearman_fields };

static const DhkField kendall_fields[] = {
  DHK_STATUS (DhkKendall, status),
  DHK_COUNT (DhkKendall, n),
  DHK_NUMBER (DhkKendall, tau, NONE, 0),
  DHK_NUMBER (DhkKendall, score, NONE, 0),
  DHK_NUMBER (DhkKendall, z, NONE, 0),
  DHK_NUMBER (DhkKendall, p, NONE, 0),
  DHK_NUMBER (DhkKendall, z_corrected, NONE, 0),
  DHK_NUMBER (DhkKendall, p_corrected, NONE, 0),
  DHK_STATUS (DhkKendall, exact_status),
  DHK_NUMBER (DhkKendall, exact_p, NONE, 0),
  DHK_INTERVAL (DhkKendall, ci, tau, NONE, 0),
  { NULL },
};
static const DhkStructure kendall_structure = { "DhkKendall", sizeof (DhkKendall), kendall_fields };

static DhkStatsStatus
run_correlation (const DhkMethodInput *input, DhkRecord *record)
{
  const double *x = input->values[0], *y = input->values[1];
  double confidence = input->options[0];
  DhkCorrelationMethod method = (DhkCorrelationMethod) input->options[1];

  dhk_record_add_text (record, "coefficient", dhk_correlation_method_names[method]);
  if (method == DHK_CORRELATE_SPEARMAN)
    {
      DhkSpearman result = dhk_spearman (x, y, input->n, confidence);

      dhk_record_add_struct (record, &spearman_structure, &result);
      return result.status;
    }
  if (method == DHK_CORRELATE_KENDALL)
    {
      DhkKendall result = dhk_kendall (x, y, input->n, confidence);

      dhk_record_add_struct (record, &kendall_structure, &result);
      return result.status;
    }
  {
    DhkCorrelation result = dhk_pearson (x, y, input->n, confidence);

    dhk_record_add_struct (record, &pearson_structure, &result);
    return result.status;
  }
}

#define METHOD_OPTION                                                                              \
  {                                                                                                \
    "method", "Pearson's r, Spearman's rho or Kendall's tau-b", DHK_OPTION_CHOICE, 0, 0, 2,        \
        dhk_correlation_method_names                                                               \
  }

static const DhkMethodOption correlation_options[] = { DHK_CONFIDENCE_OPTION, METHOD_OPTION };

const DhkMethod dhk_method_correlation = {
  .name = "correlation",
  .family = "association",
  .title = "the correlation of two columns",
  .source = "K. Pearson, Phil. Trans. A 187 (1896); C. Spearman, American J. Psychology 15 (1904) "
            "72–101; M. G. Kendall, Biometrika 30 (1938) 81–93; intervals: R. A. Fisher, Metron 1 "
            "(1921) 3–32; E. C. Fieller, H. O. Hartley, E. S. Pearson, Biometrika 44 (1957) "
            "470–481; D. G. Bonett, T. A. Wright, Psychometrika 65 (2000) 23–28",
  .missing = "pairwise",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = COMMON_REASONS | DHK_REASON (DHK_STATS_TOO_LARGE),
  .options = correlation_options,
  .n_options = 2,
  .run = run_correlation,
};

/* correlation-matrix */

static const DhkField matrix_fields[] = {
  DHK_STATUS (DhkCorrelationMatrix, status),
  DHK_COUNT (DhkCorrelationMatrix, n_columns),
  DHK_COUNT (DhkCorrelationMatrix, n_rows),
  DHK_COUNT (DhkCorrelationMatrix, n_complete),
  DHK_COUNT (DhkCorrelationMatrix, n_pairs),
  DHK_COUNT (DhkCorrelationMatrix, n_defined),
  { NULL },
};
static const DhkStructure matrix_structure
    = { "DhkCorrelationMatrix", sizeof (DhkCorrelationMatrix), matrix_fields };

static const DhkField pair_fields[] = {
  DHK_STATUS (DhkCorrelationPair, status),
  DHK_VALUE (DhkCorrelationPair, a),
  DHK_VALUE (DhkCorrelationPair, b),
  DHK_COUNT (DhkCorrelationPair, n),
  DHK_NUMBER (DhkCorrelationPair, r, NONE, 0),
  DHK_NUMBER (DhkCorrelationPair, p, NONE, 0),
  DHK_NUMBER (DhkCorrelationPair, p_adjusted, NONE, 0),
  DHK_INTERVAL (DhkCorrelationPair, ci, r, NONE, 0),
  { NULL },
};
static const DhkStructure pair_structure
    = { "DhkCorrelationPair", sizeof (DhkCorrelationPair), pair_fields };

static DhkStatsStatus
run_matrix (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkCorrelationPair *pairs = calloc (k * (k - 1) / 2 + 1, sizeof *pairs);
  DhkCorrelationMatrix result;

  if (pairs == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_correlation_matrix ((DhkCorrelationMethod) input->options[1], input->values, k,
                                   input->n, input->options[2] > 0, input->options[3] > 0,
                                   input->options[0], pairs);
  dhk_record_add_struct (record, &matrix_structure, &result);
  dhk_record_add_list (record, "pairs", DHK_PER_PAIR, &pair_structure, pairs, result.n_pairs);
  free (pairs);
  return result.status;
}

static const char *const missing_choices[] = { "pairwise", "listwise", NULL };
static const char *const adjust_choices[] = { "none", "holm", NULL };

static const DhkMethodOption matrix_options[] = {
  DHK_CONFIDENCE_OPTION,
  METHOD_OPTION,
  { "missing", "the rows with both values, or those with all", DHK_OPTION_CHOICE, 0, 0, 1,
    missing_choices },
  { "adjust", "adjustment of p for the number of pairs", DHK_OPTION_CHOICE, 0, 0, 1,
    adjust_choices },
};

const DhkMethod dhk_method_correlation_matrix = {
  .name = "correlation-matrix",
  .family = "association",
  .title = "the correlations of all pairs of columns",
  .source = "as correlation; S. Holm, Scandinavian J. Statistics 6 (1979) 65–70",
  .missing = "pairwise or listwise",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = COMMON_REASONS,
  .options = matrix_options,
  .n_options = 4,
  .run = run_matrix,
};

/* partial-correlation */

static const DhkField partial_fields[] = {
  DHK_STATUS (DhkPartialCorrelation, status),
  DHK_COUNT (DhkPartialCorrelation, n),
  DHK_COUNT (DhkPartialCorrelation, n_missing),
  DHK_COUNT (DhkPartialCorrelation, n_controls),
  DHK_NUMBER (DhkPartialCorrelation, r, NONE, 0),
  DHK_NUMBER (DhkPartialCorrelation, t, NONE, 0),
  DHK_NUMBER (DhkPartialCorrelation, df, NONE, 0),
  DHK_NUMBER (DhkPartialCorrelation, p, NONE, 0),
  DHK_INTERVAL (DhkPartialCorrelation, ci, r, NONE, 0),
  DHK_NUMBER (DhkPartialCorrelation, part_x, NONE, 0),
  DHK_NUMBER (DhkPartialCorrelation, part_y, NONE, 0),
  { NULL },
};
static const DhkStructure partial_structure
    = { "DhkPartialCorrelation", sizeof (DhkPartialCorrelation), partial_fields };

static DhkStatsStatus
run_partial (const DhkMethodInput *input, DhkRecord *record)
{
  DhkPartialCorrelation result
      = dhk_partial_correlation (input->values[0], input->values[1], input->predictors,
                                 input->n_predictors, input->n, input->options[0]);

  dhk_record_add_struct (record, &partial_structure, &result);
  return result.status;
}

static const DhkMethodOption confidence_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_partial_correlation = {
  .name = "partial-correlation",
  .family = "association",
  .title = "the correlation of two columns, others (predictors) being taken out",
  .source = "G. U. Yule, Proc. Royal Society A 79 (1907) 182–193; R. A. Fisher, Metron 3 (1924) "
            "329–332",
  .missing = "listwise",
  .needs
  = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2), [DHK_ROLE_PREDICTOR] = DHK_NEED (1, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = COMMON_REASONS | DHK_REASON (DHK_STATS_SINGULAR),
  .options = confidence_options,
  .n_options = 1,
  .run = run_partial,
};

/* correlation-difference */

static const DhkField difference_fields[] = {
  DHK_STATUS (DhkCorrelationDifference, status),
  DHK_COUNT (DhkCorrelationDifference, n_a),
  DHK_COUNT (DhkCorrelationDifference, n_b),
  DHK_NUMBER (DhkCorrelationDifference, r_a, NONE, 0),
  DHK_NUMBER (DhkCorrelationDifference, r_b, NONE, 0),
  DHK_NUMBER (DhkCorrelationDifference, difference, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkCorrelationDifference, cohen_q, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkCorrelationDifference, se, NONE, 0),
  DHK_NUMBER (DhkCorrelationDifference, z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkCorrelationDifference, p, NONE, 0),
  DHK_INTERVAL (DhkCorrelationDifference, difference_ci, difference, NONE, DHK_FIELD_DIRECTED),
  { NULL },
};
static const DhkStructure difference_structure
    = { "DhkCorrelationDifference", sizeof (DhkCorrelationDifference), difference_fields };

static DhkStatsStatus
run_difference (const DhkMethodInput *input, DhkRecord *record)
{
  const double *row = input->summary;
  DhkCorrelationDifference result
      = row != NULL ? dhk_correlation_difference (row[1], (size_t) row[0], row[3], (size_t) row[2],
                                                  input->options[0])
                    : dhk_correlation_difference_from_data (input->values[0], input->values[1],
                                                            input->groups[0].code, input->n,
                                                            input->options[0]);

  dhk_record_add_struct (record, &difference_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_correlation_difference = {
  .name = "correlation-difference",
  .family = "association",
  .title = "the difference of a correlation in two independent groups",
  .source = "R. A. Fisher, Metron 1 (1921) 3–32; G. Y. Zou, Psychological Methods 12 (2007) "
            "399–413",
  .missing = "pairwise within each group",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2), [DHK_ROLE_GROUP] = DHK_NEED (1, 1) },
  .levels = DHK_NEED (2, 2),
  .summary_columns = "n r",
  .summary_rows = DHK_NEED (2, 2),
  .level = DHK_LEVEL_INTERVAL,
  .reasons = COMMON_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_options,
  .n_options = 1,
  .run = run_difference,
};

/* correlation-difference-dependent */

static const DhkField overlapping_fields[] = {
  DHK_STATUS (DhkOverlappingDifference, status),
  DHK_COUNT (DhkOverlappingDifference, n),
  DHK_NUMBER (DhkOverlappingDifference, r_12, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, r_13, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, r_23, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, difference, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkOverlappingDifference, williams_t, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkOverlappingDifference, williams_df, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, williams_p, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, steiger_z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkOverlappingDifference, steiger_p, NONE, 0),
  DHK_NUMBER (DhkOverlappingDifference, meng_z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkOverlappingDifference, meng_p, NONE, 0),
  DHK_INTERVAL (DhkOverlappingDifference,
                difference_ci,
                difference,
                NONE,
                DHK_FIELD_PUT_TOGETHER | DHK_FIELD_DIRECTED),
  { NULL },
};
static const DhkStructure overlapping_structure
    = { "DhkOverlappingDifference", sizeof (DhkOverlappingDifference), overlapping_fields };

static DhkStatsStatus
run_overlapping (const DhkMethodInput *input, DhkRecord *record)
{
  const double *row = input->summary;
  DhkOverlappingDifference result = row != NULL ? dhk_correlation_difference_overlapping (
                                        row[1], row[2], row[3], (size_t) row[0], input->options[0])
                                                : dhk_correlation_difference_overlapping_from_data (
                                                    input->values, input->n, input->options[0]);

  dhk_record_add_struct (record, &overlapping_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_correlation_difference_dependent = {
  .name = "correlation-difference-dependent",
  .family = "association",
  .title = "the difference of the correlations of column 1 with 2 and with 3",
  .source = "E. J. Williams, J. Royal Statistical Society B 21 (1959) 396–399; J. H. Steiger, "
            "Psychological Bulletin 87 (1980) 245–251; X.-L. Meng, R. Rosenthal, D. B. Rubin, "
            "Psychological Bulletin 111 (1992) 172–175; G. Y. Zou (2007)",
  .missing = "listwise",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (3, 3) },
  .summary_columns = "n r12 r13 r23",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = COMMON_REASONS | DHK_REASON (DHK_STATS_SINGULAR) | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_options,
  .n_options = 1,
  .run = run_overlapping,
};

/* correlation-difference-nonoverlapping */

static const DhkField nonoverlapping_fields[] = {
  DHK_STATUS (DhkNonoverlappingDifference, status),
  DHK_COUNT (DhkNonoverlappingDifference, n),
  DHK_NUMBER (DhkNonoverlappingDifference, r_12, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, r_34, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, r_13, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, r_14, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, r_23, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, r_24, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, difference, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkNonoverlappingDifference, steiger_z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkNonoverlappingDifference, steiger_p, NONE, 0),
  DHK_NUMBER (DhkNonoverlappingDifference, dunn_clark_z, NONE, DHK_FIELD_DIRECTED),
  DHK_NUMBER (DhkNonoverlappingDifference, dunn_clark_p, NONE, 0),
  DHK_INTERVAL (DhkNonoverlappingDifference,
                difference_ci,
                difference,
                NONE,
                DHK_FIELD_PUT_TOGETHER | DHK_FIELD_DIRECTED),
  { NULL },
};
static const DhkStructure nonoverlapping_structure
    = { "DhkNonoverlappingDifference", sizeof (DhkNonoverlappingDifference),
        nonoverlapping_fields };

static DhkStatsStatus
run_nonoverlapping (const DhkMethodInput *input, DhkRecord *record)
{
  const double *row = input->summary;
  DhkNonoverlappingDifference result
      = row != NULL ? dhk_correlation_difference_nonoverlapping (row + 1, (size_t) row[0],
                                                                 input->options[0])
                    : dhk_correlation_difference_nonoverlapping_from_data (input->values, input->n,
                                                                           input->options[0]);

  dhk_record_add_struct (record, &nonoverlapping_structure, &result);
  return result.status;
}

const DhkMethod dhk_method_correlation_difference_nonoverlapping = {
  .name = "correlation-difference-nonoverlapping",
  .family = "association",
  .title = "the difference of the correlations of columns 1 and 2, and of 3 and 4",
  .source = "J. H. Steiger, Psychological Bulletin 87 (1980) 245–251; O. J. Dunn, V. Clark, J. "
            "American Statistical Association 64 (1969) 366–377; G. Y. Zou (2007)",
  .missing = "listwise",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (4, 4) },
  .summary_columns = "n r12 r34 r13 r14 r23 r24",
  .summary_rows = DHK_NEED (1, 1),
  .level = DHK_LEVEL_INTERVAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = COMMON_REASONS | DHK_REASON (DHK_STATS_BAD_ARGUMENT),
  .options = confidence_options,
  .n_options = 1,
  .run = run_nonoverlapping,
};
