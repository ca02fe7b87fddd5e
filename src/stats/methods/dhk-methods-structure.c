/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dhk-factor-analysis.h"
#include "stats/dhk-factorability.h"
#include "stats/dhk-parallel-analysis.h"
#include "stats/methods/dhk-methods-private.h"

#include <stdlib.h>

/* What any matrix of correlations can be refused for */
#define CORRELATION_REASONS                                                                        \
  (DHK_REASON (DHK_STATS_NO_DATA) | DHK_REASON (DHK_STATS_TOO_FEW)                                 \
   | DHK_REASON (DHK_STATS_NO_VARIANCE) | DHK_REASON (DHK_STATS_NOT_FINITE)                        \
   | DHK_REASON (DHK_STATS_NO_MEMORY))
#define INVERSE_REASONS (DHK_REASON (DHK_STATS_SINGULAR) | DHK_REASON (DHK_STATS_INDEFINITE))

#define MISSING_OPTION                                                                             \
  {                                                                                                \
    "missing",                                                                                     \
        "which rows count: those with all items, or for each pair of items those with both",       \
        DHK_OPTION_CHOICE, 0, 0, 1, dhk_deletion_names                                             \
  }

#define MISSING_TEXT "listwise, or by option pairwise correlations"

/* Eigenvalues */

static const DhkField eigenvalues_fields[] = {
  DHK_STATUS (DhkEigenvalues, status),   DHK_CHOICE (DhkEigenvalues, missing, dhk_deletion_names),
  DHK_COUNT (DhkEigenvalues, n_items),   DHK_COUNT (DhkEigenvalues, n),
  DHK_COUNT (DhkEigenvalues, n_missing), { NULL },
};
static const DhkStructure eigenvalues_structure
    = { "DhkEigenvalues", sizeof (DhkEigenvalues), eigenvalues_fields };

static const DhkField eigenvalue_fields[] = {
  DHK_NUMBER (DhkEigenvalue, value, NONE, 0),
  DHK_NUMBER (DhkEigenvalue, share, NONE, 0),
  DHK_NUMBER (DhkEigenvalue, cumulative_share, NONE, 0),
  { NULL },
};
static const DhkStructure eigenvalue_structure
    = { "DhkEigenvalue", sizeof (DhkEigenvalue), eigenvalue_fields };

