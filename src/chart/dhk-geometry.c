/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-geometry.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "chart/dhk-layout.h"

static void
free_text (gpointer data)
{
  DhkTextBox *self = data;

  g_free (self->text);
  g_free (self);
}

double
dhk_nice_step (double range, guint most)
{
  static const double nice[] = { 1, 2, 5, 10 };
  double rough, power;

  if (!(range > 0) || !isfinite (range) || most == 0)
    return 1;

  rough = range / most;
  power = pow (10, floor (log10 (rough)));
  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    if (nice[i] * power >= rough * (1 - 1e-9))
      return nice[i] * power;
  return 10 * power;
}

gboolean
dhk_layout_locate (const DhkLayout *self, const DhkChartMark *mark, guint *slot, guint *lane)
{
  if (mark->cluster >= self->chart->clusters->len || mark->series >= self->chart->series->len
      || !isfinite (mark->value))
    return FALSE;

  *slot = self->single ? mark->series : mark->cluster;
  *lane = self->lanes != NULL
              ? self->lanes[mark - &g_array_index (self->chart->marks, DhkChartMark, 0)]
              : 0;
  return TRUE;
}

/* Bars of a slot stand side by side in the order of the series, without gaps. */
static void
set_lanes (DhkLayout *self)
{
  const GArray *marks = self->chart->marks;
  const guint n_series = self->chart->series->len;
  g_autofree guint8 *taken = g_new0 (guint8, (gsize) self->n_slots * n_series + 1);
  guint slot, lane;

  self->lanes = g_new0 (guint, marks->len + 1);
  self->slot_lanes = g_new0 (guint, self->n_slots + 1);
  self->n_lanes = 1;
  if (self->single)
    return;

  for (guint i = 0; i < marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (marks, DhkChartMark, i);

      if (dhk_layout_locate (self, mark, &slot, &lane))
        taken[(gsize) slot * n_series + mark->series] = 1;
    }
  for (guint i = 0; i < marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (marks, DhkChartMark, i);

      if (!dhk_layout_locate (self, mark, &slot, &lane))
        continue;
      for (guint s = 0; s < mark->series; s++)
        self->lanes[i] += taken[(gsize) slot * n_series + s];
      self->slot_lanes[slot] = MAX (self->slot_lanes[slot], self->lanes[i] + 1);
      self->n_lanes = MAX (self->n_lanes, self->slot_lanes[slot]);
    }
}

DhkTextStyle
dhk_layout_style (const DhkLayout *self, double scale, int align)
{
  return (DhkTextStyle){ .size = self->em * scale, .max_lines = 4, .align = align };
}

void
dhk_layout_measure (const DhkLayout *self,
                    const DhkTextStyle *style,
                    const char *text,
                    double max_width,
                    double *width,
                    double *height)
{
  self->measure (style, text, max_width, width, height, self->user_data);
}

void
dhk_layout_add_text (
    DhkLayout *self, const DhkTextStyle *style, const char *text, DhkRect box, int on_series)
{
  DhkTextBox *result = g_new0 (DhkTextBox, 1);

  result->text = g_strdup (text);
  result->style = *style;
  result->box = box;
  result->on_series = on_series;
  g_ptr_array_add (self->out->texts, result);
}

void
dhk_layout_add_line (DhkLayout *self, DhkLineKind kind, double x1, double y1, double x2, double y2)
{
  DhkLine line = { kind, x1, y1, x2, y2 };

  g_array_append_val (self->out->lines, line);
}

double
dhk_layout_put_text (
    DhkLayout *self, const DhkTextStyle *style, const char *text, double x, double y, double room)
{
  double height = dhk_layout_get_text_height (self, style, text, room);

  dhk_layout_add_text (self, style, text, (DhkRect){ x, y, room, height }, -1);
  return height;
}

double
dhk_layout_get_text_height (DhkLayout *self,
                            const DhkTextStyle *style,
                            const char *text,
                            double room)
{
  double width, height;

  dhk_layout_measure (self, style, text, room, &width, &height);
  return height;
}

/* Smallest and largest n of a series (or of one cluster of it); FALSE when it has no mark. */
static gboolean
get_n_range (const DhkLayout *self, guint series, guint *least, guint *most)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, i);
      guint slot, lane;

      if (mark->series != series || !dhk_layout_locate (self, mark, &slot, &lane))
        continue;
      *least = any ? MIN (*least, mark->n) : mark->n;
      *most = any ? MAX (*most, mark->n) : mark->n;
      any = TRUE;
    }
  return any;
}

char *
dhk_layout_dup_slot_label (const DhkLayout *self, guint slot, gboolean with_n)
{
  const DhkChartSeries *series;
  const char *label;
  guint least = 0, most = 0;

  if (!self->single)
    return g_strdup (g_ptr_array_index (self->chart->clusters, slot));

  series = g_ptr_array_index (self->chart->series, slot);
  label = series->label;
  if (*label == '\0' && self->chart->clusters->len > 0)
    label = g_ptr_array_index (self->chart->clusters, 0);
  if (!with_n || self->chart->kind != DHK_CHART_MEANS || !get_n_range (self, slot, &least, &most))
    return g_strdup (label);
  return g_strdup_printf ("%s\nn = %u", label, most);
}

