/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-kappa.h"
#include "stats/dhk-raters.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* Structs */

static const DhkField case_spread_fields[] = {
  DHK_STATUS (DhkCaseSpread, status),
  DHK_COUNT (DhkCaseSpread, n),
  DHK_NUMBER (DhkCaseSpread, mean, LOCATION, 0),
  DHK_NUMBER (DhkCaseSpread, sd, SPREAD, 0),
  DHK_NUMBER (DhkCaseSpread, min, LOCATION, 0),
  DHK_NUMBER (DhkCaseSpread, max, LOCATION, 0),
  DHK_NUMBER (DhkCaseSpread, range, SPREAD, 0),
  { NULL },
};
static const DhkStructure case_spread_structure
    = { "DhkCaseSpread", sizeof (DhkCaseSpread), case_spread_fields };

static const DhkField rater_spread_fields[] = {
  DHK_STATUS (DhkRaterSpread, status),
  DHK_COUNT (DhkRaterSpread, n),
  DHK_COUNT (DhkRaterSpread, n_missing),
  DHK_COUNT (DhkRaterSpread, n_ratings),
  DHK_NUMBER (DhkRaterSpread, sd_within, SPREAD, 0),
  DHK_NUMBER (DhkRaterSpread, mean_sd, SPREAD, 0),
  DHK_NUMBER (DhkRaterSpread, mean_range, SPREAD, 0),
  DHK_NUMBER (DhkRaterSpread, largest_range, SPREAD, 0),
  { NULL },
};
static const DhkStructure rater_spread_structure
    = { "DhkRaterSpread", sizeof (DhkRaterSpread), rater_spread_fields };

static const DhkField icc_test_fields[] = {
  DHK_STATUS (DhkIccTest, status),       DHK_NUMBER (DhkIccTest, f, NONE, 0),
  DHK_NUMBER (DhkIccTest, df1, NONE, 0), DHK_NUMBER (DhkIccTest, df2, NONE, 0),
  DHK_NUMBER (DhkIccTest, p, NONE, 0),   { NULL },
};
static const DhkStructure icc_test_structure
    = { "DhkIccTest", sizeof (DhkIccTest), icc_test_fields };

static const DhkField icc_fields[] = {
  DHK_STATUS (DhkIcc, status),
  DHK_NUMBER (DhkIcc, icc, NONE, 0),
  /* at a level near 0 an interval from F holds its median, not its estimate */
  DHK_INTERVAL (DhkIcc, icc_ci, icc, NONE, DHK_FIELD_BY_INVERSION),
  { NULL },
};
static const DhkStructure icc_structure = { "DhkIcc", sizeof (DhkIcc), icc_fields };

static const DhkField icc_raters_fields[] = {
  DHK_STATUS (DhkIccRaters, status),
  DHK_COUNT (DhkIccRaters, n),
  DHK_COUNT (DhkIccRaters, n_missing),
  DHK_COUNT (DhkIccRaters, n_judges),
  DHK_NUMBER (DhkIccRaters, ms_rows, SQUARE, 0),
  DHK_NUMBER (DhkIccRaters, ms_cols, SQUARE, 0),
  DHK_NUMBER (DhkIccRaters, ms_error, SQUARE, 0),
  DHK_NUMBER (DhkIccRaters, ms_within, SQUARE, 0),
  DHK_STRUCT (DhkIccRaters, test1, &icc_test_structure),
  DHK_STRUCT (DhkIccRaters, test2, &icc_test_structure),
  DHK_STRUCT (DhkIccRaters, icc1_1, &icc_structure),
  DHK_STRUCT (DhkIccRaters, icc2_1, &icc_structure),
  DHK_STRUCT (DhkIccRaters, icc3_1, &icc_structure),
  DHK_STRUCT (DhkIccRaters, icc1_k, &icc_structure),
  DHK_STRUCT (DhkIccRaters, icc2_k, &icc_structure),
  DHK_STRUCT (DhkIccRaters, icc3_k, &icc_structure),
  { NULL },
};
static const DhkStructure icc_raters_structure
    = { "DhkIccRaters", sizeof (DhkIccRaters), icc_raters_fields };

static const DhkField kappa_category_fields[] = {
  DHK_NUMBER (DhkKappaCategory, code, LOCATION, 0),
  DHK_COUNT (DhkKappaCategory, n_a),
  DHK_COUNT (DhkKappaCategory, n_b),
  DHK_COUNT (DhkKappaCategory, n_both),
  { NULL },
};
static const DhkStructure kappa_category_structure
    = { "DhkKappaCategory", sizeof (DhkKappaCategory), kappa_category_fields };

static const DhkField kappa_test_fields[] = {
  DHK_STATUS (DhkKappaTest, status),
  DHK_NUMBER (DhkKappaTest, se0, NONE, 0),
  DHK_NUMBER (DhkKappaTest, z, NONE, 0),
  DHK_NUMBER (DhkKappaTest, p, NONE, 0),
  { NULL },
};
static const DhkStructure kappa_test_structure
    = { "DhkKappaTest", sizeof (DhkKappaTest), kappa_test_fields };

