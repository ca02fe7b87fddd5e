/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart-fixture.h"

#include <math.h>
#include <string.h>

#include "chart/dhk-geometry.h"

#define EM 12.0

/* A font of which every letter is as wide: 0.55 of its size, lines 1.3. Breaks at spaces. */
static void
measure (const DhkTextStyle *style,
         const char *text,
         double max_width,
         double *width,
         double *height,
         gpointer unused)
{
  const double letter = 0.55 * style->size;
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);
  double widest = 0;
  guint lines = 0;

  for (guint p = 0; paragraphs[p] != NULL; p++)
    {
      g_auto (GStrv) words = g_strsplit (paragraphs[p], " ", -1);
      double line = 0;

      lines++;
      for (guint w = 0; words[w] != NULL; w++)
        {
          double word = letter * g_utf8_strlen (words[w], -1);

          if (line > 0 && max_width >= 0 && line + letter + word > max_width)
            {
              lines++;
              line = 0;
            }
          line += (line > 0 ? letter : 0) + word;
          /* A word that is too long breaks; never within a letter. */
          while (max_width > 0 && line > MAX (max_width, letter))
            {
              lines++;
              line -= MAX (max_width, letter);
              widest = MAX (widest, max_width);
            }
          widest = MAX (widest, line);
        }
    }
  if (max_width > 0 && style->max_lines > 0)
    lines = MIN (lines, style->max_lines);
  *width = max_width > 0 ? MIN (widest, max_width) : widest;
  *height = MAX (lines, 1) * 1.3 * style->size;
}

static const DhkTextBox *
find_text (const DhkGeometry *self, const char *text)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const DhkTextBox *box = g_ptr_array_index (self->texts, i);

      if (strcmp (box->text, text) == 0)
        return box;
    }
  return NULL;
}

static const DhkBar *
get_bar (const DhkGeometry *self, guint i)
{
  return &g_array_index (self->bars, DhkBar, i);
}

static void
steps_are_nice (void)
{
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (10, 10), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (79, 5), 20, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (100, 5), 20, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (101, 5), 50, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (0.3, 5), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (1e9, 4), 5e8, 1);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (0, 5), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (NAN, 5), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (dhk_nice_step (INFINITY, 5), 1, 1e-12);
}

static void
bars_grow_from_the_low_end_of_the_axis (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 3);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);

  g_assert_false (g->lying);
  g_assert_false (g->is_sentence);
  g_assert_cmpuint (g->bars->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const DhkBar *bar = get_bar (g, i);
      double value = g_array_index (chart->marks, DhkChartMark, bar->mark).value;

      g_assert_cmpfloat_with_epsilon (bar->bar.y + bar->bar.height, g->plot.y + g->plot.height,
                                      1e-9);
      g_assert_cmpfloat_with_epsilon (bar->bar.height, (value - 1) / 4 * g->plot.height, 1e-9);
    }
}

static void
axis_is_the_whole_answer_scale_with_its_ends_in_words (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 3);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);

  g_assert_cmpuint (g->ticks->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (g->ticks, DhkTick, i).value, 1 + i, 1e-9);
  g_assert_nonnull (find_text (g, "1 seldom or never"));
  g_assert_nonnull (find_text (g, "3"));
  g_assert_nonnull (find_text (g, "5 always"));
  g_assert_null (find_text (g, "5"));
}

static void
counts_start_at_zero_and_end_at_a_nice_number (void)
{
  g_autoptr (DhkChart) chart
      = dhk_chart_new (DHK_CHART_COUNTS, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_DUTCH);
  g_autoptr (DhkGeometry) g = NULL;

  dhk_chart_add_cluster (chart, "North");
  dhk_chart_add_cluster (chart, "South");
  dhk_chart_add_series (chart, "Visitors", 0x0072B2);
  chart_fixture_add (chart, 0, 0, 71, NAN, 71);
  chart_fixture_add (chart, 1, 0, 0, NAN, 0);
  g = dhk_geometry_new (chart, 500, 0, EM, measure, NULL);
  g_assert_cmpuint (g->ticks->len, ==, 5);
  g_assert_cmpfloat (g_array_index (g->ticks, DhkTick, 0).value, ==, 0);
  g_assert_cmpfloat (g_array_index (g->ticks, DhkTick, 4).value, ==, 80);
  g_assert_nonnull (find_text (g, "71"));
  /* Nobody is a dash, as in the table. */
  g_assert_nonnull (find_text (g, "–"));
}

