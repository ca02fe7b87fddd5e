/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-table-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-label.h"
#include "ui/dhk-message.h"

struct _DhkTableView
{
  GtkWidget parent_instance;

  /* Template widgets, built in init */
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *title;
  GtkWidget *scroller;
  GtkWidget *grid;
  GtkWidget *note;

  /* Owned */
  DhkTable *table;
  GArray *decimals; /* Decimal: the labels to align, by column */
};

/* More than these stand closer together. */
#define MANY_COLUMNS 9

G_DEFINE_FINAL_TYPE (DhkTableView, dhk_table_view, GTK_TYPE_WIDGET)

typedef struct
{
  GtkLabel *label; /* lent by the grid */
  guint column;
  int before; /* pixels up to the decimal sign */
  int after;
} Decimal;

/* Aligning on the decimal sign -------------------------------------------- */

/* Where the fraction starts: at the last comma or point before a digit; else the end. */
static gsize
find_decimal_sign (const char *text)
{
  for (gsize i = strlen (text); i > 0; i--)
    if ((text[i - 1] == ',' || text[i - 1] == '.') && g_ascii_isdigit (text[i]))
      return i - 1;
  return strlen (text);
}

static void
measure_decimal (Decimal *decimal)
{
  const char *text = gtk_label_get_text (decimal->label);
  PangoLayout *layout = gtk_label_get_layout (decimal->label);
  PangoRectangle sign;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  pango_layout_index_to_pos (layout, (int) find_decimal_sign (text), &sign);
  decimal->before = PANGO_PIXELS (sign.x);
  decimal->after = width - decimal->before;
}

static void
align_column (DhkTableView *self, guint column)
{
  int before = 0;
  int after = 0;

  for (guint i = 0; i < self->decimals->len; i++)
    {
      Decimal *decimal = &g_array_index (self->decimals, Decimal, i);

      if (decimal->column != column)
        continue;
      measure_decimal (decimal);
      before = MAX (before, decimal->before);
      after = MAX (after, decimal->after);
    }
  for (guint i = 0; i < self->decimals->len; i++)
    {
      Decimal *decimal = &g_array_index (self->decimals, Decimal, i);

      if (decimal->column != column)
        continue;
      gtk_widget_set_margin_start (GTK_WIDGET (decimal->label), before - decimal->before);
      gtk_widget_set_margin_end (GTK_WIDGET (decimal->label), after - decimal->after);
    }
}

static void
align_decimals (DhkTableView *self)
{
  for (guint column = 0; self->table != NULL && column < self->table->n_columns; column++)
    align_column (self, column);
}

/* A stop for the keyboard only where its arrows have something to scroll. */
static void
room_changed_cb (GtkAdjustment *adjustment, gpointer user_data)
{
  DhkTableView *self = DHK_TABLE_VIEW (user_data);

  gtk_widget_set_can_focus (self->scroller, gtk_adjustment_get_upper (adjustment)
                                                > gtk_adjustment_get_page_size (adjustment));
}

/* Room for the grid: its own height at its width, never a column cut off --- */

static void
measure_frame (GtkWidget *frame,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural,
               int *minimum_baseline,
               int *natural_baseline)
{
  GtkWidget *scroller = gtk_widget_get_first_child (frame);
  GtkWidget *grid = g_object_get_data (G_OBJECT (frame), "grid");
  int grid_minimum, grid_natural, bar;

  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, &grid_minimum, &grid_natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (scroller, orientation, -1, minimum, NULL, NULL, NULL);
      *natural = MAX (*minimum, grid_natural);
      return;
    }

  gtk_widget_measure (grid, orientation, MAX (for_size < 0 ? grid_natural : for_size, grid_minimum),
                      NULL, natural, NULL, NULL);
  if (for_size >= 0 && for_size < grid_minimum)
    {
      gtk_widget_measure (gtk_scrolled_window_get_hscrollbar (GTK_SCROLLED_WINDOW (scroller)),
                          GTK_ORIENTATION_VERTICAL, -1, NULL, &bar, NULL, NULL);
      *natural += bar;
    }
  *minimum = *natural;
}

static void
allocate_frame (GtkWidget *frame, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (frame), width, height, baseline, NULL);
}

static GtkSizeRequestMode
get_frame_mode (GtkWidget *frame)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Building ---------------------------------------------------------------- */

static void
add_rule (DhkTableView *self, int row, const char *css_class)
{
  GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_add_css_class (rule, css_class);
  gtk_grid_attach (GTK_GRID (self->grid), rule, 0, row, (int) self->table->n_columns, 1);
}

/* The number of respondents on a line of its own, so that it is never torn. */
static char *
dup_head_text (const char *text)
{
  const char *n = strstr (text, " (n = ");

  return n != NULL ? g_strdup_printf ("%.*s\n%s", (int) (n - text), text, n + 1) : g_strdup (text);
}

