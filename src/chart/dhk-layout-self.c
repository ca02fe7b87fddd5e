/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the charts of one person's answers have their parts: rows of gaps, a square of cells. */

#include <glib/gi18n-lib.h>
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
#define MAX_CODES 11

static void
add_line (DhkLayout *self, DhkLineKind kind, double x1, double y1, double x2, double y2)
{
  DhkLine line = { kind, x1, y1, x2, y2 };

  g_array_append_val (self->out->lines, line);
}

/* A text in a box of its own height; its height is the answer. */
static double
add_text (
    DhkLayout *self, const DhkTextStyle *style, const char *text, double x, double y, double room)
{
  double width, height;

  dhk_layout_measure (self, style, text, room, &width, &height);
  dhk_layout_add_text (self, style, text, (DhkRect){ x, y, room, height }, -1);
  return height;
}

static double
get_height (DhkLayout *self, const DhkTextStyle *style, const char *text, double room)
{
  double width, height;

  dhk_layout_measure (self, style, text, room, &width, &height);
  return height;
}

/* Gaps --------------------------------------------------------------------------------- */

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
      add_line (self->layout, link, x[0], y - shift, x[1], y + shift);
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

  return MAX (get_height (self->layout, &self->label, label, self->labels), self->lanes)
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
      const double text = get_height (layout, &self->label, label, self->labels);
      const double top = y + (row - self->lanes) / 2;

      add_text (layout, &self->label, label, 0, y + (row - text) / 2, self->labels);
      add_line (layout, DHK_LINE_GRID, 0, y + row, layout->out->width, y + row);
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

  return get_height (layout, &digit, "0", 2 * MARK * layout->em) + 0.35 * layout->em
         + MAX (get_height (layout, &end, layout->chart->low_label, room),
                get_height (layout, &end, layout->chart->high_label, room));
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
      line = add_text (layout, &digit, text, tick.position - side, y + 0.25 * em, 2 * side);
    }
  layout->out->plot.y = top;
  layout->out->plot.height = y - top;
  y += line + 0.35 * em;
  low.dim = high.dim = TRUE;
  a = add_text (layout, &low, layout->chart->low_label, layout->out->plot.x, y, half);
  b = add_text (layout, &high, layout->chart->high_label,
                layout->out->plot.x + layout->out->plot.width - half, y, half);
  return y + MAX (a, b);
}

gboolean
dhk_layout_gaps (DhkLayout *self, double height)
{
  const double em = self->em;
  Gaps gaps = { .layout = self, .label = dhk_layout_style (self, 1, -1) };
  double top, y, legend;

  gaps.label.max_lines = 6;
  gaps.lanes
      = (MARK + (self->chart->series->len > DHK_GAPS_GROUP_IDEAL ? 0.1 + LANE_GROUP : 0)) * em;
  if (!set_columns (&gaps))
    return FALSE;

  /* Nothing is added before it is known to fit. */
  top = dhk_layout_head (self, FALSE);
  y = top;
  for (guint i = 0; i < self->chart->clusters->len; i++)
    y += get_row_height (&gaps, i);
  legend = dhk_layout_legend (self, 0, 0, FALSE);
  y += get_axis_height (&gaps) + 0.9 * em + legend + 0.3 * em;
  if (height > 0 && y > height + 1)
    return FALSE;

  self->out->lying = TRUE;
  dhk_layout_head (self, TRUE);
  y = place_rows (&gaps, top);
  y = place_axis (&gaps, top, y) + 0.9 * em;
  y += dhk_layout_legend (self, 0, y, TRUE) + 0.3 * em;
  self->out->height = MAX (height, y);
  return TRUE;
}

/* The square --------------------------------------------------------------------------- */

typedef struct
{
  DhkLayout *layout;
  DhkTextStyle number;
  DhkTextStyle corner;
  DhkTextStyle end;
  guint n;       /* codes a side */
  guint n_low;   /* of them, not above the middle */
  double x;      /* of the square */
  double cell;   /* width of a cell */
  double height; /* of a cell */
} Square;

