/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chart/dhk-layout.h"

#include <math.h>

#define LABEL_SCALE 0.92
#define SMALL_LABEL_SCALE 0.8

/* How a direction of bars spaces its slots and lanes. */
typedef struct
{
  double slot;  /* one cluster with the space around it */
  double lane;  /* from one bar to the next */
  double bar;   /* thickness of a bar */
  double gap;   /* from the axis to the labels */
  double n_row; /* thickness of the row of n; 0: none */
  double label; /* room of the labels, across the axis */
  guint lines;  /* of a label */
  double scale; /* of a label's type */
} Spacing;

static double
get_position (const DhkLayout *self, double value)
{
  const DhkRect *plot = &self->out->plot;
  double t = (CLAMP (value, self->low, self->high) - self->low) / (self->high - self->low);

  return self->out->lying ? plot->x + t * plot->width : plot->y + (1 - t) * plot->height;
}

static char *
dup_value_text (const DhkLayout *self, const DhkChartMark *mark)
{
  if (self->chart->kind != DHK_CHART_COUNTS)
    return dhk_number_format (DHK_NUMBER_MEAN, mark->value, self->chart->style);
  /* Nobody: the same dash as in the table beside it. */
  return dhk_number_format (DHK_NUMBER_COUNT, mark->n > 0 ? mark->value : NAN, self->chart->style);
}

/* The widest and highest of the texts of n, or of the values. */
static void
measure_numbers (const DhkLayout *self,
                 const DhkTextStyle *style,
                 gboolean values,
                 double *width,
                 double *height)
{
  *width = *height = 0;
  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, i);
      g_autofree char *text = NULL;
      double w, h;
      guint slot, lane;

      if (!dhk_layout_locate (self, mark, &slot, &lane))
        continue;
      text = values ? dup_value_text (self, mark) : g_strdup_printf ("%u", mark->n);
      dhk_layout_measure (self, style, text, -1, &w, &h);
      *width = MAX (*width, w);
      *height = MAX (*height, h);
    }
}

static DhkTextStyle
number_style (const DhkLayout *self)
{
  DhkTextStyle style = dhk_layout_style (self, 0.78, 0);

  style.max_lines = 1;
  return style;
}

static DhkTextStyle
label_style (const DhkLayout *self, double scale)
{
  return dhk_layout_style (self, scale, self->out->lying ? 1 : 0);
}

static DhkTextStyle
tick_style (const DhkLayout *self, int align)
{
  DhkTextStyle style = dhk_layout_style (self, 0.85, align);

  style.dim = TRUE;
  style.max_lines = 3;
  return style;
}

static gboolean
overlaps_texts (const DhkLayout *self, const DhkRect *box, double margin)
{
  for (guint i = 0; i < self->out->texts->len; i++)
    {
      const DhkRect *other = &((DhkTextBox *) g_ptr_array_index (self->out->texts, i))->box;

      if (box->x - margin < other->x + other->width && other->x - margin < box->x + box->width
          && box->y < other->y + other->height && other->y < box->y + box->height)
        return TRUE;
    }
  return FALSE;
}

/* Widest tick label, wrapped at `most`; its height. */
static void
measure_ticks (const DhkLayout *self, double most, double *width, double *height)
{
  DhkTextStyle style = tick_style (self, 1);

  *width = *height = 0;
  for (guint i = 0; self->low + i * self->step <= self->high + self->step * 1e-6 && i < 50; i++)
    {
      g_autofree char *text = dhk_layout_dup_tick_label (self, self->low + i * self->step);
      double w, h;

      dhk_layout_measure (self, &style, text, most, &w, &h);
      *width = MAX (*width, w);
      *height = MAX (*height, h);
    }
}

static void
place_tick (DhkLayout *self, double value, double most)
{
  const DhkRect *plot = &self->out->plot;
  const double near = self->step * 1e-6;
  gboolean is_low = value<self->low + near, is_high = value> self->high - near;
  double at = get_position (self, value), width, height, line;
  g_autofree char *text = dhk_layout_dup_tick_label (self, value);
  DhkTextStyle style = tick_style (self, !self->out->lying ? 1 : is_low ? -1 : is_high ? 1 : 0);
  DhkRect box;

  dhk_layout_measure (self, &style, text, most, &width, &height);
  dhk_layout_measure (self, &style, "0", -1, &line, &line);
  width = ceil (width) + 1;
  if (self->out->lying)
    /* The ends keep inside the plot, so that they never run into the labels. */
    box = (DhkRect){ is_low    ? plot->x
                     : is_high ? plot->x + plot->width - width
                               : at - width / 2,
                     plot->y + plot->height + 0.3 * self->em, width, height };
  else
    /* The first line of the upper end and the last of the lower stand at their tick. */
    box = (DhkRect){ plot->x - 0.5 * self->em - width,
                     is_low    ? at + line / 2 - height
                     : is_high ? at - line / 2
                               : at - height / 2,
                     width, height };
  if (!overlaps_texts (self, &box, self->out->lying ? 0.9 * self->em : 0))
    dhk_layout_add_text (self, &style, text, box, -1);
}

