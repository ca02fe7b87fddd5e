/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawing the grid: what is in sight, and nothing else. */

#include <glib/gi18n.h>
#include <math.h>

#include "ui/dhk-answer-grid-private.h"

/* Layouts are kept: a grid of codes has few different texts. */
#define MAX_LAYOUTS 4096

typedef struct
{
  DhkAnswerGrid *grid;
  GtkSnapshot *snapshot;
  int width;
  int height;
  double left; /* of the content, in sight */
  double top;
  guint first_row, end_row;
  guint first_column, end_column;
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA line;
  GdkRGBA shade; /* of heads */
  GdkRGBA accent;
} Frame;

PangoLayout *
dhk_answer_grid_get_layout (DhkAnswerGrid *self, const char *text)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, text);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->layouts) > MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_hash_table_insert (self->layouts, g_strdup (text), layout);
  return layout;
}

/* Pieces ------------------------------------------------------------------ */

static void
fill (const Frame *frame, double x, double y, double width, double height, const GdkRGBA *colour)
{
  graphene_rect_t area;

  graphene_rect_init (&area, (float) x, (float) y, (float) width, (float) height);
  gtk_snapshot_append_color (frame->snapshot, colour, &area);
}

/* `align` 0: left, 0.5: in the middle. */
static void
write_text (const Frame *frame,
            const char *text,
            double x,
            double y,
            double width,
            double height,
            double align,
            const GdkRGBA *colour)
{
  PangoLayout *layout = dhk_answer_grid_get_layout (frame->grid, text);
  graphene_point_t at;
  int own_width, own_height;

  if (*text == '\0')
    return;
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &own_width, &own_height);
  if (own_width > width)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      own_width = (int) width;
    }
  graphene_point_init (&at, (float) floor (x + (width - own_width) * align),
                       (float) floor (y + (height - own_height) / 2));
  gtk_snapshot_save (frame->snapshot);
  gtk_snapshot_translate (frame->snapshot, &at);
  gtk_snapshot_append_layout (frame->snapshot, layout, colour);
  gtk_snapshot_restore (frame->snapshot);
}

static void
clip (const Frame *frame, double x, double y, double width, double height)
{
  graphene_rect_t area;

  graphene_rect_init (&area, (float) x, (float) y, (float) MAX (width, 0), (float) MAX (height, 0));
  gtk_snapshot_push_clip (frame->snapshot, &area);
}

/* Where things are, from the edges of the widget. */
static double
get_x (const Frame *frame, guint column)
{
  return frame->grid->head_width + dhk_answer_grid_get_edge (frame->grid, column) - frame->left;
}

static double
get_y (const Frame *frame, guint position)
{
  return frame->grid->head_height + (double) position * frame->grid->row_height - frame->top;
}

/* Parts ------------------------------------------------------------------- */

static void
draw_cell (const Frame *frame, guint32 row, guint column, double y, gboolean is_excluded)
{
  DhkAnswerGrid *self = frame->grid;
  const DhkQuestion *question = dhk_answer_grid_get_question (self, column);
  double x = get_x (frame, column);
  double width = get_x (frame, column + 1) - x;
  gboolean is_corrected;
  double number;
  int code = dhk_answer_grid_get_answer (self, row, question, &number, &is_corrected);
  g_autofree char *text
      = dhk_answer_dup_short (dhk_respondents_get_instrument (self->list), question, code, number);

  write_text (frame, text, x + DHK_GRID_PADDING, y, width - 2 * DHK_GRID_PADDING, self->row_height,
              question->item >= 0 || code < 0 ? 0.5 : 0,
              is_excluded || code == DHK_MISSING_EMPTY ? &frame->dim : &frame->text);
  /* A box says it without colour. */
  if (code == DHK_MISSING_UNREADABLE)
    {
      double middle = floor (x + width / 2);

      fill (frame, middle - 8, y + 4, 16, 1, &frame->text);
      fill (frame, middle - 8, y + self->row_height - 6, 16, 1, &frame->text);
      fill (frame, middle - 8, y + 4, 1, self->row_height - 9, &frame->text);
      fill (frame, middle + 7, y + 4, 1, self->row_height - 9, &frame->text);
    }
  if (is_corrected)
    for (int i = 0; i < 7; i++)
      fill (frame, x + width - 8 + i, y + i, 7 - i, 1, &frame->text);
  fill (frame, x + width - 1, y, 1, self->row_height, &frame->line);
}

static void
draw_row (const Frame *frame, guint position)
{
  DhkAnswerGrid *self = frame->grid;
  guint32 row = dhk_answer_grid_get_row (self, position);
  gboolean is_excluded = dhk_respondents_is_excluded (self->list, row);
  double y = get_y (frame, position);

  for (guint column = frame->first_column; column < frame->end_column; column++)
    draw_cell (frame, row, column, y, is_excluded);
  fill (frame, self->head_width, y + self->row_height - 1, frame->width, 1, &frame->line);
  if (is_excluded)
    fill (frame, self->head_width, y + floor (self->row_height / 2.0), frame->width, 1,
          &frame->dim);
}

static void
draw_selection (const Frame *frame)
{
  DhkAnswerGrid *self = frame->grid;
  guint first_row = MIN (self->row, self->anchor_row);
  guint end_row = MAX (self->row, self->anchor_row) + 1;
  double x = get_x (frame, MIN (self->column, self->anchor_column));
  double end_x = get_x (frame, MAX (self->column, self->anchor_column) + 1);
  double y = MAX (get_y (frame, first_row), 0);
  double end_y = MIN (get_y (frame, end_row), frame->height);

  if (end_row - first_row == 1 && self->column == self->anchor_column)
    return;
  if (end_y > y)
    fill (frame, x, y, end_x - x, end_y - y, &frame->accent);
}

