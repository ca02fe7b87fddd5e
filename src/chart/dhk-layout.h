/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the chart room: what the parts of the geometry share while it is made.
 * dhk-geometry.c decides and places what surrounds the plot; dhk-layout.c
 * places bars, labels and ticks, standing or lying; dhk-layout-gaps.c and
 * dhk-layout-square.c place one person's answers.
 */

#include "chart/dhk-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  const DhkChart *chart;
  DhkGeometry *out;
  DhkMeasureText measure;
  gpointer user_data;
  double em;  /* the font size */
  double low; /* of the value axis */
  double high;
  double step;
  gboolean single; /* one cluster: the series are the slots */
  guint n_slots;
  guint n_lanes;        /* most bars in a slot */
  guint *lanes;         /* per mark: its place among the bars of its slot */
  guint *slot_lanes;    /* per slot: how many bars it has */
  gboolean n_in_legend; /* no room for n at the bars */
} DhkLayout;

/* TRUE when the mark is drawn; its slot and lane then. */
gboolean
dhk_layout_locate (const DhkLayout *self, const DhkChartMark *mark, guint *slot, guint *lane);

DhkTextStyle dhk_layout_style (const DhkLayout *self, double scale, int align);
void dhk_layout_measure (const DhkLayout *self,
                         const DhkTextStyle *style,
                         const char *text,
                         double max_width,
                         double *width,
                         double *height);
void dhk_layout_add_text (
    DhkLayout *self, const DhkTextStyle *style, const char *text, DhkRect box, int on_series);

void
dhk_layout_add_line (DhkLayout *self, DhkLineKind kind, double x1, double y1, double x2, double y2);

/* A text in a box of its own height; both answer that height. */
double dhk_layout_put_text (
    DhkLayout *self, const DhkTextStyle *style, const char *text, double x, double y, double room);
double dhk_layout_get_text_height (DhkLayout *self,
                                   const DhkTextStyle *style,
                                   const char *text,
                                   double room);

/* The label of a slot, with n where it belongs to the label. Free with g_free(). */
char *dhk_layout_dup_slot_label (const DhkLayout *self, guint slot, gboolean with_n);

/* The text of a tick: its number, or the written-out end of the axis. Free with g_free(). */
char *dhk_layout_dup_tick_label (const DhkLayout *self, double value);

/* Height above the plot (title, axis title) and below it (legend); added when `place`. */
double dhk_layout_head (DhkLayout *self, gboolean place);
double dhk_layout_legend (DhkLayout *self, double x, double y, gboolean place);

/* Both return FALSE, with nothing added, when the chart does not fit that way. */
gboolean dhk_layout_stand (DhkLayout *self, double height);
gboolean dhk_layout_lie (DhkLayout *self, double height);

/* The same for one person's answers (dhk-layout-gaps.c, dhk-layout-square.c). */
gboolean dhk_layout_gaps (DhkLayout *self, double height);
gboolean dhk_layout_quadrant (DhkLayout *self, double height);

G_END_DECLS
