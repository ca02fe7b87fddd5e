/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import page: a background question made of a column that the questionnaire does not know. */

#include <glib/gi18n.h>

#include "ui/dhk-import-page-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-session-instrument.h"
#include "ui/dhk-variable-fields.h"

/* Wording and names are in the language that the file is read in. */
#define LANGUAGE dhk_language_of_messages ()

static DhkDraftFile *
get_file (DhkImportPage *self, guint file)
{
  GPtrArray *files = self->draft != NULL ? dhk_draft_get_files (self->draft) : NULL;

  return files != NULL && file < files->len ? g_ptr_array_index (files, file) : NULL;
}

/* What stays outside ----------------------------------------------------------- */

/* To the first of them, where can be said what it is. */
static void
show_first_cb (AdwActionRow *row, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "file"));
  const DhkDraftFile *file = get_file (self, index);

  for (guint i = 0; file != NULL && i < file->columns->len; i++)
    if (((DhkDraftColumn *) g_ptr_array_index (file->columns, i))->role == DHK_COLUMN_UNMATCHED)
      {
        dhk_import_preview_show_column (self->preview, index, i);
        return;
      }
}

#define MOST_HEADS 5

static char *
dup_heads (const DhkDraftFile *file, guint *n)
{
  g_autoptr (GString) heads = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < file->columns->len; i++)
    {
      const DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      if (column->role != DHK_COLUMN_UNMATCHED || column->head[0] == '\0')
        continue;
      if (*n < MOST_HEADS)
        g_string_append_printf (heads, "%s“%s”", *n > 0 ? ", " : "", column->head);
      else if (*n == MOST_HEADS)
        g_string_append (heads, ", …");
      ++*n;
    }
  return g_string_free (g_steal_pointer (&heads), FALSE);
}

GtkWidget *
dhk_import_page_create_unmatched_row (DhkImportPage *self, guint index)
{
  const DhkDraftFile *file = get_file (self, index);
  guint n;
  g_autofree char *heads = dup_heads (file, &n);
  g_autofree char *title = NULL;
  GtkWidget *row, *icon;

  if (n == 0 || file->questionnaire < 0)
    return NULL;
  title = g_strdup_printf (
      ngettext ("%u column is not in the questionnaire and stays outside the answers",
                "%u columns are not in the questionnaire and stay outside the answers", n),
      n);
  row = adw_action_row_new ();
  icon = gtk_image_new_from_icon_name ("go-next-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), heads);
  gtk_widget_set_tooltip_text (row, _ ("Say what it is, or make a background question of it"));
  g_object_set_data (G_OBJECT (row), "file", GUINT_TO_POINTER (index));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  g_signal_connect_object (row, "activated", G_CALLBACK (show_first_cb), self, 0);
  return row;
}

/* A question of it --------------------------------------------------------------- */

static void
take (DhkInstrumentDialog *dialog)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (dialog->owner);
  const char *head = g_object_get_data (G_OBJECT (dialog->dialog), "head");
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) next = NULL;

  if (self->session == NULL)
    return;
  next = dhk_variable_fields_apply (dialog, dhk_session_get_instrument (self->session),
                                    (guint) dialog->place, LANGUAGE, head, &error);
  if (next == NULL)
    dhk_message_show_error (GTK_WIDGET (self), _ ("The question was not added"), error);
  else
    dhk_import_page_save_version (self, next, _ ("The questionnaire asks this from version %s on"),
                                  _ ("The question was not added"));
}

static void
ask (DhkImportPage *self, guint questionnaire, const DhkDraftColumn *column)
{
  const DhkVariableProposal proposal = { .text = column->head,
                                         .labels = column->values,
                                         .is_number = column->is_number,
                                         .low = column->low,
                                         .high = column->high };
  DhkInstrumentDialog *dialog = dhk_instrument_dialog_new_over (
      GTK_WIDGET (self), _ ("New Background Question"),
      _ ("It is added to the questionnaire as a new version, and this column becomes its answers."),
      _ ("_Add"), take);

  dialog->place = (int) questionnaire;
  g_object_set_data_full (G_OBJECT (dialog->dialog), "head", g_strdup (column->head), g_free);
  dhk_variable_fields_add (dialog, dhk_session_get_instrument (self->session), questionnaire,
                           &proposal);
  dhk_instrument_dialog_present (dialog);
}

void
dhk_import_page_new_question (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);
  guint index, column;
  const DhkDraftFile *file;

  g_variant_get (parameter, "(uu)", &index, &column);
  file = get_file (self, index);
  if (file == NULL || file->questionnaire < 0 || column >= file->columns->len
      || self->cancellable != NULL)
    return;
  if (!dhk_import_page_may_change (self))
    return;
  ask (self, (guint) file->questionnaire, g_ptr_array_index (file->columns, column));
}
