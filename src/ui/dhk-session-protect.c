/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session: the password of the study, and its backups. */

#include <glib/gi18n.h>

#include "store/dhk-problem-report.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-retention.h"
#include "ui/dhk-session-private.h"

/* `key` is the password it has, `value` the one it gets. */
static gboolean
set_password (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  gboolean ok = dhk_store_is_encrypted (store) == (job->key != NULL)
                && (job->key == NULL || dhk_store_check_password (store, job->key));

  if (!ok)
    g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD,
                         _ ("This is not the password that the study has now. Nothing was "
                            "changed; try again."));
  else
    ok = dhk_store_set_password (store, job->value, error);
  dhk_job_wipe (job->key);
  dhk_job_wipe (job->value);
  return ok;
}

void
dhk_session_set_password_async (DhkSession *self,
                                const char *old,
                                const char *password,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, set_password, NULL, old, password, callback, user_data);
}

static gboolean
set_retention (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_set_retention (store, job->value, error);
}

void
dhk_session_set_retention_async (DhkSession *self,
                                 const char *day,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, set_retention, NULL, NULL, day, callback, user_data);
}

static gboolean
back_up (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  return dhk_store_back_up_now (store, error);
}

void
dhk_session_back_up_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, back_up, NULL, NULL, NULL, callback, user_data);
}

static gboolean
make_report (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  job->result = dhk_problem_report_new (store, NULL, NULL, job->value);
  job->free_result = g_free;
  return TRUE;
}

void
dhk_session_make_report_async (DhkSession *self,
                               const char *more,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_work (self, make_report, NULL, NULL, more, callback, user_data);
}

char *
dhk_session_make_report_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
