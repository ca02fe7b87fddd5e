/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * NIST StRD, linear regression: at least 14 digits of what the doubles of the
 * data allow, for every certified figure of all sets. Prints the table, from
 * which build-aux/nist-table.py makes NIST.md.
 */

#include "reference-table.h"
#include "stats/dhk-regression.h"

#include <math.h>

#define DIGITS_ASKED 14

/* The powers that NIST's models have; a set that is not here has one term per column. */
static const struct
{
  const char *dataset;
  guint degree;
  gboolean no_intercept;
} models[] = {
  { "Filip", 10, FALSE },   { "NoInt1", 1, TRUE },    { "NoInt2", 1, TRUE },
  { "Pontius", 2, FALSE },  { "Wampler1", 5, FALSE }, { "Wampler2", 5, FALSE },
  { "Wampler3", 5, FALSE }, { "Wampler4", 5, FALSE }, { "Wampler5", 5, FALSE },
};

typedef struct
{
  DhkRegression model;
  DhkRegressionTerm terms[DHK_MAX_DEGREE];
} Results;

static void
compute (const char *dataset, Results *results)
{
  g_autofree char *path = g_strdup_printf ("nist/%s.csv", dataset);
  g_autoptr (ReferenceTable) data = reference_table_load (path, ",");
  const double *y = reference_table_numbers (data, "y");
  const double *x[DHK_MAX_DEGREE] = { NULL };
  guint degree = 1;
  gboolean intercept = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_str_equal (models[i].dataset, dataset))
      {
        degree = models[i].degree;
        intercept = !models[i].no_intercept;
      }
  for (guint j = 1; j < data->n_columns; j++)
    x[j - 1] = reference_table_numbers (data, data->names[j]);

  if (degree > 1)
    results->model = dhk_polynomial_regression (y, x[0], degree, data->n_rows, intercept, 0.95,
                                                results->terms);
  else
    results->model
        = dhk_regression (y, x, data->n_columns - 1, data->n_rows, intercept, 0.95, results->terms);
  g_assert_cmpint (results->model.status, ==, DHK_STATS_OK);
}

static double
value_of_coefficient (const Results *results, const char *quantity)
{
  gboolean is_error = g_str_has_prefix (quantity, "SE_B");
  guint j = (guint) g_ascii_strtoull (quantity + (is_error ? 4 : 1), NULL, 10);

  if (j == 0)
    return is_error ? results->model.intercept.se : results->model.intercept.b;
  return is_error ? results->terms[j - 1].se : results->terms[j - 1].b;
}

static double
value_of (const Results *results, const char *quantity)
{
  const DhkRegression *model = &results->model;
  double df_model = (double) model->n_terms;
  double df_residual
      = (double) (model->n - model->n_terms) - (model->intercept.status == DHK_STATS_OK ? 1 : 0);
  const struct
  {
    const char *name;
    double value;
  } values[] = {
    { "resid_sd", model->residual_sd },
    { "r2", model->r_squared },
    { "df_reg", df_model },
    { "ss_reg", model->ss_model },
    { "ms_reg", model->ss_model / df_model },
    { "df_res", df_residual },
    { "ss_res", model->ss_residual },
    { "ms_res", model->ss_residual / df_residual },
    { "F", model->test.f },
  };

  if (g_str_has_prefix (quantity, "B") || g_str_has_prefix (quantity, "SE_B"))
    return value_of_coefficient (results, quantity);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, quantity))
      return values[i].value;
  g_assert_not_reached ();
}

static void
every_figure_has_its_digits (void)
{
  g_autoptr (ReferenceTable) certified
      = reference_table_load ("nist/certified-regression.tsv", "\t");
  const double *exact = reference_table_numbers (certified, "exact_binary64");
  const char *computed = "";
  Results results;

  for (guint i = 0; i < certified->n_rows; i++)
    {
      const char *dataset = certified->cells[i][0], *quantity = certified->cells[i][1];
      double digits, value;

      if (!g_str_equal (dataset, computed))
        compute (dataset, &results);
      computed = dataset;
      value = value_of (&results, quantity);
      if (g_str_equal (quantity, "F") && g_str_has_prefix (certified->cells[i][2], "Inf"))
        {
          g_assert_cmpint (results.model.test.status, ==, DHK_STATS_PERFECT_FIT);
          g_test_message ("%-8s %-10s %23s  certified as infinite", dataset, quantity,
                          "perfect fit");
          continue;
        }
      digits = log_relative_error (value, exact[i]);
      g_test_message ("%-8s %-10s %23.16g  LRE %.1f", dataset, quantity, value, digits);
      if (!(digits >= DIGITS_ASKED))
        g_test_fail ();
    }
  g_assert_cmpuint (certified->n_rows, ==, 209);
}

/* A perfect fit is told as such, and as nothing else. */
static void
wampler_1_and_2_fit_perfectly (void)
{
  static const char *const datasets[] = { "Wampler1", "Wampler2", "Wampler3" };

  for (gsize i = 0; i < G_N_ELEMENTS (datasets); i++)
    {
      DhkStatsStatus expected = i < 2 ? DHK_STATS_PERFECT_FIT : DHK_STATS_OK;
      Results results;

      compute (datasets[i], &results);
      g_assert_cmpint (results.model.test.status, ==, expected);
      g_assert_cmpint (results.model.checks.status, ==, expected);
      g_assert_cmpint (results.model.likelihood.status, ==, expected);
      g_assert_cmpint (results.terms[4].test.status, ==, expected);
      g_assert_cmpint (results.terms[4].partial_status, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/nist-regression/every_figure_has_its_digits",
                   every_figure_has_its_digits);
  g_test_add_func ("/stats/nist-regression/wampler_1_and_2_fit_perfectly",
                   wampler_1_and_2_fit_perfectly);
  return g_test_run ();
}
