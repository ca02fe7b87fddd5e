/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-task.h"

#include <errno.h>
#include <sys/resource.h>

/* Of the scale from 0 to 19. */
#define BEHIND 5

typedef struct
{
  GObject *owner;
  GAsyncReadyCallback done;
  gpointer user_data;
} Owned;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Owned *owned = user_data;

  owned->done (owned->owner, result, owned->user_data);
  g_object_unref (owned->owner);
  g_free (owned);
}

GTask *
dhk_task_new (gpointer owner,
              GCancellable *cancellable,
              GAsyncReadyCallback done,
              gpointer user_data)
{
  Owned *owned;

  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);
  g_return_val_if_fail (done != NULL, NULL);

  owned = g_new0 (Owned, 1);
  owned->owner = g_object_ref (owner);
  owned->done = done;
  owned->user_data = user_data;
  return g_task_new (NULL, cancellable, done_cb, owned);
}

void
dhk_task_give_way (void)
{
#ifdef __linux__
  /* Elsewhere it would be about the whole process. */
  if (setpriority (PRIO_PROCESS, 0, BEHIND) != 0)
    g_debug ("A thread keeps its priority: %s", g_strerror (errno));
#endif
}