static DhkStatsStatus
run_eigenvalues (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkEigenvalue *values = calloc (k, sizeof *values);
  DhkEigenvalues result;

  if (values == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_eigenvalues (input->values, k, input->n, (DhkDeletion) input->options[0], values);
  dhk_record_add_struct (record, &eigenvalues_structure, &result);
  dhk_record_add_list (record, "eigenvalues", DHK_PER_OTHER, &eigenvalue_structure, values, k);
  free (values);
  return result.status;
}

static const DhkMethodOption missing_options[] = { MISSING_OPTION };

const DhkMethod dhk_method_eigenvalues = {
  .name = "eigenvalues",
  .family = "structure",
  .title = "eigenvalues of the correlation matrix",
  .source = "H. Hotelling, J. Educational Psychology 24 (1933) 417-441, 498-520",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = CORRELATION_REASONS,
  .options = missing_options,
  .n_options = 1,
  .run = run_eigenvalues,
};

/* Factorability */

static const DhkField kmo_fields[] = {
  DHK_STATUS (DhkKmo, status),
  DHK_NUMBER (DhkKmo, overall, NONE, 0),
  { NULL },
};
static const DhkStructure kmo_structure = { "DhkKmo", sizeof (DhkKmo), kmo_fields };

static const DhkField sphericity_fields[] = {
  DHK_STATUS (DhkSphericity, status),
  DHK_NUMBER (DhkSphericity, chi_squared, NONE, 0),
  DHK_NUMBER (DhkSphericity, df, NONE, 0),
  DHK_NUMBER (DhkSphericity, p, NONE, 0),
  { NULL },
};
static const DhkStructure sphericity_structure
    = { "DhkSphericity", sizeof (DhkSphericity), sphericity_fields };

static const DhkField factorability_fields[] = {
  DHK_STATUS (DhkFactorability, status),
  DHK_CHOICE (DhkFactorability, missing, dhk_deletion_names),
  DHK_COUNT (DhkFactorability, n_items),
  DHK_COUNT (DhkFactorability, n),
  DHK_COUNT (DhkFactorability, n_missing),
  DHK_NUMBER (DhkFactorability, determinant, NONE, 0),
  DHK_STRUCT (DhkFactorability, kmo, &kmo_structure),
  DHK_STRUCT (DhkFactorability, bartlett, &sphericity_structure),
  { NULL },
};
static const DhkStructure factorability_structure
    = { "DhkFactorability", sizeof (DhkFactorability), factorability_fields };

static const DhkField adequacy_fields[] = {
  DHK_STATUS (DhkSamplingAdequacy, status),
  DHK_NUMBER (DhkSamplingAdequacy, msa, NONE, 0),
  { NULL },
};
static const DhkStructure adequacy_structure
    = { "DhkSamplingAdequacy", sizeof (DhkSamplingAdequacy), adequacy_fields };

static DhkStatsStatus
run_factorability (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkSamplingAdequacy *each = calloc (k, sizeof *each);
  DhkFactorability result;

  if (each == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_factorability (input->values, k, input->n, (DhkDeletion) input->options[0], each);
  dhk_record_add_struct (record, &factorability_structure, &result);
  dhk_record_add_list (record, "items", DHK_PER_VALUE, &adequacy_structure, each, k);
  free (each);
  return result.status;
}

const DhkMethod dhk_method_factorability = {
  .name = "factorability",
  .family = "structure",
  .title = "whether items have enough in common: KMO, its measure per item, Bartlett's test",
  .source = "H. F. Kaiser, J. Rice, Educational and Psychological Measurement 34 (1974) 111-117; "
            "M. S. Bartlett, British J. Statistical Psychology 3 (1950) 77-85",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = CORRELATION_REASONS | INVERSE_REASONS,
  .options = missing_options,
  .n_options = 1,
  .run = run_factorability,
};

/* Parallel analysis */

static const DhkField parallel_fields[] = {
  DHK_STATUS (DhkParallelAnalysis, status),
  DHK_CHOICE (DhkParallelAnalysis, criterion, dhk_parallel_criterion_names),
  DHK_CHOICE (DhkParallelAnalysis, missing, dhk_deletion_names),
  DHK_COUNT (DhkParallelAnalysis, n_items),
  DHK_COUNT (DhkParallelAnalysis, n),
  DHK_COUNT (DhkParallelAnalysis, n_missing),
  DHK_COUNT (DhkParallelAnalysis, n_sets),
  DHK_COUNT (DhkParallelAnalysis, n_factors),
  { NULL },
};
static const DhkStructure parallel_structure
    = { "DhkParallelAnalysis", sizeof (DhkParallelAnalysis), parallel_fields };

static const DhkField component_fields[] = {
  DHK_NUMBER (DhkParallelComponent, observed, NONE, 0),
  DHK_NUMBER (DhkParallelComponent, random_mean, NONE, 0),
  DHK_NUMBER (DhkParallelComponent, random_quantile, NONE, 0),
  DHK_FLAG (DhkParallelComponent, is_kept),
  { NULL },
};
static const DhkStructure component_structure
    = { "DhkParallelComponent", sizeof (DhkParallelComponent), component_fields };

static DhkStatsStatus
run_parallel (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkParallelOptions options = {
    .n_sets = (size_t) input->options[0],
    .seed = (uint64_t) input->options[1],
    .criterion = (DhkParallelCriterion) input->options[2],
    .quantile = input->options[3],
    .missing = (DhkDeletion) input->options[4],
  };
  DhkParallelComponent *components = calloc (k, sizeof *components);
  DhkParallelAnalysis result;

  if (components == NULL)
    return DHK_STATS_NO_MEMORY;
  result = dhk_parallel_analysis (input->values, k, input->n, &options, components);
  dhk_record_add_struct (record, &parallel_structure, &result);
  dhk_record_add_list (record, "components", DHK_PER_OTHER, &component_structure, components, k);
  free (components);
  return result.status;
}

static const DhkMethodOption parallel_options[] = {
  { "sets", "number of random data sets", DHK_OPTION_INTEGER, 500, 1, 100000, NULL },
  { "seed", "start of the random numbers; the same seed gives the same answer", DHK_OPTION_INTEGER,
    1, 0, 9007199254740992.0, NULL },
  { "criterion", "what an eigenvalue must exceed: the mean or the quantile of the random ones",
    DHK_OPTION_CHOICE, 0, 0, 1, dhk_parallel_criterion_names },
  { "quantile", "which quantile of the random eigenvalues", DHK_OPTION_NUMBER, 0.95, 0.01, 0.9999,
    NULL },
  MISSING_OPTION,
};

const DhkMethod dhk_method_parallel_analysis = {
  .name = "parallel-analysis",
  .family = "structure",
  .title = "number of factors by comparison with random data (principal components)",
  .source = "J. L. Horn, Psychometrika 30 (1965) 179-185; L. W. Glorfeld, Educational and "
            "Psychological Measurement 55 (1995) 377-393",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (2, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = CORRELATION_REASONS,
  .options = parallel_options,
  .n_options = 5,
  .run = run_parallel,
};

/* Factor analysis */

static const DhkField factor_test_fields[] = {
  DHK_STATUS (DhkFactorTest, status),
  DHK_NUMBER (DhkFactorTest, df, NONE, 0),
  DHK_NUMBER (DhkFactorTest, p, NONE, 0),
  { NULL },
};
static const DhkStructure factor_test_structure
    = { "DhkFactorTest", sizeof (DhkFactorTest), factor_test_fields };

static const DhkField factor_fit_fields[] = {
  DHK_STATUS (DhkFactorFit, status),
  DHK_NUMBER (DhkFactorFit, chi_squared, NONE, 0),
  DHK_STRUCT (DhkFactorFit, test, &factor_test_structure),
  { NULL },
};
static const DhkStructure factor_fit_structure
    = { "DhkFactorFit", sizeof (DhkFactorFit), factor_fit_fields };

static const DhkField factor_analysis_fields[] = {
  DHK_STATUS (DhkFactorAnalysis, status),
  DHK_CHOICE (DhkFactorAnalysis, estimator, dhk_factor_estimator_names),
  DHK_CHOICE (DhkFactorAnalysis, rotation, dhk_rotation_names),
  DHK_CHOICE (DhkFactorAnalysis, missing, dhk_deletion_names),
  DHK_COUNT (DhkFactorAnalysis, n_items),
  DHK_COUNT (DhkFactorAnalysis, n_factors),
  DHK_COUNT (DhkFactorAnalysis, n),
  DHK_COUNT (DhkFactorAnalysis, n_missing),
  DHK_FLAG (DhkFactorAnalysis, heywood),
  DHK_NUMBER (DhkFactorAnalysis, rmsr, NONE, 0),
  DHK_STRUCT (DhkFactorAnalysis, fit, &factor_fit_structure),
  { NULL },
};
static const DhkStructure factor_analysis_structure
    = { "DhkFactorAnalysis", sizeof (DhkFactorAnalysis), factor_analysis_fields };

static const DhkField factor_item_fields[] = {
  DHK_NUMBER (DhkFactorItem, communality, NONE, 0),
  DHK_NUMBER (DhkFactorItem, uniqueness, NONE, 0),
  { NULL },
};
static const DhkStructure factor_item_structure
    = { "DhkFactorItem", sizeof (DhkFactorItem), factor_item_fields };

static const DhkField factor_variance_fields[] = {
  DHK_NUMBER (DhkFactorVariance, ss_loadings, NONE, 0),
  DHK_NUMBER (DhkFactorVariance, share, NONE, 0),
  DHK_NUMBER (DhkFactorVariance, cumulative_share, NONE, 0),
  { NULL },
};
static const DhkStructure factor_variance_structure
    = { "DhkFactorVariance", sizeof (DhkFactorVariance), factor_variance_fields };

/* The arrays that the typed function fills, in one block. */
typedef struct
{
  double *loadings;
  double *phi;
  DhkFactorItem *each;
  DhkFactorVariance *factors;
} Arrays;

static bool
arrays_init (Arrays *self, size_t k, size_t m)
{
  *self = (Arrays){ calloc (k, m * sizeof (double)), calloc (m, m * sizeof (double)),
                    calloc (k, sizeof (DhkFactorItem)), calloc (m, sizeof (DhkFactorVariance)) };
  return self->loadings != NULL && self->phi != NULL && self->each != NULL && self->factors != NULL;
}

static void
arrays_clear (Arrays *self)
{
  free (self->loadings);
  free (self->phi);
  free (self->each);
  free (self->factors);
}

static void
add_arrays (DhkRecord *record, const Arrays *arrays, size_t k, size_t m)
{
  dhk_record_begin_list (record, "items", DHK_PER_VALUE);
  for (size_t i = 0; i < k; i++)
    {
      dhk_record_begin_object (record, NULL);
      dhk_record_add_index (record, "value", DHK_PER_VALUE, i);
      dhk_record_add_struct (record, &factor_item_structure, &arrays->each[i]);
      dhk_record_begin_list (record, "loadings", DHK_PER_OTHER);
      for (size_t f = 0; f < m; f++)
        dhk_record_add_number (record, NULL, arrays->loadings[i + f * k], DHK_UNIT_NONE, 0);
      dhk_record_end_list (record);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);

  dhk_record_begin_list (record, "factors", DHK_PER_OTHER);
  for (size_t f = 0; f < m; f++)
    {
      dhk_record_begin_object (record, NULL);
      dhk_record_add_struct (record, &factor_variance_structure, &arrays->factors[f]);
      dhk_record_add_numbers (record, "correlations", DHK_PER_OTHER, arrays->phi + f * m, m,
                              DHK_UNIT_NONE, 0);
      dhk_record_end_object (record);
    }
  dhk_record_end_list (record);
}

static DhkStatsStatus
run_factor_analysis (const DhkMethodInput *input, DhkRecord *record)
{
  size_t k = input->n_values;
  DhkFactorOptions options = {
    .n_factors = (size_t) input->options[0],
    .estimator = (DhkFactorEstimator) input->options[1],
    .rotation = (DhkRotation) input->options[2],
    .kaiser = input->options[3] < 1,
    .missing = (DhkDeletion) input->options[4],
  };
  DhkFactorAnalysis result = { .status = DHK_STATS_NO_MEMORY };
  Arrays arrays;

  if (options.n_factors >= k
      || (k - options.n_factors) * (k - options.n_factors) < k + options.n_factors)
    return DHK_STATS_BAD_ARGUMENT;
  if (arrays_init (&arrays, k, options.n_factors))
    {
      result = dhk_factor_analysis (input->values, k, input->n, &options, arrays.loadings,
                                    arrays.phi, arrays.each, arrays.factors);
      dhk_record_add_struct (record, &factor_analysis_structure, &result);
      add_arrays (record, &arrays, k, options.n_factors);
    }
  arrays_clear (&arrays);
  return result.status;
}

static const char *const normalisation_names[] = { "kaiser", "none", NULL };

static const DhkMethodOption factor_options[] = {
  { "factors", "how many factors", DHK_OPTION_INTEGER, 1, 1, 100, NULL },
  { "estimator", "how the factors are found: minimum residuals or maximum likelihood",
    DHK_OPTION_CHOICE, 0, 0, 1, dhk_factor_estimator_names },
  { "rotation", "how the factors are turned; oblimin lets them correlate", DHK_OPTION_CHOICE, 2, 0,
    2, dhk_rotation_names },
  { "normalisation", "whether items weigh alike in the rotation (Kaiser)", DHK_OPTION_CHOICE, 0, 0,
    1, normalisation_names },
  MISSING_OPTION,
};

const DhkMethod dhk_method_factor_analysis = {
  .name = "factor-analysis",
  .family = "structure",
  .title = "exploratory factor analysis with varimax or direct oblimin rotation",
  .source
  = "H. H. Harman, W. H. Jones, Psychometrika 31 (1966) 351-368; H. F. Kaiser, Psychometrika "
    "23 (1958) 187-200; R. I. Jennrich, Psychometrika 67 (2002) 7-19",
  .missing = MISSING_TEXT,
  .needs = { [DHK_ROLE_VALUE] = DHK_NEED (3, DHK_ANY_NUMBER) },
  .level = DHK_LEVEL_INTERVAL,
  .reasons = CORRELATION_REASONS | INVERSE_REASONS | DHK_REASON (DHK_STATS_TOO_FEW_ITEMS),
  .options = factor_options,
  .n_options = 5,
  .run = run_factor_analysis,
};
