/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-session-instrument.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/dhk-store-instrument.h"
#include "study/dhk-instrument-edit.h"
#include "ui/dhk-session-private.h"

/* Saving ------------------------------------------------------------------ */

/* The plan speaks of lines and elements of a file; a person changed something on a page. */
static gboolean
fail_plan (GError *problem, GError **error)
{
  g_autoptr (GError) given = problem;
  const char *reason = strstr (given->message, ">: ");

  g_set_error (error, given->domain, given->code,
               /* TRANSLATORS: then a reason, which ends with "Nothing was changed." */
               _ ("A table of the report cannot be made with this version: %s"),
               reason != NULL ? reason + strlen (">: ") : given->message);
  return FALSE;
}

static gboolean
set_instrument (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  DhkInstrument *instrument = job->data;
  g_autofree char *xml = dhk_store_get_setting (store, DHK_PLAN_SETTING);
  g_autoptr (DhkPlan) plan = NULL;
  GError *problem = NULL;

  /* An instrument without a plan has no tables to fit. */
  if (xml != NULL || dhk_instrument_get_plan_id (instrument) != NULL)
    {
      plan = dhk_plan_new_for_study (xml, instrument, &problem);
      if (plan == NULL)
        return fail_plan (problem, error);
    }
  return dhk_store_set_instrument (store, instrument, error);
}

void
dhk_session_set_instrument_async (DhkSession *self,
                                  DhkInstrument *instrument,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  DhkJob *job;

  g_return_if_fail (DHK_IS_SESSION (self));
  g_return_if_fail (instrument != NULL);

  job = g_new0 (DhkJob, 1);
  job->data = dhk_instrument_ref (instrument);
  job->free_data = (GDestroyNotify) dhk_instrument_unref;
  dhk_session_push_job (self, job, set_instrument, NULL, callback, user_data);
}

#define HELD "instrument-held"

void
dhk_session_set_instrument_held (DhkSession *self, gboolean held)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  g_object_set_data (G_OBJECT (self), HELD, GINT_TO_POINTER (held));
}

gboolean
dhk_session_is_instrument_held (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), HELD));
}

/* History ----------------------------------------------------------------- */

static void
version_free (gpointer data)
{
  DhkSessionVersion *self = data;

  g_free (self->label);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_versions (DhkStore *store, DhkJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = dhk_store_list_instrument_versions (store, error);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (version_free);
  g_autoptr (DhkInstrument) after = NULL;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const DhkInstrumentVersion *from = g_ptr_array_index (list, i);
      DhkSessionVersion *version = g_new0 (DhkSessionVersion, 1);
      g_autoptr (DhkInstrument) instrument = NULL;

      version->label = g_strdup (from->label);
      version->saved = from->saved;
      version->is_current = from->is_current;
      g_ptr_array_add (versions, version);
      instrument = dhk_store_load_instrument_version (store, from->number, error);
      if (instrument == NULL)
        return FALSE;
      /* Each is compared with the one before it, which comes next in the list. */
      if (i > 0)
        ((DhkSessionVersion *) g_ptr_array_index (versions, i - 1))->changes
            = dhk_instrument_list_changes (instrument, after, dhk_language_of_messages ());
      g_clear_pointer (&after, dhk_instrument_unref);
      after = g_steal_pointer (&instrument);
    }
  job->result = g_steal_pointer (&versions);
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  return TRUE;
}

void
dhk_session_load_versions_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DHK_IS_SESSION (self));
  dhk_session_push_job (self, g_new0 (DhkJob, 1), load_versions, NULL, callback, user_data);
}

GPtrArray *
dhk_session_load_versions_finish (DhkSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
