/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: what could not be saved, and leaving without losing answers. */

#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-self-rating-window-private.h"

/* Leaving -------------------------------------------------------------------------------------- */

static void
say_where (DhkSelfRatingWindow *self, DhkResponseSaver *saver)
{
  GFile *file = dhk_response_saver_get_file (saver);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *folder = dhk_self_rating_window_dup_folder_name (file);
  g_autofree char *text
      /* Translators: file name, folder name */
      = g_strdup_printf (_ ("Your answers are in “%s”, folder “%s”. Open it to go on."), shown,
                         folder);

  dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
}

/* Nothing is waiting to be saved any more, or the person gives it up. */
static void
leave_now (DhkSelfRatingWindow *self)
{
  g_autoptr (DhkResponseSaver) saver = self->saver != NULL ? g_object_ref (self->saver) : NULL;
  DhkLeaving leaving = self->leaving;

  self->leaving = DHK_LEAVING_NOT;
  dhk_self_rating_window_show_start (self);
  if (leaving == DHK_LEAVING_CLOSE)
    gtk_window_close (GTK_WINDOW (self));
  else if (saver != NULL && dhk_response_saver_get_state (saver) == DHK_SAVER_SAVED)
    say_where (self, saver);
}

void
dhk_self_rating_window_leave (DhkSelfRatingWindow *self, DhkLeaving how)
{
  self->leaving = how;
  dhk_self_rating_window_go_on_leaving (self);
}

void
dhk_self_rating_window_go_on_leaving (DhkSelfRatingWindow *self)
{
  DhkSaverState state
      = self->saver != NULL ? dhk_response_saver_get_state (self->saver) : DHK_SAVER_SAVED;

  if (state == DHK_SAVER_FAILED)
    dhk_self_rating_window_show_failure (self);
  else if (state == DHK_SAVER_SAVED && self->leaving != DHK_LEAVING_NOT)
    leave_now (self);
}

gboolean
dhk_self_rating_window_may_close (DhkSelfRatingWindow *self)
{
  return self->saver == NULL || dhk_response_saver_get_state (self->saver) == DHK_SAVER_SAVED;
}

/* Not saved ------------------------------------------------------------------------------------ */

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
    {
      dhk_response_saver_save (self->saver);
      return;
    }
  if (g_str_equal (response, "lose"))
    {
      leave_now (self);
      return;
    }
  /* Who stays, or looks for a place, leaves again when the answers are there. */
  self->leaving = DHK_LEAVING_NOT;
  if (g_str_equal (response, "other"))
    dhk_self_rating_window_choose_own_file (self, elsewhere_chosen);
}

void
dhk_self_rating_window_show_failure (DhkSelfRatingWindow *self)
{
  const GError *error = dhk_response_saver_get_error (self->saver);
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Your answer was not saved"),
                                   error != NULL ? error->message : "");
  if (self->leaving != DHK_LEAVING_NOT)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "lose",
                                       _ ("_Stop Without Saving"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "lose",
                                                  ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "again", _ ("_Try Again"), "other",
                                    _ ("Choose _Another Place…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "other");
  g_signal_connect_object (dialog, "response", G_CALLBACK (failure_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
