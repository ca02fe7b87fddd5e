/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Drawing a chart on a cairo context. One drawing for screen, paper, PDF and
 * pictures; only the look differs.
 */

#include <cairo.h>

#include "chart/dhk-chart.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_LOOK_LIGHT, /* colours on a light ground */
  DHK_LOOK_DARK,  /* colours on a dark ground */
  DHK_LOOK_PRINT, /* greys and hatching on paper */
} DhkLook;

/*
 * Draws into (0, 0) … (width, height). `font_size` in the context's units (11 on
 * screen at 96 dpi in pixels ≈ 14.7, 9 pt on paper). `focus` is the mark with the
 * focus ring, or -1. The ground is not painted.
 */
void dhk_chart_draw (const DhkChart *self,
                     cairo_t *cr,
                     double width,
                     double height,
                     double font_size,
                     DhkLook look,
                     int focus);

/* The height the chart wants at a width. */
double dhk_chart_get_natural_height (const DhkChart *self, double width, double font_size);

/* The mark at a point of the same drawing, or -1. */
int dhk_chart_pick (
    const DhkChart *self, double width, double height, double font_size, double x, double y);

G_END_DECLS
