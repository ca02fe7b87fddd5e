/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Four threads at once give the same bits as one. */

#include "stats/dhk-anova.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-reliability.h"
#include "stats/dhk-ttest.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define N 400
#define N_GROUPS 5
#define N_ROUNDS 20

/* Numbers only, so that there is no padding to differ. */
typedef struct
{
  double values[300];
  gsize n;
} Bits;

static void
add (Bits *bits, double value)
{
  g_assert_cmpuint (bits->n, <, G_N_ELEMENTS (bits->values));
  bits->values[bits->n++] = value;
}

static void
fill (double *x, int *group, guint32 seed)
{
  for (guint i = 0; i < N; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      x[i] = seed >> 28 == 7 ? NAN : (double) (seed >> 8) / (1 << 24) * 5;
      group[i] = (int) ((seed >> 4) % N_GROUPS);
    }
}

static void
add_groups (Bits *bits, const double *x, const int *group)
{
  DhkDescription d[N_GROUPS];
  DhkSummary summaries[N_GROUPS];
  DhkPair pairs[N_GROUPS * (N_GROUPS - 1) / 2];
  DhkAnova a = dhk_anova_one_way (x, group, N, N_GROUPS);

  dhk_describe_groups (x, group, N, N_GROUPS, 0.95, d);
  for (int g = 0; g < N_GROUPS; g++)
    {
      summaries[g] = (DhkSummary){ d[g].n, d[g].mean, d[g].sd };
      add (bits, d[g].mean);
      add (bits, d[g].ci.low);
      add (bits, d[g].order.median);
    }
  add (bits, a.f);
  add (bits, a.p);
  add (bits, a.omega_squared);
  dhk_tukey_kramer (summaries, N_GROUPS, a.mse, a.df2, 0.95, pairs);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      add (bits, pairs[i].p);
      add (bits, pairs[i].ci.low);
    }
}

static gpointer
compute (gpointer unused)
{
  Bits *bits = g_new0 (Bits, 1);

  for (int round = 0; round < N_ROUNDS; round++)
    {
      double x[N], y[N];
      int group[N];
      const double *items[] = { x, y, x };
      DhkItemReliability each[3];
      DhkReliability r;
      DhkCorrelation c;
      DhkTTest t;

      bits->n = 0;
      fill (y, group, 99);
      fill (x, group, 7);
      add_groups (bits, x, group);
      t = dhk_t_test (DHK_T_WELCH, x, N, y, N, 0.9);
      c = dhk_pearson (x, y, N, 0.99);
      r = dhk_cronbach_alpha (items, 3, N, 0.95, each);
      add (bits, t.p);
      add (bits, t.ci.low);
      add (bits, c.p);
      add (bits, c.ci.high);
      add (bits, r.ci.low);
      add (bits, each[1].alpha_if_dropped);
      for (int df = 1; df < 40; df++)
        {
          add (bits, dhk_t_quantile (0.975, df));
          add (bits, dhk_f_quantile (0.05, df, 2 * df));
          add (bits, dhk_chi_squared_quantile (0.3, df));
          add (bits, dhk_hedges_correction (df));
        }
    }
  return bits;
}

static void
four_threads_give_the_same_bits (void)
{
  g_autofree Bits *alone = compute (NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("stats", compute, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree Bits *bits = g_thread_join (threads[i]);

      g_assert_cmpmem (bits, sizeof *bits, alone, sizeof *alone);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/threads/four_threads_give_the_same_bits",
                   four_threads_give_the_same_bits);
  return g_test_run ();
}
