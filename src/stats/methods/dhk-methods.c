/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* One line a method, so that families do not get in each other's way. */
const DhkMethod *const dhk_methods[] = {
  /* describe */
  &dhk_method_describe,
  &dhk_method_describe_briefly,
  &dhk_method_frequencies,
  &dhk_method_autocorrelation,
  /* reliability */
  &dhk_method_alpha,
  &dhk_method_split_half,
  &dhk_method_omega,
  &dhk_method_icc_raters,
  &dhk_method_kappa,
  /* compare two */
  &dhk_method_t_test,
  &dhk_method_t_test_paired,
  &dhk_method_t_test_one_sample,
  &dhk_method_mann_whitney,
  &dhk_method_wilcoxon,
  &dhk_method_variance_test,
  /* compare more */
  &dhk_method_anova,
  &dhk_method_welch_anova,
  &dhk_method_brown_forsythe,
  &dhk_method_kruskal_wallis,
  &dhk_method_friedman,
  &dhk_method_anova_repeated,
  &dhk_method_anova_two_way,
  &dhk_method_ancova,
  /* post hoc */
  &dhk_method_post_hoc,
  &dhk_method_post_hoc_compare,
  &dhk_method_dunnett,
  &dhk_method_dunn,
  &dhk_method_p_adjust,
  /* association */
  &dhk_method_correlation,
  &dhk_method_correlation_matrix,
  &dhk_method_partial_correlation,
  &dhk_method_correlation_difference,
  &dhk_method_correlation_difference_dependent,
  &dhk_method_correlation_difference_nonoverlapping,
  &dhk_method_crosstab,
  &dhk_method_regression,
  &dhk_method_regression_steps,
  &dhk_method_logistic_regression,
  /* structure */
  &dhk_method_eigenvalues,
  &dhk_method_factorability,
  &dhk_method_parallel_analysis,
  &dhk_method_factor_analysis,
  /* change and cases */
  &dhk_method_reliable_change,
  &dhk_method_measurement_error,
  &dhk_method_goal_attainment,
  &dhk_method_rater_spread,
  /* multilevel */
  &dhk_method_random_intercept,
  /* consistency */
  &dhk_method_check_total,
  &dhk_method_grim,
  &dhk_method_grimmer,
  &dhk_method_check_subscales,
  &dhk_method_check_alpha,
  &dhk_method_recompute_anova,
  &dhk_method_recompute_t,
  /* power */
  &dhk_method_power_t,
  &dhk_method_power_anova,
  &dhk_method_power_r,
};
const size_t dhk_n_methods = sizeof dhk_methods / sizeof *dhk_methods;

/* Shared */

static const DhkField summary_fields[] = {
  DHK_COUNT (DhkSummary, n),
  DHK_NUMBER (DhkSummary, mean, LOCATION, 0),
  DHK_NUMBER (DhkSummary, sd, SPREAD, 0),
  { NULL },
};
const DhkStructure dhk_summary_structure = { "DhkSummary", sizeof (DhkSummary), summary_fields };

DhkSummary
dhk_methods_get_summary (const DhkMethodInput *input, size_t i)
{
  const double *row = input->summary + i * input->n_summary_columns;

  return (DhkSummary){ (size_t) row[0], row[1], row[2] };
}

DhkSummary *
dhk_methods_summarise (const DhkMethodInput *input, size_t *n_groups)
{
  DhkSummary *result;
  DhkDescription *each;

  *n_groups = input->summary != NULL ? input->n_summary_rows : input->groups[0].n_levels;
  result = calloc (*n_groups > 0 ? *n_groups : 1, sizeof *result);
  if (result == NULL || input->summary != NULL)
    {
      for (size_t i = 0; result != NULL && i < *n_groups; i++)
        result[i] = dhk_methods_get_summary (input, i);
      return result;
    }

  each = calloc (*n_groups > 0 ? *n_groups : 1, sizeof *each);
  if (each == NULL
      || dhk_describe_groups (input->values[0], input->groups[0].code, input->n, *n_groups, 0.95,
                              each)
             != DHK_STATS_OK)
    {
      free (each);
      free (result);
      return NULL;
    }
  for (size_t i = 0; i < *n_groups; i++)
    result[i] = (DhkSummary){ each[i].n, each[i].mean, each[i].sd };
  free (each);
  return result;
}
