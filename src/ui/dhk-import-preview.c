/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/dhk-number.h"
#include "ui/dhk-import-rows.h"

/* Rows of the file that are shown. */
#define SAMPLES 3

#define VIEW_HEIGHT 280
#define ROLE_WIDTH 220
#define SAMPLE_WIDTH 115

/* Columns of the file that are shown in one turn of the main loop: each is ten labels to measure. */
#define FILL_AT_ONCE 6

struct _DhkImportPreview
{
  GtkBox parent_instance;

  GtkWidget *files; /* drop-down, shown when there are several */
  GtkWidget *view;
  GtkSingleSelection *selection;
  GtkStringList *places; /* numbers of columns, as text */
  GtkColumnViewColumn *samples[SAMPLES];
  GtkWidget *heading;
  GtkWidget *hint;
  GtkWidget *details; /* list box */

  DhkDraft *draft;
  guint file;
  guint n_filled; /* columns that are shown as they are now */
  guint filler;   /* source that shows the others, or 0 */
  gboolean filling;
  DhkDecidedFunc func;
  GtkWidget *owner; /* lent: it holds this widget */
};

G_DEFINE_FINAL_TYPE (DhkImportPreview, dhk_import_preview, GTK_TYPE_BOX)

static const DhkDraftFile *
get_file (DhkImportPreview *self)
{
  return self->draft == NULL ? NULL
                             : g_ptr_array_index (dhk_draft_get_files (self->draft), self->file);
}

static const DhkDraftColumn *
get_column (DhkImportPreview *self, guint column)
{
  const DhkDraftFile *file = get_file (self);

  return file != NULL && column < file->columns->len ? g_ptr_array_index (file->columns, column)
                                                     : NULL;
}

/* Cells -------------------------------------------------------------------- */

/* A label that nobody has said anything about yet. */
static gboolean
is_open (const DhkDraftColumn *column, guint row)
{
  const char *text = row < column->preview->len ? g_ptr_array_index (column->preview, row) : "";

  for (guint i = 0; column->labels != NULL && i < column->labels->len; i++)
    {
      const DhkDraftLabel *label = g_ptr_array_index (column->labels, i);

      if (label->by == DHK_DECIDED_BY_NOBODY && g_str_equal (label->text, text))
        return TRUE;
    }
  return FALSE;
}

/* What a cell with several choices becomes; a text in it that is still asked about leaves it open. */
static char *
dup_chosen (DhkImportPreview *self, const DhkDraftColumn *column, DhkDraftFile *file, guint row)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (self->draft);
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (instrument, (guint) file->questionnaire)
             ->questions[column->question];
  const DhkChoices *choices = dhk_instrument_get_question_choices (instrument, question);
  const gint8 *codes = dhk_draft_file_get_codes (file, row) + column->question;
  gboolean asked = FALSE;
  gboolean doubtful = FALSE;

  for (guint i = 0; column->labels != NULL && i < column->labels->len; i++)
    asked |= ((const DhkDraftLabel *) g_ptr_array_index (column->labels, i))->by
             == DHK_DECIDED_BY_NOBODY;
  for (guint i = 0; i < choices->n_choices; i++)
    doubtful |= codes[i] == DHK_MISSING_UNREADABLE;
  return asked && doubtful ? g_strdup (_ ("still open"))
                           : dhk_choices_dup_chosen (choices, codes, dhk_language_of_messages ());
}

/* What a cell of a question's column becomes. Free with g_free(). */
static char *
dup_result (DhkImportPreview *self, const DhkDraftColumn *column, guint row)
{
  DhkDraftFile *file = (DhkDraftFile *) get_file (self);

  if (column->role == DHK_COLUMN_ASKED || is_open (column, row))
    return g_strdup (_ ("still open"));
  if (column->role != DHK_COLUMN_QUESTION || file->questionnaire < 0)
    return g_strdup ("–");
  if (dhk_draft_file_get_fate (file, row) == DHK_ROW_ASIDE)
    return g_strdup (_ ("row kept aside"));
  if (column->several)
    return dup_chosen (self, column, file, row);
  return dhk_import_dup_answer (self->draft, file, row, (guint) column->question);
}

