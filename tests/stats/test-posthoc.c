/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws of the post hoc procedures that are theirs alone: letters say what the
 * pairs say, corrections stand in their known order, Dunnett's distribution lies
 * between its bounds, tiny tails are no zeros.
 */

#include <glib.h>
#include <math.h>

#include "stats/dhk-distribution.h"
#include "stats/dhk-dunn.h"
#include "stats/dhk-dunnett.h"
#include "stats/dhk-letters.h"
#include "stats/dhk-many-to-one.h"
#include "stats/dhk-posthoc-compare.h"
#include "stats/dhk-studentized-range.h"

#define N_CASES 10000
#define MAX_GROUPS 9
#define MAX_PAIRS (MAX_GROUPS * (MAX_GROUPS - 1) / 2)
#define CONFIDENCE 0.95

static void
assert_relative (double actual, double expected, double tolerance)
{
  g_assert_cmpfloat (fabs (actual - expected), <=, tolerance * fabs (expected));
}

/* Letters */

/* Sharing a letter and differing are opposites, and no letter could be left out
 * of the largest sets: no group could be given a letter that it lacks. */
static void
assert_letters (const gboolean *differs, const guint64 *letters, gsize n, gsize n_letters)
{
  gsize pair = 0;

  for (gsize a = 0; a < n; a++)
    for (gsize b = a + 1; b < n; b++, pair++)
      g_assert_true (differs[pair] == ((letters[a] & letters[b]) == 0));
  for (gsize i = 0; i < n_letters; i++)
    for (gsize a = 0; a < n; a++)
      {
        gboolean fits = TRUE;

        if ((letters[a] >> i & 1) != 0)
          continue;
        pair = 0;
        for (gsize b = 0; b < n; b++)
          for (gsize c = b + 1; c < n; c++, pair++)
            if ((b == a && (letters[c] >> i & 1) != 0) || (c == a && (letters[b] >> i & 1) != 0))
              fits = fits && !differs[pair];
        g_assert_false (fits);
      }
}

static void
letters_say_what_pairs_say (void)
{
  for (int c = 0; c < N_CASES; c++)
    {
      gsize n = (gsize) g_test_rand_int_range (1, MAX_GROUPS + 1), n_letters;
      double share = g_test_rand_double (), order[MAX_GROUPS];
      gboolean differs[MAX_PAIRS];
      bool decisions[MAX_PAIRS];
      guint64 letters[MAX_GROUPS];
      gsize first = 0;

      for (gsize i = 0; i < dhk_pair_count (n); i++)
        {
          decisions[i] = g_test_rand_double () < share;
          differs[i] = decisions[i];
        }
      for (gsize i = 0; i < n; i++)
        {
          order[i] = g_test_rand_double ();
          first = order[i] > order[first] ? i : first;
        }
      g_assert_cmpint (dhk_letters_find (decisions, NULL, order, n, letters, &n_letters), ==,
                       DHK_STATS_OK);
      assert_letters (differs, letters, n, n_letters);
      g_assert_true ((letters[first] & 1) != 0);
    }
}

static void
letters_have_an_end (void)
{
  const gsize n = 60;
  g_autofree bool *differs = g_new0 (bool, dhk_pair_count (n)), *part = g_new0 (bool, n);
  g_autofree double *order = g_new0 (double, n);
  g_autofree guint64 *letters = g_new (guint64, n);
  gsize n_letters, pair = 0;

  /* 2, 4 … 12 groups that differ two by two make 2, 4 … 64 sets */
  for (gsize a = 0; a < n; a++)
    for (gsize b = a + 1; b < n; b++)
      differs[pair++] = a % 2 == 0 && b == a + 1;
  for (gsize used = 2; used <= 12; used += 2)
    {
      for (gsize i = 0; i < used; i++)
        part[i] = true;
      g_assert_cmpint (dhk_letters_find (differs, part, order, n, letters, &n_letters), ==,
                       used < 12 ? DHK_STATS_OK : DHK_STATS_TOO_LARGE);
      g_assert_cmpuint (n_letters, ==, used < 12 ? (gsize) 1 << (used / 2) : 0);
      g_assert_cmpuint (letters[used], ==, 0);
    }
  /* all differ: as many letters as groups */
  for (gsize i = 0; i < dhk_pair_count (n); i++)
    differs[i] = true;
  g_assert_cmpint (dhk_letters_find (differs, NULL, order, 52, letters, &n_letters), ==,
                   DHK_STATS_OK);
  g_assert_cmpuint (n_letters, ==, DHK_MAX_LETTERS);
  g_assert_cmpint (dhk_letters_find (differs, NULL, order, 53, letters, &n_letters), ==,
                   DHK_STATS_TOO_LARGE);
  g_assert_cmpint (dhk_letters_find (NULL, NULL, NULL, 0, NULL, &n_letters), ==, DHK_STATS_OK);
  g_assert_cmpstr (dhk_letters_get_name (26), ==, "A");
  g_assert_null (dhk_letters_get_name (DHK_MAX_LETTERS));
}