char *
dhk_layout_dup_tick_label (const DhkLayout *self, double value)
{
  const double near = self->step * 1e-6;
  guint decimals = self->step < 1 ? (guint) ceil (-log10 (self->step) - 1e-9) : 0;

  if (fabs (value - self->low) < near && self->chart->low_label != NULL)
    return g_strdup (self->chart->low_label);
  if (fabs (value - self->high) < near && self->chart->high_label != NULL)
    return g_strdup (self->chart->high_label);
  return dhk_number_format_fixed (value, MIN (decimals, 6), self->chart->style);
}

double
dhk_layout_head (DhkLayout *self, gboolean place)
{
  const DhkChart *chart = self->chart;
  double y = 0.3 * self->em, width, height;
  const char *cluster = self->single && chart->clusters->len == 1 && chart->series->len > 1
                            ? g_ptr_array_index (chart->clusters, 0)
                            : "";
  const char *axis = chart->axis_title != NULL ? chart->axis_title : "";
  g_autofree char *line
      = g_strconcat (cluster, *cluster != '\0' && *axis != '\0' ? " · " : "", axis, NULL);

  if (chart->title != NULL && *chart->title != '\0')
    {
      DhkTextStyle style = dhk_layout_style (self, 1.1, -1);

      style.bold = TRUE;
      dhk_layout_measure (self, &style, chart->title, self->out->width, &width, &height);
      if (place)
        dhk_layout_add_text (self, &style, chart->title,
                             (DhkRect){ 0, y, self->out->width, height }, -1);
      y += height + 0.5 * self->em;
    }
  if (*line != '\0')
    {
      DhkTextStyle style = dhk_layout_style (self, 0.85, -1);

      style.dim = TRUE;
      dhk_layout_measure (self, &style, line, self->out->width, &width, &height);
      if (place)
        dhk_layout_add_text (self, &style, line, (DhkRect){ 0, y, self->out->width, height }, -1);
      y += height;
    }
  return y + 1.05 * self->em;
}

static char *
dup_legend_label (const DhkLayout *self, guint i)
{
  const DhkChartSeries *series = g_ptr_array_index (self->chart->series, i);
  guint least = 0, most = 0;

  if (!self->n_in_legend || !get_n_range (self, i, &least, &most))
    return g_strdup (series->label);
  return least == most ? g_strdup_printf ("%s (n = %u)", series->label, most)
                       : g_strdup_printf ("%s (n = %u–%u)", series->label, least, most);
}

static gboolean
has_errors (const DhkLayout *self)
{
  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, i);
      guint slot, lane;

      if (dhk_layout_locate (self, mark, &slot, &lane) && isfinite (mark->ci_low)
          && isfinite (mark->ci_high))
        return self->chart->error_label != NULL;
    }
  return FALSE;
}

/* A run of swatch + label entries that wraps at the chart's width. */
double
dhk_layout_legend (DhkLayout *self, double x, double y, gboolean place)
{
  const DhkTextStyle style = dhk_layout_style (self, 0.9, -1);
  const double swatch = 0.95 * self->em, gap = 0.45 * self->em, between = 1.3 * self->em;
  const double room = self->out->width - x;
  guint n_series = self->single ? 0 : self->chart->series->len;
  double at_x = 0, at_y = 0, line = 0;

  for (guint i = 0; i <= n_series; i++)
    {
      gboolean is_error = i == n_series;
      g_autofree char *label = NULL;
      double width, height;

      if (is_error && !has_errors (self))
        break;
      label = is_error ? g_strdup (self->chart->error_label) : dup_legend_label (self, i);
      dhk_layout_measure (self, &style, label, MAX (room - swatch - gap, self->em), &width,
                          &height);
      if (at_x > 0 && at_x + swatch + gap + width > room)
        {
          at_x = 0;
          at_y += line + 0.35 * self->em;
          line = 0;
        }
      line = MAX (line, MAX (height, swatch));
      if (place)
        {
          DhkSwatch item
              = { is_error ? -1 : (int) i,
                  { x + at_x, y + at_y + MAX (0, (MIN (height, 1.5 * self->em) - swatch) / 2),
                    swatch, swatch } };

          g_array_append_val (self->out->swatches, item);
          dhk_layout_add_text (
              self, &style, label,
              (DhkRect){ x + at_x + swatch + gap, y + at_y,
                         MIN (ceil (width) + 1, MAX (room - at_x - swatch - gap, 1)), height },
              -1);
        }
      at_x += swatch + gap + width + between;
    }
  return line > 0 ? at_y + line : 0;
}

