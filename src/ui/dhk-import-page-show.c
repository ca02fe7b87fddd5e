/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: what it shows of the draft. */

#include <glib/gi18n.h>
#include <string.h>

#include "store/dhk-store-profile.h"
#include "ui/dhk-import-decisions.h"
#include "ui/dhk-import-page-private.h"
#include "ui/dhk-import-rows.h"

void
dhk_import_page_clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

void
dhk_import_page_leave_out (GtkButton *button, gpointer user_data)
{
  dhk_import_page_remove_file (DHK_IMPORT_PAGE (user_data),
                               g_object_get_data (G_OBJECT (button), "file"));
}

void
dhk_import_page_show_progress (DhkImportPage *self, const char *text)
{
  g_clear_handle_id (&self->waiting, g_source_remove);
  gtk_widget_set_visible (self->progress_box, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
}

/* The file that a message names, or NULL. */
static GFile *
find_named_file (DhkImportPage *self, const char *text)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *name = dhk_import_page_dup_file_name (g_ptr_array_index (self->files, i));
      g_autofree char *quoted = g_strdup_printf ("“%s”", name);

      if (strstr (text, quoted) != NULL)
        return g_ptr_array_index (self->files, i);
    }
  return NULL;
}

/* One file that cannot be read holds up the others: leaving it out is one click away. */
void
dhk_import_page_show_problem (DhkImportPage *self, const char *text)
{
  GFile *file = text != NULL ? find_named_file (self, text) : NULL;

  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  gtk_widget_set_visible (self->problem_button, file != NULL);
  g_object_set_data_full (G_OBJECT (self->problem_button), "file",
                          file != NULL ? g_object_ref (file) : NULL, g_object_unref);
}

/* The draft --------------------------------------------------------------- */

static void
append_row (GtkListBox *list, GtkWidget *row)
{
  if (row != NULL)
    gtk_list_box_append (list, row);
}

static void
show_files_of_draft (DhkImportPage *self)
{
  GtkWidget *page = GTK_WIDGET (self);

  append_row (self->certain, dhk_import_page_create_version_row (self));
  append_row (self->certain,
              dhk_import_create_profile_row (self->draft, dhk_import_page_decide, page));
  for (guint i = 0; i < dhk_draft_get_files (self->draft)->len; i++)
    {
      append_row (self->certain, dhk_import_create_columns_row (self->draft, i));
      append_row (self->certain, dhk_import_page_create_unmatched_row (self, i));
      append_row (self->certain,
                  dhk_import_create_decisions_row (self->draft, i, dhk_import_page_decide, page));
      dhk_import_add_notes (self->draft, i, self->notes);
      append_row (self->notes,
                  dhk_import_create_aside_row (self->draft, i, dhk_import_page_decide, page));
    }
  dhk_import_add_conflicts (self->draft, self->conflicts);
  gtk_widget_set_sensitive (GTK_WIDGET (self->conflicts), TRUE);
  gtk_widget_set_visible (self->keep_all, FALSE);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->corrections),
      _ ("This study stays as it is; what the file says is kept beside it. Once the file is added, "
         "you can take it over here."));
}

/* What was decided by hand can be kept for the next wave, under the form's name. */
static void
show_memory (DhkImportPage *self)
{
  gtk_widget_set_visible (self->memory, dhk_import_has_decisions (self->draft));
  if (*gtk_editable_get_text (self->profile_name) == '\0')
    {
      g_autofree char *name = dhk_store_suggest_profile_name (self->draft);

      gtk_editable_set_text (self->profile_name, name);
    }
}

/* What to do next: add what is new; where nothing is, go on. */
static void
show_actions (DhkImportPage *self)
{
  gboolean is_open
      = dhk_draft_get_questions (self->draft)->len > 0 || dhk_import_page_asks_personal (self);
  gboolean is_new = is_open || dhk_import_brings_news (self->draft);
  gboolean is_some = is_new || dhk_draft_get_totals (self->draft, NULL).aside > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", !is_open && is_some);
  gtk_widget_set_visible (self->commit_button, is_some);
  gtk_button_set_label (GTK_BUTTON (self->leave_button), is_new ? _ ("_Leave It") : _ ("_Done"));
  if (is_new)
    {
      gtk_widget_add_css_class (self->commit_button, "suggested-action");
      gtk_widget_remove_css_class (self->leave_button, "suggested-action");
    }
  else
    {
      gtk_widget_remove_css_class (self->commit_button, "suggested-action");
      gtk_widget_add_css_class (self->leave_button, "suggested-action");
    }
}

/* From a number in the outcome to what explains it. */
gboolean
dhk_import_page_follow (GtkLabel *label, const char *link, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);
  GtkListBox *list = g_str_equal (link, DHK_IMPORT_LINK_CONFLICTS) ? self->conflicts : self->notes;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    {
      if (g_str_equal (link, DHK_IMPORT_LINK_ASIDE) != ADW_IS_EXPANDER_ROW (row))
        continue;
      if (ADW_IS_EXPANDER_ROW (row))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
      break;
    }
  return TRUE;
}

void
dhk_import_page_show_draft (DhkImportPage *self)
{
  /* Where no file can be read there is nothing to decide. */
  DhkDraft *draft = dhk_import_page_has_files (self) ? self->draft : NULL;
  g_autofree char *outcome = NULL;

  gtk_widget_set_visible (self->decisions, draft != NULL);
  gtk_revealer_set_reveal_child (self->outcome, draft != NULL);
  dhk_import_page_clear_list (self->certain);
  dhk_import_page_clear_list (self->notes);
  dhk_import_page_clear_list (self->conflicts);
  dhk_import_preview_set_draft (self->preview, draft);
  gtk_widget_set_visible (self->attention, FALSE);
  gtk_widget_set_visible (self->corrections, FALSE);
  gtk_widget_set_visible (self->memory, FALSE);
  gtk_widget_set_visible (self->mapping, draft != NULL);
  if (draft == NULL)
    return;

  dhk_import_page_show_personal (self);
  dhk_import_page_show_questions (self);
  show_files_of_draft (self);
  show_memory (self);
  gtk_widget_set_visible (GTK_WIDGET (self->certain), has_rows (self->certain));
  gtk_widget_set_visible (self->attention, has_rows (self->notes));
  gtk_widget_set_visible (self->corrections, has_rows (self->conflicts));

  outcome = dhk_import_dup_outcome (draft, dhk_import_page_asks_personal (self));
  gtk_label_set_markup (self->outcome_label, outcome);
  show_actions (self);
}