static void
error_bars_are_clipped_at_the_axis (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (1, 0);
  g_autoptr (DhkGeometry) g = NULL;

  dhk_chart_add_series (chart, "A", 0);
  dhk_chart_add_series (chart, "B", 0);
  dhk_chart_add_series (chart, "C", 0);
  chart_fixture_add (chart, 0, 0, 4.9, 0.5, 9);
  chart_fixture_add (chart, 0, 1, 1.1, 0.5, 9);
  chart_fixture_add (chart, 0, 2, 3, NAN, 1);
  g = dhk_geometry_new (chart, 500, 0, EM, measure, NULL);
  g_assert_true (get_bar (g, 0)->clipped_high);
  g_assert_false (get_bar (g, 0)->clipped_low);
  g_assert_cmpfloat_with_epsilon (get_bar (g, 0)->error_high, g->plot.y, 1e-9);
  g_assert_true (get_bar (g, 1)->clipped_low);
  g_assert_cmpfloat_with_epsilon (get_bar (g, 1)->error_low, g->plot.y + g->plot.height, 1e-9);
  g_assert_true (isnan (get_bar (g, 2)->error_low));
  g_assert_nonnull (find_text (g, "95% CI"));
}

static void
legend_names_error_bars_only_where_there_are_any (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 0);
  g_autoptr (DhkGeometry) g = NULL;

  dhk_chart_add_series (chart, "A", 0);
  chart_fixture_add (chart, 0, 0, 3, NAN, 1);
  g = dhk_geometry_new (chart, 500, 0, EM, measure, NULL);
  g_assert_null (find_text (g, "95% CI"));
  g_assert_nonnull (find_text (g, "A"));
  g_assert_cmpuint (g->swatches->len, ==, 1);
}

static void
one_scale_names_the_groups_under_their_bars (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (1, 3);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);
  const DhkTextBox *label = find_text (g, "Group 2\nn = 11");

  g_assert_nonnull (label);
  g_assert_cmpfloat_with_epsilon (label->box.x + label->box.width / 2,
                                  get_bar (g, 1)->bar.x + get_bar (g, 1)->bar.width / 2, 0.01);
  g_assert_nonnull (find_text (g, "Scale 1 · Mean score"));
  /* No swatch but the error bar's. */
  g_assert_cmpuint (g->swatches->len, ==, 1);
  g_assert_cmpint (g_array_index (g->swatches, DhkSwatch, 0).series, ==, -1);
}

static void
several_scales_have_n_under_each_bar (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 2);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);
  const DhkTextBox *n = find_text (g, "13");

  g_assert_nonnull (find_text (g, "n"));
  g_assert_nonnull (n);
  g_assert_cmpfloat_with_epsilon (n->box.x + n->box.width / 2,
                                  get_bar (g, 3)->bar.x + get_bar (g, 3)->bar.width / 2, 0.01);
  g_assert_cmpfloat (n->box.y, >=, g->plot.y + g->plot.height);
}

static void
n_moves_to_the_legend_when_bars_are_narrow (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (4, 6);
  g_autoptr (DhkGeometry) g = NULL;

  for (guint i = 0; i < chart->marks->len; i++)
    g_array_index (chart->marks, DhkChartMark, i).n
        = 1000 + g_array_index (chart->marks, DhkChartMark, i).cluster;
  g = dhk_geometry_new (chart, 520, 0, EM, measure, NULL);
  g_assert_false (g->lying);
  g_assert_nonnull (find_text (g, "Group 1 (n = 1000–1003)"));
  g_assert_null (find_text (g, "1000"));
}

