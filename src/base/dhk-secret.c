/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-secret.h"

#include <string.h>

void
dhk_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
dhk_secret_wipe (void *data, gsize size)
{
  if (size > 0)
    explicit_bzero (data, size);
}

typedef struct
{
  gpointer data;
  gsize size;
} Secret;

static void
free_secret (gpointer data)
{
  Secret *self = data;

  dhk_secret_wipe (self->data, self->size);
  g_free (self->data);
  g_free (self);
}

GBytes *
dhk_secret_bytes_new_take (void *data, gsize size)
{
  Secret *secret;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  secret = g_new (Secret, 1);
  secret->data = data;
  secret->size = size;
  return g_bytes_new_with_free_func (data, size, free_secret, secret);
}
