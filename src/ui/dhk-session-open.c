/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening and making studies: everything that needs no session yet. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dhk-data.h"
#include "base/dhk-seal.h"
#include "import/dhk-starting-point.h"
#include "store/dhk-store-backup.h"
#include "ui/dhk-session-private.h"
#include "ui/dhk-task.h"

/* The one instrument that is built in so far. */
#define BUILTIN_INSTRUMENT "partnerschap-2023"

typedef struct
{
  GFile *file;
  gboolean create;
  gboolean sample;
  char *password;       /* or NULL */
  GFile *questionnaire; /* to make the study's instrument of, or NULL: the one that is built in */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->file);
  g_clear_object (&request->questionnaire);
  dhk_secret_free (request->password);
  g_free (request);
}

static void
opened_clear (DhkOpened *opened)
{
  g_clear_pointer (&opened->store, dhk_store_close);
  g_clear_pointer (&opened->plan, dhk_plan_unref);
  g_clear_pointer (&opened->snapshot, dhk_snapshot_free);
  g_clear_pointer (&opened->last_page, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkOpened, opened_clear)

static void
opened_free (gpointer data)
{
  DhkOpened *opened = data;

  if (opened->store != NULL)
    dhk_store_move_to_this_thread (opened->store);
  opened_clear (opened);
  g_free (opened);
}

/* The sample answers ------------------------------------------------------ */

static void
remove_files (const char *folder, GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    g_file_delete (g_ptr_array_index (files, i), NULL, NULL);
  g_rmdir (folder);
}

/* Writes the built-in exports into `folder`: readers want a file that they can seek in. */
static gboolean
unpack_sample (const char *folder, GPtrArray *files, GError **error)
{
  g_auto (GStrv) names = dhk_data_list (DHK_DATA_SAMPLE);

  for (char **name = names; names != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_build_path ("/", DHK_DATA_SAMPLE, *name, NULL);
      g_autoptr (GBytes) bytes = dhk_data_load (path);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, *name, NULL);
      gsize size;
      gconstpointer data;

      if (bytes == NULL || !g_str_has_suffix (*name, ".xlsx"))
        continue;
      data = g_bytes_get_data (bytes, &size);
      g_ptr_array_add (files, g_object_ref (file));
      if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL,
                                    error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
import_files (DhkStore *store, GPtrArray *files, GError **error)
{
  g_autoptr (DhkDraft) draft = NULL;

  draft = dhk_import_read (dhk_store_get_instrument (store), files, NULL, NULL, NULL, NULL, error);
  return draft != NULL && dhk_store_compare (store, draft, NULL, error)
         && dhk_store_commit (store, draft, NULL, error);
}

static gboolean
import_sample (DhkStore *store, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("driehoek-XXXXXX", error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean done;

  if (folder == NULL)
    return FALSE;
  done = unpack_sample (folder, files, error) && import_files (store, files, error);
  remove_files (folder, files);
  return done;
}

/* The thread -------------------------------------------------------------- */

static DhkInstrument *
load_instrument (const Request *request, GError **error)
{
  g_autoptr (DhkInstrument) builtin = dhk_instrument_new_builtin (BUILTIN_INSTRUMENT, error);

  if (builtin == NULL || request->questionnaire == NULL)
    return g_steal_pointer (&builtin);
  return dhk_starting_point_read (request->questionnaire, builtin, NULL, NULL, error);
}

static DhkStore *
create_store (Request *request, GError **error)
{
  g_autoptr (DhkInstrument) instrument = load_instrument (request, error);
  g_autoptr (DhkStore) store = NULL;

  if (instrument == NULL)
    return NULL;
  /* The file chooser has asked whether an old file may go; the wastebasket forgives a wrong yes. */
  g_file_trash (request->file, NULL, NULL);
  store = request->password != NULL
              ? dhk_store_create_encrypted (request->file, instrument, request->password, error)
              : dhk_store_create (request->file, instrument, error);
  if (store != NULL && request->sample && !import_sample (store, error))
    {
      g_clear_pointer (&store, dhk_store_close);
      g_file_delete (request->file, NULL, NULL);
    }
  return g_steal_pointer (&store);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  g_auto (DhkOpened) opened = { NULL };
  g_autofree char *plan = NULL;
  GError *error = NULL;

  dhk_task_give_way ();
  opened.store = request->create
                     ? create_store (request, &error)
                     : dhk_store_open_with_password (request->file, request->password, &error);
  if (opened.store != NULL)
    dhk_store_set_automatic_backups (opened.store, NULL);
  if (opened.store != NULL)
    opened.snapshot = dhk_snapshot_new (opened.store, &error);
  if (opened.snapshot == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  opened.personal = dhk_store_get_personal (opened.store);
  opened.last_page = dhk_store_get_setting (opened.store, DHK_SETTING_LAST_PAGE);
  /* An instrument without a plan is no mistake: there is no report page content then. */
  plan = dhk_store_get_setting (opened.store, DHK_PLAN_SETTING);
  opened.plan = dhk_plan_new_for_study (plan, dhk_store_get_instrument (opened.store), NULL);

  g_task_return_pointer (task, g_memdup2 (&opened, sizeof opened), opened_free);
  opened = (DhkOpened){ NULL };
}

static void
run (GFile *file,
     gboolean create,
     gboolean sample,
     GFile *questionnaire,
     const char *password,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->file = g_object_ref (file);
  request->create = create;
  g_set_object (&request->questionnaire, questionnaire);
  request->sample = sample;
  request->password = g_strdup (password);
  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, open_thread);
}

void
dhk_session_open_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  run (file, FALSE, FALSE, NULL, NULL, callback, user_data);
}

void
dhk_session_create_async (GFile *file,
                          gboolean sample,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  run (file, TRUE, sample, NULL, NULL, callback, user_data);
}

void
dhk_session_open_with_password_async (GFile *file,
                                      const char *password,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  run (file, FALSE, FALSE, NULL, password, callback, user_data);
}

void
dhk_session_create_encrypted_async (GFile *file,
                                    const char *password,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file) && password != NULL);
  run (file, TRUE, FALSE, NULL, password, callback, user_data);
}

