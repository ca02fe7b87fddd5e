/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Power: no data, all is in the options.
 */

#include "stats/dhk-power.h"
#include "stats/methods/dhk-methods-private.h"

#include <math.h>

#define POWER_REASONS                                                                              \
  (DHK_REASON (DHK_STATS_BAD_ARGUMENT) | DHK_REASON (DHK_STATS_IMPOSSIBLE)                         \
   | DHK_REASON (DHK_STATS_TOO_LARGE))

#define ALPHA_OPTION                                                                               \
  {                                                                                                \
    "alpha", "level of significance", DHK_OPTION_NUMBER, 0.05, 1e-9, 1 - 1e-9, NULL                \
  }
#define POWER_OPTION                                                                               \
  {                                                                                                \
    "power", "power wanted; leave it out where n is given", DHK_OPTION_NUMBER, NAN, 1e-6,          \
        1 - 1e-9, NULL                                                                             \
  }
#define SIDES_OPTION                                                                               \
  {                                                                                                \
    "sides", "a two-sided or a one-sided test", DHK_OPTION_CHOICE, 0, 0, 1, dhk_sides_names        \
  }

/* t tests */

static const DhkField power_t_fields[] = {
  DHK_STATUS (DhkPowerT, status),
  DHK_CHOICE (DhkPowerT, design, dhk_t_design_names),
  DHK_CHOICE (DhkPowerT, sides, dhk_sides_names),
  DHK_NUMBER (DhkPowerT, d, NONE, 0),
  DHK_NUMBER (DhkPowerT, alpha, NONE, 0),
  DHK_NUMBER (DhkPowerT, n, NONE, 0),
  DHK_NUMBER (DhkPowerT, n_b, NONE, 0),
  DHK_NUMBER (DhkPowerT, power, NONE, 0),
  DHK_NUMBER (DhkPowerT, df, NONE, 0),
  DHK_NUMBER (DhkPowerT, critical_t, NONE, 0),
  DHK_NUMBER (DhkPowerT, noncentrality, NONE, 0),
  DHK_NUMBER (DhkPowerT, n_rounded, NONE, 0),
  DHK_NUMBER (DhkPowerT, n_total, NONE, 0),
  DHK_NUMBER (DhkPowerT, power_rounded, NONE, 0),
  { NULL },
};
static const DhkStructure power_t_structure = { "DhkPowerT", sizeof (DhkPowerT), power_t_fields };

static DhkStatsStatus
run_power_t (const DhkMethodInput *input, DhkRecord *record)
{
  const double *options = input->options;
  DhkPowerT power = dhk_power_t ((DhkTDesign) options[0], (DhkSides) options[1], options[2],
                                 options[3], options[4], options[5], options[6]);

  dhk_record_add_struct (record, &power_t_structure, &power);
  return power.status;
}

static const DhkMethodOption power_t_options[] = {
  { "design", "two groups, pairs, or one group", DHK_OPTION_CHOICE, 0, 0, 2, dhk_t_design_names },
  SIDES_OPTION,
  { "d", "standardised difference; with pairs that of the differences", DHK_OPTION_NUMBER, NAN,
    -1e6, 1e6, NULL },
  ALPHA_OPTION,
  { "n", "respondents in each group, or pairs; leave it out where power is given",
    DHK_OPTION_NUMBER, NAN, 2, 1e12, NULL },
  { "n2", "respondents in the second group, where it is not as large as the first",
    DHK_OPTION_NUMBER, NAN, 2, 1e12, NULL },
  POWER_OPTION,
};

const DhkMethod dhk_method_power_t = {
  .name = "power-t",
  .family = "power",
  .title = "power of a t test, or the respondents that it needs",
  .source = "J. Cohen, Statistical Power Analysis (1988), chapter 2",
  .missing = "no data",
  .level = DHK_LEVEL_FIXED,
  .reasons = POWER_REASONS,
  .options = power_t_options,
  .n_options = sizeof power_t_options / sizeof *power_t_options,
  .run = run_power_t,
};

/* One-way analysis of variance */

