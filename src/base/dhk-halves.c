/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-halves.h"

/* Starting a thread takes as long as some thousand steps. */
#define SHORT_LIST 20000

typedef struct
{
  guint first;
  guint n;
  DhkHalvesFunc func;
  gpointer user_data;
} Second;

static gpointer
do_second (gpointer data)
{
  const Second *self = data;

  self->func (self->first, self->n, 1, self->user_data);
  return NULL;
}

void
dhk_halves_do (guint n, DhkHalvesFunc func, gpointer user_data)
{
  guint middle = n < SHORT_LIST ? n : n / 2;
  Second second = { middle, n - middle, func, user_data };
  GThread *thread;

  g_return_if_fail (func != NULL);

  thread = middle < n ? g_thread_new ("dhk-half", do_second, &second) : NULL;
  func (0, middle, 0, user_data);
  if (thread != NULL)
    g_thread_join (thread);
}

typedef struct
{
  DhkBothFunc func;
  gpointer user_data;
} Other;

static gpointer
do_other (gpointer data)
{
  const Other *self = data;

  self->func (1, self->user_data);
  return NULL;
}

void
dhk_both_do (guint n, DhkBothFunc func, gpointer user_data)
{
  Other other = { func, user_data };
  GThread *thread;

  g_return_if_fail (func != NULL);

  thread = n < SHORT_LIST ? NULL : g_thread_new ("dhk-other", do_other, &other);
  func (0, user_data);
  if (thread != NULL)
    g_thread_join (thread);
  else
    do_other (&other);
}
