/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys and mouse of the grid. */

#include "ui/dhk-answer-grid-private.h"
#include "ui/dhk-answer-popover.h"

/* Keys -------------------------------------------------------------------- */

static gint64
get_page (DhkAnswerGrid *self)
{
  int body = gtk_widget_get_height (GTK_WIDGET (self)) - self->head_height;

  return MAX (body / MAX (self->row_height, 1) - 1, 1);
}

/* Moves for a key that moves; FALSE for another one. */
static gboolean
move_by_key (DhkAnswerGrid *self, guint key, gboolean control, gboolean shift)
{
  gint64 row = self->row;
  gint64 column = self->column;
  gint64 last_row = (gint64) self->rows->len - 1;
  gint64 last_column = (gint64) self->questions->len - 1;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      column = control ? 0 : column - 1;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      column = control ? last_column : column + 1;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      row = control ? 0 : row - 1;
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      row = control ? last_row : row + 1;
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      row -= get_page (self);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      row += get_page (self);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      row = control ? 0 : row;
      column = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      row = control ? last_row : row;
      column = last_column;
      break;
    default:
      return FALSE;
    }
  dhk_answer_grid_move (self, row, column, shift);
  return TRUE;
}

static void
select_all (DhkAnswerGrid *self)
{
  self->anchor_row = self->rows->len - 1;
  self->anchor_column = self->questions->len - 1;
  dhk_answer_grid_move (self, 0, 0, TRUE);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer user_data)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (user_data);
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if (dhk_answer_grid_is_empty (self) || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  if (move_by_key (self, key, control, shift))
    return TRUE;
  if (control && (key == GDK_KEY_a || key == GDK_KEY_A))
    select_all (self);
  else if (dhk_answer_get_digit (key, state) >= 0)
    g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_EDIT], 0,
                   dhk_answer_get_digit (key, state));
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_F2)
    g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_EDIT], 0, -1);
  else if (key == GDK_KEY_Menu || (shift && key == GDK_KEY_F10))
    g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_MENU], 0);
  else if (key == GDK_KEY_Escape
           && (self->anchor_row != self->row || self->anchor_column != self->column))
    dhk_answer_grid_move (self, self->row, self->column, FALSE);
  else
    return FALSE;
  return TRUE;
}

/* Mouse ------------------------------------------------------------------- */

static gint64
find_row (DhkAnswerGrid *self, double y)
{
  return (
      gint64) ((y - self->head_height + dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_VERTICAL))
               / self->row_height);
}

static guint
find_column (DhkAnswerGrid *self, double x)
{
  return dhk_answer_grid_find_column (
      self, x - self->head_width + dhk_answer_grid_get_scroll (self, GTK_ORIENTATION_HORIZONTAL));
}

static gboolean
is_selected (DhkAnswerGrid *self, gint64 row)
{
  return row >= MIN (self->row, self->anchor_row) && row <= MAX (self->row, self->anchor_row);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (user_data);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean menu = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture))
                  == GDK_BUTTON_SECONDARY;
  gint64 row = find_row (self, y);

  if (dhk_answer_grid_is_empty (self))
    return;
  gtk_widget_grab_focus (self->cell);
  if (y < self->head_height)
    {
      if (x >= self->head_width && !menu)
        g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_SORT], 0, find_column (self, x));
      return;
    }
  if (row >= self->rows->len)
    return;
  if (x < self->head_width && !menu)
    {
      dhk_answer_grid_move (self, row, 0, (state & GDK_SHIFT_MASK) != 0);
      self->anchor_column = self->questions->len - 1;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  if (!menu || !is_selected (self, row))
    dhk_answer_grid_move (self, row, x < self->head_width ? self->column : find_column (self, x),
                          (state & GDK_SHIFT_MASK) != 0);
  if (menu)
    g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_MENU], 0);
  else if (n_press == 2)
    g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_EDIT], 0, -1);
}

static void
dragged_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (user_data);
  double x, y;

  if (dhk_answer_grid_is_empty (self) || !gtk_gesture_drag_get_start_point (gesture, &x, &y)
      || x < self->head_width || y < self->head_height || find_row (self, y) >= self->rows->len
      || ABS (dx) + ABS (dy) < 6)
    return;
  dhk_answer_grid_move (self, find_row (self, y + dy), find_column (self, x + dx), TRUE);
}

/* Tooltips ---------------------------------------------------------------- */

/* What a head asks, and an answer in full where the cell has a code or no room. */
static gboolean
query_tooltip_cb (
    GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (widget);
  const DhkQuestion *question;
  g_autofree char *text = NULL;
  guint row;

  if (dhk_answer_grid_is_empty (self) || (!by_keyboard && x < self->head_width))
    return FALSE;
  question
      = dhk_answer_grid_get_question (self, by_keyboard ? self->column : find_column (self, x));
  if (!by_keyboard && y >= self->head_height)
    {
      gboolean is_corrected;
      double number;
      int code;

      if (find_row (self, y) >= self->rows->len)
        return FALSE;
      row = dhk_answer_grid_get_row (self, (guint) find_row (self, y));
      code = dhk_answer_grid_get_answer (self, row, question, &number, &is_corrected);
      text = dhk_answer_dup_long (dhk_respondents_get_instrument (self->list), question, code,
                                  number);
    }
  gtk_tooltip_set_text (
      tooltip, text != NULL ? text : dhk_text_get (&question->text, dhk_language_of_messages ()));
  return TRUE;
}

void
dhk_answer_grid_add_input (DhkAnswerGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, click);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
