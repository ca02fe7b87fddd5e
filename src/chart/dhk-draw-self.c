/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-draw-self.h"

#include <math.h>

#include "chart/dhk-hatch.h"
#include "chart/dhk-palette.h"

static gboolean
is_group (guint series)
{
  return series >= DHK_GAPS_GROUP_IDEAL;
}

static gboolean
is_round (guint series)
{
  return series == DHK_GAPS_IDEAL || series == DHK_GAPS_GROUP_IDEAL;
}

guint
dhk_self_get_fill (DhkLook look, const DhkChartSeries *series, guint index)
{
  if (is_group (index))
    return dhk_look_get_ground (look);
  if (look == DHK_LOOK_PRINT)
    return is_round (index) ? 0xFFFFFF : 0x000000;
  return series->colour;
}

static guint
get_outline (DhkLook look, const DhkChartSeries *series)
{
  if (look == DHK_LOOK_PRINT)
    return 0x000000;
  return dhk_colour_get_outline (series->colour, dhk_look_get_ground (look), 3);
}

void
dhk_self_draw_mark (
    const DhkChart *chart, guint series, const DhkRect *box, cairo_t *cr, DhkLook look, double unit)
{
  const DhkChartSeries *own = g_ptr_array_index (chart->series, series);
  const double x = box->x + box->width / 2, y = box->y + box->height / 2;
  const double r = MIN (box->width, box->height) / 2;

  cairo_new_path (cr);
  if (is_round (series))
    cairo_arc (cr, x, y, r * 0.86, 0, 2 * G_PI);
  else
    {
      cairo_move_to (cr, x, y - r);
      cairo_line_to (cr, x + r, y);
      cairo_line_to (cr, x, y + r);
      cairo_line_to (cr, x - r, y);
      cairo_close_path (cr);
    }
  dhk_set_source_colour (cr, dhk_self_get_fill (look, own, series), 1);
  cairo_fill_preserve (cr);
  dhk_set_source_colour (cr, get_outline (look, own), 1);
  cairo_set_line_width (cr, (is_group (series) ? 1.8 : 1.2) * unit);
  cairo_stroke (cr);
}

void
dhk_self_draw_lines (const DhkGeometry *geometry, cairo_t *cr, DhkLook look)
{
  static const struct
  {
    double width;
    double alpha;
  } looks[] = {
    [DHK_LINE_GRID] = { 0.07, 0.16 },
    [DHK_LINE_DIVIDE] = { 0.12, 0.75 },
    [DHK_LINE_LINK] = { 0.28, 0.5 },
    [DHK_LINE_LINK_GROUP] = { 0.09, 0.5 },
  };

  for (guint i = 0; i < geometry->lines->len; i++)
    {
      const DhkLine *line = &g_array_index (geometry->lines, DhkLine, i);

      dhk_set_source_colour (cr, dhk_look_get_ink (look), looks[line->kind].alpha);
      cairo_set_line_width (cr, looks[line->kind].width * geometry->font_size);
      cairo_move_to (cr, line->x1, line->y1);
      cairo_line_to (cr, line->x2, line->y2);
      cairo_stroke (cr);
    }
}
