/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the square of one person's answers has its parts: a cell for each pair of codes. */

#include <math.h>

#include "chart/dhk-layout.h"

/* In sizes of the font. */
#define MAX_CODES 11

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
          self->height = MAX (self->height, dhk_layout_get_text_height (layout, &self->number, text,
                                                                        self->cell - 0.4 * em)
                                                + 0.7 * em);
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
  double a = dhk_layout_put_text (self->layout, &self->corner, layout->chart->corners[left],
                                  self->x, y, low - gap);
  double b = dhk_layout_put_text (self->layout, &self->corner, layout->chart->corners[right],
                                  self->x + low + gap, y, high - gap);

  return MAX (a, b) + gap;
}

static double
get_corners_height (Square *self, DhkFindingKind left, DhkFindingKind right)
{
  const DhkLayout *layout = self->layout;
  const double gap = 0.4 * layout->em, low = self->cell * self->n_low;

  return MAX (dhk_layout_get_text_height (self->layout, &self->corner, layout->chart->corners[left],
                                          low - gap),
              dhk_layout_get_text_height (self->layout, &self->corner,
                                          layout->chart->corners[right],
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

      dhk_layout_add_line (layout, column, self->x + i * self->cell, top, self->x + i * self->cell,
                           top + high);
      dhk_layout_add_line (layout, row, self->x, top + i * self->height, self->x + side,
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
        height = dhk_layout_get_text_height (layout, &self->number, text, self->cell - 0.4 * em);
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

  return MAX (
      dhk_layout_get_text_height (self->layout, &self->end, chart->across_low_label, room),
      dhk_layout_get_text_height (self->layout, &self->end, chart->across_high_label, room));
}

static double
place_column_code (
    Square *self, const char *text, guint column, gboolean is_low, gboolean is_high, double y)
{
  const double more = get_column_room (self, is_low || is_high) - self->cell;
  const double x = self->x + column * self->cell;
  DhkTextStyle style = self->end;

  style.align = is_high ? 1 : 0;
  return dhk_layout_put_text (self->layout, &style, text, is_low ? x - more / 2 : x - more, y,
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
      double height = dhk_layout_get_text_height (layout, &left, row, self->x - 0.5 * em);

      dhk_layout_put_text (layout, &left, row, 0, middle - height / 2, self->x - 0.5 * em);
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
      + dhk_layout_get_text_height (self, &name, across->label, square.cell * square.n) + 0.4 * em
      + get_corners_height (&square, DHK_FINDING_NEITHER, DHK_FINDING_IDEAL);
  if (height > 0 && y > height + 1)
    return FALSE;

  self->out->lying = TRUE;
  y = dhk_layout_head (self, TRUE) - 0.6 * em;
  corners = place_corners (&square, DHK_FINDING_ACTUAL, DHK_FINDING_BOTH, y);
  top = y + corners;
  dhk_layout_put_text (
      self, &name, up->label, 0,
      top - dhk_layout_get_text_height (self, &name, up->label, square.x - 0.5 * em) - 0.1 * em,
      square.x - 0.5 * em);
  y = top;
  self->out->plot = (DhkRect){ square.x, top, square.cell * square.n, square.height * square.n };
  place_cells (&square, top);
  y += self->out->plot.height + 0.2 * em;
  y += place_codes (&square, top, y);
  y += dhk_layout_put_text (self, &name, across->label, square.x, y, self->out->plot.width)
       + 0.4 * em;
  y += place_corners (&square, DHK_FINDING_NEITHER, DHK_FINDING_IDEAL, y);
  self->out->height = MAX (height, y);
  return TRUE;
}
