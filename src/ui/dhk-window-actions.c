/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's actions, all in one table, and when each can be used. */

#include <glib/gi18n.h>

#include <string.h>

#include "export/dhk-export.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-group-export.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-message.h"
#include "ui/dhk-task.h"
#include "ui/dhk-window-private.h"
#include "ui/dhk-window-protect.h"

/* Undo and redo ----------------------------------------------------------- */

typedef struct
{
  DhkWindow *window;
  char *label; /* of the step */
  gboolean is_undo;
} Step;

static Step *
step_new (DhkWindow *self, const char *label, gboolean is_undo)
{
  Step *step = g_new0 (Step, 1);

  step->window = g_object_ref (self);
  step->label = g_strdup (label);
  step->is_undo = is_undo;
  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->window);
  g_free (step->label);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
step_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_show_error (
          GTK_WIDGET (step->window),
          step->is_undo ? _ ("The step was not undone") : _ ("The step was not redone"), error);
      return;
    }
  text = g_strdup_printf (step->is_undo ? _ ("Undone: %s") : _ ("Redone: %s"), step->label);
  dhk_message_toast (GTK_WIDGET (step->window), text, step->is_undo ? _ ("_Redo") : _ ("_Undo"),
                     step->is_undo ? "win.redo" : "win.undo");
}

/* What only reads is waited for; while something is written the label is not yet that of the last step. */
static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);
  const char *label = dhk_session_get_undo_label (self->session);

  if (label != NULL && !dhk_session_is_saving (self->session))
    dhk_session_undo_async (self->session, step_done_cb, step_new (self, label, TRUE));
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);
  const char *label = dhk_session_get_redo_label (self->session);

  if (label != NULL && !dhk_session_is_saving (self->session))
    dhk_session_redo_async (self->session, step_done_cb, step_new (self, label, FALSE));
}

/* Files ------------------------------------------------------------------- */

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);

  dhk_window_show_page (self, "import");
  dhk_import_page_choose (DHK_IMPORT_PAGE (dhk_window_get_page (self, "import")));
}

static void
copy_chosen (GPtrArray *files, gpointer owner)
{
  dhk_window_save_copy (DHK_WINDOW (owner), g_ptr_array_index (files, 0));
}

static void
save_copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "driehoek", NULL };
  const DhkFileKind kind = { _ ("Driehoek studies"), suffixes };
  g_autofree char *suggested
      = g_strdup_printf (_ ("%s (copy)"), dhk_session_get_name (DHK_WINDOW (widget)->session));
  const DhkChoice choice = { .title = _ ("Save a Copy"),
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .suggested_name = suggested,
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, copy_chosen);
}

typedef struct
{
  DhkFrame *frame;
  GFile *file;
  gboolean is_sav;
  DhkLanguage language; /* of the labels in a .sav */
} Answers;

static void
answers_free (gpointer data)
{
  Answers *answers = data;

  dhk_frame_unref (answers->frame);
  g_object_unref (answers->file);
  g_free (answers);
}

static void
export_answers_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Answers *answers = task_data;
  GError *error = NULL;

  if (answers->is_sav
          ? dhk_export_sav (answers->frame, answers->language, answers->file, cancellable, &error)
          : dhk_export_csv (answers->frame, answers->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answers_exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    dhk_message_toast_file (GTK_WIDGET (source), _ ("Answers exported"),
                            ((Answers *) g_task_get_task_data (G_TASK (result)))->file);
  else
    dhk_message_show_error (GTK_WIDGET (source), _ ("The answers were not exported"), error);
}

static void
answers_chosen (GPtrArray *files, gpointer owner)
{
  DhkWindow *self = DHK_WINDOW (owner);
  g_autoptr (GTask) task = dhk_task_new (self, NULL, answers_exported_cb, NULL);
  Answers *answers = g_new0 (Answers, 1);
  g_autofree char *name = g_file_get_basename (g_ptr_array_index (files, 0));

  answers->frame = dhk_frame_ref (dhk_session_get_frame (self->session));
  answers->file = g_object_ref (g_ptr_array_index (files, 0));
  answers->is_sav = g_str_has_suffix (name, ".sav");
  answers->language = dhk_language_of_messages ();
  g_task_set_source_tag (task, answers_chosen);
  g_task_set_task_data (task, answers, answers_free);
  g_task_run_in_thread (task, export_answers_thread);
}

static void
export_answers_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const csv[] = { "csv", NULL };
  static const char *const sav[] = { "sav", NULL };
  const DhkFileKind kinds[] = { { _ ("CSV: a row per respondent"), csv },
                                { _ ("SPSS: the same with labels and kinds of missing"), sav } };
  const DhkChoice choice = { .title = _ ("Export All Answers"),
                             .accept = _ ("_Export"),
                             .save = TRUE,
                             .suggested_name = dhk_session_get_name (DHK_WINDOW (widget)->session),
                             .kinds = kinds,
                             .n_kinds = G_N_ELEMENTS (kinds) };

  dhk_choose (widget, &choice, answers_chosen);
}

static void
export_group_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);

  if (dhk_group_export_is_possible (self->session))
    dhk_group_export_ask (widget, self->session);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) own = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  own = g_error_new_literal (
      G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("No program on this computer opens such a file. The file was written and is whole; open "
         "it from the folder where you put it."));
  dhk_message_show_error (widget, _ ("The file was not opened"), own);
}

static void
show_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_show_uri_full (GTK_WINDOW (widget), g_variant_get_string (parameter, NULL), GDK_CURRENT_TIME,
                     NULL, shown_cb, g_object_ref (widget));
}

