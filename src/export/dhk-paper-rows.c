/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows that a part of a paper form is made of. */

#include "export/dhk-paper-private.h"

static void
free_row (gpointer data)
{
  DhkPaperRow *self = data;

  for (guint i = 0; i < self->items->len; i++)
    g_clear_object (&g_array_index (self->items, DhkPageItem, i).layout);
  g_array_unref (self->items);
  g_free (self);
}

DhkPaperPart *
dhk_paper_part_new (void)
{
  DhkPaperPart *self = g_new0 (DhkPaperPart, 1);

  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

void
dhk_paper_part_free (DhkPaperPart *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

double
dhk_paper_part_get_height (const DhkPaperPart *self)
{
  double height = 0;

  for (guint i = 0; i < self->rows->len; i++)
    height += ((const DhkPaperRow *) g_ptr_array_index (self->rows, i))->height;
  return height;
}

DhkPaperRow *
dhk_paper_part_add_row (DhkPaperPart *part, double height)
{
  DhkPaperRow *row = g_new0 (DhkPaperRow, 1);

  row->items = g_array_new (FALSE, TRUE, sizeof (DhkPageItem));
  row->height = height;
  g_ptr_array_add (part->rows, row);
  return row;
}

void
dhk_paper_row_add_layout (DhkPaperRow *row, PangoLayout *layout, double x, double y)
{
  const DhkPageItem item = { .kind = DHK_ITEM_TEXT,
                             .same_row = row->items->len > 0,
                             .x = x,
                             .y = y,
                             .layout = layout,
                             .end_line = G_MAXINT };

  g_array_append_val (row->items, item);
}

void
dhk_paper_row_add_rule (DhkPaperRow *row, double x, double y, double width)
{
  const DhkPageItem item
      = { .kind = DHK_ITEM_RULE, .x = x, .y = y, .width = width, .height = DHK_PAPER_HAIR };

  g_array_append_val (row->items, item);
}

void
dhk_paper_row_add_box (DhkPaperRow *row, guint question, int code, const cairo_rectangle_t *box)
{
  const DhkPageItem item = { .kind = DHK_ITEM_BOX,
                             .x = box->x,
                             .y = box->y,
                             .width = box->width,
                             .height = box->height,
                             .question = question,
                             .code = code };

  g_array_append_val (row->items, item);
}
