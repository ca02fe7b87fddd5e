/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart-fixture.h"

#include <math.h>
#include <string.h>

#include "chart/dhk-palette.h"

static DhkInstrument *
load_instrument (void)
{
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

/* Visitors and volunteers of three branches: random answers, one branch without volunteers. */
static DhkFrame *
new_frame (DhkInstrument *instrument)
{
  g_autoptr (DhkFrameBuilder) builder = dhk_frame_builder_new (instrument, 60);

  for (guint i = 0; i < 60; i++)
    {
      guint row = dhk_frame_builder_add_row (builder, i + 1, i % 2);

      dhk_frame_builder_set_category (builder, row, 0,
                                      i % 2 == 0 ? (int) (i / 2 % 3) : (int) (i / 2 % 2));
      for (guint item = 0; item < 3; item++)
        dhk_frame_builder_set_answer (builder, row, item, 0, 1 + (int) ((i * 7 + item * 3) % 7));
    }
  return dhk_frame_builder_finish (g_steal_pointer (&builder));
}

static DhkResult *
run (DhkInstrument *instrument, DhkAnalysis *analysis)
{
  g_autoptr (DhkFrame) frame = new_frame (instrument);
  g_autoptr (GError) error = NULL;
  DhkResult *result = dhk_analysis_run (analysis, frame, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static void
means_become_bars_on_the_answer_scale (void)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_MEANS);
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkChart) chart = NULL;
  const guint scale = 0;
  guint colours[3];

  g_array_append_val (analysis->scales, scale);
  for (int i = 0; i < 3; i++)
    {
      DhkGroup group = dhk_group_init (0, 0);

      group.categories[0] = (gint8) i;
      g_array_append_val (analysis->groups, group);
    }
  result = run (instrument, analysis);
  chart = dhk_chart_new_from_result (result, "Welcome", DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH);
  g_assert_nonnull (chart);
  g_assert_cmpint (chart->kind, ==, DHK_CHART_MEANS);
  g_assert_cmpfloat (chart->axis_low, ==, 1);
  g_assert_cmpfloat (chart->axis_high, ==, 7);
  g_assert_cmpstr (chart->low_label, ==, "1 not at all");
  g_assert_cmpstr (chart->high_label, ==, "7 wholly");
  g_assert_cmpstr (chart->error_label, ==, "95% CI");
  g_assert_cmpuint (chart->clusters->len, ==, 1);
  g_assert_cmpuint (chart->series->len, ==, 3);
  g_assert_cmpuint (chart->marks->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const DhkChartMark *mark = &g_array_index (chart->marks, DhkChartMark, i);
      const DhkCell *cell = dhk_result_get_cell (result, 0, i);

      g_assert_cmpfloat (mark->value, ==, cell->mean);
      g_assert_cmpfloat (mark->ci_high, ==, cell->ci_high);
      g_assert_cmpuint (mark->n, ==, cell->n);
      colours[i] = ((DhkChartSeries *) g_ptr_array_index (chart->series, i))->colour;
      g_assert_cmphex (colours[i], ==, dhk_colour_get_step (0xD55E00, i, 3));
    }
  g_assert_nonnull (strstr (chart->alternative, "Welcome"));
  g_assert_nonnull (strstr (chart->alternative, "Harbour (M = "));
}

static void
counts_become_bars_by_category (void)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_COUNTS);
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkChart) chart = NULL;
  guint total = 0;

  analysis->row_variable = 0;
  for (guint role = 0; role < 2; role++)
    {
      DhkGroup group = dhk_group_init (role, DHK_NO_TARGET);

      g_array_append_val (analysis->groups, group);
    }
  result = run (instrument, analysis);
  chart = dhk_chart_new_from_result (result, NULL, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH);
  g_assert_nonnull (chart);
  g_assert_cmpint (chart->kind, ==, DHK_CHART_COUNTS);
  g_assert_cmpuint (chart->clusters->len, ==, 3);
  g_assert_cmphex (((DhkChartSeries *) g_ptr_array_index (chart->series, 0))->colour, ==, 0xD55E00);
  g_assert_cmphex (((DhkChartSeries *) g_ptr_array_index (chart->series, 1))->colour, ==, 0x56B4E9);
  for (guint i = 0; i < chart->marks->len; i++)
    total += g_array_index (chart->marks, DhkChartMark, i).n;
  g_assert_cmpuint (total, ==, 60);
}

static void
groups_without_answers_are_left_out (void)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_MEANS);
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkChart) chart = NULL;
  const guint scale = 0;

  g_array_append_val (analysis->scales, scale);
  for (int i = 0; i < 3; i++)
    {
      DhkGroup group = dhk_group_init (1, 0);

      group.categories[0] = (gint8) i;
      g_array_append_val (analysis->groups, group);
    }
  result = run (instrument, analysis);
  chart = dhk_chart_new_from_result (result, NULL, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH);
  g_assert_cmpuint (chart->series->len, ==, 2);
}

static void
other_results_have_no_chart (void)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_RELIABILITY);
  g_autoptr (DhkResult) result = run (instrument, analysis);

  g_assert_null (
      dhk_chart_new_from_result (result, NULL, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH));
}

static void
mark_is_said_with_its_exact_values (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 2);
  g_autofree char *text = dhk_chart_dup_mark_text (chart, 0);
  g_autofree char *undefined = NULL, *count = NULL;
  DhkChartMark *mark = &g_array_index (chart->marks, DhkChartMark, 1);

  g_assert_cmpstr (text, ==, "Scale 1, Group 1: M = 2,00; SD = 0,90; 95% CI [1,80; 2,20]; n = 10");
  mark->sd = mark->ci_low = mark->ci_high = NAN;
  mark->n = 1;
  undefined = dhk_chart_dup_mark_text (chart, 1);
  g_assert_cmpstr (undefined, ==, "Scale 2, Group 1: M = 3,00; n = 1");
  chart->kind = DHK_CHART_COUNTS;
  count = dhk_chart_dup_mark_text (chart, 1);
  g_assert_cmpstr (count, ==, "Scale 2, Group 1: n = 1");
}

static void
chart_is_said_in_words (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 2);

  g_array_index (chart->marks, DhkChartMark, 3).value = NAN;
  dhk_chart_describe (chart);
  g_assert_cmpstr (chart->alternative, ==,
                   "Bar chart of means. Scale 1: Group 1 (M = 2,00; n = 10), Group 2 (M = 2,50; n "
                   "= 11). Scale 2: Group 1 (M = 3,00; n = 12).");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/chart/chart/" name, func)
  ADD ("means", means_become_bars_on_the_answer_scale);
  ADD ("counts", counts_become_bars_by_category);
  ADD ("left-out", groups_without_answers_are_left_out);
  ADD ("other", other_results_have_no_chart);
  ADD ("mark-text", mark_is_said_with_its_exact_values);
  ADD ("words", chart_is_said_in_words);
  return g_test_run ();
}
