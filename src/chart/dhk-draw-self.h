/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the chart room: what only the charts of one person's answers draw. A mark is
 * told by its shape (round: how things should be, a diamond: how they are; small and open:
 * a group's) before it is by its colour.
 */

#include <cairo.h>

#include "chart/dhk-draw.h"
#include "chart/dhk-geometry.h"

G_BEGIN_DECLS

/* The fill of a series of GAPS; print has white and black. */
guint dhk_self_get_fill (DhkLook look, const DhkChartSeries *series, guint index);

void dhk_self_draw_mark (const DhkChart *chart,
                         guint series,
                         const DhkRect *box,
                         cairo_t *cr,
                         DhkLook look,
                         double unit);
void dhk_self_draw_lines (const DhkGeometry *geometry, cairo_t *cr, DhkLook look);

G_END_DECLS
