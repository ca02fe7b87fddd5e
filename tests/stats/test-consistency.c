/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The checks of published tables against brute force: every data set that small
 * numbers allow, and tables made from random answers, which no check may
 * contradict.
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "stats/dhk-anova.h"
#include "stats/dhk-audit.h"
#include "stats/dhk-part-whole.h"
#include "stats/dhk-recompute.h"
#include "stats/dhk-subscales.h"

#define SEED 20261122

static const DhkAnswerGrid unknown = { 1, NAN, NAN };

static double
print (double value, int decimals)
{
  double power = pow (10, decimals);

  return round (value * power) / power;
}

/* GRIM */

static gboolean
rounds_to (double value, double printed, int decimals)
{
  return fabs (value - printed) <= 0.5 * pow (10, -decimals) + 1e-9;
}

static void
grim_agrees_with_enumeration (void)
{
  guint n_cases = 0;

  for (gsize n = 1; n <= 40; n++)
    for (gsize items = 1; items <= 4; items++)
      for (int decimals = 1; decimals <= 2; decimals++)
        for (int unit = 0; unit <= (int) (5 * pow (10, decimals)); unit++)
          {
            double printed = unit / pow (10, decimals);
            DhkGrim grim = dhk_grim (n, printed, items, decimals, unknown);
            gboolean possible = FALSE;

            for (gsize points = 0; points <= 6 * n * items && !possible; points++)
              possible = rounds_to ((double) points / (double) (n * items), printed, decimals);
            g_assert_cmpint (grim.status, ==, DHK_STATS_OK);
            g_assert_true (grim.attainable == possible);
            g_assert_true (grim.attainable || grim.decisive);
            n_cases++;
          }
  g_test_message ("%u means", n_cases);
}

/* GRIMMER */

/* Marks all pairs (sum, sum of squares) of n numbers of low … high. */
static void
enumerate (guint8 *seen, int n_squares, int n, int low, int high, int sum, int squares, int offset)
{
  if (n == 0)
    {
      if (squares < n_squares)
        seen[(sum + offset) * n_squares + squares] = 1;
      return;
    }
  for (int x = low; x <= high; x++)
    enumerate (seen, n_squares, n - 1, x, high, sum + x, squares + x * x, offset);
}

static void
grimmer_agrees_for (int n, gsize items, int low, int high, gboolean bounded, int decimals)
{
  int reach = MAX (ABS (low), ABS (high)), n_squares = n * reach * reach + 1;
  int offset = n * reach;
  g_autofree guint8 *seen = g_new0 (guint8, (gsize) ((2 * offset + 1) * n_squares));
  DhkAnswerGrid answers = { 1, bounded ? (double) low / (double) items : NAN,
                            bounded ? (double) high / (double) items : NAN };
  int most_mean = bounded ? high + 1 : 2, most_sd = bounded ? high + 1 : (high - 2) / 2;
  int power = (int) pow (10, decimals);

  enumerate (seen, n_squares, n, low, high, 0, 0, offset);
  for (int mean = 0; mean <= most_mean * power / (int) items; mean++)
    for (int sd = 0; sd <= most_sd * power / (int) items; sd++)
      {
        double m = (double) mean / power, s = (double) sd / power;
        DhkGrimmer grimmer = dhk_grimmer ((gsize) n, m, s, items, decimals, answers);
        gboolean possible = FALSE;

        for (int sum = -offset; sum <= offset; sum++)
          if (rounds_to ((double) sum / n / (double) items, m, decimals))
            for (int q = 0; q < n_squares; q++)
              if (seen[(sum + offset) * n_squares + q])
                possible |= rounds_to (sqrt (MAX (0, q - (double) sum * sum / n) / (n - 1))
                                           / (double) items,
                                       s, decimals);
        g_assert_cmpint (grimmer.status, ==, DHK_STATS_OK);
        g_assert_true (grimmer.certain);
        if (grimmer.attainable != possible)
          g_error ("n %d, %lu items, %d–%d, M %g, SD %g: %d", n, (gulong) items, low, high, m, s,
                   possible);
      }
}

static void
grimmer_agrees_with_enumeration (void)
{
  for (int n = 2; n <= 6; n++)
    {
      grimmer_agrees_for (n, 1, 1, 5, TRUE, 1);
      grimmer_agrees_for (n, 1, -6, 8, FALSE, 1);
    }
  for (int n = 2; n <= 4; n++)
    {
      grimmer_agrees_for (n, 2, 2, 10, TRUE, 1);
      grimmer_agrees_for (n, 1, 1, 5, TRUE, 2);
    }
}