/* Asked for when it is wanted: setting one asks the display where the pointer is, cell by cell. */
static gboolean
tooltip_cb (GtkWidget *box, int x, int y, gboolean by_key, GtkTooltip *tooltip, gpointer user_data)
{
  g_autofree char *both = g_strdup_printf (
      "%s\n%s", gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (box))),
      gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (box))));

  gtk_tooltip_set_text (tooltip, both);
  return TRUE;
}

static GtkWidget *
create_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_has_tooltip (box, TRUE);
  g_signal_connect (box, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_add_css_class (gtk_widget_get_first_child (box), "preview-first");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  return box;
}

static void
set_cell (GtkListItem *item, const char *first, const char *second)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), first);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), second);
}

static guint
get_place (GtkListItem *item)
{
  return (guint) g_ascii_strtoull (
      gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item))), NULL, 10);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, create_cell ());
}

static void
bind_head_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const DhkDraftColumn *column = get_column (user_data, get_place (item));
  g_autofree char *place = NULL;

  if (column == NULL)
    return;
  place = g_strdup_printf (_ ("column %u"), column->index + 1);
  set_cell (item,
            column->role == DHK_COLUMN_PERSONAL ? _ ("Personal column")
            : column->head[0] == '\0'           ? _ ("(no head)")
                                                : column->head,
            place);
}

static void
bind_role_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  const DhkDraftColumn *column = get_column (self, get_place (item));
  g_autofree char *role = NULL;

  if (column == NULL)
    return;
  role = dhk_import_dup_role_text (self->draft, get_file (self), column);
  set_cell (item, role, column->reason != NULL ? column->reason : "");
}

static void
bind_sample_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  const DhkDraftColumn *column = get_column (self, get_place (item));
  guint row = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "row"));
  g_autofree char *result = NULL;

  if (column == NULL || column->preview == NULL || row >= column->preview->len
      || row >= dhk_draft_file_get_n_rows (get_file (self)))
    {
      set_cell (item, "", "");
      return;
    }
  result = dup_result (self, column, row);
  set_cell (item, result, g_ptr_array_index (column->preview, row));
}

typedef void (*BindFunc) (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data);

static GtkColumnViewColumn *
add_column (DhkImportPreview *self, const char *title, int width, BindFunc bind, guint row)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_object_set_data (G_OBJECT (factory), "row", GUINT_TO_POINTER (row));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind), self);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_object_unref (column);
  return column;
}

/* Details -------------------------------------------------------------------- */

static void
clear_details (DhkImportPreview *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->details)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->details), row);
}

static void
add_detail (DhkImportPreview *self, const char *id, const char *title, const char *subtitle)
{
  const DhkDraftQuestion *decision = id != NULL ? dhk_draft_find_question (self->draft, id) : NULL;

  if (decision != NULL && decision->chosen != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->details),
                         dhk_decision_row_new (decision, title, subtitle, self->func, self->owner));
  else
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), decision != NULL
                                                             ? _ ("A question above decides this.")
                                                             : _ ("This cannot be changed here."));
      gtk_list_box_append (GTK_LIST_BOX (self->details), row);
    }
}

static void
add_labels (DhkImportPreview *self, const DhkDraftColumn *column)
{
  for (guint i = 0; column->labels != NULL && i < column->labels->len; i++)
    {
      const DhkDraftLabel *label = g_ptr_array_index (column->labels, i);
      g_autofree char *title = g_strdup_printf ("“%s”", label->text);
      g_autofree char *count = g_strdup_printf (
          ngettext ("%u time in this column", "%u times in this column", (gulong) label->count),
          (guint) label->count);

      add_detail (self, label->decision, title, count);
    }
}