/* Procedures */

static gsize
random_groups (DhkSummary *groups)
{
  gsize k = (gsize) g_test_rand_int_range (2, MAX_GROUPS + 1);

  for (gsize g = 0; g < k; g++)
    groups[g] = (DhkSummary){ (gsize) g_test_rand_int_range (2, 40),
                              g_test_rand_double_range (0, 1.5), g_test_rand_double_range (.2, 2) };
  return k;
}

static void
procedures_keep_their_order (void)
{
  for (int c = 0; c < N_CASES / 4; c++)
    {
      DhkSummary groups[MAX_GROUPS];
      gsize k = random_groups (groups);
      DhkPair pairs[DHK_N_PROCEDURES][MAX_PAIRS];
      guint64 letters[MAX_GROUPS];

      for (int i = 0; i < DHK_N_PROCEDURES; i++)
        {
          DhkPostHocTest test = dhk_post_hoc_from_summary ((DhkProcedure) i, groups, k, CONFIDENCE,
                                                           pairs[i], letters);
          gboolean differs[MAX_PAIRS];

          g_assert_cmpint (test.status, ==, DHK_STATS_OK);
          g_assert_cmpint (test.letters_status, ==, DHK_STATS_OK);
          g_assert_cmpuint (test.n_tests, ==, dhk_pair_count (k));
          for (gsize j = 0; j < dhk_pair_count (k); j++)
            {
              const DhkPair *pair = &pairs[i][j];

              differs[j] = pair->differs;
              /* a single-step procedure's interval and p are one decision */
              if (test.interval_procedure == test.procedure)
                g_assert_true (pair->differs == (pair->ci.low > 0 || pair->ci.high < 0));
              g_assert_cmpfloat (pair->p, >=, pair->p_unadjusted * (1 - 1e-12));
            }
          assert_letters (differs, letters, k, test.n_letters);
        }
      for (gsize j = 0; j < dhk_pair_count (k); j++)
        {
          double slack = 1 + 1e-9;

#define P(procedure) pairs[DHK_PROCEDURE_##procedure][j].p
          g_assert_cmpfloat (P (LSD), <=, P (BENJAMINI_HOCHBERG) * slack);
          g_assert_cmpfloat (P (BENJAMINI_HOCHBERG), <=, P (HOCHBERG) * slack);
          g_assert_cmpfloat (P (HOCHBERG), <=, P (HOLM) * slack);
          g_assert_cmpfloat (P (HOLM), <=, P (BONFERRONI) * slack);
          g_assert_cmpfloat (P (SIDAK), <=, P (BONFERRONI) * slack);
          g_assert_cmpfloat (P (TUKEY), <=, P (SIDAK) + 1e-12);
          g_assert_cmpfloat (P (TUKEY), <=, P (SCHEFFE) + 1e-12);
#undef P
        }
    }
}

static void
tails_are_no_zeros (void)
{
  static const double qs[] = { 12, 20, 30, 45 };

  for (int k = 2; k <= 12; k += 2)
    for (gsize i = 0; i < G_N_ELEMENTS (qs); i++)
      {
        double bound = k * (k - 1) * dhk_normal_upper (qs[i] / M_SQRT2);
        double many = dhk_ptukey_upper (qs[i], k, 1e6),
               pair = dhk_t_two_sided (qs[i] / M_SQRT2, 1e6);

        /* so far out Bonferroni's bound is all but reached */
        assert_relative (dhk_ptukey_upper (qs[i], k, INFINITY), bound, 1e-4);
        assert_relative (many, k * (k - 1) / 2. * pair, 1e-4);
      }
}

