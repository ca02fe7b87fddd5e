/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-session-respondents.h"

#include "ui/dhk-session-private.h"

typedef struct
{
  GArray *respondents;  /* gint64 */
  DhkQuestion question; /* its item, variable and target */
  int code;
  double number;
  guint choices; /* of the instrument */
  gint8 *codes;  /* n_codes */
  guint n_codes;
  char *text;
  int *progress; /* lent */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_array_unref (self->respondents);
  g_free (self->codes);
  g_free (self->text);
  g_free (self);
}

static DhkJob *
create_job (const gint64 *respondents, guint n_respondents, const char *text)
{
  DhkJob *job = g_new0 (DhkJob, 1);
  Request *request = g_new0 (Request, 1);

  request->respondents = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (request->respondents, respondents, n_respondents);
  request->text = g_strdup (text);
  job->data = request;
  job->free_data = request_free;
  return job;
}

static gint64
get_respondent (const Request *request)
{
  return g_array_index (request->respondents, gint64, 0);
}

static gboolean
leave (DhkJob *job, gpointer result, GDestroyNotify free_result)
{
  job->result = result;
  job->free_result = free_result;
  return result != NULL;
}

/* Reading ----------------------------------------------------------------- */

static gboolean
load (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return leave (job, dhk_store_load_respondents (store, cancellable, error),
                (GDestroyNotify) dhk_respondents_unref);
}

void
dhk_session_load_respondents_async (DhkSession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = create_job (NULL, 0, NULL);
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, load, cancellable, callback, user_data);
}

DhkRespondents *
dhk_session_load_respondents_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  DhkRespondents *list;
  guint first;
  guint n;
  gboolean with_marks;
} PartRequest;

static void
part_request_free (gpointer data)
{
  PartRequest *self = data;

  dhk_respondents_unref (self->list);
  g_free (self);
}

static gboolean
load_part (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const PartRequest *request = job->data;

  return leave (job,
                dhk_store_load_respondent_part (store, request->list, request->first, request->n,
                                                request->with_marks, cancellable, error),
                (GDestroyNotify) dhk_respondent_part_free);
}

void
dhk_session_load_part_async (DhkSession *self,
                             DhkRespondents *list,
                             guint first,
                             guint n,
                             gboolean with_marks,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  DhkJob *job;
  PartRequest *request;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (list != NULL);

  request = g_new0 (PartRequest, 1);
  request->list = dhk_respondents_ref (list);
  request->first = first;
  request->n = n;
  request->with_marks = with_marks;
  job = g_new0 (DhkJob, 1);
  job->data = request;
  job->free_data = part_request_free;
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, load_part, cancellable, callback, user_data);
}

DhkRespondentPart *
dhk_session_load_part_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set ((int *) user_data, (int) (fraction * 100));
}

static gboolean
search (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Request *request = job->data;
  gboolean found;

  if (request->progress != NULL)
    dhk_store_set_progress (store, set_progress, request->progress);
  found = leave (job, dhk_store_search_raw (store, request->text, cancellable, error),
                 (GDestroyNotify) g_array_unref);
  dhk_store_set_progress (store, NULL, NULL);
  return found;
}

void
dhk_session_search_raw_async (DhkSession *self,
                              const char *text,
                              int *progress,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  job = create_job (NULL, 0, text);
  ((Request *) job->data)->progress = progress;
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, search, cancellable, callback, user_data);
}

GArray *
dhk_session_search_raw_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
load_history (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return leave (job, dhk_store_load_history (store, get_respondent (job->data), error),
                (GDestroyNotify) g_ptr_array_unref);
}

void
dhk_session_load_history_async (DhkSession *self,
                                gint64 respondent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));

  job = create_job (&respondent, 1, NULL);
  job->only_looks = TRUE;
  dhk_session_push_job (self, job, load_history, cancellable, callback, user_data);
}

GPtrArray *
dhk_session_load_history_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Changing ---------------------------------------------------------------- */

/* `answer` holds what is set: the whole request but whose answer it is. */
static void
push_answer (DhkSession *self,
             gint64 respondent,
             const Request *answer,
             DhkJobWork set,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  DhkJob *job = create_job (&respondent, 1, NULL);
  Request *request = job->data;
  GArray *respondents = request->respondents;

  *request = *answer;
  request->respondents = respondents;
  dhk_session_push_job (self, job, set, NULL, callback, user_data);
}

static gboolean
set_cell (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Request *request = job->data;

  return dhk_store_set_cell (store, get_respondent (request), &request->question, request->code,
                             request->number, error);
}

void
dhk_session_set_cell_async (DhkSession *self,
                            gint64 respondent,
                            const DhkQuestion *question,
                            int code,
                            double number,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (question != NULL);

  /* Its texts are the instrument's, which may be gone when this is done. */
  push_answer (self, respondent,
               &(Request){ .question = { .item = question->item,
                                         .variable = question->variable,
                                         .target = question->target },
                           .code = code,
                           .number = number },
               set_cell, callback, user_data);
}

static gboolean
set_choices (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Request *request = job->data;
  const DhkChoices *choices
      = dhk_instrument_get_choices (dhk_store_get_instrument (store), request->choices);

  g_return_val_if_fail (choices->n_choices == request->n_codes, FALSE);
  return dhk_store_set_choices (store, get_respondent (request), choices, request->codes, error);
}

void
dhk_session_set_choices_async (DhkSession *self,
                               gint64 respondent,
                               guint choices,
                               const gint8 *codes,
                               guint n_codes,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (codes != NULL);

  push_answer (
      self, respondent,
      &(Request){ .choices = choices, .codes = g_memdup2 (codes, n_codes), .n_codes = n_codes },
      set_choices, callback, user_data);
}

static gboolean
exclude (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  const Request *request = job->data;
  const gint64 *respondents = (const gint64 *) (gpointer) request->respondents->data;
  guint n = request->respondents->len;

  return request->text != NULL ? dhk_store_exclude (store, respondents, n, request->text, error)
                               : dhk_store_include (store, respondents, n, error);
}

void
dhk_session_exclude_async (DhkSession *self,
                           const gint64 *respondents,
                           guint n_respondents,
                           const char *reason,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (respondents != NULL && n_respondents > 0);
  dhk_session_push_job (self, create_job (respondents, n_respondents, reason), exclude, NULL,
                        callback, user_data);
}

static gboolean
erase (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_erase (store, get_respondent (job->data), error);
}

void
dhk_session_erase_async (DhkSession *self,
                         gint64 respondent,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_job (self, create_job (&respondent, 1, NULL), erase, NULL, callback, user_data);
}