static const DhkField power_anova_fields[] = {
  DHK_STATUS (DhkPowerAnova, status),
  DHK_COUNT (DhkPowerAnova, n_groups),
  DHK_NUMBER (DhkPowerAnova, f, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, alpha, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, n, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, power, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, df1, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, df2, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, critical_f, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, noncentrality, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, n_rounded, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, n_total, NONE, 0),
  DHK_NUMBER (DhkPowerAnova, power_rounded, NONE, 0),
  { NULL },
};
static const DhkStructure power_anova_structure
    = { "DhkPowerAnova", sizeof (DhkPowerAnova), power_anova_fields };

static DhkStatsStatus
run_power_anova (const DhkMethodInput *input, DhkRecord *record)
{
  const double *options = input->options;
  size_t n_groups = isnan (options[0]) ? 0 : (size_t) options[0];
  DhkPowerAnova power = dhk_power_anova (n_groups, options[1], options[2], options[3], options[4]);

  dhk_record_add_struct (record, &power_anova_structure, &power);
  return power.status;
}

static const DhkMethodOption power_anova_options[] = {
  { "groups", "number of groups", DHK_OPTION_INTEGER, NAN, 2, 1e6, NULL },
  { "f", "Cohen's f, the SD of the means divided by the SD within", DHK_OPTION_NUMBER, NAN, 0, 1e6,
    NULL },
  ALPHA_OPTION,
  { "n", "respondents in each group; leave it out where power is given", DHK_OPTION_NUMBER, NAN, 2,
    1e12, NULL },
  POWER_OPTION,
};

const DhkMethod dhk_method_power_anova = {
  .name = "power-anova",
  .family = "power",
  .title = "power of a one-way analysis of variance, or the respondents that it needs",
  .source = "J. Cohen, Statistical Power Analysis (1988), chapter 8",
  .missing = "no data",
  .level = DHK_LEVEL_FIXED,
  .reasons = POWER_REASONS,
  .options = power_anova_options,
  .n_options = sizeof power_anova_options / sizeof *power_anova_options,
  .run = run_power_anova,
};

/* Correlation */

static const DhkField power_r_fields[] = {
  DHK_STATUS (DhkPowerR, status),
  DHK_CHOICE (DhkPowerR, variant, dhk_power_r_variant_names),
  DHK_CHOICE (DhkPowerR, sides, dhk_sides_names),
  DHK_NUMBER (DhkPowerR, r, NONE, 0),
  DHK_NUMBER (DhkPowerR, alpha, NONE, 0),
  DHK_NUMBER (DhkPowerR, n, NONE, 0),
  DHK_NUMBER (DhkPowerR, power, NONE, 0),
  DHK_NUMBER (DhkPowerR, critical_r, NONE, 0),
  DHK_NUMBER (DhkPowerR, n_rounded, NONE, 0),
  DHK_NUMBER (DhkPowerR, power_rounded, NONE, 0),
  { NULL },
};
static const DhkStructure power_r_structure = { "DhkPowerR", sizeof (DhkPowerR), power_r_fields };

static DhkStatsStatus
run_power_r (const DhkMethodInput *input, DhkRecord *record)
{
  const double *options = input->options;
  DhkPowerR power = dhk_power_r ((DhkPowerRVariant) options[0], (DhkSides) options[1], options[2],
                                 options[3], options[4], options[5]);

  dhk_record_add_struct (record, &power_r_structure, &power);
  return power.status;
}

static const DhkMethodOption power_r_options[] = {
  { "variant", "exact for two normal variables, or by Fisher's z as R's pwr", DHK_OPTION_CHOICE, 0,
    0, 1, dhk_power_r_variant_names },
  SIDES_OPTION,
  { "r", "correlation", DHK_OPTION_NUMBER, NAN, -1 + 1e-9, 1 - 1e-9, NULL },
  ALPHA_OPTION,
  { "n", "respondents; leave it out where power is given", DHK_OPTION_NUMBER, NAN, 3, 1e12, NULL },
  POWER_OPTION,
};

const DhkMethod dhk_method_power_r = {
  .name = "power-r",
  .family = "power",
  .title = "power of the test of a correlation, or the respondents that it needs",
  .source = "J. Cohen, Statistical Power Analysis (1988), chapter 3; R. J. Muirhead, Aspects of "
            "Multivariate Statistical Theory (1982), section 5.1",
  .missing = "no data",
  .level = DHK_LEVEL_FIXED,
  .reasons = POWER_REASONS,
  .options = power_r_options,
  .n_options = sizeof power_r_options / sizeof *power_r_options,
  .run = run_power_r,
};
