/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-behind.h"

struct _DhkBehind
{
  DhkBehindFunc func;
  gpointer user_data;
  GThread *thread;    /* NULL: none */
  GAsyncQueue *given; /* things, and `self` as the end of them */
  GAsyncQueue *done;
  guint n_out; /* the owner's */
};

static gpointer
do_all (gpointer data)
{
  DhkBehind *self = data;
  gpointer thing;

  while ((thing = g_async_queue_pop (self->given)) != self)
    {
      self->func (thing, self->user_data);
      g_async_queue_push (self->done, thing);
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
  self->given = g_async_queue_new ();
  self->done = g_async_queue_new ();
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
      g_async_queue_push (self->given, thing);
      return;
    }
  self->func (thing, self->user_data);
  g_async_queue_push (self->done, thing);
}

gpointer
dhk_behind_take (DhkBehind *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_out == 0)
    return NULL;
  self->n_out--;
  return g_async_queue_pop (self->done);
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
      g_async_queue_push (self->given, self);
      g_thread_join (self->thread);
    }
  g_async_queue_unref (self->given);
  g_async_queue_unref (self->done);
  g_free (self);
}
