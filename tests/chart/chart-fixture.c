/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart-fixture.h"

#include <math.h>

#include "chart/dhk-palette.h"

void
chart_fixture_add (
    DhkChart *chart, guint cluster, guint series, double value, double margin, guint n)
{
  const DhkChartMark mark = { .cluster = cluster,
                              .series = series,
                              .n = n,
                              .value = value,
                              .ci_low = value - margin,
                              .ci_high = value + margin,
                              .sd = 0.9 };

  dhk_chart_add_mark (chart, &mark);
}

static DhkChart *
new_chart (DhkChartKind kind)
{
  DhkChart *chart = dhk_chart_new (kind, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_DUTCH);

  chart->axis_low = 1;
  chart->axis_high = 5;
  chart->axis_title = g_strdup ("Mean score");
  if (kind == DHK_CHART_MEANS)
    {
      chart->low_label = g_strdup ("1 seldom or never");
      chart->high_label = g_strdup ("5 always");
      chart->error_label = g_strdup ("95% CI");
    }
  return chart;
}

DhkChart *
chart_fixture_new (guint clusters, guint series)
{
  DhkChart *chart = new_chart (DHK_CHART_MEANS);

  for (guint c = 0; c < clusters; c++)
    {
      g_autofree char *label = g_strdup_printf ("Scale %u", c + 1);

      dhk_chart_add_cluster (chart, label);
    }
  for (guint s = 0; s < series; s++)
    {
      g_autofree char *label = g_strdup_printf ("Group %u", s + 1);

      dhk_chart_add_series (chart, label, dhk_colour_get_step (0x0072B2, s, series));
      for (guint c = 0; c < clusters; c++)
        chart_fixture_add (chart, c, s, MIN (2 + 0.5 * (c * series + s), 5), 0.2,
                           10 + c * series + s);
    }
  return chart;
}

static char *
new_random_label (void)
{
  static const char *const words[] = { "Ambulant/Dagopvang",
                                       "en",
                                       "samenwerkingsovereenkomst",
                                       "of",
                                       "SO/VSO",
                                       "rating",
                                       "é",
                                       "verantwoordelijkheidsverdelingen",
                                       "n",
                                       "" };
  GString *label = g_string_new (NULL);
  int n = g_test_rand_int_range (0, g_test_rand_int_range (0, 10) == 0 ? 60 : 5);

  for (int i = 0; i < n; i++)
    {
      if (label->len > 0)
        g_string_append_c (label, ' ');
      g_string_append (label, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
    }
  return g_string_free (label, FALSE);
}

static double
new_random_value (void)
{
  switch (g_test_rand_int_range (0, 20))
    {
    case 0:
      return NAN;
    case 1:
      return INFINITY;
    case 2:
      return -3;
    case 3:
      return 1e6;
    default:
      return g_test_rand_double_range (1, 5);
    }
}

DhkChart *
chart_fixture_new_random (void)
{
  DhkChart *chart
      = new_chart (g_test_rand_int_range (0, 3) == 0 ? DHK_CHART_COUNTS : DHK_CHART_MEANS);
  guint clusters = (guint) g_test_rand_int_range (0, 7);
  guint series = (guint) g_test_rand_int_range (0, g_test_rand_int_range (0, 8) == 0 ? 31 : 6);

  if (g_test_rand_bit ())
    chart->title = new_random_label ();
  for (guint c = 0; c < clusters; c++)
    {
      g_autofree char *label = new_random_label ();

      dhk_chart_add_cluster (chart, label);
    }
  for (guint s = 0; s < series; s++)
    {
      g_autofree char *label = new_random_label ();

      dhk_chart_add_series (chart, label, (guint) g_test_rand_int () & 0xFFFFFF);
      for (guint c = 0; c < MAX (clusters, 1); c++)
        {
          double value = new_random_value ();
          guint n = (guint) g_test_rand_int_range (0, 500);

          if (chart->kind == DHK_CHART_COUNTS)
            value = n;
          if (g_test_rand_int_range (0, 6) > 0)
            chart_fixture_add (chart, c, s, value, g_test_rand_double_range (-0.1, 2), n);
        }
    }
  return chart;
}
