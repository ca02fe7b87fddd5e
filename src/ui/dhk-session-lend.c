/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session: what it lends of the study as it stands. */

#include "ui/dhk-session-private.h"

GFile *
dhk_session_get_file (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->file;
}

const char *
dhk_session_get_name (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->name;
}

gboolean
dhk_session_is_sample (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return self->snapshot->is_sample;
}

gboolean
dhk_session_is_encrypted (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return self->encrypted;
}

gboolean
dhk_session_is_read_only (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return self->read_only;
}

DhkInstrument *
dhk_session_get_instrument (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return dhk_frame_get_instrument (self->snapshot->frame);
}

DhkPlan *
dhk_session_get_plan (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->plan;
}

DhkFrame *
dhk_session_get_frame (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->frame;
}

GPtrArray *
dhk_session_get_batches (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->batches;
}

GPtrArray *
dhk_session_get_aside (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->aside;
}

const DhkCoverage *
dhk_session_get_coverage (DhkSession *self, guint questionnaire)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  g_return_val_if_fail (questionnaire < self->snapshot->coverage->len, NULL);
  return &g_array_index (self->snapshot->coverage, DhkCoverage, questionnaire);
}

const char *
dhk_session_get_undo_label (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->undo_label;
}

const char *
dhk_session_get_redo_label (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->redo_label;
}

gboolean
dhk_session_is_busy (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return self->running;
}

gboolean
dhk_session_is_saving (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);

  if (self->saving)
    return TRUE;
  for (const GList *l = self->jobs.head; l != NULL; l = l->next)
    if (!((const DhkJob *) l->data)->only_looks)
      return TRUE;
  return FALSE;
}

const char *
dhk_session_get_retention (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->snapshot->retention;
}

char *
dhk_session_take_backup_problem (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return g_steal_pointer (&self->backup_problem);
}

DhkPersonal
dhk_session_get_personal (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), DHK_PERSONAL_UNDECIDED);
  return self->personal;
}

gboolean
dhk_session_has_key_file (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), FALSE);
  return self->has_key_file;
}

guint
dhk_session_get_missing_names (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), 0);
  return self->missing_names;
}

const char *
dhk_session_get_last_page (DhkSession *self)
{
  g_return_val_if_fail (DHK_IS_SESSION (self), NULL);
  return self->last_page;
}
