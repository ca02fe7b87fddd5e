/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: beginning and going on with a file that the person chose. */

#include <glib/gi18n.h>

#include "study/dhk-self-form.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-self-rating-window-private.h"
#include "ui/dhk-task.h"

void
dhk_self_rating_window_show_busy (DhkSelfRatingWindow *self, gboolean busy)
{
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), !busy);
}

DhkFileKind
dhk_self_rating_window_get_response_kind (void)
{
  static const char *const suffixes[] = { DHK_RESPONSE_SUFFIX, NULL };

  return (DhkFileKind){ _ ("Response files"), suffixes };
}

/* Beginning --------------------------------------------------------------------------------- */

static void
begin_anew (DhkSelfRatingWindow *self, GFile *file)
{
  const DhkSelfRating *rating = dhk_instrument_get_self_rating (self->instrument);

  dhk_self_rating_window_take_saver (self, NULL);
  self->begun = g_object_ref (file);
  if (rating->n_forms > 1)
    dhk_self_rating_window_show_step (self, DHK_STEP_WHO);
  else
    {
      g_autoptr (DhkResponse) response = dhk_response_new (self->instrument, rating->forms[0]);
      g_autoptr (DhkResponseSaver) saver = dhk_response_saver_new (response, file, NULL);

      dhk_self_rating_window_take_saver (self, saver);
      dhk_response_saver_save (saver);
      dhk_self_rating_window_show_step (self, 0);
    }
}

static void
used_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);
  GFile *file = g_object_get_data (G_OBJECT (dialog), "file");

  if (g_str_equal (response, "go-on"))
    dhk_self_rating_window_open (self, file, FALSE);
  else if (g_str_equal (response, "anew"))
    begin_anew (self, file);
}

