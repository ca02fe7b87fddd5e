/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The charts of one person's answers: what is drawn, where it stands, how it is told apart. */

#include <math.h>
#include <string.h>

#include "chart/dhk-draw-self.h"
#include "chart/dhk-geometry.h"
#include "chart/dhk-hatch.h"
#include "chart/dhk-palette.h"

#define EM 14.0

/* A font of which every letter is as wide: 0.55 of its size, lines 1.3; words never break. */
static void
measure (const DhkTextStyle *style,
         const char *text,
         double max_width,
         double *width,
         double *height,
         gpointer unused)
{
  const double letter = 0.55 * style->size;
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  double line = 0, widest = 0;
  guint lines = 1;

  for (guint w = 0; words[w] != NULL; w++)
    {
      double word = letter * g_utf8_strlen (words[w], -1);

      if (line > 0 && max_width >= 0 && line + letter + word > max_width)
        {
          lines++;
          line = 0;
        }
      line += (line > 0 ? letter : 0) + word;
      widest = MAX (widest, line);
    }
  *width = max_width > 0 ? MIN (widest, max_width) : widest;
  *height = lines * 1.3 * style->size;
}

static void
answer (DhkResponse *response, const char *stem, const int *codes)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *item = g_strdup_printf ("%s%u", stem, i + 1);

      dhk_response_set_code (response, item, codes[i]);
    }
}

static DhkSelfProfile *
make_profile (gboolean with_group)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  const int ideal[] = { 5, 4, 5, 3, 2, 5, -1, 4, 1, 5 };
  const int actual[] = { 3, 4, 5, 2, 4, 1, 3, 4, 1, 5 };
  g_autoptr (DhkResponse) response = dhk_response_new (
      instrument, (guint) dhk_instrument_find_questionnaire (instrument, "leraren"));
  g_autoptr (DhkGroupProfile) group = dhk_group_profile_new (instrument, 10, FALSE);
  DhkProfileGroup *all = dhk_group_profile_add_group (group, "leraar", NULL, NULL);
  DhkProfileGroup *part = dhk_group_profile_add_group (group, "leraar", "sector", "so-vso");

  dhk_profile_group_add_cell (all, "bel1", 40, 4.25, 0.5);
  dhk_profile_group_add_cell (part, "bel1", 12, 4.5, 0.5);
  dhk_profile_group_add_cell (part, "lukt1", 11, 4.5, 0.5);
  dhk_profile_group_add_cell (part, "lukt9", 11, 1, 0);
  answer (response, "bel", ideal);
  answer (response, "lukt", actual);
  dhk_response_set_category (response, "sector", "so-vso");
  return dhk_self_profile_new (instrument, response, with_group ? group : NULL);
}

static DhkChart *
make_chart (gboolean quadrant, gboolean with_group)
{
  g_autoptr (DhkSelfProfile) profile = make_profile (with_group);

  return quadrant ? dhk_chart_new_quadrant (profile, NULL, DHK_LANGUAGE_NL, DHK_NUMBER_STYLE_DUTCH)
                  : dhk_chart_new_gaps (profile, NULL, DHK_LANGUAGE_NL, DHK_NUMBER_STYLE_DUTCH);
}

static const DhkBar *
find_bar (const DhkChart *chart, const DhkGeometry *geometry, guint cluster, guint series)
{
  for (guint i = 0; i < geometry->bars->len; i++)
    {
      const DhkBar *bar = &g_array_index (geometry->bars, DhkBar, i);
      const DhkChartMark *mark = &g_array_index (chart->marks, DhkChartMark, bar->mark);

      if (mark->cluster == cluster && mark->series == series)
        return bar;
    }
  return NULL;
}

static double
get_middle (const DhkBar *bar)
{
  return bar->bar.x + bar->bar.width / 2;
}

/* What ---------------------------------------------------------------------------------- */