static void
bars_without_a_value_leave_no_gap (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 3);
  g_autoptr (DhkGeometry) g = NULL;

  for (guint i = 0; i < chart->marks->len; i++)
    {
      DhkChartMark *mark = &g_array_index (chart->marks, DhkChartMark, i);

      if (mark->cluster == 0 && mark->series == 1)
        mark->value = NAN;
    }
  g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);
  g_assert_cmpuint (g->bars->len, ==, 5);
  g_assert_cmpfloat_with_epsilon (
      dhk_geometry_find_bar (g, 4)->bar.x - dhk_geometry_find_bar (g, 0)->bar.x,
      dhk_geometry_find_bar (g, 3)->bar.x - dhk_geometry_find_bar (g, 1)->bar.x, 1e-9);
}

static void
long_labels_lay_the_bars_down (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (1, 0);
  g_autoptr (DhkGeometry) g = NULL;

  for (guint i = 0; i < 8; i++)
    {
      dhk_chart_add_series (chart, "samenwerkingsovereenkomst met verzorgers", 0);
      chart_fixture_add (chart, 0, i, 3, 0.2, 10);
    }
  g = dhk_geometry_new (chart, 600, 0, EM, measure, NULL);
  g_assert_true (g->lying);
  g_assert_cmpfloat_with_epsilon (get_bar (g, 0)->bar.x, g->plot.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_bar (g, 0)->bar.width, g->plot.width / 2, 1e-9);
}

static void
thirty_groups_are_drawn (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (1, 30);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 600, 0, EM, measure, NULL);

  g_assert_false (g->is_sentence);
  g_assert_cmpuint (g->bars->len, ==, 30);
}

static void
nothing_to_draw_is_said (void)
{
  g_autoptr (DhkChart) empty = chart_fixture_new (0, 0);
  g_autoptr (DhkChart) undefined = chart_fixture_new (1, 0);
  g_autoptr (DhkGeometry) a = dhk_geometry_new (empty, 400, 0, EM, measure, NULL);
  g_autoptr (DhkGeometry) b = NULL;

  g_assert_true (a->is_sentence);
  g_assert_cmpuint (a->texts->len, ==, 1);
  g_assert_cmpfloat (a->height, >, EM);

  dhk_chart_add_series (undefined, "A", 0);
  chart_fixture_add (undefined, 0, 0, NAN, NAN, 0);
  chart_fixture_add (undefined, 7, 0, 3, NAN, 1);
  chart_fixture_add (undefined, 0, 7, 3, NAN, 1);
  b = dhk_geometry_new (undefined, 400, 200, EM, measure, NULL);
  g_assert_true (b->is_sentence);
}

static void
too_little_room_is_said (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (3, 3);
  g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 150, 90, EM, measure, NULL);

  g_assert_true (g->is_sentence);
  g_assert_cmpuint (g->texts->len, ==, 1);
  g_assert_cmpuint (g->bars->len, ==, 0);
}

static void
pointer_finds_each_bar (void)
{
  for (guint series = 1; series < 12; series++)
    {
      g_autoptr (DhkChart) chart = chart_fixture_new (3, series);
      g_autoptr (DhkGeometry) g = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);

      for (guint i = 0; i < g->bars->len; i++)
        {
          const DhkRect *bar = &get_bar (g, i)->bar;

          g_assert_cmpint (dhk_geometry_pick (g, bar->x + bar->width / 2, bar->y + bar->height / 2),
                           ==, (int) get_bar (g, i)->mark);
          g_assert_true (dhk_geometry_find_bar (g, get_bar (g, i)->mark) == get_bar (g, i));
        }
      g_assert_cmpint (dhk_geometry_pick (g, -5, 5), ==, -1);
      g_assert_cmpint (dhk_geometry_pick (g, NAN, NAN), ==, -1);
      g_assert_cmpint (dhk_geometry_pick (g, g->width / 2, g->height + 50), ==, -1);
    }
}

static gboolean
overlap (const DhkRect *a, const DhkRect *b)
{
  const double e = 0.01;

  return a->x + e < b->x + b->width && b->x + e < a->x + a->width && a->y + e < b->y + b->height
         && b->y + e < a->y + a->height;
}

static void
assert_inside (const DhkGeometry *g, const DhkRect *r, const char *what)
{
  if (r->x < -1 || r->y < -0.01 || r->x + r->width > g->width + 2
      || r->y + r->height > g->height + 0.01)
    g_error ("“%s” at %.1f, %.1f (%.1f × %.1f) leaves %.1f × %.1f", what, r->x, r->y, r->width,
             r->height, g->width, g->height);
}

