/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-preview-private.h"

#include <glib/gi18n.h>

#include "ui/dhk-import-rows.h"

#define VIEW_HEIGHT 280

/* Columns of the file that are shown in one turn of the main loop: each is ten labels to measure. */
#define FILL_AT_ONCE 6

G_DEFINE_FINAL_TYPE (DhkImportPreview, dhk_import_preview, GTK_TYPE_BOX)

const DhkDraftFile *
dhk_import_preview_get_file (DhkImportPreview *self)
{
  return self->draft == NULL ? NULL
                             : g_ptr_array_index (dhk_draft_get_files (self->draft), self->file);
}

const DhkDraftColumn *
dhk_import_preview_get_column (DhkImportPreview *self, guint column)
{
  const DhkDraftFile *file = dhk_import_preview_get_file (self);

  return file != NULL && column < file->columns->len ? g_ptr_array_index (file->columns, column)
                                                     : NULL;
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, gpointer user_data)
{
  DhkImportPreview *self = user_data;

  if (!self->filling)
    dhk_import_preview_show_details (self);
}

/* Enter or a double click on a column goes to what can be changed about it. */
static void
activated_cb (GtkColumnView *view, guint position, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  dhk_import_preview_enter_details (self);
}

/* Filling ----------------------------------------------------------------------- */

/* What stands there of a reading before is replaced in its place. */
static void
fill_some (DhkImportPreview *self)
{
  guint n = MIN (dhk_import_preview_get_file (self)->columns->len - self->n_filled, FILL_AT_ONCE);
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
  if (self->n_filled < dhk_import_preview_get_file (self)->columns->len)
    return G_SOURCE_CONTINUE;
  self->filler = 0;
  return G_SOURCE_REMOVE;
}

/* Shows the columns as far as `column`; the others follow when the window has time. */
static void
fill_to (DhkImportPreview *self, guint column)
{
  guint n = dhk_import_preview_get_file (self) != NULL
                ? dhk_import_preview_get_file (self)->columns->len
                : 0;

  while (self->n_filled < n && self->n_filled <= column)
    fill_some (self);
  if (self->n_filled < n && self->filler == 0)
    self->filler = g_idle_add (fill_cb, self);
}

static void
show_file (DhkImportPreview *self)
{
  DhkDraftFile *file = (DhkDraftFile *) dhk_import_preview_get_file (self);
  guint selected = gtk_single_selection_get_selected (self->selection);
  guint n = file != NULL ? file->columns->len : 0;
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->places));

  self->filling = TRUE;
  g_clear_handle_id (&self->filler, g_source_remove);
  self->n_filled = 0;
  if (shown > n)
    gtk_string_list_splice (self->places, n, shown - n, NULL);
  fill_to (self, selected < n ? selected : 0);
  for (guint i = 0; file != NULL && i < DHK_PREVIEW_SAMPLES; i++)
    {
      gboolean there = i < dhk_draft_file_get_n_rows (file);
      g_autofree char *title
          = there ? g_strdup_printf (_ ("Row %u"), (guint) dhk_draft_file_get_row (file, i)->line)
                  : g_strdup ("");

      gtk_column_view_column_set_title (self->samples[i], title);
      /* The view leaves room for a column that is not shown. */
      gtk_column_view_column_set_fixed_width (self->samples[i],
                                              there ? DHK_PREVIEW_SAMPLE_WIDTH : 0);
      gtk_column_view_column_set_visible (self->samples[i], there);
    }
  gtk_single_selection_set_selected (self->selection,
                                     selected < n ? selected : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  dhk_import_preview_show_details (self);
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

/* What is shown of it has its place only when the page was laid out: not in the first frame. */
static gboolean
enter_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  DhkImportPreview *self = DHK_IMPORT_PREVIEW (widget);
  gint64 first = GPOINTER_TO_SIZE (user_data);
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (gdk_frame_clock_get_frame_counter (clock) <= first + 1)
    return G_SOURCE_CONTINUE;
  /* The rows of a column view are a list in it, which knows the action. */
  gtk_widget_activate_action (gtk_widget_get_last_child (self->view), "list.scroll-to-item", "u",
                              selected);
  dhk_import_preview_enter_details (self);
  return G_SOURCE_REMOVE;
}

void
dhk_import_preview_show_column (DhkImportPreview *self, guint file, guint column)
{
  g_return_if_fail (DHK_IS_IMPORT_PREVIEW (self));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->files), file);
  dhk_import_preview_choose (self, column);
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), enter_cb,
                                GSIZE_TO_POINTER (gdk_frame_clock_get_frame_counter (
                                    gtk_widget_get_frame_clock (GTK_WIDGET (self)))),
                                NULL);
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
  dhk_import_preview_add_columns (self);

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

  dhk_import_preview_create_details (self);
  dhk_import_preview_show_details (self);
}