static void
test_the_nearest_group_is_taken (void)
{
  g_autoptr (DhkSelfProfile) profile = make_profile (TRUE);
  const DhkSelfPair *pair = &g_array_index (profile->pairs, DhkSelfPair, 0);

  g_assert_cmpint (profile->group_variable, >=, 0);
  g_assert_cmpfloat_with_epsilon (pair->group_ideal, 4.5, 1e-12);
  g_assert_cmpuint (pair->group_ideal_n, ==, 12);
  g_assert_cmpuint (profile->group_least, ==, 11);
  g_assert_cmpuint (profile->group_most, ==, 12);
  pair = &g_array_index (profile->pairs, DhkSelfPair, 1);
  g_assert_true (isnan (pair->group_ideal));
}

static void
test_findings_by_the_middle_of_the_answers (void)
{
  g_autoptr (DhkSelfProfile) profile = make_profile (FALSE);
  const int expected[] = { DHK_FINDING_IDEAL,
                           DHK_FINDING_BOTH,
                           DHK_FINDING_BOTH,
                           DHK_FINDING_NEITHER,
                           DHK_FINDING_ACTUAL,
                           DHK_FINDING_IDEAL,
                           -1,
                           DHK_FINDING_BOTH,
                           DHK_FINDING_NEITHER,
                           DHK_FINDING_BOTH };
  g_autoptr (GArray) gaps = dhk_self_profile_list (profile, DHK_FINDING_IDEAL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (g_array_index (profile->pairs, DhkSelfPair, i).finding, ==, expected[i]);
  g_assert_cmpuint (profile->n_open, ==, 1);
  /* The widest gap first. */
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpuint (g_array_index (gaps, guint, 0), ==, 5);
  g_assert_cmpuint (g_array_index (gaps, guint, 1), ==, 0);
}

static void
test_marks_in_words (void)
{
  g_autoptr (DhkChart) gaps = make_chart (FALSE, TRUE);
  g_autoptr (DhkChart) quadrant = make_chart (TRUE, TRUE);
  g_autofree char *own = dhk_chart_dup_mark_text (gaps, 0);
  g_autofree char *group = dhk_chart_dup_mark_text (gaps, 2);
  g_autofree char *both = dhk_chart_dup_mark_text (quadrant, 0);

  g_assert_cmpstr (own, ==, "1. Pedagogisch handelen afstemmen met ouders, Belangrijk: 5");
  g_assert_nonnull (strstr (group, "M = 4,50; n = 12"));
  g_assert_cmpstr (both, ==, "1. Pedagogisch handelen afstemmen met ouders: Belangrijk 5; Lukt 3");
  /* Left open: no mark, and no part of a difference. */
  g_assert_cmpuint (quadrant->marks->len, ==, 9);
  g_assert_nonnull (strstr (quadrant->alternative, "lukt u minder: 1, 6."));
}

/* Where --------------------------------------------------------------------------------- */

static void
test_codes_stand_at_their_ticks (void)
{
  g_autoptr (DhkChart) chart = make_chart (FALSE, TRUE);
  g_autoptr (DhkGeometry) geometry = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);
  const DhkBar *five = find_bar (chart, geometry, 0, DHK_GAPS_IDEAL);
  const DhkBar *three = find_bar (chart, geometry, 0, DHK_GAPS_ACTUAL);
  const DhkBar *group = find_bar (chart, geometry, 0, DHK_GAPS_GROUP_IDEAL);

  g_assert_false (geometry->is_sentence);
  g_assert_cmpuint (geometry->ticks->len, ==, 5);
  g_assert_cmpfloat_with_epsilon (get_middle (five),
                                  g_array_index (geometry->ticks, DhkTick, 4).position, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_middle (three),
                                  g_array_index (geometry->ticks, DhkTick, 2).position, 1e-6);
  g_assert_cmpfloat (get_middle (group), >, get_middle (three));
  g_assert_cmpfloat (get_middle (group), <, get_middle (five));
  g_assert_cmpfloat (group->bar.y, >, five->bar.y + five->bar.height - 1e-6);
  g_assert_null (find_bar (chart, geometry, 6, DHK_GAPS_IDEAL));
  g_assert_cmpint (dhk_geometry_pick (geometry, get_middle (five), five->bar.y + 2), ==, 0);
}

