/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws of the comparisons of two and of power that belong to them alone. What R
 * says is in certify, and what every method obeys in test-laws.c.
 */

#include "stats/dhk-anova.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-effect-size-two.h"
#include "stats/dhk-exact-ranks.h"
#include "stats/dhk-mann-whitney.h"
#include "stats/dhk-noncentral-t.h"
#include "stats/dhk-power.h"
#include "stats/dhk-wilcoxon.h"

#include <glib.h>
#include <math.h>

#define assert_close(a, b, relative) assert_close_at (a, b, relative, G_STRLOC)

static void
assert_close_at (double a, double b, double relative, const char *where)
{
  if (!(fabs (a - b) <= relative * fmax (fabs (a), fabs (b))))
    g_error ("%s: %.17g is not %.17g", where, a, b);
}

/* Noncentral t */

/* Trapezoidal sums of 40 digits by mpmath 1.2.1, halved until 25 digits stood. */
static const struct
{
  double t;
  double df;
  double delta;
  gboolean upper;
  double p;
} noncentral[] = {
  { -2, 1, -5, FALSE, 0.9746527024845138576 },
  { 40, 1, -0.5, FALSE, 0.9960551335135682014 },
  { -2, 1, 1.3, FALSE, 0.0175147446226788487 },
  { 40, 1, 8, FALSE, 0.8415294388629955926 },
  { 400, 1, 150, TRUE, 0.2923386618139651347 },
  { 1, 2.5, -0.5, TRUE, 0.0967101320265742747 },
  { 400, 2.5, 0, TRUE, 2.2479024743000370564e-7 },
  { 1, 2.5, 8, TRUE, 0.9999999998849771563 },
  { 7, 2.5, 150, FALSE, 3.4325228105632478295e-237 },
  { -30, 9, -0.5, FALSE, 5.417012133179904068e-10 },
  { 7, 9, 0, FALSE, 0.9999683763051813165 },
  { -30, 9, 8, FALSE, 6.84487424929554251e-31 },
  { 400, 9, 37, FALSE, 0.9999999918083561676 },
  { 400, 40, -5, TRUE, 7.2081892789141857759e-91 },
  { 1, 40, 0, TRUE, 0.1616609058741454354 },
  { 400, 40, 1.3, TRUE, 1.4726954903910941246e-70 },
  { 140, 40, 37, TRUE, 1.408820462975042441e-16 },
  { 140, 1000, -5, FALSE, 1.0 },
  { 7, 1000, 0, TRUE, 2.3437512833857114226e-12 },
  { 0.01, 1000, 8, TRUE, 0.9999999999999993253 },
  { 400, 1000, 150, TRUE, 5.5560025862807879382e-235 },
  { 900, 10, 1000, TRUE, 0.7374100109550152951 },
  { 900, 10, 1000, FALSE, 0.2625899890449847048 },
  { 1100, 10, 1000, TRUE, 0.3969787816711123945 },
  { 1100, 10, 1000, FALSE, 0.6030212183288876054 },
  { 900, 100, 1000, TRUE, 0.9441233445462652603 },
  { 900, 100, 1000, FALSE, 0.0558766554537347396 },
  { 1010, 3000, 1000, TRUE, 0.2244187598399003571 },
  { 1010, 3000, 1000, FALSE, 0.7755812401600996428 },
  { 950, 3000, 1000, TRUE, 0.9999730262205541603 },
  { 950, 3000, 1000, FALSE, 0.0000269737794458396 },
  { 2000, 2, 1000, TRUE, 0.2211993142786869312 },
  { -40, 7, -37.7, TRUE, 0.5146289697506429361 },
  { -40, 7, -37.7, FALSE, 0.4853710302493570638 },
  { 40, 7, 38, TRUE, 0.4966407704350525127 },
  { 40, 7, 38, FALSE, 0.5033592295649474872 },
  { 38.2, 58, 37.7, TRUE, 0.4691794037711218033 },
  { 38.2, 58, 37.7, FALSE, 0.5308205962288781966 },
  { 60, 58, 37.7, TRUE, 0.0000147522850934775 },
  { 60, 58, 37.7, FALSE, 0.9999852477149065224 },
  { 10000.0, 25, 10000.0, TRUE, 0.5376263230623524910 },
  { 3, 1000000.0, 2, TRUE, 0.1586559798423148966 },
  { 3, 1000000.0, 2, FALSE, 0.8413440201576851033 },
  { 5, 100000.0, -1, TRUE, 9.8894445307895277057e-10 },
  { 5, 100000.0, -1, FALSE, 0.9999999990110555469 },
  { 1.96, 15, 2.8, TRUE, 0.7946184510120161648 },
  { 1.96, 15, 2.8, FALSE, 0.2053815489879838351 },
  { 2.1, 18, -3, TRUE, 7.4525300228603558323e-7 },
  { 2.1, 18, -3, FALSE, 0.9999992547469977139 },
  { 150, 1, 11, TRUE, 0.0584578363431163298 },
  { 150, 1, 11, FALSE, 0.9415421636568836701 },
  { 1000, 1, 9, TRUE, 0.0071808605150970770 },
  { 1000, 1, 9, FALSE, 0.9928191394849029229 },
  { 30, 300, 12.5, TRUE, 7.0076828259182224987e-31 },
  { 30, 300, 12.5, FALSE, 1.0 },
  { 280, 300, 12.5, FALSE, 1.0 },
  { 60, 4, 15, TRUE, 0.0073595159395000288 },
  { 60, 4, 15, FALSE, 0.9926404840604999711 },
};