/* Safety ------------------------------------------------------------------ */

static void
password_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_change_password (DHK_WINDOW (widget));
}

static void
backups_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_show_backups (DHK_WINDOW (widget));
}

static void
key_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_show_key_file (DHK_WINDOW (widget));
}

static void
retention_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_ask_retention (DHK_WINDOW (widget));
}

static void
erase_study_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (DHK_WINDOW (widget)->session != NULL)
    dhk_window_ask_erase (DHK_WINDOW (widget));
}

static void
repair_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (DHK_WINDOW (widget)->damaged != NULL)
    dhk_window_choose_repair (DHK_WINDOW (widget));
}

static void
problem_report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_make_report (DHK_WINDOW (widget));
}

static void
leave_damaged_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_leave_damaged (DHK_WINDOW (widget));
}

/* The page that is shown -------------------------------------------------- */

/* Passes on to the page's own action of that name. */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  g_autofree char *action = g_strconcat ("page.", name + strlen ("win."), NULL);

  if (page != NULL)
    gtk_widget_activate_action (page, action, NULL);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_window_show_page (DHK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkWindow *self = DHK_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* A page has the name of its topic. */
const char *
dhk_window_get_help_topic (DhkWindow *self)
{
  const char *page = dhk_window_get_page_name (self);

  return page != NULL ? page : self->damaged != NULL ? "safety" : "start";
}

static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_help_window_show (GTK_WINDOW (widget), dhk_window_get_help_topic (DHK_WINDOW (widget)),
                        FALSE);
}

/* The table --------------------------------------------------------------- */

void
dhk_window_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.import", NULL, import_action },
    { "win.undo", NULL, undo_action },
    { "win.redo", NULL, redo_action },
    { "win.save-copy", NULL, save_copy_action },
    { "win.password", NULL, password_action },
    { "win.backups", NULL, backups_action },
    { "win.key-file", NULL, key_file_action },
    { "win.retention", NULL, retention_action },
    { "win.erase-study", NULL, erase_study_action },
    { "win.repair", NULL, repair_action },
    { "win.leave-damaged", NULL, leave_damaged_action },
    { "win.problem-report", NULL, problem_report_action },
    { "win.export-answers", NULL, export_answers_action },
    { "win.export-group", NULL, export_group_action },
    { "win.show-file", "s", show_file_action },
    { "win.page", "s", show_page_action },
    { "win.sidebar", NULL, sidebar_action },
    { "win.help", NULL, help_action },
    { "win.print", NULL, page_action },
    { "win.export", NULL, page_action },
    { "win.zoom-in", NULL, page_action },
    { "win.zoom-out", NULL, page_action },
    { "win.zoom-normal", NULL, page_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, actions[i].type, actions[i].activate);
}

static void
update_tooltips (DhkWindow *self, const char *undo, const char *redo)
{
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_ ("Undo: %s"), undo) : NULL;
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_ ("Redo: %s"), redo) : NULL;

  gtk_widget_set_tooltip_text (self->undo_button, undo_text != NULL ? undo_text : _ ("Undo"));
  gtk_widget_set_tooltip_text (self->redo_button, redo_text != NULL ? redo_text : _ ("Redo"));
}

void
dhk_window_update_actions (DhkWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_study = self->session != NULL;
  gboolean may_change = has_study && !dhk_session_is_read_only (self->session);
  const char *page = dhk_window_get_page_name (self);
  const char *undo = has_study ? dhk_session_get_undo_label (self->session) : NULL;
  const char *redo = has_study ? dhk_session_get_redo_label (self->session) : NULL;
  gboolean has_output = has_study && g_strcmp0 (page, "import") != 0
                        && g_strcmp0 (page, "responses") != 0
                        && (g_strcmp0 (page, "questionnaire") == 0
                            || dhk_frame_get_n_rows (dhk_session_get_frame (self->session)) > 0);
  gboolean has_zoom = has_output && g_strcmp0 (page, "report") == 0;

  gtk_widget_action_set_enabled (widget, "win.import", may_change);
  gtk_widget_action_set_enabled (widget, "win.undo", may_change && undo != NULL);
  gtk_widget_action_set_enabled (widget, "win.redo", may_change && redo != NULL);
  gtk_widget_action_set_enabled (widget, "win.save-copy", has_study);
  gtk_widget_action_set_enabled (widget, "win.password", may_change);
  gtk_widget_action_set_enabled (widget, "win.backups", may_change || self->damaged != NULL);
  gtk_widget_action_set_enabled (widget, "win.key-file", may_change);
  gtk_widget_action_set_enabled (widget, "win.retention", may_change);
  gtk_widget_action_set_enabled (widget, "win.erase-study", may_change);
  gtk_widget_action_set_enabled (widget, "win.export-answers", has_study);
  gtk_widget_action_set_enabled (widget, "win.export-group",
                                 dhk_group_export_is_possible (self->session));
  gtk_widget_action_set_enabled (widget, "win.page", has_study);
  gtk_widget_action_set_enabled (widget, "win.sidebar", has_study);
  gtk_widget_action_set_enabled (widget, "win.print", has_output);
  gtk_widget_action_set_enabled (widget, "win.export", has_output);
  gtk_widget_action_set_enabled (widget, "win.zoom-in", has_zoom);
  gtk_widget_action_set_enabled (widget, "win.zoom-out", has_zoom);
  gtk_widget_action_set_enabled (widget, "win.zoom-normal", has_zoom);

  update_tooltips (self, undo, redo);
}
