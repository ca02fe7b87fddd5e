/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where every block of a document stands, on which page. */

#include <glib/gi18n-lib.h>

#include "export/dhk-pages-flow-private.h"

/* Placing ---------------------------------------------------------------- */

static gboolean
is_at_top (const DhkPageFlow *flow)
{
  return flow->y <= flow->top + 0.01;
}

static void
break_page (DhkPageFlow *flow)
{
  flow->page++;
  flow->y = flow->top;
  g_ptr_array_add (flow->pages->pages, g_array_new (FALSE, TRUE, sizeof (DhkPageItem)));
}

static gboolean
fits (const DhkPageFlow *flow, double height)
{
  return flow->y + height <= flow->bottom + 0.01;
}

static void
add_text (DhkPageFlow *flow,
          PangoLayout *layout,
          double x,
          double y,
          int first,
          int end,
          gboolean same_row)
{
  DhkPageItem *item = dhk_pages_add_item (flow->pages, flow->page, DHK_ITEM_TEXT);

  item->layout = g_object_ref (layout);
  item->x = flow->left + x;
  item->y = y;
  item->first_line = first;
  item->end_line = end;
  item->same_row = same_row;
}

static void
add_rule (DhkPageFlow *flow, double x, double y, double width, double thickness)
{
  DhkPageItem *item = dhk_pages_add_item (flow->pages, flow->page, DHK_ITEM_RULE);

  item->x = flow->left + x;
  item->y = y;
  item->width = width;
  item->height = thickness;
}

/* Places a text's lines, on as many pages as they need. */
static void
place_lines (DhkPageFlow *flow, PangoLayout *layout)
{
  const int n = pango_layout_get_line_count (layout);
  int first = 0;

  while (first < n)
    {
      int end = first + 1;

      while (end < n && fits (flow, dhk_layout_get_lines_height (layout, first, end + 1)))
        end++;
      if (!fits (flow, dhk_layout_get_lines_height (layout, first, end)) && !is_at_top (flow))
        {
          break_page (flow);
          continue;
        }
      if (end == n - 1 && end - first > 2)
        end--;
      add_text (flow, layout, 0, flow->y, first, end, FALSE);
      flow->y += dhk_layout_get_lines_height (layout, first, end);
      first = end;
      if (first < n)
        break_page (flow);
    }
}

static void
place_whole (DhkPageFlow *flow, PangoLayout *layout)
{
  if (layout == NULL)
    return;

  add_text (flow, layout, 0, flow->y, 0, G_MAXINT, FALSE);
  flow->y += dhk_page_layout_get_height (layout);
}

static void
place_caption (DhkPageFlow *flow, const DhkPagePiece *piece)
{
  /* A caption that fills a page by itself is text like any other. */
  if (dhk_page_piece_get_caption_height (piece) > 0.6 * (flow->bottom - flow->top))
    {
      if (piece->label != NULL)
        place_lines (flow, piece->label);
      if (piece->title != NULL)
        place_lines (flow, piece->title);
      return;
    }
  place_whole (flow, piece->label);
  place_whole (flow, piece->title);
  if (dhk_page_piece_get_caption_height (piece) > 0)
    flow->y += DHK_PAGE_CAPTION_GAP;
}

static void
place_row (DhkPageFlow *flow, const DhkPageTable *table, guint r)
{
  const DhkPageRow *row = g_ptr_array_index (table->rows, r);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const DhkPageCell *cell = &g_array_index (row->cells, DhkPageCell, i);

      add_text (flow, cell->layout, cell->x, flow->y + cell->y, 0, G_MAXINT, i > 0);
    }
  for (guint i = 0; i < row->rules->len; i++)
    {
      const DhkPageRule *rule = &g_array_index (row->rules, DhkPageRule, i);

      add_rule (flow, rule->x, flow->y + rule->y - rule->thickness, rule->width, rule->thickness);
    }
  flow->y += row->height;
}

static void
place_rule (DhkPageFlow *flow, const DhkPageTable *table)
{
  add_rule (flow, 0, flow->y, table->width, DHK_PAGE_RULE);
  flow->y += DHK_PAGE_RULE;
}

static void
place_head (DhkPageFlow *flow, const DhkPageTable *table)
{
  place_rule (flow, table);
  for (guint r = 0; r < table->n_head_rows; r++)
    place_row (flow, table, r);
  if (table->n_head_rows > 0)
    place_rule (flow, table);
}

static void
place_continuation (DhkPageFlow *flow, const DhkPagePiece *piece)
{
  const DhkType bold = { .size = 10, .bold = TRUE, .line_spacing = 1.15 };
  const char *label = piece->block->table->label;
  g_autofree char *text
      = g_strdup_printf ("%s%s%s", label != NULL ? label : "", label != NULL ? " " : "",
                         dhk_translate (flow->language, N_ ("(continued)")));
  PangoLayout *layout = dhk_page_flow_set_text (flow, &bold, text);

  place_whole (flow, layout);
  flow->y += DHK_PAGE_CAPTION_GAP;
  g_clear_object (&layout);
}