/* Ranges */

typedef struct
{
  DhkSummary printed[5];
  DhkSummary true_values[5];
  gsize n_groups;
  int decimals;
} RandomGroups;

/* Printed groups, and what they might have been before rounding, at the ends now and then. */
static void
draw_groups (RandomGroups *self, GRand *rand)
{
  self->n_groups = (gsize) g_rand_int_range (rand, 2, 5);
  self->decimals = g_rand_int_range (rand, 0, 3);
  for (gsize i = 0; i < self->n_groups; i++)
    {
      double half = 0.4999999 * pow (10, -self->decimals);
      double mean = print (g_rand_double_range (rand, 1, 5), self->decimals);
      double sd = print (g_rand_double_range (rand, 0.2, 2), self->decimals);
      gsize n = (gsize) g_rand_int_range (rand, 2, 60);
      int which = g_rand_int_range (rand, 0, 3);
      double up = which == 0 ? -1 : which == 1 ? 1 : g_rand_double_range (rand, -1, 1);
      double wider = g_rand_boolean (rand) ? -1 : g_rand_double_range (rand, -1, 1);

      self->printed[i] = (DhkSummary){ n, mean, sd };
      self->true_values[i] = (DhkSummary){ n, mean + half * up, MAX (0, sd + half * wider) };
    }
}

static void
tests_lie_in_their_ranges (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  DhkPrintedTest nothing = { -1, 2, -1, 2, DHK_P_EQUALS };
  guint n_anovas = 0;

  for (guint i = 0; i < 20000; i++)
    {
      RandomGroups groups;
      DhkAnovaCheck anova;
      DhkAnova truth;

      draw_groups (&groups, rand);
      anova = dhk_recompute_anova (groups.printed, groups.n_groups, groups.decimals, nothing);
      truth = dhk_anova_from_summary (groups.true_values, groups.n_groups);
      if (anova.status == DHK_STATS_OK && truth.status == DHK_STATS_OK)
        {
          g_assert_cmpfloat (truth.f, >=, anova.f_range.low * (1 - 1e-9) - 1e-12);
          g_assert_cmpfloat (truth.f, <=, anova.f_range.high * (1 + 1e-9));
          g_assert_cmpfloat (truth.p, >=, anova.p_range.low * (1 - 1e-9));
          g_assert_cmpfloat (truth.p, <=, anova.p_range.high * (1 + 1e-9));
          n_anovas++;
        }
      for (int variant = DHK_T_STUDENT; variant <= DHK_T_WELCH; variant++)
        {
          DhkTCheck check = dhk_recompute_t ((DhkTVariant) variant, groups.printed[0],
                                             groups.printed[1], groups.decimals, nothing);
          DhkTTest test = dhk_t_test_from_summary ((DhkTVariant) variant, groups.true_values[0],
                                                   groups.true_values[1], 0.95);

          if (check.status != DHK_STATS_OK || test.status != DHK_STATS_OK)
            continue;
          g_assert_cmpfloat (test.t, >=, check.t_range.low - 1e-9);
          g_assert_cmpfloat (test.t, <=, check.t_range.high + 1e-9);
          g_assert_cmpfloat (test.p, >=, check.p_range.low * (1 - 1e-9));
          g_assert_cmpfloat (test.p, <=, check.p_range.high * (1 + 1e-9));
        }
    }
  g_test_message ("seed %d: %u analyses of variance", SEED, n_anovas);
  g_assert_cmpuint (n_anovas, >, 10000);
}

/* A total of what the groups were is within what they allow as printed, and so is each group within
 * what the others and the total allow. */
/* The total of the groups, in front of what is printed of them. */
static void
print_total (const RandomGroups *groups, DhkSummary *rows)
{
  double mean = 0, squares = 0;

  rows[0].n = 0;
  for (gsize g = 0; g < groups->n_groups; g++)
    {
      rows[0].n += groups->true_values[g].n;
      mean += (double) groups->true_values[g].n * groups->true_values[g].mean;
      rows[g + 1] = groups->printed[g];
    }
  mean /= (double) rows[0].n;
  for (gsize g = 0; g < groups->n_groups; g++)
    {
      const DhkSummary *group = &groups->true_values[g];
      double away = group->mean - mean, n = (double) group->n;

      squares += (n - 1) * group->sd * group->sd + n * away * away;
    }
  rows[0].mean = print (mean, groups->decimals);
  rows[0].sd = print (sqrt (squares / (double) (rows[0].n - 1)), groups->decimals);
}

