/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-ahead.h"

typedef struct
{
  guint n_things;
  guint at;
  int living; /* atomic */
} Maker;

typedef struct
{
  Maker *maker;
  guint number;
} Thing;

static gpointer
make (gpointer data)
{
  Maker *self = data;
  Thing *thing;

  if (self->at == self->n_things)
    return NULL;
  thing = g_new0 (Thing, 1);
  thing->maker = self;
  thing->number = self->at++;
  g_atomic_int_inc (&self->living);
  return thing;
}

static void
destroy (gpointer data)
{
  Thing *self = data;

  g_atomic_int_add (&self->maker->living, -1);
  g_free (self);
}

/* All of them come, in order, with a thread and without one. */
static void
test_order (gconstpointer data)
{
  const guint limit = GPOINTER_TO_UINT (data);

  for (guint n = 0; n < 200; n += 67)
    {
      Maker maker = { .n_things = n };
      g_autoptr (DhkAhead) ahead = dhk_ahead_new ("test-ahead", limit, make, destroy, &maker);

      for (guint i = 0; i < n; i++)
        {
          Thing *thing = i % 2 == 0 ? dhk_ahead_try (ahead) : NULL;

          if (limit == 0)
            g_assert_null (thing);
          if (thing == NULL)
            thing = dhk_ahead_take (ahead);
          g_assert_nonnull (thing);
          g_assert_cmpuint (thing->number, ==, i);
          destroy (thing);
        }
      g_assert_null (dhk_ahead_take (ahead));
      g_assert_null (dhk_ahead_take (ahead));
      g_assert_null (dhk_ahead_try (ahead));
      g_assert_cmpint (g_atomic_int_get (&maker.living), ==, 0);
    }
}

/* Few are made before they are wanted, and what nobody took is freed. */
static void
test_stop (gconstpointer data)
{
  const guint limit = GPOINTER_TO_UINT (data);

  for (guint taken = 0; taken < 20; taken++)
    {
      Maker maker = { .n_things = 1000000 };
      DhkAhead *ahead = dhk_ahead_new ("test-ahead", limit, make, destroy, &maker);

      for (guint i = 0; i < taken; i++)
        destroy (dhk_ahead_take (ahead));
      dhk_ahead_free (ahead);
      /* One more lies in the thread's hands. */
      g_assert_cmpuint (maker.at, <=, taken + limit + 1);
      g_assert_cmpint (g_atomic_int_get (&maker.living), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/base/ahead/order", GUINT_TO_POINTER (3), test_order);
  g_test_add_data_func ("/base/ahead/order-without-thread", NULL, test_order);
  g_test_add_data_func ("/base/ahead/stop", GUINT_TO_POINTER (3), test_stop);
  g_test_add_data_func ("/base/ahead/stop-without-thread", NULL, test_stop);

  return g_test_run ();
}
