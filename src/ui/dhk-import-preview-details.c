/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preview of an import: what the chosen column is and what its labels mean. */

#include <glib/gi18n.h>

#include "ui/dhk-import-preview-private.h"

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

/* What the questionnaire does not ask can be asked from now on; people's own words are no variable. */
static void
add_new_question (DhkImportPreview *self, const DhkDraftColumn *column, guint place)
{
  const DhkDraftFile *file = dhk_import_preview_get_file (self);
  gboolean is_variable = column->values != NULL || column->is_number;
  GtkWidget *row;

  if (column->role != DHK_COLUMN_UNMATCHED || file->questionnaire < 0 || file->is_merged
      || column->head[0] == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("New background question"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row),
      is_variable
          ? _ ("The questionnaire then asks this too, and the answers come along, also those "
               "of respondents who are there already.")
          : _ ("In people’s own words: kept as they are, but not something to compare "
               "groups by."));
  if (is_variable)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Make One…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.new-question");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", self->file, place);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->details), row);
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

void
dhk_import_preview_show_details (DhkImportPreview *self)
{
  int focus = find_focus (self);
  guint selected = gtk_single_selection_get_selected (self->selection);
  const DhkDraftColumn *column = selected == GTK_INVALID_LIST_POSITION
                                     ? NULL
                                     : dhk_import_preview_get_column (self, selected);
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
  add_new_question (self, column, selected);
  add_labels (self, column);
  restore_focus (self, focus);
}

void
dhk_import_preview_enter_details (DhkImportPreview *self)
{
  GtkWidget *first = gtk_widget_get_first_child (self->details);

  if (first != NULL)
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
}

/* Life ---------------------------------------------------------------------- */

void
dhk_import_preview_create_details (DhkImportPreview *self)
{
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
}