static void
assert_lies_in (const DhkSummary *truth, DhkEnclosure mean, DhkEnclosure sd)
{
  g_assert_cmpfloat (truth->mean, >=, mean.low - 1e-6);
  g_assert_cmpfloat (truth->mean, <=, mean.high + 1e-6);
  g_assert_cmpfloat (truth->sd, >=, sd.low - 1e-6);
  g_assert_cmpfloat (truth->sd, <=, sd.high + 1e-6);
}

static void
totals_lie_in_their_ranges (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (guint i = 0; i < 10000; i++)
    {
      RandomGroups groups;
      DhkSummary rows[6] = { 0 };
      DhkRowNeed needs[6];
      DhkTotalCheck check;
      gsize n_missing = g_rand_int_range (rand, 0, 3) == 0 ? 1 : 0, n_rows;

      draw_groups (&groups, rand);
      print_total (&groups, rows);
      /* The last group may be one that is not printed. */
      n_rows = groups.n_groups + 1 - n_missing;
      if (n_rows < 2)
        continue;
      check = dhk_check_total (rows, n_rows, groups.decimals, 0, unknown, needs);
      g_assert_cmpint (check.status, ==, DHK_STATS_OK);
      g_assert_cmpint (check.verdict, ==, DHK_TOTAL_CONSISTENT);
      if (n_missing > 0)
        {
          const DhkSummary *missing = &groups.true_values[groups.n_groups - 1];

          g_assert_cmpuint (check.missing.n, ==, missing->n);
          assert_lies_in (missing, check.missing.mean_range, check.missing.sd_range);
          continue;
        }
      for (gsize g = 0; g < groups.n_groups; g++)
        {
          g_assert_cmpint (needs[g + 1].mean.status, ==, DHK_STATS_OK);
          assert_lies_in (&groups.true_values[g], needs[g + 1].mean, needs[g + 1].sd);
        }
    }
  g_test_message ("seed %d", SEED);
}

/* Tables of random answers */

#define N_PARTS 2
#define N_SCALES (N_PARTS + 1)
#define N_SECTORS 3
#define N_SEXES 2
#define N_COLUMNS (1 + N_SECTORS + N_SEXES)
#define MOST_PEOPLE 45
#define MOST_ITEMS 8

typedef struct
{
  guint n;
  guint items[N_PARTS];
  int answers[MOST_PEOPLE][MOST_ITEMS];
  int sector[MOST_PEOPLE]; /* N_SECTORS: in none */
  int sex[MOST_PEOPLE];
  int decimals;
  DhkAuditCell cells[N_SCALES * N_COLUMNS + N_SCALES];
  DhkAuditRelation relations[32];
  gsize room[32][N_COLUMNS];
  gsize n_relations;
} Survey;

static gboolean
is_in (const Survey *self, guint person, guint column)
{
  if (column == 0)
    return TRUE;
  if (column <= N_SECTORS)
    return self->sector[person] == (int) column - 1;
  return self->sex[person] == (int) (column - 1 - N_SECTORS);
}

/* First and last item of a scale; the last scale has all. */
static void
get_items (const Survey *self, guint scale, guint *first, guint *after)
{
  *first = scale == 1 ? self->items[0] : 0;
  *after = scale == 0 ? self->items[0] : self->items[0] + self->items[1];
}

static double
score (const Survey *self, guint person, guint scale)
{
  guint first, after;
  double sum = 0;

  get_items (self, scale, &first, &after);
  for (guint i = first; i < after; i++)
    sum += self->answers[person][i];
  return sum / (after - first);
}

static void
make_cell (Survey *self, guint scale, guint column)
{
  guint first, after, n = 0;
  double mean = 0, squares = 0;

  get_items (self, scale, &first, &after);
  for (guint i = 0; i < self->n; i++)
    if (is_in (self, i, column))
      {
        mean += score (self, i, scale);
        n++;
      }
  mean /= n;
  for (guint i = 0; i < self->n; i++)
    if (is_in (self, i, column))
      squares += (score (self, i, scale) - mean) * (score (self, i, scale) - mean);
  self->cells[scale * N_COLUMNS + column]
      = (DhkAuditCell){ n,
                        print (mean, self->decimals),
                        self->decimals,
                        n > 1 ? print (sqrt (squares / (n - 1)), self->decimals) : NAN,
                        self->decimals,
                        after - first,
                        { 1, 1, 5 },
                        NAN,
                        NAN,
                        0 };
}