static void
test_equal_answers_stand_side_by_side (void)
{
  g_autoptr (DhkChart) chart = make_chart (FALSE, FALSE);
  g_autoptr (DhkGeometry) geometry = dhk_geometry_new (chart, 700, 0, EM, measure, NULL);

  for (guint cluster = 1; cluster < 10; cluster += 7)
    {
      const DhkBar *one = find_bar (chart, geometry, cluster, DHK_GAPS_IDEAL);
      const DhkBar *other = find_bar (chart, geometry, cluster, DHK_GAPS_ACTUAL);

      g_assert_cmpfloat (get_middle (other) - get_middle (one), >, 0.9 * one->bar.width);
    }
}

static gboolean
overlap (const DhkRect *a, const DhkRect *b)
{
  return a->x + a->width > b->x + 0.5 && b->x + b->width > a->x + 0.5
         && a->y + a->height > b->y + 0.5 && b->y + b->height > a->y + 0.5;
}

/* Digits stand on their marks; every other text stands clear of all others and inside. */
static void
check_texts (const DhkChart *chart, const DhkGeometry *geometry)
{
  for (guint i = 0; i < geometry->texts->len; i++)
    {
      const DhkTextBox *one = g_ptr_array_index (geometry->texts, i);

      if (one->on_series >= 0)
        continue;
      g_assert_cmpfloat (one->box.x, >=, -0.5);
      g_assert_cmpfloat (one->box.x + one->box.width, <=, geometry->width + 0.5);
      g_assert_cmpfloat (one->box.y + one->box.height, <=, geometry->height + 0.5);
      for (guint k = 0; k < i; k++)
        {
          const DhkTextBox *other = g_ptr_array_index (geometry->texts, k);

          /* The words of an end may reach over an empty piece beside it, never over words. */
          if (other->on_series < 0 && chart->kind == DHK_CHART_GAPS
              && overlap (&one->box, &other->box))
            g_test_fail_printf ("“%s” lies over “%s”", one->text, other->text);
        }
    }
  for (guint i = 0; i < geometry->bars->len; i++)
    {
      const DhkBar *bar = &g_array_index (geometry->bars, DhkBar, i);

      g_assert_cmpfloat (bar->bar.x, >=, geometry->plot.x - 0.5);
      g_assert_cmpfloat (bar->bar.x + bar->bar.width, <=, geometry->width + 0.5);
    }
}

static void
test_nothing_overlaps_at_any_size (void)
{
  for (guint quadrant = 0; quadrant < 2; quadrant++)
    for (guint group = 0; group < 2; group++)
      {
        g_autoptr (DhkChart) chart = make_chart (quadrant, group);
        guint n_drawn = 0;

        for (double width = 0; width < 1500; width += 37)
          for (double size = 9; size < 40; size *= 1.5)
            {
              g_autoptr (DhkGeometry) geometry
                  = dhk_geometry_new (chart, width, 0, size, measure, NULL);

              n_drawn += !geometry->is_sentence;
              if (!geometry->is_sentence)
                check_texts (chart, geometry);
            }
        g_assert_cmpuint (n_drawn, >, 60);
      }
}

/* What asks for a height is drawn in it; in less it says so. */
static void
test_the_height_it_wants_is_enough (void)
{
  for (guint quadrant = 0; quadrant < 2; quadrant++)
    for (guint group = 0; group < 2; group++)
      for (double width = 300; width < 1200; width += 53)
        for (double size = 9; size < 30; size *= 1.4)
          {
            g_autoptr (DhkChart) chart = make_chart (quadrant, group);
            g_autoptr (DhkGeometry) wanted
                = dhk_geometry_new (chart, width, 0, size, measure, NULL);
            g_autoptr (DhkGeometry) given
                = dhk_geometry_new (chart, width, ceil (wanted->height), size, measure, NULL);
            g_autoptr (DhkGeometry) less
                = dhk_geometry_new (chart, width, 0.8 * wanted->height, size, measure, NULL);

            g_assert_true (given->is_sentence == wanted->is_sentence);
            if (!wanted->is_sentence)
              g_assert_true (less->is_sentence);
          }
}

