/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-session.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/dhk-store-backup.h"
#include "store/dhk-store-retention.h"
#include "ui/dhk-session-private.h"
#include "ui/dhk-task.h"

G_DEFINE_FINAL_TYPE (DhkSession, dhk_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  BUSY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (DhkJob *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->draft, dhk_draft_unref);
  g_free (job->profile);
  g_clear_object (&job->file);
  g_free (job->key);
  g_free (job->value);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_clear_pointer (&job->answers, g_hash_table_unref);
  g_clear_pointer (&job->snapshot, dhk_snapshot_free);
  g_clear_pointer (&job->instrument, dhk_instrument_unref);
  g_clear_pointer (&job->plan, dhk_plan_unref);
  if (job->data != NULL && job->free_data != NULL)
    job->free_data (job->data);
  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_free (job->backup_problem);
  g_free (job->undo_label);
  g_free (job->redo_label);
  g_free (job);
}

/* Running jobs ------------------------------------------------------------ */

/* The report of a study whose questionnaires changed; NULL when it has none. */
static DhkPlan *
load_plan (DhkStore *store)
{
  g_autofree char *xml = dhk_store_get_setting (store, DHK_PLAN_SETTING);

  return dhk_plan_new_for_study (xml, dhk_store_get_instrument (store), NULL);
}

static void
look_at_keys (DhkStore *store, DhkJob *job)
{
  job->personal = dhk_store_get_personal (store);
  job->has_key_file = dhk_store_get_key_file (store) != NULL;
  job->missing_names = dhk_store_count_missing_names (store);
}

static void
close_thread (DhkSession *self, DhkJob *job, GTask *task)
{
  DhkStore *store = g_steal_pointer (&self->store);
  GError *error = NULL;

  dhk_store_move_to_this_thread (store);
  if (job->work (store, job, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
job_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  DhkJob *job = task_data;
  DhkSession *self = g_task_get_source_object (job->task);
  GError *error = NULL;

  dhk_task_give_way ();
  if (job->is_last)
    {
      close_thread (self, job, task);
      return;
    }
  dhk_store_move_to_this_thread (self->store);
  if (job->work (self->store, job, cancellable, &error) && !job->is_small
      && dhk_store_get_generation (self->store) != job->generation)
    job->snapshot = dhk_snapshot_new (self->store, &error);
  if (job->snapshot != NULL && dhk_frame_get_instrument (job->snapshot->frame) != job->instrument)
    job->plan = load_plan (self->store);
  if (job->is_small)
    {
      job->undo_label = dhk_store_dup_undo_label (self->store);
      job->redo_label = dhk_store_dup_redo_label (self->store);
    }

  job->encrypted = dhk_store_is_encrypted (self->store);
  job->backup_problem = dhk_store_take_backup_problem (self->store);
  if (job->has_key_news)
    look_at_keys (self->store, job);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void run_next_job (DhkSession *self);

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkSession *self = DHK_SESSION (source);
  DhkJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) caller = g_steal_pointer (&job->task);
  GError *error = NULL;
  gboolean changed = job->snapshot != NULL;

  if (changed && dhk_frame_get_instrument (job->snapshot->frame) != job->instrument)
    {
      g_clear_pointer (&self->plan, dhk_plan_unref);
      self->plan = g_steal_pointer (&job->plan);
    }
  if (changed)
    {
      g_clear_pointer (&self->snapshot, dhk_snapshot_free);
      self->snapshot = g_steal_pointer (&job->snapshot);
    }
  if (job->is_small)
    {
      g_free (self->snapshot->undo_label);
      self->snapshot->undo_label = g_steal_pointer (&job->undo_label);
      g_free (self->snapshot->redo_label);
      self->snapshot->redo_label = g_steal_pointer (&job->redo_label);
    }
  if (!job->is_last)
    self->encrypted = job->encrypted;
  if (job->backup_problem != NULL)
    {
      g_free (self->backup_problem);
      self->backup_problem = g_steal_pointer (&job->backup_problem);
    }
  if (job->has_key_news)
    {
      self->personal = job->personal;
      self->has_key_file = job->has_key_file;
      self->missing_names = job->missing_names;
    }
  self->running = FALSE;
  self->saving = FALSE;
  run_next_job (self);
  g_signal_emit (self, signals[BUSY], 0);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (caller, error);
  else if (job->draft != NULL)
    g_task_return_pointer (caller, dhk_draft_ref (job->draft), (GDestroyNotify) dhk_draft_unref);
  else if (job->result != NULL)
    g_task_return_pointer (caller, g_steal_pointer (&job->result), job->free_result);
  else
    g_task_return_pointer (caller, NULL, NULL);

  /* The program may only end when everything is written. */
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

static void
run_next_job (DhkSession *self)
{
  g_autoptr (GTask) task = NULL;
  DhkJob *job;

  if (self->running)
    return;
  job = g_queue_pop_head (&self->jobs);
  if (job == NULL)
    return;

  self->running = TRUE;
  self->saving = !job->only_looks;
  job->generation = self->snapshot->generation;
  job->instrument = dhk_instrument_ref (dhk_frame_get_instrument (self->snapshot->frame));
  task = dhk_task_new (self, g_task_get_cancellable (job->task), job_done_cb, NULL);
  g_task_set_source_tag (task, run_next_job);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, job_thread);
}

void
dhk_session_push_job (DhkSession *self,
                      DhkJob *job,
                      DhkJobWork work,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  job->work = work;
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, dhk_session_push_job);
  g_task_set_check_cancellable (job->task, FALSE);
  if (self->closed)
    {
      g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                               _ ("The study is closed."));
      job_free (job);
      return;
    }
  self->closed = job->is_last;
  g_queue_push_tail (&self->jobs, job);
  run_next_job (self);
  g_signal_emit (self, signals[BUSY], 0);
}