/* Who comes back may well choose “Begin” and the file of last time, whose answers would be gone. */
static void
ask_about_used (DhkSelfRatingWindow *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *body = g_strdup_printf (
      _ ("“%s” is there already. You can go on where you stopped. If you begin again, "
         "the answers in it are lost."),
      name);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (self), _ ("Go on with your answers?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "anew",
                                    _ ("Begin A_gain"), "go-on", _ ("_Go On"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "anew",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go-on",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go-on");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (used_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dhk_self_rating_window_begin (DhkSelfRatingWindow *self, GFile *file)
{
  g_return_if_fail (DHK_IS_SELF_RATING_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (g_file_query_exists (file, NULL))
    ask_about_used (self, file);
  else
    begin_anew (self, file);
}

static void
begin_chosen (GPtrArray *files, gpointer owner)
{
  dhk_self_rating_window_begin (DHK_SELF_RATING_WINDOW (owner), g_ptr_array_index (files, 0));
}

void
dhk_self_rating_window_choose_own_file (DhkSelfRatingWindow *self, DhkChosen chosen)
{
  const DhkFileKind kind = dhk_self_rating_window_get_response_kind ();
  const DhkChoice choice = { .title = _ ("Where Do You Want to Keep Your Answers?"),
                             .accept = _ ("_Keep Here"),
                             .save = TRUE,
                             .confined = TRUE,
                             .suggested_name = _ ("My self-rating"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (GTK_WIDGET (self), &choice, chosen);
}

static void
begin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_self_rating_window_choose_own_file (DHK_SELF_RATING_WINDOW (widget), begin_chosen);
}

/* Going on ----------------------------------------------------------------------------------- */

typedef struct
{
  GFile *file;
  char *password; /* or NULL */
  gboolean profile;
  DhkInstrument *instrument;
  DhkResponse *response; /* what was read */
  DhkSealKey *key;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->file);
  dhk_secret_free (opening->password);
  dhk_instrument_unref (opening->instrument);
  g_clear_pointer (&opening->response, dhk_response_unref);
  g_clear_pointer (&opening->key, dhk_seal_key_unref);
  g_free (opening);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;
  g_autofree char *base = g_file_get_basename (opening->file);
  g_autofree char *name = g_filename_display_name (base);

  opening->response
      = dhk_response_load (opening->file, opening->password, &opening->key, NULL, &error);
  if (opening->response != NULL
      && dhk_response_fits (opening->response, opening->instrument, name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_with (DhkSelfRatingWindow *self, GFile *file, gboolean profile, const char *password);

static void
password_given (const char *password, gpointer owner)
{
  g_autoptr (GFile) file = g_object_steal_data (G_OBJECT (owner), "sealed");
  gboolean profile = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (owner), "sealed-profile"));

  g_return_if_fail (file != NULL);
  open_with (DHK_SELF_RATING_WINDOW (owner), file, profile, password);
}

static void
ask_password (DhkSelfRatingWindow *self, const Opening *opening, const GError *error)
{
  const DhkSecretQuestion question
      = { .heading = _ ("Open With a Password"), .body = error->message, .accept = _ ("_Open") };

  g_object_set_data_full (G_OBJECT (self), "sealed", g_object_ref (opening->file), g_object_unref);
  g_object_set_data (G_OBJECT (self), "sealed-profile", GINT_TO_POINTER (opening->profile));
  dhk_secret_ask (GTK_WIDGET (self), &question, password_given);
}

static void
take_opened (DhkSelfRatingWindow *self, Opening *opening)
{
  g_autoptr (DhkResponseSaver) saver
      = dhk_response_saver_new (opening->response, opening->file, opening->key);
  const DhkResponse *response = opening->response;

  dhk_self_rating_window_take_saver (self, saver);
  if (opening->profile || dhk_response_is_finished (response)
      || dhk_response_get_n_answers (response) == 0)
    dhk_self_rating_window_show_profile (self);
  else
    dhk_self_rating_window_show_step (self, (int) dhk_self_form_find_open (response));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (source);
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (self->instrument == NULL)
    return;
  dhk_self_rating_window_show_busy (self, FALSE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    take_opened (self, opening);
  else if (g_error_matches (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_NEEDED)
           || g_error_matches (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_WRONG))
    ask_password (self, opening, error);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The file was not opened"), error);
}

static void
open_with (DhkSelfRatingWindow *self, GFile *file, gboolean profile, const char *password)
{
  g_autoptr (GTask) task = dhk_task_new (self, NULL, opened_cb, NULL);
  Opening *opening = g_new0 (Opening, 1);

  opening->file = g_object_ref (file);
  opening->password = g_strdup (password);
  opening->profile = profile;
  opening->instrument = dhk_instrument_ref (self->instrument);
  g_task_set_source_tag (task, open_with);
  g_task_set_task_data (task, opening, opening_free);
  dhk_self_rating_window_show_busy (self, TRUE);
  g_task_run_in_thread (task, open_thread);
}

void
dhk_self_rating_window_open (DhkSelfRatingWindow *self, GFile *file, gboolean profile)
{
  g_return_if_fail (DHK_IS_SELF_RATING_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  open_with (self, file, profile, NULL);
}

static void
open_chosen (GPtrArray *files, gpointer owner)
{
  dhk_self_rating_window_open (DHK_SELF_RATING_WINDOW (owner), g_ptr_array_index (files, 0), FALSE);
}

static void
profile_chosen (GPtrArray *files, gpointer owner)
{
  dhk_self_rating_window_open (DHK_SELF_RATING_WINDOW (owner), g_ptr_array_index (files, 0), TRUE);
}

static void
choose_response (GtkWidget *widget, DhkChosen chosen)
{
  const DhkFileKind kind = dhk_self_rating_window_get_response_kind ();
  const DhkChoice choice = { .title = _ ("Open Your Own File"),
                             .accept = _ ("_Open"),
                             .confined = TRUE,
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, chosen);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_response (widget, open_chosen);
}

static void
see_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_response (widget, profile_chosen);
}

/* The table ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_install_file_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "rating.begin", NULL, begin_action);
  gtk_widget_class_install_action (klass, "rating.open", NULL, open_action);
  gtk_widget_class_install_action (klass, "rating.see", NULL, see_action);
}