/* Grid lines at every tick; the ends are labelled first, the others where there is room. */
static void
place_ticks (DhkLayout *self, double most)
{
  guint n = (guint) floor ((self->high - self->low) / self->step + 1e-6);

  for (guint i = 0; i <= MIN (n, 50); i++)
    {
      double value = self->low + i * self->step;
      DhkTick tick = { get_position (self, value), value };

      g_array_append_val (self->out->ticks, tick);
    }
  place_tick (self, self->low, most);
  place_tick (self, self->high, most);
  for (guint i = 1; i < MIN (n, 50); i++)
    place_tick (self, self->low + i * self->step, most);
}

static void
place_bars (DhkLayout *self, const Spacing *s)
{
  DhkGeometry *out = self->out;
  const double start = out->lying ? out->plot.y : out->plot.x;
  const double base = get_position (self, self->low);

  for (guint i = 0; i < self->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, i);
      DhkBar bar = { .mark = i, .series = mark->series, .error_low = NAN, .error_high = NAN };
      double end, lane_start, bar_start;
      guint slot, lane;

      if (!dhk_layout_locate (self, mark, &slot, &lane))
        continue;
      end = get_position (self, mark->value);
      lane_start = start + slot * s->slot
                   + (s->slot - (self->single ? 1 : self->slot_lanes[slot]) * s->lane) / 2
                   + lane * s->lane;
      bar_start = lane_start + (s->lane - s->bar) / 2;
      if (out->lying)
        {
          bar.bar = (DhkRect){ base, bar_start, end - base, s->bar };
          bar.hit = (DhkRect){ 0, lane_start, out->width, s->lane };
        }
      else
        {
          bar.bar = (DhkRect){ bar_start, end, s->bar, base - end };
          bar.hit = (DhkRect){ lane_start, out->plot.y - self->em, s->lane,
                               out->plot.height + self->em + s->gap + s->n_row + s->label };
        }
      if (self->chart->error_label != NULL && isfinite (mark->ci_low) && isfinite (mark->ci_high))
        {
          bar.error_low = get_position (self, mark->ci_low);
          bar.error_high = get_position (self, mark->ci_high);
          bar.clipped_low = mark->ci_low < self->low;
          bar.clipped_high = mark->ci_high > self->high;
        }
      g_array_append_val (out->bars, bar);
    }
}

/*
 * A mean stands at the foot of its bar, where no error bar comes, so that the
 * means of a chart read like a row of a table; a count stands at the end of
 * its bar. All are left out when one is too wide.
 */
static void
place_values (DhkLayout *self, const Spacing *s)
{
  DhkGeometry *out = self->out;
  const gboolean inside = self->chart->kind == DHK_CHART_MEANS;
  const DhkTextStyle style = number_style (self);
  const double pad = 0.3 * self->em;
  double width, height;

  measure_numbers (self, &style, TRUE, &width, &height);
  if (out->lying ? height > s->bar : ceil (width) + 1 > (inside ? s->bar : s->lane))
    return;

  for (guint i = 0; i < out->bars->len; i++)
    {
      const DhkBar *bar = &g_array_index (out->bars, DhkBar, i);
      g_autofree char *text
          = dup_value_text (self, &g_array_index (self->chart->marks, DhkChartMark, bar->mark));
      const double middle
          = out->lying ? bar->bar.y + bar->bar.height / 2 : bar->bar.x + bar->bar.width / 2;
      double error = isfinite (bar->error_low) ? bar->error_low
                     : out->lying              ? bar->bar.x + bar->bar.width
                                               : bar->bar.y;
      double free = out->lying ? MIN (error, bar->bar.x + bar->bar.width) - bar->bar.x
                               : bar->bar.y + bar->bar.height - MAX (error, bar->bar.y);
      DhkRect box;

      dhk_layout_measure (self, &style, text, -1, &width, &height);
      width = ceil (width) + 1;
      if (inside && free < 2 * pad + (out->lying ? width : height))
        continue;
      if (out->lying)
        box = (DhkRect){ inside ? bar->bar.x + pad : bar->bar.x + bar->bar.width + pad,
                         middle - height / 2, width, height };
      else
        box = (DhkRect){ middle - width / 2,
                         inside ? bar->bar.y + bar->bar.height - pad - height
                                : bar->bar.y - 0.15 * self->em - height,
                         width, height };
      dhk_layout_add_text (self, &style, text, box, inside ? (int) bar->series : -1);
    }
}

