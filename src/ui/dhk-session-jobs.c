/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session: reading files into a draft, and everything that changes the study. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-profile.h"
#include "ui/dhk-session-private.h"

/* Reading ----------------------------------------------------------------- */

typedef struct
{
  DhkImportProgress progress;
  gpointer data;
  double fraction;
  char *name;
} Relay;

static void
relay_free (gpointer data)
{
  Relay *relay = data;

  g_free (relay->name);
  g_free (relay);
}

static gboolean
relay_cb (gpointer data)
{
  Relay *relay = data;

  relay->progress (relay->fraction, relay->name, relay->data);
  return G_SOURCE_REMOVE;
}

/* At the priority of the task's own answer, so that none comes after it. */
static void
relay_progress (double fraction, const char *file_name, gpointer user_data)
{
  DhkJob *job = user_data;
  Relay *relay;

  if (job->progress == NULL)
    return;
  relay = g_new0 (Relay, 1);
  relay->progress = job->progress;
  relay->data = job->progress_data;
  relay->fraction = fraction;
  relay->name = g_strdup (file_name);
  g_idle_add_full (G_PRIORITY_DEFAULT, relay_cb, relay, relay_free);
}

/* Another study, with the passwords that were given for it. */
static gboolean
read_study (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) passwords
      = dhk_import_file_ref_passwords (g_ptr_array_index (job->files, 0));

  job->draft
      = dhk_store_read_merge (store, job->files, passwords, job->answers, cancellable, error);
  return job->draft != NULL
         && (dhk_draft_get_questions (job->draft)->len > 0
             || dhk_store_compare (store, job->draft, cancellable, error));
}

/* A study among other files is none of them. */
static void
explain_studies (DhkJob *job)
{
  GPtrArray *refusals = dhk_draft_get_refusals (job->draft);

  for (guint i = 0; i < refusals->len; i++)
    {
      DhkDraftRefusal *refusal = g_ptr_array_index (refusals, i);
      g_autoptr (GPtrArray) alone = g_ptr_array_new ();

      g_ptr_array_add (alone, g_ptr_array_index (job->files, refusal->source));
      if (!dhk_store_has_study_file (alone))
        continue;
      g_free (refusal->problem);
      refusal->problem = g_strdup (
          _ ("This is a study, which is imported by itself. Leave it out here, and import it after "
             "the other files."));
    }
}

static gboolean
read_draft (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) profiles = dhk_store_list_profiles (store, error);

  if (profiles == NULL)
    return FALSE;
  if (job->files->len == 1 && dhk_store_has_study_file (job->files))
    return read_study (store, job, cancellable, error);
  job->draft
      = dhk_import_read_what_can_be (dhk_store_get_instrument (store), job->files, job->answers,
                                     profiles, relay_progress, job, cancellable, error);
  if (job->draft == NULL)
    return FALSE;
  explain_studies (job);
  if (dhk_draft_get_files (job->draft)->len == 0)
    return TRUE;
  /* What is still asked decides what the rows are: nothing can be compared before. */
  return dhk_draft_get_questions (job->draft)->len > 0
         || dhk_store_compare (store, job->draft, cancellable, error);
}

static GHashTable *
copy_answers (GHashTable *answers)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
  return copy;
}

void
dhk_session_read_async (DhkSession *self,
                        GPtrArray *files,
                        GHashTable *answers,
                        DhkImportProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (files != NULL && files->len > 0);

  job = g_new0 (DhkJob, 1);
  job->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (job->files, g_object_ref (g_ptr_array_index (files, i)));
  if (answers != NULL)
    job->answers = copy_answers (answers);
  job->progress = progress;
  job->progress_data = progress_data;
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, read_draft, cancellable, callback, user_data);
}

DhkDraft *
dhk_session_read_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
list_conflicts (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  job->result = dhk_store_list_conflicts (store, error);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return job->result != NULL;
}

