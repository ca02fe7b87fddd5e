/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How high every block of a document is on this paper, and what of it must stand together. */

#include <glib/gi18n-lib.h>

#include "export/dhk-pages-flow-private.h"

static void
free_piece (gpointer data)
{
  DhkPagePiece *self = data;

  g_clear_object (&self->text);
  g_clear_object (&self->label);
  g_clear_object (&self->title);
  g_clear_object (&self->note);
  g_clear_pointer (&self->table, dhk_page_table_free);
  g_clear_pointer (&self->chart, dhk_chart_unref);
  g_free (self);
}

PangoLayout *
dhk_page_flow_set_text (const DhkPageFlow *flow, const DhkType *type, const char *text)
{
  return text != NULL && *text != '\0'
             ? dhk_typesetter_set (flow->pages->typesetter, type, text, flow->width)
             : NULL;
}

double
dhk_page_layout_get_height (PangoLayout *layout)
{
  return layout != NULL ? dhk_layout_get_height (layout) : 0;
}

double
dhk_page_piece_get_caption_height (const DhkPagePiece *piece)
{
  double height
      = dhk_page_layout_get_height (piece->label) + dhk_page_layout_get_height (piece->title);

  return height > 0 ? height + DHK_PAGE_CAPTION_GAP : 0;
}

static void
measure_caption (const DhkPageFlow *flow, DhkPagePiece *piece, const char *label, const char *title)
{
  const DhkType bold = { .size = 10, .bold = TRUE, .line_spacing = 1.15 };
  const DhkType italic = { .size = 10, .italic = TRUE, .line_spacing = 1.15 };

  piece->label = dhk_page_flow_set_text (flow, &bold, label);
  piece->title = dhk_page_flow_set_text (flow, &italic, title);
  piece->before = 14;
  piece->after = 16;
}

static void
measure_table (const DhkPageFlow *flow, DhkPagePiece *piece)
{
  const DhkTable *table = piece->block->table;
  const double page = flow->bottom - flow->top;
  DhkType note = { .size = 8.5, .line_spacing = 1.15, .keep_equations = TRUE };
  guint start;

  if (table == NULL)
    return;

  measure_caption (flow, piece, table->label, table->title);
  note.italic_lead = table->note_label;
  piece->note = dhk_page_flow_set_text (flow, &note, table->note);
  piece->table = dhk_page_table_new (flow->pages->typesetter, table, flow->width, 0.2 * page);
  if (dhk_page_table_get_height (piece->table, 0, piece->table->n_head_rows) > 0.5 * page)
    piece->table->n_head_rows = 0;

  piece->height
      = dhk_page_piece_get_caption_height (piece)
        + dhk_page_table_get_height (piece->table, 0, G_MAXUINT) + 3 * DHK_PAGE_RULE
        + (piece->note != NULL ? DHK_PAGE_NOTE_GAP + dhk_page_layout_get_height (piece->note) : 0);
  start = piece->table->n_head_rows + 3;
  piece->least = piece->height <= page
                     ? piece->height
                     : dhk_page_piece_get_caption_height (piece)
                           + dhk_page_table_get_height (piece->table, 0, start) + 3 * DHK_PAGE_RULE;
}

static void
measure_figure (const DhkPageFlow *flow, DhkPagePiece *piece)
{
  const DhkType plain = { .size = 10, .line_spacing = 1.2 };
  const DhkBlock *block = piece->block;
  double room;

  measure_caption (flow, piece, block->label, block->text);
  if (block->profile != NULL)
    piece->chart = (block->is_quadrant ? dhk_chart_new_quadrant : dhk_chart_new_gaps) (
        block->profile, NULL, flow->language, flow->pages->document->style);
  else if (block->result != NULL)
    piece->chart = dhk_chart_new_from_result (block->result, NULL, flow->language,
                                              flow->pages->document->style);
  piece->height = dhk_page_piece_get_caption_height (piece);
  if (piece->chart == NULL)
    {
      piece->text = dhk_page_flow_set_text (
          flow, &plain,
          dhk_translate (flow->language, N_ ("These values cannot be drawn as a "
                                             "chart; their table shows them.")));
      piece->height += dhk_page_layout_get_height (piece->text);
    }
  else
    {
      room = flow->bottom - flow->top - piece->height;
      piece->chart_height = MAX (
          MIN (dhk_chart_get_natural_height (piece->chart, flow->width, DHK_CHART_FONT_SIZE), room),
          1);
      piece->height += piece->chart_height;
    }
  piece->least = piece->height;
}

static void
measure_text (const DhkPageFlow *flow, DhkPagePiece *piece)
{
  static const struct
  {
    DhkType type;
    double before;
    double after;
  } looks[] = {
    [DHK_BLOCK_TITLE] = { { .size = 21, .bold = TRUE, .line_spacing = 1.1 }, 18, 4 },
    [DHK_BLOCK_SUBTITLE] = { { .size = 12.5, .line_spacing = 1.2 }, 0, 14 },
    [DHK_BLOCK_HEADING] = { { .size = 14, .bold = TRUE, .line_spacing = 1.1 }, 20, 6 },
    [DHK_BLOCK_PARAGRAPH]
    = { { .size = 10.5, .line_spacing = 1.25, .keep_equations = TRUE }, 0, 7 },
  };
  const DhkBlockKind kind = piece->block->kind;
  int lines;

  piece->text = dhk_page_flow_set_text (flow, &looks[kind].type, piece->block->text);
  if (piece->text == NULL)
    return;

  lines = pango_layout_get_line_count (piece->text);
  piece->before = looks[kind].before;
  piece->after = looks[kind].after;
  piece->height = dhk_page_layout_get_height (piece->text);
  /* No line of a paragraph stands alone. */
  piece->least = kind == DHK_BLOCK_PARAGRAPH && lines > 3
                     ? dhk_layout_get_lines_height (piece->text, 0, 2)
                     : piece->height;
}

GPtrArray *
dhk_page_flow_measure (const DhkPageFlow *flow)
{
  GPtrArray *blocks = flow->pages->document->blocks;
  GPtrArray *pieces = g_ptr_array_new_with_free_func (free_piece);

  for (guint i = 0; i < blocks->len; i++)
    {
      DhkPagePiece *piece = g_new0 (DhkPagePiece, 1);

      piece->block = g_ptr_array_index (blocks, i);
      g_ptr_array_add (pieces, piece);
      switch (piece->block->kind)
        {
        case DHK_BLOCK_TITLE:
        case DHK_BLOCK_SUBTITLE:
        case DHK_BLOCK_HEADING:
        case DHK_BLOCK_PARAGRAPH:
          measure_text (flow, piece);
          break;
        case DHK_BLOCK_TABLE:
          measure_table (flow, piece);
          break;
        case DHK_BLOCK_FIGURE:
          measure_figure (flow, piece);
          break;
        default:
          break;
        }
    }
  return pieces;
}
