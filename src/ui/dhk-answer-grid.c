/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-answer-grid.h"

#include <glib/gi18n.h>

#include "ui/dhk-answer-grid-private.h"
#include "ui/dhk-answer-popover.h"

guint dhk_answer_grid_signals[DHK_GRID_N_SIGNALS];

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

G_DEFINE_FINAL_TYPE_WITH_CODE (DhkAnswerGrid,
                               dhk_answer_grid,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* The focused cell -------------------------------------------------------- */

#define DHK_TYPE_ANSWER_CELL (dhk_answer_cell_get_type ())
G_DECLARE_FINAL_TYPE (DhkAnswerCell, dhk_answer_cell, DHK, ANSWER_CELL, GtkWidget)

struct _DhkAnswerCell
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DhkAnswerCell, dhk_answer_cell, GTK_TYPE_WIDGET)

static void
dhk_answer_cell_class_init (DhkAnswerCellClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "answercell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
dhk_answer_cell_init (DhkAnswerCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* Focus and selection ----------------------------------------------------- */

static void
name_cell (DhkAnswerGrid *self)
{
  g_autofree char *name = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *label = NULL;
  const DhkQuestion *question;
  guint row;
  double number;
  gboolean is_corrected;
  int code;

  if (!dhk_answer_grid_get_focus (self, &row, &question))
    return;
  name = dhk_answer_dup_name (self->list, row);
  code = dhk_answer_grid_get_answer (self, row, question, &number, &is_corrected);
  answer
      = dhk_answer_dup_long (dhk_respondents_get_instrument (self->list), question, code, number);
  label = g_strdup_printf ("%s, %s, %s%s%s", name,
                           dhk_text_get (&question->text, dhk_language_of_messages ()), answer,
                           is_corrected ? _ (", corrected by hand") : "",
                           dhk_respondents_is_excluded (self->list, row) ? _ (", excluded") : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cell), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->cell), GTK_ACCESSIBLE_RELATION_ROW_INDEX,
                                  (int) self->row + 1, GTK_ACCESSIBLE_RELATION_COL_INDEX,
                                  (int) self->column + 1, -1);
}

static void
scroll_to (GtkAdjustment *adjustment, double start, double end)
{
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, start, end);
}

void
dhk_answer_grid_move (DhkAnswerGrid *self, gint64 row, gint64 column, gboolean extend)
{
  if (dhk_answer_grid_is_empty (self))
    return;
  self->row = (guint) CLAMP (row, 0, (gint64) self->rows->len - 1);
  self->column = (guint) CLAMP (column, 0, (gint64) self->questions->len - 1);
  if (!extend)
    {
      self->anchor_row = self->row;
      self->anchor_column = self->column;
    }
  scroll_to (self->adjustments[GTK_ORIENTATION_VERTICAL], (double) self->row * self->row_height,
             ((double) self->row + 1) * self->row_height);
  scroll_to (self->adjustments[GTK_ORIENTATION_HORIZONTAL],
             dhk_answer_grid_get_edge (self, self->column),
             dhk_answer_grid_get_edge (self, self->column + 1));
  name_cell (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_MOVED], 0);
}

gboolean
dhk_answer_grid_get_focus (DhkAnswerGrid *self, guint *row, const DhkQuestion **question)
{
  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), FALSE);

  if (dhk_answer_grid_is_empty (self))
    return FALSE;
  *row = dhk_answer_grid_get_row (self, self->row);
  *question = dhk_answer_grid_get_question (self, self->column);
  return TRUE;
}

void
dhk_answer_grid_set_focus (DhkAnswerGrid *self, guint position, guint column)
{
  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  dhk_answer_grid_move (self, position, column, FALSE);
}

/* Showing ----------------------------------------------------------------- */

/* The position of a row of the list among the rows shown, or 0. */
static guint
find_position (DhkAnswerGrid *self, gint64 respondent)
{
  int row = dhk_respondents_find (self->list, respondent);

  for (guint i = 0; row >= 0 && i < self->rows->len; i++)
    if (g_array_index (self->rows, guint32, i) == (guint32) row)
      return i;
  return MIN (self->row, MAX (self->rows->len, 1) - 1);
}

