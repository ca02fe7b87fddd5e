/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A chart on the screen: the chart room's drawing, in light or dark as the
 * window is. Pointing at a mark, or walking over the marks with the arrow keys,
 * shows its exact values in the line under the chart, which a screen reader reads too.
 * Ctrl+C copies the chart as a picture; it can be dragged out into a document.
 */

#include <gtk/gtk.h>

#include "chart/dhk-chart.h"

G_BEGIN_DECLS

#define DHK_TYPE_CHART_VIEW (dhk_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (DhkChartView, dhk_chart_view, DHK, CHART_VIEW, GtkWidget)

GtkWidget *dhk_chart_view_new (void);

/* NULL: nothing to show. */
void dhk_chart_view_set_chart (DhkChartView *self, DhkChart *chart);
DhkChart *dhk_chart_view_get_chart (DhkChartView *self);

/* The chart as a picture on white, as it is pasted into a document. NULL without a chart. */
GdkTexture *dhk_chart_view_create_texture (DhkChartView *self);

G_END_DECLS
