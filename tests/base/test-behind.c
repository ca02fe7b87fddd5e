/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-behind.h"

#define N_THINGS 3

typedef struct
{
  guint number;
  gboolean done;
} Thing;

static void
do_thing (gpointer data, gpointer user_data)
{
  Thing *self = data;
  guint *next = user_data;

  g_assert_cmpuint (self->number, ==, (*next)++);
  g_assert_false (self->done);
  self->done = TRUE;
}

/* Things that go round are done in order, with a thread and without one. */
static void
test_order (gconstpointer name)
{
  Thing things[N_THINGS] = { 0 };
  guint n_done = 0;
  DhkBehind *behind = dhk_behind_new (name, do_thing, &n_done);

  g_assert_null (dhk_behind_take (behind));
  for (guint i = 0; i < 1000; i++)
    {
      Thing *thing = i < N_THINGS ? &things[i] : dhk_behind_take (behind);

      g_assert_true (thing == &things[i % N_THINGS]);
      g_assert_true (thing->done == (i >= N_THINGS));
      *thing = (Thing){ i, FALSE };
      dhk_behind_give (behind, thing);
      g_assert_cmpuint (dhk_behind_get_n_out (behind), ==, MIN (i + 1, N_THINGS));
    }
  for (guint i = 0; i < N_THINGS; i++)
    g_assert_true (((Thing *) dhk_behind_take (behind))->done);
  g_assert_null (dhk_behind_take (behind));
  g_assert_cmpuint (n_done, ==, 1000);
  dhk_behind_free (behind);
}

static void
test_nothing_to_do (void)
{
  g_autoptr (DhkBehind) behind = dhk_behind_new ("test-behind", do_thing, NULL);

  g_assert_cmpuint (dhk_behind_get_n_out (behind), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/base/behind/order/thread", "test-behind", test_order);
  g_test_add_data_func ("/base/behind/order/no-thread", NULL, test_order);
  g_test_add_func ("/base/behind/nothing-to-do", test_nothing_to_do);
  return g_test_run ();
}
