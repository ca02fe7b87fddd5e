/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-page-table.h"

#include <math.h>
#include <string.h>

#define MEASURE_SIZE 10.0 /* widths are measured once and scale with the size */
#define LARGEST 9.5
#define SAFETY 0.5 /* so that rounding never wraps what fits */
#define RULE 0.5

/* The widths that a column needs at MEASURE_SIZE. */
typedef struct
{
  double widths[3]; /* per Wrapping */
  double left;      /* of the decimal sign, and right of it */
  double right;
} Column;

/* What has to wrap: heads before the texts of the body. No word breaks yet. */
typedef enum
{
  WRAP_NOTHING,
  WRAP_HEADS,
  WRAP_ALL,
} Wrapping;

typedef struct
{
  DhkTypesetter *typesetter;
  const DhkTable *table;
  Column *columns;
  guint n;
  double size;
  double gap;
  double *x; /* of each column at the chosen size */
  double *width;
} Measure;

static void
free_row (gpointer data)
{
  DhkPageRow *self = data;

  g_array_unref (self->cells);
  g_array_unref (self->rules);
  g_free (self);
}

static void
clear_cell (gpointer data)
{
  g_clear_object (&((DhkPageCell *) data)->layout);
}

/* Byte index of the decimal sign: a comma or point before a digit; the end when there is none. */
static gsize
find_decimal (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((*p == ',' || *p == '.') && g_ascii_isdigit (p[1]))
      return (gsize) (p - text);
  return strlen (text);
}

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

static gboolean
is_empty (const DhkTableCell *cell)
{
  return cell->text == NULL || *cell->text == '\0';
}

static double
measure_text (const Measure *self, const DhkTableCell *cell, gssize length, gboolean narrow)
{
  const DhkType type = { .size = MEASURE_SIZE, .bold = cell->bold, .keep_equations = TRUE };
  g_autofree char *text = g_strndup (cell->text, length < 0 ? strlen (cell->text) : (gsize) length);
  PangoLayout *layout;
  double width;

  if (*text == '\0')
    return 0;
  if (narrow)
    return dhk_typesetter_measure_word (self->typesetter, &type, text);

  layout = dhk_typesetter_set (self->typesetter, &type, text, -1);
  width = dhk_layout_get_width (layout);
  g_object_unref (layout);
  return width;
}

static void
measure_single (Measure *self, const DhkTableRow *row, const DhkTableCell *cell, guint column)
{
  Column *c = &self->columns[column];
  double width = measure_text (self, cell, -1, FALSE), narrow;

  if (cell->align == DHK_ALIGN_DECIMAL && !row->is_head && has_digit (cell->text))
    {
      double left = measure_text (self, cell, (gssize) find_decimal (cell->text), FALSE);

      c->left = MAX (c->left, left);
      c->right = MAX (c->right, width - left);
      for (guint i = 0; i < G_N_ELEMENTS (c->widths); i++)
        c->widths[i] = MAX (c->widths[i], c->left + c->right);
      return;
    }
  narrow = measure_text (self, cell, -1, TRUE);
  c->widths[WRAP_NOTHING] = MAX (c->widths[WRAP_NOTHING], width);
  c->widths[WRAP_HEADS] = MAX (c->widths[WRAP_HEADS], row->is_head ? narrow : width);
  c->widths[WRAP_ALL] = MAX (c->widths[WRAP_ALL], narrow);
}

/* Spreads what a spanner needs beyond its columns over them. */
static void
measure_span (Measure *self, const DhkTableCell *cell, guint column, guint span)
{
  const double natural = measure_text (self, cell, -1, FALSE);
  const double narrow = measure_text (self, cell, -1, TRUE);

  for (Wrapping wrapping = WRAP_NOTHING; wrapping <= WRAP_ALL; wrapping++)
    {
      double have = (span - 1) * MEASURE_SIZE, more;

      for (guint i = column; i < column + span; i++)
        have += self->columns[i].widths[wrapping];
      more = MAX (0, (wrapping == WRAP_NOTHING ? natural : narrow) - have) / span;
      for (guint i = column; i < column + span; i++)
        self->columns[i].widths[wrapping] += more;
    }
}

