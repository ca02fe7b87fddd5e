/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the chart of gaps has its parts: a row for each pair of one person's answers. */

#include <math.h>

#include "chart/dhk-layout.h"

/* In sizes of the font. */
#define MARK 1.9       /* an own answer, with its digit */
#define MARK_GROUP 0.9 /* a group's mean */
#define SHIFT_GROUP 0.2
#define LANE_GROUP (MARK_GROUP + 2 * SHIFT_GROUP)
#define ROW_GAP 0.55
#define MIN_PLOT 11.0
#define MIN_LABELS 7.0

typedef struct
{
  DhkLayout *layout;
  DhkTextStyle label;
  double labels;  /* width of the labels' column */
  double inner_x; /* where the lowest code stands */
  double inner;   /* from the lowest code to the highest */
  double lanes;   /* height of what is drawn in a row */
} Gaps;

static double
get_x (const Gaps *self, double value)
{
  const DhkLayout *layout = self->layout;

  return self->inner_x
         + (CLAMP (value, layout->low, layout->high) - layout->low) / (layout->high - layout->low)
               * self->inner;
}

static gboolean
set_columns (Gaps *self)
{
  DhkLayout *layout = self->layout;
  const double em = layout->em, width = layout->out->width;
  double plot, widest = 0;

  for (guint i = 0; i < layout->chart->clusters->len; i++)
    {
      double w, h;

      dhk_layout_measure (layout, &self->label, g_ptr_array_index (layout->chart->clusters, i), -1,
                          &w, &h);
      widest = MAX (widest, w + 1);
    }
  self->labels = MIN (widest, MAX (0.46 * width, MIN_LABELS * em));
  plot = width - self->labels - 0.8 * em;
  layout->out->plot.x = self->labels + 0.8 * em;
  layout->out->plot.width = plot;
  /* Equal answers at an end stand beside it. */
  self->inner_x = layout->out->plot.x + MARK * em;
  self->inner = plot - 2 * MARK * em;
  return plot >= MIN_PLOT * em;
}

static const DhkChartMark *
find_mark (const DhkLayout *self, guint cluster, guint series, guint *place)
{
  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, i);

      if (mark->cluster == cluster && mark->series == series)
        {
          *place = i;
          return mark;
        }
    }
  return NULL;
}

static void
add_mark (Gaps *self, guint place, guint series, double x, double y, double size)
{
  const DhkRect box = { x - size / 2, y - size / 2, size, size };
  DhkBar bar = {
    .mark = place, .series = series, .bar = box, .hit = box, .error_low = NAN, .error_high = NAN
  };

  g_array_append_val (self->layout->out->bars, bar);
}

/* An own answer carries its digit. */
static void
add_digit (Gaps *self, const DhkChartMark *mark, double x, double y)
{
  DhkLayout *layout = self->layout;
  DhkTextStyle style = dhk_layout_style (layout, 0.85, 0);
  g_autofree char *text = dhk_number_format_fixed (mark->value, 0, layout->chart->style);
  double width, height;

  style.bold = TRUE;
  dhk_layout_measure (layout, &style, text, -1, &width, &height);
  dhk_layout_add_text (layout, &style, text,
                       (DhkRect){ x - layout->em, y - height / 2, 2 * layout->em, height },
                       (int) mark->series);
}

/* Two answers or two means of a row, joined; equal answers stand side by side. */
static void
add_pair (Gaps *self, guint cluster, guint first, double y, double size, DhkLineKind link)
{
  const gboolean own = first == DHK_GAPS_IDEAL;
  guint places[2] = { 0, 0 };
  const DhkChartMark *marks[2] = { find_mark (self->layout, cluster, first, &places[0]),
                                   find_mark (self->layout, cluster, first + 1, &places[1]) };
  /* Means that nearly meet are told apart by their height. */
  const double shift = own ? 0 : SHIFT_GROUP * self->layout->em;
  double x[2];

  for (guint i = 0; i < 2; i++)
    if (marks[i] != NULL)
      x[i] = get_x (self, marks[i]->value);
  if (marks[0] != NULL && marks[1] != NULL)
    {
      if (own && fabs (x[0] - x[1]) < 0.5)
        {
          x[0] -= 0.47 * size;
          x[1] += 0.47 * size;
        }
      dhk_layout_add_line (self->layout, link, x[0], y - shift, x[1], y + shift);
    }
  for (guint i = 0; i < 2; i++)
    if (marks[i] != NULL)
      {
        add_mark (self, places[i], first + i, x[i], y + (i == 0 ? -shift : shift), size);
        if (own)
          add_digit (self, marks[i], x[i], y);
      }
}

static double
get_row_height (Gaps *self, guint cluster)
{
  const char *label = g_ptr_array_index (self->layout->chart->clusters, cluster);

  return MAX (dhk_layout_get_text_height (self->layout, &self->label, label, self->labels),
              self->lanes)
         + ROW_GAP * self->layout->em;
}

