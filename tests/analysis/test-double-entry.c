/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Agreement of two typings, against a table worked out by hand. */

#include <math.h>

#include "analysis/dhk-double-entry.h"

static void
add (GArray *pairs, guint questionnaire, int categories, int first, int second, guint times)
{
  DhkTypedPair pair = { questionnaire, categories, first, second, first == second };

  for (guint i = 0; i < times; i++)
    g_array_append_val (pairs, pair);
}

static DhkDoubleEntry
run (GArray *pairs, int questionnaire)
{
  return dhk_double_entry_run ((const DhkTypedPair *) (gpointer) pairs->data, pairs->len,
                               questionnaire);
}

static void
test_kappa (void)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (DhkTypedPair));
  DhkDoubleEntry result;

  /* Cohen (1960), as 20 5 / 10 15: p_o = .70, p_e = .50, κ = .40. */
  add (pairs, 0, 0, 1, 1, 20);
  add (pairs, 0, 0, 1, 2, 5);
  add (pairs, 0, 0, 2, 1, 10);
  add (pairs, 0, 0, 2, 2, 15);
  /* Numbers count in the percentage alone. */
  add (pairs, 0, -1, 0, 0, 10);
  result = run (pairs, 0);
  g_assert_cmpuint (result.n, ==, 60);
  g_assert_cmpuint (result.n_same, ==, 45);
  g_assert_cmpfloat_with_epsilon (result.share, 0.75, 1e-12);
  g_assert_cmpuint (result.n_labelled, ==, 50);
  g_assert_cmpfloat_with_epsilon (result.kappa, 0.4, 1e-12);
  g_assert_true (result.ci_low < 0.4 && result.ci_high > 0.4);
  g_assert_null (result.undefined);
}

/* The same code of two sets of answers is two categories; a missing answer is one too. */
static void
test_sets (void)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (DhkTypedPair));
  DhkDoubleEntry result;

  add (pairs, 0, 0, 1, 1, 8);
  add (pairs, 0, 0, 1, -1, 2);
  add (pairs, 1, 5, 1, 1, 10);
  result = run (pairs, -1);
  /* p_o = 18/20; p_e = (10·8 + 0·2 + 10·10)/400 = .45 */
  g_assert_cmpfloat_with_epsilon (result.kappa, (0.9 - 0.45) / 0.55, 1e-12);
  result = run (pairs, 0);
  g_assert_cmpuint (result.n, ==, 10);
  g_assert_cmpfloat_with_epsilon (result.kappa, 0, 1e-12);
}

static void
test_undefined (void)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (DhkTypedPair));
  DhkDoubleEntry result = run (pairs, -1);

  g_assert_true (isnan (result.share) && isnan (result.kappa));
  g_assert_nonnull (result.undefined);
  add (pairs, 0, 0, 4, 4, 3);
  result = run (pairs, -1);
  g_assert_cmpfloat_with_epsilon (result.share, 1, 1e-12);
  g_assert_true (isnan (result.kappa));
  g_assert_nonnull (result.undefined);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/double_entry/kappa", test_kappa);
  g_test_add_func ("/analysis/double_entry/sets", test_sets);
  g_test_add_func ("/analysis/double_entry/undefined", test_undefined);
  return g_test_run ();
}
