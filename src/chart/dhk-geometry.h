/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Where everything of a chart stands: pure arithmetic, without a drawing
 * context. How wide a text is comes from the caller (DhkMeasureText), so that
 * tests need no font.
 *
 * Bars stand up while their labels fit under them, unbroken; otherwise they
 * lie, labels to the left, which takes labels of any length and any number of
 * bars. A chart that fits neither way is one sentence that says so. Nothing ever
 * overlaps, and no text is turned. GAPS are rows, and a QUADRANT is a square of cells; a
 * mark of theirs is a DhkBar too.
 *
 * One cluster: the series are named under (or beside) their bars. Several: the
 * clusters are, and a legend names the series.
 */

#include "chart/dhk-chart.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DhkRect;

typedef struct
{
  double size;
  gboolean bold;
  gboolean italic;
  gboolean dim;
  guint max_lines; /* the rest is cut off with an ellipsis */
  int align;       /* -1 start, 0 centre, 1 end */
} DhkTextStyle;

/*
 * The size of a text wrapped at `max_width`; negative: on one line; 0: as
 * narrow as it gets without breaking a word.
 */
typedef void (*DhkMeasureText) (const DhkTextStyle *style,
                                const char *text,
                                double max_width,
                                double *width,
                                double *height,
                                gpointer user_data);

typedef struct
{
  char *text;
  DhkTextStyle style;
  DhkRect box;
  int on_series; /* the text stands on this series' fill; -1: on the ground */
} DhkTextBox;

typedef struct
{
  double position; /* along the value axis: y of standing bars, x of lying ones */
  double value;
} DhkTick;

typedef struct
{
  guint mark;
  guint series;
  DhkRect bar;
  DhkRect hit;      /* what a pointer may point at: the bar's whole lane */
  double error_low; /* positions along the value axis; NaN: no error bar */
  double error_high;
  gboolean clipped_low; /* the interval goes on beyond the axis */
  gboolean clipped_high;
} DhkBar;

typedef struct
{
  int series; /* -1: the error bar */
  DhkRect box;
} DhkSwatch;

typedef enum
{
  DHK_LINE_GRID,       /* light */
  DHK_LINE_DIVIDE,     /* strong: what lies on either side is told apart */
  DHK_LINE_LINK,       /* from one own answer to the other */
  DHK_LINE_LINK_GROUP, /* the same of a group, thinner */
} DhkLineKind;

typedef struct
{
  DhkLineKind kind;
  double x1;
  double y1;
  double x2;
  double y2;
} DhkLine;

typedef struct
{
  double width;
  double height;
  double font_size;
  gboolean lying;       /* bars run from left to right */
  gboolean is_sentence; /* no room, or nothing to draw: `texts` has one sentence */
  DhkRect plot;
  GArray *ticks;    /* DhkTick */
  GPtrArray *texts; /* DhkTextBox */
  GArray *bars;     /* DhkBar */
  GArray *swatches; /* DhkSwatch */
  GArray *lines;    /* DhkLine; of GAPS and QUADRANT */
} DhkGeometry;

/*
 * `height` 0: as high as the chart wants to be. Every size is accepted.
 */
DhkGeometry *dhk_geometry_new (const DhkChart *chart,
                               double width,
                               double height,
                               double font_size,
                               DhkMeasureText measure,
                               gpointer user_data);
void dhk_geometry_free (DhkGeometry *self);

/* The mark whose lane holds the point, or -1. */
int dhk_geometry_pick (const DhkGeometry *self, double x, double y);

/* The bar of a mark, or NULL. Lent. */
const DhkBar *dhk_geometry_find_bar (const DhkGeometry *self, guint mark);

/* The step of 1, 2 or 5 × 10ᵏ that cuts `range` into at most `most` parts. */
double dhk_nice_step (double range, guint most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkGeometry, dhk_geometry_free)

G_END_DECLS
