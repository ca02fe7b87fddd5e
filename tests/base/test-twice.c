/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-twice.h"

/* Beside a table that counts all of them. */
static void
check (guint n, guint n_different, guint seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree guint64 *keys = g_new0 (guint64, n + 1);
  g_autoptr (GArray) found = NULL;
  guint at = 0;

  for (guint i = 0; i < n; i++)
    {
      guint32 number = (guint32) g_rand_int_range (rand, 0, (gint32) n_different);

      if (number % 10 != 0)
        keys[i] = dhk_twice_key (0, &number, sizeof number);
      g_hash_table_insert (
          counts, &keys[i],
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, &keys[i])) + 1));
    }
  found = dhk_twice_find (keys, n);
  for (guint i = 0; i < n; i++)
    if (keys[i] != 0 && GPOINTER_TO_UINT (g_hash_table_lookup (counts, &keys[i])) > 1)
      {
        g_assert_cmpuint (at, <, found->len);
        g_assert_cmpuint (g_array_index (found, guint, at), ==, i);
        at++;
      }
  g_assert_cmpuint (at, ==, found->len);
}

static void
test_find (void)
{
  check (0, 1, 1);
  check (1, 1, 2);
  check (1000, 3, 3);
  check (100000, 100000, 4);
  check (200000, 2000000000, 5);
}

/* Texts that differ in anything have other keys. */
static void
test_keys (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  char text[40] = { 0 };

  for (guint length = 0; length < sizeof text; length++)
    for (guint change = 0; change < MAX (length, 1); change++)
      {
        guint64 key;

        for (guint i = 0; i < length; i++)
          text[i] = i == change ? 'b' : 'a';
        key = dhk_twice_key (0, text, length);
        g_assert_cmpuint (key, !=, 0);
        g_assert_true (g_hash_table_add (seen, g_memdup2 (&key, sizeof key)));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/twice/find", test_find);
  g_test_add_func ("/base/twice/keys", test_keys);
  return g_test_run ();
}