void
dhk_session_create_from_async (GFile *file,
                               GFile *questionnaire,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file) && G_IS_FILE (questionnaire));
  run (file, TRUE, FALSE, questionnaire, NULL, callback, user_data);
}

/* A file of more than questions, or one that somebody made to be large, is not read for its name. */
#define MOST_TO_READ (1024 * 1024)

char *
dhk_session_dup_questionnaire_name (GFile *questionnaire)
{
  g_autofree char *base = g_file_get_basename (questionnaire);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');
  g_autoptr (GFileInfo) info = g_file_query_info (questionnaire, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (DhkInstrument) instrument = NULL;

  g_return_val_if_fail (G_IS_FILE (questionnaire), NULL);

  if (dot != NULL && info != NULL && g_file_info_get_size (info) < MOST_TO_READ
      && (g_ascii_strcasecmp (dot, ".xml") == 0 || g_ascii_strcasecmp (dot, ".lss") == 0))
    {
      const Request request = { .questionnaire = questionnaire };

      instrument = load_instrument (&request, NULL);
    }
  if (instrument != NULL)
    {
      g_free (name);
      name = g_strdup (
          dhk_text_get (dhk_instrument_get_title (instrument), dhk_language_of_messages ()));
    }
  else if (dot != NULL && dot > name)
    *dot = '\0';
  g_strdelimit (name, "/\\:*?\"<>|\n\t", ' ');
  g_strstrip (name);
  return *name != '\0' && *name != '.' ? g_steal_pointer (&name) : NULL;
}

DhkSession *
dhk_session_open_finish (GAsyncResult *result, GError **error)
{
  DhkOpened *opened;
  DhkSession *self;

  g_return_val_if_fail (G_IS_TASK (result), NULL);

  opened = g_task_propagate_pointer (G_TASK (result), error);
  if (opened == NULL)
    return NULL;
  self = dhk_session_new_from_opened (opened);
  opened_free (opened);
  return self;
}
