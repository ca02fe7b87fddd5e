/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart-fixture.h"

#include <math.h>
#include <string.h>

#include "chart/dhk-draw.h"
#include "chart/dhk-hatch.h"
#include "chart/dhk-palette.h"

#define FONT 14.0

static cairo_surface_t *
draw (const DhkChart *chart, int width, int height, DhkLook look, int focus)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  dhk_chart_draw (chart, cr, width, height, FONT, look, focus);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels differ. */
static guint
compare (cairo_surface_t *a, cairo_surface_t *b)
{
  guint n = (guint) (cairo_image_surface_get_stride (a) * cairo_image_surface_get_height (a)) / 4;
  const guint32 *x = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (a);
  const guint32 *y = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (b);
  guint different = 0;

  for (guint i = 0; i < n; i++)
    different += x[i] != y[i];
  return different;
}

static void
drawn_twice_is_the_same_picture (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (3, 3);
  cairo_surface_t *a = draw (chart, 600, 300, DHK_LOOK_LIGHT, -1);
  cairo_surface_t *b = draw (chart, 600, 300, DHK_LOOK_LIGHT, -1);
  cairo_surface_t *dark = draw (chart, 600, 300, DHK_LOOK_DARK, -1);
  cairo_surface_t *print = draw (chart, 600, 300, DHK_LOOK_PRINT, -1);
  cairo_surface_t *focus = draw (chart, 600, 300, DHK_LOOK_LIGHT, 2);

  g_assert_cmpuint (compare (a, b), ==, 0);
  g_assert_cmpuint (compare (a, dark), >, 1000);
  g_assert_cmpuint (compare (a, print), >, 1000);
  g_assert_cmpuint (compare (a, focus), >, 100);
  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  cairo_surface_destroy (dark);
  cairo_surface_destroy (print);
  cairo_surface_destroy (focus);
}

static void
print_look_has_no_colour (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (2, 4);
  cairo_surface_t *surface = draw (chart, 500, 300, DHK_LOOK_PRINT, -1);
  const guint8 *data = cairo_image_surface_get_data (surface);

  for (int i = 0; i < cairo_image_surface_get_stride (surface) * 300; i += 4)
    g_assert_true (data[i] == data[i + 1] && data[i] == data[i + 2]);
  cairo_surface_destroy (surface);
}

/* Two hatchings are alike when few pixels of a swatch differ by much. */
static void
at_least_six_hatchings_are_told_apart (void)
{
  cairo_surface_t *swatches[DHK_N_PATTERNS];

  G_STATIC_ASSERT (DHK_N_PATTERNS >= 6);
  for (guint i = 0; i < DHK_N_PATTERNS; i++)
    {
      const DhkChartSeries series = { .pattern = i };
      cairo_t *cr;

      swatches[i] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 24, 24);
      cr = cairo_create (swatches[i]);
      dhk_look_paint (DHK_LOOK_PRINT, &series, cr, &(DhkRect){ 0, 0, 24, 24 }, 1.2);
      cairo_destroy (cr);
      cairo_surface_flush (swatches[i]);
    }
  for (guint i = 0; i < DHK_N_PATTERNS; i++)
    for (guint j = 0; j < i; j++)
      {
        const guint8 *a = cairo_image_surface_get_data (swatches[i]);
        const guint8 *b = cairo_image_surface_get_data (swatches[j]);
        guint apart = 0;

        for (guint k = 0; k < 24 * 24; k++)
          apart += ABS (a[4 * k] - b[4 * k]) > 40;
        g_test_message ("patterns %u and %u: %u of 576 pixels", i, j, apart);
        g_assert_cmpuint (apart, >, 24 * 24 / 6);
      }
  for (guint i = 0; i < DHK_N_PATTERNS; i++)
    cairo_surface_destroy (swatches[i]);
}

static void
ink_stays_inside_at_any_size (void)
{
  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (DhkChart) chart = chart_fixture_new_random ();
      double width = g_test_rand_double_range (30, 900),
             height = g_test_rand_double_range (20, 700);
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);
      double x, y, w, h;

      dhk_chart_draw (chart, cr, width, height, FONT, (DhkLook) g_test_rand_int_range (0, 3), -1);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_recording_surface_ink_extents (surface, &x, &y, &w, &h);
      if (w > 0 && (x < -4 || y < -4 || x + w > width + 4 || y + h > height + 4))
        g_error ("ink at %.1f, %.1f (%.1f × %.1f) leaves %.1f × %.1f", x, y, w, h, width, height);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
ground_is_not_painted (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (3, 3);
  cairo_surface_t *surface = draw (chart, 600, 300, DHK_LOOK_LIGHT, -1);

  g_assert_cmphex (*(const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface), ==,
                   0);
  cairo_surface_destroy (surface);
}

static void
natural_height_fits_the_chart_and_its_marks_are_found (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (3, 3);
  double height = dhk_chart_get_natural_height (chart, 600, FONT);
  gboolean found[9] = { FALSE };

  g_assert_cmpfloat (height, >, 150);
  for (int x = 0; x < 600; x += 2)
    {
      int mark = dhk_chart_pick (chart, 600, height, FONT, x, height * 0.6);

      if (mark >= 0)
        found[mark] = TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_assert_true (found[i]);
  g_assert_cmpint (dhk_chart_pick (chart, 600, height, FONT, -10, -10), ==, -1);
}

static void
odd_text_is_harmless (void)
{
  g_autoptr (DhkChart) chart = chart_fixture_new (1, 0);

  dhk_chart_add_series (chart, "\xff\xfe<b>&", 0);
  dhk_chart_add_series (chart, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", 0);
  dhk_chart_add_series (chart, NULL, 0);
  for (guint i = 0; i < 3; i++)
    chart_fixture_add (chart, 0, i, 3, 0.5, 4);
  cairo_surface_destroy (draw (chart, 400, 300, DHK_LOOK_DARK, 77));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/chart/draw/" name, func)
  ADD ("same-twice", drawn_twice_is_the_same_picture);
  ADD ("print", print_look_has_no_colour);
  ADD ("hatching", at_least_six_hatchings_are_told_apart);
  ADD ("ink", ink_stays_inside_at_any_size);
  ADD ("ground", ground_is_not_painted);
  ADD ("pick", natural_height_fits_the_chart_and_its_marks_are_found);
  ADD ("odd-text", odd_text_is_harmless);
  return g_test_run ();
}