static double
place_rows (Gaps *self, double y)
{
  DhkLayout *layout = self->layout;
  const double em = layout->em;
  const gboolean has_group = layout->chart->series->len > DHK_GAPS_GROUP_IDEAL;

  for (guint i = 0; i < layout->chart->clusters->len; i++)
    {
      const char *label = g_ptr_array_index (layout->chart->clusters, i);
      const double row = get_row_height (self, i);
      const double text = dhk_layout_get_text_height (layout, &self->label, label, self->labels);
      const double top = y + (row - self->lanes) / 2;

      dhk_layout_put_text (layout, &self->label, label, 0, y + (row - text) / 2, self->labels);
      dhk_layout_add_line (layout, DHK_LINE_GRID, 0, y + row, layout->out->width, y + row);
      add_pair (self, i, DHK_GAPS_IDEAL, top + MARK * em / 2, MARK * em, DHK_LINE_LINK);
      if (has_group)
        add_pair (self, i, DHK_GAPS_GROUP_IDEAL, top + (MARK + 0.1 + LANE_GROUP / 2) * em,
                  MARK_GROUP * em, DHK_LINE_LINK_GROUP);
      y += row;
    }
  return y;
}

/* Room for one word of what an end of the axis means. */
static double
get_end_room (const Gaps *self)
{
  return self->layout->out->plot.width / 2 - 0.4 * self->layout->em;
}

static double
get_axis_height (Gaps *self)
{
  DhkLayout *layout = self->layout;
  const DhkTextStyle digit = dhk_layout_style (layout, 0.9, 0);
  const DhkTextStyle end = dhk_layout_style (layout, 0.85, -1);
  const double room = get_end_room (self);

  return dhk_layout_get_text_height (layout, &digit, "0", 2 * MARK * layout->em) + 0.35 * layout->em
         + MAX (dhk_layout_get_text_height (layout, &end, layout->chart->low_label, room),
                dhk_layout_get_text_height (layout, &end, layout->chart->high_label, room));
}

/* The digits of the codes under the rows, and what the ends mean under those. */
static double
place_axis (Gaps *self, double top, double y)
{
  DhkLayout *layout = self->layout;
  const double em = layout->em,
               side = MIN (self->inner / (layout->high - layout->low) / 2, MARK * em);
  DhkTextStyle digit = dhk_layout_style (layout, 0.9, 0);
  DhkTextStyle low = dhk_layout_style (layout, 0.85, -1), high = dhk_layout_style (layout, 0.85, 1);
  const double half = get_end_room (self);
  double line = 0, a, b;

  for (double code = layout->low; code <= layout->high + 1e-9; code += layout->step)
    {
      DhkTick tick = { get_x (self, code), code };
      g_autofree char *text = dhk_number_format_fixed (code, 0, layout->chart->style);

      g_array_append_val (layout->out->ticks, tick);
      line = dhk_layout_put_text (layout, &digit, text, tick.position - side, y + 0.25 * em,
                                  2 * side);
    }
  layout->out->plot.y = top;
  layout->out->plot.height = y - top;
  y += line + 0.35 * em;
  low.dim = high.dim = TRUE;
  a = dhk_layout_put_text (layout, &low, layout->chart->low_label, layout->out->plot.x, y, half);
  b = dhk_layout_put_text (layout, &high, layout->chart->high_label,
                           layout->out->plot.x + layout->out->plot.width - half, y, half);
  return y + MAX (a, b);
}

gboolean
dhk_layout_gaps (DhkLayout *self, double height)
{
  const double em = self->em;
  Gaps gaps = { .layout = self, .label = dhk_layout_style (self, 1, -1) };
  double key, top, y, legend;

  gaps.label.max_lines = 6;
  gaps.lanes
      = (MARK + (self->chart->series->len > DHK_GAPS_GROUP_IDEAL ? 0.1 + LANE_GROUP : 0)) * em;
  if (!set_columns (&gaps))
    return FALSE;

  /* Nothing is added before it is known to fit. What the marks mean is said above them: on a
   * screen the end of so many rows is out of sight. */
  key = dhk_layout_head (self, FALSE);
  legend = dhk_layout_legend (self, 0, 0, FALSE);
  top = key + legend + (legend > 0 ? 0.9 * em : 0);
  y = top;
  for (guint i = 0; i < self->chart->clusters->len; i++)
    y += get_row_height (&gaps, i);
  y += get_axis_height (&gaps) + 0.3 * em;
  if (height > 0 && y > height + 1)
    return FALSE;

  self->out->lying = TRUE;
  dhk_layout_head (self, TRUE);
  y = place_rows (&gaps, top);
  y = place_axis (&gaps, top, y) + 0.3 * em;
  dhk_layout_legend (self, 0, key, TRUE);
  self->out->height = MAX (height, y);
  return TRUE;
}