static const DhkField kappa_fields[] = {
  DHK_STATUS (DhkKappa, status),
  DHK_CHOICE (DhkKappa, weights, dhk_kappa_weights_names),
  DHK_COUNT (DhkKappa, n),
  DHK_COUNT (DhkKappa, n_missing),
  DHK_COUNT (DhkKappa, n_categories),
  DHK_NUMBER (DhkKappa, agreement, NONE, 0),
  DHK_NUMBER (DhkKappa, expected, NONE, 0),
  DHK_NUMBER (DhkKappa, kappa, NONE, 0),
  DHK_NUMBER (DhkKappa, se, NONE, 0),
  DHK_INTERVAL (DhkKappa, kappa_ci, kappa, NONE, 0),
  DHK_STRUCT (DhkKappa, test, &kappa_test_structure),
  { NULL },
};
static const DhkStructure kappa_structure = { "DhkKappa", sizeof (DhkKappa), kappa_fields };

/* Spread */

static DhkStatsStatus
run_rater_spread (const DhkMethodInput *input, DhkRecord *record)
{
  DhkCaseSpread *cases = calloc (input->n > 0 ? input->n : 1, sizeof *cases);
  DhkRaterSpread result;

  if (cases == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_rater_spread (input->values, input->n_values, input->n, cases);
  dhk_record_add_struct (record, &rater_spread_structure, &result);
  dhk_record_add_list (record, "cases", DHK_PER_ROW, &case_spread_structure, cases, input->n);
  free (cases);
  return result.status;
}

const DhkMethod dhk_method_rater_spread = {
  .name = "rater-spread",
  .family = "change and cases",
  .title = "how far the raters of one case are apart, a column a rater and a row a case",
  .source = "J. M. Bland, D. G. Altman, BMJ 313 (1996) 744",
  .missing = "left out; a case needs two ratings",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_NO_MEMORY),
  .run = run_rater_spread,
};

/* Intraclass correlation */

static DhkStatsStatus
run_icc_raters (const DhkMethodInput *input, DhkRecord *record)
{
  DhkIccRaters result
      = dhk_icc_raters (input->values, input->n_values, input->n, input->options[0]);

  dhk_record_add_struct (record, &icc_raters_structure, &result);
  return result.status;
}

static const DhkMethodOption icc_raters_options[] = { DHK_CONFIDENCE_OPTION };

const DhkMethod dhk_method_icc_raters = {
  .name = "icc-raters",
  .family = "reliability",
  .title = "the intraclass correlations of judges, a column a judge and a row a target",
  .source = "P. E. Shrout, J. L. Fleiss, Psychological Bulletin 86 (1979) 420–428; K. O. McGraw, "
            "S. P. Wong, Psychological Methods 1 (1996) 30–46",
  .missing = "a target that misses a rating is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)
             | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = icc_raters_options,
  .n_options = 1,
  .run = run_icc_raters,
};

/* Kappa */

static DhkStatsStatus
run_kappa (const DhkMethodInput *input, DhkRecord *record)
{
  DhkKappaCategory *categories = calloc (DHK_KAPPA_MAX_CATEGORIES, sizeof *categories);
  DhkKappa result;

  if (categories == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_kappa (input->values[0], input->values[1], input->n,
                      (DhkKappaWeights) input->options[1], input->options[0], categories);
  dhk_record_add_struct (record, &kappa_structure, &result);
  dhk_record_add_list (record, "categories", DHK_PER_OTHER, &kappa_category_structure, categories,
                       result.n_categories);
  free (categories);
  return result.status;
}

static const DhkMethodOption kappa_options[] = {
  DHK_CONFIDENCE_OPTION,
  { "weights", "how a disagreement counts: all the same, or by the distance of the codes",
    DHK_OPTION_CHOICE, 0, 0, 2, dhk_kappa_weights_names },
};

const DhkMethod dhk_method_kappa = {
  .name = "kappa",
  .family = "reliability",
  .title = "the agreement of two raters who put cases into categories, beyond chance",
  .source = "J. Cohen, Educational and Psychological Measurement 20 (1960) 37–46; Psychological "
            "Bulletin 70 (1968) 213–220; J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological "
            "Bulletin 72 (1969) 323–327",
  .missing = "a case that misses a code is left out",
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, 2) },
  .level = DHK_LEVEL_NOMINAL,
  .traits = DHK_METHOD_VALUE_ORDER,
  .reasons = DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_NO_VARIANCE)
             | DHK_REASON (DHK_STATS_NOT_FINITE) | DHK_REASON (DHK_STATS_TOO_LARGE)
             | DHK_REASON (DHK_STATS_NO_MEMORY),
  .options = kappa_options,
  .n_options = 2,
  .run = run_kappa,
};