/* The row of the details that has the focus, or -1. */
static int
find_focus (DhkImportPreview *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (self->details);

  return GTK_IS_LIST_BOX_ROW (focused) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused))
                                       : -1;
}

/* What was changed is shown anew: whoever works by keyboard stays where she was. */
static void
restore_focus (DhkImportPreview *self, int index)
{
  GtkListBoxRow *row
      = index >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->details), index) : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_details (DhkImportPreview *self)
{
  int focus = find_focus (self);
  guint selected = gtk_single_selection_get_selected (self->selection);
  const DhkDraftColumn *column
      = selected == GTK_INVALID_LIST_POSITION ? NULL : get_column (self, selected);
  g_autofree char *heading = NULL;

  clear_details (self);
  gtk_widget_set_visible (self->details, column != NULL);
  gtk_widget_set_visible (self->heading, column != NULL);
  gtk_widget_set_visible (self->hint, column != NULL && column->labels != NULL);
  if (column == NULL)
    return;
  heading = column->role == DHK_COLUMN_PERSONAL
                ? g_strdup_printf (_ ("Personal column %u"), column->index + 1)
                : g_strdup_printf (_ ("Column %u: “%s”"), column->index + 1, column->head);
  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  add_detail (self, column->decision, _ ("This column is"), NULL);
  add_labels (self, column);
  restore_focus (self, focus);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, gpointer user_data)
{
  DhkImportPreview *self = user_data;

  if (!self->filling)
    show_details (self);
}

/* Enter or a double click on a column goes to what can be changed about it. */
static void
activated_cb (GtkColumnView *view, guint position, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  GtkWidget *first = gtk_widget_get_first_child (self->details);

  if (first != NULL)
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
}

/* Filling ----------------------------------------------------------------------- */

/* What stands there of a reading before is replaced in its place. */
static void
fill_some (DhkImportPreview *self)
{
  guint n = MIN (get_file (self)->columns->len - self->n_filled, FILL_AT_ONCE);
  guint there = g_list_model_get_n_items (G_LIST_MODEL (self->places)) - self->n_filled;
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  g_auto (GStrv) added = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", self->n_filled + i);

      g_strv_builder_add (places, place);
    }
  added = g_strv_builder_end (places);
  gtk_string_list_splice (self->places, self->n_filled, MIN (n, there),
                          (const char *const *) added);
  self->n_filled += n;
}

static gboolean
fill_cb (gpointer user_data)
{
  DhkImportPreview *self = user_data;

  self->filling = TRUE;
  fill_some (self);
  self->filling = FALSE;
  if (self->n_filled < get_file (self)->columns->len)
    return G_SOURCE_CONTINUE;
  self->filler = 0;
  return G_SOURCE_REMOVE;
}

/* Shows the columns as far as `column`; the others follow when the window has time. */
static void
fill_to (DhkImportPreview *self, guint column)
{
  guint n = get_file (self) != NULL ? get_file (self)->columns->len : 0;

  while (self->n_filled < n && self->n_filled <= column)
    fill_some (self);
  if (self->n_filled < n && self->filler == 0)
    self->filler = g_idle_add (fill_cb, self);
}

static void
show_file (DhkImportPreview *self)
{
  DhkDraftFile *file = (DhkDraftFile *) get_file (self);
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint n = file != NULL ? file->columns->len : 0;
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->places));

  self->filling = TRUE;
  g_clear_handle_id (&self->filler, g_source_remove);
  self->n_filled = 0;
  if (shown > n)
    gtk_string_list_splice (self->places, n, shown - n, NULL);
  fill_to (self, selected < n ? selected : 0);
  for (guint i = 0; file != NULL && i < SAMPLES; i++)
    {
      gboolean there = i < dhk_draft_file_get_n_rows (file);
      g_autofree char *title
          = there ? g_strdup_printf (_ ("Row %u"), (guint) dhk_draft_file_get_row (file, i)->line)
                  : g_strdup ("");

      gtk_column_view_column_set_title (self->samples[i], title);
      /* The view leaves room for a column that is not shown. */
      gtk_column_view_column_set_fixed_width (self->samples[i], there ? SAMPLE_WIDTH : 0);
      gtk_column_view_column_set_visible (self->samples[i], there);
    }
  gtk_single_selection_set_selected (self->selection,
                                     selected < n ? selected : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  show_details (self);
}

