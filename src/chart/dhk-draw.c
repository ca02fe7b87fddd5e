/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-draw.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "chart/dhk-draw-self.h"
#include "chart/dhk-geometry.h"
#include "chart/dhk-hatch.h"
#include "chart/dhk-palette.h"

#define FONT "Cantarell, DejaVu Sans"

/*
 * Texts are laid out without hinting and in absolute sizes: the same widths,
 * and so the same lines, on every device. Fonts are kept per thread by pango.
 */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
new_layout (PangoContext *context, const DhkTextStyle *style, const char *text, double max_width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  if (style->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (style->italic)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, valid, -1);
  pango_layout_set_wrap (layout, max_width > 0 ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
  pango_layout_set_alignment (layout, style->align < 0    ? PANGO_ALIGN_LEFT
                                      : style->align == 0 ? PANGO_ALIGN_CENTER
                                                          : PANGO_ALIGN_RIGHT);
  if (max_width >= 0)
    pango_layout_set_width (layout, (int) (MAX (max_width, 0) * PANGO_SCALE));
  if (max_width > 0 && style->max_lines > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -(int) style->max_lines);
    }
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

static void
measure_cb (const DhkTextStyle *style,
            const char *text,
            double max_width,
            double *width,
            double *height,
            gpointer user_data)
{
  PangoLayout *layout = new_layout (user_data, style, text, max_width);
  int w, h;

  pango_layout_get_size (layout, &w, &h);
  g_object_unref (layout);
  *width = (double) w / PANGO_SCALE;
  *height = (double) h / PANGO_SCALE;
}

static void
draw_text (
    const DhkChart *chart, const DhkTextBox *box, PangoContext *context, cairo_t *cr, DhkLook look)
{
  PangoLayout *layout = new_layout (context, &box->style, box->text, MAX (box->box.width, 1));
  guint colour = dhk_look_get_ink (look);

  if (box->on_series >= 0)
    {
      const DhkChartSeries *series = g_ptr_array_index (chart->series, (guint) box->on_series);

      if (chart->kind == DHK_CHART_GAPS)
        colour = dhk_colour_get_text (dhk_self_get_fill (look, series, (guint) box->on_series));
      else if (look == DHK_LOOK_PRINT)
        {
          /* A plate keeps the hatching out of the digits. */
          cairo_set_source_rgb (cr, 1, 1, 1);
          cairo_rectangle (cr, box->box.x - 0.1 * box->style.size, box->box.y,
                           box->box.width + 0.2 * box->style.size, box->box.height);
          cairo_fill (cr);
        }
      else
        colour = dhk_colour_get_text (dhk_look_get_fill (look, series));
    }
  dhk_set_source_colour (cr, colour, box->style.dim ? 0.78 : 1);
  cairo_move_to (cr, box->box.x, box->box.y);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

static void
draw_grid (const DhkGeometry *geometry, cairo_t *cr, DhkLook look)
{
  const DhkRect *plot = &geometry->plot;

  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < geometry->ticks->len; i++)
    {
      const DhkTick *tick = &g_array_index (geometry->ticks, DhkTick, i);

      dhk_set_source_colour (cr, dhk_look_get_ink (look), i == 0 ? 0.7 : 0.16);
      if (geometry->lying)
        {
          cairo_move_to (cr, tick->position, plot->y);
          cairo_rel_line_to (cr, 0, plot->height);
        }
      else
        {
          cairo_move_to (cr, plot->x, tick->position);
          cairo_rel_line_to (cr, plot->width, 0);
        }
      cairo_stroke (cr);
    }
}

/* One stem with a cap at each end that is not cut off. */
typedef struct
{
  gboolean lying;
  double across; /* where it stands */
  double low;
  double high;
  double cap; /* half its width */
  gboolean cap_low;
  gboolean cap_high;
} ErrorBar;

static void
trace_error_bar (cairo_t *cr, const ErrorBar *bar)
{
  const double ends[] = { bar->low, bar->high };
  const gboolean capped[] = { bar->cap_low, bar->cap_high };

  cairo_move_to (cr, bar->lying ? bar->low : bar->across, bar->lying ? bar->across : bar->low);
  cairo_line_to (cr, bar->lying ? bar->high : bar->across, bar->lying ? bar->across : bar->high);
  for (guint end = 0; end < 2; end++)
    {
      const double from = bar->across - bar->cap;
      const double to = bar->across + bar->cap;

      if (!capped[end])
        continue;
      cairo_move_to (cr, bar->lying ? ends[end] : from, bar->lying ? from : ends[end]);
      cairo_line_to (cr, bar->lying ? ends[end] : to, bar->lying ? to : ends[end]);
    }
}

/* Twice: a halo of the ground, then ink. */
static void
draw_error_bar (cairo_t *cr, const ErrorBar *bar, double unit, DhkLook look)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      dhk_set_source_colour (cr, pass == 0 ? dhk_look_get_ground (look) : dhk_look_get_ink (look),
                             pass == 0 ? 0.75 : 1);
      cairo_set_line_width (cr, (pass == 0 ? 3 : 1.1) * unit);
      trace_error_bar (cr, bar);
      cairo_stroke (cr);
    }
}

