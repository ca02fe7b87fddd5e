/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/dhk-pages.h"

#include <math.h>

#include "export/dhk-pages-private.h"

#define BOX_LINE 0.9

const DhkPaper dhk_paper_a4 = { 595.28, 841.89, 70.87 };

static void
clear_item (gpointer data)
{
  DhkPageItem *self = data;

  g_clear_object (&self->layout);
  g_clear_pointer (&self->chart, dhk_chart_unref);
}

static void
free_page (gpointer data)
{
  GArray *items = data;

  for (guint i = 0; i < items->len; i++)
    clear_item (&g_array_index (items, DhkPageItem, i));
  g_array_unref (items);
}

DhkPageItem *
dhk_pages_add_item (DhkPages *self, guint page, DhkPageItemKind kind)
{
  const DhkPageItem item = { .kind = kind };
  GArray *items = g_ptr_array_index (self->pages, page);

  g_array_append_val (items, item);
  return &g_array_index (items, DhkPageItem, items->len - 1);
}

DhkPages *
dhk_pages_new_bare (DhkDocument *document, const DhkPaper *paper)
{
  DhkPages *self = g_new0 (DhkPages, 1);

  g_atomic_ref_count_init (&self->refs);
  self->document = dhk_document_ref (document);
  self->paper = *paper;
  self->typesetter = dhk_typesetter_new (document->language);
  self->pages = g_ptr_array_new_with_free_func (free_page);
  self->places = g_new0 (DhkBlockPlace, document->blocks->len + 1);
  return self;
}

void
dhk_pages_add_page (DhkPages *self)
{
  g_ptr_array_add (self->pages, g_array_new (FALSE, TRUE, sizeof (DhkPageItem)));
}

DhkPages *
dhk_pages_new (DhkDocument *document, const DhkPaper *paper, gboolean in_colour)
{
  DhkPages *self;

  g_return_val_if_fail (document != NULL && paper != NULL, NULL);
  g_return_val_if_fail (isfinite (paper->width) && isfinite (paper->height), NULL);

  self = dhk_pages_new_bare (document, paper);
  self->in_colour = in_colour;
  dhk_pages_flow (self);
  return self;
}

DhkPages *
dhk_pages_ref (DhkPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_pages_unref (DhkPages *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_ptr_array_unref (self->pages);
  dhk_typesetter_free (self->typesetter);
  dhk_document_unref (self->document);
  g_free (self->places);
  g_free (self);
}

guint
dhk_pages_get_n (const DhkPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pages->len;
}

const DhkPaper *
dhk_pages_get_paper (const DhkPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->paper;
}

DhkDocument *
dhk_pages_get_document (const DhkPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->document;
}

gboolean
dhk_pages_is_in_colour (const DhkPages *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->in_colour;
}

guint
dhk_pages_find_block (const DhkPages *self, guint block)
{
  g_return_val_if_fail (self != NULL && block < self->document->blocks->len, 0);

  return self->places[block].page;
}

/* The text of the lines that stand on this page, without their line breaks. */
static void
append_text (const DhkPageItem *item, GString *text)
{
  const char *whole = pango_layout_get_text (item->layout);
  int i = 0;

  if (item->first_line == 0 && item->end_line >= pango_layout_get_line_count (item->layout))
    {
      g_string_append (text, whole);
      return;
    }
  for (GSList *l = pango_layout_get_lines_readonly (item->layout); l != NULL; l = l->next, i++)
    {
      const PangoLayoutLine *line = l->data;

      if (i >= item->first_line && i < item->end_line)
        g_string_append_len (text, whole + line->start_index, line->length);
    }
}

char *
dhk_pages_dup_text (const DhkPages *self, guint page)
{
  GString *text = g_string_new (NULL);
  const GArray *items;

  g_return_val_if_fail (self != NULL && page < self->pages->len, g_string_free (text, FALSE));

  items = g_ptr_array_index (self->pages, page);
  for (guint i = 0; i < items->len; i++)
    {
      const DhkPageItem *item = &g_array_index (items, DhkPageItem, i);

      if (item->kind == DHK_ITEM_RULE || item->kind == DHK_ITEM_BOX || item->is_footer)
        continue;
      if (text->len > 0)
        g_string_append_c (text, item->same_row ? '\t' : '\n');
      if (item->kind == DHK_ITEM_TEXT)
        append_text (item, text);
      else if (item->chart->alternative != NULL)
        g_string_append (text, item->chart->alternative);
    }
  return g_string_free (text, FALSE);
}

static void
draw_item (const DhkPages *self, const DhkPageItem *item, cairo_t *cr)
{
  double grey;

  switch (item->kind)
    {
    case DHK_ITEM_TEXT:
      grey = item->is_footer || item->is_pale ? 0.35 : 0;
      cairo_set_source_rgb (cr, grey, grey, grey);
      dhk_layout_show_lines (item->layout, cr, item->x, item->y, item->first_line, item->end_line);
      break;
    case DHK_ITEM_RULE:
      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_rectangle (cr, item->x, item->y, item->width, item->height);
      cairo_fill (cr);
      break;
    case DHK_ITEM_BOX:
      cairo_set_source_rgb (cr, 0, 0, 0);
      cairo_set_line_width (cr, BOX_LINE);
      cairo_rectangle (cr, item->x + BOX_LINE / 2, item->y + BOX_LINE / 2, item->width - BOX_LINE,
                       item->height - BOX_LINE);
      cairo_stroke (cr);
      break;
    case DHK_ITEM_CHART:
      cairo_save (cr);
      cairo_translate (cr, item->x, item->y);
      dhk_chart_draw (item->chart, cr, item->width, item->height, DHK_CHART_FONT_SIZE,
                      self->in_colour ? DHK_LOOK_LIGHT : DHK_LOOK_PRINT, -1);
      cairo_restore (cr);
      break;
    default:
      break;
    }
}

void
dhk_pages_draw (const DhkPages *self, guint page, cairo_t *cr)
{
  const GArray *items;

  g_return_if_fail (self != NULL && page < self->pages->len && cr != NULL);

  items = g_ptr_array_index (self->pages, page);
  cairo_save (cr);
  for (guint i = 0; i < items->len; i++)
    draw_item (self, &g_array_index (items, DhkPageItem, i), cr);
  cairo_restore (cr);
}
