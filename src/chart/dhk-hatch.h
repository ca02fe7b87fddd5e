/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fills of bars: a colour, or for print a grey with hatching. */

#include <cairo.h>

#include "chart/dhk-draw.h"
#include "chart/dhk-geometry.h"

G_BEGIN_DECLS

/* The ground a look is made for; the darkest light one or the lightest dark one in use. */
guint dhk_look_get_ground (DhkLook look);
guint dhk_look_get_ink (DhkLook look);

/* The fill of a series as one colour (print: its grey), and its outline. */
guint dhk_look_get_fill (DhkLook look, const DhkChartSeries *series);
guint dhk_look_get_outline (DhkLook look, const DhkChartSeries *series);

/* Fills and outlines a rectangle as the series' bars are; `unit` is about a tenth of the font size. */
void dhk_look_paint (
    DhkLook look, const DhkChartSeries *series, cairo_t *cr, const DhkRect *rect, double unit);

void dhk_set_source_colour (cairo_t *cr, guint colour, double alpha);

G_END_DECLS