static void
noncentral_t_has_the_digits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (noncentral); i++)
    assert_close ((noncentral[i].upper ? dhk_noncentral_t_upper : dhk_noncentral_t_lower) (
                      noncentral[i].t, noncentral[i].df, noncentral[i].delta),
                  noncentral[i].p, 5e-13);
}

static void
noncentral_t_has_its_symmetries (void)
{
  for (int c = 0; c < 500; c++)
    {
      double df = exp (g_test_rand_double_range (0, 12));
      double delta = g_test_rand_double_range (-30, 30);
      double t = delta + g_test_rand_double_range (-6, 6);
      double p = g_test_rand_double_range (0.001, 0.999);
      double upper = dhk_noncentral_t_upper (t, df, delta);
      double found = dhk_noncentral_t_delta (t, df, p);

      assert_close (2 * dhk_noncentral_t_upper (fabs (t), df, 0), dhk_t_two_sided (t, df), 1e-12);
      assert_close (upper, dhk_noncentral_t_lower (-t, df, -delta), 1e-14);
      assert_close (upper + dhk_noncentral_t_lower (t, df, delta), 1, 1e-12);
      assert_close (dhk_noncentral_t_upper (t, df, found), p, 1e-11);
    }
  assert_close (dhk_noncentral_t_upper (1.5, INFINITY, 1), dhk_normal_upper (0.5), 1e-15);
  g_assert_true (isnan (dhk_noncentral_t_upper (NAN, 5, 1)));
  g_assert_true (isnan (dhk_noncentral_t_upper (1, 0.5, 1)));
  g_assert_true (isnan (dhk_noncentral_t_delta (1, 5, 1)));
}

/* t tests */

static void
t_far_from_zero_is_that_of_f (void)
{
  for (int c = 0; c < 500; c++)
    {
      double values[24], far[24];
      int group[24];
      double offset = ldexp (1, g_test_rand_int_range (20, 42));
      DhkTTest near_zero, away;
      DhkAnova anova;

      for (int i = 0; i < 24; i++)
        {
          group[i] = i >= 10;
          values[i] = g_test_rand_int_range (-512, 512) / 1024.;
          far[i] = offset + values[i];
        }
      near_zero = dhk_t_test (DHK_T_STUDENT, values, 10, values + 10, 14, 0.95);
      away = dhk_t_test (DHK_T_STUDENT, far, 10, far + 10, 14, 0.95);
      anova = dhk_anova_one_way (far, group, 24, 2);
      assert_close (away.t, near_zero.t, 1e-12);
      assert_close (away.t * away.t, anova.f, 1e-12);
      assert_close (away.p, anova.p, 1e-11);
    }
}

