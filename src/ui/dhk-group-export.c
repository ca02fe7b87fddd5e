/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-group-export.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "analysis/dhk-group-figures.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-task.h"

/* What is being asked. */
typedef struct
{
  GtkWidget *widget;
  DhkSession *session;
  AdwComboRow *row;
  GArray *variables; /* int: what each choice of the row means */
  int variable;      /* what was chosen */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->session);
  g_array_unref (asking->variables);
  g_free (asking);
}

gboolean
dhk_group_export_is_possible (DhkSession *session)
{
  return session != NULL
         && dhk_instrument_get_self_rating (dhk_session_get_instrument (session)) != NULL
         && dhk_frame_get_n_rows (dhk_session_get_frame (session)) > 0;
}

/* Writing --------------------------------------------------------------------------------- */

typedef struct
{
  DhkFrame *frame;
  int variable;
  gboolean is_sample;
  GFile *file;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  dhk_frame_unref (writing->frame);
  g_object_unref (writing->file);
  g_free (writing);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Writing *writing = task_data;
  g_autoptr (DhkGroupProfile) profile = dhk_group_figures_compute (
      writing->frame, writing->variable, DHK_GROUP_PROFILE_MINIMUM, writing->is_sample);
  GError *error = NULL;

  if (profile->groups->len == 0)
    g_task_return_new_error (
        task, DHK_GROUP_PROFILE_ERROR, DHK_GROUP_PROFILE_ERROR_WRITE,
        _ ("Nowhere did %d people or more answer the same question, so there is nothing that may "
           "be shown. Nothing was written."),
        DHK_GROUP_PROFILE_MINIMUM);
  else if (dhk_group_profile_save (profile, writing->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    dhk_message_toast (GTK_WIDGET (source), _ ("Group profile exported"), NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (source), _ ("The group profile was not exported"), error);
}

void
dhk_group_export_write (GtkWidget *widget, DhkSession *session, int variable, GFile *file)
{
  g_autoptr (GTask) task = NULL;
  Writing *writing;

  g_return_if_fail (GTK_IS_WIDGET (widget) && DHK_IS_SESSION (session) && G_IS_FILE (file));

  task = dhk_task_new (widget, NULL, written_cb, NULL);
  writing = g_new0 (Writing, 1);
  writing->frame = dhk_frame_ref (dhk_session_get_frame (session));
  writing->variable = variable;
  writing->is_sample = dhk_session_is_sample (session);
  writing->file = g_object_ref (file);
  g_task_set_source_tag (task, dhk_group_export_write);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_thread);
}

/* Asking ---------------------------------------------------------------------------------- */

static void
file_chosen (GPtrArray *files, gpointer owner)
{
  Asking *asking = g_object_get_data (G_OBJECT (owner), "dhk-group-export");

  dhk_group_export_write (GTK_WIDGET (owner), asking->session, asking->variable,
                          g_ptr_array_index (files, 0));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  static const char *const suffixes[] = { DHK_GROUP_PROFILE_SUFFIX, NULL };
  const DhkFileKind kind = { _ ("Group profiles"), suffixes };
  Asking *asking = user_data;
  const DhkChoice choice = { .title = _ ("Export Group Profile"),
                             .accept = _ ("_Export"),
                             .save = TRUE,
                             .suggested_name = dhk_session_get_name (asking->session),
                             .kinds = &kind,
                             .n_kinds = 1 };
  guint selected;

  if (!g_str_equal (response, "choose"))
    return;
  selected = adw_combo_row_get_selected (asking->row);
  asking->variable
      = selected < asking->variables->len ? g_array_index (asking->variables, int, selected) : -1;
  dhk_choose (asking->widget, &choice, file_chosen);
}

/* The variables of the self-rating that have categories: those that a person is asked. */
static GtkWidget *
create_row (Asking *asking)
{
  DhkInstrument *instrument = dhk_session_get_instrument (asking->session);
  const DhkSelfRating *rating = dhk_instrument_get_self_rating (instrument);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  int variable = -1;

  asking->row = ADW_COMBO_ROW (adw_combo_row_new ());
  gtk_string_list_append (names, _ ("No, whole groups only"));
  g_array_append_val (asking->variables, variable);
  for (guint i = 0; i < rating->n_background; i++)
    {
      variable = (int) rating->background[i];
      gtk_string_list_append (
          names,
          dhk_text_get (&dhk_instrument_get_variable (instrument, rating->background[i])->label,
                        dhk_language_of_messages ()));
      g_array_append_val (asking->variables, variable);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (asking->row), _ ("Also apart by"));
  adw_combo_row_set_model (asking->row, G_LIST_MODEL (names));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (asking->row));
  return group;
}

void
dhk_group_export_ask (GtkWidget *widget, DhkSession *session)
{
  Asking *asking;
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (dhk_group_export_is_possible (session));

  asking = g_new0 (Asking, 1);
  asking->widget = widget;
  asking->session = g_object_ref (session);
  asking->variables = g_array_new (FALSE, FALSE, sizeof (int));
  root = gtk_widget_get_root (widget);
  dialog = adw_message_dialog_new (
      GTK_WINDOW (root), _ ("Export Group Profile"),
      _ ("For those who fill in their own self-rating: how many answered each part, the mean and "
         "the standard deviation. No rows. What fewer than 10 people answered is left out, and so "
         "is what would give it away."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_row (asking));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "choose",
                                    _ ("Choose _File…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "choose",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "choose");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  /* Kept until the next time it is asked, for the file that is chosen after it. */
  g_object_set_data_full (G_OBJECT (widget), "dhk-group-export", asking, asking_free);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}
