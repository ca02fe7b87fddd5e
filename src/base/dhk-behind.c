/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-behind.h"

struct _DhkBehind
{
  DhkBehindFunc func;
  gpointer user_data;
  guint n_out;     /* the owner's */
  GThread *thread; /* NULL: none */

  GMutex mutex;
  GCond changed;
  GQueue given;
  GQueue done;
  gboolean ended;
};

/* The next thing to do; NULL after the last one. */
static gpointer
get_given (DhkBehind *self)
{
  gpointer thing;

  g_mutex_lock (&self->mutex);
  while (self->given.length == 0 && !self->ended)
    g_cond_wait (&self->changed, &self->mutex);
  thing = g_queue_pop_head (&self->given);
  g_mutex_unlock (&self->mutex);
  return thing;
}

/* The owner and the thread wait for each other, never both. */
static void
push (DhkBehind *self, GQueue *queue, gpointer thing)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (queue, thing);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static gpointer
do_all (gpointer data)
{
  DhkBehind *self = data;
  gpointer thing;

  while ((thing = get_given (self)) != NULL)
    {
      self->func (thing, self->user_data);
      push (self, &self->done, thing);
    }
  return NULL;
}

DhkBehind *
dhk_behind_new (const char *name, DhkBehindFunc func, gpointer user_data)
{
  DhkBehind *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (DhkBehind, 1);
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->given);
  g_queue_init (&self->done);
  if (name != NULL)
    self->thread = g_thread_new (name, do_all, self);
  return self;
}

void
dhk_behind_give (DhkBehind *self, gpointer thing)
{
  g_return_if_fail (self != NULL && thing != NULL);

  self->n_out++;
  if (self->thread != NULL)
    {
      push (self, &self->given, thing);
      return;
    }
  self->func (thing, self->user_data);
  push (self, &self->done, thing);
}

gpointer
dhk_behind_take (DhkBehind *self)
{
  gpointer thing;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_out == 0)
    return NULL;
  self->n_out--;
  g_mutex_lock (&self->mutex);
  while (self->done.length == 0)
    g_cond_wait (&self->changed, &self->mutex);
  thing = g_queue_pop_head (&self->done);
  g_mutex_unlock (&self->mutex);
  return thing;
}

guint
dhk_behind_get_n_out (const DhkBehind *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_out;
}

void
dhk_behind_free (DhkBehind *self)
{
  if (self == NULL)
    return;
  g_return_if_fail (self->n_out == 0);

  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      self->ended = TRUE;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->mutex);
      g_thread_join (self->thread);
    }
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}
