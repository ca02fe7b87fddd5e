/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session: the key file of the study. */

#include "ui/dhk-session-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "export/dhk-atomic.h"
#include "ui/dhk-session-private.h"

static DhkKeyFile *
get_key_file (DhkStore *store, GError **error)
{
  DhkKeyFile *key_file = dhk_store_get_key_file (store);

  if (key_file == NULL)
    g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                         _ ("The key file is not open any more. Open it and try again."));
  return key_file;
}

/* Opening ----------------------------------------------------------------------------- */

static gboolean
keep_names (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkKeyFile *key_file = NULL;

  job->has_key_news = TRUE;
  if (job->file != NULL)
    {
      key_file = g_file_query_exists (job->file, NULL)
                     ? dhk_key_file_open (job->file, job->value, error)
                     : dhk_key_file_create (job->file, job->value, error);
      dhk_job_wipe (job->value);
      if (key_file == NULL)
        return FALSE;
    }
  return dhk_store_take_key_file (store, key_file, error)
         && dhk_store_set_personal (
             store, job->file != NULL ? DHK_PERSONAL_KEEP : DHK_PERSONAL_DROP, error);
}

void
dhk_session_keep_names_async (DhkSession *self,
                              GFile *file,
                              const char *password,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (file == NULL || password != NULL);
  dhk_session_push_work (self, keep_names, file, NULL, password, callback, user_data);
}

/* Listing ------------------------------------------------------------------------------- */

static void
named_free (gpointer data)
{
  DhkNamed *named = data;

  g_free (named->pseudonym);
  dhk_secret_free (named->text);
  g_free (named);
}

void
dhk_named_list_free (DhkNamedList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->named);
  g_free (self);
}

static DhkNamed *
describe (const DhkKeyEntry *entry)
{
  DhkNamed *named = g_new0 (DhkNamed, 1);
  GString *text = g_string_sized_new (256);

  for (guint i = 0; entry->heads[i] != NULL; i++)
    g_string_append_printf (text, "%s%s: %s", i > 0 ? " · " : "", entry->heads[i], entry->texts[i]);
  named->pseudonym = g_strdup (entry->pseudonym);
  named->text = g_string_free (text, FALSE);
  return named;
}

static gboolean
list_names (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkKeyFile *key_file = get_key_file (store, error);
  DhkNamedList *list;

  if (key_file == NULL)
    return FALSE;
  list = g_new0 (DhkNamedList, 1);
  list->named = g_ptr_array_new_with_free_func (named_free);
  list->n_all = dhk_key_file_get_n (key_file);
  for (guint i = 0; i < list->n_all; i++)
    {
      const DhkKeyEntry *entry = dhk_key_file_get (key_file, i);

      if (*job->key != '\0' && !dhk_key_entry_matches (entry, job->key))
        continue;
      if (list->n++ < (guint) job->batch)
        g_ptr_array_add (list->named, describe (entry));
    }
  dhk_job_wipe (job->key);
  job->result = list;
  job->free_result = (GDestroyNotify) dhk_named_list_free;
  return TRUE;
}

void
dhk_session_list_names_async (DhkSession *self,
                              const char *search,
                              guint most,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (search != NULL);

  job = g_new0 (DhkJob, 1);
  job->key = g_strdup (search);
  job->batch = most;
  dhk_session_push_job (self, job, list_names, NULL, callback, user_data);
}

DhkNamedList *
dhk_session_list_names_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Changing -------------------------------------------------------------------------------- */

static gboolean
remove_name (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkKeyFile *key_file = get_key_file (store, error);

  return key_file != NULL && dhk_key_file_remove (key_file, job->key, error);
}

void
dhk_session_remove_name_async (DhkSession *self,
                               const char *pseudonym,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (pseudonym != NULL);
  dhk_session_push_work (self, remove_name, NULL, pseudonym, NULL, callback, user_data);
}

static gboolean
export_names (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkKeyFile *key_file = get_key_file (store, error);
  gboolean ok;
  char *csv;

  if (key_file == NULL)
    return FALSE;
  csv = dhk_key_file_dup_csv (key_file);
  ok = dhk_atomic_replace_private (job->file, csv, strlen (csv), NULL, error);
  dhk_secret_free (csv);
  return ok;
}

void
dhk_session_export_names_async (DhkSession *self,
                                GFile *file,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));
  dhk_session_push_work (self, export_names, file, NULL, NULL, callback, user_data);
}

static gboolean
set_key_password (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkKeyFile *key_file = get_key_file (store, error);
  gboolean ok = key_file != NULL && dhk_key_file_set_password (key_file, job->value, error);

  dhk_job_wipe (job->value);
  return ok;
}

void
dhk_session_set_key_password_async (DhkSession *self,
                                    const char *password,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (password != NULL);
  dhk_session_push_work (self, set_key_password, NULL, NULL, password, callback, user_data);
}
