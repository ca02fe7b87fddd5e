/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests between the groups of a scale. The n, M and SD that a test is computed
 * from are those of the cells, so that a table and its tests agree to the last bit
 * (an ANOVA is computed from the scores themselves).
 */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "analysis/dhk-run.h"
#include "stats/dhk-anova.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-ttest.h"

#define SHARED N_ ("the same respondents are in both groups")

static const DhkCell *
get_cell (const DhkRun *self, guint scale, guint group)
{
  return dhk_result_get_cell (self->result, scale, group);
}

static DhkSummary
summarise (const DhkCell *cell)
{
  return (DhkSummary){ .n = cell->n, .mean = cell->mean, .sd = cell->sd };
}

/* A test of which nothing is known yet; the result owns it. */
static DhkTest *
add_test (DhkRun *self, guint scale, DhkTestMethod method, const char *suffix)
{
  const DhkAnalysis *analysis = self->analysis;
  static const char *const names[] = { "none", "anova", "t", "pairs" };
  const char *family = analysis->family != NULL ? analysis->family : names[analysis->design];
  DhkTest *test = g_new0 (DhkTest, 1);

  test->scale = scale;
  test->method = method;
  test->family = g_strconcat (
      family, "/", dhk_instrument_get_scale (analysis->instrument, scale)->id, suffix, NULL);
  test->groups = g_array_new (FALSE, FALSE, sizeof (guint));
  test->pairs = g_array_new (FALSE, FALSE, sizeof (DhkPairResult));
  test->statistic = test->df1 = test->df2 = test->p = test->p_adjusted = NAN;
  test->eta_squared = test->d = NAN;
  g_ptr_array_add (self->result->tests, test);
  return test;
}

/* One-way analysis of variance -------------------------------------------- */

static gboolean
any_overlap (const DhkRun *self, const GArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    for (guint j = i + 1; j < groups->len; j++)
      if (dhk_run_groups_overlap (self, g_array_index (groups, guint, i),
                                  g_array_index (groups, guint, j)))
        return TRUE;
  return FALSE;
}

static DhkAnova
compute_anova (const DhkRun *self, const DhkTest *test)
{
  g_autofree int *group_of = g_new (int, MAX (dhk_frame_get_n_rows (self->frame), 1));
  guint n = 0;

  /* The groups share nobody, so all their scores fit into one column. */
  for (guint i = 0; i < test->groups->len; i++)
    {
      guint n_more
          = dhk_run_gather (self, test->scale, g_array_index (test->groups, guint, i), self->x + n);

      for (guint j = 0; j < n_more; j++)
        group_of[n + j] = (int) i;
      n += n_more;
    }
  return dhk_anova_one_way (self->x, group_of, n, test->groups->len);
}

static void
add_tukey_kramer (const DhkRun *self, DhkTest *test, const DhkAnova *anova)
{
  gsize n_pairs = dhk_pair_count (test->groups->len);
  g_autofree DhkSummary *summaries = g_new (DhkSummary, test->groups->len);
  g_autofree DhkPair *pairs = g_new (DhkPair, MAX (n_pairs, 1));

  for (guint i = 0; i < test->groups->len; i++)
    summaries[i] = summarise (get_cell (self, test->scale, g_array_index (test->groups, guint, i)));
  if (dhk_tukey_kramer (summaries, test->groups->len, anova->mse, anova->df2,
                        self->analysis->confidence, pairs)
      != DHK_STATS_OK)
    return;

  test->post_hoc = DHK_POST_HOC_TUKEY_KRAMER;
  for (gsize i = 0; i < n_pairs; i++)
    {
      DhkPairResult pair = { .a = (guint) pairs[i].a,
                             .b = (guint) pairs[i].b,
                             .difference = pairs[i].difference,
                             .se = pairs[i].se,
                             .p = pairs[i].p,
                             .ci_low = pairs[i].ci.low,
                             .ci_high = pairs[i].ci.high,
                             .significant = pairs[i].p < self->analysis->alpha };

      g_array_append_val (test->pairs, pair);
    }
}

static void
run_anova (DhkRun *self, guint scale)
{
  DhkTest *test = add_test (self, scale, DHK_TEST_ANOVA, "");
  DhkAnova anova;

  for (guint i = 0; i < self->n_groups; i++)
    if (!dhk_run_get_group (self, i)->is_total && get_cell (self, scale, i) != NULL)
      g_array_append_val (test->groups, i);
  if (any_overlap (self, test->groups))
    {
      test->undefined = SHARED;
      return;
    }

  anova = compute_anova (self, test);
  test->statistic = anova.f;
  test->df1 = anova.df1;
  test->df2 = anova.df2;
  test->p = anova.p;
  test->eta_squared = anova.eta_squared;
  test->significant = anova.p < self->analysis->alpha;
  test->undefined = dhk_run_reason (anova.status);
  if (test->undefined == NULL)
    add_tukey_kramer (self, test, &anova);
}

/* t tests ----------------------------------------------------------------- */

