/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * NIST StRD: at least 14 digits of what the doubles of the data allow, for
 * every mean, standard deviation, autocorrelation and ANOVA figure. Prints the table.
 */

#include "reference-table.h"
#include "stats/dhk-anova.h"
#include "stats/dhk-autocorrelation.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-full-description.h"

#include <math.h>

#define DIGITS_ASKED 14

static double
value_of_description (const DhkDescription *description,
                      double autocorrelation,
                      const char *quantity)
{
  if (g_str_equal (quantity, "autocorr1"))
    return autocorrelation;
  if (g_str_equal (quantity, "n"))
    return (double) description->n;
  if (g_str_equal (quantity, "mean"))
    return description->mean;
  if (g_str_equal (quantity, "sd"))
    return description->sd;
  return NAN;
}

static double
value_of_anova (const DhkAnova *anova, const char *quantity)
{
  const struct
  {
    const char *name;
    double value;
  } values[] = {
    { "df_between", anova->df1 },
    { "ss_between", anova->ss_between },
    { "df_within", anova->df2 },
    { "ms_between", anova->ms_between },
    { "F", anova->f },
    { "ss_within", anova->ss_within },
    { "ms_within", anova->mse },
    { "r2", anova->eta_squared },
    { "resid_sd", sqrt (anova->mse) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].name, quantity))
      return values[i].value;
  return NAN;
}

/* The results of one set, whichever it has. */
typedef struct
{
  gboolean is_anova;
  DhkDescription description;
  DhkAutocorrelation autocorrelation;
  DhkAnova anova;
} Results;

static Results
compute (const char *dataset)
{
  g_autofree char *path = g_strdup_printf ("nist/%s.csv", dataset);
  g_autoptr (ReferenceTable) data = reference_table_load (path, ",");
  const double *y = reference_table_numbers (data, "y");
  g_autofree int *group = NULL;
  int n_groups = 0;
  Results results = { data->n_columns > 1 };

  if (!results.is_anova)
    {
      results.description = dhk_describe (y, data->n_rows, 0.95);
      results.autocorrelation = dhk_autocorrelation (y, data->n_rows);
      g_assert_cmpint (results.description.status, ==, DHK_STATS_OK);
      g_assert_cmpint (results.autocorrelation.status, ==, DHK_STATS_OK);
      return results;
    }

  group = g_new (int, data->n_rows);
  for (guint i = 0; i < data->n_rows; i++)
    {
      group[i] = (int) reference_table_numbers (data, "group")[i] - 1;
      n_groups = MAX (n_groups, group[i] + 1);
    }
  results.anova = dhk_anova_one_way (y, group, data->n_rows, (size_t) n_groups);
  g_assert_cmpint (results.anova.status, ==, DHK_STATS_OK);
  return results;
}

static void
every_figure_has_fourteen_digits (void)
{
  g_autoptr (ReferenceTable) certified = reference_table_load ("nist/certified.tsv", "\t");
  const double *exact = reference_table_numbers (certified, "exact_binary64");
  const char *computed = "";
  Results results = { FALSE };
  guint n_used = 0;

  for (guint i = 0; i < certified->n_rows; i++)
    {
      const char *dataset = certified->cells[i][0], *quantity = certified->cells[i][1];
      double digits, value;

      if (!g_str_equal (dataset, computed))
        results = compute (dataset);
      computed = dataset;
      value = results.is_anova ? value_of_anova (&results.anova, quantity)
                               : value_of_description (&results.description,
                                                       results.autocorrelation.r, quantity);
      n_used++;
      digits = log_relative_error (value, exact[i]);
      g_test_message ("%-8s %-10s %23.16g  LRE %.1f", dataset, quantity, value, digits);
      if (digits < DIGITS_ASKED)
        g_test_fail ();
    }
  g_test_message ("%u figures of %u used", n_used, certified->n_rows);
  g_assert_cmpuint (n_used, ==, 9 * 4 + 11 * 9);
}

/* The full description goes another way, through sorted values and weights. */
static void
full_description_has_fourteen_digits (void)
{
  g_autoptr (ReferenceTable) certified = reference_table_load ("nist/certified.tsv", "\t");
  const double *exact = reference_table_numbers (certified, "exact_binary64");
  guint n_used = 0;

  for (guint i = 0; i < certified->n_rows; i++)
    {
      const char *quantity = certified->cells[i][1];
      g_autofree char *path = g_strdup_printf ("nist/%s.csv", certified->cells[i][0]);
      g_autoptr (ReferenceTable) data = NULL;
      DhkFullDescription full;

      if (!g_str_equal (quantity, "mean") && !g_str_equal (quantity, "sd"))
        continue;
      data = reference_table_load (path, ",");
      full = dhk_describe_fully (reference_table_numbers (data, "y"), NULL, data->n_rows, 0.95);
      g_assert_cmpint (full.status, ==, DHK_STATS_OK);
      g_assert_cmpfloat (
          log_relative_error (g_str_equal (quantity, "sd") ? full.sd : full.mean, exact[i]), >=,
          DIGITS_ASKED);
      n_used++;
    }
  g_assert_cmpuint (n_used, ==, 9 * 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/nist/every_figure_has_fourteen_digits",
                   every_figure_has_fourteen_digits);
  g_test_add_func ("/stats/nist/full_description_has_fourteen_digits",
                   full_description_has_fourteen_digits);
  return g_test_run ();
}