static void
shared_quadrature_is_the_same (void)
{
  static const double dfs[] = { 400, 150, 60.5, 33, 25, 7, 2, 1 };
  DhkStudentizedRange range;

  for (int k = 2; k <= 9; k++)
    {
      g_assert_true (dhk_studentized_range_init (&range, k, dfs[0]));
      for (gsize i = 0; i < G_N_ELEMENTS (dfs); i++)
        {
          g_assert_true (dhk_studentized_range_set_df (&range, dfs[i]));
          for (double q = 0.5; q < 9; q += 1.3)
            g_assert_cmpfloat (
                fabs (dhk_studentized_range_upper (&range, q) - dhk_ptukey_upper (q, k, dfs[i])), <,
                2e-13);
        }
      g_assert_false (dhk_studentized_range_set_df (&range, 0.5));
    }
}

static void
disagreements_are_those_of_the_pairs (void)
{
  guint n_found = 0;

  for (int c = 0; c < N_CASES / 4; c++)
    {
      DhkSummary groups[MAX_GROUPS];
      gsize k = random_groups (groups), n = 0;
      DhkPair first[MAX_PAIRS], second[MAX_PAIRS];
      guint64 letters[MAX_GROUPS];
      DhkDisagreement list[MAX_PAIRS];
      DhkPostHocComparison comparison = dhk_post_hoc_compare_from_summary (
          DHK_PROCEDURE_TUKEY, DHK_PROCEDURE_GAMES_HOWELL, groups, k, CONFIDENCE, list);

      dhk_post_hoc_from_summary (DHK_PROCEDURE_TUKEY, groups, k, CONFIDENCE, first, letters);
      dhk_post_hoc_from_summary (DHK_PROCEDURE_GAMES_HOWELL, groups, k, CONFIDENCE, second,
                                 letters);
      for (gsize i = 0; i < dhk_pair_count (k); i++)
        if (first[i].differs != second[i].differs)
          {
            g_assert_cmpuint (list[n].a, ==, first[i].a);
            g_assert_cmpuint (list[n].b, ==, first[i].b);
            g_assert_cmpfloat (list[n].p_second, ==, second[i].p);
            g_assert_true (list[n++].differs_first == first[i].differs);
          }
      g_assert_cmpuint (comparison.n_disagreements, ==, n);
      g_assert_cmpuint (comparison.n_compared, ==, dhk_pair_count (k));
      n_found += (guint) n;
    }
  g_assert_cmpuint (n_found, >, 0);
}

/* Dunnett */

static void
dunnett_lies_between_its_bounds (void)
{
  for (int c = 0; c < N_CASES / 10; c++)
    {
      gsize sizes[MAX_GROUPS], k = (gsize) g_test_rand_int_range (1, MAX_GROUPS);
      gsize control = (gsize) g_test_rand_int_range (1, 50);
      double df = g_test_rand_int_range (1, 200), p = g_test_rand_double_range (0.01, 0.999);
      DhkManyToOne range;
      double t, one;

      for (gsize i = 0; i < k; i++)
        sizes[i] = (gsize) g_test_rand_int_range (1, 60);
      g_assert_true (dhk_many_to_one_init (&range, control, sizes, k, df));
      t = dhk_many_to_one_quantile (&range, p);
      g_assert_cmpfloat (fabs (dhk_many_to_one_upper (&range, t) - (1 - p)), <, 1e-12);
      one = dhk_t_two_sided (t, df);
      g_assert_cmpfloat (one, <=, 1 - p + 1e-12);
      /* Šidák's inequality */
      g_assert_cmpfloat (1 - p, <=, -expm1 ((double) k * log1p (-one)) + 1e-12);
    }
}

static void
dunnett_of_unlike_sizes (void)
{
  DhkManyToOne few, many;
  double step = 0, last = 0;

  /* The more the groups exceed the control, the less their size matters: both
   * rules of the inner integral, on either side of the change, go one way. */
  for (gsize n = 100; n <= 100000000; n *= 10)
    {
      const gsize sizes[] = { n, n / 2, 3 };
      double p;

      g_assert_true (dhk_many_to_one_init (&many, 1, sizes, 3, 20));
      p = dhk_many_to_one_upper (&many, 2.5);
      if (n > 1000)
        g_assert_cmpfloat (fabs (p - last), <, step);
      step = fabs (p - last);
      last = p;
    }
  /* the rules agree where they meet */
  for (gsize n = 5000; n <= 8000; n += 1000)
    {
      const gsize sizes[] = { n, 3 }, next[] = { n + 1, 3 };
      double p;

      g_assert_true (dhk_many_to_one_init (&few, 1, sizes, 2, 20));
      g_assert_true (dhk_many_to_one_init (&many, 1, next, 2, 20));
      p = dhk_many_to_one_upper (&few, 2.2);
      g_assert_cmpfloat (fabs (dhk_many_to_one_upper (&many, 2.2) - p), <, 1e-7);
    }
}

