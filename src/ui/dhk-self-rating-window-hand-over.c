/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: passwords, and the file for the researcher. */

#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-self-rating-window-private.h"
#include "ui/dhk-task.h"

/* A key from a password, in a thread: it takes about a second. `done` gets NULL without one. */
typedef void (*KeyMade) (DhkSelfRatingWindow *self, DhkSealKey *key);

static void
key_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  DhkSealKey *key = dhk_seal_key_new (task_data, &error);

  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) dhk_seal_key_unref);
  else
    g_task_return_error (task, error);
}

static void
key_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (source);
  KeyMade made = (KeyMade) user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSealKey) key = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->instrument == NULL)
    return;
  dhk_self_rating_window_show_busy (self, FALSE);
  if (key != NULL && self->saver != NULL)
    made (self, key);
  else if (key == NULL)
    dhk_message_show_error (GTK_WIDGET (self), _ ("The file was not protected"), error);
}

static void
make_key (DhkSelfRatingWindow *self, const char *password, KeyMade made)
{
  g_autoptr (GTask) task = NULL;

  if (password == NULL)
    {
      made (self, NULL);
      return;
    }
  task = dhk_task_new (self, NULL, key_made_cb, (gpointer) made);
  g_task_set_source_tag (task, make_key);
  g_task_set_task_data (task, g_strdup (password), (GDestroyNotify) dhk_secret_free);
  dhk_self_rating_window_show_busy (self, TRUE);
  g_task_run_in_thread (task, key_thread);
}

static void
protect_made (DhkSelfRatingWindow *self, DhkSealKey *key)
{
  dhk_response_saver_set_key (self->saver, key);
  dhk_response_saver_save (self->saver);
  dhk_message_toast (GTK_WIDGET (self),
                     key != NULL ? _ ("Your file opens with the password only.")
                                 : _ ("Your file has no password."),
                     NULL, NULL);
}

static void
protect_given (const char *password, gpointer owner)
{
  make_key (DHK_SELF_RATING_WINDOW (owner), password, protect_made);
}

static void
protect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const DhkSecretQuestion question
      = { .heading = _ ("Protect Your File With a Password"),
          .body = _ ("Without the password nobody can open the file, you neither. Nobody can find "
                     "a forgotten password again. Leave it empty for no password."),
          .accept = _ ("_Protect"),
          .is_new = TRUE,
          .may_be_empty = TRUE };

  if (DHK_SELF_RATING_WINDOW (widget)->saver != NULL)
    dhk_secret_ask (widget, &question, protect_given);
}

/* Handing over --------------------------------------------------------------------------------- */

static void
say_what_to_hand_over (DhkSelfRatingWindow *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *folder = dhk_self_rating_window_dup_folder_name (file);
  g_autofree char *text
      /* Translators: file name, folder name */
      = g_strdup_printf (_ ("Saved: “%s”, folder “%s”. Hand this file to the researcher."), name,
                         folder);

  dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
}

static void
hand_over_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);
  GFile *file = g_ptr_array_index (files, 0);
  DhkSealKey *key = g_object_get_data (G_OBJECT (self), "hand-over-key");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (self->saver == NULL)
    return;
  bytes = dhk_response_to_bytes (dhk_response_saver_get_response (self->saver), key);
  if (dhk_response_write (bytes, file, NULL, &error))
    say_what_to_hand_over (self, file);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The response file was not saved"), error);
}

static void
hand_over_made (DhkSelfRatingWindow *self, DhkSealKey *key)
{
  const DhkFileKind kind = dhk_self_rating_window_get_response_kind ();
  const DhkChoice choice = { .title = _ ("Response File for the Researcher"),
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .confined = TRUE,
                             .suggested_name = _ ("Response for the researcher"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  g_object_set_data_full (G_OBJECT (self), "hand-over-key",
                          key != NULL ? dhk_seal_key_ref (key) : NULL,
                          (GDestroyNotify) dhk_seal_key_unref);
  dhk_choose (GTK_WIDGET (self), &choice, hand_over_chosen);
}

static void
hand_over_given (const char *password, gpointer owner)
{
  make_key (DHK_SELF_RATING_WINDOW (owner), password, hand_over_made);
}

static void
hand_over_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const DhkSecretQuestion question
      = { .heading = _ ("Response File for the Researcher"),
          .body = _ ("The file holds your answers and no name. With a password only the researcher "
                     "to whom you tell it can open the file. You may leave it empty."),
          .accept = _ ("_Choose Where…"),
          .is_new = TRUE,
          .may_be_empty = TRUE };

  dhk_secret_ask (widget, &question, hand_over_given);
}

/* The table ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_install_hand_over_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "rating.protect", NULL, protect_action);
  gtk_widget_class_install_action (klass, "rating.hand-over", NULL, hand_over_action);
}