static void
draw_body (const Frame *frame)
{
  DhkAnswerGrid *self = frame->grid;

  clip (frame, self->head_width, self->head_height, frame->width - self->head_width,
        frame->height - self->head_height);
  draw_selection (frame);
  for (guint i = frame->first_row; i < frame->end_row; i++)
    draw_row (frame, i);
  gtk_snapshot_pop (frame->snapshot);
}

static void
draw_column_heads (const Frame *frame)
{
  DhkAnswerGrid *self = frame->grid;

  clip (frame, self->head_width, 0, frame->width - self->head_width, self->head_height);
  fill (frame, self->head_width, 0, frame->width, self->head_height, &frame->shade);
  for (guint i = frame->first_column; i < frame->end_column; i++)
    {
      const DhkQuestion *question = dhk_answer_grid_get_question (self, i);
      gboolean is_sorted = self->sort != NULL && self->sort->item == question->item
                           && self->sort->variable == question->variable
                           && (question->item < 0 || self->sort->target == question->target);
      g_autofree char *sorted
          = is_sorted ? g_strdup_printf ("%s %s", (char *) g_ptr_array_index (self->heads, i),
                                         self->sort_down ? "▼" : "▲")
                      : NULL;
      double x = get_x (frame, i);
      double width = get_x (frame, i + 1) - x;

      if (i == self->column)
        fill (frame, x, 0, width, self->head_height, &frame->shade);
      write_text (frame, sorted != NULL ? sorted : g_ptr_array_index (self->heads, i),
                  x + DHK_GRID_PADDING, 0, width - 2 * DHK_GRID_PADDING, self->head_height,
                  question->item >= 0 ? 0.5 : 0, &frame->text);
      fill (frame, x + width - 1, 0, 1, self->head_height, &frame->line);
    }
  gtk_snapshot_pop (frame->snapshot);
}

static void
draw_row_heads (const Frame *frame)
{
  DhkAnswerGrid *self = frame->grid;

  clip (frame, 0, self->head_height, self->head_width, frame->height - self->head_height);
  fill (frame, 0, self->head_height, self->head_width, frame->height, &frame->shade);
  for (guint i = frame->first_row; i < frame->end_row; i++)
    {
      guint32 row = dhk_answer_grid_get_row (self, i);
      gboolean is_excluded = dhk_respondents_is_excluded (self->list, row);
      g_autofree char *name = dhk_answer_dup_name (self->list, row);
      double y = get_y (frame, i);
      double width = self->head_width - 2 * DHK_GRID_PADDING;

      if (i == self->row)
        fill (frame, 0, y, self->head_width, self->row_height, &frame->shade);
      write_text (frame, name, DHK_GRID_PADDING, y, width, self->row_height, 0,
                  is_excluded ? &frame->dim : &frame->text);
      if (is_excluded)
        write_text (frame, _ ("excluded"), DHK_GRID_PADDING, y, width, self->row_height, 1,
                    &frame->text);
      fill (frame, 0, y + self->row_height - 1, self->head_width, 1, &frame->line);
    }
  gtk_snapshot_pop (frame->snapshot);
}

/* The frame --------------------------------------------------------------- */

static GdkRGBA
fade (GdkRGBA colour, float alpha)
{
  colour.alpha *= alpha;
  return colour;
}

static void
choose_colours (Frame *frame)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (frame->grid));

  gtk_style_context_get_color (context, &frame->text);
  frame->dim = fade (frame->text, 0.6f);
  frame->line = fade (frame->text, 0.15f);
  frame->shade = fade (frame->text, 0.06f);
  if (!gtk_style_context_lookup_color (context, "accent_bg_color", &frame->accent))
    frame->accent = frame->text;
  frame->accent = fade (frame->accent, 0.25f);
}

void
dhk_answer_grid_draw (DhkAnswerGrid *self, GtkSnapshot *snapshot)
{
  Frame frame = { .grid = self, .snapshot = snapshot };
  double body_height;

  frame.width = gtk_widget_get_width (GTK_WIDGET (self));
  frame.height = gtk_widget_get_height (GTK_WIDGET (self));
  if (self->list == NULL || self->questions == NULL)
    return;
  frame.left = dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_HORIZONTAL);
  frame.top = dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_VERTICAL);
  body_height = MAX (frame.height - self->head_height, 0);
  frame.first_row = MIN ((guint) (frame.top / self->row_height), self->rows->len);
  frame.end_row = MIN ((guint) ((frame.top + body_height) / self->row_height) + 1, self->rows->len);
  if (self->questions->len > 0)
    {
      frame.first_column = dhk_answer_grid_find_column (self, frame.left);
      frame.end_column
          = dhk_answer_grid_find_column (self, frame.left + frame.width - self->head_width) + 1;
    }
  choose_colours (&frame);
  draw_body (&frame);
  draw_column_heads (&frame);
  draw_row_heads (&frame);
  fill (&frame, 0, 0, self->head_width, self->head_height, &frame.shade);
  fill (&frame, self->head_width - 1, 0, 1, frame.height, &frame.line);
  fill (&frame, 0, self->head_height - 1, frame.width, 1, &frame.line);
}