static DhkTest *
add_t_test (DhkRun *self, guint scale, DhkTVariant variant, guint a, guint b)
{
  gboolean student = variant == DHK_T_STUDENT;
  DhkTest *test = add_test (self, scale, student ? DHK_TEST_STUDENT_T : DHK_TEST_WELCH_T,
                            student ? "" : "/welch");
  const DhkCell *left = get_cell (self, scale, a);
  const DhkCell *right = get_cell (self, scale, b);
  DhkTTest t;

  g_array_append_val (test->groups, a);
  g_array_append_val (test->groups, b);
  if (dhk_run_groups_overlap (self, a, b))
    {
      test->undefined = SHARED;
      return test;
    }
  if (left == NULL || right == NULL)
    {
      test->undefined = dhk_run_reason (DHK_STATS_TOO_FEW_GROUPS);
      return test;
    }

  t = dhk_t_test_from_summary (variant, summarise (left), summarise (right),
                               self->analysis->confidence);
  test->statistic = t.t;
  test->df1 = t.df;
  test->p = t.p;
  test->d = t.cohen_d;
  test->significant = t.p < self->analysis->alpha;
  test->undefined = dhk_run_reason (t.status);
  return test;
}

static void
run_t (DhkRun *self, guint scale)
{
  guint groups[2] = { 0, 0 };
  guint n = 0;

  for (guint i = 0; i < self->n_groups; i++)
    if (!dhk_run_get_group (self, i)->is_total)
      {
        if (n < 2)
          groups[n] = i;
        n++;
      }
  if (n != 2)
    {
      add_test (self, scale, DHK_TEST_STUDENT_T, "")->undefined
          = N_ ("a t test compares two groups");
      return;
    }
  add_t_test (self, scale, DHK_T_STUDENT, groups[0], groups[1]);
  add_t_test (self, scale, DHK_T_WELCH, groups[0], groups[1]);
}

/* Pairs ------------------------------------------------------------------- */

/* Adjusts the family; a test without a p takes no part in it. */
static void
adjust (const DhkRun *self, const GPtrArray *family)
{
  g_autofree double *p = g_new (double, MAX (family->len, 1));

  for (guint i = 0; i < family->len; i++)
    p[i] = ((DhkTest *) g_ptr_array_index (family, i))->p;
  if (dhk_holm (p, family->len, p) != DHK_STATS_OK)
    return;
  for (guint i = 0; i < family->len; i++)
    {
      DhkTest *test = g_ptr_array_index (family, i);

      test->p_adjusted = p[i];
      test->significant = p[i] < self->analysis->alpha;
    }
}

/* The difference with its interval, beside the adjusted p of its family. */
static void
add_holm_pair (const DhkRun *self, DhkTest *test)
{
  const DhkCell *a = get_cell (self, test->scale, g_array_index (test->groups, guint, 0));
  const DhkCell *b = get_cell (self, test->scale, g_array_index (test->groups, guint, 1));
  DhkTTest t;
  DhkPairResult pair = { .a = 0, .b = 1, .p = test->p_adjusted, .significant = test->significant };

  if (test->undefined != NULL)
    return;
  t = dhk_t_test_from_summary (DHK_T_STUDENT, summarise (a), summarise (b),
                               self->analysis->confidence);
  pair.difference = t.difference;
  pair.se = t.se;
  pair.ci_low = t.ci.low;
  pair.ci_high = t.ci.high;
  test->post_hoc = DHK_POST_HOC_HOLM;
  g_array_append_val (test->pairs, pair);
}

static void
run_pairs (DhkRun *self, guint scale)
{
  g_autoptr (GPtrArray) student = g_ptr_array_new ();
  g_autoptr (GPtrArray) welch = g_ptr_array_new ();
  const GArray *pairs = self->analysis->pairs;

  for (guint i = 0; i < pairs->len; i++)
    {
      const DhkGroupPair *pair = &g_array_index (pairs, DhkGroupPair, i);

      if (get_cell (self, scale, pair->a) == NULL || get_cell (self, scale, pair->b) == NULL)
        continue;
      g_ptr_array_add (student, add_t_test (self, scale, DHK_T_STUDENT, pair->a, pair->b));
      g_ptr_array_add (welch, add_t_test (self, scale, DHK_T_WELCH, pair->a, pair->b));
    }
  adjust (self, student);
  adjust (self, welch);
  for (guint i = 0; i < student->len; i++)
    add_holm_pair (self, g_ptr_array_index (student, i));
}

/* ------------------------------------------------------------------------- */

static gboolean
has_cells (const DhkRun *self, guint scale)
{
  for (guint i = 0; i < self->n_groups; i++)
    if (get_cell (self, scale, i) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
dhk_run_tests (DhkRun *self, GError **error)
{
  const GArray *scales = self->analysis->scales;

  for (guint i = 0; i < scales->len; i++)
    {
      guint scale = g_array_index (scales, guint, i);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!has_cells (self, scale))
        continue;
      switch (self->analysis->design)
        {
        case DHK_DESIGN_NONE:
          break;
        case DHK_DESIGN_ANOVA:
          run_anova (self, scale);
          break;
        case DHK_DESIGN_T:
          run_t (self, scale);
          break;
        case DHK_DESIGN_PAIRS:
          run_pairs (self, scale);
          break;
        default:
          g_return_val_if_reached (FALSE);
        }
    }
  return TRUE;
}
