/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: a study that is damaged, and what can be saved of it. */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-salvage.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-task.h"
#include "ui/dhk-window-private.h"

#define OUT_DATA "dhk-window-repair-out"

static char *
dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

/* The page ---------------------------------------------------------------------------------- */

/* What is true of it and what can be done, the best way first. */
static void
describe (DhkWindow *self, GFile *file, gboolean has_backups)
{
  g_autofree char *name = dup_name (file);
  g_autofree char *text = g_strdup_printf (
      has_backups ? _ ("“%s” cannot be read to its end. Nothing was changed in it. There are "
                       "backups of it, which were whole when they were made.")
                  : _ ("“%s” cannot be read to its end. Nothing was changed in it. There is no "
                       "backup of it, but much of it may still be readable."),
      name);
  g_autofree char *safe = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->damaged_page, safe);
  gtk_widget_set_visible (self->damaged_backups, has_backups);
  if (has_backups)
    gtk_widget_remove_css_class (self->damaged_repair, "suggested-action");
  else
    gtk_widget_add_css_class (self->damaged_repair, "suggested-action");
}

gboolean
dhk_window_show_damaged (DhkWindow *self, GFile *file, const GError *error)
{
  g_autoptr (GPtrArray) backups = NULL;

  g_return_val_if_fail (DHK_IS_WINDOW (self), FALSE);
  if (!g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED))
    return FALSE;
  g_set_object (&self->damaged, file);
  backups = dhk_backup_list (file);
  describe (self, file, backups->len > 0);
  dhk_window_set_opening (self, FALSE);
  dhk_window_update_actions (self);
  gtk_widget_grab_focus (backups->len > 0 ? self->damaged_backups : self->damaged_repair);
  return TRUE;
}

void
dhk_window_leave_damaged (DhkWindow *self)
{
  g_clear_object (&self->damaged);
  dhk_window_set_opening (self, FALSE);
  dhk_window_update_actions (self);
}

/* Saving what can be read ---------------------------------------------------------------------- */

typedef struct
{
  GFile *damaged;
  GFile *out;
  char *password;
  DhkSalvage salvage;
} Repair;

static void
repair_free (gpointer data)
{
  Repair *repair = data;

  g_object_unref (repair->damaged);
  g_object_unref (repair->out);
  dhk_secret_free (repair->password);
  g_free (repair);
}

static void
repair_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Repair *repair = task_data;
  GError *error = NULL;

  if (dhk_store_salvage (repair->damaged, repair->password, repair->out, &repair->salvage, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
told_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (user_data);
  GFile *out = g_object_get_data (G_OBJECT (dialog), OUT_DATA);

  if (g_str_equal (response, "open"))
    dhk_window_open_study (self, out);
}

static void
tell (DhkWindow *self, const Repair *repair)
{
  g_autofree char *name = dup_name (repair->out);
  g_autofree char *text = dhk_salvage_describe (&repair->salvage, name);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("What Could Be Saved"), g_strchomp (text)));

  adw_message_dialog_add_responses (dialog, "close", _ ("_Close"), "open", _ ("_Open It"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "open");
  adw_message_dialog_set_close_response (dialog, "close");
  g_object_set_data_full (G_OBJECT (dialog), OUT_DATA, g_object_ref (repair->out), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (told_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void start (DhkWindow *self, GFile *out, const char *password);

static void
password_cb (const char *password, gpointer owner)
{
  g_autoptr (GFile) out = g_object_steal_data (G_OBJECT (owner), OUT_DATA);

  if (out != NULL && password != NULL)
    start (DHK_WINDOW (owner), out, password);
}

static void
ask_password (DhkWindow *self, const Repair *repair, const GError *error)
{
  g_autofree char *name = dup_name (repair->damaged);
  g_autofree char *heading = g_strdup_printf (_ ("Password of “%s”"), name);

  g_object_set_data_full (G_OBJECT (self), OUT_DATA, g_object_ref (repair->out), g_object_unref);
  dhk_secret_ask (
      GTK_WIDGET (self),
      &(DhkSecretQuestion){ .heading = heading,
                            .body = repair->password != NULL
                                        ? error->message
                                        : _ ("What is saved has the same password as the study."),
                            .accept = _ ("_Repair"),
                            .topic = "safety" },
      password_cb);
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkWindow *self = DHK_WINDOW (source);
  Repair *repair = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  dhk_window_set_opening (self, FALSE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    tell (self, repair);
  else if (g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD))
    ask_password (self, repair, error);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The study was not repaired"), error);
}

static void
start (DhkWindow *self, GFile *out, const char *password)
{
  g_autoptr (GTask) task = NULL;
  Repair *repair;

  if (self->damaged == NULL)
    return;
  repair = g_new0 (Repair, 1);
  repair->damaged = g_object_ref (self->damaged);
  repair->out = g_object_ref (out);
  repair->password = g_strdup (password);
  dhk_window_set_opening (self, TRUE);
  task = dhk_task_new (self, NULL, repaired_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, repair, repair_free);
  g_task_run_in_thread (task, repair_thread);
}

void
dhk_window_repair (DhkWindow *self, GFile *out)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->damaged != NULL);
  start (self, out, NULL);
}

static void
out_chosen (GPtrArray *files, gpointer owner)
{
  DhkWindow *self = DHK_WINDOW (owner);

  if (self->damaged != NULL)
    dhk_window_repair (self, g_ptr_array_index (files, 0));
}

void
dhk_window_choose_repair (DhkWindow *self)
{
  static const char *const suffixes[] = { "driehoek", NULL };
  const DhkFileKind kind = { _ ("Driehoek studies"), suffixes };
  g_autofree char *name = NULL;
  g_autofree char *suggested = NULL;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->damaged != NULL);

  name = dup_name (self->damaged);
  if (g_str_has_suffix (name, ".driehoek"))
    name[strlen (name) - strlen (".driehoek")] = '\0';
  suggested = g_strdup_printf (_ ("%s (repaired)"), name);
  dhk_choose (GTK_WIDGET (self),
              &(DhkChoice){ .title = _ ("Save What Can Be Read As"),
                            .accept = _ ("_Repair"),
                            .save = TRUE,
                            .suggested_name = suggested,
                            .kinds = &kind,
                            .n_kinds = 1 },
              out_chosen);
}