static void
assert_tidy (const DhkGeometry *g)
{
  for (guint i = 0; i < g->texts->len; i++)
    {
      const DhkTextBox *a = g_ptr_array_index (g->texts, i);

      assert_inside (g, &a->box, a->text);
      for (guint j = 0; j < i; j++)
        {
          const DhkTextBox *b = g_ptr_array_index (g->texts, j);

          if (overlap (&a->box, &b->box))
            g_error ("“%s” and “%s” overlap at %.1f × %.1f", a->text, b->text, g->width, g->height);
        }
      for (guint j = 0; j < g->bars->len; j++)
        if (a->on_series < 0 && overlap (&a->box, &get_bar (g, j)->bar))
          g_error ("“%s” lies over a bar at %.1f × %.1f", a->text, g->width, g->height);
    }
  for (guint i = 0; i < g->bars->len; i++)
    {
      const DhkRect *bar = &get_bar (g, i)->bar;

      g_assert_cmpfloat (bar->x, >=, g->plot.x - 0.01);
      g_assert_cmpfloat (bar->x + bar->width, <=, g->plot.x + g->plot.width + 0.01);
      g_assert_cmpfloat (bar->y, >=, g->plot.y - 0.01);
      g_assert_cmpfloat (bar->y + bar->height, <=, g->plot.y + g->plot.height + 0.01);
      for (guint j = 0; j < i; j++)
        g_assert_false (overlap (bar, &get_bar (g, j)->bar));
    }
}

/* The seed is in the test's log: run again with --seed. */
static void
nothing_overlaps_in_any_chart_of_any_size (void)
{
  guint drawn = 0;

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (DhkChart) chart = chart_fixture_new_random ();
      double width = g_test_rand_double_range (20, 1300);
      double height = g_test_rand_bit () ? 0 : g_test_rand_double_range (10, 900);
      g_autoptr (DhkGeometry) g = dhk_geometry_new (
          chart, width, height, g_test_rand_double_range (6, 24), measure, NULL);

      assert_tidy (g);
      drawn += !g->is_sentence;
    }
  g_test_message ("%u of 1500 charts had room", drawn);
  g_assert_cmpuint (drawn, >, 500);
}

static void
odd_sizes_are_harmless (void)
{
  static const double sizes[] = { 0, -1, 1e-9, 1, 1e5, NAN, INFINITY };
  g_autoptr (DhkChart) chart = chart_fixture_new (3, 3);

  for (guint w = 0; w < G_N_ELEMENTS (sizes); w++)
    for (guint h = 0; h < G_N_ELEMENTS (sizes); h++)
      for (guint f = 0; f < G_N_ELEMENTS (sizes); f++)
        {
          g_autoptr (DhkGeometry) g
              = dhk_geometry_new (chart, sizes[w], sizes[h], sizes[f], measure, NULL);

          g_assert_true (isfinite (g->height));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/chart/geometry/" name, func)
  ADD ("nice-steps", steps_are_nice);
  ADD ("bars", bars_grow_from_the_low_end_of_the_axis);
  ADD ("axis", axis_is_the_whole_answer_scale_with_its_ends_in_words);
  ADD ("counts", counts_start_at_zero_and_end_at_a_nice_number);
  ADD ("error-bars", error_bars_are_clipped_at_the_axis);
  ADD ("legend", legend_names_error_bars_only_where_there_are_any);
  ADD ("one-scale", one_scale_names_the_groups_under_their_bars);
  ADD ("several-scales", several_scales_have_n_under_each_bar);
  ADD ("n-in-legend", n_moves_to_the_legend_when_bars_are_narrow);
  ADD ("no-gaps", bars_without_a_value_leave_no_gap);
  ADD ("lying", long_labels_lay_the_bars_down);
  ADD ("thirty", thirty_groups_are_drawn);
  ADD ("empty", nothing_to_draw_is_said);
  ADD ("tiny", too_little_room_is_said);
  ADD ("pick", pointer_finds_each_bar);
  ADD ("no-overlap", nothing_overlaps_in_any_chart_of_any_size);
  ADD ("odd-sizes", odd_sizes_are_harmless);
  return g_test_run ();
}