/* The row (or column) of n, one under (beside) each bar, headed by an italic n. */
static void
place_n (DhkLayout *self, const Spacing *s)
{
  DhkGeometry *out = self->out;
  DhkTextStyle style = number_style (self), head = style;
  const double row = out->plot.y + out->plot.height + s->gap;
  double width, height;

  if (s->n_row <= 0)
    return;

  head.italic = TRUE;
  head.dim = TRUE;
  head.align = style.align = out->lying ? 1 : 0;
  dhk_layout_measure (self, &head, "n", -1, &width, &height);
  width = ceil (width) + 1;
  dhk_layout_add_text (self, &head, "n",
                       out->lying
                           ? (DhkRect){ out->width - width, out->plot.y - height, width, height }
                           : (DhkRect){ out->plot.x - 0.5 * self->em - width, row, width, height },
                       -1);
  for (guint i = 0; i < out->bars->len; i++)
    {
      const DhkBar *bar = &g_array_index (out->bars, DhkBar, i);
      const DhkChartMark *mark = &g_array_index (self->chart->marks, DhkChartMark, bar->mark);
      g_autofree char *text = g_strdup_printf ("%u", mark->n);

      dhk_layout_measure (self, &style, text, -1, &width, &height);
      width = ceil (width) + 1;
      dhk_layout_add_text (
          self, &style, text,
          out->lying ? (DhkRect){ out->width - width, bar->bar.y + (bar->bar.height - height) / 2,
                                  width, height }
                     : (DhkRect){ bar->bar.x + (bar->bar.width - width) / 2, row, width, height },
          -1);
    }
}

static void
place_labels (DhkLayout *self, const Spacing *s, gboolean with_n)
{
  DhkGeometry *out = self->out;
  DhkTextStyle style = label_style (self, s->scale);
  const double air = 0.2 * self->em;

  style.max_lines = s->lines;
  for (guint slot = 0; slot < self->n_slots; slot++)
    {
      g_autofree char *text = dhk_layout_dup_slot_label (self, slot, with_n);
      double room = out->lying ? s->label : s->slot - 2 * air, width, height;
      DhkRect box;

      if (*text == '\0')
        continue;
      dhk_layout_measure (self, &style, text, room, &width, &height);
      if (out->lying)
        box = (DhkRect){ 0, out->plot.y + slot * s->slot + (s->slot - height) / 2, room, height };
      else
        box = (DhkRect){ out->plot.x + slot * s->slot + air,
                         out->plot.y + out->plot.height + s->gap + s->n_row, room, height };
      dhk_layout_add_text (self, &style, text, box, -1);
    }
}

/* TRUE when every label fits under its slot without a broken word or a cut-off end. */
static gboolean
fit_standing_labels (DhkLayout *self, Spacing *s)
{
  DhkTextStyle style = label_style (self, s->scale), whole = style;

  whole.max_lines = 0;
  s->lines = style.max_lines;
  s->label = 0;
  for (guint slot = 0; slot < self->n_slots; slot++)
    {
      g_autofree char *text = dhk_layout_dup_slot_label (self, slot, TRUE);
      double room = s->slot - 0.4 * self->em, width, height, all;

      dhk_layout_measure (self, &style, text, 0, &width, &height);
      if (width > room)
        return FALSE;
      dhk_layout_measure (self, &whole, text, room, &width, &all);
      dhk_layout_measure (self, &style, text, room, &width, &height);
      if (all > height + 0.5)
        return FALSE;
      s->label = MAX (s->label, height);
    }
  return TRUE;
}

static void
place_all (DhkLayout *self, const Spacing *s, double most, double legend_x, double legend_y)
{
  dhk_layout_head (self, TRUE);
  place_bars (self, s);
  place_n (self, s);
  place_labels (self, s, !self->out->lying);
  place_ticks (self, most);
  place_values (self, s);
  dhk_layout_legend (self, legend_x, legend_y, TRUE);
}

