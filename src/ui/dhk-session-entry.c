/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-session-entry.h"

#include "ui/dhk-session-private.h"

typedef struct
{
  DhkEntryForm form;
  guint question;
  guint questionnaire;
  DhkEntryAnswer answer;
  DhkEntryAnswer *answers; /* n_answers of questions in a row; NULL: only `answer` */
  guint n_answers;
  char *name;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->answers);
  g_free (self->name);
  g_free (self);
}

static void
push_job (DhkSession *self,
          const Entry *entry,
          DhkJobWork work,
          gboolean only_looks,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  DhkJob *job = g_new0 (DhkJob, 1);

  job->only_looks = only_looks;
  job->data = g_memdup2 (entry, sizeof *entry);
  job->free_data = entry_free;
  job->is_small = TRUE;
  dhk_session_push_job (self, job, work, NULL, callback, user_data);
}

static void
push (DhkSession *self,
      const Entry *entry,
      DhkJobWork work,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  push_job (self, entry, work, FALSE, callback, user_data);
}

static gboolean
leave (DhkJob *job, gpointer result, GDestroyNotify free_result)
{
  job->result = result;
  job->free_result = free_result;
  return result != NULL;
}

/* Batches ------------------------------------------------------------------ */

static gboolean
list (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return leave (job, dhk_store_entry_list_batches (store, error),
                (GDestroyNotify) g_ptr_array_unref);
}

void
dhk_session_list_entry_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  const Entry entry = { 0 };

  g_return_if_fail (DHK_IS_SESSION (self));
  push_job (self, &entry, list, TRUE, callback, user_data);
}

static gboolean
new_batch (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Entry *entry = job->data;
  gint64 batch = dhk_store_entry_new_batch (store, entry->name, entry->questionnaire, error);

  return batch != 0 && leave (job, g_memdup2 (&batch, sizeof batch), g_free);
}

void
dhk_session_new_entry_batch_async (DhkSession *self,
                                   const char *name,
                                   guint questionnaire,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const Entry entry = { .name = g_strdup (name), .questionnaire = questionnaire };

  g_return_if_fail (DHK_IS_SESSION (self));
  push (self, &entry, new_batch, callback, user_data);
}

/* Typing ------------------------------------------------------------------- */

static gboolean
load (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const DhkEntryForm *form = &((const Entry *) job->data)->form;
  guint number = form->number;

  if (number == 0
      && !dhk_store_entry_propose (store, form->batch, form->pass, form->after, &number, error))
    return FALSE;
  return number == 0
         || leave (job, dhk_store_entry_load_sheet (store, form->batch, form->pass, number, error),
                   (GDestroyNotify) dhk_entry_sheet_free);
}

void
dhk_session_load_entry_async (DhkSession *self,
                              const DhkEntryForm *form,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const Entry entry = { .form = *form };

  g_return_if_fail (DHK_IS_SESSION (self));
  push_job (self, &entry, load, TRUE, callback, user_data);
}

static gboolean
type (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Entry *entry = job->data;

  return dhk_store_entry_set_answers (store, entry->form.batch, entry->form.pass,
                                      entry->form.number, entry->question, entry->answers,
                                      entry->n_answers, error);
}

void
dhk_session_type_async (DhkSession *self,
                        const DhkEntryForm *form,
                        guint question,
                        const DhkEntryAnswer *answers,
                        guint n_answers,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Entry entry = { .form = *form, .question = question, .n_answers = n_answers };

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (answers != NULL && n_answers > 0);
  entry.answers = g_memdup2 (answers, n_answers * sizeof *answers);
  push (self, &entry, type, callback, user_data);
}

static gboolean
finish (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const DhkEntryForm *form = &((const Entry *) job->data)->form;

  return dhk_store_entry_finish (store, form->batch, form->pass, form->number, error);
}

void
dhk_session_finish_entry_async (DhkSession *self,
                                const DhkEntryForm *form,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const Entry entry = { .form = *form };

  g_return_if_fail (DHK_IS_SESSION (self));
  push (self, &entry, finish, callback, user_data);
}

static gboolean
renumber (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const DhkEntryForm *form = &((const Entry *) job->data)->form;

  return dhk_store_entry_renumber (store, form->batch, form->pass, form->number, form->after,
                                   error);
}

void
dhk_session_renumber_entry_async (DhkSession *self,
                                  const DhkEntryForm *form,
                                  guint wanted,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  const Entry entry = { .form = { form->batch, form->pass, form->number, .after = wanted } };

  g_return_if_fail (DHK_IS_SESSION (self));
  push (self, &entry, renumber, callback, user_data);
}

/* Comparing ---------------------------------------------------------------- */

static gboolean
compare (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Entry *entry = job->data;

  return leave (job, dhk_store_entry_compare (store, entry->form.batch, error),
                (GDestroyNotify) dhk_entry_comparison_free);
}

void
dhk_session_compare_entry_async (DhkSession *self,
                                 gint64 batch,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const Entry entry = { .form.batch = batch };

  g_return_if_fail (DHK_IS_SESSION (self));
  push_job (self, &entry, compare, TRUE, callback, user_data);
}

static gboolean
settle (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Entry *entry = job->data;

  return dhk_store_entry_settle (store, entry->form.batch, entry->form.number, entry->question,
                                 &entry->answer, error);
}

void
dhk_session_settle_async (DhkSession *self,
                          gint64 batch,
                          guint number,
                          guint question,
                          const DhkEntryAnswer *chosen,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  const Entry entry
      = { .form = { .batch = batch, .number = number }, .question = question, .answer = *chosen };

  g_return_if_fail (DHK_IS_SESSION (self));
  push (self, &entry, settle, callback, user_data);
}

gboolean
dhk_session_entry_finish (DhkSession *self, GAsyncResult *result, gpointer *value, GError **error)
{
  GError *local = NULL;
  gpointer found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), &local);
  if (value != NULL)
    *value = found;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}