static void
welch_is_student_where_both_apply (void)
{
  const DhkSummary a = { 17, 3.5, 1.25 }, b = { 17, 4.5, 1.25 };
  DhkTTest student = dhk_t_test_from_summary (DHK_T_STUDENT, a, b, 0.9);
  DhkTTest welch = dhk_t_test_from_summary (DHK_T_WELCH, a, b, 0.9);
  DhkEffectSizeTwo one = dhk_effect_size_two (&student), other = dhk_effect_size_two (&welch);

  assert_close (student.t, welch.t, 1e-14);
  assert_close (student.df, welch.df, 1e-14);
  assert_close (student.ci.low, welch.ci.low, 1e-14);
  assert_close (one.hedges.g_ci.high, other.hedges.g_ci.high, 1e-14);
  assert_close (one.average.d, one.cohen_d, 1e-14);
}

static void
one_value_in_a_group_has_parts_that_are_undefined (void)
{
  const double one[] = { 4 }, two[] = { 1, 2 };
  DhkTTest test = dhk_t_test (DHK_T_STUDENT, one, 1, two, 2, 0.95);
  DhkEffectSizeTwo effect = dhk_effect_size_two (&test);

  g_assert_cmpint (test.status, ==, DHK_STATS_OK);
  g_assert_cmpint (test.a.status, ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (effect.hedges.status, ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (effect.glass_a.status, ==, DHK_STATS_TOO_FEW);
  g_assert_cmpint (effect.glass_b.status, ==, DHK_STATS_OK);
  g_assert_cmpint (effect.cohen_d_ci.status, ==, DHK_STATS_OK);
}

static void
pairs_are_one_sample_of_differences (void)
{
  const double a[] = { 0.3, 0.5, NAN, 1.25, 2.5, 0.75 }, b[] = { 0.1, 0.75, 3, 1, 1.5, NAN };
  double differences[6];
  DhkTTestPaired paired = dhk_t_test_paired (a, b, 6, 0.95);
  DhkTTestOne one;

  for (int i = 0; i < 6; i++)
    differences[i] = a[i] - b[i];
  one = dhk_t_test_one (differences, 6, 0, 0.95);
  g_assert_cmpuint (paired.n, ==, 4);
  g_assert_cmpuint (paired.n_missing, ==, 2);
  assert_close (paired.t, one.t, 1e-14);
  assert_close (dhk_effect_size_paired (&paired).d_z_ci.low,
                dhk_effect_size_one (&one).cohen_d_ci.low, 1e-13);
}

static void
rounding_is_no_spread (void)
{
  const double a[] = { 0.3, 0.4, 0.7 }, b[] = { 0.2, 0.3, 0.6 };

  g_assert_cmpint (dhk_t_test_paired (a, b, 3, 0.95).status, ==, DHK_STATS_NO_VARIANCE);
}

/* Ranks */

/* All subsets, one by one. */
static void
exact_ranks_are_what_counting_gives (void)
{
  for (int c = 0; c < 200; c++)
    {
      double values[9], ranks[9], sum = 0, signed_sum = 0;
      guint n = (guint) g_test_rand_int_range (2, 10);
      guint size = (guint) g_test_rand_int_range (1, (gint32) n);
      guint below = 0, above = 0, all = 0, signs_below = 0;
      DhkExactTails tails, signs;

      for (guint i = 0; i < n; i++)
        values[i] = g_test_rand_int_range (0, 6);
      for (guint i = 0; i < n; i++)
        {
          ranks[i] = 0.5;
          for (guint j = 0; j < n; j++)
            ranks[i] += values[j] < values[i] ? 1 : values[j] > values[i] ? 0 : 0.5;
        }
      for (guint i = 0; i < size; i++)
        sum += ranks[i];
      for (guint i = 0; i < n; i += 2)
        signed_sum += ranks[i];
      for (guint set = 0; set < 1u << n; set++)
        {
          double other = 0;
          guint members = 0;

          for (guint i = 0; i < n; i++)
            if ((set >> i & 1) != 0)
              {
                other += ranks[i];
                members++;
              }
          signs_below += other <= signed_sum;
          if (members != size)
            continue;
          all++;
          below += other <= sum;
          above += other >= sum;
        }
      tails = dhk_exact_rank_sum (ranks, n, size, sum);
      signs = dhk_exact_signed_rank (ranks, n, signed_sum);
      assert_close (tails.lower, below / (double) all, 1e-14);
      assert_close (tails.upper, above / (double) all, 1e-14);
      assert_close (signs.lower, signs_below / (double) (1u << n), 1e-14);
    }
}

static void
only_order_counts_for_mann_whitney (void)
{
  for (int c = 0; c < 200; c++)
    {
      double values[20], moved[20];
      DhkMannWhitney test, other, turned;

      for (int i = 0; i < 20; i++)
        {
          values[i] = g_test_rand_int_range (1, 8);
          moved[i] = -exp (-values[i]);
        }
      test = dhk_mann_whitney (DHK_RANK_AUTO, true, values, 8, values + 8, 12, 0.95);
      other = dhk_mann_whitney (DHK_RANK_AUTO, true, moved, 8, moved + 8, 12, 0.95);
      turned = dhk_mann_whitney (DHK_RANK_AUTO, true, values + 8, 12, values, 8, 0.95);
      g_assert_cmpfloat (test.u_a, ==, other.u_a);
      g_assert_cmpfloat (test.p, ==, other.p);
      assert_close (test.p, turned.p, 1e-13);
      assert_close (test.exact.p_greater, turned.exact.p_less, 1e-13);
      g_assert_cmpfloat (test.u_a + test.u_b, ==, 96);
      assert_close (1 + test.rank_biserial, 2 * test.superiority, 1e-14);
    }
}

static void
rank_tests_name_what_they_cannot (void)
{
  const double low[] = { 1, 2, 3 }, high[] = { 4, 5, INFINITY }, same[] = { 7, 7, 7 };
  g_autofree double *many = g_new (double, 4000);
  DhkMannWhitney test = dhk_mann_whitney (DHK_RANK_EXACT, false, low, 3, high, 3, 0.95);

  g_assert_cmpint (test.status, ==, DHK_STATS_OK);
  assert_close (test.p, 0.1, 1e-14);
  g_assert_cmpint (test.rank_biserial_ci.status, ==, DHK_STATS_SEPARATED);
  test = dhk_mann_whitney (DHK_RANK_AUTO, false, same, 3, same, 3, 0.95);
  g_assert_cmpint (test.status, ==, DHK_STATS_NO_VARIANCE);
  for (int i = 0; i < 4000; i++)
    many[i] = i * i % 1009;
  test = dhk_mann_whitney (DHK_RANK_EXACT, false, many, 2000, many + 2000, 2000, 0.95);
  g_assert_cmpint (test.status, ==, DHK_STATS_TOO_LARGE);
  g_assert_cmpint (test.normal.status, ==, DHK_STATS_OK);
  g_assert_cmpint (dhk_wilcoxon (DHK_RANK_AUTO, false, same, same, 3, 0.95).status, ==,
                   DHK_STATS_NO_DIFFERENCES);
  g_assert_cmpint (dhk_wilcoxon (DHK_RANK_EXACT, false, many, many + 2000, 2000, 0.95).status, ==,
                   DHK_STATS_TOO_LARGE);
}

static void
differences_tie_in_decimals (void)
{
  const double a[] = { 0.3, 0.4, 0.9, 0.5 }, b[] = { 0.2, 0.3, 0.2, 0.5 };
  DhkWilcoxon test = dhk_wilcoxon (DHK_RANK_AUTO, false, a, b, 4, 0.95);

  g_assert_cmpuint (test.n, ==, 3);
  g_assert_cmpuint (test.n_zeros, ==, 1);
  g_assert_cmpuint (test.n_ties, ==, 1);
  assert_close (test.p, 0.25, 1e-14);
}

/* Power */

static void
power_and_n_are_inverses (void)
{
  for (int c = 0; c < 100; c++)
    {
      double d = g_test_rand_double_range (0.1, 1), wanted = g_test_rand_double_range (0.3, 0.99);
      DhkPowerT needs
          = dhk_power_t (DHK_DESIGN_INDEPENDENT, DHK_SIDES_TWO, d, 0.05, NAN, NAN, wanted);
      DhkPowerT has
          = dhk_power_t (DHK_DESIGN_INDEPENDENT, DHK_SIDES_TWO, d, 0.05, needs.n, NAN, NAN);
      DhkPowerAnova anova = dhk_power_anova (2, d / 2, 0.05, needs.n_rounded, NAN);

      assert_close (has.power, wanted, 1e-11);
      g_assert_cmpfloat (needs.n_rounded - 1, <, needs.n);
      g_assert_cmpfloat (needs.power_rounded, >=, wanted - 1e-12);
      assert_close (anova.power, needs.power_rounded, 1e-10);
    }
}

static void
power_without_an_effect_is_alpha (void)
{
  assert_close (dhk_power_t (DHK_DESIGN_PAIRED, DHK_SIDES_TWO, 0, 0.03, 9, NAN, NAN).power, 0.03,
                1e-12);
  assert_close (dhk_power_anova (4, 0, 0.03, 9, NAN).power, 0.03, 1e-11);
  assert_close (dhk_power_r (DHK_POWER_R_EXACT, DHK_SIDES_ONE, 0, 0.03, 9, NAN).power, 0.03, 1e-12);
  g_assert_cmpint (dhk_power_anova (4, 0, 0.03, NAN, 0.8).status, ==, DHK_STATS_IMPOSSIBLE);
  g_assert_cmpint (
      dhk_power_t (DHK_DESIGN_INDEPENDENT, DHK_SIDES_TWO, 0.5, 0.05, NAN, 20, 0.9).status, ==,
      DHK_STATS_IMPOSSIBLE);
  g_assert_cmpint (
      dhk_power_t (DHK_DESIGN_INDEPENDENT, DHK_SIDES_ONE, -0.5, 0.05, NAN, NAN, 0.9).status, ==,
      DHK_STATS_IMPOSSIBLE);
  g_assert_cmpint (dhk_power_r (DHK_POWER_R_FISHER_T, DHK_SIDES_TWO, 0.2, 0.05, 9, 0.5).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
}

#define ADD(test) g_test_add_func ("/stats/two/" #test, test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (noncentral_t_has_the_digits);
  ADD (noncentral_t_has_its_symmetries);
  ADD (t_far_from_zero_is_that_of_f);
  ADD (welch_is_student_where_both_apply);
  ADD (one_value_in_a_group_has_parts_that_are_undefined);
  ADD (pairs_are_one_sample_of_differences);
  ADD (rounding_is_no_spread);
  ADD (exact_ranks_are_what_counting_gives);
  ADD (only_order_counts_for_mann_whitney);
  ADD (rank_tests_name_what_they_cannot);
  ADD (differences_tie_in_decimals);
  ADD (power_and_n_are_inverses);
  ADD (power_without_an_effect_is_alpha);
  return g_test_run ();
}