static guint
find_question (DhkAnswerGrid *self, const DhkQuestion *question)
{
  for (guint i = 0; i < self->questions->len; i++)
    if (dhk_answer_grid_is_same (g_ptr_array_index (self->questions, i), question))
      return i;
  return 0;
}

/* To where it was, or to the first cell. What is open over a cell is of that cell only. */
static void
restore_focus (DhkAnswerGrid *self, gint64 respondent, const DhkQuestion *question)
{
  gboolean had_focus = respondent != 0 && !dhk_answer_grid_is_empty (self);
  const DhkQuestion *focused;
  guint row;

  dhk_answer_grid_take_extent (self);
  dhk_answer_grid_move (self, had_focus ? find_position (self, respondent) : 0,
                        had_focus ? find_question (self, question) : 0, FALSE);
  if (!dhk_answer_grid_get_focus (self, &row, &focused)
      || dhk_respondents_get_id (self->list, row) != respondent
      || !dhk_answer_grid_is_same (focused, question))
    dhk_answer_popover_close (GTK_WIDGET (self));
}

static void
take_questions (DhkAnswerGrid *self, GPtrArray *questions)
{
  DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);

  g_clear_pointer (&self->questions, g_ptr_array_unref);
  self->questions = g_ptr_array_ref (questions);
  g_ptr_array_set_size (self->heads, 0);
  for (guint i = 0; i < questions->len; i++)
    {
      const DhkQuestion *question = g_ptr_array_index (questions, i);

      g_ptr_array_add (
          self->heads,
          question->item >= 0
              ? dhk_answer_dup_column_name (instrument, question)
              : g_strdup (dhk_text_get (
                  &dhk_instrument_get_variable (instrument, (guint) question->variable)->label,
                  dhk_language_of_messages ())));
    }
}

void
dhk_answer_grid_show (DhkAnswerGrid *self, DhkRespondents *list, GPtrArray *questions, GArray *rows)
{
  gint64 respondent = 0;
  DhkQuestion question = { .item = -1, .variable = -1 };
  const DhkQuestion *focused;
  gboolean same;
  guint row;

  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  g_return_if_fail (list != NULL && questions != NULL && rows != NULL);

  if (dhk_answer_grid_get_focus (self, &row, &focused))
    {
      respondent = dhk_respondents_get_id (self->list, row);
      question = *focused;
    }
  same = self->list != NULL && self->questions == questions
         && dhk_respondents_get_n (list) == dhk_respondents_get_n (self->list);
  dhk_respondents_ref (list);
  g_clear_pointer (&self->list, dhk_respondents_unref);
  self->list = list;
  g_array_ref (rows);
  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = rows;
  if (!same)
    {
      take_questions (self, questions);
      dhk_answer_grid_measure_all (self);
    }
  gtk_widget_set_visible (self->cell, !dhk_answer_grid_is_empty (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_COUNT,
                                  (int) rows->len, GTK_ACCESSIBLE_RELATION_COL_COUNT,
                                  (int) questions->len, -1);
  self->row = self->column = self->anchor_row = self->anchor_column = 0;
  /* Scroll bars may come or go: that is for the scrolled window to place. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  restore_focus (self, respondent, &question);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
dhk_answer_grid_set_sort (DhkAnswerGrid *self, const DhkQuestion *question, gboolean down)
{
  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  self->sort = question;
  self->sort_down = down;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is said of the focused cell may be another answer now. */
static void
show_pending (DhkAnswerGrid *self)
{
  name_cell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, dhk_answer_grid_signals[DHK_GRID_MOVED], 0);
}

void
dhk_answer_grid_add_pending (
    DhkAnswerGrid *self, gint64 respondent, const DhkQuestion *question, int code, double number)
{
  const DhkPendingAnswer pending = { respondent, *question, code, number };

  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  g_array_append_val (self->pending, pending);
  show_pending (self);
}

void
dhk_answer_grid_clear_pending (DhkAnswerGrid *self)
{
  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  g_array_set_size (self->pending, 0);
}

void
dhk_answer_grid_drop_pending (DhkAnswerGrid *self)
{
  g_return_if_fail (DHK_IS_ANSWER_GRID (self));
  dhk_answer_grid_clear_pending (self);
  show_pending (self);
}

guint
dhk_answer_grid_get_n_rows (DhkAnswerGrid *self)
{
  g_return_val_if_fail (DHK_IS_ANSWER_GRID (self), 0);
  return self->rows->len;
}

/* Placing and drawing ------------------------------------------------------ */

static void
dhk_answer_grid_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (widget);

  if (self->row_height == 0)
    dhk_answer_grid_measure_all (self);
  gtk_widget_measure (self->cell, orientation, -1, minimum, natural, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : self->head_height + self->row_height;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 300;
}

static void
dhk_answer_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (widget);
  graphene_rect_t body;

  dhk_answer_grid_draw (self, snapshot);
  graphene_rect_init (&body, (float) self->head_width - 1, (float) self->head_height - 1,
                      (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));
  gtk_snapshot_push_clip (snapshot, &body);
  gtk_widget_snapshot_child (widget, self->cell, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_answer_grid_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dhk_answer_grid_parent_class)->unmap (widget);
  dhk_answer_popover_close (widget);
}

