/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The methods of the families (inside this library only), what their adapters
 * share, and the list of all of them.
 *
 * An adapter unpacks a DhkMethodInput, which dhk_method_run() has held against
 * the needs of its method, calls the typed functions, and adds every member of
 * their structs to the record.
 */

#include "stats/dhk-describe.h"
#include "stats/dhk-method.h"
#include "stats/dhk-record-writer.h"

/* Shared */

/* Shorthands for tables of methods */
#define DHK_NEED(least, most)                                                                      \
  {                                                                                                \
    least, most                                                                                    \
  }

/* The option that most methods have. */
#define DHK_CONFIDENCE_OPTION                                                                      \
  {                                                                                                \
    "confidence", "level of the confidence intervals", DHK_OPTION_NUMBER, 0.95, 0.5, 1 - 1e-9,     \
        NULL                                                                                       \
  }

extern const DhkStructure dhk_summary_structure;

/* Row `i` of the summary "n M SD". */
DhkSummary dhk_methods_get_summary (const DhkMethodInput *input, size_t i);

/* Summaries of the groups of the first value column by the first group column, or of the rows of
 * "n M SD": an array of *n_groups for free(); NULL where memory is out. */
DhkSummary *dhk_methods_summarise (const DhkMethodInput *input, size_t *n_groups);

/* The families */

/* describe */
extern const DhkMethod dhk_method_describe;
extern const DhkMethod dhk_method_describe_briefly;
extern const DhkMethod dhk_method_frequencies;
extern const DhkMethod dhk_method_autocorrelation;

/* compare two */
extern const DhkMethod dhk_method_t_test;
extern const DhkMethod dhk_method_t_test_paired;
extern const DhkMethod dhk_method_t_test_one_sample;
extern const DhkMethod dhk_method_mann_whitney;
extern const DhkMethod dhk_method_wilcoxon;
extern const DhkMethod dhk_method_variance_test;

/* compare more */
extern const DhkMethod dhk_method_anova;
extern const DhkMethod dhk_method_welch_anova;
extern const DhkMethod dhk_method_brown_forsythe;
extern const DhkMethod dhk_method_kruskal_wallis;
extern const DhkMethod dhk_method_friedman;
extern const DhkMethod dhk_method_anova_repeated;
extern const DhkMethod dhk_method_anova_two_way;
extern const DhkMethod dhk_method_ancova;

/* change and cases */
extern const DhkMethod dhk_method_reliable_change;
extern const DhkMethod dhk_method_measurement_error;
extern const DhkMethod dhk_method_goal_attainment;
extern const DhkMethod dhk_method_rater_spread;

/* reliability: raters */
extern const DhkMethod dhk_method_icc_raters;
extern const DhkMethod dhk_method_kappa;

/* post hoc */
extern const DhkMethod dhk_method_post_hoc;
extern const DhkMethod dhk_method_post_hoc_compare;
extern const DhkMethod dhk_method_dunnett;
extern const DhkMethod dhk_method_dunn;
extern const DhkMethod dhk_method_p_adjust;

/* association */
extern const DhkMethod dhk_method_correlation;
extern const DhkMethod dhk_method_correlation_matrix;
extern const DhkMethod dhk_method_partial_correlation;
extern const DhkMethod dhk_method_correlation_difference;
extern const DhkMethod dhk_method_correlation_difference_dependent;
extern const DhkMethod dhk_method_correlation_difference_nonoverlapping;
extern const DhkMethod dhk_method_crosstab;
extern const DhkMethod dhk_method_regression;
extern const DhkMethod dhk_method_regression_steps;
extern const DhkMethod dhk_method_logistic_regression;

/* multilevel */
extern const DhkMethod dhk_method_random_intercept;

/* reliability: scales */
extern const DhkMethod dhk_method_alpha;
extern const DhkMethod dhk_method_split_half;
extern const DhkMethod dhk_method_omega;

/* structure */
extern const DhkMethod dhk_method_eigenvalues;
extern const DhkMethod dhk_method_factorability;
extern const DhkMethod dhk_method_parallel_analysis;
extern const DhkMethod dhk_method_factor_analysis;

/* consistency */
extern const DhkMethod dhk_method_check_total;
extern const DhkMethod dhk_method_grim;
extern const DhkMethod dhk_method_grimmer;
extern const DhkMethod dhk_method_check_subscales;
extern const DhkMethod dhk_method_check_alpha;
extern const DhkMethod dhk_method_recompute_anova;
extern const DhkMethod dhk_method_recompute_t;

/* power */
extern const DhkMethod dhk_method_power_t;
extern const DhkMethod dhk_method_power_anova;
extern const DhkMethod dhk_method_power_r;

/* All of them, in the order in which they are listed. */
extern const DhkMethod *const dhk_methods[];
extern const size_t dhk_n_methods;
