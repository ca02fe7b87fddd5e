/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts, cells and tests on frames that can be worked out by hand.
 */
#include <math.h>

#include "analysis/dhk-result.h"
#include "library-frame.h"

#define NEAR(found, expected) g_assert_cmpfloat_with_epsilon (found, expected, 1e-12)

/* Central 1 2 3, north 2 3 4, harbour 5 6 7: means 2, 3, 6, within-variance 1. */
static const LibraryRow three_branches[] = {
  { "visitor", "central", 4, 1 }, { "visitor", "central", 4, 2 }, { "visitor", "central", 4, 3 },
  { "visitor", "north", 4, 2 },   { "visitor", "north", 5, 3 },   { "visitor", "north", 6, 4 },
  { "visitor", "harbour", 0, 5 }, { "visitor", "harbour", 7, 6 }, { "visitor", "harbour", 0, 7 },
  { "visitor", NULL, 1, 1 },      { "volunteer", "north", 2, 0 },
};

typedef struct
{
  DhkInstrument *instrument;
  DhkFrame *frame;
  DhkAnalysis *analysis;
  guint welcome;
  guint collection;
  guint visitor;
  guint volunteer;
  guint everybody;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->instrument = library_instrument_new ();
  self->frame = library_frame_new (self->instrument, three_branches, G_N_ELEMENTS (three_branches));
  self->analysis = dhk_analysis_new (self->instrument, DHK_ANALYSIS_MEANS);
  self->welcome = (guint) dhk_instrument_find_scale (self->instrument, "welcome");
  self->collection = (guint) dhk_instrument_find_scale (self->instrument, "collection");
  self->visitor = (guint) dhk_instrument_find_role (self->instrument, "visitor");
  self->volunteer = (guint) dhk_instrument_find_role (self->instrument, "volunteer");
  self->everybody = (guint) dhk_instrument_find_role (self->instrument, "everybody");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  dhk_analysis_unref (self->analysis);
  dhk_frame_unref (self->frame);
  dhk_instrument_unref (self->instrument);
}

static void
add_group (Fixture *self, guint role, int target, int branch, gboolean is_total)
{
  DhkGroup group = dhk_group_init (role, target);

  group.categories[0] = (gint8) branch;
  group.is_total = is_total;
  g_array_append_val (self->analysis->groups, group);
}

static void
add_branches (Fixture *self, guint role, int target)
{
  for (int branch = 0; branch < 3; branch++)
    add_group (self, role, target, branch, FALSE);
}