static void
place_table (DhkPageFlow *flow, const DhkPagePiece *piece)
{
  const DhkPageTable *table = piece->table;
  const double note
      = piece->note != NULL ? DHK_PAGE_NOTE_GAP + dhk_page_layout_get_height (piece->note) : 0;
  /* The note stays with the last row, unless it is longer than half a page. */
  const double tail
      = note < 0.5 * (flow->bottom - flow->top) ? note + DHK_PAGE_RULE : DHK_PAGE_RULE;

  if (table == NULL)
    return;

  place_caption (flow, piece);
  place_head (flow, table);
  for (guint r = table->n_head_rows; r < table->rows->len; r++)
    {
      gboolean is_last = r + 1 == table->rows->len;
      gboolean keeps = ((DhkPageRow *) g_ptr_array_index (table->rows, r))->keeps_with_next;
      double need = dhk_page_table_get_height (table, r, r + 1 + keeps) + (is_last ? tail : 0);

      if (!fits (flow, need) && r > table->n_head_rows)
        {
          break_page (flow);
          place_continuation (flow, piece);
          place_head (flow, table);
        }
      place_row (flow, table, r);
    }
  place_rule (flow, table);
  if (piece->note != NULL)
    {
      flow->y += DHK_PAGE_NOTE_GAP;
      place_lines (flow, piece->note);
    }
}

static void
place_figure (DhkPageFlow *flow, const DhkPagePiece *piece)
{
  DhkPageItem *item;

  place_caption (flow, piece);
  if (piece->chart == NULL)
    {
      place_whole (flow, piece->text);
      return;
    }

  if (!fits (flow, piece->chart_height) && !is_at_top (flow))
    break_page (flow);
  item = dhk_pages_add_item (flow->pages, flow->page, DHK_ITEM_CHART);
  item->chart = dhk_chart_ref (piece->chart);
  item->x = flow->left;
  item->y = flow->y;
  item->width = flow->width;
  item->height = MIN (piece->chart_height, flow->bottom - flow->y);
  flow->y += item->height;
}

/* What must stand together from piece `i` on: headings keep with what they head. */
static double
get_least (const GPtrArray *pieces, guint i)
{
  double height = 0;

  for (; i < pieces->len; i++)
    {
      const DhkPagePiece *piece = g_ptr_array_index (pieces, i);

      height += piece->least;
      if (piece->height <= 0)
        continue;
      if (piece->block->kind != DHK_BLOCK_HEADING)
        break;
      height += piece->after;
    }
  return height;
}

static void
place_piece (DhkPageFlow *flow, const GPtrArray *pieces, guint i)
{
  const DhkPagePiece *piece = g_ptr_array_index (pieces, i);
  const double page = flow->bottom - flow->top;
  double least = get_least (pieces, i);

  if (!is_at_top (flow))
    flow->y += piece->before;
  if (least > page)
    least = MIN (piece->least, page);
  if (!is_at_top (flow) && !fits (flow, least))
    break_page (flow);

  flow->pages->places[i] = (DhkBlockPlace){ flow->page, flow->y };
  if (piece->height <= 0)
    return;

  if (piece->block->kind == DHK_BLOCK_TABLE)
    place_table (flow, piece);
  else if (piece->block->kind == DHK_BLOCK_FIGURE)
    place_figure (flow, piece);
  else
    place_lines (flow, piece->text);
  flow->y += piece->after;
}

/* Running title and page number, below the text. */
static void
place_footers (DhkPageFlow *flow, const char *title)
{
  const DhkType type = { .size = 8.5 };
  const DhkPaper *paper = &flow->pages->paper;

  for (guint i = 0; i < flow->pages->pages->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      const char *texts[] = { title, number };

      for (guint side = 0; side < G_N_ELEMENTS (texts); side++)
        {
          PangoLayout *layout
              = dhk_typesetter_set (flow->pages->typesetter, &type, texts[side], 0.8 * flow->width);
          DhkPageItem *item = dhk_pages_add_item (flow->pages, i, DHK_ITEM_TEXT);

          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
          pango_layout_set_height (layout, -1);
          item->layout = layout;
          item->is_footer = TRUE;
          item->end_line = G_MAXINT;
          item->x
              = side == 0 ? flow->left : flow->left + flow->width - dhk_layout_get_width (layout);
          item->y = paper->height - 0.58 * paper->margin;
        }
    }
}

void
dhk_pages_flow (DhkPages *self)
{
  const DhkType plain = { .size = 10.5, .line_spacing = 1.25 };
  DhkPageFlow flow = { .pages = self, .language = self->document->language };
  g_autoptr (GPtrArray) pieces = NULL;
  const char *title = "";

  flow.left = flow.top = flow.y = self->paper.margin;
  flow.width = MAX (self->paper.width - 2 * self->paper.margin, 36);
  flow.bottom = MAX (self->paper.height - self->paper.margin, flow.top + 36);
  g_ptr_array_add (self->pages, g_array_new (FALSE, TRUE, sizeof (DhkPageItem)));

  pieces = dhk_page_flow_measure (&flow);
  for (guint i = 0; i < pieces->len; i++)
    {
      const DhkBlock *block = ((DhkPagePiece *) g_ptr_array_index (pieces, i))->block;

      place_piece (&flow, pieces, i);
      if (block->kind == DHK_BLOCK_TITLE && block->text != NULL && *title == '\0')
        title = block->text;
    }
  if (flow.page == 0 && is_at_top (&flow))
    {
      PangoLayout *layout = dhk_page_flow_set_text (
          &flow, &plain,
          dhk_translate (flow.language, N_ ("There is nothing in this report yet.")));

      place_whole (&flow, layout);
      g_clear_object (&layout);
    }
  place_footers (&flow, title);
}