static void
measure_columns (Measure *self)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint r = 0; r < self->table->rows->len; r++)
      {
        const DhkTableRow *row = g_ptr_array_index (self->table->rows, r);
        guint column = 0;

        for (guint i = 0; i < row->cells->len && column < self->n; i++)
          {
            const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, i);
            guint span = CLAMP (cell->columns, 1, self->n - column);

            if (is_empty (cell))
              ;
            else if (pass == 0 && span == 1)
              measure_single (self, row, cell, column);
            else if (pass == 1 && span > 1 && (span < self->n || row->is_head))
              measure_span (self, cell, column, span);
            column += span;
          }
      }
}

static double
sum_widths (const Measure *self, Wrapping wrapping, double size)
{
  double sum = (self->n - 1) * size;

  for (guint i = 0; i < self->n; i++)
    sum += self->columns[i].widths[wrapping] * size / MEASURE_SIZE;
  return sum + SAFETY * self->n;
}

/* The largest type in which the table fits, and what must wrap for it. */
static double
choose_size (const Measure *self, double width, Wrapping *wrapping)
{
  static const double smallest[] = { [WRAP_NOTHING] = 9, [WRAP_HEADS] = 7, [WRAP_ALL] = 5 };

  for (*wrapping = WRAP_NOTHING; *wrapping <= WRAP_ALL; (*wrapping)++)
    for (double size = LARGEST; size >= smallest[*wrapping]; size -= 0.5)
      if (sum_widths (self, *wrapping, size) <= width)
        return size;

  /* Words break; but a column stays wider than a letter, however many there are. */
  *wrapping = WRAP_ALL;
  return MIN (smallest[WRAP_ALL], width / self->n / 2.2);
}

/* What is left over goes to what had to wrap, or is air between columns, but
 * not so much that the eye loses the row. */
static void
set_columns (Measure *self, double width, Wrapping wrapping, double *total)
{
  const Wrapping wider = wrapping == WRAP_NOTHING ? WRAP_NOTHING : wrapping - 1;
  const double scale = self->size / MEASURE_SIZE, need = sum_widths (self, wrapping, self->size);
  const double wish = sum_widths (self, wider, self->size);
  double spread = 0, share = 0, squeeze = 1, x = 0;

  self->gap = self->size;
  if (need > width)
    {
      self->gap = MIN (self->gap, 0.3 * width / self->n);
      squeeze = (width - self->gap * (self->n - 1)) / (need - (self->n - 1) * self->size);
    }
  else if (wish > need)
    share = MIN (1, (width - need) / (wish - need));
  else
    spread = MIN ((width - need) / self->n, 2.2 * self->size);

  for (guint i = 0; i < self->n; i++)
    {
      const double *widths = self->columns[i].widths;

      self->x[i] = x;
      self->width[i]
          = ((widths[wrapping] + share * (widths[wider] - widths[wrapping])) * scale + SAFETY)
                * squeeze
            + spread;
      x += self->width[i] + self->gap;
    }
  *total = MIN (x - self->gap, width);
  if (width - *total < 0.15 * width)
    {
      double more = (width - *total) / self->n;

      for (guint i = 0; i < self->n; i++)
        {
          self->x[i] += more * i;
          self->width[i] += more;
        }
      *total = width;
    }
}

static double
get_span_width (const Measure *self, guint column, guint span)
{
  return self->x[column + span - 1] + self->width[column + span - 1] - self->x[column];
}