/* The numbers of the pairs in a cell: "2, 5, 7"; NULL: none. Free with g_free(). */
static char *
dup_numbers (const Square *self, guint column, guint row)
{
  const DhkLayout *layout = self->layout;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < layout->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (layout->chart->marks, DhkChartMark, i);

      if (lround (mark->across - layout->low) == (long) column
          && lround (mark->value - layout->low) == (long) row)
        g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "", mark->cluster + 1);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static gboolean
set_square (Square *self)
{
  DhkLayout *layout = self->layout;
  const double em = layout->em, width = layout->out->width;
  const long codes = lround (layout->high - layout->low) + 1;

  if (codes < 2 || codes > MAX_CODES)
    return FALSE;
  self->n = (guint) codes;
  self->n_low = (guint) (floor ((layout->high - layout->low) / 2 + 1e-9)) + 1;
  self->x = CLAMP (0.22 * width, 4.5 * em, 8 * em);
  self->cell = MIN ((width - self->x - 0.5 * em) / (double) self->n, 8 * em);
  self->height = 2.3 * em;
  if (self->cell < 2.6 * em)
    return FALSE;
  for (guint column = 0; column < self->n; column++)
    for (guint row = 0; row < self->n; row++)
      {
        g_autofree char *text = dup_numbers (self, column, row);

        if (text != NULL)
          self->height
              = MAX (self->height,
                     get_height (layout, &self->number, text, self->cell - 0.4 * em) + 0.7 * em);
      }
  return TRUE;
}

/* What the two halves above or below the square are called. */
static double
place_corners (Square *self, DhkFindingKind left, DhkFindingKind right, double y)
{
  const DhkLayout *layout = self->layout;
  const double gap = 0.4 * layout->em, low = self->cell * self->n_low;
  const double high = self->cell * (self->n - self->n_low);
  double a
      = add_text (self->layout, &self->corner, layout->chart->corners[left], self->x, y, low - gap);
  double b = add_text (self->layout, &self->corner, layout->chart->corners[right],
                       self->x + low + gap, y, high - gap);

  return MAX (a, b) + gap;
}

static double
get_corners_height (Square *self, DhkFindingKind left, DhkFindingKind right)
{
  const DhkLayout *layout = self->layout;
  const double gap = 0.4 * layout->em, low = self->cell * self->n_low;

  return MAX (get_height (self->layout, &self->corner, layout->chart->corners[left], low - gap),
              get_height (self->layout, &self->corner, layout->chart->corners[right],
                          self->cell * (self->n - self->n_low) - gap))
         + gap;
}

static void
place_cells (Square *self, double top)
{
  DhkLayout *layout = self->layout;
  const double em = layout->em, side = self->cell * self->n, high = self->height * self->n;

  for (guint i = 0; i <= self->n; i++)
    {
      DhkLineKind column = i == self->n_low ? DHK_LINE_DIVIDE : DHK_LINE_GRID;
      DhkLineKind row = i == self->n - self->n_low ? DHK_LINE_DIVIDE : DHK_LINE_GRID;

      add_line (layout, column, self->x + i * self->cell, top, self->x + i * self->cell,
                top + high);
      add_line (layout, row, self->x, top + i * self->height, self->x + side,
                top + i * self->height);
    }
  for (guint column = 0; column < self->n; column++)
    for (guint row = 0; row < self->n; row++)
      {
        g_autofree char *text = dup_numbers (self, column, row);
        const double x = self->x + column * self->cell;
        const double y = top + (self->n - 1 - row) * self->height;
        double height;

        if (text == NULL)
          continue;
        height = get_height (layout, &self->number, text, self->cell - 0.4 * em);
        dhk_layout_add_text (layout, &self->number, text,
                             (DhkRect){ x + 0.2 * em, y + (self->height - height) / 2,
                                        self->cell - 0.4 * em, height },
                             -1);
      }
  for (guint i = 0; i < layout->chart->marks->len; i++)
    {
      const DhkChartMark *mark = &g_array_index (layout->chart->marks, DhkChartMark, i);
      const DhkRect cell
          = { self->x + (mark->across - layout->low) * self->cell,
              top + (layout->high - mark->value) * self->height, self->cell, self->height };
      DhkBar bar = { .mark = i, .bar = cell, .hit = cell, .error_low = NAN, .error_high = NAN };

      g_array_append_val (layout->out->bars, bar);
    }
}