static GtkWidget *
build_cell (DhkTableView *self, const DhkTableRow *row, const DhkTableCell *cell, guint column)
{
  g_autofree char *text = row->is_head ? dup_head_text (cell->text) : g_strdup (cell->text);
  GtkWidget *label = gtk_label_new (text);
  gboolean is_stub = column == 0;

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, row->is_head ? "table-head" : "table-cell");
  if (cell->bold)
    gtk_widget_add_css_class (label, "bold");
  if (cell->columns > 1 && row->is_head)
    gtk_widget_add_css_class (label, "spanner");

  /* A list of differences goes on below rather than out of sight. */
  gtk_label_set_wrap (GTK_LABEL (label), cell->align == DHK_ALIGN_START || cell->columns > 1);
  dhk_label_keep_together (GTK_LABEL (label));
  gtk_label_set_max_width_chars (GTK_LABEL (label), is_stub ? 30 : 22);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), cell->align == DHK_ALIGN_START ? 0.0f : 0.5f);
  gtk_label_set_justify (GTK_LABEL (label),
                         cell->align == DHK_ALIGN_START ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (label,
                         cell->align == DHK_ALIGN_DECIMAL ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (label, row->is_head ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);

  if (cell->align == DHK_ALIGN_DECIMAL && cell->columns == 1)
    {
      Decimal decimal = { .label = GTK_LABEL (label), .column = column };

      g_array_append_val (self->decimals, decimal);
    }
  return label;
}

static void
build_row (DhkTableView *self, const DhkTableRow *row, int at)
{
  guint column = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, i);

      gtk_grid_attach (GTK_GRID (self->grid), build_cell (self, row, cell, column), (int) column,
                       at, (int) cell->columns, 1);
      column += cell->columns;
    }
}

static void
clear_grid (DhkTableView *self)
{
  GtkWidget *child;

  g_array_set_size (self->decimals, 0);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
}

static void
build (DhkTableView *self)
{
  const DhkTable *table = self->table;
  int at = 0;

  if (table->n_columns > MANY_COLUMNS)
    gtk_widget_add_css_class (self->grid, "many-columns");
  else
    gtk_widget_remove_css_class (self->grid, "many-columns");

  add_rule (self, at++, "table-rule");
  for (guint i = 0; i < table->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (table->rows, i);

      if (i == table->n_head_rows && i > 0)
        add_rule (self, at++, "table-rule");
      else if (row->rule_above)
        add_rule (self, at++, "table-thin-rule");
      build_row (self, row, at++);
    }
  add_rule (self, at, "table-rule");
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static char *
dup_note (const DhkTable *table)
{
  g_autofree char *escaped = NULL;

  if (table->note == NULL || *table->note == '\0')
    return NULL;
  escaped = g_markup_escape_text (table->note, -1);
  return g_strdup_printf ("<i>%s</i> %s", table->note_label, escaped);
}

void
dhk_table_view_set_table (DhkTableView *self, DhkTable *table, const char *name)
{
  g_autofree char *note = NULL;

  g_return_if_fail (DHK_IS_TABLE_VIEW (self));

  if (self->table == table)
    return;
  clear_grid (self);
  g_clear_pointer (&self->table, dhk_table_unref);
  gtk_widget_set_visible (self->box, table != NULL);
  if (table == NULL)
    return;

  self->table = dhk_table_ref (table);
  set_text (self->label, table->label);
  set_text (self->title, table->title);
  note = dup_note (table);
  gtk_label_set_markup (GTK_LABEL (self->note), note != NULL ? note : "");
  dhk_label_keep_together (GTK_LABEL (self->note));
  gtk_widget_set_visible (self->note, note != NULL);
  if (name == NULL)
    name = table->title != NULL ? table->title : _ ("Table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  build (self);
  align_decimals (self);
}

DhkTable *
dhk_table_view_get_table (DhkTableView *self)
{
  g_return_val_if_fail (DHK_IS_TABLE_VIEW (self), NULL);
  return self->table;
}

/* Life -------------------------------------------------------------------- */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkTableView *self = DHK_TABLE_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->table == NULL)
    return;
  text = dhk_table_to_tsv (self->table);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  dhk_message_toast (widget, _ ("Table copied"), NULL, NULL);
}

/* The font changed, perhaps: text zoom, a theme. */
static void
dhk_table_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dhk_table_view_parent_class)->css_changed (widget, change);
  align_decimals (DHK_TABLE_VIEW (widget));
}

static void
dhk_table_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dhk_table_view_parent_class)->root (widget);
  align_decimals (DHK_TABLE_VIEW (widget));
}

static void
dhk_table_view_dispose (GObject *object)
{
  DhkTableView *self = DHK_TABLE_VIEW (object);

  g_clear_pointer (&self->decimals, g_array_unref);
  g_clear_pointer (&self->table, dhk_table_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dhk_table_view_parent_class)->dispose (object);
}

static void
dhk_table_view_class_init (DhkTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_table_view_dispose;
  widget_class->css_changed = dhk_table_view_css_changed;
  widget_class->root = dhk_table_view_root;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tableview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
}

static GtkWidget *
append_label (DhkTableView *self, const char *css_class, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
dhk_table_view_init (DhkTableView *self)
{
  GtkWidget *frame;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->decimals = g_array_new (FALSE, TRUE, sizeof (Decimal));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->label = append_label (self, "table-label", FALSE);
  self->title = append_label (self, "table-title", TRUE);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  /* A bar over the last row would hide figures. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (self->scroller), FALSE);

  gtk_widget_set_can_focus (self->scroller, FALSE);
  g_signal_connect_object (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
      G_CALLBACK (room_changed_cb), self, 0);

  self->grid = gtk_grid_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);

  frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_layout_manager (
      frame, gtk_custom_layout_new (get_frame_mode, measure_frame, allocate_frame));
  g_object_set_data (G_OBJECT (frame), "grid", self->grid);
  gtk_box_append (GTK_BOX (frame), self->scroller);
  gtk_box_append (GTK_BOX (self->box), frame);

  self->note = append_label (self, "table-note", TRUE);
  gtk_widget_set_visible (self->box, FALSE);
}

GtkWidget *
dhk_table_view_new (void)
{
  return g_object_new (DHK_TYPE_TABLE_VIEW, NULL);
}