static void
dhk_answer_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dhk_answer_grid_parent_class)->css_changed (widget, change);
  if (DHK_ANSWER_GRID (widget)->row_height > 0)
    dhk_answer_grid_measure_all (DHK_ANSWER_GRID (widget));
}

/* One stop for Tab, also backward: the toolkit would give the focus to the grid then, and so to the cell again. */
static gboolean
dhk_answer_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_get_focus_child (widget) == NULL && gtk_widget_grab_focus (widget);
}

static gboolean
dhk_answer_grid_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DHK_ANSWER_GRID (widget)->cell);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      dhk_answer_grid_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      dhk_answer_grid_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dhk_answer_grid_dispose (GObject *object)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (object);
  GtkWidget *child;

  for (int i = 0; i < 2; i++)
    dhk_answer_grid_set_adjustment (self, i, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_answer_grid_parent_class)->dispose (object);
}

static void
dhk_answer_grid_finalize (GObject *object)
{
  DhkAnswerGrid *self = DHK_ANSWER_GRID (object);

  g_clear_pointer (&self->list, dhk_respondents_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->heads);
  g_array_unref (self->edges);
  g_array_unref (self->pending);
  g_hash_table_unref (self->layouts);

  G_OBJECT_CLASS (dhk_answer_grid_parent_class)->finalize (object);
}

static void
dhk_answer_grid_class_init (DhkAnswerGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { "moved", "edit", "menu", "sort" };

  object_class->dispose = dhk_answer_grid_dispose;
  object_class->finalize = dhk_answer_grid_finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  widget_class->measure = dhk_answer_grid_measure;
  widget_class->size_allocate = dhk_answer_grid_size_allocate;
  widget_class->unmap = dhk_answer_grid_unmap;
  widget_class->snapshot = dhk_answer_grid_snapshot;
  widget_class->css_changed = dhk_answer_grid_css_changed;
  widget_class->focus = dhk_answer_grid_focus;
  widget_class->grab_focus = dhk_answer_grid_grab_focus;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_css_name (widget_class, "answergrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);

  for (guint i = 0; i < DHK_GRID_N_SIGNALS; i++)
    {
      GType type = i == DHK_GRID_EDIT ? G_TYPE_INT : G_TYPE_UINT;
      gboolean has_argument = i == DHK_GRID_EDIT || i == DHK_GRID_SORT;

      dhk_answer_grid_signals[i]
          = g_signal_new (names[i], DHK_TYPE_ANSWER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, has_argument ? 1 : 0, type);
    }
}

static void
dhk_answer_grid_init (DhkAnswerGrid *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->edges = g_array_new (FALSE, FALSE, sizeof (int));
  self->pending = g_array_new (FALSE, FALSE, sizeof (DhkPendingAnswer));
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->cell = g_object_new (DHK_TYPE_ANSWER_CELL, "visible", FALSE, NULL);
  gtk_widget_set_parent (self->cell, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  dhk_answer_grid_add_input (self);
}