static DhkResult *
run (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DhkResult *result = dhk_analysis_run (self->analysis, self->frame, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static const DhkTest *
get_test (const DhkResult *result, guint i)
{
  g_assert_cmpuint (i, <, result->tests->len);
  return g_ptr_array_index (result->tests, i);
}

static void
counts_are_by_category_with_totals (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = NULL;
  const DhkLeftOut *left_out;

  self->analysis->kind = DHK_ANALYSIS_COUNTS;
  self->analysis->row_variable = 0;
  add_group (self, self->visitor, DHK_NO_TARGET, -1, FALSE);
  add_group (self, self->everybody, DHK_NO_TARGET, -1, FALSE);
  result = run (self);

  g_assert_cmpuint (dhk_result_get_count (result, 0, 1)->n, ==, 3);
  g_assert_cmpuint (dhk_result_get_count (result, 0, -1)->n, ==, 9);
  g_assert_cmpuint (dhk_result_get_count (result, 1, 1)->n, ==, 4);
  /* Everybody holds the visitors: together they are not counted twice. */
  g_assert_cmpuint (dhk_result_get_count (result, DHK_ALL_GROUPS, -1)->n, ==, 10);
  g_assert_cmpuint (g_array_index (result->group_n, guint, 0), ==, 10);
  g_assert_cmpuint (result->left_out->len, ==, 1);
  left_out = &g_array_index (result->left_out, DhkLeftOut, 0);
  g_assert_cmpuint (left_out->role, ==, self->visitor);
  g_assert_cmpuint (left_out->n, ==, 1);
}

static void
cells_have_n_mean_and_sd (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = NULL;
  const DhkCell *cell;

  g_array_append_val (self->analysis->scales, self->collection);
  add_branches (self, self->visitor, DHK_NO_TARGET);
  add_group (self, self->visitor, DHK_NO_TARGET, -1, TRUE);
  result = run (self);

  g_assert_cmpuint (result->cells->len, ==, 4);
  cell = dhk_result_get_cell (result, self->collection, 2);
  g_assert_cmpuint (cell->n, ==, 3);
  NEAR (cell->mean, 6);
  NEAR (cell->sd, 1);
  NEAR (cell->se, 1 / sqrt (3));
  NEAR (cell->ci_high - 6, 6 - cell->ci_low);
  /* The visitor without a branch is in the total, and only there. */
  g_assert_cmpuint (dhk_result_get_cell (result, self->collection, 3)->n, ==, 10);
  g_assert_cmpuint (result->left_out->len, ==, 1);
  g_assert_true (g_array_index (result->left_out, DhkLeftOut, 0).in_total);
}

static void
no_cell_without_scores_and_no_sd_of_one (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = NULL;
  const DhkCell *cell;

  g_array_append_val (self->analysis->scales, self->welcome);
  add_group (self, self->volunteer, 0, 0, FALSE);
  add_group (self, self->volunteer, 0, 1, FALSE);
  add_group (self, self->visitor, 0, 2, FALSE);
  result = run (self);

  g_assert_null (dhk_result_get_cell (result, self->welcome, 0));
  cell = dhk_result_get_cell (result, self->welcome, 1);
  g_assert_cmpuint (cell->n, ==, 1);
  NEAR (cell->mean, 2);
  g_assert_true (isnan (cell->sd));
  /* Three visitors at the harbour, one of whom answered. */
  g_assert_cmpuint (g_array_index (result->group_n, guint, 2), ==, 3);
  g_assert_cmpuint (g_array_index (result->group_scored, guint, 2), ==, 1);
}

static void
anova_and_tukey_kramer_are_those_of_the_book (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = NULL;
  const DhkTest *test;
  const DhkPairResult *pair;

  g_array_append_val (self->analysis->scales, self->collection);
  add_branches (self, self->visitor, DHK_NO_TARGET);
  add_group (self, self->visitor, DHK_NO_TARGET, -1, TRUE);
  self->analysis->design = DHK_DESIGN_ANOVA;
  result = run (self);

  g_assert_cmpuint (result->tests->len, ==, 1);
  test = get_test (result, 0);
  g_assert_cmpint (test->method, ==, DHK_TEST_ANOVA);
  g_assert_null (test->undefined);
  NEAR (test->statistic, 13);
  NEAR (test->df1, 2);
  NEAR (test->df2, 6);
  NEAR (test->eta_squared, 26.0 / 32);
  /* With df1 = 2 the F distribution has a closed form: (1 + 2 F / df2)^(−df2 / 2). */
  NEAR (test->p, pow (1 + 2 * 13.0 / 6, -3));
  g_assert_true (test->significant);
  g_assert_true (isnan (test->p_adjusted));
  /* The total takes no part. */
  g_assert_cmpuint (test->groups->len, ==, 3);
  g_assert_cmpint (test->post_hoc, ==, DHK_POST_HOC_TUKEY_KRAMER);
  g_assert_cmpuint (test->pairs->len, ==, 3);
  pair = &g_array_index (test->pairs, DhkPairResult, 1);
  g_assert_cmpuint (pair->a, ==, 0);
  g_assert_cmpuint (pair->b, ==, 2);
  NEAR (pair->difference, -4);
  NEAR (pair->se, sqrt (2.0 / 3));
  g_assert_true (pair->significant);
  g_assert_false (g_array_index (test->pairs, DhkPairResult, 0).significant);
}

static void
t_test_has_welch_beside_it (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = NULL;
  const DhkTest *student, *welch;

  g_array_append_val (self->analysis->scales, self->collection);
  add_group (self, self->visitor, DHK_NO_TARGET, 0, FALSE);
  add_group (self, self->visitor, DHK_NO_TARGET, 2, FALSE);
  self->analysis->design = DHK_DESIGN_T;
  result = run (self);

  g_assert_cmpuint (result->tests->len, ==, 2);
  student = get_test (result, 0);
  welch = get_test (result, 1);
  g_assert_cmpint (student->method, ==, DHK_TEST_STUDENT_T);
  g_assert_cmpint (welch->method, ==, DHK_TEST_WELCH_T);
  NEAR (student->statistic, -4 / sqrt (2.0 / 3));
  NEAR (student->df1, 4);
  g_assert_true (isnan (student->df2));
  NEAR (student->d, -4);
  /* Equal n and variance: both tests are the same. */
  NEAR (welch->statistic, student->statistic);
  NEAR (welch->p, student->p);
  g_assert_cmpstr (student->family, !=, welch->family);
}

static void
holm_runs_over_the_pairs_of_a_scale (Fixture *self, gconstpointer data)
{
  static const DhkGroupPair pairs[] = { { 0, 1 }, { 0, 2 }, { 1, 2 }, { 0, 3 }, { 0, 4 } };
  g_autoptr (DhkResult) result = NULL;
  double smallest = 1;
  guint n_adjusted = 0;

  g_array_append_val (self->analysis->scales, self->collection);
  add_branches (self, self->visitor, DHK_NO_TARGET);
  /* Nobody here has a score: the pair is left out of the family. */
  add_group (self, self->volunteer, DHK_NO_TARGET, -1, FALSE);
  /* These are partly the same people: the pair is undefined. */
  add_group (self, self->everybody, DHK_NO_TARGET, -1, FALSE);
  g_array_append_vals (self->analysis->pairs, pairs, G_N_ELEMENTS (pairs));
  self->analysis->design = DHK_DESIGN_PAIRS;
  self->analysis->family = g_strdup ("branches");
  result = run (self);

  g_assert_cmpuint (result->tests->len, ==, 8);
  for (guint i = 0; i < result->tests->len; i++)
    {
      const DhkTest *test = get_test (result, i);

      if (g_array_index (test->groups, guint, 1) == 4)
        {
          g_assert_nonnull (test->undefined);
          g_assert_true (isnan (test->p));
          g_assert_true (isnan (test->p_adjusted));
          g_assert_cmpuint (test->pairs->len, ==, 0);
          continue;
        }
      if (test->method != DHK_TEST_STUDENT_T)
        continue;
      g_assert_cmpstr (test->family, ==, "branches/collection");
      g_assert_cmpuint (test->pairs->len, ==, 1);
      NEAR (g_array_index (test->pairs, DhkPairResult, 0).p, test->p_adjusted);
      g_assert_cmpfloat (test->p_adjusted, >=, test->p);
      smallest = fmin (smallest, test->p);
      n_adjusted++;
    }
  g_assert_cmpuint (n_adjusted, ==, 3);
  /* Three tests: the smallest p counts three times. */
  for (guint i = 0; i < result->tests->len; i++)
    if (get_test (result, i)->method == DHK_TEST_STUDENT_T && get_test (result, i)->p <= smallest)
      NEAR (get_test (result, i)->p_adjusted, 3 * smallest);
}

static void
shared_respondents_are_never_tested_as_independent (Fixture *self, gconstpointer data)
{
  static const DhkDesign designs[] = { DHK_DESIGN_ANOVA, DHK_DESIGN_T };

  g_array_append_val (self->analysis->scales, self->welcome);
  add_group (self, self->visitor, 0, -1, FALSE);
  add_group (self, self->everybody, 0, 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (designs); i++)
    {
      g_autoptr (DhkResult) result = NULL;

      self->analysis->design = designs[i];
      result = run (self);
      g_assert_cmpuint (result->tests->len, >, 0);
      g_assert_nonnull (get_test (result, 0)->undefined);
      g_assert_true (isnan (get_test (result, 0)->p));
      g_assert_cmpuint (get_test (result, 0)->pairs->len, ==, 0);
    }
  g_assert_false (dhk_groups_exclude (self->instrument,
                                      &g_array_index (self->analysis->groups, DhkGroup, 0),
                                      &g_array_index (self->analysis->groups, DhkGroup, 1)));
}

static void
what_cannot_be_tested_says_why (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) one = NULL;
  g_autoptr (DhkResult) three = NULL;

  g_array_append_val (self->analysis->scales, self->welcome);
  add_group (self, self->volunteer, 0, 0, FALSE);
  add_group (self, self->visitor, 0, 0, FALSE);
  self->analysis->design = DHK_DESIGN_ANOVA;
  one = run (self);
  /* One group has scores, and they are all 4. */
  g_assert_nonnull (get_test (one, 0)->undefined);
  g_assert_true (isnan (get_test (one, 0)->statistic));

  add_group (self, self->visitor, 0, 1, FALSE);
  self->analysis->design = DHK_DESIGN_T;
  three = run (self);
  g_assert_nonnull (get_test (three, 0)->undefined);
}

static void
a_cancelled_run_gives_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_branches (self, self->visitor, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (dhk_analysis_run (self->analysis, self->frame, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_labels (Fixture *self, const char *first, const char *last, const char *common)
{
  g_autofree char *a = dhk_analysis_dup_group_label (self->analysis, 0, DHK_LANGUAGE_EN);
  g_autofree char *b = dhk_analysis_dup_group_label (
      self->analysis, self->analysis->groups->len - 1, DHK_LANGUAGE_EN);
  g_autofree char *c = dhk_analysis_dup_common_label (self->analysis, DHK_LANGUAGE_EN);

  g_assert_cmpstr (a, ==, first);
  g_assert_cmpstr (b, ==, last);
  g_assert_cmpstr (c, ==, common);
}

static void
labels_say_what_differs_and_what_is_shared (Fixture *self, gconstpointer data)
{
  add_branches (self, self->visitor, 0);
  add_group (self, self->visitor, 0, -1, TRUE);
  assert_labels (self, "Central", "Total", "Visitor about librarian");

  g_array_set_size (self->analysis->groups, 0);
  add_group (self, self->visitor, 0, 1, FALSE);
  add_group (self, self->volunteer, 0, 1, FALSE);
  assert_labels (self, "Visitor about librarian", "Volunteer about librarian", "North");

  g_array_set_size (self->analysis->groups, 0);
  add_group (self, self->visitor, 0, 1, FALSE);
  add_group (self, self->volunteer, 0, 2, FALSE);
  assert_labels (self, "Visitor about librarian, North", "Volunteer about librarian, Harbour", "");

  g_array_set_size (self->analysis->groups, 0);
  self->analysis->kind = DHK_ANALYSIS_COUNTS;
  add_group (self, self->visitor, DHK_NO_TARGET, -1, FALSE);
  add_group (self, self->volunteer, DHK_NO_TARGET, -1, FALSE);
  assert_labels (self, "Visitors", "Volunteers", "");
}

static gpointer
run_often (gpointer data)
{
  Fixture *self = data;
  double sum = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (DhkResult) result = run (self);

      sum += get_test (result, 0)->statistic;
    }
  NEAR (sum, 200 * 13);
  return NULL;
}

static void
several_threads_may_run_one_request (Fixture *self, gconstpointer data)
{
  GThread *threads[4];

  g_array_append_val (self->analysis->scales, self->collection);
  add_branches (self, self->visitor, DHK_NO_TARGET);
  self->analysis->design = DHK_DESIGN_ANOVA;
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("run", run_often, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define ADD(name) g_test_add ("/analysis/means/" #name, Fixture, NULL, set_up, name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (counts_are_by_category_with_totals);
  ADD (cells_have_n_mean_and_sd);
  ADD (no_cell_without_scores_and_no_sd_of_one);
  ADD (anova_and_tukey_kramer_are_those_of_the_book);
  ADD (t_test_has_welch_beside_it);
  ADD (holm_runs_over_the_pairs_of_a_scale);
  ADD (shared_respondents_are_never_tested_as_independent);
  ADD (what_cannot_be_tested_says_why);
  ADD (a_cancelled_run_gives_nothing);
  ADD (labels_say_what_differs_and_what_is_shared);
  ADD (several_threads_may_run_one_request);
  return g_test_run ();
}
