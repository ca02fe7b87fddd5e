/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: the backups of the study that is open. */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>

#include "store/dhk-store-backup.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-task.h"
#include "ui/dhk-window-private.h"

#define NAME_DATA "dhk-backup-name"

/* Going back ------------------------------------------------------------------------------ */

typedef struct
{
  DhkWindow *window; /* until a thread has it */
  GFile *file;
  char *name;
} Going;

static void
going_free (Going *self)
{
  g_object_unref (self->file);
  g_free (self->name);
  g_free (self);
}

static void
restore_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Going *going = task_data;
  g_autoptr (GPtrArray) backups = dhk_backup_list (going->file);
  const DhkBackup *backup = dhk_backup_find (backups, going->name);
  GError *error = NULL;

  if (backup == NULL)
    g_task_return_new_error (task, DHK_STORE_ERROR, DHK_STORE_ERROR_IO, "%s",
                             _ ("This backup is no longer there. The study was not changed."));
  else if (!dhk_backup_restore (going->file, backup, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (source);
  Going *going = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  dhk_window_set_opening (self, FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    dhk_message_show_error (GTK_WIDGET (self), _ ("The study was not set back"), error);
  dhk_window_open_study (self, going->file);
}

static void
restore (Going *going)
{
  g_autoptr (DhkWindow) window = g_steal_pointer (&going->window);
  g_autoptr (GTask) task = dhk_task_new (window, NULL, restored_cb, NULL);

  g_task_set_source_tag (task, restore);
  g_task_set_task_data (task, going, (GDestroyNotify) going_free);
  g_task_run_in_thread (task, restore_thread);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  restore (user_data);
}

/* Of the study that is open, or that is damaged. */
static GFile *
get_file (DhkWindow *self)
{
  return self->session != NULL ? dhk_session_get_file (self->session) : self->damaged;
}

void
dhk_window_restore (DhkWindow *self, const char *name)
{
  g_autoptr (DhkSession) session = NULL;
  Going *going;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (get_file (self) != NULL);

  going = g_new0 (Going, 1);
  going->window = g_object_ref (self);
  going->file = g_object_ref (get_file (self));
  going->name = g_strdup (name);
  g_set_object (&session, self->session);
  dhk_window_set_session (self, NULL);
  dhk_window_set_opening (self, TRUE);
  /* What the study still has to write comes first. */
  if (session != NULL)
    dhk_session_close_async (session, FALSE, closed_cb, going);
  else
    restore (going);
}

/* The list ----------------------------------------------------------------------------------- */

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    dhk_message_toast (GTK_WIDGET (self), _ ("A backup was made"), NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("No backup was made"), error);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;
  GtkListBox *list = g_object_get_data (G_OBJECT (dialog), NAME_DATA);
  GtkListBoxRow *row = list != NULL ? gtk_list_box_get_selected_row (list) : NULL;

  /* A list that goes away says that nothing is selected, to a dialog that is gone. */
  if (list != NULL)
    g_signal_handlers_disconnect_by_data (list, dialog);

  if (g_str_equal (response, "make") && self->session != NULL)
    dhk_session_back_up_async (self->session, made_cb, g_object_ref (self));
  else if (g_str_equal (response, "restore") && row != NULL && get_file (self) != NULL)
    dhk_window_restore (self, g_object_get_data (G_OBJECT (row), NAME_DATA));
}

static void
selected_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  adw_message_dialog_set_response_enabled (user_data, "restore", row != NULL);
}

static GtkWidget *
make_row (const DhkBackup *backup)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (backup->when);
  g_autofree char *title = g_date_time_format (when, "%A %-d %B %Y, %H:%M:%S");
  g_autofree char *size = g_format_size (backup->size);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
  g_object_set_data_full (G_OBJECT (row), NAME_DATA, g_strdup (backup->name), g_free);
  return row;
}

#define MAX_ROWS_IN_SIGHT 4

static GtkWidget *
make_list (AdwMessageDialog *dialog, GPtrArray *backups)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Backups"), -1);
  for (guint i = 0; i < backups->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (g_ptr_array_index (backups, i)));
  g_signal_connect (list, "row-selected", G_CALLBACK (selected_cb), dialog);
  g_object_set_data (G_OBJECT (dialog), NAME_DATA, list);
  gtk_list_box_unselect_all (GTK_LIST_BOX (list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  /* A dialog gives a list no more than it must have: whole rows, each on two lines. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              56 * (int) MIN (backups->len, MAX_ROWS_IN_SIGHT));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_size_request (scrolled, 360, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

void
dhk_window_show_backups (DhkWindow *self)
{
  g_autoptr (GPtrArray) backups = NULL;
  AdwMessageDialog *dialog;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (get_file (self) != NULL);

  backups = dhk_backup_list (get_file (self));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Backups"),
      backups->len > 0
          ? _ ("Whole copies in the folder of the study, made before the first change of a day’s "
               "work. What is replaced becomes a backup itself, so going back can be taken back.")
          : _ (
              "There is no backup yet. One is made before the first change of a day’s work, in the "
              "folder of the study.")));
  dhk_help_set_topic (dialog, "safety");
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  if (self->session != NULL)
    adw_message_dialog_add_response (dialog, "make", _ ("_Make a Backup Now"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  if (backups->len > 0)
    {
      adw_message_dialog_add_response (dialog, "restore", _ ("_Go Back to This"));
      adw_message_dialog_set_response_appearance (dialog, "restore", ADW_RESPONSE_DESTRUCTIVE);
      adw_message_dialog_set_response_enabled (dialog, "restore", FALSE);
      adw_message_dialog_set_extra_child (dialog, make_list (dialog, backups));
    }
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_object_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
}
