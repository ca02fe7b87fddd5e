/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-key-ask.h"

#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"

#define ASKING "dhk-key-asking"

/* Hangs on the widget that asks. */
typedef struct
{
  DhkSession *session;
  GFile *file;
  DhkKeyDone done;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->session);
  g_clear_object (&asking->file);
  g_free (asking);
}

static Asking *
start (GtkWidget *owner, DhkSession *session, DhkKeyDone done)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->session = g_object_ref (session);
  asking->done = done;
  g_object_set_data_full (G_OBJECT (owner), ASKING, asking, asking_free);
  return asking;
}

static void ask (GtkWidget *owner, Asking *asking, const char *problem);

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) owner = user_data;
  Asking *asking = g_object_get_data (G_OBJECT (owner), ASKING);
  g_autoptr (GError) error = NULL;
  DhkKeyDone done;

  if (asking == NULL || gtk_widget_get_root (owner) == NULL)
    return;
  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      done = asking->done;
      g_object_set_data (G_OBJECT (owner), ASKING, NULL);
      done (owner);
    }
  else if (g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD))
    ask (owner, asking, error->message);
  else
    {
      g_object_set_data (G_OBJECT (owner), ASKING, NULL);
      dhk_message_show_error (owner, _ ("The key file was not opened"), error);
    }
}

static void
given_cb (const char *password, gpointer owner)
{
  Asking *asking = g_object_get_data (G_OBJECT (owner), ASKING);

  if (asking != NULL && password != NULL)
    dhk_session_keep_names_async (asking->session, asking->file, password, opened_cb,
                                  g_object_ref (owner));
}

/* `problem` is what was wrong with the password before, or NULL. */
static void
ask (GtkWidget *owner, Asking *asking, const char *problem)
{
  g_autofree char *base = g_file_get_basename (asking->file);
  g_autofree char *name = g_filename_display_name (base);
  gboolean is_new = !g_file_query_exists (asking->file, NULL);
  g_autofree char *heading = is_new ? g_strdup (_ ("A Key File for This Study"))
                                    : g_strdup_printf (_ ("Password of “%s”"), name);
  g_autofree char *body
      = is_new ? g_strdup_printf (
            _ ("Names and addresses go to “%s” in the folder of the study, encrypted with a "
               "password of its own; the study itself has pseudonyms only. Nobody can read them "
               "without the password: keep it safe, and keep this file to yourself when you pass "
               "the study on."),
            name)
        : problem != NULL
            ? g_strdup (problem)
            : g_strdup (_ ("Here are the names and addresses behind the pseudonyms of this "
                           "study."));

  dhk_secret_ask (owner,
                  &(DhkSecretQuestion){ .heading = heading,
                                        .body = body,
                                        .accept = is_new ? _ ("_Create") : _ ("_Open"),
                                        .topic = "safety",
                                        .is_new = is_new },
                  given_cb);
}

void
dhk_key_ask (GtkWidget *owner, DhkSession *session, DhkKeyDone done)
{
  Asking *asking;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (DHK_IS_SESSION (session));

  asking = start (owner, session, done);
  asking->file = dhk_key_file_get_place (dhk_session_get_file (session));
  ask (owner, asking, NULL);
}

static void
chosen_cb (GPtrArray *files, gpointer owner)
{
  Asking *asking = g_object_get_data (G_OBJECT (owner), ASKING);

  if (asking == NULL)
    return;
  g_set_object (&asking->file, g_ptr_array_index (files, 0));
  ask (GTK_WIDGET (owner), asking, NULL);
}

void
dhk_key_choose (GtkWidget *owner, DhkSession *session, DhkKeyDone done)
{
  static const char *const suffixes[] = { DHK_KEY_FILE_SUFFIX, NULL };
  const DhkFileKind kind = { _ ("Key files of Driehoek"), suffixes };
  const DhkChoice choice = {
    .title = _ ("Choose the Key File"), .accept = _ ("_Choose"), .kinds = &kind, .n_kinds = 1
  };

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (DHK_IS_SESSION (session));

  start (owner, session, done);
  dhk_choose (owner, &choice, chosen_cb);
}