static gboolean
look_only (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

void
dhk_session_refresh (DhkSession *self)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = g_new0 (DhkJob, 1);
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, look_only, NULL, NULL, NULL);
}

/* The end ----------------------------------------------------------------- */

static gboolean
close_store (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  dhk_store_close (store);
  return TRUE;
}

static gboolean
erase_study (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_erase_study (store, error);
}

void
dhk_session_close_async (DhkSession *self,
                         gboolean erase,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = g_new0 (DhkJob, 1);
  job->is_last = TRUE;
  dhk_session_push_job (self, job, erase ? erase_study : close_store, NULL, callback, user_data);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_session_finalize (GObject *object)
{
  DhkSession *self = DHK_SESSION (object);

  /* A waiting job holds a reference, so none is left here. */
  g_assert (g_queue_is_empty (&self->jobs));
  if (self->store != NULL)
    dhk_store_move_to_this_thread (self->store);
  g_clear_pointer (&self->store, dhk_store_close);
  g_free (self->backup_problem);
  g_clear_pointer (&self->plan, dhk_plan_unref);
  g_clear_pointer (&self->snapshot, dhk_snapshot_free);
  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self->last_page);

  G_OBJECT_CLASS (dhk_session_parent_class)->finalize (object);
}

static void
dhk_session_class_init (DhkSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dhk_session_finalize;

  /* The study holds something else than before. */
  signals[CHANGED] = g_signal_new ("changed", DHK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  /* A job started or ended. */
  signals[BUSY] = g_signal_new ("busy", DHK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
dhk_session_init (DhkSession *self)
{
  g_queue_init (&self->jobs);
}

static char *
dup_study_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, ".driehoek"))
    name[strlen (name) - strlen (".driehoek")] = '\0';
  return g_steal_pointer (&name);
}

DhkSession *
dhk_session_new_from_opened (DhkOpened *opened)
{
  DhkSession *self = g_object_new (DHK_TYPE_SESSION, NULL);

  self->store = g_steal_pointer (&opened->store);
  self->plan = g_steal_pointer (&opened->plan);
  self->snapshot = g_steal_pointer (&opened->snapshot);
  self->last_page = g_steal_pointer (&opened->last_page);
  dhk_store_move_to_this_thread (self->store);
  self->encrypted = dhk_store_is_encrypted (self->store);
  self->read_only = dhk_store_is_read_only (self->store);
  self->personal = opened->personal;
  self->file = g_object_ref (dhk_store_get_file (self->store));
  self->name = dup_study_name (self->file);
  return self;
}

/* The page ------------------------------------------------------------ */

static gboolean
set_setting (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_set_setting (store, job->key, job->value, error);
}

void
dhk_session_set_last_page (DhkSession *self, const char *page)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (page != NULL);

  if (g_strcmp0 (self->last_page, page) == 0)
    return;
  g_free (self->last_page);
  self->last_page = g_strdup (page);
  if (self->read_only)
    return;

  job = g_new0 (DhkJob, 1);
  job->only_looks = TRUE; /* where somebody was is no step */
  job->key = g_strdup (DHK_SETTING_LAST_PAGE);
  job->value = g_strdup (page);
  dhk_session_push_job (self, job, set_setting, NULL, NULL, NULL);
}