static void
draw_bar (const DhkChart *chart,
          const DhkGeometry *geometry,
          const DhkBar *bar,
          cairo_t *cr,
          DhkLook look)
{
  const DhkRect *r = &bar->bar;
  const double across = geometry->lying ? r->y + r->height / 2 : r->x + r->width / 2;
  const double thickness = geometry->lying ? r->height : r->width;
  const ErrorBar error = { .lying = geometry->lying,
                           .across = across,
                           .low = bar->error_low,
                           .high = bar->error_high,
                           .cap = CLAMP (thickness * 0.18, 1.5, 0.35 * geometry->font_size),
                           .cap_low = !bar->clipped_low,
                           .cap_high = !bar->clipped_high };

  dhk_look_paint (look, g_ptr_array_index (chart->series, bar->series), cr, r,
                  geometry->font_size / 10);
  if (isfinite (bar->error_low))
    draw_error_bar (cr, &error, geometry->font_size / 14, look);
}

static void
draw_focus (const DhkGeometry *geometry, int mark, cairo_t *cr, DhkLook look)
{
  const DhkBar *bar = mark >= 0 ? dhk_geometry_find_bar (geometry, (guint) mark) : NULL;
  const DhkRect *r;

  if (bar == NULL)
    return;

  r = &bar->bar;
  dhk_set_source_colour (cr, dhk_look_get_ground (look), 1);
  cairo_set_line_width (cr, 4.5);
  cairo_rectangle (cr, r->x - 2.5, r->y - 2.5, r->width + 5, r->height + 5);
  cairo_stroke_preserve (cr);
  dhk_set_source_colour (cr, dhk_look_get_ink (look), 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw_swatches (const DhkChart *chart, const DhkGeometry *geometry, cairo_t *cr, DhkLook look)
{
  for (guint i = 0; i < geometry->swatches->len; i++)
    {
      const DhkSwatch *swatch = &g_array_index (geometry->swatches, DhkSwatch, i);
      const DhkRect *r = &swatch->box;

      if (chart->kind == DHK_CHART_GAPS)
        dhk_self_draw_mark (chart, (guint) swatch->series, r, cr, look, geometry->font_size / 14);
      else if (swatch->series < 0)
        draw_error_bar (cr,
                        &(ErrorBar){ .across = r->x + r->width / 2,
                                     .low = r->y + r->height,
                                     .high = r->y,
                                     .cap = r->width * 0.25,
                                     .cap_low = TRUE,
                                     .cap_high = TRUE },
                        geometry->font_size / 14, look);
      else
        dhk_look_paint (look, g_ptr_array_index (chart->series, (guint) swatch->series), cr, r,
                        geometry->font_size / 12);
    }
}

void
dhk_chart_draw (const DhkChart *self,
                cairo_t *cr,
                double width,
                double height,
                double font_size,
                DhkLook look,
                int focus)
{
  PangoContext *context;
  g_autoptr (DhkGeometry) geometry = NULL;

  g_return_if_fail (self != NULL && cr != NULL);

  if (!(width > 0) || !(height > 0))
    return;

  context = new_context ();
  geometry = dhk_geometry_new (self, width, height, font_size, measure_cb, context);
  cairo_save (cr);
  if (!geometry->is_sentence)
    {
      draw_grid (geometry, cr, look);
      dhk_self_draw_lines (geometry, cr, look);
      for (guint i = 0; i < geometry->bars->len; i++)
        {
          const DhkBar *bar = &g_array_index (geometry->bars, DhkBar, i);

          if (self->kind == DHK_CHART_GAPS)
            dhk_self_draw_mark (self, bar->series, &bar->bar, cr, look, geometry->font_size / 14);
          else if (self->kind != DHK_CHART_QUADRANT)
            draw_bar (self, geometry, bar, cr, look);
        }
      draw_focus (geometry, focus, cr, look);
      draw_swatches (self, geometry, cr, look);
    }
  for (guint i = 0; i < geometry->texts->len; i++)
    draw_text (self, g_ptr_array_index (geometry->texts, i), context, cr, look);
  cairo_restore (cr);
  g_object_unref (context);
}

/* The geometry with the fonts that dhk_chart_draw() uses. */
static DhkGeometry *
new_geometry (const DhkChart *self, double width, double height, double font_size)
{
  PangoContext *context = new_context ();
  DhkGeometry *geometry = dhk_geometry_new (self, width, height, font_size, measure_cb, context);

  g_object_unref (context);
  return geometry;
}

double
dhk_chart_get_natural_height (const DhkChart *self, double width, double font_size)
{
  g_autoptr (DhkGeometry) geometry = NULL;

  g_return_val_if_fail (self != NULL, 0);

  geometry = new_geometry (self, width, 0, font_size);
  return ceil (geometry->height);
}

int
dhk_chart_pick (
    const DhkChart *self, double width, double height, double font_size, double x, double y)
{
  g_autoptr (DhkGeometry) geometry = NULL;

  g_return_val_if_fail (self != NULL, -1);

  geometry = new_geometry (self, width, height, font_size);
  return dhk_geometry_pick (geometry, x, y);
}