static void
test_cells_hold_their_numbers (void)
{
  g_autoptr (DhkChart) chart = make_chart (TRUE, FALSE);
  g_autoptr (DhkGeometry) geometry = dhk_geometry_new (chart, 500, 0, EM, measure, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < geometry->texts->len; i++)
    {
      const DhkTextBox *text = g_ptr_array_index (geometry->texts, i);

      /* 3 and 10 were both answered 5 and 5. */
      if (strcmp (text->text, "3, 10") != 0)
        continue;
      found = TRUE;
      g_assert_cmpfloat (text->box.x, >, geometry->plot.x + 0.75 * geometry->plot.width);
      g_assert_cmpfloat (text->box.y, <, geometry->plot.y + 0.2 * geometry->plot.height);
    }
  g_assert_true (found);
}

/* How ----------------------------------------------------------------------------------- */

static void
test_marks_stand_out_from_every_ground (void)
{
  g_autoptr (DhkChart) chart = make_chart (FALSE, TRUE);
  const DhkLook looks[] = { DHK_LOOK_LIGHT, DHK_LOOK_DARK };

  for (guint l = 0; l < G_N_ELEMENTS (looks); l++)
    for (guint s = 0; s < 2; s++)
      {
        const DhkChartSeries *series = g_ptr_array_index (chart->series, s);
        guint fill = dhk_self_get_fill (looks[l], series, s);
        guint outline = dhk_colour_get_outline (series->colour, dhk_look_get_ground (looks[l]), 3);

        g_assert_cmpfloat (dhk_colour_get_contrast (outline, dhk_look_get_ground (looks[l])), >=,
                           3);
        /* The digit on it reads. */
        g_assert_cmpfloat (dhk_colour_get_contrast (fill, dhk_colour_get_text (fill)), >=, 4.5);
      }
  /* Print tells them apart without a colour. */
  g_assert_cmpuint (dhk_self_get_fill (DHK_LOOK_PRINT, g_ptr_array_index (chart->series, 0), 0), !=,
                    dhk_self_get_fill (DHK_LOOK_PRINT, g_ptr_array_index (chart->series, 1), 1));
}

static void
test_it_is_drawn (void)
{
  for (guint quadrant = 0; quadrant < 2; quadrant++)
    for (guint look = DHK_LOOK_LIGHT; look <= DHK_LOOK_PRINT; look++)
      {
        g_autoptr (DhkChart) chart = make_chart (quadrant, TRUE);
        double height = dhk_chart_get_natural_height (chart, 600, EM);
        cairo_surface_t *surface
            = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, (int) height);
        cairo_t *cr = cairo_create (surface);
        gsize painted = 0;

        dhk_chart_draw (chart, cr, 600, height, EM, (DhkLook) look, 1);
        cairo_surface_flush (surface);
        for (int i = 0; i < cairo_image_surface_get_stride (surface) * (int) height; i += 4)
          painted += cairo_image_surface_get_data (surface)[i + 3] != 0;
        g_assert_cmpuint (painted, >, 2000);
        g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        cairo_destroy (cr);
        cairo_surface_destroy (surface);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/self-charts/group", test_the_nearest_group_is_taken);
  g_test_add_func ("/self-charts/findings", test_findings_by_the_middle_of_the_answers);
  g_test_add_func ("/self-charts/words", test_marks_in_words);
  g_test_add_func ("/self-charts/ticks", test_codes_stand_at_their_ticks);
  g_test_add_func ("/self-charts/equal", test_equal_answers_stand_side_by_side);
  g_test_add_func ("/self-charts/overlap", test_nothing_overlaps_at_any_size);
  g_test_add_func ("/self-charts/height", test_the_height_it_wants_is_enough);
  g_test_add_func ("/self-charts/cells", test_cells_hold_their_numbers);
  g_test_add_func ("/self-charts/contrast", test_marks_stand_out_from_every_ground);
  g_test_add_func ("/self-charts/drawn", test_it_is_drawn);
  return g_test_run ();
}