static void
file_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION || selected == self->file)
    return;
  self->file = selected;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  show_file (self);
}

void
dhk_import_preview_set_draft (DhkImportPreview *self, DhkDraft *draft)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = draft != NULL ? dhk_draft_get_files (draft)->len : 0;

  g_return_if_fail (DHK_IS_IMPORT_PREVIEW (self));

  if (draft != NULL)
    dhk_draft_ref (draft);
  g_clear_pointer (&self->draft, dhk_draft_unref);
  self->draft = n > 0 ? draft : NULL;
  if (n == 0 && draft != NULL)
    dhk_draft_unref (draft);
  if (self->file >= n)
    self->file = 0;
  /* A study is listed first, and its columns are in the files after it. */
  if (self->file == 0 && n > 1 && dhk_import_is_study (draft))
    self->file = 1;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = dhk_import_dup_file_label (draft, i);

      gtk_string_list_append (names, name);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->files), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->files), self->file);
  gtk_widget_set_visible (self->files, n > 1);
  self->filling = FALSE;
  show_file (self);
}

void
dhk_import_preview_connect (DhkImportPreview *self, DhkDecidedFunc func, GtkWidget *owner)
{
  g_return_if_fail (DHK_IS_IMPORT_PREVIEW (self));

  self->func = func;
  self->owner = owner;
}

void
dhk_import_preview_choose (DhkImportPreview *self, guint column)
{
  g_return_if_fail (DHK_IS_IMPORT_PREVIEW (self));

  self->filling = TRUE;
  fill_to (self, column);
  self->filling = FALSE;
  gtk_single_selection_set_selected (self->selection, column);
}

/* Life --------------------------------------------------------------------------- */

static void
dhk_import_preview_finalize (GObject *object)
{
  DhkImportPreview *self = DHK_IMPORT_PREVIEW (object);

  g_clear_handle_id (&self->filler, g_source_remove);
  g_clear_pointer (&self->draft, dhk_draft_unref);
  G_OBJECT_CLASS (dhk_import_preview_parent_class)->finalize (object);
}

static void
dhk_import_preview_class_init (DhkImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dhk_import_preview_finalize;
}

static void
create_view (DhkImportPreview *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->places = gtk_string_list_new (NULL);
  /* With the model from the start, the first column would be chosen. */
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->places));
  g_object_unref (self->places);
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);

  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (self->selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns of the file and what they become"), -1);
  gtk_widget_add_css_class (self->view, "preview");
  g_signal_connect (self->view, "activate", G_CALLBACK (activated_cb), self);
  add_column (self, _ ("In the file"), 0, bind_head_cb, 0);
  add_column (self, _ ("Becomes"), ROLE_WIDTH, bind_role_cb, 0);
  for (guint i = 0; i < SAMPLES; i++)
    self->samples[i] = add_column (self, "", SAMPLE_WIDTH, bind_sample_cb, i);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), VIEW_HEIGHT);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
}

static void
dhk_import_preview_init (DhkImportPreview *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);

  self->files = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_halign (self->files, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->files), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("File that is shown"), -1);
  g_signal_connect (self->files, "notify::selected", G_CALLBACK (file_cb), self);
  gtk_box_append (GTK_BOX (self), self->files);

  create_view (self);

  self->heading = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_box_append (GTK_BOX (self), self->heading);

  self->hint = gtk_label_new (_ ("An answer means the same in all columns of this file that are "
                                 "answered on the same scale."));
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_box_append (GTK_BOX (self), self->hint);

  self->details = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->details), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->details, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->details), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the chosen column is taken as"), -1);
  gtk_box_append (GTK_BOX (self), self->details);
  show_details (self);
}