/* Alpha of a scale in a column; NaN where the total does not vary. */
static double
alpha_of (const Survey *self, guint scale, guint column)
{
  guint first, after;
  double variances = 0, total = 0;

  get_items (self, scale, &first, &after);
  for (guint item = first; item <= after; item++)
    {
      double sum = 0, squares = 0, n = 0;

      for (guint i = 0; i < self->n; i++)
        if (is_in (self, i, column))
          {
            double x
                = item < after ? self->answers[i][item] : score (self, i, scale) * (after - first);

            sum += x;
            squares += x * x;
            n++;
          }
      *(item < after ? &variances : &total) += (squares - sum * sum / n) / (n - 1);
    }
  return total > 1e-9 ? (double) (after - first) / (after - first - 1) * (1 - variances / total)
                      : NAN;
}

static DhkAuditRelation *
add_relation (Survey *self, DhkAuditKind kind, gsize whole)
{
  DhkAuditRelation *relation = &self->relations[self->n_relations];

  *relation = (DhkAuditRelation){ kind, whole, self->room[self->n_relations], 0, NULL, 0 };
  self->n_relations++;
  return relation;
}

static void
relate (Survey *self)
{
  self->n_relations = 0;
  for (guint scale = 0; scale < N_SCALES; scale++)
    for (guint group = 0; group < 2; group++)
      {
        DhkAuditRelation *relation = add_relation (self, DHK_AUDIT_TOTAL, scale * N_COLUMNS);
        guint first = group == 0 ? 1 : 1 + N_SECTORS;

        for (guint i = 0; i < (group == 0 ? N_SECTORS : N_SEXES); i++)
          self->room[self->n_relations - 1][relation->n_parts++] = scale * N_COLUMNS + first + i;
      }
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      DhkAuditRelation *relation
          = add_relation (self, DHK_AUDIT_SUBSCALES, N_PARTS * N_COLUMNS + column);

      for (guint scale = 0; scale < N_PARTS; scale++)
        self->room[self->n_relations - 1][relation->n_parts++] = scale * N_COLUMNS + column;
    }
}

/* Lowest and highest alpha of each scale over all columns, where all have one. */
static gboolean
add_alphas (Survey *self)
{
  DhkAuditRelation *relation;
  gsize alphas = N_SCALES * N_COLUMNS;

  for (guint scale = 0; scale < N_SCALES; scale++)
    {
      double low = INFINITY, high = -INFINITY;

      for (guint column = 0; column < N_COLUMNS; column++)
        {
          double alpha = alpha_of (self, scale, column);

          if (isnan (alpha) || self->cells[N_PARTS * N_COLUMNS + column].n < 2)
            return FALSE;
          low = MIN (low, alpha);
          high = MAX (high, alpha);
        }
      self->cells[alphas + scale] = (DhkAuditCell){ 0,
                                                    NAN,
                                                    0,
                                                    NAN,
                                                    0,
                                                    self->cells[scale * N_COLUMNS].items,
                                                    { 1, NAN, NAN },
                                                    print (low, 2),
                                                    MIN (1, print (high, 2)),
                                                    2 };
    }
  relation = add_relation (self, DHK_AUDIT_ALPHA, alphas + N_PARTS);
  for (guint scale = 0; scale < N_PARTS; scale++)
    self->room[self->n_relations - 1][relation->n_parts++] = alphas + scale;
  relation->among = self->room[self->n_relations];
  for (guint column = 0; column < N_COLUMNS; column++)
    self->room[self->n_relations][relation->n_among++] = N_PARTS * N_COLUMNS + column;
  return TRUE;
}