void
dhk_session_list_conflicts_async (DhkSession *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = g_new0 (DhkJob, 1);
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, list_conflicts, NULL, callback, user_data);
}

GPtrArray *
dhk_session_list_conflicts_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Work on few things ------------------------------------------------------ */

void
dhk_session_push_work (DhkSession *self,
                       DhkJobWork work,
                       GFile *file,
                       const char *key,
                       const char *value,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  DhkJob *job = g_new0 (DhkJob, 1);

  g_set_object (&job->file, file);
  job->key = g_strdup (key);
  job->value = g_strdup (value);
  dhk_session_push_job (self, job, work, NULL, callback, user_data);
}

void
dhk_job_wipe (char *secret)
{
  if (secret != NULL)
    dhk_secret_wipe (secret, strlen (secret));
}

/* Changing ---------------------------------------------------------------- */

static void
relay_commit (double fraction, gpointer user_data)
{
  relay_progress (fraction, NULL, user_data);
}

static gboolean
commit_draft (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  job->has_key_news = TRUE;
  dhk_store_set_progress (store, relay_commit, job);
  ok = dhk_store_commit (store, job->draft, cancellable, error);
  dhk_store_set_progress (store, NULL, NULL);
  return ok;
}

static gboolean
commit (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  /* First, so that a failure stores no answers: a profile that is kept too early does no harm. */
  return (job->profile == NULL
          || dhk_store_save_draft_profile (store, job->draft, job->profile, error))
         && commit_draft (store, job, cancellable, error);
}

void
dhk_session_commit_async (DhkSession *self,
                          DhkDraft *draft,
                          const char *profile,
                          DhkImportProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (draft != NULL);

  job = g_new0 (DhkJob, 1);
  job->draft = dhk_draft_ref (draft);
  job->profile = g_strdup (profile);
  job->progress = progress;
  job->progress_data = progress_data;
  dhk_session_push_job (self, job, commit, cancellable, callback, user_data);
}

static gboolean
keep_own (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_keep_own (store, job->data, error);
}

static gboolean
take_found (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_take_found (store, job->data, NULL, error);
}

static void
settle_conflicts (DhkSession *self,
                  GPtrArray *conflicts,
                  DhkJobWork work,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  DhkJob *job = g_new0 (DhkJob, 1);

  job->data = g_ptr_array_ref (conflicts);
  job->free_data = (GDestroyNotify) g_ptr_array_unref;
  dhk_session_push_job (self, job, work, NULL, callback, user_data);
}

void
dhk_session_keep_own_async (DhkSession *self,
                            GPtrArray *conflicts,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (conflicts != NULL && conflicts->len > 0);

  settle_conflicts (self, conflicts, keep_own, callback, user_data);
}

void
dhk_session_take_found_async (DhkSession *self,
                              GPtrArray *conflicts,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (conflicts != NULL && conflicts->len > 0);

  settle_conflicts (self, conflicts, take_found, callback, user_data);
}

static gboolean
undo (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_undo (store, error);
}

void
dhk_session_undo_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, undo, NULL, NULL, NULL, callback, user_data);
}

static gboolean
redo (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_redo (store, error);
}

void
dhk_session_redo_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, redo, NULL, NULL, NULL, callback, user_data);
}

static gboolean
remove_batch (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_remove_batch (store, job->batch, error);
}

void
dhk_session_remove_batch_async (DhkSession *self,
                                gint64 batch,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = g_new0 (DhkJob, 1);
  job->batch = batch;
  dhk_session_push_job (self, job, remove_batch, NULL, callback, user_data);
}

static gboolean
save_copy (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_save_copy (store, job->file, error);
}

void
dhk_session_save_copy_async (DhkSession *self,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));
  dhk_session_push_work (self, save_copy, file, NULL, NULL, callback, user_data);
}

gboolean
dhk_session_change_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (DhkDraft) draft = NULL;
  GError *local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  draft = g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}
