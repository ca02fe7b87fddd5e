/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: its files, each chosen by the person, and its pages on paper. */

#include <glib/gi18n.h>

#include "report/dhk-self-report.h"
#include "study/dhk-self-form.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-print.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-self-rating-window-private.h"

static void
show_busy (DhkSelfRatingWindow *self, gboolean busy)
{
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), !busy);
}

static DhkFileKind
get_response_kind (void)
{
  static const char *const suffixes[] = { DHK_RESPONSE_SUFFIX, NULL };

  return (DhkFileKind){ _ ("Response files"), suffixes };
}

/* Beginning --------------------------------------------------------------------------------- */

void
dhk_self_rating_window_begin (DhkSelfRatingWindow *self, GFile *file)
{
  const DhkSelfRating *rating;

  g_return_if_fail (DHK_IS_SELF_RATING_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  rating = dhk_instrument_get_self_rating (self->instrument);
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
begin_chosen (GPtrArray *files, gpointer owner)
{
  dhk_self_rating_window_begin (DHK_SELF_RATING_WINDOW (owner), g_ptr_array_index (files, 0));
}

static void
choose_own_file (DhkSelfRatingWindow *self, DhkChosen chosen)
{
  const DhkFileKind kind = get_response_kind ();
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
  choose_own_file (DHK_SELF_RATING_WINDOW (widget), begin_chosen);
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
  show_busy (self, FALSE);
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
  g_autoptr (GTask) task = g_task_new (self, NULL, opened_cb, NULL);
  Opening *opening = g_new0 (Opening, 1);

  opening->file = g_object_ref (file);
  opening->password = g_strdup (password);
  opening->profile = profile;
  opening->instrument = dhk_instrument_ref (self->instrument);
  g_task_set_source_tag (task, open_with);
  g_task_set_task_data (task, opening, opening_free);
  show_busy (self, TRUE);
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
  const DhkFileKind kind = get_response_kind ();
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

/* Saving -------------------------------------------------------------------------------------- */

static void
elsewhere_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);

  if (self->saver == NULL)
    return;
  dhk_response_saver_set_file (self->saver, g_ptr_array_index (files, 0));
  dhk_response_saver_save (self->saver);
}

static void
failure_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);

  if (self->saver == NULL)
    return;
  if (g_str_equal (response, "again"))
    dhk_response_saver_save (self->saver);
  else
    choose_own_file (self, elsewhere_chosen);
}

void
dhk_self_rating_window_show_failure (DhkSelfRatingWindow *self)
{
  const GError *error = dhk_response_saver_get_error (self->saver);
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Your answer was not saved"),
                                   error != NULL ? error->message : "");
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "again", _ ("_Try Again"), "other",
                                    _ ("Choose _Another Place…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "other");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "again");
  g_signal_connect_object (dialog, "response", G_CALLBACK (failure_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

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
  show_busy (self, FALSE);
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
  task = g_task_new (self, NULL, key_made_cb, (gpointer) made);
  g_task_set_source_tag (task, make_key);
  g_task_set_task_data (task, g_strdup (password), (GDestroyNotify) dhk_secret_free);
  show_busy (self, TRUE);
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
    dhk_message_toast (GTK_WIDGET (self), _ ("Response file saved. Hand it to the researcher."),
                       NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The response file was not saved"), error);
}

static void
hand_over_made (DhkSelfRatingWindow *self, DhkSealKey *key)
{
  const DhkFileKind kind = get_response_kind ();
  const DhkChoice choice = { .title = _ ("Save Response File"),
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
      = { .heading = _ ("Save Response File"),
          .body = _ ("The file holds your answers and no name. With a password only the researcher "
                     "to whom you tell it can open the file. You may leave it empty."),
          .accept = _ ("_Choose Where…"),
          .is_new = TRUE,
          .may_be_empty = TRUE };

  dhk_secret_ask (widget, &question, hand_over_given);
}

/* Comparing ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_compare (DhkSelfRatingWindow *self, GFile *file)
{
  g_autoptr (DhkGroupProfile) group = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DHK_IS_SELF_RATING_WINDOW (self));
  g_return_if_fail (self->saver != NULL);

  group = dhk_group_profile_load (file, self->instrument, NULL, &error);
  if (group == NULL)
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The group profile was not opened"), error);
      return;
    }
  g_clear_pointer (&self->group, dhk_group_profile_unref);
  self->group = g_steal_pointer (&group);
  dhk_self_rating_window_show_profile (self);
  if (self->profile->group == NULL)
    dhk_message_toast (GTK_WIDGET (self),
                       _ ("This group profile has no figures of people who filled in your form."),
                       NULL, NULL);
}

static void
compare_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);

  if (self->saver != NULL)
    dhk_self_rating_window_compare (self, g_ptr_array_index (files, 0));
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { DHK_GROUP_PROFILE_SUFFIX, NULL };
  const DhkFileKind kind = { _ ("Group profiles"), suffixes };
  const DhkChoice choice = { .title = _ ("Open the Profile of a Group"),
                             .accept = _ ("_Open"),
                             .confined = TRUE,
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, compare_chosen);
}

/* Paper ---------------------------------------------------------------------------------------- */

static DhkPages *
create_pages (DhkSelfRatingWindow *self)
{
  const DhkLanguage language = dhk_language_of_messages ();
  g_autoptr (DhkDocument) document = dhk_self_profile_new_document (
      self->profile, language, dhk_number_style_for_language (language));

  return dhk_pages_new (document, &dhk_paper_a4, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (widget);
  g_autoptr (DhkPages) pages = NULL;

  if (self->profile == NULL)
    return;
  pages = create_pages (self);
  dhk_print_run (pages, adw_window_title_get_title (self->title), GTK_WINDOW (self));
}

gboolean
dhk_self_rating_window_write_pdf (DhkSelfRatingWindow *self, GFile *file, GError **error)
{
  g_autoptr (DhkPages) pages = NULL;

  g_return_val_if_fail (DHK_IS_SELF_RATING_WINDOW (self) && self->profile != NULL, FALSE);

  pages = create_pages (self);
  return dhk_pages_write_pdf (pages, file, NULL, error);
}

static void
pdf_chosen (GPtrArray *files, gpointer owner)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (owner);
  g_autoptr (GError) error = NULL;

  if (self->profile == NULL)
    return;
  if (dhk_self_rating_window_write_pdf (self, g_ptr_array_index (files, 0), &error))
    dhk_message_toast (GTK_WIDGET (self), _ ("Profile saved as PDF"), NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The profile was not saved"), error);
}

static void
pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "pdf", NULL };
  const DhkFileKind kind = { _ ("PDF"), suffixes };
  const DhkChoice choice = { .title = _ ("Save Profile as PDF"),
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .confined = TRUE,
                             .suggested_name = _ ("My profile"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (widget, &choice, pdf_chosen);
}

/* The table ------------------------------------------------------------------------------------ */

void
dhk_self_rating_window_install_file_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "rating.begin", begin_action },
    { "rating.open", open_action },
    { "rating.see", see_action },
    { "rating.protect", protect_action },
    { "rating.hand-over", hand_over_action },
    { "rating.compare", compare_action },
    { "rating.print", print_action },
    { "rating.pdf", pdf_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
}
