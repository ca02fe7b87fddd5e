/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: the files, and what each became. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-import-page-private.h"
#include "ui/dhk-import-responses.h"
#include "ui/dhk-import-rows.h"

char *
dhk_import_page_dup_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

gboolean
dhk_import_page_has_files (DhkImportPage *self)
{
  return self->draft != NULL && dhk_draft_get_files (self->draft)->len > 0;
}

static void
leave_responses_out (GPtrArray *files, gpointer owner)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (owner);

  for (guint i = 1; i < files->len; i++)
    g_ptr_array_remove (self->files, g_ptr_array_index (files, i));
  dhk_import_page_remove_file (self, g_ptr_array_index (files, 0));
}

/* What a file became in the draft. */
typedef struct
{
  const DhkDraftFile *first; /* NULL while it is not known */
  guint n;                   /* files of the draft: one may hold several questionnaires */
  char *text;                /* a line about each */
} Drafted;

static void
drafted_clear (Drafted *self)
{
  g_free (self->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drafted, drafted_clear)

/* Those of response files stand together, and another study for all that it holds. */
static void
find_drafted (DhkImportPage *self, guint index, Drafted *drafted)
{
  GPtrArray *files = self->draft != NULL ? dhk_draft_get_files (self->draft) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  *drafted = (Drafted){ NULL };
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);
      g_autofree char *line = NULL;

      if (file->source != index || dhk_import_is_made_of_responses (self->draft, file)
          || (drafted->first != NULL && drafted->first->summary != NULL))
        continue;
      line = dhk_import_dup_file_text (self->draft, file);
      g_string_append_printf (text, "%s%s", drafted->n > 0 ? "\n" : "", line);
      drafted->n++;
      if (drafted->first == NULL)
        drafted->first = file;
    }
  drafted->text = g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the rest of the page calls the file. */
static char *
dup_label (DhkImportPage *self, GFile *file, const Drafted *drafted)
{
  guint index;

  if (drafted->n == 1
      && g_ptr_array_find (dhk_draft_get_files (self->draft), drafted->first, &index))
    return dhk_import_dup_file_label (self->draft, index);
  return dhk_import_page_dup_file_name (file);
}

/* Which of the files of one name it is: the folder that it is in. Free with g_free(). */
static char *
dup_folder_text (GFile *file, const char *label, const char *text)
{
  g_autofree char *name = dhk_import_page_dup_file_name (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *where = folder != NULL ? dhk_import_page_dup_file_name (folder) : NULL;

  if (where == NULL || strcmp (label, name) == 0)
    return g_strdup (text);
  /* TRANSLATORS: of a file: the folder that it is in */
  return g_strdup_printf (_ ("%s · in the folder “%s”"), text, where);
}

/* Why a file cannot be read, or NULL. */
static const char *
find_refusal (DhkImportPage *self, guint index)
{
  const GPtrArray *refusals = self->draft != NULL ? dhk_draft_get_refusals (self->draft) : NULL;

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      const DhkDraftRefusal *refusal = g_ptr_array_index (refusals, i);

      if (refusal->source == index)
        return refusal->problem;
    }
  return NULL;
}

/* `problem`: why it cannot be read, or NULL. */
static GtkWidget *
create_file_row (DhkImportPage *self, GFile *file, const Drafted *drafted, const char *problem)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = dup_label (self, file, drafted);
  g_autofree char *tip = g_strdup_printf (_ ("Leave “%s” out"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (problem != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  if (drafted->n > 0 || problem != NULL)
    {
      g_autofree char *text
          = dup_folder_text (file, name, problem != NULL ? problem : drafted->text);
      g_autofree char *label = g_strdup_printf ("%s, %s", name, text);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data_full (G_OBJECT (button), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (dhk_import_page_leave_out), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
append_file_rows (DhkImportPage *self)
{
  GtkWidget *page = GTK_WIDGET (self);
  GtkWidget *loose = NULL;

  if (self->draft != NULL)
    loose = dhk_import_create_responses_row (self->draft, NULL, leave_responses_out, page);
  for (guint i = 0; i < self->files->len; i++)
    {
      GFile *file = g_ptr_array_index (self->files, i);
      g_auto (Drafted) drafted = { NULL };
      GtkWidget *row = NULL;

      find_drafted (self, i, &drafted);
      if (self->draft == NULL || !dhk_import_is_of_responses (self->draft, file))
        row = create_file_row (self, file, &drafted, find_refusal (self, i));
      else
        /* NULL for a loose one, which stands among its like. */
        row = dhk_import_create_responses_row (self->draft, file, leave_responses_out, page);
      if (row != NULL)
        gtk_list_box_append (self->file_list, row);
    }
  if (loose != NULL)
    gtk_list_box_append (self->file_list, loose);
}

void
dhk_import_page_show_files (DhkImportPage *self)
{
  gboolean has_files = self->files->len > 0;

  dhk_import_page_clear_list (self->file_list);
  append_file_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->file_list), has_files);
  gtk_widget_set_visible (self->drop_zone, !has_files);
  gtk_widget_set_visible (self->add_button, has_files && !self->committing);
}
