/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-hatch.h"

#include <math.h>

#include "chart/dhk-palette.h"

/* Lines, dots or nothing over a grey. Neighbours differ in both, so that a
 * copy of a copy still tells them apart. */
typedef struct
{
  guint grey;
  guint ink;
  double slope;   /* of the lines: dx per dy; NaN: level lines */
  double spacing; /* in units; 0: no lines */
  gboolean crossed;
  gboolean dotted;
} Hatch;

static const Hatch hatches[DHK_N_PATTERNS] = {
  { 0x6E6E6E, 0, 0, 0, FALSE, FALSE },
  { 0xFFFFFF, 0x303030, -1, 5, FALSE, FALSE },
  { 0xD2D2D2, 0, 0, 0, FALSE, FALSE },
  { 0xFFFFFF, 0x404040, 1, 5, TRUE, FALSE },
  { 0xFFFFFF, 0x303030, NAN, 4.5, FALSE, FALSE },
  { 0xFFFFFF, 0x202020, 0, 4.5, FALSE, TRUE },
  { 0x9C9C9C, 0xFFFFFF, 1, 5, FALSE, FALSE },
  { 0xFFFFFF, 0x606060, 0, 3.5, FALSE, FALSE },
};

static const Hatch *
get_hatch (const DhkChartSeries *series)
{
  return &hatches[series->pattern % DHK_N_PATTERNS];
}

void
dhk_set_source_colour (cairo_t *cr, guint colour, double alpha)
{
  cairo_set_source_rgba (cr, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
                         (colour & 0xFF) / 255.0, alpha);
}

guint
dhk_look_get_ground (DhkLook look)
{
  return look == DHK_LOOK_DARK ? 0x383838 : look == DHK_LOOK_LIGHT ? 0xF2F2F2 : 0xFFFFFF;
}

guint
dhk_look_get_ink (DhkLook look)
{
  return look == DHK_LOOK_DARK ? 0xF4F4F4 : look == DHK_LOOK_LIGHT ? 0x1E1E1E : 0x000000;
}

guint
dhk_look_get_fill (DhkLook look, const DhkChartSeries *series)
{
  return look == DHK_LOOK_PRINT ? get_hatch (series)->grey : series->colour;
}

guint
dhk_look_get_outline (DhkLook look, const DhkChartSeries *series)
{
  return look == DHK_LOOK_PRINT
             ? 0x303030
             : dhk_colour_get_outline (series->colour, dhk_look_get_ground (look), 3.1);
}

static void
draw_lines (cairo_t *cr, double slope, double spacing, const DhkRect *r)
{
  if (isnan (slope))
    for (double at = r->y + r->height - spacing / 2; at > r->y; at -= spacing)
      {
        cairo_move_to (cr, r->x, at);
        cairo_line_to (cr, r->x + r->width, at);
      }
  else
    {
      double shift = slope * r->height, step = spacing * hypot (1, slope);

      for (double at = r->x - fabs (shift) + step / 2; at < r->x + r->width + fabs (shift);
           at += step)
        {
          cairo_move_to (cr, at, r->y);
          cairo_line_to (cr, at + shift, r->y + r->height);
        }
    }
  cairo_stroke (cr);
}

static void
draw_dots (cairo_t *cr, double spacing, const DhkRect *r)
{
  gboolean odd = FALSE;

  for (double at_y = r->y + r->height - spacing / 2; at_y > r->y - spacing; at_y -= spacing * 0.75)
    {
      for (double at_x = r->x + (odd ? spacing / 2 : 0); at_x < r->x + r->width + spacing;
           at_x += spacing)
        {
          cairo_new_sub_path (cr);
          cairo_arc (cr, at_x, at_y, spacing * 0.27, 0, 2 * G_PI);
        }
      odd = !odd;
    }
  cairo_fill (cr);
}

static void
draw_hatch (const Hatch *hatch, cairo_t *cr, const DhkRect *r, double unit)
{
  const double spacing = hatch->spacing * MAX (unit, 0.3);

  if (hatch->spacing <= 0 || r->width * r->height / (spacing * spacing) > 1e5)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, r->x, r->y, r->width, r->height);
  cairo_clip (cr);
  dhk_set_source_colour (cr, hatch->ink, 1);
  cairo_set_line_width (cr, MAX (unit, 0.3));
  if (hatch->dotted)
    draw_dots (cr, spacing, r);
  else
    draw_lines (cr, hatch->slope, spacing, r);
  if (hatch->crossed)
    draw_lines (cr, -hatch->slope, spacing, r);
  cairo_restore (cr);
}

void
dhk_look_paint (
    DhkLook look, const DhkChartSeries *series, cairo_t *cr, const DhkRect *rect, double unit)
{
  const double line = MIN (1, MAX (rect->width, 1));

  dhk_set_source_colour (cr, dhk_look_get_fill (look, series), 1);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (cr);
  if (look == DHK_LOOK_PRINT)
    draw_hatch (get_hatch (series), cr, rect, unit);

  dhk_set_source_colour (cr, dhk_look_get_outline (look, series), 1);
  cairo_set_line_width (cr, look == DHK_LOOK_PRINT ? 0.75 * line : line);
  cairo_rectangle (cr, rect->x + line / 2, rect->y + line / 2, MAX (rect->width - line, 0),
                   MAX (rect->height - line, 0));
  cairo_stroke (cr);
}