static void
set_axis (DhkLayout *self)
{
  const DhkChart *chart = self->chart;
  double largest = 0;

  if (chart->kind != DHK_CHART_COUNTS)
    {
      self->low = isfinite (chart->axis_low) ? chart->axis_low : 0;
      self->high = isfinite (chart->axis_high) && chart->axis_high > self->low ? chart->axis_high
                                                                               : self->low + 1;
      self->step
          = MAX (dhk_nice_step (self->high - self->low, 10), self->high - self->low >= 2 ? 1 : 0);
      return;
    }

  for (guint i = 0; i < chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (chart->marks, DhkChartMark, i);

      if (isfinite (mark->value))
        largest = MAX (largest, mark->value);
    }
  self->low = 0;
  self->step = MAX (1, dhk_nice_step (largest, 5));
  self->high = MAX (1, ceil (largest / self->step - 1e-9)) * self->step;
}

/* One sentence instead of a chart, in the size that the space allows. */
static void
place_sentence (DhkLayout *self, const char *sentence, double height)
{
  DhkTextStyle style = dhk_layout_style (self, 1, 0);
  DhkGeometry *out = self->out;
  double width, text_height = 0;

  style.dim = TRUE;
  style.max_lines = 6;
  out->is_sentence = TRUE;
  dhk_layout_measure (self, &style, sentence, out->width, &width, &text_height);
  for (guint i = 0; i < 3 && height > 0 && text_height > height; i++)
    {
      style.size *= 0.8;
      dhk_layout_measure (self, &style, sentence, out->width, &width, &text_height);
    }
  out->height = height > 0 ? height : text_height + 2 * self->em;
  if (out->width >= 2 * style.size && text_height <= out->height)
    dhk_layout_add_text (self, &style, sentence,
                         (DhkRect){ 0, (out->height - text_height) / 2, out->width, text_height },
                         -1);
}

static gboolean
has_marks (const DhkLayout *self)
{
  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      guint slot, lane;

      if (dhk_layout_locate (self, &g_array_index (self->chart->marks, DhkChartMark, i), &slot,
                             &lane))
        return TRUE;
    }
  return FALSE;
}

/* In the way of its kind; FALSE when there is no room. */
static gboolean
place_chart (DhkLayout *self, double height)
{
  switch (self->chart->kind)
    {
    case DHK_CHART_GAPS:
      return dhk_layout_gaps (self, height);
    case DHK_CHART_QUADRANT:
      return dhk_layout_quadrant (self, height);
    case DHK_CHART_MEANS:
    case DHK_CHART_COUNTS:
      return dhk_layout_stand (self, height) || dhk_layout_lie (self, height);
    default:
      g_assert_not_reached ();
    }
}

DhkGeometry *
dhk_geometry_new (const DhkChart *chart,
                  double width,
                  double height,
                  double font_size,
                  DhkMeasureText measure,
                  gpointer user_data)
{
  DhkGeometry *self = g_new0 (DhkGeometry, 1);
  DhkLayout layout = { .chart = chart, .out = self, .measure = measure, .user_data = user_data };

  self->ticks = g_array_new (FALSE, TRUE, sizeof (DhkTick));
  self->texts = g_ptr_array_new_with_free_func (free_text);
  self->bars = g_array_new (FALSE, TRUE, sizeof (DhkBar));
  self->swatches = g_array_new (FALSE, TRUE, sizeof (DhkSwatch));
  self->lines = g_array_new (FALSE, TRUE, sizeof (DhkLine));
  g_return_val_if_fail (chart != NULL && measure != NULL, self);

  self->font_size = isfinite (font_size) ? CLAMP (font_size, 4, 200) : 11;
  self->width = isfinite (width) ? MAX (width, 0) : 0;
  height = isfinite (height) ? MAX (height, 0) : 0;
  layout.em = self->font_size;
  layout.single = chart->clusters->len <= 1;
  layout.n_slots = layout.single ? chart->series->len : chart->clusters->len;
  set_lanes (&layout);
  set_axis (&layout);

  if (!has_marks (&layout))
    place_sentence (&layout,
                    dhk_translate (chart->language, N_ ("There are no answers to draw here.")),
                    height);
  else if (!place_chart (&layout, height))
    place_sentence (
        &layout,
        dhk_translate (chart->language, N_ ("There is too little room for this chart; its table "
                                            "shows the values.")),
        height);
  g_free (layout.lanes);
  g_free (layout.slot_lanes);
  return self;
}

void
dhk_geometry_free (DhkGeometry *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->ticks);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->bars);
  g_array_unref (self->swatches);
  g_array_unref (self->lines);
  g_free (self);
}

int
dhk_geometry_pick (const DhkGeometry *self, double x, double y)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->bars->len; i++)
    {
      const DhkBar *bar = &g_array_index (self->bars, DhkBar, i);

      if (x >= bar->hit.x && x < bar->hit.x + bar->hit.width && y >= bar->hit.y
          && y < bar->hit.y + bar->hit.height)
        return (int) bar->mark;
    }
  return -1;
}

const DhkBar *
dhk_geometry_find_bar (const DhkGeometry *self, guint mark)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->bars->len; i++)
    if (g_array_index (self->bars, DhkBar, i).mark == mark)
      return &g_array_index (self->bars, DhkBar, i);
  return NULL;
}