static void
draw_survey (Survey *self, GRand *rand)
{
  double alike = g_rand_double (rand);

  self->n = (guint) g_rand_int_range (rand, 8, MOST_PEOPLE + 1);
  self->decimals = g_rand_int_range (rand, 1, 4);
  for (guint scale = 0; scale < N_PARTS; scale++)
    self->items[scale] = (guint) g_rand_int_range (rand, 2, MOST_ITEMS / 2 + 1);
  for (guint i = 0; i < self->n; i++)
    {
      int trait = g_rand_int_range (rand, 1, 6);

      /* everybody is in some group; the first of each group is there for certain */
      self->sector[i] = i < N_SECTORS ? (int) i : g_rand_int_range (rand, 0, N_SECTORS + 1);
      self->sex[i] = i < N_SEXES ? (int) i : g_rand_int_range (rand, 0, N_SEXES);
      for (guint item = 0; item < MOST_ITEMS; item++)
        self->answers[i][item]
            = g_rand_double (rand) < alike ? trait : g_rand_int_range (rand, 1, 6);
    }
  for (guint scale = 0; scale < N_SCALES; scale++)
    for (guint column = 0; column < N_COLUMNS; column++)
      make_cell (self, scale, column);
  relate (self);
}

static void
true_tables_are_never_contradicted (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint n_alphas = 0, n_missing = 0;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree Survey *survey = g_new0 (Survey, 1);
      gsize n_cells = N_SCALES * N_COLUMNS;
      DhkAudit audit;

      draw_survey (survey, rand);
      if (add_alphas (survey))
        {
          n_cells += N_SCALES;
          n_alphas++;
        }
      audit = dhk_audit_run (survey->cells, n_cells, survey->relations, survey->n_relations);
      g_assert_cmpint (audit.status, ==, DHK_STATS_OK);
      if (audit.n_conflicts > 0)
        g_error ("case %u of seed %d: a conflict of %s in true tables", i, SEED,
                 dhk_audit_quantity_names[audit.conflicts[0].quantity]);
      n_missing += audit.n_missing > 0;
      dhk_audit_clear (&audit);
    }
  g_test_message ("seed %d: 10000 surveys, %u with alphas, %u with people in no group", SEED,
                  n_alphas, n_missing);
  g_assert_cmpuint (n_alphas, >, 2000);
  g_assert_cmpuint (n_missing, >, 2000);
}

/* Known tables */

static void
recognises_known_examples (void)
{
  /* Brown and Heathers: 28 people of whole answers have no mean of 5.19. */
  DhkGrim grim = dhk_grim (28, 5.19, 1, 2, unknown);
  DhkPrintedScale total = { 12, 3.83, 0.79 };
  DhkPrintedScale parts[] = { { 4, 4.07, 0.77 }, { 4, 3.69, 0.91 }, { 4, 3.70, 0.86 } };
  DhkSubscalesCheck scales = dhk_check_subscales (total, parts, 3, 114, 2, 1);
  DhkSummary rows[] = { { 10, 3, 1 }, { 6, 3, 1 }, { 5, 3, 1 } };

  g_assert_false (grim.attainable);
  g_assert_cmpfloat_with_epsilon (grim.nearest.low, 145 / 28.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (grim.nearest.high, 146 / 28.0, 1e-12);
  g_assert_cmpint (scales.verdict, ==, DHK_SUBSCALES_MEAN_IMPOSSIBLE);
  g_assert_cmpfloat (scales.points.low, ==, 5220);
  g_assert_cmpint (dhk_check_total (rows, 3, 2, 0, unknown, NULL).verdict, ==,
                   DHK_TOTAL_N_IMPOSSIBLE);
  rows[0] = (DhkSummary){ 11, 3.2, 0.95 };
  g_assert_cmpint (dhk_check_total (rows, 3, 2, 0, unknown, NULL).verdict, ==,
                   DHK_TOTAL_MEAN_IMPOSSIBLE);
  rows[0].sd = 2;
  g_assert_cmpint (dhk_check_total (rows, 3, 2, 0, unknown, NULL).verdict, ==,
                   DHK_TOTAL_BOTH_IMPOSSIBLE);
  rows[0] = (DhkSummary){ 12, 4, 1 };
  g_assert_cmpint (dhk_check_total (rows, 3, 2, 0, (DhkAnswerGrid){ 1, 1, 5 }, NULL).verdict, ==,
                   DHK_TOTAL_MISSING_IMPOSSIBLE);
}

#define ADD(function) g_test_add_func ("/stats/consistency/" #function, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (grim_agrees_with_enumeration);
  ADD (grimmer_agrees_with_enumeration);
  ADD (tests_lie_in_their_ranges);
  ADD (totals_lie_in_their_ranges);
  ADD (true_tables_are_never_contradicted);
  ADD (recognises_known_examples);
  return g_test_run ();
}