gboolean
dhk_layout_stand (DhkLayout *self, double height)
{
  DhkGeometry *out = self->out;
  const double em = self->em;
  const gboolean counts = self->chart->kind == DHK_CHART_COUNTS;
  const double most = MIN (9.5 * em, 0.2 * out->width);
  const DhkTextStyle small = number_style (self);
  Spacing s = { .gap = self->single || counts ? 0.4 * em : 0.65 * em, .scale = LABEL_SCALE };
  double gutter, unused, n_width, n_height, head, legend, below;

  out->lying = FALSE;
  measure_ticks (self, most, &gutter, &unused);
  gutter = ceil (gutter) + 1 + 0.5 * em;
  out->plot.width = out->width - gutter - 0.3 * em;
  s.slot = out->plot.width / self->n_slots;
  s.lane = self->single
               ? MIN (0.66 * s.slot, 3.8 * em)
               : MIN ((s.slot - CLAMP (0.2 * s.slot, 0.6 * em, 3 * em)) / self->n_lanes, 3.4 * em);
  s.bar = self->single ? s.lane : 0.93 * s.lane;
  if (out->plot.width < 5 * em || s.bar < 0.75 * em)
    return FALSE;
  if (!fit_standing_labels (self, &s))
    {
      /* One long word need not lay all bars down. */
      s.scale = SMALL_LABEL_SCALE;
      if (!fit_standing_labels (self, &s))
        return FALSE;
    }

  measure_numbers (self, &small, FALSE, &n_width, &n_height);
  self->n_in_legend = !self->single && !counts && ceil (n_width) + 1 > s.lane;
  if (!self->single && !counts && !self->n_in_legend)
    s.n_row = n_height + 0.15 * em;

  head = dhk_layout_head (self, FALSE) + (counts ? 0.6 * em : 0);
  legend = dhk_layout_legend (self, gutter, 0, FALSE);
  below = s.gap + s.n_row + s.label + (legend > 0 ? legend + 0.9 * em : 0) + 0.3 * em;
  out->plot.height
      = height > 0 ? height - head - below : CLAMP (0.4 * out->width, 11 * em, 19 * em);
  if (out->plot.height < 5 * em)
    return FALSE;

  out->plot.x = gutter;
  out->plot.y = head;
  out->height = head + out->plot.height + below;
  place_all (self, &s, most, gutter, out->height - legend - 0.3 * em);
  return TRUE;
}

/* The width of the label column, and the height of its highest label. */
static void
fit_lying_labels (const DhkLayout *self, Spacing *s, double *height)
{
  DhkTextStyle style = label_style (self, s->scale);
  double most = 0.36 * self->out->width, width, h;

  style.max_lines = 3;
  s->lines = 3;
  *height = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint slot = 0; slot < self->n_slots; slot++)
      {
        g_autofree char *text = dhk_layout_dup_slot_label (self, slot, FALSE);

        dhk_layout_measure (self, &style, text, most, &width, &h);
        s->label = MIN (MAX (s->label, ceil (width) + 1), most);
        *height = MAX (*height, h);
      }
}

gboolean
dhk_layout_lie (DhkLayout *self, double height)
{
  DhkGeometry *out = self->out;
  const double em = self->em;
  const gboolean counts = self->chart->kind == DHK_CHART_COUNTS;
  DhkTextStyle small = number_style (self), label = label_style (self, LABEL_SCALE);
  Spacing s = { .gap = 0.6 * em, .scale = LABEL_SCALE };
  double labels, line, n_width, n_height, end, ticks, unused, head, legend, below, slots, space,
      legend_x;

  out->lying = TRUE;
  fit_lying_labels (self, &s, &labels);
  measure_numbers (self, &small, counts, &n_width, &n_height);
  dhk_layout_measure (self, &label, "0", -1, &unused, &line);
  end = ceil (n_width) + 1 + 0.7 * em;
  out->plot.x = s.label + s.gap;
  out->plot.width = out->width - out->plot.x - end;
  if (out->plot.width < 4 * em)
    return FALSE;

  self->n_in_legend = FALSE;
  head = dhk_layout_head (self, FALSE) + (counts ? 0 : 0.4 * em);
  legend_x = self->single ? out->plot.x : 0;
  legend = dhk_layout_legend (self, legend_x, 0, FALSE);
  measure_ticks (self, 0.42 * out->plot.width, &unused, &ticks);
  below = 0.3 * em + ticks + (legend > 0 ? legend + 0.9 * em : 0) + 0.3 * em;

  s.slot = MAX (labels + 0.45 * em, self->n_lanes * (self->single ? 1.35 : 1.25) * em + 0.7 * em);
  slots = height > 0 ? (height - head - below) / self->n_slots : s.slot;
  if (slots < line)
    return FALSE;
  s.lines = (guint) CLAMP (floor (slots / line), 1, 3);
  s.slot = slots;
  space = MIN (0.7 * em, 0.3 * slots);
  s.lane = MIN ((slots - space) / self->n_lanes, 2.2 * em);
  s.bar = self->single ? s.lane : 0.9 * s.lane;
  if (s.bar < 0.25 * em)
    return FALSE;
  s.n_row = !counts && s.lane >= n_height ? n_width : 0;

  out->plot.y = head;
  out->plot.height = slots * self->n_slots;
  out->height = head + out->plot.height + below;
  place_all (self, &s, 0.42 * out->plot.width, legend_x, out->height - legend - 0.3 * em);
  return TRUE;
}
