/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-hatch.h"
#include "chart/dhk-palette.h"

/* Okabe & Ito's palette for colour-blind readers: what respondent types have. */
static const guint types[] = { 0xE69F00, 0x009E73, 0x0072B2, 0xCC79A7 };

static void
colour_is_parsed_or_replaced (void)
{
  g_assert_cmphex (dhk_colour_parse ("#E69F00", 1), ==, 0xE69F00);
  g_assert_cmphex (dhk_colour_parse ("#e69f00", 1), ==, 0xE69F00);
  g_assert_cmphex (dhk_colour_parse ("E69F00", 1), ==, 1);
  g_assert_cmphex (dhk_colour_parse ("#E69F0", 1), ==, 1);
  g_assert_cmphex (dhk_colour_parse ("#E69F0G", 1), ==, 1);
  g_assert_cmphex (dhk_colour_parse ("", 1), ==, 1);
  g_assert_cmphex (dhk_colour_parse (NULL, 1), ==, 1);
}

/* Values of the WCAG 2.1 definition. */
static void
contrast_is_that_of_wcag (void)
{
  g_assert_cmpfloat_with_epsilon (dhk_colour_get_contrast (0x000000, 0xFFFFFF), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (dhk_colour_get_contrast (0x777777, 0xFFFFFF), 4.48, 0.005);
  g_assert_cmpfloat_with_epsilon (dhk_colour_get_contrast (0xFFFFFF, 0x0000FF), 8.59, 0.005);
  g_assert_cmpfloat_with_epsilon (dhk_colour_get_contrast (0x123456, 0x123456), 1, 1e-9);
}

static void
outline_stands_out_from_every_ground (void)
{
  static const guint light[] = { 0xFFFFFF, 0xFAFAFA, 0xF2F2F2 };
  static const guint dark[] = { 0x383838, 0x303030, 0x242424, 0x1E1E1E, 0x000000 };

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint n = 1; n <= 6; n++)
      for (guint i = 0; i <= n; i++)
        {
          DhkChartSeries series = { .colour = dhk_colour_get_step (types[t], i, n) };

          for (guint g = 0; g < G_N_ELEMENTS (light); g++)
            g_assert_cmpfloat (
                dhk_colour_get_contrast (dhk_look_get_outline (DHK_LOOK_LIGHT, &series), light[g]),
                >=, 3);
          for (guint g = 0; g < G_N_ELEMENTS (dark); g++)
            g_assert_cmpfloat (
                dhk_colour_get_contrast (dhk_look_get_outline (DHK_LOOK_DARK, &series), dark[g]),
                >=, 3);
          g_assert_cmpfloat (
              dhk_colour_get_contrast (dhk_look_get_outline (DHK_LOOK_PRINT, &series), 0xFFFFFF),
              >=, 3);
        }
}

static void
outline_exists_for_any_fill (void)
{
  for (guint i = 0; i < 500; i++)
    {
      guint fill = (guint) g_test_rand_int () & 0xFFFFFF,
            ground = (guint) g_test_rand_int () & 0xFFFFFF;

      g_assert_cmpfloat (dhk_colour_get_contrast (dhk_colour_get_outline (fill, ground, 3), ground),
                         >=, 3);
    }
}

static void
text_on_a_fill_is_readable (void)
{
  for (guint i = 0; i < 500; i++)
    {
      guint fill = (guint) g_test_rand_int () & 0xFFFFFF;

      g_assert_cmpfloat (dhk_colour_get_contrast (dhk_colour_get_text (fill), fill), >=, 4.5);
    }
}

static void
steps_go_from_light_to_dark (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_assert_cmphex (dhk_colour_get_step (types[t], 0, 1), ==, types[t]);
      for (guint n = 2; n <= 6; n++)
        for (guint i = 0; i < n; i++)
          g_assert_cmpfloat (dhk_colour_get_luminance (dhk_colour_get_step (types[t], i, n)), >,
                             dhk_colour_get_luminance (dhk_colour_get_step (types[t], i + 1, n)));
    }
}

static void
simulation_leaves_greys_alone (void)
{
  for (DhkVision vision = DHK_VISION_TYPICAL; vision <= DHK_VISION_TRITANOPIA; vision++)
    for (guint grey = 0; grey <= 0xFF; grey += 0x33)
      {
        guint colour = grey << 16 | grey << 8 | grey;

        g_assert_cmpfloat (dhk_colour_get_distance (dhk_colour_simulate (colour, vision), colour),
                           <, 0.6);
      }
  /* Red and green of one lightness are alike without the green cone. */
  g_assert_cmpfloat (
      dhk_colour_get_distance (dhk_colour_simulate (0xC04040, DHK_VISION_DEUTERANOPIA),
                               dhk_colour_simulate (0x807000, DHK_VISION_DEUTERANOPIA)),
      <, dhk_colour_get_distance (0xC04040, 0x807000) / 2);
}

static void
assert_apart (guint a, guint b, double least)
{
  for (DhkVision vision = DHK_VISION_TYPICAL; vision <= DHK_VISION_TRITANOPIA; vision++)
    {
      double distance = dhk_colour_get_distance (dhk_colour_simulate (a, vision),
                                                 dhk_colour_simulate (b, vision));

      if (distance < least)
        g_error ("#%06X and #%06X are %.1f apart with vision %d", a, b, distance, vision);
    }
}

static void
types_are_told_apart_by_every_eye (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (guint j = 0; j < i; j++)
      assert_apart (types[i], types[j], 7);
}

static void
steps_are_told_apart_by_every_eye (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint n = 2; n <= 5; n++)
      for (guint i = 0; i < n; i++)
        assert_apart (dhk_colour_get_step (types[t], i, n),
                      dhk_colour_get_step (types[t], i + 1, n), 7);
}

static void
mix_lies_between (void)
{
  const guint pair[] = { 0x0072B2, 0xCC79A7 };
  const guint mix = dhk_colour_mix (pair, 2);

  g_assert_cmphex (dhk_colour_mix (pair, 1), ==, 0x0072B2);
  g_assert_cmpfloat (dhk_colour_get_distance (mix, pair[0]), <,
                     dhk_colour_get_distance (pair[0], pair[1]));
  g_assert_cmpfloat_with_epsilon (dhk_colour_get_distance (mix, pair[0]),
                                  dhk_colour_get_distance (mix, pair[1]), 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/palette/parse", colour_is_parsed_or_replaced);
  g_test_add_func ("/chart/palette/contrast", contrast_is_that_of_wcag);
  g_test_add_func ("/chart/palette/outline", outline_stands_out_from_every_ground);
  g_test_add_func ("/chart/palette/outline-of-any-fill", outline_exists_for_any_fill);
  g_test_add_func ("/chart/palette/text", text_on_a_fill_is_readable);
  g_test_add_func ("/chart/palette/steps", steps_go_from_light_to_dark);
  g_test_add_func ("/chart/palette/simulation", simulation_leaves_greys_alone);
  g_test_add_func ("/chart/palette/types-apart", types_are_told_apart_by_every_eye);
  g_test_add_func ("/chart/palette/steps-apart", steps_are_told_apart_by_every_eye);
  g_test_add_func ("/chart/palette/mix", mix_lies_between);
  return g_test_run ();
}
