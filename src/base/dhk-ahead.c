/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-ahead.h"

struct _DhkAhead
{
  DhkAheadMake make;
  GDestroyNotify destroy;
  gpointer user_data;
  guint limit;
  GThread *thread; /* NULL with a limit of 0 */

  GMutex mutex;
  GCond changed;
  GQueue waiting;
  gboolean stopped;
  gboolean done;
};

static gpointer
make_all (gpointer data)
{
  DhkAhead *self = data;

  for (;;)
    {
      gpointer made = self->make (self->user_data);
      gboolean go_on;

      g_mutex_lock (&self->mutex);
      while (made != NULL && self->waiting.length >= self->limit && !self->stopped)
        g_cond_wait (&self->changed, &self->mutex);
      if (made != NULL)
        g_queue_push_tail (&self->waiting, made);
      go_on = made != NULL && !self->stopped;
      self->done = !go_on;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
      if (!go_on)
        return NULL;
    }
}

DhkAhead *
dhk_ahead_new (
    const char *name, guint limit, DhkAheadMake make, GDestroyNotify destroy, gpointer user_data)
{
  DhkAhead *self;

  g_return_val_if_fail (make != NULL && destroy != NULL, NULL);

  self = g_new0 (DhkAhead, 1);
  self->make = make;
  self->destroy = destroy;
  self->user_data = user_data;
  self->limit = limit;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  if (limit > 0)
    self->thread = g_thread_new (name, make_all, self);
  return self;
}

static gpointer
take (DhkAhead *self, gboolean wait)
{
  gpointer taken;

  g_mutex_lock (&self->mutex);
  while (wait && self->waiting.length == 0 && !self->done)
    g_cond_wait (&self->changed, &self->mutex);
  taken = g_queue_pop_head (&self->waiting);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return taken;
}

gpointer
dhk_ahead_take (DhkAhead *self)
{
  gpointer made;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->thread != NULL)
    return take (self, TRUE);
  made = self->done ? NULL : self->make (self->user_data);
  self->done = made == NULL;
  return made;
}

gpointer
dhk_ahead_try (DhkAhead *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->thread != NULL ? take (self, FALSE) : NULL;
}

void
dhk_ahead_free (DhkAhead *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      self->stopped = TRUE;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->thread);
    }
  g_queue_clear_full (&self->waiting, self->destroy);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}