/* Room under a column; the words of the ends may be wider than it. */
static double
get_column_room (const Square *self, gboolean is_end)
{
  return self->cell * (is_end ? 1.3 : 1);
}

static double
get_codes_height (Square *self)
{
  const DhkChart *chart = self->layout->chart;
  const double room = get_column_room (self, TRUE);

  return MAX (get_height (self->layout, &self->end, chart->across_low_label, room),
              get_height (self->layout, &self->end, chart->across_high_label, room));
}

static double
place_column_code (
    Square *self, const char *text, guint column, gboolean is_low, gboolean is_high, double y)
{
  const double more = get_column_room (self, is_low || is_high) - self->cell;
  const double x = self->x + column * self->cell;
  DhkTextStyle style = self->end;

  style.align = is_high ? 1 : 0;
  return add_text (self->layout, &style, text, is_low ? x - more / 2 : x - more, y,
                   self->cell + more);
}

/* The codes at the left and below; the ends in words. */
static double
place_codes (Square *self, double top, double y)
{
  DhkLayout *layout = self->layout;
  const DhkChart *chart = layout->chart;
  const double em = layout->em;
  DhkTextStyle left = self->end;
  double lowest = 0;

  left.align = 1;
  for (guint i = 0; i < self->n; i++)
    {
      gboolean is_low = i == 0, is_high = i + 1 == self->n;
      g_autofree char *digit = dhk_number_format_fixed (layout->low + i, 0, chart->style);
      const char *row = is_low ? chart->low_label : is_high ? chart->high_label : digit;
      const char *column = is_low    ? chart->across_low_label
                           : is_high ? chart->across_high_label
                                     : digit;
      double middle = top + ((double) (self->n - i) - 0.5) * self->height;
      double height = get_height (layout, &left, row, self->x - 0.5 * em);

      add_text (layout, &left, row, 0, middle - height / 2, self->x - 0.5 * em);
      height = place_column_code (self, column, i, is_low, is_high, y);
      lowest = MAX (lowest, height);
    }
  return lowest;
}

gboolean
dhk_layout_quadrant (DhkLayout *self, double height)
{
  const double em = self->em;
  Square square = { .layout = self,
                    .number = dhk_layout_style (self, 1, 0),
                    .corner = dhk_layout_style (self, 0.85, -1),
                    .end = dhk_layout_style (self, 0.85, 0) };
  DhkTextStyle name = dhk_layout_style (self, 0.85, 1);
  const DhkChartSeries *across, *up;
  double top, y, corners;

  g_return_val_if_fail (self->chart->series->len == 2, FALSE);
  across = g_ptr_array_index (self->chart->series, 0);
  up = g_ptr_array_index (self->chart->series, 1);

  square.number.bold = TRUE;
  square.corner.dim = name.dim = TRUE;
  square.corner.italic = TRUE;
  if (!set_square (&square))
    return FALSE;
  y = dhk_layout_head (self, FALSE) - 0.6 * em
      + get_corners_height (&square, DHK_FINDING_ACTUAL, DHK_FINDING_BOTH)
      + square.height * square.n + 0.2 * em + get_codes_height (&square)
      + get_height (self, &name, across->label, square.cell * square.n) + 0.4 * em
      + get_corners_height (&square, DHK_FINDING_NEITHER, DHK_FINDING_IDEAL);
  if (height > 0 && y > height + 1)
    return FALSE;

  self->out->lying = TRUE;
  y = dhk_layout_head (self, TRUE) - 0.6 * em;
  corners = place_corners (&square, DHK_FINDING_ACTUAL, DHK_FINDING_BOTH, y);
  top = y + corners;
  add_text (self, &name, up->label, 0,
            top - get_height (self, &name, up->label, square.x - 0.5 * em) - 0.1 * em,
            square.x - 0.5 * em);
  y = top;
  self->out->plot = (DhkRect){ square.x, top, square.cell * square.n, square.height * square.n };
  place_cells (&square, top);
  y += self->out->plot.height + 0.2 * em;
  y += place_codes (&square, top, y);
  y += add_text (self, &name, across->label, square.x, y, self->out->plot.width) + 0.4 * em;
  y += place_corners (&square, DHK_FINDING_NEITHER, DHK_FINDING_IDEAL, y);
  self->out->height = MAX (height, y);
  return TRUE;
}