static void
add_cell (Measure *self,
          DhkPageRow *out,
          const DhkTableRow *row,
          const DhkTableCell *cell,
          guint column,
          guint span,
          double most)
{
  const Column *c = &self->columns[column];
  const double scale = self->size / MEASURE_SIZE, width = get_span_width (self, column, span);
  gboolean decimal = cell->align == DHK_ALIGN_DECIMAL && !row->is_head && span == 1
                     && !is_empty (cell) && has_digit (cell->text)
                     && (c->left + c->right) * scale <= width + 0.01;
  DhkType type = { .size = self->size, .bold = cell->bold, .keep_equations = TRUE };
  DhkPageCell result = { .x = self->x[column] };

  type.align = cell->align == DHK_ALIGN_START ? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER;
  result.layout = dhk_typesetter_set (self->typesetter, &type, cell->text, decimal ? -1 : width);
  if (decimal)
    {
      PangoRectangle at;

      pango_layout_index_to_pos (result.layout, (int) find_decimal (cell->text), &at);
      result.x += (width - (c->left + c->right) * scale) / 2 + c->left * scale
                  - (double) at.x / PANGO_SCALE;
    }
  else if (dhk_layout_get_height (result.layout) > most)
    {
      pango_layout_set_ellipsize (result.layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (result.layout, (int) (most * PANGO_SCALE));
    }
  out->height = MAX (out->height, dhk_layout_get_height (result.layout));
  g_array_append_val (out->cells, result);
}

/* Heads stand at the bottom of their row, body cells at the top. */
static void
finish_row (Measure *self, DhkPageRow *out, gboolean is_head)
{
  const double pad = (is_head ? 0.25 : 0.2) * self->size;

  for (guint i = 0; i < out->cells->len; i++)
    {
      DhkPageCell *cell = &g_array_index (out->cells, DhkPageCell, i);

      cell->y = pad + (is_head ? out->height - dhk_layout_get_height (cell->layout) : 0);
    }
  if (out->cells->len == 0)
    out->height = self->size;
  out->height += 2 * pad;
  for (guint i = 0; i < out->rules->len; i++)
    {
      DhkPageRule *rule = &g_array_index (out->rules, DhkPageRule, i);

      rule->y = rule->y > 0 ? out->height : 0;
    }
}

static DhkPageRow *
new_row (Measure *self, guint r, double most, double total)
{
  const DhkTableRow *row = g_ptr_array_index (self->table->rows, r);
  DhkPageRow *out = g_new0 (DhkPageRow, 1);
  guint column = 0;

  out->cells = g_array_new (FALSE, TRUE, sizeof (DhkPageCell));
  out->rules = g_array_new (FALSE, TRUE, sizeof (DhkPageRule));
  g_array_set_clear_func (out->cells, clear_cell);
  out->keeps_with_next = !row->is_head && self->n > 1 && row->cells->len == 1;
  if (row->rule_above && r > 0)
    {
      const DhkPageRule rule = { 0, 0, total, RULE };

      g_array_append_val (out->rules, rule);
    }
  for (guint i = 0; i < row->cells->len && column < self->n; i++)
    {
      const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, i);
      guint span = CLAMP (cell->columns, 1, self->n - column);

      add_cell (self, out, row, cell, column, span, most);
      if (!is_empty (cell) && row->is_head && span > 1 && r + 1 < self->table->n_head_rows)
        {
          const DhkPageRule rule
              = { self->x[column], 1, get_span_width (self, column, span), RULE };

          g_array_append_val (out->rules, rule);
        }
      column += span;
    }
  finish_row (self, out, row->is_head);
  return out;
}

DhkPageTable *
dhk_page_table_new (DhkTypesetter *typesetter, const DhkTable *table, double width, double most)
{
  DhkPageTable *self = g_new0 (DhkPageTable, 1);
  const guint n = MAX (table->n_columns, 1);
  g_autofree Column *columns = g_new0 (Column, n);
  g_autofree double *x = g_new0 (double, n), *widths = g_new0 (double, n);
  Measure measure = {
    .typesetter = typesetter, .table = table, .columns = columns, .n = n, .x = x, .width = widths
  };
  Wrapping wrapping;

  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->n_head_rows = MIN (table->n_head_rows, table->rows->len);
  measure_columns (&measure);
  self->size = measure.size = choose_size (&measure, width, &wrapping);
  set_columns (&measure, width, wrapping, &self->width);
  for (guint r = 0; r < table->rows->len; r++)
    g_ptr_array_add (self->rows, new_row (&measure, r, most, self->width));
  return self;
}

void
dhk_page_table_free (DhkPageTable *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

double
dhk_page_table_get_height (const DhkPageTable *self, guint first, guint end)
{
  double height = 0;

  for (guint i = first; i < MIN (end, self->rows->len); i++)
    height += ((DhkPageRow *) g_ptr_array_index (self->rows, i))->height;
  return height;
}