static void
dunnett_needs_a_control (void)
{
  const DhkSummary empty[] = { { 0, NAN, NAN }, { 10, 3, 1 }, { 12, 4, 1 } };
  const DhkSummary hole[] = { { 9, 2, 1 }, { 0, NAN, NAN }, { 12, 4, 1 } };
  const DhkSummary flat[] = { { 9, 2, 0 }, { 8, 3, 0 } };
  DhkPair pairs[2];
  DhkDunnett test = dhk_dunnett_from_summary (empty, 3, CONFIDENCE, pairs);

  g_assert_cmpint (test.status, ==, DHK_STATS_NO_DATA);
  g_assert_cmpint (pairs[1].status, ==, DHK_STATS_NO_DATA);
  test = dhk_dunnett_from_summary (hole, 3, CONFIDENCE, pairs);
  g_assert_cmpint (test.status, ==, DHK_STATS_OK);
  g_assert_cmpint (pairs[0].status, ==, DHK_STATS_NO_DATA);
  /* one group left: Student's t */
  assert_relative (pairs[1].p, dhk_t_two_sided (pairs[1].t, 19), 1e-14);
  test = dhk_dunnett_from_summary (flat, 2, CONFIDENCE, pairs);
  g_assert_cmpint (test.status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpfloat (pairs[0].difference, ==, 1);
  g_assert_cmpint (dhk_dunnett_from_summary (NULL, 0, CONFIDENCE, NULL).status, ==,
                   DHK_STATS_NO_DATA);
  g_assert_cmpint (dhk_dunnett_from_summary (hole, 3, 1, pairs).status, ==, DHK_STATS_BAD_ARGUMENT);
}

/* Hard data */

static void
games_howell_without_an_answer (void)
{
  const DhkSummary groups[] = { { 5, 1, 0 }, { 6, 2, 0 }, { 7, 3, 1 }, { 1, 4, NAN }, { 0, 0, 0 } };
  const DhkSummary singles[] = { { 9, 1, 1 }, { 1, 2, NAN } };
  DhkPair pairs[10];
  guint64 letters[5];
  DhkPostHocTest test = dhk_post_hoc_from_summary (DHK_PROCEDURE_GAMES_HOWELL, groups, 5,
                                                   CONFIDENCE, pairs, letters);

  g_assert_cmpint (test.status, ==, DHK_STATS_OK);
  g_assert_cmpuint (test.n_groups, ==, 3);
  g_assert_cmpuint (test.n_tests, ==, 2);
  g_assert_cmpint (pairs[0].status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (pairs[1].status, ==, DHK_STATS_OK);
  assert_relative (pairs[1].df, 6, 1e-14);
  g_assert_cmpint (pairs[2].status, ==, DHK_STATS_TOO_FEW);
  g_assert_cmpfloat (pairs[2].difference, ==, -3);
  g_assert_cmpint (pairs[3].status, ==, DHK_STATS_NO_DATA);
  /* groups 0 and 1 are compared with 2, but not with each other */
  g_assert_cmpint (test.letters_status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpuint (letters[2], ==, 0);

  test = dhk_post_hoc_from_summary (DHK_PROCEDURE_GAMES_HOWELL, singles, 2, CONFIDENCE, pairs,
                                    letters);
  g_assert_cmpint (test.status, ==, DHK_STATS_TOO_FEW);
}

static void
large_offsets_keep_small_differences (void)
{
  double values[30], moved[30];
  int group[30];
  DhkPair pairs[3], others[3];
  guint64 letters[3];

  for (int i = 0; i < 30; i++)
    {
      group[i] = i % 3;
      values[i] = g_test_rand_int_range (0, 4096) / 4096.0 + group[i] / 4.0;
      moved[i] = values[i] + 1e12;
      /* what is left of it beside 1e12 */
      values[i] = moved[i] - 1e12;
    }
  for (int i = 0; i < DHK_N_PROCEDURES; i++)
    {
      dhk_post_hoc ((DhkProcedure) i, values, group, 30, 3, CONFIDENCE, pairs, letters);
      dhk_post_hoc ((DhkProcedure) i, moved, group, 30, 3, CONFIDENCE, others, letters);
      for (int j = 0; j < 3; j++)
        {
          assert_relative (others[j].difference, pairs[j].difference, 1e-12);
          assert_relative (others[j].p, pairs[j].p, 1e-10);
        }
    }
}

static void
adjusted_p_values (void)
{
  const double p[] = { 0.01, NAN, 0.04, 0.03, 1e-300, 1 };
  const double bh[] = { 0.025, NAN, 0.05, 0.05, 5e-300, 1 };
  const double hochberg[] = { 0.04, NAN, 0.08, 0.08, 5e-300, 1 };
  double adjusted[6];

  g_assert_cmpint (dhk_p_adjust (DHK_ADJUST_BENJAMINI_HOCHBERG, p, 6, adjusted), ==, DHK_STATS_OK);
  for (int i = 0; i < 6; i++)
    if (i != 1)
      assert_relative (adjusted[i], bh[i], 1e-15);
  dhk_p_adjust (DHK_ADJUST_HOCHBERG, p, 6, adjusted);
  for (int i = 0; i < 6; i++)
    if (i != 1)
      assert_relative (adjusted[i], hochberg[i], 1e-15);
  dhk_p_adjust (DHK_ADJUST_SIDAK, p, 6, adjusted);
  assert_relative (adjusted[4], 5e-300, 1e-14);
  g_assert_cmpfloat (adjusted[5], ==, 1);
  g_assert_true (isnan (adjusted[1]));
}

static void
dunn_without_an_answer (void)
{
  const double values[] = { 1, 2, 3, 4 }, ties[] = { 2, 2, 2, 2 }, wide[] = { 1, 2, INFINITY, 4 };
  const int group[] = { 0, 0, 2, 2 }, one[] = { 0, 0, 0, -1 };
  DhkDunnPair pairs[3];
  double ranks[3];
  guint64 letters[3];
#define DUNN(values, group)                                                                        \
  dhk_dunn (DHK_ADJUST_HOLM, values, group, 4, 3, 0.05, pairs, ranks, letters)

  g_assert_cmpint (DUNN (values, group).status, ==, DHK_STATS_OK);
  g_assert_cmpint (pairs[0].status, ==, DHK_STATS_NO_DATA);
  g_assert_cmpfloat (pairs[1].difference, ==, -2);
  /* one pair is left, so nothing is adjusted */
  g_assert_cmpfloat (pairs[1].p, ==, pairs[1].p_unadjusted);
  g_assert_cmpuint (letters[1], ==, 0);
  g_assert_cmpint (DUNN (ties, group).status, ==, DHK_STATS_NO_VARIANCE);
  g_assert_cmpint (DUNN (wide, group).status, ==, DHK_STATS_NOT_FINITE);
  g_assert_cmpint (DUNN (values, one).status, ==, DHK_STATS_TOO_FEW_GROUPS);
#undef DUNN
}

static void
a_survey_is_quick (void)
{
  DhkSummary groups[MAX_GROUPS];
  DhkPair pairs[MAX_PAIRS];
  guint64 letters[MAX_GROUPS];

  for (gsize g = 0; g < MAX_GROUPS; g++)
    groups[g] = (DhkSummary){ 7 + 13 * g, 3 + 0.2 * (double) g, 0.5 + 0.11 * (double) (g * 5 % 7) };
  g_test_timer_start ();
  dhk_post_hoc_from_summary (DHK_PROCEDURE_GAMES_HOWELL, groups, MAX_GROUPS, CONFIDENCE, pairs,
                             letters);
  g_test_timer_elapsed ();
  g_test_minimized_result (g_test_timer_last (), "36 Games-Howell pairs: %.2f ms",
                           1000 * g_test_timer_last ());
  g_test_timer_start ();
  dhk_dunnett_from_summary (groups, MAX_GROUPS, CONFIDENCE, pairs);
  g_test_timer_elapsed ();
  g_test_minimized_result (g_test_timer_last (), "8 Dunnett comparisons: %.2f ms",
                           1000 * g_test_timer_last ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/stats/posthoc/" #test, test)
  ADD (letters_say_what_pairs_say);
  ADD (letters_have_an_end);
  ADD (procedures_keep_their_order);
  ADD (tails_are_no_zeros);
  ADD (shared_quadrature_is_the_same);
  ADD (disagreements_are_those_of_the_pairs);
  ADD (dunnett_lies_between_its_bounds);
  ADD (dunnett_of_unlike_sizes);
  ADD (dunnett_needs_a_control);
  ADD (games_howell_without_an_answer);
  ADD (large_offsets_keep_small_differences);
  ADD (adjusted_p_values);
  ADD (dunn_without_an_answer);
  ADD (a_survey_is_quick);
  return g_test_run ();
}
