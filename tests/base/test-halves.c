/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-halves.h"

typedef struct
{
  guint8 *done;
  guint n_of[2];
} Work;

static void
do_half (guint first, guint n, guint half, gpointer data)
{
  Work *self = data;

  g_assert_cmpuint (half, ==, first > 0 ? 1 : 0);
  self->n_of[half] += n;
  for (guint i = first; i < first + n; i++)
    self->done[i]++;
}

/* Every place is done once, whatever the length. */
static void
test_every_place (void)
{
  static const guint lengths[] = { 0, 1, 500, 100000, 100001 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint n = lengths[i];
      g_autofree guint8 *done = g_new0 (guint8, n + 1);
      Work work = { done, { 0, 0 } };

      dhk_halves_do (n, do_half, &work);
      for (guint k = 0; k < n; k++)
        g_assert_cmpuint (done[k], ==, 1);
      g_assert_cmpuint (work.n_of[0] + work.n_of[1], ==, n);
      g_assert_true (n < 1000 || work.n_of[1] > 0);
    }
}

static void
do_which (guint which, gpointer data)
{
  guint *done = data;

  done[which]++;
}

static void
test_both (void)
{
  static const guint lengths[] = { 0, 500, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint done[2] = { 0, 0 };

      dhk_both_do (lengths[i], do_which, done);
      g_assert_cmpuint (done[0], ==, 1);
      g_assert_cmpuint (done[1], ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/halves/every-place", test_every_place);
  g_test_add_func ("/base/halves/both", test_both);
  return g_test_run ();
}
